/* The viewport with a real session and a real preview: pictures of both views, tools, commands. */

#include "dio-frame-bar.h"
#include "dio-harness.h"
#include "dio-picture-view.h"
#include "dio-session-models.h"
#include "dio-viewport-panel.h"

#include <math.h>

typedef struct {
  DioSession *session;
  GtkWindow *window;
  GtkWidget *panel, *bar;
} Fixture;

static gboolean
has_result (gpointer user)
{
  const DioPreviewResult *result = dio_session_get_result (user);
  return result != NULL && !result->draft && (result->view_rgb != NULL || result->rgb != NULL)
         && result->scenario == dio_session_get_scenario (user);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  g_autoptr (GError) error = NULL;
  *(gboolean *) user = dio_session_open_finish (DIO_SESSION (source), result, &error);
  g_assert_no_error (error);
}

static gboolean
is_true (gpointer user)
{
  return *(gboolean *) user;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autofree char *folder = dio_harness_dup_temp ("data");
  f->session = dio_session_new (g_getenv ("DIORAMA_ENGINE"), folder);
  g_autofree char *path =
      g_build_filename (g_getenv ("DIORAMA_DATA_DIR"), "scenarios", "tabletop.diorama", NULL);
  gboolean opened = FALSE;
  dio_session_open_async (f->session, path, opened_cb, &opened);
  g_assert_true (dio_harness_wait (is_true, &opened, 10000));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  f->panel = dio_viewport_panel_new (f->session);
  f->bar = dio_frame_bar_new (f->session);
  gtk_widget_set_vexpand (f->panel, TRUE);
  gtk_box_append (GTK_BOX (box), f->panel);
  gtk_box_append (GTK_BOX (box), f->bar);
  f->window = dio_harness_show (box, 900, 640);
  g_assert_true (dio_harness_wait (has_result, f->session, 20000));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  dio_harness_destroy (f->window);
  g_assert_finalize_object (f->session);
}

static void
test_pictures (Fixture *f, gconstpointer data)
{
  dio_harness_run (300);
  dio_harness_snapshot (GTK_WIDGET (f->window), "viewport-free");
  dio_session_set_through_sensor (f->session, TRUE);
  dio_harness_run (800);
  dio_harness_snapshot (GTK_WIDGET (f->window), "viewport-through");
}

int
main (int argc, char **argv)
{
  dio_harness_init (&argc, &argv);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/viewport/panel/pictures", test_pictures);
  return g_test_run ();
}
