#define G_LOG_DOMAIN "dio-edit"

/* New nodes. Lights are as strong as the exposure of the first sensor asks for: a scene that is photographed at EV 15 needs a sun, one at EV 8 a
 * lamp, and both should come out well exposed. */

#include "dio-edit-add.h"

#include "dio-base-json.h"
#include "dio-core-error.h"
#include "dio-core-math.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-edit-private.h"
#include "dio-parametric.h"
#include "dio-scene-edit.h"

#include <math.h>
#include <string.h>

#define DEFAULT_EV100 10.0
/* Illuminance of a well exposed scene: E = C 2^EV / S with C = 250 of an incident-light meter and ISO 100 (ISO 2720). */
#define LUX_AT_EV0 2.5
/* A lamp is taken to stand so far from what it lights. */
#define LAMP_DISTANCE_M 2.0
/* What a sky gives by itself on a clear day. */
#define SKY_LUX 80000.0

#define SENSOR_WIDTH_PX 1280
#define SENSOR_HEIGHT_PX 720

static DioScenario *
add_node (DioScenario *scenario, const char *wish, json_t *node, char **new_id, GError **error)
{
  g_autofree char *id = dio_scenario_dup_free_node_id (scenario, wish);
  g_autoptr (json_t) owned = node;
  json_object_set_new (owned, "id", json_string (id));
  DioScenario *next = dio_scenario_with_node (scenario, owned, error);
  if (next != NULL && new_id != NULL)
    *new_id = g_steal_pointer (&id);
  return next;
}

/* "Mug", then "Mug 2": the name says what the id says. */
static char *
dup_free_name (const DioScenario *scenario, const char *label)
{
  for (guint number = 1;; number++) {
    char *name = number == 1 ? g_strdup (label) : g_strdup_printf ("%s %u", label, number);
    gboolean taken = FALSE;
    for (guint i = 0; i < scenario->nodes->len && !taken; i++)
      taken = g_strcmp0 (((DioNode *) g_ptr_array_index (scenario->nodes, i))->name, name) == 0;
    if (!taken || number > scenario->nodes->len)
      return name;
    g_free (name);
  }
}

static const DioNode *
find_first_sensor (const DioScenario *scenario)
{
  for (guint i = 0; i < scenario->nodes->len; i++) {
    const DioNode *node = g_ptr_array_index (scenario->nodes, i);
    if (node->kind == DIO_NODE_SENSOR)
      return node;
  }
  return NULL;
}

static double
get_exposure (const DioScenario *scenario)
{
  const DioNode *sensor = find_first_sensor (scenario);
  return sensor != NULL ? sensor->sensor.exposure_ev100 : DEFAULT_EV100;
}

/* Two digits: a value that a person would type. */
static double
round_to_two (double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  return g_ascii_strtod (g_ascii_formatd (text, sizeof text, "%.1e", value), NULL);
}

/* ---- models, groups ---- */

DioScenario *
dio_edit_add_parametric (
    DioScenario *scenario, const char *kind, DioVec3 position_m, char **new_id, GError **error)
{
  g_return_val_if_fail (scenario != NULL && kind != NULL, NULL);
  const DioParametricInfo *info = dio_parametric_find (kind);
  if (info == NULL) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "There is no parametric model \"%s\"",
                 kind);
    return NULL;
  }
  g_autofree char *name = dup_free_name (scenario, info->label);
  json_t *node = json_pack ("{s:s,s:s,s:{s:s},s:o}", "kind", "model", "name", name, "model",
                            "parametric", kind, "translation", dio_edit_vec3_to_json (position_m));
  return add_node (scenario, kind, node, new_id, error);
}

DioScenario *
dio_edit_add_asset_model (DioScenario *scenario,
                          const char *asset,
                          const char *name,
                          DioVec3 position_m,
                          char **new_id,
                          GError **error)
{
  g_return_val_if_fail (scenario != NULL && asset != NULL, NULL);
  g_autofree char *title = dup_free_name (scenario, name != NULL ? name : asset);
  json_t *node = json_pack ("{s:s,s:s,s:{s:s},s:o}", "kind", "model", "name", title, "model",
                            "asset", asset, "translation", dio_edit_vec3_to_json (position_m));
  return add_node (scenario, asset, node, new_id, error);
}

DioScenario *
dio_edit_add_group (
    DioScenario *scenario, const char *name, DioVec3 position_m, char **new_id, GError **error)
{
  g_return_val_if_fail (scenario != NULL, NULL);
  gboolean named = name != NULL && name[0] != '\0';
  json_t *node = json_pack ("{s:s,s:s,s:o}", "kind", "group", "name", named ? name : "",
                            "translation", dio_edit_vec3_to_json (position_m));
  return add_node (scenario, named ? name : "group", node, new_id, error);
}

/* ---- lights ---- */

static const struct {
  const char *kind, *name;
} light_names[] = {
  [DIO_LIGHT_SUN] = { "sun", "Sun" },
  [DIO_LIGHT_POINT] = { "point", "Point light" },
  [DIO_LIGHT_SPOT] = { "spot", "Spot light" },
  [DIO_LIGHT_RECT] = { "rect", "Area light" },
  [DIO_LIGHT_ENVIRONMENT] = { "environment", "Environment" },
  [DIO_LIGHT_SKY] = { "sky", "Sky" },
};

