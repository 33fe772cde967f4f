/* One export: options are checked, then frames stream through one by one; the folder gets its name at the very
 * end. Nothing here grows with the dataset: ids are counters, splits are hashes, formats write as they go. */
#define G_LOG_DOMAIN "dio-export"

#include "dio-export.h"

#include "dio-core-error.h"
#include "dio-dataset-policy.h"
#include "dio-export-format-private.h"
#include "dio-export-target-private.h"

#include <string.h>

/* Explicit: constructors in a static library are dropped by the linker. */
static const DioExportFormat *const formats[] = {
  &dio_export_coco,       &dio_export_yolo,          &dio_export_yolo_segment,
  &dio_export_yolo_obb,   &dio_export_voc,           &dio_export_kitti,
  &dio_export_cvat,       &dio_export_coco_panoptic, &dio_export_huggingface,
  &dio_export_webdataset, &dio_export_numpy,         &dio_export_tfrecord,
  &dio_export_ply,        &dio_export_kitti_flow,    &dio_export_mot,
};

/* Ids stay exact in readers that hold numbers as doubles. */
#define MAX_ID_BASE (G_GINT64_CONSTANT (1) << 52)
#define PREFIX_CHARACTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-."

const DioExportFormatInfo *
dio_export_get_formats (guint *n)
{
  static DioExportFormatInfo infos[G_N_ELEMENTS (formats)];
  static gsize made;

  if (g_once_init_enter (&made)) {
    for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
      infos[i] = formats[i]->info;
    g_once_init_leave (&made, 1);
  }
  if (n)
    *n = G_N_ELEMENTS (infos);
  return infos;
}

static const DioExportFormat *
find_format (const char *name, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    if (g_str_equal (formats[i]->info.name, name))
      return formats[i];
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", formats[i]->info.name);
  }
  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "There is no format “%s”: choose one of %s",
               name, names->str);
  return NULL;
}

static gboolean
check_picture_options (const DioExportFormat *format,
                       const DioExportOptions *options,
                       GError **error)
{
  gboolean known = options->image_format == DIO_IMAGE_FORMAT_UNKNOWN
                   || options->image_format == DIO_IMAGE_FORMAT_PNG
                   || options->image_format == DIO_IMAGE_FORMAT_JPEG
                   || options->image_format == DIO_IMAGE_FORMAT_WEBP;

  if (!known)
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "Pictures are exported as PNG, JPEG or WebP");
  else if (format->only_png && options->image_format > DIO_IMAGE_FORMAT_PNG) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "The pictures of the format “%s” are PNG",
                 format->info.name);
    return FALSE;
  } else if (options->image_quality > 100)
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "The quality of pictures is a number from 1 to 100, not %u",
                 options->image_quality);
  return known && options->image_quality <= 100;
}

static gboolean
check_options (const DioExportFormat *format, const DioExportOptions *options, GError **error)
{
  const char *prefix = options->prefix ? options->prefix : "";
  gsize length = strlen (prefix);

  if (options->polygons && !format->has_polygons) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "The format “%s” has no polygons",
                 format->info.name);
    return FALSE;
  }
  if (length > 64 || strspn (prefix, PREFIX_CHARACTERS) != length || prefix[0] == '.') {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "The prefix “%s” must be at most 64 letters, digits, “_”, “-” or “.”, and not"
                 " start with “.”",
                 prefix);
    return FALSE;
  }
  if (options->id_base < 0 || options->id_base > MAX_ID_BASE) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "The first id must be from 1 to 2^52, not %" G_GINT64_FORMAT, options->id_base);
    return FALSE;
  }
  return check_picture_options (format, options, error)
         && dio_split_check (options->splits, options->n_splits, error);
}

static gboolean
resolve_policy (DioExportJob *job, GError **error)
{
  if (dio_label_policy_for_scenario (&job->policy, &job->scenario->policy, job->options->policy))
    return TRUE;
  g_autofree char *presets = g_strjoinv (", ", (char **) dio_label_policy_list_presets ());
  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
               "There is no label policy “%s”: choose one of %s",
               job->options->policy ? job->options->policy : job->scenario->policy.preset, presets);
  return FALSE;
}

