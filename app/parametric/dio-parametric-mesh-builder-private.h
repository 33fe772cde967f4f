#pragma once
/* Thread: any, one at a time. A mesh that grows, in doubles until it is finished. */

#include "dio-core-types.h"
#include "dio-frame-mesh.h"

#include <glib.h>

G_BEGIN_DECLS

/** Metres of surface that one repetition of a texture covers, wherever a surface is free to choose. */
#define DIO_TEXTURE_TILE_M 0.5

typedef struct {
  DioVec3 position; /**< metres */
  DioVec3 normal;   /**< unit */
  double u, v;      /**< texture tiles, v down */
  float tint[3];    /**< of the builder when it was added */
} DioBuilderVertex;

typedef struct {
  GArray *vertices;  /**< of DioBuilderVertex */
  GArray *triangles; /**< of uint32_t[3] */
  DioMat4 placement; /**< rigid; applied to every vertex that is added from now on */
  float tint
      [3]; /**< linear; of every vertex that is added from now on, multiplies the material's colour */
} DioMeshBuilder;

void dio_mesh_builder_init (DioMeshBuilder *builder);
void dio_mesh_builder_clear (DioMeshBuilder *builder);

/** Index of the new vertex; position and normal are in the frame that `placement` places. */
uint32_t dio_mesh_builder_add_vertex (DioMeshBuilder *builder, const DioBuilderVertex *vertex);
/** Counter-clockwise seen from outside. A triangle two of whose corners coincide as stored floats has no
 * area and is left out: what is closed stays closed, because the two edges that remain pair up. */
void dio_mesh_builder_add_triangle (DioMeshBuilder *builder, uint32_t a, uint32_t b, uint32_t c);
/** Corners a, b, c, d counter-clockwise. */
void dio_mesh_builder_add_quad (
    DioMeshBuilder *builder, uint32_t a, uint32_t b, uint32_t c, uint32_t d);

/** A flat polygon fan around @points[0] with the one normal of @normal; u runs along @u_axis (unit, in the
 * plane), v against cross (normal, u_axis), both from the frame's origin. */
void dio_mesh_builder_add_panel (
    DioMeshBuilder *builder, const DioVec3 *points, guint n_points, DioVec3 normal, DioVec3 u_axis);

/** A box with rounded edges and corners of radius @bevel (held below half the smallest side). */
void dio_mesh_builder_add_rounded_box (DioMeshBuilder *builder,
                                       DioVec3 center,
                                       DioVec3 size,
                                       double bevel);

/** Multiplies the tint of all vertices so far by 1 +- @strength, after a soft field in space with hills of
 * @cell_m metres: large areas of one texture then never look alike. */
void dio_mesh_builder_vary_tint (DioMeshBuilder *builder,
                                 double cell_m,
                                 float strength,
                                 guint64 seed);
/** Darkens all vertices so far towards @ground_z: by @strength there, by nothing from @height_m above it. */
void dio_mesh_builder_soil (DioMeshBuilder *builder,
                            double ground_z,
                            double height_m,
                            float strength);

/** The sealed mesh with uv0 and tangents, with colours where any tint is not 1; the builder is empty afterwards. */
DioMesh *dio_mesh_builder_finish (DioMeshBuilder *builder) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioMeshBuilder, dio_mesh_builder_clear)

G_END_DECLS
