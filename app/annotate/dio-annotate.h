#pragma once
/* Thread: any. Labels from what the label rays saw. Reads frame/ and image/ only;
 * knows no dataset and traces nothing. Every rule stands in app/LABELS.md. */

#include "dio-annotate-policy.h"
#include "dio-frame-labels.h"
#include "dio-frame.h"

G_BEGIN_DECLS

/** All labels of one instance seen by one sensor in one frame: the projection of its leaves. */
typedef struct {
  guint instance; /**< dense index in the frame, 1-based */
  guint64 object_key;
  int category; /**< -1 unlabelled */
  gboolean thing;
  gboolean crowd;
  guint64 visible_px, amodal_px, silhouette_px, veiled_px;
  double coverage_px, amodal_coverage_px;
  guint parts;
  guint64 largest_part_px;
  double visibility, truncation,
      visib_fract; /**< NaN where the denominator is 0 (NULL in the store) */
  gboolean silhouette_open;
  gboolean subpixel;                     /**< coverage_px >= 0.5 with visible_px = 0 */
  DioPixelBox bbox_visible, bbox_amodal; /**< half-open; both inside the image */
  double bbox_full
      [4]; /**< x0, y0, x1, y1 of projected vertices, unclipped, pixels; NaN if behind the camera */
  gboolean has_bbox_full;
  DioVec3 box_center_world_m, box_size_m; /**< oriented 3D box; its axes are the object's */
  DioQuat box_q_wxyz_world;
  DioMat4 camera_from_object; /**< 6-DoF pose, rigid, our camera axes */
  DioMat4 world_from_object;
  DioVec3 scale;
  double view_azimuth_rad,
      /** of the camera seen from the object: 0 = from its front, positive to its left
   * (counter-clockwise from above) */
      view_elevation_rad;
  double distance_m;          /**< camera to box centre */
  double blur_px, defocus_px; /**< of the whole picture: length of motion, diameter of a point */
  DioRle visible;             /**< W x H */
  DioRle amodal;              /**< 3W x 3H */
} DioAnnotation;

/** One self-check's result. */
typedef struct {
  const char
      /** "gl-agrees", "gl-causes" (a note that always passes, where ids differ: how many pixels by why and what,
   * "12 cut, masked leaves; 3 outline, opaque"), "depth-in-box", "box-is-extent", "counts-add-up", "ids-known",
   * "amodal-contains-visible", "same-id-same-category" */
      *check;
  gboolean passed;
  gboolean note_only;
  char *detail; /**< owned; "" when passed, but for "gl-causes" */
} DioSelfCheck;

typedef struct {
  GArray *annotations;       /**< of DioAnnotation, by instance, amodal_px > 0 or coverage > 0 */
  GArray *checks;            /**< of DioSelfCheck, all that ran */
  gboolean passed;           /**< no failed check but notes */
  guint64 gl_differing_px;   /**< pixels where ids differ, all */
  guint64 gl_unexplained_px; /**< of those, not at an edge */
  double mean_luminance;     /**< of the sRGB picture, 0..1; notes only */
} DioAnnotations;

/** @rgb, @gl_leaf (nullable): the picture and the OpenGL ids for the differential check. */
void dio_annotate (const DioFrame *frame,
                   guint camera,
                   const DioRayLabels *labels,
                   const DioImage *gl_leaf,
                   const DioImage *rgb,
                   DioAnnotations *out);
void dio_annotations_clear (DioAnnotations *annotations);

/** The figures of @annotation that a policy looks at; @box is the one that is shown or written. */
DioPolicyInput dio_annotation_to_policy_input (const DioAnnotation *annotation,
                                               const DioPixelBox *box);

/** Leaf ids to dense instance ids (u16) and to category index + 1 (u16, 0 = background_category or none). */
DioImage *dio_annotate_instance_image (const DioFrame *frame,
                                       const DioImage *leaf) G_GNUC_WARN_UNUSED_RESULT;
DioImage *dio_annotate_semantic_image (const DioFrame *frame,
                                       const DioImage *leaf,
                                       int background_category) G_GNUC_WARN_UNUSED_RESULT;
/** depth_z to 16 bits: round (z / unit), 0 background, 65535 beyond range; counts the clipped. */
DioImage *dio_annotate_depth_image (const DioImage *depth_z,
                                    double unit_m,
                                    guint64 *clipped_px) G_GNUC_WARN_UNUSED_RESULT;
/** round ((n + 1) / 2 * 65535), background 0; u16 x3. */
DioImage *dio_annotate_normal_image (const DioImage *normal) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioAnnotations, dio_annotations_clear)

G_END_DECLS
