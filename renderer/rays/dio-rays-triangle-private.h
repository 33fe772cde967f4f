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

/** The weights of the place on the triangle's border that is nearest to the ray from the eye along @d, and the ray's
 * parameter there. Lengths across the ray are compared and not those in the plane: of a triangle seen nearly
 * edge on, the plane meets the ray far from all of it. */
static inline double
ray_nearest_border (const RayTriangle *triangle, DioVec3 d, double *u, double *v)
{
  static const double weights[3][2] = { { 0, 0 }, { 1, 0 }, { 0, 1 } };
  DioVec3 from_eye = dio_vec3_scale (triangle->s, -1);
  DioVec3 corners[3] = { from_eye, dio_vec3_add (from_eye, triangle->e1),
                         dio_vec3_add (from_eye, triangle->e2) };
  double along[3], length2 = dio_vec3_dot (d, d), least = INFINITY, z = 0;
  for (guint i = 0; i < 3; i++) {
    along[i] = dio_vec3_dot (corners[i], d) / length2;
    corners[i] = dio_vec3_sub (corners[i], dio_vec3_scale (d, along[i]));
  }
  for (guint i = 0; i < 3; i++) {
    guint next = (i + 1) % 3;
    DioVec3 side = dio_vec3_sub (corners[next], corners[i]);
    double side2 = dio_vec3_dot (side, side);
    double share = side2 > 0 ? CLAMP (-dio_vec3_dot (corners[i], side) / side2, 0, 1) : 0;
    DioVec3 off = dio_vec3_add (corners[i], dio_vec3_scale (side, share));
    double distance2 = dio_vec3_dot (off, off);
    if (!(distance2 < least))
      continue;
    least = distance2;
    *u = (1 - share) * weights[i][0] + share * weights[next][0];
    *v = (1 - share) * weights[i][1] + share * weights[next][1];
    z = (1 - share) * along[i] + share * along[next];
  }
  return z;
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
  if (!(u >= 0 && v >= 0 && u + v <= 1))
    z = ray_nearest_border (triangle, d, &u, &v);
  hit->z = z;
  hit->u = u;
  hit->v = v;
  hit->front = determinant > 0;
  return TRUE;
}
