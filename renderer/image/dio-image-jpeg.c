#define G_LOG_DOMAIN "dio-image"

/* JPEG through libjpeg, which leaves by longjmp: each setjmp stands in a small function that owns nothing
 * but what hangs on the context struct. */

#include "dio-core-error.h"
#include "dio-image-codec-private.h"

#include <stdio.h>

#include <jerror.h>
#include <jpeglib.h>
#include <setjmp.h>
#include <string.h>

#define OUTPUT_CHUNK_BYTES 65536
/* Real progressive files have about ten scans; thousands of tiny ones cost a full pass each. */
#define MAX_SCANS 200

typedef struct {
  struct jpeg_error_mgr manager; /**< first: libjpeg hands back its address */
  jmp_buf jump;
  char message[JMSG_LENGTH_MAX];
} JpegErrors;

typedef struct {
  struct jpeg_decompress_struct jpeg;
  struct jpeg_progress_mgr progress;
  JpegErrors errors;
  DioImage *image;
} JpegReader;

typedef struct {
  struct jpeg_destination_mgr manager; /**< first: libjpeg hands back its address */
  GByteArray *out;
  guint8 chunk[OUTPUT_CHUNK_BYTES];
} JpegSink;

typedef struct {
  struct jpeg_compress_struct jpeg;
  JpegErrors errors;
  JpegSink sink;
} JpegWriter;

G_NORETURN static void
error_exit_cb (j_common_ptr jpeg)
{
  JpegErrors *errors = (JpegErrors *) jpeg->err;
  jpeg->err->format_message (jpeg, errors->message);
  longjmp (errors->jump, 1);
}

/* libjpeg fills what is missing with grey and calls that a warning; Diorama takes whole pictures only. */
static gboolean
is_damage (int code)
{
  switch (code) {
  case JWRN_HIT_MARKER:
  case JWRN_HUFF_BAD_CODE:
  case JWRN_JPEG_EOF:
  case JWRN_MUST_RESYNC:
  case JWRN_NOT_SEQUENTIAL:
    return TRUE;
  default:
    return FALSE;
  }
}

static void
emit_message_cb (j_common_ptr jpeg, int level)
{
  if (level < 0 && is_damage (jpeg->err->msg_code))
    error_exit_cb (jpeg);
}

static void
limit_scans_cb (j_common_ptr common)
{
  j_decompress_ptr jpeg = (j_decompress_ptr) common;
  if (jpeg->input_scan_number > MAX_SCANS) {
    JpegErrors *errors = (JpegErrors *) common->err;
    g_strlcpy (errors->message, "too many scans", sizeof errors->message);
    longjmp (errors->jump, 1);
  }
}

static struct jpeg_error_mgr *
init_errors (JpegErrors *errors)
{
  jpeg_std_error (&errors->manager);
  errors->manager.error_exit = error_exit_cb;
  errors->manager.emit_message = emit_message_cb;
  return &errors->manager;
}

static gboolean
read_header (JpegReader *reader, const guint8 *data, gsize size)
{
  if (setjmp (reader->errors.jump) != 0)
    return FALSE;
  jpeg_create_decompress (&reader->jpeg);
  reader->progress.progress_monitor = limit_scans_cb;
  reader->jpeg.progress = &reader->progress;
  jpeg_mem_src (&reader->jpeg, data, size);
  jpeg_read_header (&reader->jpeg, TRUE);
  return TRUE;
}

/* One row at a time from four inks to RGB. Adobe writes them inverted, and nearly all such files are
 * Adobe's: a value is the light that an ink lets through. */
static void
cmyk_to_rgb (const guint8 *cmyk, guint8 *rgb, guint n, gboolean inverted)
{
  for (guint i = 0; i < n; i++) {
    guint k = inverted ? cmyk[4 * i + 3] : 255u - cmyk[4 * i + 3];
    for (guint c = 0; c < 3; c++) {
      guint ink = inverted ? cmyk[4 * i + c] : 255u - cmyk[4 * i + c];
      rgb[3 * i + c] = (guint8) ((ink * k + 127) / 255);
    }
  }
}

static gboolean
read_pixels (JpegReader *reader)
{
  if (setjmp (reader->errors.jump) != 0)
    return FALSE;

  struct jpeg_decompress_struct *jpeg = &reader->jpeg;
  gboolean cmyk = jpeg->num_components == 4;
  if (cmyk)
    jpeg->out_color_space = JCS_CMYK;
  else
    jpeg->out_color_space = jpeg->num_components == 1 ? JCS_GRAYSCALE : JCS_RGB;
  /* The plain integer transform: the fast ones differ between processors' code paths. */
  jpeg->dct_method = JDCT_ISLOW;
  jpeg_start_decompress (jpeg);
  reader->image = dio_image_new (jpeg->output_width, jpeg->output_height,
                                 jpeg->num_components == 1 ? 1 : 3, DIO_PIXEL_U8);

  /* libjpeg's own pool: freed with the decompressor, also after a jump. */
  JSAMPARRAY line =
      jpeg->mem->alloc_sarray ((j_common_ptr) jpeg, JPOOL_IMAGE, jpeg->output_width * 4, 1);
  while (jpeg->output_scanline < jpeg->output_height) {
    guint8 *row = reader->image->u8 + jpeg->output_scanline * reader->image->stride_bytes;
    if (cmyk) {
      jpeg_read_scanlines (jpeg, line, 1);
      cmyk_to_rgb (line[0], row, reader->image->width, jpeg->saw_Adobe_marker);
    } else {
      jpeg_read_scanlines (jpeg, &row, 1);
    }
  }
  jpeg_finish_decompress (jpeg);
  return TRUE;
}

