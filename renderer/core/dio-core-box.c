#define G_LOG_DOMAIN "dio-core"

#include "dio-core-pose.h"
#include "dio-core-vec.h"

#include <math.h>

DioBox3
dio_box3_empty (void)
{
  return (DioBox3){ { INFINITY, INFINITY, INFINITY }, { -INFINITY, -INFINITY, -INFINITY } };
}

gboolean
dio_box3_is_empty (const DioBox3 *box)
{
  return box->min.x > box->max.x;
}

void
dio_box3_add_point (DioBox3 *box, DioVec3 p)
{
  box->min = dio_vec3 (MIN (box->min.x, p.x), MIN (box->min.y, p.y), MIN (box->min.z, p.z));
  box->max = dio_vec3 (MAX (box->max.x, p.x), MAX (box->max.y, p.y), MAX (box->max.z, p.z));
}

void
dio_box3_add_box (DioBox3 *box, const DioBox3 *other)
{
  if (dio_box3_is_empty (other))
    return;
  dio_box3_add_point (box, other->min);
  dio_box3_add_point (box, other->max);
}

DioBox3
dio_box3_transform (const DioBox3 *box, const DioMat4 *b_from_a)
{
  DioBox3 out = dio_box3_empty ();
  if (dio_box3_is_empty (box))
    return out;
  for (int i = 0; i < 8; i++) {
    DioVec3 corner = dio_vec3 (i & 1 ? box->max.x : box->min.x, i & 2 ? box->max.y : box->min.y,
                               i & 4 ? box->max.z : box->min.z);
    dio_box3_add_point (&out, dio_mat4_transform_point (b_from_a, corner));
  }
  return out;
}
