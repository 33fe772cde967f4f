/* What grows, and fences: that parameters do what their names say. */

#include "dio-core-types.h"
#include "dio-parametric.h"

#include <math.h>
#include <string.h>

/* The default model with some values replaced: NAME, value, ..., NULL. */
static DioModel *
build (const char *kind, ...)
{
  const DioParametricInfo *info = dio_parametric_find (kind);
  g_assert_nonnull (info);
  double values[DIO_PARAMETRIC_MAX_PARAMS];
  for (guint i = 0; info->params[i].name != NULL; i++)
    values[i] = info->params[i].default_value;
  va_list args;
  va_start (args, kind);
  for (const char *name = va_arg (args, const char *); name != NULL;
       name = va_arg (args, const char *)) {
    const DioParametricParam *param = dio_parametric_find_param (info, name);
    g_assert_nonnull (param);
    values[param - info->params] = va_arg (args, double);
  }
  va_end (args);
  return dio_parametric_build_bare (info, values);
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

static guint
count (const DioModel *model, const char *name)
{
  const DioMesh *mesh = find_mesh (model, name);
  return mesh != NULL ? mesh->n_triangles : 0;
}

static const char *const seeded[] = { "tree", "hedge", "grass-tuft", "picket-fence" };

static void
test_seed (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (seeded); i++) {
    g_autoptr (DioModel) one = build (seeded[i], "seed", 1.0, NULL);
    g_autoptr (DioModel) same = build (seeded[i], "seed", 1.0, NULL);
    g_autoptr (DioModel) other = build (seeded[i], "seed", 2.0, NULL);
    g_assert_cmphex (one->key, ==, same->key);
    g_assert_cmphex (one->key, !=, other->key);
  }
}

/* A tree is as tall as asked for to its last leaf, whatever its kind. */
static void
test_tree_height (void)
{
  for (double shape = 0; shape < 4; shape++)
    for (double season = 0; season < 4; season++)
      for (double height = 2; height < 25; height *= 3) {
        g_autoptr (DioModel) tree =
            build ("tree", "shape", shape, "season", season, "height_m", height, NULL);
        g_assert_cmpfloat_with_epsilon (tree->bounds.max.z, height, 1e-5);
        double width =
            MAX (tree->bounds.max.x - tree->bounds.min.x, tree->bounds.max.y - tree->bounds.min.y);
        g_assert_cmpfloat (width, >, 0.2 * height);
        g_assert_cmpfloat (width, <, 1.6 * height);
      }
}

static void
test_tree_leaves (void)
{
  g_autoptr (DioModel) bare = build ("tree", "season", 3.0, NULL);
  g_autoptr (DioModel) none = build ("tree", "density", 0.0, NULL);
  g_autoptr (DioModel) thin = build ("tree", "density", 0.3, NULL);
  g_autoptr (DioModel) full = build ("tree", "density", 1.0, NULL);
  g_assert_null (find_mesh (bare, "leaves"));
  g_assert_null (find_mesh (none, "leaves"));
  /* Twigs of wood stand where leaves would hide them. */
  g_assert_cmpuint (2 * count (bare, "wood"), >, 3 * count (full, "wood"));
  g_assert_cmpuint (count (thin, "leaves"), >, 1000);
  g_assert_cmpuint (count (full, "leaves"), >, 2 * count (thin, "leaves"));
}

/* Two seasons differ in their leaves' colours, autumn in its texture. */
static void
test_tree_season (void)
{
  const DioParametricInfo *info = dio_parametric_find ("tree");
  const double summer_values[] = { 5, 0, 1, 0.2, 1 }, autumn_values[] = { 5, 0, 2, 0.2, 1 };
  g_autoptr (DioModel) summer = dio_parametric_build (info, summer_values);
  g_autoptr (DioModel) autumn = dio_parametric_build (info, autumn_values);
  const DioMaterial *green = g_ptr_array_index (summer->materials, 1);
  const DioMaterial *red = g_ptr_array_index (autumn->materials, 1);
  g_assert_cmpint (green->alpha_mode, ==, DIO_ALPHA_MASK);
  g_assert_true (green->double_sided);
  g_assert_true (green->base_color_texture.texture != red->base_color_texture.texture);
  g_assert_nonnull (green->normal_texture.texture);
  g_assert_nonnull (green->metallic_roughness_texture.texture);
}

