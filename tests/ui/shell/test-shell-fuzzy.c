#include "dio-shell-fuzzy.h"

static void
test_order (void)
{
  g_assert_cmpint (dio_shell_fuzzy_score ("", "Save"), ==, 0);
  g_assert_cmpint (dio_shell_fuzzy_score ("xyz", "Save As…"), ==, -1);
  g_assert_cmpint (dio_shell_fuzzy_score ("evas", "Save"), ==, -1);
  g_assert_cmpint (dio_shell_fuzzy_score ("sa", "Save"), >, 0);
  g_assert_cmpint (dio_shell_fuzzy_score ("SAVE AS", "Save As…"), >, 0);
}

static void
test_ranking (void)
{
  // Starts of words beat letters inside, whole names beat longer ones.
  g_assert_cmpint (dio_shell_fuzzy_score ("sa", "Save As…"), >,
                   dio_shell_fuzzy_score ("sa", "Visual"));
  g_assert_cmpint (dio_shell_fuzzy_score ("save", "Save"), >,
                   dio_shell_fuzzy_score ("save", "Save As…"));
  g_assert_cmpint (dio_shell_fuzzy_score ("rb", "Render Batch…"), >,
                   dio_shell_fuzzy_score ("rb", "Carbon"));
  g_assert_cmpint (dio_shell_fuzzy_score ("rend", "Render"), >,
                   dio_shell_fuzzy_score ("rend", "Reorder Ends"));
}

static void
test_accents (void)
{
  g_assert_cmpint (dio_shell_fuzzy_score ("offnen", "Öffnen"), >, 0);
  g_assert_cmpint (dio_shell_fuzzy_score ("ÖFF", "öffnen"), >, 0);
}

static void
test_time (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < 300; i++)
    g_string_append_c (text, 'a');
  gint64 began = g_get_monotonic_time ();
  g_assert_cmpint (dio_shell_fuzzy_score ("aaaaaaaaaaaaaaaaaaab", text->str), ==, -1);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 2 * G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shell/fuzzy/order", test_order);
  g_test_add_func ("/shell/fuzzy/ranking", test_ranking);
  g_test_add_func ("/shell/fuzzy/accents", test_accents);
  g_test_add_func ("/shell/fuzzy/time", test_time);
  return g_test_run ();
}
