/* Tubes of changing girth: closed, outward, as wide as said, and without a seam where they return. */

#include "dio-core-math.h"
#include "dio-core-vec.h"
#include "dio-parametric-sweep-private.h"
#include "mesh-measure.h"

#include <math.h>
#include <string.h>

static gboolean
has_edge (const DioMesh *mesh, const float *from, const float *to)
{
  for (guint t = 0; t < mesh->n_triangles; t++)
    for (guint c = 0; c < 3; c++)
      if (memcmp (mesh->positions[mesh->triangles[t][c]], from, 3 * sizeof (float)) == 0
          && memcmp (mesh->positions[mesh->triangles[t][(c + 1) % 3]], to, 3 * sizeof (float)) == 0)
        return TRUE;
  return FALSE;
}

static void
check_closed (const DioMesh *mesh)
{
  for (guint t = 0; t < mesh->n_triangles; t++)
    for (guint c = 0; c < 3; c++)
      g_assert_true (has_edge (mesh, mesh->positions[mesh->triangles[t][(c + 1) % 3]],
                               mesh->positions[mesh->triangles[t][c]]));
}

/* A prism of 32 sides has the volume that geometry says, and an ellipse its share of it. */
static void
test_volume (void)
{
  for (int flat = 0; flat < 2; flat++) {
    const DioSweepStation stations[2] = { { { 0, 0, 0 }, 0.5, flat ? 0.5 : 0 },
                                          { { 0, 0, 2 }, 0.5, flat ? 0.5 : 0 } };
    const DioSweepLook look = { .n_sides = 32, .side = { 1, 0, 0 } };
    g_auto (DioMeshBuilder) builder;
    dio_mesh_builder_init (&builder);
    dio_sweep_add (&builder, stations, 2, &look);
    g_autoptr (DioMesh) mesh = dio_mesh_builder_finish (&builder);
    double area = 16 * 0.25 * dio_sin (2 * DIO_PI / 32) * (flat ? 0.5 : 1);
    g_assert_cmpfloat_with_epsilon (mesh_measure_volume (mesh), 2 * area, 1e-6);
    check_closed (mesh);
    g_assert_cmpfloat_with_epsilon (mesh->bounds.max.x, 0.5, 1e-7);
    g_assert_cmpfloat_with_epsilon (mesh->bounds.max.y, flat ? 0.25 : 0.5, 1e-7);
  }
}

/* A bent horn that ends in a point, and its normals. */
static void
test_horn (void)
{
  DioSweepStation stations[9];
  for (guint k = 0; k < 9; k++) {
    double angle = DIO_PI / 2 * k / 8;
    stations[k] = (DioSweepStation){ .center = { 1 - dio_cos (angle), 0, dio_sin (angle) },
                                     .radius = k < 8 ? 0.2 * (1 - k / 8.0) : 0 };
  }
  const DioSweepLook look = { .n_sides = 12 };
  g_auto (DioMeshBuilder) builder;
  dio_mesh_builder_init (&builder);
  dio_sweep_add (&builder, stations, 9, &look);
  g_autoptr (DioMesh) mesh = dio_mesh_builder_finish (&builder);
  check_closed (mesh);
  g_assert_cmpfloat (mesh_measure_volume (mesh), >, 0);
  for (guint t = 0; t < mesh->n_triangles; t++) {
    const uint32_t *v = mesh->triangles[t];
    DioVec3 a = mesh_measure_position (mesh, v[0]);
    DioVec3 facing =
        dio_vec3_normalize (dio_vec3_cross (dio_vec3_sub (mesh_measure_position (mesh, v[1]), a),
                                            dio_vec3_sub (mesh_measure_position (mesh, v[2]), a)));
    for (guint c = 0; c < 3; c++) {
      const float *n = mesh->normals[v[c]];
      g_assert_cmpfloat (dio_vec3_dot (facing, dio_vec3 (n[0], n[1], n[2])), >, 0.7);
    }
  }
}

/* A loop that is bent in space comes back to its first ring. */
static void
test_loop (void)
{
  DioSweepStation stations[24];
  for (guint k = 0; k < 24; k++) {
    double angle = 2 * DIO_PI * k / 24;
    stations[k] = (DioSweepStation){
      .center = { dio_cos (angle), dio_sin (angle), 0.4 * dio_sin (2 * angle) }, .radius = 0.05
    };
  }
  const DioSweepLook look = { .n_sides = 6, .loop = TRUE };
  g_auto (DioMeshBuilder) builder;
  dio_mesh_builder_init (&builder);
  dio_sweep_add (&builder, stations, 24, &look);
  g_autoptr (DioMesh) mesh = dio_mesh_builder_finish (&builder);
  g_assert_cmpuint (mesh->n_triangles, ==, 24 * 6 * 2);
  check_closed (mesh);
  g_assert_cmpfloat (mesh_measure_volume (mesh), >, 0);
}

static void
test_round_end (void)
{
  DioSweepStation end[5];
  dio_sweep_fill_round_end (end, 5, dio_vec3 (0, 0, 1), dio_vec3 (0, 0, 1), 0.5, TRUE);
  for (guint i = 0; i < 5; i++) {
    double z = end[i].center.z - 1;
    g_assert_cmpfloat_with_epsilon (sqrt (z * z + end[i].radius * end[i].radius), 0.5, 1e-9);
    g_assert_true (i == 0 || end[i].radius < end[i - 1].radius);
  }
  g_assert_cmpfloat (end[4].radius, ==, 0);
  dio_sweep_fill_round_end (end, 5, dio_vec3 (0, 0, 1), dio_vec3 (0, 0, -1), 0.5, FALSE);
  g_assert_cmpfloat (end[0].radius, ==, 0);
  g_assert_cmpfloat_with_epsilon (end[0].center.z, 0.5, 1e-9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/parametric/sweep/volume", test_volume);
  g_test_add_func ("/parametric/sweep/horn", test_horn);
  g_test_add_func ("/parametric/sweep/loop", test_loop);
  g_test_add_func ("/parametric/sweep/round-end", test_round_end);
  return g_test_run ();
}
