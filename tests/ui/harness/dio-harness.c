#define G_LOG_DOMAIN "dio-harness"

#include "dio-harness.h"

#include <stdlib.h>

static char *temp_folder;

static void
remove_temp (void)
{
  if (temp_folder == NULL)
    return;
  const char *argv[] = { "rm", "-rf", temp_folder, NULL };
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
  g_clear_pointer (&temp_folder, g_free);
}

void
dio_harness_init (int *argc, char ***argv)
{
  g_test_init (argc, argv, NULL);
  if (!gtk_init_check ()) {
    g_print ("1..0 # SKIP no display: run under tests/ui/harness/with-display\n");
    exit (77);
  }
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, "gtk-cursor-blink",
                FALSE, NULL);
  atexit (remove_temp);
}

char *
dio_harness_dup_temp (const char *name)
{
  if (temp_folder == NULL)
    temp_folder = g_dir_make_tmp ("diorama-test-XXXXXX", NULL);
  g_assert_nonnull (temp_folder);
  return g_build_filename (temp_folder, name, NULL);
}

static gboolean
timeout_cb (gpointer user)
{
  gboolean *over = user;
  *over = TRUE;
  return G_SOURCE_REMOVE;
}

gboolean
dio_harness_wait (DioHarnessCondition condition, gpointer user, guint timeout_ms)
{
  gint64 end = g_get_monotonic_time () + (gint64) timeout_ms * 1000;
  while (!condition (user)) {
    if (g_get_monotonic_time () >= end)
      return FALSE;
    // A condition may come true without any source: look again every few milliseconds.
    gboolean over = FALSE;
    guint tick = g_timeout_add (5, timeout_cb, &over);
    g_main_context_iteration (NULL, TRUE);
    if (!over)
      g_source_remove (tick);
  }
  return TRUE;
}

typedef struct {
  gpointer object;
  const char *property;
} Property;

static gboolean
property_holds (gpointer user)
{
  const Property *wanted = user;
  gboolean value = FALSE;
  g_object_get (wanted->object, wanted->property, &value, NULL);
  return value;
}

gboolean
dio_harness_wait_property (gpointer object, const char *property, guint timeout_ms)
{
  Property wanted = { object, property };
  return dio_harness_wait (property_holds, &wanted, timeout_ms);
}

void
dio_harness_run (guint ms)
{
  gboolean over = FALSE;
  g_timeout_add (ms, timeout_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static void
painted_cb (GdkFrameClock *clock, gpointer user)
{
  guint *frames = user;
  (*frames)++;
}

static gboolean
was_painted (gpointer user)
{
  const guint *frames = user;
  return *frames >= 2;
}

void
dio_harness_present (GtkWindow *window)
{
  gtk_window_present (window);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  if (clock == NULL)
    return;
  guint frames = 0;
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &frames);
  gtk_widget_queue_draw (GTK_WIDGET (window));
  gdk_frame_clock_begin_updating (clock);
  dio_harness_wait (was_painted, &frames, 5000);
  gdk_frame_clock_end_updating (clock);
  g_signal_handler_disconnect (clock, handler);
}

void
dio_harness_destroy (GtkWindow *window)
{
  if (window != NULL)
    gtk_window_destroy (window);
  for (guint i = 0; i < 50 && g_main_context_iteration (NULL, FALSE); i++)
    ;
}

static gboolean
is_null (gpointer user)
{
  return *(gpointer *) user == NULL;
}

void
dio_harness_assert_gone (gpointer object)
{
  gpointer weak = object;
  g_object_add_weak_pointer (G_OBJECT (object), &weak);
  g_object_unref (object);
  g_assert_true (dio_harness_wait (is_null, &weak, 60000));
}

GtkWindow *
dio_harness_show (GtkWidget *child, int width, int height)
{
  GtkWidget *window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  adw_window_set_content (ADW_WINDOW (window), child);
  dio_harness_present (GTK_WINDOW (window));
  return GTK_WINDOW (window);
}

/* What @widget last drew, or NULL before it did. */
static GskRenderNode *
take_node (GtkWidget *widget)
{
  if (gtk_widget_get_width (widget) <= 0 || gtk_widget_get_height (widget) <= 0)
    return NULL;
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), gtk_widget_get_width (widget),
                          gtk_widget_get_height (widget));
  return gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
}

GdkTexture *
dio_harness_picture (GtkWidget *widget)
{
  g_autoptr (GskRenderNode) node = take_node (widget);
  for (guint i = 0; node == NULL && i < 40; i++) {
    dio_harness_run (50);
    node = take_node (widget);
  }
  g_return_val_if_fail (node != NULL, NULL);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (widget));
  graphene_rect_t area = GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height);
  return gsk_renderer_render_texture (renderer, node, &area);
}

void
dio_harness_snapshot (GtkWidget *widget, const char *name)
{
  const char *folder = g_getenv ("DIORAMA_TEST_OUTPUT");
  if (folder == NULL)
    return;
  g_mkdir_with_parents (folder, 0755);
  g_autoptr (GdkTexture) texture = dio_harness_picture (widget);
  g_autofree char *file = g_strconcat (name, ".png", NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  if (texture != NULL)
    gdk_texture_save_to_png (texture, path);
}
