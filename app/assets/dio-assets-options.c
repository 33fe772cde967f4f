#define G_LOG_DOMAIN "dio-assets"

#include "dio-assets-options-private.h"

#include "dio-base-json.h"
#include "dio-core-error.h"

#include <math.h>
#include <string.h>

char *
dio_options_to_line (const DioAsset *asset)
{
  g_autoptr (json_t) labels = json_object ();
  if (asset->group_labels != NULL) {
    GHashTableIter iter;
    gpointer name, label;
    g_hash_table_iter_init (&iter, asset->group_labels);
    while (g_hash_table_iter_next (&iter, &name, &label))
      json_object_set_new (labels, name, json_integer (GPOINTER_TO_INT (label)));
  }
  g_autoptr (json_t) json =
      json_pack ("{s:i, s:f, s:i, s:i, s:b, s:O}", "kind", (int) asset->kind, "scale_to_m",
                 asset->scale_to_m, "up", (int) asset->up, "group_by", (int) asset->group_by,
                 "recenter", asset->recenter ? 1 : 0, "group_labels", labels);
  g_assert (json != NULL);
  return dio_json_to_line (json);
}

static gboolean
read_labels (DioAsset *asset, json_t *labels)
{
  asset->group_labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *name;
  json_t *label;
  json_object_foreach (labels, name, label) {
    json_int_t value = json_integer_value (label);
    if (value < DIO_GROUP_LABEL_OWN || value > DIO_GROUP_LABEL_EXCLUDE)
      return FALSE;
    g_hash_table_insert (asset->group_labels, g_strdup (name), GINT_TO_POINTER ((int) value));
  }
  return TRUE;
}

gboolean
dio_options_from_line (DioAsset *asset, const char *line, GError **error)
{
  memset (asset, 0, sizeof *asset);
  g_autoptr (json_t) json = dio_json_parse (line, strlen (line), "import options", error);
  if (json == NULL)
    return FALSE;
  int kind, up, group_by, recenter;
  json_t *labels;
  int failed = json_unpack (json, "{s:i, s:F, s:i, s:i, s:b, s:o}", "kind", &kind, "scale_to_m",
                            &asset->scale_to_m, "up", &up, "group_by", &group_by, "recenter",
                            &recenter, "group_labels", &labels);
  gboolean good = failed == 0 && kind >= 0 && kind <= DIO_ASSET_ENVIRONMENT && up >= 0
                  && up <= DIO_UP_Z && group_by >= 0 && group_by <= DIO_GROUP_BY_WHOLE
                  && isfinite (asset->scale_to_m) && asset->scale_to_m >= 0
                  && json_is_object (labels) && read_labels (asset, labels);
  if (!good) {
    dio_options_clear (asset);
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "the import options are not valid: %s", line);
    return FALSE;
  }
  asset->kind = (DioAssetKind) kind;
  asset->up = (DioUpAxis) up;
  asset->group_by = (DioGroupBy) group_by;
  asset->recenter = recenter != 0;
  return TRUE;
}

void
dio_options_clear (DioAsset *asset)
{
  g_clear_pointer (&asset->group_labels, g_hash_table_unref);
}
