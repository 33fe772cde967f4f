/* The Review page while others work on the dataset: a job that adds frames, a reviewer beside. */
#include "desk-fixture.h"

#include "dio-heat-map.h"
#include "dio-histogram.h"
#include "dio-review-statistics.h"
#include "review-fixture.h"

#define N_BEFORE 30
#define N_SENSORS 2

static void
add_frames (const ReviewFixture *fixture, guint first, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioDataset) dataset = dio_dataset_open (fixture->folder, DIO_DATASET_WRITE, &error);
  g_assert_no_error (error);
  review_fixture_add ((ReviewFixture *) fixture, dataset, first, n);
}

static GtkSelectionModel *
get_model (Desk *desk)
{
  GtkWidget *view = dio_harness_find_type (desk->page, GTK_TYPE_GRID_VIEW);
  return gtk_grid_view_get_model (GTK_GRID_VIEW (view));
}

static GtkAdjustment *
get_scroll (Desk *desk)
{
  GtkWidget *view = dio_harness_find_type (desk->page, GTK_TYPE_GRID_VIEW);
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));
}

static GtkWidget *
get_comment (Desk *desk)
{
  GtkWidget *entry = dio_harness_find_label (desk->page, "Comment");
  g_assert_true (GTK_IS_ENTRY (entry));
  return entry;
}

static const char *
get_text (GtkWidget *entry)
{
  return gtk_editable_get_text (GTK_EDITABLE (entry));
}

static GtkWidget *
get_objects (Desk *desk)
{
  GtkWidget *details = dio_harness_find_type (desk->page, g_type_from_name ("DioDeskDetails"));
  return dio_harness_find_type (details, GTK_TYPE_LIST_BOX);
}

static gboolean
has_objects (gpointer desk)
{
  GtkWidget *objects = get_objects (desk);
  return objects != NULL && gtk_list_box_get_row_at_index (GTK_LIST_BOX (objects), 0) != NULL;
}

/* The position of a cell, by what is spoken: -1 where it is not near. */
static double
find_top (Desk *desk, const char *name)
{
  GtkWidget *view = dio_harness_find_type (desk->page, GTK_TYPE_GRID_VIEW);
  GtkWidget *cell = dio_harness_find_label (view, name);
  graphene_rect_t bounds;
  if (cell == NULL || !gtk_widget_compute_bounds (cell, desk->page, &bounds))
    return -1;
  return (double) bounds.origin.y;
}

static char *
run_engine (const ReviewFixture *fixture, const char *const *options)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_ptr_array_add (argv, (char *) g_getenv ("DIORAMA_ENGINE"));
  g_ptr_array_add (argv, (char *) "review");
  g_ptr_array_add (argv, fixture->folder);
  for (guint i = 0; options[i] != NULL; i++)
    g_ptr_array_add (argv, (char *) options[i]);
  g_ptr_array_add (argv, NULL);
  g_autoptr (GError) error = NULL;
  char *out = NULL;
  int status = 0;
  g_spawn_sync (NULL, (char **) argv->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
  return out;
}

/* A reviewer in the midst of it: something decided, two selected, a comment half typed, scrolled down. */
static void
begin_work (Desk *desk)
{
  desk_run (desk, "desk-accept");
  desk_run (desk, "desk-reject-2");
  desk_wait_for (desk, "2 of 60 decided, 1 rejected");
  GtkSelectionModel *model = get_model (desk);
  gtk_selection_model_select_item (model, 40, TRUE);
  gtk_selection_model_select_item (model, 41, FALSE);
  g_assert_true (dio_harness_wait (has_objects, desk, 10000));
  desk_run (desk, "desk-comment");
  dio_harness_type (get_comment (desk), "half a wo");
  GtkWidget *view = dio_harness_find_type (desk->page, GTK_TYPE_GRID_VIEW);
  gtk_widget_activate_action (view, "list.scroll-to-item", "u", 41u);
  dio_harness_run (300);
}

