#define G_LOG_DOMAIN "dio-widgets"

#include "dio-chip.h"

#include "dio-widgets-private.h"

#include <glib/gi18n-lib.h>

#define DOT_PX 12

/* -- The dot ------------------------------------------------------------------------------------------------------- */

static void
draw_dot_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user)
{
  const guint8 *rgb = g_object_get_data (G_OBJECT (area), "dio-color");
  if (rgb == NULL)
    return;
  double r = MIN (width, height) / 2.0;
  cairo_arc (cr, width / 2.0, height / 2.0, r - 0.5, 0, 2 * G_PI);
  cairo_set_source_rgb (cr, rgb[0] / 255.0, rgb[1] / 255.0, rgb[2] / 255.0);
  cairo_fill_preserve (cr);
  /* A rim keeps a dot in the colour of its ground visible. */
  cairo_set_source_rgba (cr, 0, 0, 0, 0.3);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

void
dio_color_dot_set_color (GtkWidget *dot, const guint8 rgb[static 3])
{
  g_return_if_fail (GTK_IS_DRAWING_AREA (dot));
  g_object_set_data_full (G_OBJECT (dot), "dio-color", g_memdup2 (rgb, 3), g_free);
  gtk_widget_queue_draw (dot);
}

GtkWidget *
dio_color_dot_new (const guint8 rgb[static 3])
{
  GtkWidget *dot =
      g_object_new (GTK_TYPE_DRAWING_AREA, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                    "content-width", DOT_PX, "content-height", DOT_PX, "valign", GTK_ALIGN_CENTER,
                    "halign", GTK_ALIGN_CENTER, NULL);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (dot), draw_dot_cb, NULL, NULL);
  dio_color_dot_set_color (dot, rgb);
  return dot;
}

/* -- The chip ------------------------------------------------------------------------------------------------------ */

struct _DioChip {
  GtkWidget parent;
  GtkWidget *dot, *icon, *label, *remove;
};

G_DEFINE_FINAL_TYPE (DioChip, dio_chip, GTK_TYPE_WIDGET)

enum { SIGNAL_CLICKED, SIGNAL_REMOVED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
released_cb (GtkGestureClick *gesture, int n_press, double x, double y, DioChip *self)
{
  if (gtk_widget_contains (GTK_WIDGET (self), x, y))
    g_signal_emit (self, signals[SIGNAL_CLICKED], 0);
}

static gboolean
key_cb (
    GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, DioChip *self)
{
  if (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_space) {
    g_signal_emit (self, signals[SIGNAL_CLICKED], 0);
    return TRUE;
  }
  if (key == GDK_KEY_Delete && self->remove != NULL) {
    g_signal_emit (self, signals[SIGNAL_REMOVED], 0);
    return TRUE;
  }
  return FALSE;
}

static void
remove_clicked_cb (GtkButton *button, DioChip *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVED], 0);
}

static void
dispose (GObject *object)
{
  DioChip *self = DIO_CHIP (object);
  g_clear_pointer (&self->dot, gtk_widget_unparent);
  g_clear_pointer (&self->icon, gtk_widget_unparent);
  g_clear_pointer (&self->label, gtk_widget_unparent);
  g_clear_pointer (&self->remove, gtk_widget_unparent);
  G_OBJECT_CLASS (dio_chip_parent_class)->dispose (object);
}

static void
dio_chip_class_init (DioChipClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = dispose;
  signals[SIGNAL_CLICKED] = g_signal_new ("clicked", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_REMOVED] = g_signal_new ("removed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "chip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);
}

static void
dio_chip_init (DioChip *self)
{
  dio_widgets_ensure_style ();
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                              6);
  gtk_widget_add_css_class (GTK_WIDGET (self), "dio-chip");
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  self->label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->label, "caption");
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  GtkGesture *click = gtk_gesture_click_new ();
  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  GtkEventController *key = gtk_event_controller_key_new ();
  g_signal_connect (key, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
}

GtkWidget *
dio_chip_new (const char *text)
{
  DioChip *self = g_object_new (DIO_TYPE_CHIP, NULL);
  dio_chip_set_text (self, text);
  return GTK_WIDGET (self);
}

void
dio_chip_set_text (DioChip *self, const char *text)
{
  g_return_if_fail (DIO_IS_CHIP (self));
  gtk_label_set_label (GTK_LABEL (self->label), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

const char *
dio_chip_get_text (DioChip *self)
{
  g_return_val_if_fail (DIO_IS_CHIP (self), NULL);
  return gtk_label_get_label (GTK_LABEL (self->label));
}

void
dio_chip_set_color (DioChip *self, const guint8 *rgb)
{
  g_return_if_fail (DIO_IS_CHIP (self));
  if (rgb == NULL) {
    g_clear_pointer (&self->dot, gtk_widget_unparent);
    return;
  }
  if (self->dot != NULL) {
    dio_color_dot_set_color (self->dot, rgb);
    return;
  }
  self->dot = dio_color_dot_new (rgb);
  gtk_widget_insert_before (self->dot, GTK_WIDGET (self), self->label);
}

void
dio_chip_set_icon_name (DioChip *self, const char *icon_name)
{
  g_return_if_fail (DIO_IS_CHIP (self));
  g_clear_pointer (&self->icon, gtk_widget_unparent);
  if (icon_name == NULL)
    return;
  self->icon = gtk_image_new_from_icon_name (icon_name);
  gtk_widget_insert_before (self->icon, GTK_WIDGET (self), self->label);
}

void
dio_chip_set_removable (DioChip *self, gboolean removable)
{
  g_return_if_fail (DIO_IS_CHIP (self));
  if (removable == (self->remove != NULL))
    return;
  if (!removable) {
    g_clear_pointer (&self->remove, gtk_widget_unparent);
    return;
  }
  self->remove = gtk_button_new_from_icon_name ("window-close-symbolic");
  gtk_widget_add_css_class (self->remove, "flat");
  gtk_widget_add_css_class (self->remove, "circular");
  gtk_widget_set_valign (self->remove, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->remove, _ ("Remove"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Remove"), -1);
  g_signal_connect (self->remove, "clicked", G_CALLBACK (remove_clicked_cb), self);
  gtk_widget_set_parent (self->remove, GTK_WIDGET (self));
}
