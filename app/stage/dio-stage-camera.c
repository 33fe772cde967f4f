#define G_LOG_DOMAIN "dio-stage"

#include "dio-stage-private.h"

#include "dio-base-hash.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"

#include <math.h>

/* A camera keeps the direction of its axes and its place; scale and shear of ancestors do not reach it. */
static DioMat4
rigid_from_world (const DioMat4 *world_from_node)
{
  const double *m = world_from_node->m;
  DioVec3 back = dio_vec3_normalize (dio_vec3 (m[8], m[9], m[10]));
  DioVec3 up = dio_vec3 (m[4], m[5], m[6]);
  up = dio_vec3_normalize (dio_vec3_sub (up, dio_vec3_scale (back, dio_vec3_dot (up, back))));
  DioVec3 right = dio_vec3_cross (up, back);
  return (DioMat4){ { right.x, right.y, right.z, 0, up.x, up.y, up.z, 0, back.x, back.y, back.z, 0,
                      m[12], m[13], m[14], 1 } };
}

static void
set_intrinsics (DioCamera *camera, const DioSensorProps *sensor)
{
  if (sensor->has_k) {
    camera->fx = sensor->fx;
    camera->fy = sensor->fy;
    camera->cx = sensor->cx;
    camera->cy = sensor->cy;
    return;
  }
  camera->fx = camera->fy = sensor->focal_length_mm / sensor->sensor_width_mm * sensor->width_px;
  camera->cx = sensor->width_px / 2.0;
  camera->cy = sensor->height_px / 2.0;
}

static double
get_ev100 (const DioStage *stage,
           const DioSensorProps *sensor,
           const DioFrame *frame,
           const DioMat4 *pose)
{
  double ev100 = sensor->exposure_ev100;
  if (sensor->auto_exposure)
    ev100 = dio_stage_meter_ev100 (frame, stage->environment_lux, pose);
  return ev100 - sensor->exposure_compensation_ev;
}

/* A key of its own for every seed, take, frame and sensor; the pixel is the counter. */
static void
set_noise_key (DioCamera *camera, const DioResolved *resolved)
{
  const guint64 stream = dio_hash_strings_u64 ("sensor-noise", camera->id, (char *) NULL);
  const uint32_t counter[4] = { (uint32_t) stream, (uint32_t) (stream >> 32), resolved->frame, 0 };
  const uint32_t key[2] = { (uint32_t) resolved->seed,
                            (uint32_t) (resolved->seed >> 32)
                                ^ (resolved->take * DIO_RANDOM_TAKE_FACTOR) };
  uint32_t block[4];
  dio_philox4x32_10 (counter, key, block);
  camera->noise_key[0] = block[0];
  camera->noise_key[1] = block[1];
}

/* White is as bright as what the sensor's exposure, without its compensation, makes white: a picture so comes out as it
 * is stored, and what goes wrong with the exposure goes wrong with it too. */
static gboolean
set_backdrop (DioStage *stage,
              const DioSensorProps *sensor,
              DioFrame *frame,
              DioCamera *camera,
              GError **error)
{
  if (sensor->background[0] == '\0')
    return TRUE;
  DioTexture *texture = dio_stage_get_texture (stage, sensor->background, TRUE, error);
  if (texture == NULL)
    return FALSE;
  double set_ev100 = camera->exposure_ev100 + sensor->exposure_compensation_ev;
  g_ptr_array_add (frame->backdrops, dio_texture_ref (texture));
  camera->backdrop = (DioBackdrop){
    .texture = texture,
    .fit = sensor->background_fit,
    .white_nits = sensor->background_nits > 0 ? sensor->background_nits : 1.2 * exp2 (set_ev100),
    .as_stored = !(sensor->background_nits > 0),
  };
  for (guint i = 0; i < 3; i++)
    camera->backdrop.bars[i] = (float) sensor->background_bars[i];
  return TRUE;
}

gboolean
dio_stage_add_cameras (DioStage *stage,
                       const DioResolved *resolved,
                       DioFrame *frame,
                       GError **error)
{
  for (guint i = 0; i < resolved->nodes->len; i++) {
    const DioResolvedNode *node = &g_array_index (resolved->nodes, DioResolvedNode, i);
    if (node->node->kind != DIO_NODE_SENSOR || !node->visible || node->copy > 0)
      continue;
    const DioSensorProps *sensor = &node->node->sensor;
    DioCamera camera = {
      .width_px = sensor->width_px,
      .height_px = sensor->height_px,
      .near_m = sensor->near_m,
      .far_m = sensor->far_m,
      .world_from_camera = rigid_from_world (&node->world_from_node),
      .tone = sensor->tone,
      .effects = sensor->effects,
      .depth_unit_m = sensor->max_depth_m / 65534.0,
    };
    camera.exposure_ev100 = get_ev100 (stage, sensor, frame, &camera.world_from_camera);
    if (!set_backdrop (stage, sensor, frame, &camera, error))
      return FALSE;
    g_strlcpy (camera.id, node->node->id, sizeof camera.id);
    set_intrinsics (&camera, sensor);
    set_noise_key (&camera, resolved);
    if (stage->width_px > 0 && stage->height_px > 0)
      dio_camera_resize (&camera, stage->width_px, stage->height_px);
    g_array_append_val (frame->cameras, camera);
  }
  return TRUE;
}
