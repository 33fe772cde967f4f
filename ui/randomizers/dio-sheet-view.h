#pragma once
/* Thread: main; tiles are drawn by the preview's thread. The contact sheet: sampled frames of the document with their labels, drawn again
 * when the document changes, while the sheet is on screen.
 *
 * Signals: "tile" (DioPreviewResult*): one arrived; "restarted" (): all tiles are being drawn anew; "frame-activated" (uint frame). */

#include "dio-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_SHEET_VIEW (dio_sheet_view_get_type ())
G_DECLARE_FINAL_TYPE (DioSheetView, dio_sheet_view, DIO, SHEET_VIEW, GtkBox)

GtkWidget *dio_sheet_view_new (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;
/** 1 .. 64 tiles; default 16. */
void dio_sheet_view_set_count (DioSheetView *sheet, guint count);
/** The next or previous frames. */
void dio_sheet_view_turn (DioSheetView *sheet, int pages);
/** Tiles that are there of those that are wanted. */
guint dio_sheet_view_get_done (DioSheetView *sheet);
guint dio_sheet_view_get_count (DioSheetView *sheet);

G_END_DECLS
