/* What the studio shows is what a separate engine process writes, in every channel and to the bit: over several frames,
 * with views drawn and drafts seen in between, after an edit and after its undo. Takes the engine's path. */

#include "dio-annotate.h"
#include "dio-base-path.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-image-codec.h"
#include "dio-preview.h"
#include "dio-scene-edit.h"

#include <glib/gstdio.h>

#define N_FRAMES 5
#define SEED 7

static const char *engine_path;

typedef struct {
  GMainLoop *loop;
  DioPreview *preview;
  DioPreviewResult *last;
  guint64 wanted;
  char *folder; /* where engine processes write */
} Fixture;

static void
result_cb (DioPreviewResult *result, gpointer user)
{
  Fixture *f = user;
  if (result->serial != f->wanted)
    return;
  g_clear_pointer (&f->last, dio_preview_result_unref);
  f->last = dio_preview_result_ref (result);
  g_main_loop_quit (f->loop);
}

static void
setup (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  f->loop = g_main_loop_new (NULL, FALSE);
  f->preview = dio_preview_new (engine_path, result_cb, f);
  f->folder = g_dir_make_tmp ("dio-preview-XXXXXX", &error);
  g_assert_no_error (error);
}

static void
teardown (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  dio_preview_free (f->preview);
  g_clear_pointer (&f->last, dio_preview_result_unref);
  g_main_loop_unref (f->loop);
  dio_path_remove_tree (f->folder, &error);
  g_assert_no_error (error);
  g_free (f->folder);
}

static DioPreviewResult *
see (Fixture *f, const DioPreviewRequest *request)
{
  f->wanted = dio_preview_request (f->preview, request);
  g_main_loop_run (f->loop);
  g_assert_no_error (f->last->error);
  return f->last;
}

/* Frames 0 .. N_FRAMES - 1 of the scenario at @path, by another process. Returns the dataset's folder. */
static char *
render_by (Fixture *f, const char *path, const char *name, const char *workers)
{
  g_autoptr (GError) error = NULL;
  char *output = g_build_filename (f->folder, name, NULL);
  g_autofree char *frames = g_strdup_printf ("%d", N_FRAMES);
  g_autofree char *seed = g_strdup_printf ("%d", SEED);
  const char *const argv[] = { engine_path,
                               "render",
                               "-o",
                               output,
                               "-n",
                               frames,
                               "-s",
                               seed,
                               "-j",
                               workers,
                               "--channels=rgb,depth,normal,leaf,instance,semantic",
                               "--progress=none",
                               path,
                               NULL };
  int status = 0;
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
  return output;
}

static char *
render (Fixture *f, const char *path, const char *name)
{
  return render_by (f, path, name, "1");
}

