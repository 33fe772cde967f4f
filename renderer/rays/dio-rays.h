#pragma once
/* Thread: one owner; it spreads work over the DioPool it was given. Labels from primary rays through pixel
 * centres (Embree), the one engine for every renderer: see app/LABELS.md.
 * Does NOT know categories, datasets or documents; ids and flags come with the frame. */

#include "dio-core-pool.h"
#include "dio-frame-labels.h"
#include "dio-frame.h"

G_BEGIN_DECLS

/** Geometry of frames for tracing; keeps acceleration structures of meshes seen lately (by mesh key). */
typedef struct DioRayScene DioRayScene;

/** @pool borrowed, outlives the scene. @cache_bytes: bound on kept mesh structures, 0 = 256 MiB. */
DioRayScene *dio_ray_scene_new (DioPool *pool,
                                gsize cache_bytes,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
void dio_ray_scene_free (DioRayScene *scene);
/** Builds the top level for @frame (takes a reference until the next call). */
gboolean dio_ray_scene_set_frame (DioRayScene *scene, DioFrame *frame, GError **error);
/** "embree 3.13.5 avx2 ..." for the render identity. */
const char *dio_ray_scene_get_identity (const DioRayScene *scene);

/** Traces camera @camera of the current frame. @out is zeroed first. */
gboolean dio_ray_scene_trace_labels (DioRayScene *scene,
                                     guint camera,
                                     DioRayLabels *out,
                                     GError **error);

/** Estimate of the visibility of instance @instance in camera @camera for constraints: a fixed set of at
 * most @n_rays pixel centres over its projection. */
typedef struct {
  double visibility;          /**< visible / amodal of the rays, 0 where amodal is 0 */
  double width_px, height_px; /**< of its amodal extent inside the image, 0 outside */
} DioVisibilityEstimate;

gboolean dio_ray_scene_estimate (DioRayScene *scene,
                                 guint camera,
                                 guint instance,
                                 guint n_rays,
                                 DioVisibilityEstimate *out,
                                 GError **error);

/** One ray from anywhere, for placing things; no label depends on it. */
typedef struct {
  DioVec3 origin_world_m, direction_world; /**< direction of length 1 */
  /** node ids (nullable, NULL-terminated) whose leaves the ray passes through */
  const char *const *without;
} DioRayCast;

typedef struct {
  DioVec3 point_world_m;
  DioVec3 normal_world; /**< unit, of the triangle, turned to the ray's origin */
  double distance_m;
  guint leaf;
} DioRayCastHit;

/** The nearest surface that covers (alpha, side) along @cast in the current frame; FALSE where there is none. Needs no
 * camera. */
gboolean dio_ray_scene_cast (const DioRayScene *scene, const DioRayCast *cast, DioRayCastHit *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioRayScene, dio_ray_scene_free)

G_END_DECLS
