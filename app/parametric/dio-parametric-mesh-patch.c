#define G_LOG_DOMAIN "dio-parametric"

/* Flat grids: walls, roads. */

#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-parametric-mesh-shapes-private.h"

void
dio_mesh_builder_add_patch (DioMeshBuilder *builder, const DioPatch *patch)
{
  guint nx = (guint) MAX (1, ceil (patch->width / patch->cell_m));
  guint ny = (guint) MAX (1, ceil (patch->height / patch->cell_m));
  DioVec3 normal = dio_vec3_cross (patch->right, patch->up);
  uint32_t first = builder->vertices->len;
  for (guint j = 0; j <= ny; j++)
    for (guint i = 0; i <= nx; i++) {
      DioVec3 across = dio_vec3_scale (patch->right, patch->width * i / nx);
      DioVec3 upward = dio_vec3_scale (patch->up, patch->height * j / ny);
      DioBuilderVertex vertex = { .position =
                                      dio_vec3_add (patch->origin, dio_vec3_add (across, upward)),
                                  .normal = normal };
      vertex.u = dio_vec3_dot (vertex.position, patch->right) / DIO_TEXTURE_TILE_M;
      vertex.v = -dio_vec3_dot (vertex.position, patch->up) / DIO_TEXTURE_TILE_M;
      dio_mesh_builder_add_vertex (builder, &vertex);
    }
  for (guint j = 0; j < ny; j++)
    for (guint i = 0; i < nx; i++) {
      uint32_t a = first + j * (nx + 1) + i;
      dio_mesh_builder_add_quad (builder, a, a + 1, a + nx + 2, a + nx + 1);
    }
}

/* Corner @corner (bits: x, y, z high) of the box as it is on the side across @axis. */
static DioBuilderVertex
get_box_corner (DioVec3 center, DioVec3 size, double bevel, guint corner, guint axis)
{
  double p[3], normal[3] = { 0, 0, 0 };
  const double half[3] = { size.x / 2, size.y / 2, size.z / 2 };
  for (guint k = 0; k < 3; k++) {
    double sign = (corner >> k & 1) != 0 ? 1 : -1;
    p[k] = sign * (k == axis ? half[k] : half[k] - bevel);
    if (k == axis)
      normal[k] = sign;
  }
  /* The picture runs along the longer side of the face. */
  guint a = (axis + 1) % 3, b = (axis + 2) % 3;
  gboolean turned = half[b] > half[a];
  return (DioBuilderVertex){
    .position = { center.x + p[0], center.y + p[1], center.z + p[2] },
    .normal = { normal[0], normal[1], normal[2] },
    .u = (turned ? p[b] : p[a]) / DIO_TEXTURE_TILE_M,
    .v = (turned ? p[a] : -p[b]) / DIO_TEXTURE_TILE_M,
  };
}

/* A quad or triangle that looks away from the middle, whatever the order of its corners. */
static void
add_outward (DioMeshBuilder *builder, DioVec3 center, const uint32_t *corners, guint n)
{
  const DioBuilderVertex *v = (const DioBuilderVertex *) (void *) builder->vertices->data;
  DioVec3 a = v[corners[0]].position, b = v[corners[1]].position, c = v[corners[2]].position;
  DioVec3 area = dio_vec3_cross (dio_vec3_sub (b, a), dio_vec3_sub (c, a));
  DioVec3 inside = dio_mat4_transform_point (&builder->placement, center);
  gboolean outward = dio_vec3_dot (area, dio_vec3_sub (a, inside)) > 0;
  for (guint i = 2; i < n; i++)
    dio_mesh_builder_add_triangle (builder, corners[0], corners[outward ? i - 1 : i],
                                   corners[outward ? i : i - 1]);
}

void
dio_mesh_builder_add_chamfered_box (DioMeshBuilder *builder,
                                    DioVec3 center,
                                    DioVec3 size,
                                    double bevel)
{
  bevel = MIN (bevel, 0.45 * MIN (size.x, MIN (size.y, size.z)));
  uint32_t first = builder->vertices->len;
  for (guint corner = 0; corner < 8; corner++)
    for (guint axis = 0; axis < 3; axis++) {
      DioBuilderVertex vertex = get_box_corner (center, size, bevel, corner, axis);
      dio_mesh_builder_add_vertex (builder, &vertex);
    }
#define AT(corner_, axis_) (first + 3 * (corner_) + (axis_))
  for (guint axis = 0; axis < 3; axis++) {
    guint a = 1u << (axis + 1) % 3, b = 1u << (axis + 2) % 3, c = 1u << axis;
    for (guint high = 0; high < 2; high++) {
      guint base = high * c;
      const uint32_t face[4] = { AT (base, axis), AT (base + a, axis), AT (base + a + b, axis),
                                 AT (base + b, axis) };
      add_outward (builder, center, face, 4);
    }
    /* The four edges along this axis join the sides across the other two. */
    guint p = (axis + 1) % 3, q = (axis + 2) % 3;
    for (guint k = 0; k < 4; k++) {
      guint base = ((k & 1) != 0 ? a : 0) + ((k & 2) != 0 ? b : 0);
      const uint32_t edge[4] = { AT (base, p), AT (base + c, p), AT (base + c, q), AT (base, q) };
      add_outward (builder, center, edge, 4);
    }
  }
  for (guint corner = 0; corner < 8; corner++) {
    const uint32_t tip[3] = { AT (corner, 0), AT (corner, 1), AT (corner, 2) };
    add_outward (builder, center, tip, 3);
  }
#undef AT
}
