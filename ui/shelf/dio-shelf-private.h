#pragma once
/* Thread: main. What the files of the shelf share. */

#include "dio-session-models.h"
#include "dio-shelf-panel.h"

G_BEGIN_DECLS

/* -- dio-shelf-tile.c: one item ----------------------------------------------------------------------------------------- */

#define DIO_TYPE_SHELF_TILE (dio_shelf_tile_get_type ())
G_DECLARE_FINAL_TYPE (DioShelfTile, dio_shelf_tile, DIO, SHELF_TILE, GtkWidget)

/** Signal "menu" (double x, double y): a right click. */
GtkWidget *dio_shelf_tile_new (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;
/** NULL lets go. */
void dio_shelf_tile_bind (DioShelfTile *tile, DioShelfItem *item);
DioShelfItem *dio_shelf_tile_get_item (DioShelfTile *tile);

/* -- dio-shelf-findings.c -------------------------------------------------------------------------------------------------- */

/** What the doctor found in an asset, each with a button where it can be fixed. */
GtkWidget *dio_shelf_findings_new (DioSession *session,
                                   const char *asset) G_GNUC_WARN_UNUSED_RESULT;

/* -- dio-shelf-tags.c ------------------------------------------------------------------------------------------------------ */

/** What an asset is tagged with, to be changed; @session outlives it. */
GtkWidget *dio_shelf_tags_new (DioSession *session, const char *asset) G_GNUC_WARN_UNUSED_RESULT;

/* -- dio-shelf-place.c ------------------------------------------------------------------------------------------------- */

/** "diorama-shelf:KIND:ID": what the viewport takes. */
char *dio_shelf_dup_drag_text (DioShelfItem *item) G_GNUC_WARN_UNUSED_RESULT;
/** Puts the item into the scene where the view looks: on what is hit there, else on the ground. One undo step, selected afterwards. */
void dio_shelf_place (DioSession *session, DioShelfItem *item);
/** The same at a place, at once. FALSE for what has no node (a texture). */
gboolean dio_shelf_place_at (DioSession *session, DioShelfItem *item, DioVec3 place_m);
/** Whether it is an asset of the document. */
gboolean dio_shelf_is_asset (DioShelfItem *item);
void dio_shelf_remove (DioSession *session, DioShelfItem *item);

G_END_DECLS
