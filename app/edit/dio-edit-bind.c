#define G_LOG_DOMAIN "dio-edit"

/* Which randomizers draw a property, and edits that add and take such ones. */

#include "dio-edit-bind.h"

#include "dio-base-json.h"
#include "dio-core-error.h"
#include "dio-edit-bind-private.h"
#include "dio-edit-nodes.h"
#include "dio-edit-private.h"
#include "dio-scene-edit.h"
#include "dio-scene-randomizer.h"

#include <string.h>

/* What types draw besides what their parameters name. */
static const struct {
  const char *type;
  const char *paths[4];
} drawn[] = {
  { "position-box", { "translation" } },
  { "position-plane", { "translation" } },
  { "position-ring", { "translation" } },
  { "position-shell", { "translation" } },
  { "scatter", { "translation", "rotation" } },
  { "rotation-yaw", { "rotation" } },
  { "rotation-uniform", { "rotation" } },
  { "rotation-euler", { "rotation" } },
  { "scale", { "scale" } },
  { "visibility", { "visible" } },
  { "asset-choice", { "model/asset", "model/parametric" } },
  { "light-direction", { "rotation", "light/sun_elevation_rad", "light/sun_azimuth_rad" } },
  { "light-intensity", { "light/intensity" } },
  { "light-temperature", { "light/temperature_k" } },
  { "environment-choice", { "light/environment" } },
  { "background-choice", { "sensor/background" } },
  { "environment-rotation", { "rotation" } },
  { "motion-path", { "translation", "rotation" } },
  { "motion-drive", { "translation", "rotation" } },
  { "motion-waypoints", { "translation", "rotation" } },
  { "camera-look-at", { "translation", "rotation" } },
};

static gboolean
is_drawn_always (const char *type, const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (drawn); i++) {
    if (strcmp (drawn[i].type, type) != 0)
      continue;
    for (guint k = 0; k < G_N_ELEMENTS (drawn[i].paths); k++) {
      if (g_strcmp0 (drawn[i].paths[k], path) == 0)
        return TRUE;
    }
  }
  return FALSE;
}

/* Whether a randomizer of a material draws this property of this slot; "*" meets all. */
static gboolean
draws_material (const DioRandomizer *randomizer, const char *path, const char *key)
{
  if (!dio_edit_is_material_path (path) || strcmp (dio_edit_get_key (path), key) != 0)
    return FALSE;
  g_autofree char *asked = dio_edit_dup_slot (path);
  const char *slot = dio_randomizer_get_string (randomizer, "slot", "*");
  return asked == NULL || strcmp (slot, "*") == 0 || strcmp (slot, asked) == 0;
}

static gboolean
draws (const DioRandomizer *randomizer, const char *path)
{
  const char *type = randomizer->type;
  if (is_drawn_always (type, path))
    return TRUE;
  if (strcmp (type, "property") == 0 || strcmp (type, "table-column") == 0)
    return g_strcmp0 (dio_randomizer_get_string (randomizer, "property", NULL), path) == 0;
  if (strcmp (type, "model-parameter") == 0)
    return g_str_has_prefix (path, "parameters/")
           && g_strcmp0 (dio_randomizer_get_string (randomizer, "parameter", NULL),
                         dio_edit_get_key (path))
                  == 0;
  if (strcmp (type, "material-color") == 0)
    return draws_material (randomizer, path, "base_color");
  if (strcmp (type, "material-property") == 0)
    return draws_material (randomizer, path,
                           dio_randomizer_get_string (randomizer, "property", ""));
  if (strcmp (type, "camera-look-at") == 0)
    return strcmp (path, "sensor/focal_length_mm") == 0
           && dio_randomizer_get_param (randomizer, "focal_length_mm") != NULL;
  if (strcmp (type, "texture-choice") != 0)
    return FALSE;
  const char *channel = dio_randomizer_get_string (randomizer, "channel", "base_color");
  g_autofree char *key = g_strconcat (channel, "_texture", NULL);
  return draws_material (randomizer, path, key);
}

static gboolean
aims_at (const DioRandomizer *randomizer, const char *node)
{
  return g_strv_contains ((const char *const *) randomizer->targets, node);
}

gboolean
dio_edit_can_bind (DioNodeKind kind, const char *path)
{
  g_return_val_if_fail (path != NULL, FALSE);
  const DioPropertyInfo *info = dio_property_find (kind, path);
  if (info == NULL || (info->flags & DIO_PROPERTY_RANDOMIZABLE) == 0)
    return FALSE;
  gboolean solid = kind == DIO_NODE_MODEL || kind == DIO_NODE_GROUP;
  if (strcmp (path, "scale") == 0)
    return solid;
  return strcmp (path, "visible") != 0 || kind != DIO_NODE_SENSOR;
}

GStrv
dio_edit_list_bindings (const DioScenario *scenario, const char *node, const char *path)
{
  g_return_val_if_fail (scenario != NULL && node != NULL && path != NULL, NULL);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  for (guint i = 0; i < scenario->randomizers->len; i++) {
    const DioRandomizer *randomizer = g_ptr_array_index (scenario->randomizers, i);
    if (aims_at (randomizer, node) && draws (randomizer, path))
      g_strv_builder_add (ids, randomizer->id);
  }
  return g_strv_builder_end (ids);
}

/* ---- bind ---- */

/* Positions are each node's own; other randomizers of one type serve all nodes. */
static json_t *
find_group (GPtrArray *groups, const json_t *randomizer)
{
  const char *type = json_string_value (json_object_get (randomizer, "type"));
  for (guint i = 0; i < groups->len && strcmp (type, "position-box") != 0; i++) {
    json_t *group = g_ptr_array_index (groups, i);
    if (strcmp (json_string_value (json_object_get (group, "type")), type) == 0)
      return group;
  }
  return NULL;
}

