#include "dio-parametric.h"

#include <math.h>
#include <string.h>

#define SIDE 256

/* Mean absolute difference of two columns (or rows) of the picture, in steps of 8 bits. */
static double
compare_lines (const DioImage *image, guint a, guint b, gboolean columns)
{
  double sum = 0;
  for (guint i = 0; i < image->height; i++)
    for (guint c = 0; c < 3; c++) {
      gsize pa = columns ? (i * image->width + a) * 4 + c : (a * image->width + i) * 4 + c;
      gsize pb = columns ? (i * image->width + b) * 4 + c : (b * image->width + i) * 4 + c;
      sum += fabs ((double) image->u8[pa] - image->u8[pb]);
    }
  return sum / (image->height * 3);
}

/* The step over the border is no larger than the largest step inside, so nobody finds it. */
static void
check_seam (const DioImage *image, gboolean columns)
{
  double worst = 0;
  for (guint i = 0; i + 1 < image->width; i++)
    worst = MAX (worst, compare_lines (image, i, i + 1, columns));
  double seam = compare_lines (image, image->width - 1, 0, columns);
  g_assert_cmpfloat (seam, <=, worst + 0.5);
}

static void
test_tiles (gconstpointer name)
{
  g_autoptr (DioImage) image = dio_parametric_render_texture (name, SIDE, 3);
  g_assert_nonnull (image);
  g_assert_cmpuint (image->width, ==, SIDE);
  g_assert_cmpuint (image->height, ==, SIDE);
  g_assert_cmpuint (image->channels, ==, 4);
  check_seam (image, TRUE);
  check_seam (image, FALSE);
}

static void
test_content (gconstpointer name)
{
  g_autoptr (DioImage) image = dio_parametric_render_texture (name, SIDE, 0);
  double sum = 0, squares = 0;
  const double n = SIDE * SIDE;
  for (guint i = 0; i < SIDE * SIDE; i++) {
    double grey = (image->u8[i * 4] + image->u8[i * 4 + 1] + image->u8[i * 4 + 2]) / 3.0;
    sum += grey;
    squares += grey * grey;
    if (g_strcmp0 (name, "leaves") != 0)
      g_assert_cmpuint (image->u8[i * 4 + 3], ==, 255);
  }
  double deviation = sqrt (squares / n - sum / n * (sum / n));
  /* Something is drawn, and neither black nor burnt out. */
  g_assert_cmpfloat (deviation, >, 2);
  g_assert_cmpfloat (sum / n, >, 25);
  g_assert_cmpfloat (sum / n, <, 245);
}

static void
test_deterministic (gconstpointer name)
{
  g_autoptr (DioImage) a = dio_parametric_render_texture (name, 64, 7);
  g_autoptr (DioImage) b = dio_parametric_render_texture (name, 64, 7);
  g_assert_cmpmem (a->data, dio_image_get_bytes (a), b->data, dio_image_get_bytes (b));
}

/* Drawn figures ignore the seed, grown materials follow it. */
static void
test_seed (void)
{
  static const char *const grown[] = { "wood",          "dark-wood",  "marble",        "plaster",
                                       "cardboard",     "fabric",     "brushed-metal", "tiles",
                                       "bark",          "leaves",     "grass",         "oak-planks",
                                       "walnut-planks", "pine-planks" };
  for (guint i = 0; i < G_N_ELEMENTS (grown); i++) {
    g_autoptr (DioImage) a = dio_parametric_render_texture (grown[i], 64, 1);
    g_autoptr (DioImage) b = dio_parametric_render_texture (grown[i], 64, 2);
    g_assert_cmpint (memcmp (a->data, b->data, dio_image_get_bytes (a)), !=, 0);
  }
}

static void
test_unknown (void)
{
  g_assert_null (dio_parametric_render_texture ("velvet", 64, 0));
  g_assert_null (dio_parametric_render_texture ("", 64, 0));
}

