/* The Review page on a dataset that the engine has just rendered. */
#include "desk-fixture.h"

#include "dio-picture-view.h"

#define N_FRAMES 12

static char *dataset_folder; /**< rendered once for all cases */

static void
test_nothing_is_open (void)
{
  Desk desk;
  desk_open (&desk, NULL);
  desk_wait_for (&desk, "Open Dataset…");
  dio_harness_snapshot (desk.page, "desk-empty");
  g_assert_false (desk_can_accept (&desk));
  desk_close (&desk);
}

static void
test_a_lost_dataset_is_told (void)
{
  g_autofree char *nowhere = dio_harness_dup_temp ("nowhere");
  Desk desk;
  desk_open (&desk, nowhere);
  desk_wait_for (&desk, "The Dataset Cannot Be Read");
  desk_close (&desk);
}

static void
test_opens_and_filters (void)
{
  Desk desk;
  desk_open (&desk, dataset_folder);
  desk_wait_ready (&desk);
  desk_wait_for (&desk, "12 of 12 shown");
  desk_wait_for (&desk, "0 of 12 decided, 0 rejected");
  dio_harness_run (1500);
  dio_harness_snapshot (desk.page, "desk-grid");
  GtkWidget *view = dio_harness_find_type (desk.page, GTK_TYPE_GRID_VIEW);
  g_assert_cmpuint (gtk_grid_view_get_max_columns (GTK_GRID_VIEW (view)), ==, 3);
  g_autofree char *unnamed = dio_harness_list_unnamed (desk.page);
  g_assert_cmpstr (unnamed, ==, NULL);

  GtkWidget *search = dio_harness_find_label (desk.page, "Search");
  g_assert_nonnull (search);
  gtk_editable_set_text (GTK_EDITABLE (search), "no such thing");
  desk_wait_for (&desk, "0 of 12 shown");
  desk_run (&desk, "desk-clear-filters");
  desk_wait_for (&desk, "12 of 12 shown");
  desk_run (&desk, "desk-queue-failed");
  desk_wait_for (&desk, "0 of 12 shown");
  desk_run (&desk, "desk-queue-all");
  desk_wait_for (&desk, "12 of 12 shown");
  desk_close (&desk);
}

/* As the filters say: of all objects those of one category, NULL for all. */
static void
wait_for_objects (Desk *desk, const char *category)
{
  guint all = desk_count_objects (dataset_folder, NULL);
  guint shown = desk_count_objects (dataset_folder, category);
  g_assert_true (shown > 0 && (shown < all || category == NULL));
  g_autofree char *text = g_strdup_printf ("%u of %u shown", shown, all);
  desk_wait_for (desk, text);
}

/* As the bar at the bottom says. */
static guint
count_undecided (Desk *desk)
{
  for (guint decided = 0; decided <= N_FRAMES; decided++) {
    g_autofree char *text =
        g_strdup_printf ("%u of %u decided, 0 rejected", decided, (guint) N_FRAMES);
    if (dio_harness_find_label (desk->page, text) != NULL)
      return N_FRAMES - decided;
  }
  g_assert_not_reached ();
}

static void
test_verdicts_are_stored_and_undone (void)
{
  Desk desk;
  desk_open (&desk, dataset_folder);
  desk_wait_ready (&desk);
  gboolean can_undo;
  g_object_get (desk.page, "can-undo", &can_undo, NULL);
  g_assert_false (can_undo);
  desk_run (&desk, "desk-accept");
  desk_run (&desk, "desk-accept");
  desk_run (&desk, "desk-reject-3");
  desk_wait_for (&desk, "3 of 12 decided, 1 rejected");
  desk_wait_stored (dataset_folder, DIO_REVIEW_FRAMES, DIO_REVIEW_ACCEPTED, 2);
  desk_wait_stored (dataset_folder, DIO_REVIEW_FRAMES, DIO_REVIEW_REJECTED, 1);
  desk_wait_for (&desk, "Frame 3");

  dio_desk_page_undo (DIO_DESK_PAGE (desk.page));
  desk_wait_for (&desk, "2 of 12 decided, 0 rejected");
  desk_wait_for (&desk, "Frame 2");
  desk_wait_stored (dataset_folder, DIO_REVIEW_FRAMES, DIO_REVIEW_REJECTED, 0);
  g_object_get (desk.page, "can-undo", &can_undo, NULL);
  g_assert_true (can_undo);
  dio_desk_page_redo (DIO_DESK_PAGE (desk.page));
  desk_wait_stored (dataset_folder, DIO_REVIEW_FRAMES, DIO_REVIEW_REJECTED, 1);
  desk_run (&desk, "desk-undo");
  desk_run (&desk, "desk-undo");
  desk_run (&desk, "desk-undo");
  desk_wait_stored (dataset_folder, DIO_REVIEW_FRAMES, DIO_REVIEW_ACCEPTED, 0);
  g_object_get (desk.page, "can-undo", &can_undo, NULL);
  g_assert_false (can_undo);

  /* What is in sight, then what came into sight by going on. */
  guint pages = 0;
  while (count_undecided (&desk) > 0 && pages < N_FRAMES) {
    desk_run (&desk, "desk-accept-rest");
    dio_harness_run (200);
    pages++;
  }
  desk_wait_stored (dataset_folder, DIO_REVIEW_FRAMES, DIO_REVIEW_ACCEPTED, N_FRAMES);
  g_assert_nonnull (strstr (desk.messages->str, "Accepted: "));
  for (guint i = 0; i < pages; i++)
    desk_run (&desk, "desk-undo");
  desk_wait_stored (dataset_folder, DIO_REVIEW_FRAMES, DIO_REVIEW_ACCEPTED, 0);
  desk_close (&desk);
}

