#define G_LOG_DOMAIN "dio-edit"

/* Nodes as text and back. The text may come from anywhere, so it is read as a document is: nothing of it is trusted. */

#include "dio-base-json.h"
#include "dio-core-error.h"
#include "dio-core-pose.h"
#include "dio-edit-nodes.h"
#include "dio-edit-private.h"
#include "dio-scene-edit.h"

#include <string.h>

#define FORMAT "diorama-nodes"
#define MAX_BYTES (64u << 20)

static const char *const texture_keys[] = {
  "base_color_texture", "metallic_roughness_texture", "normal_texture",
  "occlusion_texture",  "emissive_texture",           NULL,
};

/* Calls @func for every string of a node's JSON that may name an asset. */
typedef gboolean (*NameFunc) (json_t *owner, const char *key, gpointer user);

static gboolean
visit_names (json_t *node, NameFunc func, gpointer user)
{
  json_t *model = json_object_get (node, "model");
  json_t *light = json_object_get (node, "light");
  if (!func (model, "asset", user) || !func (light, "environment", user))
    return FALSE;
  json_t *materials = json_object_get (model, "materials");
  for (gsize i = 0; i < json_array_size (materials); i++) {
    for (guint k = 0; texture_keys[k] != NULL; k++) {
      if (!func (json_array_get (materials, i), texture_keys[k], user))
        return FALSE;
    }
  }
  return TRUE;
}

/* ---- copy ---- */

typedef struct {
  const DioScenario *scenario;
  GHashTable *seen; /**< assets that are in @list */
  json_t *list;
} AssetList;

static gboolean
list_asset_cb (json_t *owner, const char *key, gpointer user)
{
  AssetList *assets = user;
  const DioAsset *asset =
      dio_scenario_find_asset (assets->scenario, json_string_value (json_object_get (owner, key)));
  if (asset != NULL && g_hash_table_add (assets->seen, (gpointer) asset))
    json_array_append_new (assets->list, dio_asset_to_json (asset));
  return TRUE;
}

static void
list_category (const DioScenario *scenario, json_t *list, GHashTable *seen, const char *id)
{
  int index = dio_scenario_find_category (scenario, id);
  if (index < 0)
    return;
  const DioCategory *category = g_ptr_array_index (scenario->categories, (guint) index);
  if (g_hash_table_add (seen, (gpointer) category))
    json_array_append_new (list, dio_category_to_json (category));
}

/* A top's JSON without its parent, where it is in the world. */
static gboolean
lift (const DioScenario *scenario, const char *id, json_t *node, GError **error)
{
  DioMat4 world;
  DioTrs trs;
  if (json_object_get (node, "parent") == NULL)
    return TRUE;
  dio_scenario_world_from_node (scenario, id, &world);
  if (!dio_edit_split (&world, &trs, error))
    return FALSE;
  json_object_del (node, "parent");
  dio_edit_set_trs (node, &trs);
  return TRUE;
}

static gboolean
copy_subtree (const DioScenario *scenario, const char *top, json_t *nodes, GError **error)
{
  g_auto (GStrv) ids = dio_edit_list_subtree (scenario, top);
  for (guint i = 0; ids[i] != NULL; i++) {
    json_t *node = dio_node_to_json (dio_scenario_find_node (scenario, ids[i]));
    json_array_append_new (nodes, node);
    if (i == 0 && !lift (scenario, top, node, error))
      return FALSE;
  }
  return TRUE;
}

char *
dio_edit_copy_nodes (DioScenario *scenario, const char *const *ids, GError **error)
{
  g_return_val_if_fail (scenario != NULL, NULL);
  if (!dio_edit_check_ids (scenario, ids, error))
    return NULL;
  g_auto (GStrv) tops = dio_edit_list_tops (scenario, ids);
  json_t *nodes = json_array (), *assets = json_array (), *categories = json_array ();
  g_autoptr (json_t) json =
      json_pack ("{s:s,s:i,s:o,s:o,s:o}", "format", FORMAT, "version", DIO_SCENARIO_VERSION,
                 "nodes", nodes, "assets", assets, "categories", categories);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  AssetList list = { scenario, seen, assets };
  for (guint i = 0; tops[i] != NULL; i++) {
    if (!copy_subtree (scenario, tops[i], nodes, error))
      return NULL;
  }
  for (gsize i = 0; i < json_array_size (nodes); i++) {
    json_t *node = json_array_get (nodes, i);
    visit_names (node, list_asset_cb, &list);
    list_category (scenario, categories, seen,
                   json_string_value (json_object_get (node, "category")));
  }
  return dio_json_to_text (json);
}

gboolean
dio_edit_is_copied_nodes (const char *text)
{
  return text != NULL && text[0] == '{' && strstr (text, "\"" FORMAT "\"") != NULL;
}

/* ---- paste ---- */

static json_t *
parse (const char *text, GError **error)
{
  gsize length = strlen (text);
  if (length > MAX_BYTES || !dio_edit_is_copied_nodes (text)) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "The clipboard does not hold nodes of a scenario; copy some first");
    return NULL;
  }
  g_autoptr (json_t) json = dio_json_parse (text, length, "clipboard", error);
  if (json == NULL)
    return NULL;
  const char *format = json_string_value (json_object_get (json, "format"));
  json_t *nodes = json_object_get (json, "nodes");
  if (g_strcmp0 (format, FORMAT) != 0 || json_array_size (nodes) == 0
      || json_integer_value (json_object_get (json, "version")) != DIO_SCENARIO_VERSION) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "The clipboard holds no nodes that this version of Diorama can read");
    return NULL;
  }
  return g_steal_pointer (&json);
}

