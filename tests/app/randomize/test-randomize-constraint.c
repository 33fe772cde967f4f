/* Constraints redraw what they list and nothing else, a bounded number of times, and say when they fail. */

#include "randomize-fixture.h"

#define MOVES                                                                                      \
  "{'id': 'move', 'type': 'position-box', 'targets': ['cup_1'], 'min': [0, 0, 0],"                 \
  " 'max': [1, 1, 1]},"                                                                            \
  "{'id': 'other', 'type': 'position-box', 'targets': ['cup_2'], 'min': [0, 0, 0],"                \
  " 'max': [1, 1, 1]},"                                                                            \
  "{'id': 'turn', 'type': 'rotation-uniform', 'targets': ['cup_1']},"
#define CONSTRAINT                                                                                 \
  "{'id': 'seen', 'type': 'constraint', 'targets': ['cup_1'], 'sensor': 'camera',"                 \
  " 'min_visibility': 0.8, 'redraw': ['move'], 'attempts': 12}"

/** A stand-in for the rays: visibility of a target is the x of its place, its width 100 times its y. */
typedef struct {
  guint calls;
  gboolean fails;
} Estimator;

static gboolean
estimate (gpointer user,
          const DioResolved *frame,
          const char *sensor,
          const char *target,
          double *visibility,
          double *width_px,
          double *height_px,
          GError **error)
{
  Estimator *estimator = user;
  estimator->calls++;
  g_assert_cmpstr (sensor, ==, "camera");
  if (estimator->fails) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT, "the cup is broken");
    return FALSE;
  }
  const double *m = fixture_find (frame, target, 0)->world_from_node.m;
  *visibility = m[12];
  *width_px = 100 * m[13];
  *height_px = 0;
  return TRUE;
}

static DioResolved *
resolve (DioScenario *scenario, Estimator *estimator, guint32 frame, GError **error)
{
  DioResolveEnvironment environment = { .user = estimator,
                                        .get_bounds = fixture_get_bounds,
                                        .estimate = estimate };
  return dio_resolve (scenario, 21, frame, 0, &environment, error);
}

static void
test_redraws_only_what_is_listed (void)
{
  g_autoptr (DioScenario) free_scenario = fixture_scenario (
      SCENARIO (MOVES "{'id': 'last', 'type': 'scale', 'targets': ['cup_1'], 'factor': 2}"));
  g_autoptr (DioScenario) bound = fixture_scenario (SCENARIO (
      MOVES "{'id': 'last', 'type': 'scale', 'targets': ['cup_1'], 'factor': 2}," CONSTRAINT));
  guint redrawn = 0, met = 0;
  for (guint32 frame = 0; frame < 100; frame++) {
    Estimator estimator = { 0 };
    g_autoptr (DioResolved) before = fixture_resolve (free_scenario, 21, frame);
    g_autoptr (GError) error = NULL;
    g_autoptr (DioResolved) after = resolve (bound, &estimator, frame, &error);
    g_assert_no_error (error);
    g_autofree char *others_before = fixture_dup_draws (before, "move");
    g_autofree char *others_after = fixture_dup_draws (after, "move");
    g_assert_cmpstr (others_before, ==, others_after);

    const DioDraw *draw = fixture_draw (after, "move", "cup_1", 0);
    g_assert_cmpuint (draw->attempt, ==, after->constraint_attempts);
    g_assert_cmpuint (estimator.calls, ==, after->constraint_attempts + 1);
    g_assert_cmpuint (after->constraint_attempts, <, 12);
    double x = fixture_find (after, "cup_1", 0)->world_from_node.m[12];
    g_assert_cmpint (after->constraints_met, ==, x >= 0.8);
    if (after->constraint_attempts == 0)
      g_assert_cmpfloat (draw->numbers[0], ==,
                         fixture_draw (before, "move", "cup_1", 0)->numbers[0]);
    redrawn += after->constraint_attempts > 0 ? 1 : 0;
    met += after->constraints_met ? 1 : 0;
    gboolean said = dio_diagnostics_find (after->diagnostics, "constraint-unmet") != NULL;
    g_assert_cmpint (said, ==, !after->constraints_met);
  }
  /* A fifth fits at once; 12 draws fail once in 15 frames. */
  g_assert_cmpuint (redrawn, >, 60);
  g_assert_cmpuint (redrawn, <, 95);
  g_assert_cmpuint (met, >, 80);
}

static void
test_impossible_is_bounded_and_said (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (
      SCENARIO (MOVES "{'id': 'never', 'type': 'constraint', 'targets': ['cup_1', 'cup_2'],"
                      " 'sensor': 'camera', 'min_width_px': 1000, 'redraw': ['move', 'other']}"));
  Estimator estimator = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (DioResolved) resolved = resolve (scenario, &estimator, 0, &error);
  g_assert_no_error (error);
  g_assert_false (resolved->constraints_met);
  g_assert_cmpuint (resolved->constraint_attempts, ==, 15);
  g_assert_cmpuint (estimator.calls, ==, 16);
  g_assert_cmpuint (fixture_draw (resolved, "other", "cup_2", 0)->attempt, ==, 15);
  g_assert_cmpuint (fixture_draw (resolved, "turn", "cup_1", 0)->attempt, ==, 0);
  const DioDiagnostic *finding = dio_diagnostics_find (resolved->diagnostics, "constraint-unmet");
  g_assert_cmpstr (finding->object, ==, "never");
}

