#define G_LOG_DOMAIN "dio-derive"

/* Optical flow between two stored views: rigid motion of every object, by its track id, and of the camera. */

#include "dio-core-pose.h"
#include "dio-derive-private.h"

#include <math.h>

#define NEARER_M 0.002
#define NEARER_PART 0.005
/* A point that is not at least so far before the camera has no place in its picture. */
#define LEAST_DEPTH_M 1e-6

/** A point of one view as the other sees it. */
typedef struct {
  double u, v;  /**< pixels */
  double depth; /**< +inf of the far surroundings */
  int x, y;     /**< the pixel that it falls into */
} Arrival;

/** How to get from one view to the other. */
typedef struct {
  const DioDeriveView *from, *to;
  const DioDeriveObject *
      *counterparts; /**< by index in from->objects; NULL where @to does not know it */
  double error_m;
} Passage;

static const DioDeriveObject *
find_object (const DioDeriveView *view, guint64 object_key)
{
  for (guint i = 0; i < view->objects->len; i++) {
    const DioDeriveObject *object = &g_array_index (view->objects, DioDeriveObject, i);
    if (object->object_key == object_key)
      return object;
  }
  return NULL;
}

static double
divide (double a, double b)
{
  return b != 0 ? a / b : 1;
}

/* Where the world point @p of object @before is when the object is as in @after. */
static DioVec3
carry (const DioDeriveObject *before, const DioDeriveObject *after, DioVec3 p)
{
  DioVec3 own = derive_untransform (&before->world_from_object, p);
  DioVec3 grown =
      dio_vec3 (divide (after->scale.x, before->scale.x), divide (after->scale.y, before->scale.y),
                divide (after->scale.z, before->scale.z));
  return dio_mat4_transform_point (&after->world_from_object, dio_vec3_mul (own, grown));
}

/* FALSE for a point behind the camera. */
static gboolean
project (const DioDeriveView *view, DioVec3 p_camera, Arrival *out)
{
  double depth = -p_camera.z;
  if (!(depth > LEAST_DEPTH_M))
    return FALSE;
  out->u = view->fx * p_camera.x / depth + view->cx;
  out->v = view->fy * -p_camera.y / depth + view->cy;
  out->depth = depth;
  /* Numbers beyond an int's range are outside any picture. */
  out->x = (int) floor (CLAMP (out->u, -1.0, (double) view->width_px));
  out->y = (int) floor (CLAMP (out->v, -1.0, (double) view->height_px));
  return TRUE;
}

/* The far surroundings only turn. */
static gboolean
pass_far (const Passage *passage, guint x, guint y, Arrival *out)
{
  DioMat4 to_turn = passage->to->world_from_camera;
  to_turn.m[12] = to_turn.m[13] = to_turn.m[14] = 0;
  DioVec3 d = dio_mat4_transform_vector (&passage->from->world_from_camera,
                                         derive_get_ray (passage->from, x, y));
  if (!project (passage->to, derive_untransform (&to_turn, d), out))
    return FALSE;
  out->depth = INFINITY;
  return TRUE;
}

static gboolean
pass (const Passage *passage, guint x, guint y, const DioDeriveObject *after, Arrival *out)
{
  const DioDeriveView *from = passage->from;
  double depth = derive_get_depth (from, x, y);
  DioVec3 seen = dio_vec3_scale (derive_get_ray (from, x, y), depth);
  DioVec3 p = dio_mat4_transform_point (&from->world_from_camera, seen);
  p = carry (derive_get_object (from, x, y), after, p);
  return project (passage->to, derive_untransform (&passage->to->world_from_camera, p), out);
}

/* The farthest that @object is seen in the pixels around (@x, @y). */
static double
get_farthest (const DioDeriveView *view, const DioDeriveObject *object, int x, int y)
{
  double farthest = 0;
  for (int j = MAX (y - 1, 0); j <= MIN (y + 1, (int) view->height_px - 1); j++)
    for (int i = MAX (x - 1, 0); i <= MIN (x + 1, (int) view->width_px - 1); i++)
      if (derive_get_object (view, (guint) i, (guint) j) == object)
        farthest = fmax (farthest, derive_get_depth (view, (guint) i, (guint) j));
  return farthest;
}

static DioFlowState
judge (const Passage *passage, const Arrival *at, const DioDeriveObject *after)
{
  const DioDeriveView *to = passage->to;
  if (at->u < 0 || at->v < 0 || at->u >= to->width_px || at->v >= to->height_px)
    return DIO_FLOW_OUTSIDE;
  double there = derive_get_depth (to, (guint) at->x, (guint) at->y);
  const DioDeriveObject *owner = derive_get_object (to, (guint) at->x, (guint) at->y);
  if (owner != NULL && owner == after)
    there = get_farthest (to, owner, at->x, at->y);
  /* Beyond the stored range is beyond all that is stored. */
  if (isnan (there))
    there = isfinite (at->depth) ? INFINITY : 0;
  double margin = NEARER_M + NEARER_PART * at->depth + passage->error_m;
  gboolean hidden = isfinite (at->depth) ? there < at->depth - margin : isfinite (there);
  return hidden ? DIO_FLOW_HIDDEN : DIO_FLOW_VISIBLE;
}

static DioFlowState
follow (const Passage *passage, guint x, guint y, Arrival *at)
{
  const DioDeriveView *from = passage->from;
  gsize pixel = (gsize) y * from->width_px + x;
  double depth = derive_get_depth (from, x, y);
  if (isinf (depth))
    return pass_far (passage, x, y, at) ? judge (passage, at, NULL) : DIO_FLOW_UNKNOWN;
  guint index = derive_get_object (from, x, y) != NULL ? from->object->u16[pixel] : 0;
  const DioDeriveObject *after = index > 0 ? passage->counterparts[index - 1] : NULL;
  if (isnan (depth) || after == NULL || !pass (passage, x, y, after, at))
    return DIO_FLOW_UNKNOWN;
  return judge (passage, at, after);
}

void
dio_derive_flow (const DioDeriveView *from, const DioDeriveView *to, DioFlow *out)
{
  g_return_if_fail (from != NULL && to != NULL && out != NULL);
  g_autofree const DioDeriveObject **counterparts =
      g_new0 (const DioDeriveObject *, MAX (from->objects->len, 1));
  for (guint i = 0; i < from->objects->len; i++)
    counterparts[i] =
        find_object (to, g_array_index (from->objects, DioDeriveObject, i).object_key);
  Passage passage = { from, to, counterparts, from->depth_error_m + to->depth_error_m };
  out->uv = dio_image_new (from->width_px, from->height_px, 2, DIO_PIXEL_F32);
  out->state = dio_image_new (from->width_px, from->height_px, 1, DIO_PIXEL_U8);
  for (guint y = 0; y < from->height_px; y++)
    for (guint x = 0; x < from->width_px; x++) {
      gsize pixel = (gsize) y * from->width_px + x;
      Arrival at = { NAN, NAN, 0, 0, 0 };
      DioFlowState state = follow (&passage, x, y, &at);
      gboolean known = state != DIO_FLOW_UNKNOWN;
      out->state->u8[pixel] = (guint8) state;
      out->uv->f32[2 * pixel] = known ? (float) (at.u - (x + 0.5)) : NAN;
      out->uv->f32[2 * pixel + 1] = known ? (float) (at.v - (y + 0.5)) : NAN;
    }
}

void
dio_flow_clear (DioFlow *flow)
{
  g_clear_pointer (&flow->uv, dio_image_unref);
  g_clear_pointer (&flow->state, dio_image_unref);
}
