#pragma once
/* Thread: main. What a job's engine told: the log, and failed frames grouped by what made them fail. */

#include "dio-session-jobs.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_JOB_LOG (dio_job_log_get_type ())
G_DECLARE_FINAL_TYPE (DioJobLog, dio_job_log, DIO, JOB_LOG, GtkBox)

GtkWidget *dio_job_log_new (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;
/** Another job (0 = none) begins anew; the same one reads on from the last row. */
void dio_job_log_set_job (DioJobLog *log, gint64 job);
/** The cause of a "frame-failed" message without what differs from frame to frame; owned. For tests. */
char *dio_job_log_dup_cause (const char *message) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
