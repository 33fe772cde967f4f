#define G_LOG_DOMAIN "dio-calibration"

/* What OpenCV's FileStorage and ROS write is YAML of a narrow kind: keys on lines of their own, matrices as lists of numbers in brackets over one or
 * more lines, or as "- " items. A whole YAML parser would accept much more than a calibration can mean.
 *
 *   camera_matrix: !!opencv-matrix        image_width: 640
 *      rows: 3                            camera_matrix:
 *      cols: 3                              rows: 3
 *      data: [ 525., 0., 320., ... ]        data: [525.0, 0.0, 320.0, ...]
 *
 * The name of a matrix may end with a number ("M1", "D2"): files of stereo pairs hold several cameras. */

#include "dio-calibration-private.h"
#include "dio-core-error.h"

#include <string.h>

#define MAX_DEVICES 16

/* What is known so far of one camera of the document. */
typedef struct {
  char suffix[8]; /**< of its matrices: "", "1", "2" */
  double k[9];
  gboolean has_k, has_distortion;
  guint line;
} Device;

typedef struct {
  DioCalibrationText *text;
  guint at;         /**< index of the line that is read */
  char section[64]; /**< the key above "data" */
  Device devices[MAX_DEVICES];
  guint n_devices;
  char *name;
  guint width_px, height_px;
} Reader;

/* Names that people give these matrices, without number at the end, case and "_". */
static const char *const matrix_names[] = { "cameramatrix",     "k",   "m",
                                            "intrinsics",       "mtx", "intrinsicmatrix",
                                            "cameraintrinsics", NULL };
static const char *const distortion_names[] = {
  "distortioncoefficients", "d", "distcoeffs", "distortion", "dist", "distortioncoeffs", NULL,
};

/* ---- keys ---- */

/* The key without "_", in small letters, and the number at its end. FALSE where it is too long for any name here. */
static gboolean
split_key (const char *key, gsize length, char name[static 32], char suffix[static 8])
{
  gsize end = length;
  while (end > 0 && g_ascii_isdigit (key[end - 1]))
    end--;
  if (length - end >= 8)
    return FALSE;
  memcpy (suffix, key + end, length - end);
  suffix[length - end] = '\0';
  gsize n = 0;
  for (gsize i = 0; i < end; i++) {
    if (key[i] == '_' || key[i] == '-' || key[i] == ' ')
      continue;
    if (n + 1 >= 32)
      return FALSE;
    name[n++] = g_ascii_tolower (key[i]);
  }
  name[n] = '\0';
  return TRUE;
}

static Device *
find_device (Reader *reader, const char *suffix)
{
  for (guint i = 0; i < reader->n_devices; i++) {
    if (strcmp (reader->devices[i].suffix, suffix) == 0)
      return &reader->devices[i];
  }
  if (reader->n_devices == MAX_DEVICES)
    return NULL;
  Device *device = &reader->devices[reader->n_devices++];
  *device = (Device){ .line = reader->text->lines[reader->at].number };
  g_strlcpy (device->suffix, suffix, sizeof device->suffix);
  return device;
}

/* ---- values ---- */

/* The numbers of a list that begins at @start of the present line, which may go on over the next ones. */
static gboolean
read_brackets (Reader *reader, const char *start, DioCalibrationNumbers *numbers, GError **error)
{
  const DioCalibrationText *text = reader->text;
  guint first = text->lines[reader->at].number;
  for (;;) {
    const DioCalibrationLine *line = &text->lines[reader->at];
    const char *end = line->start + line->length;
    const char *close = memchr (start, ']', (gsize) (end - start));
    if (!dio_calibration_scan_numbers (start, close != NULL ? close : end, line->number, numbers,
                                       error))
      return FALSE;
    if (close != NULL)
      return TRUE;
    if (reader->at + 1 == text->n_lines)
      return dio_calibration_fail (first, error, "the list has no \"]\"");
    reader->at++;
    start = text->lines[reader->at].start;
  }
}

static const char *
skip_spaces (const char *at, const char *end)
{
  while (at < end && (*at == ' ' || *at == '\t'))
    at++;
  return at;
}

