#define G_LOG_DOMAIN "dio-randomize"

#include "dio-randomize-private.h"

#include "dio-core-error.h"
#include "dio-core-vec.h"

/* Counters hold 16 bits of copy. */
#define MAX_COPIES 65536u
/* A frame with more nodes than this would not fit its leaf ids either. */
#define MAX_WORKS 262144u

static void
work_free (gpointer data)
{
  DioWork *work = data;
  dio_node_unref (work->node);
  g_ptr_array_unref (work->children);
  g_free (work);
}

/* @node becomes the next instance of its id. */
static DioWork *
add_work (DioBuild *build, const DioNode *node, DioWork *parent)
{
  DioWork *work = g_new0 (DioWork, 1);
  work->node = dio_node_ref ((DioNode *) node);
  work->parent = parent;
  work->children = g_ptr_array_new ();
  work->index = build->works->len;
  if (parent != NULL)
    g_ptr_array_add (parent->children, work);
  g_ptr_array_add (build->works, work);

  GPtrArray *instances = g_hash_table_lookup (build->instances, node->id);
  if (instances == NULL) {
    instances = g_ptr_array_new ();
    g_hash_table_insert (build->instances, (gpointer) g_intern_string (node->id), instances);
  }
  work->copy = instances->len;
  g_ptr_array_add (instances, work);
  return work;
}

DioBuild *
dio_build_new (DioScenario *scenario, const DioResolveEnvironment *environment)
{
  DioBuild *build = g_new0 (DioBuild, 1);
  build->scenario = dio_scenario_ref (scenario);
  build->environment = environment;
  build->works = g_ptr_array_new_with_free_func (work_free);
  build->instances =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  build->footprints = g_array_new (FALSE, FALSE, sizeof (DioFootprint));
  build->draws = g_array_new (FALSE, FALSE, sizeof (DioDraw));
  build->diagnostics = dio_diagnostics_new ();
  for (guint i = 0; i < scenario->nodes->len; i++) {
    const DioNode *node = g_ptr_array_index (scenario->nodes, i);
    DioWork *parent = node->parent != NULL ? dio_build_find (build, node->parent, 0) : NULL;
    add_work (build, node, parent);
  }
  return build;
}

void
dio_build_free (DioBuild *build)
{
  if (build == NULL)
    return;
  dio_scenario_unref (build->scenario);
  g_ptr_array_unref (build->works);
  g_hash_table_unref (build->instances);
  g_array_unref (build->footprints);
  g_clear_pointer (&build->draws, g_array_unref);
  dio_diagnostics_free (build->diagnostics);
  g_free (build);
}

DioNode *
dio_work_edit (DioWork *work)
{
  if (!work->editable) {
    DioNode *copy = dio_node_copy (work->node);
    dio_node_unref (work->node);
    work->node = copy;
    work->editable = TRUE;
  }
  return work->node;
}

DioWork *
dio_build_find (DioBuild *build, const char *node_id, guint copy)
{
  const GPtrArray *instances = g_hash_table_lookup (build->instances, node_id);
  if (instances == NULL)
    return NULL;
  return g_ptr_array_index (instances, copy < instances->len ? copy : 0);
}

GPtrArray *
dio_build_list (DioBuild *build, const char *node_id)
{
  GPtrArray *instances = g_hash_table_lookup (build->instances, node_id);
  return instances != NULL ? g_ptr_array_copy (instances, NULL, NULL) : g_ptr_array_new ();
}

static gboolean
has_room (DioBuild *build, const DioWork *work, GError **error)
{
  const GPtrArray *instances = g_hash_table_lookup (build->instances, work->node->id);
  if (instances->len < MAX_COPIES && build->works->len < MAX_WORKS)
    return TRUE;
  g_set_error (error, DIO_ERROR, DIO_ERROR_LIMIT,
               "node \"%s\" would get more than %u copies, or the frame more than %u nodes; draw "
               "smaller counts",
               work->node->id, MAX_COPIES - 1, MAX_WORKS);
  return FALSE;
}

/* A sensor's id names files, and a world has one environment. */
static gboolean
is_unique (const DioNode *node)
{
  return node->kind == DIO_NODE_SENSOR
         || (node->kind == DIO_NODE_LIGHT
             && (node->light.kind == DIO_LIGHT_ENVIRONMENT || node->light.kind == DIO_LIGHT_SKY));
}

