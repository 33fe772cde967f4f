#define G_LOG_DOMAIN "dio-session"

#include "dio-session-models.h"
#include "dio-session-private.h"

#include <string.h>

/* Names of face groups are known from the leaves of the frame that is shown; what the document says of them is read from the document, which may be newer. */

static void
part_free (gpointer data)
{
  DioLabelPart *part = data;
  g_free (part->name);
  g_free (part);
}

static const DioResolvedNode *
find_resolved (const DioResolved *resolved, const char *id)
{
  for (guint i = 0; i < resolved->nodes->len; i++) {
    const DioResolvedNode *node = &g_array_index (resolved->nodes, DioResolvedNode, i);
    if (node->copy == 0 && strcmp (node->node->id, id) == 0)
      return node;
  }
  return NULL;
}

/* As the stage looks it up: the node's word, the asset's, that of the model. */
static DioGroupLabel
find_label (const DioScenario *scenario,
            const DioNode *node,
            const char *name,
            DioGroupLabel as_shown)
{
  gpointer label;
  if (g_hash_table_lookup_extended (node->model.group_labels, name, NULL, &label))
    return (DioGroupLabel) GPOINTER_TO_INT (label);
  const DioAsset *asset = dio_scenario_find_asset (scenario, node->model.asset);
  if (asset != NULL && g_hash_table_lookup_extended (asset->group_labels, name, NULL, &label))
    return (DioGroupLabel) GPOINTER_TO_INT (label);
  return as_shown;
}

/* What the model itself says of a group that nobody overrides; a group whose override was just taken away counts until the next result. */
static DioGroupLabel
get_shown_label (const DioResolvedNode *resolved, const DioFrameLeaf *leaf, const char *name)
{
  if (g_hash_table_contains (resolved->node->model.group_labels, name))
    return DIO_GROUP_LABEL_INCLUDE;
  if (leaf->object_key != resolved->object_key)
    return DIO_GROUP_LABEL_OWN;
  return leaf->instance == 0 ? DIO_GROUP_LABEL_EXCLUDE : DIO_GROUP_LABEL_INCLUDE;
}

GPtrArray *
dio_session_list_parts (DioSession *session, const char *node)
{
  g_return_val_if_fail (DIO_IS_SESSION (session) && node != NULL, NULL);

  GPtrArray *parts = g_ptr_array_new_with_free_func (part_free);
  const DioPreviewResult *result = session->result;
  const DioNode *now = dio_scenario_find_node (session->scenario, node);
  const DioResolvedNode *resolved =
      result != NULL && result->resolved != NULL ? find_resolved (result->resolved, node) : NULL;
  if (now == NULL || now->kind != DIO_NODE_MODEL || resolved == NULL
      || resolved->node->kind != DIO_NODE_MODEL
      || g_strcmp0 (resolved->node->model.asset, now->model.asset) != 0)
    return parts;
  const char *title = resolved->node->name;
  gsize skip = strlen (title != NULL && *title != '\0' ? title : node) + 1;
  for (guint i = 0; i < result->frame->leaves->len; i++) {
    const DioFrameLeaf *leaf = &g_array_index (result->frame->leaves, DioFrameLeaf, i);
    if (leaf->copy != 0 || g_strcmp0 (leaf->node_id, node) != 0 || strlen (leaf->name) <= skip)
      continue;
    DioLabelPart *part = g_new0 (DioLabelPart, 1);
    part->name = g_strdup (leaf->name + skip);
    part->label = find_label (session->scenario, now, part->name,
                              get_shown_label (resolved, leaf, part->name));
    g_ptr_array_add (parts, part);
  }
  return parts;
}
