#pragma once
/* Thread: any. Names of the channels that a job can write. */

#include "dio-scene-types.h"

G_BEGIN_DECLS

/** "rgb,depth,leaf" -> outputs; at least one. INVALID names the unknown word. */
gboolean dio_outputs_parse (const char *text, DioOutputs *outputs, GError **error);

G_END_DECLS
