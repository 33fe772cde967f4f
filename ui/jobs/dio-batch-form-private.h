#pragma once
/* Thread: main. The rows of the batch dialog and what they say. */

#include "dio-catalog-types.h"
#include "dio-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DIO_TYPE_BATCH_FORM (dio_batch_form_get_type ())
G_DECLARE_FINAL_TYPE (DioBatchForm, dio_batch_form, DIO, BATCH_FORM, AdwBin)

/** Signals: "changed" after every change, "cost-changed" after one that changes what a frame costs. */
GtkWidget *dio_batch_form_new (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;
/** Why the batch cannot be added, translated, owned; NULL when it can. */
char *dio_batch_form_dup_fault (DioBatchForm *form) G_GNUC_WARN_UNUSED_RESULT;
/** Fills @spec but for the scenario; strings owned by the form until its next change. */
void dio_batch_form_fill (DioBatchForm *form, DioJobSpec *spec);
void dio_batch_form_get_outputs (DioBatchForm *form, DioOutputs *outputs);

G_END_DECLS
