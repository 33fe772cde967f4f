#pragma once
/* Thread: any. Where an object stands, in the axes of OpenCV's camera: x right, y down, z forward, metres. */

#include "dio-dataset.h"

G_BEGIN_DECLS

/** @world (metres) as @capture's camera sees it. */
DioVec3 dio_export_point_in_camera (const DioDatasetCapture *capture, DioVec3 world);
/** The same for a direction. */
DioVec3 dio_export_vector_in_camera (const DioDatasetCapture *capture, DioVec3 world);
/** The eight corners of the object's 3D box in the camera's axes. */
void dio_export_box_corners (const DioDatasetCapture *capture,
                             const DioAnnotation *label,
                             DioVec3 corners[8]);
/** The direction that the object's front looks in, unit, in the camera's axes. */
DioVec3 dio_export_front_in_camera (const DioDatasetCapture *capture, const DioAnnotation *label);
/** The pose of @label as 16 numbers row by row: from the object's frame into the camera's axes. */
void dio_export_pose_in_camera (const DioAnnotation *label, double rows[16]);
/** The pose of @capture's camera as 16 numbers row by row: from its axes into the world. */
void dio_export_camera_in_world (const DioDatasetCapture *capture, double rows[16]);

G_END_DECLS
