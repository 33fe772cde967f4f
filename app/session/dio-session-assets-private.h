#pragma once
/* Thread: main, but for the two that say otherwise. What is known of the document's assets, found out in a thread. */

#include "dio-session-private.h"

#include "dio-assets.h"

G_BEGIN_DECLS

/** What an import said. */
typedef struct {
  char *key; /**< the asset as the document has it: what these facts are about */
  DioDiagnostics *findings;
  char *blob_path; /**< (nullable) where the import failed */
  gboolean has_bounds;
  DioBox3 bounds; /**< models: in their own frame, metres */
} DioAssetFacts;

/** The text of an asset that facts are about. */
char *dio_asset_facts_dup_key (const DioAsset *asset) G_GNUC_WARN_UNUSED_RESULT;
DioAssetFacts *dio_asset_facts_new (const DioAsset *asset) G_GNUC_WARN_UNUSED_RESULT;
void dio_asset_facts_free (DioAssetFacts *facts);
/** Thread: worker. Imports (or finds in the cache) the file of @asset below @folder and fills @facts; a failure becomes a finding "import-failed". */
void dio_asset_facts_examine (DioAssetFacts *facts,
                              DioAssetStore *store,
                              const char *folder,
                              const DioAsset *asset);
/** Thread: worker. Reads bounds from the blob. */
void dio_asset_facts_take_report (DioAssetFacts *facts,
                                  const DioAsset *asset,
                                  DioImportReport *report);

/** The assets of the document may have changed: what is not known yet is found out. */
void dio_session_assets_update (DioSession *session);
/** Takes @facts as those of @id. */
void dio_session_assets_set (DioSession *session, const char *id, DioAssetFacts *facts);
/** NULL while unknown. */
const DioAssetFacts *dio_session_assets_find (DioSession *session, const char *id);
void dio_session_assets_clear (DioSession *session);

G_END_DECLS
