#define G_LOG_DOMAIN "dio-core"

#include "dio-core-pose.h"

#include "dio-core-math.h"
#include "dio-core-vec.h"

#include <math.h>

/* Column @c of the upper 3x3, or the translation for 3. */
static DioVec3
get_column (const DioMat4 *m, int c)
{
  return dio_vec3 (m->m[c * 4], m->m[c * 4 + 1], m->m[c * 4 + 2]);
}

static void
set_column (DioMat4 *m, int c, DioVec3 v)
{
  m->m[c * 4] = v.x;
  m->m[c * 4 + 1] = v.y;
  m->m[c * 4 + 2] = v.z;
}

DioMat4
dio_mat4_identity (void)
{
  return (DioMat4){ { 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1 } };
}

DioMat4
dio_mat4_multiply (const DioMat4 *a, const DioMat4 *b)
{
  DioMat4 out;
  for (int c = 0; c < 4; c++)
    for (int r = 0; r < 4; r++) {
      const double *column = &b->m[c * 4];
      out.m[c * 4 + r] = a->m[r] * column[0] + a->m[4 + r] * column[1] + a->m[8 + r] * column[2]
                         + a->m[12 + r] * column[3];
    }
  return out;
}

DioMat4
dio_mat4_from_quat (DioQuat q)
{
  DioMat4 m = dio_mat4_identity ();
  double x2 = q.x + q.x, y2 = q.y + q.y, z2 = q.z + q.z;
  double xx = q.x * x2, yy = q.y * y2, zz = q.z * z2;
  double xy = q.x * y2, xz = q.x * z2, yz = q.y * z2;
  double wx = q.w * x2, wy = q.w * y2, wz = q.w * z2;
  set_column (&m, 0, dio_vec3 (1.0 - (yy + zz), xy + wz, xz - wy));
  set_column (&m, 1, dio_vec3 (xy - wz, 1.0 - (xx + zz), yz + wx));
  set_column (&m, 2, dio_vec3 (xz + wy, yz - wx, 1.0 - (xx + yy)));
  return m;
}

DioMat4
dio_mat4_translation (DioVec3 t_m)
{
  DioMat4 m = dio_mat4_identity ();
  set_column (&m, 3, t_m);
  return m;
}

DioMat4
dio_mat4_from_trs (const DioTrs *trs)
{
  DioMat4 m = dio_mat4_from_quat (trs->q_wxyz);
  set_column (&m, 0, dio_vec3_scale (get_column (&m, 0), trs->scale.x));
  set_column (&m, 1, dio_vec3_scale (get_column (&m, 1), trs->scale.y));
  set_column (&m, 2, dio_vec3_scale (get_column (&m, 2), trs->scale.z));
  set_column (&m, 3, trs->translation_m);
  return m;
}

double
dio_mat4_determinant3 (const DioMat4 *m)
{
  return dio_vec3_dot (get_column (m, 0), dio_vec3_cross (get_column (m, 1), get_column (m, 2)));
}

gboolean
dio_mat4_invert_affine (const DioMat4 *m, DioMat4 *out)
{
  if (m->m[3] != 0 || m->m[7] != 0 || m->m[11] != 0 || m->m[15] != 1 || !dio_mat4_is_finite (m))
    return FALSE;
  double det = dio_mat4_determinant3 (m);
  if (det == 0 || !isfinite (1.0 / det))
    return FALSE;

  /* The rows of the inverse are the cross products of the columns over the determinant. */
  DioVec3 c0 = get_column (m, 0), c1 = get_column (m, 1), c2 = get_column (m, 2);
  DioVec3 t = get_column (m, 3);
  DioVec3 rows[3] = { dio_vec3_cross (c1, c2), dio_vec3_cross (c2, c0), dio_vec3_cross (c0, c1) };
  DioMat4 inverse = dio_mat4_identity ();
  for (int r = 0; r < 3; r++) {
    DioVec3 row = dio_vec3 (rows[r].x / det, rows[r].y / det, rows[r].z / det);
    inverse.m[r] = row.x;
    inverse.m[4 + r] = row.y;
    inverse.m[8 + r] = row.z;
    inverse.m[12 + r] = -dio_vec3_dot (row, t);
  }
  if (!dio_mat4_is_finite (&inverse))
    return FALSE;
  *out = inverse;
  return TRUE;
}

