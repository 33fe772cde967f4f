#define G_LOG_DOMAIN "dio-edit"

#include "dio-core-math.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-edit-nodes.h"
#include "dio-edit-private.h"
#include "dio-edit-tool-private.h"
#include "dio-scene-edit.h"

#include <math.h>
#include <string.h>

#define FINE 0.1
#define MIN_FACTOR 0.001
/* Nearer to the pivot a scale would jump with every pixel. */
#define MIN_GRIP_PX 12.0
/* Below this cosine between line of sight and axis of rotation a ring is seen from the side: the pointer then rolls it. */
#define EDGE_ON 0.2
/* Sine below which an axis points so much at the eye that a pixel would mean metres. */
#define MIN_SINE 0.05

DioEditTool *
dio_edit_tool_new (void)
{
  return g_new0 (DioEditTool, 1);
}

void
dio_edit_tool_free (DioEditTool *tool)
{
  g_free (tool);
}

gboolean
dio_edit_tool_is_active (const DioEditTool *tool)
{
  return tool->active;
}

DioEditToolKind
dio_edit_tool_get_kind (const DioEditTool *tool)
{
  return tool->start.kind;
}

DioEditConstraint
dio_edit_tool_get_constraint (const DioEditTool *tool)
{
  return tool->constraint;
}

gboolean
dio_edit_tool_is_local (const DioEditTool *tool)
{
  return tool->local;
}

DioVec3
dio_edit_tool_get_pivot (const DioEditTool *tool)
{
  return tool->start.pivot_m;
}

/* ---- axes ---- */

guint
dio_edit_constraint_get_axis (DioEditConstraint constraint)
{
  switch (constraint) {
  case DIO_EDIT_AXIS_X:
  case DIO_EDIT_PLANE_X:
    return 0;
  case DIO_EDIT_AXIS_Y:
  case DIO_EDIT_PLANE_Y:
    return 1;
  case DIO_EDIT_AXIS_Z:
  case DIO_EDIT_PLANE_Z:
    return 2;
  case DIO_EDIT_FREE:
  default:
    return 3;
  }
}

gboolean
dio_edit_constraint_moves (DioEditConstraint constraint, guint axis)
{
  if (constraint == DIO_EDIT_FREE)
    return TRUE;
  gboolean named = dio_edit_constraint_get_axis (constraint) == axis;
  return constraint >= DIO_EDIT_PLANE_X ? !named : named;
}

DioVec3
dio_edit_tool_get_axis (const DioEditTool *tool, guint axis)
{
  DioVec3 unit = { axis == 0, axis == 1, axis == 2 };
  return tool->local ? dio_quat_rotate (tool->start.q_wxyz_local, unit) : unit;
}

/* From the pivot towards whoever looks. */
static DioVec3
get_towards_eye (const DioEditTool *tool)
{
  const DioMat4 *m = &tool->start.view.world_from_camera;
  DioVec3 back = dio_mat4_transform_vector (m, dio_vec3 (0, 0, 1));
  if (tool->start.view.orthographic)
    return dio_vec3_normalize (back);
  DioVec3 eye = dio_mat4_transform_point (m, dio_vec3 (0, 0, 0));
  DioVec3 way = dio_vec3_sub (eye, tool->start.pivot_m);
  return dio_vec3_length (way) > 0 ? dio_vec3_normalize (way) : dio_vec3_normalize (back);
}

static DioVec3
get_turn_axis (const DioEditTool *tool)
{
  guint axis = dio_edit_constraint_get_axis (tool->constraint);
  return axis < 3 ? dio_edit_tool_get_axis (tool, axis) : get_towards_eye (tool);
}

/* ---- from the pointer ---- */

/* Metres from the pivot to the point of the axis that is nearest to the pointer's ray. */
static gboolean
find_on_axis (const DioEditTool *tool, DioVec3 axis, const double px[2], double *metres)
{
  DioEditRay ray = dio_edit_view_get_ray (&tool->start.view, px[0], px[1]);
  DioVec3 w = dio_vec3_sub (ray.origin_m, tool->start.pivot_m);
  double b = dio_vec3_dot (axis, ray.direction);
  double sine2 = 1 - b * b;
  if (sine2 < MIN_SINE * MIN_SINE)
    return FALSE;
  *metres = (dio_vec3_dot (axis, w) - b * dio_vec3_dot (ray.direction, w)) / sine2;
  double along = (b * dio_vec3_dot (axis, w) - dio_vec3_dot (ray.direction, w)) / sine2;
  return along > 0;
}

