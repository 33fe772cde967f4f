#define G_LOG_DOMAIN "dio-widgets"

#include "dio-curve-view.h"

#include "dio-scene-distribution.h"
#include "dio-widgets-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define CURVE_SAMPLES 160
#define SIDE_PX 10.0
#define AXIS_PX 18.0
#define TOP_PX 6.0
#define REACH_PX 9.0

struct _DioCurveView {
  GtkWidget parent;
  double *density; /* of the curve, or weights of the bars */
  guint n;
  char **names; /* of bars, or NULL */
  gboolean bars;
  double axis_min, axis_max;
  gboolean has_handles;
  double handle[2], lowest, highest;
  double *samples;
  guint n_samples;
  double marker;
  char *unit;
  int active; /* the end that is dragged or has the keys: 0, 1; -1 = none */
  double drag_from;
  int hover;
};

G_DEFINE_FINAL_TYPE (DioCurveView, dio_curve_view, GTK_TYPE_WIDGET)

enum { SIGNAL_CHANGED, SIGNAL_COMMITTED, N_SIGNALS };
static guint signals[N_SIGNALS];

static double
get_plot_width (DioCurveView *self)
{
  return MAX (gtk_widget_get_width (GTK_WIDGET (self)) - 2 * SIDE_PX, 1);
}

static double
x_from_value (DioCurveView *self, double value)
{
  double span = self->axis_max - self->axis_min;
  return SIDE_PX + get_plot_width (self) * (span > 0 ? (value - self->axis_min) / span : 0.5);
}

/* -- Ends ---------------------------------------------------------------------------------------------------------- */

static int
find_handle (DioCurveView *self, double x)
{
  if (!self->has_handles)
    return -1;
  double left = fabs (x - x_from_value (self, self->handle[0]));
  double right = fabs (x - x_from_value (self, self->handle[1]));
  if (MIN (left, right) > REACH_PX)
    return -1;
  /* Where both lie on one spot, the side that the pointer is on decides. */
  if (fabs (left - right) < 0.5)
    return x > x_from_value (self, self->handle[1]) ? 1 : 0;
  return left < right ? 0 : 1;
}

static void
update_accessible (DioCurveView *self)
{
  g_autofree char *low = dio_widgets_format_value (self->handle[0], self->unit);
  g_autofree char *high = dio_widgets_format_value (self->handle[1], self->unit);
  g_autofree char *text =
      self->has_handles ? g_strdup_printf (_ ("From %s to %s"), low, high) : g_strdup ("");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
}

static gboolean
move_handle (DioCurveView *self, int which, double value)
{
  value = CLAMP (value, self->lowest, self->highest);
  value = which == 0 ? MIN (value, self->handle[1]) : MAX (value, self->handle[0]);
  if (value == self->handle[which])
    return FALSE;
  self->handle[which] = value;
  update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, self->handle[0], self->handle[1]);
  return TRUE;
}

static void
commit (DioCurveView *self)
{
  g_signal_emit (self, signals[SIGNAL_COMMITTED], 0, self->handle[0], self->handle[1]);
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, DioCurveView *self)
{
  self->active = find_handle (self, x);
  if (self->active < 0) {
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
    return;
  }
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->drag_from = self->handle[self->active];
}

static void
drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, DioCurveView *self)
{
  if (self->active < 0)
    return;
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  double fine = state & GDK_SHIFT_MASK ? 0.1 : 1;
  double span = self->axis_max - self->axis_min;
  move_handle (self, self->active, self->drag_from + dx * fine * span / get_plot_width (self));
}

