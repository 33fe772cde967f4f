#pragma once
/* Thread: main. Move, rotate and scale as a state machine without a window: pointer positions, modifiers and keys go in, a transform of the
 * world and the figures of the status come out. The caller applies it to the document as it was at the beginning, so nothing adds up.
 *
 *          begin                     point, key                   apply
 *   idle ---------> active --------------------------> active ------------> idle: the caller commits
 *                     |                                        cancel
 *                     +---------------------------------------------------> idle: the caller puts the old document back
 *
 * Pixels and views are those of dio-edit-navigation.h. */

#include "dio-edit-navigation.h"
#include "dio-scene-scenario.h"

G_BEGIN_DECLS

typedef enum {
  DIO_EDIT_TOOL_SELECT, /**< no handles */
  DIO_EDIT_TOOL_MOVE,
  DIO_EDIT_TOOL_ROTATE,
  DIO_EDIT_TOOL_SCALE,
} DioEditToolKind;

/** What moves: nothing is held, one axis, or the plane across one axis. */
typedef enum {
  DIO_EDIT_FREE, /**< in the picture's plane; rotates about the line of sight; scales evenly */
  DIO_EDIT_AXIS_X,
  DIO_EDIT_AXIS_Y,
  DIO_EDIT_AXIS_Z,
  DIO_EDIT_PLANE_X, /**< across x: y and z move */
  DIO_EDIT_PLANE_Y,
  DIO_EDIT_PLANE_Z,
} DioEditConstraint;

#define DIO_EDIT_SNAP_MOVE_M 0.1
#define DIO_EDIT_SNAP_ROTATE_DEG 15
#define DIO_EDIT_SNAP_SCALE 0.1

/** How a use of a tool begins. */
typedef struct {
  DioEditToolKind kind; /**< not SELECT */
  DioEditConstraint constraint;
  /** TRUE: constraints follow @q_wxyz_local, which turns the local axes into the world; FALSE: the world's axes. X, Y, Z pressed again switch. */
  gboolean local;
  DioQuat q_wxyz_local;
  DioVec3 pivot_m; /**< world */
  DioEditView view;
  double x_px, y_px; /**< where the pointer is */
} DioEditToolStart;

typedef struct DioEditTool DioEditTool;

DioEditTool *dio_edit_tool_new (void) G_GNUC_WARN_UNUSED_RESULT;
void dio_edit_tool_free (DioEditTool *tool);
/** A use that was active is forgotten. */
void dio_edit_tool_begin (DioEditTool *tool, const DioEditToolStart *start);
gboolean dio_edit_tool_is_active (const DioEditTool *tool);
DioEditToolKind dio_edit_tool_get_kind (const DioEditTool *tool);
DioEditConstraint dio_edit_tool_get_constraint (const DioEditTool *tool);
gboolean dio_edit_tool_is_local (const DioEditTool *tool);
DioVec3 dio_edit_tool_get_pivot (const DioEditTool *tool);

/** The pointer moved. @snap rounds the result to steps (0.1 m, 15 degrees, 0.1), @fine makes motion ten times slower from here on, without a jump.
 * While a number is typed the pointer does nothing. TRUE where the result changed. */
gboolean dio_edit_tool_point (
    DioEditTool *tool, double x_px, double y_px, gboolean snap, gboolean fine);
/** The pointer was let go and taken up elsewhere, or the view changed: goes on from there. */
void dio_edit_tool_regrab (DioEditTool *tool, const DioEditView *view, double x_px, double y_px);
/** A character: x y z hold an axis (@shift: the plane across it), again: local or world, a third time: free; digits, '.', ',', '-' type the amount,
 * 8 (backspace) takes back. g r s change to another tool from the beginning. FALSE for what the tool does not know. */
gboolean dio_edit_tool_key (DioEditTool *tool, gunichar character, gboolean shift);
/** Ends the use; the transform stays readable. FALSE from apply where nothing would change. */
gboolean dio_edit_tool_apply (DioEditTool *tool);
void dio_edit_tool_cancel (DioEditTool *tool);

/** Where a node that was at @world_from_node is now. Scales act along the node's own axes, so that nothing is ever sheared; its place is scaled about the
 * pivot. */
DioMat4 dio_edit_tool_transform (const DioEditTool *tool, const DioMat4 *world_from_node);
/** @before (the document at the beginning) with the nodes of @ids transformed; nodes below others of the list are carried. */
DioScenario *dio_edit_tool_edit (const DioEditTool *tool,
                                 DioScenario *before,
                                 const char *const *ids,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** The amount as numbers: metres along the axes of the constraint's frame, radians in [0], or factors. */
void dio_edit_tool_get_amount (const DioEditTool *tool, double amount[static 3]);
/** For the status, the same in every language: what moves, is turned about or scaled, "X", "XY", "" = nothing is held. Static. */
const char *dio_edit_tool_get_axes (const DioEditTool *tool);
/** For the status, the same in every language: "1.50, 0.20 m", "45.0°", "1.20", or in brackets what was typed so far. */
char *dio_edit_tool_dup_amount (const DioEditTool *tool) G_GNUC_WARN_UNUSED_RESULT;

/* -- Handles ------------------------------------------------------------------------------------------------------- */

/** Size of handles on the screen, in pixels at scale 1. */
#define DIO_EDIT_HANDLE_LENGTH_PX 90.0
#define DIO_EDIT_HANDLE_REACH_PX 8.0

typedef struct {
  DioEditToolKind kind;
  DioEditConstraint constraint;
  gboolean hit;
} DioEditHandle;

/** The handles of @start's tool at its pivot: which one lies under the start's pointer (the nearest within reach; planes and the middle win over axes only where no
 * axis is in reach). @scale is that of the screen (2 on HiDPI). */
DioEditHandle dio_edit_handle_pick (const DioEditToolStart *start, double scale);

/** A line of a handle in pixels, for drawing: axes are arrows of two points, rotations are rings, planes closed squares. */
#define DIO_EDIT_HANDLE_MAX_POINTS 65
typedef struct {
  DioEditConstraint constraint;
  guint n_points;
  double xy_px[DIO_EDIT_HANDLE_MAX_POINTS][2];
  gboolean front[DIO_EDIT_HANDLE_MAX_POINTS]; /**< of rings: on the near side of the pivot */
  gboolean closed, filled;
  double facing; /**< 0 = edge-on and not to be drawn, 1 = seen well: fade with it */
} DioEditHandleShape;
/** At most 7 shapes; returns how many. Hit testing uses the same ones. */
#define DIO_EDIT_HANDLE_MAX_SHAPES 7
guint dio_edit_handle_list_shapes (const DioEditToolStart *start,
                                   double scale,
                                   DioEditHandleShape shapes[static DIO_EDIT_HANDLE_MAX_SHAPES]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioEditTool, dio_edit_tool_free)

G_END_DECLS
