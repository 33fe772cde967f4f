#pragma once
/* Thread: main; pictures are found and decoded in worker threads. The newest frames of a job, as they are stored. */

#include "dio-catalog-types.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_JOB_FRAMES (dio_job_frames_get_type ())
G_DECLARE_FINAL_TYPE (DioJobFrames, dio_job_frames, DIO, JOB_FRAMES, GtkBox)

GtkWidget *dio_job_frames_new (void) G_GNUC_WARN_UNUSED_RESULT;
/** Shows the frames of @job's dataset up to its newest; at most one look at the disk at a time, later calls wait for it. */
void dio_job_frames_set (DioJobFrames *frames, const DioCatalogJob *job);

G_END_DECLS
