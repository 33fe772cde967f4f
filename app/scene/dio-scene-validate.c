#define G_LOG_DOMAIN "dio-scene"

/* What must hold between entries of a scenario. Every pass is linear in the size of the document, because the
 * document may be hostile. */

#include "dio-parametric.h"
#include "dio-scene-scenario-private.h"

#include <math.h>
#include <string.h>

/* Two scales that differ by less give no shear that a picture could show. */
#define UNIFORM_TOLERANCE 1e-9

#define PROCEDURAL "procedural:"

/* ---- references ---- */

char *
dio_scenario_check_picture (const DioScenario *scenario, const char *name, DioAssetKind kind)
{
  const char *what = kind == DIO_ASSET_TEXTURE ? "texture" : "environment";
  if (name[0] == '\0')
    return NULL;
  if (g_str_has_prefix (name, PROCEDURAL)) {
    const char *const *names = kind == DIO_ASSET_TEXTURE ? dio_parametric_list_textures ()
                                                         : dio_parametric_list_environments ();
    const char *own = name + strlen (PROCEDURAL);
    if (kind == DIO_ASSET_TEXTURE ? dio_parametric_has_texture (own) : g_strv_contains (names, own))
      return NULL;
    g_autofree char *list = g_strjoinv (", ", (GStrv) names);
    return g_strdup_printf ("names no procedural %s; there are: %s", what, list);
  }
  const DioAsset *asset = dio_scenario_find_asset (scenario, name);
  if (asset == NULL)
    return g_strdup_printf ("names no asset: \"%.64s\" is not in \"assets\"", name);
  if (asset->kind != kind)
    return g_strdup_printf ("must name an asset of kind \"%s\"; \"%s\" is another kind", what,
                            name);
  return NULL;
}

static void
check_category (const DioScenario *scenario, DioReader *reader, const char *key, const char *id)
{
  if (id != NULL && dio_scenario_find_category (scenario, id) < 0)
    dio_reader_fault_at (reader, key, "dangling-reference",
                         "names no category: \"%.64s\" is not in \"categories\"", id);
}

static void
check_picture_at (const DioScenario *scenario,
                  DioReader *reader,
                  const char *key,
                  const char *name,
                  DioAssetKind kind)
{
  g_autofree char *wrong = name != NULL ? dio_scenario_check_picture (scenario, name, kind) : NULL;
  if (wrong != NULL)
    dio_reader_fault_at (reader, key, "dangling-reference", "%s", wrong);
}

static void
check_textures (const DioScenario *scenario, DioReader *reader, const DioMaterialOverride *m)
{
  const struct {
    const char *key, *name;
  } textures[] = {
    { "base_color_texture", m->base_color_texture },
    { "metallic_roughness_texture", m->metallic_roughness_texture },
    { "normal_texture", m->normal_texture },
    { "occlusion_texture", m->occlusion_texture },
    { "emissive_texture", m->emissive_texture },
  };
  for (guint i = 0; i < G_N_ELEMENTS (textures); i++)
    check_picture_at (scenario, reader, textures[i].key, textures[i].name, DIO_ASSET_TEXTURE);
}

static void
check_model (const DioScenario *scenario, DioReader *reader, const DioModelProps *model)
{
  gsize mark = dio_reader_push_key (reader, "model");
  const DioAsset *asset = dio_scenario_find_asset (scenario, model->asset);
  if (model->asset != NULL && asset == NULL)
    dio_reader_fault_at (reader, "asset", "dangling-reference",
                         "names no asset: \"%.64s\" is not in \"assets\"", model->asset);
  else if (asset != NULL && asset->kind != DIO_ASSET_MODEL)
    dio_reader_fault_at (reader, "asset", "dangling-reference",
                         "must name an asset of kind \"model\"; \"%s\" is another kind",
                         model->asset);
  gsize list = dio_reader_push_key (reader, "materials");
  for (guint i = 0; i < model->materials->len; i++) {
    gsize inner = dio_reader_push_index (reader, i);
    check_textures (scenario, reader, g_ptr_array_index (model->materials, i));
    dio_reader_pop (reader, inner);
  }
  dio_reader_pop (reader, list);
  dio_reader_pop (reader, mark);
}

