#pragma once
/* Thread: one owner. What readers of single formats share. Private to app/calibration. */

#include "dio-calibration.h"

G_BEGIN_DECLS

/** One line of the text; not ended by a zero byte. */
typedef struct {
  const char *start;
  gsize length;
  guint number; /**< from 1 */
} DioCalibrationLine;

/** A text in lines, what was read of it, and the first thing that is wrong. */
typedef struct {
  DioCalibrationLine *lines;
  guint n_lines;
  GArray *cameras;             /**< of DioCalibrationCamera in the convention of the text */
  DioDiagnostics *diagnostics; /**< never NULL */
} DioCalibrationText;

/** The most numbers that one list of any format may have. */
#define DIO_CALIBRATION_MAX_NUMBERS 64

/** Numbers in a row, whatever brackets, commas, semicolons and spaces stand between them. */
typedef struct {
  double values[DIO_CALIBRATION_MAX_NUMBERS];
  guint n;
} DioCalibrationNumbers;

/** Each reads a text of its format into @text->cameras; FALSE with an error that names the line. */
gboolean dio_calibration_read_matrix (DioCalibrationText *text, GError **error);
gboolean dio_calibration_read_opencv (DioCalibrationText *text, GError **error);
gboolean dio_calibration_read_ros (DioCalibrationText *text, GError **error);
gboolean dio_calibration_read_colmap (DioCalibrationText *text, GError **error);

/** "Line 3: ..." as INVALID; FALSE. */
gboolean dio_calibration_fail (guint line, GError **error, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
/** Reads one number of @*at and goes behind it; FALSE where there is none that is finite. */
gboolean dio_calibration_scan_number (const char **at, const char *end, double *value);
/** Adds the numbers of a piece of a line; FALSE with an error for anything but numbers and what separates them, and for too many. */
gboolean dio_calibration_scan_numbers (
    const char *start, const char *end, guint line, DioCalibrationNumbers *numbers, GError **error);
/** K in rows to fx, fy, cx, cy; checks its form. Skew is a finding. */
gboolean dio_calibration_take_matrix (DioCalibrationText *text,
                                      const double k[static 9],
                                      guint line,
                                      DioCalibrationCamera *camera,
                                      GError **error);
/** A size in pixels from a number. */
gboolean dio_calibration_take_size (double number, guint line, guint *size, GError **error);
/** Takes the camera with its name; FALSE where there are too many. */
gboolean dio_calibration_add (DioCalibrationText *text,
                              DioCalibrationCamera *camera,
                              guint line,
                              GError **error);

G_END_DECLS
