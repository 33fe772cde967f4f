/* Figures of what is listed; a click on a bar filters the grid. */
#define G_LOG_DOMAIN "dio-desk"

#include "dio-desk-private.h"

#include "dio-chip.h"
#include "dio-desk-text.h"
#include "dio-heat-map.h"
#include "dio-histogram.h"
#include "dio-review-statistics.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

#define CARD_WIDTH_PX 260
#define PLOT_HEIGHT_PX 140
#define MOST_CATEGORIES 40

/** What the clerk computed. */
typedef struct {
  DioReviewStatistics *statistics;
  DioReviewTable *table;
} Figures;

static void
figures_free (gpointer data)
{
  Figures *figures = data;
  dio_review_statistics_free (figures->statistics);
  dio_review_table_unref (figures->table);
  g_free (figures);
}

static void
statistics_errand (GTask *task, DioDeskClerk *clerk)
{
  Figures *figures = g_new0 (Figures, 1);
  figures->table = dio_review_table_ref (clerk->table);
  figures->statistics = dio_review_statistics_new (clerk->table, g_task_get_task_data (task));
  g_task_return_pointer (task, figures, figures_free);
}

/* -- Cards ---------------------------------------------------------------------------------------------------------- */

static GtkBox *
add_card (GtkFlowBox *flow, const char *title)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_size_request (card, CARD_WIDTH_PX, -1);
  gtk_widget_set_valign (card, GTK_ALIGN_START);
  GtkWidget *heading = dio_desk_text_heading (title);
  gtk_widget_set_margin_top (heading, 0);
  gtk_box_append (GTK_BOX (card), heading);
  gtk_flow_box_insert (flow, card, -1);
  gtk_widget_set_focusable (gtk_widget_get_parent (card), FALSE);
  return GTK_BOX (card);
}

static void
add_note (GtkBox *card, const char *text)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 30);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "numeric");
  gtk_box_append (card, label);
}

/** What the ends of a histogram mean. */
typedef struct {
  DioReviewField field;
  double min, max;
} Range;

static void
brushed_cb (DioHistogram *histogram, double min, double max, DioDeskPage *self)
{
  if (min != min)
    return;
  // The grid shows it from here on; the next click here is about another bar.
  dio_histogram_set_brush (histogram, NAN, NAN);
  const Range *range = g_object_get_data (G_OBJECT (histogram), "dio-range");
  // The first and the last bar hold what is beyond, too; of numbers of objects there is nothing beyond.
  gboolean whole = range->field == DIO_REVIEW_FIELD_N_OBJECTS;
  dio_desk_filters_only_range (self->filters, range->field,
                               !whole && min <= range->min ? -INFINITY : min,
                               !whole && max >= range->max ? INFINITY : max);
  dio_desk_page_show_grid (self);
}

/** One histogram. */
typedef struct {
  const char *title;
  DioReviewField field;
  const guint64 *counts;
  guint n;
  double min, max;
  gboolean logarithmic;
} Plot;

static GtkBox *
add_plot (DioDeskPage *self, GtkFlowBox *flow, const Plot *plot)
{
  GtkBox *card = add_card (flow, plot->title);
  GtkWidget *histogram = dio_histogram_new ();
  dio_histogram_set_logarithmic (DIO_HISTOGRAM (histogram), plot->logarithmic);
  dio_histogram_set_unit (DIO_HISTOGRAM (histogram), dio_review_field_get_info (plot->field)->unit);
  dio_histogram_set_counts (DIO_HISTOGRAM (histogram), plot->counts, plot->n, plot->min, plot->max);
  dio_histogram_set_brushable (DIO_HISTOGRAM (histogram), TRUE);
  gtk_widget_set_size_request (histogram, -1, PLOT_HEIGHT_PX);
  gtk_widget_set_tooltip_text (histogram,
                               _ ("Click a bar or drag over several to list what is in them"));
  dio_desk_text_name (histogram, plot->title);
  Range range = { plot->field, plot->min, plot->max };
  g_object_set_data_full (G_OBJECT (histogram), "dio-range", g_memdup2 (&range, sizeof range),
                          g_free);
  g_signal_connect_object (histogram, "brush-committed", G_CALLBACK (brushed_cb), self, 0);
  gtk_box_append (card, histogram);
  return card;
}

static void
category_cb (GtkWidget *button, DioDeskPage *self)
{
  dio_desk_filters_only_category (
      self->filters, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "dio-category")));
  dio_desk_page_show_grid (self);
}

