#pragma once
/* Thread: any. What the tests of our own models measure of their meshes. */

#include "dio-core-vec.h"
#include "dio-frame-model.h"

/** A vertex of @mesh in its own frame, metres. */
static inline DioVec3
mesh_measure_position (const DioMesh *mesh, uint32_t index)
{
  const float *p = mesh->positions[index];
  return dio_vec3 (p[0], p[1], p[2]);
}

/** Cubic metres inside a closed mesh whose triangles are turned outwards; sum of signed tetrahedra to the origin. */
static inline double
mesh_measure_volume (const DioMesh *mesh)
{
  double volume = 0;
  for (guint t = 0; t < mesh->n_triangles; t++) {
    const uint32_t *v = mesh->triangles[t];
    DioVec3 b = mesh_measure_position (mesh, v[1]), c = mesh_measure_position (mesh, v[2]);
    volume += dio_vec3_dot (mesh_measure_position (mesh, v[0]), dio_vec3_cross (b, c)) / 6;
  }
  return volume;
}

/** The same of all parts of @model together. */
static inline double
mesh_measure_model_volume (const DioModel *model)
{
  double volume = 0;
  for (guint k = 0; k < model->parts->len; k++)
    volume += mesh_measure_volume (g_array_index (model->parts, DioModelPart, k).mesh);
  return volume;
}
