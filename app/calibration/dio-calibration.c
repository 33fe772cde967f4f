#define G_LOG_DOMAIN "dio-calibration"

/* Which format a text has, and from its convention to ours. The text may come from anywhere: lengths and counts are bounded, and no line is read
 * beyond its end. */

#include "dio-calibration.h"

#include "dio-calibration-private.h"
#include "dio-core-error.h"

#include <glib/gi18n-lib.h>

#include <math.h>
#include <string.h>

#define MAX_SIZE_PX 16384
/* Values beyond these are slips of the hand or another quantity. */
#define MAX_FOCAL_PX 1e8
#define MAX_CENTRE_PX 1e6

/* ---- lines and numbers ---- */

gboolean
dio_calibration_fail (guint line, GError **error, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "Line %u: %s", line, message);
  return FALSE;
}

static void
split_lines (DioCalibrationText *text, const char *bytes, gsize length)
{
  guint n = 1;
  for (gsize i = 0; i < length; i++)
    n += bytes[i] == '\n' ? 1 : 0;
  text->lines = g_new0 (DioCalibrationLine, n);
  text->n_lines = n;
  const char *start = bytes, *end = bytes + length;
  for (guint i = 0; i < n; i++) {
    const char *stop = memchr (start, '\n', (gsize) (end - start));
    const char *next = stop != NULL ? stop + 1 : end;
    stop = stop != NULL ? stop : end;
    if (stop > start && stop[-1] == '\r')
      stop--;
    text->lines[i] = (DioCalibrationLine){ start, (gsize) (stop - start), i + 1 };
    start = next;
  }
}

/* Copies what can belong to a number, so that the conversion meets a zero byte and no locale. */
gboolean
dio_calibration_scan_number (const char **at, const char *end, double *value)
{
  char digits[64];
  gsize n = 0;
  const char *c = *at;
  while (c + n < end && n + 1 < sizeof digits
         && (g_ascii_isdigit (c[n]) || strchr ("+-.eE", c[n]) != NULL)) {
    /* strchr finds the end of its own text too. */
    if (c[n] == '\0')
      break;
    digits[n] = c[n];
    n++;
  }
  digits[n] = '\0';
  char *stop = digits;
  *value = g_ascii_strtod (digits, &stop);
  if (stop == digits || !isfinite (*value))
    return FALSE;
  *at = c + (stop - digits);
  return TRUE;
}

gboolean
dio_calibration_scan_numbers (
    const char *start, const char *end, guint line, DioCalibrationNumbers *numbers, GError **error)
{
  const char *at = start;
  while (at < end) {
    if (*at != '\0' && strchr (" \t,;[](){}", *at) != NULL) {
      at++;
      continue;
    }
    if (numbers->n == DIO_CALIBRATION_MAX_NUMBERS)
      return dio_calibration_fail (line, error, "there are too many numbers in one list");
    if (!dio_calibration_scan_number (&at, end, &numbers->values[numbers->n]))
      return dio_calibration_fail (line, error, "\"%.*s\" is no number", (int) MIN (end - at, 16),
                                   at);
    numbers->n++;
  }
  return TRUE;
}

/* ---- cameras ---- */

gboolean
dio_calibration_take_size (double number, guint line, guint *size, GError **error)
{
  if (!(number >= 1 && number <= MAX_SIZE_PX) || floor (number) != number)
    return dio_calibration_fail (
        line, error, "a picture's size must be a whole number from 1 to %d", MAX_SIZE_PX);
  *size = (guint) number;
  return TRUE;
}

gboolean
dio_calibration_take_matrix (DioCalibrationText *text,
                             const double k[static 9],
                             guint line,
                             DioCalibrationCamera *camera,
                             GError **error)
{
  double size = fabs (k[8]);
  /* A homography is the same at any scale; K is written with a 1 in its corner. */
  gboolean bottom = k[6] == 0 && k[7] == 0 && size > 0;
  if (!bottom || fabs (k[3]) > 1e-9 * fabs (k[0]))
    return dio_calibration_fail (
        line, error, "this is no camera matrix: it must be fx s cx / 0 fy cy / 0 0 1, in rows");
  camera->fx = k[0] / k[8];
  camera->fy = k[4] / k[8];
  camera->cx = k[2] / k[8];
  camera->cy = k[5] / k[8];
  if (fabs (k[1]) > 1e-9 * fabs (k[0]))
    dio_diagnostics_add (
        text->diagnostics, DIO_SEVERITY_WARNING, "skew-ignored",
        camera->name != NULL ? camera->name : "",
        "The matrix has skew, which Diorama's cameras do not have; it is left out.");
  return TRUE;
}

