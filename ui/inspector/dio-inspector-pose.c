#define G_LOG_DOMAIN "dio-inspector"

/* Places and turns as people read them: in the parent's space or the world's, angles about X, Y and Z. */

#include "dio-inspector-value-private.h"

#include "dio-core-pose.h"

#include <math.h>

DioMat4
dio_inspector_get_world_from_parent (DioScenario *scenario, const DioNode *node)
{
  DioMat4 world = dio_mat4_identity ();
  const DioNode *parent = dio_scenario_find_node (scenario, node->parent);
  while (parent != NULL) {
    DioMat4 step = dio_mat4_from_trs (&parent->parent_from_node);
    world = dio_mat4_multiply (&step, &world);
    parent = dio_scenario_find_node (scenario, parent->parent);
  }
  return world;
}

/* Parents have uniform scale, so that their rotation splits off. */
static DioQuat
get_world_turn (const DioMat4 *world_from_parent)
{
  DioTrs trs;
  return dio_mat4_decompose (world_from_parent, &trs) ? trs.q_wxyz : dio_quat_identity ();
}

void
dio_inspector_angles_from_quat (DioQuat q, double angles_rad[static 3])
{
  double sine = 2 * (q.w * q.y - q.z * q.x);
  sine = CLAMP (sine, -1, 1);
  angles_rad[1] = asin (sine);
  if (fabs (sine) > 1 - 1e-9) {
    /* X and Z turn about the same axis here; all of it is given to Z. */
    angles_rad[0] = 0;
    angles_rad[2] = atan2 (2 * (q.w * q.z - q.x * q.y), 1 - 2 * (q.x * q.x + q.z * q.z));
    return;
  }
  angles_rad[0] = atan2 (2 * (q.w * q.x + q.y * q.z), 1 - 2 * (q.x * q.x + q.y * q.y));
  angles_rad[2] = atan2 (2 * (q.w * q.z + q.x * q.y), 1 - 2 * (q.y * q.y + q.z * q.z));
}

void
dio_inspector_get_position (DioScenario *scenario,
                            const DioNode *node,
                            DioInspectorSpace space,
                            double out[static 3])
{
  DioVec3 p = node->parent_from_node.translation_m;
  if (space == DIO_INSPECTOR_WORLD) {
    DioMat4 world = dio_inspector_get_world_from_parent (scenario, node);
    p = dio_mat4_transform_point (&world, p);
  }
  out[0] = p.x;
  out[1] = p.y;
  out[2] = p.z;
}

void
dio_inspector_get_angles (DioScenario *scenario,
                          const DioNode *node,
                          DioInspectorSpace space,
                          double out[static 3])
{
  DioQuat q = node->parent_from_node.q_wxyz;
  if (space == DIO_INSPECTOR_WORLD) {
    DioMat4 world = dio_inspector_get_world_from_parent (scenario, node);
    q = dio_quat_multiply (get_world_turn (&world), q);
  }
  dio_inspector_angles_from_quat (q, out);
}

static DioScenario *
move_node (DioScenario *scenario,
           const DioNode *node,
           DioInspectorSpace space,
           guint index,
           double value_m,
           GError **error)
{
  double p[3];
  dio_inspector_get_position (scenario, node, space, p);
  p[index] = value_m;
  if (space == DIO_INSPECTOR_WORLD) {
    DioMat4 world = dio_inspector_get_world_from_parent (scenario, node), inverse;
    if (dio_mat4_invert_affine (&world, &inverse)) {
      DioVec3 local = dio_mat4_transform_point (&inverse, (DioVec3){ p[0], p[1], p[2] });
      p[0] = local.x;
      p[1] = local.y;
      p[2] = local.z;
    }
  }
  return dio_inspector_with_vector (scenario, node->id, "translation", p, 3, error);
}

DioScenario *
dio_inspector_with_angles (DioScenario *scenario,
                           const char *id,
                           DioInspectorSpace space,
                           const double angles_rad[static 3],
                           GError **error)
{
  DioQuat q = dio_quat_from_yaw_pitch_roll (angles_rad[2], angles_rad[1], angles_rad[0]);
  const DioNode *node = dio_scenario_find_node (scenario, id);
  if (space == DIO_INSPECTOR_WORLD && node != NULL) {
    DioMat4 world = dio_inspector_get_world_from_parent (scenario, node);
    DioQuat turn = get_world_turn (&world);
    q = dio_quat_multiply ((DioQuat){ turn.w, -turn.x, -turn.y, -turn.z }, q);
  }
  double numbers[4] = { q.w, q.x, q.y, q.z };
  return dio_inspector_with_vector (scenario, id, "rotation", numbers, 4, error);
}

static DioScenario *
turn_node (DioScenario *scenario,
           const DioNode *node,
           DioInspectorSpace space,
           guint index,
           double angle_rad,
           GError **error)
{
  double angles[3];
  dio_inspector_get_angles (scenario, node, space, angles);
  angles[index] = angle_rad;
  return dio_inspector_with_angles (scenario, node->id, space, angles, error);
}

typedef DioScenario *(*EditFunc) (DioScenario *scenario,
                                  const DioNode *node,
                                  DioInspectorSpace space,
                                  guint index,
                                  double value,
                                  GError **error);

typedef struct {
  EditFunc edit;
  DioInspectorSpace space;
  guint index;
  double value;
} PoseEdit;

static DioScenario *
edit_all (DioScenario *scenario, const char *const *ids, const PoseEdit *edit, GError **error)
{
  g_autoptr (DioScenario) edited = dio_scenario_ref (scenario);
  for (guint i = 0; ids[i] != NULL; i++) {
    const DioNode *node = dio_scenario_find_node (edited, ids[i]);
    if (node == NULL)
      continue;
    DioScenario *next = edit->edit (edited, node, edit->space, edit->index, edit->value, error);
    if (next == NULL)
      return NULL;
    dio_scenario_unref (edited);
    edited = next;
  }
  return g_steal_pointer (&edited);
}

DioScenario *
dio_inspector_with_position (DioScenario *scenario,
                             const char *const *ids,
                             DioInspectorSpace space,
                             guint index,
                             double value_m,
                             GError **error)
{
  PoseEdit edit = { move_node, space, index, value_m };
  return edit_all (scenario, ids, &edit, error);
}

DioScenario *
dio_inspector_with_angle (DioScenario *scenario,
                          const char *const *ids,
                          DioInspectorSpace space,
                          guint index,
                          double angle_rad,
                          GError **error)
{
  PoseEdit edit = { turn_node, space, index, angle_rad };
  return edit_all (scenario, ids, &edit, error);
}
