#define G_LOG_DOMAIN "dio-rays"

#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-rays-private.h"

#include <math.h>

/* A cast goes through the structures of the meshes one after the other, in the frame of each: the top level exists
 * for one camera only, and a single ray needs none. */

/** Context of one ray in one mesh. */
typedef struct {
  struct RTCIntersectContext base; /**< first, Embree hands this back */
  const RayItem *item;
} CastContext;

/** Lets only surfaces pass that cover. Of a hit, the rules read side and weights. */
static void
covers_cb (const struct RTCFilterFunctionNArguments *args)
{
  const CastContext *context = (const CastContext *) (const void *) args->context;
  const struct RTCRay *ray = (const struct RTCRay *) (const void *) args->ray;
  const struct RTCHit *hit = (const struct RTCHit *) (const void *) args->hit;
  g_assert (args->N == 1);
  /* Embree's normal runs against the counter-clockwise side of its triangles' first and last edges. */
  double toward = (double) ray->dir_x * hit->Ng_x + (double) ray->dir_y * hit->Ng_y
                  + (double) ray->dir_z * hit->Ng_z;
  RayHit found = { .prim = hit->primID, .u = hit->u, .v = hit->v, .front = toward < 0 };
  if (args->valid[0] != 0 && !ray_item_judge (context->item, &found).covers)
    args->valid[0] = 0;
}

static gboolean
is_left_out (const DioRayScene *scene, const RayItem *item, const char *const *without)
{
  const DioFrameLeaf *leaf = &g_array_index (scene->frame->leaves, DioFrameLeaf, item->leaf - 1);
  return without != NULL && leaf->node_id != NULL && g_strv_contains (without, leaf->node_id);
}

/** Meets one item nearer than @out->distance_m. */
static void
cast_into_item (const RayItem *item, const DioRayCast *cast, DioRayCastHit *out)
{
  DioMat4 mesh_from_world;
  if (!dio_mat4_invert_affine (&item->world_from_mesh, &mesh_from_world))
    return;
  DioVec3 origin = dio_mat4_transform_point (&mesh_from_world, cast->origin_world_m);
  DioVec3 direction = dio_mat4_transform_vector (&mesh_from_world, cast->direction_world);
  struct RTCRayHit query = {
    .ray = { .org_x = (float) origin.x,
             .org_y = (float) origin.y,
             .org_z = (float) origin.z,
             .dir_x = (float) direction.x,
             .dir_y = (float) direction.y,
             .dir_z = (float) direction.z,
             .tfar = (float) out->distance_m,
             .mask = G_MAXUINT },
    .hit = { .geomID = RTC_INVALID_GEOMETRY_ID, .instID = { RTC_INVALID_GEOMETRY_ID } },
  };
  CastContext context = { .item = item };
  rtcInitIntersectContext (&context.base);
  context.base.filter = covers_cb;
  rtcIntersect1 (item->mesh_scene, &context.base, &query);
  if (query.hit.geomID == RTC_INVALID_GEOMETRY_ID)
    return;
  DioVec3 normal = dio_mat4_transform_normal (
      &item->world_from_mesh, dio_vec3 (query.hit.Ng_x, query.hit.Ng_y, query.hit.Ng_z));
  if (dio_vec3_dot (normal, cast->direction_world) > 0)
    normal = dio_vec3_scale (normal, -1);
  out->distance_m = query.ray.tfar;
  out->normal_world = dio_vec3_normalize (normal);
  out->leaf = item->leaf;
}

gboolean
ray_item_stops (const RayItem *item, DioVec3 origin, DioVec3 direction, double near, double far)
{
  struct RTCRay ray = {
    .org_x = (float) origin.x,
    .org_y = (float) origin.y,
    .org_z = (float) origin.z,
    .dir_x = (float) direction.x,
    .dir_y = (float) direction.y,
    .dir_z = (float) direction.z,
    .tnear = (float) near,
    .tfar = (float) far,
    .mask = G_MAXUINT,
  };
  CastContext context = { .item = item };
  rtcInitIntersectContext (&context.base);
  context.base.filter = covers_cb;
  rtcOccluded1 (item->mesh_scene, &context.base, &ray);
  return ray.tfar < 0;
}

gboolean
dio_ray_scene_cast (const DioRayScene *scene, const DioRayCast *cast, DioRayCastHit *out)
{
  g_return_val_if_fail (scene != NULL && cast != NULL && out != NULL, FALSE);
  *out = (DioRayCastHit){ .distance_m = INFINITY };
  for (guint i = 0; i < scene->items->len; i++) {
    const RayItem *item = ray_scene_get_item (scene, i);
    if (!is_left_out (scene, item, cast->without))
      cast_into_item (item, cast, out);
  }
  if (out->leaf == 0)
    return FALSE;
  out->point_world_m =
      dio_vec3_add (cast->origin_world_m, dio_vec3_scale (cast->direction_world, out->distance_m));
  return TRUE;
}
