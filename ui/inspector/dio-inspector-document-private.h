#pragma once
/* Thread: main. What the inspector shows while nothing is selected: the document. */

#include "dio-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_INSPECTOR_DOCUMENT (dio_inspector_document_get_type ())
G_DECLARE_FINAL_TYPE (DioInspectorDocument, dio_inspector_document, DIO, INSPECTOR_DOCUMENT, GtkBox)

GtkWidget *dio_inspector_document_new (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;
void dio_inspector_document_refresh (DioInspectorDocument *document);

G_END_DECLS
