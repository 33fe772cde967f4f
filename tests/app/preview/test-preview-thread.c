/* The studio's eye: requests, results, their order, errors and what lies between threads. */

#include "dio-base-path.h"
#include "dio-core-error.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-preview.h"
#include "dio-scene-edit.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct {
  GMainLoop *loop;
  DioPreview *preview;
  GPtrArray *results; /* of DioPreviewResult */
  guint64 wanted;     /* serial that ends the loop */
  GArray *tiles;      /* of guint, indices as they came */
  guint wanted_tiles, cancel_after;
  GArray *order; /* of int: serials of results, -1 - index of tiles */
  DioPreviewHit hit;
  guint n_hits, n_misses;
} Fixture;

static void
result_cb (DioPreviewResult *result, gpointer user)
{
  Fixture *f = user;
  int serial = (int) result->serial;
  g_array_append_val (f->order, serial);
  g_ptr_array_add (f->results, dio_preview_result_ref (result));
  if (result->serial == f->wanted)
    g_main_loop_quit (f->loop);
}

static void
setup (Fixture *f, gconstpointer data)
{
  f->loop = g_main_loop_new (NULL, FALSE);
  f->results = g_ptr_array_new_with_free_func ((GDestroyNotify) dio_preview_result_unref);
  f->tiles = g_array_new (FALSE, FALSE, sizeof (guint));
  f->order = g_array_new (FALSE, FALSE, sizeof (int));
  if (data != NULL)
    g_setenv ("DIORAMA_NO_GL", data, TRUE);
  f->preview = dio_preview_new (NULL, result_cb, f);
}

static void
teardown (Fixture *f, gconstpointer data)
{
  dio_preview_free (f->preview);
  g_unsetenv ("DIORAMA_NO_GL");
  g_ptr_array_unref (f->results);
  g_array_unref (f->tiles);
  g_array_unref (f->order);
  g_main_loop_unref (f->loop);
}

static gboolean
timeout_cb (gpointer data)
{
  g_error ("no answer within two minutes");
  return G_SOURCE_REMOVE;
}

static void
run_loop (Fixture *f)
{
  guint timer = g_timeout_add_seconds (120, timeout_cb, NULL);
  g_main_loop_run (f->loop);
  g_source_remove (timer);
}

static DioPreviewResult *
wait_for (Fixture *f, guint64 serial)
{
  f->wanted = serial;
  run_loop (f);
  return g_ptr_array_index (f->results, f->results->len - 1);
}

/* Takes @scenario and @value. */
static DioScenario *
with_property_take (DioScenario *scenario, const char *path, json_t *value)
{
  g_autoptr (GError) error = NULL;
  DioScenario *edited = dio_scenario_with_property (scenario, path, value, &error);
  g_assert_no_error (error);
  json_decref (value);
  dio_scenario_unref (scenario);
  return edited;
}

/* The example with a small sensor. */
static DioScenario *
load_tabletop (void)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("DIORAMA_DATA_DIR"), "scenarios", "tabletop.diorama", NULL);
  g_autoptr (GError) error = NULL;
  DioScenario *scenario = dio_scenario_load (path, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < scenario->nodes->len; i++) {
    const DioNode *node = g_ptr_array_index (scenario->nodes, i);
    if (node->kind != DIO_NODE_SENSOR)
      continue;
    g_autofree char *width = g_strdup_printf ("nodes/%s/sensor/width", node->id);
    g_autofree char *height = g_strdup_printf ("nodes/%s/sensor/height", node->id);
    scenario = with_property_take (scenario, width, json_integer (96));
    scenario = with_property_take (scenario, height, json_integer (72));
  }
  return scenario;
}

static DioPreviewRequest
make_request (DioScenario *scenario)
{
  return (DioPreviewRequest){
    .scenario = scenario,
    .seed = 1,
    .want_sensor = TRUE,
    .view = { .width_px = 80,
              .height_px = 60,
              .fov_y_rad = 0.8,
              .world_from_camera = dio_mat4_look_at (dio_vec3 (1.2, -1.6, 1.8),
                                                     dio_vec3 (0, 0, 0.7), dio_vec3 (0, 0, 1)) },
  };
}

