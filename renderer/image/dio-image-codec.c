#define G_LOG_DOMAIN "dio-image"

#include "dio-image-codec.h"

#include "dio-core-error.h"
#include "dio-core-interactive.h"
#include "dio-image-codec-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* No picture that Diorama reads is larger than this on disk; it bounds memory before the first byte. */
#define MAX_FILE_BYTES (G_GUINT64_CONSTANT (1) << 30)

static DioImageLimits
limits_or_default (const DioImageLimits *limits)
{
  DioImageLimits result = limits != NULL ? *limits : (DioImageLimits){ 0 };
  if (result.max_side_px == 0)
    result.max_side_px = DIO_IMAGE_DEFAULT_MAX_SIDE_PX;
  if (result.max_pixels == 0)
    result.max_pixels = DIO_IMAGE_DEFAULT_MAX_PIXELS;
  /* dio_image_new takes no more, whatever the caller allows. */
  result.max_side_px = MIN (result.max_side_px, 65536u);
  return result;
}

gboolean
dio_image_check_size (
    const char *format, guint64 width, guint64 height, const DioImageLimits *limits, GError **error)
{
  if (width == 0 || height == 0) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT, "%s picture has no pixels", format);
    return FALSE;
  }
  if (width > limits->max_side_px || height > limits->max_side_px
      || width * height > limits->max_pixels) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_LIMIT,
                 "%s picture of %" G_GUINT64_FORMAT " x %" G_GUINT64_FORMAT
                 " pixels is larger than the limit of %u a side and %" G_GUINT64_FORMAT
                 " pixels; scale it down",
                 format, width, height, limits->max_side_px, limits->max_pixels);
    return FALSE;
  }
  return TRUE;
}

static gboolean
starts_with (const guint8 *data, gsize size, const char *magic, gsize magic_size)
{
  return size >= magic_size && memcmp (data, magic, magic_size) == 0;
}

DioImageFormat
dio_image_sniff (const void *data, gsize size)
{
  const guint8 *bytes = data;
  if (starts_with (bytes, size, "\x89PNG\r\n\x1a\n", 8))
    return DIO_IMAGE_FORMAT_PNG;
  if (starts_with (bytes, size, "\xff\xd8\xff", 3))
    return DIO_IMAGE_FORMAT_JPEG;
  if (size >= 12 && starts_with (bytes, size, "RIFF", 4) && memcmp (bytes + 8, "WEBP", 4) == 0)
    return DIO_IMAGE_FORMAT_WEBP;
  if (starts_with (bytes, size, "\x76\x2f\x31\x01", 4))
    return DIO_IMAGE_FORMAT_EXR;
  if (starts_with (bytes, size, "#?RADIANCE", 10) || starts_with (bytes, size, "#?RGBE", 6))
    return DIO_IMAGE_FORMAT_HDR;
  return DIO_IMAGE_FORMAT_UNKNOWN;
}

DioImage *
dio_image_decode (const void *data, gsize size, const DioImageLimits *limits, GError **error)
{
  g_return_val_if_fail (data != NULL || size == 0, NULL);
  dio_interactive_check ("decoding");
  DioImageLimits bounds = limits_or_default (limits);

  switch (dio_image_sniff (data, size)) {
  case DIO_IMAGE_FORMAT_PNG:
    return dio_png_decode (data, size, &bounds, error);
  case DIO_IMAGE_FORMAT_JPEG:
    return dio_jpeg_decode (data, size, &bounds, error);
  case DIO_IMAGE_FORMAT_WEBP:
    return dio_webp_decode (data, size, &bounds, error);
  case DIO_IMAGE_FORMAT_EXR:
    return dio_exr_decode (data, size, &bounds, error);
  case DIO_IMAGE_FORMAT_HDR:
    return dio_hdr_decode (data, size, &bounds, error);
  case DIO_IMAGE_FORMAT_UNKNOWN:
  default:
    break;
  }
  if (size == 0)
    g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT, "picture is empty");
  else
    g_set_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED,
                 "picture is none of PNG, JPEG, WebP, OpenEXR and Radiance HDR; convert it");
  return NULL;
}

static void
set_errno_error (GError **error, const char *path, int code)
{
  g_set_error (error, DIO_ERROR, code == ENOENT ? DIO_ERROR_NOT_FOUND : DIO_ERROR_FAILED,
               "Cannot read picture %s: %s", path, g_strerror (code));
}

/* Reads @size bytes; a file that shrank meanwhile gives fewer, which its decoder then finds. */
static gboolean
read_all (int fd, guint8 *buffer, gsize *size, const char *path, GError **error)
{
  gsize done = 0;
  while (done < *size) {
    gssize n = read (fd, buffer + done, *size - done);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0) {
      set_errno_error (error, path, errno);
      return FALSE;
    }
    if (n == 0)
      break;
    done += (gsize) n;
  }
  *size = done;
  return TRUE;
}

/* Opens regular files only: a pipe or device named by a hostile scene would block or never end. */
static int
open_regular (const char *path, gsize *size, GError **error)
{
  int fd = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) {
    set_errno_error (error, path, errno);
    return -1;
  }
  struct stat info;
  if (fstat (fd, &info) != 0) {
    set_errno_error (error, path, errno);
  } else if (!S_ISREG (info.st_mode)) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED, "Picture %s is not a regular file", path);
  } else if ((guint64) info.st_size > MAX_FILE_BYTES) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_LIMIT, "Picture %s is larger than 1 GiB", path);
  } else {
    *size = (gsize) info.st_size;
    return fd;
  }
  close (fd);
  return -1;
}

DioImage *
dio_image_load (const char *path, const DioImageLimits *limits, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);
  gsize size = 0;
  int fd = open_regular (path, &size, error);
  if (fd < 0)
    return NULL;

  g_autofree guint8 *data = g_malloc (size + 1);
  gboolean ok = read_all (fd, data, &size, path, error);
  close (fd);
  if (!ok)
    return NULL;

  DioImage *image = dio_image_decode (data, size, limits, error);
  if (image == NULL)
    g_prefix_error (error, "%s: ", path);
  return image;
}

GBytes *
dio_image_encode (const DioImage *image,
                  DioImageFormat format,
                  const DioEncodeOptions *options,
                  GError **error)
{
  static const DioEncodeOptions defaults;
  g_return_val_if_fail (image != NULL, NULL);
  dio_interactive_check ("encoding");
  if (options == NULL)
    options = &defaults;

  switch (format) {
  case DIO_IMAGE_FORMAT_PNG:
    return dio_png_encode (image, options, error);
  case DIO_IMAGE_FORMAT_JPEG:
    return dio_jpeg_encode (image, options, error);
  case DIO_IMAGE_FORMAT_WEBP:
    return dio_webp_encode (image, options, error);
  case DIO_IMAGE_FORMAT_EXR:
  case DIO_IMAGE_FORMAT_HDR:
  case DIO_IMAGE_FORMAT_UNKNOWN:
  default:
    g_set_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED,
                 "Pictures are written as PNG, JPEG or WebP only");
    return NULL;
  }
}
