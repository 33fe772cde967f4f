/* Pictures of an export: the dataset's file byte for byte where that will do. */
#define G_LOG_DOMAIN "dio-export"

#include "dio-base-path.h"
#include "dio-core-error.h"
#include "dio-export-file-private.h"
#include "dio-export-format-private.h"

#include <math.h>
#include <string.h>

/* Middle grey in sRGB: what a network reads as "nothing here". */
#define FILL_LEVEL 128

gboolean
dio_export_picture_make_folders (const DioExportJob *job, GError **error)
{
  if (job->format->place_picture || job->format->embeds_pictures)
    return TRUE;
  for (guint i = 0; i < job->n_splits; i++) {
    g_autofree char *folder = g_build_filename (job->folder, "images", job->splits[i].name, NULL);
    if (!dio_path_make_folders (folder, error))
      return FALSE;
  }
  return TRUE;
}

static const DioDatasetFile *
find_file (const DioDatasetCapture *capture, const char *channel)
{
  for (guint i = 0; i < capture->files->len; i++) {
    const DioDatasetFile *file = &g_array_index (capture->files, DioDatasetFile, i);
    if (g_str_equal (file->channel, channel))
      return file;
  }
  return NULL;
}

/* The bytes that the dataset recorded, or an error. */
static GBytes *
load_checked (const DioExportJob *job, const DioDatasetFile *file, char **path, GError **error)
{
  g_autoptr (GError) inner = NULL;
  char *data = NULL;
  gsize size = 0;

  *path = g_build_filename (dio_dataset_get_folder (job->dataset), file->path, NULL);
  if (!g_file_get_contents (*path, &data, &size, &inner)) {
    g_set_error (error, DIO_ERROR,
                 g_error_matches (inner, G_FILE_ERROR, G_FILE_ERROR_NOENT) ? DIO_ERROR_NOT_FOUND
                                                                           : DIO_ERROR_FAILED,
                 "The picture %s cannot be read: %s", *path, inner->message);
    return NULL;
  }
  g_autoptr (GBytes) bytes = g_bytes_new_take (data, size);
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  if (g_str_equal (hash, file->sha256))
    return g_steal_pointer (&bytes);
  g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT,
               "The picture %s is not the one that was rendered: restore it, or render it again",
               *path);
  return NULL;
}

static GBytes *
load_rgb (const DioExportJob *job, const DioExportImage *image, char **path, GError **error)
{
  const DioDatasetFile *file = find_file (image->capture, "rgb");

  if (file)
    return load_checked (job, file, path, error);
  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
               "Frame %" G_GUINT64_FORMAT " of “%s” has no colour picture: render with the output"
               " “rgb” to export",
               image->frame->index, dio_dataset_get_folder (job->dataset));
  return NULL;
}

/* 16-bit units or float32 to metres; 0 where there is none. */
static DioImage *
depth_to_metres (const DioImage *stored, double unit_m)
{
  DioImage *depth = dio_image_new (stored->width, stored->height, 1, DIO_PIXEL_F32);
  gsize n = (gsize) stored->width * stored->height;

  for (gsize i = 0; i < n; i++)
    if (stored->type == DIO_PIXEL_F32)
      depth->f32[i] = isfinite (stored->f32[i]) ? stored->f32[i] : 0;
    else
      depth->f32[i] = stored->u16[i] == G_MAXUINT16 ? 0 : (float) (stored->u16[i] * unit_m);
  return depth;
}

DioImage *
dio_export_picture_load_channel (const DioExportJob *job,
                                 const DioExportImage *image,
                                 const char *channel,
                                 GError **error)
{
  const DioDatasetFile *file = find_file (image->capture, channel);
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = file ? load_checked (job, file, &path, error) : NULL;

  if (!bytes)
    return NULL;
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);
  g_autoptr (DioImage) stored = g_str_has_suffix (path, ".npy")
                                    ? dio_image_decode_npy (data, size, error)
                                    : dio_image_decode (data, size, NULL, error);
  if (!stored) {
    g_prefix_error (error, "%s: ", path);
    return NULL;
  }
  if (stored->width != image->capture->width_px || stored->height != image->capture->height_px) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT, "The picture %s has another size", path);
    return NULL;
  }
  gboolean is_depth = g_str_equal (channel, "depth")
                      && (stored->type == DIO_PIXEL_F32 || stored->type == DIO_PIXEL_U16)
                      && stored->channels == 1;
  return is_depth ? depth_to_metres (stored, image->capture->depth_unit_m)
                  : g_steal_pointer (&stored);
}

/** One rectangle of a mask to paint. */
static void
fill_span_cb (guint x, guint y0, guint y1, gpointer data)
{
  DioImage *picture = data;

  for (guint y = y0; y < y1; y++)
    memset (picture->u8 + y * picture->stride_bytes + x * picture->channels, FILL_LEVEL,
            picture->channels);
}

static DioImage *
decode_checked (GBytes *bytes, const DioExportImage *image, const char *path, GError **error)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);
  g_autoptr (DioImage) picture = dio_image_decode (data, size, NULL, error);

  if (!picture) {
    g_prefix_error (error, "%s: ", path);
    return NULL;
  }
  if (picture->type == DIO_PIXEL_U8 && picture->width == image->capture->width_px
      && picture->height == image->capture->height_px)
    return g_steal_pointer (&picture);
  g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT,
               "The picture %s is not 8-bit of %u x %u pixels, as the dataset says", path,
               image->capture->width_px, image->capture->height_px);
  return NULL;
}

