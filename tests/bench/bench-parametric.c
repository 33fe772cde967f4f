/* What our own models and their textures cost: per kind its triangles, the median milliseconds to build it
 * when its textures are cached, and those of the first build, which makes the textures that no kind before it had. One line a kind, tab separated.
 * Usage: bench-parametric [KIND...] */

#include "dio-parametric.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROUNDS 9

static double
now_ms (void)
{
  return (double) g_get_monotonic_time () / 1000.0;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

static void
measure (const DioParametricInfo *info)
{
  double start = now_ms ();
  g_autoptr (DioModel) model = dio_parametric_build (info, NULL);
  double first_ms = now_ms () - start, again_ms[ROUNDS];
  for (guint i = 0; i < ROUNDS; i++) {
    start = now_ms ();
    g_autoptr (DioModel) again = dio_parametric_build (info, NULL);
    again_ms[i] = now_ms () - start;
  }
  qsort (again_ms, ROUNDS, sizeof again_ms[0], compare_doubles);
  printf ("%s\t%" G_GUINT64_FORMAT "\t%.2f\t%.1f\n", info->kind, dio_model_count_triangles (model),
          again_ms[ROUNDS / 2], first_ms);
}

static gboolean
is_wanted (const char *kind, int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    if (strcmp (argv[i], kind) == 0)
      return TRUE;
  return argc == 1;
}

int
main (int argc, char **argv)
{
  guint n;
  const DioParametricInfo *table = dio_parametric_get_table (&n);
  printf ("kind\ttriangles\tagain_ms\tfirst_ms\n");
  for (guint i = 0; i < n; i++)
    if (is_wanted (table[i].kind, argc, argv))
      measure (&table[i]);
  return 0;
}
