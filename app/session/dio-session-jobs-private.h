#pragma once
/* Thread: main. */

#include "dio-session-clerk-private.h"
#include "dio-session-jobs.h"

G_BEGIN_DECLS

typedef struct DioSessionJobs DioSessionJobs;

void dio_session_jobs_free (DioSessionJobs *jobs);
/** Starts it at the first call. */
DioClerk *dio_session_get_clerk (DioSession *session);

G_END_DECLS