/** A place in the grid that is waited for: alone selected. */
typedef struct {
  Desk *desk;
  guint position;
} Current;

static gboolean
is_current (gpointer user)
{
  Current *current = user;
  GtkWidget *view = dio_harness_find_type (current->desk->page, GTK_TYPE_GRID_VIEW);
  GtkSelectionModel *model = gtk_grid_view_get_model (GTK_GRID_VIEW (view));
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (model);
  return gtk_bitset_get_size (selected) == 1
         && gtk_bitset_get_nth (selected, 0) == current->position;
}

static void
press_to (Desk *desk, const char *keys, guint position)
{
  g_assert_true (dio_harness_press (keys));
  Current current = { desk, position };
  if (!dio_harness_wait (is_current, &current, 5000))
    g_error ("%s does not lead to %u", keys, position);
}

/* Real keys in the grid: with Shift only to what is undecided, where the grid itself would select more. */
static void
test_keys_in_the_grid (void)
{
  Desk desk;
  desk_open (&desk, dataset_folder);
  desk_wait_ready (&desk);
  g_assert_true (dio_harness_wait_property (desk.window, "is-active", 3000));
  Current first = { &desk, 0 };
  g_assert_true (dio_harness_wait (is_current, &first, 5000));
  dio_harness_run (200);
  press_to (&desk, "Right", 1);
  press_to (&desk, "a", 2);
  press_to (&desk, "Left", 1);
  press_to (&desk, "Left", 0);
  press_to (&desk, "shift+Right", 2);
  press_to (&desk, "shift+Left", 0);
  desk_run (&desk, "desk-undo");
  desk_wait_stored (dataset_folder, DIO_REVIEW_FRAMES, DIO_REVIEW_ACCEPTED, 0);
  desk_close (&desk);
}

/* Tab stops once in the grid, whatever number of pictures it holds. */
static void
test_tab_leaves_the_grid (void)
{
  Desk desk;
  desk_open (&desk, dataset_folder);
  desk_wait_ready (&desk);
  dio_harness_run (200);
  GtkWidget *view = dio_harness_find_type (desk.page, GTK_TYPE_GRID_VIEW);
  guint in_grid = 0, stops = 0;
  gtk_window_set_focus (desk.window, NULL);
  while (gtk_widget_child_focus (desk.page, GTK_DIR_TAB_FORWARD) && stops++ < 200)
    in_grid += gtk_widget_is_ancestor (gtk_window_get_focus (desk.window), view) ? 1 : 0;
  g_assert_cmpuint (stops, >, 10);
  g_assert_cmpuint (stops, <, 100);
  g_assert_cmpuint (in_grid, ==, 1);
  desk_close (&desk);
}

static gboolean
has_scene (gpointer user)
{
  GtkWidget *view = dio_harness_find_type (user, DIO_TYPE_PICTURE_VIEW);
  return view != NULL && dio_picture_view_get_scene (DIO_PICTURE_VIEW (view)) != NULL;
}

