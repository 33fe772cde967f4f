#define G_LOG_DOMAIN "dio-viewport"

#include "dio-viewport-parts-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define SIZE_PX 76
#define REACH 26.0
#define KNOB 9.0

/* The six ends: +X -X +Y -Y +Z -Z. */
typedef struct {
  double x, y, depth; /* pixels from the middle; nearer is larger */
  DioEditLook look;
  const char *letter; /* of positive ends */
  GdkRGBA color;
} End;

static void
list_ends (DioViewportCanvas *canvas, End ends[static 6])
{
  static const DioEditLook looks[6] = { DIO_EDIT_LOOK_RIGHT, DIO_EDIT_LOOK_LEFT,
                                        DIO_EDIT_LOOK_BACK,  DIO_EDIT_LOOK_FRONT,
                                        DIO_EDIT_LOOK_TOP,   DIO_EDIT_LOOK_BOTTOM };
  static const char *const letters[3] = { "X", "Y", "Z" };
  static const GdkRGBA colors[3] = { { 0.90f, 0.28f, 0.32f, 1 },
                                     { 0.42f, 0.70f, 0.16f, 1 },
                                     { 0.25f, 0.52f, 0.92f, 1 } };
  DioViewportEye eye;
  DioMat4 camera = dio_edit_navigation_get_world_from_camera (&canvas->navigation);
  if (dio_viewport_eye_get (canvas, &eye))
    camera = eye.view.world_from_camera;
  for (int i = 0; i < 6; i++) {
    int axis = i / 2, sign = i % 2 == 0 ? 1 : -1;
    /* Row `axis` of the rotation: the world axis in the camera's axes. */
    ends[i] = (End){ .x = sign * camera.m[axis] * REACH,
                     .y = -sign * camera.m[4 + axis] * REACH,
                     .depth = sign * camera.m[8 + axis],
                     .look = looks[i],
                     .letter = sign > 0 ? letters[axis] : NULL,
                     .color = colors[axis] };
  }
}

static int
compare_depth (gconstpointer a, gconstpointer b)
{
  double left = ((const End *) a)->depth, right = ((const End *) b)->depth;
  return (left > right) - (left < right);
}

static void
draw_end (GtkWidget *widget, cairo_t *cr, const End *end)
{
  double alpha = 0.55 + 0.45 * (end->depth + 1) / 2;
  cairo_set_source_rgba (cr, end->color.red, end->color.green, end->color.blue, alpha);
  if (end->letter != NULL) {
    cairo_move_to (cr, 0, 0);
    cairo_line_to (cr, end->x, end->y);
    cairo_set_line_width (cr, 2.2);
    cairo_stroke (cr);
  }
  cairo_arc (cr, end->x, end->y, end->letter != NULL ? KNOB : KNOB - 2, 0, 2 * G_PI);
  if (end->letter == NULL) {
    cairo_set_source_rgba (cr, end->color.red, end->color.green, end->color.blue, alpha * 0.35);
    cairo_fill (cr);
    return;
  }
  cairo_fill (cr);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, end->letter);
  PangoAttrList *attributes = pango_attr_list_new ();
  pango_attr_list_insert (attributes, pango_attr_scale_new (0.8));
  pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  int width, height;
  pango_layout_get_pixel_size (layout, &width, &height);
  cairo_set_source_rgba (cr, 1, 1, 1, 0.95);
  cairo_move_to (cr, end->x - width / 2.0, end->y - height / 2.0);
  pango_cairo_show_layout (cr, layout);
}

static void
draw_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user)
{
  End ends[6];
  list_ends (user, ends);
  qsort (ends, 6, sizeof *ends, compare_depth);
  cairo_translate (cr, width / 2.0, height / 2.0);
  cairo_arc (cr, 0, 0, SIZE_PX / 2.0 - 1, 0, 2 * G_PI);
  cairo_set_source_rgba (cr, 0, 0, 0, 0.28);
  cairo_fill (cr);
  for (int i = 0; i < 6; i++)
    draw_end (GTK_WIDGET (area), cr, &ends[i]);
}

static void
released_cb (GtkGestureClick *gesture, int n_press, double x, double y, DioViewportCanvas *canvas)
{
  End ends[6];
  list_ends (canvas, ends);
  const End *best = NULL;
  for (int i = 0; i < 6; i++)
    if (hypot (ends[i].x - (x - SIZE_PX / 2.0), ends[i].y - (y - SIZE_PX / 2.0)) <= KNOB + 2
        && (best == NULL || ends[i].depth > best->depth))
      best = &ends[i];
  if (best != NULL)
    dio_viewport_view_look_along (canvas, best->look);
}

GtkWidget *
dio_viewport_axes_new (DioViewportCanvas *canvas)
{
  GtkWidget *area =
      g_object_new (GTK_TYPE_DRAWING_AREA, "content-width", SIZE_PX, "content-height", SIZE_PX,
                    "halign", GTK_ALIGN_END, "tooltip-text", _ ("Look Along an Axis"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (area), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("View Axes"), -1);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_cb, canvas, NULL);
  GtkGesture *click = gtk_gesture_click_new ();
  g_signal_connect_object (click, "released", G_CALLBACK (released_cb), canvas, 0);
  gtk_widget_add_controller (area, GTK_EVENT_CONTROLLER (click));
  g_signal_connect_object (canvas->session, "result", G_CALLBACK (gtk_widget_queue_draw), area,
                           G_CONNECT_SWAPPED);
  return area;
}
