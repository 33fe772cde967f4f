#pragma once
/* Thread: any. What of a DioAsset changes its imported form. */

#include "dio-scene-types.h"

#include <glib.h>

G_BEGIN_DECLS

/** Raised whenever the imported form of any file changes; part of every key. */
#define DIO_IMPORTER_VERSION 2

/** One line of canonical JSON: kind, scale_to_m, up, group_by, recenter, group_labels. `front` is no part of it:
 * it says which way the model looks, the geometry stays. */
char *dio_options_to_line (const DioAsset *asset) G_GNUC_WARN_UNUSED_RESULT;
/** Fills the same fields of @asset, for dio_options_clear. Errors: INVALID. */
gboolean dio_options_from_line (DioAsset *asset, const char *line, GError **error);
void dio_options_clear (DioAsset *asset);

G_END_DECLS
