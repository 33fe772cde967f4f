#define G_LOG_DOMAIN "dio-gl"

#include "dio-gl-private.h"

/* A face of a box cut by six planes has at most ten corners. */
#define MOST_CORNERS 12

typedef struct {
  DioVec3 at[MOST_CORNERS];
  guint n;
} Polygon;

static DioVec3
get_column (const DioMat4 *m, int column)
{
  return dio_vec3 (m->m[column * 4], m->m[column * 4 + 1], m->m[column * 4 + 2]);
}

static void
set_planes (DioGlSlice *slice, const DioCamera *camera, double from_m, double to_m, double wider_m)
{
  DioVec3 right = get_column (&camera->world_from_camera, 0);
  DioVec3 down = dio_vec3_scale (get_column (&camera->world_from_camera, 1), -1);
  DioVec3 forward = dio_vec3_scale (get_column (&camera->world_from_camera, 2), -1);
  double slopes[4] = { -camera->cx / camera->fx, (camera->width_px - camera->cx) / camera->fx,
                       -camera->cy / camera->fy, (camera->height_px - camera->cy) / camera->fy };
  for (int i = 0; i < 6; i++) {
    double side = i % 2 == 0 ? 1 : -1;
    DioVec3 across = i < 2 ? right : down;
    gboolean slanted = i < 4 && !camera->orthographic;
    DioVec3 n = slanted ? dio_vec3_sub (across, dio_vec3_scale (forward, slopes[MIN (i, 3)]))
                : i < 4 ? across
                        : forward;
    n = dio_vec3_scale (dio_vec3_normalize (n), side);
    slice->planes[i][0] = n.x;
    slice->planes[i][1] = n.y;
    slice->planes[i][2] = n.z;
    double beyond_m = i == 4 ? from_m : to_m;
    if (i < 4)
      beyond_m = camera->orthographic ? slopes[MIN (i, 3)] : 0;
    slice->planes[i][3] = wider_m - side * beyond_m;
  }
}

void
dio_gl_slice_init (
    DioGlSlice *slice, const DioCamera *camera, double from_m, double to_m, double wider_m)
{
  set_planes (slice, camera, from_m, to_m, wider_m);
  for (guint k = 0; k < 8; k++) {
    double depth = k & 4 ? to_m : from_m;
    double widening = camera->orthographic ? 1 : depth;
    double x = ((k & 1 ? camera->width_px : 0) - camera->cx) / camera->fx * widening;
    double y = ((k & 2 ? camera->height_px : 0) - camera->cy) / camera->fy * widening;
    DioVec3 p = dio_vec3_scale (get_column (&camera->world_from_camera, 0), x);
    p = dio_vec3_add (p, dio_vec3_scale (get_column (&camera->world_from_camera, 1), -y));
    slice->corners[k] =
        dio_vec3_add (p, dio_vec3_scale (get_column (&camera->world_from_camera, 2), -depth));
  }
}

static double
get_distance (const double plane[static 4], DioVec3 p)
{
  return plane[0] * p.x + plane[1] * p.y + plane[2] * p.z + plane[3];
}

/* Sutherland and Hodgman 1974. */
static void
cut (Polygon *polygon, const double plane[static 4])
{
  Polygon out = { .n = 0 };
  for (guint i = 0; i < polygon->n; i++) {
    DioVec3 a = polygon->at[i], b = polygon->at[(i + 1) % polygon->n];
    double da = get_distance (plane, a), db = get_distance (plane, b);
    if (da >= 0 && out.n < MOST_CORNERS)
      out.at[out.n++] = a;
    if ((da >= 0) != (db >= 0) && out.n < MOST_CORNERS)
      out.at[out.n++] = dio_vec3_add (a, dio_vec3_scale (dio_vec3_sub (b, a), da / (da - db)));
  }
  *polygon = out;
}

static DioVec3
get_corner (const DioBox3 *box, guint k)
{
  return dio_vec3 (k & 1 ? box->max.x : box->min.x, k & 2 ? box->max.y : box->min.y,
                   k & 4 ? box->max.z : box->min.z);
}

void
dio_gl_slice_share (const DioGlSlice *slice, const DioBox3 *box, GArray *points)
{
  static const guint8 faces[6][4] = { { 0, 2, 6, 4 }, { 1, 3, 7, 5 }, { 0, 1, 5, 4 },
                                      { 2, 3, 7, 6 }, { 0, 1, 3, 2 }, { 4, 5, 7, 6 } };
  for (guint face = 0; face < 6; face++) {
    Polygon polygon = { .n = 4 };
    for (guint k = 0; k < 4; k++)
      polygon.at[k] = get_corner (box, faces[face][k]);
    for (guint i = 0; i < 6 && polygon.n > 0; i++)
      cut (&polygon, slice->planes[i]);
    g_array_append_vals (points, polygon.at, polygon.n);
  }
  for (guint k = 0; k < 8; k++) {
    DioVec3 p = slice->corners[k];
    if (p.x >= box->min.x && p.x <= box->max.x && p.y >= box->min.y && p.y <= box->max.y
        && p.z >= box->min.z && p.z <= box->max.z)
      g_array_append_val (points, p);
  }
}