/* JPEG and WebP in 4:4:4: halved colour moves the edges that labels follow. */
static GBytes *
encode_again (const DioExportJob *job,
              const DioExportImage *image,
              GBytes *bytes,
              DioImageFormat format,
              const char *path,
              GError **error)
{
  g_autoptr (DioImage) picture = decode_checked (bytes, image, path, error);
  DioEncodeOptions options = { .srgb = TRUE, .quality = job->options->image_quality };

  if (!picture)
    return NULL;
  for (guint i = 0; i < image->fills->len; i++)
    dio_rle_foreach_span (image->fills->pdata[i], fill_span_cb, picture);
  GBytes *encoded = dio_image_encode (picture, format, &options, error);
  if (!encoded)
    g_prefix_error (error, "%s: ", path);
  return encoded;
}

static const char *
get_extension (DioImageFormat format)
{
  switch (format) {
  case DIO_IMAGE_FORMAT_PNG:
    return "png";
  case DIO_IMAGE_FORMAT_JPEG:
    return "jpg";
  case DIO_IMAGE_FORMAT_WEBP:
    return "webp";
  case DIO_IMAGE_FORMAT_UNKNOWN:
  case DIO_IMAGE_FORMAT_EXR:
  case DIO_IMAGE_FORMAT_HDR:
  default:
    return NULL;
  }
}

/* The sensor's part of file names, as the dataset spells it: rgb/000/000123_SENSOR.png. */
static const char *
find_sensor_part (DioExportJob *job, const char *sensor, GError **error)
{
  const char *known = g_hash_table_lookup (job->sensor_parts, sensor);
  DioDatasetFileName name = { .run = 1, .sensor = sensor, .channel = "c", .extension = "e" };

  if (known)
    return known;
  g_autofree char *path = dio_dataset_dup_file_path (job->dataset, &name, error);
  if (!path)
    return NULL;
  const char *base = strchr (strrchr (path, '/'), '_') + 1;
  char *part = g_strndup (base, strlen (base) - strlen (".e"));
  g_hash_table_insert (job->sensor_parts, g_strdup (sensor), part);
  return part;
}

/* "PREFIXrun1_000123_camera", a later take "PREFIXrun1_000123t1_camera": no two captures of a dataset share
 * one, and a sensor's name cannot be taken for a take. */
static char *
dup_stem (DioExportJob *job, const DioExportImage *image, GError **error)
{
  const DioDatasetFrame *frame = image->frame;
  const char *sensor = find_sensor_part (job, image->capture->sensor, error);
  g_autofree char *take = frame->take > 0 ? g_strdup_printf ("t%u", frame->take) : g_strdup ("");

  if (!sensor)
    return NULL;
  return g_strdup_printf ("%srun%" G_GINT64_FORMAT "_%06" G_GUINT64_FORMAT "%s_%s",
                          job->options->prefix ? job->options->prefix : "", frame->run,
                          frame->index, take, sensor);
}

static DioImageFormat
choose_format (const DioExportJob *job, DioImageFormat has)
{
  if (job->options->image_format != DIO_IMAGE_FORMAT_UNKNOWN)
    return job->options->image_format;
  return job->format->only_png ? DIO_IMAGE_FORMAT_PNG : has;
}

/* The bytes that are exported, in the format @wanted. */
static GBytes *
make_picture (const DioExportJob *job,
              const DioExportImage *image,
              DioImageFormat *wanted,
              GError **error)
{
  g_autofree char *source = NULL;
  g_autoptr (GBytes) bytes = load_rgb (job, image, &source, error);

  if (!bytes)
    return NULL;
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);
  DioImageFormat has = dio_image_sniff (data, size);
  *wanted = choose_format (job, has);
  if (!get_extension (*wanted)) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT, "The picture %s is no PNG, JPEG or WebP",
                 source);
    return NULL;
  }
  /* A lossy picture in the wanted format may have another quality; only PNG is the same either way. */
  gboolean same =
      has == *wanted
      && (has == DIO_IMAGE_FORMAT_PNG || job->options->image_format == DIO_IMAGE_FORMAT_UNKNOWN);
  if (image->fills->len == 0 && same)
    return g_steal_pointer (&bytes);
  return encode_again (job, image, bytes, *wanted, source, error);
}

static void
place_picture (const DioExportJob *job, DioExportImage *image)
{
  image->name = g_strdup_printf ("%s.%s", image->stem, image->extension);
  if (job->format->place_picture)
    image->path = job->format->place_picture (job, image);
  else if (!job->format->embeds_pictures)
    image->path = g_build_filename ("images", job->splits[image->split].name, image->name, NULL);
  const char *slash = image->path ? strrchr (image->path, '/') : NULL;
  image->file_name = slash ? slash + 1 : image->path ? image->path : image->name;
}

gboolean
dio_export_picture_write (DioExportJob *job, DioExportImage *image, GError **error)
{
  DioImageFormat format = DIO_IMAGE_FORMAT_UNKNOWN;

  image->picture = make_picture (job, image, &format, error);
  if (!image->picture)
    return FALSE;
  image->extension = get_extension (format);
  image->stem = dup_stem (job, image, error);
  if (!image->stem)
    return FALSE;
  place_picture (job, image);
  gsize size;
  const void *data = g_bytes_get_data (image->picture, &size);
  return !image->path || dio_export_file_put (job->folder, image->path, data, size, error);
}
