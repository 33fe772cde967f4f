/* Surfaces of what grows, of wood, of rooms and of fruit: repeat without a seam, are the same each time, have relief, roughness and
 * coverage that mean something. */

#include "dio-parametric-foliage-private.h"
#include "dio-parametric-nature-surface-private.h"
#include "dio-parametric-peel-private.h"
#include "dio-parametric-surface-indoor-private.h"
#include "dio-parametric-wood-surface-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const DioSurface *const all[] = {
  &dio_surface_bark,         &dio_surface_birch_bark,    &dio_surface_grass,
  &dio_surface_wood,         &dio_surface_dark_wood,     &dio_surface_cardboard,
  &dio_surface_fabric,       &dio_surface_painted_wood,  &dio_surface_weathered_wood,
  &dio_surface_leaves,       &dio_surface_leaves_autumn, &dio_surface_apple_peel,
  &dio_surface_pear_peel,    &dio_surface_orange_peel,   &dio_surface_banana_peel,
  &dio_surface_spotted_peel, &dio_surface_brushed_metal, &dio_surface_floor_tiles,
  &dio_surface_wall_paint,   &dio_surface_label,
};

static double
compare_lines (const DioImage *image, guint a, guint b, gboolean columns)
{
  double sum = 0;
  for (guint i = 0; i < image->width; i++)
    for (guint c = 0; c < 3; c++) {
      gsize at_a = columns ? (gsize) i * image->stride_bytes + a * 4
                           : (gsize) a * image->stride_bytes + i * 4;
      gsize at_b = columns ? (gsize) i * image->stride_bytes + b * 4
                           : (gsize) b * image->stride_bytes + i * 4;
      sum += abs (image->u8[at_a + c] - image->u8[at_b + c]);
    }
  return sum / (3.0 * image->width);
}

static void
check_seams (const DioImage *image)
{
  for (int columns = 0; columns < 2; columns++) {
    double worst = 0;
    for (guint i = 0; i + 1 < image->width; i++)
      worst = MAX (worst, compare_lines (image, i, i + 1, columns));
    g_assert_cmpfloat (compare_lines (image, image->width - 1, 0, columns), <=, 1.05 * worst + 0.5);
  }
}

static void
get_range (const DioImage *image, guint channel, uint8_t *low, uint8_t *high)
{
  *low = 255;
  *high = 0;
  for (guint y = 0; y < image->height; y++)
    for (guint x = 0; x < image->width; x++) {
      uint8_t value = image->u8[(gsize) y * image->stride_bytes + x * 4 + channel];
      *low = MIN (*low, value);
      *high = MAX (*high, value);
    }
}

static void
test_surfaces (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (all); i++) {
    g_auto (DioSurfaceImages) a = { 0 }, b = { 0 };
    dio_surface_render (all[i], &a);
    dio_surface_render (all[i], &b);
    gsize n = dio_image_get_bytes (a.color);
    g_assert_cmpmem (a.color->data, n, b.color->data, n);
    g_assert_cmpmem (a.normal->data, n, b.normal->data, n);
    g_assert_cmpmem (a.metallic_roughness->data, n, b.metallic_roughness->data, n);
    check_seams (a.color);
    check_seams (a.normal);
    uint8_t low, high;
    /* What was brushed has relief across its grain alone. */
    get_range (a.normal, all[i] == &dio_surface_brushed_metal ? 1 : 0, &low, &high);
    g_assert_cmpuint (high - low, >, 8);
    get_range (a.metallic_roughness, 1, &low, &high);
    g_assert_cmpuint (low, >, 60);
    g_assert_cmpuint (high - low, >, 4);
    for (guint k = 0; k < i; k++)
      g_assert_cmpstr (all[i]->key, !=, all[k]->key);
  }
}

/* At least 200 texels a metre wherever the surface says how large it is. */
static void
test_density (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i]->tile_m > 0)
      g_assert_cmpfloat (all[i]->width_px / all[i]->tile_m, >=, 200);
}

/* Colours of the quarters of a tile are nearly alike in what is laid over large areas: no eye finds the repeat. */
static void
test_even (void)
{
  static const DioSurface *const large[] = { &dio_surface_cardboard, &dio_surface_fabric,
                                             &dio_surface_brushed_metal, &dio_surface_floor_tiles,
                                             &dio_surface_wall_paint };
  for (guint i = 0; i < G_N_ELEMENTS (large); i++) {
    g_auto (DioSurfaceImages) images = { 0 };
    dio_surface_render (large[i], &images);
    const DioImage *color = images.color;
    double sums[4] = { 0 };
    for (guint y = 0; y < color->height; y++)
      for (guint x = 0; x < color->width; x++)
        sums[2 * (2 * y / color->height) + 2 * x / color->width] +=
            color->u8[(gsize) y * color->stride_bytes + 4 * x + 1];
    for (guint k = 0; k < 4; k++) {
      double mean = sums[k] / (color->width * color->height / 4.0);
      double all_mean = (sums[0] + sums[1] + sums[2] + sums[3]) / (color->width * color->height);
      g_assert_cmpfloat (fabs (mean / all_mean - 1), <, 0.01);
    }
  }
}

/* Threads stand out, a tile's joint lies below its glaze and is duller, ground metal is metal throughout. */
static void
test_indoor (void)
{
  g_auto (DioSurfaceImages) tiles = { 0 }, metal = { 0 };
  dio_surface_render (&dio_surface_floor_tiles, &tiles);
  dio_surface_render (&dio_surface_brushed_metal, &metal);
  const guint side = tiles.color->width, middle = side / 12;
  const uint8_t *joint = tiles.metallic_roughness->u8 + 4 * (gsize) middle * side;
  const uint8_t *glaze = joint + 4 * middle;
  g_assert_cmpuint (joint[1], >, 200);
  g_assert_cmpuint (glaze[1], <, 90);
  uint8_t low, high;
  get_range (metal.metallic_roughness, 2, &low, &high);
  g_assert_cmpuint (low, ==, 255);
  get_range (tiles.metallic_roughness, 2, &low, &high);
  g_assert_cmpuint (high, ==, 0);
}

/* Every twig covers a part of its cell and keeps off its border, where the next one begins. */
static void
test_atlas (void)
{
  g_auto (DioSurfaceImages) images = { 0 };
  dio_surface_render (&dio_surface_leaves, &images);
  guint side = images.color->width / DIO_LEAF_VARIANTS;
  for (guint cell = 0; cell < DIO_LEAF_SHAPES * DIO_LEAF_VARIANTS; cell++) {
    guint left = cell % DIO_LEAF_VARIANTS * side, top = cell / DIO_LEAF_VARIANTS * side,
          covered = 0;
    for (guint y = 0; y < side; y++)
      for (guint x = 0; x < side; x++) {
        uint8_t alpha =
            images.color->u8[(gsize) (top + y) * images.color->stride_bytes + (left + x) * 4 + 3];
        covered += alpha >= 128;
        if (x == 0 || y == 0 || x == side - 1)
          g_assert_cmpuint (alpha, ==, 0);
      }
    g_assert_cmpfloat ((double) covered / (side * side), >, 0.12);
    g_assert_cmpfloat ((double) covered / (side * side), <, 0.6);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/parametric/nature-surface/all", test_surfaces);
  g_test_add_func ("/parametric/nature-surface/density", test_density);
  g_test_add_func ("/parametric/nature-surface/atlas", test_atlas);
  g_test_add_func ("/parametric/nature-surface/even", test_even);
  g_test_add_func ("/parametric/nature-surface/indoor", test_indoor);
  return g_test_run ();
}
