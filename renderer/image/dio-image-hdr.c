#define G_LOG_DOMAIN "dio-image"

/* Radiance RGBE pictures (Ward, "Real Pixels", Graphics Gems II, 1991; format of Radiance 2.0 and later):
 * a text header, the resolution line, then rows that are flat, in the old run-length form, or in the new
 * one that codes each component of a row apart. */

#include "dio-core-error.h"
#include "dio-image-codec-private.h"

#include <math.h>
#include <string.h>

#define MAX_LINE_BYTES 512
#define MAX_HEADER_LINES 1000
#define MIN_NEW_RLE_WIDTH 8
#define MAX_NEW_RLE_WIDTH 0x7fff

typedef struct {
  const guint8 *data;
  gsize size, offset;
} HdrReader;

static gboolean
fail (GError **error, DioError code, const char *what)
{
  g_set_error (error, DIO_ERROR, (int) code, "Radiance HDR picture %s", what);
  return FALSE;
}

static gsize
left (const HdrReader *reader)
{
  return reader->size - reader->offset;
}

/* Takes one line without its newline. */
static gboolean
read_line (HdrReader *reader, char line[MAX_LINE_BYTES], GError **error)
{
  gsize n = 0;
  while (n < left (reader) && reader->data[reader->offset + n] != '\n')
    n++;
  if (n == left (reader) || n >= MAX_LINE_BYTES)
    return fail (error, DIO_ERROR_CORRUPT, "has a header without end");
  memcpy (line, reader->data + reader->offset, n);
  line[n] = '\0';
  reader->offset += n + 1;
  return TRUE;
}

/* Header up to the empty line. EXPOSURE lines multiply: stored = radiance * their product. */
static gboolean
read_header (HdrReader *reader, double *exposure, GError **error)
{
  char line[MAX_LINE_BYTES];
  *exposure = 1;
  for (int i = 0; i < MAX_HEADER_LINES; i++) {
    if (!read_line (reader, line, error))
      return FALSE;
    if (line[0] == '\0' || strcmp (line, "\r") == 0)
      return TRUE;
    if (g_str_has_prefix (line, "FORMAT=")
        && strcmp (g_strstrip (line + 7), "32-bit_rle_rgbe") != 0)
      return fail (error, DIO_ERROR_UNSUPPORTED, "is not in RGBE colours; convert it");
    if (g_str_has_prefix (line, "EXPOSURE="))
      *exposure *= g_ascii_strtod (line + 9, NULL);
  }
  return fail (error, DIO_ERROR_CORRUPT, "has a header without end");
}

static gboolean
read_number (const char **p, guint64 *out)
{
  char *end = NULL;
  if (!g_ascii_isdigit (**p))
    return FALSE;
  *out = g_ascii_strtoull (*p, &end, 10);
  *p = end;
  return TRUE;
}

/* Rows top to bottom, left to right; the seven other orders of the format are hardly ever written. */
static gboolean
read_size (HdrReader *reader, guint64 *width, guint64 *height, GError **error)
{
  char line[MAX_LINE_BYTES];
  if (!read_line (reader, line, error))
    return FALSE;
  const char *p = line;
  if (!g_str_has_prefix (p, "-Y "))
    return fail (error, DIO_ERROR_UNSUPPORTED, "does not have its rows from top to bottom");
  p += 3;
  if (!read_number (&p, height))
    return fail (error, DIO_ERROR_CORRUPT, "has no size");
  if (!g_str_has_prefix (p, " +X "))
    return fail (error, DIO_ERROR_UNSUPPORTED, "does not have its rows from left to right");
  p += 4;
  if (!read_number (&p, width))
    return fail (error, DIO_ERROR_CORRUPT, "has no size");
  return TRUE;
}

