#define G_LOG_DOMAIN "dio-scene"

/* The one table of what a node has. Ranges are those that the document accepts; what depends on two values
 * stands in dio-scene-validate-node.c. */

#include "dio-core-math.h"
#include "dio-scene-property-private.h"

#include <glib/gi18n-lib.h>

const char *const dio_node_kind_names[] = { "group", "model", "light", "sensor", NULL };
const char *const dio_group_label_names[] = { "own", "include", "exclude", NULL };
static const char *const light_kind_names[] = { "sun",         "point", "spot", "rect",
                                                "environment", "sky",   NULL };
static const char *const tone_names[] = { "linear", "filmic", "aces", "agx", NULL };
static const char *const chroma_names[] = { "4:2:0", "4:4:4", NULL };
static const char *const backdrop_fit_names[] = { "crop", "fit", NULL };
static const char *const alpha_mode_names[] = { "opaque", "mask", "blend", NULL };
static const char *const label_surface_names[] = { "auto", "surface", "through", NULL };

#define TEXT_BYTES 1024

#define GROUP (1u << DIO_NODE_GROUP)
#define MODEL (1u << DIO_NODE_MODEL)
#define LIGHT (1u << DIO_NODE_LIGHT)
#define SENSOR (1u << DIO_NODE_SENSOR)
#define ANY_KIND (GROUP | MODEL | LIGHT | SENSOR)

#define FIXED 0
#define RANDOM DIO_PROPERTY_RANDOMIZABLE
#define MOVING (DIO_PROPERTY_RANDOMIZABLE | DIO_PROPERTY_ANIMATABLE)

#define ON(kinds_, flags_, dirties_)                                                               \
  .info.kinds = (kinds_), .info.flags = (flags_), .info.dirties = (dirties_)

static const char *
check_id (const char *text)
{
  return dio_id_is_valid (text) ? NULL : "must be 1 to 64 characters of A-Z a-z 0-9 _ . -";
}

#define ID_RULE .check_text_cb = check_id, .pattern = "^[A-Za-z0-9_.-]{1,64}$"

#define STRUCT DioNode
#define ALL_DIRTY (DIO_DIRTY_TRANSFORM | DIO_DIRTY_GEOMETRY | DIO_DIRTY_MATERIAL | DIO_DIRTY_LABELS)

