#define G_LOG_DOMAIN "dio-widgets"

#include "dio-sphere-view.h"

#include "dio-widgets-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Rings of equal height, each cut into as many pieces as make its cells about square: by Archimedes all cells of a ring have
 * the same area, and cells of different rings nearly so. */
#define RINGS 12
#define MAX_CELLS 256

typedef struct {
  double azimuth0, azimuth1, elevation0, elevation1;
  guint count;
} Cell;

struct _DioSphereView {
  GtkWidget parent;
  Cell cells[MAX_CELLS];
  guint n_cells, first_of_ring[RINGS + 1];
  double yaw, pitch; /* from where the sphere is looked at */
  double drag_yaw, drag_pitch;
};

G_DEFINE_FINAL_TYPE (DioSphereView, dio_sphere_view, GTK_TYPE_WIDGET)

static double
get_ring_elevation (guint ring)
{
  return -G_PI_2 + G_PI * ring / RINGS;
}

static void
build_cells (DioSphereView *self)
{
  for (guint ring = 0; ring < RINGS; ring++) {
    double e0 = get_ring_elevation (ring), e1 = get_ring_elevation (ring + 1);
    double area = sin (e1) - sin (e0);
    /* Area of the ring over that of a cell at the equator. */
    guint pieces = (guint) MAX (3, round (2 * RINGS * area / sin (G_PI / RINGS)));
    self->first_of_ring[ring] = self->n_cells;
    for (guint i = 0; i < pieces; i++)
      self->cells[self->n_cells++] =
          (Cell){ 2 * G_PI * i / pieces, 2 * G_PI * (i + 1) / pieces, e0, e1, 0 };
  }
  self->first_of_ring[RINGS] = self->n_cells;
}

static Cell *
find_cell (DioSphereView *self, double azimuth, double elevation)
{
  if (!isfinite (azimuth) || !isfinite (elevation))
    return NULL;
  guint ring = (guint) CLAMP ((elevation + G_PI_2) / G_PI * RINGS, 0, RINGS - 1.0);
  guint pieces = self->first_of_ring[ring + 1] - self->first_of_ring[ring];
  double turn = azimuth / (2 * G_PI);
  turn -= floor (turn);
  guint piece = MIN ((guint) (turn * pieces), pieces - 1);
  return &self->cells[self->first_of_ring[ring] + piece];
}

/* -- Drawing ------------------------------------------------------------------------------------------------------- */

typedef struct {
  double x, y, depth; /* of the unit sphere, seen from +depth */
} Spot;

/* Azimuth 0, the object's front, faces the viewer while yaw and pitch are 0. */
static Spot
project (DioSphereView *self, double azimuth, double elevation)
{
  double a = azimuth - self->yaw;
  double x = cos (elevation) * sin (a), z = sin (elevation), d = cos (elevation) * cos (a);
  double c = cos (self->pitch), s = sin (self->pitch);
  return (Spot){ x, z * c - d * s, d * c + z * s };
}

static void
draw_cell (DioSphereView *self, cairo_t *cr, const Cell *cell, guint peak)
{
  const guint steps = 3;
  Spot middle = project (self, (cell->azimuth0 + cell->azimuth1) / 2,
                         (cell->elevation0 + cell->elevation1) / 2);
  if (middle.depth < 0.02)
    return;
  for (guint side = 0; side < 2; side++)
    for (guint i = 0; i <= steps; i++) {
      double t = (double) (side == 0 ? i : steps - i) / steps;
      Spot spot = project (self, cell->azimuth0 + t * (cell->azimuth1 - cell->azimuth0),
                           side == 0 ? cell->elevation0 : cell->elevation1);
      cairo_line_to (cr, spot.x, -spot.y);
    }
  cairo_close_path (cr);
  GdkRGBA accent = dio_widgets_get_color (GTK_WIDGET (self), "accent_bg_color");
  GdkRGBA text = dio_widgets_get_foreground (GTK_WIDGET (self));
  double shade = 0.55 + 0.45 * middle.depth;
  if (cell->count > 0)
    dio_widgets_set_source (cr, &accent,
                            (0.25 + 0.75 * sqrt ((double) cell->count / MAX (peak, 1))) * shade);
  else
    dio_widgets_set_source (cr, &text, 0.05);
  cairo_fill_preserve (cr);
  dio_widgets_set_source (cr, &text, 0.22 * shade);
  cairo_set_line_width (cr, 0.012);
  cairo_stroke (cr);
}

static void
draw_mark (DioSphereView *self, cairo_t *cr, double azimuth, const char *text, double radius)
{
  Spot spot = project (self, azimuth, 0);
  GdkRGBA color = dio_widgets_get_foreground (GTK_WIDGET (self));
  dio_widgets_set_source (cr, &color, spot.depth > 0 ? 0.9 : 0.35);
  double reach = radius + 9, length = hypot (spot.x, spot.y);
  /* Names stand outside of the ball where they can, before it where the direction faces the viewer. */
  double k = length > 0.35 ? reach / length : radius;
  dio_widgets_draw_text (GTK_WIDGET (self), cr, text, spot.x * k, -spot.y * k - 7, 0.5);
}

