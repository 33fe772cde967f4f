#pragma once
/* Thread: main. The right side of the desk: what is known and decided about the current row. Signals: "comment" (string): what was written, on Enter;
 * "object-selected" (uint): the dense index of an instance in the list of objects. */

#include "dio-desk-data.h"
#include "dio-desk-shot.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DIO_TYPE_DESK_DETAILS (dio_desk_details_get_type ())
G_DECLARE_FINAL_TYPE (DioDeskDetails, dio_desk_details, DIO, DESK_DETAILS, AdwBin)

GtkWidget *dio_desk_details_new (void) G_GNUC_WARN_UNUSED_RESULT;
/** Nothing is current. */
void dio_desk_details_clear (DioDeskDetails *details);
/** The verdict about @row, and how many are selected with it. */
void dio_desk_details_show_verdict (DioDeskDetails *details,
                                    DioDeskData *data,
                                    DioReviewUnit unit,
                                    guint32 row,
                                    guint64 n_selected);
/** What stands in the entry; @edited (out): it is not what is stored. Borrowed until it changes. */
const char *dio_desk_details_get_comment (DioDeskDetails *details, gboolean *edited);
/** Labels, draws and checks of the picture that @row is or is in. */
void dio_desk_details_show_shot (DioDeskDetails *details,
                                 DioDeskShot *shot,
                                 DioReviewUnit unit,
                                 guint32 row);
/** Highlights the row of an instance, 0 = none; does not emit. */
void dio_desk_details_select (DioDeskDetails *details, guint instance);
/** Node of the instance that is highlighted, or NULL. */
const char *dio_desk_details_get_selected_node (DioDeskDetails *details);
void dio_desk_details_focus_comment (DioDeskDetails *details);

G_END_DECLS
