#pragma once
/* Thread: main. Counts on a grid, drawn over the shape of the picture that they are about: where objects stand in it. Hover says the cell's count.
 * Signal "area-selected" (uint column, uint row, uint last_column, uint last_row): a cell was clicked, or several were dragged over; both ends inclusive. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_HEAT_MAP (dio_heat_map_get_type ())
G_DECLARE_FINAL_TYPE (DioHeatMap, dio_heat_map, DIO, HEAT_MAP, GtkWidget)

GtkWidget *dio_heat_map_new (void) G_GNUC_WARN_UNUSED_RESULT;
/** @counts [rows][columns], top to bottom; copied. */
void dio_heat_map_set_counts (DioHeatMap *map, const guint64 *counts, guint columns, guint rows);
/** Width / height of the picture; default columns / rows. */
void dio_heat_map_set_aspect (DioHeatMap *map, double aspect);

G_END_DECLS
