#pragma once
/* Thread: main. One job in the list: state, name, bar, and one line of figures. */

#include "dio-job-item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_JOB_ROW (dio_job_row_get_type ())
G_DECLARE_FINAL_TYPE (DioJobRow, dio_job_row, DIO, JOB_ROW, GtkBox)

GtkWidget *dio_job_row_new (void) G_GNUC_WARN_UNUSED_RESULT;
/** Follows @item (nullable: shows nothing). */
void dio_job_row_set_item (DioJobRow *row, DioJobItem *item);

G_END_DECLS
