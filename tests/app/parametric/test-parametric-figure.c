/* Bodies of limbs, and the human figure made of them. */

#include "dio-core-math.h"
#include "dio-core-vec.h"
#include "dio-parametric-blob-private.h"
#include "dio-parametric-figure-private.h"
#include "mesh-measure.h"

#include <math.h>
#include <string.h>

static DioMesh *
build_blob (const DioBlob *blob)
{
  g_auto (DioMeshBuilder) builder;
  dio_mesh_builder_init (&builder);
  dio_blob_add (&builder, blob);
  return dio_mesh_builder_finish (&builder);
}

/* A bar with round ends: vertices on it to a hair, and its volume. */
static void
test_capsule (void)
{
  DioBlob blob = { .blend_m = 0.01, .cell_m = 0.03 };
  const DioBlobLimb limb = { .a = { 0.1, 0.2, 0.3 },
                             .b = { 0.1, 0.2, 0.8 },
                             .radius = { 0.2, 0.2 } };
  dio_blob_take_limb (&blob, &limb);
  g_autoptr (DioMesh) mesh = build_blob (&blob);
  for (guint i = 0; i < mesh->n_vertices; i++)
    g_assert_cmpfloat (fabs (dio_blob_get_distance (&blob, mesh_measure_position (mesh, i))), <,
                       1e-5);
  double exact = DIO_PI * 0.04 * 0.5 + 4.0 / 3 * DIO_PI * 0.008;
  g_assert_cmpfloat_with_epsilon (mesh_measure_volume (mesh), exact, 0.012 * exact);
}

/* Half as deep, half the volume. */
static void
test_flat (void)
{
  DioBlob round = { .blend_m = 0.01, .cell_m = 0.02 }, flat = round;
  DioBlobLimb limb = { .a = { 0, 0, 0 }, .b = { 0, 0, 0.5 }, .radius = { 0.2, 0.2 } };
  dio_blob_take_limb (&round, &limb);
  limb.flatten = 0.5;
  limb.flat_way = dio_vec3 (0, 1, 0);
  dio_blob_take_limb (&flat, &limb);
  g_autoptr (DioMesh) a = build_blob (&round);
  g_autoptr (DioMesh) b = build_blob (&flat);
  g_assert_cmpfloat_with_epsilon (mesh_measure_volume (b) / mesh_measure_volume (a), 0.5, 0.01);
  g_assert_cmpfloat_with_epsilon (b->bounds.max.y, 0.1, 0.002);
}

/* A cut ball is a half ball with a rounded edge. */
static void
test_cut (void)
{
  DioBlob blob = { .blend_m = 0.004, .cell_m = 0.01 };
  const DioBlobLimb ball = { .radius = { 0.1, 0.1 } };
  dio_blob_take_limb (&blob, &ball);
  blob.cuts[blob.n_cuts++] = (DioBlobCut){ .normal = { 0, 0, 1 } };
  g_autoptr (DioMesh) mesh = build_blob (&blob);
  double half = 2.0 / 3 * DIO_PI * 0.001;
  g_assert_cmpfloat_with_epsilon (mesh_measure_volume (mesh), half, 0.03 * half);
  g_assert_cmpfloat (mesh->bounds.max.z, <, 1e-3);
}

/* Two limbs that cross flow together: more than one, less than both. */
static void
test_blend (void)
{
  DioBlob one = { .blend_m = 0.05, .cell_m = 0.02 }, both = one;
  const DioBlobLimb limbs[2] = {
    { .a = { -0.3, 0, 0 }, .b = { 0.3, 0, 0 }, .radius = { 0.1, 0.1 } },
    { .a = { 0, -0.3, 0 }, .b = { 0, 0.3, 0 }, .radius = { 0.1, 0.1 } }
  };
  dio_blob_take_limb (&one, &limbs[0]);
  dio_blob_take_limb (&both, &limbs[0]);
  dio_blob_take_limb (&both, &limbs[1]);
  g_autoptr (DioMesh) a = build_blob (&one);
  g_autoptr (DioMesh) b = build_blob (&both);
  g_assert_cmpfloat (mesh_measure_volume (b), >, 1.4 * mesh_measure_volume (a));
  g_assert_cmpfloat (mesh_measure_volume (b), <, 2 * mesh_measure_volume (a));
}

static double
get_distance (DioVec3 a, DioVec3 b)
{
  return dio_vec3_length (dio_vec3_sub (a, b));
}

