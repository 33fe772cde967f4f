#define G_LOG_DOMAIN "dio-edit"

#include "dio-edit-shift.h"

#include "dio-base-json.h"
#include "dio-core-error.h"
#include "dio-core-math.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-edit-bind.h"
#include "dio-edit-private.h"
#include "dio-scene-edit.h"
#include "dio-scene-randomizer.h"

#include <math.h>
#include <string.h>

/* What holds the range of a type: its corners or its middle, or a distribution. */
static const struct {
  const char *type, *path; /**< NULL = whatever it draws */
  const char *keys[3];     /**< shifted, those that are given */
} ranges[] = {
  { "position-box", "translation", { "min", "max" } },
  { "position-plane", "translation", { "center" } },
  { "position-ring", "translation", { "center" } },
  { "position-shell", "translation", { "center" } },
  { "rotation-yaw", "rotation", { "yaw_rad" } },
  { "scale", "scale", { "factor" } },
  { "light-intensity", "light/intensity", { "intensity" } },
  { "light-temperature", "light/temperature_k", { "temperature_k" } },
  { "property", NULL, { "value" } },
  { "model-parameter", NULL, { "value" } },
  { "material-property", NULL, { "value" } },
};

const DioRandomizer *
dio_edit_find_drawing (const DioScenario *scenario, const char *node, const char *path)
{
  g_return_val_if_fail (scenario != NULL && node != NULL && path != NULL, NULL);
  g_auto (GStrv) ids = dio_edit_list_bindings (scenario, node, path);
  for (guint i = ids != NULL ? g_strv_length (ids) : 0; i > 0; i--) {
    const DioRandomizer *randomizer = dio_scenario_find_randomizer (scenario, ids[i - 1]);
    if (randomizer->enabled)
      return randomizer;
  }
  return NULL;
}

/* -- Numbers -------------------------------------------------------------------------------------------------------- */

/* value * mul + add. */
typedef struct {
  double mul, add;
} Change;

static void
change_key (json_t *object, const char *key, const Change *change)
{
  const json_t *number = json_object_get (object, key);
  if (!json_is_number (number))
    return;
  double value = json_number_value (number) * change->mul + change->add;
  /* Whole numbers stay whole. */
  gboolean whole = g_strcmp0 (json_string_value (json_object_get (object, "kind")), "integer") == 0;
  json_object_set_new (object, key,
                       whole ? json_integer ((json_int_t) llround (value)) : json_real (value));
}

/* A distribution, or the bare number that stands for a constant; its own copy is changed. */
static json_t *
change_distribution (const json_t *distribution, const Change *change)
{
  static const char *const places[] = { "value", "min", "max", "mean" };
  if (json_is_number (distribution))
    return json_real (json_number_value (distribution) * change->mul + change->add);
  json_t *copy = json_deep_copy (distribution);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    change_key (copy, places[i], change);
  change_key (copy, "stddev", &(Change){ fabs (change->mul), 0 });
  json_t *values = json_object_get (copy, "values");
  for (gsize i = 0; i < json_array_size (values); i++) {
    const json_t *value = json_array_get (values, i);
    if (json_is_number (value))
      json_array_set_new (values, i,
                          json_real (json_number_value (value) * change->mul + change->add));
  }
  return copy;
}

static json_t *
change_place (const json_t *place, DioVec3 offset_m)
{
  const double offset[3] = { offset_m.x, offset_m.y, offset_m.z };
  json_t *copy = json_array ();
  for (gsize i = 0; i < 3; i++)
    json_array_append_new (copy,
                           json_real (json_number_value (json_array_get (place, i)) + offset[i]));
  return copy;
}

/* -- Frames --------------------------------------------------------------------------------------------------------- */

/* World of the frame in which the randomizer of a position gives its numbers for @node. */
static DioMat4
get_world_from_range (const DioScenario *scenario,
                      const DioRandomizer *randomizer,
                      const char *node)
{
  const char *frame = dio_randomizer_get_string (randomizer, "frame", "parent");
  return strcmp (frame, "world") == 0
             ? dio_mat4_identity ()
             : dio_edit_world_from_parent (scenario, dio_scenario_find_node (scenario, node));
}

