/* Distributions, histograms, maps and spheres: what they say and what dragging does. */

#include "dio-chip.h"
#include "dio-curve-view.h"
#include "dio-empty-state.h"
#include "dio-harness.h"
#include "dio-heat-map.h"
#include "dio-histogram.h"
#include "dio-sphere-view.h"

#include <math.h>

static void
range_cb (GtkWidget *widget, double low, double high, double *range)
{
  range[0] = low;
  range[1] = high;
}

static gboolean
press (GtkWidget *widget, guint key)
{
  gboolean handled = FALSE;
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
    if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
      g_signal_emit_by_name (controller, "key-pressed", key, 0, 0, &handled);
  }
  return handled;
}

static void
test_curve (void)
{
  GtkWidget *view = dio_curve_view_new ();
  DioDistribution uniform = { .kind = DIO_DISTRIBUTION_UNIFORM, .min = 1, .max = 3 };
  dio_curve_view_set_distribution (DIO_CURVE_VIEW (view), &uniform, 0, 4);
  dio_curve_view_set_limits (DIO_CURVE_VIEW (view), 0, 4);
  GtkWindow *window = dio_harness_show (view, 420, 120);
  double changed[2] = { 0 }, committed[2] = { 0 };
  g_signal_connect (view, "range-changed", G_CALLBACK (range_cb), changed);
  g_signal_connect (view, "range-committed", G_CALLBACK (range_cb), committed);
  /* The left end lies at a quarter of the plot, which has 10 px of air on each side. */
  double plot = gtk_widget_get_width (view) - 20;
  dio_harness_drag (view, 10 + plot / 4, 40, plot / 4, 0);
  g_assert_cmpfloat_with_epsilon (changed[0], 2, 0.02);
  g_assert_cmpfloat (changed[1], ==, 3);
  g_assert_cmpfloat (committed[0], ==, changed[0]);
  /* Ends do not cross, and stay within the limits. */
  dio_harness_drag (view, 10 + plot / 2, 40, plot, 0);
  g_assert_cmpfloat (changed[0], ==, 3);
  g_assert_true (press (view, GDK_KEY_Left));
  g_assert_cmpfloat (committed[0], <, 3);
  dio_harness_snapshot (GTK_WIDGET (window), "curve");
  dio_harness_destroy (window);
}

static void
test_histogram (void)
{
  GtkWidget *view = dio_histogram_new ();
  const guint64 counts[10] = { 1, 5, 9, 14, 20, 22, 13, 6, 2, 1 };
  dio_histogram_set_counts (DIO_HISTOGRAM (view), counts, 10, 0, 1);
  dio_histogram_set_brushable (DIO_HISTOGRAM (view), TRUE);
  GtkWindow *window = dio_harness_show (view, 400, 90);
  double changed[2] = { 0 }, committed[2] = { 0 };
  g_signal_connect (view, "brush-changed", G_CALLBACK (range_cb), changed);
  g_signal_connect (view, "brush-committed", G_CALLBACK (range_cb), committed);
  double width = gtk_widget_get_width (view);
  dio_harness_drag (view, width * 0.21, 20, width * 0.3, 0);
  g_assert_cmpfloat_with_epsilon (changed[0], 0.2, 1e-9);
  g_assert_cmpfloat_with_epsilon (changed[1], 0.5, 1e-9);
  g_assert_cmpfloat (committed[1], ==, changed[1]);
  dio_harness_snapshot (GTK_WIDGET (window), "histogram");
  /* Its middle moves it. */
  dio_harness_drag (view, width * 0.35, 20, width * 0.2, 0);
  g_assert_cmpfloat_with_epsilon (changed[1] - changed[0], 0.3, 1e-9);
  g_assert_cmpfloat_with_epsilon (changed[0], 0.4, 0.11);
  g_assert_true (press (view, GDK_KEY_Escape));
  double low, high;
  g_assert_false (dio_histogram_get_brush (DIO_HISTOGRAM (view), &low, &high));
  g_assert_true (isnan (committed[0]));
  /* A click on a bar is about that bar; the next one lets it go. */
  dio_harness_drag (view, width * 0.77, 20, 0, 0);
  g_assert_cmpfloat_with_epsilon (committed[0], 0.7, 1e-9);
  g_assert_cmpfloat_with_epsilon (committed[1], 0.8, 1e-9);
  dio_harness_drag (view, width * 0.77, 20, 0, 0);
  g_assert_true (isnan (committed[0]));
  dio_harness_destroy (window);
}

