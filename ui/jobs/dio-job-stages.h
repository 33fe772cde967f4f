#pragma once
/* Thread: main. Where the time of a job's workers goes: one bar in shares, and a legend. */

#include "dio-catalog-types.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_JOB_STAGES (dio_job_stages_get_type ())
G_DECLARE_FINAL_TYPE (DioJobStages, dio_job_stages, DIO, JOB_STAGES, GtkBox)

GtkWidget *dio_job_stages_new (void) G_GNUC_WARN_UNUSED_RESULT;
/** Copies the shares of @progress. */
void dio_job_stages_set (DioJobStages *stages, const DioJobProgress *progress);

G_END_DECLS
