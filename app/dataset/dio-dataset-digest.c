/* The digest: one SHA-256 that is equal for equal datasets, whatever the order in which frames were made,
 * the number of workers, interruptions, the layout of the database file and the compression of pictures.
 *
 * Everything goes into one hash as a tagged, length-prefixed stream:
 *
 *   runs in the order of what they are: scenario hash, seed, range, render identity
 *     frames by (index, take): index, take, of a sequence its number, step and time, and the word "done" or "failed"
 *       captures by sensor id: size, K, pose, counts, checks
 *         files by channel: channel and the SHA-256 of the decoded pixels
 *         annotations by instance, leaves by leaf id, hidden pairs by (instance, leaf)
 *       draws and diagnostics in their order
 *
 * Integers are 8 bytes and doubles the 8 bytes of their value, little-endian; -0 counts as 0 and every NaN is
 * the same. Of a labels-only digest everything that the colour renderer had a part in is left out: rgb files,
 * brightness, the comparison with OpenGL ids and the render identity. So labels can be compared across
 * graphics cards.
 */
#define G_LOG_DOMAIN "dio-dataset"

#include "dio-dataset-digest.h"

#include "dio-base-path.h"
#include "dio-core-error.h"
#include "dio-core-pool.h"
#include "dio-dataset-private.h"
#include "dio-image-codec.h"

#include <math.h>
#include <string.h>

typedef struct {
  DioDataset *dataset;
  gboolean labels_only;
  GChecksum *sum;
  DioPool *pool;
} Digest;

static void
add_bytes (Digest *d, const void *data, gsize size)
{
  guint64 length = GUINT64_TO_LE ((guint64) size);

  g_checksum_update (d->sum, (const guchar *) &length, sizeof length);
  if (size > 0)
    g_checksum_update (d->sum, data, (gssize) size);
}

static void
add_text (Digest *d, const char *text)
{
  add_bytes (d, text ? text : "", text ? strlen (text) : 0);
}

static void
add_int (Digest *d, guint64 value)
{
  value = GUINT64_TO_LE (value);
  g_checksum_update (d->sum, (const guchar *) &value, sizeof value);
}

static void
add_double (Digest *d, double value)
{
  guint64 bits;

  if (isnan (value))
    value = (double) NAN;
  if (value == 0)
    value = 0;
  memcpy (&bits, &value, sizeof bits);
  add_int (d, isnan (value) ? G_MAXUINT64 : bits);
}

static void
add_doubles (Digest *d, const double *values, guint n)
{
  for (guint i = 0; i < n; i++)
    add_double (d, values[i]);
}

static void
add_vec3 (Digest *d, DioVec3 v)
{
  add_double (d, v.x);
  add_double (d, v.y);
  add_double (d, v.z);
}

static void
add_box (Digest *d, const DioPixelBox *box)
{
  add_int (d, (guint64) box->x0);
  add_int (d, (guint64) box->y0);
  add_int (d, (guint64) box->x1);
  add_int (d, (guint64) box->y1);
}

static void
add_rle (Digest *d, const DioRle *rle)
{
  add_int (d, rle->n_runs);
  for (guint i = 0; i < rle->n_runs; i++)
    add_int (d, rle->runs[i]);
}

/** Decoding and hashing of one file: what the pool's threads share. */
typedef struct {
  const DioDatasetFile *file;
  char *path;
  char *pixels_sha256;
  GError *error;
} FileJob;

static DioImage *
decode_file (const char *path, GError **error)
{
  g_autofree char *data = NULL;
  gsize size;

  if (!g_str_has_suffix (path, ".npy"))
    return dio_image_load (path, NULL, error);
  if (!g_file_get_contents (path, &data, &size, error))
    return NULL;
  return dio_image_decode_npy (data, size, error);
}

static void
hash_file_cb (guint index, guint thread, gpointer data)
{
  FileJob *job = &((FileJob *) data)[index];
  g_autoptr (DioImage) image = decode_file (job->path, &job->error);

  if (!image)
    return;
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint32 head[4] = { image->width, image->height, image->channels, image->type };
  for (guint i = 0; i < 4; i++)
    head[i] = GUINT32_TO_LE (head[i]);
  g_checksum_update (sum, (const guchar *) head, sizeof head);
  /* Rows are tightly packed. */
  g_checksum_update (sum, image->data, (gssize) dio_image_get_bytes (image));
  job->pixels_sha256 = g_strdup (g_checksum_get_string (sum));
}

static void
file_job_clear (gpointer data)
{
  FileJob *job = data;

  g_free (job->path);
  g_free (job->pixels_sha256);
  g_clear_error (&job->error);
}

