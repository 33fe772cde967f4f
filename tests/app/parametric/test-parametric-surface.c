/* Surfaces into pictures, and their cache. */

#include "dio-parametric-surface-street-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SIDE 64

static gint n_rows_made;

/* A ramp of one metre a metre to the right in the left half and down again in the right half. */
static void
shade_roof (DioTextureRow *row, const DioSurfaceRow *out, gconstpointer user)
{
  g_atomic_int_inc (&n_rows_made);
  for (guint x = 0; x < row->size_px; x++) {
    float u = row->u[x];
    out->rgb[x][0] = u;
    out->rgb[x][1] = (float) row->v;
    out->rgb[x][2] = *(const float *) user;
    out->height_m[x] = u < 0.5f ? u : 1 - u;
    out->roughness[x] = 0.25f;
    out->alpha[x] = u < 0.5f ? 1 : 0;
  }
}

static const float blue = 0.5f;

static DioSurface
make_roof (const char *key)
{
  return (DioSurface){ .key = key,
                       .width_px = SIDE,
                       .height_px = SIDE / 2,
                       .tile_m = 1,
                       .shade = shade_roof,
                       .user = &blue };
}

static void
test_maps (void)
{
  DioSurface roof = make_roof ("maps");
  roof.height_px = SIDE;
  g_auto (DioSurfaceImages) images = { 0 };
  dio_surface_render (&roof, &images);
  const gsize left = (10 * SIDE + 16) * 4, right = (10 * SIDE + 48) * 4;
  g_assert_cmpuint (images.color->u8[left + 2], ==, 128);
  g_assert_cmpuint (images.color->u8[left + 3], ==, 255);
  g_assert_cmpuint (images.color->u8[right + 3], ==, 0);
  g_assert_cmpuint (images.metallic_roughness->u8[left + 1], ==, 64);
  g_assert_cmpuint (images.metallic_roughness->u8[left + 2], ==, 0);
  /* A slope of 45 degrees rising to the right leans its normal to the left. */
  const double lean = sqrt (0.5);
  g_assert_cmpint (abs (images.normal->u8[left] - (int) (127.5 - 127.5 * lean)), <=, 1);
  g_assert_cmpint (abs (images.normal->u8[right] - (int) (127.5 + 127.5 * lean)), <=, 1);
  g_assert_cmpint (abs (images.normal->u8[left + 1] - 128), <=, 1);
  g_assert_cmpint (abs (images.normal->u8[left + 2] - (int) (127.5 + 127.5 * lean)), <=, 1);
}

/* Down the picture is against +Y of the normal. */
static void
shade_down (DioTextureRow *row, const DioSurfaceRow *out, gconstpointer user)
{
  for (guint x = 0; x < row->size_px; x++)
    out->height_m[x] = (float) (row->v < 0.5 ? row->v : 1 - row->v);
}

static void
test_down (void)
{
  DioSurface down = {
    .key = "d", .width_px = SIDE, .height_px = SIDE, .tile_m = 1, .shade = shade_down
  };
  g_auto (DioSurfaceImages) images = { 0 };
  dio_surface_render (&down, &images);
  g_assert_cmpuint (images.normal->u8[(16 * SIDE + 5) * 4 + 1], >, 200);
  g_assert_cmpuint (images.normal->u8[(48 * SIDE + 5) * 4 + 1], <, 60);
}

/* A key is made once; another key is another picture. */
static void
test_cache (void)
{
  DioSurface roof = make_roof ("cache-a"), other = make_roof ("cache-b");
  g_auto (DioSurfaceMaps) first = { 0 }, again = { 0 }, third = { 0 };
  g_atomic_int_set (&n_rows_made, 0);
  dio_surface_get_maps (&roof, &first);
  dio_surface_get_maps (&roof, &again);
  g_assert_cmpint (g_atomic_int_get (&n_rows_made), ==, SIDE / 2);
  g_assert_true (first.color == again.color && first.normal == again.normal);
  g_assert_true (first.color->srgb && !first.normal->srgb && !first.metallic_roughness->srgb);
  dio_surface_get_maps (&other, &third);
  g_assert_cmpint (g_atomic_int_get (&n_rows_made), ==, SIDE);
  g_assert_true (first.color != third.color);
}

/* What was used longest ago makes room, and what somebody holds lives on. */
static void
test_bounded (void)
{
  DioSurface big = make_roof ("big-0");
  big.width_px = big.height_px = 1024;
  g_auto (DioSurfaceMaps) held = { 0 };
  dio_surface_get_maps (&big, &held);
  const guint n = DIO_SURFACE_CACHE_BYTES / (3 * 4 * 1024 * 1024) + 1;
  for (guint i = 1; i <= n; i++) {
    g_autofree char *key = g_strdup_printf ("big-%u", i);
    DioSurface next = big;
    next.key = key;
    g_auto (DioSurfaceMaps) maps = { 0 };
    dio_surface_get_maps (&next, &maps);
  }
  g_atomic_int_set (&n_rows_made, 0);
  g_auto (DioSurfaceMaps) again = { 0 };
  dio_surface_get_maps (&big, &again);
  g_assert_cmpint (g_atomic_int_get (&n_rows_made), ==, 1024);
  g_assert_true (again.color != held.color);
  g_assert_cmphex (again.color->key, ==, held.color->key);
}

/* ---- the surfaces of streets ---- */

