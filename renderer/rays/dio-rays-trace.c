#define G_LOG_DOMAIN "dio-rays"

#include "dio-core-vec.h"
#include "dio-rays-private.h"
#include "dio-rays-triangle-private.h"

#include <math.h>

/* A batch is traced in three passes:
 * 1. packets of primary rays find the first triangle, or where something can be seen through the first that covers; the
 *    hit is recomputed in double precision;
 * 2. where another leaf's box reaches to the hit, packets of very short rays ask whether a surface of
 *    another leaf lies there too;
 * 3. what the first two could not settle (a culled side first, a blended surface before the owner, or two surfaces at one
 *    place) is settled exactly: one ray finds how deep the owner lies, another gathers every
 *    surface up to there, and labels.md 4 and 6 are applied to the sorted list.
 * Batches and their packets are fixed by the caller's order, so results do not depend on threads. */

#define PACKET 8
#define INTERSECT_PACKET rtcIntersect8
#define OCCLUDED_PACKET rtcOccluded8
typedef struct RTCRayHit8 PacketHit;
typedef struct RTCRay8 PacketRay;

/** Margin of float tracing around a depth known in double precision. */
#define FLOAT_SLACK 4e-6

static void
set_ray (const DioRayScene *scene, DioVec3 d, struct RTCRay *ray)
{
  ray->org_x = ray->org_y = ray->org_z = 0;
  ray->dir_x = (float) d.x;
  ray->dir_y = (float) d.y;
  ray->dir_z = -1;
  ray->time = 0;
  ray->mask = G_MAXUINT;
  ray->id = ray->flags = 0;
  ray->tnear = (float) (scene->view.near_m * (1 - FLOAT_SLACK));
  ray->tfar = INFINITY;
}

static inline void
put_ray (PacketRay *packet, guint lane, const struct RTCRay *ray)
{
  packet->org_x[lane] = packet->org_y[lane] = packet->org_z[lane] = 0;
  packet->dir_x[lane] = ray->dir_x;
  packet->dir_y[lane] = ray->dir_y;
  packet->dir_z[lane] = ray->dir_z;
  packet->time[lane] = 0;
  packet->mask[lane] = G_MAXUINT;
  packet->id[lane] = ray->id;
  packet->flags[lane] = 0;
  packet->tnear[lane] = ray->tnear;
  packet->tfar[lane] = ray->tfar;
}

static const DioVec3 *
get_directions (const RayScratch *scratch)
{
  return (const DioVec3 *) (const void *) scratch->directions->data;
}

static void
list_directions (const DioRayScene *scene, RayScratch *scratch, const RayBatch *batch)
{
  g_array_set_size (scratch->directions, batch->n);
  DioVec3 *out = (DioVec3 *) (void *) scratch->directions->data;
  for (guint i = 0; i < batch->n; i++)
    out[i] = ray_scene_direction (scene, batch->positions[i][0], batch->positions[i][1]);
}

/** Items whose picture can touch the batch's area. */
static void
list_nearby (const DioRayScene *scene, RayScratch *scratch, const RayBatch *batch)
{
  double x = scene->view.width_px, y = scene->view.height_px;
  g_array_set_size (scratch->nearby, 0);
  for (guint i = 0; i < scene->items->len; i++) {
    const double *box = scene->boxes[i];
    if (!(box[0] <= batch->area[2] + x + 1 && box[2] >= batch->area[0] + x - 1
          && box[1] <= batch->area[3] + y + 1 && box[3] >= batch->area[1] + y - 1))
      continue;
    const RayItem *item = ray_scene_get_item (scene, i);
    RayNear near = { item->box_camera, i, item->leaf };
    g_array_append_val (scratch->nearby, near);
  }
}

/** TRUE where an item of the batch's area may let a ray pass. */
static gboolean
sees_through (const DioRayScene *scene, const RayScratch *scratch)
{
  for (guint i = 0; i < scratch->nearby->len; i++) {
    guint item = g_array_index (scratch->nearby, RayNear, i).item;
    const DioMaterial *material = ray_scene_get_item (scene, item)->material;
    if (material->alpha_mode != DIO_ALPHA_OPAQUE)
      return TRUE;
  }
  return FALSE;
}