static void
test_result_holds_all (Fixture *f, gconstpointer data)
{
  g_autoptr (DioScenario) scenario = load_tabletop ();
  DioPreviewRequest request = make_request (scenario);
  request.frame = 3;
  DioPreviewResult *result = wait_for (f, dio_preview_request (f->preview, &request));

  g_assert_no_error (result->error);
  g_assert_true (result->scenario == scenario);
  g_assert_cmpuint (result->frame_index, ==, 3);
  g_assert_cmpuint (result->seed, ==, 1);
  g_assert_nonnull (result->diagnostics);
  g_assert_cmpuint (result->resolved->draws->len, >, 0);
  g_assert_cmpint (result->camera, ==, 0);
  const DioCamera *camera = &g_array_index (result->frame->cameras, DioCamera, 0);
  g_assert_cmpuint (result->labels.leaf->width, ==, camera->width_px);
  g_assert_cmpuint (result->annotations.annotations->len, >, 0);
  g_assert_true (result->annotations.passed);
  g_assert_cmpuint (result->rgb->width, ==, 96);
  g_assert_true (result->has_gl_check);
  g_assert_false (result->rgb_draft);
  g_assert_cmpuint (result->view_rgb->width, ==, 80);
  g_assert_cmpuint (result->view_leaf->height, ==, 60);
  g_assert_null (dio_preview_dup_gl_error (f->preview));
}

/* The document itself: nothing is drawn, and objects stand where it puts them. */
static void
test_base (Fixture *f, gconstpointer data)
{
  g_autoptr (DioScenario) scenario = load_tabletop ();
  DioPreviewRequest request = make_request (scenario);
  request.base = TRUE;
  DioPreviewResult *result = wait_for (f, dio_preview_request (f->preview, &request));
  g_assert_no_error (result->error);
  g_assert_true (result->base);
  g_assert_true (result->scenario == scenario);
  g_assert_cmpuint (result->resolved->draws->len, ==, 0);
  g_assert_cmpuint (result->resolved->nodes->len, ==, scenario->nodes->len);
  for (guint i = 0; i < scenario->nodes->len; i++) {
    const DioResolvedNode *node = &g_array_index (result->resolved->nodes, DioResolvedNode, i);
    const DioNode *original = dio_scenario_find_node (scenario, node->node->id);
    g_assert_cmpmem (&node->node->parent_from_node, sizeof (DioTrs), &original->parent_from_node,
                     sizeof (DioTrs));
  }
}

/* The free view's depth and normals, looked at from the sensor's place, are those of its labels. */
static void
test_view_geometry (Fixture *f, gconstpointer data)
{
  g_autoptr (DioScenario) scenario = load_tabletop ();
  DioPreviewRequest request = make_request (scenario);
  DioPreviewResult *result = wait_for (f, dio_preview_request (f->preview, &request));
  g_assert_null (result->view_depth_z);
  g_assert_null (result->view_normal);
  const DioCamera *camera = &g_array_index (result->frame->cameras, DioCamera, 0);
  request.view = (DioPreviewView){ .width_px = camera->width_px,
                                   .height_px = camera->height_px,
                                   .world_from_camera = camera->world_from_camera,
                                   .fov_y_rad = 2 * atan (camera->height_px / 2.0 / camera->fy),
                                   .want_geometry = TRUE };
  result = wait_for (f, dio_preview_request (f->preview, &request));
  g_assert_no_error (result->error);
  gsize n = (gsize) result->view_leaf->width * result->view_leaf->height, same = 0;
  for (gsize i = 0; i < n; i++) {
    if (result->view_leaf->u16[i] != result->labels.leaf->u16[i])
      continue;
    float seen = result->view_depth_z->f32[i], label = result->labels.depth_z->f32[i];
    const float *a = result->view_normal->f32 + 3 * i, *b = result->labels.normal->f32 + 3 * i;
    double cosine = (double) a[0] * b[0] + (double) a[1] * b[1] + (double) a[2] * b[2];
    gboolean background = result->view_leaf->u16[i] == 0;
    same += background ? isinf (seen) && a[2] == 0
                       : fabsf (seen - label) < 0.002f * label && cosine > 0.99;
  }
  g_assert_cmpuint (same, >, n * 97 / 100);
  /* Coarse while dragging, of the view's size all the same. */
  request.draft = TRUE;
  request.view.width_px = 900;
  request.view.height_px = 600;
  result = wait_for (f, dio_preview_request (f->preview, &request));
  g_assert_cmpuint (result->view_depth_z->width, ==, 900);
  g_assert_cmpuint (result->view_normal->height, ==, 600);
}

