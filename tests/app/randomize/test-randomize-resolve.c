/* What holds for every randomizer: draws are independent of each other and of edits, resolve is pure, and its
 * bits are the same everywhere. */

#include "randomize-fixture.h"

#include "dio-base-hash.h"

#include <math.h>

#define TURN "{'kind': 'uniform', 'min': 0, 'max': 6.283185307179586}"
#define A "{'id': 'a', 'type': 'rotation-yaw', 'targets': ['cup_1', 'cup_2'], 'yaw_rad': " TURN "}"
#define B                                                                                          \
  "{'id': 'b', 'type': 'position-box', 'targets': ['cup_1', 'room'], 'min': [-1, -1, 0],"          \
  " 'max': [1, 1, 1]}"
#define C                                                                                          \
  "{'id': 'c', 'type': 'material-color', 'targets': ['cup_1', 'table'],"                           \
  " 'hue': {'kind': 'normal', 'mean': 0.5, 'stddev': 0.2, 'min': 0, 'max': 1}}"
#define D                                                                                          \
  "{'id': 'd', 'type': 'camera-look-at', 'targets': ['camera'], 'target': 'table',"                \
  " 'radius_m': {'kind': 'log-uniform', 'min': 1, 'max': 4}, 'jitter_m': 0.1,"                     \
  " 'elevation_rad': {'kind': 'uniform', 'min': 0.2, 'max': 1.2}}"
#define E                                                                                          \
  "{'id': 'e', 'type': 'scatter', 'targets': ['cup_1', 'cup_2', 'chest_1'], 'surface': 'table',"   \
  " 'count': {'kind': 'integer', 'min': 0, 'max': 3}, 'yaw_rad': " TURN ", 'spacing_m': 0.01}"
#define F                                                                                          \
  "{'id': 'f', 'type': 'environment-choice', 'targets': ['dome'],"                                 \
  " 'environments': ['sky_a', 'sky_b']}"
#define G "{'id': 'g', 'type': 'rotation-uniform', 'targets': ['chest_1', 'cup_2']}"
#define ALL A "," B "," C "," D "," E "," F "," G

static char *
hash_of (DioScenario *scenario, guint64 seed, guint32 frame, guint32 take)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioResolved) resolved =
      dio_resolve (scenario, seed, frame, take, &fixture_environment, &error);
  g_assert_no_error (error);
  return dio_resolved_dup_hash (resolved);
}

static void
assert_other_draws_equal (const char *one, const char *other, const char *but)
{
  g_autoptr (DioScenario) scenario_1 = fixture_scenario (one);
  g_autoptr (DioScenario) scenario_2 = fixture_scenario (other);
  for (guint32 frame = 0; frame < 20; frame++) {
    g_autoptr (DioResolved) resolved_1 = fixture_resolve (scenario_1, 77, frame);
    g_autoptr (DioResolved) resolved_2 = fixture_resolve (scenario_2, 77, frame);
    g_autofree char *draws_1 = fixture_dup_draws (resolved_1, but);
    g_autofree char *draws_2 = fixture_dup_draws (resolved_2, but);
    g_assert_cmpstr (draws_1, ==, draws_2);
    g_assert_cmpuint (strlen (draws_1), >, 40);
  }
}

/* Removing, adding, disabling, editing and moving one leaves the draws of all others as they were. */
static void
test_independent_under_edits (void)
{
  const char *all = SCENARIO (A "," B "," C "," D "," F "," G);
  assert_other_draws_equal (all, SCENARIO (A "," C "," D "," F "," G), "b");
  assert_other_draws_equal (all, SCENARIO (B "," C "," D "," F "," G), "a");
  assert_other_draws_equal (all, SCENARIO (G "," F "," D "," C "," B "," A), NULL);
  assert_other_draws_equal (all,
                            SCENARIO (A "," B "," C "," D "," F "," G
                                        ",{'id': 'new', 'type': 'scale', 'targets': ['cup_1'],"
                                        " 'factor': {'kind': 'uniform', 'min': 1, 'max': 2}}"),
                            "new");
  assert_other_draws_equal (
      all,
      SCENARIO ("{'id': 'a', 'type': 'rotation-yaw', 'targets': ['cup_2'], 'enabled': false,"
                " 'yaw_rad': 1}," B "," C "," D "," F "," G),
      "a");
  assert_other_draws_equal (
      all,
      SCENARIO (A "," B ",{'id': 'c', 'type': 'material-color', 'targets': ['table', 'lid'],"
                  " 'hue': 0.25}," D "," F "," G),
      "c");
  /* A scatter draws the same tries whatever else there is; here nothing changes which fits. */
  assert_other_draws_equal (SCENARIO (E), SCENARIO (E "," C), "c");
}

