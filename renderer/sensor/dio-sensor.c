#define G_LOG_DOMAIN "dio-sensor"

#include "dio-sensor-private.h"

#include "dio-image-codec.h"

#include <math.h>

/* As the renderer bounds what it stores: 16 stops over white. */
#define BRIGHTEST 60000.0f

gboolean
dio_sensor_wants_light (const DioCamera *camera)
{
  return dio_picture_effects_touch_light (&camera->effects);
}

static DioImage *
scale_to_white (const DioCamera *camera, const DioImage *nits)
{
  DioImage *light = dio_image_new (nits->width, nits->height, 3, DIO_PIXEL_F32);
  float scale = (float) (1 / (1.2 * exp2 (camera->exposure_ev100)));
  gsize n = (gsize) nits->width * nits->height * 3;
  for (gsize i = 0; i < n; i++) {
    float value = nits->f32[i] * scale;
    light->f32[i] = value < BRIGHTEST ? value : BRIGHTEST;
  }
  return light;
}

static void
blur (const DioPictureEffects *effects, DioImage *light)
{
  g_auto (DioSensorKernel) disc = { 0 };
  g_auto (DioSensorKernel) line = { 0 };
  if (effects->softness_px > 0)
    dio_sensor_blur_gauss (light, effects->softness_px);
  if (effects->defocus_px > 0) {
    dio_sensor_kernel_init_disc (&disc, effects->defocus_px);
    dio_sensor_blur_kernel (light, &disc);
  }
  if (effects->motion_px > 0) {
    dio_sensor_kernel_init_line (&line, effects->motion_px, effects->motion_angle_rad);
    dio_sensor_blur_kernel (light, &line);
  }
}

/* With r = 1 in the farthest corner, cos^4 of a field angle whose tangent is sqrt (a) r: 1 / (1 + a r^2)^2, where a
 * makes the corner lose the stops. */
static void
darken_row (const DioCamera *camera, guint y, float *light)
{
  double a = exp2 (camera->effects.vignette_ev / 2) - 1;
  double far_u = MAX (fabs (camera->cx), fabs (camera->width_px - camera->cx));
  double far_v = MAX (fabs (camera->cy), fabs (camera->height_px - camera->cy));
  float a_per_px = (float) (a / (far_u * far_u + far_v * far_v));
  float dv = (float) (y + 0.5 - camera->cy), u = (float) (0.5 - camera->cx);
  for (guint x = 0; x < camera->width_px; x++) {
    float du = u + (float) x, root = 1 + a_per_px * (du * du + dv * dv);
    float share = 1 / (root * root);
    for (guint c = 0; c < 3; c++)
      light[x * 3 + c] *= share;
  }
}

static void
balance_row (const float matrix[static 9], float *light, guint width)
{
  for (guint x = 0; x < width; x++, light += 3) {
    float r = light[0], g = light[1], b = light[2];
    for (guint c = 0; c < 3; c++)
      light[c] = matrix[3 * c] * r + matrix[3 * c + 1] * g + matrix[3 * c + 2] * b;
  }
}

DioImage *
dio_sensor_expose (const DioCamera *camera, const DioImage *nits)
{
  g_return_val_if_fail (camera != NULL && nits != NULL, NULL);
  g_return_val_if_fail (nits->type == DIO_PIXEL_F32 && nits->channels == 3, NULL);
  g_return_val_if_fail (nits->width == camera->width_px && nits->height == camera->height_px, NULL);

  const DioPictureEffects *effects = &camera->effects;
  DioImage *light = scale_to_white (camera, nits);
  double exact[9];
  float matrix[9];
  dio_sensor_get_white_balance (effects->white_balance_k, effects->tint, exact);
  for (int i = 0; i < 9; i++)
    matrix[i] = (float) exact[i];
  blur (effects, light);
  for (guint y = 0; y < light->height; y++) {
    float *row = light->f32 + (gsize) y * light->width * 3;
    if (effects->vignette_ev > 0)
      darken_row (camera, y, row);
    if (effects->electrons_at_white > 0)
      dio_sensor_add_noise (camera, y, row, light->width);
    if (effects->white_balance_k > 0 || effects->tint != 0)
      balance_row (matrix, row, light->width);
  }
  return light;
}

DioImage *
dio_sensor_develop (const DioCamera *camera, const DioImage *nits)
{
  g_autoptr (DioImage) light = dio_sensor_expose (camera, nits);
  g_return_val_if_fail (light != NULL, NULL);
  DioImage *rgb = dio_image_new (light->width, light->height, 3, DIO_PIXEL_U8);
  for (guint y = 0; y < light->height; y++)
    dio_sensor_film_row (camera->tone, light->f32 + (gsize) y * light->width * 3,
                         rgb->u8 + y * rgb->stride_bytes, light->width);
  return rgb;
}

GBytes *
dio_sensor_compress (const DioCamera *camera,
                     const DioImage *rgb,
                     DioImage **decoded,
                     GError **error)
{
  g_return_val_if_fail (camera != NULL && rgb != NULL && decoded != NULL, NULL);

  if (camera->effects.jpeg_quality <= 0)
    return NULL;
  const DioEncodeOptions options = { .quality = (guint) camera->effects.jpeg_quality,
                                     .subsample = camera->effects.jpeg_chroma == DIO_CHROMA_420 };
  g_autoptr (GBytes) file = dio_image_encode (rgb, DIO_IMAGE_FORMAT_JPEG, &options, error);
  if (file == NULL)
    return NULL;
  gsize size;
  const void *data = g_bytes_get_data (file, &size);
  const DioImageLimits limits = { .max_pixels = (guint64) rgb->width * rgb->height };
  *decoded = dio_image_decode (data, size, &limits, error);
  return *decoded != NULL ? g_steal_pointer (&file) : NULL;
}
