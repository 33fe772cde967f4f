#pragma once
/* Thread: one owner. The one bridge from a resolved frame to the renderer's frame description: loads models
 * and textures, applies material overrides, assigns leaf ids by scene order, computes instance boxes. */

#include "dio-assets.h"
#include "dio-frame.h"
#include "dio-randomize.h"
#include "dio-rays.h"

G_BEGIN_DECLS

typedef struct DioStage DioStage;

/** Opens every asset of @scenario. @blobs: folder that holds HASH.dioblob files by sha256 recorded in the
 * scenario (a dataset's assets/), or NULL: import through @store relative to @scenario_folder.
 * @pool borrowed, for the visibility estimator. */
typedef struct {
  const char *blobs_folder;
  const char *scenario_folder;
  DioAssetStore *store;
  DioPool *pool;
  guint parametric_cache; /**< models kept, 0 = 64 */
} DioStageDesc;

DioStage *dio_stage_new (DioScenario *scenario,
                         const DioStageDesc *desc,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
void dio_stage_free (DioStage *stage);
/** What resolve asks; valid as long as the stage. */
const DioResolveEnvironment *dio_stage_get_environment (DioStage *stage);
/** @resolved -> frame. Errors: LIMIT for more than 65,535 leaves, NOT_FOUND for missing assets. */
DioFrame *dio_stage_build (DioStage *stage,
                           const DioResolved *resolved,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioStage, dio_stage_free)

G_END_DECLS