static void
drag_end_cb (GtkGestureDrag *gesture, double dx, double dy, DioCurveView *self)
{
  if (self->active >= 0 && self->handle[self->active] != self->drag_from)
    commit (self);
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        DioCurveView *self)
{
  if (!self->has_handles || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  if (key == GDK_KEY_Tab && self->active < 1) {
    self->active = 1;
    gtk_widget_queue_draw (GTK_WIDGET (self));
    return TRUE;
  }
  if (key != GDK_KEY_Left && key != GDK_KEY_Right)
    return FALSE;
  if (self->active < 0)
    self->active = 0;
  double step = (self->axis_max - self->axis_min) / (state & GDK_SHIFT_MASK ? 500 : 50);
  if (move_handle (self, self->active,
                   self->handle[self->active] + (key == GDK_KEY_Left ? -step : step)))
    commit (self);
  return TRUE;
}

static void
motion_cb (GtkEventControllerMotion *controller, double x, double y, DioCurveView *self)
{
  int hover = find_handle (self, x);
  if (hover == self->hover)
    return;
  self->hover = hover;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), hover >= 0 ? "ew-resize" : NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
leave_cb (GtkEventControllerMotion *controller, DioCurveView *self)
{
  motion_cb (controller, -1e6, 0, self);
}

/* -- Drawing ------------------------------------------------------------------------------------------------------- */

static double
get_peak (DioCurveView *self)
{
  double peak = 0;
  for (guint i = 0; i < self->n; i++)
    peak = MAX (peak, self->density[i]);
  return peak > 0 ? peak : 1;
}

static void
draw_curve (DioCurveView *self, cairo_t *cr, double bottom, double height)
{
  if (self->n < 2)
    return;
  GdkRGBA accent = dio_widgets_get_color (GTK_WIDGET (self), "accent_bg_color");
  double peak = get_peak (self), width = get_plot_width (self);
  cairo_move_to (cr, SIDE_PX, bottom);
  for (guint i = 0; i < self->n; i++)
    cairo_line_to (cr, SIDE_PX + width * i / (self->n - 1),
                   bottom - height * self->density[i] / peak);
  cairo_line_to (cr, SIDE_PX + width, bottom);
  cairo_close_path (cr);
  dio_widgets_set_source (cr, &accent, 0.25);
  cairo_fill_preserve (cr);
  dio_widgets_set_source (cr, &accent, 1);
  cairo_set_line_width (cr, 1.5);
  cairo_stroke (cr);
}

static void
draw_bars (DioCurveView *self, cairo_t *cr, double bottom, double height)
{
  GdkRGBA accent = dio_widgets_get_color (GTK_WIDGET (self), "accent_bg_color");
  GdkRGBA text = dio_widgets_get_foreground (GTK_WIDGET (self));
  double peak = get_peak (self), slot = get_plot_width (self) / MAX (self->n, 1);
  double gap = MIN (slot * 0.2, 8);
  for (guint i = 0; i < self->n; i++) {
    double x = SIDE_PX + slot * i, h = height * self->density[i] / peak;
    dio_widgets_round_rectangle (cr, x + gap / 2, bottom - h, slot - gap, MAX (h, 1), 3);
    dio_widgets_set_source (cr, &accent, 0.7);
    cairo_fill (cr);
    if (self->names == NULL || slot < 24)
      continue;
    g_autoptr (PangoLayout) layout = dio_widgets_create_caption (GTK_WIDGET (self), self->names[i]);
    pango_layout_set_width (layout, (int) (slot - 2) * PANGO_SCALE);
    pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
    dio_widgets_set_source (cr, &text, 0.7);
    cairo_move_to (cr, x + 1, bottom + 2);
    pango_cairo_show_layout (cr, layout);
  }
}

static void
draw_axis (DioCurveView *self, cairo_t *cr, double bottom)
{
  GdkRGBA text = dio_widgets_get_foreground (GTK_WIDGET (self));
  dio_widgets_set_source (cr, &text, 0.25);
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, SIDE_PX, floor (bottom) + 0.5);
  cairo_line_to (cr, SIDE_PX + get_plot_width (self), floor (bottom) + 0.5);
  cairo_stroke (cr);
  if (self->bars)
    return;
  for (guint i = 0; i < self->n_samples; i++) {
    double x = x_from_value (self, self->samples[i]);
    cairo_move_to (cr, x, bottom + 1);
    cairo_line_to (cr, x, bottom + 5);
  }
  dio_widgets_set_source (cr, &text, 0.5);
  cairo_stroke (cr);
  g_autofree char *low = dio_widgets_format_value (self->axis_min, self->unit);
  g_autofree char *high = dio_widgets_format_value (self->axis_max, self->unit);
  dio_widgets_set_source (cr, &text, 0.6);
  dio_widgets_draw_text (GTK_WIDGET (self), cr, low, SIDE_PX, bottom + 3, 0);
  dio_widgets_draw_text (GTK_WIDGET (self), cr, high, SIDE_PX + get_plot_width (self), bottom + 3,
                         1);
}

