#define G_LOG_DOMAIN "dio-calibration"

/* COLMAP's cameras.txt: a line for each camera, "ID MODEL WIDTH HEIGHT PARAMS...", comments after "#". Pixel centres are at +0.5. The order of
 * parameters is that of COLMAP's documentation of camera models. */

#include "dio-calibration-private.h"
#include "dio-core-error.h"

#include <string.h>

static const struct {
  const char *name;
  guint n_params;
  guint n_focal; /**< 1: f; 2: fx fy; the principal point follows */
} models[] = {
  { "SIMPLE_PINHOLE", 3, 1 }, { "PINHOLE", 4, 2 }, { "SIMPLE_RADIAL", 4, 1 },
  { "RADIAL", 5, 1 },         { "OPENCV", 8, 2 },  { "FULL_OPENCV", 12, 2 },
};

static int
find_model (const char *start, gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS (models); i++) {
    if (strlen (models[i].name) == length && memcmp (models[i].name, start, length) == 0)
      return (int) i;
  }
  return -1;
}

static gboolean
read_camera (DioCalibrationText *text,
             const DioCalibrationLine *line,
             const char *name_end,
             const char *model,
             GError **error)
{
  const char *end = line->start + line->length;
  const char *model_end = model;
  while (model_end < end && *model_end != ' ' && *model_end != '\t')
    model_end++;
  int index = find_model (model, (gsize) (model_end - model));
  if (index < 0) {
    g_set_error (
        error, DIO_ERROR, DIO_ERROR_UNSUPPORTED,
        "Line %u: cameras of model \"%.*s\" are no pinholes; undistort the pictures first (in "
        "COLMAP: image_undistorter), which gives PINHOLE",
        line->number, (int) MIN (model_end - model, 32), model);
    return FALSE;
  }
  DioCalibrationNumbers numbers = { .n = 0 };
  if (!dio_calibration_scan_numbers (model_end, end, line->number, &numbers, error))
    return FALSE;
  guint n_params = models[index].n_params, n_focal = models[index].n_focal;
  if (numbers.n != 2 + n_params)
    return dio_calibration_fail (
        line->number, error,
        "a camera of model %s has a width, a height and %u parameters; here "
        "are %u numbers",
        models[index].name, n_params, numbers.n);
  DioCalibrationCamera camera = { 0 };
  if (!dio_calibration_take_size (numbers.values[0], line->number, &camera.width_px, error)
      || !dio_calibration_take_size (numbers.values[1], line->number, &camera.height_px, error))
    return FALSE;
  const double *p = &numbers.values[2];
  camera.fx = p[0];
  camera.fy = p[n_focal - 1];
  camera.cx = p[n_focal];
  camera.cy = p[n_focal + 1];
  for (guint i = n_focal + 2; i < n_params; i++)
    camera.has_distortion |= p[i] != 0;
  camera.name =
      g_strdup_printf ("camera_%.*s", (int) MIN (name_end - line->start, 16), line->start);
  if (dio_calibration_add (text, &camera, line->number, error))
    return TRUE;
  g_free (camera.name);
  return FALSE;
}

gboolean
dio_calibration_read_colmap (DioCalibrationText *text, GError **error)
{
  for (guint i = 0; i < text->n_lines; i++) {
    const DioCalibrationLine *line = &text->lines[i];
    const char *end = line->start + line->length;
    const char *id_end = line->start;
    while (id_end < end && g_ascii_isdigit (*id_end))
      id_end++;
    const char *model = id_end;
    while (model < end && (*model == ' ' || *model == '\t'))
      model++;
    if (model == end || line->start[0] == '#')
      continue;
    if (id_end == line->start || model == id_end)
      return dio_calibration_fail (line->number, error,
                                   "a camera's line begins with its number and its model");
    if (!read_camera (text, line, id_end, model, error))
      return FALSE;
  }
  return TRUE;
}