/* @offset_m of the world in the frame of the range. */
static DioVec3
turn_offset (const DioScenario *scenario,
             const DioRandomizer *randomizer,
             const char *node,
             DioVec3 offset_m)
{
  DioMat4 world_from_range = get_world_from_range (scenario, randomizer, node), range_from_world;
  if (!dio_mat4_invert_affine (&world_from_range, &range_from_world))
    return offset_m;
  return dio_mat4_transform_vector (&range_from_world, offset_m);
}

/* -- The edit ------------------------------------------------------------------------------------------------------- */

static const char *const *
find_keys (const DioRandomizer *randomizer, const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    if (strcmp (ranges[i].type, randomizer->type) == 0
        && (ranges[i].path == NULL || strcmp (ranges[i].path, path) == 0))
      return ranges[i].keys;
  return NULL;
}

/* A choice among strings, and yes or no, are no numbers. */
static gboolean
draws_names (const json_t *randomizer, const char *const *keys)
{
  const json_t *value = json_object_get (randomizer, keys[0]);
  const json_t *first = json_array_get (json_object_get (value, "values"), 0);
  return json_is_string (first)
         || g_strcmp0 (json_string_value (json_object_get (value, "kind")), "boolean") == 0;
}

DioScenario *
dio_edit_shift_drawn (DioScenario *scenario,
                      const char *node,
                      const DioEditShift *shift,
                      GError **error)
{
  g_return_val_if_fail (scenario != NULL && node != NULL && shift != NULL, NULL);
  const DioRandomizer *randomizer = dio_edit_find_drawing (scenario, node, shift->path);
  const char *const *keys = randomizer != NULL ? find_keys (randomizer, shift->path) : NULL;
  if (keys == NULL) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "\"%s\" of \"%s\" is drawn from no range that could be shifted", shift->path,
                 node);
    return NULL;
  }
  gboolean scales = strcmp (shift->path, "scale") == 0;
  const Change change = { scales ? shift->factor : 1, scales ? 0 : shift->amount };
  g_autoptr (json_t) json = dio_randomizer_to_json (randomizer);
  if (draws_names (json, keys)) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "\"%s\" of \"%s\" is drawn from names",
                 shift->path, node);
    return NULL;
  }
  for (guint i = 0; keys[i] != NULL; i++) {
    const json_t *value = json_object_get (json, keys[i]);
    if (json_is_array (value))
      json_object_set_new (
          json, keys[i],
          change_place (value, turn_offset (scenario, randomizer, node, shift->offset_m)));
    else if (value != NULL)
      json_object_set_new (json, keys[i], change_distribution (value, &change));
  }
  return dio_scenario_with_randomizer (scenario, json, error);
}

/* -- Ends ----------------------------------------------------------------------------------------------------------- */

/* The randomizer and, in @key, its parameter of one number; NULL where there is no such parameter. */
static const DioRandomizer *
find_number (const DioScenario *scenario, const char *node, const char *path, const char **key)
{
  const DioRandomizer *randomizer = dio_edit_find_drawing (scenario, node, path);
  const char *const *keys = randomizer != NULL ? find_keys (randomizer, path) : NULL;
  if (keys == NULL || strcmp (path, "translation") == 0)
    return NULL;
  *key = keys[0];
  return randomizer;
}

const DioDistribution *
dio_edit_find_drawn_distribution (const DioScenario *scenario, const char *node, const char *path)
{
  const char *key = NULL;
  const DioRandomizer *randomizer = find_number (scenario, node, path, &key);
  return randomizer != NULL ? dio_randomizer_get_distribution (randomizer, key) : NULL;
}