static const DioField node_fields[] = {
  { DIO_FIELD_TEXT ("name", N_ ("Name"), name, TEXT_BYTES, ""), ON (ANY_KIND, FIXED, 0) },
  { DIO_FIELD_TEXT ("parent", N_ ("Parent"), parent, DIO_ID_MAX_LENGTH, NULL),
    ON (ANY_KIND, FIXED, DIO_DIRTY_TRANSFORM | DIO_DIRTY_LABELS), .rules = DIO_FIELD_NULLABLE,
    ID_RULE },
  { DIO_FIELD_VECTOR (
        3, "translation", N_ ("Position"), "m", parent_from_node.translation_m, -1e6, 1e6, 0, 0, 0),
    ON (ANY_KIND, MOVING, DIO_DIRTY_TRANSFORM) },
  { DIO_FIELD_VECTOR (4,
                      "rotation",
                      N_ ("Rotation (w, x, y, z)"),
                      "",
                      parent_from_node.q_wxyz,
                      -1e3,
                      1e3,
                      1,
                      0,
                      0,
                      0),
    ON (ANY_KIND, MOVING, DIO_DIRTY_TRANSFORM), .info.default_value = 0 },
  { DIO_FIELD_VECTOR (3, "scale", N_ ("Scale"), "", parent_from_node.scale, -1e6, 1e6, 1, 1, 1),
    ON (ANY_KIND, MOVING, DIO_DIRTY_TRANSFORM), .info.default_value = 1 },
  { DIO_FIELD_BOOLEAN ("visible", N_ ("Visible"), visible, TRUE),
    ON (ANY_KIND, MOVING, DIO_DIRTY_GEOMETRY | DIO_DIRTY_LIGHT | DIO_DIRTY_LABELS) },
  { DIO_FIELD_BOOLEAN ("own_instance", N_ ("Own instance"), own_instance, FALSE),
    ON (GROUP | MODEL, FIXED, DIO_DIRTY_LABELS) },
  { DIO_FIELD_TEXT ("category", N_ ("Category"), category, DIO_ID_MAX_LENGTH, NULL),
    ON (GROUP | MODEL, RANDOM, DIO_DIRTY_LABELS), .rules = DIO_FIELD_NULLABLE, ID_RULE },
  { DIO_FIELD_INTEGER ("layer", N_ ("Layer"), "", layer, -32768, 32767, 0),
    ON (GROUP | MODEL, FIXED, DIO_DIRTY_LABELS) },
  { DIO_FIELD_BOOLEAN ("crowd", N_ ("Crowd"), crowd, FALSE), ON (GROUP, FIXED, DIO_DIRTY_LABELS) },

  { DIO_FIELD_TEXT ("model/asset", N_ ("Asset"), model.asset, DIO_ID_MAX_LENGTH, NULL),
    ON (MODEL, RANDOM, ALL_DIRTY), .rules = DIO_FIELD_NULLABLE, ID_RULE },
  { DIO_FIELD_TEXT (
        "model/parametric", N_ ("Parametric model"), model.parametric, DIO_ID_MAX_LENGTH, NULL),
    ON (MODEL, RANDOM, ALL_DIRTY), .rules = DIO_FIELD_NULLABLE },

  { DIO_FIELD_NUMBER ("model/glows_below_sun_rad",
                      N_ ("Glows below sun"),
                      "rad",
                      model.glows_below_sun_rad,
                      -DIO_PI / 2,
                      DIO_PI / 2,
                      DIO_PI / 2),
    ON (MODEL, MOVING, DIO_DIRTY_MATERIAL) },

  { DIO_FIELD_ENUM ("light/kind", N_ ("Kind"), light.kind, light_kind_names, DIO_LIGHT_POINT),
    ON (LIGHT, FIXED, DIO_DIRTY_LIGHT), .rules = DIO_FIELD_REQUIRED | DIO_FIELD_ALWAYS },
  { DIO_FIELD_VECTOR (3, "light/color", N_ ("Colour"), "", light.color, 0, 1e3, 1, 1, 1),
    ON (LIGHT, MOVING, DIO_DIRTY_LIGHT), .info.default_value = 1 },
  { DIO_FIELD_NUMBER (
        "light/temperature_k", N_ ("Colour temperature"), "K", light.temperature_k, 0, 40000, 0),
    ON (LIGHT, MOVING, DIO_DIRTY_LIGHT) },
  { DIO_FIELD_NUMBER ("light/intensity", N_ ("Intensity"), "", light.intensity, 0, 1e9, 1),
    ON (LIGHT, MOVING, DIO_DIRTY_LIGHT) },
  { DIO_FIELD_NUMBER ("light/angular_diameter_rad",
                      N_ ("Angular diameter"),
                      "rad",
                      light.angular_diameter_rad,
                      0,
                      1,
                      0.0093),
    ON (LIGHT, RANDOM, DIO_DIRTY_LIGHT) },
  { DIO_FIELD_NUMBER (
        "light/inner_cone_rad", N_ ("Inner cone"), "rad", light.inner_cone_rad, 0, DIO_PI / 2, 0.3),
    ON (LIGHT, MOVING, DIO_DIRTY_LIGHT) },
  { DIO_FIELD_NUMBER (
        "light/outer_cone_rad", N_ ("Outer cone"), "rad", light.outer_cone_rad, 0, DIO_PI / 2, 0.5),
    ON (LIGHT, MOVING, DIO_DIRTY_LIGHT), .rules = DIO_FIELD_POSITIVE },
  { DIO_FIELD_NUMBER ("light/width_m", N_ ("Width"), "m", light.width_m, 0, 1e4, 1),
    ON (LIGHT, RANDOM, DIO_DIRTY_LIGHT), .rules = DIO_FIELD_POSITIVE },
  { DIO_FIELD_NUMBER ("light/height_m", N_ ("Height"), "m", light.height_m, 0, 1e4, 1),
    ON (LIGHT, RANDOM, DIO_DIRTY_LIGHT), .rules = DIO_FIELD_POSITIVE },
  { DIO_FIELD_BOOLEAN ("light/casts_shadow", N_ ("Casts shadows"), light.casts_shadow, TRUE),
    ON (LIGHT, FIXED, DIO_DIRTY_LIGHT) },
  { DIO_FIELD_TEXT (
        "light/environment", N_ ("Environment"), light.environment, DIO_ID_MAX_LENGTH + 16, ""),
    ON (LIGHT, RANDOM, DIO_DIRTY_LIGHT) },
  { DIO_FIELD_BOOLEAN (
        "light/background_visible", N_ ("Seen as background"), light.background_visible, TRUE),
    ON (LIGHT, FIXED, DIO_DIRTY_LIGHT) },
  { DIO_FIELD_NUMBER ("light/sun_elevation_rad",
                      N_ ("Sun elevation"),
                      "rad",
                      light.sun_elevation_rad,
                      -0.35,
                      DIO_PI / 2,
                      0.7),
    ON (LIGHT, MOVING, DIO_DIRTY_LIGHT) },
  { DIO_FIELD_NUMBER ("light/sun_azimuth_rad",
                      N_ ("Sun azimuth"),
                      "rad",
                      light.sun_azimuth_rad,
                      -2 * DIO_PI,
                      2 * DIO_PI,
                      0),
    ON (LIGHT, MOVING, DIO_DIRTY_LIGHT) },
  { DIO_FIELD_NUMBER ("light/turbidity", N_ ("Turbidity"), "", light.turbidity, 2, 10, 3),
    ON (LIGHT, MOVING, DIO_DIRTY_LIGHT) },
  { DIO_FIELD_NUMBER (
        "light/ground_albedo", N_ ("Ground albedo"), "", light.ground_albedo, 0, 1, 0.2),
    ON (LIGHT, RANDOM, DIO_DIRTY_LIGHT) },

  { DIO_FIELD_NUMBER ("light/visibility_m", N_ ("Visibility"), "m", light.visibility_m, 0, 1e6, 0),
    ON (LIGHT, MOVING, DIO_DIRTY_LIGHT) },
  { DIO_FIELD_NUMBER (
        "light/fog_height_m", N_ ("Fog height"), "m", light.fog_height_m, 1, 1e5, 1200),
    ON (LIGHT, MOVING, DIO_DIRTY_LIGHT) },
  { DIO_FIELD_NUMBER ("light/on_below_sun_rad",
                      N_ ("Burns below sun"),
                      "rad",
                      light.on_below_sun_rad,
                      -DIO_PI / 2,
                      DIO_PI / 2,
                      DIO_PI / 2),
    ON (LIGHT, MOVING, DIO_DIRTY_LIGHT) },

  { DIO_FIELD_INTEGER ("sensor/width", N_ ("Width"), "px", sensor.width_px, 1, 16384, 640),
    ON (SENSOR, FIXED, DIO_DIRTY_CAMERA), .rules = DIO_FIELD_ALWAYS },
  { DIO_FIELD_INTEGER ("sensor/height", N_ ("Height"), "px", sensor.height_px, 1, 16384, 480),
    ON (SENSOR, FIXED, DIO_DIRTY_CAMERA), .rules = DIO_FIELD_ALWAYS },
  { DIO_FIELD_NUMBER ("sensor/fx", N_ ("Focal length x"), "px", sensor.fx, 0, 1e8, 0),
    ON (SENSOR, MOVING, DIO_DIRTY_CAMERA),
    .rules = DIO_FIELD_K | DIO_FIELD_ALWAYS | DIO_FIELD_POSITIVE },
  { DIO_FIELD_NUMBER ("sensor/fy", N_ ("Focal length y"), "px", sensor.fy, 0, 1e8, 0),
    ON (SENSOR, MOVING, DIO_DIRTY_CAMERA),
    .rules = DIO_FIELD_K | DIO_FIELD_ALWAYS | DIO_FIELD_POSITIVE },
  { DIO_FIELD_NUMBER ("sensor/cx", N_ ("Principal point x"), "px", sensor.cx, -1e6, 1e6, 0),
    ON (SENSOR, MOVING, DIO_DIRTY_CAMERA), .rules = DIO_FIELD_K | DIO_FIELD_ALWAYS },
  { DIO_FIELD_NUMBER ("sensor/cy", N_ ("Principal point y"), "px", sensor.cy, -1e6, 1e6, 0),
    ON (SENSOR, MOVING, DIO_DIRTY_CAMERA), .rules = DIO_FIELD_K | DIO_FIELD_ALWAYS },
  { DIO_FIELD_NUMBER (
        "sensor/focal_length_mm", N_ ("Focal length"), "mm", sensor.focal_length_mm, 0.01, 1e5, 35),
    ON (SENSOR, MOVING, DIO_DIRTY_CAMERA), .rules = DIO_FIELD_LENS },
  { DIO_FIELD_NUMBER (
        "sensor/sensor_width_mm", N_ ("Sensor width"), "mm", sensor.sensor_width_mm, 0.01, 1e5, 36),
    ON (SENSOR, RANDOM, DIO_DIRTY_CAMERA), .rules = DIO_FIELD_LENS },
  { DIO_FIELD_NUMBER ("sensor/near_m", N_ ("Near plane"), "m", sensor.near_m, 1e-5, 1e6, 0.05),
    ON (SENSOR, FIXED, DIO_DIRTY_CAMERA) },
  { DIO_FIELD_NUMBER ("sensor/far_m", N_ ("Far plane"), "m", sensor.far_m, 1e-4, 1e8, 1000),
    ON (SENSOR, FIXED, DIO_DIRTY_CAMERA) },
  { DIO_FIELD_NUMBER (
        "sensor/exposure_ev100", N_ ("Exposure"), "EV100", sensor.exposure_ev100, -20, 30, 10),
    ON (SENSOR, MOVING, DIO_DIRTY_CAMERA) },
  { DIO_FIELD_BOOLEAN (
        "sensor/auto_exposure", N_ ("Automatic exposure"), sensor.auto_exposure, FALSE),
    ON (SENSOR, MOVING, DIO_DIRTY_CAMERA) },
  { DIO_FIELD_NUMBER ("sensor/exposure_compensation_ev",
                      N_ ("Exposure compensation"),
                      "EV",
                      sensor.exposure_compensation_ev,
                      -10,
                      10,
                      0),
    ON (SENSOR, MOVING, DIO_DIRTY_CAMERA) },
  { DIO_FIELD_ENUM ("sensor/tone", N_ ("Tone curve"), sensor.tone, tone_names, DIO_TONE_FILMIC),
    ON (SENSOR, RANDOM, DIO_DIRTY_CAMERA) },
  { DIO_FIELD_NUMBER (
        "sensor/max_depth_m", N_ ("Range of depth files"), "m", sensor.max_depth_m, 0, 1e6, 100),
    ON (SENSOR, FIXED, DIO_DIRTY_CAMERA), .rules = DIO_FIELD_POSITIVE },
  { DIO_FIELD_NUMBER (
        "sensor/softness_px", N_ ("Softness"), "px", sensor.effects.softness_px, 0, 16, 0),
    ON (SENSOR, MOVING, DIO_DIRTY_CAMERA) },
  { DIO_FIELD_NUMBER (
        "sensor/defocus_px", N_ ("Defocus"), "px", sensor.effects.defocus_px, 0, 64, 0),
    ON (SENSOR, MOVING, DIO_DIRTY_CAMERA) },
  { DIO_FIELD_NUMBER (
        "sensor/motion_px", N_ ("Motion blur"), "px", sensor.effects.motion_px, 0, 128, 0),
    ON (SENSOR, MOVING, DIO_DIRTY_CAMERA) },
  { DIO_FIELD_NUMBER ("sensor/motion_angle_rad",
                      N_ ("Motion direction"),
                      "rad",
                      sensor.effects.motion_angle_rad,
                      -2 * DIO_PI,
                      2 * DIO_PI,
                      0),
    ON (SENSOR, MOVING, DIO_DIRTY_CAMERA) },
  { DIO_FIELD_NUMBER (
        "sensor/vignette_ev", N_ ("Vignette"), "EV", sensor.effects.vignette_ev, 0, 5, 0),
    ON (SENSOR, MOVING, DIO_DIRTY_CAMERA) },
  { DIO_FIELD_NUMBER ("sensor/electrons_at_white",
                      N_ ("Electrons at white"),
                      "e",
                      sensor.effects.electrons_at_white,
                      0,
                      1e6,
                      0),
    ON (SENSOR, MOVING, DIO_DIRTY_CAMERA) },
  { DIO_FIELD_NUMBER (
        "sensor/read_noise_e", N_ ("Read noise"), "e", sensor.effects.read_noise_e, 0, 1e3, 2),
    ON (SENSOR, MOVING, DIO_DIRTY_CAMERA) },
  { DIO_FIELD_NUMBER (
        "sensor/row_noise_e", N_ ("Row noise"), "e", sensor.effects.row_noise_e, 0, 1e3, 0),
    ON (SENSOR, MOVING, DIO_DIRTY_CAMERA) },
  { DIO_FIELD_NUMBER ("sensor/white_balance_k",
                      N_ ("White balance"),
                      "K",
                      sensor.effects.white_balance_k,
                      0,
                      40000,
                      0),
    ON (SENSOR, MOVING, DIO_DIRTY_CAMERA) },
  { DIO_FIELD_NUMBER ("sensor/tint", N_ ("Tint"), "", sensor.effects.tint, -150, 150, 0),
    ON (SENSOR, MOVING, DIO_DIRTY_CAMERA) },
  { DIO_FIELD_INTEGER (
        "sensor/jpeg_quality", N_ ("JPEG quality"), "", sensor.effects.jpeg_quality, 0, 100, 0),
    ON (SENSOR, RANDOM, DIO_DIRTY_CAMERA) },
  { DIO_FIELD_ENUM ("sensor/jpeg_chroma",
                    N_ ("JPEG colour"),
                    sensor.effects.jpeg_chroma,
                    chroma_names,
                    DIO_CHROMA_420),
    ON (SENSOR, RANDOM, DIO_DIRTY_CAMERA) },
  { DIO_FIELD_TEXT ("sensor/background",
                    N_ ("Background picture"),
                    sensor.background,
                    DIO_ID_MAX_LENGTH + 16,
                    ""),
    ON (SENSOR, RANDOM, DIO_DIRTY_CAMERA) },
  { DIO_FIELD_ENUM ("sensor/background_fit",
                    N_ ("Background fills"),
                    sensor.background_fit,
                    backdrop_fit_names,
                    DIO_BACKDROP_CROP),
    ON (SENSOR, RANDOM, DIO_DIRTY_CAMERA) },
  { DIO_FIELD_VECTOR (3,
                      "sensor/background_bars",
                      N_ ("Background bars"),
                      "",
                      sensor.background_bars,
                      0,
                      1,
                      0,
                      0,
                      0),
    ON (SENSOR, RANDOM, DIO_DIRTY_CAMERA) },
  { DIO_FIELD_NUMBER ("sensor/background_nits",
                      N_ ("Background white"),
                      "nits",
                      sensor.background_nits,
                      0,
                      1e9,
                      0),
    ON (SENSOR, MOVING, DIO_DIRTY_CAMERA) },
};

