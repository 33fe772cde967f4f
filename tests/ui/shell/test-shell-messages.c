#include "dio-harness.h"
#include "dio-shell-messages.h"

typedef struct {
  GtkWindow *window;
  DioShellMessages *messages;
  GSimpleActionGroup *group;
  guint retried;
} Fixture;

static void
retry_cb (GSimpleAction *action, GVariant *parameter, gpointer user)
{
  guint *retried = user;
  (*retried)++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->messages = DIO_SHELL_MESSAGES (dio_shell_messages_new (gtk_label_new ("content")));
  fixture->group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) retry = g_simple_action_new ("retry", NULL);
  g_signal_connect (retry, "activate", G_CALLBACK (retry_cb), &fixture->retried);
  g_action_map_add_action (G_ACTION_MAP (fixture->group), G_ACTION (retry));
  fixture->window = dio_harness_show (GTK_WIDGET (fixture->messages), 640, 400);
  gtk_widget_insert_action_group (GTK_WIDGET (fixture->window), "win",
                                  G_ACTION_GROUP (fixture->group));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->messages), (gpointer *) &fixture->messages);
  dio_harness_destroy (fixture->window);
  g_assert_null (fixture->messages);
  g_object_unref (fixture->group);
}

static void
show (Fixture *fixture, DioSeverity severity, const char *text)
{
  DioMessage message = {
    .severity = severity,
    .text = (char *) text,
    .detail = (char *) "disk full <&>",
    .action_label = (char *) "Retry",
    .action = (char *) "win.retry",
  };
  dio_shell_messages_show (fixture->messages, &message);
}

/* Whether what is shown has a button to close it that a screen reader can name. */
static gboolean
closes_by_name (Fixture *fixture)
{
  GtkWidget *button = dio_harness_find_label (GTK_WIDGET (fixture->messages), "Close");
  return button != NULL && dio_harness_has_label (button, "Close");
}

static void
test_toast (Fixture *fixture, gconstpointer data)
{
  show (fixture, DIO_SEVERITY_NOTE, "Saved");
  g_assert_cmpstr (dio_shell_messages_get_toast (fixture->messages), ==, "Saved");
  // No queue: the newest is what is seen.
  for (guint i = 0; i < 20; i++)
    show (fixture, DIO_SEVERITY_NOTE, "Saved again");
  g_assert_cmpstr (dio_shell_messages_get_toast (fixture->messages), ==, "Saved again");
  g_assert_cmpuint (dio_shell_messages_get_n_bars (fixture->messages), ==, 0);
  dio_harness_run (50);
  dio_harness_snapshot (GTK_WIDGET (fixture->window), "messages-toast");
  g_assert_true (closes_by_name (fixture));
}

static void
test_bar_acts (Fixture *fixture, gconstpointer data)
{
  show (fixture, DIO_SEVERITY_ERROR, "The scenario cannot be saved.");
  dio_harness_run (50);
  dio_harness_snapshot (GTK_WIDGET (fixture->window), "messages-bar");
  g_assert_true (closes_by_name (fixture));
  GtkWidget *button = dio_harness_find_label (GTK_WIDGET (fixture->messages), "Retry");
  g_assert_nonnull (button);
  dio_harness_click (button);
  g_assert_cmpuint (fixture->retried, ==, 1);
  g_assert_cmpuint (dio_shell_messages_get_n_bars (fixture->messages), ==, 0);
}

static void
test_storm (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 5; i++)
    show (fixture, DIO_SEVERITY_WARNING, "A file is missing.");
  g_assert_cmpuint (dio_shell_messages_get_n_bars (fixture->messages), ==, 1);
  dio_harness_run (50);
  g_assert_nonnull (
      dio_harness_find_label (GTK_WIDGET (fixture->messages), "A file is missing. (5 times)"));
  for (guint i = 0; i < 10; i++) {
    g_autofree char *text = g_strdup_printf ("Problem %u", i);
    show (fixture, DIO_SEVERITY_ERROR, text);
  }
  g_assert_cmpuint (dio_shell_messages_get_n_bars (fixture->messages), ==, DIO_SHELL_MAX_BARS);
  dio_harness_run (50);
  g_assert_nonnull (dio_harness_find_label (GTK_WIDGET (fixture->messages), "Problem 9"));
  g_assert_null (dio_harness_find_label (GTK_WIDGET (fixture->messages), "Problem 1"));
}

int
main (int argc, char **argv)
{
  dio_harness_init (&argc, &argv);
  g_test_add ("/shell/messages/toast", Fixture, NULL, set_up, test_toast, tear_down);
  g_test_add ("/shell/messages/bar-acts", Fixture, NULL, set_up, test_bar_acts, tear_down);
  g_test_add ("/shell/messages/storm", Fixture, NULL, set_up, test_storm, tear_down);
  return g_test_run ();
}
