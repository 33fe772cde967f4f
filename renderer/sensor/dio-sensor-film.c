#define G_LOG_DOMAIN "dio-sensor"

/* Light to 8 bits by table. A float's upper bits name a bucket so narrow that few values of 8 bits meet in it; the
 * borders between those, found once by bisection, decide. */

#include "dio-sensor-private.h"

#include "dio-core-math.h"

#include <math.h>
#include <string.h>

/* Buckets: 2^-20 .. 2^6 in 256 parts an octave. Darker light is black, brighter light as the last bucket. */
#define LOWEST_EXPONENT -20
#define OCTAVES 26
#define SHIFT 15
#define N_BUCKETS (OCTAVES << (23 - SHIFT))
#define N_CURVES 4

typedef struct {
  /** The smallest float that becomes the value; of values that none becomes, that of the next. */
  float borders[257];
  uint8_t first[N_BUCKETS]; /**< value at the bucket's lower end */
} Film;

static inline uint32_t
bits_of (float value)
{
  uint32_t bits;
  memcpy (&bits, &value, sizeof bits);
  return bits;
}

static inline float
float_of (uint32_t bits)
{
  float value;
  memcpy (&value, &bits, sizeof value);
  return value;
}

static uint32_t
get_lowest_bits (void)
{
  return bits_of (ldexpf (1, LOWEST_EXPONENT));
}

/* AgX mixes colours before its last step, which alone is in the table. */
static uint8_t
expose (DioToneCurve curve, float light)
{
  if (curve == DIO_TONE_AGX)
    return dio_srgb8_from_linear (dio_pow (MIN ((double) light, 1e3), DIO_AGX_POWER));
  return dio_srgb8_from_linear (dio_tone_apply (curve, (double) light));
}

/* The smallest float above 0 that becomes @value or more, or infinity. */
static float
find_border (DioToneCurve curve, int value)
{
  uint32_t low = 0, high = bits_of (INFINITY);
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    if (expose (curve, float_of (middle)) >= value)
      high = middle;
    else
      low = middle;
  }
  return float_of (high);
}

static gpointer
make_films_cb (gpointer unused)
{
  Film *films = g_new0 (Film, N_CURVES);
  for (int curve = 0; curve < N_CURVES; curve++) {
    Film *film = &films[curve];
    for (int value = 0; value < 256; value++)
      film->borders[value] = find_border ((DioToneCurve) curve, value);
    film->borders[256] = INFINITY;
    for (uint32_t i = 0; i < N_BUCKETS; i++)
      film->first[i] = expose ((DioToneCurve) curve, float_of (get_lowest_bits () + (i << SHIFT)));
  }
  return films;
}

static const Film *
get_film (DioToneCurve curve)
{
  static GOnce once = G_ONCE_INIT;
  const Film *films = g_once (&once, make_films_cb, NULL);
  return &films[curve];
}

static inline uint8_t
develop (const Film *film, uint32_t lowest, float light)
{
  /* Negative numbers and NaN are black. */
  if (!(light >= float_of (lowest)))
    return 0;
  uint32_t bucket = (bits_of (light) - lowest) >> SHIFT;
  if (bucket >= N_BUCKETS)
    bucket = N_BUCKETS - 1;
  uint8_t value = film->first[bucket];
  while (light >= film->borders[value + 1])
    value++;
  return value;
}

/* ---- AgX before that: its curve over the logarithm, straight within a 64th of an octave ---- */

#define LOG_SHIFT 17
#define N_LOGS (OCTAVES << (23 - LOG_SHIFT))

static gpointer
make_logs_cb (gpointer unused)
{
  float *logs = g_new (float, N_LOGS + 1);
  for (uint32_t i = 0; i <= N_LOGS; i++)
    logs[i] = (float) dio_agx_curve ((double) float_of (get_lowest_bits () + (i << LOG_SHIFT)));
  return logs;
}

static inline float
agx_curve (const float *logs, uint32_t lowest, float light)
{
  if (!(light > float_of (lowest)))
    return logs[0];
  uint32_t at = bits_of (light) - lowest, i = at >> LOG_SHIFT;
  if (i >= N_LOGS)
    return logs[N_LOGS];
  float within = (float) (at & ((1u << LOG_SHIFT) - 1)) * (1.0f / (1u << LOG_SHIFT));
  return logs[i] + within * (logs[i + 1] - logs[i]);
}

static inline float
mix (const double row[static 3], const float rgb[static 3])
{
  return (float) row[0] * rgb[0] + (float) row[1] * rgb[1] + (float) row[2] * rgb[2];
}

static void
agx_row (const Film *film, const float *light, uint8_t *rgb, guint n)
{
  static GOnce once = G_ONCE_INIT;
  const float *logs = g_once (&once, make_logs_cb, NULL);
  uint32_t lowest = get_lowest_bits ();
  for (guint i = 0; i < n; i++, light += 3, rgb += 3) {
    float seen[3], curved[3];
    for (int c = 0; c < 3; c++)
      seen[c] = light[c] > 0 ? light[c] : 0;
    for (int c = 0; c < 3; c++)
      curved[c] = agx_curve (logs, lowest, mix (dio_agx_inset + 3 * c, seen));
    for (int c = 0; c < 3; c++)
      rgb[c] = develop (film, lowest, mix (dio_agx_outset + 3 * c, curved));
  }
}

void
dio_sensor_film_row (DioToneCurve curve, const float *light, uint8_t *rgb, guint n)
{
  const Film *film = get_film (curve);
  uint32_t lowest = get_lowest_bits ();
  if (curve == DIO_TONE_AGX) {
    agx_row (film, light, rgb, n);
    return;
  }
  for (gsize i = 0; i < (gsize) n * 3; i++)
    rgb[i] = develop (film, lowest, light[i]);
}