static double
choose_intensity (DioLightKind kind, double lux)
{
  switch (kind) {
  case DIO_LIGHT_SUN:
    return round_to_two (lux);
  case DIO_LIGHT_RECT: /* of one square metre: E = L A / d^2 */
  case DIO_LIGHT_POINT:
  case DIO_LIGHT_SPOT: /* E = I / d^2 */
    return round_to_two (lux * LAMP_DISTANCE_M * LAMP_DISTANCE_M);
  case DIO_LIGHT_SKY:
    return round_to_two (lux / SKY_LUX);
  case DIO_LIGHT_ENVIRONMENT: /* a white wall: L = E / pi */
  default:
    return round_to_two (lux / DIO_PI);
  }
}

/* The light that is there already, where only one may be. */
static const DioNode *
find_surrounding (const DioScenario *scenario, DioLightKind kind)
{
  if (kind != DIO_LIGHT_ENVIRONMENT && kind != DIO_LIGHT_SKY)
    return NULL;
  for (guint i = 0; i < scenario->nodes->len; i++) {
    const DioNode *node = g_ptr_array_index (scenario->nodes, i);
    if (node->kind == DIO_NODE_LIGHT
        && (node->light.kind == DIO_LIGHT_ENVIRONMENT || node->light.kind == DIO_LIGHT_SKY))
      return node;
  }
  return NULL;
}

/* Lights shine along their own -Z: spots and rectangles down as they are, a sun from the south-east at 45 degrees. */
static json_t *
create_light (DioLightKind kind, double lux, const char *environment, DioVec3 position_m)
{
  json_t *light = json_pack ("{s:s,s:f}", "kind", light_names[kind].kind, "intensity",
                             choose_intensity (kind, lux));
  json_t *node =
      json_pack ("{s:s,s:s,s:o}", "kind", "light", "name", light_names[kind].name, "light", light);
  if (kind == DIO_LIGHT_ENVIRONMENT)
    json_object_set_new (light, "environment",
                         json_string (environment != NULL ? environment : "procedural:studio"));
  if (kind == DIO_LIGHT_SKY || kind == DIO_LIGHT_ENVIRONMENT)
    return node;
  json_object_set_new (node, "translation", dio_edit_vec3_to_json (position_m));
  if (kind == DIO_LIGHT_SUN) {
    DioVec3 from = { 1, -1, sqrt (2) };
    DioMat4 look = dio_mat4_look_at (from, dio_vec3 (0, 0, 0), dio_vec3 (0, 0, 1));
    DioQuat q = dio_quat_from_mat4 (&look);
    json_object_set_new (node, "rotation", json_pack ("[f,f,f,f]", q.w, q.x, q.y, q.z));
  }
  return node;
}

DioScenario *
dio_edit_add_light (DioScenario *scenario,
                    DioLightKind kind,
                    const char *environment,
                    DioVec3 position_m,
                    char **new_id,
                    GError **error)
{
  g_return_val_if_fail (scenario != NULL && (guint) kind < G_N_ELEMENTS (light_names), NULL);
  double lux = LUX_AT_EV0 * dio_pow (2, get_exposure (scenario));
  json_t *node = create_light (kind, lux, environment, position_m);
  const DioNode *old = find_surrounding (scenario, kind);
  if (old == NULL) {
    g_autofree char *name = dup_free_name (scenario, light_names[kind].name);
    json_object_set_new (node, "name", json_string (name));
    return add_node (scenario, light_names[kind].kind, node, new_id, error);
  }
  g_autoptr (json_t) owned = node;
  json_object_set_new (owned, "id", json_string (old->id));
  if (old->parent != NULL)
    json_object_set_new (owned, "parent", json_string (old->parent));
  DioScenario *next = dio_scenario_with_node (scenario, owned, error);
  if (next != NULL && new_id != NULL)
    *new_id = g_strdup (old->id);
  return next;
}

/* ---- sensors ---- */

static DioScenario *
add_sensor (DioScenario *scenario,
            const DioMat4 *world_from_camera,
            double focal_length_mm,
            char **new_id,
            GError **error)
{
  DioTrs trs;
  if (!dio_edit_split (world_from_camera, &trs, error))
    return NULL;
  g_autofree char *name = dup_free_name (scenario, "Camera");
  json_t *node = json_pack ("{s:s,s:s,s:{s:i,s:i,s:f}}", "kind", "sensor", "name", name, "sensor",
                            "width", SENSOR_WIDTH_PX, "height", SENSOR_HEIGHT_PX, "exposure_ev100",
                            get_exposure (scenario));
  if (focal_length_mm > 0)
    json_object_set_new (json_object_get (node, "sensor"), "focal_length_mm",
                         json_real (focal_length_mm));
  trs.scale = dio_vec3 (1, 1, 1);
  dio_edit_set_trs (node, &trs);
  return add_node (scenario, "camera", node, new_id, error);
}

