#pragma once
/* Thread: any. Camera intrinsics from what calibration tools write: text in, cameras in our convention out.
 *
 * Ours: u = fx x / z + cx in pixels with (0,0) the corner of the picture and pixel centres at +0.5 (dio-core-conventions.h). OpenCV and ROS put pixel centres at
 * whole numbers, COLMAP at +0.5: the caller says which the text has.
 * Distortion is not used yet: a text that has it is read, and a finding says so. */

#include "dio-base-diagnostic.h"

#include <jansson.h>

G_BEGIN_DECLS

/** Longest text that is looked at, and most cameras in it. */
#define DIO_CALIBRATION_MAX_BYTES (4u << 20)
#define DIO_CALIBRATION_MAX_CAMERAS 10000

typedef enum {
  DIO_CALIBRATION_CENTRES_AUTO,  /**< what the format says; of a bare matrix: whole */
  DIO_CALIBRATION_CENTRES_WHOLE, /**< pixel centres at whole numbers (OpenCV, ROS): +0.5 is added */
  DIO_CALIBRATION_CENTRES_HALF,  /**< at +0.5 (COLMAP): taken as they are */
} DioCalibrationCentres;

typedef enum {
  DIO_CALIBRATION_MATRIX, /**< K in rows, or "fx fy cx cy" */
  DIO_CALIBRATION_OPENCV, /**< FileStorage YAML */
  DIO_CALIBRATION_ROS,    /**< camera_info YAML */
  DIO_CALIBRATION_COLMAP, /**< cameras.txt */
} DioCalibrationFormat;

typedef struct {
  char *name;                /**< from the text, else "camera" or "camera_N"; any UTF-8 */
  guint width_px, height_px; /**< 0 where the text does not say */
  double fx, fy, cx, cy;     /**< our convention */
  gboolean has_distortion;   /**< of any coefficient that is not 0; it is not used */
} DioCalibrationCamera;

typedef struct {
  DioCalibrationFormat format;
  GArray *cameras; /**< of DioCalibrationCamera, at least one */
} DioCalibration;

/** Finds out the format and reads. Findings ("distortion-ignored", "size-unknown", "skew-ignored", "principal-point-far") go to @diagnostics (nullable), object
 * = the camera's name. Errors: INVALID with the line, UNSUPPORTED for camera models that are not pinholes, LIMIT for a text that is too long. */
DioCalibration *dio_calibration_read (const char *text,
                                      gsize length,
                                      DioCalibrationCentres centres,
                                      DioDiagnostics *diagnostics,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
void dio_calibration_free (DioCalibration *calibration);
/** "OpenCV", "ROS camera_info", ... Static. */
const char *dio_calibration_format_to_name (DioCalibrationFormat format);
/** The object "sensor" of a node: width, height, fx, fy, cx, cy; sizes that are not known are left out. */
json_t *dio_calibration_camera_to_sensor (const DioCalibrationCamera *camera)
    G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioCalibration, dio_calibration_free)

G_END_DECLS
