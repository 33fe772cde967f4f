#define G_LOG_DOMAIN "dio-edit"

/* A randomizer of any type with parameters to start from. Types that draw one property are made as its dice makes them. */

#include "dio-base-json.h"
#include "dio-core-error.h"
#include "dio-core-math.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-edit-bind-private.h"
#include "dio-edit-bind.h"
#include "dio-edit-private.h"
#include "dio-parametric.h"
#include "dio-scene-edit.h"
#include "dio-scene-randomizer.h"

#include <string.h>

/* How far ahead a camera looks where nothing says it. */
#define AIM_M 2.0

typedef json_t *(*MakeFunc) (const DioScenario *scenario, const DioNode *node, GError **error);

static json_t *
make_for_path (const DioScenario *scenario, const DioNode *node, const char *path, GError **error)
{
  DioEditSubject subject;
  return dio_edit_subject_init (&subject, scenario, node->id, path, error)
             ? dio_edit_subject_to_randomizer (&subject, error)
             : NULL;
}

static json_t *
place_to_json (const DioNode *node)
{
  return dio_edit_vec3_to_json (node->parent_from_node.translation_m);
}

static json_t *
make_plane (const DioScenario *scenario, const DioNode *node, GError **error)
{
  return json_pack ("{s:o,s:f,s:f}", "center", place_to_json (node), "size_x_m", 1.0, "size_y_m",
                    1.0);
}

static json_t *
make_ring (const DioScenario *scenario, const DioNode *node, GError **error)
{
  return json_pack ("{s:o,s:o}", "center", place_to_json (node), "radius_m",
                    dio_edit_make_uniform (0.2, 0.5));
}

static json_t *
make_shell (const DioScenario *scenario, const DioNode *node, GError **error)
{
  return json_pack ("{s:o,s:o,s:o}", "center", place_to_json (node), "radius_m",
                    dio_edit_make_uniform (0.5, 1), "elevation_rad",
                    dio_edit_make_uniform (0.1, 1.2));
}

static json_t *
make_scatter (const DioScenario *scenario, const DioNode *node, GError **error)
{
  DioMat4 world;
  dio_scenario_world_from_node (scenario, node->id, &world);
  DioVec3 center = dio_mat4_transform_point (&world, dio_vec3 (0, 0, 0));
  return json_pack ("{s:o,s:f,s:f,s:o}", "center", dio_edit_vec3_to_json (center), "size_x_m", 1.0,
                    "size_y_m", 1.0, "yaw_rad", dio_edit_make_uniform (0, 2 * DIO_PI));
}

static json_t *
make_count (const DioScenario *scenario, const DioNode *node, GError **error)
{
  return json_pack ("{s:{s:s,s:i,s:i}}", "count", "kind", "integer", "min", 1, "max", 3);
}

static json_t *
make_yaw (const DioScenario *scenario, const DioNode *node, GError **error)
{
  return json_pack ("{s:o}", "yaw_rad", dio_edit_make_uniform (0, 2 * DIO_PI));
}

static json_t *
make_nothing (const DioScenario *scenario, const DioNode *node, GError **error)
{
  return json_object ();
}

static json_t *
make_euler (const DioScenario *scenario, const DioNode *node, GError **error)
{
  return json_pack ("{s:o,s:o,s:o}", "yaw_rad", dio_edit_make_uniform (-0.26, 0.26), "pitch_rad",
                    dio_edit_make_uniform (-0.26, 0.26), "roll_rad",
                    dio_edit_make_uniform (-0.26, 0.26));
}

static json_t *
make_property (const DioScenario *scenario, const DioNode *node, GError **error)
{
  static const char *const paths[] = { "layer", "material/roughness", "light/intensity",
                                       "sensor/exposure_ev100" };
  if (node->kind == DIO_NODE_GROUP)
    return json_pack ("{s:s,s:{s:s,s:f}}", "property", "visible", "value", "kind", "boolean",
                      "probability", 0.5);
  DioEditSubject subject;
  const char *path = paths[node->kind];
  if (!dio_edit_subject_init (&subject, scenario, node->id, path, error))
    return NULL;
  double v = subject.value.number[0];
  double half = node->kind == DIO_NODE_LIGHT ? v / 2 : node->kind == DIO_NODE_SENSOR ? 0.7 : 0.2;
  return json_pack ("{s:s,s:o}", "property", path, "value",
                    dio_edit_make_uniform (MAX (v - half, subject.info->min),
                                           MIN (v + half + 1e-3, subject.info->max)));
}

/* What the node has now, as the only row: the editor then chooses a file. */
static json_t *
make_table (const DioScenario *scenario, const DioNode *node, GError **error)
{
  static const char *const paths[] = { "translation", "translation", "light/intensity",
                                       "sensor/exposure_ev100" };
  DioEditSubject subject;
  if (!dio_edit_subject_init (&subject, scenario, node->id, paths[node->kind], error))
    return NULL;
  json_t *rows = json_array ();
  for (guint i = 0; i < dio_property_type_get_size (subject.info->type); i++)
    json_array_append_new (rows, json_real (subject.value.number[i]));
  return json_pack ("{s:s,s:o}", "property", paths[node->kind], "rows", rows);
}

