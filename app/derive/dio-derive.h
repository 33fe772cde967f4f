#pragma once
/* Thread: any for different views. Labels per pixel that follow from what a dataset stores, without rendering: distance, position,
 * normals in world axes, object coordinates, optical flow. All are functions of a view: stored depth, owners and poses.
 *
 * A pixel stands for the point that its centre sees (labels.md 5). In the results a pixel without a value has NaN. */

#include "dio-dataset.h"
#include "dio-image.h"

G_BEGIN_DECLS

/** One object that a view knows the pose of. */
typedef struct {
  guint64 object_key;
  DioMat4 world_from_object; /**< rigid */
  DioVec3 scale;             /**< applied before it */
  DioVec3 box_center_world_m, box_size_m;
  DioQuat box_q_wxyz_world;
} DioDeriveObject;

/** One stored capture. */
typedef struct {
  guint width_px, height_px;
  double fx, fy, cx, cy;     /**< pixels; the centre of the first pixel lies at (0.5, 0.5) */
  DioMat4 world_from_camera; /**< rigid; the camera looks along its -z, +y is up */
  double depth_error_m;      /**< how far a stored depth may be off: half its unit */
  DioImage
      *depth_z; /**< f32, metres along the axis; +inf where nothing is, NaN where it is not known */
  DioImage *object; /**< u16: 1 + index into objects; 0 = nothing, or something without a pose */
  DioImage *normal; /**< f32 x 3, camera axes, 0 where nothing is; NULL where it was not stored */
  GArray *objects;  /**< of DioDeriveObject */
} DioDeriveView;

/** Reads depth, owners and, where stored, normals of @capture. Needs frames that were loaded with leaves. Errors: NOT_FOUND where
 * the job stored no depth or no leaf ids, and those of reading. */
gboolean dio_derive_view_load (const char *folder,
                               const DioDatasetCapture *capture,
                               DioDeriveView *out,
                               GError **error);
void dio_derive_view_clear (DioDeriveView *view);

/** f32: metres along the ray; +inf where nothing is. */
DioImage *dio_derive_distance (const DioDeriveView *view) G_GNUC_WARN_UNUSED_RESULT;
/** f32 x 3: metres in camera axes. */
DioImage *dio_derive_position_camera (const DioDeriveView *view) G_GNUC_WARN_UNUSED_RESULT;
/** f32 x 3: metres in the world. */
DioImage *dio_derive_position_world (const DioDeriveView *view) G_GNUC_WARN_UNUSED_RESULT;
/** f32 x 3: unit vectors in world axes; NULL where the view has no normals. */
DioImage *dio_derive_normal_world (const DioDeriveView *view) G_GNUC_WARN_UNUSED_RESULT;
/** f32 x 3: object coordinates (NOCS): place in the owner's 3D box, (0, 0, 0) to (1, 1, 1) along its axes from corner to corner; 0.5
 * along an axis in which the box is flat. */
DioImage *dio_derive_object_coordinates (const DioDeriveView *view) G_GNUC_WARN_UNUSED_RESULT;

/** What becomes of a point until the other view. */
typedef enum {
  DIO_FLOW_UNKNOWN, /**< no depth, no pose in one of the views, or behind the other camera: no flow */
  DIO_FLOW_VISIBLE,
  DIO_FLOW_HIDDEN,  /**< something is before it */
  DIO_FLOW_OUTSIDE, /**< it left the picture */
} DioFlowState;

typedef struct {
  DioImage *
      uv; /**< f32 x 2: pixels to the right and down from the pixel's centre to where its point is then */
  DioImage *state; /**< u8: DioFlowState */
} DioFlow;

/** Where the points of @from are in @to: backward flow is that from the later view to the earlier. Objects move rigidly, by object_key;
 * where nothing is, the far surroundings turn with the camera. A point that arrives in pixel q of @to is hidden when the owner of q is
 * another object that lies nearer, or its own and every part of that in the 3 x 3 pixels around q lies nearer. Nearer means by more
 * than 2 mm + 0.5 % of its depth + the errors of both stored depths. */
void dio_derive_flow (const DioDeriveView *from, const DioDeriveView *to, DioFlow *out);
void dio_flow_clear (DioFlow *flow);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioDeriveView, dio_derive_view_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioFlow, dio_flow_clear)

G_END_DECLS
