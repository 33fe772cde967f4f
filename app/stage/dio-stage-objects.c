#define G_LOG_DOMAIN "dio-stage"

/* Items, leaves and instances of a frame (app/LABELS.md 1-2). A leaf is one face group of one placed model.
 * A model is one instance; a face group labelled `own` is one of its own; all models below a group node
 * flagged `crowd` are one crowd instance. Ids follow scene order and are dense. */

#include "dio-stage-private.h"

#include "dio-core-conventions.h"
#include "dio-core-error.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"

/** What the walk over nodes carries. */
typedef struct {
  DioStage *stage;
  const DioResolved *resolved;
  DioFrame *frame;
  /** resolved index of a crowd group -> its instance, made at its first model */
  GHashTable *crowds;
} Walk;

/** One placed model. */
typedef struct {
  const DioResolvedNode *node;
  const DioStageModel *model;
  DioMat4 world_from_object;
  DioVec3 scale;
  int category;
  gboolean thing;
  guint instance;
} Placed;

static const DioResolvedNode *
node_at (const Walk *walk, int index)
{
  return &g_array_index (walk->resolved->nodes, DioResolvedNode, index);
}

/* The category of the nearest ancestor-or-self that is bound to one. */
static int
find_category (const Walk *walk, const DioResolvedNode *node)
{
  for (;;) {
    if (node->node->category != NULL)
      return dio_scenario_find_category (walk->resolved->scenario, node->node->category);
    if (node->parent < 0)
      return -1;
    node = node_at (walk, node->parent);
  }
}

/* Index of the outermost ancestor group that is a crowd, or -1. */
static int
find_crowd (const Walk *walk, const DioResolvedNode *node)
{
  int crowd = -1;
  for (int i = node->parent; i >= 0; i = node_at (walk, i)->parent)
    if (node_at (walk, i)->node->crowd)
      crowd = i;
  return crowd;
}

static gboolean
is_thing (const Walk *walk, int category)
{
  if (category < 0)
    return FALSE;
  const DioCategory *entry = g_ptr_array_index (walk->resolved->scenario->categories, category);
  return entry->thing;
}

static DioVec3
find_front (const Walk *walk, const DioNode *node)
{
  if (node->kind == DIO_NODE_MODEL && node->model.asset != NULL) {
    const DioAsset *asset = dio_scenario_find_asset (walk->resolved->scenario, node->model.asset);
    if (asset != NULL)
      return dio_vec3_normalize (asset->front);
  }
  return dio_vec3 (0, -1, 0);
}

static char *
dup_name (const DioResolvedNode *node)
{
  const DioNode *n = node->node;
  const char *name = n->name != NULL && *n->name != '\0' ? n->name : n->id;
  return node->copy == 0 ? g_strdup (name) : g_strdup_printf ("%s#%u", name, node->copy);
}

static guint
add_instance (const Walk *walk, const Placed *placed, guint64 object_key, char *name)
{
  DioFrameInstance instance = {
    .object_key = object_key,
    .name = name,
    .node_id = g_strdup (placed->node->node->id),
    .copy = placed->node->copy,
    .category = placed->category,
    .thing = placed->thing,
    .world_from_object = placed->world_from_object,
    .scale = placed->scale,
    .front = find_front (walk, placed->node->node),
    .box_object_m = dio_box3_empty (),
  };
  g_array_append_val (walk->frame->instances, instance);
  return walk->frame->instances->len;
}

/* The instance of everything below a crowd group; its pose is the group's. */
static gboolean
join_crowd (Walk *walk, int crowd, Placed *placed, GError **error)
{
  gpointer known = g_hash_table_lookup (walk->crowds, GINT_TO_POINTER (crowd));
  if (known != NULL) {
    placed->instance = GPOINTER_TO_UINT (known);
    return TRUE;
  }
  const DioResolvedNode *group = node_at (walk, crowd);
  Placed as_group = *placed;
  as_group.node = group;
  as_group.category = find_category (walk, group);
  as_group.thing = is_thing (walk, as_group.category);
  DioTrs trs;
  if (!dio_mat4_decompose (&group->world_from_node, &trs)) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "node %s: its world transform has shear",
                 group->node->id);
    return FALSE;
  }
  as_group.scale = trs.scale;
  trs.scale = dio_vec3 (1, 1, 1);
  as_group.world_from_object = dio_mat4_from_trs (&trs);
  placed->instance = add_instance (walk, &as_group, group->object_key, dup_name (group));
  g_array_index (walk->frame->instances, DioFrameInstance, placed->instance - 1).crowd = TRUE;
  g_hash_table_insert (walk->crowds, GINT_TO_POINTER (crowd), GUINT_TO_POINTER (placed->instance));
  return TRUE;
}

