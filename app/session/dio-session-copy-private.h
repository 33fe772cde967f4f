#pragma once
/* Thread: worker. Copies of asset files into a document's folder. */

#include "dio-assets.h"
#include "dio-scene-scenario.h"

G_BEGIN_DECLS

/** Copies the files @names (relative, NULL-terminated) of @root into a new folder FOLDER/assets/NAME, NAME like @wish; all or nothing, nothing is written over.
 * Returns "assets/NAME". INVALID for a name or link that leaves @root. */
char *dio_copy_into_new_folder (const char *root,
                                const char *const *names,
                                const char *folder,
                                const char *wish,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Copies what the assets of @scenario, its folders of choices and its tables need from folder @from to the same places below folder @to; files that are there already with the same bytes stay.
 * EXISTS where another file is in the way. What cannot be imported is copied alone where it is there; what is not there is passed over. */
gboolean dio_copy_assets (
    DioScenario *scenario, DioAssetStore *store, const char *from, const char *to, GError **error);
/** The same from several folders, NULL-terminated: of each asset what the scenario was saved with, else what the first folder has. */
gboolean dio_copy_snapshot_assets (const DioScenario *scenario,
                                   DioAssetStore *store,
                                   const char *const *folders,
                                   const char *to,
                                   GError **error);
/** All of a draft's assets/ to the same places below @to, but for what is there already. */
gboolean dio_copy_draft (const char *draft, const char *to, GError **error);

G_END_DECLS
