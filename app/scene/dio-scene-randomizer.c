#define G_LOG_DOMAIN "dio-scene"

#include "dio-scene-randomizer.h"

#include "dio-base-json.h"
#include "dio-scene-distribution.h"

#include <glib/gi18n-lib.h>

#include <math.h>
#include <string.h>

/* Kinds of nodes that a type may aim at. */
#define GROUPS (1u << DIO_NODE_GROUP)
#define MODELS (1u << DIO_NODE_MODEL)
#define LIGHTS (1u << DIO_NODE_LIGHT)
#define SENSORS (1u << DIO_NODE_SENSOR)
#define SOLIDS (GROUPS | MODELS)
#define ANY (SOLIDS | LIGHTS | SENSORS)

#define HALF_PI 1.5707963267948966
#define FAR_AWAY 1e6 /* metres; beyond it, floats of a renderer have no millimetres left */

/* Parameters that mean the same wherever they stand. */
#define HOLD                                                                                       \
  {                                                                                                \
    "hold", DIO_PARAM_INTEGER, FALSE,                                                              \
        N_ ("How many consecutive frames share one draw; 1 draws anew for every frame."), 1, 1e6   \
  }
#define FRAME                                                                                      \
  {                                                                                                \
    "frame", DIO_PARAM_STRING, FALSE,                                                              \
        N_ ("\"parent\" (default) or \"world\": the frame in which positions are given.")          \
  }
#define SLOT                                                                                       \
  {                                                                                                \
    "slot", DIO_PARAM_STRING, FALSE,                                                               \
        N_ ("Name of the material in the model; \"*\" (default) means all of them.")               \
  }
#define END                                                                                        \
  {                                                                                                \
    NULL                                                                                           \
  }

static const DioParamInfo position_box[] = {
  { "min", DIO_PARAM_VEC3, TRUE, N_ ("Lower corner of the box in metres."), -FAR_AWAY, FAR_AWAY },
  { "max", DIO_PARAM_VEC3, TRUE, N_ ("Upper corner of the box in metres."), -FAR_AWAY, FAR_AWAY },
  FRAME,
  HOLD,
  END,
};

static const DioParamInfo position_plane[] = {
  { "center", DIO_PARAM_VEC3, TRUE, N_ ("Middle of the rectangle in metres."), -FAR_AWAY,
    FAR_AWAY },
  { "size_x_m", DIO_PARAM_NUMBER, TRUE, N_ ("Length along x in metres."), 0, FAR_AWAY },
  { "size_y_m", DIO_PARAM_NUMBER, TRUE, N_ ("Length along y in metres."), 0, FAR_AWAY },
  { "yaw_rad", DIO_PARAM_NUMBER, FALSE, N_ ("Turn of the rectangle about z in radians."), -1000,
    1000 },
  FRAME,
  HOLD,
  END,
};

static const DioParamInfo position_ring[] = {
  { "center", DIO_PARAM_VEC3, TRUE, N_ ("Middle of the ring in metres."), -FAR_AWAY, FAR_AWAY },
  { "radius_m", DIO_PARAM_DISTRIBUTION, TRUE, N_ ("Distance from the middle in metres."), 0,
    FAR_AWAY },
  { "angle_rad", DIO_PARAM_DISTRIBUTION, FALSE,
    N_ ("Angle from +x in radians, counter-clockwise seen from above; a full turn by default."),
    -1000, 1000 },
  { "height_m", DIO_PARAM_DISTRIBUTION, FALSE,
    N_ ("Height above the middle in metres; 0 by default."), -FAR_AWAY, FAR_AWAY },
  FRAME,
  HOLD,
  END,
};

static const DioParamInfo position_shell[] = {
  { "center", DIO_PARAM_VEC3, TRUE, N_ ("Middle of the shell in metres."), -FAR_AWAY, FAR_AWAY },
  { "radius_m", DIO_PARAM_DISTRIBUTION, TRUE, N_ ("Distance from the middle in metres."), 0,
    FAR_AWAY },
  { "elevation_rad", DIO_PARAM_DISTRIBUTION, FALSE,
    N_ ("Angle above the horizon in radians; by default even over the whole sphere's area."),
    -HALF_PI, HALF_PI },
  { "azimuth_rad", DIO_PARAM_DISTRIBUTION, FALSE,
    N_ ("Angle from +x in radians, counter-clockwise seen from above; a full turn by default."),
    -1000, 1000 },
  FRAME,
  HOLD,
  END,
};