/* Embree's accessors for packets of any size are C++ only; these read the documented layout of RTCHitN
 * and RTCRayN, arrays of N values one after the other. */

static guint
filtered_prim (const struct RTCFilterFunctionNArguments *args, guint lane)
{
  return ((const guint *) (const void *) args->hit)[5 * args->N + lane];
}

static guint
filtered_item (const struct RTCFilterFunctionNArguments *args, guint lane)
{
  return ((const guint *) (const void *) args->hit)[7 * args->N + lane];
}

static guint
filtered_ray_id (const struct RTCFilterFunctionNArguments *args, guint lane)
{
  return ((const guint *) (const void *) args->ray)[10 * args->N + lane];
}

/** The triangle that the last ray met. */
typedef struct {
  guint item, prim;
  RayTriangle triangle;
} LastTriangle;

/** Widens Embree's hit to double precision; TRUE where it settles the position by itself. */
static inline gboolean
accept_first (const DioRayScene *scene, DioVec3 direction, LastTriangle *last, RayHit *hit)
{
  const RayItem *item = ray_scene_get_item (scene, hit->item);
  if (hit->item != last->item || hit->prim != last->prim)
    *last = (LastTriangle){ hit->item, hit->prim, ray_triangle_of (item, hit->prim) };
  if (!ray_triangle_meet (&last->triangle, item, direction, hit) || hit->z < scene->view.near_m)
    return FALSE;
  const DioMaterial *material = item->material;
  return material->alpha_mode != DIO_ALPHA_OPAQUE || material->double_sided || hit->front;
}

/** Context of the first packets: what lies before the nearest covering surface. */
typedef struct {
  struct RTCIntersectContext base; /**< first, Embree hands this back */
  const DioRayScene *scene;
  const RayBatch *batch;
  const DioVec3 *directions;
  guint first;           /**< position of lane 0 */
  double cut_z[PACKET];  /**< nearest surface that alpha cuts within EDGE_PX */
  double veil_z[PACKET]; /**< nearest blended surface */
} FirstContext;

/** Whether the surface covers; notes what else the position has to know of it. */
static gboolean
judge_first (FirstContext *context, guint lane, RayHit *hit, guint prim)
{
  const RayItem *item = ray_scene_get_item (context->scene, hit->item);
  const DioMaterial *material = item->material;
  if (material->alpha_mode == DIO_ALPHA_OPAQUE)
    return TRUE;
  guint index = context->first + lane;
  if (!ray_item_intersect (item, prim, context->directions[index], hit)
      || hit->z < context->scene->view.near_m || (!material->double_sided && !hit->front))
    return FALSE;
  float alpha = ray_item_alpha (item, hit);
  if (!context->batch->no_edges && hit->z < context->cut_z[lane]
      && ray_item_is_at_cut (context->scene, item, hit, context->batch->positions[index], alpha))
    context->cut_z[lane] = hit->z;
  if (material->alpha_mode == DIO_ALPHA_BLEND)
    context->veil_z[lane] = MIN (context->veil_z[lane], hit->z);
  return ray_item_judge_alpha (item, hit, alpha).covers;
}

static void
judge_first_cb (const struct RTCFilterFunctionNArguments *args)
{
  FirstContext *context = (FirstContext *) (void *) args->context;
  for (guint i = 0; i < args->N; i++) {
    if (args->valid[i] == 0)
      continue;
    RayHit hit = { .item = filtered_item (args, i) };
    if (!judge_first (context, filtered_ray_id (args, i), &hit, filtered_prim (args, i)))
      args->valid[i] = 0;
  }
}

/** What a packet found for one position; FALSE where the third pass has to settle it. */
static gboolean
take_first (const FirstContext *context, guint lane, LastTriangle *last, RaySample *sample)
{
  double z = INFINITY;
  if (sample->hit.item != NO_ITEM) {
    if (!accept_first (context->scene, context->directions[context->first + lane], last,
                       &sample->hit))
      return FALSE;
    z = sample->hit.z;
  }
  sample->edge = context->cut_z[lane] <= z ? DIO_EDGE_CUT : 0;
  return !(context->veil_z[lane] <= z);
}

