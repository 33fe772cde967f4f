#pragma once
/* Thread: main. One stop of Tab around a list.
 *
 * The lists of GTK 4.8 lead Tab from row to row: who enters one with a thousand rows does not come out of it again. Inside of this
 * widget the arrow keys go from row to row; Tab goes through what stands in the row that has the focus, and then on to what follows
 * the list. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_TAB_STOP (dio_tab_stop_get_type ())
G_DECLARE_FINAL_TYPE (DioTabStop, dio_tab_stop, DIO, TAB_STOP, GtkWidget)

/** @child: a list, grid, table or flow box of GTK, or what contains one, such as its scrolled window. */
GtkWidget *dio_tab_stop_new (GtkWidget *child) G_GNUC_WARN_UNUSED_RESULT;
/** What a screen reader says of the row that contains @child: GTK makes the row and gives it no name. From a factory's "bind" on. */
void dio_tab_stop_name_row (GtkWidget *child, const char *name);

G_END_DECLS
