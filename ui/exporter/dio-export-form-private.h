#pragma once
/* Thread: main. The rows of the export dialog and what they say, without running anything. */

#include "dio-export-run.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DIO_TYPE_EXPORT_FORM (dio_export_form_get_type ())
G_DECLARE_FINAL_TYPE (DioExportForm, dio_export_form, DIO, EXPORT_FORM, AdwBin)

/** @folder: the dataset; the first target proposed stands beside it. Signal "notify::ready" when what is asked became
 * complete or incomplete. */
GtkWidget *dio_export_form_new (const char *folder) G_GNUC_WARN_UNUSED_RESULT;
/** TRUE when splits and target can be used. Property "ready". */
gboolean dio_export_form_is_ready (DioExportForm *form);
/** Fills @desc; strings are borrowed from the form until it changes. */
void dio_export_form_fill (DioExportForm *form, DioExportRunDesc *desc);
/** Proposes the next free target, after an export. */
void dio_export_form_propose_target (DioExportForm *form);
/** Keeps the choices for the next dialog of this user. */
void dio_export_form_remember (DioExportForm *form);

G_END_DECLS
