#define G_LOG_DOMAIN "dio-viewport"

#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-edit-nodes.h"
#include "dio-scene-edit.h"
#include "dio-viewport-private.h"

#include <math.h>

/* A pinhole's principal point need not be the middle of its picture: the view is laid so that its middle is. */
static DioViewportEye
from_sensor (const DioCamera *camera, const DioPicturePlace *place)
{
  double width = camera->width_px * place->scale, height = camera->height_px * place->scale;
  DioViewportEye eye = { .x = place->x + camera->cx * place->scale - width / 2,
                         .y = place->y + camera->cy * place->scale - height / 2 };
  eye.view = (DioEditView){ .width_px = width,
                            .height_px = height,
                            .world_from_camera = camera->world_from_camera,
                            .fov_y_rad = 2 * atan (camera->height_px / (2 * camera->fy)) };
  return eye;
}

gboolean
dio_viewport_eye_get (DioViewportCanvas *self, DioViewportEye *eye)
{
  const DioOverlayScene *scene = dio_viewport_canvas_get_scene (self);
  if (scene == NULL)
    return FALSE;
  DioPicturePlace place = dio_viewport_canvas_get_place (self);
  if (dio_viewport_canvas_is_through (self)) {
    *eye = from_sensor (&scene->camera, &place);
    return TRUE;
  }
  *eye = (DioViewportEye){ .x = place.x, .y = place.y };
  double height = scene->height_px * place.scale;
  eye->view = (DioEditView){ .width_px = scene->width_px * place.scale,
                             .height_px = height,
                             .world_from_camera = scene->camera.world_from_camera,
                             .orthographic = scene->orthographic,
                             .fov_y_rad = 2 * atan (scene->height_px / (2 * scene->camera.fy)),
                             .ortho_height_m = scene->ortho_height_m };
  return TRUE;
}

gboolean
dio_viewport_eye_project (const DioViewportEye *eye, DioVec3 world_m, double xy[static 2])
{
  if (!dio_edit_view_project (&eye->view, world_m, xy, NULL))
    return FALSE;
  xy[0] += eye->x;
  xy[1] += eye->y;
  return TRUE;
}

DioEditRay
dio_viewport_eye_get_ray (const DioViewportEye *eye, double x, double y)
{
  return dio_edit_view_get_ray (&eye->view, x - eye->x, y - eye->y);
}

gboolean
dio_viewport_find_pose (DioViewportCanvas *self, const char *id, DioMat4 *world_from_node)
{
  const DioPreviewResult *result = dio_session_get_result (self->session);
  if (result == NULL || result->resolved == NULL || id == NULL)
    return FALSE;
  const GArray *nodes = result->resolved->nodes;
  for (guint i = 0; i < nodes->len; i++) {
    const DioResolvedNode *node = &g_array_index (nodes, DioResolvedNode, i);
    if (node->copy == 0 && g_str_equal (node->node->id, id)) {
      *world_from_node = node->world_from_node;
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
is_same_pose (const DioMat4 *a, const DioMat4 *b)
{
  for (guint i = 0; i < 16; i++)
    if (fabs (a->m[i] - b->m[i]) > 1e-9 * MAX (fabs (a->m[i]), 1))
      return FALSE;
  return TRUE;
}

gboolean
dio_viewport_find_current_pose (DioViewportCanvas *self, const char *id, DioMat4 *world_from_node)
{
  const DioPreviewResult *result = dio_session_get_result (self->session);
  const DioScenario *scenario = dio_session_get_scenario (self->session);
  DioMat4 shown, then;
  gboolean known = id != NULL && dio_scenario_world_from_node (scenario, id, world_from_node);
  if (!known || !dio_viewport_find_pose (self, id, &shown))
    return known;
  /* What is drawn is where the picture has it; all else where the document puts it, which may be newer. */
  if (dio_session_get_frame_view (self->session) && !result->base
      && (!dio_scenario_world_from_node (result->scenario, id, &then)
          || !is_same_pose (&shown, &then)))
    *world_from_node = shown;
  return TRUE;
}

/* The ids with all below them, as a set; keys are owned. */
static GHashTable *
collect_subtrees (DioViewportCanvas *self, const char *const *ids)
{
  GHashTable *set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const DioScenario *scenario = dio_session_get_scenario (self->session);
  for (guint i = 0; ids[i] != NULL; i++) {
    if (dio_scenario_find_node (scenario, ids[i]) == NULL)
      continue;
    g_auto (GStrv) below = dio_edit_list_subtree (scenario, ids[i]);
    for (guint j = 0; below[j] != NULL; j++)
      g_hash_table_add (set, g_strdup (below[j]));
  }
  return set;
}

DioBox3
dio_viewport_get_bounds (DioViewportCanvas *self, const char *const *ids)
{
  DioBox3 bounds = dio_box3_empty ();
  const DioPreviewResult *result = dio_session_get_result (self->session);
  if (result == NULL || result->frame == NULL)
    return bounds;
  g_autoptr (GHashTable) set = ids != NULL ? collect_subtrees (self, ids) : NULL;
  const DioFrame *frame = result->frame;
  for (guint i = 0; i < frame->items->len; i++) {
    const DioFrameItem *item = &g_array_index (frame->items, DioFrameItem, i);
    const DioFrameLeaf *leaf = &g_array_index (frame->leaves, DioFrameLeaf, item->leaf - 1);
    if (set != NULL && (leaf->copy != 0 || !g_hash_table_contains (set, leaf->node_id)))
      continue;
    DioBox3 box = dio_box3_transform (&item->mesh->bounds, &item->world_from_mesh);
    dio_box3_add_box (&bounds, &box);
  }
  return bounds;
}
