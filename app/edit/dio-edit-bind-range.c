#define G_LOG_DOMAIN "dio-edit"

/* From a property and its value to a randomizer with a range that a person would have chosen: wide enough to be seen, narrow enough to stay sensible.
 * The rules stand in one table; what no rule names varies by a share of its value. */

#include "dio-base-json.h"
#include "dio-core-error.h"
#include "dio-core-math.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-edit-bind-private.h"
#include "dio-edit-private.h"
#include "dio-image-color.h"
#include "dio-parametric.h"

#include <math.h>
#include <string.h>

#define MOVE_M 0.5      /* half the edge of the box in which things move */
#define HEAD_RAD 0.26   /* 15 degrees */
#define CAMERA_RAD 0.09 /* 5 degrees */
#define SHARE 0.2       /* of a value, or of a range of 0 to 1 */
#define EXPOSURE_EV 0.7
#define FOCAL_SHARE 0.1
#define CENTRE_SHARE 0.02 /* of the picture */
#define TEMPERATURE_K 1000.0

json_t *
dio_edit_make_uniform (double min, double max)
{
  return min < max ? json_pack ("{s:s,s:f,s:f}", "kind", "uniform", "min", min, "max", max)
                   : json_real (min);
}

json_t *
dio_edit_make_log_uniform (double min, double max)
{
  return json_pack ("{s:s,s:f,s:f}", "kind", "log-uniform", "min", min, "max", max);
}

static json_t *
set_no_room (const DioEditSubject *s, const char *why, GError **error)
{
  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "\"%s\" of \"%s\" cannot vary: %s", s->path,
               s->node->id, why);
  return NULL;
}

/* ---- paths ---- */

const char *
dio_edit_get_key (const char *path)
{
  const char *slash = strrchr (path, '/');
  return slash != NULL ? slash + 1 : path;
}

gboolean
dio_edit_is_material_path (const char *path)
{
  return g_str_has_prefix (path, "material/") || g_str_has_prefix (path, "materials/");
}

char *
dio_edit_dup_slot (const char *path)
{
  if (!g_str_has_prefix (path, "materials/"))
    return NULL;
  const char *slot = path + strlen ("materials/");
  const char *end = strrchr (slot, '/');
  return end != NULL ? g_strndup (slot, (gsize) (end - slot)) : NULL;
}

/* ---- numbers ---- */

/* The range that the node takes: of a parametric model's parameter that of the model. */
static void
get_limits (const DioEditSubject *s, double *min, double *max)
{
  *min = s->info->min;
  *max = s->info->max;
  const char *kind = s->node->kind == DIO_NODE_MODEL ? s->node->model.parametric : NULL;
  const DioParametricInfo *model = kind != NULL ? dio_parametric_find (kind) : NULL;
  const DioParametricParam *param =
      model != NULL && g_str_has_prefix (s->path, "parameters/")
          ? dio_parametric_find_param (model, dio_edit_get_key (s->path))
          : NULL;
  if (param != NULL) {
    *min = param->min;
    *max = param->max;
  }
}

static double
choose_half_width (const DioEditSubject *s, double value, double min, double max)
{
  const char *key = dio_edit_get_key (s->path);
  if (strcmp (key, "fx") == 0 || strcmp (key, "fy") == 0 || strcmp (key, "focal_length_mm") == 0)
    return fabs (value) * FOCAL_SHARE;
  if (strcmp (key, "cx") == 0)
    return s->node->sensor.width_px * CENTRE_SHARE;
  if (strcmp (key, "cy") == 0)
    return s->node->sensor.height_px * CENTRE_SHARE;
  if (strcmp (s->info->unit, "rad") == 0)
    return HEAD_RAD;
  if (strcmp (s->info->unit, "EV100") == 0)
    return EXPOSURE_EV;
  if (max - min <= 1)
    return (max - min) * SHARE;
  return value != 0 ? fabs (value) * SHARE : MIN ((max - min) * SHARE, 1);
}

