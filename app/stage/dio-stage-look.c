#define G_LOG_DOMAIN "dio-stage"

/* Looks of a sensor at a target past things that are moved about: one frame is built, however many places are tried. */

#include "dio-stage-private.h"

/* Enough rays that the share is known to about a hundredth; a tried place costs about a millisecond. */
#define LOOK_RAYS 640

void
dio_stage_look_clear (DioStage *stage)
{
  g_clear_pointer (&stage->sight, dio_ray_sight_free);
  g_clear_pointer (&stage->sight_leaves, g_hash_table_unref);
}

/* The node and what hangs below it, as "id#copy". */
static GHashTable *
list_names_below (const DioResolved *resolved, guint top)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree gboolean *below = g_new0 (gboolean, resolved->nodes->len);
  for (guint i = top; i < resolved->nodes->len; i++) {
    const DioResolvedNode *node = &g_array_index (resolved->nodes, DioResolvedNode, i);
    below[i] = i == top || (node->parent >= 0 && below[node->parent]);
    if (below[i])
      g_hash_table_add (names, g_strdup_printf ("%s#%u", node->node->id, node->copy));
  }
  return names;
}

static guint8 *
list_leaves_below (const DioFrame *frame, const DioResolved *resolved, guint top)
{
  g_autoptr (GHashTable) names = list_names_below (resolved, top);
  guint8 *leaves = g_new0 (guint8, MAX (frame->leaves->len, 1));
  for (guint i = 0; i < frame->leaves->len; i++) {
    const DioFrameLeaf *leaf = &g_array_index (frame->leaves, DioFrameLeaf, i);
    g_autofree char *name = g_strdup_printf ("%s#%u", leaf->node_id, leaf->copy);
    leaves[i] = g_hash_table_contains (names, name) ? 1 : 0;
  }
  return leaves;
}

/* All that is movable, and keeps what belongs to each. */
static guint8 *
list_movable (DioStage *stage,
              const DioFrame *frame,
              const DioResolved *resolved,
              const DioResolveLook *look)
{
  guint8 *movable = g_new0 (guint8, MAX (frame->leaves->len, 1));
  stage->sight_leaves = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  for (guint i = 0; i < look->n_movable; i++) {
    guint8 *leaves = list_leaves_below (frame, resolved, look->movable[i]);
    for (guint k = 0; k < frame->leaves->len; k++)
      movable[k] |= leaves[k];
    g_hash_table_insert (stage->sight_leaves, GUINT_TO_POINTER (look->movable[i]), leaves);
  }
  return movable;
}

gboolean
dio_stage_resolve_look (gpointer user,
                        const DioResolved *resolved,
                        const DioResolveLook *look,
                        double *visibility,
                        GError **error)
{
  DioStage *stage = user;
  dio_stage_look_clear (stage);
  *visibility = -1;
  g_autoptr (DioFrame) frame = dio_stage_open_rays (stage, resolved, error);
  if (frame == NULL)
    return FALSE;
  int camera = dio_stage_find_camera (frame, look->sensor);
  guint instance = dio_stage_find_instance (frame, look->target);
  if (camera < 0 || instance == 0)
    return TRUE;
  g_autofree guint8 *movable = list_movable (stage, frame, resolved, look);
  DioRaySightDesc desc = { (guint) camera, instance, LOOK_RAYS, movable };
  stage->sight = dio_ray_scene_take_sight (stage->ray_scene, &desc, error);
  if (stage->sight == NULL)
    return FALSE;
  if (!dio_ray_sight_is_empty (stage->sight))
    *visibility = dio_ray_sight_get_visibility (stage->sight);
  return TRUE;
}

double
dio_stage_resolve_look_past (gpointer user, guint index, const DioMat4 *moved_from_placed)
{
  DioStage *stage = user;
  g_return_val_if_fail (stage->sight != NULL, 0);
  const guint8 *hiders = g_hash_table_lookup (stage->sight_leaves, GUINT_TO_POINTER (index));
  g_return_val_if_fail (hiders != NULL, 0);
  return dio_ray_scene_look_past (stage->ray_scene, stage->sight, hiders, moved_from_placed);
}