#undef STRUCT
#define STRUCT DioMaterialOverride

#define SETS(bit_) ON (MODEL, RANDOM, DIO_DIRTY_MATERIAL), .set_mask = 1u << DIO_MATERIAL_##bit_

#define TEXTURE(path_, label_, member_, bit_)                                                      \
  {                                                                                                \
    DIO_FIELD_TEXT (path_, label_, member_, DIO_ID_MAX_LENGTH + 16, NULL), SETS (bit_)             \
  }

static const DioField material_fields[] = {
  { DIO_FIELD_VECTOR (
        4, "material/base_color", N_ ("Base colour"), "", base_color, 0, 1, 1, 1, 1, 1),
    SETS (BASE_COLOR), .info.default_value = 1 },
  { DIO_FIELD_NUMBER ("material/metallic", N_ ("Metallic"), "", metallic, 0, 1, 0),
    SETS (METALLIC) },
  { DIO_FIELD_NUMBER ("material/roughness", N_ ("Roughness"), "", roughness, 0, 1, 0.5),
    SETS (ROUGHNESS) },
  { DIO_FIELD_NUMBER ("material/normal_scale", N_ ("Normal scale"), "", normal_scale, -10, 10, 1),
    SETS (NORMAL_SCALE) },
  { DIO_FIELD_NUMBER (
        "material/occlusion_strength", N_ ("Occlusion strength"), "", occlusion_strength, 0, 1, 1),
    SETS (OCCLUSION_STRENGTH) },
  { DIO_FIELD_VECTOR (
        3, "material/emissive_nits", N_ ("Emission"), "nits", emissive_nits, 0, 1e9, 0, 0, 0),
    SETS (EMISSIVE) },
  { DIO_FIELD_ENUM (
        "material/alpha_mode", N_ ("Alpha mode"), alpha_mode, alpha_mode_names, DIO_ALPHA_OPAQUE),
    SETS (ALPHA_MODE) },
  { DIO_FIELD_NUMBER ("material/alpha_cutoff", N_ ("Alpha cutoff"), "", alpha_cutoff, 0, 1, 0.5),
    SETS (ALPHA_CUTOFF) },
  { DIO_FIELD_BOOLEAN ("material/double_sided", N_ ("Double sided"), double_sided, FALSE),
    SETS (DOUBLE_SIDED) },
  { DIO_FIELD_ENUM ("material/label_surface",
                    N_ ("Label surface"),
                    label_surface,
                    label_surface_names,
                    DIO_LABEL_SURFACE_AUTO),
    SETS (LABEL_SURFACE) },
  TEXTURE ("material/base_color_texture",
           N_ ("Base colour texture"),
           base_color_texture,
           BASE_COLOR_TEXTURE),
  TEXTURE ("material/metallic_roughness_texture",
           N_ ("Metallic and roughness texture"),
           metallic_roughness_texture,
           METALLIC_ROUGHNESS_TEXTURE),
  TEXTURE ("material/normal_texture", N_ ("Normal texture"), normal_texture, NORMAL_TEXTURE),
  TEXTURE (
      "material/occlusion_texture", N_ ("Occlusion texture"), occlusion_texture, OCCLUSION_TEXTURE),
  TEXTURE (
      "material/emissive_texture", N_ ("Emission texture"), emissive_texture, EMISSIVE_TEXTURE),
  { DIO_FIELD_VECTOR (2, "material/uv_scale", N_ ("Texture scale"), "", uv_scale, -1e4, 1e4, 1, 1),
    SETS (UV_SCALE), .info.default_value = 1 },
};