static gboolean
is_supported (const JpegReader *reader, GError **error)
{
  int n = reader->jpeg.num_components;
  if (n == 1 || n == 3 || n == 4)
    return TRUE;
  g_set_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED,
               "JPEG picture has %d components; convert it to grey or RGB", n);
  return FALSE;
}

DioImage *
dio_jpeg_decode (const guint8 *data, gsize size, const DioImageLimits *limits, GError **error)
{
  JpegReader reader = { 0 };
  reader.jpeg.err = init_errors (&reader.errors);
  gboolean damaged = !read_header (&reader, data, size);
  gboolean ok = !damaged && is_supported (&reader, error)
                && dio_image_check_size ("JPEG", reader.jpeg.image_width, reader.jpeg.image_height,
                                         limits, error);
  if (ok) {
    ok = read_pixels (&reader);
    damaged = !ok;
  }
  jpeg_destroy_decompress (&reader.jpeg);
  if (ok)
    return reader.image;

  dio_image_unref (reader.image);
  if (damaged && reader.errors.manager.msg_code == JERR_IMAGE_TOO_BIG)
    g_set_error (error, DIO_ERROR, DIO_ERROR_LIMIT, "JPEG picture is too large: %s",
                 reader.errors.message);
  else if (damaged)
    g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT, "JPEG picture is damaged: %s",
                 reader.errors.message);
  return NULL;
}

static void
sink_start_cb (j_compress_ptr jpeg)
{
  JpegSink *sink = (JpegSink *) jpeg->dest;
  sink->manager.next_output_byte = sink->chunk;
  sink->manager.free_in_buffer = sizeof sink->chunk;
}

/* Called when the chunk is full: libjpeg wants all of it taken, whatever free_in_buffer says. */
static boolean
sink_empty_cb (j_compress_ptr jpeg)
{
  JpegSink *sink = (JpegSink *) jpeg->dest;
  g_byte_array_append (sink->out, sink->chunk, sizeof sink->chunk);
  sink_start_cb (jpeg);
  return TRUE;
}

static void
sink_end_cb (j_compress_ptr jpeg)
{
  JpegSink *sink = (JpegSink *) jpeg->dest;
  gsize n = sizeof sink->chunk - sink->manager.free_in_buffer;
  g_byte_array_append (sink->out, sink->chunk, (guint) n);
}

static gboolean
write_pixels (JpegWriter *writer, const DioImage *image, const DioEncodeOptions *options)
{
  if (setjmp (writer->errors.jump) != 0)
    return FALSE;

  struct jpeg_compress_struct *jpeg = &writer->jpeg;
  jpeg_create_compress (jpeg);
  writer->sink.manager.init_destination = sink_start_cb;
  writer->sink.manager.empty_output_buffer = sink_empty_cb;
  writer->sink.manager.term_destination = sink_end_cb;
  jpeg->dest = &writer->sink.manager;
  jpeg->image_width = image->width;
  jpeg->image_height = image->height;
  jpeg->input_components = (int) image->channels;
  jpeg->in_color_space = image->channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_set_defaults (jpeg);
  jpeg_set_quality (jpeg, options->quality > 0 ? (int) MIN (options->quality, 100u) : 95, TRUE);
  jpeg->dct_method = JDCT_ISLOW;
  int sampling = image->channels == 3 && options->subsample ? 2 : 1;
  jpeg->comp_info[0].h_samp_factor = sampling;
  jpeg->comp_info[0].v_samp_factor = sampling;

  jpeg_start_compress (jpeg, TRUE);
  while (jpeg->next_scanline < jpeg->image_height) {
    guint8 *row = image->u8 + jpeg->next_scanline * image->stride_bytes;
    jpeg_write_scanlines (jpeg, &row, 1);
  }
  jpeg_finish_compress (jpeg);
  return TRUE;
}

GBytes *
dio_jpeg_encode (const DioImage *image, const DioEncodeOptions *options, GError **error)
{
  if (image->type != DIO_PIXEL_U8 || (image->channels != 1 && image->channels != 3)
      || MAX (image->width, image->height) > JPEG_MAX_DIMENSION) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED,
                 "JPEG holds 8-bit grey or RGB of at most %ld pixels a side; write PNG",
                 (long) JPEG_MAX_DIMENSION);
    return NULL;
  }

  g_autofree JpegWriter *writer = g_new0 (JpegWriter, 1);
  writer->jpeg.err = init_errors (&writer->errors);
  writer->sink.out = g_byte_array_new ();
  gboolean ok = write_pixels (writer, image, options);
  jpeg_destroy_compress (&writer->jpeg);
  if (ok)
    return g_byte_array_free_to_bytes (writer->sink.out);

  g_byte_array_unref (writer->sink.out);
  g_set_error (error, DIO_ERROR, DIO_ERROR_FAILED, "Cannot write JPEG picture: %s",
               writer->errors.message);
  return NULL;
}