DioScenario *
dio_edit_set_drawn_ends (DioScenario *scenario,
                         const char *node,
                         const char *path,
                         const double ends[static 2],
                         GError **error)
{
  const char *key = NULL;
  const DioRandomizer *randomizer = find_number (scenario, node, path, &key);
  const DioDistribution *distribution =
      randomizer != NULL ? dio_randomizer_get_distribution (randomizer, key) : NULL;
  gboolean whole = distribution != NULL && distribution->kind == DIO_DISTRIBUTION_INTEGER;
  if (distribution == NULL || distribution->kind == DIO_DISTRIBUTION_CONSTANT
      || (distribution->kind >= DIO_DISTRIBUTION_CHOICE && !whole)) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "\"%s\" of \"%s\" is drawn from no range with ends", path, node);
    return NULL;
  }
  g_autoptr (json_t) json = dio_randomizer_to_json (randomizer);
  json_t *range = json_object_get (json, key);
  for (guint i = 0; i < 2; i++)
    json_object_set_new (range, i == 0 ? "min" : "max",
                         whole ? json_integer ((json_int_t) llround (ends[i]))
                               : json_real (ends[i]));
  return dio_scenario_with_randomizer (scenario, json, error);
}

/* -- The range as lines --------------------------------------------------------------------------------------------- */

static guint
list_box (const DioRandomizer *randomizer, DioVec3 lines[static DIO_EDIT_MAX_RANGE_LINES][2])
{
  const DioVec3 zero = { 0, 0, 0 };
  DioVec3 min = dio_randomizer_get_vec3 (randomizer, "min", zero);
  DioVec3 max = dio_randomizer_get_vec3 (randomizer, "max", zero);
  guint n = 0;
  for (guint corner = 0; corner < 8; corner++)
    for (guint axis = 1; axis < 8; axis <<= 1) {
      if ((corner & axis) != 0)
        continue;
      guint other = corner | axis;
      lines[n][0] = dio_vec3 (corner & 1 ? max.x : min.x, corner & 2 ? max.y : min.y,
                              corner & 4 ? max.z : min.z);
      lines[n++][1] = dio_vec3 (other & 1 ? max.x : min.x, other & 2 ? max.y : min.y,
                                other & 4 ? max.z : min.z);
    }
  return n;
}

static guint
list_plane (const DioRandomizer *randomizer, DioVec3 lines[static DIO_EDIT_MAX_RANGE_LINES][2])
{
  const DioVec3 zero = { 0, 0, 0 };
  DioVec3 center = dio_randomizer_get_vec3 (randomizer, "center", zero), corner[4];
  double x = dio_randomizer_get_number (randomizer, "size_x_m", 0) / 2;
  double y = dio_randomizer_get_number (randomizer, "size_y_m", 0) / 2;
  double yaw_rad = dio_randomizer_get_number (randomizer, "yaw_rad", 0);
  double c = dio_cos (yaw_rad), s = dio_sin (yaw_rad);
  for (guint i = 0; i < 4; i++) {
    double u = i == 1 || i == 2 ? x : -x, v = i >= 2 ? y : -y;
    corner[i] = dio_vec3 (center.x + u * c - v * s, center.y + u * s + v * c, center.z);
  }
  for (guint i = 0; i < 4; i++) {
    lines[i][0] = corner[i];
    lines[i][1] = corner[(i + 1) % 4];
  }
  return 4;
}

guint
dio_edit_list_range_lines (const DioScenario *scenario,
                           const char *node,
                           DioVec3 lines[static DIO_EDIT_MAX_RANGE_LINES][2])
{
  g_return_val_if_fail (scenario != NULL && node != NULL, 0);
  const DioRandomizer *randomizer = dio_edit_find_drawing (scenario, node, "translation");
  guint n = 0;
  if (randomizer != NULL && strcmp (randomizer->type, "position-box") == 0)
    n = list_box (randomizer, lines);
  else if (randomizer != NULL && strcmp (randomizer->type, "position-plane") == 0)
    n = list_plane (randomizer, lines);
  if (n == 0)
    return 0;
  DioMat4 world = get_world_from_range (scenario, randomizer, node);
  for (guint i = 0; i < n; i++)
    for (guint end = 0; end < 2; end++)
      lines[i][end] = dio_mat4_transform_point (&world, lines[i][end]);
  return n;
}