const DioField *
dio_node_get_fields (guint *n)
{
  *n = G_N_ELEMENTS (node_fields);
  return node_fields;
}

const char *
dio_node_kind_describe (DioNodeKind kind)
{
  switch (kind) {
  case DIO_NODE_GROUP:
    return "a group";
  case DIO_NODE_MODEL:
    return "a model";
  case DIO_NODE_LIGHT:
    return "a light";
  case DIO_NODE_SENSOR:
    return "a sensor";
  default:
    g_return_val_if_reached ("a node");
  }
}

DioFieldView
dio_node_get_view (DioNodeKind kind, const char *section)
{
  return (DioFieldView){ .fields = node_fields,
                         .n = G_N_ELEMENTS (node_fields),
                         .section = section,
                         .kinds = 1u << kind,
                         .owner = dio_node_kind_describe (kind) };
}

DioFieldView
dio_node_get_sensor_view (gboolean has_k)
{
  DioFieldView view = dio_node_get_view (DIO_NODE_SENSOR, "sensor");
  view.skip = has_k ? DIO_FIELD_LENS : DIO_FIELD_K;
  return view;
}

DioFieldView
dio_material_get_view (void)
{
  return (DioFieldView){ .fields = material_fields,
                         .n = G_N_ELEMENTS (material_fields),
                         .section = "material",
                         .kinds = G_MAXUINT,
                         .owner = "a material" };
}
