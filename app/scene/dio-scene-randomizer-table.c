#define G_LOG_DOMAIN "dio-scene"

#include "dio-scene-randomizer-params-private.h"
#include "dio-scene-randomizer-private.h"

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

static const DioParamInfo position_box[] = {
  { "min", DIO_PARAM_VEC3, TRUE, N_ ("Lower corner of the box in metres."), -FAR_AWAY, FAR_AWAY },
  { "max", DIO_PARAM_VEC3, TRUE, N_ ("Upper corner of the box in metres."), -FAR_AWAY, FAR_AWAY },
  FRAME,
  HOLD,
  EACH,
  EVEN,
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
  EACH,
  EVEN,
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
  EACH,
  EVEN,
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
  EACH,
  EVEN,
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
  EACH,
  END,
};

static const DioParamInfo rotation_yaw[] = {
  { "yaw_rad", DIO_PARAM_DISTRIBUTION, TRUE,
    N_ ("Turn about the parent's z in radians, on top of the node's own rotation."), -1000, 1000 },
  HOLD,
  EACH,
  EVEN,
  END,
};

static const DioParamInfo rotation_uniform[] = {
  HOLD,
  EACH,
  EVEN,
  END,
};

static const DioParamInfo rotation_euler[] = {
  { "yaw_rad", DIO_PARAM_DISTRIBUTION, FALSE, N_ ("Turn about z in radians."), -1000, 1000 },
  { "pitch_rad", DIO_PARAM_DISTRIBUTION, FALSE, N_ ("Then about the turned y in radians."), -1000,
    1000 },
  { "roll_rad", DIO_PARAM_DISTRIBUTION, FALSE, N_ ("Then about the turned x in radians."), -1000,
    1000 },
  HOLD,
  EACH,
  EVEN,
  END,
};

static const DioParamInfo scale[] = {
  { "factor", DIO_PARAM_DISTRIBUTION, TRUE, N_ ("Factor on all three scales of the node."), 1e-6,
    1e6 },
  HOLD,
  EACH,
  EVEN,
  END,
};

static const DioParamInfo count[] = {
  { "count", DIO_PARAM_DISTRIBUTION, TRUE,
    N_ ("How many of the node with all below it; 0 hides it. Later randomizers draw for each "
        "copy."),
    0, 4096 },
  HOLD,
  EACH,
  EVEN,
  END,
};

static const DioParamInfo property[] = {
  { "property", DIO_PARAM_STRING, TRUE,
    N_ ("Path of the property below the node, such as \"light/intensity\".") },
  { "value", DIO_PARAM_DISTRIBUTION, TRUE,
    N_ ("Its value in the property's own unit; a choice of strings for names and assets.") },
  HOLD,
  EACH,
  EVEN,
  TOGETHER,
  END,
};

static const DioParamInfo asset_choice[] = {
  { "assets", DIO_PARAM_STRINGS, FALSE, N_ ("Ids of model assets, equally likely.") },
  { "values", DIO_PARAM_DISTRIBUTION, FALSE,
    N_ ("A choice of strings with weights: asset ids or \"parametric:KIND\".") },
  FOLDER,
  TAG,
  HOLD,
  EACH,
  EVEN,
  TOGETHER,
  END,
};

static const DioParamInfo model_parameter[] = {
  { "parameter", DIO_PARAM_STRING, TRUE, N_ ("Name of the parametric model's parameter.") },
  { "value", DIO_PARAM_DISTRIBUTION, TRUE, N_ ("Its value in the parameter's own unit.") },
  HOLD,
  EACH,
  EVEN,
  TOGETHER,
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
  EACH,
  EVEN,
  TOGETHER,
  END,
};

static const DioParamInfo material_property[] = {
  SLOT,
  { "property", DIO_PARAM_STRING, TRUE,
    N_ ("Property of the material: \"roughness\", \"metallic\", \"normal_scale\", ...") },
  { "value", DIO_PARAM_DISTRIBUTION, TRUE, N_ ("Its value in the property's own unit.") },
  HOLD,
  EACH,
  EVEN,
  TOGETHER,
  END,
};

