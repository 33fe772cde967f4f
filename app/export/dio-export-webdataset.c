/* WebDataset: SPLIT-000000.tar and so on, POSIX ustar without compression, and SPLIT.json, their index. A sample is
 * NUMBER.png (or .jpg, .webp), NUMBER.json, NUMBER.mask.png and, where there is depth, NUMBER.depth.npy. */
#define G_LOG_DOMAIN "dio-export"

#include "dio-base-json.h"
#include "dio-export-file-private.h"
#include "dio-export-format-private.h"
#include "dio-export-raster-private.h"
#include "dio-export-space-private.h"
#include "dio-export-stream-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define BLOCK_BYTES 512u
#define RECORD_BYTES (20 * BLOCK_BYTES)

typedef struct {
  const DioExportJob *job;
  DioExportShards *shards; /**< n_splits */
} WebDataset;

static void
webdataset_free (gpointer state)
{
  WebDataset *web = state;

  for (guint i = 0; i < web->job->n_splits; i++)
    if (web->shards[i].stream)
      dio_export_stream_close (web->shards[i].stream, NULL);
  g_free (web->shards);
  g_free (web);
}

static gpointer
webdataset_begin (const DioExportJob *job, GError **error)
{
  WebDataset *web = g_new0 (WebDataset, 1);

  (void) error;
  web->job = job;
  web->shards = g_new0 (DioExportShards, job->n_splits);
  return web;
}

static char *
dup_shard_name (const WebDataset *web, guint split, guint index)
{
  return g_strdup_printf ("%s-%06u.tar", web->job->splits[split].name, index);
}

static gboolean
write_zeros (DioExportStream *stream, gsize size, GError **error)
{
  static const guint8 zeros[RECORD_BYTES];

  return dio_export_stream_write (stream, zeros, size, error);
}

/* Owner, time and mode are the same for all, so that the same dataset gives the same bytes. */
static void
make_header (guint8 header[BLOCK_BYTES], const char *name, gsize size)
{
  guint sum = 0;

  memset (header, 0, BLOCK_BYTES);
  g_strlcpy ((char *) header, name, 100);
  memcpy (header + 100, "0000644\0000000000\0000000000", 24);
  g_snprintf ((char *) header + 124, 12, "%011" G_GINT64_MODIFIER "o", (guint64) size);
  g_snprintf ((char *) header + 136, 12, "%011o", 0u);
  memset (header + 148, ' ', 8);
  header[156] = '0';
  memcpy (header + 257, "ustar\00000", 8);
  for (guint i = 0; i < BLOCK_BYTES; i++)
    sum += header[i];
  g_snprintf ((char *) header + 148, 8, "%06o", sum);
  header[155] = ' ';
}

static gboolean
write_member (DioExportStream *stream,
              const DioExportImage *image,
              const char *suffix,
              GBytes *bytes,
              GError **error)
{
  g_autofree char *name = g_strdup_printf ("%08" G_GUINT64_FORMAT ".%s", image->number, suffix);
  guint8 header[BLOCK_BYTES];
  gsize size = 0;
  const void *data = g_bytes_get_data (bytes, &size);

  make_header (header, name, size);
  return dio_export_stream_write (stream, header, sizeof header, error)
         && dio_export_stream_write (stream, data, size, error)
         && write_zeros (stream, (BLOCK_BYTES - size % BLOCK_BYTES) % BLOCK_BYTES, error);
}

static json_t *
make_numbers (const double *numbers, guint n)
{
  json_t *list = json_array ();

  for (guint i = 0; i < n; i++)
    json_array_append_new (list, json_real (numbers[i]));
  return list;
}

static json_t *
make_real (double value)
{
  return isfinite (value) ? json_real (value) : json_null ();
}

