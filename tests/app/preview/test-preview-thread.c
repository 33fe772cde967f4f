/* The studio's eye: requests, results, their order, errors and what lies between threads. */

#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-preview.h"
#include "dio-scene-edit.h"

#include <math.h>

typedef struct {
  GMainLoop *loop;
  DioPreview *preview;
  GPtrArray *results; /* of DioPreviewResult */
  guint64 wanted;     /* serial that ends the loop */
} Fixture;

static void
result_cb (DioPreviewResult *result, gpointer user)
{
  Fixture *f = user;
  g_ptr_array_add (f->results, dio_preview_result_ref (result));
  if (result->serial == f->wanted)
    g_main_loop_quit (f->loop);
}

static void
setup (Fixture *f, gconstpointer data)
{
  f->loop = g_main_loop_new (NULL, FALSE);
  f->results = g_ptr_array_new_with_free_func ((GDestroyNotify) dio_preview_result_unref);
  f->preview = dio_preview_new (NULL, result_cb, f);
}

static void
teardown (Fixture *f, gconstpointer data)
{
  dio_preview_free (f->preview);
  g_ptr_array_unref (f->results);
  g_main_loop_unref (f->loop);
}

static gboolean
timeout_cb (gpointer data)
{
  g_error ("no result within a minute");
  return G_SOURCE_REMOVE;
}

static DioPreviewResult *
wait_for (Fixture *f, guint64 serial)
{
  f->wanted = serial;
  guint timer = g_timeout_add_seconds (60, timeout_cb, NULL);
  g_main_loop_run (f->loop);
  g_source_remove (timer);
  return g_ptr_array_index (f->results, f->results->len - 1);
}

static DioScenario *
load_tabletop (void)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("DIORAMA_DATA_DIR"), "scenarios", "tabletop.diorama", NULL);
  g_autoptr (GError) error = NULL;
  DioScenario *scenario = dio_scenario_load (path, NULL, &error);
  g_assert_no_error (error);
  return scenario;
}

static DioPreviewRequest
make_request (DioScenario *scenario)
{
  return (DioPreviewRequest){
    .scenario = scenario,
    .seed = 1,
    .want_sensor = TRUE,
    .view = { .width_px = 160,
              .height_px = 120,
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
  DioPreviewResult *result = wait_for (f, dio_preview_request (f->preview, &request));

  g_assert_no_error (result->error);
  g_assert_true (result->scenario == scenario);
  g_assert_nonnull (result->diagnostics);
  g_assert_nonnull (result->resolved);
  g_assert_cmpint (result->camera, ==, 0);
  const DioCamera *camera = &g_array_index (result->frame->cameras, DioCamera, 0);
  g_assert_cmpuint (result->labels.leaf->width, ==, camera->width_px);
  g_assert_cmpuint (result->annotations.annotations->len, >, 0);
  g_assert_true (result->annotations.passed);
  g_assert_nonnull (result->rgb);
  g_assert_true (result->has_gl_check);
  g_assert_false (result->rgb_draft);
  g_assert_cmpuint (result->view_rgb->width, ==, 160);
  g_assert_cmpuint (result->view_leaf->height, ==, 120);
  g_assert_null (dio_preview_dup_gl_error (f->preview));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/preview/thread/result-holds-all", Fixture, NULL, setup, test_result_holds_all,
              teardown);
  return g_test_run ();
}
