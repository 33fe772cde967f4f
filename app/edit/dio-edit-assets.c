#define G_LOG_DOMAIN "dio-edit"

#include "dio-edit-assets.h"

#include "dio-base-json.h"
#include "dio-core-error.h"
#include "dio-scene-edit.h"

#include <string.h>

DioScenario *
dio_edit_set_asset_tag (
    DioScenario *scenario, const char *asset, const char *tag, gboolean carries, GError **error)
{
  g_return_val_if_fail (scenario != NULL && asset != NULL && tag != NULL, NULL);
  const DioAsset *old = dio_scenario_find_asset (scenario, asset);
  if (old == NULL) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "there is no asset \"%s\"", asset);
    return NULL;
  }
  if (!g_strv_contains ((const char *const *) old->tags, tag) == !carries)
    return dio_scenario_ref (scenario);
  json_t *tags = json_array ();
  for (guint i = 0; old->tags[i] != NULL; i++)
    if (strcmp (old->tags[i], tag) != 0)
      json_array_append_new (tags, json_string (old->tags[i]));
  if (carries)
    json_array_append_new (tags, json_string (tag));
  g_autoptr (json_t) json = dio_asset_to_json (old);
  json_object_set_new (json, "tags", tags);
  return dio_scenario_with_asset (scenario, json, error);
}
