#define G_LOG_DOMAIN "dio-widgets"

#include "dio-overlay-scene.h"

#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-dataset-policy.h"
#include "dio-label-palette.h"

#include <math.h>

static void
clear_category (gpointer data)
{
  g_free (((DioOverlayCategory *) data)->name);
}

DioOverlayScene *
dio_overlay_scene_new (guint width_px, guint height_px)
{
  DioOverlayScene *scene = g_new0 (DioOverlayScene, 1);
  g_atomic_ref_count_init (&scene->refs);
  scene->width_px = width_px;
  scene->height_px = height_px;
  scene->instance_of_leaf = g_new0 (guint, 1);
  scene->occluder_of_leaf = g_new0 (guint, 1);
  scene->items = g_array_new (FALSE, TRUE, sizeof (DioOverlayItem));
  scene->categories = g_array_new (FALSE, TRUE, sizeof (DioOverlayCategory));
  g_array_set_clear_func (scene->categories, clear_category);
  scene->camera.world_from_camera = dio_mat4_identity ();
  return scene;
}

DioOverlayScene *
dio_overlay_scene_ref (DioOverlayScene *scene)
{
  g_atomic_ref_count_inc (&scene->refs);
  return scene;
}

void
dio_overlay_scene_unref (DioOverlayScene *scene)
{
  if (scene == NULL || !g_atomic_ref_count_dec (&scene->refs))
    return;
  g_clear_pointer (&scene->rgb, dio_image_unref);
  g_clear_pointer (&scene->leaf, dio_image_unref);
  g_clear_pointer (&scene->depth_z, dio_image_unref);
  g_clear_pointer (&scene->normal, dio_image_unref);
  g_free (scene->instance_of_leaf);
  g_free (scene->occluder_of_leaf);
  g_array_unref (scene->items);
  g_array_unref (scene->categories);
  if (scene->owner_destroy != NULL)
    scene->owner_destroy (scene->owner);
  g_free (scene);
}

static DioImage *
ref_or_null (DioImage *image)
{
  return image != NULL ? dio_image_ref (image) : NULL;
}

static void
take_categories (DioOverlayScene *scene, const DioScenario *scenario)
{
  for (guint i = 0; scenario != NULL && i < scenario->categories->len; i++) {
    const DioCategory *category = g_ptr_array_index (scenario->categories, i);
    DioOverlayCategory copy = { .name = g_strdup (category->name) };
    memcpy (copy.color, category->color, sizeof copy.color);
    g_array_append_val (scene->categories, copy);
  }
}

static void
allocate_leaves (DioOverlayScene *scene, guint n_leaves)
{
  g_free (scene->instance_of_leaf);
  g_free (scene->occluder_of_leaf);
  scene->n_leaves = n_leaves;
  scene->instance_of_leaf = g_new0 (guint, n_leaves + 1);
  scene->occluder_of_leaf = g_new0 (guint, n_leaves + 1);
}

static void
take_frame_leaves (DioOverlayScene *scene, const DioFrame *frame)
{
  allocate_leaves (scene, frame->leaves->len);
  for (guint i = 0; i < frame->leaves->len; i++) {
    const DioFrameLeaf *leaf = &g_array_index (frame->leaves, DioFrameLeaf, i);
    scene->instance_of_leaf[i + 1] = leaf->instance;
    scene->occluder_of_leaf[i + 1] = leaf->instance_occluder;
  }
}

static void
judge (DioOverlayItem *item,
       const DioAnnotation *annotation,
       const DioScenario *scenario,
       const DioLabelPolicy *policy)
{
  item->reason = "";
  item->visibility = annotation != NULL ? annotation->visibility : NAN;
  if (annotation == NULL || policy == NULL)
    return;
  if (scenario != NULL && annotation->thing && annotation->category >= 0) {
    item->verdict = dio_label_judge (scenario, policy, annotation, &item->reason);
    return;
  }
  /* What no export writes is drawn by how much of it is seen. */
  DioPolicyInput input = dio_annotation_to_policy_input (annotation, &annotation->bbox_visible);
  item->verdict = dio_label_policy_judge (policy, &input, &item->reason);
}

static void
fill_from_annotation (DioOverlayItem *item, const DioAnnotation *annotation)
{
  item->instance = annotation->instance;
  item->annotation = annotation;
  item->category = annotation->category;
  item->thing = annotation->thing;
  item->box_center_world_m = annotation->box_center_world_m;
  item->box_size_m = annotation->box_size_m;
  item->box_q_wxyz_world = annotation->box_q_wxyz_world;
  item->extent = annotation->bbox_visible;
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  guint left = ((const DioOverlayItem *) a)->instance,
        right = ((const DioOverlayItem *) b)->instance;
  return (left > right) - (left < right);
}