/* Draws of different targets, properties, copies and randomizers are unrelated. */
static void
test_streams_are_uncorrelated (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (SCENARIO (
      "{'id': 'n', 'type': 'count', 'targets': ['cup_1'], 'count': 2}," A
      ",{'id': 'a2', 'type': 'rotation-yaw', 'targets': ['cup_1'], 'yaw_rad': " TURN "}"));
  enum { N = 1000, M = 4 };
  double sums[M] = { 0 }, products[M][M] = { { 0 } };
  for (guint32 frame = 0; frame < N; frame++) {
    g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 3, frame);
    const double x[M] = { fixture_draw (resolved, "a", "cup_1", 0)->numbers[0],
                          fixture_draw (resolved, "a", "cup_1", 1)->numbers[0],
                          fixture_draw (resolved, "a", "cup_2", 0)->numbers[0],
                          fixture_draw (resolved, "a2", "cup_1", 0)->numbers[0] };
    for (guint i = 0; i < M; i++) {
      sums[i] += x[i] / N;
      for (guint k = 0; k < M; k++)
        products[i][k] += x[i] * x[k] / N;
    }
  }
  double variance = 4 * G_PI * G_PI / 12;
  for (guint i = 0; i < M; i++)
    for (guint k = 0; k < M; k++) {
      double correlation = (products[i][k] - sums[i] * sums[k]) / variance;
      g_assert_cmpfloat (fabs (correlation - (i == k)), <, i == k ? 0.1 : 4 / sqrt ((double) N));
    }
}

/* The same bits whatever the order of frames, and whatever was resolved between. */
static void
test_pure (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (SCENARIO (ALL));
  enum { N = 30 };
  g_autoptr (GPtrArray) hashes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) different = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint32 frame = 0; frame < N; frame++) {
    g_ptr_array_add (hashes, hash_of (scenario, 9, frame, 0));
    g_hash_table_add (different, g_ptr_array_index (hashes, frame));
  }
  g_assert_cmpuint (g_hash_table_size (different), ==, N);
  for (guint32 frame = N; frame-- > 0;) {
    g_autofree char *other = hash_of (scenario, 10, frame, 0);
    g_autofree char *again = hash_of (scenario, 9, frame, 0);
    g_assert_cmpstr (again, ==, g_ptr_array_index (hashes, frame));
    g_assert_cmpstr (other, !=, again);
  }
}

static gpointer
hash_on_thread (gpointer data)
{
  return hash_of (data, 9, 3, 0);
}

static void
test_threads (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (SCENARIO (ALL));
  g_autofree char *here = hash_of (scenario, 9, 3, 0);
  GThread *threads[4];
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("resolve", hash_on_thread, scenario);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++) {
    g_autofree char *there = g_thread_join (threads[i]);
    g_assert_cmpstr (there, ==, here);
  }
}

/* Any drift of platform, compiler or code shows here. A change of these hashes changes every dataset. */
static void
test_frozen (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (SCENARIO (ALL));
  g_autofree char *first = hash_of (scenario, 42, 0, 0);
  g_autofree char *later = hash_of (scenario, 42, 123456, 2);
  g_assert_cmpstr (first, ==, "dee6a04b69a2918229d76601d635ef977c3aee32694835fe1d958914754f41f6");
  g_assert_cmpstr (later, ==, "c127ad54d57ccd93ba9fa1dae81701b92ec98211377e85640492bbb1ae5fdfed");
}

