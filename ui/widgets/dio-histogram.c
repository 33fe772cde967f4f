#define G_LOG_DOMAIN "dio-widgets"

#include "dio-histogram.h"

#include "dio-widgets-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define AXIS_PX 16.0
#define TOP_PX 4.0
#define REACH_PX 6.0

typedef enum { BRUSH_NONE, BRUSH_NEW, BRUSH_LEFT, BRUSH_RIGHT, BRUSH_MOVE } BrushDrag;

struct _DioHistogram {
  GtkWidget parent;
  guint64 *counts, *front;
  guint n;
  double min, max;
  char *unit;
  gboolean logarithmic, brushable;
  gboolean has_brush;
  double brush[2];
  BrushDrag drag;
  double drag_x, drag_brush[2]; /* of the brush, in bins */
  gboolean moved;
};

G_DEFINE_FINAL_TYPE (DioHistogram, dio_histogram, GTK_TYPE_WIDGET)

enum { SIGNAL_CHANGED, SIGNAL_COMMITTED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* Inside, values are told by bins from the left: the axis may be logarithmic. */
static double
value_from_bins (DioHistogram *self, double bins)
{
  if (bins <= 0 || bins >= self->n)
    return bins <= 0 ? self->min : self->max;
  double low = self->logarithmic ? log2 (self->min) : self->min;
  double high = self->logarithmic ? log2 (self->max) : self->max;
  double value = low + bins * (high - low) / self->n;
  return self->logarithmic ? exp2 (value) : value;
}

static double
bins_from_value (DioHistogram *self, double value)
{
  if (!(value > self->min) || !(self->max > self->min))
    return 0;
  double share = self->logarithmic ? log (value / self->min) / log (self->max / self->min)
                                   : (value - self->min) / (self->max - self->min);
  return MIN (share, 1) * self->n;
}

static double
bins_from_x (DioHistogram *self, double x)
{
  double width = MAX (gtk_widget_get_width (GTK_WIDGET (self)), 1);
  return CLAMP (x / width, 0, 1) * self->n;
}

static double
x_from_value (DioHistogram *self, double value)
{
  return gtk_widget_get_width (GTK_WIDGET (self)) * bins_from_value (self, value)
         / MAX (self->n, 1);
}

static void
emit (DioHistogram *self, guint signal)
{
  g_autofree char *text = NULL;
  if (self->has_brush) {
    g_autofree char *low = dio_widgets_format_value (self->brush[0], self->unit);
    g_autofree char *high = dio_widgets_format_value (self->brush[1], self->unit);
    text = g_strdup_printf (_ ("From %s to %s"), low, high);
  }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text != NULL ? text : "", -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[signal], 0, self->has_brush ? self->brush[0] : NAN,
                 self->has_brush ? self->brush[1] : NAN);
}

static void
clear_brush (DioHistogram *self)
{
  if (!self->has_brush)
    return;
  self->has_brush = FALSE;
  emit (self, SIGNAL_CHANGED);
  emit (self, SIGNAL_COMMITTED);
}

/* -- Pointer and keys ---------------------------------------------------------------------------------------------- */

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, DioHistogram *self)
{
  if (!self->brushable || self->n == 0) {
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
    return;
  }
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->drag = BRUSH_NEW;
  self->drag_x = x;
  self->moved = FALSE;
  if (self->has_brush) {
    double left = x_from_value (self, self->brush[0]), right = x_from_value (self, self->brush[1]);
    self->drag_brush[0] = bins_from_value (self, self->brush[0]);
    self->drag_brush[1] = bins_from_value (self, self->brush[1]);
    if (fabs (x - left) <= REACH_PX)
      self->drag = BRUSH_LEFT;
    else if (fabs (x - right) <= REACH_PX)
      self->drag = BRUSH_RIGHT;
    else if (x > left && x < right)
      self->drag = BRUSH_MOVE;
  }
}

/* A brush covers whole bins, one at least: what it says is then what the bars show. */
static void
set_ends (DioHistogram *self, double a, double b)
{
  double low = round (MIN (a, b)), high = round (MAX (a, b));
  high = MAX (high, low + 1);
  self->brush[0] = value_from_bins (self, CLAMP (low, 0, self->n - 1.0));
  self->brush[1] = value_from_bins (self, CLAMP (high, 1, (double) self->n));
  self->has_brush = TRUE;
}

static void
drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, DioHistogram *self)
{
  if (self->drag == BRUSH_NONE || (!self->moved && fabs (dx) < 3))
    return;
  self->moved = TRUE;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  double here = bins_from_x (self, self->drag_x + dx);
  double start = bins_from_x (self, self->drag_x);
  double width = self->drag_brush[1] - self->drag_brush[0];
  if (self->drag == BRUSH_NEW)
    set_ends (self, start, here);
  else if (self->drag == BRUSH_LEFT)
    set_ends (self, here, self->drag_brush[1]);
  else if (self->drag == BRUSH_RIGHT)
    set_ends (self, self->drag_brush[0], here);
  else {
    double low = CLAMP (self->drag_brush[0] + here - start, 0, self->n - width);
    set_ends (self, low, low + width);
  }
  emit (self, SIGNAL_CHANGED);
}

