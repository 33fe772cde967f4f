#pragma once
/* Small meshes and comparisons that the tests of renderer/frame share. */

#include "dio-frame-mesh.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#define assert_near(a, b, tolerance)                                                               \
  G_STMT_START                                                                                     \
  {                                                                                                \
    double near_a = (a), near_b = (b);                                                             \
    if (!(fabs (near_a - near_b) <= (tolerance)))                                                  \
      g_error ("%s:%d: %.17g is not within %g of %.17g", __FILE__, __LINE__, near_a,               \
               (double) (tolerance), near_b);                                                      \
  }                                                                                                \
  G_STMT_END

/** A unit square in the plane z = 0, seen from +Z; u grows with x, v against y (down), as pictures do. */
static inline DioMesh *
fixture_square_new (void)
{
  static const float corners[4][2] = { { 0, 0 }, { 1, 0 }, { 1, 1 }, { 0, 1 } };
  static const uint32_t triangles[2][3] = { { 0, 1, 2 }, { 0, 2, 3 } };
  DioMeshDesc desc = { .n_vertices = 4, .n_triangles = 2, .with_uv0 = TRUE };
  DioMesh *mesh = dio_mesh_new (&desc);
  for (int i = 0; i < 4; i++) {
    mesh->positions[i][0] = corners[i][0];
    mesh->positions[i][1] = corners[i][1];
    mesh->positions[i][2] = 0;
    mesh->uvs[0][i][0] = corners[i][0];
    mesh->uvs[0][i][1] = 1 - corners[i][1];
  }
  memcpy (mesh->triangles, triangles, sizeof triangles);
  dio_mesh_compute_normals (mesh);
  dio_mesh_seal (mesh);
  return mesh;
}
