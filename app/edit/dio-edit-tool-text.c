#define G_LOG_DOMAIN "dio-edit"

/* What a tool says while it is used, but for the words. */

#include "dio-core-math.h"
#include "dio-edit-tool-private.h"

static const char *const frees[] = { "", "X", "Y", "Z", "YZ", "XZ", "XY" };
/* Turning in a plane is turning about what stands across it. */
static const char *const turns[] = { "", "X", "Y", "Z", "X", "Y", "Z" };

static void
append_number (GString *text, const char *format, double value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  /* A rounded nothing has no sign. */
  if (value > -0.0005 && value < 0.0005)
    value = 0;
  g_string_append (text, g_ascii_formatd (number, sizeof number, format, value));
}

static void
append_amount (GString *text, const DioEditTool *tool)
{
  double amount[3];
  dio_edit_tool_get_amount (tool, amount);
  if (tool->start.kind == DIO_EDIT_TOOL_ROTATE) {
    append_number (text, "%.1f", amount[0] * 180 / DIO_PI);
    return;
  }
  gboolean first = TRUE;
  for (guint i = 0; i < 3; i++) {
    if (!dio_edit_constraint_moves (tool->constraint, i))
      continue;
    g_string_append (text, first ? "" : ", ");
    append_number (text, "%.2f", amount[i]);
    first = FALSE;
    /* One factor is all there is to say of a scale. */
    if (tool->start.kind == DIO_EDIT_TOOL_SCALE)
      break;
  }
}

const char *
dio_edit_tool_get_axes (const DioEditTool *tool)
{
  g_return_val_if_fail (tool != NULL, "");
  return tool->start.kind == DIO_EDIT_TOOL_ROTATE ? turns[tool->constraint]
                                                  : frees[tool->constraint];
}

char *
dio_edit_tool_dup_amount (const DioEditTool *tool)
{
  g_return_val_if_fail (tool != NULL, NULL);
  GString *text = g_string_new (NULL);
  if (tool->typed[0] != '\0')
    g_string_append_printf (text, "[%s]", tool->typed);
  else
    append_amount (text, tool);
  if (tool->start.kind == DIO_EDIT_TOOL_ROTATE)
    g_string_append (text, "°");
  else if (tool->start.kind == DIO_EDIT_TOOL_MOVE)
    g_string_append (text, " m");
  return g_string_free (text, FALSE);
}