/* Of many requests at once the newest wins, and what comes, comes in order. */
static void
test_newest_wins (Fixture *f, gconstpointer data)
{
  g_autoptr (DioScenario) scenario = load_tabletop ();
  DioPreviewRequest request = make_request (scenario);
  request.draft = TRUE;
  guint64 last = 0;
  for (guint i = 0; i < 40; i++) {
    request.frame = i;
    last = dio_preview_request (f->preview, &request);
    g_assert_cmpuint (last, ==, i + 1);
  }
  DioPreviewResult *result = wait_for (f, last);
  g_assert_cmpuint (result->frame_index, ==, 39);
  g_assert_cmpuint (f->results->len, <, 20);
  for (guint i = 1; i < f->order->len; i++)
    g_assert_cmpint (g_array_index (f->order, int, i - 1), <, g_array_index (f->order, int, i));
}

/* Without OpenGL there are labels, and a sentence instead of pictures. */
static void
test_without_gl (Fixture *f, gconstpointer data)
{
  g_autoptr (DioScenario) scenario = load_tabletop ();
  DioPreviewRequest request = make_request (scenario);
  for (int draft = 0; draft < 2; draft++) {
    request.draft = draft;
    DioPreviewResult *result = wait_for (f, dio_preview_request (f->preview, &request));
    g_assert_no_error (result->error);
    g_assert_cmpuint (result->annotations.annotations->len, >, 0);
    g_assert_null (result->rgb);
    g_assert_null (result->view_rgb);
    g_assert_null (result->view_leaf);
    g_assert_false (result->has_gl_check);
  }
  g_autofree char *why = dio_preview_dup_gl_error (f->preview);
  g_assert_nonnull (strstr (why, "DIORAMA_NO_GL"));
}

static DioScenario *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  json_t *json = json_loads (text, 0, NULL);
  g_assert_nonnull (json);
  DioScenario *scenario = dio_scenario_from_json (json, NULL, &error);
  json_decref (json);
  g_assert_no_error (error);
  return scenario;
}

