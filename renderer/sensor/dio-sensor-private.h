#pragma once
/* Thread: any. The steps of dio-sensor.c. Light is f32 x3, 1 = exposed white. */

#include "dio-sensor.h"

G_BEGIN_DECLS

/* ---- kernels: what a point becomes ---- */

/** A run of @n equal weights in one row, its first at (dx, dy) from the point. */
typedef struct {
  int dx, dy, n;
  float weight;
} DioSensorRun;

/** All weights add up to 1 and their centroid is the point. */
typedef struct {
  GArray *runs;    /**< of DioSensorRun, by row */
  guint radius_px; /**< no run reaches farther */
} DioSensorKernel;

void dio_sensor_kernel_init_disc (DioSensorKernel *kernel, double diameter_px);
void dio_sensor_kernel_init_line (DioSensorKernel *kernel, double length_px, double angle_rad);
void dio_sensor_kernel_clear (DioSensorKernel *kernel);

/** Spreads the light in place; what lies beyond the picture is its mirror image, so that no light is lost. */
void dio_sensor_blur_kernel (DioImage *light, const DioSensorKernel *kernel);
void dio_sensor_blur_gauss (DioImage *light, double sigma_px);

/* ---- noise ---- */

/** Adds the noise of row @y to its @width pixels of light. */
void dio_sensor_add_noise (const DioCamera *camera, guint y, float *light, guint width);

/* ---- film ---- */

/** Tone curve and transfer to sRGB of @n pixels: to the bit what dio_tone_apply_rgb and dio_srgb8_from_linear make of
 * the floats, but for DIO_TONE_AGX, which may differ by one. */
void dio_sensor_film_row (DioToneCurve curve, const float *light, uint8_t *rgb, guint n);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioSensorKernel, dio_sensor_kernel_clear)

G_END_DECLS
