#pragma once
/* Thread: main. Everything about one job: figures, stage shares, newest frames, failures and log, with what can be done about it. */

#include "dio-session-jobs.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_JOB_DETAIL (dio_job_detail_get_type ())
G_DECLARE_FINAL_TYPE (DioJobDetail, dio_job_detail, DIO, JOB_DETAIL, GtkBox)

GtkWidget *dio_job_detail_new (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;
/** (nullable) */
void dio_job_detail_set_item (DioJobDetail *detail, DioJobItem *item);

G_END_DECLS