static const DioParamInfo texture_choice[] = {
  SLOT,
  { "channel", DIO_PARAM_STRING, FALSE,
    N_ ("\"base_color\" (default), \"metallic_roughness\", \"normal\", \"occlusion\" or "
        "\"emissive\".") },
  { "textures", DIO_PARAM_STRINGS, FALSE,
    N_ ("Ids of texture assets or \"procedural:NAME\", equally likely; \"\" for none.") },
  FOLDER,
  TAG,
  HOLD,
  EACH,
  EVEN,
  TOGETHER,
  END,
};

static const DioParamInfo visibility[] = {
  { "probability", DIO_PARAM_NUMBER, TRUE, N_ ("Probability that the node shows."), 0, 1 },
  HOLD,
  EACH,
  EVEN,
  TOGETHER,
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
  EACH,
  EVEN,
  END,
};

static const DioParamInfo light_intensity[] = {
  { "intensity", DIO_PARAM_DISTRIBUTION, TRUE,
    N_ ("Lux of a sun, candela of a point or spot, nits of a rectangle, factor of an environment."),
    0, 1e9 },
  HOLD,
  EACH,
  EVEN,
  END,
};

static const DioParamInfo light_temperature[] = {
  { "temperature_k", DIO_PARAM_DISTRIBUTION, TRUE, N_ ("Colour temperature in kelvin."), 1000,
    40000 },
  HOLD,
  EACH,
  EVEN,
  END,
};

static const DioParamInfo environment_choice[] = {
  { "environments", DIO_PARAM_STRINGS, FALSE,
    N_ ("Ids of environment assets or \"procedural:NAME\", equally likely.") },
  FOLDER,
  TAG,
  HOLD,
  EACH,
  EVEN,
  END,
};

static const DioParamInfo background_choice[] = {
  { "pictures", DIO_PARAM_STRINGS, FALSE,
    N_ ("Ids of texture assets or \"procedural:NAME\", equally likely; \"\" for none.") },
  FOLDER,
  TAG,
  HOLD,
  EACH,
  EVEN,
  END,
};

static const DioParamInfo table_column[] = {
  { "property", DIO_PARAM_STRING, TRUE,
    N_ ("Path of the property below the node, such as \"light/intensity\".") },
  { "file", DIO_PARAM_STRING, FALSE,
    N_ ("CSV file beside the scenario; its first line names the columns. A job reads it once, "
        "when it begins.") },
  { "columns", DIO_PARAM_STRINGS, FALSE,
    N_ ("Name of the column, in the property's own unit; of a vector one column for each "
        "number.") },
  { "rows", DIO_PARAM_ROWS, FALSE,
    N_ ("The values themselves, frame after frame, in place of a file.") },
  { "at_end", DIO_PARAM_STRING, FALSE,
    N_ ("\"repeat\" (default): behind the last row comes the first; \"stop\": a job "
        "with more frames is refused.") },
  HOLD,
  EACH,
  END,
};

static const DioParamInfo environment_rotation[] = {
  { "yaw_rad", DIO_PARAM_DISTRIBUTION, FALSE,
    N_ ("Turn of the environment about z in radians; a full turn by default."), -1000, 1000 },
  HOLD,
  EACH,
  EVEN,
  END,
};