/* The outer size is the wanted one but for the tips of single leaves. */
static void
test_hedge_size (void)
{
  g_autoptr (DioModel) hedge =
      build ("hedge", "length_m", 4.0, "height_m", 1.5, "depth_m", 0.8, NULL);
  g_assert_cmpfloat_with_epsilon (hedge->bounds.max.z, 1.5, 0.06);
  g_assert_cmpfloat_with_epsilon (hedge->bounds.max.x - hedge->bounds.min.x, 4, 0.25);
  g_assert_cmpfloat_with_epsilon (hedge->bounds.max.y - hedge->bounds.min.y, 0.8, 0.25);
}

static void
test_grass (void)
{
  g_autoptr (DioModel) few = build ("grass-tuft", "blades", 20.0, NULL);
  g_autoptr (DioModel) many = build ("grass-tuft", "blades", 400.0, NULL);
  g_assert_cmpuint (count (many, "blades"), ==, 20 * count (few, "blades"));
  g_assert_cmpfloat (many->bounds.max.z, <=, 0.25 * 1.16);
}

/* Width of the widest part of the line z = @z, in front of @y, that no triangle of @mesh crosses. */
static double
find_widest_gap (const DioMesh *mesh, double z, double length)
{
  enum { N = 4000 };
  g_autofree gboolean *covered = g_new0 (gboolean, N);
  for (guint t = 0; t < mesh->n_triangles; t++) {
    double left = INFINITY, right = -INFINITY, low = INFINITY, high = -INFINITY;
    for (guint c = 0; c < 3; c++) {
      const float *p = mesh->positions[mesh->triangles[t][c]];
      left = MIN (left, (double) p[0]);
      right = MAX (right, (double) p[0]);
      low = MIN (low, (double) p[2]);
      high = MAX (high, (double) p[2]);
    }
    for (int i = 0; low <= z && z <= high && i < N; i++) {
      double x = ((i + 0.5) / N - 0.5) * length;
      covered[i] |= x >= left && x <= right;
    }
  }
  guint run = 0, widest = 0;
  for (guint i = 0; i < N; i++) {
    run = covered[i] ? 0 : run + 1;
    widest = MAX (widest, run);
  }
  return widest * length / N;
}

static void
test_picket_gap (void)
{
  for (double gap = 0.02; gap < 0.2; gap *= 2) {
    g_autoptr (DioModel) fence =
        build ("picket-fence", "gap_m", gap, "length_m", 6.0, "decay", 0.0, NULL);
    g_assert_cmpfloat_with_epsilon (fence->bounds.max.x - fence->bounds.min.x, 6, 1e-3);
    double widest = find_widest_gap (find_mesh (fence, "pickets"), 0.6, 6);
    g_assert_cmpfloat_with_epsilon (widest, gap, 0.15 * gap + 0.002);
  }
}

/* Decay takes pickets away. */
static void
test_picket_decay (void)
{
  g_autoptr (DioModel) sound = build ("picket-fence", "length_m", 20.0, "decay", 0.0, NULL);
  g_autoptr (DioModel) rotten = build ("picket-fence", "length_m", 20.0, "decay", 1.0, NULL);
  g_assert_cmpuint (20 * count (rotten, "pickets"), <, 17 * count (sound, "pickets"));
  g_assert_cmpuint (count (rotten, "frame"), ==, count (sound, "frame"));
}

/* The mesh is cut by alpha: most of it is air, and whole meshes fit its height. */
static void
test_chain_link (void)
{
  const DioParametricInfo *info = dio_parametric_find ("chain-link-fence");
  g_autoptr (DioModel) fence = dio_parametric_build (info, (const double[]){ 4, 1.5, 0.06, 0, 0 });
  const DioMaterial *material = g_ptr_array_index (fence->materials, 0);
  g_assert_cmpint (material->alpha_mode, ==, DIO_ALPHA_MASK);
  const DioMesh *mesh = find_mesh (fence, "mesh");
  float n_up = mesh->uvs[0][0][1] - mesh->uvs[0][3][1];
  g_assert_cmpfloat (fabs (fabsf (n_up) - 1.47 / 0.06), <, 0.51);
  g_assert_cmpfloat (n_up, ==, floorf (n_up));
  guint solid = 0;
  for (guint y = 0; y < 100; y++)
    for (guint x = 0; x < 100; x++) {
      const float uv[4] = { ((float) x + 0.5f) / 100, ((float) y + 0.5f) / 100 };
      solid += dio_material_alpha_at (material, uv, 1) >= material->alpha_cutoff;
    }
  g_assert_cmpuint (solid, >, 1000);
  g_assert_cmpuint (solid, <, 3000);
}