static const DioParamInfo scatter[] = {
  { "surface", DIO_PARAM_STRING, FALSE,
    N_ ("Node whose top face (of its bounds) carries the objects.") },
  { "center", DIO_PARAM_VEC3, FALSE,
    N_ ("Middle of a level rectangle in world metres, in place of a surface."), -FAR_AWAY,
    FAR_AWAY },
  { "size_x_m", DIO_PARAM_NUMBER, FALSE,
    N_ ("Length of the rectangle along x in metres; a surface has its own by default."), 0,
    FAR_AWAY },
  { "size_y_m", DIO_PARAM_NUMBER, FALSE,
    N_ ("Length of the rectangle along y in metres; a surface has its own by default."), 0,
    FAR_AWAY },
  { "count", DIO_PARAM_DISTRIBUTION, FALSE,
    N_ ("How many of each target; 0 hides it; 1 by default."), 0, 4096 },
  { "spacing_m", DIO_PARAM_NUMBER, FALSE,
    N_ ("Smallest gap between two footprints in metres; 0 by default."), 0, FAR_AWAY },
  { "yaw_rad", DIO_PARAM_DISTRIBUTION, FALSE,
    N_ ("Turn about the surface's normal in radians; none by default."), -1000, 1000 },
  { "tries", DIO_PARAM_INTEGER, FALSE,
    N_ ("Places tried for each object before it is left out; 64 by default."), 1, 256 },
  HOLD,
  END,
};

static const DioParamInfo rotation_yaw[] = {
  { "yaw_rad", DIO_PARAM_DISTRIBUTION, TRUE,
    N_ ("Turn about the parent's z in radians, on top of the node's own rotation."), -1000, 1000 },
  HOLD,
  END,
};

static const DioParamInfo rotation_uniform[] = {
  HOLD,
  END,
};

static const DioParamInfo rotation_euler[] = {
  { "yaw_rad", DIO_PARAM_DISTRIBUTION, FALSE, N_ ("Turn about z in radians."), -1000, 1000 },
  { "pitch_rad", DIO_PARAM_DISTRIBUTION, FALSE, N_ ("Then about the turned y in radians."), -1000,
    1000 },
  { "roll_rad", DIO_PARAM_DISTRIBUTION, FALSE, N_ ("Then about the turned x in radians."), -1000,
    1000 },
  HOLD,
  END,
};

static const DioParamInfo scale[] = {
  { "factor", DIO_PARAM_DISTRIBUTION, TRUE, N_ ("Factor on all three scales of the node."), 1e-6,
    1e6 },
  HOLD,
  END,
};

static const DioParamInfo count[] = {
  { "count", DIO_PARAM_DISTRIBUTION, TRUE,
    N_ ("How many of the node with all below it; 0 hides it. Later randomizers draw for each "
        "copy."),
    0, 4096 },
  HOLD,
  END,
};

static const DioParamInfo property[] = {
  { "property", DIO_PARAM_STRING, TRUE,
    N_ ("Path of the property below the node, such as \"light/intensity\".") },
  { "value", DIO_PARAM_DISTRIBUTION, TRUE,
    N_ ("Its value in the property's own unit; a choice of strings for names and assets.") },
  HOLD,
  END,
};

static const DioParamInfo asset_choice[] = {
  { "assets", DIO_PARAM_STRINGS, FALSE, N_ ("Ids of model assets, equally likely.") },
  { "values", DIO_PARAM_DISTRIBUTION, FALSE,
    N_ ("A choice of strings with weights: asset ids or \"parametric:KIND\".") },
  HOLD,
  END,
};

static const DioParamInfo model_parameter[] = {
  { "parameter", DIO_PARAM_STRING, TRUE, N_ ("Name of the parametric model's parameter.") },
  { "value", DIO_PARAM_DISTRIBUTION, TRUE, N_ ("Its value in the parameter's own unit.") },
  HOLD,
  END,
};

static const DioParamInfo material_color[] = {
  SLOT,
  { "hue", DIO_PARAM_DISTRIBUTION, FALSE,
    N_ ("Hue from 0 to 1 (red, green at 1/3, blue at 2/3); any by default."), 0, 1 },
  { "saturation", DIO_PARAM_DISTRIBUTION, FALSE,
    N_ ("Saturation from 0 to 1 in sRGB encoding; any by default."), 0, 1 },
  { "value", DIO_PARAM_DISTRIBUTION, FALSE,
    N_ ("Value from 0 to 1 in sRGB encoding; any by default."), 0, 1 },
  HOLD,
  END,
};

static const DioParamInfo material_property[] = {
  SLOT,
  { "property", DIO_PARAM_STRING, TRUE,
    N_ ("Property of the material: \"roughness\", \"metallic\", \"normal_scale\", ...") },
  { "value", DIO_PARAM_DISTRIBUTION, TRUE, N_ ("Its value in the property's own unit.") },
  HOLD,
  END,
};

static const DioParamInfo texture_choice[] = {
  SLOT,
  { "channel", DIO_PARAM_STRING, FALSE,
    N_ ("\"base_color\" (default), \"metallic_roughness\", \"normal\", \"occlusion\" or "
        "\"emissive\".") },
  { "textures", DIO_PARAM_STRINGS, TRUE,
    N_ ("Ids of texture assets or \"procedural:NAME\", equally likely; \"\" for none.") },
  HOLD,
  END,
};

static const DioParamInfo visibility[] = {
  { "probability", DIO_PARAM_NUMBER, TRUE, N_ ("Probability that the node shows."), 0, 1 },
  HOLD,
  END,
};

