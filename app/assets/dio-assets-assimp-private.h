#pragma once
/* Thread: one owner. The steps between an Assimp scene and a soup. */

#include "dio-assets-import-private.h"

#include <assimp/cfileio.h>
#include <assimp/scene.h>

G_BEGIN_DECLS

/** File access for Assimp through @gate (borrowed; must outlive the import). Writing is refused. */
struct aiFileIO dio_assimp_file_io (DioImport *import);
/** Materials of @scene in its order, appended to @soup. Not for glTF. */
void dio_assimp_read_materials (DioImport *import, const struct aiScene *scene, DioSoup *soup);
/** Surfaces of all nodes, in model axes and metres. Errors: LIMIT, UNSUPPORTED (no triangles). */
gboolean dio_assimp_flatten (DioImport *import,
                             const struct aiScene *scene,
                             DioSoup *soup,
                             GError **error);
DioMat4 dio_mat4_from_assimp (const struct aiMatrix4x4 *m);

G_END_DECLS
