#pragma once
/* Thread: main. The one selection that viewport, outliner, label table and inspector share: node ids in the order they were selected, the
 * last one active. Not part of undo. Nodes that an edit removed leave it by themselves. */

#include "dio-session-types.h"

G_BEGIN_DECLS

/** Signal "changed" after every change, once. */
DioSelection *dio_selection_new (void) G_GNUC_WARN_UNUSED_RESULT;
/** Replaces all; @ids NULL-terminated (nullable). */
void dio_selection_set (DioSelection *selection, const char *const *ids);
/** One node alone; NULL clears. */
void dio_selection_set_one (DioSelection *selection, const char *id);
void dio_selection_add (DioSelection *selection, const char *id);
void dio_selection_remove (DioSelection *selection, const char *id);
void dio_selection_toggle (DioSelection *selection, const char *id);
void dio_selection_clear (DioSelection *selection);
gboolean dio_selection_contains (DioSelection *selection, const char *id);
guint dio_selection_get_count (DioSelection *selection);
/** Borrowed, NULL-terminated, never NULL, valid until the next change. */
const char *const *dio_selection_get_ids (DioSelection *selection);
/** The last one, or NULL. */
const char *dio_selection_get_active (DioSelection *selection);

G_END_DECLS
