#define G_LOG_DOMAIN "dio-randomize"

/* Direction, strength and colour of lights. */

#include "dio-randomize-private.h"

#include "dio-core-math.h"
#include "dio-scene-randomizer.h"

#include <math.h>

static double
wrap_turn (double angle_rad)
{
  double turn = 2 * DIO_PI;
  return angle_rad - turn * floor (angle_rad / turn);
}

/* A sky carries its sun as two angles; every other light shines along its own -Z. */
gboolean
dio_apply_light_direction (DioApply *apply, DioWork *work, GError **error)
{
  DioDrawing drawing = dio_draw_begin (apply, work, "direction");
  double azimuth = dio_draw_param (&drawing, "azimuth_rad", 0, 2 * DIO_PI);
  double elevation = dio_draw_param (&drawing, "elevation_rad", 0, 0);
  dio_draw_record (&drawing, 2, (const double[]){ azimuth, elevation });
  if (work->node->light.kind == DIO_LIGHT_SKY) {
    azimuth = wrap_turn (azimuth);
    return dio_apply_number (apply, work, "light/sun_azimuth_rad", &azimuth, error)
           && dio_apply_number (apply, work, "light/sun_elevation_rad", &elevation, error);
  }
  /* Yaw and pitch carry +Z to the direction towards the light. */
  dio_work_edit (work)->parent_from_node.q_wxyz =
      dio_quat_normalize (dio_quat_from_yaw_pitch_roll (azimuth, DIO_PI / 2 - elevation, 0));
  return TRUE;
}

static gboolean
draw_light_number (
    DioApply *apply, DioWork *work, const char *param, const char *path, GError **error)
{
  DioDrawing drawing = dio_draw_begin (apply, work, path);
  double number = dio_draw_param (&drawing, param, 0, 0);
  if (!dio_apply_number (apply, work, path, &number, error))
    return FALSE;
  dio_draw_record (&drawing, 1, &number);
  return TRUE;
}

gboolean
dio_apply_light_intensity (DioApply *apply, DioWork *work, GError **error)
{
  return draw_light_number (apply, work, "intensity", "light/intensity", error);
}

gboolean
dio_apply_light_temperature (DioApply *apply, DioWork *work, GError **error)
{
  return draw_light_number (apply, work, "temperature_k", "light/temperature_k", error);
}

gboolean
dio_apply_environment_choice (DioApply *apply, DioWork *work, GError **error)
{
  DioDrawing drawing = dio_draw_begin (apply, work, "light/environment");
  DioPropertyValue value = { .string = dio_draw_asset (&drawing, error) };
  if (value.string == NULL)
    return FALSE;
  dio_draw_record_string (&drawing, value.string);
  return dio_apply_value (apply, work, "light/environment", &value, error);
}

gboolean
dio_apply_environment_rotation (DioApply *apply, DioWork *work, GError **error)
{
  DioDrawing drawing = dio_draw_begin (apply, work, "environment-yaw");
  double yaw_rad = dio_draw_param (&drawing, "yaw_rad", 0, 2 * DIO_PI);
  dio_draw_record (&drawing, 1, &yaw_rad);
  dio_work_edit (work)->parent_from_node.q_wxyz =
      dio_quat_normalize (dio_quat_from_axis_angle ((DioVec3){ 0, 0, 1 }, yaw_rad));
  return TRUE;
}
