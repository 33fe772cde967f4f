#define G_LOG_DOMAIN "dio-export"

#include "dio-export-stream-private.h"

#include "dio-base-path.h"
#include "dio-export-file-private.h"

#include <errno.h>
#include <stdio.h>

struct DioExportStream {
  FILE *file;
  char *path;
  guint64 size;
};

DioExportStream *
dio_export_stream_new (const char *folder, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  if (!dio_path_make_folders (parent, error))
    return NULL;
  FILE *file = fopen (path, "wxe");
  if (!file) {
    dio_export_set_errno (error, errno, "write", path);
    return NULL;
  }
  DioExportStream *stream = g_new0 (DioExportStream, 1);
  stream->file = file;
  stream->path = g_steal_pointer (&path);
  return stream;
}

gboolean
dio_export_stream_write (DioExportStream *stream, const void *data, gsize size, GError **error)
{
  if (fwrite (data, 1, size, stream->file) != size) {
    dio_export_set_errno (error, errno, "write", stream->path);
    return FALSE;
  }
  stream->size += size;
  return TRUE;
}

guint64
dio_export_stream_tell (const DioExportStream *stream)
{
  return stream->size;
}

gboolean
dio_export_stream_close (DioExportStream *stream, GError **error)
{
  int errnum = fclose (stream->file) == 0 ? 0 : errno;

  if (errnum != 0)
    dio_export_set_errno (error, errnum, "write", stream->path);
  g_free (stream->path);
  g_free (stream);
  return errnum == 0;
}

guint
dio_export_shards_count (guint64 n_samples)
{
  return (guint) ((n_samples + DIO_EXPORT_SHARD_SAMPLES - 1) / DIO_EXPORT_SHARD_SAMPLES);
}

guint
dio_export_shards_samples (guint64 n_samples, guint index)
{
  guint64 before = (guint64) index * DIO_EXPORT_SHARD_SAMPLES;

  return (guint) MIN (n_samples - before, DIO_EXPORT_SHARD_SAMPLES);
}
