#define G_LOG_DOMAIN "dio-shelf"

#include "dio-shelf-private.h"

#include "dio-tab-stop.h"
#include "dio-texture.h"

#include <glib/gi18n-lib.h>

#define PICTURE_PX 64

struct _DioShelfTile {
  GtkWidget parent;
  DioSession *session;
  DioShelfItem *item;
  GtkWidget *box, *picture, *icon, *faces, *spinner, *name, *badge;
  GSignalGroup *item_signals;
  DioImage *shown; /**< borrowed, to compare only */
};

enum { SIGNAL_MENU, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DioShelfTile, dio_shelf_tile, GTK_TYPE_WIDGET)

static const char *
get_icon (DioShelfItem *item)
{
  switch (dio_shelf_item_get_kind (item)) {
  case DIO_SHELF_LIGHT:
    return "display-brightness-symbolic";
  case DIO_SHELF_SENSOR:
    return "camera-photo-symbolic";
  case DIO_SHELF_ENVIRONMENT:
    return "weather-few-clouds-symbolic";
  case DIO_SHELF_TEXTURE:
    return "image-x-generic-symbolic";
  case DIO_SHELF_MODEL:
  case DIO_SHELF_PARAMETRIC:
  default:
    return "package-x-generic-symbolic";
  }
}

static void
show_picture (DioShelfTile *self)
{
  DioImage *image = dio_shelf_item_get_thumbnail (self->item);
  if (image != NULL && image != self->shown) {
    g_autoptr (GdkTexture) texture = dio_texture_new (image);
    gtk_picture_set_paintable (GTK_PICTURE (self->picture), GDK_PAINTABLE (texture));
  }
  self->shown = image;
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), get_icon (self->item));
  gtk_stack_set_visible_child (GTK_STACK (self->faces), image != NULL ? self->picture : self->icon);
}

static void
show (DioShelfTile *self)
{
  if (self->item == NULL)
    return;
  const char *name = dio_shelf_item_get_name (self->item);
  gtk_label_set_text (GTK_LABEL (self->name), name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), name);
  gboolean importing = FALSE;
  g_object_get (self->item, "importing", &importing, NULL);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), importing);
  gtk_widget_set_visible (self->spinner, importing);
  guint n = dio_shelf_item_get_findings (self->item);
  gtk_widget_set_visible (self->badge, n > 0);
  g_autofree char *text =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u finding", "%u findings", n), n);
  gtk_widget_set_tooltip_text (self->badge, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->badge), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  dio_tab_stop_name_row (GTK_WIDGET (self), name);
  show_picture (self);
}

static void
notify_cb (GObject *item, GParamSpec *pspec, DioShelfTile *self)
{
  show (self);
}

void
dio_shelf_tile_bind (DioShelfTile *self, DioShelfItem *item)
{
  g_set_object (&self->item, item);
  self->shown = NULL;
  g_signal_group_set_target (self->item_signals, item);
  show (self);
}

DioShelfItem *
dio_shelf_tile_get_item (DioShelfTile *self)
{
  return self->item;
}

/* The list is made when it is opened, from what is known then. */
static void
create_popover_cb (GtkMenuButton *button, gpointer user)
{
  DioShelfTile *self = user;
  GtkWidget *popover = gtk_popover_new ();
  if (self->item != NULL)
    gtk_popover_set_child (
        GTK_POPOVER (popover),
        dio_shelf_findings_new (self->session, dio_shelf_item_get_id (self->item)));
  gtk_menu_button_set_popover (button, popover);
}

/* -- Drag -- */

static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, DioShelfTile *self)
{
  if (self->item == NULL)
    return NULL;
  g_autofree char *text = dio_shelf_dup_drag_text (self->item);
  return gdk_content_provider_new_typed (G_TYPE_STRING, text);
}

static void
begin_cb (GtkDragSource *source, GdkDrag *drag, DioShelfTile *self)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (self->faces);
  gtk_drag_source_set_icon (source, paintable, PICTURE_PX / 2, PICTURE_PX / 2);
}

static void
right_click_cb (GtkGestureClick *gesture, int n, double x, double y, DioShelfTile *self)
{
  g_signal_emit (self, signals[SIGNAL_MENU], 0, x, y);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

/* -- Life -- */

static void
dio_shelf_tile_dispose (GObject *object)
{
  DioShelfTile *self = DIO_SHELF_TILE (object);
  g_clear_object (&self->item_signals);
  g_clear_object (&self->item);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (dio_shelf_tile_parent_class)->dispose (object);
}

static void
dio_shelf_tile_class_init (DioShelfTileClass *class)
{
  G_OBJECT_CLASS (class)->dispose = dio_shelf_tile_dispose;
  signals[SIGNAL_MENU] =
      g_signal_new ("menu", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
create_faces (DioShelfTile *self)
{
  self->faces = gtk_stack_new ();
  self->picture = gtk_picture_new ();
  gtk_picture_set_can_shrink (GTK_PICTURE (self->picture), TRUE);
  self->icon = gtk_image_new ();
  gtk_image_set_pixel_size (GTK_IMAGE (self->icon), 32);
  gtk_widget_add_css_class (self->icon, "dim-label");
  gtk_stack_add_child (GTK_STACK (self->faces), self->picture);
  gtk_stack_add_child (GTK_STACK (self->faces), self->icon);
  gtk_widget_set_size_request (self->faces, PICTURE_PX, PICTURE_PX);
  gtk_widget_set_halign (self->faces, GTK_ALIGN_CENTER);
  gtk_widget_set_overflow (self->faces, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (self->faces, "dio-tile");
  return self->faces;
}

static GtkWidget *
create_overlay (DioShelfTile *self)
{
  GtkWidget *overlay = gtk_overlay_new ();
  gtk_overlay_set_child (GTK_OVERLAY (overlay), create_faces (self));
  self->spinner = gtk_spinner_new ();
  gtk_widget_set_halign (self->spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->spinner, GTK_ALIGN_CENTER);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->spinner);
  self->badge = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->badge), "dialog-warning-symbolic");
  gtk_widget_add_css_class (self->badge, "circular");
  gtk_widget_add_css_class (self->badge, "osd");
  gtk_widget_set_halign (self->badge, GTK_ALIGN_END);
  gtk_widget_set_valign (self->badge, GTK_ALIGN_START);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->badge), create_popover_cb, self,
                                         NULL);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->badge);
  return overlay;
}

static void
dio_shelf_tile_init (DioShelfTile *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_box_append (GTK_BOX (self->box), create_overlay (self));
  self->name = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->name), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (self->name), 8);
  gtk_label_set_max_width_chars (GTK_LABEL (self->name), 8);
  gtk_widget_add_css_class (self->name, "caption");
  gtk_box_append (GTK_BOX (self->box), self->name);
  self->item_signals = g_signal_group_new (DIO_TYPE_SHELF_ITEM);
  g_signal_group_connect (self->item_signals, "notify", G_CALLBACK (notify_cb), self);

  GtkDragSource *source = gtk_drag_source_new ();
  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect_object (source, "prepare", G_CALLBACK (prepare_cb), self, 0);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (begin_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
  GtkGesture *right = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (right), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (right, "pressed", G_CALLBACK (right_click_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (right));
}

GtkWidget *
dio_shelf_tile_new (DioSession *session)
{
  DioShelfTile *self = g_object_new (DIO_TYPE_SHELF_TILE, NULL);
  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