/* A missing file is an error of the result; the thread goes on. */
static void
test_missing_asset (Fixture *f, gconstpointer data)
{
  g_autoptr (DioScenario) broken = parse (
      "{\"format\": \"diorama-scenario\", \"version\": 1, \"name\": \"x\","
      "\"assets\": [{\"id\": \"gone\", \"kind\": \"model\", \"path\": \"gone.obj\"}],"
      "\"nodes\": [{\"id\": \"a\", \"kind\": \"model\", \"model\": {\"asset\": \"gone\"}}]}");
  g_autoptr (DioScenario) good = load_tabletop ();
  for (int i = 0; i < 3; i++) {
    DioPreviewRequest request = make_request (broken);
    request.scenario_folder = g_get_tmp_dir ();
    DioPreviewResult *result = wait_for (f, dio_preview_request (f->preview, &request));
    g_assert_error (result->error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
    g_assert_nonnull (strstr (result->error->message, "gone.obj"));
    g_assert_null (result->rgb);
    g_assert_null (result->frame);
    g_assert_nonnull (result->diagnostics);
    g_assert_cmpint (result->camera, ==, -1);
    request = make_request (good);
    result = wait_for (f, dio_preview_request (f->preview, &request));
    g_assert_no_error (result->error);
    g_assert_nonnull (result->rgb);
  }
}

/* How often the fake engine was asked to import. */
static gsize
count_imports (const char *log)
{
  g_autofree char *text = NULL;
  return g_file_get_contents (log, &text, NULL, NULL) ? strlen (text) : 0;
}

/* An import that fails is not tried at every edit, but again when the file is another one. */
static void
test_broken_asset (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("dio-preview-XXXXXX", &error);
  g_autofree char *engine = g_build_filename (folder, "engine", NULL);
  g_autofree char *log = g_build_filename (folder, "log", NULL);
  g_autofree char *model = g_build_filename (folder, "broken.obj", NULL);
  g_autofree char *script = g_strdup_printf ("#!/bin/sh\nprintf x >> '%s'\nexit 1\n", log);
  g_assert_true (g_file_set_contents (engine, script, -1, NULL));
  g_assert_cmpint (g_chmod (engine, 0755), ==, 0);
  g_assert_true (g_file_set_contents (model, "o x\n", -1, NULL));
  g_autoptr (DioScenario) scenario = parse (
      "{\"format\": \"diorama-scenario\", \"version\": 1, \"name\": \"x\","
      "\"assets\": [{\"id\": \"broken\", \"kind\": \"model\", \"path\": \"broken.obj\"}],"
      "\"nodes\": [{\"id\": \"a\", \"kind\": \"model\", \"model\": {\"asset\": \"broken\"}}]}");
  Fixture f = { 0 };
  setup (&f, NULL);
  dio_preview_free (f.preview);
  f.preview = dio_preview_new (engine, result_cb, &f);
  DioPreviewRequest request = make_request (scenario);
  request.scenario_folder = folder;
  for (guint i = 0; i < 6; i++) {
    if (i == 3)
      g_assert_true (g_file_set_contents (model, "o another\n", -1, NULL));
    DioPreviewResult *result = wait_for (&f, dio_preview_request (f.preview, &request));
    g_assert_nonnull (result->error);
    g_assert_nonnull (strstr (result->error->message, "broken"));
    g_assert_cmpuint (count_imports (log), ==, i < 3 ? 1 : 2);
  }
  teardown (&f, NULL);
  dio_path_remove_tree (folder, &error);
  g_assert_no_error (error);
}

/* An empty document, and one whose sensor is not there, still have a view. */
static void
test_without_sensor (Fixture *f, gconstpointer data)
{
  g_autoptr (DioScenario) empty = dio_scenario_new_empty ("empty");
  g_autoptr (DioScenario) tabletop = load_tabletop ();
  DioPreviewRequest requests[2] = { make_request (empty), make_request (tabletop) };
  requests[1].sensor = "no_such_sensor";
  for (guint i = 0; i < 4; i++) {
    requests[i % 2].draft = i >= 2;
    DioPreviewResult *result = wait_for (f, dio_preview_request (f->preview, &requests[i % 2]));
    g_assert_no_error (result->error);
    g_assert_cmpint (result->camera, ==, -1);
    g_assert_null (result->rgb);
    g_assert_null (result->labels.leaf);
    g_assert_nonnull (result->view_rgb);
  }
}

static void
hit_cb (const DioPreviewHit *hit, gpointer user)
{
  Fixture *f = user;
  f->hit = *hit;
  f->n_hits += hit->hit;
  f->n_misses += !hit->hit;
  if (g_main_loop_is_running (f->loop))
    g_main_loop_quit (f->loop);
}

/* A box of 1 m on a floor, met from above: by closed form, and through it what lies below. */
static void
test_cast (Fixture *f, gconstpointer data)
{
  g_autoptr (DioScenario) scenario = parse (
      "{\"format\": \"diorama-scenario\", \"version\": 1, \"name\": \"x\", \"nodes\": ["
      "{\"id\": \"floor\", \"kind\": \"model\", \"translation\": [0, 0, -0.25], \"model\": "
      "{\"parametric\": \"plane\", \"parameters\": {\"width_m\": 10, \"depth_m\": 10}}},"
      "{\"id\": \"thing\", \"kind\": \"model\", \"translation\": [2, 0, 1], \"scale\": [3, 3, 3], "
      "\"model\": {\"parametric\": \"box\"}}]}");
  const DioVec3 down = { 0, 0, -1 }, up = { 0, 0, 1 };
  dio_preview_cast (f->preview, dio_vec3 (2, 0, 9), down, NULL, hit_cb, f);
  run_loop (f);
  g_assert_false (f->hit.hit); /* nothing was shown yet */

  DioPreviewRequest request = make_request (scenario);
  DioPreviewResult *result = wait_for (f, dio_preview_request (f->preview, &request));
  const DioFrameInstance *box = &g_array_index (result->frame->instances, DioFrameInstance, 1);
  double top_m = 1 + box->box_object_m.max.z;
  dio_preview_cast (f->preview, dio_vec3 (2, 0.01, 9), down, NULL, hit_cb, f);
  run_loop (f);
  g_assert_true (f->hit.hit);
  g_assert_cmpuint (f->hit.leaf, ==, 2);
  g_assert_cmpfloat (fabs (f->hit.point_world_m.z - top_m), <, 1e-5);
  g_assert_cmpfloat (fabs (f->hit.point_world_m.y - 0.01), <, 1e-12);
  g_assert_cmpfloat (fabs (f->hit.normal_world.z - 1), <, 1e-6);

  const char *const without[] = { "thing", NULL };
  dio_preview_cast (f->preview, dio_vec3 (2, 0.01, 9), down, without, hit_cb, f);
  run_loop (f);
  g_assert_true (f->hit.hit);
  g_assert_cmpuint (f->hit.leaf, ==, 1);
  g_assert_cmpfloat (fabs (f->hit.point_world_m.z + 0.25), <, 1e-6);

  dio_preview_cast (f->preview, dio_vec3 (2, 0.01, 9), up, NULL, hit_cb, f);
  run_loop (f);
  g_assert_false (f->hit.hit);
}

/* Every cast is answered; those that newer ones overtook with nothing. */
static void
test_casts_overtaken (Fixture *f, gconstpointer data)
{
  g_autoptr (DioScenario) scenario = load_tabletop ();
  DioPreviewRequest request = make_request (scenario);
  wait_for (f, dio_preview_request (f->preview, &request));
  for (guint i = 0; i < 100; i++)
    dio_preview_cast (f->preview, dio_vec3 (0, 0, 5), dio_vec3 (0, 0, -1), NULL, hit_cb, f);
  while (f->n_hits + f->n_misses < 100)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (f->n_hits, >=, 1);
  g_assert_true (f->hit.hit); /* the newest comes last */
}

static void
tile_cb (DioPreviewResult *tile, guint index, gpointer user)
{
  Fixture *f = user;
  int mark = -1 - (int) index;
  g_assert_no_error (tile->error);
  g_assert_cmpuint (tile->frame_index, ==, 10 + index);
  g_assert_cmpuint (tile->rgb->width, ==, 48);
  g_assert_cmpuint (tile->rgb->height, ==, 36);
  g_assert_cmpuint (tile->labels.leaf->width, ==, 48);
  g_assert_false (tile->rgb_draft);
  g_array_append_val (f->tiles, index);
  g_array_append_val (f->order, mark);
  if (f->tiles->len == f->cancel_after)
    dio_preview_cancel_sheet (f->preview);
  if (f->tiles->len == f->wanted_tiles)
    g_main_loop_quit (f->loop);
}

/* Tiles come in order, a request goes first, and a tile shows what the whole frame shows. */
static void
test_sheet (Fixture *f, gconstpointer data)
{
  g_autoptr (DioScenario) scenario = load_tabletop ();
  DioPreviewRequest request = make_request (scenario);
  request.frame = 10;
  f->wanted_tiles = 6;
  dio_preview_request_sheet (f->preview, &request, 6, 48, tile_cb, f);
  dio_preview_request (f->preview, &request);
  run_loop (f);
  for (guint i = 0; i < 6; i++)
    g_assert_cmpuint (g_array_index (f->tiles, guint, i), ==, i);
  /* The request was made while the thread started or worked at the first tile. */
  g_assert_cmpuint (f->results->len, ==, 1);
  g_assert_true (g_array_index (f->order, int, 0) == 1 || g_array_index (f->order, int, 1) == 1);
}

static void
test_sheet_cancelled (Fixture *f, gconstpointer data)
{
  g_autoptr (DioScenario) scenario = load_tabletop ();
  DioPreviewRequest request = make_request (scenario);
  request.frame = 10;
  f->cancel_after = 2;
  dio_preview_request_sheet (f->preview, &request, 1000, 48, tile_cb, f);
  while (f->tiles->len < 2)
    g_main_context_iteration (NULL, TRUE);
  wait_for (f, dio_preview_request (f->preview, &request));
  wait_for (f, dio_preview_request (f->preview, &request));
  g_assert_cmpuint (f->tiles->len, ==, 2);
}

static void
free_cb (DioPreviewResult *result, gpointer user)
{
  DioPreview **preview = user;
  g_assert_cmpuint (result->labels.leaf->width, ==, 96);
  g_clear_pointer (preview, dio_preview_free);
}

/* Freed at any time: before anything, with work in hand, with answers on their way, and by an answer. */
static void
test_free (void)
{
  g_autoptr (DioScenario) scenario = load_tabletop ();
  DioPreviewRequest request = make_request (scenario);
  for (guint wait_ms = 0; wait_ms < 400; wait_ms += 130) {
    DioPreview *preview = dio_preview_new (NULL, free_cb, NULL);
    dio_preview_request (preview, &request);
    dio_preview_request_sheet (preview, &request, 3, 48, tile_cb, NULL);
    g_usleep (wait_ms * 1000);
    dio_preview_free (preview);
  }
  DioPreview *preview = dio_preview_new (NULL, free_cb, &preview);
  dio_preview_request (preview, &request);
  while (preview != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (g_main_context_iteration (NULL, FALSE));
}

#if defined(__SANITIZE_ADDRESS__)
#define WITH_ASAN
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WITH_ASAN
#endif
#endif

#ifdef WITH_ASAN
/* Of sanitizer/allocator_interface.h, which Debian's GCC comes without. */
size_t __sanitizer_get_current_allocated_bytes (void);

/* The sanitizer keeps what was freed for a while, and the stacks of all allocations for ever: what is alive tells more. */
static guint64
get_used_bytes (void)
{
  return __sanitizer_get_current_allocated_bytes ();
}
#else
static guint64
get_used_bytes (void)
{
  g_autofree char *text = NULL;
  guint64 pages = 0, resident = 0;
  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  g_assert_cmpint (sscanf (text, "%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT, &pages, &resident), ==,
                   2);
  return resident * (guint64) sysconf (_SC_PAGESIZE);
}
#endif

/* Hundreds of edits and frames, drafts and refined, leave no more memory behind than the first did. What is in flight and
 * what the cache of textures holds come and go in units of 12 MiB: the least of fifty edits is what stays. */
static void
test_memory (Fixture *f, gconstpointer data)
{
  DioScenario *scenario = load_tabletop ();
  guint64 early = G_MAXUINT64, late = G_MAXUINT64;
  for (guint i = 0; i < 300; i++) {
    scenario = with_property_take (scenario, "nodes/mug_1/translation",
                                   json_pack ("[f, f, f]", 0.001 * i, 0.0, 0.75));
    DioPreviewRequest request = make_request (scenario);
    request.frame = i % 3;
    request.base = i % 5 == 0;
    request.draft = i % 10 != 0;
    request.view.orthographic = i % 7 == 0;
    request.view.ortho_height_m = 2;
    DioPreviewResult *result = wait_for (f, dio_preview_request (f->preview, &request));
    g_assert_no_error (result->error);
    g_ptr_array_set_size (f->results, 0);
    if (i >= 50 && i < 100)
      early = MIN (early, get_used_bytes ());
    if (i >= 250)
      late = MIN (late, get_used_bytes ());
  }
  dio_scenario_unref (scenario);
  g_test_message ("%" G_GUINT64_FORMAT " bytes, then %" G_GUINT64_FORMAT, early, late);
  g_assert_cmpuint (late, <, early + (12u << 20));
}

static void
add (const char *path, const char *no_gl, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, no_gl, setup, test, teardown);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  // First: textures that other tests leave in the cache of the process come and go in units of 10 MiB.
  add ("/preview/thread/memory", NULL, test_memory);
  add ("/preview/thread/result-holds-all", NULL, test_result_holds_all);
  add ("/preview/thread/base", NULL, test_base);
  add ("/preview/thread/view-geometry", NULL, test_view_geometry);
  add ("/preview/thread/newest-wins", NULL, test_newest_wins);
  add ("/preview/thread/without-gl", "1", test_without_gl);
  add ("/preview/thread/missing-asset", NULL, test_missing_asset);
  g_test_add_func ("/preview/thread/broken-asset", test_broken_asset);
  add ("/preview/thread/without-sensor", NULL, test_without_sensor);
  add ("/preview/thread/cast", NULL, test_cast);
  add ("/preview/thread/casts-overtaken", NULL, test_casts_overtaken);
  add ("/preview/thread/sheet", NULL, test_sheet);
  add ("/preview/thread/sheet-cancelled", NULL, test_sheet_cancelled);
  g_test_add_func ("/preview/thread/free", test_free);
  return g_test_run ();
}
