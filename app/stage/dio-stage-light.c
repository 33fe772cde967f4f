#define G_LOG_DOMAIN "dio-stage"

#include "dio-stage-private.h"

#include "dio-core-math.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-frame-sky.h"
#include "dio-image-color.h"

#include <math.h>

/* Mean angular diameter of the sun seen from the Earth. */
#define SUN_DIAMETER_RAD 0.00930
/* Koschmieder: at the end of visibility a contrast is down to 0.02. */
#define CONTRAST_DEPTH 3.912

static void
set_color (const DioLightProps *props, float color[static 3])
{
  double body[3] = { 1, 1, 1 };
  if (props->temperature_k > 0)
    dio_color_from_temperature (CLAMP (props->temperature_k, 1000.0, 40000.0), body);
  for (int i = 0; i < 3; i++)
    color[i] = (float) (props->color[i] * body[i]);
}

/* world_from_light of a light that shines along @direction (unit, world). */
static DioMat4
shining_along (DioVec3 direction)
{
  DioVec3 up = fabs (direction.z) > 0.99 ? dio_vec3 (0, 1, 0) : dio_vec3 (0, 0, 1);
  return dio_mat4_look_at (dio_vec3 (0, 0, 0), direction, up);
}

static void
add_lamp (const DioResolvedNode *node, DioFrame *frame)
{
  const DioLightProps *props = &node->node->light;
  DioTrs trs;
  if (!dio_mat4_decompose (&node->world_from_node, &trs))
    trs = node->node->parent_from_node;
  /* The size of a rectangle follows the node's scale, its brightness does not. */
  DioVec3 scale = trs.scale;
  trs.scale = dio_vec3 (1, 1, 1);
  DioFrameLight light = {
    .kind = props->kind,
    .world_from_light = dio_mat4_from_trs (&trs),
    .intensity = props->intensity,
    .angular_diameter_rad = props->angular_diameter_rad,
    .inner_cone_rad = props->inner_cone_rad,
    .outer_cone_rad = props->outer_cone_rad,
    .width_m = props->width_m * fabs (scale.x),
    .height_m = props->height_m * fabs (scale.y),
    .casts_shadow = props->casts_shadow,
  };
  set_color (props, light.color);
  g_array_append_val (frame->lights, light);
}

void
dio_stage_find_sun (DioStage *stage, const DioResolved *resolved)
{
  stage->sun_rad = -INFINITY;
  stage->environment_lux = 0;
  for (guint i = 0; i < resolved->nodes->len; i++) {
    const DioResolvedNode *node = &g_array_index (resolved->nodes, DioResolvedNode, i);
    if (node->node->kind == DIO_NODE_LIGHT && node->visible
        && node->node->light.kind == DIO_LIGHT_SKY)
      stage->sun_rad = node->node->light.sun_elevation_rad;
  }
}

gboolean
dio_stage_is_on (const DioStage *stage, double sun_rad)
{
  return stage->sun_rad < sun_rad || sun_rad >= DIO_PI / 2;
}

/* The picture around the scene and the air before it. */
static void
set_surroundings (DioStage *stage,
                  const DioStageEnvironment *picture,
                  const DioLightProps *props,
                  DioFrame *frame)
{
  frame->environment.radiance = dio_image_ref (picture->image);
  frame->environment.key = picture->key;
  frame->environment.strength = props->intensity;
  frame->environment.visible = props->background_visible;
  if (props->visibility_m > 0)
    frame->fog.per_m = CONTRAST_DEPTH / props->visibility_m;
  frame->fog.height_m = props->fog_height_m;
  stage->environment_lux = picture->lux * props->intensity;
}

static void
add_sky (DioStage *stage, const DioResolvedNode *node, DioFrame *frame)
{
  const DioLightProps *props = &node->node->light;
  set_surroundings (stage, dio_stage_get_sky (stage, props), props, frame);

  DioSkyDesc desc = { props->sun_elevation_rad, props->sun_azimuth_rad, props->turbidity,
                      props->ground_albedo };
  DioFrameLight sun = {
    .kind = DIO_LIGHT_SUN,
    .angular_diameter_rad = SUN_DIAMETER_RAD,
    .casts_shadow = props->casts_shadow,
  };
  sun.intensity = dio_sky_sun_lux (&desc, sun.color) * props->intensity;
  double flat = dio_cos (props->sun_elevation_rad);
  /* The node's yaw turns sky and sun together. */
  double azimuth = props->sun_azimuth_rad + frame->environment.rotation_rad;
  DioVec3 to_sun = { flat * dio_cos (azimuth), flat * dio_sin (azimuth),
                     dio_sin (props->sun_elevation_rad) };
  sun.world_from_light = shining_along (dio_vec3_scale (to_sun, -1));
  if (sun.intensity > 0)
    g_array_append_val (frame->lights, sun);
}

static gboolean
add_environment (DioStage *stage, const DioResolvedNode *node, DioFrame *frame, GError **error)
{
  const DioLightProps *props = &node->node->light;
  if (frame->environment.radiance != NULL)
    return TRUE;
  frame->environment.rotation_rad =
      dio_atan2 (node->world_from_node.m[1], node->world_from_node.m[0]);
  if (props->kind == DIO_LIGHT_SKY) {
    add_sky (stage, node, frame);
    return TRUE;
  }
  const DioStageEnvironment *image = dio_stage_get_environment_image (stage, props, error);
  if (image == NULL)
    return FALSE;
  set_surroundings (stage, image, props, frame);
  return TRUE;
}

gboolean
dio_stage_add_lights (DioStage *stage, const DioResolved *resolved, DioFrame *frame, GError **error)
{
  for (guint i = 0; i < resolved->nodes->len; i++) {
    const DioResolvedNode *node = &g_array_index (resolved->nodes, DioResolvedNode, i);
    if (node->node->kind != DIO_NODE_LIGHT || !node->visible)
      continue;
    DioLightKind kind = node->node->light.kind;
    if (kind == DIO_LIGHT_ENVIRONMENT || kind == DIO_LIGHT_SKY) {
      if (!add_environment (stage, node, frame, error))
        return FALSE;
    } else if (node->node->light.intensity > 0
               && dio_stage_is_on (stage, node->node->light.on_below_sun_rad)) {
      add_lamp (node, frame);
    }
  }
  return TRUE;
}