static void
test_seeds_and_takes (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (SCENARIO (ALL));
  const guint64 seeds[] = { 0, 1, 1u << 31, G_MAXINT64 };
  g_autoptr (GHashTable) hashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (seeds); i++)
    for (guint32 take = 0; take < 3; take++) {
      g_autoptr (GError) error = NULL;
      g_autoptr (DioResolved) resolved =
          dio_resolve (scenario, seeds[i], 0, take, &fixture_environment, &error);
      g_assert_no_error (error);
      g_autofree char *draws = fixture_dup_draws (resolved, NULL);
      g_hash_table_add (hashes, g_steal_pointer (&draws));
    }
  g_assert_cmpuint (g_hash_table_size (hashes), ==, 12);

  g_autoptr (GError) error = NULL;
  g_assert_null (dio_resolve (scenario, (guint64) G_MAXINT64 + 1, 0, 0, NULL, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
}

/* Every draw can be made again from what its record says. */
static void
test_draws_are_recorded (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (
      SCENARIO ("{'id': 'n', 'type': 'count', 'targets': ['cup_1'], 'count': 3}," B));
  for (guint32 frame = 0; frame < 20; frame++) {
    g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 8, frame);
    g_assert_cmpuint (resolved->draws->len, ==, 1 + 3 + 1);
    for (guint copy = 0; copy < 3; copy++) {
      const DioDraw *draw = fixture_draw (resolved, "b", "cup_1", copy);
      g_assert_cmpuint (draw->stream, ==,
                        dio_hash_strings_u64 ("b", "cup_1", "translation", (char *) NULL));
      g_assert_cmpuint (draw->n_numbers, ==, 3);
      DioRandomKey key = {
        .seed = 8, .stream = draw->stream, .frame = frame, .attempt = draw->attempt, .copy = copy
      };
      g_assert_cmpfloat (draw->numbers[0], ==, -1 + dio_random_uniform (&key) * 2);
      key.component = 2;
      g_assert_cmpfloat (draw->numbers[2], ==, dio_random_uniform (&key));
      const DioResolvedNode *node = fixture_find (resolved, "cup_1", copy);
      g_assert_cmpfloat (node->world_from_node.m[12], ==, draw->numbers[0]);
    }
  }
}

static void
test_hold (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (
      SCENARIO ("{'id': 'h', 'type': 'rotation-yaw', 'targets': ['cup_1'], 'hold': 5,"
                " 'yaw_rad': " TURN "}," B));
  double last = -1;
  for (guint32 frame = 0; frame < 30; frame++) {
    g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 8, frame);
    double yaw = fixture_draw (resolved, "h", "cup_1", 0)->numbers[0];
    if (frame % 5 == 0)
      g_assert_cmpfloat (yaw, !=, last);
    else
      g_assert_cmpfloat (yaw, ==, last);
    last = yaw;
  }
}

/* Of 300 frames every 20 share a weighted choice to the frame; what draws without "even" is not touched. */
static void
test_even (void)
{
#define SHARES "{'kind': 'choice', 'values': [0, 1, 2, 3], 'weights': [40, 40, 15, 5]}"
  g_autoptr (DioScenario) scenario = fixture_scenario (
      SCENARIO ("{'id': 'e', 'type': 'rotation-yaw', 'targets': ['cup_1'], 'even': 20,"
                " 'yaw_rad': " SHARES "},"
                "{'id': 'f', 'type': 'rotation-yaw', 'targets': ['cup_2'], 'even': 300,"
                " 'yaw_rad': " SHARES "},"
                "{'id': 'g', 'type': 'environment-choice', 'targets': ['dome'], 'even': 2,"
                " 'environments': ['sky_a', 'sky_b']}," B));
  g_autoptr (DioScenario) plain = fixture_scenario (SCENARIO (B));
  guint blocks[15][4] = { { 0 } }, both[4][4] = { { 0 } }, skies = 0;
  for (guint32 frame = 0; frame < 300; frame++) {
    g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 8, frame);
    g_autoptr (DioResolved) other = fixture_resolve (plain, 8, frame);
    guint e = (guint) fixture_draw (resolved, "e", "cup_1", 0)->numbers[0];
    guint f = (guint) fixture_draw (resolved, "f", "cup_2", 0)->numbers[0];
    blocks[frame / 20][e]++;
    both[e][f]++;
    skies += g_str_equal (fixture_draw (resolved, "g", "dome", 0)->string, "sky_a") ? 1 : 0;
    g_assert_cmpuint (skies, ==, frame % 2 == 1 ? (frame + 1) / 2 : skies);
    g_assert_cmpfloat (fixture_draw (resolved, "b", "cup_1", 0)->numbers[0], ==,
                       fixture_draw (other, "b", "cup_1", 0)->numbers[0]);
  }
  static const double shares[4] = { 0.4, 0.4, 0.15, 0.05 };
  double chi_square = 0;
  for (guint k = 0; k < 4; k++) {
    guint total = 0;
    for (guint block = 0; block < 15; block++)
      g_assert_cmpfloat (blocks[block][k], ==, 20 * shares[k]);
    for (guint m = 0; m < 4; m++) {
      double want = 300 * shares[k] * shares[m];
      total += both[m][k];
      chi_square += pow (both[k][m] - want, 2) / want;
    }
    g_assert_cmpfloat (total, ==, 300 * shares[k]);
  }
  g_test_message ("chi-square of the two: %.1f of 9 degrees", chi_square);
  g_assert_cmpfloat (chi_square, <, 27.9);
}

