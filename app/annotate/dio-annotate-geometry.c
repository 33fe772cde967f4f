#define G_LOG_DOMAIN "dio-annotate"

#include "dio-annotate-private.h"
#include "dio-core-math.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"

#include <math.h>

DioMat4
annotate_camera_from (const DioCamera *camera, const DioMat4 *world_from_x)
{
  const double *c = camera->world_from_camera.m, *w = world_from_x->m;
  DioMat4 out = { { 0 } };
  for (guint column = 0; column < 4; column++) {
    DioVec3 v = { w[column * 4], w[column * 4 + 1], w[column * 4 + 2] };
    if (column == 3)
      v = dio_vec3_sub (v, dio_vec3 (c[12], c[13], c[14]));
    /* The rotation's inverse is its transpose. */
    for (guint row = 0; row < 3; row++)
      out.m[column * 4 + row] = c[row * 4] * v.x + c[row * 4 + 1] * v.y + c[row * 4 + 2] * v.z;
  }
  out.m[15] = 1;
  return out;
}

/** The vertices of one mesh that its triangles use; frames show a mesh many times. */
typedef struct {
  gboolean all;
  guint8 *used; /**< [n_vertices] */
} UsedVertices;

static void
free_used_cb (gpointer data)
{
  UsedVertices *vertices = data;
  g_free (vertices->used);
  g_free (vertices);
}

static const UsedVertices *
find_used (GHashTable *known, const DioMesh *mesh)
{
  UsedVertices *vertices = g_hash_table_lookup (known, mesh);
  if (vertices != NULL)
    return vertices;
  guint n_used = 0;
  vertices = g_new0 (UsedVertices, 1);
  vertices->used = g_new0 (guint8, MAX (mesh->n_vertices, 1));
  for (guint i = 0; i < mesh->n_triangles; i++)
    for (guint k = 0; k < 3; k++) {
      guint8 *flag = &vertices->used[mesh->triangles[i][k]];
      n_used += *flag == 0;
      *flag = 1;
    }
  vertices->all = n_used == mesh->n_vertices;
  g_hash_table_insert (known, (gpointer) mesh, vertices);
  return vertices;
}

/** Extends @box by the projected corners of every triangle; FALSE where one is not before the camera. */
static gboolean
add_projected_mesh (const DioCamera *camera,
                    const DioFrameItem *item,
                    const UsedVertices *vertices,
                    double box[static 4])
{
  const DioMesh *mesh = item->mesh;
  DioMat4 camera_from_mesh = annotate_camera_from (camera, &item->world_from_mesh);
  double x0 = box[0], y0 = box[1], x1 = box[2], y1 = box[3];
  for (guint i = 0; i < mesh->n_vertices; i++) {
    const float *p = mesh->positions[i];
    if (!vertices->all && vertices->used[i] == 0)
      continue;
    DioVec3 q = annotate_transform_point (&camera_from_mesh, dio_vec3 (p[0], p[1], p[2]));
    if (!(q.z < 0))
      return FALSE;
    double u = camera->fx * q.x / -q.z + camera->cx;
    double v = camera->fy * -q.y / -q.z + camera->cy;
    x0 = MIN (x0, u);
    y0 = MIN (y0, v);
    x1 = MAX (x1, u);
    y1 = MAX (y1, v);
  }
  box[0] = x0;
  box[1] = y0;
  box[2] = x1;
  box[3] = y1;
  return TRUE;
}

void
annotate_set_full_boxes (const DioFrame *frame, guint camera, GArray *annotations)
{
  const DioCamera *view = &g_array_index (frame->cameras, DioCamera, camera);
  g_autofree DioAnnotation **of = g_new0 (DioAnnotation *, frame->instances->len + 1);
  g_autoptr (GHashTable) known = g_hash_table_new_full (NULL, NULL, NULL, free_used_cb);
  for (guint i = 0; i < annotations->len; i++) {
    DioAnnotation *annotation = &g_array_index (annotations, DioAnnotation, i);
    of[annotation->instance] = annotation;
    annotation->has_bbox_full = TRUE;
    for (guint k = 0; k < 4; k++)
      annotation->bbox_full[k] = k < 2 ? INFINITY : -INFINITY;
  }
  for (guint i = 0; i < frame->items->len; i++) {
    const DioFrameItem *item = &g_array_index (frame->items, DioFrameItem, i);
    guint instance = g_array_index (frame->leaves, DioFrameLeaf, item->leaf - 1).instance;
    DioAnnotation *annotation =
        instance > 0 && instance <= frame->instances->len ? of[instance] : NULL;
    if (annotation != NULL && annotation->has_bbox_full)
      annotation->has_bbox_full =
          add_projected_mesh (view, item, find_used (known, item->mesh), annotation->bbox_full);
  }
  for (guint i = 0; i < annotations->len; i++) {
    DioAnnotation *annotation = &g_array_index (annotations, DioAnnotation, i);
    annotation->has_bbox_full &= annotation->bbox_full[0] <= annotation->bbox_full[2];
    for (guint k = 0; k < 4 && !annotation->has_bbox_full; k++)
      annotation->bbox_full[k] = NAN;
  }
}

static DioVec3
box_center (const DioBox3 *box)
{
  if (dio_box3_is_empty (box))
    return dio_vec3 (0, 0, 0);
  return dio_vec3_scale (dio_vec3_add (box->min, box->max), 0.5);
}

/* Labels.md 3. The object's up is its +Z; the azimuth is measured about it from the object's front to the
 * camera, counter-clockwise seen from above, so positive towards the object's left. */
static void
set_view (const DioFrameInstance *instance, DioVec3 eye_object, DioAnnotation *annotation)
{
  DioVec3 to_eye = dio_vec3_sub (eye_object, box_center (&instance->box_object_m));
  DioVec3 front = instance->front;
  if (front.x * front.x + front.y * front.y < 1e-12)
    front = dio_vec3 (0, -1, 0);
  double flat = sqrt (to_eye.x * to_eye.x + to_eye.y * to_eye.y);
  annotation->view_azimuth_rad =
      dio_atan2 (front.x * to_eye.y - front.y * to_eye.x, front.x * to_eye.x + front.y * to_eye.y);
  annotation->view_elevation_rad = dio_atan2 (to_eye.z, flat);
  annotation->distance_m = dio_vec3_length (to_eye);
}

void
annotate_set_geometry (const DioFrame *frame, guint camera, DioAnnotation *annotation)
{
  const DioCamera *view = &g_array_index (frame->cameras, DioCamera, camera);
  const DioFrameInstance *instance =
      &g_array_index (frame->instances, DioFrameInstance, annotation->instance - 1);
  const DioBox3 *box = &instance->box_object_m;
  annotation->world_from_object = instance->world_from_object;
  annotation->scale = instance->scale;
  annotation->camera_from_object = annotate_camera_from (view, &instance->world_from_object);
  annotation->box_center_world_m =
      dio_mat4_transform_point (&instance->world_from_object, box_center (box));
  if (!dio_box3_is_empty (box))
    annotation->box_size_m = dio_vec3_sub (box->max, box->min);
  annotation->box_q_wxyz_world = dio_quat_from_mat4 (&instance->world_from_object);
  DioMat4 object_from_camera;
  DioVec3 eye_object = { 0, 0, 0 };
  if (dio_mat4_invert_affine (&annotation->camera_from_object, &object_from_camera))
    eye_object = dio_mat4_transform_point (&object_from_camera, dio_vec3 (0, 0, 0));
  set_view (instance, eye_object, annotation);
}
