/* A plate of all parametric models: each is drawn and must be seen, with light and shade on it. The pictures stay
 * in $DIORAMA_TEST_OUTPUT, for people to look at; $DIORAMA_TEST_KINDS = "van,car" draws these alone. */

#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-gl.h"
#include "dio-image-codec.h"
#include "dio-parametric.h"

#include <string.h>

#define WIDTH 520
#define HEIGHT 440

typedef struct {
  DioGlContext *context;
  DioGlRenderer *renderer;
} Studio;

static Studio studio;

static void
add_item (DioFrame *frame, DioMesh *mesh, DioMaterial *material, guint leaf)
{
  DioFrameItem item = { .mesh = dio_mesh_ref (mesh),
                        .material = dio_material_ref (material),
                        .world_from_mesh = dio_mat4_identity (),
                        .leaf = leaf };
  g_array_append_val (frame->items, item);
}

static void
add_model (DioFrame *frame, const DioModel *model, guint leaf)
{
  DioFrameLeaf row = { .category = -1, .name = g_strdup (""), .node_id = g_strdup ("") };
  g_array_append_val (frame->leaves, row);
  for (guint i = 0; i < model->parts->len; i++) {
    const DioModelPart *part = &g_array_index (model->parts, DioModelPart, i);
    add_item (frame, part->mesh, g_ptr_array_index (model->materials, part->material), leaf);
  }
}

static void
add_ground (DioFrame *frame, double side_m)
{
  const double values[] = { side_m, side_m };
  g_autoptr (DioModel) ground = dio_parametric_build (dio_parametric_find ("plane"), values);
  const DioModelPart *part = &g_array_index (ground->parts, DioModelPart, 0);
  DioFrameLeaf row = { .category = -1, .name = g_strdup (""), .node_id = g_strdup ("") };
  g_array_append_val (frame->leaves, row);
  add_item (frame, part->mesh, g_ptr_array_index (ground->materials, 0), frame->leaves->len);
  DioFrameItem *item = &g_array_index (frame->items, DioFrameItem, frame->items->len - 1);
  /* Under what is flat too. */
  item->world_from_mesh = dio_mat4_translation (dio_vec3 (0, 0, -0.002));
}

static void
add_light (DioFrame *frame)
{
  frame->environment.radiance = dio_parametric_render_environment ("overcast", 128);
  frame->environment.key = 1;
  frame->environment.strength = 9000;
  frame->environment.visible = TRUE;
  DioFrameLight sun = {
    .kind = DIO_LIGHT_SUN,
    .color = { 1, 0.95f, 0.86f },
    .intensity = 60000,
    .angular_diameter_rad = 0.02,
    .casts_shadow = TRUE,
    .world_from_light =
        dio_mat4_look_at (dio_vec3 (0, 0, 0), dio_vec3 (0.6, 0.7, -0.8), dio_vec3 (0, 0, 1)),
  };
  g_array_append_val (frame->lights, sun);
}

static void
add_camera (DioFrame *frame, const DioBox3 *bounds, double side)
{
  DioVec3 centre = dio_vec3_scale (dio_vec3_add (bounds->min, bounds->max), 0.5);
  double radius = dio_vec3_length (dio_vec3_sub (bounds->max, bounds->min)) / 2;
  DioVec3 way = dio_vec3_normalize (dio_vec3 (0.6 * side, -1, 0.36));
  DioVec3 eye = dio_vec3_add (centre, dio_vec3_scale (way, radius * 3.0));
  DioCamera camera = {
    .id = "plate",
    .width_px = WIDTH,
    .height_px = HEIGHT,
    .fx = 1.45 * HEIGHT,
    .fy = 1.45 * HEIGHT,
    .cx = WIDTH / 2.0,
    .cy = HEIGHT / 2.0,
    .near_m = radius * 0.05,
    .far_m = radius * 100,
    .world_from_camera = dio_mat4_look_at (eye, centre, dio_vec3 (0, 0, 1)),
    .exposure_ev100 = 14.2,
    .tone = DIO_TONE_FILMIC,
    .depth_unit_m = 1e-3,
  };
  g_array_append_val (frame->cameras, camera);
}

