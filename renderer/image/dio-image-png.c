#define G_LOG_DOMAIN "dio-image"

/* PNG through libpng. libpng leaves by longjmp; each setjmp stands in a small function of its own that
 * owns nothing but what hangs on the context struct, so that no local can be lost.
 *
 * The fast default is zlib level 1 and the UP filter, for colour the SUB filter. Best of five at 640x480 on
 * one core of an x86-64 server, bytes and milliseconds:
 *                    8-bit RGB photo   8-bit RGB render  16-bit ids      16-bit depth
 *   level 1, NONE    206 k   6.5       (slower)          24.4 k  1.9     (slower)
 *   level 1, SUB     201 k   7.5       209 k   8.3       20.0 k  2.0     51.2 k  2.9
 *   level 1, UP      192 k   7.3       217 k   8.5       19.4 k  2.0     46.8 k  2.8
 *   level 1, PAETH   (slower)          (slower)          (slower)        46.9 k  3.6
 *   level 3, UP      (slower)          (slower)          18.2 k  2.1     38.3 k  3.0
 * Choosing a filter for each row costs more than it saves at this level. Looking for repeated strings in
 * colour with grain costs time and finds chance: a textured render of 100 objects takes
 *   level 1, UP   429 k  14.7;   level 1, SUB   407 k  14.4
 *   runs, SUB     382 k  12.9;   Huffman codes alone, SUB   384 k   9.5
 * Without runs flat areas take an eighth of their size, so they decide which of the two it is. */

#include "dio-core-error.h"
#include "dio-image-codec-private.h"

#include <png.h>
#include <setjmp.h>
#include <string.h>
#include <zlib.h>

#define IHDR_END_BYTES 33
#define DEFLATE_CHUNK_BYTES 65536

typedef struct {
  const guint8 *data;
  gsize size, offset;
  DioImage *image;
  char message[120];
} PngReader;

typedef struct {
  const DioImage *image;
  const DioEncodeOptions *options;
  GByteArray *out;
  char message[120];
} PngWriter;

static void
error_cb (png_structp png, png_const_charp message)
{
  char *out = png_get_error_ptr (png);
  g_strlcpy (out, message, 120);
  longjmp (png_jmpbuf (png), 1);
}

/* Warnings are about ancillary chunks, which Diorama does not use. */
static void
warning_cb (png_structp png, png_const_charp message)
{
}

static void
read_cb (png_structp png, png_bytep out, size_t n)
{
  PngReader *reader = png_get_io_ptr (png);
  if (n > reader->size - reader->offset)
    png_error (png, "the file ends too early");
  memcpy (out, reader->data + reader->offset, n);
  reader->offset += n;
}

static void
write_cb (png_structp png, png_bytep bytes, size_t n)
{
  PngWriter *writer = png_get_io_ptr (png);
  g_byte_array_append (writer->out, bytes, (guint) n);
}

static void
flush_cb (png_structp png)
{
}

static void
set_transforms (png_structp png)
{
  /* Palette to RGB, grey below 8 bits to 8, tRNS to alpha. */
  png_set_expand (png);
  if (G_BYTE_ORDER == G_LITTLE_ENDIAN)
    png_set_swap (png);
}

static gboolean
read_png (png_structp png, png_infop info, PngReader *reader)
{
  if (setjmp (png_jmpbuf (png)) != 0)
    return FALSE;

  png_set_read_fn (png, reader, read_cb);
  png_set_keep_unknown_chunks (png, PNG_HANDLE_CHUNK_NEVER, NULL, 0);
  /* The size was checked by check_header; libpng's own limit of a million would be another rule. */
  png_set_user_limits (png, 0x7fffffff, 0x7fffffff);
  png_read_info (png, info);
  set_transforms (png);
  int passes = png_set_interlace_handling (png);
  png_read_update_info (png, info);

  DioPixelType type = png_get_bit_depth (png, info) == 16 ? DIO_PIXEL_U16 : DIO_PIXEL_U8;
  reader->image = dio_image_new (png_get_image_width (png, info), png_get_image_height (png, info),
                                 png_get_channels (png, info), type);
  if (png_get_rowbytes (png, info) != reader->image->stride_bytes)
    png_error (png, "rows have an unexpected length");
  for (int pass = 0; pass < passes; pass++)
    for (guint y = 0; y < reader->image->height; y++)
      png_read_row (png, reader->image->u8 + y * reader->image->stride_bytes, NULL);
  png_read_end (png, NULL);
  return TRUE;
}

static guint32
read_be32 (const guint8 *p)
{
  return (guint32) p[0] << 24 | (guint32) p[1] << 16 | (guint32) p[2] << 8 | p[3];
}

/* Looks at the size before libpng does, so that a bomb costs nothing and is told from damage. */
static gboolean
check_header (const guint8 *data, gsize size, const DioImageLimits *limits, GError **error)
{
  if (size < IHDR_END_BYTES || memcmp (data + 12, "IHDR", 4) != 0) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT, "PNG picture has no header");
    return FALSE;
  }
  return dio_image_check_size ("PNG", read_be32 (data + 16), read_be32 (data + 20), limits, error);
}

