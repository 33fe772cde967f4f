/* Verify: every file and row of a dataset against each other. Opens read-only and changes nothing.
 *
 * Codes of findings. Errors: file-missing, file-damaged, file-undecodable, picture-size, picture-type,
 * unknown-leaf, count-mismatch, ratio-mismatch, box-mismatch, mask-mismatch, hidden-mismatch,
 * projection-mismatch, depth-background, normal-background, orphan-file, temporary-file.
 * Warnings: frames-pending, frame-failed, check-failed. Notes: dataset-running. */
#define G_LOG_DOMAIN "dio-engine"

#include "dio-engine-verify-private.h"

#include "dio-base-path.h"
#include "dio-core-error.h"
#include "dio-dataset-lock.h"
#include "dio-engine-files-private.h"
#include "dio-engine.h"
#include "dio-image-codec.h"

#include <string.h>

/* A set that is damaged throughout needs no million lines. */
#define MAX_FINDINGS 1000

typedef struct {
  DioDataset *dataset;
  DioDiagnostics *findings;
  int background_category;
  DioEngineVerifyFunc func; /**< (nullable) */
  gpointer user;
  guint64 n_done, n_frames;
} Verify;

static void
pictures_clear (DioCapturePictures *pictures)
{
  g_clear_pointer (&pictures->leaf, dio_image_unref);
  g_clear_pointer (&pictures->instance, dio_image_unref);
  g_clear_pointer (&pictures->semantic, dio_image_unref);
  g_clear_pointer (&pictures->depth, dio_image_unref);
  g_clear_pointer (&pictures->normal, dio_image_unref);
  g_clear_pointer (&pictures->rgb, dio_image_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioCapturePictures, pictures_clear)

static DioImage **
find_slot (DioCapturePictures *pictures, const char *channel)
{
  const struct {
    const char *channel;
    DioImage **slot;
  } slots[] = {
    { "leaf", &pictures->leaf },         { "instance", &pictures->instance },
    { "semantic", &pictures->semantic }, { "depth", &pictures->depth },
    { "normal", &pictures->normal },     { "rgb", &pictures->rgb },
  };

  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    if (g_str_equal (slots[i].channel, channel))
      return slots[i].slot;
  return NULL;
}

static DioImage *
decode (const char *path, const char *data, gsize size, GError **error)
{
  if (g_str_has_suffix (path, ".npy"))
    return dio_image_decode_npy (data, size, error);
  return dio_image_decode (data, size, NULL, error);
}

static void
read_file (Verify *verify, const DioDatasetFile *file, DioCapturePictures *pictures)
{
  g_autofree char *path =
      dio_path_join_inside (dio_dataset_get_folder (verify->dataset), file->path);
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  if (!path || !g_file_get_contents (path, &data, &size, &error)) {
    dio_diagnostics_add (verify->findings, DIO_SEVERITY_ERROR, "file-missing", file->path,
                         "The file cannot be read: %s", error ? error->message : "bad name");
    return;
  }
  g_autofree char *sha256 =
      g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) data, size);
  if (!g_str_equal (sha256, file->sha256)) {
    dio_diagnostics_add (verify->findings, DIO_SEVERITY_ERROR, "file-damaged", file->path,
                         "The file is not the one that was stored: its SHA-256 differs");
    return;
  }
  DioImage *image = decode (path, data, size, &error);
  if (!image) {
    dio_diagnostics_add (verify->findings, DIO_SEVERITY_ERROR, "file-undecodable", file->path, "%s",
                         error->message);
    return;
  }
  DioImage **slot = find_slot (pictures, file->channel);
  if (slot && !*slot)
    *slot = image;
  else
    dio_image_unref (image);
}

static void
verify_capture (Verify *verify, const DioDatasetFrame *frame, const DioDatasetCapture *capture)
{
  g_auto (DioCapturePictures) pictures = { 0 };
  g_autofree char *object =
      g_strdup_printf ("frame %" G_GUINT64_FORMAT "/%s", frame->index, capture->sensor);

  for (guint i = 0; i < capture->files->len; i++)
    read_file (verify, &g_array_index (capture->files, DioDatasetFile, i), &pictures);
  dio_engine_verify_capture (capture, &pictures, verify->background_category, object,
                             verify->findings);
  if (!capture->checks_passed)
    dio_diagnostics_add (verify->findings, DIO_SEVERITY_WARNING, "check-failed", object,
                         "A self-check failed when the frame was made: exports leave it out");
}

/* FALSE: whoever watches does not want to know any more. */
static gboolean
tell_progress (Verify *verify, GError **error)
{
  if (verify->func == NULL || verify->func (verify->n_done, verify->n_frames, verify->user))
    return TRUE;
  g_set_error (error, DIO_ERROR, DIO_ERROR_CANCELLED,
               "stopped after %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " frames",
               verify->n_done, verify->n_frames);
  return FALSE;
}

