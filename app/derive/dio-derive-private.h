#pragma once
/* Thread: any. What the files of derive/ share. */

#include "dio-core-vec.h"
#include "dio-derive.h"

/** The point at depth 1 that the centre of a pixel sees, in camera axes. */
static inline DioVec3
derive_get_ray (const DioDeriveView *view, guint x, guint y)
{
  return dio_vec3 ((x + 0.5 - view->cx) / view->fx, -(y + 0.5 - view->cy) / view->fy, -1);
}

static inline double
derive_get_depth (const DioDeriveView *view, guint x, guint y)
{
  return view->depth_z->f32[(gsize) y * view->width_px + x];
}

/** NULL where there is none. */
static inline const DioDeriveObject *
derive_get_object (const DioDeriveView *view, guint x, guint y)
{
  guint index = view->object->u16[(gsize) y * view->width_px + x];
  return index > 0 && index <= view->objects->len
             ? &g_array_index (view->objects, DioDeriveObject, index - 1)
             : NULL;
}

/** The inverse of a rigid @m applied to a point. */
DioVec3 derive_untransform (const DioMat4 *m, DioVec3 p);