/* Usual ranges where a value of 0 means that there is none. */
static const struct {
  const char *key;
  double low, high;
} usual[] = {
  { "white_balance_k", 4500, 8000 },
  { "electrons_at_white", 1000, 20000 },
  { "softness_px", 0, 1 },
  { "defocus_px", 0, 4 },
  { "motion_px", 0, 8 },
  { "vignette_ev", 0, 1.5 },
  { "tint", -15, 15 },
  { "exposure_compensation_ev", -EXPOSURE_EV, EXPOSURE_EV },
  { "row_noise_e", 0, 2 },
  { "jpeg_quality", 60, 95 },
};

static void
choose_range (
    const DioEditSubject *s, double value, const double limits[2], double *low, double *high)
{
  const char *key = dio_edit_get_key (s->path);
  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    if (value == 0 && strcmp (key, usual[i].key) == 0) {
      *low = usual[i].low;
      *high = usual[i].high;
      return;
    }
  double half = choose_half_width (s, value, limits[0], limits[1]);
  *low = MAX (value - half, limits[0]);
  *high = MIN (value + half, limits[1]);
}

/* A distribution about the first number of the value. */
static json_t *
make_range (const DioEditSubject *s, GError **error)
{
  double limits[2], low, high;
  get_limits (s, &limits[0], &limits[1]);
  if (s->info->type == DIO_PROPERTY_BOOLEAN)
    return json_pack ("{s:s,s:f}", "kind", "boolean", "probability", 0.5);
  choose_range (s, s->value.number[0], limits, &low, &high);
  if (!(low < high))
    return set_no_room (s, "its range has no room around the value", error);
  if (s->info->type == DIO_PROPERTY_INTEGER)
    return json_pack ("{s:s,s:I,s:I}", "kind", "integer", "min", (json_int_t) floor (low), "max",
                      (json_int_t) ceil (high));
  return dio_edit_make_uniform (low, high);
}

/* ---- choices ---- */

static json_t *
list_assets (const DioScenario *scenario, DioAssetKind kind, json_t *names)
{
  for (guint i = 0; i < scenario->assets->len; i++) {
    const DioAsset *asset = g_ptr_array_index (scenario->assets, i);
    if (asset->kind == kind)
      json_array_append_new (names, json_string (asset->id));
  }
  return names;
}

static json_t *
list_procedural (const char *const *procedural, json_t *names)
{
  for (guint i = 0; procedural[i] != NULL; i++) {
    g_autofree char *name = g_strconcat ("procedural:", procedural[i], NULL);
    json_array_append_new (names, json_string (name));
  }
  return names;
}

/* Takes @names; NULL where there is no choice between them. */
static json_t *
expect_choice (const DioEditSubject *s, json_t *names, const char *why, GError **error)
{
  if (json_array_size (names) >= 2)
    return names;
  json_decref (names);
  return set_no_room (s, why, error);
}

/* ---- the rules ---- */

static json_t *
make_position (const DioEditSubject *s, GError **error)
{
  const double *at = s->value.number;
  /* What stands on something stays on it; lights and sensors hang free. */
  gboolean stands = s->node->kind == DIO_NODE_MODEL || s->node->kind == DIO_NODE_GROUP;
  double up = stands ? 0 : MOVE_M / 2;
  DioVec3 min = { at[0] - MOVE_M, at[1] - MOVE_M, at[2] - up };
  DioVec3 max = { at[0] + MOVE_M, at[1] + MOVE_M, at[2] + up };
  return json_pack ("{s:s,s:o,s:o}", "type", "position-box", "min", dio_edit_vec3_to_json (min),
                    "max", dio_edit_vec3_to_json (max));
}

static json_t *
make_euler (double half_rad)
{
  return json_pack ("{s:s,s:o,s:o,s:o}", "type", "rotation-euler", "yaw_rad",
                    dio_edit_make_uniform (-half_rad, half_rad), "pitch_rad",
                    dio_edit_make_uniform (-half_rad, half_rad), "roll_rad",
                    dio_edit_make_uniform (-half_rad, half_rad));
}

