#define G_LOG_DOMAIN "dio-sensor"

/* Noise of photons and electronics: the model of the photon transfer curve (Janesick, "Photon Transfer", SPIE 2007):
 * electrons are Poisson around the light, read noise of pixels and of rows is normal. The variance in electrons
 * so is the mean plus a constant. */

#include "dio-sensor-private.h"

#include "dio-core-math.h"
#include "dio-core-philox.h"

#include <math.h>

/* Means from here on take the normal quantile corrected for skew, which holds the first three moments to 0.3 %. */
#define MANY_ELECTRONS 20.0f

/* The normal quantile of 32 random bits: octaves of the distance to the nearer end, each in equal parts, between whose
 * borders it is all but straight. */
#define OCTAVES 32
#define PARTS_LOG2 6
#define PARTS (1 << PARTS_LOG2)

static float quantiles[OCTAVES * PARTS + 1];

static gpointer
make_quantiles_cb (gpointer unused)
{
  for (int i = 0; i <= OCTAVES * PARTS; i++) {
    double distance = ldexp (1.0 + (i % PARTS) / (double) PARTS, i / PARTS);
    quantiles[i] = (float) dio_normal_quantile (MIN (distance, 2147483648.0) / 4294967296.0);
  }
  return NULL;
}

static void
require_quantiles (void)
{
  static GOnce once = G_ONCE_INIT;
  g_once (&once, make_quantiles_cb, NULL);
}

static inline float
normal_of_bits (uint32_t bits)
{
  /* From 1 to 2^31, in the middle between two numbers of 32 bits; the float's bits are octave and part. */
  union {
    float f;
    uint32_t u;
  } distance = { .f = (float) (bits & 0x7fffffffu) + 1.0f };
  uint32_t at = distance.u - (127u << 23);
  uint32_t part = at >> (23 - PARTS_LOG2);
  float within = (float) (at & ((1u << (23 - PARTS_LOG2)) - 1)) * (1.0f / (1 << (23 - PARTS_LOG2)));
  float value = quantiles[part] + within * (quantiles[part + 1] - quantiles[part]);
  return bits >> 31 ? -value : value;
}

/* Few electrons, counted one by one by inversion. */
static float
poisson_few (float mean, uint32_t bits)
{
  double u = ((double) bits + 0.5) / 4294967296.0;
  double probability = dio_exp (-(double) mean), sum = probability;
  int n = 0;
  while (u > sum && n < 200) {
    n++;
    probability *= (double) mean / n;
    sum += probability;
  }
  return (float) n;
}

/* Electrons around @mean with read noise: Cornish and Fisher's expansion for the skew of the Poisson part. */
static inline float
count_many (float mean, float read_variance, uint32_t bits)
{
  float z = normal_of_bits (bits), variance = mean + read_variance;
  return mean + sqrtf (variance) * z + mean / (6 * variance) * (z * z - 1);
}

typedef struct {
  const DioCamera *camera;
  float white_e, read_e, row_e;
} Noise;

static void
add_to_pixel (const Noise *noise, uint32_t pixel, float *light)
{
  uint32_t bits[4], more[4];
  gboolean has_more = FALSE;
  dio_philox4x32_10 ((const uint32_t[4]){ pixel, 0, 0, 0 }, noise->camera->noise_key, bits);
  for (guint c = 0; c < 3; c++) {
    float mean = MAX (light[c], 0) * noise->white_e, electrons;
    if (mean >= MANY_ELECTRONS) {
      electrons = count_many (mean, noise->read_e * noise->read_e, bits[c]);
    } else {
      if (!has_more)
        dio_philox4x32_10 ((const uint32_t[4]){ pixel, 1, 0, 0 }, noise->camera->noise_key, more);
      has_more = TRUE;
      electrons = poisson_few (mean, bits[c]) + noise->read_e * normal_of_bits (more[c]);
    }
    light[c] = (electrons + noise->row_e) / noise->white_e;
  }
}

void
dio_sensor_add_noise (const DioCamera *camera, guint y, float *light, guint width)
{
  const DioPictureEffects *effects = &camera->effects;
  Noise noise = { camera, (float) effects->electrons_at_white, (float) effects->read_noise_e, 0 };
  uint32_t bits[4];
  require_quantiles ();
  dio_philox4x32_10 ((const uint32_t[4]){ y, 2, 0, 0 }, camera->noise_key, bits);
  noise.row_e = (float) effects->row_noise_e * normal_of_bits (bits[0]);
  for (guint x = 0; x < width; x++)
    add_to_pixel (&noise, y * width + x, light + x * 3);
}
