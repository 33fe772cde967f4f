#define G_LOG_DOMAIN "dio-desk"

#include "dio-desk-viewer.h"

#include "dio-desk-text.h"
#include "dio-hold-clean.h"
#include "dio-picture-view.h"

#include <glib/gi18n-lib.h>

/* Nothing moves for what is there sooner. */
#define SPINNER_MS 300

struct _DioDeskViewer {
  AdwBin parent_instance;

  DioSession *session; /**< owned */
  DioPictureView *view;
  DioDeskShot *shot; /**< (nullable) owned */
  guint32 row;
  GtkLabel *title, *zoom;
  GtkImage *badge;
  GtkSpinner *spinner;
  guint spin; /**< source that will show the spinner */
};

G_DEFINE_FINAL_TYPE (DioDeskViewer, dio_desk_viewer, ADW_TYPE_BIN)

enum { OBJECT_PICKED, N_SIGNALS };

static guint signals[N_SIGNALS];

gboolean
dio_desk_viewer_set_shot (DioDeskViewer *self, DioDeskShot *shot, guint32 row)
{
  g_return_val_if_fail (DIO_IS_DESK_VIEWER (self), FALSE);

  gboolean other = self->shot != shot || self->row != row;
  self->row = row;
  if (self->shot == shot)
    return other;
  g_clear_pointer (&self->shot, dio_desk_shot_unref);
  self->shot = shot != NULL ? dio_desk_shot_ref (shot) : NULL;
  g_autoptr (DioOverlayScene) scene = shot != NULL ? dio_desk_shot_create_scene (shot) : NULL;
  dio_picture_view_set_scene (self->view, scene);
  return TRUE;
}

void
dio_desk_viewer_set_title (DioDeskViewer *self, const char *title, DioReviewState state)
{
  g_return_if_fail (DIO_IS_DESK_VIEWER (self));

  gtk_label_set_text (self->title, title);
  dio_desk_text_set_badge (self->badge, state);
}

void
dio_desk_viewer_select (DioDeskViewer *self, guint instance, gboolean zoom)
{
  g_return_if_fail (DIO_IS_DESK_VIEWER (self));

  dio_picture_painter_set_selected_instance (dio_picture_view_get_painter (self->view), instance);
  DioOverlayScene *scene = dio_picture_view_get_scene (self->view);
  const DioOverlayItem *item = scene != NULL ? dio_overlay_scene_find (scene, instance) : NULL;
  if (zoom && item != NULL && item->extent.x1 > item->extent.x0)
    dio_picture_view_zoom_to_box (self->view, &item->extent);
}

void
dio_desk_viewer_cycle_zoom (DioDeskViewer *self)
{
  g_return_if_fail (DIO_IS_DESK_VIEWER (self));

  dio_picture_view_cycle_zoom (self->view);
}

void
dio_desk_viewer_focus (DioDeskViewer *self)
{
  g_return_if_fail (DIO_IS_DESK_VIEWER (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static gboolean
spin_cb (gpointer user)
{
  DioDeskViewer *self = user;
  self->spin = 0;
  gtk_spinner_start (self->spinner);
  return G_SOURCE_REMOVE;
}

void
dio_desk_viewer_set_busy (DioDeskViewer *self, gboolean busy)
{
  g_return_if_fail (DIO_IS_DESK_VIEWER (self));

  g_clear_handle_id (&self->spin, g_source_remove);
  gtk_spinner_stop (self->spinner);
  if (busy)
    self->spin = g_timeout_add (SPINNER_MS, spin_cb, self);
}

/* -- Mouse and keys ------------------------------------------------------------------------------------------------- */

static void
clicked_cb (DioPictureView *view,
            int x,
            int y,
            guint leaf,
            guint instance,
            guint n_press,
            guint modifiers,
            DioDeskViewer *self)
{
  g_signal_emit (self, signals[OBJECT_PICKED], 0, instance);
}

/* -- Building ------------------------------------------------------------------------------------------------------- */

static void
add_tools (GtkBox *bar)
{
  static const struct {
    const char *icon, *label, *action;
  } tools[] = {
    { "dio-layers-symbolic", N_ ("Next Picture: Colour, Depth, Normals, Ids"), "win.cycle-pass" },
    { "zoom-fit-best-symbolic", N_ ("Next Zoom"), "win.desk-zoom" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (tools); i++)
    gtk_box_append (bar,
                    dio_desk_text_icon_button (tools[i].icon, _ (tools[i].label), tools[i].action));
}

static GtkWidget *
build_bar (DioDeskViewer *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (bar, "toolbar");
  gtk_box_append (
      GTK_BOX (bar),
      dio_desk_text_icon_button ("go-previous-symbolic", _ ("Back to the Grid"), "win.desk-back"));
  self->title = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->title, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "numeric");
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->title));
  self->badge = GTK_IMAGE (gtk_image_new ());
  gtk_widget_set_visible (GTK_WIDGET (self->badge), FALSE);
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->badge));
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->spinner));
  GtkWidget *space = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_hexpand (space, TRUE);
  gtk_box_append (GTK_BOX (bar), space);
  self->zoom = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->zoom), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->zoom), "numeric");
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->zoom));
  add_tools (GTK_BOX (bar));
  return bar;
}

static void
build (DioDeskViewer *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), build_bar (self));
  self->view = DIO_PICTURE_VIEW (dio_picture_view_new ());
  dio_picture_view_set_overlays (self->view, dio_session_get_overlays (self->session));
  dio_desk_text_name (GTK_WIDGET (self->view), _ ("Picture with Its Labels"));
  gtk_widget_set_vexpand (GTK_WIDGET (self->view), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->view), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->view));
  adw_bin_set_child (ADW_BIN (self), box);
  g_object_bind_property (self->view, "zoom-name", self->zoom, "label", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->view, "pixel-clicked", G_CALLBACK (clicked_cb), self, 0);
  dio_hold_clean_add (GTK_WIDGET (self->view), dio_session_get_overlays (self->session));
}

static void
dio_desk_viewer_dispose (GObject *object)
{
  DioDeskViewer *self = DIO_DESK_VIEWER (object);
  g_clear_handle_id (&self->spin, g_source_remove);
  g_clear_pointer (&self->shot, dio_desk_shot_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (dio_desk_viewer_parent_class)->dispose (object);
}

static void
dio_desk_viewer_class_init (DioDeskViewerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dio_desk_viewer_dispose;
  signals[OBJECT_PICKED] =
      g_signal_new ("object-picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
dio_desk_viewer_init (DioDeskViewer *self)
{
}

GtkWidget *
dio_desk_viewer_new (DioSession *session)
{
  g_return_val_if_fail (DIO_IS_SESSION (session), NULL);

  DioDeskViewer *self = g_object_new (DIO_TYPE_DESK_VIEWER, NULL);
  self->session = g_object_ref (session);
  build (self);
  return GTK_WIDGET (self);
}