static gboolean
find_on_plane (const DioEditTool *tool, DioVec3 normal, const double px[2], DioVec3 *point)
{
  DioEditRay ray = dio_edit_view_get_ray (&tool->start.view, px[0], px[1]);
  if (fabs (dio_vec3_dot (ray.direction, normal)) < MIN_SINE)
    return FALSE;
  return dio_edit_ray_meet_plane (&ray, tool->start.pivot_m, normal, point);
}

/* How far the pointer has moved things since it took hold, in the world; nothing where the view does not say it. */
static DioVec3
get_pointer_move (const DioEditTool *tool)
{
  guint axis = dio_edit_constraint_get_axis (tool->constraint);
  gboolean line = axis < 3 && tool->constraint < DIO_EDIT_PLANE_X;
  if (line) {
    DioVec3 along = dio_edit_tool_get_axis (tool, axis);
    double from, to;
    gboolean found = find_on_axis (tool, along, tool->grab_px, &from)
                     && find_on_axis (tool, along, tool->virtual_px, &to);
    return found ? dio_vec3_scale (along, to - from) : dio_vec3 (0, 0, 0);
  }
  DioVec3 normal = axis < 3 ? dio_edit_tool_get_axis (tool, axis)
                            : dio_mat4_transform_vector (&tool->start.view.world_from_camera,
                                                         dio_vec3 (0, 0, 1));
  DioVec3 from, to;
  gboolean found = find_on_plane (tool, normal, tool->grab_px, &from)
                   && find_on_plane (tool, normal, tool->virtual_px, &to);
  return found ? dio_vec3_sub (to, from) : dio_vec3 (0, 0, 0);
}

static gboolean
get_pivot_px (const DioEditTool *tool, double px[static 2])
{
  return dio_edit_view_project (&tool->start.view, tool->start.pivot_m, px, NULL);
}

/* The turn that one movement of the pointer means. Pixels have y down, so that counter-clockwise is negative there. */
static double
get_turn_step (const DioEditTool *tool, const double from[2], const double to[2])
{
  double pivot[2];
  if (!get_pivot_px (tool, pivot))
    return 0;
  DioVec3 axis = get_turn_axis (tool), eye = get_towards_eye (tool);
  double facing = dio_vec3_dot (axis, eye);
  if (fabs (facing) < EDGE_ON) {
    /* The near side of the ring moves along axis x eye: the pointer drags it there. */
    DioVec3 tangent = dio_vec3_normalize (dio_vec3_cross (axis, eye));
    double metres = dio_edit_view_get_metres_per_pixel (&tool->start.view, tool->start.pivot_m);
    double end[2];
    DioVec3 tip = dio_vec3_add (tool->start.pivot_m, dio_vec3_scale (tangent, metres));
    if (!dio_edit_view_project (&tool->start.view, tip, end, NULL))
      return 0;
    double x = end[0] - pivot[0], y = end[1] - pivot[1];
    return ((to[0] - from[0]) * x + (to[1] - from[1]) * y) / DIO_EDIT_HANDLE_LENGTH_PX;
  }
  double before = dio_atan2 (-(from[1] - pivot[1]), from[0] - pivot[0]);
  double after = dio_atan2 (-(to[1] - pivot[1]), to[0] - pivot[0]);
  double turn = remainder (after - before, 2 * DIO_PI);
  return facing < 0 ? -turn : turn;
}

static double
get_pointer_factor (const DioEditTool *tool)
{
  double pivot[2];
  if (!get_pivot_px (tool, pivot))
    return 1;
  double from = hypot (tool->grab_px[0] - pivot[0], tool->grab_px[1] - pivot[1]);
  double to = hypot (tool->virtual_px[0] - pivot[0], tool->virtual_px[1] - pivot[1]);
  /* Taken at the middle, the way itself scales: 100 pixels double. */
  if (from < MIN_GRIP_PX)
    return MAX (1 + (tool->virtual_px[0] - tool->grab_px[0]) / 100, MIN_FACTOR);
  return MAX (to / from, MIN_FACTOR);
}

/* ---- the amount ---- */

static double
snap_to (const DioEditTool *tool, double value, double step)
{
  if (!tool->snap)
    return value;
  double used = tool->fine ? step * FINE : step;
  return round (value / used) * used;
}

