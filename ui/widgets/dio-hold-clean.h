#pragma once
/* Thread: main. Space, held over pictures, shows them without anything drawn on them. */

#include "dio-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** From now on Space does so while the focus is in @widget, which must contain no text field. @overlays (borrowed) outlives the widget's use. Released, or with
 * the focus gone, everything is drawn again. */
void dio_hold_clean_add (GtkWidget *widget, DioOverlays *overlays);

G_END_DECLS
