#define G_LOG_DOMAIN "dio-rays"

#include "dio-core-error.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-rays-private.h"

#include <math.h>

/** camera_from_mesh, with the eye subtracted in the world before anything is turned, so that a scene far
 * from the world's origin keeps all its digits. */
static void
compose_transform (const DioMat4 *world_from_camera, RayItem *item)
{
  const double *c = world_from_camera->m;
  for (guint column = 0; column < 4; column++) {
    const double *w = &item->world_from_mesh.m[column * 4];
    double x = w[0] - (column == 3 ? c[12] : 0);
    double y = w[1] - (column == 3 ? c[13] : 0);
    double z = w[2] - (column == 3 ? c[14] : 0);
    for (guint row = 0; row < 3; row++)
      item->camera_from_mesh[column * 3 + row] =
          c[row * 4] * x + c[row * 4 + 1] * y + c[row * 4 + 2] * z;
  }
}

/** Sets the inverse and what follows from it; FALSE for a transform that flattens its mesh. */
static gboolean
invert_transform (RayItem *item)
{
  const double *m = item->camera_from_mesh;
  DioVec3 a = { m[0], m[1], m[2] }, b = { m[3], m[4], m[5] }, c = { m[6], m[7], m[8] };
  DioVec3 rows[3] = { dio_vec3_cross (b, c), dio_vec3_cross (c, a), dio_vec3_cross (a, b) };
  double determinant = dio_vec3_dot (a, rows[0]);
  double size = dio_vec3_length (a) * dio_vec3_length (b) * dio_vec3_length (c);
  if (!(fabs (determinant) > 1e-12 * size) || !isfinite (1.0 / determinant))
    return FALSE;
  DioVec3 eye = { -m[9], -m[10], -m[11] };
  double *inverse = item->mesh_from_camera;
  double at[3];
  for (guint row = 0; row < 3; row++) {
    DioVec3 r = dio_vec3_scale (rows[row], 1.0 / determinant);
    inverse[row] = r.x;
    inverse[3 + row] = r.y;
    inverse[6 + row] = r.z;
    at[row] = dio_vec3_dot (r, eye);
  }
  item->eye_mesh = dio_vec3 (at[0], at[1], at[2]);
  item->mirrored = determinant < 0;
  return TRUE;
}

static void
bound_item (RayItem *item)
{
  const double *m = item->camera_from_mesh;
  DioMat4 camera_from_mesh = { { m[0], m[1], m[2], 0, m[3], m[4], m[5], 0, m[6], m[7], m[8], 0,
                                 m[9], m[10], m[11], 1 } };
  item->box_camera = dio_box3_transform (&item->mesh->bounds, &camera_from_mesh);
}

/** Sine of the angle between a triangle and the line of sight below which it counts as grazing; float
 * arithmetic is off by some 1e-6. */
#define GRAZING 1e-4

static void
face_triangles (RayItem *item, const double (*view)[3])
{
  gboolean double_sided = item->material->double_sided;
  for (guint i = 0; i < item->mesh->n_triangles; i++) {
    const uint32_t *t = item->mesh->triangles[i];
    const double *a = view[t[0]], *b = view[t[1]], *c = view[t[2]];
    DioVec3 p = dio_vec3 (a[0], a[1], a[2]);
    DioVec3 e1 = dio_vec3_sub (dio_vec3 (b[0], b[1], b[2]), p);
    DioVec3 e2 = dio_vec3_sub (dio_vec3 (c[0], c[1], c[2]), p);
    DioVec3 normal = dio_vec3_cross (e1, e2);
    double side = -dio_vec3_dot (normal, p);
    double limit = GRAZING * GRAZING * dio_vec3_dot (normal, normal) * dio_vec3_dot (p, p);
    gboolean front = item->mirrored ? side < 0 : side > 0;
    item->facing[i] =
        (guint8) ((front ? RAY_FACING_FRONT : 0) | (!front && !double_sided ? RAY_FACING_CULLED : 0)
                  | (!(side * side > limit) ? RAY_FACING_GRAZING : 0));
  }
}