/* Mean absolute difference of two columns or rows of a map. */
static double
compare_lines (const DioImage *image, guint a, guint b, gboolean columns)
{
  double sum = 0;
  for (guint i = 0; i < image->height; i++)
    for (guint c = 0; c < 4; c++) {
      gsize pa = columns ? (i * image->width + a) * 4 + c : (a * image->width + i) * 4 + c;
      gsize pb = columns ? (i * image->width + b) * 4 + c : (b * image->width + i) * 4 + c;
      sum += abs (image->u8[pa] - image->u8[pb]);
    }
  return sum / (image->height * 4);
}

static void
check_seams (const DioImage *image)
{
  for (guint columns = 0; columns < 2; columns++) {
    double worst = 0;
    for (guint i = 0; i + 1 < image->width; i++)
      worst = MAX (worst, compare_lines (image, i, i + 1, columns != 0));
    g_assert_cmpfloat (compare_lines (image, image->width - 1, 0, columns != 0), <=, worst + 0.5);
  }
}

/* Every map of a surface repeats without a seam, also at a quarter of its size; the texels are fine enough. */
static void
test_street_tiles (void)
{
  for (guint i = 0; i < DIO_STREET_N_SURFACES; i++) {
    DioSurface surface = *dio_street_get_surface (i);
    g_assert_cmpfloat (surface.width_px / surface.tile_m, >=, 200);
    g_assert_cmpuint (surface.width_px, ==, surface.height_px);
    surface.width_px = surface.height_px = surface.width_px / 4;
    g_auto (DioSurfaceImages) images = { 0 };
    dio_surface_render (&surface, &images);
    check_seams (images.color);
    check_seams (images.normal);
    check_seams (images.metallic_roughness);
  }
}

static double
get_mean (const DioImage *image, guint channel)
{
  double sum = 0;
  const gsize n = (gsize) image->width * image->height;
  for (gsize i = 0; i < n; i++)
    sum += image->u8[4 * i + channel];
  return sum / (double) n;
}

/* A surface is level as a whole, neither black nor burnt out, the same every time, another with another seed. */
static void
test_street_content (void)
{
  for (guint i = 0; i < DIO_STREET_N_SURFACES; i++) {
    DioSurface surface = *dio_street_get_surface (i), other;
    surface.width_px = surface.height_px = 256;
    other = surface;
    other.seed += 100;
    g_auto (DioSurfaceImages) images = { 0 }, again = { 0 }, varied = { 0 };
    dio_surface_render (&surface, &images);
    dio_surface_render (&surface, &again);
    dio_surface_render (&other, &varied);
    gsize bytes = dio_image_get_bytes (images.color);
    g_assert_cmpmem (images.color->data, bytes, again.color->data, bytes);
    g_assert_cmpmem (images.normal->data, bytes, again.normal->data, bytes);
    g_assert_cmpint (memcmp (images.color->data, varied.color->data, bytes), !=, 0);
    for (guint c = 0; c < 3; c++) {
      g_assert_cmpfloat (get_mean (images.color, c), >, 25);
      g_assert_cmpfloat (get_mean (images.color, c), <, 250);
    }
    g_assert_cmpfloat (fabs (get_mean (images.normal, 0) - 127.5), <, 1.5);
    g_assert_cmpfloat (fabs (get_mean (images.normal, 1) - 127.5), <, 1.5);
    g_assert_cmpfloat (get_mean (images.normal, 2), >, 150);
    g_assert_cmpfloat (get_mean (images.metallic_roughness, 1), >, 40);
  }
}

/* The mask of worn paint keeps most of it and loses some. */
static void
test_worn_paint (void)
{
  DioSurface surface = *dio_street_get_surface (DIO_STREET_ROAD_PAINT);
  surface.width_px = surface.height_px = 512;
  g_auto (DioSurfaceImages) images = { 0 };
  dio_surface_render (&surface, &images);
  guint kept = 0;
  for (guint i = 0; i < 512 * 512; i++)
    kept += images.color->u8[4 * i + 3] >= 128;
  g_assert_cmpuint (kept, >, 512 * 512 * 7 / 10);
  g_assert_cmpuint (kept, <, 512 * 512 * 99 / 100);
}

static gpointer
fetch_cb (gpointer data)
{
  DioSurfaceMaps *maps = g_new0 (DioSurfaceMaps, 1);
  dio_surface_get_maps (data, maps);
  return maps;
}

/* Whoever comes first, all get the same textures. */
static void
test_threads (void)
{
  DioSurface roof = make_roof ("threads");
  GThread *threads[4];
  DioSurfaceMaps *maps[4];
  for (guint i = 0; i < 4; i++)
    threads[i] = g_thread_new ("fetch", fetch_cb, &roof);
  for (guint i = 0; i < 4; i++)
    maps[i] = g_thread_join (threads[i]);
  for (guint i = 0; i < 4; i++)
    g_assert_true (maps[i]->color == maps[0]->color);
  for (guint i = 0; i < 4; i++) {
    dio_surface_maps_clear (maps[i]);
    g_free (maps[i]);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/parametric/surface/maps", test_maps);
  g_test_add_func ("/parametric/surface/down", test_down);
  g_test_add_func ("/parametric/surface/cache", test_cache);
  g_test_add_func ("/parametric/surface/bounded", test_bounded);
  g_test_add_func ("/parametric/surface/street-tiles", test_street_tiles);
  g_test_add_func ("/parametric/surface/street-content", test_street_content);
  g_test_add_func ("/parametric/surface/worn-paint", test_worn_paint);
  g_test_add_func ("/parametric/surface/threads", test_threads);
  return g_test_run ();
}