static void
test_a_job_adds_frames (void)
{
  ReviewFixture fixture = { 0 };
  review_fixture_init (&fixture, N_BEFORE);
  Desk desk;
  desk_open (&desk, fixture.folder);
  desk_wait_ready (&desk);
  desk_wait_for (&desk, "60 of 60 shown");
  begin_work (&desk);
  GtkSelectionModel *model = get_model (&desk);
  double scroll = gtk_adjustment_get_value (get_scroll (&desk));
  g_assert_cmpfloat (scroll, >, 100);
  GtkListBoxRow *object = gtk_list_box_get_row_at_index (GTK_LIST_BOX (get_objects (&desk)), 1);
  gtk_list_box_select_row (GTK_LIST_BOX (get_objects (&desk)), object);

  for (guint i = 0; i < 3; i++) {
    g_autofree char *shown = g_strdup_printf ("%u of %u shown", 70 + 10 * i, 70 + 10 * i);
    add_frames (&fixture, N_BEFORE + 5 * i, 5);
    desk_wait_for (&desk, shown);
  }
  desk_wait_for (&desk, "2 of 90 decided, 1 rejected");
  g_assert_true (get_model (&desk) == model);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 90);
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (model);
  g_assert_cmpuint (gtk_bitset_get_size (selected), ==, 2);
  g_assert_true (gtk_bitset_contains (selected, 40) && gtk_bitset_contains (selected, 41));
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (get_scroll (&desk)), scroll, 1);
  g_assert_cmpstr (get_text (get_comment (&desk)), ==, "half a wo");
  g_assert_true (gtk_list_box_row_is_selected (object));

  /* It is finished, and goes with the verdict about both. */
  int position = -1;
  gtk_editable_insert_text (GTK_EDITABLE (get_comment (&desk)), "rd #odd", -1, &position);
  desk_run (&desk, "desk-flag");
  desk_wait_stored (fixture.folder, DIO_REVIEW_FRAMES, DIO_REVIEW_FLAGGED, 2);
  GtkWidget *search = dio_harness_find_label (desk.page, "Search");
  gtk_editable_set_text (GTK_EDITABLE (search), "half a word");
  desk_wait_for (&desk, "2 of 90 shown");
  g_assert_cmpstr (get_text (get_comment (&desk)), ==, "half a word #odd");
  static const char *const tagged[] = { "--list", "--filter", "tag=odd", NULL };
  g_autofree char *rows = run_engine (&fixture, tagged);
  g_auto (GStrv) lines = g_strsplit (rows, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);

  /* Another verdict keeps what was said. */
  desk_run (&desk, "desk-accept");
  desk_wait_stored (fixture.folder, DIO_REVIEW_FRAMES, DIO_REVIEW_FLAGGED, 1);
  g_autofree char *again = run_engine (&fixture, tagged);
  g_assert_cmpuint (strlen (again), >=, strlen (rows));
  dio_harness_snapshot (desk.page, "desk-growth");
  desk_close (&desk);
  review_fixture_clear (&fixture);
}

/* New frames come in between: what is looked at stays where it is. */
static void
test_frames_come_between (void)
{
  ReviewFixture fixture = { 0 };
  review_fixture_init (&fixture, N_BEFORE);
  Desk desk;
  desk_open (&desk, fixture.folder);
  desk_wait_ready (&desk);
  desk_wait_for (&desk, "60 of 60 shown");
  GtkWidget *order = dio_harness_find_label (desk.page, "Sort By");
  GtkWidget *highest = dio_harness_find_label (desk.page, "Highest First");
  guint brightness = 6;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (order), brightness);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (highest), TRUE);
  dio_harness_run (300);
  GtkSelectionModel *model = get_model (&desk);
  gtk_selection_model_select_item (model, 40, TRUE);
  GtkWidget *view = dio_harness_find_type (desk.page, GTK_TYPE_GRID_VIEW);
  gtk_widget_activate_action (view, "list.scroll-to-item", "u", 40u);
  dio_harness_run (300);
  /* The frames are brighter the later they come: of thirty, the brightest is the last. */
  desk_wait_for (&desk, "Frame 9");
  double top = find_top (&desk, "Frame 9, Undecided");
  g_assert_cmpfloat (top, >, 0);

  add_frames (&fixture, N_BEFORE, 6);
  desk_wait_for (&desk, "72 of 72 shown");
  g_assert_true (get_model (&desk) == model);
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (model);
  g_assert_cmpuint (gtk_bitset_get_size (selected), ==, 1);
  g_assert_true (gtk_bitset_contains (selected, 52));
  dio_harness_run (300);
  g_assert_cmpfloat_with_epsilon (find_top (&desk, "Frame 9, Undecided"), top, 2);
  desk_wait_for (&desk, "Frame 9");

  /* The next one is still the next one. */
  desk_run (&desk, "desk-next");
  desk_run (&desk, "desk-next");
  desk_wait_for (&desk, "Frame 8");
  desk_close (&desk);
  review_fixture_clear (&fixture);
}