static void
test_large_view_and_objects (void)
{
  Desk desk;
  desk_open (&desk, dataset_folder);
  desk_wait_ready (&desk);
  desk_run (&desk, "desk-large");
  g_assert_true (dio_harness_wait (has_scene, desk.page, 10000));
  dio_harness_run (500);
  dio_harness_snapshot (desk.page, "desk-large");
  DioPictureView *view =
      DIO_PICTURE_VIEW (dio_harness_find_type (desk.page, DIO_TYPE_PICTURE_VIEW));
  DioOverlayScene *first = dio_picture_view_get_scene (view);
  g_assert_nonnull (first->leaf);
  g_assert_nonnull (first->depth_z);
  g_assert_cmpuint (first->width_px, ==, 160);
  desk_run (&desk, "desk-next");
  desk_wait_for (&desk, "Frame 1 · 2 of 12");
  GtkWidget *grid = dio_harness_find_type (desk.page, GTK_TYPE_GRID_VIEW);
  g_assert_false (gtk_widget_get_mapped (grid));
  dio_harness_click (dio_harness_find_label (desk.page, "Grid"));
  g_assert_true (gtk_widget_get_mapped (grid));
  desk_run (&desk, "desk-large");
  desk_wait_for (&desk, "Frame 1 · 2 of 12");
  desk_run (&desk, "desk-back");
  g_assert_true (gtk_widget_get_mapped (grid));
  desk_run (&desk, "desk-unit");
  dio_harness_run (1500);
  dio_harness_snapshot (desk.page, "desk-objects");
  desk_run (&desk, "desk-reject-1");
  desk_wait_stored (dataset_folder, DIO_REVIEW_OBJECTS, DIO_REVIEW_REJECTED, 1);
  desk_run (&desk, "desk-undo");
  desk_wait_stored (dataset_folder, DIO_REVIEW_OBJECTS, DIO_REVIEW_REJECTED, 0);
  desk_close (&desk);
}

static void
test_audit_and_statistics (void)
{
  Desk desk;
  desk_open (&desk, dataset_folder);
  desk_wait_ready (&desk);
  desk_run (&desk, "desk-queue-audit");
  desk_wait_for (&desk, "Audit 0 of 12");
  for (guint i = 0; i < 10; i++)
    desk_run (&desk, "desk-accept");
  /* 1 - 0.05^(1/10) */
  desk_wait_for (&desk, "Audit 10 of 12, 0 rejected, error < 25.9 % (95 %)");
  desk_run (&desk, "desk-statistics");
  desk_wait_for (&desk, "Categories");
  dio_harness_run (500);
  dio_harness_snapshot (desk.page, "desk-statistics");
  GtkWidget *category = dio_harness_find_label (desk.page, "List “ball”");
  g_assert_nonnull (category);
  dio_harness_click (category);
  desk_run (&desk, "desk-queue-all");
  desk_run (&desk, "desk-unit");
  wait_for_objects (&desk, "ball");
  for (guint i = 0; i < 10; i++)
    desk_run (&desk, "desk-undo");
  desk_wait_stored (dataset_folder, DIO_REVIEW_FRAMES, DIO_REVIEW_ACCEPTED, 0);
  desk_close (&desk);
}

static gboolean
is_composing (gpointer session)
{
  return dio_session_get_mode (session) == DIO_MODE_COMPOSE;
}

static void
test_the_cause_is_opened (void)
{
  Desk desk;
  desk_open (&desk, dataset_folder);
  desk_wait_ready (&desk);
  dio_session_set_mode (desk.session, DIO_MODE_REVIEW);
  desk_run (&desk, "desk-unit");
  wait_for_objects (&desk, NULL);
  g_autoptr (DioReviewTable) table = desk_load_table (dataset_folder);
  DioReviewObjectRow first;
  dio_review_table_get_object (table, 0, &first);
  g_autofree char *title = g_strdup_printf ("Frame 0 · %s", first.name);
  desk_wait_for (&desk, title);
  desk_run (&desk, "desk-open-cause");
  g_assert_true (dio_harness_wait (is_composing, desk.session, 20000));
  g_assert_cmpuint (dio_session_get_frame (desk.session), ==, 0);
  g_assert_true (dio_session_get_frame_view (desk.session));
  const char *node = dio_selection_get_active (dio_session_get_selection (desk.session));
  g_assert_nonnull (node);
  g_assert_nonnull (dio_scenario_find_node (dio_session_get_scenario (desk.session), node));
  desk_close (&desk);
}

int
main (int argc, char **argv)
{
  desk_begin_program (&argc, &argv);
  g_autofree char *scenario = desk_dup_example ("tabletop.diorama");
  dataset_folder = desk_render (scenario, "dataset", N_FRAMES, "160x120");
  g_test_add_func ("/desk/page/nothing-is-open", test_nothing_is_open);
  g_test_add_func ("/desk/page/a-lost-dataset-is-told", test_a_lost_dataset_is_told);
  g_test_add_func ("/desk/page/opens-and-filters", test_opens_and_filters);
  g_test_add_func ("/desk/page/verdicts-are-stored-and-undone",
                   test_verdicts_are_stored_and_undone);
  g_test_add_func ("/desk/page/keys-in-the-grid", test_keys_in_the_grid);
  g_test_add_func ("/desk/page/tab-leaves-the-grid", test_tab_leaves_the_grid);
  g_test_add_func ("/desk/page/large-view-and-objects", test_large_view_and_objects);
  g_test_add_func ("/desk/page/audit-and-statistics", test_audit_and_statistics);
  g_test_add_func ("/desk/page/the-cause-is-opened", test_the_cause_is_opened);
  int status = g_test_run ();
  g_free (dataset_folder);
  desk_end_program ();
  return status;
}
