/* Rough metal that mirrors uneven surroundings at grazing angles, against an integral over the picture itself. */

#include "gl-scene.h"

#include "dio-core-vec.h"
#include "dio-gl.h"

#include <math.h>

#define WIDTH 256
#define HEIGHT 128

static DioGlRenderer *plain; /* without ambient occlusion */

/* A bright band from the horizon to 30 degrees, a third of the way around, before a dim sky and a dark ground. */
static DioImage *
make_band (void)
{
  DioImage *image = dio_image_new (WIDTH, HEIGHT, 3, DIO_PIXEL_F32);
  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++) {
      double u = (x + 0.5) / WIDTH, v = (y + 0.5) / HEIGHT;
      float nits = v > 0.5 ? 20 : fabs (u - 0.5) < 1.0 / 6 && v > 1.0 / 3 ? 4000 : 200;
      for (guint c = 0; c < 3; c++)
        image->f32[((gsize) y * WIDTH + x) * 3 + c] = nits;
    }
  return image;
}

/* GGX without Fresnel's factor, which is 1 for white metal, times cosine. */
static double
evaluate_ggx (DioVec3 view, DioVec3 light, double alpha)
{
  DioVec3 sum = { view.x + light.x, view.y + light.y, view.z + light.z };
  double h = sum.z / sqrt (sum.x * sum.x + sum.y * sum.y + sum.z * sum.z), a2 = alpha * alpha;
  double d = a2 / (G_PI * pow (h * h * (a2 - 1) + 1, 2));
  double lambda = light.z * sqrt (view.z * view.z * (1 - a2) + a2)
                  + view.z * sqrt (light.z * light.z * (1 - a2) + a2);
  return d * 0.5 / lambda * light.z;
}

/* What a white metal floor sends towards @view: what one reflection loses leaves as from a matt surface. */
static double
expect (const DioImage *picture, DioVec3 view, double roughness)
{
  double mirrored = 0, albedo = 0, matt = 0;
  for (guint y = 0; y < HEIGHT / 2; y++)
    for (guint x = 0; x < WIDTH; x++) {
      double v = (y + 0.5) / HEIGHT, nits = (double) picture->f32[((gsize) y * WIDTH + x) * 3];
      DioVec3 light = dio_environment_direction ((x + 0.5) / WIDTH, v);
      double area = sin (v * G_PI) * G_PI / HEIGHT * 2 * G_PI / WIDTH;
      double reflected = evaluate_ggx (view, light, roughness * roughness) * area;
      mirrored += reflected * nits;
      albedo += reflected;
      matt += light.z / G_PI * area * nits;
    }
  return mirrored + (1 - albedo) * matt;
}

/* Towards the band the lobe is long and the ground below the horizon may not dim it; beside it the band lies in its tail. */
static void
test_grazing (void)
{
  static const double elevations[] = { 0.2, 0.35, 0.7, 1.2 };
  static const double roughnesses[] = { 0.3, 0.5, 0.7, 1 };
  for (guint turned = 0; turned < 2; turned++)
    for (guint i = 0; i < G_N_ELEMENTS (elevations); i++)
      for (guint k = 0; k < G_N_ELEMENTS (roughnesses); k++) {
        double flat = cos (elevations[i]), away = 50;
        DioVec3 view = turned ? (DioVec3){ -flat, 0, sin (elevations[i]) }
                              : (DioVec3){ 0, -flat, sin (elevations[i]) };
        DioVec3 eye = { view.x * away, view.y * away, view.z * away };
        g_autoptr (DioFrame) frame = gl_scene_new (8, 8, eye, dio_vec3 (0, 0, 0));
        DioMat4 place = gl_place (0, 0, 0, 20);
        gl_scene_get_camera (frame)->fx = gl_scene_get_camera (frame)->fy = 400;
        gl_scene_take_item (frame, gl_mesh_quad (),
                            gl_material (1, 1, 1, 1, (float) roughnesses[k]), &place);
        frame->environment.radiance = make_band ();
        frame->environment.key = 7;
        frame->environment.strength = 1;
        GError *error = NULL;
        g_autoptr (DioImage) nits = dio_gl_renderer_draw_linear (plain, frame, 0, &error);
        g_assert_no_error (error);
        double seen = (double) nits->f32[(4 * 8 + 4) * 3];
        double expected = expect (frame->environment.radiance, view, roughnesses[k]);
        g_test_message ("%s, %.1f rad, roughness %.1f: %.3f of what is expected",
                        turned ? "beside" : "towards", elevations[i], roughnesses[k],
                        seen / expected);
        g_assert_cmpfloat (fabs (seen / expected - 1), <, 0.18);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  GError *error = NULL;
  g_autoptr (DioGlContext) context = dio_gl_context_new_headless (&error);
  g_assert_no_error (error);
  DioGlOptions options = { .no_ambient_occlusion = TRUE };
  plain = dio_gl_renderer_new (context, &options, &error);
  g_assert_no_error (error);

  g_test_add_func ("/gl/reflection/grazing", test_grazing);

  int status = g_test_run ();
  dio_gl_renderer_free (plain);
  return status;
}