/* Decodes all pictures of a frame at once: memory is bounded by one frame, whatever the dataset. */
static GArray *
hash_files (Digest *d, const DioDatasetFrame *frame)
{
  GArray *jobs = g_array_new (FALSE, TRUE, sizeof (FileJob));

  g_array_set_clear_func (jobs, file_job_clear);
  for (guint c = 0; c < frame->captures->len; c++) {
    GArray *files = g_array_index (frame->captures, DioDatasetCapture, c).files;
    for (guint i = 0; i < files->len; i++) {
      const DioDatasetFile *file = &g_array_index (files, DioDatasetFile, i);
      FileJob job = { .file = file };
      if (d->labels_only && g_str_equal (file->channel, "rgb"))
        continue;
      job.path = dio_path_join_inside (d->dataset->folder, file->path);
      g_array_append_val (jobs, job);
    }
  }
  dio_pool_run (d->pool, jobs->len, hash_file_cb, jobs->data);
  return jobs;
}

static gboolean
add_files (Digest *d, const DioDatasetFrame *frame, GError **error)
{
  g_autoptr (GArray) jobs = hash_files (d, frame);

  add_int (d, jobs->len);
  for (guint i = 0; i < jobs->len; i++) {
    FileJob *job = &g_array_index (jobs, FileJob, i);
    if (job->error) {
      g_propagate_prefixed_error (error, g_steal_pointer (&job->error), "%s: ", job->file->path);
      return FALSE;
    }
    add_text (d, job->file->channel);
    add_text (d, job->pixels_sha256);
  }
  return TRUE;
}

static void
add_annotation (Digest *d, const DioDatasetAnnotation *row)
{
  const DioAnnotation *a = &row->label;

  add_text (d, row->name);
  add_text (d, row->node_id);
  add_int (d, row->copy);
  add_int (d, a->instance);
  add_int (d, a->object_key);
  add_int (d, (guint64) (gint64) a->category);
  add_int (d, (a->thing ? 1 : 0) | (a->crowd ? 2 : 0) | (a->silhouette_open ? 4 : 0)
                  | (a->subpixel ? 8 : 0) | (a->has_bbox_full ? 16 : 0));
  add_int (d, a->visible_px);
  add_int (d, a->amodal_px);
  add_int (d, a->silhouette_px);
  add_int (d, a->veiled_px);
  add_int (d, a->parts);
  add_int (d, a->largest_part_px);
  add_doubles (d,
               (double[]){ a->coverage_px, a->amodal_coverage_px, a->visibility, a->truncation,
                           a->visib_fract, a->distance_m, a->blur_px, a->defocus_px,
                           a->view_azimuth_rad, a->view_elevation_rad },
               10);
  add_box (d, &a->bbox_visible);
  add_box (d, &a->bbox_amodal);
  if (a->has_bbox_full)
    add_doubles (d, a->bbox_full, 4);
  add_vec3 (d, a->box_center_world_m);
  add_vec3 (d, a->box_size_m);
  add_doubles (d,
               (double[]){ a->box_q_wxyz_world.w, a->box_q_wxyz_world.x, a->box_q_wxyz_world.y,
                           a->box_q_wxyz_world.z },
               4);
  add_vec3 (d, a->scale);
  add_doubles (d, a->camera_from_object.m, 16);
  add_doubles (d, a->world_from_object.m, 16);
  add_rle (d, &a->visible);
  add_rle (d, &a->amodal);
}

static void
add_leaf (Digest *d, const DioDatasetLeaf *leaf)
{
  const DioLeafLabel *l = &leaf->label;

  add_int (d, leaf->leaf);
  add_int (d, leaf->instance);
  add_text (d, leaf->name);
  add_text (d, leaf->node_id);
  add_int (d, leaf->copy);
  add_int (d, leaf->group);
  add_int (d, (guint64) (gint64) leaf->category);
  add_int (d, l->visible_px);
  add_int (d, l->amodal_px);
  add_int (d, l->silhouette_px);
  add_int (d, l->veiled_px);
  add_int (d, l->patched_px);
  add_int (d, l->silhouette_open ? 1 : 0);
  add_double (d, l->coverage_px);
  add_double (d, l->amodal_coverage_px);
  add_rle (d, &l->visible);
  add_rle (d, &l->amodal);
}

/* The verdict of each check, without its detail. */
static void
add_checks (Digest *d, const DioDatasetCapture *capture)
{
  for (guint i = 0; i < capture->checks->len; i++) {
    const DioSelfCheck *check = &g_array_index (capture->checks, DioSelfCheck, i);
    if (d->labels_only && (check->note_only || g_str_equal (check->check, "gl-agrees")))
      continue;
    add_text (d, check->check);
    add_int (d, (check->passed ? 1 : 0) | (check->note_only ? 2 : 0));
  }
  if (d->labels_only)
    return;
  add_int (d, capture->checks_passed ? 1 : 0);
  add_int (d, capture->gl_differing_px);
  add_int (d, capture->gl_unexplained_px);
  add_double (d, capture->mean_luminance);
}