DioVec3
dio_mat4_transform_point (const DioMat4 *m, DioVec3 p)
{
  return dio_vec3_add (dio_mat4_transform_vector (m, p), get_column (m, 3));
}

DioVec3
dio_mat4_transform_vector (const DioMat4 *m, DioVec3 v)
{
  return dio_vec3 (m->m[0] * v.x + m->m[4] * v.y + m->m[8] * v.z,
                   m->m[1] * v.x + m->m[5] * v.y + m->m[9] * v.z,
                   m->m[2] * v.x + m->m[6] * v.y + m->m[10] * v.z);
}

DioVec3
dio_mat4_transform_normal (const DioMat4 *m, DioVec3 n)
{
  /* The cofactor matrix is the determinant times the inverse transpose, and exists for flat scales too. */
  DioVec3 c0 = get_column (m, 0), c1 = get_column (m, 1), c2 = get_column (m, 2);
  DioVec3 x = dio_vec3_scale (dio_vec3_cross (c1, c2), n.x);
  DioVec3 y = dio_vec3_scale (dio_vec3_cross (c2, c0), n.y);
  DioVec3 z = dio_vec3_scale (dio_vec3_cross (c0, c1), n.z);
  DioVec3 sum = dio_vec3_add (dio_vec3_add (x, y), z);
  return dio_mat4_determinant3 (m) < 0 ? dio_vec3_scale (sum, -1.0) : sum;
}

gboolean
dio_mat4_is_finite (const DioMat4 *m)
{
  for (int i = 0; i < 16; i++)
    if (!isfinite (m->m[i]))
      return FALSE;
  return TRUE;
}

gboolean
dio_mat4_decompose (const DioMat4 *m, DioTrs *out)
{
  if (!dio_mat4_is_finite (m))
    return FALSE;
  DioVec3 columns[3];
  double lengths[3];
  for (int c = 0; c < 3; c++) {
    columns[c] = get_column (m, c);
    lengths[c] = dio_vec3_length (columns[c]);
    if (!(lengths[c] > 0) || isinf (lengths[c]))
      return FALSE;
    columns[c] = dio_vec3_scale (columns[c], 1.0 / lengths[c]);
  }
  for (int c = 0; c < 3; c++)
    if (fabs (dio_vec3_dot (columns[c], columns[(c + 1) % 3])) > 1e-6)
      return FALSE;

  /* No rotation mirrors: a left-handed matrix gets a negative x scale. */
  if (dio_vec3_dot (columns[0], dio_vec3_cross (columns[1], columns[2])) < 0) {
    lengths[0] = -lengths[0];
    columns[0] = dio_vec3_scale (columns[0], -1.0);
  }
  DioMat4 rotation = dio_mat4_identity ();
  for (int c = 0; c < 3; c++)
    set_column (&rotation, c, columns[c]);
  out->translation_m = get_column (m, 3);
  out->q_wxyz = dio_quat_from_mat4 (&rotation);
  out->scale = dio_vec3 (lengths[0], lengths[1], lengths[2]);
  return TRUE;
}

DioMat4
dio_mat4_look_at (DioVec3 eye_m, DioVec3 target_m, DioVec3 up)
{
  DioVec3 back = dio_vec3_normalize (dio_vec3_sub (eye_m, target_m));
  if (dio_vec3_length (back) == 0) /* eye and target agree: look along world +Y */
    back = dio_vec3 (0, -1, 0);
  DioVec3 right = dio_vec3_cross (dio_vec3_normalize (up), back);
  if (dio_vec3_length (right) < 1e-9) { /* straight along up: +Y of the world, else +Z, is up */
    up = fabs (back.y) < 0.9 ? dio_vec3 (0, 1, 0) : dio_vec3 (0, 0, 1);
    right = dio_vec3_cross (up, back);
  }
  right = dio_vec3_normalize (right);
  DioMat4 m = dio_mat4_identity ();
  set_column (&m, 0, right);
  set_column (&m, 1, dio_vec3_cross (back, right));
  set_column (&m, 2, back);
  set_column (&m, 3, eye_m);
  return m;
}

void
dio_mat4_to_float (const DioMat4 *m, float out[static 16])
{
  for (int i = 0; i < 16; i++)
    out[i] = (float) m->m[i];
}

DioTrs
dio_trs_identity (void)
{
  return (DioTrs){ { 0, 0, 0 }, dio_quat_identity (), { 1, 1, 1 } };
}