static DioGroupLabel
group_label (const Walk *walk, const Placed *placed, guint group)
{
  const DioModelGroup *entry = &g_array_index (placed->model->model->groups, DioModelGroup, group);
  const DioModelProps *props = &placed->node->node->model;
  gpointer value;
  if (props->group_labels != NULL
      && g_hash_table_lookup_extended (props->group_labels, entry->name, NULL, &value))
    return (DioGroupLabel) GPOINTER_TO_INT (value);
  const DioAsset *asset = props->asset != NULL
                              ? dio_scenario_find_asset (walk->resolved->scenario, props->asset)
                              : NULL;
  if (asset != NULL && asset->group_labels != NULL
      && g_hash_table_lookup_extended (asset->group_labels, entry->name, NULL, &value))
    return (DioGroupLabel) GPOINTER_TO_INT (value);
  return entry->label;
}

/* Mixes a group's index into its object's key, so that an `own` group keeps its track id over frames. */
static guint64
own_key (guint64 object_key, guint group)
{
  guint64 x = object_key ^ (0x9e3779b97f4a7c15u * (group + 1));
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

static DioBox3
scaled_box (const DioBox3 *box, DioVec3 s)
{
  DioVec3 a = dio_vec3_mul (box->min, s), b = dio_vec3_mul (box->max, s);
  return (DioBox3){ { fmin (a.x, b.x), fmin (a.y, b.y), fmin (a.z, b.z) },
                    { fmax (a.x, b.x), fmax (a.y, b.y), fmax (a.z, b.z) } };
}

static void
grow_box (const Walk *walk, const Placed *placed, guint instance, const DioBox3 *group_box)
{
  if (dio_box3_is_empty (group_box))
    return;
  DioFrameInstance *entry = &g_array_index (walk->frame->instances, DioFrameInstance, instance - 1);
  DioBox3 box = scaled_box (group_box, placed->scale);
  if (entry->crowd) {
    /* A crowd's box is in the frame of its group node. */
    DioMat4 object_from_world, object_from_model;
    if (dio_mat4_invert_affine (&entry->world_from_object, &object_from_world)) {
      object_from_model = dio_mat4_multiply (&object_from_world, &placed->world_from_object);
      box = dio_box3_transform (&box, &object_from_model);
    }
  }
  dio_box3_add_box (&entry->box_object_m, &box);
}

/* Appends the leaf of @group and returns its id. */
static guint
add_leaf (const Walk *walk, const Placed *placed, guint group)
{
  const DioModelGroup *entry = &g_array_index (placed->model->model->groups, DioModelGroup, group);
  const DioNode *node = placed->node->node;
  DioGroupLabel label = group_label (walk, placed, group);
  g_autofree char *name = dup_name (placed->node);
  DioFrameLeaf leaf = {
    .object_key = placed->node->object_key,
    .instance = placed->instance,
    .instance_occluder = placed->instance,
    .category = placed->category,
    .thing = placed->thing,
    .layer = node->layer,
    .name = g_strdup_printf ("%s/%s", name, entry->name),
    .node_id = g_strdup (node->id),
    .copy = placed->node->copy,
    .group = group,
  };
  if (label == DIO_GROUP_LABEL_EXCLUDE) {
    leaf.instance = 0;
    leaf.category = -1;
    leaf.thing = FALSE;
  } else if (label == DIO_GROUP_LABEL_OWN) {
    leaf.object_key = own_key (placed->node->object_key, group);
    leaf.instance = add_instance (walk, placed, leaf.object_key, g_strdup (leaf.name));
    leaf.instance_occluder = leaf.instance;
  }
  if (leaf.instance > 0)
    grow_box (walk, placed, leaf.instance, &placed->model->group_bounds[group]);
  g_array_append_val (walk->frame->leaves, leaf);
  return walk->frame->leaves->len;
}

/* Materials of a placed model with its overrides; (transfer full), one per material of the model. */
static GPtrArray *
resolve_materials (Walk *walk, const Placed *placed, GError **error)
{
  g_autoptr (GPtrArray) materials =
      g_ptr_array_new_with_free_func ((GDestroyNotify) dio_material_unref);
  for (guint i = 0; i < placed->model->model->materials->len; i++) {
    DioMaterial *material =
        dio_stage_apply_overrides (walk->stage, &placed->node->node->model,
                                   g_ptr_array_index (placed->model->model->materials, i), error);
    if (material == NULL)
      return NULL;
    g_ptr_array_add (materials, material);
  }
  return g_steal_pointer (&materials);
}

/* One leaf per face group that has parts, in order of groups; items in leaf order. */
static gboolean
add_parts (Walk *walk, const Placed *placed, GError **error)
{
  const DioModel *model = placed->model->model;
  g_autoptr (GPtrArray) materials = resolve_materials (walk, placed, error);
  if (materials == NULL)
    return FALSE;

  g_autofree guint *leaves = g_new0 (guint, model->groups->len);
  for (guint group = 0; group < model->groups->len; group++) {
    if (dio_box3_is_empty (&placed->model->group_bounds[group]))
      continue;
    if (walk->frame->leaves->len >= DIO_MAX_LEAF_ID) {
      g_set_error (error, DIO_ERROR, DIO_ERROR_LIMIT,
                   "node %s: the frame has more than %d face groups; join groups (group_by whole) "
                   "or place fewer",
                   placed->node->node->id, DIO_MAX_LEAF_ID);
      return FALSE;
    }
    leaves[group] = add_leaf (walk, placed, group);
  }
  for (guint i = 0; i < model->parts->len; i++) {
    const DioModelPart *part = &g_array_index (model->parts, DioModelPart, i);
    DioFrameItem item = {
      .mesh = dio_mesh_ref (part->mesh),
      .material = dio_material_ref (g_ptr_array_index (materials, part->material)),
      .world_from_mesh = dio_mat4_multiply (&placed->node->world_from_node, &part->model_from_mesh),
      .leaf = leaves[part->group],
    };
    g_array_append_val (walk->frame->items, item);
  }
  return TRUE;
}

static gboolean
place (Walk *walk, const DioResolvedNode *node, GError **error)
{
  Placed placed = { .node = node };
  DioTrs trs;
  if (!dio_mat4_decompose (&node->world_from_node, &trs)) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "node %s: its world transform has shear; scale its ancestors uniformly",
                 node->node->id);
    return FALSE;
  }
  placed.model = dio_stage_get_model (walk->stage, &node->node->model, error);
  if (placed.model == NULL) {
    g_prefix_error (error, "node %s: ", node->node->id);
    return FALSE;
  }
  placed.scale = trs.scale;
  trs.scale = dio_vec3 (1, 1, 1);
  placed.world_from_object = dio_mat4_from_trs (&trs);
  placed.category = find_category (walk, node);
  placed.thing = is_thing (walk, placed.category);

  int crowd = find_crowd (walk, node);
  if (crowd < 0)
    placed.instance = add_instance (walk, &placed, node->object_key, dup_name (node));
  else if (!join_crowd (walk, crowd, &placed, error))
    return FALSE;
  return add_parts (walk, &placed, error);
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const DioFrameItem *x = a, *y = b;
  return (x->leaf > y->leaf) - (x->leaf < y->leaf);
}

gboolean
dio_stage_add_objects (DioStage *stage,
                       const DioResolved *resolved,
                       DioFrame *frame,
                       GError **error)
{
  g_autoptr (GHashTable) crowds = g_hash_table_new (NULL, NULL);
  Walk walk = { stage, resolved, frame, crowds };
  for (guint i = 0; i < resolved->nodes->len; i++) {
    const DioResolvedNode *node = &g_array_index (resolved->nodes, DioResolvedNode, i);
    if (node->node->kind == DIO_NODE_MODEL && node->visible && !place (&walk, node, error))
      return FALSE;
  }
  /* Stable: parts of one leaf keep the order of their model. */
  g_array_sort (frame->items, compare_items);
  return TRUE;
}
