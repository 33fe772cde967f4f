#define G_LOG_DOMAIN "dio-scene"

/* What a randomizer names must be there: targets of the right kind, nodes, assets, pictures, properties. */

#include "dio-scene-property-private.h"
#include "dio-scene-randomizer.h"
#include "dio-scene-scenario-private.h"

#include <string.h>

static const DioParamReference references[] = {
  { "scatter", "surface", DIO_REFERENCE_NODE },
  { "camera-look-at", "target", DIO_REFERENCE_NODE },
  { "occlude", "sensor", DIO_REFERENCE_NODE },
  { "occlude", "hidden", DIO_REFERENCE_NODE },
  { "constraint", "sensor", DIO_REFERENCE_NODE },
  { "constraint", "redraw", DIO_REFERENCE_RANDOMIZER },
  { "asset-choice", "assets", DIO_REFERENCE_MODEL_ASSET },
  { "texture-choice", "textures", DIO_REFERENCE_TEXTURE },
  { "environment-choice", "environments", DIO_REFERENCE_ENVIRONMENT },
  { "background-choice", "pictures", DIO_REFERENCE_TEXTURE },
};

const DioParamReference *
dio_param_reference_find (const char *type, const char *param)
{
  for (guint i = 0; i < G_N_ELEMENTS (references); i++) {
    if (strcmp (references[i].type, type) == 0 && strcmp (references[i].param, param) == 0)
      return &references[i];
  }
  return NULL;
}

/* ---- targets ---- */

static char *
describe_kinds (guint kinds)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (guint kind = 0; dio_node_kind_names[kind] != NULL; kind++) {
    if (kinds & (1u << kind))
      g_ptr_array_add (names, (gpointer) dio_node_kind_names[kind]);
  }
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" or ", (GStrv) names->pdata);
}

static void
check_target (const DioScenario *scenario,
              DioReader *reader,
              const DioRandomizerInfo *info,
              const char *target)
{
  const DioNode *node = dio_scenario_find_node (scenario, target);
  if (node == NULL) {
    dio_reader_fault (reader, "dangling-reference", "names no node: \"%.64s\" is not in \"nodes\"",
                      target);
  } else if ((info->target_kinds & (1u << node->kind)) == 0) {
    g_autofree char *kinds = describe_kinds (info->target_kinds);
    dio_reader_fault (reader, "wrong-kind", "must be a %s; \"%s\" is %s", kinds, target,
                      dio_node_kind_describe (node->kind));
  }
}

static void
check_targets (const DioScenario *scenario, DioReader *reader, const DioRandomizer *randomizer)
{
  const DioRandomizerInfo *info = dio_randomizer_find_info (randomizer->type);
  gsize mark = dio_reader_push_key (reader, "targets");
  for (guint i = 0; randomizer->targets[i] != NULL; i++) {
    gsize inner = dio_reader_push_index (reader, i);
    check_target (scenario, reader, info, randomizer->targets[i]);
    dio_reader_pop (reader, inner);
  }
  dio_reader_pop (reader, mark);
}

/* ---- parameters that name entries ---- */

static void
check_reference (const DioScenario *scenario,
                 DioReader *reader,
                 DioReferenceKind kind,
                 const char *name,
                 GHashTable *randomizer_ids)
{
  g_autofree char *wrong = NULL;
  switch (kind) {
  case DIO_REFERENCE_NODE:
    if (dio_scenario_find_node (scenario, name) == NULL)
      wrong = g_strdup_printf ("names no node: \"%.64s\" is not in \"nodes\"", name);
    break;
  case DIO_REFERENCE_RANDOMIZER:
    if (!g_hash_table_contains (randomizer_ids, name))
      wrong = g_strdup_printf ("names no randomizer: \"%.64s\" is not in \"randomizers\"", name);
    break;
  case DIO_REFERENCE_MODEL_ASSET:
    wrong = dio_scenario_check_model_choice (scenario, name);
    break;
  case DIO_REFERENCE_TEXTURE:
    wrong = dio_scenario_check_picture (scenario, name, DIO_ASSET_TEXTURE);
    break;
  case DIO_REFERENCE_ENVIRONMENT:
  default:
    wrong = dio_scenario_check_picture (scenario, name, DIO_ASSET_ENVIRONMENT);
    break;
  }
  if (wrong != NULL)
    dio_reader_fault (reader, "dangling-reference", "%s", wrong);
}

static void
check_param (const DioScenario *scenario,
             DioReader *reader,
             const DioRandomizer *randomizer,
             const DioRandomizerParam *param,
             GHashTable *randomizer_ids)
{
  const DioParamReference *reference = dio_param_reference_find (randomizer->type, param->name);
  if (reference == NULL)
    return;
  gsize mark = dio_reader_push_key (reader, param->name);
  if (param->string != NULL)
    check_reference (scenario, reader, reference->kind, param->string, randomizer_ids);
  for (guint i = 0; param->strings != NULL && param->strings[i] != NULL; i++) {
    gsize inner = dio_reader_push_index (reader, i);
    check_reference (scenario, reader, reference->kind, param->strings[i], randomizer_ids);
    dio_reader_pop (reader, inner);
  }
  dio_reader_pop (reader, mark);
}

