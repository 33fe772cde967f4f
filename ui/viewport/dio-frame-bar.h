#pragma once
/* Thread: main. Below the viewport: Base or Frame, which frame, which seed, and what the active selection gets as a label in it. */

#include "dio-action.h"
#include "dio-session.h"

G_BEGIN_DECLS

#define DIO_TYPE_FRAME_BAR (dio_frame_bar_get_type ())
G_DECLARE_FINAL_TYPE (DioFrameBar, dio_frame_bar, DIO, FRAME_BAR, GtkWidget)

GtkWidget *dio_frame_bar_new (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;
/** Previous and next frame, play, random frame, jump. */
void dio_frame_bar_add_actions (DioFrameBar *bar, DioActionRegistry *registry);

G_END_DECLS
