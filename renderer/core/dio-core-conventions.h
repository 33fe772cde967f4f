#pragma once
/* Thread: any. The single truth about frames, units and pixels; tests/renderer/core/ proves each.
 *
 * World: right-handed, Z up, metres, radians. A camera looks along its own -Z with +Y up.
 * Transforms are named b_from_a, are column-major and act on column vectors.
 * Quaternions are named with their order, q_wxyz.
 * Pixel (0,0) is top-left, its centre lies at (0.5, 0.5); x runs in [0, width], y down in [0, height].
 * K uses the same pixel units: u = fx * x_cv / z_cv + cx, v = fy * y_cv / z_cv + cy with the OpenCV
 * camera axes x_cv = x, y_cv = -y, z_cv = -z of our camera axes.
 * depth_z is metres along the optical axis (z_cv), distance is metres along the ray; background is +inf.
 * Leaf id 0 is background; instance id 0 is background.
 * Light is photometric and linear (sRGB primaries) inside; sRGB transfer only in written pictures.
 */

/** Colour samples and coverage samples lie here inside a pixel (x, y from its top-left corner): the
 * standard 4-sample pattern of OpenGL implementations, on which renderer/gl and renderer/rays agree. */
#define DIO_SAMPLES_PER_PIXEL 4
static const double dio_sample_offsets[DIO_SAMPLES_PER_PIXEL][2] = {
  { 0.375, 0.125 },
  { 0.875, 0.375 },
  { 0.125, 0.625 },
  { 0.625, 0.875 },
};

/** Leaf ids fit 16 bits; a frame with more renderable leaves is refused at validation. */
#define DIO_MAX_LEAF_ID 65535