gboolean
dio_edit_tool_get_typed (const DioEditTool *tool, double *value)
{
  char *end = NULL;
  *value = g_ascii_strtod (tool->typed, &end);
  return end != tool->typed && *end == '\0';
}

/* The first axis that the constraint lets move. */
static guint
get_typed_axis (const DioEditTool *tool)
{
  guint axis = 0;
  while (axis < 2 && !dio_edit_constraint_moves (tool->constraint, axis))
    axis++;
  return axis;
}

static void
get_move_amount (const DioEditTool *tool, double amount[static 3])
{
  double typed;
  gboolean has_typed = dio_edit_tool_get_typed (tool, &typed);
  DioVec3 moved = dio_vec3_add (tool->base_m, get_pointer_move (tool));
  for (guint i = 0; i < 3; i++) {
    double along = dio_vec3_dot (moved, dio_edit_tool_get_axis (tool, i));
    amount[i] = snap_to (tool, along, DIO_EDIT_SNAP_MOVE_M);
    if (has_typed)
      amount[i] = i == get_typed_axis (tool) ? typed : 0;
    if (!dio_edit_constraint_moves (tool->constraint, i))
      amount[i] = 0;
  }
}

static double
get_turn_amount (const DioEditTool *tool)
{
  double typed;
  if (dio_edit_tool_get_typed (tool, &typed))
    return typed * DIO_PI / 180;
  return snap_to (tool, tool->base_rad + tool->turned_rad, DIO_EDIT_SNAP_ROTATE_DEG * DIO_PI / 180);
}

static void
get_scale_amount (const DioEditTool *tool, double amount[static 3])
{
  double typed;
  double factor = tool->base_factor * get_pointer_factor (tool);
  factor = snap_to (tool, factor, DIO_EDIT_SNAP_SCALE);
  if (tool->snap)
    factor = MAX (factor, DIO_EDIT_SNAP_SCALE * (tool->fine ? FINE : 1));
  /* A scale of 0 is one that no document may hold. */
  if (dio_edit_tool_get_typed (tool, &typed) && typed != 0)
    factor = typed;
  for (guint i = 0; i < 3; i++)
    amount[i] = dio_edit_constraint_moves (tool->constraint, i) ? factor : 1;
}

void
dio_edit_tool_get_amount (const DioEditTool *tool, double amount[static 3])
{
  amount[0] = amount[1] = amount[2] = 0;
  switch (tool->start.kind) {
  case DIO_EDIT_TOOL_MOVE:
    get_move_amount (tool, amount);
    break;
  case DIO_EDIT_TOOL_ROTATE:
    amount[0] = get_turn_amount (tool);
    break;
  case DIO_EDIT_TOOL_SCALE:
    get_scale_amount (tool, amount);
    break;
  case DIO_EDIT_TOOL_SELECT:
  default:
    break;
  }
}

/* ---- events ---- */

static void
forget_motion (DioEditTool *tool)
{
  tool->base_m = dio_vec3 (0, 0, 0);
  tool->base_rad = tool->turned_rad = 0;
  tool->base_factor = 1;
  tool->typed[0] = '\0';
  for (guint i = 0; i < 2; i++)
    tool->grab_px[i] = tool->virtual_px[i] = tool->last_px[i];
}

void
dio_edit_tool_begin (DioEditTool *tool, const DioEditToolStart *start)
{
  g_return_if_fail (tool != NULL && start != NULL);
  g_return_if_fail (start->kind != DIO_EDIT_TOOL_SELECT);
  *tool = (DioEditTool){ .active = TRUE,
                         .start = *start,
                         .constraint = start->constraint,
                         .local = start->local,
                         .presses = start->constraint == DIO_EDIT_FREE ? 0 : 1,
                         .last_px = { start->x_px, start->y_px } };
  tool->start.q_wxyz_local = dio_quat_normalize (start->q_wxyz_local);
  forget_motion (tool);
}

static gboolean
amount_changed (const DioEditTool *tool, const double before[static 3])
{
  double after[3];
  dio_edit_tool_get_amount (tool, after);
  return memcmp (before, after, sizeof after) != 0;
}

