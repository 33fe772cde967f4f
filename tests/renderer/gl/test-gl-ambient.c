/* Ambient occlusion against rays: the share of an even sky that surfaces see past what is near, weighted by the cosine. */

#include "gl-scene.h"
#include "gl-truth.h"

#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-gl.h"

#include <math.h>

#define WIDTH 160
#define HEIGHT 120
/* As far as occlusion reaches, for each metre of depth. */
#define REACH 0.25

static DioGlContext *context;
static DioGlRenderer *renderer;

static void
add (DioFrame *frame, DioMesh *mesh, DioVec3 at, DioVec3 scale)
{
  DioTrs trs = dio_trs_identity ();
  trs.translation_m = at;
  trs.scale = scale;
  DioMat4 place = dio_mat4_from_trs (&trs);
  gl_scene_take_item (frame, mesh, gl_material (0.8f, 0.8f, 0.8f, 0, 1), &place);
}

static DioFrame *
new_scene (DioVec3 eye, DioVec3 target)
{
  DioFrame *frame = gl_scene_new (WIDTH, HEIGHT, eye, target);
  gl_scene_set_constant_sky (frame, 1000);
  add (frame, gl_mesh_quad (), dio_vec3 (0, 0, 0), dio_vec3 (20, 20, 1));
  return frame;
}

/* Two walls and a floor. */
static DioFrame *
make_corner (void)
{
  DioFrame *frame = new_scene (dio_vec3 (0.2, -3.2, 1.7), dio_vec3 (0, 0, 0.6));
  add (frame, gl_mesh_cube (), dio_vec3 (0, 1.6, 1), dio_vec3 (3, 0.1, 1));
  add (frame, gl_mesh_cube (), dio_vec3 (-1.6, 0, 1), dio_vec3 (0.1, 3, 1));
  return frame;
}

static DioFrame *
make_ball (void)
{
  DioFrame *frame = new_scene (dio_vec3 (0.2, -2.5, 1.5), dio_vec3 (0, 0, 0.3));
  add (frame, gl_mesh_sphere (32), dio_vec3 (0, 0, 0.5), dio_vec3 (0.5, 0.5, 0.5));
  return frame;
}

/* Boards between two sides and a back. */
static DioFrame *
make_shelf (void)
{
  DioFrame *frame = new_scene (dio_vec3 (0.5, -2.6, 1.3), dio_vec3 (0, 0, 0.7));
  add (frame, gl_mesh_cube (), dio_vec3 (0, 0.2, 0.75), dio_vec3 (0.6, 0.02, 0.75));
  for (int side = -1; side <= 1; side += 2)
    add (frame, gl_mesh_cube (), dio_vec3 (0.6 * side, 0, 0.75), dio_vec3 (0.02, 0.2, 0.75));
  for (int i = 0; i < 4; i++)
    add (frame, gl_mesh_cube (), dio_vec3 (0, 0, 0.1 + 0.4 * i), dio_vec3 (0.6, 0.2, 0.015));
  for (int i = 0; i < 5; i++)
    add (frame, gl_mesh_cube (), dio_vec3 (-0.4 + 0.07 * i, 0.02, 0.64),
         dio_vec3 (0.03, 0.12, 0.12));
  return frame;
}

/* Small things on a table as a camera sees them. */
static DioFrame *
make_table (void)
{
  DioFrame *frame = new_scene (dio_vec3 (0.2, -0.9, 0.6), dio_vec3 (0, 0, 0.03));
  for (int i = 0; i < 3; i++) {
    add (frame, gl_mesh_sphere (24), dio_vec3 (-0.25 + 0.22 * i, 0.12 * (i % 2), 0.04),
         dio_vec3 (0.04, 0.04, 0.04));
    add (frame, gl_mesh_cube (), dio_vec3 (-0.2 + 0.2 * i, 0.25 - 0.1 * i, 0.06),
         dio_vec3 (0.03, 0.04, 0.06));
  }
  add (frame, gl_mesh_cube (), dio_vec3 (0.1, -0.2, 0.015), dio_vec3 (0.1, 0.07, 0.015));
  return frame;
}

/* Posts in front of a wall: depth leaps at their edges, but what is far behind them loses next to nothing. */
static DioFrame *
make_posts (void)
{
  DioFrame *frame = new_scene (dio_vec3 (0.2, -3, 1.2), dio_vec3 (0, 0, 0.7));
  add (frame, gl_mesh_cube (), dio_vec3 (0, 1.5, 1), dio_vec3 (4, 0.1, 1));
  for (int i = 0; i < 7; i++)
    add (frame, gl_mesh_cube (), dio_vec3 (-1.2 + 0.4 * i, 0, 0.6), dio_vec3 (0.03, 0.03, 0.6));
  return frame;
}

