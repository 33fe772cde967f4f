#pragma once
/* Thread: main. What the files of the outliner share. */

#include "dio-outliner-panel.h"
#include "dio-session-models.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* -- dio-outliner-panel.c, for its commands ------------------------------------------------------------------------------ */

DioSession *dio_outliner_panel_get_session (DioOutlinerPanel *panel);
void dio_outliner_panel_focus_search (DioOutlinerPanel *panel);

/* -- dio-outliner-row.c: one row ------------------------------------------------------------------------------------- */

#define DIO_TYPE_OUTLINER_ROW (dio_outliner_row_get_type ())
G_DECLARE_FINAL_TYPE (DioOutlinerRow, dio_outliner_row, DIO, OUTLINER_ROW, GtkWidget)

/** Signals: "toggled" (): its arrow; "menu" (double x, double y): a right click, in coordinates of the row. */
GtkWidget *dio_outliner_row_new (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;
/** @row (borrowed) is of a GtkTreeListModel of DioNodeItem; NULL lets go. */
void dio_outliner_row_bind (DioOutlinerRow *self, GtkTreeListRow *row);
GtkTreeListRow *dio_outliner_row_get_row (DioOutlinerRow *self);
/** Borrowed, NULL while unbound. */
DioNodeItem *dio_outliner_row_get_item (DioOutlinerRow *self);
void dio_outliner_row_start_rename (DioOutlinerRow *self);
/** Where a drop would go: -1 above, 0 into, 1 below, other = nowhere. */
void dio_outliner_row_set_drop (DioOutlinerRow *self, int where);
/** Ends a rename: TRUE keeps the text. */
void dio_outliner_row_end_rename (DioOutlinerRow *self, gboolean keep);

/* -- dio-outliner-edit.c: what commands do; each is one undo step --------------------------------------------------------- */

/** What a step about @ids is called: "Delete Mug", "Delete 3 Objects"; @one has a %s for the name, @many_one and @many a %u. */
char *dio_outliner_dup_step (DioSession *session,
                             const char *const *ids,
                             const char *one,
                             const char *many) G_GNUC_WARN_UNUSED_RESULT;
void dio_outliner_rename (DioSession *session, const char *id, const char *name);
void dio_outliner_delete (DioSession *session);
void dio_outliner_duplicate (DioSession *session);
void dio_outliner_group (DioSession *session);
void dio_outliner_ungroup (DioSession *session);
/** Hides the selection, or shows it where all of it is hidden. */
void dio_outliner_toggle_hidden (DioSession *session);
void dio_outliner_show (DioSession *session, const char *id, gboolean visible);
void dio_outliner_isolate (DioSession *session);
void dio_outliner_show_all (DioSession *session);
void dio_outliner_toggle_locked (DioSession *session);
void dio_outliner_select_all (DioSession *session);
/** FALSE where nothing is selected. */
gboolean dio_outliner_copy (DioSession *session, GdkClipboard *clipboard);
void dio_outliner_paste (DioSession *session, GdkClipboard *clipboard);
/** What dio_outliner_paste does with the text of a clipboard. */
void dio_outliner_paste_text (DioSession *session, const char *text);
/** Below @parent (NULL = root), in front of @before (NULL = last). FALSE where that cannot be. */
gboolean dio_outliner_move (DioSession *session,
                            const char *const *ids,
                            const char *parent,
                            const char *before);

/* -- dio-outliner-drag.c --------------------------------------------------------------------------------------------------- */

/** Makes the row a source and a target of drags of nodes. */
void dio_outliner_drag_setup (DioOutlinerRow *row, DioSession *session);
/** What a drop of @ids on the row of @item means: parent and before (borrowed, nullable). FALSE where it cannot be. */
gboolean dio_outliner_find_place (DioSession *session,
                                  const char *const *ids,
                                  DioNodeItem *item,
                                  int where,
                                  const char **parent,
                                  const char **before);

/* -- dio-outliner-filter.c ----------------------------------------------------------------------------------------------- */

/** Ids (owned keys) of nodes whose name, id, category or kind has @text in it, of all above them, and of all below them. */
GHashTable *dio_outliner_find_matches (const DioScenario *scenario,
                                       const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