/* Sizes from 1 to 1024 pixels, a doubling each bar: what is brushed is what is drawn. */
static void
test_logarithmic (void)
{
  GtkWidget *view = dio_histogram_new ();
  const guint64 counts[10] = { 1, 5, 9, 14, 20, 22, 13, 6, 2, 1 };
  dio_histogram_set_logarithmic (DIO_HISTOGRAM (view), TRUE);
  dio_histogram_set_counts (DIO_HISTOGRAM (view), counts, 10, 1, 1024);
  dio_histogram_set_brushable (DIO_HISTOGRAM (view), TRUE);
  GtkWindow *window = dio_harness_show (view, 400, 90);
  double committed[2] = { 0 };
  g_signal_connect (view, "brush-committed", G_CALLBACK (range_cb), committed);
  double width = gtk_widget_get_width (view);
  dio_harness_drag (view, width * 0.21, 20, width * 0.3, 0);
  g_assert_cmpfloat_with_epsilon (committed[0], 4, 1e-9);
  g_assert_cmpfloat_with_epsilon (committed[1], 32, 1e-9);
  g_assert_true (press (view, GDK_KEY_Right));
  g_assert_cmpfloat_with_epsilon (committed[0], 8, 1e-9);
  g_assert_cmpfloat_with_epsilon (committed[1], 64, 1e-9);
  dio_harness_drag (view, width * 0.4, 20, width * 0.4, 0);
  g_assert_cmpfloat_with_epsilon (committed[0], 128, 1e-9);
  g_assert_cmpfloat (committed[1], ==, 1024);
  dio_harness_snapshot (GTK_WIDGET (window), "histogram-logarithmic");
  dio_harness_destroy (window);
}

static void
test_sphere (void)
{
  GtkWidget *view = dio_sphere_view_new ();
  g_assert_cmpfloat (dio_sphere_view_get_coverage (DIO_SPHERE_VIEW (view)), ==, 0);
  /* Directions that are even over the sphere, by the golden angle, hit every bin. */
  guint n = 20000;
  g_autofree double (*directions)[2] = g_malloc_n (n, sizeof *directions);
  for (guint i = 0; i < n; i++) {
    directions[i][0] = fmod (i * 2.399963229728653, 2 * G_PI) - G_PI;
    directions[i][1] = asin (2 * (i + 0.5) / n - 1);
  }
  dio_sphere_view_set_directions (DIO_SPHERE_VIEW (view), directions, n);
  g_assert_cmpfloat (dio_sphere_view_get_coverage (DIO_SPHERE_VIEW (view)), ==, 1);
  /* From above only: the upper half. */
  guint kept = 0;
  for (guint i = 0; i < n; i++)
    if (directions[i][1] > 0.001) {
      directions[kept][0] = directions[i][0];
      directions[kept++][1] = directions[i][1];
    }
  dio_sphere_view_set_directions (DIO_SPHERE_VIEW (view), directions, kept);
  g_assert_cmpfloat_with_epsilon (dio_sphere_view_get_coverage (DIO_SPHERE_VIEW (view)), 0.5, 0.01);
  directions[0][0] = NAN;
  dio_sphere_view_set_directions (DIO_SPHERE_VIEW (view), directions, 60);
  GtkWindow *window = dio_harness_show (view, 200, 200);
  dio_harness_snapshot (GTK_WIDGET (window), "sphere");
  g_assert_true (press (view, GDK_KEY_Left));
  dio_harness_destroy (window);
}

