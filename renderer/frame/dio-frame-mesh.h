#pragma once
/* Thread: any; immutable once built, reference counted. */

#include "dio-core-types.h"
#include "dio-frame-types.h"

#include <glib.h>

G_BEGIN_DECLS

/** Triangles of one material and one face group in the frame of the mesh (metres, Z up for a mesh that
 * has no further transform). Counter-clockwise triangles face their viewer. */
struct DioMesh {
  gatomicrefcount refs;
  /** identifies the content: equal keys, equal meshes; the caches of renderers go by it */
  uint64_t key;
  guint n_vertices, n_triangles;
  float (*positions)[3]; /**< [n_vertices], finite */
  float (*normals)
      [3]; /**< [n_vertices], unit; the interpolated vertex normals of the `normal` label */
  float (*tangents)[4]; /**< [n_vertices] or NULL: xyz unit, w = handedness as in glTF */
  float (*uvs[2])
      [2]; /**< [n_vertices] or NULL: glTF convention, v down, (0,0) = first texel of row 0 */
  float (*colors)[4]; /**< [n_vertices] or NULL: linear RGBA multiplied into the base colour */
  uint32_t (*triangles)[3]; /**< [n_triangles], each index < n_vertices */
  DioBox3 bounds;
};

/** Allocates the arrays that @with_* ask for, uninitialised. @n_vertices, @n_triangles >= 1. */
typedef struct {
  guint n_vertices, n_triangles;
  gboolean with_tangents, with_uv0, with_uv1, with_colors;
} DioMeshDesc;

DioMesh *dio_mesh_new (const DioMeshDesc *desc) G_GNUC_WARN_UNUSED_RESULT;
/** To be called once the arrays are filled: bounds and content key. */
void dio_mesh_seal (DioMesh *mesh);
DioMesh *dio_mesh_ref (DioMesh *mesh);
void dio_mesh_unref (DioMesh *mesh);
gsize dio_mesh_get_bytes (const DioMesh *mesh);

/** Area-weighted vertex normals from the triangles (positions equal to the bit are not merged). */
void dio_mesh_compute_normals (DioMesh *mesh);
/** Tangents from uv0 and normals, per vertex, orthonormalised (Lengyel); allocates where NULL. */
void dio_mesh_compute_tangents (DioMesh *mesh);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioMesh, dio_mesh_unref)

G_END_DECLS
