#include "dio-base-diagnostic.h"

static void
test_collect (void)
{
  g_autoptr (DioDiagnostics) list = dio_diagnostics_new ();
  g_assert_cmpuint (dio_diagnostics_get_count (list), ==, 0);
  g_assert_false (dio_diagnostics_has_errors (list));
  dio_diagnostics_add (list, DIO_SEVERITY_WARNING, "missing-texture", "wood.png", "No file %s.",
                       "x");
  dio_diagnostics_add (list, DIO_SEVERITY_NOTE, "dark", NULL, "Mean %d.", 3);
  g_assert_false (dio_diagnostics_has_errors (list));
  dio_diagnostics_add (list, DIO_SEVERITY_ERROR, "dark", "b", "Again.");
  g_assert_true (dio_diagnostics_has_errors (list));
  g_assert_cmpuint (dio_diagnostics_get_count (list), ==, 3);
  const DioDiagnostic *first = dio_diagnostics_get (list, 0);
  g_assert_cmpstr (first->message, ==, "No file x.");
  g_assert_cmpstr (first->object, ==, "wood.png");
  g_assert_cmpint (first->severity, ==, DIO_SEVERITY_WARNING);
  g_assert_cmpstr (dio_diagnostics_find (list, "dark")->object, ==, "");
  g_assert_null (dio_diagnostics_find (list, "bright"));
}

static void
test_append_copies (void)
{
  g_autoptr (DioDiagnostics) list = dio_diagnostics_new ();
  DioDiagnostics *other = dio_diagnostics_new ();
  dio_diagnostics_add (list, DIO_SEVERITY_NOTE, "a", "", "one");
  dio_diagnostics_add (other, DIO_SEVERITY_ERROR, "b", "o", "100%% sure");
  dio_diagnostics_append (list, other);
  dio_diagnostics_free (other);
  g_assert_cmpuint (dio_diagnostics_get_count (list), ==, 2);
  g_assert_cmpstr (dio_diagnostics_get (list, 1)->message, ==, "100% sure");
  g_assert_true (dio_diagnostics_has_errors (list));
}

static void
test_names (void)
{
  g_assert_cmpstr (dio_severity_to_name (DIO_SEVERITY_NOTE), ==, "note");
  g_assert_cmpstr (dio_severity_to_name (DIO_SEVERITY_WARNING), ==, "warning");
  g_assert_cmpstr (dio_severity_to_name (DIO_SEVERITY_ERROR), ==, "error");
  dio_diagnostics_free (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/diagnostic/collect", test_collect);
  g_test_add_func ("/base/diagnostic/append-copies", test_append_copies);
  g_test_add_func ("/base/diagnostic/names", test_names);
  return g_test_run ();
}
