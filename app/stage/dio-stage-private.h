#pragma once
/* Thread: the stage's owner. Shared by the files of stage/ only. */

#include "dio-rays.h"
#include "dio-stage.h"

/** A model with the exact bounds of its groups, so that a frame does not walk vertices again. */
typedef struct {
  DioModel *model;
  /** One per group of the model, model frame, tight over vertices. */
  DioBox3 *group_bounds;
  /** Over all groups whose default label is not EXCLUDE. */
  DioBox3 labelled_bounds;
  /** Sequence number of the last use, for the parametric cache. */
  guint64 used;
} DioStageModel;

typedef struct {
  DioImage *image;
  guint64 key;
  double lux; /**< on the ground, by a strength of 1 */
} DioStageEnvironment;

struct DioStage {
  DioScenario *scenario;
  char *blobs_folder, *scenario_folder;
  DioAssetStore *store;
  DioPool *pool;
  guint parametric_limit;
  guint width_px, height_px;
  guint64 clock;
  /** Elevation of the frame's sun while it is built; -inf without a sky. */
  double sun_rad;
  /** On the ground by the frame's environment, while it is built. */
  double environment_lux;

  /** asset id -> DioStageModel* */
  GHashTable *models;
  /** asset id -> StageFailure* of dio-stage-library.c: imports that failed, not to be tried again on the same file */
  GHashTable *failures;
  /** "kind\n%a,%a..." -> DioStageModel*, at most parametric_limit */
  GHashTable *parametric;
  /** "s:" or "l:" + texture name -> DioTexture* */
  GHashTable *textures;
  /** of what textures held since it was last emptied */
  gsize texture_bytes;
  /** name (and tint, or sky parameters) -> DioStageEnvironment*, at most 16 */
  GHashTable *environments;

  DioResolveEnvironment resolve_environment;
  /** Made at the first estimate. */
  DioRayScene *ray_scene;
  /** Of the last look: (nullable), and resolved index -> guint8[n_leaves] that are the node's or below it */
  DioRaySight *sight;
  GHashTable *sight_leaves;
};

/* dio-stage-library.c: everything that is loaded or made once and kept. Results are borrowed. */
void dio_stage_library_init (DioStage *stage);
void dio_stage_library_clear (DioStage *stage);
/** Drops what was loaded of assets that @scenario does not have in the same form. */
void dio_stage_library_forget (DioStage *stage, const DioScenario *scenario);
const DioStageModel *dio_stage_get_model (DioStage *stage,
                                          const DioModelProps *props,
                                          GError **error);
/** @name: asset id or "procedural:NAME". */
DioTexture *dio_stage_get_texture (DioStage *stage,
                                   const char *name,
                                   gboolean srgb,
                                   GError **error);
const DioStageEnvironment *dio_stage_get_environment_image (DioStage *stage,
                                                            const DioLightProps *light,
                                                            GError **error);
const DioStageEnvironment *dio_stage_get_sky (DioStage *stage, const DioLightProps *light);

/* dio-stage-material.c */
/** (transfer full): @base with the overrides of @props that name its slot, or another reference to @base. */
DioMaterial *dio_stage_apply_overrides (DioStage *stage,
                                        const DioModelProps *props,
                                        DioMaterial *base,
                                        GError **error);

/* dio-stage-objects.c: items, leaves, instances. */
gboolean dio_stage_add_objects (DioStage *stage,
                                const DioResolved *resolved,
                                DioFrame *frame,
                                GError **error);

/* dio-stage-light.c */
gboolean dio_stage_add_lights (DioStage *stage,
                               const DioResolved *resolved,
                               DioFrame *frame,
                               GError **error);

/** Finds the sun of the frame's sky. */
void dio_stage_find_sun (DioStage *stage, const DioResolved *resolved);
/** Whether what is switched on below @sun_rad is on; pi / 2 is always. */
gboolean dio_stage_is_on (const DioStage *stage, double sun_rad);

/* dio-stage-exposure.c */
/** EV100 that a meter chooses for a camera; @environment_lux: of the environment on a plate that faces up. */
double dio_stage_meter_ev100 (const DioFrame *frame,
                              double environment_lux,
                              const DioMat4 *world_from_camera);

/* dio-stage-camera.c */
gboolean dio_stage_add_cameras (DioStage *stage,
                                const DioResolved *resolved,
                                DioFrame *frame,
                                GError **error);

/* dio-stage-estimate.c: the functions of DioResolveEnvironment; @user is the stage. */
gboolean dio_stage_resolve_bounds (gpointer user,
                                   const DioNode *node,
                                   DioBox3 *out,
                                   GError **error);
gboolean dio_stage_resolve_estimate (gpointer user,
                                     const DioResolved *resolved,
                                     const char *sensor,
                                     const char *target,
                                     double *visibility,
                                     double *width_px,
                                     double *height_px,
                                     GError **error);

/* dio-stage-look.c */
gboolean dio_stage_resolve_look (gpointer user,
                                 const DioResolved *resolved,
                                 const DioResolveLook *look,
                                 double *visibility,
                                 GError **error);
double dio_stage_resolve_look_past (gpointer user, guint index, const DioMat4 *moved_from_placed);
void dio_stage_look_clear (DioStage *stage);

/* dio-stage-estimate.c, for looks too. */
/** Builds @resolved and hands it to the estimator's rays, which then hold the frame; NULL with an error. */
DioFrame *dio_stage_open_rays (DioStage *stage, const DioResolved *resolved, GError **error);
/** Index of the camera of @sensor; -1 where it is hidden. */
int dio_stage_find_camera (const DioFrame *frame, const char *sensor);
/** Instance of copy 0 of @node_id; 0 where it is hidden. */
guint dio_stage_find_instance (const DioFrame *frame, const char *node_id);
