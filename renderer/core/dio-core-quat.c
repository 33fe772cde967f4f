#define G_LOG_DOMAIN "dio-core"

#include "dio-core-math.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"

#include <math.h>

DioQuat
dio_quat_identity (void)
{
  return (DioQuat){ 1, 0, 0, 0 };
}

DioQuat
dio_quat_from_axis_angle (DioVec3 axis, double angle_rad)
{
  double s = dio_sin (0.5 * angle_rad);
  return (DioQuat){ dio_cos (0.5 * angle_rad), axis.x * s, axis.y * s, axis.z * s };
}

DioQuat
dio_quat_multiply (DioQuat a, DioQuat b)
{
  return (DioQuat){
    a.w * b.w - a.x * b.x - a.y * b.y - a.z * b.z,
    a.w * b.x + a.x * b.w + a.y * b.z - a.z * b.y,
    a.w * b.y - a.x * b.z + a.y * b.w + a.z * b.x,
    a.w * b.z + a.x * b.y - a.y * b.x + a.z * b.w,
  };
}

DioQuat
dio_quat_normalize (DioQuat q)
{
  /* Scaled by the largest part first, so that tiny and huge quaternions neither vanish nor overflow. */
  double largest = MAX (MAX (fabs (q.w), fabs (q.x)), MAX (fabs (q.y), fabs (q.z)));
  if (!isfinite (q.w) || !isfinite (q.x) || !isfinite (q.y) || !isfinite (q.z) || largest == 0)
    return dio_quat_identity ();
  DioQuat s = { q.w / largest, q.x / largest, q.y / largest, q.z / largest };
  double length = sqrt (s.w * s.w + s.x * s.x + s.y * s.y + s.z * s.z);
  return (DioQuat){ s.w / length, s.x / length, s.y / length, s.z / length };
}

DioVec3
dio_quat_rotate (DioQuat q, DioVec3 v)
{
  /* v + w t + u x t with t = 2 u x v, which equals q v q* for a unit quaternion (w, u). */
  DioVec3 u = dio_vec3 (q.x, q.y, q.z);
  DioVec3 t = dio_vec3_scale (dio_vec3_cross (u, v), 2.0);
  return dio_vec3_add (v, dio_vec3_add (dio_vec3_scale (t, q.w), dio_vec3_cross (u, t)));
}

DioQuat
dio_quat_from_mat4 (const DioMat4 *m)
{
  double xx = m->m[0], yy = m->m[5], zz = m->m[10];
  double zy = m->m[6] - m->m[9]; /* 4 w x */
  double xz = m->m[8] - m->m[2]; /* 4 w y */
  double yx = m->m[1] - m->m[4]; /* 4 w z */
  DioQuat q;
  /* Shepperd's method: divide by the largest of the four, so that nothing cancels. */
  if (xx + yy + zz >= MAX (xx, MAX (yy, zz)))
    q = (DioQuat){ 1.0 + xx + yy + zz, zy, xz, yx };
  else if (xx >= yy && xx >= zz)
    q = (DioQuat){ zy, 1.0 + xx - yy - zz, m->m[1] + m->m[4], m->m[2] + m->m[8] };
  else if (yy >= zz)
    q = (DioQuat){ xz, m->m[1] + m->m[4], 1.0 - xx + yy - zz, m->m[6] + m->m[9] };
  else
    q = (DioQuat){ yx, m->m[2] + m->m[8], m->m[6] + m->m[9], 1.0 - xx - yy + zz };
  q = dio_quat_normalize (q);
  /* One of the two signs, so that equal rotations are equal numbers in files. */
  return q.w < 0 ? (DioQuat){ -q.w, -q.x, -q.y, -q.z } : q;
}

DioQuat
dio_quat_from_yaw_pitch_roll (double yaw_rad, double pitch_rad, double roll_rad)
{
  DioQuat yaw = dio_quat_from_axis_angle (dio_vec3 (0, 0, 1), yaw_rad);
  DioQuat pitch = dio_quat_from_axis_angle (dio_vec3 (0, 1, 0), pitch_rad);
  DioQuat roll = dio_quat_from_axis_angle (dio_vec3 (1, 0, 0), roll_rad);
  return dio_quat_multiply (dio_quat_multiply (yaw, pitch), roll);
}
