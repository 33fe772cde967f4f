/* Things of a household: that parameters do what their names say, and materials are what they look like. */

#include "dio-core-vec.h"
#include "dio-parametric.h"

#include <math.h>
#include <string.h>

static DioModel *
build (const char *kind, const double *values)
{
  const DioParametricInfo *info = dio_parametric_find (kind);
  g_assert_nonnull (info);
  return dio_parametric_build_bare (info, values);
}

static const DioModelPart *
find_part (const DioModel *model, const char *name)
{
  for (guint i = 0; i < model->parts->len; i++) {
    const DioModelPart *part = &g_array_index (model->parts, DioModelPart, i);
    if (strcmp (g_array_index (model->groups, DioModelGroup, part->group).name, name) == 0)
      return part;
  }
  return NULL;
}

static const DioMaterial *
find_material (const DioModel *model, const char *name)
{
  const DioModelPart *part = find_part (model, name);
  return part != NULL ? g_ptr_array_index (model->materials, part->material) : NULL;
}

static double
get_mean_color (const DioMesh *mesh, guint channel)
{
  double sum = 0;
  for (guint i = 0; i < mesh->n_vertices; i++)
    sum += (double) mesh->colors[i][channel];
  return sum / mesh->n_vertices;
}

/* As wide as asked for, all alike from one seed, and redder or yellower when ripe. */
static void
test_round_fruit (void)
{
  static const char *const kinds[] = { "apple", "orange", "pear" };
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autoptr (DioModel) raw = build (kinds[i], (const double[]){ 0.08, 0, 1 });
    g_autoptr (DioModel) ripe = build (kinds[i], (const double[]){ 0.08, 1, 1 });
    g_autoptr (DioModel) other = build (kinds[i], (const double[]){ 0.08, 1, 2 });
    g_autoptr (DioModel) same = build (kinds[i], (const double[]){ 0.08, 1, 1 });
    g_assert_cmphex (ripe->key, ==, same->key);
    g_assert_cmphex (ripe->key, !=, other->key);
    const DioMesh *fruit = find_part (ripe, "fruit")->mesh;
    double width = fruit->bounds.max.x - fruit->bounds.min.x;
    g_assert_cmpfloat (width, >, 0.074);
    g_assert_cmpfloat (width, <, 0.094);
    double before = get_mean_color (find_part (raw, "fruit")->mesh, 0)
                    / get_mean_color (find_part (raw, "fruit")->mesh, 1);
    double after = get_mean_color (fruit, 0) / get_mean_color (fruit, 1);
    g_assert_cmpfloat (after, >, 1.5 * before);
  }
}

/* A bent banana is shorter from end to end than a straight one, and thicker across. */
static void
test_banana (void)
{
  g_autoptr (DioModel) straight = build ("banana", (const double[]){ 0.2, 0.3, 0.7, 1 });
  g_autoptr (DioModel) bent = build ("banana", (const double[]){ 0.2, 2.0, 0.7, 1 });
  double long_m = straight->bounds.max.x - straight->bounds.min.x;
  double short_m = bent->bounds.max.x - bent->bounds.min.x;
  g_assert_cmpfloat (long_m, >, 0.16);
  g_assert_cmpfloat (short_m, <, 0.95 * long_m);
  g_assert_cmpfloat (bent->bounds.max.y - bent->bounds.min.y, >,
                     1.5 * (straight->bounds.max.y - straight->bounds.min.y));
}

/* Glass is seen through, has an inside, and holds what it is filled with. */
static void
test_glass_bottle (void)
{
  g_autoptr (DioModel) empty =
      build ("glass-bottle", (const double[]){ 0.04, 0.3, 0.014, 0.2, 0, 0, 0 });
  g_autoptr (DioModel) full =
      build ("glass-bottle", (const double[]){ 0.04, 0.3, 0.014, 0.2, 1, 1, 1 });
  const DioMaterial *clear = find_material (empty, "glass"), *green = find_material (full, "glass");
  g_assert_cmpint (clear->alpha_mode, ==, DIO_ALPHA_BLEND);
  g_assert_cmpfloat (clear->base_color[3], <, 0.3);
  g_assert_cmpfloat (green->base_color[3], >, clear->base_color[3]);
  g_assert_cmpfloat (green->base_color[1], >, 2 * green->base_color[0]);
  g_assert_null (find_part (empty, "liquid"));
  g_assert_null (find_part (empty, "cork"));
  const DioMesh *liquid = find_part (full, "liquid")->mesh;
  g_assert_cmpfloat (liquid->bounds.max.x, <, 0.037);
  g_assert_cmpfloat (liquid->bounds.max.x, >, 0.036);
  g_assert_cmpfloat (find_part (full, "cork")->mesh->bounds.max.z, >, 0.3);
  g_assert_cmpfloat_with_epsilon (empty->bounds.max.z, 0.3, 1e-6);
  guint inwards = 0;
  const DioMesh *glass = find_part (empty, "glass")->mesh;
  for (guint i = 0; i < glass->n_vertices; i++) {
    const float *p = glass->positions[i], *n = glass->normals[i];
    inwards += p[0] * n[0] + p[1] * n[1] < 0;
  }
  g_assert_cmpuint (inwards, >, glass->n_vertices / 5);
}