static void
job_clear (DioExportJob *job)
{
  g_clear_pointer (&job->classes, dio_export_classes_free);
  g_clear_pointer (&job->sensor_parts, g_hash_table_unref);
  g_clear_pointer (&job->split_counts, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioExportJob, job_clear)

static gboolean
job_init (DioExportJob *job, DioDataset *dataset, const DioExportOptions *options, GError **error)
{
  static const DioSplit everything = { (char *) "train", 1 };
  const DioExportFormat *format = find_format (options->format, error);

  if (!format || !check_options (format, options, error))
    return FALSE;
  job->dataset = dataset;
  job->scenario = dio_dataset_get_scenario (dataset, error);
  job->options = options;
  job->format = format;
  job->splits = options->n_splits > 0 ? options->splits : &everything;
  job->n_splits = MAX (options->n_splits, 1);
  job->ignored =
      options->ignored == DIO_IGNORED_DEFAULT ? format->default_ignored : options->ignored;
  job->id_base = options->id_base == 0 ? 1 : options->id_base;
  if (!job->scenario || !resolve_policy (job, error))
    return FALSE;
  job->classes =
      options->class_map
          ? dio_export_classes_load (options->class_map, job->scenario, format->has_stuff, error)
          : dio_export_classes_new (job->scenario, format->first_class_id, format->dense_class_ids,
                                    format->has_stuff);
  job->sensor_parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  job->split_counts = g_new0 (DioExportSplitCounts, job->n_splits);
  return job->classes
         && (!format->dense_class_ids
             || dio_export_classes_check_dense (job->classes, format->first_class_id,
                                                format->info.label, error));
}

/** Runs of a dataset are few and each makes many frames: the current one is kept. */
typedef struct {
  DioExportJob *job;
  gpointer state; /**< of the format */
  DioDatasetRun run;
} Stream;

/* All sensors and takes of a frame, and all steps of a sequence, are in one split. */
static int
find_split (Stream *stream, const DioDatasetFrame *frame, GError **error)
{
  const DioExportJob *job = stream->job;

  if (stream->run.id != frame->run) {
    dio_dataset_run_clear (&stream->run);
    stream->run = (DioDatasetRun){ 0 };
    if (!dio_dataset_get_run (job->dataset, frame->run, &stream->run, error))
      return -2;
  }
  /* A sequence is in one split as a whole; a single picture is its own, whose number is the index. */
  g_autofree char *key = g_strdup_printf (
      "%s:%" G_GUINT64_FORMAT ":%s%" G_GUINT64_FORMAT, stream->run.scenario_hash, stream->run.seed,
      frame->moment.in_sequence ? "sequence " : "", frame->moment.sequence);
  return dio_split_find (job->splits, job->n_splits, dio_split_position (key));
}

static void
add_counts (DioExportCounts *sum, const DioExportCounts *c)
{
  sum->written += c->written;
  sum->kept += c->kept;
  sum->ignored += c->ignored;
  sum->crowd += c->crowd;
  sum->dropped += c->dropped;
  sum->unlabelled += c->unlabelled;
  sum->stuff += c->stuff;
  sum->class_dropped += c->class_dropped;
  sum->outside_cone += c->outside_cone;
  sum->rejected += c->rejected;
  sum->without_pixels += c->without_pixels;
  sum->filled += c->filled;
  sum->speck_px += c->speck_px;
}

/* A capture that is written: its picture, then its labels. */
static gboolean
write_capture (Stream *stream, DioExportImage *image, GError **error)
{
  DioExportJob *job = stream->job;

  image->number = job->n_images;
  image->id = job->id_base + (gint64) job->n_images;
  if (!dio_export_picture_write (job, image, error)
      || !job->format->add (stream->state, image, error))
    return FALSE;
  job->n_images++;
  job->split_counts[image->split].images++;
  job->split_counts[image->split].annotations += image->counts.written;
  add_counts (&job->counts, &image->counts);
  return TRUE;
}

static gboolean
is_rejected (const DioExportJob *job,
             const DioDatasetFrame *frame,
             const DioDatasetCapture *capture)
{
  DioDatasetPictureKey key = { frame->run, frame->index, frame->take, capture->sensor };

  return job->options->exclusion
         && dio_dataset_exclusion_has_picture (job->options->exclusion, &key);
}

static gboolean
add_capture (Stream *stream,
             const DioDatasetFrame *frame,
             const DioDatasetCapture *capture,
             int split,
             GError **error)
{
  DioExportJob *job = stream->job;
  g_auto (DioExportImage) image = { .frame = frame, .capture = capture, .split = (guint) split };

  if (split < 0) {
    job->skipped.outside_splits++;
    return TRUE;
  }
  if (is_rejected (job, frame, capture)) {
    job->skipped.rejected++;
    return TRUE;
  }
  if (!dio_export_select (job, &image, error))
    return FALSE;
  if (job->ignored == DIO_IGNORED_SKIP_IMAGE && image.n_ignored > 0) {
    job->skipped.with_ignored++;
    return TRUE;
  }
  if (job->format->no_objects) {
    g_array_set_size (image.annotations, 0);
    image.counts = (DioExportCounts){ 0 };
  }
  return write_capture (stream, &image, error);
}

/* A frame fails as a whole: what is wrong for one sensor may be wrong for all. */
static gboolean
has_failed_check (const DioDatasetFrame *frame)
{
  for (guint i = 0; i < frame->captures->len; i++)
    if (!g_array_index (frame->captures, DioDatasetCapture, i).checks_passed)
      return TRUE;
  return FALSE;
}

static gboolean
add_frame (Stream *stream, const DioDatasetFrame *frame, GError **error)
{
  DioExportJob *job = stream->job;
  int split = find_split (stream, frame, error);

  if (split < -1)
    return FALSE;
  if (!job->options->include_failed_checks && has_failed_check (frame)) {
    job->skipped.failed_checks += frame->captures->len;
    return TRUE;
  }
  for (guint i = 0; i < frame->captures->len; i++)
    if (!add_capture (stream, frame, &g_array_index (frame->captures, DioDatasetCapture, i), split,
                      error))
      return FALSE;
  return TRUE;
}

static gboolean
check_cancelled (const DioExportOptions *options, GError **error)
{
  if (!g_cancellable_is_cancelled (options->cancellable))
    return FALSE;
  g_set_error (error, DIO_ERROR, DIO_ERROR_CANCELLED,
               "The export to “%s” was cancelled: nothing of it remains", options->output);
  return TRUE;
}

static gboolean
add_frames (Stream *stream, GError **error)
{
  const DioExportOptions *options = stream->job->options;
  DioDataset *dataset = stream->job->dataset;
  DioLoadFlags flags =
      DIO_LOAD_MASKS | (stream->job->format->reads_leaves ? DIO_LOAD_LEAVES : (DioLoadFlags) 0);
  g_autoptr (GError) inner = NULL;
  guint64 total = dio_dataset_count_frames (dataset, DIO_FRAME_DONE, &inner), done = 0;
  g_autoptr (DioDatasetCursor) cursor =
      inner ? NULL : dio_dataset_open_cursor (dataset, flags, &inner);
  gboolean more = cursor != NULL;

  while (more) {
    g_auto (DioDatasetFrame) frame = { 0 };
    if (check_cancelled (options, &inner))
      break;
    more = dio_dataset_cursor_next (cursor, &frame, &inner) && add_frame (stream, &frame, &inner);
    if (more && options->progress)
      options->progress (++done, total, options->user);
  }
  if (!inner)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&inner));
  return FALSE;
}

