/* Surfaces into pictures, and their cache. */

#include "dio-parametric-surface-private.h"

#include <math.h>
#include <stdlib.h>

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
  g_test_add_func ("/parametric/surface/threads", test_threads);
  return g_test_run ();
}