/* Items "- 1.0" on the lines that follow. */
static gboolean
read_items (Reader *reader, DioCalibrationNumbers *numbers, GError **error)
{
  const DioCalibrationText *text = reader->text;
  while (reader->at + 1 < text->n_lines) {
    const DioCalibrationLine *line = &text->lines[reader->at + 1];
    const char *end = line->start + line->length;
    const char *item = skip_spaces (line->start, end);
    if (end - item < 2 || item[0] != '-' || item[1] != ' ')
      return TRUE;
    if (!dio_calibration_scan_numbers (item + 1, end, line->number, numbers, error))
      return FALSE;
    reader->at++;
  }
  return TRUE;
}

static gboolean
is_one_of (const char *name, const char *const *names)
{
  return g_strv_contains (names, name);
}

static gboolean
take_numbers (Reader *reader,
              const char *name,
              const char *suffix,
              const DioCalibrationNumbers *numbers,
              GError **error)
{
  guint line = reader->text->lines[reader->at].number;
  gboolean matrix = is_one_of (name, matrix_names);
  if (!matrix && !is_one_of (name, distortion_names))
    return TRUE;
  Device *device = find_device (reader, suffix);
  if (device == NULL)
    return dio_calibration_fail (line, error, "there are more than %d cameras", MAX_DEVICES);
  if (!matrix) {
    for (guint i = 0; i < numbers->n; i++)
      device->has_distortion |= numbers->values[i] != 0;
    return TRUE;
  }
  if (numbers->n != 9)
    return dio_calibration_fail (line, error, "a camera matrix has 9 numbers; here are %u",
                                 numbers->n);
  memcpy (device->k, numbers->values, sizeof device->k);
  device->has_k = TRUE;
  device->line = line;
  return TRUE;
}

static gboolean
take_size (Reader *reader, const char *value, const char *end, guint *size, GError **error)
{
  double number;
  guint line = reader->text->lines[reader->at].number;
  if (!dio_calibration_scan_number (&value, end, &number))
    return dio_calibration_fail (line, error, "a size in pixels is missing");
  return dio_calibration_take_size (number, line, size, error);
}

/* Models that bend straight lines so much that no pinhole stands for them. */
static gboolean
check_model (Reader *reader, const char *value, const char *end, GError **error)
{
  static const char *const fisheyes[] = { "equidistant", "fisheye", "kannala" };
  for (guint i = 0; i < G_N_ELEMENTS (fisheyes); i++) {
    if (g_strstr_len (value, end - value, fisheyes[i]) == NULL)
      continue;
    g_set_error (
        error, DIO_ERROR, DIO_ERROR_UNSUPPORTED,
        "Line %u: this is a fisheye camera (%s), which is no pinhole; calibrate the undistorted "
        "pictures instead",
        reader->text->lines[reader->at].number, fisheyes[i]);
    return FALSE;
  }
  return TRUE;
}

static void
take_name (Reader *reader, const char *value, const char *end)
{
  while (value < end && (*value == '"' || *value == '\''))
    value++;
  while (end > value && (end[-1] == '"' || end[-1] == '\'' || end[-1] == ' '))
    end--;
  g_free (reader->name);
  /* Cut at a character, not within one. */
  gsize length = MIN ((gsize) (end - value), 200);
  while (length > 0 && length < (gsize) (end - value) && ((guchar) value[length] & 0xc0) == 0x80)
    length--;
  reader->name = length > 0 ? g_strndup (value, length) : NULL;
}

/* ---- lines ---- */

/* Keys with one value each; FALSE with @known FALSE for others. */
static gboolean
read_scalar (Reader *reader,
             const char *name,
             const char *value,
             const char *end,
             gboolean *known,
             GError **error)
{
  *known = TRUE;
  if (strcmp (name, "imagewidth") == 0 || strcmp (name, "width") == 0)
    return take_size (reader, value, end, &reader->width_px, error);
  if (strcmp (name, "imageheight") == 0 || strcmp (name, "height") == 0)
    return take_size (reader, value, end, &reader->height_px, error);
  if (strcmp (name, "distortionmodel") == 0)
    return check_model (reader, value, end, error);
  if (strcmp (name, "cameraname") == 0) {
    take_name (reader, value, end);
    return TRUE;
  }
  *known = FALSE;
  return TRUE;
}

