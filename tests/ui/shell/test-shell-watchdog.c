#include "dio-action.h"
#include "dio-harness.h"
#include "dio-shell-watchdog.h"

static gboolean
sleep_cb (gpointer user)
{
  g_usleep (GPOINTER_TO_UINT (user) * 1000);
  return G_SOURCE_REMOVE;
}

static void
slow_cb (gpointer owner)
{
  g_usleep (150 * 1000);
}

static gboolean
run_command_cb (gpointer user)
{
  g_assert_true (dio_action_registry_run (user, "slow"));
  return G_SOURCE_REMOVE;
}

static void
test_counts (void)
{
  dio_shell_watchdog_start ();
  dio_shell_watchdog_reset ();
  g_idle_add (sleep_cb, GUINT_TO_POINTER (5));
  dio_harness_run (30);
  g_assert_cmpuint (dio_shell_watchdog_get_stalls (), ==, 0);

  g_idle_add (sleep_cb, GUINT_TO_POINTER (160));
  dio_harness_run (220);
  g_assert_cmpuint (dio_shell_watchdog_get_stalls (), ==, 1);
  g_assert_cmpint (dio_shell_watchdog_get_longest_us (), >=, 160000);
  g_assert_null (dio_shell_watchdog_get_culprit ());

  dio_shell_watchdog_reset ();
  g_assert_cmpuint (dio_shell_watchdog_get_stalls (), ==, 0);
  dio_shell_watchdog_stop ();
  g_idle_add (sleep_cb, GUINT_TO_POINTER (160));
  dio_harness_run (220);
  g_assert_cmpuint (dio_shell_watchdog_get_stalls (), ==, 0);
}

static void
test_names_command (void)
{
  static const DioActionInfo table[] = {
    { "slow", "Slow", "Scene", NULL, NULL, slow_cb },
    { NULL },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GObject) owner = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (DioActionRegistry) registry = dio_action_registry_new (NULL, G_ACTION_MAP (group));
  dio_action_registry_add (registry, table, owner, NULL);
  dio_shell_watchdog_start ();
  g_idle_add (run_command_cb, registry);
  dio_harness_run (220);
  g_assert_cmpuint (dio_shell_watchdog_get_stalls (), ==, 1);
  g_assert_cmpstr (dio_shell_watchdog_get_culprit (), ==, "slow");
  dio_shell_watchdog_stop ();
}

int
main (int argc, char **argv)
{
  dio_harness_init (&argc, &argv);
  g_test_add_func ("/shell/watchdog/counts", test_counts);
  g_test_add_func ("/shell/watchdog/names-command", test_names_command);
  return g_test_run ();
}
