#include "dio-core-math.h"
#include "dio-rays.h"
#include "ray-scenes.h"

#include <math.h>
#include <string.h>

static DioPool *pool;

static void
trace_with (DioPool *with, DioFrame *frame, DioRayLabels *labels)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioRayScene) scene = dio_ray_scene_new (with, 0, &error);
  g_assert_no_error (error);
  g_assert_true (dio_ray_scene_set_frame (scene, frame, &error));
  g_assert_true (dio_ray_scene_trace_labels (scene, 0, labels, &error));
  g_assert_no_error (error);
}

static void
trace (DioFrame *frame, DioRayLabels *labels)
{
  trace_with (pool, frame, labels);
}

static const DioLeafLabel *
find_label (const DioRayLabels *labels, guint leaf)
{
  for (guint i = 0; i < labels->leaves->len; i++)
    if (g_array_index (labels->leaves, DioLeafLabel, i).leaf == leaf)
      return &g_array_index (labels->leaves, DioLeafLabel, i);
  return NULL;
}

static guint64
visible_px (const DioRayLabels *labels, guint leaf)
{
  const DioLeafLabel *label = find_label (labels, leaf);
  return label != NULL ? label->visible_px : 0;
}

static guint64
amodal_px (const DioRayLabels *labels, guint leaf)
{
  const DioLeafLabel *label = find_label (labels, leaf);
  return label != NULL ? label->amodal_px : 0;
}

static const DioHiddenPair *
find_pair (const DioRayLabels *labels, guint instance, guint leaf)
{
  for (guint i = 0; i < labels->hidden->len; i++) {
    const DioHiddenPair *pair = &g_array_index (labels->hidden, DioHiddenPair, i);
    if (pair->instance == instance && pair->hider_leaf == leaf)
      return pair;
  }
  return NULL;
}

/** A camera in which a metre at 1 m is @px pixels and (0, 0) lies on the picture's centre. */
static DioFrame *
plain_frame (double px)
{
  DioFrame *frame = ray_scenes_new (100, 80);
  DioCamera *camera = ray_scenes_camera (frame);
  camera->fx = camera->fy = px;
  return frame;
}

typedef struct {
  double width, height, x, y, z;
} Place;

/** A quad facing the camera. */
static guint
add_quad (DioFrame *frame, const Place *place, const RayThing *like)
{
  RayThing thing = *like;
  thing.mesh = ray_scenes_quad (place->width, place->height);
  thing.world_from_mesh = ray_scenes_at (place->x, place->y, -place->z);
  thing.has_transform = TRUE;
  return ray_scenes_add (frame, &thing);
}

/* Half of a square of 40 x 40 px lies behind a screen, and a quarter of another one out of the picture. */
static void
test_visibility_closed_form (void)
{
  g_autoptr (DioFrame) frame = plain_frame (100);
  guint target = add_quad (frame, &(Place){ 0.8, 0.8, 0, 0, 2 }, &(RayThing){ .instance = 1 });
  guint screen = add_quad (frame, &(Place){ 1, 1, 0.5, 0, 1 }, &(RayThing){ .instance = 2 });
  /* 20 px wide around x = -45: a quarter, 5 px, is left of the picture. */
  guint cut = add_quad (frame, &(Place){ 0.2, 0.2, -0.45, 0.25, 1 }, &(RayThing){ .instance = 3 });
  g_auto (DioRayLabels) labels = { 0 };
  trace (frame, &labels);
  g_assert_cmpuint (visible_px (&labels, target), ==, 800);
  g_assert_cmpuint (amodal_px (&labels, target), ==, 1600);
  g_assert_cmpuint (find_label (&labels, target)->silhouette_px, ==, 1600);
  g_assert_false (find_label (&labels, target)->silhouette_open);
  g_assert_cmpuint (find_pair (&labels, 1, screen)->opaque_px, ==, 800);
  g_assert_cmpuint (find_pair (&labels, 1, screen)->veil_px, ==, 0);
  g_assert_null (find_pair (&labels, 2, target));
  g_assert_cmpuint (amodal_px (&labels, cut), ==, 300);
  g_assert_cmpuint (find_label (&labels, cut)->silhouette_px, ==, 400);
  g_assert_cmpfloat (find_label (&labels, cut)->coverage_px, ==, 300);
  g_assert_cmpfloat (find_label (&labels, cut)->amodal_coverage_px, ==, 300);
}

