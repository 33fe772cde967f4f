#define G_LOG_DOMAIN "dio-image"

/* NumPy's .npy, version 1.0 ("NEP 1: A simple file format for NumPy arrays"): magic, version, length of
 * the header, a Python literal padded with spaces so that data starts at a multiple of 64, data. */

#include "dio-core-error.h"
#include "dio-core-interactive.h"
#include "dio-image-codec.h"

#include <string.h>

#define PREFIX_BYTES 10
#define ALIGNMENT_BYTES 64
#define MAX_SIDE_PX 65536

static const char magic[8] = { '\x93', 'N', 'U', 'M', 'P', 'Y', 1, 0 };

static const char *
descr (DioPixelType type)
{
  static const char *const names[] = {
    [DIO_PIXEL_U8] = "|u1", [DIO_PIXEL_U16] = "<u2", [DIO_PIXEL_F32] = "<f4"
  };
  return names[type];
}

static void
append_values (GByteArray *out, const DioImage *image)
{
  guint offset = out->len;
  g_byte_array_append (out, image->data, (guint) dio_image_get_bytes (image));
#if G_BYTE_ORDER == G_BIG_ENDIAN
  gsize size = dio_pixel_type_get_bytes (image->type);
  for (guint8 *p = out->data + offset; p < out->data + out->len; p += size)
    for (gsize i = 0; i < size / 2; i++) {
      guint8 byte = p[i];
      p[i] = p[size - 1 - i];
      p[size - 1 - i] = byte;
    }
#else
  (void) offset;
#endif
}

GBytes *
dio_image_encode_npy (const DioImage *image)
{
  g_return_val_if_fail (image != NULL, NULL);
  g_return_val_if_fail (dio_image_get_bytes (image) < G_MAXUINT - 1024, NULL);

  g_autoptr (GString) header = g_string_new (NULL);
  g_string_printf (header, "{'descr': '%s', 'fortran_order': False, 'shape': (%u, %u",
                   descr (image->type), image->height, image->width);
  if (image->channels > 1)
    g_string_append_printf (header, ", %u", image->channels);
  g_string_append (header, "), }");
  while ((PREFIX_BYTES + header->len + 1) % ALIGNMENT_BYTES != 0)
    g_string_append_c (header, ' ');
  g_string_append_c (header, '\n');

  guint8 length[2] = { (guint8) (header->len & 0xff), (guint8) (header->len >> 8) };
  GByteArray *out = g_byte_array_sized_new ((guint) (dio_image_get_bytes (image) + 256));
  g_byte_array_append (out, (const guint8 *) magic, sizeof magic);
  g_byte_array_append (out, length, sizeof length);
  g_byte_array_append (out, (const guint8 *) header->str, (guint) header->len);
  append_values (out, image);
  return g_byte_array_free_to_bytes (out);
}

static gboolean
fail (GError **error, DioError code, const char *what)
{
  g_set_error (error, DIO_ERROR, (int) code, "NPY array %s", what);
  return FALSE;
}

static gboolean
parse_type (const char *header, DioPixelType *out)
{
  for (guint type = DIO_PIXEL_U8; type <= DIO_PIXEL_F32; type++) {
    g_autofree char *entry = g_strdup_printf ("'descr': '%s'", descr ((DioPixelType) type));
    if (strstr (header, entry) != NULL) {
      *out = (DioPixelType) type;
      return TRUE;
    }
  }
  return FALSE;
}

/* The two or three numbers of the shape; a missing third is 1. */
static gboolean
parse_shape (const char *header, guint64 shape[static 3])
{
  const char *p = strstr (header, "'shape': (");
  if (p == NULL)
    return FALSE;
  p += strlen ("'shape': (");
  shape[2] = 1;
  guint n = 0;
  while (n < 3 && g_ascii_isdigit (*p)) {
    char *end = NULL;
    shape[n++] = g_ascii_strtoull (p, &end, 10);
    p = end;
    while (*p == ',' || *p == ' ')
      p++;
  }
  return n >= 2 && *p == ')';
}

/* Checks the file up to its data, whose place it gives. */
static gboolean
parse_header (const guint8 *data,
              gsize size,
              DioPixelType *type,
              guint64 shape[static 3],
              gsize *data_offset,
              GError **error)
{
  if (size < PREFIX_BYTES || memcmp (data, magic, 6) != 0)
    return fail (error, DIO_ERROR_CORRUPT, "has no header");
  if (memcmp (data, magic, 8) != 0)
    return fail (error, DIO_ERROR_UNSUPPORTED, "is not of version 1.0");
  gsize length = (gsize) data[8] | (gsize) data[9] << 8;
  if (length > size - PREFIX_BYTES)
    return fail (error, DIO_ERROR_CORRUPT, "ends in its header");

  g_autofree char *header = g_strndup ((const char *) data + PREFIX_BYTES, length);
  if (!parse_type (header, type) || strstr (header, "'fortran_order': False") == NULL
      || !parse_shape (header, shape))
    return fail (error, DIO_ERROR_UNSUPPORTED,
                 "is not a C-ordered picture of uint8, uint16 or float32");
  *data_offset = PREFIX_BYTES + length;
  return TRUE;
}

DioImage *
dio_image_decode_npy (const void *data, gsize size, GError **error)
{
  g_return_val_if_fail (data != NULL || size == 0, NULL);
  dio_interactive_check ("decoding");
  DioPixelType type = DIO_PIXEL_U8;
  guint64 shape[3] = { 0 };
  gsize offset = 0;
  if (!parse_header (data, size, &type, shape, &offset, error))
    return NULL;
  if (shape[0] < 1 || shape[0] > MAX_SIDE_PX || shape[1] < 1 || shape[1] > MAX_SIDE_PX
      || shape[2] < 1 || shape[2] > 4) {
    fail (error, DIO_ERROR_LIMIT, "has a shape that is no picture's");
    return NULL;
  }
  /* Before memory is taken: the claimed size must be what the file holds. */
  guint64 bytes = shape[0] * shape[1] * shape[2] * dio_pixel_type_get_bytes (type);
  if (bytes != size - offset) {
    fail (error, DIO_ERROR_CORRUPT, "does not hold as many bytes as its shape says");
    return NULL;
  }

  DioImage *image = dio_image_new ((guint) shape[1], (guint) shape[0], (guint) shape[2], type);
  const guint8 *values = (const guint8 *) data + offset;
  gsize value_bytes = dio_pixel_type_get_bytes (type);
  for (gsize i = 0; i < bytes; i++) {
    gsize swapped = i - i % value_bytes + (value_bytes - 1 - i % value_bytes);
    image->u8[i] = values[G_BYTE_ORDER == G_LITTLE_ENDIAN ? i : swapped];
  }
  return image;
}
