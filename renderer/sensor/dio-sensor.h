#pragma once
/* Thread: any. From light to a picture, as a camera does it: blur of the lens and of motion, vignette, photons
 * and their noise, white balance, tone curve, 8 bits, JPEG. Knows no scene and touches no label; a picture is
 * a pure function of its light and its camera. */

#include "dio-frame-camera.h"
#include "dio-image.h"

G_BEGIN_DECLS

/** Whether a picture of @camera needs its linear light; else the renderer's own tone curve, applied to every sample
 * before they are averaged, makes it. */
gboolean dio_sensor_wants_light (const DioCamera *camera);

/** @nits: f32 x3 linear light of the camera's size, not negative. Returns u8 x3 sRGB. */
DioImage *dio_sensor_develop (const DioCamera *camera,
                              const DioImage *nits) G_GNUC_WARN_UNUSED_RESULT;

/** The light that reaches the tone curve, 1 = white: what develop does before 8 bits (tests, measurements). f32 x3. */
DioImage *dio_sensor_expose (const DioCamera *camera,
                             const DioImage *nits) G_GNUC_WARN_UNUSED_RESULT;

/** Linear sRGB to linear sRGB so that the light of @kelvin and @tint becomes neutral, by row: the Bradford adaptation
 * to D65 that keeps the luminance of that light. 0 and 0 are the unit matrix. */
void dio_sensor_get_white_balance (double kelvin, double tint, double matrix_out[static 9]);

/** The JPEG file of @rgb (u8 x3) as @camera writes it, and in *@decoded the picture that it holds. NULL without JPEG
 * (@error not set) and on errors (set). */
GBytes *dio_sensor_compress (const DioCamera *camera,
                             const DioImage *rgb,
                             DioImage **decoded,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
