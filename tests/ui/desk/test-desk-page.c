/* The Review page on a dataset that the engine has just rendered. */
#include "dio-desk-page.h"
#include "dio-harness.h"
#include "dio-picture-view.h"
#include "dio-review-verdicts.h"

#include <glib/gstdio.h>

#define N_FRAMES 12

static char *dataset_folder; /**< rendered once for all cases */
static AdwApplication *application;

static void
render_dataset (void)
{
  const char *data = g_getenv ("DIORAMA_DATA_DIR"), *engine = g_getenv ("DIORAMA_ENGINE");
  g_assert_nonnull (data);
  g_assert_nonnull (engine);
  g_autofree char *scenario = g_build_filename (data, "scenarios", "tabletop.diorama", NULL);
  dataset_folder = dio_harness_dup_temp ("dataset");
  const char *argv[] = { engine,     "render",     scenario, "--output", dataset_folder,
                         "--frames", "12",         "--size", "160x120",  "--workers",
                         "1",        "--progress", "none",   NULL };
  g_autoptr (GError) error = NULL;
  int status = 0;
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
}

/** The page in a window with commands, as the program has it. */
typedef struct {
  DioSession *session;
  GtkWindow *window;
  DioActionRegistry *registry;
  GtkWidget *page;
  GString *messages;
} Desk;

static void
message_cb (DioSession *session, const DioMessage *message, Desk *desk)
{
  g_string_append_printf (desk->messages, "%s\n", message->text);
}

static void
open_desk (Desk *desk, const char *folder)
{
  g_autofree char *data = dio_harness_dup_temp ("data");
  desk->session = dio_session_new (g_getenv ("DIORAMA_ENGINE"), data);
  desk->messages = g_string_new (NULL);
  g_signal_connect (desk->session, "message", G_CALLBACK (message_cb), desk);
  desk->window = GTK_WINDOW (adw_application_window_new (GTK_APPLICATION (application)));
  gtk_window_set_default_size (desk->window, 1280, 800);
  desk->page = dio_desk_page_new (desk->session);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (desk->window), desk->page);
  desk->registry =
      dio_action_registry_new (GTK_APPLICATION (application), G_ACTION_MAP (desk->window));
  dio_desk_page_add_actions (DIO_DESK_PAGE (desk->page), desk->registry);
  dio_harness_present (desk->window);
  if (folder != NULL)
    g_object_set (desk->session, "dataset", folder, NULL);
}

static void
close_desk (Desk *desk)
{
  dio_harness_destroy (desk->window);
  g_clear_object (&desk->registry);
  g_string_free (desk->messages, TRUE);
  g_assert_finalize_object (desk->session);
}

static gboolean
can_accept (gpointer user)
{
  Desk *desk = user;
  return dio_action_registry_get_enabled (desk->registry, "desk-accept");
}

static void
run (Desk *desk, const char *command)
{
  g_assert_true (dio_action_registry_run (desk->registry, command));
}

/** What is waited for. */
typedef struct {
  Desk *desk;
  const char *text;
} Shown;

static gboolean
is_shown (gpointer user)
{
  Shown *shown = user;
  return dio_harness_find_label (GTK_WIDGET (shown->desk->window), shown->text) != NULL;
}

static void
wait_for (Desk *desk, const char *text)
{
  Shown shown = { desk, text };
  if (!dio_harness_wait (is_shown, &shown, 20000))
    g_error ("Never shown: %s", text);
}

static guint
count (const char *folder, DioReviewUnit unit, DioReviewState state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioReviewReader) reader = dio_review_reader_open (folder, &error);
  g_assert_no_error (error);
  g_autoptr (DioReviewTable) table =
      dio_review_table_load (reader, NULL, DIO_REVIEW_LOAD_OBJECTS, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (DioReviewVerdicts) verdicts = dio_review_verdicts_new (reader, "other", &error);
  g_assert_no_error (error);
  g_assert_true (dio_review_verdicts_refresh (verdicts, reader, table, NULL, &error));
  DioReviewProgress progress;
  dio_review_verdicts_get_progress (verdicts, unit, &progress);
  return (guint) progress.states[state];
}

/** A number of verdicts on the disk that is waited for. */
typedef struct {
  DioReviewUnit unit;
  DioReviewState state;
  guint n;
} Stored;

static gboolean
is_stored (gpointer user)
{
  Stored *stored = user;
  return count (dataset_folder, stored->unit, stored->state) == stored->n;
}

static void
wait_stored (DioReviewUnit unit, DioReviewState state, guint n)
{
  Stored stored = { unit, state, n };
  g_assert_true (dio_harness_wait (is_stored, &stored, 10000));
}

