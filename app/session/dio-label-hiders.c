#define G_LOG_DOMAIN "dio-session"

#include "dio-label-row-private.h"
#include "dio-session-private.h"

/* Occlusion is counted by leaf; people think in objects. The parts of one object are added up, an excluded part counts
 * for the object that it belongs to, and a leaf of no object stands for itself. */

static void
hider_clear (gpointer data)
{
  DioLabelHider *hider = data;
  g_free (hider->name);
  g_free (hider->node_id);
}

static DioLabelHider *
find_hider (GArray *hiders, GHashTable *positions, const DioFrame *frame, guint leaf_id)
{
  const DioFrameLeaf *leaf = &g_array_index (frame->leaves, DioFrameLeaf, leaf_id - 1);
  guint instance = leaf->instance_occluder;
  /* Instances first, then leaves, in one space of keys. */
  gpointer key = GUINT_TO_POINTER (instance != 0 ? instance : frame->instances->len + leaf_id);
  guint position = GPOINTER_TO_UINT (g_hash_table_lookup (positions, key));
  if (position == 0) {
    const DioFrameInstance *object =
        instance != 0 ? &g_array_index (frame->instances, DioFrameInstance, instance - 1) : NULL;
    DioLabelHider hider = {
      .name = g_strdup (object != NULL ? object->name : leaf->name),
      .node_id = g_strdup (object != NULL ? object->node_id : leaf->node_id),
    };
    g_array_append_val (hiders, hider);
    position = hiders->len;
    g_hash_table_insert (positions, key, GUINT_TO_POINTER (position));
  }
  return &g_array_index (hiders, DioLabelHider, position - 1);
}

static int
compare_hiders (gconstpointer a, gconstpointer b)
{
  const DioLabelHider *first = a, *second = b;
  if (first->px != second->px)
    return first->px > second->px ? -1 : 1;
  return g_strcmp0 (first->name, second->name);
}

GArray *
dio_label_create_hiders (const DioPreviewResult *result, guint instance)
{
  GArray *hiders = g_array_new (FALSE, FALSE, sizeof (DioLabelHider));
  g_array_set_clear_func (hiders, hider_clear);
  g_autoptr (GHashTable) positions = g_hash_table_new (NULL, NULL);
  const GArray *pairs = result->labels.hidden;
  for (guint i = 0; pairs != NULL && i < pairs->len; i++) {
    const DioHiddenPair *pair = &g_array_index (pairs, DioHiddenPair, i);
    if (pair->instance == instance && pair->opaque_px > 0)
      find_hider (hiders, positions, result->frame, pair->hider_leaf)->px += pair->opaque_px;
  }
  g_array_sort (hiders, compare_hiders);
  return hiders;
}

char *
dio_label_dup_hiders_text (const GArray *hiders)
{
  char *text = NULL;
  for (guint i = 0; i < hiders->len; i++) {
    const DioLabelHider *hider = &g_array_index (hiders, DioLabelHider, i);
    g_autofree char *one = g_strdup_printf ("%s %" G_GUINT64_FORMAT " px", hider->name, hider->px);
    text = dio_session_append (text, one);
  }
  return text != NULL ? text : g_strdup ("");
}