/* ---- properties ---- */

/* The registry path that a randomizer draws; NULL where its type names none. */
static char *
get_property_path (const DioRandomizer *randomizer, const char **key)
{
  *key = "property";
  const char *name = dio_randomizer_get_string (randomizer, "property", NULL);
  if (strcmp (randomizer->type, "property") == 0 || strcmp (randomizer->type, "table-column") == 0)
    return g_strdup (name);
  if (strcmp (randomizer->type, "material-property") == 0 && name != NULL)
    return g_strconcat ("material/", name, NULL);
  *key = "parameter";
  name = dio_randomizer_get_string (randomizer, "parameter", NULL);
  if (strcmp (randomizer->type, "model-parameter") == 0 && name != NULL)
    return g_strconcat ("parameters/", name, NULL);
  return NULL;
}

static gboolean
check_property_info (DioReader *reader,
                     const char *key,
                     const char *path,
                     const DioNode *node,
                     const DioPropertyInfo *info)
{
  if (info != NULL && (info->flags & DIO_PROPERTY_RANDOMIZABLE))
    return TRUE;
  const char *wrong = info == NULL ? "does not have" : "does not let randomizers change";
  dio_reader_fault_at (reader, key, "unknown-property",
                       "is a property that node \"%s\", %s, %s: \"%.64s\"", node->id,
                       dio_node_kind_describe (node->kind), wrong, path);
  return FALSE;
}

static void
check_property (const DioScenario *scenario, DioReader *reader, const DioRandomizer *randomizer)
{
  const char *key;
  g_autofree char *path = get_property_path (randomizer, &key);
  const DioDistribution *value = dio_randomizer_get_distribution (randomizer, "value");
  for (guint i = 0; path != NULL && randomizer->targets[i] != NULL; i++) {
    const DioNode *node = dio_scenario_find_node (scenario, randomizer->targets[i]);
    if (node == NULL)
      continue;
    const DioPropertyInfo *info = dio_property_find (node->kind, path);
    if (!check_property_info (reader, key, path, node, info))
      return;
    /* Which names a property takes does not depend on the node. */
    if (i == 0 && value != NULL)
      dio_scenario_check_drawn_values (scenario, reader, info, value);
    if (i == 0 && strcmp (randomizer->type, "table-column") == 0)
      dio_scenario_check_table (scenario, reader, info, randomizer);
  }
}

/* ---- occluders ---- */

/* What hides must not take the sensor or the hidden object along. */
static void
check_occluder (const DioScenario *scenario,
                DioReader *reader,
                const DioRandomizer *randomizer,
                const char *key,
                gboolean fits,
                const char *wanted)
{
  const char *id = dio_randomizer_get_string (randomizer, key, "");
  const DioNode *node = dio_scenario_find_node (scenario, id);
  if (node == NULL)
    return;
  if (!fits)
    dio_reader_fault_at (reader, key, "wrong-kind", "must be %s; \"%.64s\" is %s", wanted, id,
                         dio_node_kind_describe (node->kind));
  for (guint i = 0; randomizer->targets[i] != NULL; i++)
    if (dio_scenario_is_below (scenario, id, randomizer->targets[i]))
      dio_reader_fault_at (reader, key, "contradiction",
                           "must not belong to what is put before it, \"%.64s\"",
                           randomizer->targets[i]);
}

static void
check_occlude (const DioScenario *scenario, DioReader *reader, const DioRandomizer *randomizer)
{
  const DioNode *sensor =
      dio_scenario_find_node (scenario, dio_randomizer_get_string (randomizer, "sensor", ""));
  const DioNode *target =
      dio_scenario_find_node (scenario, dio_randomizer_get_string (randomizer, "hidden", ""));
  gboolean crowd = target != NULL && target->kind == DIO_NODE_GROUP && target->crowd;
  check_occluder (scenario, reader, randomizer, "sensor",
                  sensor != NULL && sensor->kind == DIO_NODE_SENSOR, "a sensor");
  check_occluder (scenario, reader, randomizer, "hidden",
                  crowd || (target != NULL && target->kind == DIO_NODE_MODEL),
                  "a model or a crowd");
}

void
dio_scenario_check_randomizer (const DioScenario *scenario,
                               DioReader *reader,
                               const DioRandomizer *randomizer,
                               GHashTable *randomizer_ids)
{
  check_targets (scenario, reader, randomizer);
  for (guint i = 0; i < randomizer->params->len; i++)
    check_param (scenario, reader, randomizer, g_ptr_array_index (randomizer->params, i),
                 randomizer_ids);
  check_property (scenario, reader, randomizer);
  dio_scenario_check_choice (scenario, reader, randomizer);
  if (strcmp (randomizer->type, "occlude") == 0)
    check_occlude (scenario, reader, randomizer);
  const DioDistribution *values = dio_randomizer_get_distribution (randomizer, "values");
  if (values != NULL)
    dio_scenario_check_model_values (scenario, reader, values);
}