static DioImage *
draw (DioFrame *frame, gboolean without)
{
  const DioGlViewDesc desc = { .want_nits = TRUE, .no_ambient_occlusion = without };
  g_auto (DioGlOutput) out = { 0 };
  GError *error = NULL;
  dio_gl_renderer_draw_view (renderer, frame, gl_scene_get_camera (frame), &desc, &out, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&out.nits);
}

static double
get_depth (DioFrame *frame, const DioRayCastHit *hit)
{
  const double *m = gl_scene_get_camera (frame)->world_from_camera.m;
  DioVec3 from_eye = dio_vec3_sub (hit->point_world_m, dio_vec3 (m[12], m[13], m[14]));
  return -dio_vec3_dot (from_eye, dio_vec3 (m[8], m[9], m[10]));
}

typedef struct {
  const char *name;
  DioFrame *(*make) (void);
  double mean, bias; /**< limits: mean difference from the share of sky, and mean with its sign */
} Scene;

/* Pictures of what is seen and of the truth, for eyes. */
static void
save (const char *name, const DioImage *seen)
{
  g_autoptr (DioImage) picture = dio_image_new (WIDTH, HEIGHT, 3, DIO_PIXEL_U8);
  for (gsize i = 0; i < (gsize) WIDTH * HEIGHT * 3; i++)
    picture->u8[i] = (uint8_t) CLAMP (seen->f32[i] * 255.0f, 0, 255);
  gl_save_png (picture, name);
}

static void
test_scene (gconstpointer data)
{
  const Scene *scene = data;
  g_autoptr (DioFrame) frame = scene->make ();
  g_autoptr (DioImage) with = draw (frame, FALSE), without = draw (frame, TRUE);
  g_autoptr (DioImage) truth_image = dio_image_new (WIDTH, HEIGHT, 3, DIO_PIXEL_F32);
  g_autoptr (GlTruth) truth = gl_truth_new (frame);
  double sum = 0, absolute = 0, square = 0, nothing = 0;
  guint n = 0;
  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++) {
      DioRayCastHit hit;
      gsize at = ((gsize) y * WIDTH + x) * 3;
      float seen = with->f32[at] / without->f32[at];
      with->f32[at] = with->f32[at + 1] = with->f32[at + 2] = seen;
      if ((x + y) % 2 != 0 || !gl_truth_see (truth, x, y, &hit))
        continue;
      double expected = gl_truth_ambient (truth, &hit, REACH * get_depth (frame, &hit), 64);
      double off = (double) seen - expected;
      for (guint k = 0; k < 3; k++)
        truth_image->f32[at + k] = (float) expected;
      sum += off;
      absolute += fabs (off);
      square += off * off;
      nothing += 1 - expected;
      n++;
    }
  g_autofree char *ours = g_strdup_printf ("ambient-%s.png", scene->name);
  g_autofree char *theirs = g_strdup_printf ("ambient-%s-rays.png", scene->name);
  save (ours, with);
  save (theirs, truth_image);
  g_test_message (
      "%s: off by %.4f in the mean, %+.4f with its sign, %.4f root mean square; without any %.4f",
      scene->name, absolute / n, sum / n, sqrt (square / n), nothing / n);
  g_assert_cmpuint (n, >, 3000);
  g_assert_cmpfloat (absolute / n, <, scene->mean);
  g_assert_cmpfloat (fabs (sum / n), <, scene->bias);
}

static const Scene scenes[] = {
  { "corner", make_corner, 0.03, 0.025 },
  { "ball", make_ball, 0.03, 0.025 },
  /* What lies behind the sides and boards does not show. */
  { "shelf", make_shelf, 0.12, 0.115 },
  { "table", make_table, 0.025, 0.01 },
  { "posts", make_posts, 0.045, 0.03 },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  GError *error = NULL;
  context = dio_gl_context_new_headless (&error);
  g_assert_no_error (error);
  renderer = dio_gl_renderer_new (context, NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (scenes); i++) {
    g_autofree char *path = g_strdup_printf ("/gl/ambient/%s", scenes[i].name);
    g_test_add_data_func (path, &scenes[i], test_scene);
  }
  int status = g_test_run ();
  dio_gl_renderer_free (renderer);
  dio_gl_context_free (context);
  return status;
}
