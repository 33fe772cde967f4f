#pragma once
/* Thread: main; the work is done in a worker thread. One export of a dataset as the dialog asks for it. */

#include "dio-export.h"

G_BEGIN_DECLS

/** What is asked. Strings borrowed for the call. */
typedef struct {
  const char *folder;     /**< the dataset */
  const char *splits;     /**< "train=0.8,val=0.2" or "" */
  gboolean keep_rejected; /**< TRUE: verdicts of reviewers are not looked at */
  /** Its splits and progress are set here; strings are copied. */
  DioExportOptions options;
} DioExportRunDesc;

/** On the main context, at most some ten times a second. */
typedef void (*DioExportRunFunc) (guint64 done, guint64 total, gpointer user);

/** Opens the dataset, exports, closes. @func (nullable) is not called after the end. */
void dio_export_run_async (const DioExportRunDesc *desc,
                           DioExportRunFunc func,
                           gpointer func_user,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user);
gboolean dio_export_run_finish (GAsyncResult *async, DioExportResult *result, GError **error);

G_END_DECLS
