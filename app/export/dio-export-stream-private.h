#pragma once
/* Thread: one. A file of an export that stays open while samples are appended, and the shards of a split that are made
 * of such files. */

#include <glib.h>

G_BEGIN_DECLS

typedef struct DioExportStream DioExportStream;

/** Makes @name within @folder. */
DioExportStream *dio_export_stream_new (const char *folder,
                                        const char *name,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean dio_export_stream_write (DioExportStream *stream,
                                  const void *data,
                                  gsize size,
                                  GError **error);
/** Bytes written. */
guint64 dio_export_stream_tell (const DioExportStream *stream);
/** Closes and frees; FALSE where the file system says only now that it has no room. */
gboolean dio_export_stream_close (DioExportStream *stream, GError **error);

/** Samples of a shard. */
#define DIO_EXPORT_SHARD_SAMPLES 1000u

/** Shards of one split. Zeroed is empty. */
typedef struct {
  DioExportStream *stream; /**< the current one, or NULL */
  guint64 n_samples;       /**< in all shards */
} DioExportShards;

/** Shards that hold @n_samples. */
guint dio_export_shards_count (guint64 n_samples);
/** Samples in shard @index of those. */
guint dio_export_shards_samples (guint64 n_samples, guint index);

G_END_DECLS