static gboolean
write_all (DioExportJob *job, GError **error)
{
  Stream stream = { .job = job };
  gboolean ok;

  if (!dio_export_picture_make_folders (job, error))
    return FALSE;
  stream.state = job->format->begin (job, error);
  if (!stream.state)
    return FALSE;
  ok = add_frames (&stream, error) && job->format->end (stream.state, error)
       && dio_export_manifest_write (job, stream.state, error);
  job->format->free (stream.state);
  dio_dataset_run_clear (&stream.run);
  return ok;
}

gboolean
dio_export_run (DioDataset *dataset,
                const DioExportOptions *options,
                DioExportResult *result,
                GError **error)
{
  g_return_val_if_fail (dataset && options && options->format && options->output, FALSE);

  g_auto (DioExportJob) job = { 0 };

  if (result)
    *result = (DioExportResult){ 0 };
  if (!job_init (&job, dataset, options, error))
    return FALSE;
  g_autoptr (DioExportTarget) target = dio_export_target_new (options->output, error);
  if (!target)
    return FALSE;
  job.folder = dio_export_target_get_folder (target);
  if (!write_all (&job, error) || check_cancelled (options, error)
      || !dio_export_target_commit (target, error))
    return FALSE;
  if (result)
    *result = (DioExportResult){
      .images = job.n_images,
      .annotations = job.counts.written,
      .ignored = job.counts.ignored,
      .dropped = job.counts.dropped,
      .skipped_images = job.skipped.failed_checks + job.skipped.rejected + job.skipped.with_ignored
                        + job.skipped.outside_splits,
    };
  return TRUE;
}