DioScenario *
dio_edit_add_sensor (
    DioScenario *scenario, DioVec3 eye_m, DioVec3 target_m, char **new_id, GError **error)
{
  g_return_val_if_fail (scenario != NULL, NULL);
  DioMat4 world_from_camera = dio_mat4_look_at (eye_m, target_m, dio_vec3 (0, 0, 1));
  return add_sensor (scenario, &world_from_camera, 0, new_id, error);
}

DioScenario *
dio_edit_add_sensor_at_view (DioScenario *scenario,
                             const DioMat4 *world_from_camera,
                             double fov_y_rad,
                             char **new_id,
                             GError **error)
{
  g_return_val_if_fail (scenario != NULL && world_from_camera != NULL, NULL);
  g_return_val_if_fail (fov_y_rad > 0 && fov_y_rad < DIO_PI, NULL);
  /* fy = h / 2 / tan (fov / 2) pixels, square ones, on a sensor 36 mm wide. */
  double focal_px = SENSOR_HEIGHT_PX / 2.0 / dio_tan (fov_y_rad / 2);
  return add_sensor (scenario, world_from_camera, focal_px * 36.0 / SENSOR_WIDTH_PX, new_id, error);
}

/* ---- categories ---- */

/* Twelve colours that people with any colour vision tell apart, after Okabe and Ito and Paul Tol's bright and muted schemes; the hues that
 * follow when those are used up are computed. */
static const guint8 palette[][3] = {
  { 0x1c, 0x7e, 0xd6 }, { 0xe6, 0x9f, 0x00 }, { 0x00, 0x9e, 0x73 }, { 0xcc, 0x33, 0x11 },
  { 0x88, 0x22, 0x55 }, { 0x56, 0xb4, 0xe9 }, { 0xf0, 0xe4, 0x42 }, { 0xcc, 0x79, 0xa7 },
  { 0x99, 0x99, 0x33 }, { 0x33, 0x22, 0x88 }, { 0x44, 0xaa, 0x99 }, { 0xaa, 0x77, 0x44 },
};
#define N_HUES 48

/* A weighted distance in sRGB that is close to what the eye sees (the "redmean" of T. Riemersma). */
static double
get_color_distance (const guint8 *a, const guint8 *b)
{
  double mean = (a[0] + b[0]) / 2.0;
  double r = a[0] - b[0], g = a[1] - b[1], blue = a[2] - b[2];
  return (2 + mean / 256) * r * r + 4 * g * g + (2 + (255 - mean) / 256) * blue * blue;
}

static double
get_nearest (const DioScenario *scenario, const guint8 *color)
{
  double nearest = G_MAXDOUBLE;
  for (guint i = 0; i < scenario->categories->len; i++) {
    const DioCategory *category = g_ptr_array_index (scenario->categories, i);
    nearest = MIN (nearest, get_color_distance (category->color, color));
  }
  return nearest;
}

static void
make_hue (guint index, guint8 color[static 3])
{
  double hue = 6.0 * index / N_HUES, value = index % 2 == 0 ? 220 : 150;
  const double offsets[] = { 5, 3, 1 };
  for (guint i = 0; i < 3; i++) {
    double k = fmod (offsets[i] + hue, 6);
    double share = CLAMP (MIN (k, 4 - k), 0, 1);
    color[i] = (guint8) (value - value * 0.75 * share);
  }
}

void
dio_edit_choose_color (const DioScenario *scenario, guint8 color[static 3])
{
  g_return_if_fail (scenario != NULL);
  /* Far enough apart to be taken in the order of the palette. */
  const double clear = 60 * 60 * 3;
  double best = -1;
  for (guint i = 0; i < G_N_ELEMENTS (palette); i++) {
    if (get_nearest (scenario, palette[i]) < clear)
      continue;
    memcpy (color, palette[i], 3);
    return;
  }
  for (guint i = 0; i < N_HUES; i++) {
    guint8 hue[3];
    make_hue (i, hue);
    double nearest = get_nearest (scenario, hue);
    if (nearest <= best)
      continue;
    best = nearest;
    memcpy (color, hue, 3);
  }
}

DioScenario *
dio_edit_add_category (
    DioScenario *scenario, const char *name, gboolean thing, char **new_id, GError **error)
{
  g_return_val_if_fail (scenario != NULL && name != NULL, NULL);
  guint8 rgb[3];
  dio_edit_choose_color (scenario, rgb);
  g_autofree char *id = dio_scenario_dup_free_category_id (scenario, name);
  g_autofree char *color = g_strdup_printf ("#%02x%02x%02x", rgb[0], rgb[1], rgb[2]);
  g_autoptr (json_t) category = json_pack ("{s:s,s:s,s:s,s:s}", "id", id, "name", name, "kind",
                                           thing ? "thing" : "stuff", "color", color);
  DioScenario *next =
      category != NULL ? dio_scenario_with_category (scenario, category, error) : NULL;
  if (category == NULL)
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "The name of a category must be UTF-8 text");
  if (next != NULL && new_id != NULL)
    *new_id = g_steal_pointer (&id);
  return next;
}
