#pragma once
/* Thread: main. The recovery file of the open document. */

#include "dio-session-private.h"

G_BEGIN_DECLS

typedef struct DioSessionRecovery DioSessionRecovery;

DioSessionRecovery *dio_session_recovery_new (const char *state_folder) G_GNUC_WARN_UNUSED_RESULT;
/** Waits for what is being written. */
void dio_session_recovery_free (DioSessionRecovery *recovery);
/** The document, or whether it is modified, changed: what is unsaved is written within two seconds, the file of a saved one goes. */
void dio_session_recovery_changed (DioSession *session);
/** Another document takes the place: the old one's file goes, and its folder if it was a draft in @draft (nullable). */
void dio_session_recovery_begin_document (DioSession *session, const char *draft);
/** Removes the folder of a draft, behind all that is being written; others are left alone. */
void dio_session_recovery_remove_draft (DioSession *session, const char *folder);

G_END_DECLS