static GtkWidget *
make_category (DioDeskPage *self, const Figures *figures, guint category, double most)
{
  const DioReviewCategoryCount *count =
      &g_array_index (figures->statistics->categories, DioReviewCategoryCount, category);
  const char *name = dio_review_table_get_category_name (figures->table, category);
  guint8 rgb[3];
  dio_review_table_get_category_color (figures->table, category, rgb);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *dot = dio_color_dot_new (rgb);
  gtk_widget_set_valign (dot, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (line), dot);
  GtkWidget *label = gtk_label_new (name);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 9);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 9);
  gtk_box_append (GTK_BOX (line), label);
  GtkWidget *bar = gtk_level_bar_new_for_interval (0, most);
  gtk_level_bar_set_value (GTK_LEVEL_BAR (bar), (double) count->objects);
  static const char *const offsets[] = { GTK_LEVEL_BAR_OFFSET_LOW, GTK_LEVEL_BAR_OFFSET_HIGH,
                                         GTK_LEVEL_BAR_OFFSET_FULL };
  // One colour for all: more is not better.
  for (guint i = 0; i < G_N_ELEMENTS (offsets); i++)
    gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (bar), offsets[i]);
  dio_desk_text_name (bar, name);
  gtk_widget_set_hexpand (bar, TRUE);
  gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (line), bar);
  g_autofree char *text = dio_desk_text_dup_count (count->objects);
  GtkWidget *number = gtk_label_new (text);
  gtk_label_set_width_chars (GTK_LABEL (number), 4);
  gtk_label_set_xalign (GTK_LABEL (number), 1);
  gtk_widget_add_css_class (number, "numeric");
  gtk_box_append (GTK_BOX (line), number);
  GtkWidget *button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (button), line);
  gtk_widget_add_css_class (button, "flat");
  g_autofree char *tip = g_strdup_printf (_ ("List “%s”"), name);
  gtk_widget_set_tooltip_text (button, tip);
  dio_desk_text_name (button, tip);
  g_object_set_data (G_OBJECT (button), "dio-category", GUINT_TO_POINTER (category));
  g_signal_connect_object (button, "clicked", G_CALLBACK (category_cb), self, 0);
  return button;
}

static void
add_categories (DioDeskPage *self, GtkFlowBox *flow, const Figures *figures)
{
  GtkBox *card = add_card (flow, _ ("Categories"));
  const GArray *counts = figures->statistics->categories;
  double most = 1;
  for (guint i = 0; i < counts->len; i++)
    most = fmax (most, (double) g_array_index (counts, DioReviewCategoryCount, i).objects);
  guint n = 0;
  GtkWidget *rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  for (guint i = 0; i < counts->len && n < MOST_CATEGORIES; i++) {
    if (g_array_index (counts, DioReviewCategoryCount, i).objects == 0)
      continue;
    gtk_box_append (GTK_BOX (rows), make_category (self, figures, i, most));
    n++;
  }
  gtk_box_append (card, rows);
  if (n > 1) {
    g_autofree char *text =
        g_strdup_printf (_ ("The most frequent one occurs %.1f times as often as the rarest"),
                         figures->statistics->balance);
    add_note (card, text);
  }
}

static void
area_cb (
    DioHeatMap *map, guint column, guint row, guint last_column, guint last_row, DioDeskPage *self)
{
  const double side = DIO_REVIEW_HEAT_SIDE;
  DioReviewArea area = { column / side, row / side, (last_column + 1) / side,
                         (last_row + 1) / side };
  DioReviewFilter filter;
  dio_review_filter_init (&filter);
  dio_review_filter_set_area (&filter, &area);
  dio_desk_filters_set_extra (self->filters, &filter, _ ("Position in the Picture"));
  dio_review_filter_clear (&filter);
  dio_desk_page_show_grid (self);
}

static void
add_heat (DioDeskPage *self, GtkFlowBox *flow, const Figures *figures)
{
  GtkBox *card = add_card (flow, _ ("Position in the Picture"));
  GtkWidget *map = dio_heat_map_new ();
  dio_heat_map_set_counts (DIO_HEAT_MAP (map), &figures->statistics->heat[0][0],
                           DIO_REVIEW_HEAT_SIDE, DIO_REVIEW_HEAT_SIDE);
  DioReviewFrameRow frame;
  if (dio_review_table_get_n (figures->table, DIO_REVIEW_FRAMES) > 0) {
    dio_review_table_get_frame (figures->table, 0, &frame);
    dio_heat_map_set_aspect (DIO_HEAT_MAP (map), (double) frame.width_px / frame.height_px);
  }
  gtk_widget_set_size_request (map, -1, 200);
  dio_desk_text_name (map, _ ("Position in the Picture"));
  g_signal_connect_object (map, "area-selected", G_CALLBACK (area_cb), self, 0);
  gtk_box_append (card, map);
  g_autofree char *text =
      g_strdup_printf (_ ("Evenness %.0f %%"), 100 * figures->statistics->heat_entropy);
  add_note (card, text);
}