static const DioParamInfo light_direction[] = {
  { "azimuth_rad", DIO_PARAM_DISTRIBUTION, FALSE,
    N_ ("Direction towards the light from +x in radians, counter-clockwise seen from above; a full "
        "turn by default."),
    -1000, 1000 },
  { "elevation_rad", DIO_PARAM_DISTRIBUTION, TRUE,
    N_ ("Angle of the light above the horizon in radians."), -HALF_PI, HALF_PI },
  HOLD,
  END,
};

static const DioParamInfo light_intensity[] = {
  { "intensity", DIO_PARAM_DISTRIBUTION, TRUE,
    N_ ("Lux of a sun, candela of a point or spot, nits of a rectangle, factor of an environment."),
    0, 1e9 },
  HOLD,
  END,
};

static const DioParamInfo light_temperature[] = {
  { "temperature_k", DIO_PARAM_DISTRIBUTION, TRUE, N_ ("Colour temperature in kelvin."), 1000,
    40000 },
  HOLD,
  END,
};

static const DioParamInfo environment_choice[] = {
  { "environments", DIO_PARAM_STRINGS, TRUE,
    N_ ("Ids of environment assets or \"procedural:NAME\", equally likely.") },
  HOLD,
  END,
};

static const DioParamInfo environment_rotation[] = {
  { "yaw_rad", DIO_PARAM_DISTRIBUTION, FALSE,
    N_ ("Turn of the environment about z in radians; a full turn by default."), -1000, 1000 },
  HOLD,
  END,
};

static const DioParamInfo camera_look_at[] = {
  { "target", DIO_PARAM_STRING, FALSE, N_ ("Node whose middle the camera aims at.") },
  { "look_at", DIO_PARAM_VEC3, FALSE,
    N_ ("Point that the camera aims at in world metres, in place of a target."), -FAR_AWAY,
    FAR_AWAY },
  { "radius_m", DIO_PARAM_DISTRIBUTION, TRUE, N_ ("Distance from the aim in metres."), 1e-6,
    FAR_AWAY },
  { "azimuth_rad", DIO_PARAM_DISTRIBUTION, FALSE,
    N_ ("Where the camera stands, from +x in radians, counter-clockwise seen from above; a full "
        "turn by default."),
    -1000, 1000 },
  { "elevation_rad", DIO_PARAM_DISTRIBUTION, FALSE,
    N_ ("Angle of the camera above the horizon in radians; by default even over the whole sphere's "
        "area."),
    -HALF_PI, HALF_PI },
  { "jitter_m", DIO_PARAM_NUMBER, FALSE,
    N_ ("Half edge in metres of the box in which the aim is moved; 0 by default."), 0, FAR_AWAY },
  { "roll_rad", DIO_PARAM_DISTRIBUTION, FALSE,
    N_ ("Turn about the line of sight in radians; 0 by default."), -1000, 1000 },
  { "focal_length_mm", DIO_PARAM_DISTRIBUTION, FALSE,
    N_ ("Focal length in millimetres; the sensor's own by default."), 0.1, 10000 },
  HOLD,
  END,
};

static const DioParamInfo constraint[] = {
  { "sensor", DIO_PARAM_STRING, TRUE, N_ ("Sensor that must see the targets.") },
  { "min_visibility", DIO_PARAM_NUMBER, FALSE,
    N_ ("Least visible share of each target, from 0 to 1."), 0, 1 },
  { "max_visibility", DIO_PARAM_NUMBER, FALSE,
    N_ ("Largest visible share of each target, from 0 to 1."), 0, 1 },
  { "min_width_px", DIO_PARAM_NUMBER, FALSE, N_ ("Least width of each target's box in pixels."), 0,
    1e6 },
  { "max_width_px", DIO_PARAM_NUMBER, FALSE, N_ ("Largest width of each target's box in pixels."),
    0, 1e6 },
  { "redraw", DIO_PARAM_STRINGS, TRUE,
    N_ ("Ids of the randomizers that draw again while the constraint is not met.") },
  { "attempts", DIO_PARAM_INTEGER, FALSE, N_ ("How often a frame is drawn at most; 16 by default."),
    1, 200 },
  END,
};

static const char *const one_of_surface[] = { "surface", "center", NULL };
static const char *const one_of_assets[] = { "assets", "values", NULL };
static const char *const one_of_aim[] = { "target", "look_at", NULL };

