/* The label table on the example scenario: rows, order, filters, selection, policy. */
#include "dio-base-json.h"
#include "dio-harness.h"
#include "dio-labels-panel.h"
#include "dio-session-models.h"

#include <math.h>
#include <string.h>

static DioSession *
new_session (const char *name)
{
  g_autofree char *data = dio_harness_dup_temp (name);
  DioSession *session = dio_session_new (g_getenv ("DIORAMA_ENGINE"), data);
  g_autofree char *path =
      g_build_filename (g_getenv ("DIORAMA_DATA_DIR"), "scenarios", "tabletop.diorama", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (DioScenario) scenario = dio_scenario_load (path, NULL, &error);
  g_assert_no_error (error);
  dio_session_new_document (session, scenario);
  dio_session_set_frame_view (session, TRUE);
  dio_session_set_frame (session, 1);
  return session;
}

typedef struct {
  DioSession *session;
  GtkWidget *panel;
  GtkWindow *window;
  guint results;
} Fixture;

static void
result_cb (DioSession *session, Fixture *fixture)
{
  fixture->results++;
}

static gboolean
is_frame_cb (gpointer user)
{
  const DioPreviewResult *result = dio_session_get_result (user);
  return result != NULL && !result->base && !result->draft && result->frame_index == 1;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->session = new_session (data);
  fixture->panel = dio_labels_panel_new (fixture->session);
  fixture->window = dio_harness_show (fixture->panel, 1000, 240);
  g_signal_connect (fixture->session, "result", G_CALLBACK (result_cb), fixture);
  g_assert_true (dio_harness_wait (is_frame_cb, fixture->session, 60000));
  dio_harness_run (100);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  dio_harness_destroy (fixture->window);
  dio_harness_assert_gone (fixture->session);
}

static GtkColumnView *
get_view (Fixture *fixture)
{
  return GTK_COLUMN_VIEW (dio_harness_find_type (fixture->panel, GTK_TYPE_COLUMN_VIEW));
}

static DioLabelRow *
get_row (Fixture *fixture, guint position)
{
  GListModel *model = G_LIST_MODEL (gtk_column_view_get_model (get_view (fixture)));
  DioLabelRow *row = g_list_model_get_item (model, position);
  g_object_unref (row);
  return row;
}

static guint
get_n (Fixture *fixture)
{
  return dio_labels_panel_get_n_rows (DIO_LABELS_PANEL (fixture->panel));
}

static void
sort_by (Fixture *fixture, guint column, GtkSortType type)
{
  GListModel *columns = gtk_column_view_get_columns (get_view (fixture));
  g_autoptr (GtkColumnViewColumn) chosen = g_list_model_get_item (columns, column);
  gtk_column_view_sort_by_column (get_view (fixture), chosen, type);
  dio_harness_run (50);
}

static void
test_rows_are_sorted (Fixture *fixture, gconstpointer data)
{
  guint n = get_n (fixture);
  g_assert_cmpuint (n, >, 5);
  g_assert_cmpuint (n, ==,
                    g_list_model_get_n_items (dio_session_get_label_rows (fixture->session)));
  sort_by (fixture, 6, GTK_SORT_DESCENDING);
  for (guint i = 1; i < n; i++)
    g_assert_cmpuint (dio_label_row_get_visible_px (get_row (fixture, i - 1)), >=,
                      dio_label_row_get_visible_px (get_row (fixture, i)));
  sort_by (fixture, 3, GTK_SORT_ASCENDING);
  for (guint i = 1; i < n; i++) {
    double a = dio_label_row_get_visibility (get_row (fixture, i - 1));
    double b = dio_label_row_get_visibility (get_row (fixture, i));
    g_assert_true (isnan (b) || a <= b);
  }
  dio_harness_run (250);
  dio_harness_snapshot (fixture->panel, "labels");
  g_autofree char *unnamed = dio_harness_list_unnamed (fixture->panel);
  g_assert_cmpstr (unnamed, ==, NULL);
}

static void
test_selection_goes_both_ways (Fixture *fixture, gconstpointer data)
{
  sort_by (fixture, 6, GTK_SORT_DESCENDING);
  GtkSelectionModel *model = gtk_column_view_get_model (get_view (fixture));
  DioSelection *selection = dio_session_get_selection (fixture->session);
  gtk_selection_model_select_item (model, 2, TRUE);
  g_assert_cmpstr (dio_selection_get_active (selection), ==,
                   dio_label_row_get_node_id (get_row (fixture, 2)));
  const char *text = dio_labels_panel_get_explanation (DIO_LABELS_PANEL (fixture->panel));
  g_assert_nonnull (strstr (text, dio_label_row_get_name (get_row (fixture, 2))));
  g_autofree char *other = g_strdup (dio_label_row_get_node_id (get_row (fixture, 4)));
  dio_selection_set_one (selection, other);
  dio_harness_run (50);
  g_assert_true (gtk_selection_model_is_selected (model, 4));
  g_assert_false (gtk_selection_model_is_selected (model, 2));
  dio_harness_run (250);
  dio_harness_snapshot (fixture->panel, "labels-selected");
}

/* Whether the label stands in the first column: others name what hides an object. */
static gboolean
is_name (GtkWidget *label)
{
  GtkWidget *box = gtk_widget_get_parent (label), *cell = gtk_widget_get_parent (box);
  return cell != NULL && gtk_widget_get_prev_sibling (cell) == NULL;
}

/* How far the row of @name lies outside of the part of the table that is seen, in px; 0 = it is seen wholly. Rows far off are not
 * even mapped. */
static double
get_hidden_px (Fixture *fixture, const char *name)
{
  GtkWidget *view = GTK_WIDGET (get_view (fixture));
  g_autoptr (GPtrArray) labels = dio_harness_list_type (view, GTK_TYPE_LABEL);
  GtkWidget *scroller = gtk_widget_get_ancestor (view, GTK_TYPE_SCROLLED_WINDOW);
  for (guint i = 0; i < labels->len; i++) {
    graphene_rect_t area;
    if (g_strcmp0 (gtk_label_get_text (labels->pdata[i]), name) != 0 || !is_name (labels->pdata[i])
        || !gtk_widget_get_mapped (labels->pdata[i])
        || !gtk_widget_compute_bounds (labels->pdata[i], scroller, &area))
      continue;
    double above = -area.origin.y;
    double below = area.origin.y + area.size.height - gtk_widget_get_height (scroller);
    return MAX (0, MAX (above, below));
  }
  return INFINITY;
}

/* The last row that is no further copy of an object, which shares its selection. */
static guint
find_last (Fixture *fixture)
{
  guint last = get_n (fixture) - 1;
  while (dio_label_row_get_copy (get_row (fixture, last)) > 0)
    last--;
  return last;
}

/* What is selected elsewhere is seen here, in every place of the table and also as the first that is selected. */
static void
test_selection_is_scrolled_to (Fixture *fixture, gconstpointer data)
{
  DioSelection *selection = dio_session_get_selection (fixture->session);
  guint last = find_last (fixture);
  const guint order[] = { last, 0, last / 2, 5, last, 4, 3, 0 };
  for (guint i = 0; i < G_N_ELEMENTS (order); i++) {
    DioLabelRow *row = get_row (fixture, order[i]);
    g_autofree char *name = g_strdup (dio_label_row_get_name (row));
    dio_selection_set_one (selection, dio_label_row_get_node_id (row));
    dio_harness_run (200);
    g_assert_cmpfloat (get_hidden_px (fixture, name), <=, 1);
  }
}

static gboolean
has_row (gpointer user)
{
  gpointer *wanted = user;
  Fixture *fixture = wanted[0];
  for (guint i = 0; i < get_n (fixture); i++)
    if (g_strcmp0 (dio_label_row_get_node_id (get_row (fixture, i)), wanted[1]) == 0)
      return TRUE;
  return FALSE;
}

/* What has just been put into the scene is selected before it is in any picture. */
static void
test_what_is_new_is_scrolled_to (Fixture *fixture, gconstpointer data)
{
  DioScenario *scenario = dio_session_get_scenario (fixture->session);
  g_autofree char *last =
      g_strdup (dio_label_row_get_node_id (get_row (fixture, find_last (fixture))));
  g_autoptr (GError) error = NULL;
  DioScenario *without = dio_scenario_without_node (scenario, last, &error);
  g_assert_no_error (error);
  gpointer wanted[] = { fixture, last };
  dio_session_commit (fixture->session, without, "Delete", NULL);
  for (guint i = 0; i < 600 && has_row (wanted); i++)
    dio_harness_run (50);
  g_assert_false (has_row (wanted));
  gtk_widget_activate_action (gtk_widget_get_last_child (GTK_WIDGET (get_view (fixture))),
                              "list.scroll-to-item", "u", 0);
  dio_session_undo (fixture->session);
  dio_selection_set_one (dio_session_get_selection (fixture->session), last);
  g_assert_true (dio_harness_wait (has_row, wanted, 60000));
  dio_harness_run (300);
  const char *name =
      dio_scenario_find_node (dio_session_get_scenario (fixture->session), last)->name;
  g_assert_cmpfloat (get_hidden_px (fixture, name), <=, 1);
}

static guint
count_verdict (Fixture *fixture, DioVerdict verdict)
{
  GListModel *rows = dio_session_get_label_rows (fixture->session);
  guint n = 0;
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++) {
    g_autoptr (DioLabelRow) row = g_list_model_get_item (rows, i);
    n += dio_label_row_get_verdict (row) == verdict;
  }
  return n;
}

