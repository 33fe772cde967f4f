/* Books and the shelf they stand in: nothing sticks out, nothing floats, counts are right. */

#include "dio-parametric.h"

#include <math.h>
#include <string.h>

static DioModel *
build (const char *kind, const double *values)
{
  return dio_parametric_build_bare (dio_parametric_find (kind), values);
}

static const DioMesh *
find_mesh (const DioModel *model, const char *name)
{
  for (guint i = 0; i < model->parts->len; i++) {
    const DioModelPart *part = &g_array_index (model->parts, DioModelPart, i);
    if (strcmp (g_array_index (model->groups, DioModelGroup, part->group).name, name) == 0)
      return part->mesh;
  }
  return NULL;
}

/* Three boards a book, one block of pages. */
static void
test_count (void)
{
  for (double row = 0; row < 2; row++)
    for (double n = 1; n <= 16; n += 5) {
      g_autoptr (DioModel) books =
          build ("books", (const double[]){ n, 0.15, 0.22, 0.03, row, 0.5, 3 });
      g_assert_cmpuint (find_mesh (books, "covers")->n_triangles, ==, 3 * 44 * (guint) n);
      g_assert_cmpuint (find_mesh (books, "pages")->n_triangles, ==, 44 * (guint) n);
    }
}

/* A stack is as high as its books are thick, a row as long. */
static void
test_arrangement (void)
{
  g_autoptr (DioModel) stack = build ("books", (const double[]){ 10, 0.15, 0.22, 0.03, 0, 0, 3 });
  g_autoptr (DioModel) row = build ("books", (const double[]){ 10, 0.15, 0.22, 0.03, 1, 0, 3 });
  double height = stack->bounds.max.z, length = row->bounds.max.x - row->bounds.min.x;
  g_assert_cmpfloat_with_epsilon (height, 0.3, 0.06);
  g_assert_cmpfloat_with_epsilon (length, 0.3, 0.06);
  g_assert_cmpfloat (stack->bounds.max.x - stack->bounds.min.x, <, 0.27);
  g_assert_cmpfloat (row->bounds.max.z, <, 0.26);
}

/* Pages lie within the covers but at the three sides where a book opens. */
static void
test_pages (void)
{
  g_autoptr (DioModel) books = build ("books", (const double[]){ 1, 0.15, 0.22, 0.03, 1, 0, 3 });
  const DioMesh *covers = find_mesh (books, "covers"), *pages = find_mesh (books, "pages");
  g_assert_cmpfloat (pages->bounds.min.x - covers->bounds.min.x, >, 0.001);
  g_assert_cmpfloat (covers->bounds.max.y - pages->bounds.max.y, >, 0.002);
  g_assert_cmpfloat (covers->bounds.max.z - pages->bounds.max.z, >, 0.002);
  g_assert_cmpfloat (pages->bounds.min.z - covers->bounds.min.z, >, 0.002);
}

/* Whatever is drawn, books stay between the sides, before the back and behind the front. */
static void
test_inside_shelf (void)
{
  for (double seed = 0; seed < 40; seed++) {
    double width = 0.3 + 0.022 * seed, depth = 0.15 + 0.008 * seed;
    const double values[] = { width,        1.8, depth, 1 + (double) ((int) seed % 6),
                              0.025 * seed, 0,   seed };
    g_autoptr (DioModel) shelf = build ("bookshelf", values);
    g_assert_cmpfloat_with_epsilon (shelf->bounds.max.x, width / 2, 1e-6);
    g_assert_cmpfloat_with_epsilon (shelf->bounds.max.z, 1.8, 1e-6);
    const DioMesh *covers = find_mesh (shelf, "covers");
    if (covers == NULL)
      continue;
    g_assert_cmpfloat (covers->bounds.max.x, <, width / 2 - 0.02);
    g_assert_cmpfloat (covers->bounds.min.x, >, -width / 2 + 0.02);
    g_assert_cmpfloat (covers->bounds.min.y, >, -depth / 2 + 0.01);
    g_assert_cmpfloat (covers->bounds.max.y, <, depth / 2 - 0.011);
    g_assert_cmpfloat (covers->bounds.min.z, >, 0.08);
  }
}

static void
test_fill (void)
{
  g_autoptr (DioModel) empty = build ("bookshelf", (const double[]){ 0.8, 1.8, 0.26, 5, 0, 0, 1 });
  g_autoptr (DioModel) half = build ("bookshelf", (const double[]){ 0.8, 1.8, 0.26, 5, 0.5, 0, 1 });
  g_autoptr (DioModel) full = build ("bookshelf", (const double[]){ 0.8, 1.8, 0.26, 5, 1, 0, 1 });
  g_assert_null (find_mesh (empty, "covers"));
  g_assert_cmpuint (find_mesh (half, "covers")->n_triangles, >, 3 * 44 * 30);
  g_assert_cmpuint (2 * find_mesh (full, "covers")->n_triangles, >,
                    3 * find_mesh (half, "covers")->n_triangles);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/parametric/book/count", test_count);
  g_test_add_func ("/parametric/book/arrangement", test_arrangement);
  g_test_add_func ("/parametric/book/pages", test_pages);
  g_test_add_func ("/parametric/book/inside-shelf", test_inside_shelf);
  g_test_add_func ("/parametric/book/fill", test_fill);
  return g_test_run ();
}