/* The order is that in which an editor offers them. */
static const DioRandomizerInfo table[] = {
  { "position-box", N_ ("Position in box"), N_ ("Puts a node anywhere in a box, evenly by volume."),
    ANY, 1, position_box },
  { "position-plane", N_ ("Position on rectangle"),
    N_ ("Puts a node anywhere on a rectangle, evenly by area."), ANY, 1, position_plane },
  { "position-ring", N_ ("Position on ring"), N_ ("Puts a node on a ring about a middle."), ANY, 1,
    position_ring },
  { "position-shell", N_ ("Position in shell"),
    N_ ("Puts a node at a distance and direction from a middle."), ANY, 1, position_shell },
  { "scatter", N_ ("Scatter on surface"),
    N_ ("Places copies upright on a surface so that no two of them touch."), SOLIDS, 1, scatter,
    one_of_surface },
  { "count", N_ ("Count"), N_ ("Makes copies of a node with all that hangs below it."),
    ANY & ~SENSORS, 1, count },
  { "rotation-yaw", N_ ("Yaw"), N_ ("Turns a node about its parent's z."), ANY, 1, rotation_yaw },
  { "rotation-uniform", N_ ("Any rotation"),
    N_ ("Turns a node any way, evenly over all rotations."), ANY, 1, rotation_uniform },
  { "rotation-euler", N_ ("Yaw, pitch, roll"),
    N_ ("Turns a node by three angles, on top of its own rotation."), ANY, 1, rotation_euler },
  { "scale", N_ ("Scale"), N_ ("Multiplies a node's scale."), SOLIDS, 1, scale },
  { "visibility", N_ ("Visibility"), N_ ("Shows or hides a node with all that hangs below it."),
    ANY & ~SENSORS, 1, visibility },
  { "property", N_ ("Property"), N_ ("Draws any property of a node that may be randomized."), ANY,
    1, property },
  { "asset-choice", N_ ("Model"), N_ ("Chooses which model a node shows."), MODELS, 1, asset_choice,
    one_of_assets },
  { "model-parameter", N_ ("Model parameter"), N_ ("Draws a parameter of a parametric model."),
    MODELS, 1, model_parameter },
  { "material-color", N_ ("Material colour"),
    N_ ("Draws the base colour by hue, saturation and value."), MODELS, 1, material_color },
  { "material-property", N_ ("Material property"), N_ ("Draws one number of a material."), MODELS,
    1, material_property },
  { "texture-choice", N_ ("Texture"), N_ ("Chooses a texture of a material."), MODELS, 1,
    texture_choice },
  { "light-direction", N_ ("Light direction"),
    N_ ("Turns a light so that it comes from a direction; moves the sun of a sky."), LIGHTS, 1,
    light_direction },
  { "light-intensity", N_ ("Light intensity"), N_ ("Draws the strength of a light."), LIGHTS, 1,
    light_intensity },
  { "light-temperature", N_ ("Light temperature"), N_ ("Draws the colour temperature of a light."),
    LIGHTS, 1, light_temperature },
  { "environment-choice", N_ ("Environment"), N_ ("Chooses the picture of an environment light."),
    LIGHTS, 1, environment_choice },
  { "environment-rotation", N_ ("Environment rotation"), N_ ("Turns an environment light about z."),
    LIGHTS, 1, environment_rotation },
  { "camera-look-at", N_ ("Camera looks at"),
    N_ ("Puts a sensor on a shell or an arc about what it aims at."), SENSORS, 1, camera_look_at,
    one_of_aim },
  { "constraint", N_ ("Constraint"),
    N_ ("Draws a frame again until its targets are seen as asked."), SOLIDS, 1, constraint },
};

const DioRandomizerInfo *
dio_randomizer_get_table (guint *n)
{
  g_return_val_if_fail (n != NULL, NULL);
  *n = G_N_ELEMENTS (table);
  return table;
}

const DioRandomizerInfo *
dio_randomizer_find_info (const char *type)
{
  g_return_val_if_fail (type != NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (table[i].type, type))
      return &table[i];
  return NULL;
}

static const DioParamInfo *
find_param_info (const DioRandomizerInfo *info, const char *name)
{
  for (const DioParamInfo *param = info->params; param->name != NULL; param++)
    if (g_str_equal (param->name, name))
      return param;
  return NULL;
}

static void
param_free (gpointer data)
{
  DioRandomizerParam *param = data;
  g_free (param->name);
  dio_distribution_free (param->distribution);
  g_free (param->string);
  g_strfreev (param->strings);
  g_free (param);
}

void
dio_randomizer_free (DioRandomizer *randomizer)
{
  if (randomizer == NULL)
    return;
  g_free (randomizer->id);
  g_free (randomizer->name);
  g_free (randomizer->type);
  g_strfreev (randomizer->targets);
  g_clear_pointer (&randomizer->params, g_ptr_array_unref);
  g_free (randomizer);
}

/* Reading. Every fault is an error with the JSON path of the offending value; reading goes on, so that one
 * load shows all faults. */

static gboolean
has_range (const DioParamInfo *info)
{
  return info->min < info->max;
}

/* As "%g", whatever the locale says about decimal points. */
static const char *
format_number (double number, char buffer[static G_ASCII_DTOSTR_BUF_SIZE])
{
  return g_ascii_formatd (buffer, G_ASCII_DTOSTR_BUF_SIZE, "%g", number);
}

