#define G_LOG_DOMAIN "dio-inspector"

/* The tables of what stands in which group, and when a row makes sense. */

#include "dio-inspector-group-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SUN (1u << DIO_LIGHT_SUN)
#define POINT (1u << DIO_LIGHT_POINT)
#define SPOT (1u << DIO_LIGHT_SPOT)
#define RECT (1u << DIO_LIGHT_RECT)
#define ENVIRONMENT (1u << DIO_LIGHT_ENVIRONMENT)
#define SKY (1u << DIO_LIGHT_SKY)
#define LAMPS (SUN | POINT | SPOT | RECT)
#define ANY_LIGHT (LAMPS | ENVIRONMENT | SKY)

/** For sensors: which of the two forms of intrinsics must be in force. */
typedef enum {
  WHEN_ALWAYS,
  WHEN_LENS,
  WHEN_K,
} When;

typedef struct {
  const char *path;
  const char *label, *help; /**< N_(), nullable */
  DioInspectorEdit edit;
  guint lights; /**< kinds of light that have it; 0 = no light's */
  When when;
} RowSpec;

static const RowSpec label_rows[] = {
  { "own_instance", NULL,
    N_ ("Below an object this is an object of its own, with a mask and a box of its own") },
  { "layer", NULL, N_ ("Among surfaces in one plane the higher layer owns the pixels") },
  { "crowd", NULL, N_ ("All objects below are labelled as one region") },
};

static const RowSpec light_rows[] = {
  { "light/kind", .lights = ANY_LIGHT },
  { "light/environment", N_ ("Picture"), .edit = DIO_INSPECTOR_EDIT_ENVIRONMENT,
    .lights = ENVIRONMENT },
  { "light/intensity", .lights = ANY_LIGHT },
  { "light/temperature_k", N_ ("Temperature"),
    N_ ("Colour of a black body, multiplied with the colour; 0 = the colour alone"),
    .lights = LAMPS | ENVIRONMENT },
  { "light/color", .edit = DIO_INSPECTOR_EDIT_COLOR, .lights = LAMPS | ENVIRONMENT },
  { "light/angular_diameter_rad", N_ ("Diameter"),
    N_ ("Seen from the scene; the real sun has 0.53°"), .lights = SUN },
  { "light/inner_cone_rad", .lights = SPOT },
  { "light/outer_cone_rad", .lights = SPOT },
  { "light/width_m", .lights = RECT },
  { "light/height_m", .lights = RECT },
  { "light/sun_elevation_rad", .lights = SKY },
  { "light/sun_azimuth_rad", .lights = SKY },
  { "light/turbidity", NULL, N_ ("2 = clear, 10 = hazy"), .lights = SKY },
  { "light/ground_albedo", .lights = SKY },
  { "light/visibility_m", NULL, N_ ("How far one sees through haze or fog; 0 = clear air"),
    .lights = ENVIRONMENT | SKY },
  { "light/fog_height_m", NULL, N_ ("The fog grows thin over this height"),
    .lights = ENVIRONMENT | SKY },
  { "light/on_below_sun_rad", NULL, N_ ("Switched on only while the sun of the sky is lower"),
    .lights = LAMPS },
  { "light/casts_shadow", N_ ("Shadows"), .lights = LAMPS },
  { "light/background_visible", N_ ("Background"), N_ ("Seen behind the scene, not only its light"),
    .lights = ENVIRONMENT | SKY },
};

static const RowSpec sensor_rows[] = {
  { "sensor/width" },
  { "sensor/height" },
  { "sensor/focal_length_mm", .when = WHEN_LENS },
  { "sensor/sensor_width_mm", .when = WHEN_LENS },
  { "sensor/fx", N_ ("Focal x"), .when = WHEN_K },
  { "sensor/fy", N_ ("Focal y"), .when = WHEN_K },
  { "sensor/cx", N_ ("Centre x"),
    N_ ("In pixels from the left edge; the middle of a picture of 640 pixels is 320"),
    .when = WHEN_K },
  { "sensor/cy", N_ ("Centre y"), N_ ("In pixels from the top edge"), .when = WHEN_K },
  { "sensor/near_m", N_ ("Near"), N_ ("What is nearer is not seen") },
  { "sensor/far_m", N_ ("Far") },
};

