#pragma once
/* Thread: any. What the files of this folder share. */

#include "dio-annotate.h"

/** Pose, 3D box, view angles and distance of @annotation->instance. */
void annotate_set_geometry (const DioFrame *frame, guint camera, DioAnnotation *annotation);
/** Bbox_full of all @annotations (of DioAnnotation, at most one for an instance), each item walked once. */
void annotate_set_full_boxes (const DioFrame *frame, guint camera, GArray *annotations);

/** As dio_mat4_transform_point, to the bit, inline for loops over vertices and pixels. */
static inline DioVec3
annotate_transform_point (const DioMat4 *m, DioVec3 p)
{
  const double *c = m->m;
  return (DioVec3){ c[0] * p.x + c[4] * p.y + c[8] * p.z + c[12],
                    c[1] * p.x + c[5] * p.y + c[9] * p.z + c[13],
                    c[2] * p.x + c[6] * p.y + c[10] * p.z + c[14] };
}

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

/** Counts @pixel, where label rays and OpenGL ids differ, in @causes: owned text -> owned guint64. */
void annotate_count_cause (const AnnotateContext *context, gsize pixel, GHashTable *causes);
/** The detail of the note "gl-causes", sorted by cause. */
char *annotate_dup_causes (GHashTable *causes) G_GNUC_WARN_UNUSED_RESULT;

/** Runs every check of labels.md 16 and fills out->checks and out->passed. */
void annotate_run_checks (const AnnotateContext *context);