static void
test_nothing_is_open (void)
{
  Desk desk;
  open_desk (&desk, NULL);
  wait_for (&desk, "Open Dataset…");
  dio_harness_snapshot (desk.page, "desk-empty");
  g_assert_false (can_accept (&desk));
  close_desk (&desk);
}

static void
test_a_lost_dataset_is_told (void)
{
  g_autofree char *nowhere = dio_harness_dup_temp ("nowhere");
  Desk desk;
  open_desk (&desk, nowhere);
  wait_for (&desk, "The Dataset Cannot Be Read");
  close_desk (&desk);
}

static void
test_opens_and_filters (void)
{
  Desk desk;
  open_desk (&desk, dataset_folder);
  g_assert_true (dio_harness_wait (can_accept, &desk, 20000));
  wait_for (&desk, "12 of 12 shown");
  wait_for (&desk, "0 of 12 decided, 0 rejected");
  dio_harness_run (1500);
  dio_harness_snapshot (desk.page, "desk-grid");
  GtkWidget *view = dio_harness_find_type (desk.page, GTK_TYPE_GRID_VIEW);
  g_assert_cmpuint (gtk_grid_view_get_max_columns (GTK_GRID_VIEW (view)), ==, 3);
  g_autofree char *unnamed = dio_harness_list_unnamed (desk.page);
  g_assert_cmpstr (unnamed, ==, NULL);

  GtkWidget *search = dio_harness_find_label (desk.page, "Search");
  g_assert_nonnull (search);
  gtk_editable_set_text (GTK_EDITABLE (search), "no such thing");
  wait_for (&desk, "0 of 12 shown");
  run (&desk, "desk-clear-filters");
  wait_for (&desk, "12 of 12 shown");
  run (&desk, "desk-queue-failed");
  wait_for (&desk, "0 of 12 shown");
  run (&desk, "desk-queue-all");
  wait_for (&desk, "12 of 12 shown");
  close_desk (&desk);
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
  open_desk (&desk, dataset_folder);
  g_assert_true (dio_harness_wait (can_accept, &desk, 20000));
  gboolean can_undo;
  g_object_get (desk.page, "can-undo", &can_undo, NULL);
  g_assert_false (can_undo);
  run (&desk, "desk-accept");
  run (&desk, "desk-accept");
  run (&desk, "desk-reject-3");
  wait_for (&desk, "3 of 12 decided, 1 rejected");
  wait_stored (DIO_REVIEW_FRAMES, DIO_REVIEW_ACCEPTED, 2);
  wait_stored (DIO_REVIEW_FRAMES, DIO_REVIEW_REJECTED, 1);
  wait_for (&desk, "Frame 3");

  dio_desk_page_undo (DIO_DESK_PAGE (desk.page));
  wait_for (&desk, "2 of 12 decided, 0 rejected");
  wait_for (&desk, "Frame 2");
  wait_stored (DIO_REVIEW_FRAMES, DIO_REVIEW_REJECTED, 0);
  g_object_get (desk.page, "can-undo", &can_undo, NULL);
  g_assert_true (can_undo);
  dio_desk_page_redo (DIO_DESK_PAGE (desk.page));
  wait_stored (DIO_REVIEW_FRAMES, DIO_REVIEW_REJECTED, 1);
  run (&desk, "desk-undo");
  run (&desk, "desk-undo");
  run (&desk, "desk-undo");
  wait_stored (DIO_REVIEW_FRAMES, DIO_REVIEW_ACCEPTED, 0);
  g_object_get (desk.page, "can-undo", &can_undo, NULL);
  g_assert_false (can_undo);

  /* What is in sight, then what came into sight by going on. */
  guint pages = 0;
  while (count_undecided (&desk) > 0 && pages < N_FRAMES) {
    run (&desk, "desk-accept-rest");
    dio_harness_run (200);
    pages++;
  }
  wait_stored (DIO_REVIEW_FRAMES, DIO_REVIEW_ACCEPTED, N_FRAMES);
  g_assert_nonnull (strstr (desk.messages->str, "Accepted: "));
  for (guint i = 0; i < pages; i++)
    run (&desk, "desk-undo");
  wait_stored (DIO_REVIEW_FRAMES, DIO_REVIEW_ACCEPTED, 0);
  close_desk (&desk);
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
  open_desk (&desk, dataset_folder);
  g_assert_true (dio_harness_wait (can_accept, &desk, 20000));
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
  run (&desk, "desk-undo");
  wait_stored (DIO_REVIEW_FRAMES, DIO_REVIEW_ACCEPTED, 0);
  close_desk (&desk);
}