static json_t *
make_parameter (const DioScenario *scenario, const DioNode *node, GError **error)
{
  const DioParametricInfo *info =
      node->model.parametric != NULL ? dio_parametric_find (node->model.parametric) : NULL;
  if (info == NULL || info->params[0].name == NULL) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "\"%s\" shows no model with parameters; select one of Diorama's own models",
                 node->id);
    return NULL;
  }
  g_autofree char *path = g_strconcat ("parameters/", info->params[0].name, NULL);
  return make_for_path (scenario, node, path, error);
}

static json_t *
make_look_at (const DioScenario *scenario, const DioNode *node, GError **error)
{
  DioMat4 world;
  dio_scenario_world_from_node (scenario, node->id, &world);
  DioVec3 aim = dio_mat4_transform_point (&world, dio_vec3 (0, 0, -AIM_M));
  DioVec3 back = dio_vec3_normalize (dio_mat4_transform_vector (&world, dio_vec3 (0, 0, 1)));
  double elevation = dio_asin (CLAMP (back.z, -1, 1));
  return json_pack ("{s:o,s:o,s:o}", "look_at", dio_edit_vec3_to_json (aim), "radius_m",
                    dio_edit_make_uniform (AIM_M * 0.8, AIM_M * 1.25), "elevation_rad",
                    dio_edit_make_uniform (MAX (elevation - 0.26, -DIO_PI / 2),
                                           MIN (elevation + 0.26, DIO_PI / 2)));
}

/* A constraint redraws whatever moves its target or its sensor. */
static json_t *
list_redraws (const DioScenario *scenario, const char *target, const char *sensor)
{
  const char *const nodes[] = { target, sensor };
  json_t *ids = json_array ();
  for (guint i = 0; i < G_N_ELEMENTS (nodes); i++) {
    g_auto (GStrv) found = dio_edit_list_bindings (scenario, nodes[i], "translation");
    for (guint k = 0; found[k] != NULL; k++)
      json_array_append_new (ids, json_string (found[k]));
  }
  return ids;
}

static json_t *
make_constraint (const DioScenario *scenario, const DioNode *node, GError **error)
{
  const char *sensor = dio_edit_find_sensor (scenario, NULL);
  json_t *redraw = sensor != NULL ? list_redraws (scenario, node->id, sensor) : json_array ();
  if (json_array_size (redraw) > 0)
    return json_pack ("{s:s,s:f,s:o}", "sensor", sensor, "min_visibility", 0.3, "redraw", redraw);
  json_decref (redraw);
  g_set_error (
      error, DIO_ERROR, DIO_ERROR_INVALID,
      "A constraint draws positions again until a sensor sees its target: add a sensor and a "
      "randomizer that moves \"%s\" or the sensor first",
      node->id);
  return NULL;
}

/* What is selected hides the first model that it does not hold. */
static json_t *
make_occlude (const DioScenario *scenario, const DioNode *node, GError **error)
{
  const char *sensor = dio_edit_find_sensor (scenario, NULL);
  for (guint i = 0; sensor != NULL && i < scenario->nodes->len; i++) {
    const DioNode *hidden = g_ptr_array_index (scenario->nodes, i);
    if (hidden->kind == DIO_NODE_MODEL && hidden->category != NULL
        && !dio_scenario_is_below (scenario, hidden->id, node->id))
      return json_pack ("{s:s,s:s,s:[{s:f,s:f}]}", "sensor", sensor, "hidden", hidden->id,
                        "visibility", "min", 0.2, "max", 0.8);
  }
  g_set_error (
      error, DIO_ERROR, DIO_ERROR_INVALID,
      "\"%s\" can hide an object from a sensor only where there are both: add a sensor and a model "
      "with a category",
      node->id);
  return NULL;
}

static json_t *
make_show_one (const DioScenario *scenario, const DioNode *node, GError **error)
{
  return json_pack ("{s:f}", "probability", 0.5);
}

/* From where it stands to a metre beside it and on. */
static json_t *
make_path (const DioScenario *scenario, const DioNode *node, GError **error)
{
  DioVec3 p = node->parent_from_node.translation_m;
  json_t *keys = json_array ();
  for (guint i = 0; i < 2; i++)
    json_array_append_new (keys, json_pack ("{s:f,s:o}", "time_s", 2.0 * i, "position",
                                            dio_edit_vec3_to_json (dio_vec3 (p.x + i, p.y, p.z))));
  return json_pack ("{s:o}", "keys", keys);
}

static json_t *
make_drive (const DioScenario *scenario, const DioNode *node, GError **error)
{
  return json_pack ("{s:o,s:o}", "speed_m_s", dio_edit_make_uniform (0.5, 1.5), "turn_rate_rad_s",
                    dio_edit_make_uniform (-0.3, 0.3));
}

