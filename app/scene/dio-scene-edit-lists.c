#define G_LOG_DOMAIN "dio-scene"

/* Edits of assets and categories. */

#include "dio-base-json.h"
#include "dio-core-error.h"
#include "dio-scene-asset-private.h"
#include "dio-scene-category-private.h"
#include "dio-scene-edit-private.h"
#include "dio-scene-randomizer.h"

#include <string.h>

static void
own_assets (DioScenario *edited)
{
  dio_edit_own_list (&edited->assets, (GCopyFunc) (void *) dio_asset_ref,
                     (GDestroyNotify) dio_asset_unref);
}

static void
own_categories (DioScenario *edited)
{
  dio_edit_own_list (&edited->categories, (GCopyFunc) (void *) dio_category_ref,
                     (GDestroyNotify) dio_category_unref);
}

/* Length of the list where there is none. */
static guint
find_position (GHashTable *index, GPtrArray *list, const char *id)
{
  guint position = id != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (index, id)) : 0;
  return position > 0 ? position - 1 : list->len;
}

/* ---- assets ---- */

DioScenario *
dio_scenario_with_asset (DioScenario *scenario, const json_t *asset, GError **error)
{
  g_return_val_if_fail (scenario != NULL && asset != NULL, NULL);
  guint position = find_position (scenario->asset_index, scenario->assets,
                                  dio_json_get_text (json_object_get (asset, "id")));
  g_autofree char *where = g_strdup_printf ("/assets/%u", position);
  g_autoptr (DioReader) reader = dio_reader_new (where);
  DioAsset *added = dio_asset_read (reader, asset);
  if (position >= DIO_SCENARIO_MAX_ASSETS)
    dio_reader_fault (reader, "too-many", "is one too many; at most %d are allowed",
                      DIO_SCENARIO_MAX_ASSETS);
  if (reader->n_faults > 0) {
    dio_reader_set_error (reader, error);
    dio_asset_unref (added);
    return NULL;
  }
  DioScenario *edited = dio_scenario_share (scenario);
  own_assets (edited);
  dio_edit_put (edited->assets, position, added, (GDestroyNotify) dio_asset_unref);
  return dio_edit_finish (edited, NULL, error);
}