/** Moves one item's vertices into the view and onto the canvas. */
static void
project_cb (guint index, guint thread, gpointer data)
{
  DioRayScene *scene = data;
  RayItem *item = ray_scene_get_item (scene, index);
  if (!item->usable)
    return;
  const DioCamera *camera = &scene->view;
  item->nearest_m = INFINITY;
  double box[4] = { INFINITY, INFINITY, -INFINITY, -INFINITY };
  GArray *storage = scene->scratch[thread].view;
  g_array_set_size (storage, item->mesh->n_vertices);
  double (*view)[3] = (double (*)[3]) (void *) storage->data;
  for (guint i = 0; i < item->mesh->n_vertices; i++) {
    double *at = view[i], *out = item->canvas[i];
    ray_item_view (item, i, at);
    out[2] = at[2];
    if (!(at[2] >= camera->near_m)) {
      item->near_clipped = TRUE;
      continue;
    }
    out[0] = camera->fx * at[0] / at[2] + camera->cx + camera->width_px;
    out[1] = camera->fy * at[1] / at[2] + camera->cy + camera->height_px;
    item->nearest_m = MIN (item->nearest_m, at[2]);
    box[0] = MIN (box[0], out[0]);
    box[1] = MIN (box[1], out[1]);
    box[2] = MAX (box[2], out[0]);
    box[3] = MAX (box[3], out[1]);
    item->visible = TRUE;
  }
  if (item->near_clipped)
    item->nearest_m = camera->near_m;
  if (item->visible)
    face_triangles (item, (const double (*)[3]) view);
  /* What the near plane cuts may reach any pixel. */
  for (guint i = 0; i < 4; i++)
    item->canvas_box[i] =
        item->near_clipped && item->visible ? (i < 2 ? -INFINITY : INFINITY) : box[i];
}

static void
list_boxes (DioRayScene *scene)
{
  scene->boxes = g_realloc_n (scene->boxes, MAX (scene->items->len, 1), sizeof *scene->boxes);
  for (guint i = 0; i < scene->items->len; i++) {
    const RayItem *item = ray_scene_get_item (scene, i);
    gboolean seen = item->usable && item->visible;
    for (guint k = 0; k < 4; k++)
      scene->boxes[i][k] = seen ? item->canvas_box[k] : (k < 2 ? INFINITY : -INFINITY);
  }
}

static gboolean
project_items (DioRayScene *scene, GError **error)
{
  gsize n_values = 0, n_triangles = 0;
  for (guint i = 0; i < scene->items->len; i++) {
    n_values += (gsize) ray_scene_get_item (scene, i)->mesh->n_vertices * 3;
    n_triangles += ray_scene_get_item (scene, i)->mesh->n_triangles;
  }
  if (n_triangles > scene->facing_size) {
    g_free (scene->facing_arena);
    scene->facing_arena = g_try_new (guint8, n_triangles);
    scene->facing_size = scene->facing_arena != NULL ? n_triangles : 0;
  }
  if (n_values > scene->arena_size) {
    g_free (scene->arena);
    scene->arena = g_try_new (double, n_values);
    scene->arena_size = scene->arena != NULL ? n_values : 0;
  }
  if ((scene->arena == NULL && n_values > 0) || (scene->facing_arena == NULL && n_triangles > 0)) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_LIMIT,
                 "no memory for the %" G_GSIZE_FORMAT " vertices of the frame: use smaller models",
                 n_values / 3);
    return FALSE;
  }
  double *next = scene->arena;
  guint8 *next_facing = scene->facing_arena;
  for (guint i = 0; i < scene->items->len; i++) {
    RayItem *item = ray_scene_get_item (scene, i);
    item->near_clipped = item->visible = FALSE;
    item->canvas = (double (*)[3]) next;
    next += (gsize) item->mesh->n_vertices * 3;
    item->facing = next_facing;
    next_facing += item->mesh->n_triangles;
  }
  dio_pool_run (scene->pool, scene->items->len, project_cb, scene);
  list_boxes (scene);
  return TRUE;
}