static void
draw_handle (DioCurveView *self, cairo_t *cr, int which, double bottom)
{
  GdkRGBA accent = dio_widgets_get_color (GTK_WIDGET (self), "accent_bg_color");
  GdkRGBA text = dio_widgets_get_foreground (GTK_WIDGET (self));
  GdkRGBA ground = dio_widgets_get_color (GTK_WIDGET (self), "view_bg_color");
  double x = x_from_value (self, self->handle[which]);
  gboolean lit =
      self->hover == which || (self->active == which && gtk_widget_has_focus (GTK_WIDGET (self)));
  dio_widgets_set_source (cr, &accent, 1);
  cairo_set_line_width (cr, lit ? 2.5 : 1.5);
  cairo_move_to (cr, x, TOP_PX);
  cairo_line_to (cr, x, bottom);
  cairo_stroke (cr);
  cairo_arc (cr, x, bottom, lit ? 6.5 : 5, 0, 2 * G_PI);
  dio_widgets_set_source (cr, &ground, 1);
  cairo_fill_preserve (cr);
  dio_widgets_set_source (cr, &accent, 1);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
  if (!lit)
    return;
  g_autofree char *value = dio_widgets_format_value (self->handle[which], self->unit);
  dio_widgets_set_source (cr, &text, 0.9);
  gboolean inside_right = x > gtk_widget_get_width (GTK_WIDGET (self)) / 2.0;
  dio_widgets_draw_text (GTK_WIDGET (self), cr, value, x + (inside_right ? -8 : 8), 0,
                         inside_right ? 1 : 0);
}

static void
snapshot_widget (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DioCurveView *self = DIO_CURVE_VIEW (widget);
  double height = gtk_widget_get_height (widget);
  graphene_rect_t area =
      GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget), (float) height);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &area);
  double bottom = height - AXIS_PX, plot = bottom - TOP_PX - 6;
  if (self->bars)
    draw_bars (self, cr, bottom, plot);
  else
    draw_curve (self, cr, bottom, plot);
  draw_axis (self, cr, bottom);
  if (isfinite (self->marker) && !self->bars) {
    GdkRGBA text = dio_widgets_get_foreground (widget);
    double x = x_from_value (self, self->marker);
    const double dashes[] = { 3, 3 };
    dio_widgets_set_source (cr, &text, 0.8);
    cairo_set_dash (cr, dashes, 2, 0);
    cairo_set_line_width (cr, 1.5);
    cairo_move_to (cr, x, TOP_PX);
    cairo_line_to (cr, x, bottom);
    cairo_stroke (cr);
    cairo_set_dash (cr, NULL, 0, 0);
  }
  for (int i = 0; self->has_handles && i < 2; i++)
    draw_handle (self, cr, i, bottom);
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
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 80 : 56;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 240 : 96;
}

/* -- Object -------------------------------------------------------------------------------------------------------- */

static void
finalize (GObject *object)
{
  DioCurveView *self = DIO_CURVE_VIEW (object);
  g_free (self->density);
  g_strfreev (self->names);
  g_free (self->samples);
  g_free (self->unit);
  G_OBJECT_CLASS (dio_curve_view_parent_class)->finalize (object);
}