/* About where the light comes from now; the way round is free. */
static json_t *
make_light_direction (const DioEditSubject *s, GError **error)
{
  DioVec3 from = dio_quat_rotate (s->node->parent_from_node.q_wxyz, dio_vec3 (0, 0, 1));
  double elevation = s->node->light.kind == DIO_LIGHT_SKY ? s->node->light.sun_elevation_rad
                                                          : dio_asin (CLAMP (from.z, -1, 1));
  double low = MAX (elevation - HEAD_RAD, -DIO_PI / 2);
  double high = MIN (elevation + HEAD_RAD, DIO_PI / 2);
  return json_pack ("{s:s,s:o,s:o}", "type", "light-direction", "azimuth_rad",
                    dio_edit_make_uniform (0, 2 * DIO_PI), "elevation_rad",
                    dio_edit_make_uniform (low, high));
}

static json_t *
make_rotation (const DioEditSubject *s, GError **error)
{
  if (s->node->kind == DIO_NODE_SENSOR)
    return make_euler (CAMERA_RAD);
  if (s->node->kind != DIO_NODE_LIGHT)
    return json_pack ("{s:s,s:o}", "type", "rotation-yaw", "yaw_rad",
                      dio_edit_make_uniform (0, 2 * DIO_PI));
  switch (s->node->light.kind) {
  case DIO_LIGHT_SUN:
  case DIO_LIGHT_SKY:
    return make_light_direction (s, error);
  case DIO_LIGHT_ENVIRONMENT:
    return json_pack ("{s:s,s:o}", "type", "environment-rotation", "yaw_rad",
                      dio_edit_make_uniform (0, 2 * DIO_PI));
  case DIO_LIGHT_POINT:
  case DIO_LIGHT_SPOT:
  case DIO_LIGHT_RECT:
  default:
    return make_euler (HEAD_RAD);
  }
}

static json_t *
make_scale (const DioEditSubject *s, GError **error)
{
  if (s->node->kind == DIO_NODE_LIGHT || s->node->kind == DIO_NODE_SENSOR)
    return set_no_room (s, "only models and groups are scaled", error);
  return json_pack ("{s:s,s:o}", "type", "scale", "factor", dio_edit_make_log_uniform (0.8, 1.25));
}

static json_t *
make_visibility (const DioEditSubject *s, GError **error)
{
  if (s->node->kind == DIO_NODE_SENSOR)
    return set_no_room (s, "a sensor is no object that comes and goes", error);
  return json_pack ("{s:s,s:f}", "type", "visibility", "probability", 0.5);
}

static json_t *
make_category (const DioEditSubject *s, GError **error)
{
  json_t *names = json_array ();
  for (guint i = 0; i < s->scenario->categories->len; i++) {
    const DioCategory *category = g_ptr_array_index (s->scenario->categories, i);
    json_array_append_new (names, json_string (category->id));
  }
  names = expect_choice (s, names, "there are fewer than two categories; add some first", error);
  return names != NULL ? json_pack ("{s:s,s:s,s:{s:s,s:o}}", "type", "property", "property",
                                    "category", "value", "kind", "choice", "values", names)
                       : NULL;
}

static json_t *
make_model (const DioEditSubject *s, GError **error)
{
  json_t *names = list_assets (s->scenario, DIO_ASSET_MODEL, json_array ());
  guint n = 0;
  const DioParametricInfo *kinds = dio_parametric_get_table (&n);
  for (guint i = 0; i < n && s->node->model.parametric != NULL; i++) {
    g_autofree char *name = g_strconcat ("parametric:", kinds[i].kind, NULL);
    json_array_append_new (names, json_string (name));
  }
  names = expect_choice (s, names, "there is one model asset only; import others first", error);
  return names != NULL ? json_pack ("{s:s,s:{s:s,s:o}}", "type", "asset-choice", "values", "kind",
                                    "choice", "values", names)
                       : NULL;
}

