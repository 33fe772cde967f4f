#pragma once
/* Thread: main. The large view: one picture with its labels. Zoom, pass and overlays stay from one picture to the next. Space, held, shows the picture alone.
 * Signal "object-picked" (uint): the dense index of the instance that was clicked, 0 = none. */

#include "dio-desk-shot.h"
#include "dio-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DIO_TYPE_DESK_VIEWER (dio_desk_viewer_get_type ())
G_DECLARE_FINAL_TYPE (DioDeskViewer, dio_desk_viewer, DIO, DESK_VIEWER, AdwBin)

GtkWidget *dio_desk_viewer_new (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;
/** @shot (nullable) has images and is looked at for @row. TRUE where that is not what was shown before. */
gboolean dio_desk_viewer_set_shot (DioDeskViewer *viewer, DioDeskShot *shot, guint32 row);
/** "17 · 3 of 120", over the picture, with the badge of @state. */
void dio_desk_viewer_set_title (DioDeskViewer *viewer, const char *title, DioReviewState state);
/** Highlights an instance; 0 = none. @zoom brings its box close. */
void dio_desk_viewer_select (DioDeskViewer *viewer, guint instance, gboolean zoom);
void dio_desk_viewer_cycle_zoom (DioDeskViewer *viewer);
/** Something is on its way: after a moment a spinner says so. */
void dio_desk_viewer_set_busy (DioDeskViewer *viewer, gboolean busy);
/** Takes the focus, so that keys arrive. */
void dio_desk_viewer_focus (DioDeskViewer *viewer);

G_END_DECLS
