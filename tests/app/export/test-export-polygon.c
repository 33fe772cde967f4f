#define G_LOG_DOMAIN "test-export-polygon"

#include "dio-export-polygon-private.h"

#include <math.h>
#include <string.h>

static DioRle
mask_from_text (const char *const *rows)
{
  guint height = g_strv_length ((char **) rows), width = (guint) strlen (rows[0]);
  g_autoptr (DioImage) image = dio_image_new (width, height, 1, DIO_PIXEL_U8);
  DioRle rle;

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      image->u8[y * width + x] = rows[y][x] == '#';
  dio_rle_from_mask (&rle, image);
  return rle;
}

/* A pixel's centre is in a ring when a ray to the left meets its sides an odd number of times. */
static gboolean
is_inside (const GArray *ring, double x, double y)
{
  gboolean inside = FALSE;

  for (guint i = 0; i < ring->len; i++) {
    const DioGridPoint *a = &g_array_index (ring, DioGridPoint, i);
    const DioGridPoint *b = &g_array_index (ring, DioGridPoint, (i + 1) % ring->len);
    g_assert_true (a->x == b->x || a->y == b->y);
    g_assert_false (a->x == b->x && a->y == b->y);
    if ((a->y > y) != (b->y > y) && a->x < x)
      inside = !inside;
  }
  return inside;
}

/* Every pixel of the mask is in exactly one ring, every other in none. */
static void
assert_round_trip (const DioRle *mask)
{
  g_autoptr (GPtrArray) rings = dio_export_polygons_from_mask (mask);
  g_autoptr (DioImage) image = dio_rle_to_mask (mask);

  for (guint y = 0; y < mask->height; y++)
    for (guint x = 0; x < mask->width; x++) {
      guint n = 0;
      for (guint i = 0; i < rings->len; i++)
        n += is_inside (rings->pdata[i], x + 0.5, y + 0.5);
      g_assert_cmpuint (n, ==, image->u8[y * mask->width + x]);
    }
  for (guint i = 0; i < rings->len; i++)
    g_assert_cmpuint (((GArray *) rings->pdata[i])->len, >=, 4);
}

/* Draws the line from @a to @b; lines within a part are upright, level or diagonal by one. */
static void
draw_line (DioImage *out, const DioGridPoint *a, const DioGridPoint *b)
{
  int n = MAX (MAX (ABS (b->x - a->x), ABS (b->y - a->y)), 1);

  for (int i = 0; i <= n; i++) {
    int x = (int) floor (a->x + (double) i / n * (b->x - a->x) + 0.5);
    int y = (int) floor (a->y + (double) i / n * (b->y - a->y) + 0.5);
    out->u8[(gsize) y * out->width + (gsize) x] = 1;
  }
}

/* Adds what a ring of pixels draws and encloses. */
static void
draw_ring (DioImage *out, const GArray *ring)
{
  for (guint i = 0; i < ring->len; i++)
    draw_line (out, &g_array_index (ring, DioGridPoint, i),
               &g_array_index (ring, DioGridPoint, (i + 1) % ring->len));
  for (guint y = 0; y < out->height; y++)
    for (guint x = 0; x < out->width; x++) {
      gboolean inside = FALSE;
      for (guint i = 0; i < ring->len; i++) {
        const DioGridPoint *a = &g_array_index (ring, DioGridPoint, i);
        const DioGridPoint *b = &g_array_index (ring, DioGridPoint, (i + 1) % ring->len);
        if ((a->y > (int) y) != (b->y > (int) y)
            && a->x + ((double) y - a->y) / (b->y - a->y) * (b->x - a->x) < x)
          inside = !inside;
      }
      out->u8[y * out->width + x] |= (guint8) inside;
    }
}

/* Rings of pixels drawn apart give the mask; joined, nothing of it is missing. */
static void
assert_pixel_rings (const DioRle *mask)
{
  g_autoptr (GPtrArray) rings = dio_export_pixel_rings_from_mask (mask);
  g_autoptr (DioImage) wanted = dio_rle_to_mask (mask);
  g_autoptr (DioImage) drawn = dio_image_new (mask->width, mask->height, 1, DIO_PIXEL_U8);
  g_autoptr (DioImage) joined = dio_image_new (mask->width, mask->height, 1, DIO_PIXEL_U8);
  guint n_parts;
  g_autoptr (GArray) ring = dio_export_ring_from_mask (mask, &n_parts);

  for (guint i = 0; i < rings->len; i++)
    draw_ring (drawn, rings->pdata[i]);
  draw_ring (joined, ring);
  g_assert_cmpuint (n_parts, ==, rings->len);
  for (gsize i = 0; i < (gsize) mask->width * mask->height; i++) {
    g_assert_cmpuint (drawn->u8[i], ==, wanted->u8[i]);
    g_assert_cmpuint (joined->u8[i], >=, wanted->u8[i]);
  }
}

