#pragma once
/* Thread: main. The parts (face groups) of the selected models: which count for the label, and the question that asks so once. */

#include "dio-session-models.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** More are not listed. */
#define DIO_INSPECTOR_MAX_PARTS 64

#define DIO_TYPE_INSPECTOR_PARTS (dio_inspector_parts_get_type ())
G_DECLARE_FINAL_TYPE (DioInspectorParts, dio_inspector_parts, DIO, INSPECTOR_PARTS, GtkBox)

/** A row for every part; hidden while the selection is no model of several parts, or several different models. */
GtkWidget *dio_inspector_parts_new (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;
void dio_inspector_parts_refresh (DioInspectorParts *parts);

/** Of DioLabelPart*: the parts that all selected models have, which show the same; empty otherwise. */
GPtrArray *dio_inspector_list_parts (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;

#define DIO_TYPE_INSPECTOR_QUESTION (dio_inspector_question_get_type ())
G_DECLARE_FINAL_TYPE (DioInspectorQuestion, dio_inspector_question, DIO, INSPECTOR_QUESTION, GtkBox)

/** "Whole Object or Part?" Signal "answered" (json_t *labels): NULL = the whole; else an object for dio_edit_label_parts, borrowed. */
GtkWidget *dio_inspector_question_new (void) G_GNUC_WARN_UNUSED_RESULT;
/** Asks about @parts (of DioLabelPart*); Enter answers "whole". */
void dio_inspector_question_ask (DioInspectorQuestion *question, const GPtrArray *parts);

G_END_DECLS