static gboolean
check_camera (const DioCalibrationCamera *camera, guint line, GError **error)
{
  if (!(camera->fx > 0 && camera->fx < MAX_FOCAL_PX && camera->fy > 0 && camera->fy < MAX_FOCAL_PX))
    return dio_calibration_fail (line, error, "fx and fy must be greater than 0 pixels");
  if (!(fabs (camera->cx) < MAX_CENTRE_PX && fabs (camera->cy) < MAX_CENTRE_PX))
    return dio_calibration_fail (line, error, "cx and cy must be pixels of the picture");
  return TRUE;
}

gboolean
dio_calibration_add (DioCalibrationText *text,
                     DioCalibrationCamera *camera,
                     guint line,
                     GError **error)
{
  if (!check_camera (camera, line, error))
    return FALSE;
  if (text->cameras->len == DIO_CALIBRATION_MAX_CAMERAS)
    return dio_calibration_fail (line, error, "there are more than %d cameras",
                                 DIO_CALIBRATION_MAX_CAMERAS);
  if (camera->name == NULL)
    camera->name = text->cameras->len == 0 ? g_strdup ("camera")
                                           : g_strdup_printf ("camera_%u", text->cameras->len + 1);
  g_array_append_val (text->cameras, *camera);
  *camera = (DioCalibrationCamera){ 0 };
  return TRUE;
}

static void
clear_camera_cb (gpointer data)
{
  DioCalibrationCamera *camera = data;
  g_clear_pointer (&camera->name, g_free);
}

/* ---- which format ---- */

static gboolean
has_word (const char *bytes, gsize length, const char *word)
{
  return g_strstr_len (bytes, (gssize) length, word) != NULL;
}

/* COLMAP's lines begin with an id and the name of a model: "1 PINHOLE 640 480 ...". */
static gboolean
is_colmap (const DioCalibrationText *text)
{
  for (guint i = 0; i < text->n_lines; i++) {
    const DioCalibrationLine *line = &text->lines[i];
    gsize at = 0;
    if (line->length == 0 || line->start[0] == '#')
      continue;
    while (at < line->length && g_ascii_isdigit (line->start[at]))
      at++;
    gsize space = at;
    while (at < line->length && (line->start[at] == ' ' || line->start[at] == '\t'))
      at++;
    return space > 0 && at > space && at < line->length && g_ascii_isupper (line->start[at]);
  }
  return FALSE;
}

static DioCalibrationFormat
find_format (const DioCalibrationText *text, const char *bytes, gsize length)
{
  if (is_colmap (text))
    return DIO_CALIBRATION_COLMAP;
  gboolean opencv =
      has_word (bytes, length, "!!opencv-matrix") || has_word (bytes, length, "%YAML:1.0");
  if (opencv)
    return DIO_CALIBRATION_OPENCV;
  /* camera_info as calibration files hold it, and as "rostopic echo" prints it. */
  gboolean ros = has_word (bytes, length, "distortion_model")
                 || has_word (bytes, length, "camera_matrix:") || has_word (bytes, length, "\nK:")
                 || has_word (bytes, length, "\nk:")
                 || (length > 2 && memcmp (bytes, "K:", 2) == 0);
  return ros ? DIO_CALIBRATION_ROS : DIO_CALIBRATION_MATRIX;
}

const char *
dio_calibration_format_to_name (DioCalibrationFormat format)
{
  static const char *const names[] = { N_ ("Camera matrix"), N_ ("OpenCV"), N_ ("ROS camera_info"),
                                       N_ ("COLMAP") };
  g_return_val_if_fail ((guint) format < G_N_ELEMENTS (names), "");
  return names[format];
}

/* ---- reading ---- */

