#define G_LOG_DOMAIN "dio-test"

#include "gl-truth.h"

#include "dio-core-pool.h"
#include "dio-core-vec.h"

#include <math.h>

struct GlTruth {
  DioPool *pool;
  DioRayScene *scene;
  DioFrame *frame;
};

GlTruth *
gl_truth_new (DioFrame *frame)
{
  GError *error = NULL;
  GlTruth *self = g_new0 (GlTruth, 1);
  self->frame = dio_frame_ref (frame);
  self->pool = dio_pool_new (1);
  self->scene = dio_ray_scene_new (self->pool, 0, &error);
  g_assert_no_error (error);
  dio_ray_scene_set_frame (self->scene, frame, &error);
  g_assert_no_error (error);
  return self;
}

void
gl_truth_free (GlTruth *self)
{
  if (self == NULL)
    return;
  dio_ray_scene_free (self->scene);
  dio_pool_free (self->pool);
  dio_frame_unref (self->frame);
  g_free (self);
}

static DioVec3
get_column (const DioMat4 *m, int column)
{
  return dio_vec3 (m->m[column * 4], m->m[column * 4 + 1], m->m[column * 4 + 2]);
}

/* x along @x, y along @y, z along @z. */
static DioVec3
compose (DioVec3 x, DioVec3 y, DioVec3 z, DioVec3 v)
{
  DioVec3 sum = dio_vec3_add (dio_vec3_scale (x, v.x), dio_vec3_scale (y, v.y));
  return dio_vec3_add (sum, dio_vec3_scale (z, v.z));
}

gboolean
gl_truth_see (const GlTruth *self, double x, double y, DioRayCastHit *out)
{
  const DioCamera *camera = &g_array_index (self->frame->cameras, DioCamera, 0);
  const DioMat4 *m = &camera->world_from_camera;
  DioVec3 view = { (x + 0.5 - camera->cx) / camera->fx, -(y + 0.5 - camera->cy) / camera->fy, -1 };
  DioRayCast cast = { .origin_world_m = get_column (m, 3) };
  cast.direction_world =
      dio_vec3_normalize (compose (get_column (m, 0), get_column (m, 1), get_column (m, 2), view));
  return dio_ray_scene_cast (self->scene, &cast, out);
}

/* Point @i of @n, evenly over a disc of radius 1 (Vogel's spiral). */
static void
get_disc_point (guint i, guint n, double at[static 2])
{
  double radius = sqrt ((i + 0.5) / n), turn = i * G_PI * (3 - sqrt (5));
  at[0] = radius * cos (turn);
  at[1] = radius * sin (turn);
}

/* To what @hit sees along @way; INFINITY: nothing. */
static double
get_distance (const GlTruth *self, const DioRayCastHit *hit, DioVec3 way)
{
  DioVec3 lift = dio_vec3_scale (hit->normal_world, 1e-5);
  DioRayCast cast = { dio_vec3_add (hit->point_world_m, lift), dio_vec3_normalize (way), NULL };
  DioRayCastHit other;
  return dio_ray_scene_cast (self->scene, &cast, &other) ? other.distance_m : INFINITY;
}

static void
make_axes (DioVec3 z, DioVec3 *x, DioVec3 *y)
{
  *x = dio_vec3_normalize (
      dio_vec3_cross (fabs (z.z) < 0.9 ? dio_vec3 (0, 0, 1) : dio_vec3 (1, 0, 0), z));
  *y = dio_vec3_cross (z, *x);
}

double
gl_truth_sun (
    const GlTruth *self, const DioRayCastHit *hit, DioVec3 to_sun, double diameter_rad, guint n)
{
  DioVec3 x, y;
  guint seen = 0;
  make_axes (to_sun, &x, &y);
  for (guint i = 0; i < n; i++) {
    double at[2], radius = tan (diameter_rad / 2);
    get_disc_point (i, n, at);
    DioVec3 way = compose (x, y, to_sun, dio_vec3 (radius * at[0], radius * at[1], 1));
    seen += !isfinite (get_distance (self, hit, way));
  }
  return (double) seen / n;
}

double
gl_truth_ambient (const GlTruth *self, const DioRayCastHit *hit, double far_m, guint n)
{
  DioVec3 x, y;
  double hidden = 0;
  make_axes (hit->normal_world, &x, &y);
  for (guint i = 0; i < n; i++) {
    double at[2];
    get_disc_point (i, n, at);
    double up = sqrt (1 - at[0] * at[0] - at[1] * at[1]);
    DioVec3 way = compose (x, y, hit->normal_world, dio_vec3 (at[0], at[1], up));
    double away = get_distance (self, hit, way) / far_m;
    hidden += MAX (1 - away * away, 0);
  }
  return 1 - hidden / n;
}