/* The rectangle holds every pixel, stays in the picture, and is no larger than the upright box. */
static void
assert_rectangle (const DioRle *mask)
{
  double corners[4][2], u[2], v[2];
  DioPixelBox box = dio_rle_box (mask);
  g_autoptr (DioImage) wanted = dio_rle_to_mask (mask);

  if (box.x0 == box.x1)
    return;
  dio_export_rectangle_from_mask (mask, corners);
  for (int k = 0; k < 2; k++) {
    u[k] = corners[1][k] - corners[0][k];
    v[k] = corners[3][k] - corners[0][k];
  }
  double area = u[0] * v[1] - u[1] * v[0];
  g_assert_cmpfloat (area, >, 0);
  g_assert_cmpfloat (area, <=, (box.x1 - box.x0) * (box.y1 - box.y0) + 1e-9);
  for (guint i = 0; i < 4; i++)
    g_assert_true (corners[i][0] >= 0 && corners[i][0] <= mask->width && corners[i][1] >= 0
                   && corners[i][1] <= mask->height);
  for (guint i = 0; i < 4 * mask->width * mask->height; i++) {
    guint x = i / 4 % mask->width, y = i / 4 / mask->width;
    if (!wanted->u8[y * mask->width + x])
      continue;
    double px = x + i % 2 - corners[0][0], py = y + i / 2 % 2 - corners[0][1];
    double a = (px * u[0] + py * u[1]) / (u[0] * u[0] + u[1] * u[1]);
    double b = (px * v[0] + py * v[1]) / (v[0] * v[0] + v[1] * v[1]);
    g_assert_true (a > -1e-9 && a < 1 + 1e-9 && b > -1e-9 && b < 1 + 1e-9);
  }
}

static void
assert_rings (const char *const *rows, guint n_rings, guint n_points)
{
  g_auto (DioRle) mask = mask_from_text (rows);
  g_autoptr (GPtrArray) rings = dio_export_polygons_from_mask (&mask);
  guint points = 0;

  for (guint i = 0; i < rings->len; i++)
    points += ((GArray *) rings->pdata[i])->len;
  g_assert_cmpuint (rings->len, ==, n_rings);
  g_assert_cmpuint (points, ==, n_points);
  assert_round_trip (&mask);
}

static void
test_square (void)
{
  const char *const rows[] = { "....", ".##.", ".##.", "....", NULL };
  const DioGridPoint corners[] = { { 1, 1 }, { 3, 1 }, { 3, 3 }, { 1, 3 } };
  g_auto (DioRle) mask = mask_from_text (rows);
  g_autoptr (GPtrArray) rings = dio_export_polygons_from_mask (&mask);

  g_assert_cmpuint (rings->len, ==, 1);
  const GArray *ring = rings->pdata[0];
  g_assert_cmpuint (ring->len, ==, 4);
  /* Clockwise on the screen, from whichever corner. */
  for (guint i = 0; i < 4; i++) {
    guint k = 0;
    while (memcmp (&g_array_index (ring, DioGridPoint, 0), &corners[k], sizeof corners[k]) != 0)
      k++;
    g_assert_cmpmem (&g_array_index (ring, DioGridPoint, i), sizeof corners[0],
                     &corners[(k + i) % 4], sizeof corners[0]);
  }
}

static void
test_known_shapes (void)
{
  const char *const one[] = { "#", NULL };
  const char *const bars[] = { "#.#", "#.#", NULL };
  const char *const corner[] = { "#.", ".#", NULL };
  const char *const full[] = { "####", "####", "####", NULL };
  const char *const step[] = { "#..", "##.", "###", NULL };

  assert_rings (one, 1, 4);
  assert_rings (bars, 2, 8);
  assert_rings (corner, 2, 8);
  assert_rings (full, 1, 4);
  assert_rings (step, 1, 8);
}

/* A hole costs its corners and the end of its cut on the outer ring, which is passed twice. */
static void
test_holes (void)
{
  const char *const hole[] = { "#####", "#####", "##.##", "#####", "#####", NULL };
  const char *const beside[] = { "######", "#.##.#", "#.##.#", "######", NULL };
  const char *const nested[] = { "#######", "#.....#", "#.###.#", "#.#.#.#",
                                 "#.###.#", "#.....#", "#######", NULL };
  const char *const diagonal[] = { "#####", "#.###", "##.##", "###.#", "#####", NULL };
  const char *const leak[] = { "###.", "#.#.", "##.#", "..##", NULL };

  assert_rings (hole, 1, 4 + 4 + 2);
  /* The second cut ends at a corner of the first hole and runs on along its side. */
  assert_rings (beside, 1, 4 + (4 + 2) + 4);
  assert_rings (nested, 2, 2 * (4 + 4 + 2));
  assert_rings (diagonal, 1, 4 + 12 + 2);
  g_auto (DioRle) leaking = mask_from_text (leak);
  assert_round_trip (&leaking);
}

static void
test_empty (void)
{
  g_auto (DioRle) mask = { 7, 5, 0, NULL };
  g_autoptr (GPtrArray) rings = dio_export_polygons_from_mask (&mask);

  g_assert_cmpuint (rings->len, ==, 0);
}

/* Noise of every density and blobs with holes, islands and corners; sizes down to one pixel. */
static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20);

  for (int round = 0; round < 400; round++) {
    guint width = (guint) g_rand_int_range (rand, 1, 24),
          height = (guint) g_rand_int_range (rand, 1, 24);
    g_autoptr (DioImage) image = dio_image_new (width, height, 1, DIO_PIXEL_U8);
    double density = g_rand_double_range (rand, 0.02, 0.98);
    guint cell = (guint) g_rand_int_range (rand, 1, 5);
    for (guint y = 0; y < height; y++)
      for (guint x = 0; x < width; x++)
        image->u8[y * width + x] = x % cell > 0   ? image->u8[y * width + x - 1]
                                   : y % cell > 0 ? image->u8[(y - 1) * width + x]
                                                  : g_rand_double (rand) < density;
    g_auto (DioRle) mask = { 0 };
    dio_rle_from_mask (&mask, image);
    assert_round_trip (&mask);
    assert_pixel_rings (&mask);
    assert_rectangle (&mask);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/polygon/square", test_square);
  g_test_add_func ("/export/polygon/known-shapes", test_known_shapes);
  g_test_add_func ("/export/polygon/holes", test_holes);
  g_test_add_func ("/export/polygon/empty", test_empty);
  g_test_add_func ("/export/polygon/random", test_random);
  return g_test_run ();
}