static void
drag_end_cb (GtkGestureDrag *gesture, double dx, double dy, DioHistogram *self)
{
  BrushDrag drag = self->drag;
  self->drag = BRUSH_NONE;
  if (drag == BRUSH_NONE)
    return;
  if (self->moved)
    emit (self, SIGNAL_COMMITTED);
  else if (self->has_brush)
    clear_brush (self);
  else {
    double bin = MIN (floor (bins_from_x (self, self->drag_x)), self->n - 1.0);
    set_ends (self, bin, bin + 1);
    emit (self, SIGNAL_CHANGED);
    emit (self, SIGNAL_COMMITTED);
  }
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        DioHistogram *self)
{
  if (!self->brushable || self->n == 0 || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  if (key == GDK_KEY_Escape && self->has_brush) {
    clear_brush (self);
    return TRUE;
  }
  if (key != GDK_KEY_Left && key != GDK_KEY_Right)
    return FALSE;
  double by = key == GDK_KEY_Left ? -1 : 1;
  double low = bins_from_value (self, self->brush[0]),
         high = bins_from_value (self, self->brush[1]);
  if (!self->has_brush)
    set_ends (self, 0, 1);
  else if (state & GDK_SHIFT_MASK)
    set_ends (self, low, MAX (high + by, low + 1));
  else if (low + by >= -0.5 && high + by <= self->n + 0.5)
    set_ends (self, low + by, high + by);
  emit (self, SIGNAL_CHANGED);
  emit (self, SIGNAL_COMMITTED);
  return TRUE;
}

static gboolean
query_tooltip_cb (
    GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip, DioHistogram *self)
{
  if (self->n == 0 || keyboard)
    return FALSE;
  guint bin = (guint) CLAMP (x * (double) self->n / MAX (gtk_widget_get_width (widget), 1), 0,
                             self->n - 1.0);
  g_autofree char *low = dio_widgets_format_value (value_from_bins (self, bin), self->unit);
  g_autofree char *high = dio_widgets_format_value (value_from_bins (self, bin + 1), self->unit);
  g_autofree char *text =
      g_strdup_printf ("%s – %s: %" G_GUINT64_FORMAT, low, high,
                       self->front != NULL ? self->front[bin] : self->counts[bin]);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

/* -- Drawing ------------------------------------------------------------------------------------------------------- */

static double
get_height (guint64 count, guint64 peak)
{
  if (count == 0 || peak == 0)
    return 0;
  return (double) count / (double) peak;
}

static void
draw_bars (
    DioHistogram *self, cairo_t *cr, const guint64 *counts, guint64 peak, gboolean brushed_only)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double bottom = gtk_widget_get_height (GTK_WIDGET (self)) - AXIS_PX, plot = bottom - TOP_PX;
  double slot = width / self->n, gap = slot > 4 ? 1 : 0;
  for (guint i = 0; i < self->n; i++) {
    double middle = value_from_bins (self, i + 0.5);
    if (brushed_only && (middle < self->brush[0] || middle > self->brush[1]))
      continue;
    double h = get_height (counts[i], peak) * plot;
    /* Something is never drawn as nothing. */
    if (counts[i] > 0)
      h = MAX (h, 1.5);
    cairo_rectangle (cr, i * slot, bottom - h, slot - gap, h);
  }
  cairo_fill (cr);
}

static void
draw_ends (DioHistogram *self, cairo_t *cr)
{
  GdkRGBA text = dio_widgets_get_foreground (GTK_WIDGET (self));
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double bottom = gtk_widget_get_height (GTK_WIDGET (self)) - AXIS_PX;
  dio_widgets_set_source (cr, &text, 0.25);
  cairo_rectangle (cr, 0, floor (bottom), width, 1);
  cairo_fill (cr);
  double low = self->has_brush ? MAX (self->brush[0], self->min) : self->min;
  double high = self->has_brush ? MIN (self->brush[1], self->max) : self->max;
  g_autofree char *low_text = dio_widgets_format_value (low, self->unit);
  g_autofree char *high_text = dio_widgets_format_value (high, self->unit);
  dio_widgets_set_source (cr, &text, self->has_brush ? 0.95 : 0.6);
  dio_widgets_draw_text (GTK_WIDGET (self), cr, low_text, 0, bottom + 2, 0);
  dio_widgets_draw_text (GTK_WIDGET (self), cr, high_text, width, bottom + 2, 1);
}

static void
draw_brush (DioHistogram *self, cairo_t *cr)
{
  GdkRGBA accent = dio_widgets_get_color (GTK_WIDGET (self), "accent_bg_color");
  double left = x_from_value (self, self->brush[0]), right = x_from_value (self, self->brush[1]);
  double bottom = gtk_widget_get_height (GTK_WIDGET (self)) - AXIS_PX;
  dio_widgets_set_source (cr, &accent, 0.12);
  cairo_rectangle (cr, left, 0, right - left, bottom);
  cairo_fill (cr);
  dio_widgets_set_source (cr, &accent, 1);
  cairo_rectangle (cr, left, 0, 2, bottom);
  cairo_rectangle (cr, right - 2, 0, 2, bottom);
  cairo_fill (cr);
}

static void
snapshot_widget (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DioHistogram *self = DIO_HISTOGRAM (widget);
  graphene_rect_t area = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                             (float) gtk_widget_get_height (widget));
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &area);
  GdkRGBA accent = dio_widgets_get_color (widget, "accent_bg_color");
  GdkRGBA text = dio_widgets_get_foreground (widget);
  guint64 peak = 0;
  for (guint i = 0; i < self->n; i++)
    peak = MAX (peak, self->counts[i]);
  if (self->n > 0) {
    if (self->has_brush)
      draw_brush (self, cr);
    gboolean pale = self->front != NULL || self->has_brush;
    dio_widgets_set_source (cr, pale ? &text : &accent, pale ? 0.2 : 0.75);
    draw_bars (self, cr, self->counts, peak, FALSE);
    dio_widgets_set_source (cr, &accent, 0.85);
    if (self->front != NULL)
      draw_bars (self, cr, self->front, peak, FALSE);
    else if (self->has_brush)
      draw_bars (self, cr, self->counts, peak, TRUE);
  }
  draw_ends (self, cr);
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
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 60 : 40;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 200 : 56;
}