/** Instance ids of the top level are item indices. */
static void
attach_item (DioRayScene *scene, guint index)
{
  const RayItem *item = ray_scene_get_item (scene, index);
  RTCGeometry geometry = rtcNewGeometry (scene->device, RTC_GEOMETRY_TYPE_INSTANCE);
  float transform[12];
  for (guint i = 0; i < 12; i++)
    transform[i] = (float) item->camera_from_mesh[i];
  rtcSetGeometryInstancedScene (geometry, item->mesh_scene);
  rtcSetGeometryTransform (geometry, 0, RTC_FORMAT_FLOAT3X4_COLUMN_MAJOR, transform);
  rtcCommitGeometry (geometry);
  rtcAttachGeometryByID (scene->top, geometry, index);
  rtcReleaseGeometry (geometry);
}

static gboolean
build_top (DioRayScene *scene, GError **error)
{
  if (scene->top != NULL)
    rtcReleaseScene (scene->top);
  scene->top = rtcNewScene (scene->device);
  rtcSetSceneFlags (scene->top, RTC_SCENE_FLAG_ROBUST | RTC_SCENE_FLAG_CONTEXT_FILTER_FUNCTION);
  rtcSetSceneBuildQuality (scene->top, RTC_BUILD_QUALITY_MEDIUM);
  for (guint i = 0; i < scene->items->len; i++)
    if (ray_scene_get_item (scene, i)->usable)
      attach_item (scene, i);
  rtcCommitScene (scene->top);
  enum RTCError fault = rtcGetDeviceError (scene->device);
  if (fault == RTC_ERROR_NONE)
    return TRUE;
  g_set_error (error, DIO_ERROR,
               fault == RTC_ERROR_OUT_OF_MEMORY ? DIO_ERROR_LIMIT : DIO_ERROR_FAILED,
               "Embree could not arrange the %u meshes of the frame (error %d)", scene->items->len,
               (int) fault);
  return FALSE;
}

static gboolean
check_camera (const DioCamera *camera, GError **error)
{
  gboolean sound = camera->width_px >= 1 && camera->height_px >= 1 && camera->width_px <= 16384
                   && camera->height_px <= 16384 && camera->fx > 0 && camera->fy > 0
                   && camera->near_m > 0 && isfinite (camera->fx) && isfinite (camera->fy)
                   && isfinite (camera->cx) && isfinite (camera->cy)
                   && dio_mat4_is_finite (&camera->world_from_camera);
  if (!sound)
    g_set_error (
        error, DIO_ERROR, DIO_ERROR_INVALID,
        "camera %s cannot be traced: it needs a picture of 1 to 16384 pixels, positive focal "
        "lengths and near plane, and a finite pose",
        camera->id);
  return sound;
}

gboolean
ray_scene_use_camera (DioRayScene *scene, guint camera, GError **error)
{
  if (scene->camera == camera)
    return TRUE;
  const DioCamera *view = &g_array_index (scene->frame->cameras, DioCamera, camera);
  if (!check_camera (view, error))
    return FALSE;
  scene->camera = G_MAXUINT;
  scene->view = *view;
  for (guint i = 0; i < scene->items->len; i++) {
    RayItem *item = ray_scene_get_item (scene, i);
    compose_transform (&view->world_from_camera, item);
    gboolean there = scene->left_out == NULL || !scene->left_out[item->leaf - 1];
    item->usable = there && invert_transform (item);
    if (item->usable)
      bound_item (item);
  }
  if (!project_items (scene, error) || !build_top (scene, error))
    return FALSE;
  scene->camera = camera;
  return TRUE;
}
