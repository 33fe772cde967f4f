#pragma once
/* Thread: main. The document's randomizers in the order in which they act: enable, reorder, remove, add from a menu that
 * describes each. Signal "selected" (string id or NULL). */

#include "dio-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DIO_TYPE_RANDOMIZER_LIST (dio_randomizer_list_get_type ())
G_DECLARE_FINAL_TYPE (DioRandomizerList, dio_randomizer_list, DIO, RANDOMIZER_LIST, AdwBin)

GtkWidget *dio_randomizer_list_new (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;
/** Id of the selected randomizer, or NULL. Borrowed until the next change. */
const char *dio_randomizer_list_get_selected (DioRandomizerList *list);
void dio_randomizer_list_select (DioRandomizerList *list, const char *id);
/** Opens the menu of types. */
void dio_randomizer_list_show_menu (DioRandomizerList *list);
/** What commands do to the selected one; nothing without one. @by: -1 up, 1 down. */
void dio_randomizer_list_move_selected (DioRandomizerList *list, int by);
void dio_randomizer_list_remove_selected (DioRandomizerList *list);
void dio_randomizer_list_toggle_selected (DioRandomizerList *list);
/** Adds a randomizer of @type on the selected nodes, else on all that it can act on one of; selects it. */
void dio_randomizer_list_add (DioRandomizerList *list, const char *type);

G_END_DECLS