static void
add_sizes (DioDeskPage *self, GtkFlowBox *flow, const DioReviewStatistics *statistics)
{
  Plot sizes = { _ ("Size of the Boxes"),
                 DIO_REVIEW_FIELD_SIZE_PX,
                 statistics->sizes,
                 DIO_REVIEW_N_SIZE_BINS,
                 1,
                 exp2 (DIO_REVIEW_N_SIZE_BINS / 2.0),
                 TRUE };
  GtkBox *card = add_plot (self, flow, &sizes);
  g_autofree char *text = g_strdup_printf (
      _ ("%" PRIu64 " small, %" PRIu64 " medium, %" PRIu64 " large (below 32² and 96² px)"),
      statistics->small, statistics->medium, statistics->large);
  add_note (card, text);
}

static void
add_plots (DioDeskPage *self, GtkFlowBox *flow, const DioReviewStatistics *statistics)
{
  add_sizes (self, flow, statistics);
  Plot plots[] = {
    { _ ("Visibility"), DIO_REVIEW_FIELD_VISIBILITY, statistics->visibility, 20, 0, 1, FALSE },
    { _ ("Truncation"), DIO_REVIEW_FIELD_TRUNCATION, statistics->truncation, 20, 0, 1, FALSE },
    { _ ("Brightness"), DIO_REVIEW_FIELD_LUMINANCE, statistics->luminance, 20, 0, 1, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (plots); i++)
    add_plot (self, flow, &plots[i]);
  guint64 distance[DIO_REVIEW_N_BINS];
  for (guint i = 0; i < DIO_REVIEW_N_BINS; i++)
    distance[i] = statistics->distance.all[i];
  Plot far = { _ ("Distance"),
               DIO_REVIEW_FIELD_DISTANCE_M,
               distance,
               DIO_REVIEW_N_BINS,
               statistics->distance.min,
               statistics->distance.max,
               statistics->distance.logarithmic };
  add_plot (self, flow, &far);
  guint n = statistics->objects_per_frame->len;
  if (n == 0)
    return;
  Plot objects = { _ ("Objects per Picture"),
                   DIO_REVIEW_FIELD_N_OBJECTS,
                   (const guint64 *) (gpointer) statistics->objects_per_frame->data,
                   n,
                   -0.5,
                   n - 0.5,
                   FALSE };
  add_plot (self, flow, &objects);
}

/* -- Page ----------------------------------------------------------------------------------------------------------- */

static void
empty (GtkBox *box)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static char *
dup_summary (const DioReviewStatistics *statistics)
{
  g_autofree char *n_frames = dio_desk_text_dup_count (statistics->frames);
  g_autofree char *n_objects = dio_desk_text_dup_count (statistics->objects);
  g_autofree char *n_empty = dio_desk_text_dup_count (statistics->empty_frames);
  g_autofree char *frames = g_strdup_printf (
      ngettext ("%s picture", "%s pictures", (gulong) statistics->frames), n_frames);
  g_autofree char *objects = g_strdup_printf (
      ngettext ("%s object", "%s objects", (gulong) statistics->objects), n_objects);
  g_autofree char *empty =
      g_strdup_printf (ngettext ("%s picture without any", "%s pictures without any",
                                 (gulong) statistics->empty_frames),
                       n_empty);
  return g_strdup_printf ("%s · %s · %s", frames, objects, empty);
}

static void
show_figures (DioDeskPage *self, const Figures *figures)
{
  empty (self->statistics);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_margin_bottom (box, 18);
  g_autofree char *summary = dup_summary (figures->statistics);
  GtkWidget *title = gtk_label_new (summary);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_widget_add_css_class (title, "numeric");
  gtk_box_append (GTK_BOX (box), title);
  GtkWidget *flow = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (flow), 18);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (flow), 24);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), 4);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (flow), TRUE);
  add_categories (self, GTK_FLOW_BOX (flow), figures);
  add_heat (self, GTK_FLOW_BOX (flow), figures);
  add_plots (self, GTK_FLOW_BOX (flow), figures->statistics);
  gtk_box_append (GTK_BOX (box), flow);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (self->statistics, scrolled);
}

static void
computed_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  g_autoptr (DioDeskPage) self = dio_desk_page_claim (user);
  Figures *figures = g_task_propagate_pointer (G_TASK (result), NULL);
  if (figures == NULL)
    return;
  if (self != NULL && self->data != NULL && source == G_OBJECT (self->data))
    show_figures (self, figures);
  figures_free (figures);
}

void
dio_desk_page_show_statistics (DioDeskPage *self)
{
  DioReviewList *list = dio_desk_page_get_list (self);
  if (list == NULL || dio_desk_data_get_verdicts (self->data) == NULL)
    return;
  // Figures of another list would be read, and clicked, for these.
  empty (self->statistics);
  gtk_stack_set_visible_child_name (self->views, "statistics");
  gtk_toggle_button_set_active (self->statistics_button, TRUE);
  GTask *task = g_task_new (self->data, NULL, computed_cb, dio_desk_page_lend (self));
  g_task_set_task_data (task, dio_review_list_ref (list), (GDestroyNotify) dio_review_list_unref);
  dio_desk_data_run (self->data, task, statistics_errand);
}
