#define G_LOG_DOMAIN "dio-widgets"

#include "dio-number-text-private.h"

#include <math.h>
#include <string.h>

#define SIGNIFICANT 4

static double
get_factor (const char *unit)
{
  return g_str_equal (unit, "rad") ? 180 / G_PI : 1;
}

static void
strip_zeros (char *text)
{
  if (strchr (text, '.') == NULL || strchr (text, 'e') != NULL)
    return;
  char *end = text + strlen (text);
  while (end[-1] == '0')
    *--end = '\0';
  if (end[-1] == '.')
    *--end = '\0';
}

char *
dio_number_text_format (double value, const char *unit, int digits)
{
  if (isnan (value))
    return g_strdup ("");
  double shown = value * get_factor (unit);
  if (digits < 0) {
    double size = fabs (shown);
    /* All digits before the point, and four that matter after it. */
    int before = size >= 1 ? (int) floor (log10 (size)) + 1 : 0;
    digits = CLAMP (SIGNIFICANT - before, 0, SIGNIFICANT);
    if (size > 0 && size < 1e-3)
      digits = CLAMP (SIGNIFICANT - 1 - (int) floor (log10 (size)), 0, 12);
  }
  char buffer[G_ASCII_DTOSTR_BUF_SIZE + 320];
  char format[] = "%.12f";
  g_snprintf (format, sizeof format, "%%.%df", MIN (digits, 15));
  g_ascii_formatd (buffer, sizeof buffer, format, shown);
  strip_zeros (buffer);
  return g_strdup (g_str_equal (buffer, "-0") ? "0" : buffer);
}

double
dio_number_text_get_step (double value, const char *unit, int digits)
{
  double factor = get_factor (unit);
  double size = fabs (value * factor) * 0.01;
  double least = digits == 0 ? 1 : digits > 0 ? pow (10, -digits) : factor > 1 ? 0.5 : 0.001;
  if (!isfinite (size) || size <= least)
    return least / factor;
  double power = pow (10, floor (log10 (size)));
  double lead = size / power;
  double step = (lead >= 5 ? 5 : lead >= 2 ? 2 : 1) * power;
  return MAX (step, least) / factor;
}

double
dio_number_text_round (double value, double step)
{
  if (!(step > 0) || !isfinite (value))
    return value;
  double count = floor (value / step + 0.5);
  /* 3 * 0.1 is not 0.3 but 3 / 10 is. */
  double inverse = 1 / step;
  double whole = floor (inverse + 0.5);
  if (fabs (inverse - whole) < 1e-9 * inverse)
    return count / whole;
  return count * step;
}