DioOverlayScene *
dio_overlay_scene_new_from_result (DioPreviewResult *result, const DioLabelPolicy *policy)
{
  g_return_val_if_fail (result != NULL, NULL);
  if (result->frame == NULL || result->camera < 0 || result->labels.leaf == NULL)
    return NULL;
  const DioImage *leaf = result->labels.leaf;
  DioOverlayScene *scene = dio_overlay_scene_new (leaf->width, leaf->height);
  scene->rgb = ref_or_null (result->rgb);
  scene->leaf = ref_or_null (result->labels.leaf);
  scene->depth_z = ref_or_null (result->labels.depth_z);
  scene->normal = ref_or_null (result->labels.normal);
  scene->hidden = result->labels.hidden;
  scene->camera = g_array_index (result->frame->cameras, DioCamera, result->camera);
  take_categories (scene, result->scenario);
  take_frame_leaves (scene, result->frame);
  const GArray *annotations = result->annotations.annotations;
  for (guint i = 0; annotations != NULL && i < annotations->len; i++) {
    const DioAnnotation *annotation = &g_array_index (annotations, DioAnnotation, i);
    DioOverlayItem item = { 0 };
    fill_from_annotation (&item, annotation);
    const DioFrameInstance *instance =
        &g_array_index (result->frame->instances, DioFrameInstance, annotation->instance - 1);
    item.name = instance->name;
    item.node_id = instance->node_id;
    item.copy = instance->copy;
    judge (&item, annotation, result->scenario, policy);
    g_array_append_val (scene->items, item);
  }
  g_array_sort (scene->items, compare_items);
  scene->owner = dio_preview_result_ref (result);
  scene->owner_destroy = (GDestroyNotify) dio_preview_result_unref;
  return scene;
}

static const DioAnnotation *
find_annotation (const DioPreviewResult *result, guint instance)
{
  const GArray *annotations = result->annotations.annotations;
  for (guint i = 0; annotations != NULL && i < annotations->len; i++)
    if (g_array_index (annotations, DioAnnotation, i).instance == instance)
      return &g_array_index (annotations, DioAnnotation, i);
  return NULL;
}

static DioOverlayItem
item_from_instance (const DioFrameInstance *instance, guint index)
{
  DioOverlayItem item = { .instance = index,
                          .name = instance->name,
                          .node_id = instance->node_id,
                          .copy = instance->copy,
                          .category = instance->category,
                          .thing = instance->thing,
                          .reason = "",
                          .box_q_wxyz_world = dio_quat_from_mat4 (&instance->world_from_object) };
  const DioBox3 *box = &instance->box_object_m;
  if (!dio_box3_is_empty (box)) {
    DioVec3 middle = dio_vec3_scale (dio_vec3_add (box->min, box->max), 0.5);
    item.box_center_world_m = dio_mat4_transform_point (&instance->world_from_object, middle);
    item.box_size_m = dio_vec3_sub (box->max, box->min);
  }
  return item;
}

static void
grow (DioPixelBox *box, int x, int y)
{
  if (box->x1 == 0) {
    *box = (DioPixelBox){ x, y, x + 1, y + 1 };
    return;
  }
  box->x0 = MIN (box->x0, x);
  box->y0 = MIN (box->y0, y);
  box->x1 = MAX (box->x1, x + 1);
  box->y1 = MAX (box->y1, y + 1);
}

/* The extents of all instances in the ids; a run of equal ids is looked at once. */
static void
measure_extents (DioOverlayScene *scene)
{
  for (guint y = 0; y < scene->height_px; y++) {
    const guint16 *row = scene->leaf->u16 + (gsize) y * scene->leaf->width;
    for (guint x = 0; x < scene->width_px;) {
      guint first = x;
      while (x < scene->width_px && row[x] == row[first])
        x++;
      guint instance = row[first] <= scene->n_leaves ? scene->instance_of_leaf[row[first]] : 0;
      if (instance == 0 || instance > scene->items->len)
        continue;
      DioOverlayItem *item = &g_array_index (scene->items, DioOverlayItem, instance - 1);
      grow (&item->extent, (int) first, (int) y);
      grow (&item->extent, (int) x - 1, (int) y);
    }
  }
}

DioOverlayScene *
dio_overlay_scene_new_from_view (DioPreviewResult *result, const DioLabelPolicy *policy)
{
  g_return_val_if_fail (result != NULL, NULL);
  const DioImage *picture = result->view_rgb != NULL ? result->view_rgb : result->view_leaf;
  if (result->frame == NULL || picture == NULL)
    return NULL;
  DioOverlayScene *scene = dio_overlay_scene_new (picture->width, picture->height);
  scene->rgb = ref_or_null (result->view_rgb);
  scene->leaf = ref_or_null (result->view_leaf);
  scene->depth_z = ref_or_null (result->view_depth_z);
  scene->normal = ref_or_null (result->view_normal);
  scene->camera = result->view_camera;
  scene->camera.world_from_camera = result->view.world_from_camera;
  scene->orthographic = result->view.orthographic;
  scene->ortho_height_m = result->view.ortho_height_m;
  take_categories (scene, result->scenario);
  take_frame_leaves (scene, result->frame);
  for (guint i = 0; i < result->frame->instances->len; i++) {
    DioOverlayItem item =
        item_from_instance (&g_array_index (result->frame->instances, DioFrameInstance, i), i + 1);
    judge (&item, find_annotation (result, i + 1), result->scenario, policy);
    g_array_append_val (scene->items, item);
  }
  if (scene->leaf != NULL)
    measure_extents (scene);
  scene->owner = dio_preview_result_ref (result);
  scene->owner_destroy = (GDestroyNotify) dio_preview_result_unref;
  return scene;
}