/* -- Object -------------------------------------------------------------------------------------------------------- */

static void
finalize (GObject *object)
{
  DioHistogram *self = DIO_HISTOGRAM (object);
  g_free (self->counts);
  g_free (self->front);
  g_free (self->unit);
  G_OBJECT_CLASS (dio_histogram_parent_class)->finalize (object);
}

static void
dio_histogram_class_init (DioHistogramClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->finalize = finalize;
  widget_class->snapshot = snapshot_widget;
  widget_class->measure = measure;
  signals[SIGNAL_CHANGED] =
      g_signal_new ("brush-changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[SIGNAL_COMMITTED] =
      g_signal_new ("brush-committed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  gtk_widget_class_set_css_name (widget_class, "histogram");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
dio_histogram_init (DioHistogram *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  dio_widgets_ensure_style ();
  self->unit = g_strdup ("");
  self->max = 1;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Histogram"), -1);
  gtk_widget_set_has_tooltip (widget, TRUE);
  g_signal_connect (widget, "query-tooltip", G_CALLBACK (query_tooltip_cb), self);
  GtkGesture *drag = gtk_gesture_drag_new ();
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  GtkEventController *key = gtk_event_controller_key_new ();
  g_signal_connect (key, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (widget, key);
}

GtkWidget *
dio_histogram_new (void)
{
  return g_object_new (DIO_TYPE_HISTOGRAM, NULL);
}

void
dio_histogram_set_counts (
    DioHistogram *self, const guint64 *counts, guint n, double min, double max)
{
  g_return_if_fail (DIO_IS_HISTOGRAM (self));
  g_free (self->counts);
  g_clear_pointer (&self->front, g_free);
  self->counts = g_memdup2 (counts, n * sizeof *counts);
  self->n = n;
  self->min = min;
  self->max = max;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
dio_histogram_set_front (DioHistogram *self, const guint64 *counts)
{
  g_return_if_fail (DIO_IS_HISTOGRAM (self));
  g_free (self->front);
  self->front = counts != NULL ? g_memdup2 (counts, self->n * sizeof *counts) : NULL;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
dio_histogram_set_unit (DioHistogram *self, const char *unit)
{
  g_return_if_fail (DIO_IS_HISTOGRAM (self));
  g_free (self->unit);
  self->unit = g_strdup (unit != NULL ? unit : "");
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
dio_histogram_set_logarithmic (DioHistogram *self, gboolean logarithmic)
{
  g_return_if_fail (DIO_IS_HISTOGRAM (self));
  self->logarithmic = logarithmic;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
dio_histogram_set_brushable (DioHistogram *self, gboolean brushable)
{
  g_return_if_fail (DIO_IS_HISTOGRAM (self));
  self->brushable = brushable;
  gtk_widget_set_focusable (GTK_WIDGET (self), brushable);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), brushable ? "crosshair" : NULL);
}

void
dio_histogram_set_brush (DioHistogram *self, double min, double max)
{
  g_return_if_fail (DIO_IS_HISTOGRAM (self));
  self->has_brush = !isnan (min) && !isnan (max);
  self->brush[0] = min;
  self->brush[1] = max;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
dio_histogram_get_brush (DioHistogram *self, double *min, double *max)
{
  g_return_val_if_fail (DIO_IS_HISTOGRAM (self), FALSE);
  if (!self->has_brush)
    return FALSE;
  *min = self->brush[0];
  *max = self->brush[1];
  return TRUE;
}
