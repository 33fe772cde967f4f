#define G_LOG_DOMAIN "dio-rays"

/* A sight is taken once with the movable leaves out of the way: those pixels of an instance at which it is seen then,
 * and how deep it lies there. Whether one of the movable things hides it from another place is asked by carrying the
 * rays into the frame of where it stands: nothing is built or projected again. */

#include "dio-rays-private.h"

#include "dio-core-pose.h"
#include "dio-core-vec.h"

/** Surfaces of the target itself begin at this share of its depth. */
#define DEPTH_SHARE (1.0 - 1e-5)

struct DioRaySight {
  DioVec3 eye_world;
  double near_m;
  guint n;            /**< pixels asked of the target, hidden ones too */
  GArray *directions; /**< of DioVec3, world, of a depth of 1 m each */
  GArray *depths_m;   /**< of double */
};

void
dio_ray_sight_free (DioRaySight *sight)
{
  if (sight == NULL)
    return;
  g_array_unref (sight->directions);
  g_array_unref (sight->depths_m);
  g_free (sight);
}

double
dio_ray_sight_get_visibility (const DioRaySight *sight)
{
  g_return_val_if_fail (sight != NULL, 0);
  return sight->n > 0 ? (double) sight->directions->len / sight->n : 0;
}

gboolean
dio_ray_sight_is_empty (const DioRaySight *sight)
{
  g_return_val_if_fail (sight != NULL, TRUE);
  return sight->n == 0;
}

static void
add_seen (const DioRayScene *scene, guint instance, DioRaySight *sight)
{
  const RayScratch *scratch = &scene->scratch[0];
  const DioMat4 *world_from_camera = &scene->view.world_from_camera;
  for (guint i = 0; i < scratch->positions->len; i++) {
    const RaySample *sample = &g_array_index (scratch->samples, RaySample, i);
    if (sample->hit.item == NO_ITEM
        || ray_scene_get_item (scene, sample->hit.item)->instance != instance)
      continue;
    const double *position = &((const double *) (const void *) scratch->positions->data)[2 * i];
    DioVec3 direction = dio_mat4_transform_vector (
        world_from_camera, ray_scene_direction (scene, position[0], position[1]));
    g_array_append_val (sight->directions, direction);
    g_array_append_val (sight->depths_m, sample->hit.z);
  }
}

DioRaySight *
dio_ray_scene_take_sight (DioRayScene *scene, const DioRaySightDesc *desc, GError **error)
{
  g_return_val_if_fail (scene != NULL && desc != NULL && desc->instance > 0 && desc->n_rays > 0,
                        NULL);
  scene->left_out = desc->movable;
  scene->camera = G_MAXUINT;
  DioVisibilityEstimate estimate;
  gboolean done =
      dio_ray_scene_estimate (scene, desc->camera, desc->instance, desc->n_rays, &estimate, error);
  /* The next user of the camera gets all of it. */
  scene->left_out = NULL;
  scene->camera = G_MAXUINT;
  if (!done)
    return NULL;
  DioRaySight *sight = g_new0 (DioRaySight, 1);
  sight->directions = g_array_new (FALSE, FALSE, sizeof (DioVec3));
  sight->depths_m = g_array_new (FALSE, FALSE, sizeof (double));
  const double *m = scene->view.world_from_camera.m;
  sight->eye_world = (DioVec3){ m[12], m[13], m[14] };
  sight->near_m = scene->view.near_m;
  if (estimate.width_px > 0) {
    sight->n = scene->scratch[0].positions->len;
    add_seen (scene, desc->instance, sight);
  }
  return sight;
}

/** Marks in @hidden the rays that @item stops. */
static void
stop_rays (const RayItem *item,
           const DioRaySight *sight,
           const DioMat4 *placed_from_moved,
           guint8 *hidden)
{
  DioMat4 mesh_from_world;
  if (!dio_mat4_invert_affine (&item->world_from_mesh, &mesh_from_world))
    return;
  DioMat4 mesh_from_moved = dio_mat4_multiply (&mesh_from_world, placed_from_moved);
  DioVec3 eye = dio_mat4_transform_point (&mesh_from_moved, sight->eye_world);
  for (guint i = 0; i < sight->directions->len; i++) {
    if (hidden[i])
      continue;
    DioVec3 direction =
        dio_mat4_transform_vector (&mesh_from_moved, g_array_index (sight->directions, DioVec3, i));
    double depth_m = g_array_index (sight->depths_m, double, i);
    hidden[i] = ray_item_stops (item, eye, direction, sight->near_m, depth_m * DEPTH_SHARE);
  }
}

double
dio_ray_scene_look_past (const DioRayScene *scene,
                         const DioRaySight *sight,
                         const guint8 *hiders,
                         const DioMat4 *moved_from_placed)
{
  g_return_val_if_fail (scene != NULL && sight != NULL && hiders != NULL, 0);
  g_return_val_if_fail (moved_from_placed != NULL, 0);
  DioMat4 placed_from_moved;
  guint n = sight->directions->len, seen = 0;
  if (n == 0 || !dio_mat4_invert_affine (moved_from_placed, &placed_from_moved))
    return 0;
  g_autofree guint8 *hidden = g_new0 (guint8, n);
  for (guint i = 0; i < scene->items->len; i++) {
    const RayItem *item = ray_scene_get_item (scene, i);
    if (hiders[item->leaf - 1])
      stop_rays (item, sight, &placed_from_moved, hidden);
  }
  for (guint i = 0; i < n; i++)
    seen += hidden[i] ? 0 : 1;
  return (double) seen / sight->n;
}
