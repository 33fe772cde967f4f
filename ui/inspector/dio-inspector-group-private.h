#pragma once
/* Thread: main. A titled, foldable group of rows; it hides itself while none of its rows is shown. */

#include "dio-inspector-row-private.h"

G_BEGIN_DECLS

#define DIO_TYPE_INSPECTOR_GROUP (dio_inspector_group_get_type ())
G_DECLARE_FINAL_TYPE (DioInspectorGroup, dio_inspector_group, DIO, INSPECTOR_GROUP, GtkBox)

/** @title translated; NULL = no header, never folded. */
GtkWidget *dio_inspector_group_new (const char *title) G_GNUC_WARN_UNUSED_RESULT;
void dio_inspector_group_add (DioInspectorGroup *group, GtkWidget *child);
/** At the end of the title's line. */
void dio_inspector_group_add_suffix (DioInspectorGroup *group, GtkWidget *suffix);
void dio_inspector_group_set_folded (DioInspectorGroup *group, gboolean folded);
/** Refreshes every row in it, then shows the group if any child is visible. */
void dio_inspector_group_refresh (DioInspectorGroup *group);
/** Takes all children away. */
void dio_inspector_group_clear (DioInspectorGroup *group);
/** All rows in it; free the array. */
GPtrArray *dio_inspector_group_list_rows (DioInspectorGroup *group) G_GNUC_WARN_UNUSED_RESULT;
/** The row of a property path, or NULL. */
DioInspectorRow *dio_inspector_group_find_row (DioInspectorGroup *group, const char *path);

/* -- What stands in which group ---------------------------------------------------------------------------------- */

/** Groups that a table describes. */
typedef enum {
  DIO_INSPECTOR_ROWS_LABEL,
  DIO_INSPECTOR_ROWS_LIGHT,
  DIO_INSPECTOR_ROWS_SENSOR,
  DIO_INSPECTOR_ROWS_PICTURE, /**< exposure, tone, white balance, range of depth */
  DIO_INSPECTOR_ROWS_EFFECTS, /**< blur, noise, JPEG */
  DIO_INSPECTOR_ROWS_MATERIAL,
  DIO_INSPECTOR_ROWS_MATERIAL_MORE,
} DioInspectorRows;

/** Adds the rows of a table; @prefix (nullable) takes the place of "material/" ("materials/body/"). */
void dio_inspector_group_add_rows (DioInspectorGroup *group,
                                   DioSession *session,
                                   DioInspectorRows rows,
                                   const char *prefix);
/** Which rows make sense for what is selected: kinds of light, lens or K. Before refresh. */
void dio_inspector_group_apply (DioInspectorGroup *group,
                                DioScenario *scenario,
                                const char *const *ids);

G_END_DECLS