static gboolean
check_range (double min, double max, const DioParamInfo *info, const char *path, DioDiagnostics *d)
{
  if (!has_range (info) || (min >= info->min && max <= info->max))
    return TRUE;
  char from[G_ASCII_DTOSTR_BUF_SIZE], to[G_ASCII_DTOSTR_BUF_SIZE];
  char least[G_ASCII_DTOSTR_BUF_SIZE], most[G_ASCII_DTOSTR_BUF_SIZE];
  format_number (min, from);
  format_number (max, to);
  format_number (info->min, least);
  format_number (info->max, most);
  if (min == max)
    dio_diagnostics_add (d, DIO_SEVERITY_ERROR, "out-of-range", path,
                         "\"%s\" must be %s to %s, is %s", info->name, least, most, from);
  else
    dio_diagnostics_add (d, DIO_SEVERITY_ERROR, "out-of-range", path,
                         "\"%s\" must stay within %s to %s, but can become %s to %s; narrow it",
                         info->name, least, most, from, to);
  return FALSE;
}

static gboolean
wrong_type (const char *path, const char *wanted, DioDiagnostics *d)
{
  dio_diagnostics_add (d, DIO_SEVERITY_ERROR, "wrong-type", path, "this must be %s", wanted);
  return FALSE;
}

static gboolean
read_number (const json_t *json, const char *path, double *out, DioDiagnostics *d)
{
  if (!json_is_number (json))
    return wrong_type (path, "a number", d);
  *out = json_number_value (json);
  return TRUE;
}

static gboolean
read_vec3 (const json_t *json, const char *path, DioVec3 *out, DioDiagnostics *d)
{
  double v[3];
  if (!json_is_array (json) || json_array_size (json) != 3)
    return wrong_type (path, "an array of three numbers", d);
  for (guint i = 0; i < 3; i++) {
    g_autofree char *element = g_strdup_printf ("%s/%u", path, i);
    if (!read_number (json_array_get (json, i), element, &v[i], d))
      return FALSE;
  }
  *out = (DioVec3){ v[0], v[1], v[2] };
  return TRUE;
}

/* A list of strings without doubles, or NULL. */
static GStrv
read_strings (const json_t *json, const char *path, DioDiagnostics *d)
{
  if (!json_is_array (json)) {
    wrong_type (path, "an array of strings", d);
    return NULL;
  }
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < json_array_size (json); i++) {
    const char *text = json_string_value (json_array_get (json, i));
    g_autofree char *element = g_strdup_printf ("%s/%u", path, i);
    if (text == NULL) {
      wrong_type (element, "a string", d);
      return NULL;
    }
    if (!g_hash_table_add (seen, (gpointer) text)) {
      dio_diagnostics_add (d, DIO_SEVERITY_ERROR, "duplicate", element,
                           "\"%s\" stands here twice; remove one", text);
      return NULL;
    }
    g_strv_builder_add (builder, text);
  }
  return g_strv_builder_end (builder);
}

static gboolean
read_distribution (const json_t *json,
                   const DioParamInfo *info,
                   const char *path,
                   DioRandomizerParam *param,
                   DioDiagnostics *d)
{
  param->distribution = dio_distribution_from_json (json, path, d);
  if (param->distribution == NULL)
    return FALSE;
  double min = 0, max = 0;
  dio_distribution_get_range (param->distribution, &min, &max);
  return check_range (min, max, info, path, d);
}

static gboolean
read_value (const json_t *json,
            const DioParamInfo *info,
            const char *path,
            DioRandomizerParam *param,
            DioDiagnostics *d)
{
  DioVec3 v;
  switch (info->type) {
  case DIO_PARAM_DISTRIBUTION:
    return read_distribution (json, info, path, param, d);
  case DIO_PARAM_NUMBER:
    return read_number (json, path, &param->number, d)
           && check_range (param->number, param->number, info, path, d);
  case DIO_PARAM_INTEGER:
    if (!json_is_integer (json))
      return wrong_type (path, "an integer", d);
    param->number = (double) json_integer_value (json);
    return check_range (param->number, param->number, info, path, d);
  case DIO_PARAM_BOOLEAN:
    if (!json_is_boolean (json))
      return wrong_type (path, "true or false", d);
    param->number = json_is_true (json) ? 1 : 0;
    return TRUE;
  case DIO_PARAM_VEC3:
    if (!read_vec3 (json, path, &v, d))
      return FALSE;
    param->vec3 = v;
    return check_range (fmin (v.x, fmin (v.y, v.z)), fmax (v.x, fmax (v.y, v.z)), info, path, d);
  case DIO_PARAM_STRING:
    if (!json_is_string (json))
      return wrong_type (path, "a string", d);
    param->string = g_strdup (json_string_value (json));
    return TRUE;
  case DIO_PARAM_STRINGS:
    param->strings = read_strings (json, path, d);
    if (param->strings != NULL && param->strings[0] == NULL)
      return wrong_type (path, "a list with at least one string", d);
    return param->strings != NULL;
  default:
    g_assert_not_reached ();
  }
}

