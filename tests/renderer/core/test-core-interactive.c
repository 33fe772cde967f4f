#include "dio-core-interactive.h"

static gpointer
check_cb (gpointer data)
{
  dio_interactive_check ("anything");
  return NULL;
}

static void
test_only_the_interactive_thread_is_told_on (void)
{
  guint before = dio_interactive_get_violations ();
  dio_interactive_check ("anything");
  g_assert_cmpuint (dio_interactive_get_violations (), ==, before);

  dio_interactive_set_thread (TRUE);
  g_thread_join (g_thread_new ("worker", check_cb, NULL));
  g_assert_cmpuint (dio_interactive_get_violations (), ==, before);

  g_test_expect_message ("dio-core", G_LOG_LEVEL_WARNING, "*SQLite*must not wait*");
  dio_interactive_check ("SQLite");
  g_test_assert_expected_messages ();
  g_assert_cmpuint (dio_interactive_get_violations (), ==, before + 1);

  dio_interactive_set_thread (FALSE);
  dio_interactive_check ("SQLite");
  g_assert_cmpuint (dio_interactive_get_violations (), ==, before + 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/interactive/only-the-interactive-thread-is-told-on",
                   test_only_the_interactive_thread_is_told_on);
  return g_test_run ();
}