/* Copies take all that hangs below along; each has its own draws, keys and place in the tree. */
static void
test_copies (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (SCENARIO (
      "{'id': 'n', 'type': 'count', 'targets': ['room'], 'count': 3},"
      "{'id': 'm', 'type': 'count', 'targets': ['chest_1'], 'count': 2},"
      "{'id': 'y', 'type': 'rotation-yaw', 'targets': ['chest_1'], 'yaw_rad': " TURN "}"));
  g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 8, 0);
  guint chests = 0, lids = 0, cameras = 0;
  g_autoptr (GHashTable) keys = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GHashTable) yaws = g_hash_table_new (g_double_hash, g_double_equal);
  for (guint i = 0; i < resolved->nodes->len; i++) {
    const DioResolvedNode *node = &g_array_index (resolved->nodes, DioResolvedNode, i);
    g_assert_cmpint (node->parent, <, (int) i);
    g_assert_true (g_hash_table_add (keys, (gpointer) &node->object_key));
    if (node->parent >= 0) {
      const DioResolvedNode *parent =
          &g_array_index (resolved->nodes, DioResolvedNode, (guint) node->parent);
      g_assert_cmpstr (parent->node->id, ==, node->node->parent);
      DioMat4 local = dio_mat4_from_trs (&node->node->parent_from_node);
      DioMat4 world = dio_mat4_multiply (&parent->world_from_node, &local);
      g_assert_cmpmem (&world, sizeof world, &node->world_from_node, sizeof world);
    }
    chests += g_str_equal (node->node->id, "chest_1") ? 1 : 0;
    lids += g_str_equal (node->node->id, "lid") ? 1 : 0;
    cameras += g_str_equal (node->node->id, "camera_2") ? 1 : 0;
  }
  g_assert_cmpuint (chests, ==, 6);
  g_assert_cmpuint (lids, ==, 6);
  g_assert_cmpuint (cameras, ==, 1);
  for (guint copy = 0; copy < 6; copy++)
    g_hash_table_add (yaws, (gpointer) fixture_draw (resolved, "y", "chest_1", copy)->numbers);
  g_assert_cmpuint (g_hash_table_size (yaws), ==, 6);
}

static void
test_hidden_by_parent (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (
      SCENARIO ("{'id': 'v', 'type': 'visibility', 'targets': ['room'], 'probability': 0}"));
  g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 8, 0);
  g_assert_true (fixture_find (resolved, "lid", 0)->node->visible);
  g_assert_false (fixture_find (resolved, "lid", 0)->visible);
  g_assert_true (fixture_find (resolved, "cup_1", 0)->visible);
}

/* Too many copies are an error that says so, not a crash. */
static void
test_copies_are_bounded (void)
{
  g_autoptr (GError) error = fixture_fail (
      SCENARIO ("{'id': 'n', 'type': 'count', 'targets': ['room'], 'count': 4000},"
                "{'id': 'm', 'type': 'count', 'targets': ['chest_1'], 'count': 4000}"));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_LIMIT);
}