/* Woven, each wire is there: opaque, as many as meshes want, and near the plane of the sheet; where there are too many
 * of them, the sheet stays. */
static void
test_woven (void)
{
  const DioParametricInfo *info = dio_parametric_find ("chain-link-fence");
  g_autoptr (DioModel) fence = dio_parametric_build (info, (const double[]){ 2, 1.53, 0.1, 0, 1 });
  g_autoptr (DioModel) sheet = dio_parametric_build (info, (const double[]){ 2, 1.53, 0.1, 0, 0 });
  g_autoptr (DioModel) longer = dio_parametric_build (info, (const double[]){ 30, 3, 0.05, 0, 1 });
  const DioMaterial *material = g_ptr_array_index (fence->materials, 0);
  g_assert_cmpint (material->alpha_mode, ==, DIO_ALPHA_OPAQUE);
  const DioMesh *wires = find_mesh (fence, "mesh"), *card = find_mesh (sheet, "mesh");
  /* 15 meshes up and 20 along: two wires a mesh, two pieces in each, of four sides. */
  g_assert_cmpuint (wires->n_triangles, ==, 15 * 20 * 2 * 2 * 8);
  g_assert_cmpuint (find_mesh (longer, "mesh")->n_triangles, ==, card->n_triangles);
  g_assert_cmpfloat_with_epsilon (wires->bounds.max.z, card->bounds.max.z, 0.003);
  g_assert_cmpfloat_with_epsilon (wires->bounds.max.x, card->bounds.max.x, 0.005);
  g_assert_cmpfloat (wires->bounds.max.y - wires->bounds.min.y, <, 0.007);
  g_assert_cmpfloat_with_epsilon ((wires->bounds.max.y + wires->bounds.min.y) / 2,
                                  card->bounds.min.y, 1e-4);
}

/* Conifers keep their needles in winter; a bare hedge is of stems alone, within its size. */
static void
test_winter (void)
{
  g_autoptr (DioModel) fir = build ("tree", "shape", 2.0, "season", 3.0, NULL);
  g_autoptr (DioModel) summer = build ("tree", "shape", 2.0, "season", 1.0, NULL);
  g_assert_cmpuint (count (fir, "leaves"), ==, count (summer, "leaves"));
  g_autoptr (DioModel) hedge = build ("hedge", "season", 3.0, "length_m", 2.0, NULL);
  g_autoptr (DioModel) thin = build ("hedge", "season", 3.0, "length_m", 2.0, "density", 0.3, NULL);
  g_assert_null (find_mesh (hedge, "leaves"));
  g_assert_cmpuint (count (hedge, "stems"), >, 2 * count (thin, "stems"));
  g_assert_cmpfloat (hedge->bounds.max.x, <=, 1.0);
  g_assert_cmpfloat (hedge->bounds.max.x, >, 0.95);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/parametric/grown/seed", test_seed);
  g_test_add_func ("/parametric/grown/tree-height", test_tree_height);
  g_test_add_func ("/parametric/grown/tree-leaves", test_tree_leaves);
  g_test_add_func ("/parametric/grown/tree-season", test_tree_season);
  g_test_add_func ("/parametric/grown/hedge-size", test_hedge_size);
  g_test_add_func ("/parametric/grown/grass", test_grass);
  g_test_add_func ("/parametric/grown/picket-gap", test_picket_gap);
  g_test_add_func ("/parametric/grown/picket-decay", test_picket_decay);
  g_test_add_func ("/parametric/grown/chain-link", test_chain_link);
  g_test_add_func ("/parametric/grown/woven", test_woven);
  g_test_add_func ("/parametric/grown/winter", test_winter);
  return g_test_run ();
}