static json_t *
make_waypoints (const DioScenario *scenario, const DioNode *node, GError **error)
{
  DioVec3 p = node->parent_from_node.translation_m;
  return json_pack ("{s:o,s:o,s:i,s:o}", "min",
                    dio_edit_vec3_to_json (dio_vec3 (p.x - 1, p.y - 1, p.z)), "max",
                    dio_edit_vec3_to_json (dio_vec3 (p.x + 1, p.y + 1, p.z)), "waypoints", 3,
                    "speed_m_s", dio_edit_make_uniform (0.5, 1.5));
}

static const struct {
  const char *type;
  const char *path; /**< its dice makes it, or ... */
  MakeFunc make_cb; /**< ... this makes its parameters */
} makers[] = {
  { "position-box", "translation", NULL },
  { "position-plane", NULL, make_plane },
  { "position-ring", NULL, make_ring },
  { "position-shell", NULL, make_shell },
  { "scatter", NULL, make_scatter },
  { "count", NULL, make_count },
  { "rotation-yaw", NULL, make_yaw },
  { "rotation-uniform", NULL, make_nothing },
  { "rotation-euler", NULL, make_euler },
  { "scale", "scale", NULL },
  { "visibility", "visible", NULL },
  { "show-one", NULL, make_show_one },
  { "property", NULL, make_property },
  { "asset-choice", "model/asset", NULL },
  { "model-parameter", NULL, make_parameter },
  { "material-color", "material/base_color", NULL },
  { "material-property", "material/roughness", NULL },
  { "texture-choice", "material/base_color_texture", NULL },
  { "light-direction", "light/sun_elevation_rad", NULL },
  { "light-intensity", "light/intensity", NULL },
  { "light-temperature", "light/temperature_k", NULL },
  { "environment-choice", "light/environment", NULL },
  { "environment-rotation", NULL, make_yaw },
  { "background-choice", "sensor/background", NULL },
  { "table-column", NULL, make_table },
  { "motion-path", NULL, make_path },
  { "motion-drive", NULL, make_drive },
  { "motion-waypoints", NULL, make_waypoints },
  { "camera-look-at", NULL, make_look_at },
  { "occlude", NULL, make_occlude },
  { "constraint", NULL, make_constraint },
};

/* The nodes of @ids that the type may aim at, as JSON; the first in @first. */
static json_t *
list_targets (const DioScenario *scenario,
              const DioRandomizerInfo *info,
              const char *const *ids,
              const DioNode **first)
{
  json_t *targets = json_array ();
  *first = NULL;
  for (guint i = 0; ids[i] != NULL; i++) {
    const DioNode *node = dio_scenario_find_node (scenario, ids[i]);
    /* One property is drawn for all targets, so they must be of one kind. */
    gboolean other =
        strcmp (info->type, "property") == 0 && *first != NULL && node->kind != (*first)->kind;
    if (other || (info->target_kinds & (1u << node->kind)) == 0)
      continue;
    json_array_append_new (targets, json_string (ids[i]));
    *first = *first != NULL ? *first : node;
  }
  return targets;
}

static json_t *
make (const DioScenario *scenario, const char *type, const DioNode *node, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (makers); i++) {
    if (strcmp (makers[i].type, type) != 0)
      continue;
    return makers[i].path != NULL ? make_for_path (scenario, node, makers[i].path, error)
                                  : makers[i].make_cb (scenario, node, error);
  }
  g_return_val_if_reached (NULL);
}

/* What is hidden does not hide itself. */
static void
drop_hidden (const DioScenario *scenario, const json_t *randomizer, json_t *targets)
{
  const char *hidden = json_string_value (json_object_get (randomizer, "hidden"));
  for (gsize i = json_array_size (targets); hidden != NULL && i > 0; i--)
    if (dio_scenario_is_below (scenario, hidden,
                               json_string_value (json_array_get (targets, i - 1))))
      json_array_remove (targets, i - 1);
}

DioScenario *
dio_edit_add_randomizer (
    DioScenario *scenario, const char *type, const char *const *ids, char **new_id, GError **error)
{
  g_return_val_if_fail (scenario != NULL && type != NULL, NULL);
  const DioRandomizerInfo *info = dio_randomizer_find_info (type);
  if (info == NULL) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "There is no randomizer of type \"%s\"",
                 type);
    return NULL;
  }
  if (!dio_edit_check_ids (scenario, ids, error))
    return NULL;
  const DioNode *first;
  g_autoptr (json_t) targets = list_targets (scenario, info, ids, &first);
  if (first == NULL) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "A randomizer of type \"%s\" does not fit what is selected", type);
    return NULL;
  }
  g_autoptr (json_t) randomizer = make (scenario, type, first, error);
  if (randomizer == NULL)
    return NULL;
  g_autofree char *wish = g_strdelimit (g_strdup (type), "-", '_');
  g_autofree char *id = dio_scenario_dup_free_randomizer_id (scenario, wish);
  json_object_set_new (randomizer, "id", json_string (id));
  json_object_set_new (randomizer, "type", json_string (type));
  drop_hidden (scenario, randomizer, targets);
  json_object_set (randomizer, "targets", targets);
  DioScenario *next = dio_scenario_with_randomizer (scenario, randomizer, error);
  if (next != NULL && new_id != NULL)
    *new_id = g_steal_pointer (&id);
  return next;
}
