#define G_LOG_DOMAIN "dio-randomize"

#include "dio-randomize-private.h"

#include "dio-core-error.h"
#include "dio-core-vec.h"

#include <math.h>

/* Counters hold 16 bits of copy. */
#define MAX_COPIES 65536u
/* A frame with more nodes than this would not fit its leaf ids either. */
#define MAX_WORKS 262144u
/* Relative difference of scales that counts as rounding. */
#define UNIFORM_TOLERANCE 1e-6

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
    /* The first instance is the scenario's own node, which outlives the build. */
    g_hash_table_insert (build->instances, node->id, instances);
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
copy_one (DioBuild *build, DioWork *work, DioWork *parent, GError **error)
{
  if (!has_room (build, work, error))
    return NULL;
  /* Both share the node until one of them is written to. */
  work->editable = FALSE;
  return add_work (build, work->node, parent);
}

/* Level by level rather than by recursion: a document may be as deep as it has nodes. */
DioWork *
dio_build_add_copy (DioBuild *build, DioWork *work, GError **error)
{
  g_autoptr (GPtrArray) sources = g_ptr_array_new ();
  g_autoptr (GPtrArray) copies = g_ptr_array_new ();
  DioWork *top = copy_one (build, work, work->parent, error);
  if (top == NULL)
    return NULL;
  g_ptr_array_add (sources, work);
  g_ptr_array_add (copies, top);
  for (guint i = 0; i < sources->len; i++) {
    const DioWork *source = g_ptr_array_index (sources, i);
    for (guint k = 0; k < source->children->len; k++) {
      DioWork *child = g_ptr_array_index (source->children, k);
      if (is_unique (child->node))
        continue;
      DioWork *copy = copy_one (build, child, g_ptr_array_index (copies, i), error);
      if (copy == NULL)
        return NULL;
      g_ptr_array_add (sources, child);
      g_ptr_array_add (copies, copy);
    }
  }
  return top;
}

DioMat4
dio_work_world_from_node (const DioWork *work)
{
  DioMat4 outer_from_node = dio_mat4_from_trs (&work->node->parent_from_node);
  for (const DioWork *outer = work->parent; outer != NULL; outer = outer->parent) {
    DioMat4 next_from_outer = dio_mat4_from_trs (&outer->node->parent_from_node);
    outer_from_node = dio_mat4_multiply (&next_from_outer, &outer_from_node);
  }
  return outer_from_node;
}

/* A similarity needs one positive scale; a mirrored or stretched node has none. */
static gboolean
is_similarity (DioVec3 scale)
{
  double tolerance = UNIFORM_TOLERANCE * scale.x;
  return scale.x > 0 && fabs (scale.y - scale.x) <= tolerance
         && fabs (scale.z - scale.x) <= tolerance;
}

gboolean
dio_work_world_from_parent (const DioWork *work, DioSimilarity *out, GError **error)
{
  *out = (DioSimilarity){ dio_quat_identity (), { 0, 0, 0 }, 1 };
  for (const DioWork *outer = work->parent; outer != NULL; outer = outer->parent) {
    const DioTrs *trs = &outer->node->parent_from_node;
    if (!is_similarity (trs->scale)) {
      g_set_error (
          error, DIO_ERROR, DIO_ERROR_INVALID,
          "node \"%s\" hangs below \"%s\", which is mirrored or stretched, so it cannot be "
          "placed in the world; scale that one evenly",
          work->node->id, outer->node->id);
      return FALSE;
    }
    DioSimilarity next = { trs->q_wxyz, trs->translation_m, trs->scale.x };
    out->t_m = dio_similarity_apply (&next, out->t_m);
    out->q_wxyz = dio_quat_normalize (dio_quat_multiply (next.q_wxyz, out->q_wxyz));
    out->s *= next.s;
  }
  return TRUE;
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
can_measure (const DioBuild *build, const DioWork *work, GError **error)
{
  if (build->environment != NULL && build->environment->get_bounds != NULL)
    return TRUE;
  g_set_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED,
               "the bounds of node \"%s\" are needed, but nothing here can load its model",
               work->node->id);
  return FALSE;
}

/** One node on the way through a subtree. */
typedef struct {
  const DioWork *work;
  DioMat4 top_from_node;
} Visit;

static gboolean
add_own_box (const DioBuild *build, const Visit *visit, DioBox3 *out, GError **error)
{
  DioBox3 own;
  if (visit->work->node->kind != DIO_NODE_MODEL)
    return TRUE;
  if (!build->environment->get_bounds (build->environment->user, visit->work->node, &own, error))
    return FALSE;
  if (!dio_box3_is_empty (&own)) {
    DioBox3 moved = dio_box3_transform (&own, &visit->top_from_node);
    dio_box3_add_box (out, &moved);
  }
  return TRUE;
}

gboolean
dio_work_get_bounds (DioBuild *build, const DioWork *work, DioBox3 *out, GError **error)
{
  *out = dio_box3_empty ();
  if (!can_measure (build, work, error))
    return FALSE;
  g_autoptr (GArray) visits = g_array_new (FALSE, FALSE, sizeof (Visit));
  Visit visit = { work, dio_mat4_identity () };
  g_array_append_val (visits, visit);
  for (guint i = 0; i < visits->len; i++) {
    visit = g_array_index (visits, Visit, i);
    if (!add_own_box (build, &visit, out, error))
      return FALSE;
    for (guint k = 0; k < visit.work->children->len; k++) {
      Visit next = { g_ptr_array_index (visit.work->children, k), dio_mat4_identity () };
      DioMat4 node_from_child = dio_mat4_from_trs (&next.work->node->parent_from_node);
      next.top_from_node = dio_mat4_multiply (&visit.top_from_node, &node_from_child);
      if (next.work->node->visible)
        g_array_append_val (visits, next);
    }
  }
  return TRUE;
}

gboolean
dio_work_get_own_bounds (DioBuild *build, const DioWork *work, DioBox3 *out, GError **error)
{
  if (work->node->kind != DIO_NODE_MODEL)
    return dio_work_get_bounds (build, work, out, error);
  return can_measure (build, work, error)
         && build->environment->get_bounds (build->environment->user, work->node, out, error);
}
