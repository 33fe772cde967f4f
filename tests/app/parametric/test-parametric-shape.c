/* Shapes against their formulas, names of materials, and frozen keys. */

#include "dio-core-vec.h"
#include "dio-parametric.h"
#include "mesh-measure.h"

#include <math.h>

#define PI 3.14159265358979323846

static DioModel *
build (const char *kind, const double *values)
{
  const DioParametricInfo *info = dio_parametric_find (kind);
  g_assert_nonnull (info);
  return dio_parametric_build (info, values);
}

static DioModel *
build_default (const char *kind)
{
  const DioParametricInfo *info = dio_parametric_find (kind);
  return dio_parametric_build (info, NULL);
}

static void
assert_relative (double actual, double wanted, double tolerance)
{
  g_assert_cmpfloat (fabs (actual / wanted - 1), <, tolerance);
}

static void
assert_bounds (const DioModel *model, double x, double y, double z)
{
  g_assert_cmpfloat_with_epsilon (model->bounds.min.x, -x, 1e-6);
  g_assert_cmpfloat_with_epsilon (model->bounds.max.x, x, 1e-6);
  g_assert_cmpfloat_with_epsilon (model->bounds.min.y, -y, 1e-6);
  g_assert_cmpfloat_with_epsilon (model->bounds.max.y, y, 1e-6);
  g_assert_cmpfloat_with_epsilon (model->bounds.min.z, 0, 1e-6);
  g_assert_cmpfloat_with_epsilon (model->bounds.max.z, z, 1e-6);
}

/* Rounding a box by b takes from each edge (4 - pi) b^2 / 4 times its length, less at the corners. */
static void
test_box (void)
{
  const double values[] = { 0.2, 0.3, 0.1, 0.01 };
  g_autoptr (DioModel) model = build ("box", values);
  assert_bounds (model, 0.1, 0.15, 0.1);
  double b = values[3], x = 0.2 - 2 * b, y = 0.3 - 2 * b, z = 0.1 - 2 * b;
  double exact = x * y * z + 2 * b * (x * y + y * z + z * x) + PI * b * b * (x + y + z)
                 + 4.0 / 3 * PI * b * b * b;
  assert_relative (mesh_measure_model_volume (model), exact, 0.001);
}

static void
test_sphere (void)
{
  const double radius = 0.04;
  g_autoptr (DioModel) model = build ("sphere", &radius);
  assert_bounds (model, radius, radius, 2 * radius);
  assert_relative (mesh_measure_model_volume (model), 4.0 / 3 * PI * radius * radius * radius,
                   0.005);
  /* Every vertex lies on the ball with the ball's normal; the chord error is what the header says. */
  const DioMesh *mesh = g_array_index (model->parts, DioModelPart, 0).mesh;
  for (guint i = 0; i < mesh->n_vertices; i++) {
    const float *p = mesh->positions[i], *n = mesh->normals[i];
    DioVec3 out = dio_vec3 (p[0], p[1], p[2] - radius);
    g_assert_cmpfloat_with_epsilon (dio_vec3_length (out), radius, 1e-8);
    g_assert_cmpfloat (dio_vec3_dot (out, dio_vec3 (n[0], n[1], n[2])) / radius, >, 0.999999);
  }
  double worst = radius;
  for (guint t = 0; t < mesh->n_triangles; t++) {
    DioVec3 sum = { 0, 0, -3 * radius };
    for (int c = 0; c < 3; c++) {
      const float *p = mesh->positions[mesh->triangles[t][c]];
      sum = dio_vec3_add (sum, dio_vec3 (p[0], p[1], p[2]));
    }
    worst = MIN (worst, dio_vec3_length (sum) / 3);
  }
  g_assert_cmpfloat (1 - worst / radius, <, 0.005);
}

static void
test_cylinder (void)
{
  const double values[] = { 0.033, 0.11, 0.0005 };
  g_autoptr (DioModel) model = build ("cylinder", values);
  assert_bounds (model, 0.033, 0.033, 0.11);
  assert_relative (mesh_measure_model_volume (model), PI * 0.033 * 0.033 * 0.11, 0.004);
}

static void
test_capsule (void)
{
  const double values[] = { 0.025, 0.12 }, low[] = { 0.05, 0.06 };
  g_autoptr (DioModel) model = build ("capsule", values);
  assert_bounds (model, 0.025, 0.025, 0.12);
  assert_relative (mesh_measure_model_volume (model),
                   PI * 0.025 * 0.025 * 0.07 + 4.0 / 3 * PI * 0.025 * 0.025 * 0.025, 0.005);
  g_autoptr (DioModel) ball = build ("capsule", low);
  assert_bounds (ball, 0.03, 0.03, 0.06);
}