static void
read_param (const char *key,
            const json_t *json,
            const DioRandomizerInfo *info,
            const char *path,
            DioRandomizer *randomizer,
            DioDiagnostics *d)
{
  g_autofree char *where = g_strdup_printf ("%s/%s", path, key);
  const DioParamInfo *param_info = find_param_info (info, key);
  if (param_info == NULL) {
    dio_diagnostics_add (d, DIO_SEVERITY_ERROR, "unknown-key", where,
                         "a randomizer of type \"%s\" has no \"%s\"; remove it", info->type, key);
    return;
  }
  DioRandomizerParam *param = g_new0 (DioRandomizerParam, 1);
  param->name = g_strdup (key);
  param->type = param_info->type;
  if (read_value (json, param_info, where, param, d))
    g_ptr_array_add (randomizer->params, param);
  else
    param_free (param);
}

static gboolean
is_given (const json_t *json, const char *name)
{
  return json_object_get (json, name) != NULL;
}

/* What must be there together, as far as the table can say it. */
static void
check_complete (const json_t *json,
                const DioRandomizerInfo *info,
                const char *path,
                DioDiagnostics *d)
{
  for (const DioParamInfo *param = info->params; param->name != NULL; param++)
    if (param->required && !is_given (json, param->name))
      dio_diagnostics_add (d, DIO_SEVERITY_ERROR, "missing", path,
                           "a randomizer of type \"%s\" needs \"%s\"; add it", info->type,
                           param->name);
  if (info->one_of == NULL)
    return;
  guint n = 0;
  for (guint i = 0; info->one_of[i] != NULL; i++)
    n += is_given (json, info->one_of[i]) ? 1 : 0;
  g_autofree char *names = g_strjoinv ("\", \"", (char **) info->one_of);
  if (n != 1)
    dio_diagnostics_add (d, DIO_SEVERITY_ERROR, "missing", path,
                         "a randomizer of type \"%s\" needs exactly one of \"%s\"; %u are given",
                         info->type, names, n);
}

/* Rules between parameters that no table can say. */
static void
check_sense (const DioRandomizer *randomizer, const char *path, DioDiagnostics *d)
{
  if (g_str_equal (randomizer->type, "scatter")
      && dio_randomizer_get_param (randomizer, "center") != NULL
      && (dio_randomizer_get_param (randomizer, "size_x_m") == NULL
          || dio_randomizer_get_param (randomizer, "size_y_m") == NULL))
    dio_diagnostics_add (d, DIO_SEVERITY_ERROR, "missing", path,
                         "a scatter about a center needs \"size_x_m\" and \"size_y_m\"; add them");
  const DioRandomizerParam *min = dio_randomizer_get_param (randomizer, "min");
  const DioRandomizerParam *max = dio_randomizer_get_param (randomizer, "max");
  if (min != NULL && max != NULL
      && (min->vec3.x > max->vec3.x || min->vec3.y > max->vec3.y || min->vec3.z > max->vec3.z))
    dio_diagnostics_add (d, DIO_SEVERITY_ERROR, "out-of-range", path,
                         "\"min\" must not lie above \"max\" on any axis");
  const char *frame = dio_randomizer_get_string (randomizer, "frame", "parent");
  if (!g_str_equal (frame, "parent") && !g_str_equal (frame, "world"))
    dio_diagnostics_add (d, DIO_SEVERITY_ERROR, "unknown-value", path,
                         "\"frame\" must be \"parent\" or \"world\", not \"%s\"", frame);
  const DioDistribution *values = dio_randomizer_get_distribution (randomizer, "values");
  if (values != NULL && values->strings == NULL)
    dio_diagnostics_add (d, DIO_SEVERITY_ERROR, "wrong-type", path,
                         "\"values\" must be a choice of strings");
}

static gboolean
is_common_key (const char *key)
{
  static const char *const keys[] = { "id", "type", "name", "enabled", "targets", NULL };
  return g_strv_contains (keys, key);
}

static char *
read_string_member (
    const json_t *json, const char *key, const char *fallback, const char *path, DioDiagnostics *d)
{
  const json_t *member = json_object_get (json, key);
  if (member == NULL && fallback != NULL)
    return g_strdup (fallback);
  if (json_is_string (member) && (fallback != NULL || json_string_length (member) > 0))
    return g_strdup (json_string_value (member));
  g_autofree char *where = g_strdup_printf ("%s/%s", path, key);
  dio_diagnostics_add (d, DIO_SEVERITY_ERROR, member == NULL ? "missing" : "wrong-type", where,
                       "\"%s\" must be a string%s", key, fallback == NULL ? " and not empty" : "");
  return g_strdup (fallback != NULL ? fallback : "");
}

static void
read_targets (const json_t *json,
              const DioRandomizerInfo *info,
              const char *path,
              DioRandomizer *randomizer,
              DioDiagnostics *d)
{
  g_autofree char *where = g_strdup_printf ("%s/targets", path);
  const json_t *targets = json_object_get (json, "targets");
  if (targets != NULL)
    randomizer->targets = read_strings (targets, where, d);
  if (targets == NULL
      || (randomizer->targets != NULL && g_strv_length (randomizer->targets) < info->min_targets))
    dio_diagnostics_add (d, DIO_SEVERITY_ERROR, "missing", where,
                         "a randomizer of type \"%s\" needs at least %u target; name a node's id",
                         info->type, info->min_targets);
  if (randomizer->targets == NULL)
    randomizer->targets = g_new0 (char *, 1);
}