static void
test_policy_changes_verdicts_live (Fixture *fixture, gconstpointer data)
{
  guint kept = count_verdict (fixture, DIO_VERDICT_KEEP);
  g_assert_cmpuint (kept, >, 3);
  /* What the first slider of "keep" does. */
  GtkWidget *button = dio_harness_find_label (fixture->panel, "Policy");
  g_assert_nonnull (button);
  g_autoptr (GPtrArray) scales = dio_harness_list_type (fixture->panel, GTK_TYPE_SCALE);
  g_assert_cmpuint (scales->len, ==, 8);
  guint before = fixture->results;
  gtk_range_set_value (GTK_RANGE (g_ptr_array_index (scales, 5)), 1);
  dio_harness_run (50);
  g_assert_cmpfloat (dio_session_get_scenario (fixture->session)->policy.keep_visibility, ==, 1);
  dio_harness_run (1000);
  g_assert_cmpuint (count_verdict (fixture, DIO_VERDICT_KEEP), <, kept);
  g_assert_cmpuint (fixture->results, >=, before);
  dio_harness_run (250);
  dio_harness_snapshot (fixture->panel, "labels-policy");
  dio_session_undo (fixture->session);
  dio_harness_run (500);
  g_assert_true (isnan (dio_session_get_scenario (fixture->session)->policy.keep_visibility));
  g_assert_cmpuint (count_verdict (fixture, DIO_VERDICT_KEEP), ==, kept);
}

