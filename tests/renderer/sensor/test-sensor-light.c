/* White balance, vignette, tone curves by table, JPEG. */
#include "sensor-fixture.h"

#include "dio-core-math.h"
#include "dio-image-codec.h"

#include <math.h>
#include <string.h>

static void
transform (const double m[9], const double v[3], double out[3])
{
  for (int i = 0; i < 3; i++)
    out[i] = m[3 * i] * v[0] + m[3 * i + 1] * v[1] + m[3 * i + 2] * v[2];
}

static double
luminance (const double rgb[3])
{
  return 0.2126729 * rgb[0] + 0.7151522 * rgb[1] + 0.0721750 * rgb[2];
}

static void
test_balance_makes_the_light_neutral (void)
{
  for (double kelvin = 2000; kelvin <= 20000; kelvin *= 1.15) {
    double light[3], matrix[9], seen[3];
    dio_color_from_temperature (kelvin, light);
    dio_sensor_get_white_balance (kelvin, 0, matrix);
    transform (matrix, light, seen);
    double y = luminance (light);
    for (int i = 0; i < 3; i++)
      g_assert_cmpfloat_with_epsilon (seen[i], y, 1e-5 * y);
  }
}

static void
test_balance_is_off (void)
{
  double matrix[9];
  dio_sensor_get_white_balance (0, 0, matrix);
  for (int i = 0; i < 9; i++)
    g_assert_cmpfloat (matrix[i], ==, i % 4 == 0 ? 1 : 0);
}

/* A higher temperature makes the same light warmer, a positive tint more magenta; back and forth is nothing. */
static void
test_balance_directions (void)
{
  static const double grey[3] = { 0.5, 0.5, 0.5 };
  double matrix[9], cold[3], warm[3], magenta[3], green[3];
  dio_sensor_get_white_balance (4000, 0, matrix);
  transform (matrix, grey, cold);
  dio_sensor_get_white_balance (9000, 0, matrix);
  transform (matrix, grey, warm);
  g_assert_cmpfloat (cold[2], >, cold[0] * 1.3);
  g_assert_cmpfloat (warm[0], >, warm[2] * 1.1);
  dio_sensor_get_white_balance (0, 30, matrix);
  transform (matrix, grey, magenta);
  g_assert_cmpfloat (magenta[1], <, MIN (magenta[0], magenta[2]) * 0.98);
  dio_sensor_get_white_balance (0, -30, matrix);
  transform (matrix, grey, green);
  g_assert_cmpfloat (green[1], >, MAX (green[0], green[2]) * 1.02);
}

/* Duv of the light that a tint makes neutral, by the definition of CIE 1960: 30 is 0.01. */
static void
test_tint_is_duv (void)
{
  static const double white[3] = { 1, 1, 1 };
  double matrix[9], inverse_of_white[3];
  dio_sensor_get_white_balance (0, -30, matrix);
  transform (matrix, white, inverse_of_white);
  /* The opposite tint takes it back, to the second order. */
  dio_sensor_get_white_balance (0, 30, matrix);
  double back[3];
  transform (matrix, inverse_of_white, back);
  for (int i = 0; i < 3; i++)
    g_assert_cmpfloat_with_epsilon (back[i], back[1], 1e-2);
  double x = 0.4124564 * inverse_of_white[0] + 0.3575761 * inverse_of_white[1]
             + 0.1804375 * inverse_of_white[2];
  double y = luminance (inverse_of_white);
  double z = 0.0193339 * inverse_of_white[0] + 0.1191920 * inverse_of_white[1]
             + 0.9503041 * inverse_of_white[2];
  double u = 4 * x / (x + 15 * y + 3 * z), v = 6 * y / (x + 15 * y + 3 * z);
  g_assert_cmpfloat_with_epsilon (hypot (u - 0.19784, v - 0.31220), 0.01, 0.0006);
}

static void
test_vignette (void)
{
  DioCamera camera = fixture_camera (80, 60);
  camera.effects.vignette_ev = 2;
  g_autoptr (DioImage) flat = fixture_flat (&camera, 1, 1, 1);
  g_autoptr (DioImage) light = dio_sensor_expose (&camera, flat);
  g_assert_cmpfloat_with_epsilon (fixture_get (light, 40, 30, 1), 1, 1e-3);
  g_assert_cmpfloat_with_epsilon (fixture_get (light, 0, 0, 1), 0.25, 0.015);
  g_assert_cmpfloat_with_epsilon (fixture_get (light, 79, 59, 2), fixture_get (light, 0, 0, 2),
                                  1e-6);
  /* cos^4: half way, tan is half as large. */
  g_assert_cmpfloat_with_epsilon (fixture_get (light, 60, 45, 0), 1 / (1.25f * 1.25f), 0.015);
}

/* The table is the formula, to the bit, or within one where colours mix. */
static void
test_film (void)
{
  DioCamera camera = fixture_camera (1000, 1);
  camera.effects.vignette_ev = 1e-12;
  for (int curve = DIO_TONE_LINEAR; curve <= DIO_TONE_AGX; curve++)
    for (guint pass = 0; pass < 40; pass++) {
      camera.tone = (DioToneCurve) curve;
      g_autoptr (DioImage) nits = fixture_flat (&camera, 0, 0, 0);
      for (guint i = 0; i < 3000; i++)
        nits->f32[i] = (float) exp2 (-16 + 22 * ((i * 7919 + pass * 104729) % 120000) / 120000.0);
      g_autoptr (DioImage) light = dio_sensor_expose (&camera, nits);
      g_autoptr (DioImage) rgb = dio_sensor_develop (&camera, nits);
      for (guint i = 0; i < 3000; i++) {
        double seen[3], shown[3];
        for (guint c = 0; c < 3; c++)
          seen[c] = (double) light->f32[i / 3 * 3 + c];
        dio_tone_apply_rgb (camera.tone, seen, shown);
        int expected = dio_srgb8_from_linear (shown[i % 3]);
        g_assert_cmpint (ABS (expected - rgb->u8[i]), <=, curve == DIO_TONE_AGX ? 1 : 0);
      }
    }
}

