#pragma once
/* Thread: any. One entry of "assets". Private to app/scene. */

#include "dio-scene-edit.h"
#include "dio-scene-field-private.h"

G_BEGIN_DECLS

extern const char *const dio_asset_kind_names[];

/** NULL where not even id and kind can be read; else an asset to check references with. */
DioAsset *dio_asset_read (DioReader *reader, const json_t *json) G_GNUC_WARN_UNUSED_RESULT;
json_t *dio_asset_to_schema (void) G_GNUC_WARN_UNUSED_RESULT;
DioAsset *dio_asset_ref (DioAsset *asset);
/** Accepts NULL. */
void dio_asset_unref (DioAsset *asset);

G_END_DECLS