static void
test_filters_hide_verdicts (Fixture *fixture, gconstpointer data)
{
  guint all = get_n (fixture), kept = count_verdict (fixture, DIO_VERDICT_KEEP);
  g_object_set (fixture->panel, "show-keep", FALSE, NULL);
  g_assert_cmpuint (get_n (fixture), ==, all - kept);
  g_object_set (fixture->panel, "show-keep", TRUE, NULL);
  g_assert_cmpuint (get_n (fixture), ==, all);
  g_autofree char *text = dio_labels_panel_dup_text (DIO_LABELS_PANEL (fixture->panel));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, all + 2);
  g_auto (GStrv) cells = g_strsplit (lines[1], "\t", -1);
  g_assert_cmpuint (g_strv_length (cells), ==, 9);
}

static void
test_a_pixel_is_explained (Fixture *fixture, gconstpointer data)
{
  sort_by (fixture, 6, GTK_SORT_DESCENDING);
  const DioPreviewResult *result = dio_session_get_result (fixture->session);
  const DioImage *leaf = result->labels.leaf;
  g_assert_nonnull (leaf);
  dio_labels_panel_explain (DIO_LABELS_PANEL (fixture->panel), 320, 300);
  const char *text = dio_labels_panel_get_explanation (DIO_LABELS_PANEL (fixture->panel));
  g_assert_cmpuint (strlen (text), >, 5);
  dio_labels_panel_explain (DIO_LABELS_PANEL (fixture->panel), -5, 10000);
  g_assert_cmpstr (dio_labels_panel_get_explanation (DIO_LABELS_PANEL (fixture->panel)), ==, "");
}

