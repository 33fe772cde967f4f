#define G_LOG_DOMAIN "dio-rays"

#include "dio-core-vec.h"
#include "dio-rays-private.h"
#include "dio-rays-triangle-private.h"

#include <math.h>

gboolean
ray_item_intersect (const RayItem *item, guint prim, DioVec3 direction, RayHit *hit)
{
  RayTriangle triangle = ray_triangle_of (item, prim);
  hit->prim = prim;
  return ray_triangle_meet (&triangle, item, direction, hit);
}

static float
mix (float a, float b, float c, const RayHit *hit)
{
  return (float) ((1.0 - hit->u - hit->v) * a + hit->u * b + hit->v * c);
}

float
ray_item_alpha (const RayItem *item, const RayHit *hit)
{
  if (item->material->alpha_mode == DIO_ALPHA_OPAQUE)
    return 1;
  const DioMesh *mesh = item->mesh;
  const uint32_t *t = mesh->triangles[hit->prim];
  float uv[4] = { 0, 0, 0, 0 };
  for (guint set = 0; set < 2; set++) {
    float (*coordinates)[2] = mesh->uvs[set];
    if (coordinates == NULL)
      continue;
    for (guint k = 0; k < 2; k++)
      uv[set * 2 + k] = mix (coordinates[t[0]][k], coordinates[t[1]][k], coordinates[t[2]][k], hit);
  }
  float vertex_alpha = 1;
  if (mesh->colors != NULL)
    vertex_alpha = mix (mesh->colors[t[0]][3], mesh->colors[t[1]][3], mesh->colors[t[2]][3], hit);
  return dio_material_alpha_mapped (item->material, item->alpha_transform, uv, vertex_alpha);
}

static RaySurface
judge_blend (const RayItem *item, float alpha)
{
  gboolean owns = FALSE;
  if (alpha < 1.0f / 255.0f)
    return (RaySurface){ FALSE, 0 };
  switch (item->material->label_surface) {
  case DIO_LABEL_SURFACE_SURFACE:
    owns = TRUE;
    break;
  case DIO_LABEL_SURFACE_AUTO:
    owns = item->thing || alpha >= 0.5f;
    break;
  case DIO_LABEL_SURFACE_THROUGH:
  default:
    break;
  }
  return (RaySurface){ owns, alpha };
}

RaySurface
ray_item_judge (const RayItem *item, const RayHit *hit)
{
  gboolean culled = !item->material->double_sided && !hit->front;
  return ray_item_judge_alpha (item, hit, culled ? 0 : ray_item_alpha (item, hit));
}

RaySurface
ray_item_judge_alpha (const RayItem *item, const RayHit *hit, float alpha)
{
  const DioMaterial *material = item->material;
  if (!material->double_sided && !hit->front)
    return (RaySurface){ FALSE, 0 };
  if (material->alpha_mode == DIO_ALPHA_OPAQUE)
    return (RaySurface){ TRUE, 1 };
  if (material->alpha_mode == DIO_ALPHA_BLEND)
    return judge_blend (item, alpha);
  gboolean kept = alpha >= material->alpha_cutoff;
  return (RaySurface){ kept, kept ? 1 : 0 };
}

/** The alpha at which @item begins to own pixels. */
static float
cut_of (const RayItem *item)
{
  const DioMaterial *material = item->material;
  if (material->alpha_mode == DIO_ALPHA_MASK)
    return material->alpha_cutoff;
  if (material->label_surface == DIO_LABEL_SURFACE_AUTO && !item->thing)
    return 0.5f;
  return 1.0f / 255.0f;
}

/* A texture unit that filters with 8-bit weights is off by up to 2/255; half a texel and the position of
 * the pixel by EDGE_PX add what the picture of the texture changes there, which is sampled on the four
 * sides of the pixel's centre. Where alpha is further than 0.3 from the cut, no such shift reaches it
 * unless the filter is nearest. */