static const RowSpec picture_rows[] = {
  { "sensor/exposure_ev100", NULL, N_ ("One step more halves the brightness") },
  { "sensor/auto_exposure", NULL, N_ ("Metered on the light of each frame instead") },
  { "sensor/exposure_compensation_ev", N_ ("Compensation"),
    N_ ("One step more doubles the brightness") },
  { "sensor/tone", NULL, NULL },
  { "sensor/white_balance_k", NULL,
    N_ ("Temperature of the light that looks white; 0 leaves colours as they are") },
  { "sensor/tint", NULL, N_ ("Positive is more magenta, negative more green") },
  { "sensor/max_depth_m", N_ ("Depth range"),
    N_ ("The largest depth that a depth picture of 16 bits can hold") },
  { "sensor/background", N_ ("Background"),
    N_ ("A picture behind everything that this sensor sees; the free view shows the surroundings"),
    .edit = DIO_INSPECTOR_EDIT_TEXTURE },
  { "sensor/background_fit", N_ ("Fills by"),
    N_ ("Crop fills the frame, fit shows the whole picture beside bars") },
  { "sensor/background_bars", N_ ("Bars"), NULL, .edit = DIO_INSPECTOR_EDIT_COLOR },
  { "sensor/background_nits", N_ ("White"),
    N_ ("How bright the picture's white is; 0 shows the picture as it is stored") },
};

static const RowSpec effect_rows[] = {
  { "sensor/softness_px", NULL, N_ ("Of the lens: standard deviation of what a point becomes") },
  { "sensor/defocus_px", NULL, N_ ("Diameter of the disc that a point becomes") },
  { "sensor/motion_px", NULL, N_ ("Length of the streak that a point becomes") },
  { "sensor/motion_angle_rad", N_ ("Direction"), N_ ("0° is to the right, 90° down") },
  { "sensor/vignette_ev", NULL, N_ ("Light that is lost in the farthest corner") },
  { "sensor/electrons_at_white", N_ ("Electrons"),
    N_ ("Of a white pixel: 20000 is clean, 500 a night; 0 is without any noise") },
  { "sensor/read_noise_e", NULL, N_ ("Of each pixel, where there are electrons") },
  { "sensor/row_noise_e", NULL, N_ ("Of each row, where there are electrons") },
  { "sensor/jpeg_quality", NULL, N_ ("0 stores pictures without loss") },
  { "sensor/jpeg_chroma", NULL, NULL },
};

static const RowSpec material_rows[] = {
  { "material/base_color", .edit = DIO_INSPECTOR_EDIT_COLOR },
  { "material/base_color_texture", N_ ("Texture"), .edit = DIO_INSPECTOR_EDIT_TEXTURE },
  { "material/uv_scale", NULL, NULL },
  { "material/metallic", NULL, NULL },
  { "material/roughness", NULL, NULL },
};

static const RowSpec more_rows[] = {
  { "material/emissive_nits", NULL,
    N_ ("Light that the surface gives off itself: red, green, blue") },
  { "model/glows_below_sun_rad", NULL,
    N_ ("Emission shows only while the sun of the sky is lower") },
  { "material/emissive_texture", N_ ("Emission map"), .edit = DIO_INSPECTOR_EDIT_TEXTURE },
  { "material/normal_texture", N_ ("Normal map"), .edit = DIO_INSPECTOR_EDIT_TEXTURE },
  { "material/normal_scale", NULL, NULL },
  { "material/metallic_roughness_texture", N_ ("Metallic map"),
    N_ ("Roughness in green, metallic in blue"), .edit = DIO_INSPECTOR_EDIT_TEXTURE },
  { "material/occlusion_texture", N_ ("Occlusion map"), .edit = DIO_INSPECTOR_EDIT_TEXTURE },
  { "material/occlusion_strength", N_ ("Occlusion"), NULL },
  { "material/alpha_mode", N_ ("Transparency"), NULL },
  { "material/alpha_cutoff", NULL, NULL },
  { "material/double_sided", NULL, NULL },
  { "material/label_surface", N_ ("Labels show"),
    N_ ("What owns the pixels of a transparent surface") },
};

#define TABLE(rows_)                                                                               \
  {                                                                                                \
    rows_, G_N_ELEMENTS (rows_)                                                                    \
  }