DioRandomizer *
dio_randomizer_from_json (const json_t *json, const char *path, DioDiagnostics *diagnostics)
{
  g_return_val_if_fail (path != NULL && diagnostics != NULL, NULL);
  if (!json_is_object (json)) {
    wrong_type (path, "an object", diagnostics);
    return NULL;
  }
  g_autofree char *type = read_string_member (json, "type", NULL, path, diagnostics);
  const DioRandomizerInfo *info = dio_randomizer_find_info (type);
  if (info == NULL) {
    g_autofree char *where = g_strdup_printf ("%s/type", path);
    if (*type != '\0')
      dio_diagnostics_add (diagnostics, DIO_SEVERITY_ERROR, "unknown-value", where,
                           "there is no randomizer of type \"%s\"; see the manual's list", type);
    return NULL;
  }
  g_autoptr (DioRandomizer) randomizer = g_new0 (DioRandomizer, 1);
  g_atomic_ref_count_init (&randomizer->refs);
  randomizer->params = g_ptr_array_new_with_free_func (param_free);
  randomizer->type = g_steal_pointer (&type);
  randomizer->id = read_string_member (json, "id", NULL, path, diagnostics);
  randomizer->name = read_string_member (json, "name", "", path, diagnostics);
  randomizer->enabled = TRUE;
  const json_t *enabled = json_object_get (json, "enabled");
  if (enabled != NULL && !json_is_boolean (enabled)) {
    g_autofree char *where = g_strdup_printf ("%s/enabled", path);
    wrong_type (where, "true or false", diagnostics);
  } else if (enabled != NULL) {
    randomizer->enabled = json_is_true (enabled);
  }
  read_targets (json, info, path, randomizer, diagnostics);

  const char *key;
  json_t *value;
  json_object_foreach ((json_t *) json, key, value) {
    if (!is_common_key (key))
      read_param (key, value, info, path, randomizer, diagnostics);
  }
  check_complete (json, info, path, diagnostics);
  check_sense (randomizer, path, diagnostics);
  return g_steal_pointer (&randomizer);
}

/* Writing. */

static json_t *
strings_to_json (const char *const *strings)
{
  json_t *array = json_array ();
  for (guint i = 0; strings[i] != NULL; i++)
    json_array_append_new (array, json_string (strings[i]));
  return array;
}

static json_t *
param_to_json (const DioRandomizerParam *param)
{
  switch (param->type) {
  case DIO_PARAM_DISTRIBUTION:
    return dio_distribution_to_json (param->distribution);
  case DIO_PARAM_NUMBER:
    return json_real (param->number);
  case DIO_PARAM_INTEGER:
    return json_integer ((json_int_t) param->number);
  case DIO_PARAM_BOOLEAN:
    return json_boolean (param->number != 0);
  case DIO_PARAM_VEC3:
    return json_pack ("[fff]", param->vec3.x, param->vec3.y, param->vec3.z);
  case DIO_PARAM_STRING:
    return json_string (param->string);
  case DIO_PARAM_STRINGS:
    return strings_to_json ((const char *const *) param->strings);
  default:
    g_assert_not_reached ();
  }
}

json_t *
dio_randomizer_to_json (const DioRandomizer *randomizer)
{
  g_return_val_if_fail (randomizer != NULL, NULL);
  json_t *json = json_object ();
  json_object_set_new (json, "id", json_string (randomizer->id));
  json_object_set_new (json, "type", json_string (randomizer->type));
  if (*randomizer->name != '\0')
    json_object_set_new (json, "name", json_string (randomizer->name));
  if (!randomizer->enabled)
    json_object_set_new (json, "enabled", json_false ());
  json_object_set_new (json, "targets",
                       strings_to_json ((const char *const *) randomizer->targets));
  for (guint i = 0; i < randomizer->params->len; i++) {
    const DioRandomizerParam *param = g_ptr_array_index (randomizer->params, i);
    json_object_set_new (json, param->name, param_to_json (param));
  }
  return json;
}

/* The schema. It stands as one resource with its own $id, so that its definition of a distribution is found
 * wherever the schema is put. */