static void
test_plane (void)
{
  const double values[] = { 3, 2 };
  g_autoptr (DioModel) model = build ("plane", values);
  assert_bounds (model, 1.5, 1, 0);
  const DioMesh *mesh = g_array_index (model->parts, DioModelPart, 0).mesh;
  g_assert_cmpuint (mesh->n_triangles, ==, 2);
  g_assert_cmpfloat (mesh->normals[0][2], ==, 1);
  /* Half a metre of surface is one repetition of a texture. */
  float u = mesh->uvs[0][1][0] - mesh->uvs[0][0][0], v = mesh->uvs[0][2][1] - mesh->uvs[0][1][1];
  g_assert_cmpfloat_with_epsilon (u, 6, 1e-6);
  g_assert_cmpfloat_with_epsilon (v, -4, 1e-6);
}

static void
test_table (void)
{
  const double values[] = { 1.3, 0.9, 0.74, 0.03, 0.06, 0.05, 0, 1 };
  g_autoptr (DioModel) model = build ("table", values);
  assert_bounds (model, 0.65, 0.45, 0.74);
  const DioModelPart *top = &g_array_index (model->parts, DioModelPart, 0);
  const DioModelPart *legs = &g_array_index (model->parts, DioModelPart, 1);
  g_assert_cmpfloat_with_epsilon (top->mesh->bounds.min.z, 0.71, 1e-6);
  g_assert_cmpfloat_with_epsilon (legs->mesh->bounds.max.x, 0.60, 1e-6);
  g_assert_cmpfloat (legs->mesh->bounds.max.z, <, 0.74);
}

/* A vessel holds something: its clay is far less than the body it fills, and more than its wall alone. */
static void
test_hollow (void)
{
  const double mug[] = { 0.04, 0.1, 0.004, 1 }, bowl[] = { 0.085, 0.07, 0.004 };
  g_autoptr (DioModel) mug_model = build ("mug", mug);
  double wall = PI * (0.04 * 0.04 - 0.036 * 0.036) * 0.1, base = PI * 0.036 * 0.036 * 0.005;
  double clay = mesh_measure_model_volume (mug_model);
  g_assert_cmpfloat (clay, >, wall + base);
  g_assert_cmpfloat (clay, <, 1.35 * (wall + base));
  g_assert_cmpfloat (clay, <, 0.4 * PI * 0.04 * 0.04 * 0.1);

  g_autoptr (DioModel) bowl_model = build ("bowl", bowl);
  assert_bounds (bowl_model, 0.085, 0.085, 0.07);
  g_assert_cmpfloat (mesh_measure_model_volume (bowl_model), <, 0.25 * PI * 0.085 * 0.085 * 0.07);
  g_assert_cmpfloat (mesh_measure_model_volume (bowl_model), >, 0.05 * PI * 0.085 * 0.085 * 0.07);
}

/* The handle stands out on +X and has a hole: a ray along Y through the middle of its gap meets nothing
 * that is not the wall. Vertices near that line must all be outside a finger's width. */
static void
test_handle (void)
{
  const double values[] = { 0.04, 0.1, 0.004, 1 };
  g_autoptr (DioModel) model = build ("mug", values);
  g_assert_cmpfloat (model->bounds.max.x, >, 0.04 + 0.025);
  g_assert_cmpfloat_with_epsilon (model->bounds.min.x, -0.04, 1e-6);
  const DioMesh *mesh = g_array_index (model->parts, DioModelPart, 0).mesh;
  for (guint i = 0; i < mesh->n_vertices; i++) {
    double dx = mesh->positions[i][0] - 0.052, dz = mesh->positions[i][2] - 0.052;
    g_assert_cmpfloat (dx * dx + dz * dz, >, 0.008 * 0.008);
  }
  /* No part of the handle comes through the wall into the mug. */
  for (guint t = 0; t < mesh->n_triangles; t++) {
    const float *p = mesh->positions[mesh->triangles[t][0]];
    double radius = sqrt (p[0] * (double) p[0] + p[1] * (double) p[1]);
    gboolean handle = mesh->triangles[t][0] > mesh->n_vertices / 2 && p[0] > 0.037 && p[2] < 0.09;
    g_assert_true (!handle || radius > 0.0362);
  }
}

