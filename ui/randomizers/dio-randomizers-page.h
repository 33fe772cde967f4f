#pragma once
/* Thread: main. The Randomize page: the rules on the left, a contact sheet of sampled frames in the middle, the editor of one rule on
 * the right, and below what the sheet covers. */

#include "dio-action.h"
#include "dio-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DIO_TYPE_RANDOMIZERS_PAGE (dio_randomizers_page_get_type ())
G_DECLARE_FINAL_TYPE (DioRandomizersPage, dio_randomizers_page, DIO, RANDOMIZERS_PAGE, AdwBin)

GtkWidget *dio_randomizers_page_new (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;
void dio_randomizers_page_add_actions (DioRandomizersPage *page, DioActionRegistry *registry);
/** Selects a randomizer: what "Go to Randomizer" elsewhere does. */
void dio_randomizers_page_select (DioRandomizersPage *page, const char *id);

G_END_DECLS