static void
check_light (const DioScenario *scenario, DioReader *reader, const DioLightProps *light)
{
  gsize mark = dio_reader_push_key (reader, "light");
  check_picture_at (scenario, reader, "environment", light->environment, DIO_ASSET_ENVIRONMENT);
  dio_reader_pop (reader, mark);
}

static void
check_sensor (const DioScenario *scenario, DioReader *reader, const DioSensorProps *sensor)
{
  gsize mark = dio_reader_push_key (reader, "sensor");
  check_picture_at (scenario, reader, "background", sensor->background, DIO_ASSET_TEXTURE);
  dio_reader_pop (reader, mark);
}

static void
check_node_references (const DioScenario *scenario, DioReader *reader, const DioNode *node)
{
  if (node->parent != NULL && dio_scenario_find_node (scenario, node->parent) == NULL)
    dio_reader_fault_at (reader, "parent", "dangling-reference",
                         "names no node: \"%.64s\" is not in \"nodes\"", node->parent);
  check_category (scenario, reader, "category", node->category);
  if (node->kind == DIO_NODE_MODEL)
    check_model (scenario, reader, &node->model);
  if (node->kind == DIO_NODE_LIGHT)
    check_light (scenario, reader, &node->light);
  if (node->kind == DIO_NODE_SENSOR)
    check_sensor (scenario, reader, &node->sensor);
}

/* ---- the tree ---- */

/* Position of the parent + 1; 0 for roots, holes and parents that are not there (a fault of its own). */
static guint
get_parent_position (const DioScenario *scenario, guint position)
{
  const DioNode *node = g_ptr_array_index (scenario->nodes, position);
  if (node == NULL || node->parent == NULL)
    return 0;
  return GPOINTER_TO_UINT (g_hash_table_lookup (scenario->node_index, node->parent));
}

static void
fault_node (
    DioReader *reader, guint position, const char *key, const char *code, const char *message)
{
  gsize mark = dio_reader_push_key (reader, "nodes");
  gsize inner = dio_reader_push_index (reader, position);
  dio_reader_fault_at (reader, key, code, "%s", message);
  dio_reader_pop (reader, inner);
  dio_reader_pop (reader, mark);
}

/* Climbs from every node; a climb that meets its own trail has found a cycle. Each node is climbed once. */
static void
check_cycles (const DioScenario *scenario, DioReader *reader)
{
  guint n = scenario->nodes->len;
  g_autofree guint *trail = g_new0 (guint, MAX (n, 1));
  for (guint i = 0; i < n; i++) {
    guint at = i + 1;
    while (at != 0 && trail[at - 1] == 0) {
      trail[at - 1] = i + 1;
      at = get_parent_position (scenario, at - 1);
    }
    if (at != 0 && trail[at - 1] == i + 1)
      fault_node (reader, at - 1, "parent", "cycle",
                  "leads back to this node; a node cannot hang below itself");
  }
}

static gboolean
is_uniform (DioVec3 s)
{
  double x = fabs (s.x), y = fabs (s.y), z = fabs (s.z);
  double largest = MAX (x, MAX (y, z));
  return largest - MIN (x, MIN (y, z)) <= UNIFORM_TOLERANCE * largest;
}

/* A turned child below a stretched parent would be sheared, which no translation-rotation-scale can say. */
static void
check_shear (const DioScenario *scenario, DioReader *reader)
{
  guint n = scenario->nodes->len;
  g_autofree guint8 *faulted = g_new0 (guint8, MAX (n, 1));
  for (guint i = 0; i < n; i++) {
    guint parent = get_parent_position (scenario, i);
    const DioNode *node = parent > 0 ? g_ptr_array_index (scenario->nodes, parent - 1) : NULL;
    if (node == NULL || faulted[parent - 1] || is_uniform (node->parent_from_node.scale))
      continue;
    faulted[parent - 1] = TRUE;
    fault_node (
        reader, parent - 1, "scale", "shear",
        "must be the same on all axes, because other nodes hang below this one and would be "
        "sheared; scale those instead");
  }
}