/** Every thing of the frame: hidden pixels over all hiders are amodal minus visible (one leaf each). */
static void
assert_pairs_add_up (const DioRayLabels *labels, guint n)
{
  for (guint instance = 1; instance <= n; instance++) {
    guint64 sum = 0;
    for (guint i = 0; i < labels->hidden->len; i++) {
      const DioHiddenPair *pair = &g_array_index (labels->hidden, DioHiddenPair, i);
      sum += pair->instance == instance ? pair->opaque_px : 0;
    }
    g_assert_cmpuint (sum, ==, amodal_px (labels, instance) - visible_px (labels, instance));
  }
}

static DioFrame *
make_heap (void)
{
  DioFrame *frame = ray_scenes_new (160, 120);
  for (guint i = 0; i < 12; i++) {
    double t = i * 2.399963;
    DioTrs trs = { { 0.5 * dio_cos (t), 0.4 * dio_sin (t), -2.5 - 0.05 * i },
                   dio_quat_from_axis_angle (dio_vec3_normalize (dio_vec3 (1, i, 2)), t),
                   { 1, 1, 1 } };
    RayThing thing = { .mesh =
                           i % 2 == 0 ? ray_scenes_box (0.5, 0.4, 0.3) : ray_scenes_sphere (12, 24),
                       .has_transform = TRUE,
                       .instance = i + 1 };
    if (i % 2 == 1)
      trs.scale = dio_vec3 (0.3, 0.2, 0.25);
    if (i % 3 == 0)
      thing.material = ray_scenes_material (DIO_ALPHA_BLEND, 0.4f, TRUE);
    if (i % 3 == 1)
      thing.material = ray_scenes_material (DIO_ALPHA_OPAQUE, 1, FALSE);
    thing.world_from_mesh = dio_mat4_from_trs (&trs);
    ray_scenes_add (frame, &thing);
  }
  return frame;
}

static void
test_hidden_pairs_add_up (void)
{
  g_autoptr (DioFrame) frame = make_heap ();
  RayThing wall = { .mesh = ray_scenes_quad (9, 9),
                    .world_from_mesh = ray_scenes_at (0, 0, -2.7),
                    .has_transform = TRUE };
  guint leaf = ray_scenes_add (frame, &wall);
  g_auto (DioRayLabels) labels = { 0 };
  trace (frame, &labels);
  assert_pairs_add_up (&labels, 12);
  g_assert_nonnull (find_pair (&labels, 12, leaf));
}

static void
assert_images_equal (const DioImage *a, const DioImage *b)
{
  g_assert_cmpmem (a->data, dio_image_get_bytes (a), b->data, dio_image_get_bytes (b));
}

static void
assert_labels_equal (const DioRayLabels *a, const DioRayLabels *b)
{
  assert_images_equal (a->leaf, b->leaf);
  assert_images_equal (a->depth_z, b->depth_z);
  assert_images_equal (a->distance, b->distance);
  assert_images_equal (a->normal, b->normal);
  assert_images_equal (a->edge, b->edge);
  g_assert_cmpuint (a->leaves->len, ==, b->leaves->len);
  g_assert_cmpmem (a->hidden->data, a->hidden->len * sizeof (DioHiddenPair), b->hidden->data,
                   b->hidden->len * sizeof (DioHiddenPair));
  g_assert_cmpuint (a->contested_px, ==, b->contested_px);
  for (guint i = 0; i < a->leaves->len; i++) {
    DioLeafLabel first = g_array_index (a->leaves, DioLeafLabel, i);
    DioLeafLabel second = g_array_index (b->leaves, DioLeafLabel, i);
    g_autoptr (GBytes) first_visible = dio_rle_to_bytes (&first.visible);
    g_autoptr (GBytes) second_visible = dio_rle_to_bytes (&second.visible);
    g_autoptr (GBytes) first_amodal = dio_rle_to_bytes (&first.amodal);
    g_autoptr (GBytes) second_amodal = dio_rle_to_bytes (&second.amodal);
    g_assert_true (g_bytes_equal (first_visible, second_visible));
    g_assert_true (g_bytes_equal (first_amodal, second_amodal));
    memset (&first.visible, 0, sizeof first.visible * 2);
    memset (&second.visible, 0, sizeof second.visible * 2);
    g_assert_cmpmem (&first, sizeof first, &second, sizeof second);
  }
}