static void
test_bottle (void)
{
  const double values[] = { 0.036, 0.26, 0.013, 0.5 };
  g_autoptr (DioModel) model = build ("bottle", values);
  assert_bounds (model, 0.036, 0.036, 0.26);
  g_assert_cmpuint (model->parts->len, ==, 3);
  const DioModelPart *cap = &g_array_index (model->parts, DioModelPart, 1);
  const DioModelPart *label = &g_array_index (model->parts, DioModelPart, 2);
  g_assert_cmpfloat_with_epsilon (cap->mesh->bounds.max.z, 0.26, 1e-6);
  g_assert_cmpfloat (cap->mesh->bounds.max.x, <, 0.016);
  g_assert_cmpfloat_with_epsilon (label->mesh->bounds.max.x, 0.036, 1e-6);
  /* The steeper the shoulder, the more the bottle holds. */
  const double steep[] = { 0.036, 0.26, 0.013, 0 }, sloping[] = { 0.036, 0.26, 0.013, 1 };
  g_autoptr (DioModel) a = build ("bottle", steep);
  g_autoptr (DioModel) b = build ("bottle", sloping);
  g_assert_cmpfloat (mesh_measure_model_volume (a), >, mesh_measure_model_volume (model));
  g_assert_cmpfloat (mesh_measure_model_volume (model), >, mesh_measure_model_volume (b));
}

static void
test_carton (void)
{
  const double values[] = { 0.072, 0.06, 0.235, 0.05 };
  g_autoptr (DioModel) model = build ("carton", values);
  assert_bounds (model, 0.036, 0.03, 0.235);
  double body = 0.072 * 0.06 * 0.185;
  g_assert_cmpfloat (mesh_measure_model_volume (model), >, 0.99 * body);
  g_assert_cmpfloat (mesh_measure_model_volume (model), <, body + 0.072 * 0.06 * 0.035 / 2 + 4e-6);
  /* The cap sits on the front slope, towards -Y. */
  const DioModelPart *cap = &g_array_index (model->parts, DioModelPart, 1);
  g_assert_cmpfloat (cap->mesh->bounds.max.y, <, 0);
  g_assert_cmpfloat (cap->mesh->bounds.min.z, >, 0.185);
}

static void
test_materials (void)
{
  static const char *const wanted[][4] = {
    { "bottle", "body", "cap", "label" }, { "bowl", "ceramic" },
    { "carton", "print", "cap" },         { "mug", "ceramic" },
    { "table", "top", "legs" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++) {
    g_autoptr (DioModel) model = build_default (wanted[i][0]);
    guint n = 0;
    for (; n < 3 && wanted[i][n + 1] != NULL; n++) {
      const DioMaterial *material = g_ptr_array_index (model->materials, n);
      g_assert_cmpstr (material->name, ==, wanted[i][n + 1]);
    }
    g_assert_cmpuint (model->materials->len, ==, n);
  }
}

/* The keys of the default models: they change when a shape changes, and then datasets made before and after
 * differ. Update them knowingly. */
static void
test_frozen_keys (void)
{
  static const struct {
    const char *kind;
    guint64 key;
  } frozen[] = {
    { "bottle", G_GUINT64_CONSTANT (0x4F906D4BCD17EC19) },
    { "bowl", G_GUINT64_CONSTANT (0x25AA4C1D2AAEC291) },
    { "box", G_GUINT64_CONSTANT (0x7D4E7460186BBE85) },
    { "capsule", G_GUINT64_CONSTANT (0xADFCAB034ADDA74F) },
    { "carton", G_GUINT64_CONSTANT (0xB35C5A45617102E8) },
    { "cylinder", G_GUINT64_CONSTANT (0xFC2E53AF2EE5015B) },
    { "mug", G_GUINT64_CONSTANT (0x09739DC3AA0A3EF8) },
    { "plane", G_GUINT64_CONSTANT (0xBB94F2A3E1DAE3F8) },
    { "sphere", G_GUINT64_CONSTANT (0x6501908F3CE7F061) },
    { "table", G_GUINT64_CONSTANT (0xA9907208E4F82019) },
  };
  for (guint i = 0; i < G_N_ELEMENTS (frozen); i++) {
    g_autoptr (DioModel) model = build_default (frozen[i].kind);
    g_autoptr (DioModel) again = build_default (frozen[i].kind);
    g_assert_cmphex (model->key, ==, again->key);
    g_assert_cmphex (model->key, ==, frozen[i].key);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/parametric/shape/box", test_box);
  g_test_add_func ("/parametric/shape/sphere", test_sphere);
  g_test_add_func ("/parametric/shape/cylinder", test_cylinder);
  g_test_add_func ("/parametric/shape/capsule", test_capsule);
  g_test_add_func ("/parametric/shape/plane", test_plane);
  g_test_add_func ("/parametric/shape/table", test_table);
  g_test_add_func ("/parametric/shape/hollow", test_hollow);
  g_test_add_func ("/parametric/shape/handle", test_handle);
  g_test_add_func ("/parametric/shape/bottle", test_bottle);
  g_test_add_func ("/parametric/shape/carton", test_carton);
  g_test_add_func ("/parametric/shape/materials", test_materials);
  g_test_add_func ("/parametric/shape/frozen-keys", test_frozen_keys);
  return g_test_run ();
}
