#pragma once
/* Thread: main. The state of a tool. Private to app/edit. */

#include "dio-edit-tool.h"

G_BEGIN_DECLS

#define DIO_EDIT_TOOL_MAX_TYPED 16

struct DioEditTool {
  gboolean active;
  DioEditToolStart start;
  DioEditConstraint constraint;
  gboolean local;
  guint presses; /**< of the axis key that holds */
  /** The pointer: where it was last, and where a pointer would be that had moved at full speed all the time. */
  double last_px[2], grab_px[2], virtual_px[2];
  gboolean snap, fine;
  /** What was moved before the last regrab: metres in the world, radians, a factor. */
  DioVec3 base_m;
  double base_rad, base_factor;
  double turned_rad; /**< by the pointer since */
  char typed[DIO_EDIT_TOOL_MAX_TYPED + 1];
};

/** The axes of the constraints, as unit vectors in the world. */
DioVec3 dio_edit_tool_get_axis (const DioEditTool *tool, guint axis);
/** The axis that a constraint names, 0 to 2; 3 for FREE. */
guint dio_edit_constraint_get_axis (DioEditConstraint constraint);
/** Whether the axis moves under the constraint. */
gboolean dio_edit_constraint_moves (DioEditConstraint constraint, guint axis);
/** TRUE where the typed text is a number. */
gboolean dio_edit_tool_get_typed (const DioEditTool *tool, double *value);

G_END_DECLS