static void
compare_file (const char *dataset,
              const DioPreviewResult *result,
              const char *channel,
              const char *extension,
              GBytes *bytes)
{
  const DioCamera *camera = &g_array_index (result->frame->cameras, DioCamera, result->camera);
  g_autofree char *name =
      g_strdup_printf ("%06u_%s.%s", result->frame_index, camera->id, extension);
  g_autofree char *path = g_build_filename (dataset, channel, "000", name, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *stored = NULL;
  gsize size = 0;
  g_file_get_contents (path, &stored, &size, &error);
  g_assert_no_error (error);
  if (size != g_bytes_get_size (bytes)
      || memcmp (stored, g_bytes_get_data (bytes, NULL), size) != 0)
    g_error ("%s is not what the preview shows", path);
  g_bytes_unref (bytes);
}

static void
compare_image (const char *dataset,
               const DioPreviewResult *result,
               const char *channel,
               DioImage *image)
{
  DioEncodeOptions options = { .srgb = g_str_equal (channel, "rgb") };
  g_autoptr (GError) error = NULL;
  GBytes *bytes = dio_image_encode (image, DIO_IMAGE_FORMAT_PNG, &options, &error);
  g_assert_no_error (error);
  compare_file (dataset, result, channel, "png", bytes);
  dio_image_unref (image);
}

static void
compare_depth (const char *dataset, const DioPreviewResult *result)
{
  const DioCamera *camera = &g_array_index (result->frame->cameras, DioCamera, result->camera);
  guint64 clipped;
  if (camera->depth_unit_m / 2 > 1e-4)
    compare_file (dataset, result, "depth", "npy", dio_image_encode_npy (result->labels.depth_z));
  else
    compare_image (
        dataset, result, "depth",
        dio_annotate_depth_image (result->labels.depth_z, camera->depth_unit_m, &clipped));
}

/* The picture that a sensor stored as JPEG is what is shown. */
static void
compare_jpeg (const char *dataset, const DioPreviewResult *result)
{
  const DioCamera *camera = &g_array_index (result->frame->cameras, DioCamera, result->camera);
  g_autofree char *name = g_strdup_printf ("%06u_%s.jpg", result->frame_index, camera->id);
  g_autofree char *path = g_build_filename (dataset, "rgb", "000", name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (DioImage) stored = dio_image_load (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dio_image_get_bytes (stored), ==, dio_image_get_bytes (result->rgb));
  if (memcmp (stored->data, result->rgb->data, dio_image_get_bytes (stored)) != 0)
    g_error ("%s is not what the preview shows", path);
}

static void
compare_rgb (const char *dataset, const DioPreviewResult *result)
{
  if (g_array_index (result->frame->cameras, DioCamera, result->camera).effects.jpeg_quality > 0)
    compare_jpeg (dataset, result);
  else
    compare_image (dataset, result, "rgb", dio_image_ref (result->rgb));
}

/* All channels but colour where @result is a draft, which has labels like any other. */
static void
compare (const char *dataset, const DioPreviewResult *result)
{
  const DioRayLabels *labels = &result->labels;
  int background =
      dio_scenario_find_category (result->scenario, result->scenario->background_category);
  if (!result->rgb_draft)
    compare_rgb (dataset, result);
  compare_image (dataset, result, "leaf", dio_image_ref (labels->leaf));
  compare_image (dataset, result, "normal", dio_annotate_normal_image (labels->normal));
  compare_image (dataset, result, "instance",
                 dio_annotate_instance_image (result->frame, labels->leaf));
  compare_image (dataset, result, "semantic",
                 dio_annotate_semantic_image (result->frame, labels->leaf, background));
  compare_depth (dataset, result);
}

/* Every frame and sensor, as drafts and refined, with views of changing kinds in between. */
static void
compare_all (Fixture *f, DioScenario *scenario, const char *scenario_folder, const char *dataset)
{
  guint views = 0;
  for (guint i = 0; i < N_FRAMES; i++)
    for (guint n = 0; n < scenario->nodes->len; n++) {
      const DioNode *node = g_ptr_array_index (scenario->nodes, n);
      if (node->kind != DIO_NODE_SENSOR)
        continue;
      DioPreviewRequest request = {
        .scenario = scenario,
        .scenario_folder = scenario_folder,
        .seed = SEED,
        /* Not in the order of the engine. */
        .frame = (i * 3) % N_FRAMES,
        .sensor = node->id,
        .want_sensor = TRUE,
        .draft = TRUE,
        .view = { .width_px = 100 + 20 * (views % 3),
                  .height_px = 90,
                  .fov_y_rad = 1,
                  .orthographic = views % 2 == 1,
                  .ortho_height_m = 2,
                  .world_from_camera = dio_mat4_look_at (
                      dio_vec3 (1.2, -1.6, 1.8), dio_vec3 (0, 0, 0.7), dio_vec3 (0, 0, 1)) },
      };
      views++;
      DioPreviewResult *result = see (f, &request);
      g_assert_true (result->rgb_draft);
      compare (dataset, result);
      request.draft = FALSE;
      result = see (f, &request);
      g_assert_false (result->rgb_draft);
      g_assert_true (result->annotations.passed);
      compare (dataset, result);
    }
}

/* All sensors with the @values of an object. Takes both. */
static DioScenario *
with_sensors_take (DioScenario *scenario, json_t *values)
{
  g_assert_nonnull (values);
  for (guint n = 0; n < scenario->nodes->len; n++) {
    const DioNode *node = g_ptr_array_index (scenario->nodes, n);
    const char *key;
    json_t *value;
    if (node->kind != DIO_NODE_SENSOR)
      continue;
    g_autofree char *id = g_strdup (node->id);
    json_object_foreach (values, key, value) {
      g_autoptr (GError) error = NULL;
      g_autofree char *path = g_strdup_printf ("nodes/%s/sensor/%s", id, key);
      DioScenario *next = dio_scenario_with_property (scenario, path, value, &error);
      g_assert_no_error (error);
      dio_scenario_unref (scenario);
      scenario = next;
    }
  }
  json_decref (values);
  return scenario;
}

/* Sensors small enough for a quick test. Takes @scenario. */
static DioScenario *
shrink_take (DioScenario *scenario)
{
  return with_sensors_take (scenario, json_pack ("{s:i,s:i}", "width", 160, "height", 120));
}

/* Frames of @scenario by another process, which finds its assets beside the file. */
static char *
render_scenario (Fixture *f, const DioScenario *scenario, const char *folder, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_strconcat (name, ".diorama", NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  dio_scenario_save (scenario, path, &error);
  g_assert_no_error (error);
  return render (f, path, name);
}

/* As written, edited and back. */
static void
check_scenario (Fixture *f, const char *path, const char *folder, const char *node)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioScenario) scenario = dio_scenario_load (path, NULL, &error);
  g_assert_no_error (error);
  scenario = shrink_take (scenario);
  g_autofree char *dataset = render_scenario (f, scenario, folder, "as-written");
  compare_all (f, scenario, folder, dataset);

  g_autofree char *property = g_strdup_printf ("nodes/%s/scale", node);
  json_t *value = json_pack ("[f, f, f]", 1.25, 1.25, 1.25);
  g_autoptr (DioScenario) edited = dio_scenario_with_property (scenario, property, value, &error);
  json_decref (value);
  g_assert_no_error (error);
  g_autofree char *edited_dataset = render_scenario (f, edited, folder, "edited");
  compare_all (f, edited, folder, edited_dataset);
  compare_all (f, scenario, folder, dataset);
}

static void
test_tabletop (Fixture *f, gconstpointer data)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("DIORAMA_DATA_DIR"), "scenarios", "tabletop.diorama", NULL);
  check_scenario (f, path, f->folder, "mug_1");
}