static gboolean
read_list (Reader *reader, const char *key, const char *value, const char *end, GError **error)
{
  char name[32], suffix[8];
  DioCalibrationNumbers numbers = { .n = 0 };
  gboolean data = strcmp (key, "data") == 0;
  const char *source = data ? reader->section : key;
  if (!split_key (source, strlen (source), name, suffix))
    return TRUE;
  gboolean wanted = is_one_of (name, matrix_names) || is_one_of (name, distortion_names);
  const char *bracket = memchr (value, '[', (gsize) (end - value));
  if (bracket != NULL) {
    if (!wanted && memchr (bracket, ']', (gsize) (end - bracket)) != NULL)
      return TRUE;
    /* Lists of other things are passed over without being read as numbers. */
    while (!wanted && memchr (bracket, ']', (gsize) (end - bracket)) == NULL) {
      if (reader->at + 1 == reader->text->n_lines)
        return TRUE;
      const DioCalibrationLine *next = &reader->text->lines[++reader->at];
      bracket = next->start;
      end = next->start + next->length;
    }
    return !wanted
           || (read_brackets (reader, bracket, &numbers, error)
               && take_numbers (reader, name, suffix, &numbers, error));
  }
  if (value == end && wanted && !read_items (reader, &numbers, error))
    return FALSE;
  if (numbers.n > 0)
    return take_numbers (reader, name, suffix, &numbers, error);
  /* Without numbers it is the name of what follows. */
  if (!data && (value == end || *value == '!'))
    g_strlcpy (reader->section, key, sizeof reader->section);
  return TRUE;
}

static gboolean
read_line (Reader *reader, GError **error)
{
  const DioCalibrationLine *line = &reader->text->lines[reader->at];
  const char *end = line->start + line->length;
  const char *start = skip_spaces (line->start, end);
  const char *colon = start < end ? memchr (start, ':', (gsize) (end - start)) : NULL;
  if (colon == NULL || *start == '#' || *start == '%' || colon - start >= 64)
    return TRUE;
  g_autofree char *key = g_strndup (start, (gsize) (colon - start));
  const char *value = skip_spaces (colon + 1, end);
  char name[32], suffix[8];
  gboolean known = FALSE;
  if (split_key (key, strlen (key), name, suffix) && suffix[0] == '\0'
      && !read_scalar (reader, name, value, end, &known, error))
    return FALSE;
  return known || read_list (reader, key, value, end, error);
}

/* ---- documents ---- */

static gboolean
add_device (Reader *reader, const Device *device, GError **error)
{
  DioCalibrationCamera camera = { .width_px = reader->width_px,
                                  .height_px = reader->height_px,
                                  .has_distortion = device->has_distortion };
  if (!dio_calibration_take_matrix (reader->text, device->k, device->line, &camera, error))
    return FALSE;
  const char *name = reader->name;
  if (device->suffix[0] != '\0')
    camera.name = g_strdup_printf ("%s_%s", name != NULL ? name : "camera", device->suffix);
  else
    camera.name = g_strdup (name);
  if (dio_calibration_add (reader->text, &camera, device->line, error))
    return TRUE;
  g_free (camera.name);
  return FALSE;
}

/* Takes what the document gave and begins the next. */
static gboolean
end_document (Reader *reader, GError **error)
{
  gboolean good = TRUE;
  for (guint i = 0; i < reader->n_devices && good; i++) {
    if (reader->devices[i].has_k)
      good = add_device (reader, &reader->devices[i], error);
  }
  reader->n_devices = 0;
  reader->width_px = reader->height_px = 0;
  reader->section[0] = '\0';
  g_clear_pointer (&reader->name, g_free);
  return good;
}

static gboolean
read_yaml (DioCalibrationText *text, GError **error)
{
  Reader reader = { .text = text };
  gboolean good = TRUE;
  for (; reader.at < text->n_lines && good; reader.at++) {
    const DioCalibrationLine *line = &text->lines[reader.at];
    gboolean separator = line->length >= 3 && memcmp (line->start, "---", 3) == 0;
    good = separator ? end_document (&reader, error) : read_line (&reader, error);
  }
  good = good && end_document (&reader, error);
  g_free (reader.name);
  return good;
}

gboolean
dio_calibration_read_opencv (DioCalibrationText *text, GError **error)
{
  return read_yaml (text, error);
}

gboolean
dio_calibration_read_ros (DioCalibrationText *text, GError **error)
{
  return read_yaml (text, error);
}
