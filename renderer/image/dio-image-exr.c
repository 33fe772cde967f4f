#define G_LOG_DOMAIN "dio-image"

/* OpenEXR through its C interface, which catches the library's exceptions. That interface opens names
 * only, so the bytes go into an anonymous file. The header is walked here first, because the library
 * takes memory for as many rows as the data window claims. */

#include "dio-core-error.h"
#include "dio-image-codec-private.h"

#include <ImfCRgbaFile.h>

#include <errno.h>
#include <math.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define MAX_NAME_BYTES 256
#define FLAG_DEEP 0x800u
/* Windows may lie anywhere; one this far out is damage, and keeps sums in 32 bits. */
#define MAX_COORDINATE (1 << 24)
#define MAX_HALF 65504.0f
#define FILE_NAME_FORMAT "/proc/self/fd/%d"

typedef struct {
  gint32 x0, y0, x1, y1; /**< both ends belong to it */
} Window;

static gboolean
fail (GError **error, DioError code, const char *what)
{
  g_set_error (error, DIO_ERROR, (int) code, "OpenEXR picture %s", what);
  return FALSE;
}

static guint32
read_le32 (const guint8 *p)
{
  return (guint32) p[3] << 24 | (guint32) p[2] << 16 | (guint32) p[1] << 8 | p[0];
}

/* Takes a NUL-terminated name; NULL where none ends in time. */
static const char *
read_name (const guint8 *data, gsize size, gsize *offset)
{
  const char *name = (const char *) data + *offset;
  gsize n = strnlen (name, MIN (size - *offset, MAX_NAME_BYTES));
  if (n == MIN (size - *offset, MAX_NAME_BYTES))
    return NULL;
  *offset += n + 1;
  return name;
}

/* Walks the attributes (name, type, size, value) of the first header to its dataWindow. */
static gboolean
find_data_window (const guint8 *data, gsize size, Window *out, GError **error)
{
  if (size < 8)
    return fail (error, DIO_ERROR_CORRUPT, "has no header");
  if (read_le32 (data + 4) & FLAG_DEEP)
    return fail (error, DIO_ERROR_UNSUPPORTED, "holds deep data; flatten it");

  gsize offset = 8;
  while (offset < size && data[offset] != 0) {
    const char *name = read_name (data, size, &offset);
    const char *type = name != NULL ? read_name (data, size, &offset) : NULL;
    if (type == NULL || size - offset < 4)
      break;
    guint32 length = read_le32 (data + offset);
    offset += 4;
    if (length > size - offset)
      break;
    if (strcmp (name, "dataWindow") == 0 && strcmp (type, "box2i") == 0 && length == 16) {
      const guint8 *p = data + offset;
      *out = (Window){ (gint32) read_le32 (p), (gint32) read_le32 (p + 4),
                       (gint32) read_le32 (p + 8), (gint32) read_le32 (p + 12) };
      return TRUE;
    }
    offset += length;
  }
  return fail (error, DIO_ERROR_CORRUPT, "has no data window");
}

static gboolean
check_window (const Window *window, const DioImageLimits *limits, GError **error)
{
  gint64 width = (gint64) window->x1 - window->x0 + 1;
  gint64 height = (gint64) window->y1 - window->y0 + 1;
  if (!dio_image_check_size ("OpenEXR", (guint64) MAX (width, 0), (guint64) MAX (height, 0), limits,
                             error))
    return FALSE;
  if (ABS ((gint64) window->x0) > MAX_COORDINATE || ABS ((gint64) window->y0) > MAX_COORDINATE)
    return fail (error, DIO_ERROR_CORRUPT, "has an implausible data window");
  return TRUE;
}

/* An environment with one infinite pixel lights nothing but that pixel: values are made finite. */
static float
finite_from_half (ImfHalf half)
{
  float value = ImfHalfToFloat (half);
  if (isnan (value))
    return 0;
  return CLAMP (value, -MAX_HALF, MAX_HALF);
}

static DioImage *
convert_pixels (const ImfRgba *pixels, guint width, guint height)
{
  DioImage *image = dio_image_new (width, height, 3, DIO_PIXEL_F32);
  gsize n = (gsize) width * height;
  for (gsize i = 0; i < n; i++) {
    image->f32[3 * i] = finite_from_half (pixels[i].r);
    image->f32[3 * i + 1] = finite_from_half (pixels[i].g);
    image->f32[3 * i + 2] = finite_from_half (pixels[i].b);
  }
  return image;
}

/* The library's message without the name of the anonymous file, which tells nobody anything. */
static void
fail_by_library (GError **error, int fd)
{
  g_autofree char *name = g_strdup_printf (FILE_NAME_FORMAT, fd);
  g_autoptr (GString) message = g_string_new (ImfErrorMessage ());
  g_string_replace (message, name, "", 0);
  g_string_replace (message, " image file \"\"", " the picture", 0);
  g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT, "OpenEXR picture is damaged: %s", message->str);
}

static DioImage *
read_open_file (ImfInputFile *file, int fd, const Window *expected, GError **error)
{
  Window window;
  ImfHeaderDataWindow (ImfInputHeader (file), &window.x0, &window.y0, &window.x1, &window.y1);
  if (memcmp (&window, expected, sizeof window) != 0) {
    fail (error, DIO_ERROR_CORRUPT, "has two data windows");
    return NULL;
  }

  guint width = (guint) (window.x1 - window.x0 + 1);
  guint height = (guint) (window.y1 - window.y0 + 1);
  g_autofree ImfRgba *pixels = g_new0 (ImfRgba, (gsize) width * height);
  /* The library addresses by absolute coordinates; in integers, since the pointer leaves its array. */
  intptr_t base =
      (intptr_t) pixels - ((intptr_t) window.y0 * width + window.x0) * (intptr_t) sizeof (ImfRgba);
  if (!ImfInputSetFrameBuffer (file, (ImfRgba *) base, 1, width)
      || !ImfInputReadPixels (file, window.y0, window.y1)) {
    fail_by_library (error, fd);
    return NULL;
  }
  return convert_pixels (pixels, width, height);
}

static int
open_anonymous (const guint8 *data, gsize size, GError **error)
{
  int fd = memfd_create ("exr", MFD_CLOEXEC);
  gsize done = 0;
  while (fd >= 0 && done < size) {
    gssize n = write (fd, data + done, size - done);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0) {
      close (fd);
      fd = -1;
    } else {
      done += (gsize) n;
    }
  }
  if (fd < 0)
    g_set_error (error, DIO_ERROR, DIO_ERROR_FAILED,
                 "Cannot hold an OpenEXR picture in an anonymous file: %s", g_strerror (errno));
  return fd;
}

DioImage *
dio_exr_decode (const guint8 *data, gsize size, const DioImageLimits *limits, GError **error)
{
  Window window;
  if (!find_data_window (data, size, &window, error) || !check_window (&window, limits, error))
    return NULL;
  int fd = open_anonymous (data, size, error);
  if (fd < 0)
    return NULL;

  g_autofree char *name = g_strdup_printf (FILE_NAME_FORMAT, fd);
  ImfInputFile *file = ImfOpenInputFile (name);
  DioImage *image = NULL;
  if (file != NULL) {
    image = read_open_file (file, fd, &window, error);
    ImfCloseInputFile (file);
  } else {
    fail_by_library (error, fd);
  }
  close (fd);
  return image;
}
