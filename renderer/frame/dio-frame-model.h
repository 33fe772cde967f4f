#pragma once
/* Thread: any; immutable once built, reference counted. What importers and parametric models produce. */

#include "dio-core-types.h"
#include "dio-frame-material.h"
#include "dio-frame-mesh.h"

G_BEGIN_DECLS

/** One mesh placed in the model: one draw, one geometry for rays. */
typedef struct {
  DioMesh *mesh;  /**< owned reference */
  guint material; /**< index into materials */
  guint group;    /**< index into groups: its face group */
  DioMat4 model_from_mesh;
} DioModelPart;

/** A face group: what becomes a leaf when the model is placed. */
typedef struct {
  char *name;          /**< unique within the model, printable UTF-8, 1..120 bytes */
  DioGroupLabel label; /**< default, a node may override it */
} DioModelGroup;

/** A model in its own frame: metres, Z up, front towards -Y, origin where it stands on the ground. */
struct DioModel {
  gatomicrefcount refs;
  uint64_t key;
  GArray *parts;        /**< of DioModelPart */
  GArray *groups;       /**< of DioModelGroup */
  GPtrArray *materials; /**< of DioMaterial* */
  DioBox3 bounds;       /**< of all parts, model frame */
};

DioModel *dio_model_new (void) G_GNUC_WARN_UNUSED_RESULT;
DioModel *dio_model_ref (DioModel *model);
void dio_model_unref (DioModel *model);
/** Each takes what it is given and returns its index. */
guint dio_model_take_material (DioModel *model, DioMaterial *material);
guint dio_model_add_group (DioModel *model, const char *name, DioGroupLabel label);
void dio_model_take_part (
    DioModel *model, DioMesh *mesh, guint material, guint group, const DioMat4 *model_from_mesh);
/** Bounds and key, once complete. */
void dio_model_seal (DioModel *model);
guint64 dio_model_count_triangles (const DioModel *model);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioModel, dio_model_unref)

G_END_DECLS