static json_t *
make_object (const DioExportAnnotation *a)
{
  const DioAnnotation *label = &a->source->label;
  const DioVec3 *size = &label->box_size_m;
  double pose[16];

  dio_export_pose_in_camera (label, pose);
  return json_pack ("{s:i, s:I, s:s, s:[i, i, i, i], s:I, s:b, s:o, s:o, s:o, s:o, s:o}",
                    "instance", (int) label->instance, "category", (json_int_t) a->class->id,
                    "name", a->class->name, "bbox", a->box.x0, a->box.y0, a->box.x1 - a->box.x0,
                    a->box.y1 - a->box.y0, "area", (json_int_t) a->area_px, "ignored", a->ignored,
                    "visibility", make_real (label->visibility), "truncation",
                    make_real (label->truncation), "distance_m", make_real (label->distance_m),
                    "camera_from_object", make_numbers (pose, 16), "box_size_m",
                    make_numbers ((const double[]){ size->x, size->y, size->z }, 3));
}

static GBytes *
make_document (const DioExportImage *image)
{
  const DioDatasetCapture *c = image->capture;
  const double camera[] = { c->fx, 0, c->cx - 0.5, 0, c->fy, c->cy - 0.5, 0, 0, 1 };
  double pose[16];
  json_t *objects = json_array ();

  dio_export_camera_in_world (c, pose);
  for (guint i = 0; i < image->annotations->len; i++)
    json_array_append_new (
        objects, make_object (&g_array_index (image->annotations, DioExportAnnotation, i)));
  g_autoptr (json_t) json = json_pack (
      "{s:s, s:i, s:i, s:I, s:I, s:i, s:s, s:o, s:o, s:o}", "source", image->name, "width",
      (int) c->width_px, "height", (int) c->height_px, "run", (json_int_t) image->frame->run,
      "frame", (json_int_t) image->frame->index, "take", (int) image->frame->take, "sensor",
      c->sensor, "camera_matrix", make_numbers (camera, 9), "world_from_camera",
      make_numbers (pose, 16), "objects", objects);
  char *line = dio_json_to_line (json);
  return g_bytes_new_take (line, strlen (line));
}

static GBytes *
make_mask (const DioExportImage *image, GError **error)
{
  g_autoptr (DioImage) picture =
      dio_image_new (image->capture->width_px, image->capture->height_px, 1, DIO_PIXEL_U16);

  for (guint i = 0; i < image->annotations->len; i++) {
    const DioExportAnnotation *a = &g_array_index (image->annotations, DioExportAnnotation, i);
    guint16 value = (guint16) a->source->label.instance;
    dio_export_paint (picture, &a->mask, &value);
  }
  return dio_image_encode (picture, DIO_IMAGE_FORMAT_PNG, NULL, error);
}

static gboolean
write_depth (const WebDataset *web,
             DioExportStream *stream,
             const DioExportImage *image,
             GError **error)
{
  g_autoptr (GError) inner = NULL;
  g_autoptr (DioImage) depth = dio_export_picture_load_channel (web->job, image, "depth", &inner);

  if (inner) {
    g_propagate_error (error, g_steal_pointer (&inner));
    return FALSE;
  }
  g_autoptr (GBytes) bytes = depth ? dio_image_encode_npy (depth) : NULL;
  return !bytes || write_member (stream, image, "depth.npy", bytes, error);
}

/* Two empty blocks end an archive; readers and writers count in records. */
static gboolean
end_shard (DioExportShards *shards, GError **error)
{
  DioExportStream *stream = shards->stream;
  gsize end = 2 * BLOCK_BYTES;
  gsize over = (gsize) ((dio_export_stream_tell (stream) + end) % RECORD_BYTES);

  end += over > 0 ? RECORD_BYTES - over : 0;
  while (end > 0) {
    gsize piece = MIN (end, RECORD_BYTES);
    if (!write_zeros (stream, piece, error))
      return FALSE;
    end -= piece;
  }
  return dio_export_stream_close (g_steal_pointer (&shards->stream), error);
}

