#pragma once
/* Thread: main. The dialog behind Dataset > Export…: what to write, where, how far it is, and what came of it. Opens with
 * everything filled in from the last export, so that Enter is enough. */

#include "dio-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DIO_TYPE_EXPORT_DIALOG (dio_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DioExportDialog, dio_export_dialog, DIO, EXPORT_DIALOG, AdwWindow)

/** @folder: the dataset. The caller makes it transient and presents it. */
GtkWidget *dio_export_dialog_new (DioSession *session,
                                  const char *folder) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