gboolean
dio_edit_tool_point (DioEditTool *tool, double x_px, double y_px, gboolean snap, gboolean fine)
{
  g_return_val_if_fail (tool != NULL, FALSE);
  if (!tool->active)
    return FALSE;
  double before[3];
  dio_edit_tool_get_amount (tool, before);
  const double now[2] = { x_px, y_px };
  double speed = fine ? FINE : 1;
  tool->turned_rad += get_turn_step (tool, tool->last_px, now) * speed;
  for (guint i = 0; i < 2; i++) {
    tool->virtual_px[i] += (now[i] - tool->last_px[i]) * speed;
    tool->last_px[i] = now[i];
  }
  tool->snap = snap;
  tool->fine = fine;
  return amount_changed (tool, before);
}

void
dio_edit_tool_regrab (DioEditTool *tool, const DioEditView *view, double x_px, double y_px)
{
  g_return_if_fail (tool != NULL && view != NULL);
  tool->base_m = dio_vec3_add (tool->base_m, get_pointer_move (tool));
  tool->base_rad += tool->turned_rad;
  tool->turned_rad = 0;
  tool->base_factor *= get_pointer_factor (tool);
  tool->start.view = *view;
  const double now[2] = { x_px, y_px };
  for (guint i = 0; i < 2; i++)
    tool->last_px[i] = tool->grab_px[i] = tool->virtual_px[i] = now[i];
}

/* The first press holds the axis in the frame that the use began with, the second in the other, the third lets go. */
static void
hold (DioEditTool *tool, guint axis, gboolean plane)
{
  DioEditConstraint wanted = (plane ? DIO_EDIT_PLANE_X : DIO_EDIT_AXIS_X) + axis;
  tool->presses = tool->constraint == wanted ? tool->presses + 1 : 1;
  tool->constraint = tool->presses < 3 ? wanted : DIO_EDIT_FREE;
  tool->local = tool->presses == 2 ? !tool->start.local : tool->start.local;
  if (tool->presses == 3)
    tool->presses = 0;
}

static void
type_character (DioEditTool *tool, char c)
{
  gsize length = strlen (tool->typed);
  if (c == '-') {
    /* The sign may come at any time and turns back. */
    if (tool->typed[0] == '-')
      memmove (tool->typed, tool->typed + 1, length);
    else if (length < DIO_EDIT_TOOL_MAX_TYPED) {
      memmove (tool->typed + 1, tool->typed, length + 1);
      tool->typed[0] = '-';
    }
    return;
  }
  gboolean second_point = c == '.' && strchr (tool->typed, '.') != NULL;
  if (length >= DIO_EDIT_TOOL_MAX_TYPED || second_point)
    return;
  tool->typed[length] = c;
  tool->typed[length + 1] = '\0';
}

static gboolean
change_kind (DioEditTool *tool, DioEditToolKind kind)
{
  if (tool->start.kind == kind)
    return TRUE;
  tool->start.kind = kind;
  tool->constraint = DIO_EDIT_FREE;
  tool->presses = 0;
  tool->local = tool->start.local;
  forget_motion (tool);
  return TRUE;
}

gboolean
dio_edit_tool_key (DioEditTool *tool, gunichar character, gboolean shift)
{
  g_return_val_if_fail (tool != NULL, FALSE);
  if (!tool->active)
    return FALSE;
  gunichar c = g_unichar_tolower (character);
  if (c >= 'x' && c <= 'z') {
    hold (tool, c - 'x', shift);
    return TRUE;
  }
  if (c >= '0' && c <= '9') {
    type_character (tool, (char) c);
    return TRUE;
  }
  switch (c) {
  case '.':
  case ',':
    type_character (tool, '.');
    return TRUE;
  case '-':
  case 0x2212: /* the minus sign of typography */
    type_character (tool, '-');
    return TRUE;
  case '\b':
    if (tool->typed[0] != '\0')
      tool->typed[strlen (tool->typed) - 1] = '\0';
    return TRUE;
  case 'g':
    return change_kind (tool, DIO_EDIT_TOOL_MOVE);
  case 'r':
    return change_kind (tool, DIO_EDIT_TOOL_ROTATE);
  case 's':
    return change_kind (tool, DIO_EDIT_TOOL_SCALE);
  default:
    return FALSE;
  }
}

gboolean
dio_edit_tool_apply (DioEditTool *tool)
{
  g_return_val_if_fail (tool != NULL, FALSE);
  gboolean was_active = tool->active;
  double amount[3];
  dio_edit_tool_get_amount (tool, amount);
  double rest = tool->start.kind == DIO_EDIT_TOOL_SCALE ? 1 : 0;
  tool->active = FALSE;
  return was_active && (amount[0] != rest || amount[1] != rest || amount[2] != rest);
}