static json_t *
param_to_schema (const DioParamInfo *info)
{
  json_t *schema = NULL;
  switch (info->type) {
  case DIO_PARAM_DISTRIBUTION:
    schema = json_pack ("{s:s}", "$ref", "#/$defs/distribution");
    break;
  case DIO_PARAM_NUMBER:
  case DIO_PARAM_INTEGER:
    schema = json_pack ("{s:s}", "type", info->type == DIO_PARAM_NUMBER ? "number" : "integer");
    if (has_range (info))
      json_object_update_new (schema,
                              json_pack ("{s:f,s:f}", "minimum", info->min, "maximum", info->max));
    break;
  case DIO_PARAM_BOOLEAN:
    schema = json_pack ("{s:s}", "type", "boolean");
    break;
  case DIO_PARAM_VEC3:
    schema = json_pack ("{s:s,s:{s:s},s:i,s:i}", "type", "array", "items", "type", "number",
                        "minItems", 3, "maxItems", 3);
    break;
  case DIO_PARAM_STRING:
    schema = json_pack ("{s:s}", "type", "string");
    break;
  case DIO_PARAM_STRINGS:
    schema = json_pack ("{s:s,s:{s:s},s:i,s:b}", "type", "array", "items", "type", "string",
                        "minItems", 1, "uniqueItems", 1);
    break;
  default:
    g_assert_not_reached ();
  }
  json_object_set_new (schema, "description", json_string (info->help));
  return schema;
}

static json_t *
one_of_to_schema (const char *const *names)
{
  json_t *alternatives = json_array ();
  for (guint i = 0; names[i] != NULL; i++)
    json_array_append_new (alternatives, json_pack ("{s:[s]}", "required", names[i]));
  return alternatives;
}

static json_t *
info_to_schema (const DioRandomizerInfo *info)
{
  json_t *properties =
      json_pack ("{s:{s:s},s:{s:s,s:i},s:{s:s},s:{s:s},s:{s:s,s:{s:s},s:i,s:b}}", "type", "const",
                 info->type, "id", "type", "string", "minLength", 1, "name", "type", "string",
                 "enabled", "type", "boolean", "targets", "type", "array", "items", "type",
                 "string", "minItems", (int) info->min_targets, "uniqueItems", 1);
  json_t *required = json_pack ("[sss]", "id", "type", "targets");
  for (const DioParamInfo *param = info->params; param->name != NULL; param++) {
    json_object_set_new (properties, param->name, param_to_schema (param));
    if (param->required)
      json_array_append_new (required, json_string (param->name));
  }
  json_t *schema =
      json_pack ("{s:s,s:s,s:o,s:o,s:b}", "type", "object", "description", info->help, "properties",
                 properties, "required", required, "additionalProperties", 0);
  if (info->one_of != NULL)
    json_object_set_new (schema, "oneOf", one_of_to_schema (info->one_of));
  return schema;
}

json_t *
dio_randomizer_to_schema (void)
{
  json_t *types = json_array ();
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    json_array_append_new (types, info_to_schema (&table[i]));
  return json_pack ("{s:s,s:{s:o},s:o}", "$id", "randomizer", "$defs", "distribution",
                    dio_distribution_to_schema (), "oneOf", types);
}

/* Parameters of an instance. */

const DioRandomizerParam *
dio_randomizer_get_param (const DioRandomizer *randomizer, const char *name)
{
  g_return_val_if_fail (randomizer != NULL && name != NULL, NULL);
  for (guint i = 0; i < randomizer->params->len; i++) {
    const DioRandomizerParam *param = g_ptr_array_index (randomizer->params, i);
    if (g_str_equal (param->name, name))
      return param;
  }
  return NULL;
}

static const DioRandomizerParam *
find_typed (const DioRandomizer *randomizer, const char *name, DioParamType type)
{
  const DioRandomizerParam *param = dio_randomizer_get_param (randomizer, name);
  return param != NULL && param->type == type ? param : NULL;
}

const DioDistribution *
dio_randomizer_get_distribution (const DioRandomizer *randomizer, const char *name)
{
  const DioRandomizerParam *param = find_typed (randomizer, name, DIO_PARAM_DISTRIBUTION);
  return param != NULL ? param->distribution : NULL;
}

double
dio_randomizer_get_number (const DioRandomizer *randomizer, const char *name, double fallback)
{
  const DioRandomizerParam *param = dio_randomizer_get_param (randomizer, name);
  if (param == NULL
      || (param->type != DIO_PARAM_NUMBER && param->type != DIO_PARAM_INTEGER
          && param->type != DIO_PARAM_BOOLEAN))
    return fallback;
  return param->number;
}

guint
dio_randomizer_get_integer (const DioRandomizer *randomizer, const char *name, guint fallback)
{
  double number = dio_randomizer_get_number (randomizer, name, fallback);
  return number >= 0 && number <= G_MAXUINT ? (guint) number : fallback;
}

DioVec3
dio_randomizer_get_vec3 (const DioRandomizer *randomizer, const char *name, DioVec3 fallback)
{
  const DioRandomizerParam *param = find_typed (randomizer, name, DIO_PARAM_VEC3);
  return param != NULL ? param->vec3 : fallback;
}

const char *
dio_randomizer_get_string (const DioRandomizer *randomizer, const char *name, const char *fallback)
{
  const DioRandomizerParam *param = find_typed (randomizer, name, DIO_PARAM_STRING);
  return param != NULL ? param->string : fallback;
}

const char *const *
dio_randomizer_get_strings (const DioRandomizer *randomizer, const char *name)
{
  const DioRandomizerParam *param = find_typed (randomizer, name, DIO_PARAM_STRINGS);
  return param != NULL ? (const char *const *) param->strings : NULL;
}
