#pragma once
/* Thread: main. The commands of the desk follow what is open. */

#include "dio-desk-private.h"

G_BEGIN_DECLS

void dio_desk_page_update_actions (DioDeskPage *self);

G_END_DECLS