/** First pass; lists in probes[].near = NAN what has to go to the third pass at once. */
static void
trace_first (const DioRayScene *scene, RayScratch *scratch, const RayBatch *batch)
{
  const DioVec3 *directions = get_directions (scratch);
  FirstContext context = { .scene = scene, .batch = batch, .directions = directions };
  LastTriangle last = { .item = NO_ITEM };
  rtcInitIntersectContext (&context.base);
  context.base.filter = sees_through (scene, scratch) ? judge_first_cb : NULL;
  for (guint first = 0; first < batch->n; first += PACKET) {
    PacketHit packet;
    int valid[PACKET] __attribute__ ((aligned (64)));
    struct RTCRay ray;
    context.first = first;
    for (guint lane = 0; lane < PACKET; lane++) {
      gboolean used = first + lane < batch->n;
      valid[lane] = used ? -1 : 0;
      context.cut_z[lane] = context.veil_z[lane] = INFINITY;
      set_ray (scene, directions[used ? first + lane : first], &ray);
      ray.id = lane;
      put_ray (&packet.ray, lane, &ray);
      packet.hit.geomID[lane] = packet.hit.instID[0][lane] = RTC_INVALID_GEOMETRY_ID;
    }
    INTERSECT_PACKET (valid, scene->top, &context.base, &packet);
    for (guint lane = 0; lane < PACKET && first + lane < batch->n; lane++) {
      RaySample *sample = &batch->samples[first + lane];
      *sample = (RaySample){ .hit = { .item = NO_ITEM } };
      if (packet.hit.geomID[lane] != RTC_INVALID_GEOMETRY_ID) {
        sample->hit.item = packet.hit.instID[0][lane];
        sample->hit.prim = packet.hit.primID[lane];
      }
      RayProbe probe = { first + lane, NAN, NAN };
      if (!take_first (&context, lane, &last, sample))
        g_array_append_val (scratch->probes, probe);
    }
  }
}

static gboolean
box_reaches (const DioBox3 *box, DioVec3 p, DioVec3 margin)
{
  return p.x >= box->min.x - margin.x && p.x <= box->max.x + margin.x
         && p.y >= box->min.y - margin.y && p.y <= box->max.y + margin.y
         && p.z >= box->min.z - margin.z && p.z <= box->max.z + margin.z;
}

static DioVec3
absolute (DioVec3 v)
{
  return dio_vec3 (fabs (v.x), fabs (v.y), fabs (v.z));
}

/** TRUE where the bounds of the item, turned with it, come within @reach metres of depth of the place at
 * depth @z on the ray. */
static inline gboolean
item_reaches (
    const DioRayScene *scene, const RayNear *near, DioVec3 direction, double z, double reach)
{
  DioVec3 p = dio_vec3_scale (direction, z);
  DioVec3 margin = absolute (dio_vec3_scale (direction, reach));
  if (!box_reaches (&near->box_camera, p, margin))
    return FALSE;
  const RayItem *item = ray_scene_get_item (scene, near->item);
  DioVec3 d = ray_turn (item->mesh_from_camera, direction);
  DioVec3 q = dio_vec3_add (item->eye_mesh, dio_vec3_scale (d, z));
  return box_reaches (&item->mesh->bounds, q, absolute (dio_vec3_scale (d, reach)));
}

/** How far in depth a surface of another leaf can lie from the hit and still matter: the change of depth
 * of both over EDGE_PX, each at an incidence of up to 87 degrees, and what is a tie anyway. */
static double
tie_reach (const DioRayScene *scene, const RayHit *hit)
{
  double steep = 20.0 / MIN (scene->view.fx, scene->view.fy) * hit->z;
  return 2 * steep * EDGE_PX + 2 * DEPTH_TIE * hit->z;
}

