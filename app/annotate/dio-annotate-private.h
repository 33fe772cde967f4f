#pragma once
/* Thread: any. What the files of this folder share. */

#include "dio-annotate.h"

/** Pose, 3D box, view angles, distance and bbox_full of @annotation->instance. */
void annotate_set_geometry (const DioFrame *frame, guint camera, DioAnnotation *annotation);
/** camera_from_x for world_from_x: the eye is subtracted in the world before anything is turned, so that
 * scenes far from the origin keep their digits. */
DioMat4 annotate_camera_from (const DioCamera *camera, const DioMat4 *world_from_x);

/** What the self-checks look at. */
typedef struct {
  const DioFrame *frame;
  const DioCamera *camera;
  const DioRayLabels *labels;
  const DioImage *gl_leaf; /**< (nullable) */
  DioAnnotations *out;
} AnnotateContext;

/** Runs every check of labels.md 16 and fills out->checks and out->passed. */
void annotate_run_checks (const AnnotateContext *context);
