/* What every model keeps to, whatever its values: closed, outward, unit normals, standing on z = 0. */

#include "dio-core-philox.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-parametric.h"
#include "mesh-measure.h"

#include <math.h>
#include <string.h>

typedef struct {
  float a[3], b[3];
} Edge;

static int
compare_edges_cb (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (Edge));
}

static const DioMesh *
get_mesh (const DioModel *model, guint part)
{
  return g_array_index (model->parts, DioModelPart, part).mesh;
}

/* The directed edges of all parts, by position: in a closed and consistently turned surface each has its
 * opposite, equally often. */
static guint
count_open_edges (const DioModel *model)
{
  g_autoptr (GArray) forward = g_array_new (FALSE, FALSE, sizeof (Edge));
  g_autoptr (GArray) backward = g_array_new (FALSE, FALSE, sizeof (Edge));
  for (guint k = 0; k < model->parts->len; k++) {
    const DioMesh *mesh = get_mesh (model, k);
    for (guint t = 0; t < mesh->n_triangles; t++)
      for (guint c = 0; c < 3; c++) {
        Edge edge, back;
        memcpy (edge.a, mesh->positions[mesh->triangles[t][c]], sizeof edge.a);
        memcpy (edge.b, mesh->positions[mesh->triangles[t][(c + 1) % 3]], sizeof edge.b);
        memcpy (back.a, edge.b, sizeof back.a);
        memcpy (back.b, edge.a, sizeof back.b);
        g_array_append_val (forward, edge);
        g_array_append_val (backward, back);
      }
  }
  g_array_sort (forward, compare_edges_cb);
  g_array_sort (backward, compare_edges_cb);
  guint open = 0;
  for (guint i = 0; i < forward->len; i++)
    open += memcmp (&g_array_index (forward, Edge, i), &g_array_index (backward, Edge, i),
                    sizeof (Edge))
            != 0;
  return open;
}

static void
check_vertices (const DioMesh *mesh)
{
  for (guint i = 0; i < mesh->n_vertices; i++) {
    const float *p = mesh->positions[i], *n = mesh->normals[i], *t = mesh->tangents[i];
    g_assert_true (isfinite (p[0]) && isfinite (p[1]) && isfinite (p[2]));
    g_assert_true (isfinite (mesh->uvs[0][i][0]) && isfinite (mesh->uvs[0][i][1]));
    double normal = n[0] * (double) n[0] + n[1] * (double) n[1] + n[2] * (double) n[2];
    double tangent = t[0] * (double) t[0] + t[1] * (double) t[1] + t[2] * (double) t[2];
    g_assert_cmpfloat_with_epsilon (normal, 1, 1e-5);
    g_assert_cmpfloat_with_epsilon (tangent, 1, 1e-5);
    g_assert_cmpfloat (fabs (n[0] * (double) t[0] + n[1] * (double) t[1] + n[2] * (double) t[2]), <,
                       1e-4);
    g_assert_true (fabsf (t[3]) == 1);
  }
}

/* Every vertex normal lies on the side that its triangles face. Slivers (much shorter one way than the
 * longest edge) only have to be turned right for floats to tell, so they are left out. */
static void
check_normals_outward (const DioMesh *mesh)
{
  for (guint t = 0; t < mesh->n_triangles; t++) {
    const uint32_t *v = mesh->triangles[t];
    DioVec3 a = mesh_measure_position (mesh, v[0]), b = mesh_measure_position (mesh, v[1]);
    DioVec3 c = mesh_measure_position (mesh, v[2]);
    DioVec3 area = dio_vec3_cross (dio_vec3_sub (b, a), dio_vec3_sub (c, a));
    double longest =
        MAX (dio_vec3_length (dio_vec3_sub (b, a)),
             MAX (dio_vec3_length (dio_vec3_sub (c, b)), dio_vec3_length (dio_vec3_sub (a, c))));
    if (dio_vec3_length (area) < 1e-3 * longest * longest)
      continue;
    DioVec3 facing = dio_vec3_normalize (area);
    for (int k = 0; k < 3; k++) {
      const float *n = mesh->normals[v[k]];
      g_assert_cmpfloat (dio_vec3_dot (facing, dio_vec3 (n[0], n[1], n[2])), >, 0.5);
    }
  }
}

static void
check_model (const DioParametricInfo *info, const double *values)
{
  g_autoptr (DioModel) model = dio_parametric_build_bare (info, values);
  g_assert_nonnull (model);
  g_assert_cmpuint (model->parts->len, >=, 1);
  /* Leaves take many, and a full bookshelf. */
  guint budget = info->family == DIO_PARAMETRIC_NATURE ? 60000 : 45000;
  g_assert_cmpuint (dio_model_count_triangles (model), <, budget);
  g_assert_cmpfloat (fabs (model->bounds.min.z), <, 1e-6);
  /* Handles, arms and a post that leans reach out to one side. */
  gboolean lopsided = strcmp (info->kind, "mug") == 0 || info->family == DIO_PARAMETRIC_STREET
                      || info->family == DIO_PARAMETRIC_NATURE;
  double width = model->bounds.max.x - model->bounds.min.x;
  g_assert_cmpfloat (fabs (model->bounds.min.x + model->bounds.max.x), <,
                     lopsided ? MAX (0.5 * width, 4) : 1e-5);
  for (guint k = 0; k < model->parts->len; k++) {
    g_assert_cmpuint (get_mesh (model, k)->n_triangles, >, 1);
    check_vertices (get_mesh (model, k));
    check_normals_outward (get_mesh (model, k));
  }
  if (info->open)
    return;
  g_assert_cmpuint (count_open_edges (model), ==, 0);
  g_assert_cmpfloat (mesh_measure_model_volume (model), >, 0);
}