static gboolean
verify_frames (Verify *verify, GError **error)
{
  g_autoptr (DioDatasetCursor) cursor = dio_dataset_open_cursor (
      verify->dataset, DIO_LOAD_MASKS | DIO_LOAD_LEAVES | DIO_LOAD_HIDDEN, error);
  GError *local = NULL;
  DioDatasetFrame frame;

  if (!cursor)
    return FALSE;
  while (dio_diagnostics_get_count (verify->findings) < MAX_FINDINGS
         && tell_progress (verify, &local) && dio_dataset_cursor_next (cursor, &frame, &local)) {
    for (guint i = 0; i < frame.captures->len; i++)
      verify_capture (verify, &frame, &g_array_index (frame.captures, DioDatasetCapture, i));
    dio_dataset_frame_clear (&frame);
    verify->n_done++;
  }
  if (local)
    g_propagate_error (error, local);
  return local == NULL;
}

static gboolean
verify_counts (Verify *verify, GError **error)
{
  GError *local = NULL;
  guint64 pending = dio_dataset_count_frames (verify->dataset, DIO_FRAME_PENDING, &local);
  guint64 failed = local ? 0 : dio_dataset_count_frames (verify->dataset, DIO_FRAME_FAILED, &local);

  if (!local)
    verify->n_frames = dio_dataset_count_frames (verify->dataset, DIO_FRAME_DONE, &local);
  if (local) {
    g_propagate_error (error, local);
    return FALSE;
  }
  if (pending > 0)
    dio_diagnostics_add (verify->findings, DIO_SEVERITY_WARNING, "frames-pending", "",
                         "%" G_GUINT64_FORMAT " frames are not rendered yet: resume the dataset",
                         pending);
  if (failed > 0)
    dio_diagnostics_add (verify->findings, DIO_SEVERITY_WARNING, "frame-failed", "",
                         "%" G_GUINT64_FORMAT " frames were given up: resume tries them again",
                         failed);
  return TRUE;
}

static gboolean
find_orphan_cb (const char *path, gpointer user, GError **error)
{
  Verify *verify = user;
  gboolean has = FALSE;

  if (!dio_dataset_has_file (verify->dataset, path, &has, error))
    return FALSE;
  if (!has)
    dio_diagnostics_add (verify->findings, DIO_SEVERITY_ERROR, "orphan-file", path,
                         "No row names the file: resume removes it");
  return TRUE;
}

static gboolean
verify_files (Verify *verify, GError **error)
{
  const char *folder = dio_dataset_get_folder (verify->dataset);
  g_autofree char *temporary = dio_engine_dup_temporary_folder (folder);

  if (g_file_test (temporary, G_FILE_TEST_EXISTS))
    dio_diagnostics_add (verify->findings, DIO_SEVERITY_ERROR, "temporary-file", ".tmp",
                         "A job was interrupted: resume removes its temporary files");
  return dio_engine_foreach_file (folder, find_orphan_cb, verify, error);
}

/* While a job runs, files without rows are on their way. */
static gboolean
is_running (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, ".lock", NULL);
  g_autoptr (GError) error = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return FALSE;
  g_autoptr (DioDatasetLock) lock = dio_dataset_lock_acquire (folder, &error);
  return g_error_matches (error, DIO_ERROR, DIO_ERROR_BUSY);
}

gboolean
dio_engine_verify_watched (const char *folder,
                           DioDiagnostics *findings,
                           DioEngineVerifyFunc func,
                           gpointer user,
                           GError **error)
{
  g_return_val_if_fail (folder && findings, FALSE);

  gboolean running = is_running (folder);
  g_autoptr (DioDataset) dataset = dio_dataset_open (folder, DIO_DATASET_READ, error);
  DioScenario *scenario = dataset ? dio_dataset_get_scenario (dataset, error) : NULL;

  if (!scenario)
    return FALSE;
  Verify verify = {
    .dataset = dataset,
    .findings = findings,
    .background_category = dio_scenario_find_category (scenario, scenario->background_category),
    .func = func,
    .user = user,
  };
  if (running)
    dio_diagnostics_add (findings, DIO_SEVERITY_NOTE, "dataset-running", "",
                         "A job writes to the dataset: files without rows are not looked for");
  return verify_counts (&verify, error) && verify_frames (&verify, error)
         && (running || verify_files (&verify, error));
}

gboolean
dio_engine_verify (const char *folder, DioDiagnostics *findings, GError **error)
{
  return dio_engine_verify_watched (folder, findings, NULL, NULL, error);
}
