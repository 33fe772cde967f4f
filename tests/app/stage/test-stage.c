/* The bridge from a resolved frame to the renderer's frame: ids, instances, boxes, materials, lights, cameras. */

#include "dio-base-json.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-stage.h"

#include <math.h>
#include <string.h>

#define EMPTY_BUT(nodes)                                                                           \
  "{\"format\":\"diorama-scenario\",\"version\":1,\"categories\":[{\"id\":\"a\",\"name\":\"a\","   \
  "\"color\":\"#ff0000\",\"kind\":\"thing\"},{\"id\":\"b\",\"name\":\"b\",\"color\":\"#00ff00\","  \
  "\"kind\":\"stuff\"}],\"nodes\":[" nodes "]}"

/** A scenario resolved and staged once. */
typedef struct {
  DioScenario *scenario;
  DioPool *pool;
  DioStage *stage;
  DioResolved *resolved;
  DioFrame *frame;
} Staged;

static void
staged_clear (Staged *staged)
{
  g_clear_pointer (&staged->frame, dio_frame_unref);
  g_clear_pointer (&staged->resolved, dio_resolved_free);
  g_clear_pointer (&staged->stage, dio_stage_free);
  g_clear_pointer (&staged->pool, dio_pool_free);
  g_clear_pointer (&staged->scenario, dio_scenario_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Staged, staged_clear)

static void
stage_text (Staged *out, const char *text, DioStageDesc desc)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) json = dio_json_parse (text, strlen (text), "test", &error);
  g_assert_no_error (error);
  out->scenario = dio_scenario_from_json (json, NULL, &error);
  g_assert_no_error (error);
  out->pool = dio_pool_new (1);
  desc.pool = out->pool;
  out->stage = dio_stage_new (out->scenario, &desc);
  out->resolved =
      dio_resolve (out->scenario, 1, 0, 0, dio_stage_get_environment (out->stage), &error);
  g_assert_no_error (error);
  out->frame = dio_stage_build (out->stage, out->resolved, &error);
  g_assert_no_error (error);
}

static const DioFrameLeaf *
leaf_at (const Staged *staged, guint i)
{
  return &g_array_index (staged->frame->leaves, DioFrameLeaf, i);
}

static const DioFrameInstance *
instance_at (const Staged *staged, guint i)
{
  return &g_array_index (staged->frame->instances, DioFrameInstance, i);
}