/* Textures belong to no shape: a model without them has the same meshes. */
static void
check_textures (const DioParametricInfo *info, const DioModel *model)
{
  g_autoptr (DioModel) bare = dio_parametric_build_bare (info, NULL);
  g_autoptr (DioModel) again = dio_parametric_build (info, NULL);
  g_assert_cmphex (again->key, ==, model->key);
  g_assert_cmpuint (bare->parts->len, ==, model->parts->len);
  for (guint i = 0; i < bare->parts->len; i++)
    g_assert_cmphex (get_mesh (bare, i)->key, ==, get_mesh (model, i)->key);
  for (guint i = 0; i < bare->materials->len; i++) {
    const DioMaterial *plain = g_ptr_array_index (bare->materials, i);
    const DioMaterial *shared = g_ptr_array_index (model->materials, i);
    const DioMaterial *other = g_ptr_array_index (again->materials, i);
    g_assert_null (plain->base_color_texture.texture);
    g_assert_true (shared->base_color_texture.texture == other->base_color_texture.texture);
  }
}

static void
test_defaults (gconstpointer data)
{
  const DioParametricInfo *info = data;
  double values[DIO_PARAMETRIC_MAX_PARAMS] = { 0 };
  for (guint i = 0; info->params[i].name != NULL; i++)
    values[i] = info->params[i].default_value;
  check_model (info, values);

  g_autoptr (DioModel) model = dio_parametric_build (info, values);
  for (guint i = 0; i < model->groups->len; i++) {
    const DioModelGroup *group = &g_array_index (model->groups, DioModelGroup, i);
    g_assert_cmpstr (group->name, !=, "");
    for (guint k = 0; k < i; k++)
      g_assert_cmpstr (group->name, !=, g_array_index (model->groups, DioModelGroup, k).name);
  }
  for (guint i = 0; i < model->materials->len; i++)
    g_assert_nonnull (((DioMaterial *) g_ptr_array_index (model->materials, i))->name);
  check_textures (info, model);
}

/* Corners of the box of values: every parameter at an end of its range. */
static void
test_corners (gconstpointer data)
{
  const DioParametricInfo *info = data;
  guint n = 0;
  while (info->params[n].name != NULL)
    n++;
  /* Of many corners a fixed choice. */
  guint n_corners = MIN (1u << n, 64);
  for (guint k = 0; k < n_corners; k++) {
    double values[DIO_PARAMETRIC_MAX_PARAMS] = { 0 };
    DioRandomKey key = { .seed = 3, .stream = 9, .frame = k };
    guint corner = n <= 6 ? k : (guint) dio_random_below (&key, 1u << n);
    for (guint i = 0; i < n; i++)
      values[i] = (corner >> i & 1) != 0 ? info->params[i].max : info->params[i].min;
    check_model (info, values);
  }
}

static void
test_sweep (gconstpointer data)
{
  const DioParametricInfo *info = data;
  for (uint32_t round = 0; round < 10; round++) {
    double values[DIO_PARAMETRIC_MAX_PARAMS] = { 0 };
    for (guint i = 0; info->params[i].name != NULL; i++) {
      const DioParametricParam *param = &info->params[i];
      DioRandomKey key = { .seed = 77, .stream = 5, .frame = round, .component = i };
      /* Towards the small end, where lengths limit one another. */
      double u = dio_random_uniform (&key);
      values[i] = param->min + (param->max - param->min) * u * u * u;
    }
    check_model (info, values);
  }
}

/* The variant is a function of its number alone: the same again, and another for another one. */
static void
test_seed (void)
{
  guint n;
  const DioParametricInfo *table = dio_parametric_get_table (&n);
  for (guint i = 0; i < n; i++) {
    const DioParametricParam *seed = dio_parametric_find_param (&table[i], "seed");
    if (seed == NULL)
      continue;
    g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
    for (const DioParametricParam *p = table[i].params; p->name != NULL; p++)
      g_array_append_val (values, p->default_value);
    double *given = (double *) (void *) values->data;
    g_autoptr (DioModel) zero = dio_parametric_build (&table[i], given);
    given[seed - table[i].params] = 17;
    g_autoptr (DioModel) other = dio_parametric_build (&table[i], given);
    g_autoptr (DioModel) again = dio_parametric_build (&table[i], given);
    g_assert_true (seed->whole);
    g_assert_cmphex (other->key, ==, again->key);
    g_assert_cmphex (other->key, !=, zero->key);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  guint n;
  const DioParametricInfo *table = dio_parametric_get_table (&n);
  for (guint i = 0; i < n; i++) {
    g_autofree char *defaults = g_strdup_printf ("/parametric/model/%s/defaults", table[i].kind);
    g_autofree char *corners = g_strdup_printf ("/parametric/model/%s/corners", table[i].kind);
    g_autofree char *sweep = g_strdup_printf ("/parametric/model/%s/sweep", table[i].kind);
    g_test_add_data_func (defaults, &table[i], test_defaults);
    g_test_add_data_func (corners, &table[i], test_corners);
    g_test_add_data_func (sweep, &table[i], test_sweep);
  }
  g_test_add_func ("/parametric/model/seed", test_seed);
  return g_test_run ();
}
