#pragma once
/* Thread: any. Who may write a dataset: one process at a time, as long as it lives. */

#include <glib.h>

G_BEGIN_DECLS

typedef struct DioDatasetLock DioDatasetLock;

/** Takes the lock of an existing folder (FOLDER/.lock; the file stays). Errors: BUSY while another process
 * holds it, NOT_FOUND without the folder. Children do not inherit it. */
DioDatasetLock *dio_dataset_lock_acquire (const char *folder,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
void dio_dataset_lock_release (DioDatasetLock *lock);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioDatasetLock, dio_dataset_lock_release)

G_END_DECLS
