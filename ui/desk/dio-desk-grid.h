#pragma once
/* Thread: main. The grid of pictures or objects. Signals: "activated" (uint position): Enter or double click; "current-changed" (): another selection. */

#include "dio-desk-data.h"
#include "dio-desk-model.h"
#include "dio-overlays.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DIO_TYPE_DESK_GRID (dio_desk_grid_get_type ())
G_DECLARE_FINAL_TYPE (DioDeskGrid, dio_desk_grid, DIO, DESK_GRID, AdwBin)

#define DIO_DESK_GRID_MIN_PX 96
#define DIO_DESK_GRID_MAX_PX 384

GtkWidget *dio_desk_grid_new (DioOverlays *overlays) G_GNUC_WARN_UNUSED_RESULT;
/** (nullable) Another dataset; the grid is then empty. */
void dio_desk_grid_set_data (DioDeskGrid *grid, DioDeskData *data);
/** @same: asked for as the one before, some time later: position and selection stay. Else the current row stays, if it is in there. */
void dio_desk_grid_set_list (DioDeskGrid *grid, DioReviewList *list, gboolean same);
/** NULL before the first list. */
DioDeskModel *dio_desk_grid_get_model (DioDeskGrid *grid);
void dio_desk_grid_set_tile_px (DioDeskGrid *grid, int width_px);
/** Selects @position alone and brings it into sight; with the focus where the grid is shown. */
void dio_desk_grid_show (DioDeskGrid *grid, guint position);
/** Rows of the tiles that can be seen now; of guint32, owned. */
GArray *dio_desk_grid_create_visible (DioDeskGrid *grid) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