/* Verdicts that leave the list by their filter leave it with the next frames; the place among what is left stays. */
static void
test_what_is_decided_leaves (void)
{
  ReviewFixture fixture = { 0 };
  review_fixture_init (&fixture, N_BEFORE);
  Desk desk;
  desk_open (&desk, fixture.folder);
  desk_wait_ready (&desk);
  GtkWidget *undecided = dio_harness_find_label (desk.page, "Undecided");
  g_assert_nonnull (undecided);
  dio_harness_click (undecided);
  desk_wait_for (&desk, "60 of 60 shown");
  for (guint i = 0; i < 4; i++)
    desk_run (&desk, "desk-accept");
  desk_wait_for (&desk, "Frame 2");
  add_frames (&fixture, N_BEFORE, 1);
  desk_wait_for (&desk, "58 of 62 shown");
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (get_model (&desk));
  g_assert_cmpuint (gtk_bitset_get_size (selected), ==, 1);
  g_assert_true (gtk_bitset_contains (selected, 0));
  desk_wait_for (&desk, "Frame 2");
  desk_close (&desk);
  review_fixture_clear (&fixture);
}

/* Another reviewer's verdicts are seen without asking, and take no text away. */
static void
test_somebody_else_decides (void)
{
  ReviewFixture fixture = { 0 };
  review_fixture_init (&fixture, 3);
  Desk desk;
  desk_open (&desk, fixture.folder);
  desk_wait_ready (&desk);
  desk_wait_for (&desk, "0 of 6 decided, 0 rejected");
  desk_run (&desk, "desk-comment");
  dio_harness_type (get_comment (&desk), "mine");
  ReviewDesk other;
  review_desk_open (&other, &fixture, "somebody else");
  review_desk_decide (&other, DIO_REVIEW_FRAMES, 0, DIO_REVIEW_REJECTED);
  review_desk_decide (&other, DIO_REVIEW_FRAMES, 3, DIO_REVIEW_REJECTED);
  review_desk_close (&other);
  desk_wait_for (&desk, "2 of 6 decided, 2 rejected");
  g_assert_cmpstr (get_text (get_comment (&desk)), ==, "mine");
  desk_close (&desk);
  review_fixture_clear (&fixture);
}

static gboolean
has_width (gpointer widget)
{
  return gtk_widget_get_width (widget) > 0;
}

/* Page and command line read and write the same logs. */
static void
test_the_command_line_agrees (void)
{
  static const char *const reject[] = { "--filter",   "index=1..1",   "--set",     "rejected",
                                        "--reason",   "light",        "--comment", "by command",
                                        "--reviewer", "command line", NULL };
  static const char *const list[] = { "--list", "--json", "--filter", "state=accepted", NULL };
  static const char *const counts[] = { NULL };
  ReviewFixture fixture = { 0 };
  review_fixture_init (&fixture, 3);
  Desk desk;
  desk_open (&desk, fixture.folder);
  desk_wait_ready (&desk);
  desk_wait_for (&desk, "0 of 6 decided, 0 rejected");
  desk_run (&desk, "desk-accept");
  desk_wait_stored (fixture.folder, DIO_REVIEW_FRAMES, DIO_REVIEW_ACCEPTED, 1);
  g_autofree char *said = run_engine (&fixture, reject);
  g_assert_cmpstr (said, ==, "2 pictures are now rejected\n");
  desk_wait_for (&desk, "3 of 6 decided, 2 rejected");
  desk_run (&desk, "desk-next");
  desk_wait_for (&desk, "Frame 1");
  desk_wait_for (&desk, "Rejected: Too dark, too bright or badly lit");
  g_assert_cmpstr (get_text (get_comment (&desk)), ==, "by command");
  /* Taking back is about one's own: the other's stays. */
  desk_run (&desk, "desk-undo");
  desk_wait_stored (fixture.folder, DIO_REVIEW_FRAMES, DIO_REVIEW_ACCEPTED, 0);
  g_autofree char *after = run_engine (&fixture, counts);
  g_assert_nonnull (strstr (after, "0 accepted, 2 rejected, 0 flagged, 4 undecided"));
  desk_run (&desk, "desk-redo");
  desk_wait_stored (fixture.folder, DIO_REVIEW_FRAMES, DIO_REVIEW_ACCEPTED, 1);
  g_autofree char *rows = run_engine (&fixture, list);
  g_assert_nonnull (strstr (rows, "\"frame\":0"));
  /* One line, of one row. */
  g_assert_cmpstr (strchr (rows, '\n'), ==, "\n");
  desk_close (&desk);
  review_fixture_clear (&fixture);
}

/* The plot of the statistics that is called so: the filters before them have some of the same name. */
static GtkWidget *
find_plot (Desk *desk, GType type, const char *name)
{
  g_autoptr (GPtrArray) all = dio_harness_list_type (desk->page, type);
  for (guint i = all->len; i-- > 0;)
    if (gtk_widget_get_mapped (all->pdata[i]) && dio_harness_has_label (all->pdata[i], name)) {
      g_assert_true (dio_harness_wait (has_width, all->pdata[i], 5000));
      return all->pdata[i];
    }
  g_error ("no plot %s", name);
}

