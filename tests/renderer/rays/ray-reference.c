#include "ray-reference.h"

#include "dio-core-pose.h"
#include "dio-core-vec.h"

#include <math.h>

typedef struct {
  DioVec3 corners[3]; /**< camera axes */
} Triangle;

static void
read_triangle (const DioMat4 *camera_from_mesh, const DioMesh *mesh, guint prim, Triangle *out)
{
  for (guint k = 0; k < 3; k++) {
    const float *p = mesh->positions[mesh->triangles[prim][k]];
    out->corners[k] = dio_mat4_transform_point (camera_from_mesh, dio_vec3 (p[0], p[1], p[2]));
  }
}

static double
volume (DioVec3 d, DioVec3 a, DioVec3 b)
{
  return dio_vec3_dot (d, dio_vec3_cross (a, b));
}

/** A ray from the origin meets the triangle where the three volumes have one sign. */
static gboolean
meets (const Triangle *t, DioVec3 d, double *z)
{
  double a = volume (d, t->corners[0], t->corners[1]), b = volume (d, t->corners[1], t->corners[2]);
  double c = volume (d, t->corners[2], t->corners[0]);
  if (!((a >= 0 && b >= 0 && c >= 0) || (a <= 0 && b <= 0 && c <= 0)) || a + b + c == 0)
    return FALSE;
  double sum = a + b + c;
  *z = -(b * t->corners[0].z + c * t->corners[1].z + a * t->corners[2].z) / sum;
  return TRUE;
}

static double
edge_distance (const DioCamera *camera, DioVec3 a, DioVec3 b, const double at[static 2])
{
  if (!(-a.z >= camera->near_m && -b.z >= camera->near_m))
    return INFINITY;
  double ax = camera->fx * a.x / -a.z + camera->cx, ay = -camera->fy * a.y / -a.z + camera->cy;
  double bx = camera->fx * b.x / -b.z + camera->cx, by = -camera->fy * b.y / -b.z + camera->cy;
  double ex = bx - ax, ey = by - ay, px = at[0] - ax, py = at[1] - ay;
  double share = ex * ex + ey * ey > 0 ? (px * ex + py * ey) / (ex * ex + ey * ey) : 0;
  share = CLAMP (share, 0, 1);
  return hypot (px - share * ex, py - share * ey);
}

static void
look_at_item (const DioCamera *camera,
              const DioFrameItem *item,
              const double at[static 2],
              RayReference *best)
{
  DioMat4 camera_from_world;
  g_assert_true (dio_mat4_invert_affine (&camera->world_from_camera, &camera_from_world));
  DioMat4 camera_from_mesh = dio_mat4_multiply (&camera_from_world, &item->world_from_mesh);
  DioVec3 d = { (at[0] - camera->cx) / camera->fx, -(at[1] - camera->cy) / camera->fy, -1 };
  for (guint prim = 0; prim < item->mesh->n_triangles; prim++) {
    Triangle t;
    double z;
    read_triangle (&camera_from_mesh, item->mesh, prim, &t);
    for (guint k = 0; k < 3; k++) {
      double distance = edge_distance (camera, t.corners[k], t.corners[(k + 1) % 3], at);
      best->edge_px = MIN (best->edge_px, distance);
    }
    if (!meets (&t, d, &z) || z < camera->near_m || z >= best->depth_z)
      continue;
    DioVec3 normal = dio_vec3_normalize (dio_vec3_cross (
        dio_vec3_sub (t.corners[1], t.corners[0]), dio_vec3_sub (t.corners[2], t.corners[0])));
    best->depth_z = z;
    best->leaf = item->leaf;
    best->incidence = fabs (dio_vec3_dot (normal, dio_vec3_normalize (d)));
  }
}

RayReference
ray_reference_look (const DioFrame *frame, guint leaf, double x, double y)
{
  RayReference best = { 0, INFINITY, 1, INFINITY };
  const DioCamera *camera = &g_array_index (frame->cameras, DioCamera, 0);
  const double at[2] = { x, y };
  for (guint i = 0; i < frame->items->len; i++) {
    const DioFrameItem *item = &g_array_index (frame->items, DioFrameItem, i);
    if (leaf == 0 || item->leaf == leaf)
      look_at_item (camera, item, at, &best);
  }
  return best;
}
