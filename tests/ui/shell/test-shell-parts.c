#include "dio-harness.h"
#include "dio-shell-application.h"
#include "dio-shell-parts.h"

/* A panel that ends leaves neither itself nor the session behind. */
static void
test_ends (gconstpointer data)
{
  DioShellPart part = GPOINTER_TO_INT (data);
  DioSession *session = dio_session_new (NULL, NULL);
  GtkWidget *widget = dio_shell_part_create (part, session);
  GtkWindow *window = dio_harness_show (widget, 640, 480);
  g_object_ref (widget);
  dio_harness_run (200);
  dio_harness_destroy (window);
  dio_harness_assert_gone (widget);
  dio_harness_assert_gone (session);
}

int
main (int argc, char **argv)
{
  dio_harness_init (&argc, &argv);
  g_autoptr (DioShellApplication) application =
      dio_shell_application_new (G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  static const char *const names[DIO_SHELL_N_PARTS] = { "viewport",  "frame-bar", "outliner",
                                                        "shelf",     "inspector", "labels",
                                                        "randomize", "jobs",      "desk" };
  for (int part = 0; part < DIO_SHELL_N_PARTS; part++) {
    g_autofree char *path = g_strconcat ("/shell/parts/", names[part], NULL);
    g_test_add_data_func (path, GINT_TO_POINTER (part), test_ends);
  }
  return g_test_run ();
}
