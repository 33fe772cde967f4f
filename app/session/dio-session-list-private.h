#pragma once
/* Thread: main. Lists that change as little as they can. */

#include <gio/gio.h>

G_BEGIN_DECLS

/** Makes @store hold @wanted (of GObject*, borrowed, each once): what stays is not touched, so that views keep selection and scroll position. */
void dio_list_apply (GListStore *store, const GPtrArray *wanted);

G_END_DECLS