void
dio_edit_tool_cancel (DioEditTool *tool)
{
  g_return_if_fail (tool != NULL);
  tool->active = FALSE;
  forget_motion (tool);
}

/* ---- what comes out ---- */

static DioVec3
get_offset (const DioEditTool *tool)
{
  double amount[3];
  dio_edit_tool_get_amount (tool, amount);
  DioVec3 offset = { 0, 0, 0 };
  for (guint i = 0; i < 3; i++)
    offset = dio_vec3_add (offset, dio_vec3_scale (dio_edit_tool_get_axis (tool, i), amount[i]));
  return offset;
}

static DioVec3
get_place (const DioMat4 *m)
{
  return dio_vec3 (m->m[12], m->m[13], m->m[14]);
}

static void
set_place (DioMat4 *m, DioVec3 place)
{
  m->m[12] = place.x;
  m->m[13] = place.y;
  m->m[14] = place.z;
}

/* The place scales about the pivot along the axes of the tool, the node itself along its own: along others it would be sheared. */
static DioMat4
scale_node (const DioEditTool *tool, const DioMat4 *world_from_node)
{
  double factors[3];
  dio_edit_tool_get_amount (tool, factors);
  DioVec3 arm = dio_vec3_sub (get_place (world_from_node), tool->start.pivot_m);
  DioVec3 place = tool->start.pivot_m;
  for (guint i = 0; i < 3; i++) {
    DioVec3 axis = dio_edit_tool_get_axis (tool, i);
    place = dio_vec3_add (place, dio_vec3_scale (axis, dio_vec3_dot (arm, axis) * factors[i]));
  }
  DioTrs own = dio_trs_identity ();
  own.scale = dio_vec3 (factors[0], factors[1], factors[2]);
  DioMat4 scale = dio_mat4_from_trs (&own);
  DioMat4 scaled = dio_mat4_multiply (world_from_node, &scale);
  set_place (&scaled, place);
  return scaled;
}

DioMat4
dio_edit_tool_transform (const DioEditTool *tool, const DioMat4 *world_from_node)
{
  g_return_val_if_fail (tool != NULL && world_from_node != NULL, dio_mat4_identity ());
  DioMat4 moved = *world_from_node;
  if (tool->start.kind == DIO_EDIT_TOOL_MOVE) {
    set_place (&moved, dio_vec3_add (get_place (world_from_node), get_offset (tool)));
    return moved;
  }
  if (tool->start.kind == DIO_EDIT_TOOL_SCALE)
    return scale_node (tool, world_from_node);
  DioQuat q = dio_quat_from_axis_angle (get_turn_axis (tool), get_turn_amount (tool));
  DioMat4 turn = dio_mat4_from_quat (q);
  moved = dio_mat4_multiply (&turn, world_from_node);
  DioVec3 arm = dio_vec3_sub (get_place (world_from_node), tool->start.pivot_m);
  set_place (&moved, dio_vec3_add (tool->start.pivot_m, dio_quat_rotate (q, arm)));
  return moved;
}

DioScenario *
dio_edit_tool_edit (const DioEditTool *tool,
                    DioScenario *before,
                    const char *const *ids,
                    GError **error)
{
  g_return_val_if_fail (tool != NULL && before != NULL, NULL);
  if (!dio_edit_check_ids (before, ids, error))
    return NULL;
  g_auto (GStrv) list = dio_edit_list_tops (before, ids);
  const char *const *tops = (const char *const *) list;
  guint n = g_strv_length (list);
  if (tool->start.kind == DIO_EDIT_TOOL_MOVE) {
    g_autofree DioVec3 *offsets = g_new (DioVec3, n);
    for (guint i = 0; i < n; i++)
      offsets[i] = get_offset (tool);
    return dio_edit_offset_nodes (before, tops, offsets, error);
  }
  g_autofree DioMat4 *worlds = g_new (DioMat4, n);
  for (guint i = 0; i < n; i++) {
    DioMat4 world;
    dio_scenario_world_from_node (before, tops[i], &world);
    worlds[i] = dio_edit_tool_transform (tool, &world);
  }
  return dio_edit_set_world_transforms (before, tops, worlds, error);
}