/* Bones keep their lengths in every pose. */
static void
test_bones (void)
{
  for (int pose = 0; pose < 4; pose++)
    for (double seed = 0; seed < 5; seed++) {
      DioFigure f;
      dio_figure_pose (&f, 1.8, (DioPose) pose, 0.25 * seed, seed);
      for (int i = 0; i < 2; i++) {
        g_assert_cmpfloat_with_epsilon (get_distance (f.hip[i], f.knee[i]), 0.240 * 1.8, 1e-9);
        g_assert_cmpfloat_with_epsilon (get_distance (f.knee[i], f.ankle[i]), 0.238 * 1.8, 1e-9);
        g_assert_cmpfloat_with_epsilon (get_distance (f.shoulder[i], f.elbow[i]), 0.172 * 1.8,
                                        1e-9);
        g_assert_cmpfloat_with_epsilon (get_distance (f.elbow[i], f.wrist[i]), 0.148 * 1.8, 1e-9);
        /* Knees bend backwards alone. */
        DioVec3 thigh = dio_vec3_sub (f.knee[i], f.hip[i]),
                shin = dio_vec3_sub (f.ankle[i], f.knee[i]);
        g_assert_cmpfloat (thigh.y * shin.z - thigh.z * shin.y, >, 0);
      }
    }
}

static void
test_poses (void)
{
  DioFigure standing, walking, sitting, waving;
  dio_figure_pose (&standing, 1.75, DIO_POSE_STANDING, 0.5, 1);
  dio_figure_pose (&walking, 1.75, DIO_POSE_WALKING, 1, 1);
  dio_figure_pose (&sitting, 1.75, DIO_POSE_SITTING, 0.5, 1);
  dio_figure_pose (&waving, 1.75, DIO_POSE_WAVING, 0.5, 1);
  g_assert_cmpfloat (fabs (standing.ankle[0].y - standing.ankle[1].y), <, 0.15);
  g_assert_cmpfloat (fabs (walking.ankle[0].y - walking.ankle[1].y), >, 0.5);
  /* Thighs of somebody who sits lie level, in front. */
  g_assert_cmpfloat (fabs (sitting.knee[0].z - sitting.hip[0].z), <, 0.08);
  g_assert_cmpfloat (sitting.knee[0].y, <, -0.35);
  g_assert_cmpfloat (waving.finger[0].z, >, waving.head.z);
  g_assert_cmpfloat (waving.finger[1].z, <, waving.pelvis.z);
}

static DioModel *
build (const double *values)
{
  return dio_parametric_build_bare (dio_parametric_find ("mannequin"), values);
}

/* A person stands as tall as asked for, sits lower, and is dressed in parts. */
static void
test_mannequin (void)
{
  g_autoptr (DioModel) standing = build ((const double[]){ 1.8, 0, 0, 1, 0, 4 });
  g_autoptr (DioModel) sitting = build ((const double[]){ 1.8, 2, 0, 1, 0, 4 });
  g_autoptr (DioModel) stout = build ((const double[]){ 1.8, 0, 0, 1.25, 0, 4 });
  g_autoptr (DioModel) other = build ((const double[]){ 1.8, 0, 0, 1, 0, 5 });
  g_autoptr (DioModel) same = build ((const double[]){ 1.8, 0, 0, 1, 0, 4 });
  g_assert_cmpfloat_with_epsilon (standing->bounds.max.z, 1.8, 0.04);
  g_assert_cmpfloat (sitting->bounds.max.z, <, 1.45);
  g_assert_cmpfloat (sitting->bounds.max.z, >, 1.25);
  g_assert_cmpfloat (stout->bounds.max.y - stout->bounds.min.y, >,
                     standing->bounds.max.y - standing->bounds.min.y);
  g_assert_cmphex (standing->key, ==, same->key);
  g_assert_cmphex (standing->key, !=, other->key);
  static const char *const names[] = { "skin", "top", "trousers", "shoes", "hair" };
  g_assert_cmpuint (standing->groups->len, ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpstr (g_array_index (standing->groups, DioModelGroup, i).name, ==, names[i]);
}

/* The crowd is not one man: seeds reach all colours of clothes. */
static void
test_variety (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (double seed = 0; seed < 60; seed++) {
    g_autoptr (DioModel) model = build ((const double[]){ 1, 0, 0, 1, 0, seed });
    const DioMaterial *top = g_ptr_array_index (model->materials, 1);
    g_hash_table_add (seen, g_strdup_printf ("%.4f %.4f", (double) top->base_color[0],
                                             (double) top->base_color[2]));
  }
  g_assert_cmpuint (g_hash_table_size (seen), ==, 8);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/parametric/figure/capsule", test_capsule);
  g_test_add_func ("/parametric/figure/flat", test_flat);
  g_test_add_func ("/parametric/figure/cut", test_cut);
  g_test_add_func ("/parametric/figure/blend", test_blend);
  g_test_add_func ("/parametric/figure/bones", test_bones);
  g_test_add_func ("/parametric/figure/poses", test_poses);
  g_test_add_func ("/parametric/figure/mannequin", test_mannequin);
  g_test_add_func ("/parametric/figure/variety", test_variety);
  return g_test_run ();
}