static void
test_threads (void)
{
  g_autoptr (DioFrame) frame = make_heap ();
  g_autoptr (DioPool) one = dio_pool_new (1);
  g_autoptr (DioPool) four = dio_pool_new (4);
  g_auto (DioRayLabels) first = { 0 };
  g_auto (DioRayLabels) second = { 0 };
  trace_with (one, frame, &first);
  trace_with (four, frame, &second);
  g_assert_cmpuint (first.leaves->len, ==, 12);
  assert_labels_equal (&first, &second);
}

/** A back face of a single-sided quad does not cover; a mirroring transform keeps the outside outside. */
static void
test_single_sided (void)
{
  static const struct {
    DioVec3 scale;
    double turn_rad;
    gboolean double_sided, seen;
  } cases[] = {
    { { 1, 1, 1 }, 0, FALSE, TRUE },         { { 1, 1, 1 }, DIO_PI, FALSE, FALSE },
    { { -1, 1, 1 }, 0, FALSE, TRUE },        { { -1, 1, 1 }, DIO_PI, FALSE, FALSE },
    { { 1, 1, -1 }, 0, FALSE, FALSE },       { { 1, 1, -1 }, DIO_PI, FALSE, TRUE },
    { { -1, -1, -1 }, DIO_PI, FALSE, TRUE }, { { 1, 1, 1 }, DIO_PI, TRUE, TRUE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (DioFrame) frame = plain_frame (100);
    DioTrs trs = { { 0, 0, -2 },
                   dio_quat_from_axis_angle (dio_vec3 (0, 1, 0), cases[i].turn_rad),
                   cases[i].scale };
    RayThing thing = { .mesh = ray_scenes_quad (0.8, 0.4),
                       .material = ray_scenes_material (DIO_ALPHA_OPAQUE, 1, cases[i].double_sided),
                       .world_from_mesh = dio_mat4_from_trs (&trs),
                       .has_transform = TRUE,
                       .instance = 1 };
    guint leaf = ray_scenes_add (frame, &thing);
    guint wall = add_quad (frame, &(Place){ 9, 9, 0, 0, 5 }, &(RayThing){ .instance = 2 });
    g_auto (DioRayLabels) labels = { 0 };
    trace (frame, &labels);
    g_assert_cmpuint (visible_px (&labels, leaf), ==, cases[i].seen ? 800 : 0);
    g_assert_cmpuint (amodal_px (&labels, leaf), ==, cases[i].seen ? 800 : 0);
    g_assert_cmpuint (visible_px (&labels, wall), ==, cases[i].seen ? 7200 : 8000);
    /* What is seen is turned to the camera. */
    g_assert_cmpfloat_with_epsilon (labels.normal->f32[(40 * 100 + 50) * 3 + 2], 1, 1e-6);
  }
}

static const char holes[] = "1111"
                            "1001"
                            "1001"
                            "1111";

/** A mask with a hole of half its side; nearest filter makes the hole exact. */
static void
test_alpha_mask (void)
{
  g_autoptr (DioFrame) frame = plain_frame (100);
  DioMaterial *material = ray_scenes_material (DIO_ALPHA_MASK, 1, TRUE);
  DioTexture *texture = ray_scenes_alpha_texture (4, holes);
  dio_texture_slot_set (&material->base_color_texture, texture);
  dio_texture_unref (texture);
  material->base_color_texture.filter = DIO_FILTER_NEAREST;
  guint grid = add_quad (frame, &(Place){ 0.8, 0.8, 0, 0, 2 },
                         &(RayThing){ .instance = 1, .material = material });
  guint behind = add_quad (frame, &(Place){ 0.3, 0.3, 0, 0, 3 }, &(RayThing){ .instance = 2 });
  g_auto (DioRayLabels) labels = { 0 };
  trace (frame, &labels);
  g_assert_cmpuint (visible_px (&labels, grid), ==, 1600 - 400);
  g_assert_cmpuint (amodal_px (&labels, grid), ==, 1200);
  g_assert_cmpfloat (find_label (&labels, grid)->coverage_px, ==, 1200);
  g_assert_cmpuint (visible_px (&labels, behind), ==, 100);
  /* A hole is nothing: no veil. */
  g_assert_cmpuint (find_label (&labels, behind)->veiled_px, ==, 0);
  g_assert_null (find_pair (&labels, 2, grid));
}

/** The cut follows dio_material_alpha_at at the exact place of the centre under perspective. */
static void
test_alpha_perspective (void)
{
  g_autoptr (DioFrame) frame = plain_frame (60);
  DioMaterial *material = ray_scenes_material (DIO_ALPHA_MASK, 1, TRUE);
  DioTexture *texture = ray_scenes_alpha_texture (4, holes);
  dio_texture_slot_set (&material->base_color_texture, texture);
  dio_texture_unref (texture);
  DioTrs trs = { { 0, 0, -1.2 }, dio_quat_from_axis_angle (dio_vec3 (0, 1, 0), 1.0), { 1, 1, 1 } };
  RayThing thing = { .mesh = ray_scenes_quad (1, 1),
                     .material = material,
                     .world_from_mesh = dio_mat4_from_trs (&trs),
                     .has_transform = TRUE,
                     .instance = 1 };
  ray_scenes_add (frame, &thing);
  g_auto (DioRayLabels) labels = { 0 };
  trace (frame, &labels);
  const DioCamera *camera = ray_scenes_camera (frame);
  guint holes_seen = 0, edges = 0;
  for (guint i = 0; i < 8000; i++) {
    /* The plane through (0, 0, -1.2) with axes e = (cos 1, 0, -sin 1) and +Y. */
    double dx = (i % 100 + 0.5 - camera->cx) / 60, dy = -(i / 100 + 0.5 - camera->cy) / 60;
    double c = dio_cos (1.0), s = dio_sin (1.0);
    double z = 1.2 * c / (c - s * dx), along = (dx * z) / c;
    double up = dy * z;
    if (fabs (along) > 0.499 || fabs (up) > 0.499 || z <= 0)
      continue;
    const float uv[4] = { (float) (along + 0.5), (float) (0.5 - up), 0, 0 };
    float alpha = dio_material_alpha_at (material, uv, 1);
    edges += labels.edge->u8[i] != 0;
    if (fabsf (alpha - 0.5f) < 1e-4f)
      continue;
    holes_seen += alpha < 0.5f;
    g_assert_cmpuint (labels.leaf->u16[i], ==, alpha >= 0.5f ? 1 : 0);
  }
  g_assert_cmpuint (holes_seen, >, 100);
  g_assert_cmpuint (edges, >, 0);
  g_assert_cmpuint (edges, <, 400);
}

/** Blended surfaces own, veil or vanish: labels.md 6. */
static void
test_blend (void)
{
  static const struct {
    DioLabelSurface rule;
    float alpha;
    gboolean thing, owns, veils;
  } cases[] = {
    { DIO_LABEL_SURFACE_AUTO, 0.3f, TRUE, TRUE, FALSE },
    { DIO_LABEL_SURFACE_AUTO, 0.3f, FALSE, FALSE, TRUE },
    { DIO_LABEL_SURFACE_AUTO, 0.5f, FALSE, TRUE, FALSE },
    { DIO_LABEL_SURFACE_AUTO, 0.04f, FALSE, FALSE, FALSE },
    { DIO_LABEL_SURFACE_AUTO, 0.003f, TRUE, FALSE, FALSE },
    { DIO_LABEL_SURFACE_SURFACE, 0.1f, FALSE, TRUE, FALSE },
    { DIO_LABEL_SURFACE_SURFACE, 0.003f, FALSE, FALSE, FALSE },
    { DIO_LABEL_SURFACE_THROUGH, 0.9f, TRUE, FALSE, TRUE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (DioFrame) frame = plain_frame (100);
    DioMaterial *material = ray_scenes_material (DIO_ALPHA_BLEND, cases[i].alpha, TRUE);
    material->label_surface = cases[i].rule;
    guint pane =
        add_quad (frame, &(Place){ 0.2, 0.8, 0, 0, 1 },
                  &(RayThing){ .material = material, .instance = 1, .stuff = !cases[i].thing });
    guint target = add_quad (frame, &(Place){ 0.8, 0.8, 0, 0, 2 }, &(RayThing){ .instance = 2 });
    g_auto (DioRayLabels) labels = { 0 };
    trace (frame, &labels);
    /* The pane is 20 px wide and covers the middle of the target of 40 x 40 px. */
    const DioHiddenPair *pair = find_pair (&labels, 2, pane);
    g_assert_cmpuint (visible_px (&labels, pane), ==, cases[i].owns ? 1600 : 0);
    g_assert_cmpuint (visible_px (&labels, target), ==, cases[i].owns ? 800 : 1600);
    g_assert_cmpuint (find_label (&labels, target)->veiled_px, ==, cases[i].veils ? 800 : 0);
    g_assert_cmpuint (pair != NULL ? pair->veil_px : 0, ==, cases[i].veils ? 800 : 0);
    g_assert_cmpuint (pair != NULL ? pair->opaque_px : 0, ==, cases[i].owns ? 800 : 0);
    assert_pairs_add_up (&labels, 2);
  }
}

/** Two panes before one another count a pixel once, a pane of the object's own not at all. */
static void
test_veils (void)
{
  g_autoptr (DioFrame) frame = plain_frame (100);
  guint panes[3];
  for (guint i = 0; i < 3; i++) {
    DioMaterial *material = ray_scenes_material (DIO_ALPHA_BLEND, 0.3f, TRUE);
    material->label_surface = DIO_LABEL_SURFACE_THROUGH;
    panes[i] = add_quad (frame, &(Place){ 0.1, 0.1, 0, 0, 1 + 0.1 * i },
                         &(RayThing){ .material = material, .instance = i == 2 ? 1 : 2 });
  }
  guint target = add_quad (frame, &(Place){ 0.8, 0.8, 0, 0, 2 }, &(RayThing){ .instance = 1 });
  g_auto (DioRayLabels) labels = { 0 };
  trace (frame, &labels);
  g_assert_cmpuint (find_label (&labels, target)->veiled_px, ==, 100);
  g_assert_cmpuint (find_pair (&labels, 1, panes[0])->veil_px, ==, 100);
  /* 0.1 m at 1.1 m is 9.09 px wide: centres within 4.545 px of the middle, 10 of them would need 4.5. */
  g_assert_cmpuint (find_pair (&labels, 1, panes[1])->veil_px, ==, 100);
  g_assert_null (find_pair (&labels, 1, panes[2]));
}

/** Of surfaces at one place the higher layer wins, then the lower leaf; 14 micrometres are not one place. */
static void
test_coplanar (void)
{
  static const struct {
    double gap_m, distance_m;
    int layers[2];
    guint owner;
    gboolean contested;
  } cases[] = {
    { 0, 2, { 0, 0 }, 1, TRUE },       { 0, 2, { 0, 1 }, 2, TRUE },
    { 0, 2, { 2, 1 }, 1, TRUE },       { 14e-6, 2, { 0, 0 }, 2, FALSE },
    { 14e-6, 10, { 0, 0 }, 2, FALSE }, { 14e-6, 2, { 9, 0 }, 2, FALSE },
    { -14e-6, 2, { 0, 9 }, 1, FALSE }, { 1e-8, 2, { 0, 0 }, 1, TRUE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (DioFrame) frame = plain_frame (100);
    double d = cases[i].distance_m;
    /* Both tilted alike, so that depths are no round numbers. */
    DioMat4 tilt = dio_mat4_from_quat (dio_quat_from_axis_angle (dio_vec3 (0.6, 0.8, 0), 0.5));
    for (guint k = 0; k < 2; k++) {
      DioMat4 to = ray_scenes_at (0, 0, -d), lift = ray_scenes_at (0, 0, k * cases[i].gap_m);
      DioMat4 turned = dio_mat4_multiply (&tilt, &lift);
      RayThing thing = { .mesh = ray_scenes_quad (k == 0 ? 0.8 * d : 0.3 * d, 0.4 * d),
                         .world_from_mesh = dio_mat4_multiply (&to, &turned),
                         .has_transform = TRUE,
                         .instance = k + 1,
                         .layer = cases[i].layers[k] };
      ray_scenes_add (frame, &thing);
    }
    g_auto (DioRayLabels) labels = { 0 };
    trace (frame, &labels);
    guint64 shared = amodal_px (&labels, 2);
    g_assert_cmpuint (shared, >, 500);
    g_assert_cmpuint (visible_px (&labels, 2), ==, cases[i].owner == 2 ? shared : 0);
    g_assert_cmpuint (visible_px (&labels, 1), ==,
                      amodal_px (&labels, 1) - (cases[i].owner == 2 ? shared : 0));
    g_assert_cmpuint (labels.contested_px, ==, cases[i].contested ? shared : 0);
    assert_pairs_add_up (&labels, 2);
    guint64 edge = 0;
    for (guint p = 0; p < 8000; p++)
      edge += labels.edge->u8[p] != 0;
    if (cases[i].contested)
      g_assert_cmpuint (edge, >=, shared);
  }
}

/** A post excluded from its sign hides it, belongs to no mask and is no thing. */
static void
test_excluded (void)
{
  g_autoptr (DioFrame) frame = plain_frame (100);
  guint sign = add_quad (frame, &(Place){ 0.4, 0.4, 0, 0, 1 }, &(RayThing){ .instance = 1 });
  guint post = add_quad (frame, &(Place){ 0.1, 0.7, 0, 0, 0.98 }, &(RayThing){ .occluder = 1 });
  g_auto (DioRayLabels) labels = { 0 };
  trace (frame, &labels);
  guint64 hidden = find_pair (&labels, 1, post)->opaque_px;
  g_assert_cmpuint (hidden, ==, 400);
  g_assert_cmpuint (visible_px (&labels, sign), ==, 1200);
  g_assert_cmpuint (amodal_px (&labels, sign), ==, 1600);
  const DioLeafLabel *label = find_label (&labels, post);
  g_assert_cmpuint (label->amodal_px, ==, label->visible_px);
  g_assert_cmpuint (label->amodal.n_runs, ==, 0);
}

/** Leaves of one instance do not hide it; samples that both cover count once. */
static void
test_leaves_of_one_instance (void)
{
  g_autoptr (DioFrame) frame = plain_frame (100);
  guint front = add_quad (frame, &(Place){ 0.2, 0.2, 0, 0, 1 }, &(RayThing){ .instance = 1 });
  guint back = add_quad (frame, &(Place){ 0.8, 0.8, 0, 0, 2 }, &(RayThing){ .instance = 1 });
  g_auto (DioRayLabels) labels = { 0 };
  trace (frame, &labels);
  g_assert_cmpuint (visible_px (&labels, front), ==, 400);
  g_assert_cmpuint (visible_px (&labels, back), ==, 1200);
  g_assert_cmpuint (amodal_px (&labels, back), ==, 1600);
  g_assert_cmpuint (labels.hidden->len, ==, 0);
  g_assert_cmpfloat (find_label (&labels, front)->amodal_coverage_px
                         + find_label (&labels, back)->amodal_coverage_px,
                     ==, 1600);
}

/* A bar of half a pixel between the centres: no centre sees it, samples do. It stands from x = 50.05 to
 * 50.3 px, so that the sample column at 0.125 lies in it: one sample a pixel. */
static void
test_subpixel (void)
{
  g_autoptr (DioFrame) frame = plain_frame (100);
  RayThing bar = { .instance = 1 };
  guint leaf = add_quad (frame, &(Place){ 0.0025, 0.2, 0.00175, 0, 1 }, &bar);
  guint wall = add_quad (frame, &(Place){ 9, 9, 0, 0, 2 }, &(RayThing){ .stuff = TRUE });
  g_auto (DioRayLabels) labels = { 0 };
  trace (frame, &labels);
  const DioLeafLabel *label = find_label (&labels, leaf);
  g_assert_cmpuint (label->visible_px, ==, 0);
  g_assert_cmpuint (label->amodal_px, ==, 0);
  g_assert_cmpfloat (label->coverage_px, ==, 5);
  g_assert_cmpfloat (label->amodal_coverage_px, ==, 5);
  g_assert_cmpfloat (find_label (&labels, wall)->coverage_px, ==, 8000 - 5);
}

/** A fence that is no thing, thin enough to miss every centre, still takes samples from what is behind. */
static void
test_thin_occluder (void)
{
  g_autoptr (DioFrame) frame = plain_frame (100);
  guint target = add_quad (frame, &(Place){ 0.2, 0.2, 0, 0, 2 }, &(RayThing){ .instance = 1 });
  add_quad (frame, &(Place){ 0.0025, 0.2, 0.00175, 0, 1 }, &(RayThing){ .occluder = 0 });
  g_auto (DioRayLabels) labels = { 0 };
  trace (frame, &labels);
  const DioLeafLabel *label = find_label (&labels, target);
  g_assert_cmpuint (label->visible_px, ==, 100);
  g_assert_cmpfloat (label->amodal_coverage_px, ==, 100);
  g_assert_cmpfloat (label->coverage_px, ==, 100 - 2.5);
}

/** The line between two triangles of one mesh is marked where they turn different sides to the eye, and not
 * where both turn the same, though it runs through centres of pixels. */
/* A square in two halves that share no vertex: texture coordinates jump at the diagonal. */
static DioMesh *
make_seamed_square (void)
{
  static const float corners[6][2] = { { -0.4f, -0.4f }, { 0.4f, -0.4f }, { 0.4f, 0.4f },
                                       { -0.4f, -0.4f }, { 0.4f, 0.4f },  { -0.4f, 0.4f } };
  DioMeshDesc desc = { .n_vertices = 6, .n_triangles = 2, .with_uv0 = TRUE };
  DioMesh *mesh = dio_mesh_new (&desc);
  for (guint i = 0; i < 6; i++) {
    mesh->positions[i][0] = corners[i][0];
    mesh->positions[i][1] = corners[i][1];
    mesh->positions[i][2] = 0;
    mesh->uvs[0][i][0] = mesh->uvs[0][i][1] = i < 3 ? 0.25f : 0.75f;
    mesh->triangles[i / 3][i % 3] = i;
  }
  dio_mesh_compute_normals (mesh);
  dio_mesh_seal (mesh);
  return mesh;
}

/* Which half a centre on the diagonal falls into decides where alpha is read, so that it may be cut or not. */
static void
test_seam_of_cut_texture (void)
{
  static const DioAlphaMode modes[] = { DIO_ALPHA_OPAQUE, DIO_ALPHA_MASK, DIO_ALPHA_BLEND };
  for (guint m = 0; m < G_N_ELEMENTS (modes); m++) {
    g_autoptr (DioFrame) frame = plain_frame (100);
    RayThing thing = { .mesh = make_seamed_square (),
                       .material = ray_scenes_material (modes[m], 1, TRUE),
                       .world_from_mesh = ray_scenes_at (0, 0, -2),
                       .has_transform = TRUE,
                       .instance = 1 };
    ray_scenes_add (frame, &thing);
    g_auto (DioRayLabels) labels = { 0 };
    trace (frame, &labels);
    guint marked = 0;
    for (guint i = 0; i < 20; i++)
      marked += labels.edge->u8[(30 + i) * 100 + 69 - 10 - i] != 0;
    g_assert_cmpuint (marked, ==, modes[m] == DIO_ALPHA_OPAQUE ? 0 : 20);
  }
}

static void
test_inner_edge_is_none (void)
{
  static const uint32_t triangles[2][3] = { { 0, 1, 2 }, { 0, 2, 3 } };
  for (guint fold = 0; fold < 2; fold++) {
    /* Square on to the eye, its diagonal at 45 degrees through the middle; folded, both triangles lie on one
     * side of it, the second seen from behind. */
    const float positions[4][3] = {
      { -0.4f, -0.4f, 0 },
      { 0.4f, -0.4f, 0 },
      { 0.4f, 0.4f, 0 },
      { fold ? 0.4f : -0.4f, fold ? -0.3f : 0.4f, fold ? -0.1f : 0 },
    };
    g_autoptr (DioFrame) frame = plain_frame (100);
    RayThing thing = { .mesh = ray_scenes_mesh (positions, 4, triangles, 2),
                       .world_from_mesh = ray_scenes_at (0, 0, -2),
                       .has_transform = TRUE,
                       .instance = 1 };
    ray_scenes_add (frame, &thing);
    g_auto (DioRayLabels) labels = { 0 };
    trace (frame, &labels);
    guint marked = 0;
    for (guint i = 0; i < 20; i++)
      marked += labels.edge->u8[(30 + i) * 100 + 59 - i] != 0;
    g_assert_cmpuint (labels.leaf->u16[45 * 100 + 50], ==, 1);
    g_assert_cmpuint (marked, ==, fold ? 20 : 0);
  }
}

/** Where two surfaces pass through each other the pixel is marked, as another renderer may differ. */
static void
test_crossing_is_edge (void)
{
  g_autoptr (DioFrame) frame = plain_frame (100);
  DioMat4 to = ray_scenes_at (0, 0, -2);
  for (guint k = 0; k < 2; k++) {
    DioMat4 turn =
        dio_mat4_from_quat (dio_quat_from_axis_angle (dio_vec3 (0, 1, 0), k == 0 ? 0.61 : -0.47));
    DioMat4 shift = ray_scenes_at (k == 0 ? 0.005 : 0.0050001, 0, 0);
    DioMat4 placed = dio_mat4_multiply (&to, &shift);
    RayThing thing = { .mesh = ray_scenes_quad (1, 1),
                       .world_from_mesh = dio_mat4_multiply (&placed, &turn),
                       .has_transform = TRUE,
                       .instance = k + 1 };
    ray_scenes_add (frame, &thing);
  }
  /* Both planes meet at x = 0.005 m, 2 m deep: column 50.25; shift the picture so that it is a centre's. */
  ray_scenes_camera (frame)->cx += 0.25;
  g_auto (DioRayLabels) labels = { 0 };
  trace (frame, &labels);
  guint marked = 0;
  for (guint y = 20; y < 60; y++)
    marked += labels.edge->u8[y * 100 + 50] != 0;
  g_assert_cmpuint (marked, ==, 40);
  g_assert_cmpuint (labels.edge->u8[30 * 100 + 53], ==, 0);
  g_assert_cmpuint (labels.leaf->u16[30 * 100 + 45], !=, labels.leaf->u16[30 * 100 + 55]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  pool = dio_pool_new (2);
  g_test_add_func ("/rays/rules/visibility-closed-form", test_visibility_closed_form);
  g_test_add_func ("/rays/rules/hidden-pairs-add-up", test_hidden_pairs_add_up);
  g_test_add_func ("/rays/rules/threads", test_threads);
  g_test_add_func ("/rays/rules/single-sided", test_single_sided);
  g_test_add_func ("/rays/rules/alpha-mask", test_alpha_mask);
  g_test_add_func ("/rays/rules/alpha-perspective", test_alpha_perspective);
  g_test_add_func ("/rays/rules/blend", test_blend);
  g_test_add_func ("/rays/rules/veils", test_veils);
  g_test_add_func ("/rays/rules/coplanar", test_coplanar);
  g_test_add_func ("/rays/rules/excluded", test_excluded);
  g_test_add_func ("/rays/rules/leaves-of-one-instance", test_leaves_of_one_instance);
  g_test_add_func ("/rays/rules/subpixel", test_subpixel);
  g_test_add_func ("/rays/rules/thin-occluder", test_thin_occluder);
  g_test_add_func ("/rays/rules/crossing-is-edge", test_crossing_is_edge);
  g_test_add_func ("/rays/rules/inner-edge-is-none", test_inner_edge_is_none);
  g_test_add_func ("/rays/rules/seam-of-cut-texture", test_seam_of_cut_texture);
  int result = g_test_run ();
  dio_pool_free (pool);
  return result;
}
