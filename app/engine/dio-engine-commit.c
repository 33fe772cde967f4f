/* Group commit: files are checked and renamed as results arrive; once a second all of them are synced together
 * and their rows are stored in one transaction. So a row implies synced files, and a frame costs no sync of its
 * own. What is renamed but not stored when the process dies is garbage that the next resume removes. */
#define G_LOG_DOMAIN "dio-engine"

#include "dio-engine-commit-private.h"

#include "dio-base-hash.h"
#include "dio-base-path.h"
#include "dio-core-error.h"
#include "dio-engine-files-private.h"
#include "dio-engine-seam-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define COMMIT_INTERVAL_US (1 * G_USEC_PER_SEC)
#define COMMIT_FRAMES 64
/* Rows take about this much beside the masks; only for estimates of space. */
#define ROW_BYTES 16384

struct DioCommitter {
  DioDataset *dataset;
  gint64 run;
  char *temporary;
  int folder_fd;    /* for syncfs */
  GPtrArray *batch; /* of DioDatasetFrame */
  gint64 oldest_us; /* arrival of the batch's first frame */
  guint64 n_frames, n_bytes;
};

static void
frame_free (gpointer data)
{
  dio_dataset_frame_clear (data);
  g_free (data);
}

static gboolean
set_disk_error (GError **error, int code, const char *verb, const char *path)
{
  g_set_error (error, DIO_ERROR,
               code == ENOSPC || code == EDQUOT ? DIO_ERROR_NO_SPACE : DIO_ERROR_FAILED,
               "The file “%s” cannot be %s: %s", path, verb, g_strerror (code));
  return FALSE;
}

DioCommitter *
dio_committer_new (DioDataset *dataset, gint64 run, GError **error)
{
  const char *folder = dio_dataset_get_folder (dataset);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0) {
    set_disk_error (error, errno, "opened", folder);
    return NULL;
  }
  DioCommitter *committer = g_new0 (DioCommitter, 1);
  committer->dataset = dataset;
  committer->run = run;
  committer->temporary = dio_engine_dup_temporary_folder (folder);
  committer->folder_fd = fd;
  committer->batch = g_ptr_array_new_with_free_func (frame_free);
  return committer;
}

void
dio_committer_free (DioCommitter *committer)
{
  if (!committer)
    return;
  g_ptr_array_unref (committer->batch);
  close (committer->folder_fd);
  g_free (committer->temporary);
  g_free (committer);
}

/* The worker's own words are not enough: it may have been killed in the middle of a write, or the disk lied. */
static gboolean
check_file (DioCommitter *committer,
            const DioMessage *result,
            const DioProtocolFile *file,
            GError **error)
{
  struct stat info;
  g_autofree char *path = NULL, *expected = NULL, *sha256 = NULL;

  if (dio_engine_is_plain_word (file->channel) && dio_engine_is_plain_word (file->extension)) {
    DioTemporaryName name = { result->lease, result->index, file->capture, file->channel,
                              file->extension };
    expected = dio_engine_dup_temporary_name (&name);
  }
  if (g_strcmp0 (expected, file->temporary) != 0) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT, "A worker named a file that is not its own");
    return FALSE;
  }
  path = g_build_filename (committer->temporary, file->temporary, NULL);
  if (g_lstat (path, &info) == 0 && S_ISREG (info.st_mode) && (guint64) info.st_size == file->size)
    sha256 = dio_hash_file (path, NULL);
  if (g_strcmp0 (sha256, file->sha256) != 0) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT, "The file “%s” is not what its worker wrote",
                 file->temporary);
    return FALSE;
  }
  return TRUE;
}

static gboolean
rename_file (const char *from, const char *to, GError **error)
{
  if (g_rename (from, to) == 0)
    return TRUE;
  if (errno == ENOENT) {
    g_autofree char *folder = g_path_get_dirname (to);
    if (!dio_path_make_folders (folder, error))
      return FALSE;
    if (g_rename (from, to) == 0)
      return TRUE;
  }
  return set_disk_error (error, errno, "put in place", to);
}

