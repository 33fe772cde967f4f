/* The junction and what stands along its roads: corners of the radius asked for, kerbs of their height, and houses whose
 * windows light up. */

#include "dio-core-vec.h"
#include "dio-parametric.h"

#include <math.h>
#include <string.h>

enum { ARMS, LANES, LANE, RADIUS, KERB, PAVEMENT };

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

/* How far the vertices of @mesh lie from the nearest corner of the square, which kerbs run round. */
static void
measure_radii (const DioMesh *mesh, double half, double *nearest, double *farthest)
{
  *nearest = G_MAXDOUBLE;
  *farthest = 0;
  for (guint i = 0; i < mesh->n_vertices; i++) {
    const float *p = mesh->positions[i];
    double x = half - fabs ((double) p[0]), y = half - fabs ((double) p[1]);
    double radius = sqrt (x * x + y * y);
    *nearest = MIN (*nearest, radius);
    *farthest = MAX (*farthest, radius);
  }
}

static void
test_corners (void)
{
  for (double radius = 2; radius < 9; radius *= 2) {
    const double values[] = {
      [ARMS] = 0, [LANES] = 2, [LANE] = 3, [RADIUS] = radius, [KERB] = 0.12, [PAVEMENT] = 1
    };
    g_autoptr (DioModel) junction = build ("junction", values);
    double half = 3 + radius, nearest, farthest;
    g_assert_cmpfloat_with_epsilon (find_mesh (junction, "asphalt")->bounds.max.x, half, 1e-5);
    measure_radii (find_mesh (junction, "kerb"), half, &nearest, &farthest);
    g_assert_cmpfloat_with_epsilon (farthest, radius, 1e-4);
    g_assert_cmpfloat (nearest, >, radius - 0.35);
    measure_radii (find_mesh (junction, "pavement"), half, &nearest, &farthest);
    g_assert_cmpfloat (nearest, <, radius - 1);
    g_assert_cmpfloat (farthest, <, radius);
    g_assert_cmpfloat_with_epsilon (find_mesh (junction, "kerb")->bounds.max.z, 0.12, 1e-5);
    /* One steps up from the road, and not from the kerb to the pavement. */
    double top = find_mesh (junction, "pavement")->bounds.max.z;
    g_assert_cmpfloat (top, >, 0.1);
    g_assert_cmpfloat (top, <, 0.12);
  }
}

/* Whether kerb lies on the road's middle line on the side of +X. */
static gboolean
is_closed (const DioModel *junction)
{
  const DioMesh *kerb = find_mesh (junction, "kerb");
  for (guint i = 0; i < kerb->n_vertices; i++)
    if (kerb->positions[i][0] > 2 && fabsf (kerb->positions[i][1]) < 0.6f)
      return TRUE;
  return FALSE;
}

static void
test_arms (void)
{
  double values[] = {
    [ARMS] = 0, [LANES] = 2, [LANE] = 3, [RADIUS] = 4, [KERB] = 0.1, [PAVEMENT] = 0
  };
  g_autoptr (DioModel) crossing = build ("junction", values);
  values[ARMS] = 1;
  values[PAVEMENT] = 2;
  g_autoptr (DioModel) closed = build ("junction", values);
  g_assert_null (find_mesh (crossing, "pavement"));
  g_assert_false (is_closed (crossing));
  g_assert_true (is_closed (closed));
  /* The pavement of the closed side fills all of that. */
  g_assert_cmpfloat_with_epsilon (find_mesh (closed, "pavement")->bounds.max.x, 7, 1e-4);
}

/* With light on, some windows shine in their own colour and the rest stay as they are; without, none is told apart. */
static void
test_lit_windows (void)
{
  double values[] = { 4, 3, 2.5, 3, 8, 0, 0, 5, 0 };
  g_autoptr (DioModel) dark = build ("house", values);
  values[8] = 40;
  g_autoptr (DioModel) lit = build ("house", values);
  g_assert_null (find_mesh (dark, "lit windows"));
  const DioMesh *shining = find_mesh (lit, "lit windows");
  g_assert_nonnull (shining);
  g_assert_cmpuint (shining->n_triangles + find_mesh (lit, "glass")->n_triangles, ==,
                    find_mesh (dark, "glass")->n_triangles);
  for (guint i = 0; i < lit->materials->len; i++) {
    const DioMaterial *material = g_ptr_array_index (lit->materials, i);
    gboolean window = strcmp (material->name, "lit windows") == 0;
    g_assert_true ((material->emissive_nits[0] > 0) == window);
    if (window)
      g_assert_cmpfloat (material->emissive_nits[0], >, 2 * material->emissive_nits[2]);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/parametric/junction/corners", test_corners);
  g_test_add_func ("/parametric/junction/arms", test_arms);
  g_test_add_func ("/parametric/junction/lit-windows", test_lit_windows);
  return g_test_run ();
}