/* Tab stops once in the grid, whatever number of pictures it holds. */
static void
test_tab_leaves_the_grid (void)
{
  Desk desk;
  open_desk (&desk, dataset_folder);
  g_assert_true (dio_harness_wait (can_accept, &desk, 20000));
  dio_harness_run (200);
  GtkWidget *view = dio_harness_find_type (desk.page, GTK_TYPE_GRID_VIEW);
  guint in_grid = 0, stops = 0;
  gtk_window_set_focus (desk.window, NULL);
  while (gtk_widget_child_focus (desk.page, GTK_DIR_TAB_FORWARD) && stops++ < 200)
    in_grid += gtk_widget_is_ancestor (gtk_window_get_focus (desk.window), view) ? 1 : 0;
  g_assert_cmpuint (stops, >, 10);
  g_assert_cmpuint (stops, <, 100);
  g_assert_cmpuint (in_grid, ==, 1);
  close_desk (&desk);
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
  open_desk (&desk, dataset_folder);
  g_assert_true (dio_harness_wait (can_accept, &desk, 20000));
  run (&desk, "desk-large");
  g_assert_true (dio_harness_wait (has_scene, desk.page, 10000));
  dio_harness_run (500);
  dio_harness_snapshot (desk.page, "desk-large");
  DioPictureView *view =
      DIO_PICTURE_VIEW (dio_harness_find_type (desk.page, DIO_TYPE_PICTURE_VIEW));
  DioOverlayScene *first = dio_picture_view_get_scene (view);
  g_assert_nonnull (first->leaf);
  g_assert_nonnull (first->depth_z);
  g_assert_cmpuint (first->width_px, ==, 160);
  run (&desk, "desk-next");
  wait_for (&desk, "Frame 1 · 2 of 12");
  run (&desk, "desk-back");
  run (&desk, "desk-unit");
  dio_harness_run (1500);
  dio_harness_snapshot (desk.page, "desk-objects");
  run (&desk, "desk-reject-1");
  wait_stored (DIO_REVIEW_OBJECTS, DIO_REVIEW_REJECTED, 1);
  run (&desk, "desk-undo");
  wait_stored (DIO_REVIEW_OBJECTS, DIO_REVIEW_REJECTED, 0);
  close_desk (&desk);
}

static void
test_audit_and_statistics (void)
{
  Desk desk;
  open_desk (&desk, dataset_folder);
  g_assert_true (dio_harness_wait (can_accept, &desk, 20000));
  run (&desk, "desk-queue-audit");
  wait_for (&desk, "Audit 0 of 12");
  for (guint i = 0; i < 10; i++)
    run (&desk, "desk-accept");
  /* 1 - 0.05^(1/10) */
  wait_for (&desk, "Audit 10 of 12, 0 rejected, error < 25.9 % (95 %)");
  run (&desk, "desk-statistics");
  wait_for (&desk, "Categories");
  dio_harness_run (500);
  dio_harness_snapshot (desk.page, "desk-statistics");
  GtkWidget *category = dio_harness_find_label (desk.page, "List “ball”");
  g_assert_nonnull (category);
  dio_harness_click (category);
  run (&desk, "desk-queue-all");
  run (&desk, "desk-unit");
  wait_for (&desk, "11 of 161 shown");
  for (guint i = 0; i < 10; i++)
    run (&desk, "desk-undo");
  wait_stored (DIO_REVIEW_FRAMES, DIO_REVIEW_ACCEPTED, 0);
  close_desk (&desk);
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
  open_desk (&desk, dataset_folder);
  g_assert_true (dio_harness_wait (can_accept, &desk, 20000));
  dio_session_set_mode (desk.session, DIO_MODE_REVIEW);
  run (&desk, "desk-unit");
  wait_for (&desk, "161 of 161 shown");
  wait_for (&desk, "Frame 0 · Blue mug");
  run (&desk, "desk-open-cause");
  g_assert_true (dio_harness_wait (is_composing, desk.session, 20000));
  g_assert_cmpuint (dio_session_get_frame (desk.session), ==, 0);
  g_assert_true (dio_session_get_frame_view (desk.session));
  const char *node = dio_selection_get_active (dio_session_get_selection (desk.session));
  g_assert_nonnull (node);
  g_assert_nonnull (dio_scenario_find_node (dio_session_get_scenario (desk.session), node));
  close_desk (&desk);
}

int
main (int argc, char **argv)
{
  dio_harness_init (&argc, &argv);
  application = adw_application_new ("org.diorama.TestDesk", G_APPLICATION_NON_UNIQUE);
  g_autoptr (GError) error = NULL;
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  render_dataset ();
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
  g_object_unref (application);
  return status;
}
