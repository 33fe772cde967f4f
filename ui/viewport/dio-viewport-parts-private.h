#pragma once
/* Thread: main. The pieces that stand over the canvas, and the panel that they serve. */

#include "dio-viewport-panel.h"
#include "dio-viewport-private.h"

G_BEGIN_DECLS

/** Icons of this folder join the display's theme, once. */

/** Tools, local axes, snapping: a column of toggles bound to @panel. */
GtkWidget *dio_viewport_tools_new (DioViewportPanel *panel) G_GNUC_WARN_UNUSED_RESULT;
/** Boxes, masks, 3D boxes, names, and all the rest in a popover. */
GtkWidget *dio_viewport_overlay_bar_new (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;
/** Which sensor, and whether one looks through it. */
GtkWidget *dio_viewport_sensor_bar_new (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;
/** The axes as they are seen; a click on one looks along it. */
GtkWidget *dio_viewport_axes_new (DioViewportCanvas *canvas) G_GNUC_WARN_UNUSED_RESULT;
/** What is missing or wrong, with what to do about it: no sensor, no OpenGL, an error. Hidden while all is well. */
GtkWidget *dio_viewport_banner_new (DioViewportPanel *panel) G_GNUC_WARN_UNUSED_RESULT;
/** The sensor's picture in the free view; a click looks through. */
GtkWidget *dio_viewport_monitor_new (DioViewportCanvas *canvas) G_GNUC_WARN_UNUSED_RESULT;

DioSession *dio_viewport_panel_get_session (DioViewportPanel *panel);
DioViewportCanvas *dio_viewport_panel_get_canvas (DioViewportPanel *panel);
/** A sensor where the view is, looking where it looks. */
void dio_viewport_panel_add_sensor (DioViewportPanel *panel);

/** A flat button with an icon of this folder, whose tooltip is its name too. */
void dio_viewport_dress_button (GtkWidget *button, const char *icon, const char *name);
/** Name of the sensor's node for people; NULL without a sensor. Borrowed until the next edit. */
const char *dio_viewport_get_sensor_title (DioSession *session);
/** The page of the mode that @widget stands on: keys work whichever part of it has the focus. */
GtkWidget *dio_viewport_find_page (GtkWidget *widget);

G_END_DECLS
