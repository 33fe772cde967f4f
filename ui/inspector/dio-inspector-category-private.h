#pragma once
/* Thread: main. The category of the selected objects: a button that opens a list to type in. What is typed finds a category or makes one. */

#include "dio-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_INSPECTOR_CATEGORY (dio_inspector_category_get_type ())
G_DECLARE_FINAL_TYPE (DioInspectorCategory, dio_inspector_category, DIO, INSPECTOR_CATEGORY, GtkBox)

/** @background: the category of the background instead of the selection's. */
GtkWidget *dio_inspector_category_new (DioSession *session,
                                       gboolean background) G_GNUC_WARN_UNUSED_RESULT;
/** Shows what the selection has; hidden where it has something that bears no category. */
void dio_inspector_category_refresh (DioInspectorCategory *category);
/** Opens the list with the cursor in its entry. */
void dio_inspector_category_open (DioInspectorCategory *category);
/** What Enter does with @text in the list: the first category that matches, or a new one. */
void dio_inspector_category_enter (DioInspectorCategory *category, const char *text);

G_END_DECLS
