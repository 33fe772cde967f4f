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

/** What a camera sees of an instance while some leaves are out of the way. Belongs to the frame that it was taken of. */
typedef struct DioRaySight DioRaySight;

typedef struct {
  guint camera, instance;
  guint n_rays;          /**< at most so many pixels are asked */
  const guint8 *movable; /**< [n_leaves]: not 0 = not there */
} DioRaySightDesc;

DioRaySight *dio_ray_scene_take_sight (DioRayScene *scene,
                                       const DioRaySightDesc *desc,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
void dio_ray_sight_free (DioRaySight *sight);
/** Visible share with nothing movable in the way. */
double dio_ray_sight_get_visibility (const DioRaySight *sight);
/** Whether no pixel of the instance lies in the picture at all. */
gboolean dio_ray_sight_is_empty (const DioRaySight *sight);
/** The share that is left when the leaves @hiders ([n_leaves], not 0 = hides) stand elsewhere: @moved_from_placed takes a
 * world point of them as the frame places them to where they are to be. */
double dio_ray_scene_look_past (const DioRayScene *scene,
                                const DioRaySight *sight,
                                const guint8 *hiders,
                                const DioMat4 *moved_from_placed);

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
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioRaySight, dio_ray_sight_free)

G_END_DECLS