static const DioParamInfo camera_look_at[] = {
  { "target", DIO_PARAM_STRING, FALSE, N_ ("Node whose middle the camera aims at.") },
  { "look_at", DIO_PARAM_VEC3, FALSE,
    N_ ("Point that the camera aims at in world metres, in place of a target."), -FAR_AWAY,
    FAR_AWAY },
  { "radius_m", DIO_PARAM_DISTRIBUTION, FALSE,
    N_ ("Distance from the aim in metres; without it the sensor keeps its place and only turns."),
    1e-6, FAR_AWAY },
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
  EACH,
  EVEN,
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

static const DioParamInfo show_one[] = {
  WEIGHTS,
  { "probability", DIO_PARAM_NUMBER, FALSE,
    N_ ("Probability that one of them shows; 1 by default. Else all are hidden."), 0, 1 },
  HOLD,
  EACH,
  EVEN,
  END,
};

static const DioParamInfo occlude[] = {
  { "sensor", DIO_PARAM_STRING, TRUE, N_ ("Sensor whose view it is.") },
  { "hidden", DIO_PARAM_STRING, TRUE, N_ ("Model that is to be hidden in part; it stays.") },
  { "visibility", DIO_PARAM_RANGES, TRUE,
    N_ ("Ranges of the visible share from 0 to 1. One is drawn by weight, and tries go on until "
        "the "
        "share lies in it."),
    0, 1 },
  WEIGHTS,
  { "along", DIO_PARAM_DISTRIBUTION, FALSE,
    N_ ("Where on the line it stands, from 0 at the sensor to 1 at what it hides; 0.2 to 0.9 by "
        "default."),
    0.02, 0.98 },
  { "offset", DIO_PARAM_DISTRIBUTION, FALSE,
    N_ ("How far its middle first lies beside the line, right is positive, in radii of what it "
        "hides as the sensor sees them; -1.5 to 1.5 by default. Tries move it further."),
    -100, 100 },
  { "yaw_rad", DIO_PARAM_DISTRIBUTION, FALSE,
    N_ ("Turn about the vertical in radians; at 0 its front faces the sensor. Its own rotation by "
        "default."),
    -1000, 1000 },
  { "grounded", DIO_PARAM_BOOLEAN, FALSE,
    N_ ("Whether it keeps its height and only moves level; it does by default. Else its middle "
        "comes to the line itself.") },
  { "others", DIO_PARAM_STRING, FALSE,
    N_ ("\"hide\" (default) hides the targets that are not chosen, \"keep\" leaves them as they "
        "are.") },
  { "attempts", DIO_PARAM_INTEGER, FALSE, N_ ("How many places are tried at most; 32 by default."),
    1, 200 },
  HOLD,
  EACH,
  EVEN,
  END,
};

static const char *const one_of_surface[] = { "surface", "center", NULL };
static const char *const one_of_assets[] = { "assets", "values", "folder", "tag", NULL };
static const char *const one_of_textures[] = { "textures", "folder", "tag", NULL };
static const char *const one_of_environments[] = { "environments", "folder", "tag", NULL };
static const char *const one_of_pictures[] = { "pictures", "folder", "tag", NULL };
static const char *const one_of_table[] = { "file", "rows", NULL };
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
  { "show-one", N_ ("Show One"), N_ ("Shows one of several nodes, or none, and hides the others."),
    ANY & ~SENSORS, 1, show_one },
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
    texture_choice, one_of_textures },
  { "light-direction", N_ ("Light direction"),
    N_ ("Turns a light so that it comes from a direction; moves the sun of a sky."), LIGHTS, 1,
    light_direction },
  { "light-intensity", N_ ("Light intensity"), N_ ("Draws the strength of a light."), LIGHTS, 1,
    light_intensity },
  { "light-temperature", N_ ("Light temperature"), N_ ("Draws the colour temperature of a light."),
    LIGHTS, 1, light_temperature },
  { "environment-choice", N_ ("Environment"), N_ ("Chooses the picture of an environment light."),
    LIGHTS, 1, environment_choice, one_of_environments },
  { "environment-rotation", N_ ("Environment rotation"), N_ ("Turns an environment light about z."),
    LIGHTS, 1, environment_rotation },
  { "background-choice", N_ ("Background picture"),
    N_ ("Chooses the picture behind everything that a sensor sees."), SENSORS, 1, background_choice,
    one_of_pictures },
  { "table-column", N_ ("Column of a table"),
    N_ ("Takes a property's values from a CSV file, one row for each frame."), ANY, 1, table_column,
    one_of_table },
  { "motion-path", N_ ("Move on a path"),
    N_ ("Moves a node through the steps of a sequence from key to key."), ANY, 1,
    dio_motion_path_params },
  { "motion-drive", N_ ("Drive on"),
    N_ ("Moves a node through the steps of a sequence at a drawn speed, straight or in a curve, "
        "from where it stands."),
    ANY, 1, dio_motion_drive_params },
  { "motion-waypoints", N_ ("Wander"),
    N_ ("Moves a node through the steps of a sequence between points drawn in a box, from where it "
        "stands."),
    ANY, 1, dio_motion_waypoints_params },
  { "camera-look-at", N_ ("Camera looks at"),
    N_ ("Puts a sensor on a shell or an arc about what it aims at."), SENSORS, 1, camera_look_at,
    one_of_aim },
  { "occlude", N_ ("Hide in Part"),
    N_ ("Puts one of several nodes into the line of sight, after all else is drawn, until the "
        "wanted "
        "share of an object is seen."),
    SOLIDS, 1, occlude },
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
