#define G_LOG_DOMAIN "dio-randomizers"

#include "dio-randomizer-words.h"

#include "dio-scene-scenario.h"

#include <glib/gi18n-lib.h>

static const struct {
  const char *name, *label, *unit;
} params[] = {
  { "along", N_ ("Place on the Line"), "" },
  { "angle_rad", N_ ("Angle"), "rad" },
  { "assets", N_ ("Models"), "" },
  { "at_end", N_ ("Behind the Last Row"), "" },
  { "attempts", N_ ("Attempts"), "" },
  { "azimuth_rad", N_ ("Azimuth"), "rad" },
  { "center", N_ ("Middle"), "m" },
  { "channel", N_ ("Channel"), "" },
  { "climb_m_s", N_ ("Climb"), "m/s" },
  { "columns", N_ ("Columns"), "" },
  { "count", N_ ("Count"), "" },
  { "each", N_ ("Drawn for Each"), "" },
  { "elevation_rad", N_ ("Elevation"), "rad" },
  { "environments", N_ ("Environments"), "" },
  { "even", N_ ("Even over Draws"), "" },
  { "face_along", N_ ("Front to Where It Goes"), "" },
  { "factor", N_ ("Factor"), "" },
  { "file", N_ ("File"), "" },
  { "focal_length_mm", N_ ("Focal Length"), "mm" },
  { "folder", N_ ("Folder"), "" },
  { "frame", N_ ("Frame of Reference"), "" },
  { "grounded", N_ ("On the Ground"), "" },
  { "heading_rad", N_ ("Heading"), "rad" },
  { "height_m", N_ ("Height"), "m" },
  { "hidden", N_ ("Hidden Object"), "" },
  { "hold", N_ ("Hold for Frames"), "" },
  { "hue", N_ ("Hue"), "" },
  { "intensity", N_ ("Intensity"), "" },
  { "jitter_m", N_ ("Jitter"), "m" },
  { "keys", N_ ("Keys"), "" },
  { "look_at", N_ ("Look At"), "m" },
  { "max", N_ ("Upper Corner"), "m" },
  { "max_visibility", N_ ("Most Visible"), "" },
  { "max_width_px", N_ ("Largest Width"), "px" },
  { "min", N_ ("Lower Corner"), "m" },
  { "min_visibility", N_ ("Least Visible"), "" },
  { "min_width_px", N_ ("Least Width"), "px" },
  { "offset", N_ ("Offset to the Side"), "" },
  { "others", N_ ("The Others"), "" },
  { "parameter", N_ ("Parameter"), "" },
  { "pictures", N_ ("Pictures"), "" },
  { "pitch_rad", N_ ("Pitch"), "rad" },
  { "probability", N_ ("Probability"), "" },
  { "property", N_ ("Property"), "" },
  { "radius_m", N_ ("Radius"), "m" },
  { "redraw", N_ ("Draws Again"), "" },
  { "repeat", N_ ("Begins Again"), "" },
  { "roll_rad", N_ ("Roll"), "rad" },
  { "rows", N_ ("Values"), "" },
  { "saturation", N_ ("Saturation"), "" },
  { "sensor", N_ ("Sensor"), "" },
  { "size_x_m", N_ ("Length along X"), "m" },
  { "size_y_m", N_ ("Length along Y"), "m" },
  { "slot", N_ ("Material Slot"), "" },
  { "smooth", N_ ("Smooth Curve"), "" },
  { "spacing_m", N_ ("Spacing"), "m" },
  { "speed_m_s", N_ ("Speed"), "m/s" },
  { "surface", N_ ("Surface"), "" },
  { "tag", N_ ("Tag"), "" },
  { "target", N_ ("Aim"), "" },
  { "temperature_k", N_ ("Temperature"), "K" },
  { "textures", N_ ("Textures"), "" },
  { "together", N_ ("One Draw for All"), "" },
  { "tries", N_ ("Tries"), "" },
  { "turn_rate_rad_s", N_ ("Turn Rate"), "rad/s" },
  { "value", N_ ("Value"), "" },
  { "values", N_ ("Values"), "" },
  { "visibility", N_ ("Visible Share"), "" },
  { "waypoints", N_ ("Waypoints"), "" },
  { "weights", N_ ("Weights"), "" },
  { "yaw_rad", N_ ("Yaw"), "rad" },
};

const char *
dio_randomizer_param_label (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (params); i++)
    if (g_str_equal (params[i].name, name))
      return _ (params[i].label);
  return name;
}

const char *
dio_randomizer_param_unit (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (params); i++)
    if (g_str_equal (params[i].name, name))
      return params[i].unit;
  return "";
}

const char *
dio_randomizer_kind_label (DioDistributionKind kind)
{
  static const char *const labels[] = {
    [DIO_DISTRIBUTION_CONSTANT] = N_ ("Constant"),
    [DIO_DISTRIBUTION_UNIFORM] = N_ ("Uniform"),
    [DIO_DISTRIBUTION_LOG_UNIFORM] = N_ ("Log-Uniform"),
    [DIO_DISTRIBUTION_NORMAL] = N_ ("Normal"),
    [DIO_DISTRIBUTION_CHOICE] = N_ ("Choice"),
    [DIO_DISTRIBUTION_INTEGER] = N_ ("Integer"),
    [DIO_DISTRIBUTION_BOOLEAN] = N_ ("Yes or No"),
  };
  return (guint) kind < G_N_ELEMENTS (labels) ? _ (labels[kind]) : "";
}

const char *
dio_randomizer_title (const DioRandomizer *randomizer)
{
  g_return_val_if_fail (randomizer != NULL, NULL);

  if (randomizer->name != NULL && randomizer->name[0] != '\0')
    return randomizer->name;
  return randomizer->id;
}

char *
dio_randomizer_dup_subtitle (const DioScenario *scenario, const DioRandomizer *randomizer)
{
  g_return_val_if_fail (scenario != NULL && randomizer != NULL, NULL);

  const DioRandomizerInfo *info = dio_randomizer_find_info (randomizer->type);
  g_autoptr (GString) text = g_string_new (info != NULL ? _ (info->label) : randomizer->type);
  for (char **id = randomizer->targets; id != NULL && *id != NULL; id++) {
    const DioNode *node = dio_scenario_find_node (scenario, *id);
    const char *name =
        node != NULL && node->name != NULL && node->name[0] != '\0' ? node->name : *id;
    g_string_append_printf (text, "%s%s", id == randomizer->targets ? " · " : ", ", name);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
