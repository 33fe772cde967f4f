#pragma once
/* Thread: as dio-rays.h. Rays against one triangle in double precision, inline: neighbouring rays mostly meet
 * the same triangle, which is then made ready once. */

#include "dio-core-vec.h"
#include "dio-rays-private.h"

#include <math.h>

/** What does not depend on the ray, frame of the mesh. */
typedef struct {
  DioVec3 e1, e2; /**< from the first corner to the others */
  DioVec3 s;      /**< from the first corner to the eye */
  DioVec3 normal; /**< e1 x e2 */
} RayTriangle;

static inline DioVec3
ray_corner (const DioMesh *mesh, guint prim, guint which)
{
  const float *p = mesh->positions[mesh->triangles[prim][which]];
  return dio_vec3 (p[0], p[1], p[2]);
}

/** A vector through a linear part, column-major. */
static inline DioVec3
ray_turn (const double *m, DioVec3 v)
{
  return dio_vec3 (m[0] * v.x + m[3] * v.y + m[6] * v.z, m[1] * v.x + m[4] * v.y + m[7] * v.z,
                   m[2] * v.x + m[5] * v.y + m[8] * v.z);
}

static inline RayTriangle
ray_triangle_of (const RayItem *item, guint prim)
{
  RayTriangle out;
  DioVec3 p0 = ray_corner (item->mesh, prim, 0);
  out.e1 = dio_vec3_sub (ray_corner (item->mesh, prim, 1), p0);
  out.e2 = dio_vec3_sub (ray_corner (item->mesh, prim, 2), p0);
  out.s = dio_vec3_sub (item->eye_mesh, p0);
  out.normal = dio_vec3_cross (out.e1, out.e2);
  return out;
}

/** The nearest place within the triangle's weights; TRUE where it had to move. */
static inline gboolean
ray_clamp_weights (double *u, double *v)
{
  if (*u >= 0 && *v >= 0 && *u + *v <= 1)
    return FALSE;
  double a = MAX (*u, 0), b = MAX (*v, 0);
  if (a + b > 1) {
    double sum = a + b;
    a /= sum;
    b /= sum;
  }
  gboolean moved = a != *u || b != *v;
  *u = a;
  *v = b;
  return moved;
}

/* The ray is taken into the frame of the mesh, whose float coordinates are exact there (Moeller and
 * Trumbore, "Fast, minimum storage ray/triangle intersection", 1997, in double precision). A positive
 * determinant means that the ray meets the side from which the triangle runs counter-clockwise in its own
 * frame: under a mirroring transform that side stays the outside, as glTF 2.0 (3.7.4) rules. */
static inline gboolean
ray_triangle_meet (const RayTriangle *triangle, const RayItem *item, DioVec3 direction, RayHit *hit)
{
  DioVec3 d = ray_turn (item->mesh_from_camera, direction);
  double determinant = -dio_vec3_dot (d, triangle->normal);
  double inverse = 1.0 / determinant;
  if (!isfinite (inverse))
    return FALSE;
  DioVec3 q = dio_vec3_cross (triangle->s, d);
  double u = dio_vec3_dot (triangle->e2, q) * inverse;
  double v = -dio_vec3_dot (triangle->e1, q) * inverse;
  double z = dio_vec3_dot (triangle->s, triangle->normal) * inverse;
  if (!isfinite (u) || !isfinite (v) || !isfinite (z))
    return FALSE;
  if (ray_clamp_weights (&u, &v)) {
    DioVec3 p = dio_vec3_add (triangle->s, dio_vec3_scale (d, z));
    DioVec3 inside =
        dio_vec3_add (dio_vec3_scale (triangle->e1, u), dio_vec3_scale (triangle->e2, v));
    z += dio_vec3_dot (dio_vec3_sub (inside, p), d) / dio_vec3_dot (d, d);
  }
  hit->z = z;
  hit->u = u;
  hit->v = v;
  hit->front = determinant > 0;
  return TRUE;
}