static void
area_cb (DioHeatMap *map, guint column, guint row, guint last_column, guint last_row, guint *area)
{
  area[0] = column;
  area[1] = row;
  area[2] = last_column;
  area[3] = last_row;
}

static void
assert_area (const guint area[4], guint column, guint row, guint last_column, guint last_row)
{
  g_assert_cmpuint (area[0], ==, column);
  g_assert_cmpuint (area[1], ==, row);
  g_assert_cmpuint (area[2], ==, last_column);
  g_assert_cmpuint (area[3], ==, last_row);
}

static void
test_heat_map (void)
{
  GtkWidget *map = dio_heat_map_new ();
  guint64 counts[12] = { 0 };
  counts[7] = 9;
  counts[2] = 3;
  dio_heat_map_set_counts (DIO_HEAT_MAP (map), counts, 4, 3);
  GtkWindow *window = dio_harness_show (map, 400, 300);
  guint area[4] = { 99, 99, 99, 99 };
  double w = gtk_widget_get_width (map), h = gtk_widget_get_height (map);
  g_signal_connect (map, "area-selected", G_CALLBACK (area_cb), area);
  dio_harness_drag (map, w * 0.9, h * 0.5, 0, 0);
  assert_area (area, 3, 1, 3, 1);
  /* Backwards, over two columns and rows; then out of the map. */
  dio_harness_drag (map, w * 0.7, h * 0.9, w * -0.3, h * -0.4);
  assert_area (area, 1, 1, 2, 2);
  dio_harness_drag (map, w * 0.6, h * 0.5, w * 0.9, 0);
  assert_area (area, 2, 1, 3, 1);
  dio_harness_snapshot (GTK_WIDGET (window), "heat-map");
  dio_harness_destroy (window);
}

static void
count_cb (gpointer widget, guint *n)
{
  (*n)++;
}

static void
test_chip (void)
{
  GtkWidget *chip = dio_chip_new ("mug");
  dio_chip_set_color (DIO_CHIP (chip), (const guint8[3]){ 230, 90, 10 });
  dio_chip_set_removable (DIO_CHIP (chip), TRUE);
  GtkWindow *window = dio_harness_show (chip, 160, 60);
  guint clicked = 0, removed = 0;
  g_signal_connect (chip, "clicked", G_CALLBACK (count_cb), &clicked);
  g_signal_connect (chip, "removed", G_CALLBACK (count_cb), &removed);
  g_assert_true (press (chip, GDK_KEY_Return));
  g_assert_true (press (chip, GDK_KEY_Delete));
  g_assert_cmpuint (clicked, ==, 1);
  g_assert_cmpuint (removed, ==, 1);
  g_assert_cmpstr (dio_chip_get_text (DIO_CHIP (chip)), ==, "mug");
  g_assert_true (dio_harness_has_label (chip, "mug"));
  dio_chip_set_color (DIO_CHIP (chip), NULL);
  dio_chip_set_removable (DIO_CHIP (chip), FALSE);
  dio_harness_destroy (window);
}

static void
test_empty_state (void)
{
  GtkWidget *page =
      dio_empty_state_new_compact ("view-grid-symbolic", "No Frames Yet",
                                   "They appear while the job runs.", "Render", "win.render");
  GtkWindow *window = dio_harness_show (page, 320, 300);
  g_assert_nonnull (dio_harness_find_label (page, "Render"));
  dio_harness_destroy (window);
}

int
main (int argc, char **argv)
{
  dio_harness_init (&argc, &argv);
  g_test_add_func ("/widgets/plots/curve", test_curve);
  g_test_add_func ("/widgets/plots/histogram", test_histogram);
  g_test_add_func ("/widgets/plots/logarithmic", test_logarithmic);
  g_test_add_func ("/widgets/plots/sphere", test_sphere);
  g_test_add_func ("/widgets/plots/heat-map", test_heat_map);
  g_test_add_func ("/widgets/plots/chip", test_chip);
  g_test_add_func ("/widgets/plots/empty-state", test_empty_state);
  return g_test_run ();
}
