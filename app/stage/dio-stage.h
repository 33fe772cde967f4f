#pragma once
/* Thread: one owner. The one bridge from a resolved frame to the renderer's frame description: loads models
 * and textures, applies material overrides, assigns leaf ids by scene order, computes instance boxes.
 * Does NOT draw values (randomize/) and does not trace or draw (rays/, gl/), but hands randomize/ the
 * visibility estimator that rays/ offers. */

#include "dio-assets.h"
#include "dio-frame.h"
#include "dio-randomize.h"

#include "dio-core-pool.h"

G_BEGIN_DECLS

typedef struct DioStage DioStage;

/** Where assets come from. With @blobs_folder (a dataset's assets/) only imported blobs in it are read;
 * otherwise each asset is imported through @store, its path taken relative to @scenario_folder. All
 * borrowed; store and pool outlive the stage. */
typedef struct {
  const char *blobs_folder;
  const char *scenario_folder;
  DioAssetStore *store;
  /** For the visibility estimator. */
  DioPool *pool;
  /** Parametric models kept between frames; 0 = 256: a street of the example has a hundred. */
  guint parametric_cache;
  /** Replace the resolution of every sensor (K is scaled with it); 0 = the scenario's. */
  guint width_px, height_px;
} DioStageDesc;

/** Takes a reference to @scenario. Assets are opened at their first use. */
DioStage *dio_stage_new (DioScenario *scenario, const DioStageDesc *desc) G_GNUC_WARN_UNUSED_RESULT;
void dio_stage_free (DioStage *stage);
/** Goes on with another scenario of the same folder, an edit of the last. Models and pictures that it loaded or made
 * are kept but for those of assets whose file or options are other ones now. */
void dio_stage_set_scenario (DioStage *stage, DioScenario *scenario);

/** What resolve asks; valid as long as the stage. */
const DioResolveEnvironment *dio_stage_get_environment (DioStage *stage);

/** @resolved to frame. Errors: LIMIT for more than 65,535 leaves, NOT_FOUND and CORRUPT for assets,
 * INVALID for a node whose world transform has shear. */
DioFrame *dio_stage_build (DioStage *stage,
                           const DioResolved *resolved,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioStage, dio_stage_free)

G_END_DECLS
