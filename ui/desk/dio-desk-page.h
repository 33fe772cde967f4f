#pragma once
/* Thread: main. The Review page: pictures and objects of a dataset, what was decided about them, and what they say together. It shows the folder in the session's
 * property "dataset"; everything that may wait happens in threads.
 *
 * Properties (notify, read-only): "can-undo", "can-redo" (bool), "undo-name", "redo-name" (string, translated): verdicts that can be taken back. */

#include "dio-action.h"
#include "dio-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DIO_TYPE_DESK_PAGE (dio_desk_page_get_type ())
G_DECLARE_FINAL_TYPE (DioDeskPage, dio_desk_page, DIO, DESK_PAGE, AdwBin)

GtkWidget *dio_desk_page_new (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;
void dio_desk_page_add_actions (DioDeskPage *page, DioActionRegistry *registry);
/** The last decision of this session, taken back or made again; nothing where there is none. */
void dio_desk_page_undo (DioDeskPage *page);
void dio_desk_page_redo (DioDeskPage *page);

G_END_DECLS
