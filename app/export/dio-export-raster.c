#define G_LOG_DOMAIN "dio-export"

#include "dio-export-raster-private.h"

#include <string.h>
#include <zlib.h>

typedef struct {
  DioImage *image;
  const guint16 *value;
} Paint;

static void
paint_span_cb (guint x, guint y0, guint y1, gpointer data)
{
  const Paint *paint = data;
  DioImage *image = paint->image;

  for (guint y = y0; y < y1; y++) {
    gsize at = ((gsize) y * image->width + x) * image->channels;
    for (guint c = 0; c < image->channels; c++)
      if (image->type == DIO_PIXEL_U8)
        image->u8[at + c] = (guint8) paint->value[c];
      else
        image->u16[at + c] = paint->value[c];
  }
}

void
dio_export_paint (DioImage *image, const DioRle *mask, const guint16 *value)
{
  Paint paint = { image, value };

  g_return_if_fail (image->type != DIO_PIXEL_F32);
  dio_rle_foreach_span (mask, paint_span_cb, &paint);
}

void
dio_export_voc_color (guint index, guint8 color[3])
{
  /* Bits 0, 1, 2 of the index go to the top bits of red, green, blue, the next three below them, and so on. */
  memset (color, 0, 3);
  for (guint bit = 7; index > 0; index >>= 3, bit--)
    for (guint c = 0; c < 3; c++)
      color[c] |= (guint8) ((index >> c & 1) << bit);
}

static void
put_be32 (guint8 *p, guint32 value)
{
  for (guint i = 0; i < 4; i++)
    p[i] = (guint8) (value >> (24 - 8 * i));
}

/* PNG: a signature of 8 bytes, then IHDR of 25. */
#define IHDR_START 8
#define IHDR_BYTES 25
#define IHDR_COLOR_TYPE (IHDR_START + 8 + 9)
#define PALETTE_BYTES (12 + 3 * 256)

static void
make_palette (guint8 chunk[PALETTE_BYTES])
{
  put_be32 (chunk, 3 * 256);
  memcpy (chunk + 4, "PLTE", 4);
  for (guint i = 0; i < 256; i++)
    dio_export_voc_color (i, chunk + 8 + 3 * i);
  put_be32 (chunk + PALETTE_BYTES - 4, (guint32) crc32 (0, chunk + 4, 4 + 3 * 256));
}

/* Grey of 8 bits and indices are the same stream: the header says which, and the map stands behind it. */
GBytes *
dio_export_encode_palette (const DioImage *image, GError **error)
{
  g_return_val_if_fail (image->type == DIO_PIXEL_U8 && image->channels == 1, NULL);

  g_autoptr (GBytes) grey = dio_image_encode (image, DIO_IMAGE_FORMAT_PNG, NULL, error);
  guint8 palette[PALETTE_BYTES];
  gsize size;

  if (!grey)
    return NULL;
  const guint8 *data = g_bytes_get_data (grey, &size);
  GByteArray *out = g_byte_array_sized_new ((guint) size + PALETTE_BYTES);
  g_byte_array_append (out, data, IHDR_START + IHDR_BYTES);
  out->data[IHDR_COLOR_TYPE] = 3;
  put_be32 (out->data + IHDR_START + IHDR_BYTES - 4,
            (guint32) crc32 (0, out->data + IHDR_START + 4, IHDR_BYTES - 8));
  make_palette (palette);
  g_byte_array_append (out, palette, sizeof palette);
  g_byte_array_append (out, data + IHDR_START + IHDR_BYTES,
                       (guint) (size - IHDR_START - IHDR_BYTES));
  return g_byte_array_free_to_bytes (out);
}
