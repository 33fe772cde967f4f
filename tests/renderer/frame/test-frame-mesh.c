#include "dio-frame-mesh.h"

#include "test-frame-fixtures.h"

static void
test_seal (void)
{
  g_autoptr (DioMesh) mesh = fixture_square_new ();
  g_assert_cmpfloat (mesh->bounds.min.x, ==, 0);
  g_assert_cmpfloat (mesh->bounds.max.y, ==, 1);
  g_assert_cmpfloat (mesh->bounds.max.z, ==, 0);
  g_assert_cmpuint (mesh->key, !=, 0);
  g_assert_cmpuint (dio_mesh_get_bytes (mesh), >=, 4 * (12 + 12 + 8) + 2 * 12);
  DioMesh *same = dio_mesh_ref (mesh);
  dio_mesh_unref (same);
  dio_mesh_unref (NULL);
}

/* Two faces of different size share an edge: the normal there leans to the larger one by their areas. */
static void
test_normals_are_area_weighted (void)
{
  static const float positions[4][3] = { { 0, 0, 0 }, { 1, 0, 0 }, { 0, 3, 0 }, { 0, 0, -1 } };
  static const uint32_t triangles[2][3] = { { 0, 1, 2 }, { 0, 3, 1 } };
  DioMeshDesc desc = { .n_vertices = 4, .n_triangles = 2 };
  g_autoptr (DioMesh) mesh = dio_mesh_new (&desc);
  memcpy (mesh->positions, positions, sizeof positions);
  memcpy (mesh->triangles, triangles, sizeof triangles);
  dio_mesh_compute_normals (mesh);
  /* Twice the areas: 3 along +Z; 1 along cross (-Z, X) = -Y. */
  assert_near (mesh->normals[0][0], 0, 1e-7);
  assert_near (mesh->normals[0][1], -1 / sqrt (10), 1e-6);
  assert_near (mesh->normals[0][2], 3 / sqrt (10), 1e-6);
  assert_near (mesh->normals[2][2], 1, 1e-7);
}

static void
test_degenerate_normals_are_unit (void)
{
  DioMeshDesc desc = { .n_vertices = 3, .n_triangles = 1 };
  g_autoptr (DioMesh) mesh = dio_mesh_new (&desc);
  memset (mesh->positions, 0, 3 * sizeof *mesh->positions);
  memcpy (mesh->triangles, (uint32_t[]){ 0, 1, 2 }, 12);
  dio_mesh_compute_normals (mesh);
  for (int i = 0; i < 3; i++)
    assert_near (hypot (hypot (mesh->normals[i][0], mesh->normals[i][1]), mesh->normals[i][2]), 1,
                 1e-7);
}

static void
assert_tangent (const DioMesh *mesh, float x, float y, float z, float w)
{
  for (guint i = 0; i < mesh->n_vertices; i++) {
    assert_near (mesh->tangents[i][0], x, 1e-6);
    assert_near (mesh->tangents[i][1], y, 1e-6);
    assert_near (mesh->tangents[i][2], z, 1e-6);
    g_assert_cmpfloat (mesh->tangents[i][3], ==, w);
  }
}

/* An upright picture has w = 1: cross (n, t) * w points up in it. Mirrored, w = -1. */
static void
test_tangents (void)
{
  g_autoptr (DioMesh) mesh = fixture_square_new ();
  dio_mesh_compute_tangents (mesh);
  assert_tangent (mesh, 1, 0, 0, 1);
  for (int i = 0; i < 4; i++)
    mesh->uvs[0][i][0] = 1 - mesh->uvs[0][i][0];
  dio_mesh_compute_tangents (mesh);
  assert_tangent (mesh, -1, 0, 0, -1);
  /* Turned by a quarter: u along y, v along x; again upright. */
  for (int i = 0; i < 4; i++) {
    mesh->uvs[0][i][0] = mesh->positions[i][1];
    mesh->uvs[0][i][1] = mesh->positions[i][0];
  }
  dio_mesh_compute_tangents (mesh);
  assert_tangent (mesh, 0, 1, 0, 1);
}

static void
test_tangents_without_area (void)
{
  g_autoptr (DioMesh) mesh = fixture_square_new ();
  memset (mesh->uvs[0], 0, 4 * sizeof *mesh->uvs[0]);
  dio_mesh_compute_tangents (mesh);
  for (guint i = 0; i < 4; i++) {
    const float *t = mesh->tangents[i];
    assert_near (t[0] * t[0] + t[1] * t[1] + t[2] * t[2], 1, 1e-6);
    assert_near (t[2], 0, 1e-6);
    g_assert_true (t[3] == 1 || t[3] == -1);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/frame/mesh/seal", test_seal);
  g_test_add_func ("/frame/mesh/normals-are-area-weighted", test_normals_are_area_weighted);
  g_test_add_func ("/frame/mesh/degenerate-normals-are-unit", test_degenerate_normals_are_unit);
  g_test_add_func ("/frame/mesh/tangents", test_tangents);
  g_test_add_func ("/frame/mesh/tangents-without-area", test_tangents_without_area);
  return g_test_run ();
}