static gboolean
is_bound (const DioScenario *scenario, const char *node, const char *path)
{
  g_auto (GStrv) ids = dio_edit_list_bindings (scenario, node, path);
  return ids[0] != NULL;
}

static void
json_free_cb (gpointer json)
{
  json_decref (json);
}

/* One JSON randomizer for every group of nodes that can share one. */
static GPtrArray *
make_groups (DioScenario *scenario, const char *const *ids, const char *path, GError **error)
{
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func (json_free_cb);
  for (guint i = 0; ids[i] != NULL; i++) {
    DioEditSubject subject;
    if (is_bound (scenario, ids[i], path))
      continue;
    if (!dio_edit_subject_init (&subject, scenario, ids[i], path, error))
      return NULL;
    json_t *randomizer = dio_edit_subject_to_randomizer (&subject, error);
    if (randomizer == NULL)
      return NULL;
    json_t *group = find_group (groups, randomizer);
    if (group == NULL) {
      g_autofree char *name =
          g_strdup_printf ("%s: %s", subject.info->label, dio_edit_get_node_title (subject.node));
      json_object_set_new (randomizer, "name", json_string (name));
      json_object_set_new (randomizer, "targets", json_array ());
      g_ptr_array_add (groups, randomizer);
      group = randomizer;
    } else {
      json_decref (randomizer);
    }
    json_array_append_new (json_object_get (group, "targets"), json_string (ids[i]));
  }
  return g_steal_pointer (&groups);
}

/* Adds the randomizers under free ids; takes nothing. */
static DioScenario *
add_groups (
    DioScenario *scenario, GPtrArray *groups, const char *key, GStrv *new_ids, GError **error)
{
  g_autoptr (DioScenario) now = dio_scenario_ref (scenario);
  g_autoptr (GStrvBuilder) added = g_strv_builder_new ();
  for (guint i = 0; i < groups->len; i++) {
    json_t *randomizer = g_ptr_array_index (groups, i);
    const char *first =
        json_string_value (json_array_get (json_object_get (randomizer, "targets"), 0));
    g_autofree char *wish = g_strdup_printf ("%s_%s", first, key);
    g_autofree char *id = dio_scenario_dup_free_randomizer_id (now, wish);
    json_object_set_new (randomizer, "id", json_string (id));
    DioScenario *next = dio_scenario_with_randomizer (now, randomizer, error);
    if (next == NULL)
      return NULL;
    dio_scenario_unref (now);
    now = next;
    g_strv_builder_add (added, id);
  }
  if (new_ids != NULL)
    *new_ids = g_strv_builder_end (added);
  return g_steal_pointer (&now);
}

DioScenario *
dio_edit_bind_property (
    DioScenario *scenario, const char *const *ids, const char *path, GStrv *new_ids, GError **error)
{
  g_return_val_if_fail (scenario != NULL && path != NULL, NULL);
  if (!dio_edit_check_ids (scenario, ids, error))
    return NULL;
  g_autoptr (GPtrArray) groups = make_groups (scenario, ids, path, error);
  if (groups == NULL)
    return NULL;
  if (groups->len == 0) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "\"%s\" is randomized already; change the randomizer that draws it", path);
    return NULL;
  }
  return add_groups (scenario, groups, dio_edit_get_key (path), new_ids, error);
}

/* ---- unbind ---- */

/* The randomizer without the nodes as targets: a scenario in which it is so, or in which it is gone. */
static DioScenario *
drop_targets (DioScenario *scenario,
              const DioRandomizer *randomizer,
              GHashTable *nodes,
              GError **error)
{
  g_autoptr (json_t) json = dio_randomizer_to_json (randomizer);
  json_t *targets = json_object_get (json, "targets");
  for (gsize i = json_array_size (targets); i > 0; i--) {
    if (g_hash_table_contains (nodes, json_string_value (json_array_get (targets, i - 1))))
      dio_randomizer_json_remove_target (json, i - 1);
  }
  const DioRandomizerInfo *info = dio_randomizer_find_info (randomizer->type);
  if (json_array_size (targets) < info->min_targets)
    return dio_scenario_without_randomizer (scenario, randomizer->id, error);
  return dio_scenario_with_randomizer (scenario, json, error);
}

static gboolean
aims_at_any (const DioRandomizer *randomizer, const char *const *ids)
{
  for (guint i = 0; ids[i] != NULL; i++) {
    if (aims_at (randomizer, ids[i]))
      return TRUE;
  }
  return FALSE;
}

DioScenario *
dio_edit_unbind_property (DioScenario *scenario,
                          const char *const *ids,
                          const char *path,
                          GError **error)
{
  g_return_val_if_fail (scenario != NULL && path != NULL, NULL);
  if (!dio_edit_check_ids (scenario, ids, error))
    return NULL;
  g_autoptr (GHashTable) nodes = dio_edit_make_set (ids);
  g_autoptr (DioScenario) now = dio_scenario_ref (scenario);
  for (guint i = 0; i < scenario->randomizers->len; i++) {
    const DioRandomizer *randomizer = g_ptr_array_index (scenario->randomizers, i);
    /* As it is now: another's going may have taken it along. */
    const DioRandomizer *current = dio_scenario_find_randomizer (now, randomizer->id);
    if (current == NULL || !draws (current, path) || !aims_at_any (current, ids))
      continue;
    DioScenario *next = drop_targets (now, current, nodes, error);
    if (next == NULL)
      return NULL;
    dio_scenario_unref (now);
    now = next;
  }
  return g_steal_pointer (&now);
}
