/* The selection keeps order and tells once; overlays tell once and cycle. */

#include "session-fixture.h"

static void
test_order (void)
{
  g_autoptr (DioSelection) selection = dio_selection_new ();
  guint n = 0;
  g_signal_connect (selection, "changed", G_CALLBACK (fixture_count_cb), &n);
  g_assert_null (dio_selection_get_active (selection));
  g_assert_null (dio_selection_get_ids (selection)[0]);

  dio_selection_set (selection, (const char *const[]){ "a", "b", "a", NULL });
  g_assert_cmpuint (dio_selection_get_count (selection), ==, 2);
  g_assert_cmpstr (dio_selection_get_active (selection), ==, "b");
  g_assert_cmpuint (n, ==, 1);
  dio_selection_set (selection, (const char *const[]){ "a", "b", NULL });
  g_assert_cmpuint (n, ==, 1);

  /* Adding one that is there makes it the active one. */
  dio_selection_add (selection, "a");
  g_assert_cmpstr (dio_selection_get_active (selection), ==, "a");
  g_assert_cmpuint (n, ==, 2);
  dio_selection_add (selection, "a");
  g_assert_cmpuint (n, ==, 2);

  /* Its own list may be given to it, and an id of it. */
  dio_selection_set_one (selection, dio_selection_get_ids (selection)[0]);
  g_assert_cmpstr (dio_selection_get_active (selection), ==, "b");
  g_assert_cmpuint (dio_selection_get_count (selection), ==, 1);
  dio_selection_toggle (selection, "c");
  dio_selection_toggle (selection, "b");
  g_assert_true (dio_selection_contains (selection, "c"));
  g_assert_false (dio_selection_contains (selection, "b"));
  dio_selection_remove (selection, "nobody");
  guint before = n;
  dio_selection_clear (selection);
  dio_selection_clear (selection);
  g_assert_cmpuint (n, ==, before + 1);
  g_assert_finalize_object (g_steal_pointer (&selection));
}

static void
test_leaves (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  DioSelection *selection = dio_session_get_selection (f.session);
  dio_selection_set (selection, (const char *const[]){ "ground", "camera", NULL });
  guint n = 0;
  g_signal_connect (selection, "changed", G_CALLBACK (fixture_count_cb), &n);
  g_autoptr (GError) error = NULL;
  DioScenario *next =
      dio_scenario_without_node (dio_session_get_scenario (f.session), "camera", &error);
  g_assert_no_error (error);
  dio_session_commit (f.session, next, "Delete", NULL);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpstr (dio_selection_get_active (selection), ==, "ground");
  /* The only sensor is gone. */
  g_assert_null (dio_session_get_sensor (f.session));
  dio_session_undo (f.session);
  g_assert_cmpstr (dio_session_get_sensor (f.session), ==, "camera");
  g_assert_cmpuint (dio_selection_get_count (selection), ==, 1);
}

static void
notify_cb (GObject *object, GParamSpec *spec, gpointer count)
{
  (*(guint *) count)++;
}

static void
test_overlays (void)
{
  g_autoptr (DioOverlays) overlays = dio_overlays_new ();
  guint changed = 0, notified = 0;
  g_signal_connect (overlays, "changed", G_CALLBACK (fixture_count_cb), &changed);
  g_signal_connect (overlays, "notify::grid", G_CALLBACK (notify_cb), &notified);
  g_assert_cmpint (dio_overlays_get_boxes (overlays), ==, DIO_BOXES_VISIBLE);
  g_assert_cmpint (dio_overlays_get_masks (overlays), ==, DIO_MASKS_CATEGORY);
  g_assert_true (dio_overlays_get_grid (overlays));
  g_assert_true (dio_overlays_get_monitor (overlays));
  g_object_set (overlays, "grid", TRUE, "opacity", 0.35, NULL);
  g_assert_cmpuint (changed, ==, 0);
  g_object_set (overlays, "grid", FALSE, "opacity", 0.5, "masks", DIO_MASKS_OFF, NULL);
  g_assert_cmpuint (changed, ==, 3);
  g_assert_cmpfloat_with_epsilon (dio_overlays_get_opacity (overlays), 0.5, 1e-12);

  const DioBoxesShown boxes[] = { DIO_BOXES_AMODAL, DIO_BOXES_BOTH, DIO_BOXES_OFF,
                                  DIO_BOXES_VISIBLE };
  for (guint i = 0; i < G_N_ELEMENTS (boxes); i++) {
    dio_overlays_cycle_boxes (overlays);
    g_assert_cmpint (dio_overlays_get_boxes (overlays), ==, boxes[i]);
  }
  for (guint i = 0; i < 4; i++) {
    dio_overlays_cycle_masks (overlays);
    dio_overlays_cycle_pass (overlays);
  }
  g_assert_cmpint (dio_overlays_get_masks (overlays), ==, DIO_MASKS_OFF);
  g_assert_cmpint (dio_overlays_get_pass (overlays), ==, DIO_PASS_RGB);
  g_assert_cmpuint (notified, ==, 1);
  g_assert_finalize_object (g_steal_pointer (&overlays));
}

int
main (int argc, char **argv)
{
  fixture_begin_program ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/selection/order", test_order);
  g_test_add_func ("/session/selection/removed-nodes-leave", test_leaves);
  g_test_add_func ("/session/overlays/tell-once-and-cycle", test_overlays);
  int rc = g_test_run ();
  fixture_end_program ();
  return rc;
}