static void
test_film_extremes (void)
{
  DioCamera camera = fixture_camera (4, 1);
  camera.effects.vignette_ev = 1e-12;
  for (int curve = DIO_TONE_LINEAR; curve <= DIO_TONE_AGX; curve++) {
    camera.tone = (DioToneCurve) curve;
    g_autoptr (DioImage) nits = fixture_flat (&camera, 0, 0, 0);
    fixture_set (nits, 1, 0, 1e30f);
    fixture_set (nits, 2, 0, 1e-30f);
    fixture_set (nits, 3, 0, -1);
    g_autoptr (DioImage) rgb = dio_sensor_develop (&camera, nits);
    static const uint8_t expected[4] = { 0, 255, 0, 0 };
    for (guint x = 0; x < 4; x++)
      g_assert_cmpint (rgb->u8[x * 3 + 1], ==, expected[x]);
  }
}

/* A picture with edges, colour and grain. */
static DioImage *
make_picture (void)
{
  DioImage *rgb = dio_image_new (320, 240, 3, DIO_PIXEL_U8);
  for (guint y = 0; y < 240; y++)
    for (guint x = 0; x < 320; x++) {
      uint8_t *p = rgb->u8 + y * rgb->stride_bytes + x * 3;
      gboolean inside = (x / 40 + y / 30) % 2 == 1;
      p[0] = (uint8_t) (inside ? 190 : 60 + x % 23);
      p[1] = (uint8_t) (90 + 60 * sin (x * 0.09) * cos (y * 0.07) + (x * 31 + y * 17) % 11);
      p[2] = (uint8_t) (inside ? 40 : 150);
    }
  return rgb;
}

static double
psnr (const DioImage *a, const DioImage *b)
{
  double sum = 0;
  gsize n = dio_image_get_bytes (a);
  for (gsize i = 0; i < n; i++)
    sum += (a->u8[i] - b->u8[i]) * (a->u8[i] - b->u8[i]);
  return 10 * log10 (255.0 * 255.0 * (double) n / MAX (sum, 1e-9));
}

static double
compress (int quality, DioChroma chroma, gsize *size)
{
  DioCamera camera = fixture_camera (320, 240);
  camera.effects.jpeg_quality = quality;
  camera.effects.jpeg_chroma = chroma;
  g_autoptr (DioImage) rgb = make_picture ();
  g_autoptr (DioImage) decoded = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = dio_sensor_compress (&camera, rgb, &decoded, &error);
  g_assert_no_error (error);
  g_assert_nonnull (file);
  *size = g_bytes_get_size (file);
  g_autoptr (DioImage) again =
      dio_image_decode (g_bytes_get_data (file, NULL), *size, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (memcmp (again->data, decoded->data, dio_image_get_bytes (again)), ==, 0);
  return psnr (rgb, decoded);
}

static void
test_jpeg (void)
{
  gsize small, large, half;
  double bad = compress (30, DIO_CHROMA_420, &small), good = compress (95, DIO_CHROMA_444, &large);
  double halved = compress (95, DIO_CHROMA_420, &half);
  g_test_message ("quality 30: %zu bytes, %.1f dB; 95: %zu bytes, %.1f dB; 95 in 4:2:0: %zu bytes, "
                  "%.1f dB",
                  small, bad, large, good, half, halved);
  g_assert_cmpuint (small * 3, <, large);
  g_assert_cmpuint (half, <, large);
  g_assert_cmpfloat (bad + 6, <, good);
  g_assert_cmpfloat (halved, <, good);
  g_assert_cmpfloat (bad, >, 20);
  g_assert_cmpfloat (good, >, 38);
}

static void
test_no_jpeg (void)
{
  DioCamera camera = fixture_camera (320, 240);
  g_autoptr (DioImage) rgb = make_picture ();
  g_autoptr (DioImage) decoded = NULL;
  g_autoptr (GError) error = NULL;
  g_assert_null (dio_sensor_compress (&camera, rgb, &decoded, &error));
  g_assert_no_error (error);
  g_assert_null (decoded);
  g_assert_false (dio_sensor_wants_light (&camera));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sensor/balance/makes-the-light-neutral", test_balance_makes_the_light_neutral);
  g_test_add_func ("/sensor/balance/is-off", test_balance_is_off);
  g_test_add_func ("/sensor/balance/directions", test_balance_directions);
  g_test_add_func ("/sensor/balance/tint-is-duv", test_tint_is_duv);
  g_test_add_func ("/sensor/vignette", test_vignette);
  g_test_add_func ("/sensor/film", test_film);
  g_test_add_func ("/sensor/film-extremes", test_film_extremes);
  g_test_add_func ("/sensor/jpeg", test_jpeg);
  g_test_add_func ("/sensor/no-jpeg", test_no_jpeg);
  return g_test_run ();
}
