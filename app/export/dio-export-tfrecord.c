/* TFRecord for object detection: SPLIT.tfrecord-00000-of-00004 and so on, and label_map.pbtxt.
 *
 * A record is its length, a checksum of that, a message tf.train.Example and a checksum of it. How many shards there
 * are is known at the end only: until then their names say nothing of it. */
#define G_LOG_DOMAIN "dio-export"

#include "dio-core-error.h"
#include "dio-export-crc32c-private.h"
#include "dio-export-file-private.h"
#include "dio-export-format-private.h"
#include "dio-export-stream-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

typedef struct {
  const DioExportJob *job;
  DioExportShards *shards; /**< n_splits */
} TfRecord;

static void
tfrecord_free (gpointer state)
{
  TfRecord *tf = state;

  for (guint i = 0; i < tf->job->n_splits; i++)
    if (tf->shards[i].stream)
      dio_export_stream_close (tf->shards[i].stream, NULL);
  g_free (tf->shards);
  g_free (tf);
}

static gpointer
tfrecord_begin (const DioExportJob *job, GError **error)
{
  TfRecord *tf = g_new0 (TfRecord, 1);

  (void) error;
  tf->job = job;
  tf->shards = g_new0 (DioExportShards, job->n_splits);
  return tf;
}

/* Protocol buffers: seven bits a byte, low first; a field is its number and kind, then its length, then itself. */
static void
append_varint (GByteArray *out, guint64 value)
{
  do {
    guint8 byte = (guint8) ((value & 127) | (value > 127 ? 128 : 0));
    g_byte_array_append (out, &byte, 1);
    value >>= 7;
  } while (value > 0);
}

static void
append_field (GByteArray *out, guint number, const void *data, gsize size)
{
  append_varint (out, number << 3 | 2);
  append_varint (out, size);
  if (size > 0)
    g_byte_array_append (out, data, (guint) size);
}

/* Which list a feature is. */
enum { BYTES_LIST = 1, FLOAT_LIST = 2, INT64_LIST = 3 };

/* One entry of the map of features: key, and a list of @kind whose message is @list. */
static void
append_feature (GByteArray *features, const char *key, guint kind, const GByteArray *list)
{
  g_autoptr (GByteArray) feature = g_byte_array_new (), entry = g_byte_array_new ();

  append_field (feature, kind, list->data, list->len);
  append_field (entry, 1, key, strlen (key));
  append_field (entry, 2, feature->data, feature->len);
  append_field (features, 1, entry->data, entry->len);
}

static void
append_bytes (GByteArray *features, const char *key, const void *data, gsize size)
{
  g_autoptr (GByteArray) list = g_byte_array_new ();

  append_field (list, 1, data, size);
  append_feature (features, key, BYTES_LIST, list);
}

static void
append_int (GByteArray *features, const char *key, gint64 value)
{
  g_autoptr (GByteArray) packed = g_byte_array_new (), list = g_byte_array_new ();

  append_varint (packed, (guint64) value);
  append_field (list, 1, packed->data, packed->len);
  append_feature (features, key, INT64_LIST, list);
}

/** A value of an object. */
typedef double (*GetFloat) (const DioExportImage *image, const DioExportAnnotation *a);

static double
get_xmin (const DioExportImage *image, const DioExportAnnotation *a)
{
  return (double) a->box.x0 / image->capture->width_px;
}

static double
get_xmax (const DioExportImage *image, const DioExportAnnotation *a)
{
  return (double) a->box.x1 / image->capture->width_px;
}

static double
get_ymin (const DioExportImage *image, const DioExportAnnotation *a)
{
  return (double) a->box.y0 / image->capture->height_px;
}

static double
get_ymax (const DioExportImage *image, const DioExportAnnotation *a)
{
  return (double) a->box.y1 / image->capture->height_px;
}

static double
get_area (const DioExportImage *image, const DioExportAnnotation *a)
{
  (void) image;
  return (double) a->area_px;
}

