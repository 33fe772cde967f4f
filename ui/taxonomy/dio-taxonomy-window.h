#pragma once
/* Thread: main. The window of the label categories: names, colours, things and stuff, front cones; add, merge, reorder, import; who uses what. */

#include "dio-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DIO_TYPE_TAXONOMY_WINDOW (dio_taxonomy_window_get_type ())
G_DECLARE_FINAL_TYPE (DioTaxonomyWindow, dio_taxonomy_window, DIO, TAXONOMY_WINDOW, AdwWindow)

/** Not shown yet; set what it is transient for and present it. */
GtkWidget *dio_taxonomy_window_new (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;
/** Chooses the category in the list; FALSE for ids that are not there. */
gboolean dio_taxonomy_window_choose (DioTaxonomyWindow *window, const char *id);
/** The chosen category's id, or NULL. Borrowed until the next change. */
const char *dio_taxonomy_window_get_chosen (DioTaxonomyWindow *window);

G_END_DECLS
