#pragma once
/* Thread: main. One property of the selection on one row: its name, an editor for its type, its dice, what draws it, and what was wrong with the last value.
 *
 * The row reads document and selection by itself in dio_inspector_row_refresh, which the panel calls after every change. An editor is a widget
 * with a function that shows a value; it changes the document through the functions below, so that each change is one undo step. */

#include "dio-inspector-value-private.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_INSPECTOR_ROW (dio_inspector_row_get_type ())
G_DECLARE_FINAL_TYPE (DioInspectorRow, dio_inspector_row, DIO, INSPECTOR_ROW, GtkBox)

/** Width of the column of names, so that editors line up. */
#define DIO_INSPECTOR_LABEL_CHARS 14

/** How a property is edited. */
typedef enum {
  DIO_INSPECTOR_EDIT_AUTO, /**< by its type in the registry */
  DIO_INSPECTOR_EDIT_COLOR,
  DIO_INSPECTOR_EDIT_TEXTURE,
  DIO_INSPECTOR_EDIT_ENVIRONMENT,
  DIO_INSPECTOR_EDIT_WORDS,    /**< of a model's parameter whose numbers stand for words */
  DIO_INSPECTOR_EDIT_POSITION, /**< of "translation", in a space */
  DIO_INSPECTOR_EDIT_ANGLES,   /**< of "rotation": about X, Y, Z, in a space */
  DIO_INSPECTOR_EDIT_SCALE,    /**< of "scale": all three together or each alone */
} DioInspectorEdit;

/** @label and @help translated (nullable: the registry's name, none). The row is hidden until it was refreshed. */
GtkWidget *dio_inspector_row_new (DioSession *session,
                                  const char *path,
                                  DioInspectorEdit edit,
                                  const char *label,
                                  const char *help) G_GNUC_WARN_UNUSED_RESULT;
/** Shows the selection's value, or hides the row where a node does not have the property. */
void dio_inspector_row_refresh (DioInspectorRow *row);
/** A row that must not be seen now whatever the selection has; it is not refreshed either. */
void dio_inspector_row_set_applies (DioInspectorRow *row, gboolean applies);
const char *dio_inspector_row_get_path (DioInspectorRow *row);
/** Of a number where it is not the registry's. */
void dio_inspector_row_set_default (DioInspectorRow *row, double value);
/** The unit of a number where it depends on something else than the property. */
void dio_inspector_row_set_unit (DioInspectorRow *row, const char *unit);
/** Of position and angles; DIO_INSPECTOR_LOCAL at first. Refresh afterwards. */
void dio_inspector_row_set_space (DioInspectorRow *row, DioInspectorSpace space);
DioInspectorSpace dio_inspector_row_get_space (DioInspectorRow *row);
/** What was wrong; NULL clears. Goes with the next good value. */
void dio_inspector_row_set_error (DioInspectorRow *row, const char *message);
/** The number field, the switch, the entry: what the keyboard reaches first. */
GtkWidget *dio_inspector_row_get_editor (DioInspectorRow *row);

/* -- For editors ---------------------------------------------------------------------------------------------------- */

typedef void (*DioInspectorShowFunc) (DioInspectorRow *row, const DioInspectorValue *value);

DioSession *dio_inspector_row_get_session (DioInspectorRow *row);
const char *dio_inspector_row_get_label (DioInspectorRow *row);
const DioPropertyInfo *dio_inspector_row_get_info (DioInspectorRow *row);
/** TRUE while the row itself sets its editor: its signals mean nothing. */
gboolean dio_inspector_row_is_showing (DioInspectorRow *row);
/** @box is what stands in the row; @focus is its first control; @titled: the editor shows the name (and the dice) itself. */
void dio_inspector_row_set_editor (DioInspectorRow *row,
                                   GtkWidget *box,
                                   GtkWidget *focus,
                                   gboolean titled,
                                   DioInspectorShowFunc show);
/** Sets the property of all selected nodes; @value is stolen, NULL gives the default back. @merge: part of a longer change, until end. */
void dio_inspector_row_commit (DioInspectorRow *row, json_t *value, gboolean merge);
/** The same with a document that was made otherwise; @next (transfer full, nullable with @error). */
void dio_inspector_row_commit_scenario (DioInspectorRow *row,
                                        DioScenario *next,
                                        const GError *error,
                                        gboolean merge);
/** Takes @next, in which the range of what is drawn was shifted; steps of one drag are one. */
void dio_inspector_row_commit_shift (DioInspectorRow *row, DioScenario *next);
/** Lets the ends of the range behind the number of @field be dragged. */
void dio_inspector_range_attach (DioInspectorRow *row, GtkWidget *field);
/** A longer change (a scrub) is over. */
void dio_inspector_row_end (DioInspectorRow *row);
/** What a dice does: binds the property, or goes to what draws it. */
void dio_inspector_row_roll (DioInspectorRow *row);
/** Whether the value that is seen is drawn for the frame, so that an edit of the document would not show. */
gboolean dio_inspector_row_is_drawn (DioInspectorRow *row);
/** Whether the property can be drawn, and is. */
gboolean dio_inspector_row_can_bind (DioInspectorRow *row);
gboolean dio_inspector_row_is_bound (DioInspectorRow *row);

/* -- Editors, each makes the whole row's content ----------------------------------------------------------------------- */

void dio_inspector_row_add_numbers (DioInspectorRow *row);
void dio_inspector_row_add_switch (DioInspectorRow *row);
void dio_inspector_row_add_entry (DioInspectorRow *row);
void dio_inspector_row_add_color (DioInspectorRow *row);
void dio_inspector_row_add_choice (DioInspectorRow *row, DioInspectorEdit edit);
void dio_inspector_row_add_pose (DioInspectorRow *row, DioInspectorEdit edit);
/** Every row has at most four numbers. */
GtkWidget **dio_inspector_row_get_fields (DioInspectorRow *row);

/** Appends a button with a dice to @box, for an editor that has a name of its own but no dice. */
void dio_inspector_row_take_dice (DioInspectorRow *row, GtkWidget *box);

G_END_DECLS
