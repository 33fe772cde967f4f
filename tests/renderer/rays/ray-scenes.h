#pragma once
/* Thread: any. Small frames for tests of label rays and annotations: a camera at the world's origin that
 * looks along -Z, and meshes with known shapes. */

#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-frame.h"

/** One mesh to place. Zero fields: opaque double-sided white, identity, layer 0, unlabelled. */
typedef struct {
  DioMesh *mesh;         /**< taken */
  DioMaterial *material; /**< taken (nullable) */
  DioMat4 world_from_mesh;
  gboolean has_transform;
  guint instance; /**< 0: of no instance */
  guint occluder; /**< instance_occluder where instance is 0 */
  gboolean stuff; /**< its instance is not a labelled thing */
  int layer;
} RayThing;

/** A frame with one camera of @width x @height and a field of view of about 60 degrees. */
DioFrame *ray_scenes_new (guint width, guint height);
DioCamera *ray_scenes_camera (DioFrame *frame);
/** Adds a mesh as a leaf of its own and, where needed, instances up to its own; returns the leaf. */
guint ray_scenes_add (DioFrame *frame, const RayThing *thing);
/** Adds another mesh to a leaf that is there. */
void ray_scenes_add_to_leaf (DioFrame *frame, guint leaf, DioMesh *mesh, const DioMat4 *transform);

/** Takes nothing; normals are computed. */
DioMesh *ray_scenes_mesh (const float (*positions)[3],
                          guint n_vertices,
                          const uint32_t (*triangles)[3],
                          guint n_triangles);
/** Axis-aligned box of full sizes about the origin, faces outward. */
DioMesh *ray_scenes_box (double x, double y, double z);
DioMesh *ray_scenes_tetrahedron (double size);
/** In the plane z = 0, facing +Z, with texture coordinates 0..1 (v down). */
DioMesh *ray_scenes_quad (double width, double height);
/** Rings x segments, radius 1, poles at +-Z. */
DioMesh *ray_scenes_sphere (guint rings, guint segments);
DioMaterial *ray_scenes_material (DioAlphaMode mode, float alpha, gboolean double_sided);
/** Row-major n x n texels of alpha 0 or 255 from a string of '0' and '1'. */
DioTexture *ray_scenes_alpha_texture (guint size, const char *texels);

static inline DioMat4
ray_scenes_at (double x, double y, double z)
{
  return dio_mat4_translation (dio_vec3 (x, y, z));
}