static void
dio_curve_view_class_init (DioCurveViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->finalize = finalize;
  widget_class->snapshot = snapshot_widget;
  widget_class->measure = measure;
  signals[SIGNAL_CHANGED] =
      g_signal_new ("range-changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[SIGNAL_COMMITTED] =
      g_signal_new ("range-committed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  gtk_widget_class_set_css_name (widget_class, "curve-view");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
dio_curve_view_init (DioCurveView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  dio_widgets_ensure_style ();
  self->axis_max = 1;
  self->marker = NAN;
  self->active = self->hover = -1;
  self->lowest = -INFINITY;
  self->highest = INFINITY;
  self->unit = g_strdup ("");
  gtk_widget_set_focusable (widget, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Distribution"), -1);
  GtkGesture *drag = gtk_gesture_drag_new ();
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  GtkEventController *motion = gtk_event_controller_motion_new ();
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (widget, motion);
  GtkEventController *key = gtk_event_controller_key_new ();
  g_signal_connect (key, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (widget, key);
}

GtkWidget *
dio_curve_view_new (void)
{
  return g_object_new (DIO_TYPE_CURVE_VIEW, NULL);
}

static void
take_density (DioCurveView *self, const double *density, guint n, gboolean bars)
{
  g_free (self->density);
  self->density = g_memdup2 (density, n * sizeof *density);
  self->n = n;
  self->bars = bars;
  g_clear_pointer (&self->names, g_strfreev);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
dio_curve_view_set_curve (
    DioCurveView *self, const double *density, guint n, double axis_min, double axis_max)
{
  g_return_if_fail (DIO_IS_CURVE_VIEW (self));
  take_density (self, density, n, FALSE);
  self->axis_min = axis_min;
  self->axis_max = axis_max;
}

void
dio_curve_view_set_bars (DioCurveView *self,
                         const double *weights,
                         const char *const *names,
                         guint n)
{
  g_return_if_fail (DIO_IS_CURVE_VIEW (self));
  take_density (self, weights, n, TRUE);
  self->has_handles = FALSE;
  if (names == NULL)
    return;
  self->names = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    self->names[i] = g_strdup (names[i]);
}

/* -- Distributions ------------------------------------------------------------------------------------------------- */

/* Density up to a factor; what is drawn is scaled to its peak. */
static double
get_density (const DioDistribution *d, double x)
{
  switch (d->kind) {
  case DIO_DISTRIBUTION_UNIFORM:
    return x >= d->min && x <= d->max ? 1 : 0;
  case DIO_DISTRIBUTION_LOG_UNIFORM:
    return x >= d->min && x <= d->max && x > 0 ? 1 / x : 0;
  case DIO_DISTRIBUTION_NORMAL: {
    double lowest, highest;
    dio_distribution_get_range (d, &lowest, &highest);
    double t = d->stddev > 0 ? (x - d->mean) / d->stddev : 0;
    return x >= lowest && x <= highest ? exp (-t * t / 2) : 0;
  }
  case DIO_DISTRIBUTION_CONSTANT:
  case DIO_DISTRIBUTION_CHOICE:
  case DIO_DISTRIBUTION_INTEGER:
  case DIO_DISTRIBUTION_BOOLEAN:
  default:
    return 0;
  }
}

static void
set_choice (DioCurveView *self, const DioDistribution *d)
{
  g_autofree double *weights = g_new (double, d->n_choices);
  g_auto (GStrv) names = g_new0 (char *, d->n_choices + 1);
  for (guint i = 0; i < d->n_choices; i++) {
    weights[i] = d->weights != NULL ? d->weights[i] : 1;
    names[i] = d->strings != NULL ? g_strdup (d->strings[i])
                                  : dio_widgets_format_value (d->numbers[i], self->unit);
  }
  dio_curve_view_set_bars (self, weights, (const char *const *) names, d->n_choices);
}

static void
set_boolean (DioCurveView *self, const DioDistribution *d)
{
  const double weights[] = { 1 - d->probability, d->probability };
  g_autofree char *no = g_strdup_printf ("%s %.0f %%", _ ("No"), 100 * (1 - d->probability));
  g_autofree char *yes = g_strdup_printf ("%s %.0f %%", _ ("Yes"), 100 * d->probability);
  dio_curve_view_set_bars (self, weights, (const char *const[]){ no, yes, NULL }, 2);
}

static void
choose_axis (const DioDistribution *d, double low, double high, double *axis_min, double *axis_max)
{
  if (d->kind == DIO_DISTRIBUTION_NORMAL) {
    low = MAX (low, d->mean - 3.5 * d->stddev);
    high = MIN (high, d->mean + 3.5 * d->stddev);
  }
  double air = high > low ? (high - low) * 0.25 : MAX (fabs (low) * 0.5, 0.5);
  if (isnan (*axis_min))
    *axis_min = d->kind == DIO_DISTRIBUTION_LOG_UNIFORM ? low * 0.75 : low - air;
  if (isnan (*axis_max))
    *axis_max = high + air;
}

void
dio_curve_view_set_distribution (DioCurveView *self,
                                 const DioDistribution *d,
                                 double axis_min,
                                 double axis_max)
{
  g_return_if_fail (DIO_IS_CURVE_VIEW (self));
  if (d->kind == DIO_DISTRIBUTION_CHOICE) {
    set_choice (self, d);
    return;
  }
  if (d->kind == DIO_DISTRIBUTION_BOOLEAN) {
    set_boolean (self, d);
    return;
  }
  double low, high;
  dio_distribution_get_range (d, &low, &high);
  choose_axis (d, low, high, &axis_min, &axis_max);
  double density[CURVE_SAMPLES + 1];
  double step = (axis_max - axis_min) / CURVE_SAMPLES;
  for (guint i = 0; i <= CURVE_SAMPLES; i++) {
    double x = axis_min + i * step;
    density[i] = get_density (d, x);
    if (d->kind == DIO_DISTRIBUTION_CONSTANT)
      density[i] = fabs (x - d->value) <= step ? 1 : 0;
    if (d->kind == DIO_DISTRIBUTION_INTEGER)
      density[i] = fabs (x - round (x)) <= MAX (step, 0.2) && x > low - 0.3 && x < high + 0.3;
  }
  dio_curve_view_set_curve (self, density, CURVE_SAMPLES + 1, axis_min, axis_max);
  gboolean ends = d->kind != DIO_DISTRIBUTION_CONSTANT && isfinite (low) && isfinite (high);
  dio_curve_view_set_handles (self, ends, low, high);
}

void
dio_curve_view_set_handles (DioCurveView *self, gboolean shown, double min, double max)
{
  g_return_if_fail (DIO_IS_CURVE_VIEW (self));
  self->has_handles = shown;
  self->handle[0] = min;
  self->handle[1] = max;
  update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
dio_curve_view_set_limits (DioCurveView *self, double lowest, double highest)
{
  g_return_if_fail (DIO_IS_CURVE_VIEW (self));
  self->lowest = lowest;
  self->highest = highest;
}

void
dio_curve_view_set_samples (DioCurveView *self, const double *values, guint n)
{
  g_return_if_fail (DIO_IS_CURVE_VIEW (self));
  g_free (self->samples);
  self->samples = g_memdup2 (values, n * sizeof *values);
  self->n_samples = n;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
dio_curve_view_set_marker (DioCurveView *self, double value)
{
  g_return_if_fail (DIO_IS_CURVE_VIEW (self));
  self->marker = value;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
dio_curve_view_set_unit (DioCurveView *self, const char *unit)
{
  g_return_if_fail (DIO_IS_CURVE_VIEW (self));
  g_free (self->unit);
  self->unit = g_strdup (unit != NULL ? unit : "");
  update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