static const struct {
  const RowSpec *rows;
  guint n;
} tables[] = {
  [DIO_INSPECTOR_ROWS_LABEL] = TABLE (label_rows),
  [DIO_INSPECTOR_ROWS_LIGHT] = TABLE (light_rows),
  [DIO_INSPECTOR_ROWS_SENSOR] = TABLE (sensor_rows),
  [DIO_INSPECTOR_ROWS_PICTURE] = TABLE (picture_rows),
  [DIO_INSPECTOR_ROWS_EFFECTS] = TABLE (effect_rows),
  [DIO_INSPECTOR_ROWS_MATERIAL] = TABLE (material_rows),
  [DIO_INSPECTOR_ROWS_MATERIAL_MORE] = TABLE (more_rows),
};

static const char *
translate (const char *text)
{
  return text != NULL ? g_dgettext (GETTEXT_PACKAGE, text) : NULL;
}

void
dio_inspector_group_add_rows (DioInspectorGroup *group,
                              DioSession *session,
                              DioInspectorRows rows,
                              const char *prefix)
{
  for (guint i = 0; i < tables[rows].n; i++) {
    const RowSpec *spec = &tables[rows].rows[i];
    /* What is the whole model's stands in the group too. */
    gboolean of_slot = prefix != NULL && g_str_has_prefix (spec->path, "material/");
    g_autofree char *path =
        of_slot ? g_strconcat (prefix, strchr (spec->path, '/') + 1, NULL) : g_strdup (spec->path);
    GtkWidget *row = dio_inspector_row_new (session, path, spec->edit, translate (spec->label),
                                            translate (spec->help));
    g_object_set_data (G_OBJECT (row), "spec", (gpointer) spec);
    dio_inspector_group_add (group, row);
  }
}

/* The unit of "intensity" is that of the kind of light. */
static const char *
get_intensity_unit (DioLightKind kind)
{
  switch (kind) {
  case DIO_LIGHT_SUN:
    return "lux";
  case DIO_LIGHT_POINT:
  case DIO_LIGHT_SPOT:
    return "cd";
  case DIO_LIGHT_RECT:
  case DIO_LIGHT_ENVIRONMENT:
    return "nits";
  case DIO_LIGHT_SKY:
  default:
    return "";
  }
}

typedef struct {
  guint lights;      /**< kinds among the selection */
  gboolean has_lens; /**< some sensor keeps a lens */
  gboolean has_k;
} Selected;

static Selected
look_at (DioScenario *scenario, const char *const *ids)
{
  Selected selected = { 0 };
  for (guint i = 0; ids[i] != NULL; i++) {
    const DioNode *node = dio_scenario_find_node (scenario, ids[i]);
    if (node == NULL)
      continue;
    if (node->kind == DIO_NODE_LIGHT)
      selected.lights |= 1u << node->light.kind;
    if (node->kind == DIO_NODE_SENSOR && node->sensor.has_k)
      selected.has_k = TRUE;
    else if (node->kind == DIO_NODE_SENSOR)
      selected.has_lens = TRUE;
  }
  return selected;
}

static gboolean
applies (const RowSpec *spec, const Selected *selected)
{
  if (spec->when == WHEN_LENS)
    return selected->has_lens && !selected->has_k;
  if (spec->when == WHEN_K)
    return selected->has_k;
  return spec->lights == 0 || (selected->lights & ~spec->lights) == 0;
}

void
dio_inspector_group_apply (DioInspectorGroup *group, DioScenario *scenario, const char *const *ids)
{
  Selected selected = look_at (scenario, ids);
  GPtrArray *rows = dio_inspector_group_list_rows (group);
  for (guint i = 0; i < rows->len; i++) {
    DioInspectorRow *row = g_ptr_array_index (rows, i);
    const RowSpec *spec = g_object_get_data (G_OBJECT (row), "spec");
    if (spec == NULL)
      continue;
    dio_inspector_row_set_applies (row, applies (spec, &selected));
    if (strcmp (spec->path, "light/intensity") == 0 && selected.lights != 0)
      dio_inspector_row_set_unit (
          row, get_intensity_unit ((DioLightKind) g_bit_nth_lsf (selected.lights, -1)));
  }
  g_ptr_array_unref (rows);
}