/* A mirror as wide and as deep as asked for. */
static void
test_mirror_tray (void)
{
  for (double shape = 0; shape < 2; shape++) {
    g_autoptr (DioModel) tray = build ("mirror-tray", (const double[]){ 0.5, 0.3, 0.02, shape });
    const DioMaterial *metal = find_material (tray, "tray");
    g_assert_cmpfloat (metal->metallic, ==, 1);
    g_assert_cmpfloat_with_epsilon (metal->roughness, 0.02, 1e-6);
    g_assert_cmpfloat_with_epsilon (tray->bounds.max.x, 0.25, 2e-3);
    g_assert_cmpfloat_with_epsilon (tray->bounds.max.y, 0.15, 2e-3);
    g_assert_cmpfloat_with_epsilon (tray->bounds.max.z, 0.02, 1e-4);
  }
}

/* Every loop is there; the whisk lies on the far end of its wires and on its handle. */
static void
test_whisk (void)
{
  g_autoptr (DioModel) four = build ("whisk", (const double[]){ 0.3, 0.07, 4, 0 });
  g_autoptr (DioModel) eight = build ("whisk", (const double[]){ 0.3, 0.07, 8, 0 });
  const DioMesh *few = find_part (four, "wires")->mesh, *many = find_part (eight, "wires")->mesh;
  const guint eye = 24 * 8 * 2;
  g_assert_cmpuint (many->n_triangles - eye, ==, 2 * (few->n_triangles - eye));
  g_assert_cmpfloat_with_epsilon (four->bounds.max.x - four->bounds.min.x, 0.3, 0.03);
  const DioMesh *handle = find_part (four, "handle")->mesh;
  g_assert_cmpfloat (handle->bounds.min.z, <, 0.01);
  g_assert_cmpfloat (few->bounds.min.z, <, 0.004);
}

/* As large as asked for, seams and all; with a label its paper covers the wall between the seams, without it the wall has
 * beads. */
static void
test_can (void)
{
  g_autoptr (DioModel) labelled = build ("can", (const double[]){ 0.037, 0.11, 1 });
  g_autoptr (DioModel) plain = build ("can", (const double[]){ 0.037, 0.11, 0 });
  const DioMesh *paper = find_part (labelled, "label")->mesh;
  g_assert_null (find_part (plain, "label"));
  g_assert_cmpfloat (find_material (plain, "tin")->metallic, ==, 1);
  g_assert_cmpfloat (find_material (labelled, "label")->metallic, ==, 0);
  for (guint i = 0; i < 2; i++) {
    const DioModel *can = i == 0 ? labelled : plain;
    g_assert_cmpfloat_with_epsilon (can->bounds.max.x, 0.037, 1e-6);
    g_assert_cmpfloat_with_epsilon (can->bounds.max.z, 0.11, 1e-6);
  }
  g_assert_cmpfloat (paper->bounds.max.x, <, 0.0365);
  /* Its print goes once round and once down. */
  float first[2] = { 1, 1 }, last[2] = { 0, 0 };
  for (guint i = 0; i < paper->n_vertices; i++)
    for (guint c = 0; c < 2; c++) {
      first[c] = MIN (first[c], paper->uvs[0][i][c]);
      last[c] = MAX (last[c], paper->uvs[0][i][c]);
    }
  g_assert_cmpfloat (first[0] + first[1], ==, 0);
  g_assert_cmpfloat (last[0] + last[1], ==, 2);
  g_assert_cmpfloat (paper->bounds.max.z - paper->bounds.min.z, >, 0.08);
  g_assert_cmpuint (find_part (plain, "tin")->mesh->n_triangles, >,
                    2 * find_part (labelled, "tin")->mesh->n_triangles);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/parametric/household/round-fruit", test_round_fruit);
  g_test_add_func ("/parametric/household/banana", test_banana);
  g_test_add_func ("/parametric/household/glass-bottle", test_glass_bottle);
  g_test_add_func ("/parametric/household/mirror-tray", test_mirror_tray);
  g_test_add_func ("/parametric/household/whisk", test_whisk);
  g_test_add_func ("/parametric/household/can", test_can);
  return g_test_run ();
}
