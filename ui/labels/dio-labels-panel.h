#pragma once
/* Thread: main. The label table: every object that the sensor sees, what becomes of its label and why; sliders of the label policy that change it live.
 *
 * Properties (notify, writable): "show-keep", "show-ignore", "show-drop" (bool). */

#include "dio-action.h"
#include "dio-session.h"

G_BEGIN_DECLS

#define DIO_TYPE_LABELS_PANEL (dio_labels_panel_get_type ())
G_DECLARE_FINAL_TYPE (DioLabelsPanel, dio_labels_panel, DIO, LABELS_PANEL, GtkWidget)

GtkWidget *dio_labels_panel_new (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;
/** "win.label-policy" (opens the sliders), "win.copy-labels", and the three filters. */
void dio_labels_panel_add_actions (DioLabelsPanel *panel, DioActionRegistry *registry);
/** Shows why the pixel of the sensor's picture has the label that it has, until the selection changes. */
void dio_labels_panel_explain (DioLabelsPanel *panel, int x, int y);
/** What the line below the table says; "" when it is empty. */
const char *dio_labels_panel_get_explanation (DioLabelsPanel *panel);
/** The rows as they are shown, tab-separated with a header line. */
char *dio_labels_panel_dup_text (DioLabelsPanel *panel) G_GNUC_WARN_UNUSED_RESULT;
/** The focus goes to the row that had it last, or the first; to the bar above the table where there are none. */
void dio_labels_panel_focus_table (DioLabelsPanel *panel);
/** Rows that are shown. */
guint dio_labels_panel_get_n_rows (DioLabelsPanel *panel);

G_END_DECLS
