/* No two parts of a model lie in one plane where they are seen: which of them a pixel shows would hang on rounding
 * (labels.md 4). $DIORAMA_TEST_KINDS = "van,car" looks at these alone. */

#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-parametric.h"
#include "dio-rays.h"

#include <math.h>

#define SIZE_PX 200
/* Round the model, once from above and once from below, as street level sees houses. */
#define N_VIEWS 8
/* Where surfaces only touch, a ray may still meet both. */
#define TOUCHING_PX 3

static DioPool *pool;
static DioRayScene *rays;

static DioCamera
get_camera (const DioBox3 *bounds, guint view)
{
  DioVec3 centre = dio_vec3_scale (dio_vec3_add (bounds->min, bounds->max), 0.5);
  double radius = dio_vec3_length (dio_vec3_sub (bounds->max, bounds->min)) / 2;
  double turn = 2 * G_PI * ((double) view + 0.37) / N_VIEWS;
  DioVec3 way =
      dio_vec3_normalize (dio_vec3 (sin (turn), -cos (turn), view % 2 == 0 ? 0.41 : -0.23));
  return (DioCamera){
    .id = "view",
    .width_px = SIZE_PX,
    .height_px = SIZE_PX,
    .fx = 1.9 * SIZE_PX,
    .fy = 1.9 * SIZE_PX,
    .cx = SIZE_PX / 2.0,
    .cy = SIZE_PX / 2.0,
    .near_m = radius * 0.05,
    .far_m = radius * 100,
    .world_from_camera = dio_mat4_look_at (
        dio_vec3_add (centre, dio_vec3_scale (way, radius * 2.4)), centre, dio_vec3 (0, 0, 1)),
    .depth_unit_m = 1e-3,
  };
}

/* Every part is a leaf of its own. */
static DioFrame *
make_frame (const DioModel *model)
{
  DioFrame *frame = dio_frame_new ();
  for (guint i = 0; i < model->parts->len; i++) {
    const DioModelPart *part = &g_array_index (model->parts, DioModelPart, i);
    DioMaterial *material = g_ptr_array_index (model->materials, part->material);
    DioFrameLeaf leaf = { .category = -1,
                          .name = g_strdup (material->name),
                          .node_id = g_strdup ("model") };
    g_array_append_val (frame->leaves, leaf);
    DioFrameItem item = { .mesh = dio_mesh_ref (part->mesh),
                          .material = dio_material_ref (material),
                          .world_from_mesh = dio_mat4_identity (),
                          .leaf = i + 1 };
    g_array_append_val (frame->items, item);
  }
  for (guint view = 0; view < N_VIEWS; view++) {
    DioCamera camera = get_camera (&model->bounds, view);
    g_array_append_val (frame->cameras, camera);
  }
  return frame;
}

static void
check_values (const DioParametricInfo *info, const double *values)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioModel) model = dio_parametric_build_bare (info, values);
  g_autoptr (DioFrame) frame = make_frame (model);
  g_assert_true (dio_ray_scene_set_frame (rays, frame, &error));
  for (guint view = 0; view < N_VIEWS; view++) {
    g_auto (DioRayLabels) labels = { 0 };
    g_assert_true (dio_ray_scene_trace_labels (rays, view, &labels, &error));
    g_assert_no_error (error);
    if (labels.contested_px > TOUCHING_PX)
      g_test_message ("%s, view %u: %" G_GUINT64_FORMAT " pixels contested", info->kind, view,
                      labels.contested_px);
    g_assert_cmpuint (labels.contested_px, <=, TOUCHING_PX);
  }
}

/* The defaults and another set of values. */
static void
test_kind (gconstpointer data)
{
  const DioParametricInfo *info = data;
  for (guint k = 0; k < 2; k++) {
    double values[DIO_PARAMETRIC_MAX_PARAMS] = { 0 };
    for (guint i = 0; info->params[i].name != NULL; i++) {
      const DioParametricParam *param = &info->params[i];
      double u = ((i * i * 3 + (k + 2) * (i + 1) * 5) % 17) / 16.0;
      double wide = param->choices != NULL || param->whole ? 1 : 0.4;
      double drawn = param->min + (param->max - param->min) * u;
      values[i] = param->default_value + (k > 0 ? wide * (drawn - param->default_value) : 0);
      if (param->whole || param->choices != NULL)
        values[i] = round (values[i]);
    }
    check_values (info, values);
  }
}

static gboolean
is_wanted (const char *kind)
{
  const char *wanted = g_getenv ("DIORAMA_TEST_KINDS");
  g_auto (GStrv) kinds = g_strsplit (wanted != NULL ? wanted : "", ",", -1);
  return wanted == NULL || g_strv_contains ((const char *const *) kinds, kind);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autoptr (GError) error = NULL;
  pool = dio_pool_new (2);
  rays = dio_ray_scene_new (pool, 0, &error);
  g_assert_no_error (error);
  guint n;
  const DioParametricInfo *table = dio_parametric_get_table (&n);
  for (guint i = 0; i < n; i++) {
    g_autofree char *path = g_strdup_printf ("/parametric/planes/%s", table[i].kind);
    if (is_wanted (table[i].kind))
      g_test_add_data_func (path, &table[i], test_kind);
  }
  int result = g_test_run ();
  dio_ray_scene_free (rays);
  dio_pool_free (pool);
  return result;
}
