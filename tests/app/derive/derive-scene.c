#include "derive-scene.h"

#include "dio-core-pose.h"
#include "dio-core-vec.h"

#include <math.h>

/** What a ray met. */
typedef struct {
  double depth;
  guint object;
  DioVec3 normal; /* world */
} Hit;

static DioMat4
world_from_box (const SceneBox *box)
{
  DioTrs trs = { box->center_m, dio_quat_from_axis_angle (dio_vec3 (0, 0, 1), box->yaw_rad),
                 dio_vec3 (1, 1, 1) };
  return dio_mat4_from_trs (&trs);
}

/* Slabs. @t: along @d. */
static void
cast_box (const SceneBox *box, guint object, DioVec3 eye, DioVec3 d, Hit *best)
{
  DioMat4 world = world_from_box (box), own;
  dio_mat4_invert_affine (&world, &own);
  DioVec3 o = dio_mat4_transform_point (&own, eye), r = dio_mat4_transform_vector (&own, d);
  const double at[3] = { o.x, o.y, o.z }, by[3] = { r.x, r.y, r.z };
  const double size[3] = { box->size_m.x, box->size_m.y, box->size_m.z };
  double near = -INFINITY, far = INFINITY;
  double n[3] = { 0, 0, 0 };
  for (guint k = 0; k < 3; k++) {
    double a = (-size[k] / 2 - at[k]) / by[k], b = (size[k] / 2 - at[k]) / by[k];
    if (fmin (a, b) > near) {
      near = fmin (a, b);
      n[0] = n[1] = n[2] = 0;
      n[k] = by[k] > 0 ? -1 : 1;
    }
    far = fmin (far, fmax (a, b));
  }
  if (near > 0 && near < far && near < best->depth)
    *best = (Hit){ near, object, dio_mat4_transform_vector (&world, dio_vec3 (n[0], n[1], n[2])) };
}

static Hit
cast (const Scene *scene, double u, double v)
{
  Hit best = { INFINITY, 0, { 0, 0, 0 } };
  DioVec3 ray = dio_vec3 ((u - scene->width_px / 2.0) / scene->focal_px,
                          -(v - scene->height_px / 2.0) / scene->focal_px, -1);
  DioVec3 d = dio_mat4_transform_vector (&scene->world_from_camera, ray);
  DioVec3 eye = dio_mat4_transform_point (&scene->world_from_camera, dio_vec3 (0, 0, 0));
  double t = (scene->ground_m - eye.z) / d.z;
  if (scene->has_ground && t > 0)
    best = (Hit){ t, 1, { 0, 0, 1 } };
  for (guint i = 0; i < scene->n_boxes; i++)
    cast_box (&scene->boxes[i], i + 2, eye, d, &best);
  return best;
}

double
scene_cast (const Scene *scene, double u, double v, guint *object)
{
  Hit hit = cast (scene, u, v);
  *object = hit.object;
  return hit.depth;
}

static void
add_objects (const Scene *scene, GArray *objects)
{
  DioDeriveObject ground = { 1,
                             dio_mat4_translation (dio_vec3 (0, 0, scene->ground_m)),
                             { 1, 1, 1 },
                             { 0, 0, scene->ground_m },
                             { 1000, 1000, 0 },
                             { 1, 0, 0, 0 } };
  g_array_append_val (objects, ground);
  for (guint i = 0; i < scene->n_boxes; i++) {
    const SceneBox *box = &scene->boxes[i];
    DioMat4 world = world_from_box (box);
    DioDeriveObject object = { 100 + i,       world,       { 1, 1, 1 },
                               box->center_m, box->size_m, dio_quat_from_mat4 (&world) };
    g_array_append_val (objects, object);
  }
}

void
scene_see (const Scene *scene, DioDeriveView *out)
{
  DioMat4 camera_from_world;
  dio_mat4_invert_affine (&scene->world_from_camera, &camera_from_world);
  *out = (DioDeriveView){
    .width_px = scene->width_px,
    .height_px = scene->height_px,
    .fx = scene->focal_px,
    .fy = scene->focal_px,
    .cx = scene->width_px / 2.0,
    .cy = scene->height_px / 2.0,
    .world_from_camera = scene->world_from_camera,
    .depth_z = dio_image_new (scene->width_px, scene->height_px, 1, DIO_PIXEL_F32),
    .object = dio_image_new (scene->width_px, scene->height_px, 1, DIO_PIXEL_U16),
    .normal = dio_image_new (scene->width_px, scene->height_px, 3, DIO_PIXEL_F32),
    .objects = g_array_new (FALSE, TRUE, sizeof (DioDeriveObject)),
  };
  add_objects (scene, out->objects);
  for (guint y = 0; y < scene->height_px; y++)
    for (guint x = 0; x < scene->width_px; x++) {
      gsize i = (gsize) y * scene->width_px + x;
      Hit hit = cast (scene, x + 0.5, y + 0.5);
      DioVec3 n = dio_mat4_transform_vector (&camera_from_world, hit.normal);
      out->depth_z->f32[i] = (float) hit.depth;
      out->object->u16[i] = (uint16_t) hit.object;
      out->normal->f32[3 * i] = (float) n.x;
      out->normal->f32[3 * i + 1] = (float) n.y;
      out->normal->f32[3 * i + 2] = (float) n.z;
    }
}