static gboolean
place_file (DioCommitter *committer,
            const DioMessage *result,
            const DioProtocolFile *file,
            GError **error)
{
  DioDatasetCapture *capture =
      &g_array_index (result->frame.captures, DioDatasetCapture, file->capture);
  DioDatasetFileName name = { .run = committer->run,
                              .index = result->frame.index,
                              .take = result->frame.take,
                              .sensor = capture->sensor,
                              .channel = file->channel,
                              .extension = file->extension };
  g_autofree char *relative = dio_dataset_dup_file_path (committer->dataset, &name, error);

  if (!relative)
    return FALSE;
  g_autofree char *from = g_build_filename (committer->temporary, file->temporary, NULL);
  g_autofree char *to =
      g_build_filename (dio_dataset_get_folder (committer->dataset), relative, NULL);
  if (!rename_file (from, to, error))
    return FALSE;
  DioDatasetFile row = { g_strdup (file->channel), g_steal_pointer (&relative),
                         g_strdup (file->sha256) };
  g_array_append_val (capture->files, row);
  return TRUE;
}

static void
append (DioCommitter *committer, DioDatasetFrame *frame)
{
  if (committer->batch->len == 0)
    committer->oldest_us = g_get_monotonic_time ();
  frame->run = committer->run;
  g_ptr_array_add (committer->batch, frame);
}

gboolean
dio_committer_add (DioCommitter *committer, DioMessage *result, guint attempts, GError **error)
{
  guint64 bytes = ROW_BYTES;

  if (result->frame.index != result->index || result->frame.status != DIO_FRAME_DONE) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT,
                 "A worker reported another frame than it made");
    return FALSE;
  }
  for (guint i = 0; i < result->files->len; i++)
    if (!check_file (committer, result, &g_array_index (result->files, DioProtocolFile, i), error))
      return FALSE;
  for (guint i = 0; i < result->files->len; i++) {
    const DioProtocolFile *file = &g_array_index (result->files, DioProtocolFile, i);
    if (i == 1 || result->files->len == 1)
      dio_engine_seam_reach ("renaming");
    if (!place_file (committer, result, file, error))
      return FALSE;
    bytes += file->size;
  }
  DioDatasetFrame *frame = g_new (DioDatasetFrame, 1);
  *frame = result->frame;
  memset (&result->frame, 0, sizeof result->frame);
  frame->attempts = attempts;
  append (committer, frame);
  committer->n_frames++;
  committer->n_bytes += bytes;
  return TRUE;
}

void
dio_committer_add_failed (DioCommitter *committer, guint64 index, guint attempts, const char *cause)
{
  DioDatasetFrame *frame = g_new0 (DioDatasetFrame, 1);

  frame->index = index;
  frame->status = DIO_FRAME_FAILED;
  frame->attempts = attempts;
  frame->failure = g_strdup (cause);
  append (committer, frame);
}

gboolean
dio_committer_flush (DioCommitter *committer, gboolean now, GError **error)
{
  if (committer->batch->len == 0 || (!now && dio_committer_get_wait_ms (committer) > 0))
    return TRUE;
  /* One sync for all files and folders of the batch: a sync of each file costs more than rendering it. */
  if (syncfs (committer->folder_fd) != 0)
    return set_disk_error (error, errno, "synced", dio_dataset_get_folder (committer->dataset));
  dio_engine_seam_reach ("committing");
  if (!dio_dataset_store_frames (committer->dataset,
                                 (DioDatasetFrame *const *) committer->batch->pdata,
                                 committer->batch->len, error))
    return FALSE;
  g_ptr_array_set_size (committer->batch, 0);
  return TRUE;
}

int
dio_committer_get_wait_ms (const DioCommitter *committer)
{
  if (committer->batch->len == 0)
    return -1;
  if (committer->batch->len >= COMMIT_FRAMES)
    return 0;
  gint64 left = committer->oldest_us + COMMIT_INTERVAL_US - g_get_monotonic_time ();
  return left > 0 ? (int) (left / 1000) + 1 : 0;
}

guint64
dio_committer_get_frame_bytes (const DioCommitter *committer)
{
  return committer->n_frames > 0 ? committer->n_bytes / committer->n_frames : 0;
}