static json_t *
make_intensity (const DioEditSubject *s, GError **error)
{
  double value = s->value.number[0];
  json_t *range = value > 0 ? dio_edit_make_log_uniform (value / 2, MIN (value * 2, s->info->max))
                            : dio_edit_make_uniform (0, 1);
  return json_pack ("{s:s,s:o}", "type", "light-intensity", "intensity", range);
}

static json_t *
make_temperature (const DioEditSubject *s, GError **error)
{
  double value = s->value.number[0];
  json_t *range = value > 0 ? dio_edit_make_uniform (MAX (value - TEMPERATURE_K, 1000),
                                                     MIN (value + TEMPERATURE_K, 40000))
                            : dio_edit_make_uniform (2700, 6500);
  return json_pack ("{s:s,s:o}", "type", "light-temperature", "temperature_k", range);
}

static json_t *
make_environment (const DioEditSubject *s, GError **error)
{
  json_t *names = list_procedural (dio_parametric_list_environments (), json_array ());
  list_assets (s->scenario, DIO_ASSET_ENVIRONMENT, names);
  names = expect_choice (s, names, "there is one environment only; import others first", error);
  return names != NULL
             ? json_pack ("{s:s,s:o}", "type", "environment-choice", "environments", names)
             : NULL;
}

static json_t *
make_background (const DioEditSubject *s, GError **error)
{
  json_t *names = list_assets (s->scenario, DIO_ASSET_TEXTURE, json_array ());
  list_procedural (dio_parametric_list_textures (), names);
  names = expect_choice (s, names, "there is one texture only; import pictures first", error);
  return names != NULL ? json_pack ("{s:s,s:o}", "type", "background-choice", "pictures", names)
                       : NULL;
}

static void
add_slot (const DioEditSubject *s, json_t *randomizer)
{
  g_autofree char *slot = dio_edit_dup_slot (s->path);
  if (slot != NULL && randomizer != NULL)
    json_object_set_new (randomizer, "slot", json_string (slot));
}

/* Saturation and value of the colour in sRGB encoding, as the randomizer draws them. */
static void
get_saturation_and_value (const double *linear, double *saturation, double *value)
{
  double most = 0, least = 1;
  for (guint i = 0; i < 3; i++) {
    double c = dio_srgb_from_linear (CLAMP (linear[i], 0, 1));
    most = MAX (most, c);
    least = MIN (least, c);
  }
  *value = most;
  *saturation = most > 0 ? (most - least) / most : 0;
}

/* Any hue; as pale or strong and as light or dark as the colour is. Greys become colours, or nothing would be seen. */
static json_t *
make_color (const DioEditSubject *s, GError **error)
{
  double saturation, value;
  get_saturation_and_value (s->value.number, &saturation, &value);
  double low = saturation < 0.15 ? 0 : MAX (saturation - SHARE, 0);
  double high = saturation < 0.15 ? 0.6 : MIN (saturation + SHARE, 1);
  json_t *randomizer =
      json_pack ("{s:s,s:o,s:o,s:o}", "type", "material-color", "hue", dio_edit_make_uniform (0, 1),
                 "saturation", dio_edit_make_uniform (low, high), "value",
                 dio_edit_make_uniform (MAX (value - SHARE, 0.05), MIN (value + SHARE, 1)));
  add_slot (s, randomizer);
  return randomizer;
}

static json_t *
make_texture (const DioEditSubject *s, GError **error)
{
  const char *key = dio_edit_get_key (s->path);
  g_autofree char *channel = g_strndup (key, strlen (key) - strlen ("_texture"));
  json_t *names = list_assets (s->scenario, DIO_ASSET_TEXTURE, json_array ());
  if (strcmp (channel, "base_color") == 0)
    list_procedural (dio_parametric_list_textures (), names);
  else
    json_array_append_new (names, json_string (""));
  names = expect_choice (s, names, "there is no texture asset; import some first", error);
  json_t *randomizer = names != NULL ? json_pack ("{s:s,s:s,s:o}", "type", "texture-choice",
                                                  "channel", channel, "textures", names)
                                     : NULL;
  add_slot (s, randomizer);
  return randomizer;
}

