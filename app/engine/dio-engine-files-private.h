#pragma once
/* Thread: any. Names of files in flight, and what is garbage in a dataset's folder. */

#include "dio-dataset.h"

/** FOLDER/.tmp */
char *dio_engine_dup_temporary_folder (const char *folder) G_GNUC_WARN_UNUSED_RESULT;

/** Which file of which lease. */
typedef struct {
  guint64 lease, index;
  guint capture;
  const char *channel, *extension;
} DioTemporaryName;

/** "LEASE_FRAME_CAPTURE_CHANNEL.EXT" */
char *dio_engine_dup_temporary_name (const DioTemporaryName *name) G_GNUC_WARN_UNUSED_RESULT;
/** Channels and extensions come from a worker and become names of files: short, lower case, no surprises. */
gboolean dio_engine_is_plain_word (const char *word);

/** Called with the path, relative to the dataset's folder, of every picture file; FALSE with an error stops. */
typedef gboolean (*DioFileFunc) (const char *path, gpointer user, GError **error);
gboolean dio_engine_foreach_file (const char *folder,
                                  DioFileFunc func,
                                  gpointer user,
                                  GError **error);

/** Removes .tmp/ and every picture file without a row. Only with the dataset's lock. */
gboolean dio_engine_remove_garbage (DioDataset *dataset, guint *n_removed, GError **error);
