#define G_LOG_DOMAIN "dio-widgets"

#include "dio-heat-map.h"

#include "dio-widgets-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

struct _DioHeatMap {
  GtkWidget parent;
  guint64 *counts;
  guint columns, rows;
  double aspect; /* 0 = columns / rows */
  gboolean dragging;
  double drag_x, drag_y;
  guint from[2], to[2]; /* column and row of the cells where the drag began and is now */
};

G_DEFINE_FINAL_TYPE (DioHeatMap, dio_heat_map, GTK_TYPE_WIDGET)

enum { SIGNAL_AREA_SELECTED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* The largest area of the picture's shape, in the middle. */
static graphene_rect_t
get_area (DioHeatMap *self)
{
  double w = gtk_widget_get_width (GTK_WIDGET (self)),
         h = gtk_widget_get_height (GTK_WIDGET (self));
  double aspect = self->aspect > 0 ? self->aspect
                  : self->rows > 0 ? (double) self->columns / self->rows
                                   : 1;
  double width = MIN (w, h * aspect), height = width / aspect;
  return GRAPHENE_RECT_INIT ((float) ((w - width) / 2), (float) ((h - height) / 2), (float) width,
                             (float) height);
}

static gboolean
find_cell (DioHeatMap *self, double x, double y, guint *column, guint *row)
{
  graphene_rect_t area = get_area (self);
  double u = (x - area.origin.x) / area.size.width, v = (y - area.origin.y) / area.size.height;
  if (self->columns == 0 || !(u >= 0 && u < 1 && v >= 0 && v < 1))
    return FALSE;
  *column = (guint) (u * self->columns);
  *row = (guint) (v * self->rows);
  return TRUE;
}

static gboolean
query_tooltip_cb (
    GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip, DioHeatMap *self)
{
  guint column, row;
  if (keyboard || !find_cell (self, x, y, &column, &row))
    return FALSE;
  guint64 count = self->counts[row * self->columns + column];
  g_autofree char *text = g_strdup_printf (
      ngettext ("%" PRIu64 " object", "%" PRIu64 " objects", (gulong) count), count);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, DioHeatMap *self)
{
  self->drag_x = x;
  self->drag_y = y;
  self->dragging = find_cell (self, x, y, &self->from[0], &self->from[1]);
  memcpy (self->to, self->from, sizeof self->to);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* What is dragged out of the map ends at its border. */
static void
drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, DioHeatMap *self)
{
  if (!self->dragging)
    return;
  graphene_rect_t area = get_area (self);
  double u = (self->drag_x + dx - area.origin.x) / area.size.width,
         v = (self->drag_y + dy - area.origin.y) / area.size.height;
  self->to[0] = (guint) (CLAMP (u, 0, 1 - 1e-9) * self->columns);
  self->to[1] = (guint) (CLAMP (v, 0, 1 - 1e-9) * self->rows);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_end_cb (GtkGestureDrag *gesture, double dx, double dy, DioHeatMap *self)
{
  if (!self->dragging)
    return;
  self->dragging = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[SIGNAL_AREA_SELECTED], 0, MIN (self->from[0], self->to[0]),
                 MIN (self->from[1], self->to[1]), MAX (self->from[0], self->to[0]),
                 MAX (self->from[1], self->to[1]));
}

static void
draw_selection (DioHeatMap *self, GtkSnapshot *snapshot, const graphene_rect_t *area)
{
  double w = (double) area->size.width / self->columns, h = (double) area->size.height / self->rows;
  guint left = MIN (self->from[0], self->to[0]), top = MIN (self->from[1], self->to[1]);
  graphene_rect_t bounds =
      GRAPHENE_RECT_INIT ((float) (area->origin.x + left * w), (float) (area->origin.y + top * h),
                          (float) ((MAX (self->from[0], self->to[0]) + 1 - left) * w),
                          (float) ((MAX (self->from[1], self->to[1]) + 1 - top) * h));
  GskRoundedRect outline;
  gsk_rounded_rect_init_from_rect (&outline, &bounds, 0);
  GdkRGBA line = dio_widgets_get_foreground (GTK_WIDGET (self));
  gtk_snapshot_append_border (snapshot, &outline, (const float[4]){ 2, 2, 2, 2 },
                              (const GdkRGBA[4]){ line, line, line, line });
}

static void
snapshot_widget (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DioHeatMap *self = DIO_HEAT_MAP (widget);
  graphene_rect_t area = get_area (self);
  GdkRGBA text = dio_widgets_get_foreground (widget);
  GdkRGBA accent = dio_widgets_get_color (widget, "accent_bg_color");
  GdkRGBA ground = { text.red, text.green, text.blue, 0.06f };
  gtk_snapshot_append_color (snapshot, &ground, &area);
  guint64 peak = 0;
  for (guint i = 0; i < self->columns * self->rows; i++)
    peak = MAX (peak, self->counts[i]);
  double w = area.size.width / (double) MAX (self->columns, 1);
  double h = area.size.height / (double) MAX (self->rows, 1);
  for (guint row = 0; peak > 0 && row < self->rows; row++)
    for (guint column = 0; column < self->columns; column++) {
      guint64 count = self->counts[row * self->columns + column];
      if (count == 0)
        continue;
      GdkRGBA color = accent;
      /* The root keeps rare cells in sight beside full ones. */
      color.alpha = (float) (0.12 + 0.88 * sqrt ((double) count / (double) peak));
      graphene_rect_t cell =
          GRAPHENE_RECT_INIT ((float) (area.origin.x + column * w),
                              (float) (area.origin.y + row * h), (float) w, (float) h);
      gtk_snapshot_append_color (snapshot, &color, &cell);
    }
  GskRoundedRect outline;
  gsk_rounded_rect_init_from_rect (&outline, &area, 0);
  GdkRGBA line = { text.red, text.green, text.blue, 0.3f };
  gtk_snapshot_append_border (snapshot, &outline, (const float[4]){ 1, 1, 1, 1 },
                              (const GdkRGBA[4]){ line, line, line, line });
  if (self->dragging)
    draw_selection (self, snapshot, &area);
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
  *minimum = 48;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 160 : 110;
}

static void
finalize (GObject *object)
{
  g_free (DIO_HEAT_MAP (object)->counts);
  G_OBJECT_CLASS (dio_heat_map_parent_class)->finalize (object);
}

static void
dio_heat_map_class_init (DioHeatMapClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->finalize = finalize;
  widget_class->snapshot = snapshot_widget;
  widget_class->measure = measure;
  signals[SIGNAL_AREA_SELECTED] =
      g_signal_new ("area-selected", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 4, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_UINT);
  gtk_widget_class_set_css_name (widget_class, "heat-map");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
dio_heat_map_init (DioHeatMap *self)
{
  dio_widgets_ensure_style ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Heat Map"), -1);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), self);
  GtkGesture *drag = gtk_gesture_drag_new ();
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "crosshair");
}

GtkWidget *
dio_heat_map_new (void)
{
  return g_object_new (DIO_TYPE_HEAT_MAP, NULL);
}

void
dio_heat_map_set_counts (DioHeatMap *self, const guint64 *counts, guint columns, guint rows)
{
  g_return_if_fail (DIO_IS_HEAT_MAP (self));
  g_free (self->counts);
  self->counts = g_memdup2 (counts, (gsize) columns * rows * sizeof *counts);
  self->columns = columns;
  self->rows = rows;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
dio_heat_map_set_aspect (DioHeatMap *self, double aspect)
{
  g_return_if_fail (DIO_IS_HEAT_MAP (self));
  self->aspect = aspect;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
