#define G_LOG_DOMAIN "dio-randomize"

/* Colour and textures of materials. */

#include "dio-randomize-private.h"

#include "dio-image-color.h"
#include "dio-scene-randomizer.h"

gboolean
dio_apply_material_color (DioApply *apply, DioWork *work, GError **error)
{
  g_autofree char *path = dio_apply_dup_material_path (apply, "base_color");
  DioDrawing drawing = dio_draw_begin (apply, work, "material/hsv");
  double hue = dio_draw_param (&drawing, "hue", 0, 1);
  double saturation = dio_draw_param (&drawing, "saturation", 0, 1);
  double brightness = dio_draw_param (&drawing, "value", 0, 1);
  dio_draw_record (&drawing, 3, (const double[]){ hue, saturation, brightness });

  double rgb[3];
  dio_color_from_hsv (hue, saturation, brightness, rgb);
  DioPropertyValue old, value = { 0 };
  for (guint i = 0; i < 3; i++) {
    double linear = dio_linear_from_srgb (rgb[i]);
    value.number[i] = CLAMP (linear, 0, 1);
  }
  /* An opacity that the scenario gave stays. */
  value.number[3] = dio_node_get_property (work->node, path, &old, NULL) ? old.number[3] : 1;
  return dio_apply_value (apply, work, path, &value, error);
}

gboolean
dio_apply_texture_choice (DioApply *apply, DioWork *work, GError **error)
{
  const char *channel = dio_randomizer_get_string (apply->randomizer, "channel", "base_color");
  g_autofree char *name = g_strconcat (channel, "_texture", NULL);
  g_autofree char *path = dio_apply_dup_material_path (apply, name);
  DioDrawing drawing = dio_draw_begin (apply, work, name);
  DioPropertyValue value = { .string = dio_draw_asset (&drawing, error) };
  if (value.string == NULL)
    return FALSE;
  dio_draw_record_string (&drawing, value.string);
  return dio_apply_value (apply, work, path, &value, error);
}