static DioScenario *
load_tabletop (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path =
      g_build_filename (g_getenv ("DIORAMA_DATA_DIR"), "scenarios", "tabletop.diorama", NULL);
  DioScenario *scenario = dio_scenario_load (path, NULL, &error);
  g_assert_no_error (error);
  return shrink_take (scenario);
}

static json_t *
make_effects (void)
{
  return json_pack ("{s:f,s:f,s:f,s:f,s:f,s:f,s:f,s:f,s:f,s:f,s:f,s:s}", "exposure_compensation_ev",
                    0.5, "softness_px", 0.5, "defocus_px", 2.5, "motion_px", 4.0,
                    "motion_angle_rad", 0.4, "vignette_ev", 1.0, "electrons_at_white", 2000.0,
                    "read_noise_e", 4.0, "row_noise_e", 1.0, "white_balance_k", 5000.0, "tint", 5.0,
                    "tone", "agx");
}

/* Whether the files of @channel are the same in both datasets. */
static gboolean
is_channel_equal (const char *a, const char *b, const char *channel)
{
  gboolean equal = TRUE;
  for (guint i = 0; i < N_FRAMES; i++) {
    g_autofree char *name = g_strdup_printf ("%06u_camera.png", i);
    g_autofree char *file_a = g_build_filename (a, channel, "000", name, NULL);
    g_autofree char *file_b = g_build_filename (b, channel, "000", name, NULL);
    g_autofree char *text_a = NULL, *text_b = NULL;
    gsize size_a = 0, size_b = 0;
    g_assert_true (g_file_get_contents (file_a, &text_a, &size_a, NULL));
    g_assert_true (g_file_get_contents (file_b, &text_b, &size_b, NULL));
    equal &= size_a == size_b && memcmp (text_a, text_b, size_a) == 0;
  }
  return equal;
}

/* All effects of a sensor at once: the preview is the engine's picture, with JPEG and without; labels are those of a
 * sensor without effects; two workers make what one makes. */
static void
test_effects (Fixture *f, gconstpointer data)
{
  static const char *const labels[] = { "leaf", "normal", "instance", "semantic" };
  g_autoptr (DioScenario) plain = load_tabletop ();
  g_autoptr (DioScenario) effects = with_sensors_take (load_tabletop (), make_effects ());
  g_autofree char *plain_set = render_scenario (f, plain, f->folder, "plain");
  g_autofree char *effects_set = render_scenario (f, effects, f->folder, "effects");
  compare_all (f, effects, f->folder, effects_set);
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    g_assert_true (is_channel_equal (plain_set, effects_set, labels[i]));
  g_assert_false (is_channel_equal (plain_set, effects_set, "rgb"));

  g_autofree char *path = g_build_filename (f->folder, "effects.diorama", NULL);
  g_autofree char *two_set = render_by (f, path, "two-workers", "2");
  g_assert_true (is_channel_equal (effects_set, two_set, "rgb"));

  g_autoptr (DioScenario) jpeg =
      with_sensors_take (dio_scenario_ref (effects), json_pack ("{s:i}", "jpeg_quality", 60));
  g_autofree char *jpeg_set = render_scenario (f, jpeg, f->folder, "jpeg");
  compare_all (f, jpeg, f->folder, jpeg_set);
}

/* Imported models, textures and environments, and a rig of two sensors. */
static void
test_real_assets (Fixture *f, gconstpointer data)
{
  const char *assets = g_getenv ("DIORAMA_ASSETS_DIR");
  g_autofree char *script =
      g_build_filename (g_getenv ("G_TEST_SRCDIR"), "scenarios", "real_assets.py", NULL);
  g_autofree char *target = g_build_filename (f->folder, "scene", NULL);
  g_autoptr (GError) error = NULL;
  if (assets == NULL || !g_file_test (assets, G_FILE_TEST_IS_DIR)) {
    g_test_message ("the development assets are not here");
    return;
  }
  const char *const argv[] = { "/usr/bin/python3", script, assets, target, NULL };
  int status = 0;
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, &error));
  g_autofree char *path = g_build_filename (target, "real-assets.diorama", NULL);
  check_scenario (f, path, target, "mailbox");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, >, 1);
  engine_path = argv[1];
  g_test_add ("/preview/engine/tabletop", Fixture, NULL, setup, test_tabletop, teardown);
  g_test_add ("/preview/engine/effects", Fixture, NULL, setup, test_effects, teardown);
  g_test_add ("/preview/engine/real-assets", Fixture, NULL, setup, test_real_assets, teardown);
  return g_test_run ();
}