/* A surface has its relief and roughness beside its colours, a pattern of colours has none. */
static void
test_maps (void)
{
  g_assert_true (dio_parametric_has_texture ("brick"));
  g_assert_true (dio_parametric_has_texture ("brick-normal"));
  g_assert_true (dio_parametric_has_texture ("brick-roughness"));
  g_assert_true (dio_parametric_has_texture ("wood-normal"));
  g_assert_true (dio_parametric_has_texture ("fabric-roughness"));
  g_assert_false (dio_parametric_has_texture ("checker-normal"));
  g_assert_false (dio_parametric_has_texture ("brick-height"));
  g_assert_false (dio_parametric_has_texture ("-normal"));
  g_assert_null (dio_parametric_render_texture ("checker-normal", 64, 0));
  g_autoptr (DioImage) color = dio_parametric_render_texture ("brick", 64, 0);
  g_autoptr (DioImage) normal = dio_parametric_render_texture ("brick-normal", 64, 0);
  g_autoptr (DioImage) rough = dio_parametric_render_texture ("brick-roughness", 64, 0);
  /* Normals point out of the wall, clay is red and no metal. */
  double blue = 0, red = 0, metal = 0;
  for (guint i = 0; i < 64 * 64; i++) {
    blue += normal->u8[4 * i + 2];
    red += color->u8[4 * i] - color->u8[4 * i + 2];
    metal += rough->u8[4 * i + 2];
  }
  g_assert_cmpfloat (blue / (64 * 64), >, 200);
  g_assert_cmpfloat (red, >, 0);
  g_assert_cmpfloat (metal, ==, 0);
}

/* Sides that are no power of two, and the smallest. */
static void
test_sizes (void)
{
  static const guint sides[] = { 1, 2, 3, 50, 333 };
  for (const char *const *name = dio_parametric_list_textures (); *name != NULL; name++)
    for (guint i = 0; i < G_N_ELEMENTS (sides); i++) {
      g_autoptr (DioImage) image = dio_parametric_render_texture (*name, sides[i], G_MAXUINT64);
      g_assert_cmpuint (image->width, ==, sides[i]);
    }
}

static void
test_checker_values (void)
{
  g_autoptr (DioImage) image = dio_parametric_render_texture ("checker", SIDE, 0);
  const uint8_t *light = image->u8 + (16 * SIDE + 16) * 4, *dark = image->u8 + (16 * SIDE + 48) * 4;
  g_assert_cmpuint (light[0], >, 220);
  g_assert_cmpuint (dark[0], <, 60);
}

/* Every one has words for people, no two the same. */
static void
test_labels (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (const char *const *name = dio_parametric_list_textures (); *name != NULL; name++) {
    const char *label = dio_parametric_get_texture_label (*name);
    g_assert_nonnull (label);
    g_assert_true (g_ascii_isupper (label[0]));
    g_assert_true (g_hash_table_add (seen, (gpointer) label));
  }
  g_assert_null (dio_parametric_get_texture_label ("none"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (const char *const *name = dio_parametric_list_textures (); *name != NULL; name++) {
    g_autofree char *tiles = g_strdup_printf ("/parametric/texture/%s/tiles", *name);
    g_autofree char *content = g_strdup_printf ("/parametric/texture/%s/content", *name);
    g_autofree char *again = g_strdup_printf ("/parametric/texture/%s/deterministic", *name);
    g_test_add_data_func (tiles, *name, test_tiles);
    g_test_add_data_func (content, *name, test_content);
    g_test_add_data_func (again, *name, test_deterministic);
  }
  g_test_add_func ("/parametric/texture/maps", test_maps);
  g_test_add_func ("/parametric/texture/seed", test_seed);
  g_test_add_func ("/parametric/texture/unknown", test_unknown);
  g_test_add_func ("/parametric/texture/sizes", test_sizes);
  g_test_add_func ("/parametric/texture/checker-values", test_checker_values);
  g_test_add_func ("/parametric/texture/labels", test_labels);
  return g_test_run ();
}
