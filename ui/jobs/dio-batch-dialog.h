#pragma once
/* Thread: main. The dialog behind Dataset > Render Batch…: everything is filled in, trial frames tell behind it what the
 * batch will take, Enter adds the job to the queue. */

#include "dio-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DIO_TYPE_BATCH_DIALOG (dio_batch_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DioBatchDialog, dio_batch_dialog, DIO, BATCH_DIALOG, AdwWindow)

/** The caller makes it transient and presents it. */
GtkWidget *dio_batch_dialog_new (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