static DioReviewStatistics *
compute_statistics (const ReviewFixture *fixture)
{
  ReviewDesk desk;
  review_desk_open (&desk, fixture, "counter");
  DioReviewStatistics *statistics = dio_review_statistics_new (desk.table, NULL);
  review_desk_close (&desk);
  return statistics;
}

static void
expect_shown (Desk *desk, guint64 n, guint of)
{
  g_autofree char *text = g_strdup_printf ("%u of %u shown", (guint) n, of);
  desk_wait_for (desk, text);
  g_assert_true (gtk_widget_get_mapped (dio_harness_find_type (desk->page, GTK_TYPE_GRID_VIEW)));
}

/* Clicks bar @bin of @n and expects just its objects in the grid. */
static void
check_bar (Desk *desk, const char *name, const guint64 *counts, guint n, guint of)
{
  for (guint bin = 0; bin < n; bin++) {
    if (counts[bin] == 0)
      continue;
    desk_run (desk, "desk-statistics");
    desk_wait_for (desk, "Categories");
    GtkWidget *plot = find_plot (desk, DIO_TYPE_HISTOGRAM, name);
    dio_harness_drag (plot, gtk_widget_get_width (plot) * (bin + 0.5) / n, 20, 0, 0);
    expect_shown (desk, counts[bin], of);
    desk_run (desk, "desk-clear-filters");
    expect_shown (desk, of, of);
  }
}

/* A click on anything in the statistics lists what it counts. */
static void
test_statistics_filter (void)
{
  ReviewFixture fixture = { 0 };
  review_fixture_init (&fixture, 20);
  Desk desk;
  desk_open (&desk, fixture.folder);
  desk_wait_ready (&desk);
  desk_run (&desk, "desk-unit");
  expect_shown (&desk, 120, 120);
  g_autoptr (DioReviewStatistics) s = compute_statistics (&fixture);
  check_bar (&desk, "Size of the Boxes", s->sizes, DIO_REVIEW_N_SIZE_BINS, 120);
  check_bar (&desk, "Visibility", s->visibility, 20, 120);
  guint64 distance[DIO_REVIEW_N_BINS];
  for (guint i = 0; i < DIO_REVIEW_N_BINS; i++)
    distance[i] = s->distance.all[i];
  check_bar (&desk, "Distance", distance, DIO_REVIEW_N_BINS, 120);

  desk_run (&desk, "desk-statistics");
  desk_wait_for (&desk, "Categories");
  dio_harness_run (300);
  dio_harness_snapshot (desk.page, "desk-statistics");
  guint64 expected = 0;
  for (guint row = 8; row < 20; row++)
    for (guint column = 4; column < 16; column++)
      expected += s->heat[row][column];
  g_assert_cmpuint (expected, >, 5);
  GtkWidget *map = find_plot (&desk, DIO_TYPE_HEAT_MAP, "Position in the Picture");
  double height = gtk_widget_get_height (map), width = height * 64 / 48;
  double left = (gtk_widget_get_width (map) - width) / 2;
  if (left < 0) {
    left = 0;
    width = gtk_widget_get_width (map);
    height = width * 48 / 64;
  }
  double top = (gtk_widget_get_height (map) - height) / 2;
  dio_harness_drag (map, left + width * 4.5 / 32, top + height * 8.5 / 32, width * 11 / 32,
                    height * 11 / 32);
  expect_shown (&desk, expected, 120);
  desk_wait_for (&desk, "Position in the Picture");
  dio_harness_snapshot (desk.page, "desk-area");
  desk_run (&desk, "desk-clear-filters");

  desk_run (&desk, "desk-unit");
  expect_shown (&desk, 40, 40);
  desk_run (&desk, "desk-statistics");
  desk_wait_for (&desk, "Categories");
  GtkWidget *plot = find_plot (&desk, DIO_TYPE_HISTOGRAM, "Objects per Picture");
  dio_harness_drag (plot, gtk_widget_get_width (plot) - 2.0, 20, 0, 0);
  expect_shown (&desk, 40, 40);
  desk_wait_for (&desk, "Objects 3");
  desk_close (&desk);
  review_fixture_clear (&fixture);
}

int
main (int argc, char **argv)
{
  desk_begin_program (&argc, &argv);
  g_test_add_func ("/desk/work/a-job-adds-frames", test_a_job_adds_frames);
  g_test_add_func ("/desk/work/frames-come-between", test_frames_come_between);
  g_test_add_func ("/desk/work/what-is-decided-leaves", test_what_is_decided_leaves);
  g_test_add_func ("/desk/work/somebody-else-decides", test_somebody_else_decides);
  g_test_add_func ("/desk/work/the-command-line-agrees", test_the_command_line_agrees);
  g_test_add_func ("/desk/work/statistics-filter", test_statistics_filter);
  int status = g_test_run ();
  desk_end_program ();
  return status;
}