/* Whether the document shows the node at @i. */
static gboolean
is_shown (const DioScenario *scenario, guint i)
{
  guint at = i + 1;
  /* Parents may lead round in a circle: that has been said already. */
  for (guint n = 0; at > 0 && n < scenario->nodes->len; n++) {
    const DioNode *node = g_ptr_array_index (scenario->nodes, at - 1);
    if (node == NULL || !node->visible)
      return FALSE;
    at = get_parent_position (scenario, at - 1);
  }
  return TRUE;
}

/* The world outside the scene is one picture. Others may wait, hidden, for a randomizer that shows one of them; where
 * several show at last, the first is the one. */
static void
check_environments (const DioScenario *scenario, DioReader *reader)
{
  gboolean found = FALSE;
  for (guint i = 0; i < scenario->nodes->len; i++) {
    const DioNode *node = g_ptr_array_index (scenario->nodes, i);
    if (node == NULL || node->kind != DIO_NODE_LIGHT)
      continue;
    if (node->light.kind != DIO_LIGHT_ENVIRONMENT && node->light.kind != DIO_LIGHT_SKY)
      continue;
    if (!is_shown (scenario, i))
      continue;
    if (found)
      fault_node (reader, i, "light", "too-many",
                  "is a second environment or sky that shows; hide one of them");
    found = TRUE;
  }
}

/* ---- lists ---- */

static void
check_categories (const DioScenario *scenario, DioReader *reader)
{
  check_category (scenario, reader, "background_category", scenario->background_category);
  gsize mark = dio_reader_push_key (reader, "categories");
  for (guint i = 0; i < scenario->categories->len; i++) {
    const DioCategory *category = g_ptr_array_index (scenario->categories, i);
    if (category == NULL)
      continue;
    gsize inner = dio_reader_push_index (reader, i);
    check_category (scenario, reader, "front_cone_category", category->front_cone_category);
    if (g_strcmp0 (category->front_cone_category, category->id) == 0)
      dio_reader_fault_at (reader, "front_cone_category", "cycle", "must name another category");
    dio_reader_pop (reader, inner);
  }
  dio_reader_pop (reader, mark);
}

static void
check_nodes (const DioScenario *scenario, DioReader *reader)
{
  gsize mark = dio_reader_push_key (reader, "nodes");
  for (guint i = 0; i < scenario->nodes->len; i++) {
    const DioNode *node = g_ptr_array_index (scenario->nodes, i);
    gsize inner = dio_reader_push_index (reader, i);
    if (node != NULL)
      check_node_references (scenario, reader, node);
    dio_reader_pop (reader, inner);
  }
  dio_reader_pop (reader, mark);
  check_cycles (scenario, reader);
  check_shear (scenario, reader);
  check_environments (scenario, reader);
}

static void
check_randomizers (const DioScenario *scenario, DioReader *reader)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  gsize mark = dio_reader_push_key (reader, "randomizers");
  for (guint i = 0; i < scenario->randomizers->len; i++) {
    const DioRandomizer *randomizer = g_ptr_array_index (scenario->randomizers, i);
    gsize inner = dio_reader_push_index (reader, i);
    if (randomizer != NULL && !g_hash_table_add (ids, randomizer->id))
      dio_reader_fault_at (reader, "id", "duplicate-id",
                           "\"%.64s\" is the id of another randomizer", randomizer->id);
    dio_reader_pop (reader, inner);
  }
  for (guint i = 0; i < scenario->randomizers->len; i++) {
    const DioRandomizer *randomizer = g_ptr_array_index (scenario->randomizers, i);
    gsize inner = dio_reader_push_index (reader, i);
    if (randomizer != NULL)
      dio_scenario_check_randomizer (scenario, reader, randomizer, ids);
    dio_reader_pop (reader, inner);
  }
  dio_reader_pop (reader, mark);
}

void
dio_scenario_check (const DioScenario *scenario, DioReader *reader)
{
  check_categories (scenario, reader);
  check_nodes (scenario, reader);
  check_randomizers (scenario, reader);
}