static void
add_capture (Digest *d, const DioDatasetCapture *capture)
{
  add_text (d, capture->sensor);
  add_int (d, capture->width_px);
  add_int (d, capture->height_px);
  add_doubles (d, (double[]){ capture->fx, capture->fy, capture->cx, capture->cy }, 4);
  add_doubles (d, capture->world_from_camera.m, 16);
  add_double (d, capture->depth_unit_m);
  add_int (d, capture->clipped_px);
  add_int (d, capture->contested_px);
  add_checks (d, capture);
  add_int (d, capture->annotations->len);
  for (guint i = 0; i < capture->annotations->len; i++)
    add_annotation (d, &g_array_index (capture->annotations, DioDatasetAnnotation, i));
  add_int (d, capture->leaves->len);
  for (guint i = 0; i < capture->leaves->len; i++)
    add_leaf (d, &g_array_index (capture->leaves, DioDatasetLeaf, i));
  add_int (d, capture->hidden->len);
  for (guint i = 0; i < capture->hidden->len; i++) {
    const DioHiddenPair *pair = &g_array_index (capture->hidden, DioHiddenPair, i);
    add_int (d, pair->instance);
    add_int (d, pair->hider_leaf);
    add_int (d, pair->opaque_px);
    add_int (d, pair->veil_px);
  }
}

static void
add_draws (Digest *d, const DioDatasetFrame *frame)
{
  add_int (d, frame->draws->len);
  for (guint i = 0; i < frame->draws->len; i++) {
    const DioDraw *draw = &g_array_index (frame->draws, DioDraw, i);
    add_text (d, draw->randomizer);
    add_text (d, draw->target);
    add_text (d, draw->property);
    add_int (d, draw->stream);
    add_int (d, draw->copy);
    add_int (d, draw->attempt);
    add_int (d, draw->n_numbers);
    add_doubles (d, draw->numbers, draw->n_numbers);
    add_text (d, draw->string);
  }
}

static void
add_diagnostics (Digest *d, const DioDatasetFrame *frame)
{
  guint n = dio_diagnostics_get_count (frame->diagnostics);

  add_int (d, n);
  for (guint i = 0; i < n; i++) {
    const DioDiagnostic *diagnostic = dio_diagnostics_get (frame->diagnostics, i);
    add_int (d, diagnostic->severity);
    add_text (d, diagnostic->code);
    add_text (d, diagnostic->object);
    add_text (d, diagnostic->message);
  }
}

static gboolean
add_frame (Digest *d, const DioDatasetFrame *frame, GError **error)
{
  add_text (d, "frame");
  add_int (d, frame->index);
  add_int (d, frame->take);
  if (frame->moment.in_sequence) {
    add_text (d, "sequence");
    add_int (d, frame->moment.sequence);
    add_int (d, frame->moment.step);
    add_double (d, frame->moment.time_s);
  }
  if (frame->status != DIO_FRAME_DONE) {
    add_text (d, "failed");
    return TRUE;
  }
  add_text (d, "done");
  add_int (d, frame->captures->len);
  for (guint i = 0; i < frame->captures->len; i++)
    add_capture (d, &g_array_index (frame->captures, DioDatasetCapture, i));
  add_draws (d, frame);
  add_diagnostics (d, frame);
  return add_files (d, frame, error);
}

static gboolean
add_run (Digest *d, gint64 run, GError **error)
{
  g_auto (DioDatasetRun) facts = { 0 };
  DioCursorDesc desc = { .flags =
                             DIO_LOAD_MASKS | DIO_LOAD_LEAVES | DIO_LOAD_DRAWS | DIO_LOAD_HIDDEN,
                         .run = run,
                         .failed = TRUE };
  GError *local = NULL;

  if (!dio_dataset_get_run (d->dataset, run, &facts, error))
    return FALSE;
  add_text (d, "run");
  add_text (d, facts.scenario_hash);
  add_int (d, facts.seed);
  add_int (d, facts.first);
  add_int (d, facts.count);
  if (!d->labels_only)
    add_text (d, facts.render_identity);
  g_autoptr (DioDatasetCursor) cursor = dio_dataset_cursor_new (d->dataset, &desc, error);
  if (!cursor)
    return FALSE;
  DioDatasetFrame frame;
  while (!local && dio_dataset_cursor_next (cursor, &frame, &local)) {
    add_frame (d, &frame, &local);
    dio_dataset_frame_clear (&frame);
  }
  if (local)
    g_propagate_error (error, local);
  return local == NULL;
}

char *
dio_dataset_dup_digest (DioDataset *dataset, gboolean labels_only, GError **error)
{
  g_return_val_if_fail (dataset, NULL);

  g_autoptr (GArray) runs = dio_dataset_list_runs_canonically (dataset, error);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  Digest d = { dataset, labels_only, sum, NULL };

  if (!runs)
    return NULL;
  g_autoptr (DioPool) pool = dio_pool_new (0);
  d.pool = pool;
  add_text (&d, labels_only ? "diorama-dataset-labels-1" : "diorama-dataset-1");
  for (guint i = 0; i < runs->len; i++)
    if (!add_run (&d, g_array_index (runs, gint64, i), error))
      return NULL;
  return g_strdup (g_checksum_get_string (sum));
}