static void
settle_camera (DioCalibrationText *text, DioCalibrationCamera *camera, double offset)
{
  camera->cx += offset;
  camera->cy += offset;
  if (camera->has_distortion)
    dio_diagnostics_add (
        text->diagnostics, DIO_SEVERITY_WARNING, "distortion-ignored", camera->name,
        "The camera has lens distortion, which Diorama does not draw yet: pictures are "
        "those of the pinhole camera, as if undistorted.");
  if (camera->width_px == 0 || camera->height_px == 0) {
    dio_diagnostics_add (
        text->diagnostics, DIO_SEVERITY_NOTE, "size-unknown", camera->name,
        "The text does not say how large the picture is; set width and height so that "
        "they fit the matrix.");
    return;
  }
  gboolean inside = camera->cx > 0 && camera->cx < camera->width_px && camera->cy > 0
                    && camera->cy < camera->height_px;
  if (!inside)
    dio_diagnostics_add (
        text->diagnostics, DIO_SEVERITY_WARNING, "principal-point-far", camera->name,
        "The principal point lies outside the picture; does the matrix belong to another "
        "size?");
}

static gboolean
read_format (DioCalibrationText *text, DioCalibrationFormat format, GError **error)
{
  switch (format) {
  case DIO_CALIBRATION_OPENCV:
    return dio_calibration_read_opencv (text, error);
  case DIO_CALIBRATION_ROS:
    return dio_calibration_read_ros (text, error);
  case DIO_CALIBRATION_COLMAP:
    return dio_calibration_read_colmap (text, error);
  case DIO_CALIBRATION_MATRIX:
  default:
    return dio_calibration_read_matrix (text, error);
  }
}

static gboolean
check_text (const char *text, gsize length, GError **error)
{
  if (length > DIO_CALIBRATION_MAX_BYTES) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_LIMIT,
                 "The text is longer than %u MiB; a calibration is a short text",
                 DIO_CALIBRATION_MAX_BYTES >> 20);
    return FALSE;
  }
  if (memchr (text, '\0', length) == NULL && g_utf8_validate (text, (gssize) length, NULL))
    return TRUE;
  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "This is no text (UTF-8)");
  return FALSE;
}

DioCalibration *
dio_calibration_read (const char *text,
                      gsize length,
                      DioCalibrationCentres centres,
                      DioDiagnostics *diagnostics,
                      GError **error)
{
  g_return_val_if_fail (text != NULL, NULL);
  if (!check_text (text, length, error))
    return NULL;
  g_autoptr (DioDiagnostics) found = dio_diagnostics_new ();
  DioCalibrationText state = { .diagnostics = found };
  state.cameras = g_array_new (FALSE, TRUE, sizeof (DioCalibrationCamera));
  g_array_set_clear_func (state.cameras, clear_camera_cb);
  split_lines (&state, text, length);
  DioCalibrationFormat format = find_format (&state, text, length);
  gboolean good = read_format (&state, format, error);
  if (good && state.cameras->len == 0)
    good = dio_calibration_fail (state.n_lines, error, "the text holds no camera");
  g_free (state.lines);
  if (!good) {
    g_array_unref (state.cameras);
    return NULL;
  }
  gboolean half = centres == DIO_CALIBRATION_CENTRES_HALF
                  || (centres == DIO_CALIBRATION_CENTRES_AUTO && format == DIO_CALIBRATION_COLMAP);
  for (guint i = 0; i < state.cameras->len; i++)
    settle_camera (&state, &g_array_index (state.cameras, DioCalibrationCamera, i), half ? 0 : 0.5);
  if (diagnostics != NULL)
    dio_diagnostics_append (diagnostics, found);
  DioCalibration *calibration = g_new0 (DioCalibration, 1);
  calibration->format = format;
  calibration->cameras = state.cameras;
  return calibration;
}

void
dio_calibration_free (DioCalibration *calibration)
{
  if (calibration == NULL)
    return;
  g_array_unref (calibration->cameras);
  g_free (calibration);
}

json_t *
dio_calibration_camera_to_sensor (const DioCalibrationCamera *camera)
{
  g_return_val_if_fail (camera != NULL, NULL);
  json_t *sensor = json_pack ("{s:f,s:f,s:f,s:f}", "fx", camera->fx, "fy", camera->fy, "cx",
                              camera->cx, "cy", camera->cy);
  if (camera->width_px > 0 && camera->height_px > 0) {
    json_object_set_new (sensor, "width", json_integer (camera->width_px));
    json_object_set_new (sensor, "height", json_integer (camera->height_px));
  }
  return sensor;
}
