#define G_LOG_DOMAIN "dio-parametric"

/* Large-scale changes of a mesh's colour, carried by its vertices. */

#include "dio-parametric-mesh-builder-private.h"
#include "dio-parametric-noise-private.h"

#include <math.h>

/* Value noise at a point of space, -1 .. 1: the eight corners of its cell, faded. */
static double
get_field (DioVec3 cell, guint64 seed)
{
  const double at[3] = { cell.x, cell.y, cell.z };
  int32_t base[3];
  double fade[3];
  for (int k = 0; k < 3; k++) {
    base[k] = (int32_t) floor (at[k]);
    fade[k] = dio_smoothstep (0, 1, at[k] - base[k]);
  }
  double sum = 0;
  for (uint32_t corner = 0; corner < 8; corner++) {
    double weight = 1;
    for (int k = 0; k < 3; k++)
      weight *= (corner >> k & 1) != 0 ? fade[k] : 1 - fade[k];
    uint64_t layer = seed + (uint32_t) (base[2] + (int32_t) (corner >> 2)) * 0x9E3779B97F4A7C15u;
    sum += weight
           * dio_noise_uniform (layer, (uint32_t) (base[0] + (int32_t) (corner & 1)),
                                (uint32_t) (base[1] + (int32_t) (corner >> 1 & 1)));
  }
  return 2 * sum - 1;
}

static void
scale_tint (DioBuilderVertex *vertex, float factor)
{
  for (int c = 0; c < 3; c++)
    vertex->tint[c] *= factor;
}

void
dio_mesh_builder_vary_tint (DioMeshBuilder *builder, double cell_m, float strength, guint64 seed)
{
  for (guint i = 0; i < builder->vertices->len; i++) {
    DioBuilderVertex *vertex = &g_array_index (builder->vertices, DioBuilderVertex, i);
    DioVec3 cell = { vertex->position.x / cell_m, vertex->position.y / cell_m,
                     vertex->position.z / cell_m };
    scale_tint (vertex, 1 + strength * (float) get_field (cell, seed));
  }
}

void
dio_mesh_builder_soil (DioMeshBuilder *builder, double ground_z, double height_m, float strength)
{
  for (guint i = 0; i < builder->vertices->len; i++) {
    DioBuilderVertex *vertex = &g_array_index (builder->vertices, DioBuilderVertex, i);
    double low = 1 - dio_smoothstep (0, height_m, vertex->position.z - ground_z);
    scale_tint (vertex, 1 - strength * (float) low);
  }
}
