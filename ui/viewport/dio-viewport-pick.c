#define G_LOG_DOMAIN "dio-viewport"

#include "dio-viewport-private.h"

#include <math.h>

static gboolean
get_pixel (DioViewportCanvas *self, double x, double y, int *px, int *py)
{
  const DioOverlayScene *scene = dio_viewport_canvas_get_scene (self);
  if (scene == NULL || isnan (x))
    return FALSE;
  DioPicturePlace place = dio_viewport_canvas_get_place (self);
  double u = floor ((x - place.x) / place.scale), v = floor ((y - place.y) / place.scale);
  if (!(u >= 0 && v >= 0 && u < scene->width_px && v < scene->height_px))
    return FALSE;
  *px = (int) u;
  *py = (int) v;
  return TRUE;
}

/* The frame that the shown picture was made from. */
static const DioFrame *
get_shown_frame (const DioOverlayScene *scene)
{
  return scene != NULL && scene->owner != NULL ? ((const DioPreviewResult *) scene->owner)->frame
                                               : NULL;
}

static const char *
get_node_of_leaf (const DioOverlayScene *scene, guint leaf)
{
  const DioFrame *frame = get_shown_frame (scene);
  if (frame == NULL || leaf == 0 || leaf > frame->leaves->len)
    return NULL;
  return g_array_index (frame->leaves, DioFrameLeaf, leaf - 1).node_id;
}

guint
dio_viewport_pick_instance (DioViewportCanvas *self, double x, double y)
{
  int px, py;
  if (!get_pixel (self, x, y, &px, &py))
    return 0;
  return dio_overlay_scene_get_instance (dio_viewport_canvas_get_scene (self), px, py);
}

const char *
dio_viewport_pick_node (DioViewportCanvas *self, double x, double y)
{
  const char *glyph = dio_viewport_pick_glyph (self, x, y);
  if (glyph != NULL)
    return glyph;
  int px, py;
  if (!get_pixel (self, x, y, &px, &py))
    return NULL;
  const DioOverlayScene *scene = dio_viewport_canvas_get_scene (self);
  return get_node_of_leaf (scene, dio_overlay_scene_get_leaf (scene, px, py));
}

/* A node may have gone since the picture was made. */
static gboolean
is_still_there (DioViewportCanvas *self, const char *id)
{
  return id != NULL
         && dio_scenario_find_node (dio_session_get_scenario (self->session), id) != NULL;
}

void
dio_viewport_pick_click (DioViewportCanvas *self, double x, double y, GdkModifierType state)
{
  DioSelection *selection = dio_session_get_selection (self->session);
  const char *id = dio_viewport_pick_node (self, x, y);
  if (!is_still_there (self, id))
    id = NULL;
  gboolean toggle = (state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)) != 0;
  if (toggle && id != NULL)
    dio_selection_toggle (selection, id);
  else if (!toggle)
    dio_selection_set_one (selection, id);
  int px, py;
  if (dio_viewport_canvas_is_through (self) && get_pixel (self, x, y, &px, &py))
    dio_viewport_canvas_explain (self, px, py);
}

/* -- Rubber band --------------------------------------------------------------------------------------------------- */

static void
add_leaves (DioViewportCanvas *self, GHashTable *found, const DioPixelBox *box)
{
  const DioOverlayScene *scene = dio_viewport_canvas_get_scene (self);
  guint last = 0;
  for (int y = box->y0; y < box->y1; y++)
    for (int x = box->x0; x < box->x1; x++) {
      guint leaf = dio_overlay_scene_get_leaf (scene, x, y);
      if (leaf == last)
        continue;
      last = leaf;
      const char *id = get_node_of_leaf (scene, leaf);
      if (is_still_there (self, id))
        g_hash_table_add (found, (gpointer) id);
    }
}

void
dio_viewport_pick_rubber (DioViewportCanvas *self, GdkModifierType state)
{
  const DioOverlayScene *scene = dio_viewport_canvas_get_scene (self);
  DioSelection *selection = dio_session_get_selection (self->session);
  if (scene == NULL || scene->leaf == NULL)
    return;
  DioPicturePlace place = dio_viewport_canvas_get_place (self);
  double x0 = MIN (self->press_x, self->last_x), x1 = MAX (self->press_x, self->last_x);
  double y0 = MIN (self->press_y, self->last_y), y1 = MAX (self->press_y, self->last_y);
  DioPixelBox box = {
    (int) CLAMP ((x0 - place.x) / place.scale, 0, scene->width_px),
    (int) CLAMP ((y0 - place.y) / place.scale, 0, scene->height_px),
    (int) CLAMP ((x1 - place.x) / place.scale, 0, scene->width_px),
    (int) CLAMP ((y1 - place.y) / place.scale, 0, scene->height_px),
  };
  g_autoptr (GHashTable) found = g_hash_table_new (g_str_hash, g_str_equal);
  add_leaves (self, found, &box);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  if (state & GDK_SHIFT_MASK)
    for (const char *const *id = dio_selection_get_ids (selection); *id != NULL; id++)
      if (!g_hash_table_contains (found, *id))
        g_ptr_array_add (ids, (gpointer) *id);
  /* In scene order: the same band gives the same active node. */
  const DioScenario *scenario = dio_session_get_scenario (self->session);
  for (guint i = 0; i < scenario->nodes->len; i++) {
    const DioNode *node = g_ptr_array_index (scenario->nodes, i);
    if (g_hash_table_contains (found, node->id))
      g_ptr_array_add (ids, node->id);
  }
  g_ptr_array_add (ids, NULL);
  dio_selection_set (selection, (const char *const *) ids->pdata);
}