static gboolean
open_shard (const WebDataset *web, guint split, GError **error)
{
  DioExportShards *shards = &web->shards[split];

  if (shards->stream && shards->n_samples % DIO_EXPORT_SHARD_SAMPLES == 0
      && !end_shard (shards, error))
    return FALSE;
  if (!shards->stream) {
    g_autofree char *name =
        dup_shard_name (web, split, (guint) (shards->n_samples / DIO_EXPORT_SHARD_SAMPLES));
    shards->stream = dio_export_stream_new (web->job->folder, name, error);
  }
  return shards->stream != NULL;
}

static gboolean
webdataset_add (gpointer state, const DioExportImage *image, GError **error)
{
  WebDataset *web = state;
  DioExportShards *shards = &web->shards[image->split];
  g_autoptr (GBytes) document = make_document (image);
  g_autoptr (GBytes) mask = make_mask (image, error);

  if (!mask || !open_shard (web, image->split, error))
    return FALSE;
  shards->n_samples++;
  return write_member (shards->stream, image, image->extension, image->picture, error)
         && write_member (shards->stream, image, "json", document, error)
         && write_member (shards->stream, image, "mask.png", mask, error)
         && write_depth (web, shards->stream, image, error);
}

/* Sizes are asked of the files: nothing is remembered of a shard. */
static json_t *
make_shard (const WebDataset *web, guint split, guint index, GError **error)
{
  g_autofree char *name = dup_shard_name (web, split, index);
  g_autofree char *path = g_build_filename (web->job->folder, name, NULL);
  GStatBuf info;

  if (g_stat (path, &info) != 0) {
    dio_export_set_errno (error, errno, "read", path);
    return NULL;
  }
  return json_pack ("{s:s, s:i, s:I}", "url", name, "nsamples",
                    (int) dio_export_shards_samples (web->shards[split].n_samples, index),
                    "filesize", (json_int_t) info.st_size);
}

static gboolean
write_index (const WebDataset *web, guint split, GError **error)
{
  const char *name = web->job->splits[split].name;
  json_t *list = json_array ();
  g_autoptr (json_t) json = json_pack ("{s:s, s:i, s:s, s:o}", "__kind__", "wids-shard-index-v1",
                                       "wids_version", 1, "name", name, "shardlist", list);
  g_autofree char *file = g_strdup_printf ("%s.json", name);

  for (guint i = 0; i < dio_export_shards_count (web->shards[split].n_samples); i++) {
    json_t *shard = make_shard (web, split, i, error);
    if (!shard)
      return FALSE;
    json_array_append_new (list, shard);
  }
  g_autofree char *text = dio_json_to_text (json);
  return dio_export_file_put (web->job->folder, file, text, strlen (text), error);
}

static gboolean
webdataset_end (gpointer state, GError **error)
{
  WebDataset *web = state;

  for (guint i = 0; i < web->job->n_splits; i++)
    if ((web->shards[i].stream && !end_shard (&web->shards[i], error))
        || !write_index (web, i, error))
      return FALSE;
  return TRUE;
}

static const char *const conventions[] = {
  "bbox",
  "[x, y, width, height] in pixels of the half-open box",
  "mask.png",
  "16 bits: the instance of the object, 0 where there is none",
  "depth.npy",
  "float32 metres along z, 0 none",
  "camera_matrix",
  "row by row; pixels count from the middle of the first",
  "camera_from_object",
  "row by row, metres; camera axes x right, y down, z forward",
  "world_from_camera",
  "row by row, metres; the world's z is up",
  "key",
  "number of the picture in this export; source says its name",
  "ignored",
  "kept with a mark",
  NULL,
};

const DioExportFormat dio_export_webdataset = {
  .info = {
    .name = "webdataset",
    .label = N_ ("WebDataset"),
    .help = N_ ("Tar shards of 1000 samples with picture, JSON, mask and depth, and their index;"
                " ignored annotations are marked"),
  },
  .default_ignored = DIO_IGNORED_KEEP,
  .marks_ignored = TRUE,
  .removes_specks = TRUE,
  .embeds_pictures = TRUE,
  .first_class_id = 1,
  .conventions = conventions,
  .begin = webdataset_begin,
  .add = webdataset_add,
  .end = webdataset_end,
  .free = webdataset_free,
};
