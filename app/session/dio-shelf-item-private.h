#pragma once
/* Thread: main. How the session fills the shelf. */

#include "dio-session.h"
#include "dio-shelf-item.h"

G_BEGIN_DECLS

/** What an item is; strings borrowed for the call. */
typedef struct {
  const char *key, *name;
  DioShelfKind kind;
  DioLightKind light;
} DioShelfItemDesc;

/** @session is held weakly. */
DioShelfItem *dio_shelf_item_new (DioSession *session,
                                  const DioShelfItemDesc *desc) G_GNUC_WARN_UNUSED_RESULT;
/** Findings, facts and picture may be others: notifies. */
void dio_shelf_item_facts_changed (DioShelfItem *item);
void dio_shelf_item_thumbnail_changed (DioShelfItem *item);

G_END_DECLS
