#include "sensor-fixture.h"

#include <math.h>

DioCamera
fixture_camera (guint width, guint height)
{
  return (DioCamera){
    .id = "camera",
    .width_px = width,
    .height_px = height,
    .fx = 500,
    .fy = 500,
    .cx = width / 2.0,
    .cy = height / 2.0,
    .exposure_ev100 = log2 (1 / 1.2),
    .tone = DIO_TONE_LINEAR,
    .noise_key = { 123, 456 },
  };
}

DioImage *
fixture_flat (const DioCamera *camera, float r, float g, float b)
{
  DioImage *light = dio_image_new (camera->width_px, camera->height_px, 3, DIO_PIXEL_F32);
  for (gsize i = 0; i < (gsize) light->width * light->height; i++) {
    light->f32[3 * i] = r;
    light->f32[3 * i + 1] = g;
    light->f32[3 * i + 2] = b;
  }
  return light;
}

void
fixture_set (DioImage *light, guint x, guint y, float value)
{
  for (guint c = 0; c < 3; c++)
    light->f32[((gsize) y * light->width + x) * 3 + c] = value;
}

float
fixture_get (const DioImage *light, guint x, guint y, guint channel)
{
  return light->f32[((gsize) y * light->width + x) * 3 + channel];
}
