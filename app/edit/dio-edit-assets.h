#pragma once
/* Thread: any. Edits of assets; each returns a new scenario or NULL with an INVALID or NOT_FOUND error. */

#include "dio-scene-scenario.h"

G_BEGIN_DECLS

/** Gives @asset (an id) the tag @tag or takes it away; @scenario itself (another reference) where that changes nothing. INVALID
 * for a text that is no tag, and while a randomizer chooses by a tag that nothing would carry any more. */
DioScenario *dio_edit_set_asset_tag (DioScenario *scenario,
                                     const char *asset,
                                     const char *tag,
                                     gboolean carries,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
