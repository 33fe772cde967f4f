#pragma once
/* Thread: main. The list of what can be put into the scene. */

#include "dio-session-private.h"

#include "dio-shelf-item.h"

G_BEGIN_DECLS

typedef struct DioSessionShelf DioSessionShelf;

/** @session borrowed. */
DioSessionShelf *dio_session_shelf_new (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;
void dio_session_shelf_free (DioSessionShelf *shelf);
/** The document's assets may be others. */
void dio_session_shelf_document_changed (DioSessionShelf *shelf);
/** Something new is known of assets. */
void dio_session_shelf_facts_changed (DioSessionShelf *shelf);
GListModel *dio_session_shelf_get_model (DioSessionShelf *shelf);
DioShelfItem *dio_session_shelf_find (DioSessionShelf *shelf, const char *key);

G_END_DECLS
