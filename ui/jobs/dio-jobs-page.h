#pragma once
/* Thread: main. The Render page: the queue from the catalog on the left, one job on the right. */

#include "dio-action.h"
#include "dio-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DIO_TYPE_JOBS_PAGE (dio_jobs_page_get_type ())
G_DECLARE_FINAL_TYPE (DioJobsPage, dio_jobs_page, DIO, JOBS_PAGE, AdwBin)

GtkWidget *dio_jobs_page_new (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;
void dio_jobs_page_add_actions (DioJobsPage *page, DioActionRegistry *registry);

G_END_DECLS