DioImage *
dio_png_decode (const guint8 *data, gsize size, const DioImageLimits *limits, GError **error)
{
  if (!check_header (data, size, limits, error))
    return NULL;

  PngReader reader = { .data = data, .size = size };
  png_structp png =
      png_create_read_struct (PNG_LIBPNG_VER_STRING, reader.message, error_cb, warning_cb);
  png_infop info = png != NULL ? png_create_info_struct (png) : NULL;
  gboolean ok = info != NULL && read_png (png, info, &reader);
  png_destroy_read_struct (&png, &info, NULL);
  if (ok)
    return reader.image;

  dio_image_unref (reader.image);
  g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT, "PNG picture is damaged: %s", reader.message);
  return NULL;
}

static int
color_type (guint channels)
{
  static const int types[] = { PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_GRAY_ALPHA, PNG_COLOR_TYPE_RGB,
                               PNG_COLOR_TYPE_RGB_ALPHA };
  return types[channels - 1];
}

/* TRUE where a pixel in four, of every fourth row, is the one to its left again. */
static gboolean
has_runs (const DioImage *image)
{
  gsize same = 0, all = 0, n = image->channels;
  for (guint y = 0; y < image->height; y += 4) {
    const guint8 *row = image->u8 + y * image->stride_bytes;
    for (gsize x = n; x < image->stride_bytes; x += n) {
      gboolean differs = row[x] != row[x - n];
      for (gsize k = 1; k < n; k++)
        differs |= row[x + k] != row[x + k - n];
      same += !differs;
      all++;
    }
  }
  return same * 4 >= all;
}

static void
set_compression (png_structp png, const DioImage *image, int level)
{
  png_set_compression_buffer_size (png, DEFLATE_CHUNK_BYTES);
  png_set_compression_level (png, level > 0 ? MIN (level, 9) : 1);
  /* A caller who asks for a level pays for libpng's choice among all filters, too. */
  if (level > 0)
    return;
  gboolean color = image->type == DIO_PIXEL_U8 && image->channels >= 3;
  png_set_filter (png, PNG_FILTER_TYPE_BASE, color ? PNG_FILTER_SUB : PNG_FILTER_UP);
  if (color)
    png_set_compression_strategy (png, has_runs (image) ? Z_RLE : Z_HUFFMAN_ONLY);
}

static void
set_text (png_structp png, png_infop info, const char *const *text)
{
  for (guint i = 0; text != NULL && text[i] != NULL && text[i + 1] != NULL; i += 2) {
    png_text chunk = {
      .compression = PNG_TEXT_COMPRESSION_NONE,
      .key = (char *) text[i],
      .text = (char *) text[i + 1],
    };
    png_set_text (png, info, &chunk, 1);
  }
}

static gboolean
write_png (png_structp png, png_infop info, PngWriter *writer)
{
  const DioImage *image = writer->image;
  if (setjmp (png_jmpbuf (png)) != 0)
    return FALSE;

  png_set_write_fn (png, writer, write_cb, flush_cb);
  set_compression (png, image, writer->options->compression);
  png_set_IHDR (png, info, image->width, image->height, image->type == DIO_PIXEL_U16 ? 16 : 8,
                color_type (image->channels), PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                PNG_FILTER_TYPE_DEFAULT);
  /* Only the chunk that says sRGB: a gAMA chunk makes some readers convert. */
  if (writer->options->srgb)
    png_set_sRGB (png, info, PNG_sRGB_INTENT_PERCEPTUAL);
  set_text (png, info, writer->options->text);
  png_write_info (png, info);
  if (G_BYTE_ORDER == G_LITTLE_ENDIAN && image->type == DIO_PIXEL_U16)
    png_set_swap (png);
  for (guint y = 0; y < image->height; y++)
    png_write_row (png, image->u8 + y * image->stride_bytes);
  png_write_end (png, info);
  return TRUE;
}

GBytes *
dio_png_encode (const DioImage *image, const DioEncodeOptions *options, GError **error)
{
  if (image->type == DIO_PIXEL_F32) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED,
                 "PNG holds 8 and 16 bit values; write float pictures as NPY");
    return NULL;
  }

  PngWriter writer = { .image = image, .options = options };
  writer.out =
      g_byte_array_sized_new ((guint) MIN (dio_image_get_bytes (image) / 2 + 256, 1u << 28));
  png_structp png =
      png_create_write_struct (PNG_LIBPNG_VER_STRING, writer.message, error_cb, warning_cb);
  png_infop info = png != NULL ? png_create_info_struct (png) : NULL;
  gboolean ok = info != NULL && write_png (png, info, &writer);
  png_destroy_write_struct (&png, &info);
  if (ok)
    return g_byte_array_free_to_bytes (writer.out);

  g_byte_array_unref (writer.out);
  g_set_error (error, DIO_ERROR, DIO_ERROR_FAILED, "Cannot write PNG picture: %s", writer.message);
  return NULL;
}