static DioWork *
copy_below (DioBuild *build, DioWork *work, DioWork *parent, GError **error)
{
  if (!has_room (build, work, error))
    return NULL;
  /* Both share the node until one of them is written to. */
  work->editable = FALSE;
  DioWork *copy = add_work (build, work->node, parent);
  for (guint i = 0; i < work->children->len; i++) {
    DioWork *child = g_ptr_array_index (work->children, i);
    if (is_unique (child->node))
      continue;
    if (copy_below (build, child, copy, error) == NULL)
      return NULL;
  }
  return copy;
}

DioWork *
dio_build_add_copy (DioBuild *build, DioWork *work, GError **error)
{
  return copy_below (build, work, work->parent, error);
}

DioMat4
dio_work_world_from_node (const DioWork *work)
{
  DioMat4 parent_from_node = dio_mat4_from_trs (&work->node->parent_from_node);
  if (work->parent == NULL)
    return parent_from_node;
  DioMat4 world_from_parent = dio_work_world_from_node (work->parent);
  return dio_mat4_multiply (&world_from_parent, &parent_from_node);
}

DioSimilarity
dio_work_world_from_parent (const DioWork *work)
{
  if (work->parent == NULL)
    return (DioSimilarity){ dio_quat_identity (), { 0, 0, 0 }, 1 };
  DioSimilarity outer = dio_work_world_from_parent (work->parent);
  const DioTrs *trs = &work->parent->node->parent_from_node;
  return (DioSimilarity){ dio_quat_normalize (dio_quat_multiply (outer.q_wxyz, trs->q_wxyz)),
                          dio_similarity_apply (&outer, trs->translation_m),
                          outer.s * trs->scale.x };
}

DioVec3
dio_similarity_apply (const DioSimilarity *world_from_a, DioVec3 p_a)
{
  DioVec3 turned = dio_quat_rotate (world_from_a->q_wxyz, p_a);
  return dio_vec3_add (world_from_a->t_m, dio_vec3_scale (turned, world_from_a->s));
}

DioVec3
dio_similarity_apply_inverse (const DioSimilarity *world_from_a, DioVec3 p_world)
{
  DioVec3 offset = dio_vec3_sub (p_world, world_from_a->t_m);
  DioVec3 turned = dio_quat_rotate (dio_quat_conjugate (world_from_a->q_wxyz), offset);
  return (DioVec3){ turned.x / world_from_a->s, turned.y / world_from_a->s,
                    turned.z / world_from_a->s };
}

DioQuat
dio_quat_conjugate (DioQuat q)
{
  return (DioQuat){ q.w, -q.x, -q.y, -q.z };
}

static gboolean
add_bounds (DioBuild *build,
            const DioWork *work,
            const DioMat4 *top_from_node,
            DioBox3 *out,
            GError **error)
{
  const DioResolveEnvironment *environment = build->environment;
  if (work->node->kind == DIO_NODE_MODEL) {
    DioBox3 own;
    if (!environment->get_bounds (environment->user, work->node, &own, error))
      return FALSE;
    if (!dio_box3_is_empty (&own)) {
      DioBox3 moved = dio_box3_transform (&own, top_from_node);
      dio_box3_add_box (out, &moved);
    }
  }
  for (guint i = 0; i < work->children->len; i++) {
    const DioWork *child = g_ptr_array_index (work->children, i);
    if (!child->node->visible)
      continue;
    DioMat4 node_from_child = dio_mat4_from_trs (&child->node->parent_from_node);
    DioMat4 top_from_child = dio_mat4_multiply (top_from_node, &node_from_child);
    if (!add_bounds (build, child, &top_from_child, out, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
can_measure (const DioBuild *build, const DioWork *work, GError **error)
{
  if (build->environment != NULL && build->environment->get_bounds != NULL)
    return TRUE;
  g_set_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED,
               "the bounds of node \"%s\" are needed, but nothing here can load its model",
               work->node->id);
  return FALSE;
}

gboolean
dio_work_get_bounds (DioBuild *build, const DioWork *work, DioBox3 *out, GError **error)
{
  DioMat4 identity = dio_mat4_identity ();
  *out = dio_box3_empty ();
  return can_measure (build, work, error) && add_bounds (build, work, &identity, out, error);
}

gboolean
dio_work_get_own_bounds (DioBuild *build, const DioWork *work, DioBox3 *out, GError **error)
{
  if (work->node->kind != DIO_NODE_MODEL)
    return dio_work_get_bounds (build, work, out, error);
  return can_measure (build, work, error)
         && build->environment->get_bounds (build->environment->user, work->node, out, error);
}