static void
test_ids (void)
{
  g_auto (Staged) staged = { 0 };
  stage_text (
      &staged,
      EMPTY_BUT (
          "{\"id\":\"g\",\"kind\":\"group\",\"category\":\"a\",\"translation\":[1,0,0]},"
          "{\"id\":\"one\",\"kind\":\"model\",\"parent\":\"g\",\"model\":{\"parametric\":\"box\"}},"
          "{\"id\":\"gone\",\"kind\":\"model\",\"visible\":false,\"model\":{\"parametric\":\"box\"}"
          "},"
          "{\"id\":\"two\",\"kind\":\"model\",\"category\":\"b\",\"model\":{\"parametric\":\"box\"}"
          "},"
          "{\"id\":\"three\",\"kind\":\"model\",\"model\":{\"parametric\":\"sphere\"}}"),
      (DioStageDesc){ 0 });
  g_assert_cmpuint (staged.frame->leaves->len, ==, 3);
  g_assert_cmpuint (staged.frame->instances->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (leaf_at (&staged, i)->instance, ==, i + 1);
  g_assert_cmpint (leaf_at (&staged, 0)->category, ==, 0);
  g_assert_true (leaf_at (&staged, 0)->thing);
  g_assert_cmpint (leaf_at (&staged, 1)->category, ==, 1);
  g_assert_false (leaf_at (&staged, 1)->thing);
  g_assert_cmpint (leaf_at (&staged, 2)->category, ==, -1);
  g_assert_cmpstr (leaf_at (&staged, 0)->node_id, ==, "one");
  g_assert_cmpfloat (instance_at (&staged, 0)->world_from_object.m[12], ==, 1.0);
  for (guint i = 1; i < staged.frame->items->len; i++)
    g_assert_cmpuint (g_array_index (staged.frame->items, DioFrameItem, i - 1).leaf, <=,
                      g_array_index (staged.frame->items, DioFrameItem, i).leaf);
}

static void
test_group_labels (void)
{
  g_auto (Staged) staged = { 0 };
  stage_text (
      &staged,
      EMPTY_BUT (
          "{\"id\":\"bottle\",\"kind\":\"model\",\"category\":\"a\",\"model\":{\"parametric\":"
          "\"bottle\",\"group_labels\":{\"cap\":\"exclude\",\"label\":\"own\"}}}"),
      (DioStageDesc){ 0 });
  guint excluded = 0, own = 0, included = 0;
  for (guint i = 0; i < staged.frame->leaves->len; i++) {
    const DioFrameLeaf *leaf = leaf_at (&staged, i);
    if (leaf->instance == 0) {
      excluded++;
      g_assert_false (leaf->thing);
      g_assert_cmpint (leaf->category, ==, -1);
      g_assert_cmpuint (leaf->instance_occluder, ==, 1);
    } else if (leaf->instance == 1) {
      included++;
    } else {
      own++;
      g_assert_cmpuint (leaf->object_key, !=, leaf_at (&staged, 0)->object_key);
    }
  }
  g_assert_cmpuint (excluded, ==, 1);
  g_assert_cmpuint (own, ==, 1);
  g_assert_cmpuint (included, >=, 1);
  /* Without its cap the object is lower than its model. */
  DioBox3 whole;
  const DioResolveEnvironment *environment = dio_stage_get_environment (staged.stage);
  const DioNode *node = dio_scenario_find_node (staged.scenario, "bottle");
  g_assert_true (environment->get_bounds (environment->user, node, &whole, NULL));
  g_assert_cmpfloat (instance_at (&staged, 0)->box_object_m.max.z, <, whole.max.z - 1e-4);
}

static void
test_scaled_box (void)
{
  g_auto (Staged) staged = { 0 };
  stage_text (
      &staged,
      EMPTY_BUT (
          "{\"id\":\"n\",\"kind\":\"model\",\"scale\":[2,3,-4],\"rotation\":[0.7071067811865476,0,"
          "0,"
          "0.7071067811865476],\"model\":{\"parametric\":\"box\",\"parameters\":{\"width_m\":1,"
          "\"depth_m\":0.5,\"height_m\":0.25}}}"),
      (DioStageDesc){ 0 });
  const DioFrameInstance *instance = instance_at (&staged, 0);
  DioVec3 size = dio_vec3_sub (instance->box_object_m.max, instance->box_object_m.min);
  g_assert_cmpfloat_with_epsilon (size.x, 2, 1e-6);
  g_assert_cmpfloat_with_epsilon (size.y, 1.5, 1e-6);
  g_assert_cmpfloat_with_epsilon (size.z, 1, 1e-6);
  g_assert_cmpfloat_with_epsilon (dio_mat4_determinant3 (&instance->world_from_object), 1, 1e-9);
  /* Box and vertices agree in the world, mirror included. */
  DioBox3 in_world = dio_box3_transform (&instance->box_object_m, &instance->world_from_object);
  DioBox3 drawn = dio_box3_empty ();
  for (guint i = 0; i < staged.frame->items->len; i++) {
    const DioFrameItem *item = &g_array_index (staged.frame->items, DioFrameItem, i);
    for (guint v = 0; v < item->mesh->n_vertices; v++) {
      const float *p = item->mesh->positions[v];
      dio_box3_add_point (&drawn, dio_mat4_transform_point (
                                      &item->world_from_mesh,
                                      dio_vec3 ((double) p[0], (double) p[1], (double) p[2])));
    }
  }
  g_assert_cmpfloat_with_epsilon (in_world.min.x, drawn.min.x, 1e-6);
  g_assert_cmpfloat_with_epsilon (in_world.max.y, drawn.max.y, 1e-6);
  g_assert_cmpfloat_with_epsilon (in_world.min.z, drawn.min.z, 1e-6);
}

static void
test_crowd (void)
{
  g_auto (Staged) staged = { 0 };
  stage_text (
      &staged,
      EMPTY_BUT (
          "{\"id\":\"pile\",\"kind\":\"group\",\"category\":\"a\",\"crowd\":true},"
          "{\"id\":\"x\",\"kind\":\"model\",\"parent\":\"pile\",\"model\":{\"parametric\":\"box\"}}"
          ","
          "{\"id\":\"y\",\"kind\":\"model\",\"parent\":\"pile\",\"translation\":[2,0,0],\"model\":"
          "{\"parametric\":\"box\"}}"),
      (DioStageDesc){ 0 });
  g_assert_cmpuint (staged.frame->instances->len, ==, 1);
  g_assert_true (instance_at (&staged, 0)->crowd);
  g_assert_cmpstr (instance_at (&staged, 0)->node_id, ==, "pile");
  g_assert_cmpuint (staged.frame->leaves->len, ==, 2);
  g_assert_cmpuint (leaf_at (&staged, 1)->instance, ==, 1);
  g_assert_cmpfloat (instance_at (&staged, 0)->box_object_m.max.x, >, 2.0);
}

static void
test_materials (void)
{
  g_auto (Staged) staged = { 0 };
  stage_text (
      &staged,
      EMPTY_BUT (
          "{\"id\":\"plain\",\"kind\":\"model\",\"model\":{\"parametric\":\"bottle\"}},"
          "{\"id\":\"changed\",\"kind\":\"model\",\"model\":{\"parametric\":\"bottle\","
          "\"materials\":["
          "{\"slot\":\"cap\",\"roughness\":0.25,\"base_color_texture\":\"procedural:checker\"}]}}"),
      (DioStageDesc){ 0 });
  guint shared = 0, changed = 0;
  guint half = staged.frame->items->len / 2;
  for (guint i = 0; i < half; i++) {
    const DioMaterial *a = g_array_index (staged.frame->items, DioFrameItem, i).material;
    const DioMaterial *b = g_array_index (staged.frame->items, DioFrameItem, half + i).material;
    if (a == b) {
      shared++;
      continue;
    }
    changed++;
    g_assert_cmpstr (b->name, ==, "cap");
    g_assert_cmpfloat_with_epsilon (b->roughness, 0.25f, 1e-6f);
    g_assert_nonnull (b->base_color_texture.texture);
    g_assert_true (b->base_color_texture.texture->srgb);
  }
  g_assert_cmpuint (shared, >, 0);
  g_assert_cmpuint (changed, ==, 1);
  /* The same parameters give the same meshes, so that renderers upload once. */
  g_assert_true (g_array_index (staged.frame->items, DioFrameItem, 0).mesh
                 == g_array_index (staged.frame->items, DioFrameItem, half).mesh);
}

static void
test_lights (void)
{
  g_auto (Staged) staged = { 0 };
  stage_text (
      &staged,
      EMPTY_BUT (
          "{\"id\":\"sky\",\"kind\":\"light\",\"light\":{\"kind\":\"sky\",\"intensity\":1,"
          "\"sun_elevation_rad\":0.5,\"sun_azimuth_rad\":0.25}},"
          "{\"id\":\"lamp\",\"kind\":\"light\",\"scale\":[2,2,2],\"light\":{\"kind\":\"rect\","
          "\"width_m\""
          ":0.5,\"height_m\":0.25,\"intensity\":100,\"temperature_k\":3000}},"
          "{\"id\":\"off\",\"kind\":\"light\",\"light\":{\"kind\":\"point\",\"intensity\":0}}"),
      (DioStageDesc){ 0 });
  g_assert_nonnull (staged.frame->environment.radiance);
  g_assert_cmpuint (staged.frame->lights->len, ==, 2);
  guint suns = 0;
  for (guint i = 0; i < 2; i++) {
    const DioFrameLight *light = &g_array_index (staged.frame->lights, DioFrameLight, i);
    DioVec3 along = dio_mat4_transform_vector (&light->world_from_light, dio_vec3 (0, 0, -1));
    if (light->kind == DIO_LIGHT_SUN) {
      suns++;
      g_assert_cmpfloat_with_epsilon (along.z, -sin (0.5), 1e-9);
      g_assert_cmpfloat_with_epsilon (atan2 (-along.y, -along.x), 0.25, 1e-9);
      g_assert_cmpfloat (light->intensity, >, 10000);
    } else {
      g_assert_cmpfloat_with_epsilon (light->width_m, 1.0, 1e-9);
      g_assert_cmpfloat_with_epsilon (along.z, -1, 1e-9);
      g_assert_cmpfloat (light->color[0], >, light->color[2]);
    }
  }
  g_assert_cmpuint (suns, ==, 1);
}

/* A lamp that burns below a sun, a model that glows below it and a metered camera, under a sky. */
static void
stage_street (Staged *staged, double sun_rad, const char *more)
{
  g_autofree char *nodes = g_strdup_printf (
      "{\"id\":\"sky\",\"kind\":\"light\",\"light\":{\"kind\":\"sky\",\"sun_elevation_rad\":%g,"
      "\"visibility_m\":200}},"
      "{\"id\":\"lamp\",\"kind\":\"light\",\"translation\":[0,6,4],\"light\":{\"kind\":\"point\","
      "\"intensity\":900,\"on_below_sun_rad\":0.05}},"
      "{\"id\":\"head\",\"kind\":\"model\",\"model\":{\"parametric\":\"box\","
      "\"glows_below_sun_rad\":0.05,\"materials\":[{\"slot\":\"*\",\"emissive_nits\":[5,5,5]}]}},"
      "{\"id\":\"eye\",\"kind\":\"sensor\",\"translation\":[0,0,1.5],\"rotation\":"
      "[0.7071067811865476,0.7071067811865476,0,0],\"sensor\":{\"auto_exposure\":true%s}}",
      sun_rad, more);
  g_autofree char *text = g_strdup_printf (EMPTY_BUT ("%s"), nodes);
  stage_text (staged, text, (DioStageDesc){ 0 });
}

static double
get_ev100 (const Staged *staged)
{
  return g_array_index (staged->frame->cameras, DioCamera, 0).exposure_ev100;
}

static float
get_emission (const Staged *staged)
{
  return g_array_index (staged->frame->items, DioFrameItem, 0).material->emissive_nits[0];
}

static void
test_dusk (void)
{
  g_auto (Staged) noon = { 0 }, dusk = { 0 }, night = { 0 }, brighter = { 0 };
  stage_street (&noon, 1.0, "");
  stage_street (&dusk, -0.07, "");
  stage_street (&night, -0.3, "");
  stage_street (&brighter, -0.07, ",\"exposure_compensation_ev\":1.5");
  /* The sun by day, the lamp after it. */
  g_assert_cmpuint (noon.frame->lights->len, ==, 1);
  g_assert_cmpuint (dusk.frame->lights->len, ==, 1);
  g_assert_cmpint (g_array_index (noon.frame->lights, DioFrameLight, 0).kind, ==, DIO_LIGHT_SUN);
  g_assert_cmpint (g_array_index (dusk.frame->lights, DioFrameLight, 0).kind, ==, DIO_LIGHT_POINT);
  g_assert_cmpfloat (get_emission (&noon), ==, 0);
  g_assert_cmpfloat (get_emission (&dusk), ==, 5);
  /* "Sunny sixteen": EV 15 in full sun; a street with lamps at dusk needs 3 to 7, at night 2 to 5 (exposure tables of
   * ANSI PH2.7). */
  g_test_message ("EV100 at noon %.2f, dusk %.2f, night %.2f", get_ev100 (&noon), get_ev100 (&dusk),
                  get_ev100 (&night));
  g_assert_cmpfloat (fabs (get_ev100 (&noon) - 15), <, 0.5);
  g_assert_cmpfloat (fabs (get_ev100 (&dusk) - 5), <, 2);
  g_assert_cmpfloat (fabs (get_ev100 (&night) - 3.5), <, 1.5);
  g_assert_cmpfloat_with_epsilon (get_ev100 (&dusk) - get_ev100 (&brighter), 1.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (noon.frame->fog.per_m, 3.912 / 200, 1e-12);
  g_assert_cmpfloat (noon.frame->fog.height_m, ==, 1200);
}

static void
test_cameras (void)
{
  const char *text =
      EMPTY_BUT ("{\"id\":\"mount\",\"kind\":\"group\",\"scale\":[3,3,3],\"translation\":[0,0,1]},"
                 "{\"id\":\"eye\",\"kind\":\"sensor\",\"parent\":\"mount\",\"sensor\":{\"width\":"
                 "640,\"height\":480,"
                 "\"focal_length_mm\":18,\"sensor_width_mm\":36,\"near_m\":0.1,\"far_m\":10,\"max_"
                 "depth_m\":6.5534}}");
  for (int scaled = 0; scaled < 2; scaled++) {
    g_auto (Staged) staged = { 0 };
    stage_text (&staged, text,
                (DioStageDesc){ .width_px = scaled ? 320 : 0, .height_px = scaled ? 120 : 0 });
    const DioCamera *camera = &g_array_index (staged.frame->cameras, DioCamera, 0);
    g_assert_cmpstr (camera->id, ==, "eye");
    g_assert_cmpuint (camera->width_px, ==, scaled ? 320 : 640);
    g_assert_cmpfloat_with_epsilon (camera->fx, scaled ? 160 : 320, 1e-9);
    g_assert_cmpfloat_with_epsilon (camera->fy, scaled ? 80 : 320, 1e-9);
    g_assert_cmpfloat_with_epsilon (camera->cy, scaled ? 60 : 240, 1e-9);
    g_assert_cmpfloat_with_epsilon (camera->depth_unit_m, 1e-4, 1e-12);
    g_assert_cmpfloat_with_epsilon (dio_mat4_determinant3 (&camera->world_from_camera), 1, 1e-12);
    g_assert_cmpfloat_with_epsilon (camera->world_from_camera.m[14], 1, 1e-12);
  }
}

static void
test_estimate (void)
{
  g_auto (Staged) staged = { 0 };
  /* The front box hides the left half of the back one, seen from -Y. */
  stage_text (
      &staged,
      EMPTY_BUT (
          "{\"id\":\"back\",\"kind\":\"model\",\"category\":\"a\",\"translation\":[0,1,-0.5],"
          "\"model\":"
          "{\"parametric\":\"box\",\"parameters\":{\"width_m\":1,\"depth_m\":0.1,\"height_m\":1,"
          "\"bevel_m\":0.0001}}},"
          "{\"id\":\"front\",\"kind\":\"model\",\"category\":\"a\",\"translation\":[-1,0.9,-1],"
          "\"model\":"
          "{\"parametric\":\"box\",\"parameters\":{\"width_m\":2,\"depth_m\":0.02,\"height_m\":2,"
          "\"bevel_m\":0.0001}}},"
          "{\"id\":\"eye\",\"kind\":\"sensor\",\"translation\":[0,-20,0],\"rotation\":["
          "0.7071067811865476,0.7071067811865476,0,0],\"sensor\":{\"width\":200,\"height\":200,"
          "\"fx\":"
          "2000,\"fy\":2000,\"cx\":100,\"cy\":100,\"near_m\":0.1,\"far_m\":100}}"),
      (DioStageDesc){ 0 });
  const DioResolveEnvironment *environment = dio_stage_get_environment (staged.stage);
  double visibility, width_px, height_px;
  g_autoptr (GError) error = NULL;
  g_assert_true (environment->estimate (environment->user, staged.resolved, "eye", "back",
                                        &visibility, &width_px, &height_px, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (visibility, 0.5, 0.04);
  g_assert_cmpfloat_with_epsilon (width_px, 2000.0 / 20.95, 2);
  g_assert_true (environment->estimate (environment->user, staged.resolved, "eye", "nobody",
                                        &visibility, &width_px, &height_px, &error));
  g_assert_cmpfloat (visibility, ==, 0);
}

#define STREET(tree)                                                                               \
  "{\"id\":\"sign\",\"kind\":\"model\",\"category\":\"a\",\"model\":{\"parametric\":\"stop-"       \
  "sign\"}},"                                                                                      \
  "{\"id\":\"tree\",\"kind\":\"model\",\"model\":{\"parametric\":\"tree\",\"parameters\":{" tree   \
  "}},\"translation\":[-9,3,0]},"                                                                  \
  "{\"id\":\"eye\",\"kind\":\"sensor\",\"translation\":[0,-12,1.5],\"rotation\":["                 \
  "0.7071067811865476,0.7071067811865476,0,0],\"sensor\":{\"width\":640,\"height\":480}}"

static void
moved_to (DioResolved *resolved, guint index, double x_m, double y_m, DioMat4 *moved_from_placed)
{
  DioResolvedNode *node = &g_array_index (resolved->nodes, DioResolvedNode, index);
  *moved_from_placed = dio_mat4_identity ();
  moved_from_placed->m[12] = x_m - node->world_from_node.m[12];
  moved_from_placed->m[13] = y_m - node->world_from_node.m[13];
}

/* What a look says of a leafy tree that is moved about is what the estimator sees when it stands there. */
static void
test_look (void)
{
  g_auto (Staged) staged = { 0 };
  stage_text (&staged, EMPTY_BUT (STREET ("\"height_m\":5")), (DioStageDesc){ 0 });
  const DioResolveEnvironment *environment = dio_stage_get_environment (staged.stage);
  const guint tree = 1;
  DioResolveLook look = { "eye", "sign", &tree, 1 };
  double base, found[16], wanted, width_px, height_px;
  g_autoptr (GError) error = NULL;
  g_assert_true (environment->look (environment->user, staged.resolved, &look, &base, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (base, ==, 1);
  guint partly = 0;
  for (guint i = 0; i < 16; i++) {
    DioMat4 move;
    moved_to (staged.resolved, tree, i * 0.25 - 2, -5, &move);
    found[i] = environment->look_past (environment->user, tree, &move);
    partly += found[i] > 0.05 && found[i] < 0.95 ? 1 : 0;
  }
  g_assert_cmpuint (partly, >=, 3);
  for (guint i = 0; i < 16; i++) {
    DioResolvedNode *node = &g_array_index (staged.resolved->nodes, DioResolvedNode, tree);
    node->world_from_node.m[12] = i * 0.25 - 2;
    node->world_from_node.m[13] = -5;
    g_assert_true (environment->estimate (environment->user, staged.resolved, "eye", "sign",
                                          &wanted, &width_px, &height_px, &error));
    g_test_message ("tree at %5.2f m: look %.4f, estimate %.4f", i * 0.25 - 2, found[i], wanted);
    g_assert_cmpfloat (fabs (found[i] - wanted), <, 0.02);
  }
  /* A sign that nobody sees. */
  look.target = "nobody";
  g_assert_true (environment->look (environment->user, staged.resolved, &look, &base, &error));
  g_assert_cmpfloat (base, <, 0);
}

/* What trying places costs beside what one estimate does: the tree has tens of thousands of leaves. */
static void
test_look_is_cheap (void)
{
  g_auto (Staged) staged = { 0 };
  stage_text (&staged, EMPTY_BUT (STREET ("\"height_m\":9,\"density\":1")), (DioStageDesc){ 0 });
  const DioResolveEnvironment *environment = dio_stage_get_environment (staged.stage);
  const guint tree = 1;
  DioResolveLook look = { "eye", "sign", &tree, 1 };
  double base = 0, width_px, height_px, sum = 0;
  guint triangles = 0;
  for (guint i = 0; i < staged.frame->items->len; i++)
    triangles += g_array_index (staged.frame->items, DioFrameItem, i).mesh->n_triangles;
  g_assert_true (environment->look (environment->user, staged.resolved, &look, &base, NULL));
  gint64 start = g_get_monotonic_time ();
  for (guint i = 0; i < 10; i++)
    g_assert_true (environment->look (environment->user, staged.resolved, &look, &base, NULL));
  double look_ms = (double) (g_get_monotonic_time () - start) / 1e4;
  start = g_get_monotonic_time ();
  for (guint i = 0; i < 100; i++) {
    DioMat4 move;
    moved_to (staged.resolved, tree, i * 0.04 - 2, -5, &move);
    sum += environment->look_past (environment->user, tree, &move);
  }
  double try_ms = (double) (g_get_monotonic_time () - start) / 1e5;
  start = g_get_monotonic_time ();
  for (guint i = 0; i < 10; i++)
    g_assert_true (environment->estimate (environment->user, staged.resolved, "eye", "sign", &base,
                                          &width_px, &height_px, NULL));
  double estimate_ms = (double) (g_get_monotonic_time () - start) / 1e4;
  g_test_message (
      "%u triangles, sign of %.0f px: look %.2f ms, each place %.2f ms, an estimate %.2f ms",
      triangles, width_px, look_ms, try_ms, estimate_ms);
  g_assert_cmpuint (triangles, >, 20000);
  g_assert_true (sum > 0 && sum < 100);
  /* A look leaves out what moves, so it costs less than an estimate of the whole. */
  g_assert_cmpfloat (look_ms, <, 1.5 * estimate_ms);
}

static void
test_missing_asset (void)
{
  g_autoptr (GError) error = NULL;
  const char *text = "{\"format\":\"diorama-scenario\",\"version\":1,\"assets\":[{\"id\":\"m\","
                     "\"kind\":\"model\",\"path\":"
                     "\"nothing.obj\",\"sha256\":\"\"}],\"nodes\":[{\"id\":\"n\",\"kind\":"
                     "\"model\",\"model\":{\"asset\":\"m\"}}]}";
  g_autoptr (json_t) json = dio_json_parse (text, strlen (text), "test", &error);
  g_autoptr (DioScenario) scenario = dio_scenario_from_json (json, NULL, &error);
  g_assert_no_error (error);
  DioStageDesc desc = { .blobs_folder = "no-such-folder" };
  g_autoptr (DioStage) stage = dio_stage_new (scenario, &desc);
  g_autoptr (DioResolved) resolved =
      dio_resolve (scenario, 1, 0, 0, dio_stage_get_environment (stage), &error);
  g_assert_no_error (error);
  g_autoptr (DioFrame) frame = dio_stage_build (stage, resolved, &error);
  g_assert_null (frame);
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "node n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stage/ids", test_ids);
  g_test_add_func ("/stage/group-labels", test_group_labels);
  g_test_add_func ("/stage/scaled-box", test_scaled_box);
  g_test_add_func ("/stage/crowd", test_crowd);
  g_test_add_func ("/stage/materials", test_materials);
  g_test_add_func ("/stage/lights", test_lights);
  g_test_add_func ("/stage/dusk", test_dusk);
  g_test_add_func ("/stage/cameras", test_cameras);
  g_test_add_func ("/stage/estimate", test_estimate);
  g_test_add_func ("/stage/look", test_look);
  g_test_add_func ("/stage/look-is-cheap", test_look_is_cheap);
  g_test_add_func ("/stage/missing-asset", test_missing_asset);
  return g_test_run ();
}