static json_t *
make_enum_choice (const DioEditSubject *s)
{
  json_t *names = json_array ();
  for (guint i = 0; s->info->enum_names[i] != NULL; i++)
    json_array_append_new (names, json_string (s->info->enum_names[i]));
  return json_pack ("{s:s,s:o}", "kind", "choice", "values", names);
}

/* What no other rule names: numbers of parameters, materials and everything else. */
static json_t *
make_property (const DioEditSubject *s, GError **error)
{
  if (s->info->type == DIO_PROPERTY_STRING)
    return set_no_room (s, "its texts are not known", error);
  json_t *range = s->info->type == DIO_PROPERTY_ENUM ? make_enum_choice (s) : make_range (s, error);
  if (range == NULL)
    return NULL;
  if (g_str_has_prefix (s->path, "parameters/"))
    return json_pack ("{s:s,s:s,s:o}", "type", "model-parameter", "parameter",
                      dio_edit_get_key (s->path), "value", range);
  if (!dio_edit_is_material_path (s->path))
    return json_pack ("{s:s,s:s,s:o}", "type", "property", "property", s->path, "value", range);
  json_t *randomizer = json_pack ("{s:s,s:s,s:o}", "type", "material-property", "property",
                                  dio_edit_get_key (s->path), "value", range);
  add_slot (s, randomizer);
  return randomizer;
}

typedef json_t *(*MakeFunc) (const DioEditSubject *subject, GError **error);

static const struct {
  const char *path; /**< whole, or the last part of a material's path */
  MakeFunc make_cb;
} rules[] = {
  { "translation", make_position },
  { "rotation", make_rotation },
  { "scale", make_scale },
  { "visible", make_visibility },
  { "category", make_category },
  { "model/asset", make_model },
  { "model/parametric", make_model },
  { "light/intensity", make_intensity },
  { "light/temperature_k", make_temperature },
  { "light/environment", make_environment },
  { "sensor/background", make_background },
  { "light/sun_elevation_rad", make_light_direction },
  { "light/sun_azimuth_rad", make_light_direction },
  { "base_color", make_color },
  { "base_color_texture", make_texture },
  { "metallic_roughness_texture", make_texture },
  { "normal_texture", make_texture },
  { "occlusion_texture", make_texture },
  { "emissive_texture", make_texture },
};

static MakeFunc
find_rule (const DioEditSubject *s)
{
  const char *path = dio_edit_is_material_path (s->path) ? dio_edit_get_key (s->path) : s->path;
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++) {
    if (strcmp (rules[i].path, path) == 0)
      return rules[i].make_cb;
  }
  return make_property;
}

json_t *
dio_edit_subject_to_randomizer (const DioEditSubject *subject, GError **error)
{
  if ((subject->info->flags & DIO_PROPERTY_RANDOMIZABLE) == 0)
    return set_no_room (subject, "it is the same in all frames of a dataset", error);
  return find_rule (subject) (subject, error);
}

gboolean
dio_edit_subject_init (DioEditSubject *subject,
                       const DioScenario *scenario,
                       const char *node,
                       const char *path,
                       GError **error)
{
  const DioNode *found = dio_scenario_find_node (scenario, node);
  const DioPropertyInfo *info = found != NULL ? dio_property_find (found->kind, path) : NULL;
  *subject = (DioEditSubject){ .scenario = scenario, .node = found, .path = path, .info = info };
  if (info == NULL) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND,
                 found == NULL ? "There is no node \"%s\" with a property \"%s\""
                               : "Node \"%s\" has no property \"%s\"",
                 node, path);
    return FALSE;
  }
  /* What the model decides has no value here: the registry's default stands in. */
  if (dio_node_get_property (found, path, &subject->value, NULL))
    return TRUE;
  if (dio_edit_is_material_path (path)) {
    for (guint i = 0; i < 4; i++)
      subject->value.number[i] = info->default_value;
    return TRUE;
  }
  return dio_node_get_property (found, path, &subject->value, error);
}