static void
snapshot_widget (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DioSphereView *self = DIO_SPHERE_VIEW (widget);
  double w = gtk_widget_get_width (widget), h = gtk_widget_get_height (widget);
  double radius = MAX (MIN (w, h) / 2 - 18, 8);
  graphene_rect_t area = GRAPHENE_RECT_INIT (0, 0, (float) w, (float) h);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &area);
  cairo_translate (cr, w / 2, h / 2);
  cairo_save (cr);
  cairo_scale (cr, radius, radius);
  guint peak = 0;
  for (guint i = 0; i < self->n_cells; i++)
    peak = MAX (peak, self->cells[i].count);
  for (guint i = 0; i < self->n_cells; i++)
    draw_cell (self, cr, &self->cells[i], peak);
  GdkRGBA text = dio_widgets_get_foreground (widget);
  dio_widgets_set_source (cr, &text, 0.4);
  cairo_set_line_width (cr, 1.2 / radius);
  cairo_arc (cr, 0, 0, 1, 0, 2 * G_PI);
  cairo_stroke (cr);
  cairo_restore (cr);
  draw_mark (self, cr, 0, _ ("Front"), radius);
  draw_mark (self, cr, G_PI_2, _ ("Left"), radius);
  draw_mark (self, cr, G_PI, _ ("Back"), radius);
  draw_mark (self, cr, 3 * G_PI_2, _ ("Right"), radius);
  cairo_destroy (cr);
}

static void
measure (GtkWidget *widget,
         GtkOrientation orientation,
         int for_size,
         int *minimum,
         int *natural,
         int *minimum_baseline,
         int *natural_baseline)
{
  *minimum = 80;
  *natural = 140;
}

/* -- Turning ------------------------------------------------------------------------------------------------------- */

static void
turn (DioSphereView *self, double yaw, double pitch)
{
  self->yaw = yaw;
  self->pitch = CLAMP (pitch, -G_PI_2, G_PI_2);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, DioSphereView *self)
{
  self->drag_yaw = self->yaw;
  self->drag_pitch = self->pitch;
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, DioSphereView *self)
{
  double radius = MAX (gtk_widget_get_height (GTK_WIDGET (self)) / 2.0, 1);
  turn (self, self->drag_yaw - dx / radius, self->drag_pitch + dy / radius);
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        DioSphereView *self)
{
  const double step = G_PI / 12;
  if ((state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return FALSE;
  if (key == GDK_KEY_Left || key == GDK_KEY_Right)
    turn (self, self->yaw + (key == GDK_KEY_Left ? -step : step), self->pitch);
  else if (key == GDK_KEY_Up || key == GDK_KEY_Down)
    turn (self, self->yaw, self->pitch + (key == GDK_KEY_Up ? step : -step));
  else
    return FALSE;
  return TRUE;
}

static void
dio_sphere_view_class_init (DioSphereViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  widget_class->snapshot = snapshot_widget;
  widget_class->measure = measure;
  gtk_widget_class_set_css_name (widget_class, "sphere-view");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
dio_sphere_view_init (DioSphereView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  dio_widgets_ensure_style ();
  build_cells (self);
  self->yaw = 0.45;
  self->pitch = 0.45;
  gtk_widget_set_focusable (widget, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("View Directions"), -1);
  GtkGesture *drag = gtk_gesture_drag_new ();
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  GtkEventController *key = gtk_event_controller_key_new ();
  g_signal_connect (key, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (widget, key);
}

GtkWidget *
dio_sphere_view_new (void)
{
  return g_object_new (DIO_TYPE_SPHERE_VIEW, NULL);
}

void
dio_sphere_view_set_directions (DioSphereView *self, const double (*directions_rad)[2], guint n)
{
  g_return_if_fail (DIO_IS_SPHERE_VIEW (self));
  for (guint i = 0; i < self->n_cells; i++)
    self->cells[i].count = 0;
  for (guint i = 0; i < n; i++) {
    Cell *cell = find_cell (self, directions_rad[i][0], directions_rad[i][1]);
    if (cell != NULL)
      cell->count++;
  }
  g_autofree char *text =
      g_strdup_printf (_ ("%.0f %% of all directions"), 100 * dio_sphere_view_get_coverage (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

double
dio_sphere_view_get_coverage (DioSphereView *self)
{
  g_return_val_if_fail (DIO_IS_SPHERE_VIEW (self), 0);
  guint hit = 0;
  for (guint i = 0; i < self->n_cells; i++)
    hit += self->cells[i].count > 0;
  return (double) hit / self->n_cells;
}