static gboolean
material_uses (const DioMaterialOverride *m, const char *id)
{
  const char *const names[] = { m->base_color_texture, m->metallic_roughness_texture,
                                m->normal_texture, m->occlusion_texture, m->emissive_texture };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    if (g_strcmp0 (names[i], id) == 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean
node_uses (const DioNode *node, const char *id)
{
  if (node->kind == DIO_NODE_LIGHT)
    return g_strcmp0 (node->light.environment, id) == 0;
  if (node->kind == DIO_NODE_SENSOR)
    return g_strcmp0 (node->sensor.background, id) == 0;
  if (node->kind != DIO_NODE_MODEL)
    return FALSE;
  gboolean uses = g_strcmp0 (node->model.asset, id) == 0;
  for (guint i = 0; i < node->model.materials->len && !uses; i++)
    uses = material_uses (g_ptr_array_index (node->model.materials, i), id);
  return uses;
}

/* Whether the choices of a distribution are names of assets: categories are drawn as strings too. */
static gboolean
draws_assets (const DioRandomizer *randomizer)
{
  const char *path = dio_randomizer_get_string (randomizer, "property", "");
  return strcmp (randomizer->type, "asset-choice") == 0 || strcmp (path, "model/asset") == 0
         || strcmp (path, "light/environment") == 0 || strcmp (path, "sensor/background") == 0
         || g_str_has_suffix (path, "_texture");
}

static gboolean
randomizer_uses (const DioRandomizer *randomizer, const char *id)
{
  gboolean by_choice = draws_assets (randomizer);
  for (guint i = 0; i < randomizer->params->len; i++) {
    const DioRandomizerParam *param = g_ptr_array_index (randomizer->params, i);
    const DioParamReference *reference = dio_param_reference_find (randomizer->type, param->name);
    gboolean names = reference != NULL && reference->kind != DIO_REFERENCE_NODE
                     && reference->kind != DIO_REFERENCE_RANDOMIZER;
    if (names && param->strings != NULL
        && g_strv_contains ((const char *const *) param->strings, id))
      return TRUE;
    if (by_choice && param->type == DIO_PARAM_ROWS && param->strings != NULL
        && g_strv_contains ((const char *const *) param->strings, id))
      return TRUE;
    const DioDistribution *d = param->distribution;
    if (by_choice && d != NULL && d->strings != NULL
        && g_strv_contains ((const char *const *) d->strings, id))
      return TRUE;
  }
  return FALSE;
}

GStrv
dio_scenario_list_asset_users (const DioScenario *scenario, const char *id)
{
  g_return_val_if_fail (scenario != NULL && id != NULL, NULL);
  g_autoptr (GStrvBuilder) users = g_strv_builder_new ();
  for (guint i = 0; i < scenario->nodes->len; i++) {
    const DioNode *node = g_ptr_array_index (scenario->nodes, i);
    g_autofree char *path = g_strconcat ("nodes/", node->id, NULL);
    if (node_uses (node, id))
      g_strv_builder_add (users, path);
  }
  for (guint i = 0; i < scenario->randomizers->len; i++) {
    const DioRandomizer *randomizer = g_ptr_array_index (scenario->randomizers, i);
    g_autofree char *path = g_strconcat ("randomizers/", randomizer->id, NULL);
    if (randomizer_uses (randomizer, id))
      g_strv_builder_add (users, path);
  }
  return g_strv_builder_end (users);
}

DioScenario *
dio_scenario_without_asset (DioScenario *scenario, const char *id, GError **error)
{
  g_return_val_if_fail (scenario != NULL && id != NULL, NULL);
  guint position = find_position (scenario->asset_index, scenario->assets, id);
  if (position == scenario->assets->len) {
    dio_edit_set_not_found ("asset", id, error);
    return NULL;
  }
  g_auto (GStrv) users = dio_scenario_list_asset_users (scenario, id);
  guint n = g_strv_length (users);
  if (n > 0) {
    g_autofree char *more = n > 1 ? g_strdup_printf (" and %u more", n - 1) : g_strdup ("");
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "Asset \"%s\" is used by %s%s; take it from there first", id, users[0], more);
    return NULL;
  }
  DioScenario *edited = dio_scenario_share (scenario);
  own_assets (edited);
  g_ptr_array_remove_index (edited->assets, position);
  return dio_edit_finish (edited, NULL, error);
}

/* ---- categories ---- */

DioScenario *
dio_scenario_with_category (DioScenario *scenario, const json_t *category, GError **error)
{
  g_return_val_if_fail (scenario != NULL && category != NULL, NULL);
  guint position = find_position (scenario->category_index, scenario->categories,
                                  dio_json_get_text (json_object_get (category, "id")));
  g_autofree char *where = g_strdup_printf ("/categories/%u", position);
  g_autoptr (DioReader) reader = dio_reader_new (where);
  DioCategory *added = dio_category_read (reader, category);
  if (position >= DIO_SCENARIO_MAX_CATEGORIES)
    dio_reader_fault (reader, "too-many", "is one too many; at most %d are allowed",
                      DIO_SCENARIO_MAX_CATEGORIES);
  if (reader->n_faults > 0) {
    dio_reader_set_error (reader, error);
    dio_category_unref (added);
    return NULL;
  }
  DioScenario *edited = dio_scenario_share (scenario);
  own_categories (edited);
  dio_edit_put (edited->categories, position, added, (GDestroyNotify) dio_category_unref);
  return dio_edit_finish (edited, NULL, error);
}

DioScenario *
dio_scenario_with_category_at (DioScenario *scenario,
                               const char *id,
                               guint position,
                               GError **error)
{
  g_return_val_if_fail (scenario != NULL && id != NULL, NULL);
  int from = dio_scenario_find_category (scenario, id);
  if (from < 0) {
    dio_edit_set_not_found ("category", id, error);
    return NULL;
  }
  DioScenario *edited = dio_scenario_share (scenario);
  own_categories (edited);
  dio_edit_move (edited->categories, (guint) from, position);
  return dio_edit_finish (edited, NULL, error);
}

static void
strip_nodes (DioScenario *edited, const char *id)
{
  dio_edit_own_nodes (edited);
  for (guint i = 0; i < edited->nodes->len; i++) {
    const DioNode *node = g_ptr_array_index (edited->nodes, i);
    if (g_strcmp0 (node->category, id) != 0)
      continue;
    DioNode *stripped = dio_node_copy (node);
    g_clear_pointer (&stripped->category, g_free);
    dio_edit_put (edited->nodes, i, stripped, (GDestroyNotify) dio_node_unref);
  }
}

/* A cone that leads to the category would lead nowhere: what lies outside it stays as it is. */
static void
strip_cones (DioScenario *edited, const char *id)
{
  for (guint i = 0; i < edited->categories->len; i++) {
    const DioCategory *category = g_ptr_array_index (edited->categories, i);
    if (g_strcmp0 (category->front_cone_category, id) != 0)
      continue;
    g_autoptr (json_t) json = dio_category_to_json (category);
    json_object_del (json, "front_cone_category");
    if (category->cone_outside == DIO_CONE_OUTSIDE_OTHER)
      json_object_del (json, "cone_outside");
    g_autoptr (DioReader) reader = dio_reader_new ("");
    DioCategory *stripped = dio_category_read (reader, json);
    g_assert (stripped != NULL && reader->n_faults == 0);
    dio_edit_put (edited->categories, i, stripped, (GDestroyNotify) dio_category_unref);
  }
}

/* The randomizer without @id among its choices: the same one shared, a new one, or NULL where nothing is left to choose. */
static DioRandomizer *
strip_choice (DioRandomizer *randomizer, const char *id)
{
  const DioDistribution *value = dio_randomizer_get_distribution (randomizer, "value");
  const char *path = dio_randomizer_get_string (randomizer, "property", "");
  if (value == NULL || value->strings == NULL || strcmp (path, "category") != 0
      || !g_strv_contains ((const char *const *) value->strings, id))
    return dio_randomizer_ref (randomizer);
  g_autoptr (json_t) json = dio_randomizer_to_json (randomizer);
  json_t *choice = json_object_get (json, "value");
  json_t *values = json_object_get (choice, "values");
  for (gsize i = json_array_size (values); i > 0; i--) {
    if (strcmp (json_string_value (json_array_get (values, i - 1)), id) != 0)
      continue;
    json_array_remove (values, i - 1);
    if (value->weights != NULL)
      json_array_remove (json_object_get (choice, "weights"), i - 1);
  }
  g_autoptr (DioReader) reader = dio_reader_new ("");
  DioRandomizer *stripped = dio_scenario_read_randomizer (reader, json);
  if (reader->n_faults == 0)
    return stripped;
  dio_randomizer_unref (stripped);
  return NULL;
}

static void
strip_choices (DioScenario *edited, const char *id)
{
  g_autoptr (GPtrArray) kept = dio_scenario_new_randomizers ();
  g_autoptr (GHashTable) gone = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < edited->randomizers->len; i++) {
    DioRandomizer *randomizer = g_ptr_array_index (edited->randomizers, i);
    DioRandomizer *stripped = strip_choice (randomizer, id);
    if (stripped != NULL)
      g_ptr_array_add (kept, stripped);
    else
      g_hash_table_add (gone, randomizer->id);
  }
  GPtrArray *left = dio_edit_strip_redraws (kept, gone);
  g_ptr_array_unref (edited->randomizers);
  edited->randomizers = left;
}

DioScenario *
dio_scenario_without_category (DioScenario *scenario, const char *id, GError **error)
{
  g_return_val_if_fail (scenario != NULL && id != NULL, NULL);
  int position = dio_scenario_find_category (scenario, id);
  if (position < 0) {
    dio_edit_set_not_found ("category", id, error);
    return NULL;
  }
  DioScenario *edited = dio_scenario_share (scenario);
  own_categories (edited);
  g_ptr_array_remove_index (edited->categories, (guint) position);
  strip_cones (edited, id);
  strip_nodes (edited, id);
  strip_choices (edited, id);
  if (g_strcmp0 (edited->background_category, id) == 0)
    g_clear_pointer (&edited->background_category, g_free);
  return dio_edit_finish (edited, NULL, error);
}
