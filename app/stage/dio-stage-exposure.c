#define G_LOG_DOMAIN "dio-stage"

/* Automatic exposure: an incident-light meter (ISO 2720) along the view. It reads the light of the sky and the sun on the
 * ground and that of lamps without their shadows, so that it needs no picture. */

#include "dio-stage-private.h"

#include "dio-core-math.h"
#include "dio-core-vec.h"

#include <math.h>

/* Lux at EV100 0: the meter's constant 250 over ISO 100. */
#define LUX_AT_EV0 2.5
/* Where lamps are read, and no nearer to one than this. */
#define NEAREST_M 1.5
#define N_READINGS 6
#define LEAST_LUX 1e-3

static double
luminance_of (const float color[static 3])
{
  return 0.2126 * (double) color[0] + 0.7152 * (double) color[1] + 0.0722 * (double) color[2];
}

/* Of a plate that faces up under sky and suns. */
static double
get_open_lux (const DioFrame *frame, double environment_lux)
{
  double lux = environment_lux;
  for (guint i = 0; i < frame->lights->len; i++) {
    const DioFrameLight *light = &g_array_index (frame->lights, DioFrameLight, i);
    if (light->kind == DIO_LIGHT_SUN)
      lux +=
          light->intensity * luminance_of (light->color) * MAX (light->world_from_light.m[10], 0);
  }
  return lux;
}

/* Of a plate at @point that faces the lamp. */
static double
get_lamp_lux (const DioFrameLight *light, DioVec3 point)
{
  const double *m = light->world_from_light.m;
  DioVec3 from = dio_vec3_sub (point, dio_vec3 (m[12], m[13], m[14]));
  double square = MAX (dio_vec3_dot (from, from), NEAREST_M * NEAREST_M);
  double along = -dio_vec3_dot (dio_vec3_normalize (from), dio_vec3 (m[8], m[9], m[10]));
  double strength = light->intensity * luminance_of (light->color) / square;
  switch (light->kind) {
  case DIO_LIGHT_POINT:
    return strength;
  case DIO_LIGHT_SPOT: {
    double outer = dio_cos (light->outer_cone_rad), inner = dio_cos (light->inner_cone_rad);
    double share = CLAMP ((along - outer) / MAX (inner - outer, 1e-4), 0.0, 1.0);
    return strength * share * share * (3 - 2 * share);
  }
  case DIO_LIGHT_RECT:
    return strength * light->width_m * light->height_m * MAX (along, 0);
  case DIO_LIGHT_SUN:
  case DIO_LIGHT_ENVIRONMENT:
  case DIO_LIGHT_SKY:
  default:
    return 0;
  }
}

double
dio_stage_meter_ev100 (const DioFrame *frame,
                       double environment_lux,
                       const DioMat4 *world_from_camera)
{
  const double *m = world_from_camera->m;
  double open_lux = get_open_lux (frame, environment_lux), sum = 0;
  /* The mean of readings at doubling distances, in steps of exposure. */
  for (int i = 0; i < N_READINGS; i++) {
    double away_m = NEAREST_M * (1 << i), lux = open_lux;
    DioVec3 point = { m[12] - m[8] * away_m, m[13] - m[9] * away_m, m[14] - m[10] * away_m };
    for (guint k = 0; k < frame->lights->len; k++)
      lux += get_lamp_lux (&g_array_index (frame->lights, DioFrameLight, k), point);
    sum += dio_log (MAX (lux, LEAST_LUX) / LUX_AT_EV0) / dio_log (2);
  }
  return sum / N_READINGS;
}
