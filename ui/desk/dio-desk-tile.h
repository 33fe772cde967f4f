#pragma once
/* Thread: main. One tile of the grid: a small picture with its boxes, what it is called and what was decided about it. */

#include "dio-desk-data.h"
#include "dio-desk-loader.h"
#include "dio-overlays.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_DESK_TILE (dio_desk_tile_get_type ())
G_DECLARE_FINAL_TYPE (DioDeskTile, dio_desk_tile, DIO, DESK_TILE, GtkBox)

/** What all tiles of a grid share; borrowed by them while they show something. */
typedef struct {
  DioDeskData *data;
  DioDeskLoader *loader;
  DioOverlays *overlays;
  DioReviewUnit unit;
  int width_px;  /**< of a tile's picture, widget pixels */
  double aspect; /**< width / height */
} DioDeskTileShared;

GtkWidget *dio_desk_tile_new (void) G_GNUC_WARN_UNUSED_RESULT;
/** Shows @row; asks for its picture. */
void dio_desk_tile_show (DioDeskTile *tile, const DioDeskTileShared *shared, guint32 row);
/** Shows nothing and wants nothing. */
void dio_desk_tile_clear (DioDeskTile *tile);
/** The verdict, the size or the overlays may be others. */
void dio_desk_tile_update (DioDeskTile *tile);
/** "Frame 17, accepted": what is spoken. */
char *dio_desk_tile_dup_label (DioDeskTile *tile) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