/* The new form: the four components of the row one after the other, as runs (count > 128) and copies. */
static gboolean
read_new_row (HdrReader *reader, guint8 *rgbe, guint width, GError **error)
{
  for (guint component = 0; component < 4; component++)
    for (guint x = 0; x < width;) {
      if (left (reader) < 2)
        return fail (error, DIO_ERROR_CORRUPT, "ends too early");
      guint count = reader->data[reader->offset++];
      gboolean run = count > 128;
      count -= run ? 128 : 0;
      if (count == 0 || count > width - x)
        return fail (error, DIO_ERROR_CORRUPT, "has a run that leaves its row");
      if (!run && count > left (reader))
        return fail (error, DIO_ERROR_CORRUPT, "ends too early");
      for (guint i = 0; i < count; i++, x++)
        rgbe[4 * x + component] = reader->data[reader->offset + (run ? 0 : i)];
      reader->offset += run ? 1 : count;
    }
  return TRUE;
}

/* Flat pixels, and the old form: 1,1,1,n repeats the pixel before it n times, and each such pixel that
 * follows at once counts 256 times as much. */
static gboolean
read_old_row (HdrReader *reader, guint8 *rgbe, guint width, GError **error)
{
  guint shift = 0;
  for (guint x = 0; x < width;) {
    if (left (reader) < 4)
      return fail (error, DIO_ERROR_CORRUPT, "ends too early");
    const guint8 *p = reader->data + reader->offset;
    reader->offset += 4;
    if (p[0] != 1 || p[1] != 1 || p[2] != 1) {
      memcpy (rgbe + 4 * x++, p, 4);
      shift = 0;
      continue;
    }
    guint64 count = shift <= 24 ? (guint64) p[3] << shift : G_MAXUINT64;
    if (x == 0 || count > width - x)
      return fail (error, DIO_ERROR_CORRUPT, "has a run that leaves its row");
    for (; count > 0; count--, x++)
      memcpy (rgbe + 4 * x, rgbe + 4 * (x - 1), 4);
    shift += 8;
  }
  return TRUE;
}

static gboolean
read_row (HdrReader *reader, guint8 *rgbe, guint width, GError **error)
{
  const guint8 *p = reader->data + reader->offset;
  gboolean is_new = width >= MIN_NEW_RLE_WIDTH && width <= MAX_NEW_RLE_WIDTH && left (reader) >= 4
                    && p[0] == 2 && p[1] == 2 && p[2] < 128;
  if (!is_new)
    return read_old_row (reader, rgbe, width, error);
  if ((guint) (p[2] << 8 | p[3]) != width)
    return fail (error, DIO_ERROR_CORRUPT, "has a row of another width");
  reader->offset += 4;
  return read_new_row (reader, rgbe, width, error);
}

/* value = mantissa * 2^(exponent - 136); exponent 0 is black. */
static void
convert_row (const guint8 *rgbe, float *rgb, guint width, double scale)
{
  for (guint x = 0; x < width; x++, rgbe += 4, rgb += 3) {
    double unit = rgbe[3] == 0 ? 0 : ldexp (scale, rgbe[3] - 136);
    for (int c = 0; c < 3; c++)
      rgb[c] = (float) (rgbe[c] * unit);
  }
}

DioImage *
dio_hdr_decode (const guint8 *data, gsize size, const DioImageLimits *limits, GError **error)
{
  HdrReader reader = { .data = data, .size = size };
  double exposure = 1;
  guint64 width = 0, height = 0;
  if (!read_header (&reader, &exposure, error) || !read_size (&reader, &width, &height, error)
      || !dio_image_check_size ("Radiance HDR", width, height, limits, error))
    return NULL;
  /* Every form needs four bytes a row at least: a tiny file cannot ask for gigabytes. */
  if (left (&reader) / 4 < height) {
    fail (error, DIO_ERROR_CORRUPT, "ends too early");
    return NULL;
  }
  if (!(exposure >= 1e-12 && exposure <= 1e12))
    exposure = 1;

  g_autoptr (DioImage) image = dio_image_new ((guint) width, (guint) height, 3, DIO_PIXEL_F32);
  g_autofree guint8 *rgbe = g_malloc_n (image->width, 4);
  for (guint y = 0; y < image->height; y++) {
    if (!read_row (&reader, rgbe, image->width, error))
      return NULL;
    convert_row (rgbe, image->f32 + (gsize) y * image->width * 3, image->width, 1 / exposure);
  }
  return g_steal_pointer (&image);
}