static void
take_capture_leaves (DioOverlayScene *scene, const DioDatasetCapture *capture)
{
  guint last = 0;
  for (guint i = 0; capture->leaves != NULL && i < capture->leaves->len; i++)
    last = MAX (last, g_array_index (capture->leaves, DioDatasetLeaf, i).leaf);
  allocate_leaves (scene, last);
  for (guint i = 0; capture->leaves != NULL && i < capture->leaves->len; i++) {
    const DioDatasetLeaf *leaf = &g_array_index (capture->leaves, DioDatasetLeaf, i);
    scene->instance_of_leaf[leaf->leaf] = leaf->instance;
    scene->occluder_of_leaf[leaf->leaf] = leaf->instance;
  }
}

DioOverlayScene *
dio_overlay_scene_new_from_capture (const DioOverlayCapture *desc)
{
  const DioDatasetCapture *capture = desc->capture;
  DioOverlayScene *scene = dio_overlay_scene_new (capture->width_px, capture->height_px);
  scene->rgb = ref_or_null (desc->rgb);
  scene->leaf = ref_or_null (desc->leaf);
  scene->depth_z = ref_or_null (desc->depth_z);
  scene->normal = ref_or_null (desc->normal);
  scene->hidden = capture->hidden;
  scene->camera = (DioCamera){ .width_px = capture->width_px,
                               .height_px = capture->height_px,
                               .fx = capture->fx,
                               .fy = capture->fy,
                               .cx = capture->cx,
                               .cy = capture->cy,
                               .near_m = 0.01,
                               .far_m = 1e6,
                               .world_from_camera = capture->world_from_camera };
  take_categories (scene, desc->scenario);
  take_capture_leaves (scene, capture);
  for (guint i = 0; capture->annotations != NULL && i < capture->annotations->len; i++) {
    const DioDatasetAnnotation *stored =
        &g_array_index (capture->annotations, DioDatasetAnnotation, i);
    DioOverlayItem item = { .name = stored->name,
                            .node_id = stored->node_id,
                            .copy = stored->copy };
    fill_from_annotation (&item, &stored->label);
    judge (&item, &stored->label, desc->scenario, desc->policy);
    g_array_append_val (scene->items, item);
  }
  g_array_sort (scene->items, compare_items);
  scene->owner = desc->owner;
  scene->owner_destroy = desc->owner_destroy;
  return scene;
}

const DioOverlayItem *
dio_overlay_scene_find (const DioOverlayScene *scene, guint instance)
{
  if (instance == 0)
    return NULL;
  DioOverlayItem key = { .instance = instance };
  guint index;
  if (!g_array_binary_search (scene->items, &key, compare_items, &index))
    return NULL;
  return &g_array_index (scene->items, DioOverlayItem, index);
}

guint
dio_overlay_scene_get_leaf (const DioOverlayScene *scene, int x, int y)
{
  if (scene->leaf == NULL || x < 0 || y < 0 || (guint) x >= scene->leaf->width
      || (guint) y >= scene->leaf->height)
    return 0;
  return scene->leaf->u16[(gsize) y * scene->leaf->width + (gsize) x];
}

guint
dio_overlay_scene_get_instance (const DioOverlayScene *scene, int x, int y)
{
  guint leaf = dio_overlay_scene_get_leaf (scene, x, y);
  return leaf <= scene->n_leaves ? scene->instance_of_leaf[leaf] : 0;
}

void
dio_overlay_scene_get_color (const DioOverlayScene *scene,
                             const DioOverlayItem *item,
                             guint8 rgb[static 3])
{
  if (item->category >= 0 && (guint) item->category < scene->categories->len)
    memcpy (rgb, g_array_index (scene->categories, DioOverlayCategory, item->category).color, 3);
  else
    dio_label_palette_get (item->instance, rgb);
}

gboolean
dio_overlay_scene_project (const DioOverlayScene *scene, DioVec3 world_m, double uv_px[static 2])
{
  double depth_m;
  if (!scene->orthographic)
    return dio_camera_project (&scene->camera, world_m, uv_px, &depth_m);
  DioMat4 camera_from_world;
  if (scene->ortho_height_m <= 0
      || !dio_mat4_invert_affine (&scene->camera.world_from_camera, &camera_from_world))
    return FALSE;
  DioVec3 p = dio_mat4_transform_point (&camera_from_world, world_m);
  double scale = scene->height_px / scene->ortho_height_m;
  uv_px[0] = scene->width_px * 0.5 + p.x * scale;
  uv_px[1] = scene->height_px * 0.5 - p.y * scale;
  return TRUE;
}