/* At most and at least, of visibility and of width. */
static void
test_limits (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (
      SCENARIO (MOVES "{'id': 'part', 'type': 'constraint', 'targets': ['cup_1'],"
                      " 'sensor': 'camera', 'min_visibility': 0.3, 'max_visibility': 0.6,"
                      " 'min_width_px': 20, 'max_width_px': 70, 'redraw': ['move'],"
                      " 'attempts': 100}"));
  for (guint32 frame = 0; frame < 40; frame++) {
    Estimator estimator = { 0 };
    g_autoptr (DioResolved) resolved = resolve (scenario, &estimator, frame, NULL);
    const double *m = fixture_find (resolved, "cup_1", 0)->world_from_node.m;
    g_assert_true (resolved->constraints_met);
    g_assert_true (m[12] >= 0.3 && m[12] <= 0.6);
    g_assert_true (m[13] >= 0.2 && m[13] <= 0.7);
  }
}

/* Two constraints that redraw different things: each raises only its own. */
static void
test_two_constraints (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (
      SCENARIO (MOVES "{'id': 'one', 'type': 'constraint', 'targets': ['cup_1'],"
                      " 'sensor': 'camera', 'min_visibility': 0.5, 'redraw': ['move'],"
                      " 'attempts': 100},"
                      "{'id': 'two', 'type': 'constraint', 'targets': ['cup_2'],"
                      " 'sensor': 'camera', 'min_visibility': 0.5, 'redraw': ['other'],"
                      " 'attempts': 100}"));
  guint apart = 0;
  for (guint32 frame = 0; frame < 40; frame++) {
    Estimator estimator = { 0 };
    g_autoptr (DioResolved) resolved = resolve (scenario, &estimator, frame, NULL);
    g_assert_true (resolved->constraints_met);
    guint one = fixture_draw (resolved, "move", "cup_1", 0)->attempt;
    guint two = fixture_draw (resolved, "other", "cup_2", 0)->attempt;
    g_assert_cmpuint (MAX (one, two), ==, resolved->constraint_attempts);
    apart += one != two ? 1 : 0;
  }
  g_assert_cmpuint (apart, >, 10);
}

/* A redrawn scatter places anew, from a stream of its own, and still without interpenetration. */
static void
test_scatter_is_redrawn (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (
      SCENARIO ("{'id': 'place', 'type': 'scatter', 'targets': ['cup_1', 'cup_2'],"
                " 'center': [0.5, 0.5, 0], 'size_x_m': 1, 'size_y_m': 1},"
                "{'id': 'seen', 'type': 'constraint', 'targets': ['cup_1'], 'sensor': 'camera',"
                " 'min_visibility': 0.8, 'redraw': ['place'], 'attempts': 100}"));
  guint redrawn = 0;
  for (guint32 frame = 0; frame < 20; frame++) {
    Estimator estimator = { 0 };
    g_autoptr (DioResolved) resolved = resolve (scenario, &estimator, frame, NULL);
    g_assert_true (resolved->constraints_met);
    g_assert_cmpfloat (fixture_find (resolved, "cup_1", 0)->world_from_node.m[12], >=, 0.8);
    redrawn += resolved->constraint_attempts > 0 ? 1 : 0;
  }
  g_assert_cmpuint (redrawn, >, 5);
}

/* What is hidden is seen with 0, and the estimator is not asked about it. */
static void
test_hidden_target (void)
{
  g_autoptr (DioScenario) scenario =
      fixture_scenario (SCENARIO (MOVES "{'id': 'hide', 'type': 'visibility', 'targets': ['cup_1'],"
                                        " 'probability': 0}," CONSTRAINT));
  Estimator estimator = { 0 };
  g_autoptr (DioResolved) resolved = resolve (scenario, &estimator, 0, NULL);
  g_assert_false (resolved->constraints_met);
  g_assert_cmpuint (estimator.calls, ==, 0);
}

static void
test_without_estimator (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (SCENARIO (MOVES CONSTRAINT));
  g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 21, 0);
  g_assert_false (resolved->constraints_met);
  g_assert_cmpuint (resolved->constraint_attempts, ==, 0);
  g_assert_nonnull (dio_diagnostics_find (resolved->diagnostics, "constraint-unmet"));
}

static void
test_estimator_fails (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (SCENARIO (MOVES CONSTRAINT));
  Estimator estimator = { .fails = TRUE };
  g_autoptr (GError) error = NULL;
  g_assert_null (resolve (scenario, &estimator, 0, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_CORRUPT);
  g_assert_nonnull (strstr (error->message, "seen"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/randomize/constraint/redraws-only-what-is-listed",
                   test_redraws_only_what_is_listed);
  g_test_add_func ("/randomize/constraint/impossible-is-bounded-and-said",
                   test_impossible_is_bounded_and_said);
  g_test_add_func ("/randomize/constraint/limits", test_limits);
  g_test_add_func ("/randomize/constraint/two-constraints", test_two_constraints);
  g_test_add_func ("/randomize/constraint/scatter-is-redrawn", test_scatter_is_redrawn);
  g_test_add_func ("/randomize/constraint/hidden-target", test_hidden_target);
  g_test_add_func ("/randomize/constraint/without-estimator", test_without_estimator);
  g_test_add_func ("/randomize/constraint/estimator-fails", test_estimator_fails);
  return g_test_run ();
}
