#define G_LOG_DOMAIN "dio-calibration"

/* Bare numbers, as people paste them: three rows of three from numpy, MATLAB, YAML or JSON, or "fx fy cx cy" with or without names. A word in front
 * of the numbers ("K =", "array(", "fx:") names and does not count. */

#include "dio-calibration-private.h"

#include <string.h>

/* Whether a character begins a number here: a digit, or a sign or point in front of one. "e" of a word does not. */
static gboolean
begins_number (const char *at, const char *end)
{
  if (at < end && (*at == '+' || *at == '-'))
    at++;
  if (at < end && *at == '.')
    at++;
  return at < end && g_ascii_isdigit (*at);
}

/* Passes over a word with the digits in it ("float64", "camera_1"), which are no numbers. */
static const char *
skip_word (const char *at, const char *end)
{
  while (at < end && (g_ascii_isalnum (*at) || *at == '_' || (guchar) *at >= 0x80))
    at++;
  return at;
}

/* Adds the numbers of a line; @first gets the line of the first number. */
static gboolean
scan_line (const DioCalibrationLine *line, DioCalibrationNumbers *numbers, GError **error)
{
  const char *at = line->start, *end = line->start + line->length;
  while (at < end && *at != '#' && *at != '%') {
    if (!begins_number (at, end)) {
      const char *word = skip_word (at, end);
      at = word > at ? word : at + 1;
      continue;
    }
    if (numbers->n == DIO_CALIBRATION_MAX_NUMBERS)
      return dio_calibration_fail (line->number, error,
                                   "there are too many numbers for one matrix; paste one camera");
    if (!dio_calibration_scan_number (&at, end, &numbers->values[numbers->n]))
      return dio_calibration_fail (line->number, error, "\"%.*s\" is no number",
                                   (int) MIN (end - at, 16), at);
    numbers->n++;
  }
  return TRUE;
}

/* A 3x4 projection matrix without its last column is K where the camera stands at the origin. */
static void
drop_last_column (DioCalibrationNumbers *numbers)
{
  for (guint row = 1; row < 3; row++)
    memmove (&numbers->values[row * 3], &numbers->values[row * 4], 3 * sizeof (double));
  numbers->n = 9;
}

gboolean
dio_calibration_read_matrix (DioCalibrationText *text, GError **error)
{
  DioCalibrationNumbers numbers = { .n = 0 };
  guint line = 1;
  for (guint i = 0; i < text->n_lines; i++) {
    guint before = numbers.n;
    if (!scan_line (&text->lines[i], &numbers, error))
      return FALSE;
    if (numbers.n > before)
      line = text->lines[i].number;
  }
  DioCalibrationCamera camera = { 0 };
  const double *v = numbers.values;
  gboolean moved = numbers.n == 12 && (v[3] != 0 || v[7] != 0 || v[11] != 0);
  if (numbers.n == 12 && !moved)
    drop_last_column (&numbers);
  if (numbers.n == 4) {
    camera.fx = v[0];
    camera.fy = v[1];
    camera.cx = v[2];
    camera.cy = v[3];
  } else if (numbers.n != 9) {
    return dio_calibration_fail (
        line, error, "a camera matrix has 9 numbers, or 4 for fx fy cx cy; here are %u", numbers.n);
  } else if (!dio_calibration_take_matrix (text, v, line, &camera, error)) {
    return FALSE;
  }
  return dio_calibration_add (text, &camera, line, error);
}