gboolean
ray_item_is_at_cut (const DioRayScene *scene,
                    const RayItem *item,
                    const RayHit *hit,
                    const double position[static 2],
                    float alpha)
{
  static const double sides[4][2] = { { -1, 0 }, { 1, 0 }, { 0, -1 }, { 0, 1 } };
  const DioMaterial *material = item->material;
  if (material->alpha_mode == DIO_ALPHA_OPAQUE)
    return FALSE;
  if (material->alpha_mode == DIO_ALPHA_BLEND
      && material->label_surface == DIO_LABEL_SURFACE_THROUGH)
    return FALSE;
  float cut = cut_of (item), low = alpha, high = alpha;
  if (fabsf (low - cut) > 0.3f && material->base_color_texture.filter == DIO_FILTER_LINEAR)
    return FALSE;
  for (guint i = 0; i < 4; i++) {
    DioVec3 direction = ray_scene_direction (scene, position[0] + sides[i][0] * EDGE_PX,
                                             position[1] + sides[i][1] * EDGE_PX);
    RayHit beside;
    if (!ray_item_intersect (item, hit->prim, direction, &beside))
      continue;
    float moved = ray_item_alpha (item, &beside);
    low = MIN (low, moved);
    high = MAX (high, moved);
  }
  return cut >= low - 2.0f / 255.0f && cut <= high + 2.0f / 255.0f;
}

/** The triangle's own normal in camera axes, on the side of counter-clockwise corners; not unit. */
static DioVec3
plane_normal (const RayItem *item, guint prim)
{
  DioVec3 p0 = ray_corner (item->mesh, prim, 0);
  DioVec3 e1 = dio_vec3_sub (ray_corner (item->mesh, prim, 1), p0);
  DioVec3 e2 = dio_vec3_sub (ray_corner (item->mesh, prim, 2), p0);
  return dio_vec3_cross (ray_turn (item->camera_from_mesh, e1),
                         ray_turn (item->camera_from_mesh, e2));
}

/** The inverse transpose of the transform on a normal of the mesh: the columns of mesh_from_camera are
 * the rows to multiply by. */
static DioVec3
turn_normal (const RayItem *item, DioVec3 n)
{
  const double *m = item->mesh_from_camera;
  return dio_vec3 (m[0] * n.x + m[1] * n.y + m[2] * n.z, m[3] * n.x + m[4] * n.y + m[5] * n.z,
                   m[6] * n.x + m[7] * n.y + m[8] * n.z);
}

/* "Turned to the camera" goes by the side of the triangle that is seen, as shading does; a vertex normal
 * near a smooth silhouette may therefore still lean away by a few degrees. */
DioVec3
ray_item_normal (const RayItem *item, const RayHit *hit)
{
  const DioMesh *mesh = item->mesh;
  const uint32_t *t = mesh->triangles[hit->prim];
  double weights[3] = { 1.0 - hit->u - hit->v, hit->u, hit->v };
  DioVec3 n = { 0, 0, 0 };
  for (guint i = 0; i < 3; i++) {
    const float *vertex = mesh->normals[t[i]];
    n = dio_vec3_add (n, dio_vec3_scale (dio_vec3 (vertex[0], vertex[1], vertex[2]), weights[i]));
  }
  n = dio_vec3_normalize (turn_normal (item, n));
  if (dio_vec3_dot (n, n) < 0.25) {
    n = dio_vec3_normalize (plane_normal (item, hit->prim));
    n = item->mirrored ? dio_vec3_scale (n, -1) : n;
  }
  return hit->front ? n : dio_vec3_scale (n, -1);
}

double
ray_item_slant (const RayItem *item, const RayHit *hit, DioVec3 direction)
{
  DioVec3 n = dio_vec3_normalize (plane_normal (item, hit->prim));
  return fabs (dio_vec3_dot (n, direction));
}

/* The plane N.p = c meets the ray of pixel (x, y) at z = c / N.d(x, y), so dz/dx = -z N.x / (fx N.d). */
double
ray_item_depth_slope (const DioRayScene *scene, const RayItem *item, const RayHit *hit)
{
  DioVec3 n = plane_normal (item, hit->prim);
  double u = hit->u, v = hit->v;
  const uint32_t *t = item->mesh->triangles[hit->prim];
  double along = 0;
  double corners[3][3];
  for (guint i = 0; i < 3; i++)
    ray_item_view (item, t[i], corners[i]);
  const double signs[3] = { n.x, -n.y, -n.z };
  for (guint k = 0; k < 3; k++)
    along += signs[k] * ((1 - u - v) * corners[0][k] + u * corners[1][k] + v * corners[2][k]);
  /* N.d is N.p / z. */
  double slope = (fabs (n.x) / scene->view.fx + fabs (n.y) / scene->view.fy) * hit->z * hit->z;
  return along != 0 ? slope / fabs (along) : INFINITY;
}
