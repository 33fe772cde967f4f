#pragma once
/* Thread: any. Views of boxes and a ground, made by casting rays without the renderer. */

#include "dio-derive.h"

typedef struct {
  DioVec3 center_m, size_m;
  double yaw_rad;
} SceneBox;

/** The ground is the plane z = ground_m of its own object; boxes come behind it. */
typedef struct {
  gboolean has_ground;
  double ground_m;
  guint n_boxes;
  SceneBox boxes[3];
  DioMat4 world_from_camera;
  guint width_px, height_px;
  double focal_px;
} Scene;

/** Depth along the axis of what the ray through (@u, @v) meets first, +inf for nothing; its object's index + 1 in @object. */
double scene_cast (const Scene *scene, double u, double v, guint *object);
/** With normals. */
void scene_see (const Scene *scene, DioDeriveView *out);