/** Lists the hits near which another leaf may have a surface. */
static void
list_probes (const DioRayScene *scene, RayScratch *scratch, const RayBatch *batch)
{
  if (scratch->nearby->len < 2)
    return;
  guint next_unsettled = 0, n_unsettled = scratch->probes->len;
  for (guint i = 0; i < batch->n; i++) {
    if (next_unsettled < n_unsettled
        && g_array_index (scratch->probes, RayProbe, next_unsettled).sample == i) {
      next_unsettled++;
      continue;
    }
    const RayHit *hit = &batch->samples[i].hit;
    if (hit->item == NO_ITEM)
      continue;
    guint leaf = ray_scene_get_item (scene, hit->item)->leaf;
    DioVec3 direction = get_directions (scratch)[i];
    double reach = tie_reach (scene, hit);
    for (guint k = 0; k < scratch->nearby->len; k++) {
      const RayNear *other = &g_array_index (scratch->nearby, RayNear, k);
      if (other->leaf == leaf || !item_reaches (scene, other, direction, hit->z, reach))
        continue;
      double slack = FLOAT_SLACK * hit->z;
      RayProbe probe = { i, (float) (hit->z - reach - slack), (float) (hit->z + reach + slack) };
      g_array_append_val (scratch->probes, probe);
      break;
    }
  }
}

/** Context of the probing packets: the leaf that each ray already has. */
typedef struct {
  struct RTCIntersectContext base; /**< first, Embree hands this back */
  const DioRayScene *scene;
  guint own_leaf[PACKET];
} ProbeContext;

/** Rejects hits on the leaf that the ray has already. */
static void
reject_own_leaf_cb (const struct RTCFilterFunctionNArguments *args)
{
  const ProbeContext *context = (const ProbeContext *) (const void *) args->context;
  for (guint i = 0; i < args->N; i++) {
    if (args->valid[i] == 0)
      continue;
    const RayItem *item = ray_scene_get_item (context->scene, filtered_item (args, i));
    if (item->leaf == context->own_leaf[filtered_ray_id (args, i)])
      args->valid[i] = 0;
  }
}

/** Second pass: keeps in probes only what needs the third. */
static void
trace_probes (const DioRayScene *scene, RayScratch *scratch, const RayBatch *batch, guint begin)
{
  ProbeContext context = { .scene = scene };
  guint n = scratch->probes->len, kept = begin;
  rtcInitIntersectContext (&context.base);
  context.base.filter = reject_own_leaf_cb;
  for (guint first = begin; first < n; first += PACKET) {
    PacketRay packet;
    int valid[PACKET] __attribute__ ((aligned (64)));
    struct RTCRay ray;
    for (guint lane = 0; lane < PACKET; lane++) {
      gboolean used = first + lane < n;
      const RayProbe *probe =
          &g_array_index (scratch->probes, RayProbe, used ? first + lane : first);
      valid[lane] = used ? -1 : 0;
      set_ray (scene, get_directions (scratch)[probe->sample], &ray);
      ray.tnear = MAX (probe->near, ray.tnear);
      ray.tfar = probe->far;
      ray.id = lane;
      put_ray (&packet, lane, &ray);
      context.own_leaf[lane] =
          ray_scene_get_item (scene, batch->samples[probe->sample].hit.item)->leaf;
    }
    OCCLUDED_PACKET (valid, scene->top, &context.base, &packet);
    for (guint lane = 0; lane < PACKET && first + lane < n; lane++) {
      RayProbe probe = g_array_index (scratch->probes, RayProbe, first + lane);
      if (packet.tfar[lane] < 0)
        g_array_index (scratch->probes, RayProbe, kept++) = probe;
    }
  }
  g_array_set_size (scratch->probes, kept);
}

/** Context of the single rays of the third pass. */
typedef struct {
  struct RTCIntersectContext base; /**< first */
  const DioRayScene *scene;
  DioVec3 direction;
  GArray *hits; /**< of RayHit; (nullable): look for the nearest covering surface only */
} GatherContext;