/* A document may be as deep as it has nodes: nothing here recurses over them. */
static void
test_deep_tree (void)
{
  enum { DEPTH = 20000 };
  GString *text = g_string_new ("{'format': 'diorama-scenario', 'version': 1, 'nodes': ["
                                "{'id': 'n0', 'kind': 'group'}");
  for (guint i = 1; i < DEPTH; i++)
    g_string_append_printf (text,
                            ",{'id': 'n%u', 'kind': 'group', 'parent': 'n%u',"
                            " 'translation': [0.5, 0, 0]}",
                            i, i - 1);
  g_string_append_printf (text,
                          ",{'id': 'eye', 'kind': 'sensor', 'parent': 'n%u', 'sensor': {}}],"
                          "'randomizers': ["
                          "{'id': 'a', 'type': 'count', 'targets': ['n1'], 'count': 2},"
                          "{'id': 'b', 'type': 'camera-look-at', 'targets': ['eye'],"
                          " 'target': 'n0', 'radius_m': 2}]}",
                          DEPTH - 1);
  g_autofree char *document = g_string_free (text, FALSE);
  g_autoptr (DioScenario) scenario = fixture_scenario (document);
  g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 8, 0);
  g_assert_cmpuint (resolved->nodes->len, ==, DEPTH + 1 + DEPTH - 1);
  const double *eye = fixture_find (resolved, "eye", 0)->world_from_node.m;
  g_assert_cmpfloat (fabs (sqrt (eye[12] * eye[12] + eye[13] * eye[13] + eye[14] * eye[14]) - 2), <,
                     1e-9);
}

/* Where a place in the world has no place in the parent's frame, the error names both nodes. */
static void
test_mirrored_parent (void)
{
  g_autoptr (GError) error =
      fixture_fail ("{'format': 'diorama-scenario', 'version': 1, 'nodes': ["
                    "{'id': 'mirror', 'kind': 'group', 'scale': [1, 1, -1]},"
                    "{'id': 'inner', 'kind': 'group', 'parent': 'mirror'}], 'randomizers': ["
                    "{'id': 'a', 'type': 'position-box', 'targets': ['inner'], 'min': [0, 0, 0],"
                    " 'max': [1, 1, 1], 'frame': 'world'}]}");
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "mirror"));
  g_assert_nonnull (strstr (error->message, "inner"));
}

/* Nodes that nothing touches are shared with the scenario, so a frame costs what changes. */
static void
test_untouched_nodes_are_shared (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (SCENARIO (A));
  g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 8, 0);
  g_assert_true (fixture_find (resolved, "table", 0)->node
                 == dio_scenario_find_node (scenario, "table"));
  g_assert_true (fixture_find (resolved, "cup_1", 0)->node
                 != dio_scenario_find_node (scenario, "cup_1"));
  const DioNode *original = dio_scenario_find_node (scenario, "cup_1");
  g_assert_cmpfloat (original->parent_from_node.q_wxyz.w, ==, 1);
}

static void
test_speed (void)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (
      SCENARIO ("{'id': 'n', 'type': 'count', 'targets': ['cup_1'], 'count': 100}," ALL));
  gint64 start = g_get_monotonic_time ();
  guint draws = 0;
  enum { N = 8 };
  for (guint32 frame = 0; frame < N; frame++) {
    g_autoptr (DioResolved) resolved = fixture_resolve (scenario, 8, frame);
    draws += resolved->draws->len;
  }
  double ms = (double) (g_get_monotonic_time () - start) / 1000 / N;
  g_test_message ("%.2f ms a frame with %u draws", ms, draws / N);
  g_assert_cmpuint (draws / N, >, 300);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/randomize/resolve/independent-under-edits", test_independent_under_edits);
  g_test_add_func ("/randomize/resolve/streams-are-uncorrelated", test_streams_are_uncorrelated);
  g_test_add_func ("/randomize/resolve/pure", test_pure);
  g_test_add_func ("/randomize/resolve/threads", test_threads);
  g_test_add_func ("/randomize/resolve/frozen", test_frozen);
  g_test_add_func ("/randomize/resolve/seeds-and-takes", test_seeds_and_takes);
  g_test_add_func ("/randomize/resolve/draws-are-recorded", test_draws_are_recorded);
  g_test_add_func ("/randomize/resolve/hold", test_hold);
  g_test_add_func ("/randomize/resolve/even", test_even);
  g_test_add_func ("/randomize/resolve/copies", test_copies);
  g_test_add_func ("/randomize/resolve/hidden-by-parent", test_hidden_by_parent);
  g_test_add_func ("/randomize/resolve/copies-are-bounded", test_copies_are_bounded);
  g_test_add_func ("/randomize/resolve/deep-tree", test_deep_tree);
  g_test_add_func ("/randomize/resolve/mirrored-parent", test_mirrored_parent);
  g_test_add_func ("/randomize/resolve/untouched-nodes-are-shared",
                   test_untouched_nodes_are_shared);
  g_test_add_func ("/randomize/resolve/speed", test_speed);
  return g_test_run ();
}