/* How assets of the text are called in this document. */
typedef struct {
  const DioScenario *scenario;
  json_t *assets; /**< of the text */
  GError **error;
} AssetMap;

static const json_t *
find_in_text (const AssetMap *map, const char *id)
{
  for (gsize i = 0; i < json_array_size (map->assets); i++) {
    const json_t *asset = json_array_get (map->assets, i);
    if (g_strcmp0 (json_string_value (json_object_get (asset, "id")), id) == 0)
      return asset;
  }
  return NULL;
}

static gboolean
is_same_asset (const DioAsset *asset, const char *sha256, const char *path)
{
  if (sha256 != NULL && sha256[0] != '\0' && asset->sha256[0] != '\0')
    return strcmp (asset->sha256, sha256) == 0;
  return g_strcmp0 (asset->path, path) == 0;
}

static const DioAsset *
find_asset (const AssetMap *map, const json_t *wanted, const char *id)
{
  const char *sha256 = json_string_value (json_object_get (wanted, "sha256"));
  const char *path = json_string_value (json_object_get (wanted, "path"));
  const DioAsset *same = dio_scenario_find_asset (map->scenario, id);
  if (same != NULL && (wanted == NULL || is_same_asset (same, sha256, path)))
    return same;
  for (guint i = 0; wanted != NULL && i < map->scenario->assets->len; i++) {
    const DioAsset *asset = g_ptr_array_index (map->scenario->assets, i);
    if (is_same_asset (asset, sha256, path))
      return asset;
  }
  return NULL;
}

static gboolean
map_asset_cb (json_t *owner, const char *key, gpointer user)
{
  AssetMap *map = user;
  const char *id = json_string_value (json_object_get (owner, key));
  if (id == NULL || id[0] == '\0' || g_str_has_prefix (id, "procedural:"))
    return TRUE;
  const DioAsset *asset = find_asset (map, find_in_text (map, id), id);
  if (asset == NULL) {
    g_set_error (
        map->error, DIO_ERROR, DIO_ERROR_INVALID,
        "Asset \"%.64s\" of the copied nodes is not in this document; import it first, then "
        "paste again",
        id);
    return FALSE;
  }
  json_object_set_new (owner, key, json_string (asset->id));
  return TRUE;
}

/* Categories that the document lacks; what their cones would need beyond them is left out. */
static DioScenario *
add_categories (DioScenario *scenario, const json_t *categories, GError **error)
{
  g_autoptr (DioScenario) now = dio_scenario_ref (scenario);
  for (gsize i = 0; i < json_array_size (categories); i++) {
    json_t *category = json_array_get (categories, i);
    const char *id = json_string_value (json_object_get (category, "id"));
    if (dio_scenario_find_category (now, id) >= 0)
      continue;
    json_object_del (category, "front_cone_category");
    json_object_del (category, "cone_outside");
    DioScenario *next = dio_scenario_with_category (now, category, error);
    if (next == NULL)
      return NULL;
    dio_scenario_unref (now);
    now = next;
  }
  return g_steal_pointer (&now);
}

/* New ids throughout; a parent that the text does not hold is none. Lists the tops. */
static gboolean
rename_nodes (const DioScenario *scenario, json_t *nodes, GStrvBuilder *tops, GError **error)
{
  g_auto (DioEditCopies) copies = { 0 };
  dio_edit_copies_init (&copies);
  for (gsize i = 0; i < json_array_size (nodes); i++) {
    json_t *node = json_array_get (nodes, i);
    const char *id = json_string_value (json_object_get (node, "id"));
    const char *parent = json_string_value (json_object_get (node, "parent"));
    const char *above = parent != NULL ? g_hash_table_lookup (copies.new_from_old, parent) : NULL;
    if (id == NULL || g_hash_table_contains (copies.new_from_old, id)) {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                   "Node %" G_GSIZE_FORMAT " of the clipboard has no id of its own", i);
      return FALSE;
    }
    const char *new_id = dio_edit_copies_add (&copies, scenario, id);
    if (above != NULL)
      json_object_set_new (node, "parent", json_string (above));
    else
      json_object_del (node, "parent");
    json_object_set_new (node, "id", json_string (new_id));
    if (above == NULL)
      g_strv_builder_add (tops, new_id);
  }
  return TRUE;
}

DioScenario *
dio_edit_paste_nodes (
    DioScenario *scenario, const char *text, const char *parent, GStrv *new_ids, GError **error)
{
  g_return_val_if_fail (scenario != NULL && text != NULL, NULL);
  g_autoptr (json_t) json = parse (text, error);
  if (json == NULL)
    return NULL;
  json_t *nodes = json_object_get (json, "nodes");
  AssetMap map = { scenario, json_object_get (json, "assets"), error };
  for (gsize i = 0; i < json_array_size (nodes); i++) {
    if (!visit_names (json_array_get (nodes, i), map_asset_cb, &map))
      return NULL;
  }
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  if (!rename_nodes (scenario, nodes, builder, error))
    return NULL;
  g_auto (GStrv) tops = g_strv_builder_end (builder);
  g_autoptr (DioScenario) with =
      add_categories (scenario, json_object_get (json, "categories"), error);
  g_autoptr (DioScenario) pasted =
      with != NULL ? dio_scenario_with_nodes (with, nodes, error) : NULL;
  if (pasted != NULL && parent != NULL) {
    DioScenario *hung = dio_scenario_with_nodes_moved (pasted, (const char *const *) tops, parent,
                                                       NULL, TRUE, error);
    dio_scenario_unref (pasted);
    pasted = hung;
  }
  if (pasted != NULL && new_ids != NULL)
    *new_ids = g_steal_pointer (&tops);
  return g_steal_pointer (&pasted);
}