/** Without a list: lets only surfaces pass that cover. With a list: notes every surface, passes none. */
static void
gather_cb (const struct RTCFilterFunctionNArguments *args)
{
  const GatherContext *context = (const GatherContext *) (const void *) args->context;
  for (guint i = 0; i < args->N; i++) {
    if (args->valid[i] == 0)
      continue;
    RayHit hit = { .item = filtered_item (args, i) };
    const RayItem *item = ray_scene_get_item (context->scene, hit.item);
    gboolean met = ray_item_intersect (item, filtered_prim (args, i), context->direction, &hit)
                   && hit.z >= context->scene->view.near_m;
    if (context->hits == NULL) {
      args->valid[i] = met && ray_item_judge (item, &hit).covers ? -1 : 0;
      continue;
    }
    if (met)
      g_array_append_val (context->hits, hit);
    args->valid[i] = 0;
  }
}

static int
compare_hits_cb (gconstpointer a, gconstpointer b)
{
  const RayHit *first = a, *second = b;
  if (first->z != second->z)
    return first->z < second->z ? -1 : 1;
  if (first->item != second->item)
    return first->item < second->item ? -1 : 1;
  return (first->prim > second->prim) - (first->prim < second->prim);
}

/** Every surface up to the nearest one that covers and a little beyond, sorted by depth. Without one that
 * covers the list is of use for alpha cuts only. */
static void
gather_hits (const DioRayScene *scene, GArray *hits, const double position[static 2])
{
  struct RTCRayHit query;
  GatherContext context = { .scene = scene };
  context.direction = ray_scene_direction (scene, position[0], position[1]);
  g_array_set_size (hits, 0);
  rtcInitIntersectContext (&context.base);
  context.base.filter = gather_cb;
  set_ray (scene, context.direction, &query.ray);
  query.hit.geomID = query.hit.instID[0] = RTC_INVALID_GEOMETRY_ID;
  rtcIntersect1 (scene->top, &context.base, &query);
  float far = INFINITY;
  if (query.hit.geomID != RTC_INVALID_GEOMETRY_ID) {
    RayHit hit = { .item = query.hit.instID[0] };
    const RayItem *item = ray_scene_get_item (scene, hit.item);
    ray_item_intersect (item, query.hit.primID, context.direction, &hit);
    far = (float) (hit.z + tie_reach (scene, &hit) + FLOAT_SLACK * hit.z);
  }
  context.hits = hits;
  rtcInitIntersectContext (&context.base);
  context.base.filter = gather_cb;
  set_ray (scene, context.direction, &query.ray);
  query.ray.tfar = far;
  query.hit.geomID = query.hit.instID[0] = RTC_INVALID_GEOMETRY_ID;
  rtcIntersect1 (scene->top, &context.base, &query);
  g_array_sort (hits, compare_hits_cb);
}

/** Labels.md 4: the nearest covering surface; of coplanar ones the higher layer, then the lower leaf. */
static guint
choose_owner (const DioRayScene *scene,
              const GArray *hits,
              const double position[static 2],
              gboolean *contested)
{
  guint owner = NO_ITEM;
  double limit = INFINITY;
  DioVec3 direction = ray_scene_direction (scene, position[0], position[1]);
  for (guint i = 0; i < hits->len; i++) {
    const RayHit *hit = &g_array_index (hits, RayHit, i);
    const RayItem *item = ray_scene_get_item (scene, hit->item);
    if (owner != NO_ITEM && hit->z > limit)
      break;
    if (!ray_item_judge (item, hit).covers)
      continue;
    if (owner == NO_ITEM) {
      owner = i;
      limit =
          hit->z + COPLANAR * (hit->z + 1.0) / MAX (ray_item_slant (item, hit, direction), 1e-3);
      continue;
    }
    const RayItem *best = ray_scene_get_item (scene, g_array_index (hits, RayHit, owner).item);
    if (item->leaf == best->leaf)
      continue;
    *contested = TRUE;
    if (item->layer > best->layer || (item->layer == best->layer && item->leaf < best->leaf))
      owner = i;
  }
  return owner;
}

