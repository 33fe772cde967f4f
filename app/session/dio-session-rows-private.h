#pragma once
/* Thread: main. The table of labels. */

#include "dio-session-private.h"

#include "dio-label-row.h"

G_BEGIN_DECLS

typedef struct DioSessionRows DioSessionRows;

DioSessionRows *dio_session_rows_new (void) G_GNUC_WARN_UNUSED_RESULT;
void dio_session_rows_free (DioSessionRows *rows);
/** Shows the labels of @result (nullable: none) with the policy in force. */
void dio_session_rows_update (DioSessionRows *rows, DioSession *session, DioPreviewResult *result);
/** Judges anew; the labels are the same. */
void dio_session_rows_judge (DioSessionRows *rows, DioSession *session);
GListModel *dio_session_rows_get_model (DioSessionRows *rows);
DioLabelRow *dio_session_rows_find (DioSessionRows *rows, guint instance);

G_END_DECLS