static void
keep_picture (const char *name, const DioImage *image)
{
  const char *folder = g_getenv ("DIORAMA_TEST_OUTPUT");
  if (folder == NULL)
    return;
  g_autofree char *file = g_strconcat (name, ".png", NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = dio_image_encode (image, DIO_IMAGE_FORMAT_PNG, NULL, &error);
  g_assert_no_error (error);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_file_set_contents (path, data, (gssize) size, &error);
  g_assert_no_error (error);
}

/* Of the pixels of the model: how many there are and how far their brightness spreads. */
static void
check_seen (const DioGlOutput *drawn, gboolean flat)
{
  guint n = 0, low = 255, high = 0;
  for (guint i = 0; i < WIDTH * HEIGHT; i++) {
    if (drawn->leaf->u16[i] != 1)
      continue;
    guint grey = drawn->rgb->u8[3 * i + 1];
    low = MIN (low, grey);
    high = MAX (high, grey);
    n++;
  }
  g_assert_cmpuint (n, >, WIDTH * HEIGHT / 1000);
  /* A plain sheet has one brightness. */
  if (!flat)
    g_assert_cmpuint (high - low, >, 20);
}

static DioImage *
draw_kind (const DioParametricInfo *info, const double *values, double side)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioModel) model = dio_parametric_build (info, values);
  g_autoptr (DioFrame) frame = dio_frame_new ();
  add_model (frame, model, 1);
  add_ground (frame, 60 * dio_vec3_length (model->bounds.max));
  add_light (frame);
  add_camera (frame, &model->bounds, side);
  g_auto (DioGlOutput) drawn = { 0 };
  dio_gl_renderer_draw (studio.renderer, frame, 0, TRUE, &drawn, &error);
  g_assert_no_error (error);
  check_seen (&drawn, model->bounds.max.z == 0);
  return g_steal_pointer (&drawn.rgb);
}

static void
paste (DioImage *sheet, const DioImage *image, guint x0, guint y0)
{
  for (guint y = 0; y < image->height; y++)
    memcpy (sheet->u8 + (y0 + y) * sheet->stride_bytes + 3 * (gsize) x0,
            image->u8 + y * image->stride_bytes, image->stride_bytes);
}

/* Defaults from the right and from the left, and four draws of the parameters; without a folder for the pictures the
 * first draw alone. */
static void
test_kind (gconstpointer data)
{
  const DioParametricInfo *info = data;
  g_autoptr (DioImage) sheet = dio_image_new (3 * WIDTH, 2 * HEIGHT, 3, DIO_PIXEL_U8);
  guint n = 0;
  while (info->params[n].name != NULL)
    n++;
  const guint n_pictures = g_getenv ("DIORAMA_TEST_OUTPUT") != NULL ? 6 : 3;
  for (guint k = 0; k < n_pictures; k++) {
    double values[DIO_PARAMETRIC_MAX_PARAMS] = { 0 };
    for (guint i = 0; i < n; i++) {
      const DioParametricParam *param = &info->params[i];
      double u = ((k * k * 7 + i * i * 3 + (k + 2) * (i + 1) * 5) % 17) / 16.0;
      double wide = param->choices != NULL || param->whole ? 1 : 0.4;
      double drawn = param->min + (param->max - param->min) * u;
      values[i] = k < 2 ? param->default_value
                        : param->default_value + wide * (drawn - param->default_value);
    }
    g_autoptr (DioImage) image = draw_kind (info, values, k == 1 ? -1 : 1);
    paste (sheet, image, k % 3 * WIDTH, k / 3 * HEIGHT);
  }
  keep_picture (info->kind, sheet);
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
  studio.context = dio_gl_context_new_headless (&error);
  g_assert_no_error (error);
  studio.renderer = dio_gl_renderer_new (studio.context, &(DioGlOptions){ 0 }, &error);
  g_assert_no_error (error);
  guint n;
  const DioParametricInfo *table = dio_parametric_get_table (&n);
  for (guint i = 0; i < n; i++) {
    g_autofree char *path = g_strdup_printf ("/parametric/plate/%s", table[i].kind);
    if (is_wanted (table[i].kind))
      g_test_add_data_func (path, &table[i], test_kind);
  }
  int result = g_test_run ();
  dio_gl_renderer_free (studio.renderer);
  dio_gl_context_free (studio.context);
  return result;
}