/** TRUE where a float depth buffer or a shift by EDGE_PX may put another leaf's surface first. */
static gboolean
is_tied (const DioRayScene *scene, const GArray *hits, guint owner)
{
  const RayHit *mine = &g_array_index (hits, RayHit, owner);
  const RayItem *item = ray_scene_get_item (scene, mine->item);
  double slope = ray_item_depth_slope (scene, item, mine);
  for (guint i = 0; i < hits->len; i++) {
    const RayHit *hit = &g_array_index (hits, RayHit, i);
    const RayItem *other = ray_scene_get_item (scene, hit->item);
    if (other->leaf == item->leaf || !ray_item_judge (other, hit).covers)
      continue;
    double reach = (slope + ray_item_depth_slope (scene, other, hit)) * EDGE_PX;
    if (fabs (hit->z - mine->z) <= reach + DEPTH_TIE * mine->z)
      return TRUE;
  }
  return FALSE;
}

static gboolean
crosses_cut (const DioRayScene *scene,
             const GArray *hits,
             double z,
             const double position[static 2])
{
  for (guint i = 0; i < hits->len; i++) {
    const RayHit *hit = &g_array_index (hits, RayHit, i);
    const RayItem *item = ray_scene_get_item (scene, hit->item);
    if (hit->z > z)
      break;
    if (!item->material->double_sided && !hit->front)
      continue;
    if (ray_item_is_at_cut (scene, item, hit, position, ray_item_alpha (item, hit)))
      return TRUE;
  }
  return FALSE;
}

/** Notes the leaves before the owner that let it shine through, each once; those of the owner's own
 * instance do not hide it. */
static void
list_veils (const DioRayScene *scene, RayScratch *scratch, RaySample *sample)
{
  const RayItem *owner = ray_scene_get_item (scene, sample->hit.item);
  sample->first_veil = scratch->veils->len;
  for (guint i = 0; i < scratch->hits->len; i++) {
    const RayHit *hit = &g_array_index (scratch->hits, RayHit, i);
    if (hit->z >= sample->hit.z)
      break;
    const RayItem *item = ray_scene_get_item (scene, hit->item);
    if (item->leaf == owner->leaf || (item->instance > 0 && item->instance == owner->instance))
      continue;
    RaySurface surface = ray_item_judge (item, hit);
    if (surface.covers || surface.opacity <= VEIL_OPACITY)
      continue;
    gboolean known = FALSE;
    for (guint k = sample->first_veil; k < scratch->veils->len && !known; k++)
      known = g_array_index (scratch->veils, guint, k) == item->leaf;
    if (!known)
      g_array_append_val (scratch->veils, item->leaf);
  }
  sample->n_veils = scratch->veils->len - sample->first_veil;
}

/** Third pass for one position. */
static void
settle (const DioRayScene *scene,
        RayScratch *scratch,
        const double position[static 2],
        RaySample *sample)
{
  gather_hits (scene, scratch->hits, position);
  *sample = (RaySample){ .hit = { .item = NO_ITEM } };
  guint owner = choose_owner (scene, scratch->hits, position, &sample->contested);
  if (owner == NO_ITEM) {
    sample->edge = crosses_cut (scene, scratch->hits, INFINITY, position) ? DIO_EDGE_CUT : 0;
    return;
  }
  sample->hit = g_array_index (scratch->hits, RayHit, owner);
  sample->edge = sample->contested ? DIO_EDGE_COPLANAR : 0;
  sample->edge |= is_tied (scene, scratch->hits, owner) ? DIO_EDGE_DEPTH : 0;
  sample->edge |= crosses_cut (scene, scratch->hits, sample->hit.z, position) ? DIO_EDGE_CUT : 0;
  list_veils (scene, scratch, sample);
}

void
ray_scene_trace_batch (const DioRayScene *scene, RayScratch *scratch, const RayBatch *batch)
{
  g_array_set_size (scratch->probes, 0);
  list_directions (scene, scratch, batch);
  list_nearby (scene, scratch, batch);
  trace_first (scene, scratch, batch);
  guint n_unsettled = scratch->probes->len;
  list_probes (scene, scratch, batch);
  trace_probes (scene, scratch, batch, n_unsettled);
  for (guint i = 0; i < scratch->probes->len; i++) {
    guint index = g_array_index (scratch->probes, RayProbe, i).sample;
    settle (scene, scratch, batch->positions[index], &batch->samples[index]);
  }
}