static void
append_floats (GByteArray *features, const char *key, const DioExportImage *image, GetFloat get)
{
  g_autoptr (GByteArray) packed = g_byte_array_new (), list = g_byte_array_new ();

  for (guint i = 0; i < image->annotations->len; i++) {
    float value = (float) get (image, &g_array_index (image->annotations, DioExportAnnotation, i));
    guint32 bits;
    memcpy (&bits, &value, sizeof bits);
    bits = GUINT32_TO_LE (bits);
    g_byte_array_append (packed, (const guint8 *) &bits, sizeof bits);
  }
  append_field (list, 1, packed->data, packed->len);
  append_feature (features, key, FLOAT_LIST, list);
}

static void
append_classes (GByteArray *features, const DioExportImage *image)
{
  g_autoptr (GByteArray) packed = g_byte_array_new (), labels = g_byte_array_new (),
                         texts = g_byte_array_new ();

  for (guint i = 0; i < image->annotations->len; i++) {
    const DioExportClass *class = g_array_index (image->annotations, DioExportAnnotation, i).class;
    append_varint (packed, (guint64) class->id);
    append_field (texts, 1, class->name, strlen (class->name));
  }
  append_field (labels, 1, packed->data, packed->len);
  append_feature (features, "image/object/class/label", INT64_LIST, labels);
  append_feature (features, "image/object/class/text", BYTES_LIST, texts);
}

/* PNG of 0 and 1, each of the size of the picture. */
static gboolean
append_masks (GByteArray *features, const DioExportImage *image, GError **error)
{
  g_autoptr (GByteArray) list = g_byte_array_new ();

  for (guint i = 0; i < image->annotations->len; i++) {
    g_autoptr (DioImage) mask =
        dio_rle_to_mask (&g_array_index (image->annotations, DioExportAnnotation, i).mask);
    g_autoptr (GBytes) bytes = dio_image_encode (mask, DIO_IMAGE_FORMAT_PNG, NULL, error);
    gsize size;
    if (!bytes)
      return FALSE;
    const void *data = g_bytes_get_data (bytes, &size);
    append_field (list, 1, data, size);
  }
  append_feature (features, "image/object/mask", BYTES_LIST, list);
  return TRUE;
}

static gboolean
append_features (GByteArray *features, const DioExportImage *image, GError **error)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, image->id);
  const char *kind = g_str_equal (image->extension, "jpg") ? "jpeg" : image->extension;
  gsize size;
  const void *data = g_bytes_get_data (image->picture, &size);

  append_bytes (features, "image/encoded", data, size);
  append_bytes (features, "image/format", kind, strlen (kind));
  append_bytes (features, "image/filename", image->name, strlen (image->name));
  append_bytes (features, "image/source_id", id, strlen (id));
  append_int (features, "image/height", image->capture->height_px);
  append_int (features, "image/width", image->capture->width_px);
  append_floats (features, "image/object/bbox/xmin", image, get_xmin);
  append_floats (features, "image/object/bbox/xmax", image, get_xmax);
  append_floats (features, "image/object/bbox/ymin", image, get_ymin);
  append_floats (features, "image/object/bbox/ymax", image, get_ymax);
  append_floats (features, "image/object/area", image, get_area);
  append_classes (features, image);
  return append_masks (features, image, error);
}

static gboolean
write_record (DioExportStream *stream, const GByteArray *data, GError **error)
{
  guint64 length = GUINT64_TO_LE ((guint64) data->len);
  guint32 length_crc = GUINT32_TO_LE (dio_export_crc32c_masked (&length, sizeof length));
  guint32 data_crc = GUINT32_TO_LE (dio_export_crc32c_masked (data->data, data->len));

  return dio_export_stream_write (stream, &length, sizeof length, error)
         && dio_export_stream_write (stream, &length_crc, sizeof length_crc, error)
         && dio_export_stream_write (stream, data->data, data->len, error)
         && dio_export_stream_write (stream, &data_crc, sizeof data_crc, error);
}

static char *
dup_open_name (const TfRecord *tf, guint split, guint index)
{
  return g_strdup_printf (".%s-%05u", tf->job->splits[split].name, index);
}

