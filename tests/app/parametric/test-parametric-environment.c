#include "dio-frame.h"
#include "dio-parametric.h"

#include <math.h>

#define ROWS 64

/* Brightness of the texel towards a direction. */
static double
look (const DioImage *image, double x, double y, double z)
{
  double length = sqrt (x * x + y * y + z * z), u, v;
  dio_environment_uv ((DioVec3){ x / length, y / length, z / length }, &u, &v);
  guint column = MIN ((guint) (u * image->width), image->width - 1);
  guint row = MIN ((guint) (v * image->height), image->height - 1);
  const float *rgb = image->f32 + ((gsize) row * image->width + column) * 3;
  return (rgb[0] + rgb[1] + rgb[2]) / 3;
}

static void
test_format (gconstpointer name)
{
  g_autoptr (DioImage) image = dio_parametric_render_environment (name, ROWS);
  g_assert_nonnull (image);
  g_assert_cmpuint (image->height, ==, ROWS);
  g_assert_cmpuint (image->width, ==, 2 * ROWS);
  g_assert_cmpuint (image->channels, ==, 3);
  g_assert_cmpint (image->type, ==, DIO_PIXEL_F32);
  double sum = 0, area = 0;
  for (guint y = 0; y < ROWS; y++)
    for (guint i = 0; i < image->width * 3; i++) {
      float value = image->f32[y * image->width * 3 + i];
      g_assert_true (isfinite (value) && value >= 0 && value < 20);
      double weight = sin (G_PI * (y + 0.5) / ROWS);
      sum += value * weight;
      area += weight;
    }
  /* What lights a scene is of the order of one. */
  g_assert_cmpfloat (sum / area, >, 0.3);
  g_assert_cmpfloat (sum / area, <, 1.5);
}

/* The picture closes at the back: the step over its border is like other steps between columns. */
static void
test_closes (gconstpointer name)
{
  g_autoptr (DioImage) image = dio_parametric_render_environment (name, ROWS);
  double worst = 0, seam = 0;
  for (guint x = 0; x < image->width; x++) {
    double sum = 0;
    for (guint y = 0; y < ROWS; y++)
      sum += fabs (image->f32[(y * image->width + x) * 3]
                   - (double) image->f32[(y * image->width + (x + 1) % image->width) * 3]);
    if (x + 1 < image->width)
      worst = MAX (worst, sum);
    else
      seam = sum;
  }
  g_assert_cmpfloat (seam, <=, worst);
}

/* A larger picture shows the same surroundings. */
static void
test_scales (gconstpointer name)
{
  g_autoptr (DioImage) small = dio_parametric_render_environment (name, 32);
  g_autoptr (DioImage) large = dio_parametric_render_environment (name, 128);
  double difference = 0, total = 0;
  for (guint y = 0; y < 32; y++)
    for (guint x = 0; x < 64; x++) {
      double mean = 0, own = small->f32[(y * 64 + x) * 3];
      for (guint k = 0; k < 16; k++)
        mean += large->f32[((y * 4 + k / 4) * 256 + x * 4 + k % 4) * 3] / 16.0;
      difference += fabs (mean - own);
      total += own;
    }
  g_assert_cmpfloat (difference / total, <, 0.06);
}

static void
test_places (void)
{
  g_autoptr (DioImage) overcast = dio_parametric_render_environment ("overcast", ROWS);
  g_autoptr (DioImage) room = dio_parametric_render_environment ("room", ROWS);
  g_autoptr (DioImage) studio = dio_parametric_render_environment ("studio", ROWS);
  g_autoptr (DioImage) window = dio_parametric_render_environment ("window", ROWS);
  /* The sky is above; the ceiling lamp too; the key light is where its table says; the window is on +Y. */
  g_assert_cmpfloat (look (overcast, 0, 0, 1), >, 3 * look (overcast, 0, 0, -1));
  g_assert_cmpfloat (look (room, 0.2, 0.3, 1.4), >, 8);
  g_assert_cmpfloat (look (studio, -2.0, 1.5, 1.9), >, 8);
  g_assert_cmpfloat (look (window, 0.4, 2.9, 0.9), >, 5);
  g_assert_cmpfloat (look (window, -0.3, -2.4, 1.0), <, 1.2);
  /* A wall beside the window is of the order of one. */
  g_assert_cmpfloat (look (window, 2.6, 1.8, 0.5), >, 0.4);
  g_assert_cmpfloat (look (window, 2.6, 1.8, 0.5), <, 1.1);
}

static void
test_unknown (void)
{
  g_assert_null (dio_parametric_render_environment ("cellar", 16));
  g_assert_null (dio_parametric_render_environment ("", 16));
}

static void
test_deterministic (void)
{
  for (const char *const *name = dio_parametric_list_environments (); *name != NULL; name++) {
    g_autoptr (DioImage) a = dio_parametric_render_environment (*name, 16);
    g_autoptr (DioImage) b = dio_parametric_render_environment (*name, 16);
    g_assert_cmpmem (a->data, dio_image_get_bytes (a), b->data, dio_image_get_bytes (b));
  }
}

/* Every one has words for people, no two the same. */
static void
test_labels (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (const char *const *name = dio_parametric_list_environments (); *name != NULL; name++) {
    const char *label = dio_parametric_get_environment_label (*name);
    g_assert_nonnull (label);
    g_assert_true (g_ascii_isupper (label[0]));
    g_assert_true (g_hash_table_add (seen, (gpointer) label));
  }
  g_assert_null (dio_parametric_get_environment_label ("none"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (const char *const *name = dio_parametric_list_environments (); *name != NULL; name++) {
    g_autofree char *format = g_strdup_printf ("/parametric/environment/%s/format", *name);
    g_autofree char *closes = g_strdup_printf ("/parametric/environment/%s/closes", *name);
    g_autofree char *scales = g_strdup_printf ("/parametric/environment/%s/scales", *name);
    g_test_add_data_func (format, *name, test_format);
    g_test_add_data_func (closes, *name, test_closes);
    g_test_add_data_func (scales, *name, test_scales);
  }
  g_test_add_func ("/parametric/environment/places", test_places);
  g_test_add_func ("/parametric/environment/unknown", test_unknown);
  g_test_add_func ("/parametric/environment/deterministic", test_deterministic);
  g_test_add_func ("/parametric/environment/labels", test_labels);
  return g_test_run ();
}