/* A pixel that shows the object of the first row; a coarse grid finds one. */
static void
find_pixel (Fixture *fixture, int *x, int *y)
{
  DioLabelRow *row = get_row (fixture, 0);
  DioPixelBox box = dio_label_row_get_box (row);
  for (*y = box.y0; *y < box.y1; *y += 1 + (box.y1 - box.y0) / 12)
    for (*x = box.x0; *x < box.x1; *x += 1 + (box.x1 - box.x0) / 12) {
      g_autoptr (DioWhyPixel) why = dio_session_explain_pixel (fixture->session, *x, *y);
      if (g_strcmp0 (why->node_id, dio_label_row_get_node_id (row)) == 0)
        return;
    }
  g_assert_not_reached ();
}

/* A click in the view is explained here too; the link leads to the threshold that decided. */
static void
test_a_click_leads_to_the_threshold (Fixture *fixture, gconstpointer data)
{
  DioLabelsPanel *panel = DIO_LABELS_PANEL (fixture->panel);
  sort_by (fixture, 3, GTK_SORT_ASCENDING);
  g_autoptr (json_t) all = json_real (1);
  g_assert_true (dio_session_set_property (fixture->session, NULL, "policy/keep_visibility", all,
                                           "Policy", NULL, NULL));
  dio_harness_run (1000);
  int x, y;
  find_pixel (fixture, &x, &y);
  dio_selection_clear (dio_session_get_selection (fixture->session));
  dio_session_probe (fixture->session, x, y);
  dio_harness_run (50);
  const char *text = dio_labels_panel_get_explanation (panel);
  g_assert_nonnull (strstr (text, dio_label_row_get_name (get_row (fixture, 0))));
  GtkWidget *label = dio_harness_find_label (fixture->panel, "Change Threshold");
  g_assert_nonnull (label);
  dio_harness_click (GTK_IS_BUTTON (label) ? label
                                           : gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON));
  dio_harness_run (300);
  g_autoptr (GPtrArray) scales = dio_harness_list_type (fixture->panel, GTK_TYPE_SCALE);
  guint n_pointed = 0;
  for (guint i = 0; i < scales->len; i++) {
    GtkWidget *scale = g_ptr_array_index (scales, i);
    g_assert_true (gtk_widget_get_mapped (scale));
    n_pointed += gtk_widget_has_css_class (gtk_widget_get_prev_sibling (scale), "accent");
  }
  g_assert_cmpuint (n_pointed, ==, 1);
  GtkWidget *popover = gtk_widget_get_ancestor (scales->pdata[0], GTK_TYPE_POPOVER);
  dio_harness_snapshot (popover, "labels-sliders");
  gtk_popover_popdown (GTK_POPOVER (popover));
  /* Another selection is explained instead of the pixel; of a node with copies it is the first that is explained. */
  guint other = 1;
  while (strchr (dio_label_row_get_name (get_row (fixture, other)), '#') != NULL)
    other++;
  dio_selection_set_one (dio_session_get_selection (fixture->session),
                         dio_label_row_get_node_id (get_row (fixture, other)));
  dio_harness_run (50);
  g_assert_nonnull (strstr (dio_labels_panel_get_explanation (panel),
                            dio_label_row_get_name (get_row (fixture, other))));
}

#define ADD(name_, function_)                                                                      \
  g_test_add ("/labels/panel/" name_, Fixture, name_, set_up, function_, tear_down)

int
main (int argc, char **argv)
{
  dio_harness_init (&argc, &argv);
  ADD ("rows-are-sorted", test_rows_are_sorted);
  ADD ("selection-goes-both-ways", test_selection_goes_both_ways);
  ADD ("selection-is-scrolled-to", test_selection_is_scrolled_to);
  ADD ("what-is-new-is-scrolled-to", test_what_is_new_is_scrolled_to);
  ADD ("policy-changes-verdicts-live", test_policy_changes_verdicts_live);
  ADD ("filters-hide-verdicts", test_filters_hide_verdicts);
  ADD ("a-pixel-is-explained", test_a_pixel_is_explained);
  ADD ("a-click-leads-to-the-threshold", test_a_click_leads_to_the_threshold);
  return g_test_run ();
}