static gboolean
open_shard (const TfRecord *tf, guint split, GError **error)
{
  DioExportShards *shards = &tf->shards[split];

  if (shards->stream && shards->n_samples % DIO_EXPORT_SHARD_SAMPLES == 0
      && !dio_export_stream_close (g_steal_pointer (&shards->stream), error))
    return FALSE;
  if (!shards->stream) {
    g_autofree char *name =
        dup_open_name (tf, split, (guint) (shards->n_samples / DIO_EXPORT_SHARD_SAMPLES));
    shards->stream = dio_export_stream_new (tf->job->folder, name, error);
  }
  return shards->stream != NULL;
}

static gboolean
tfrecord_add (gpointer state, const DioExportImage *image, GError **error)
{
  TfRecord *tf = state;
  g_autoptr (GByteArray) features = g_byte_array_new (), example = g_byte_array_new ();

  if (g_str_equal (image->extension, "webp")) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "TensorFlow reads no WebP: export the pictures as PNG or JPEG");
    return FALSE;
  }
  if (!append_features (features, image, error) || !open_shard (tf, image->split, error))
    return FALSE;
  append_field (example, 1, features->data, features->len);
  tf->shards[image->split].n_samples++;
  return write_record (tf->shards[image->split].stream, example, error);
}

static gboolean
name_shards (TfRecord *tf, guint split, GError **error)
{
  DioExportShards *shards = &tf->shards[split];
  guint n = dio_export_shards_count (shards->n_samples);

  if (shards->stream && !dio_export_stream_close (g_steal_pointer (&shards->stream), error))
    return FALSE;
  for (guint i = 0; i < n; i++) {
    g_autofree char *open_name = dup_open_name (tf, split, i);
    g_autofree char *from = g_build_filename (tf->job->folder, open_name, NULL);
    g_autofree char *to = g_strdup_printf ("%s/%s.tfrecord-%05u-of-%05u", tf->job->folder,
                                           tf->job->splits[split].name, i, n);
    if (g_rename (from, to) != 0) {
      dio_export_set_errno (error, errno, "name", to);
      return FALSE;
    }
  }
  return TRUE;
}

/* Text of protocol buffers: quotes, backslashes and what cannot be printed are escaped, the rest is UTF-8. */
static void
append_pbtxt_string (GString *text, const char *value)
{
  g_string_append_c (text, '"');
  for (const char *p = value; *p; p++)
    if (*p == '"' || *p == '\\')
      g_string_append_printf (text, "\\%c", *p);
    else if ((guchar) *p < 0x20 || *p == 0x7f)
      g_string_append_printf (text, "\\%03o", (guchar) *p);
    else
      g_string_append_c (text, *p);
  g_string_append_c (text, '"');
}

static gboolean
tfrecord_end (gpointer state, GError **error)
{
  TfRecord *tf = state;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < tf->job->n_splits; i++)
    if (!name_shards (tf, i, error))
      return FALSE;
  for (guint i = 0; i < tf->job->classes->classes->len; i++) {
    const DioExportClass *class = dio_export_classes_get (tf->job->classes, (int) i);
    g_string_append_printf (text, "item {\n  id: %" G_GINT64_FORMAT "\n  name: ", class->id);
    append_pbtxt_string (text, class->name);
    g_string_append (text, "\n}\n");
  }
  return dio_export_file_put (tf->job->folder, "label_map.pbtxt", text->str, text->len, error);
}

static const char *const conventions[] = {
  "bbox",      "edges of the half-open box, divided by the size of the picture; float32",
  "mask",      "PNG of 0 and 1 for each object",
  "label",     "counts from 1, 0 is background",
  "source_id", "number of the picture, from id_base",
  "ignored",   "TFRecord has no mark for ignored objects: see counts",
  NULL,
};

const DioExportFormat dio_export_tfrecord = {
  .info = {
    .name = "tfrecord",
    .label = N_ ("TFRecord"),
    .help = N_ ("Shards of tf.train.Example for object detection with boxes and masks, and"
                " label_map.pbtxt; ignored annotations are dropped unless --ignored says otherwise"),
  },
  .default_ignored = DIO_IGNORED_DROP,
  .removes_specks = TRUE,
  .embeds_pictures = TRUE,
  .first_class_id = 1,
  .dense_class_ids = TRUE,
  .conventions = conventions,
  .begin = tfrecord_begin,
  .add = tfrecord_add,
  .end = tfrecord_end,
  .free = tfrecord_free,
};
