#define G_LOG_DOMAIN "dio-viewport"

#include "dio-edit-nodes.h"
#include "dio-viewport-private.h"

#include <glib/gi18n-lib.h>

/* What tools say: whole sentences for each, so that every language finds its own order of words. */

static char *
dup_step_of_one (DioEditToolKind kind, const char *name)
{
  switch (kind) {
  case DIO_EDIT_TOOL_ROTATE:
    /* Translators: an undo step; an object's name follows */
    return g_strdup_printf (_ ("Rotate %s"), name);
  case DIO_EDIT_TOOL_SCALE:
    /* Translators: an undo step; an object's name follows */
    return g_strdup_printf (_ ("Scale %s"), name);
  case DIO_EDIT_TOOL_MOVE:
  case DIO_EDIT_TOOL_SELECT:
  default:
    /* Translators: an undo step; an object's name follows */
    return g_strdup_printf (_ ("Move %s"), name);
  }
}

static const char *
get_step_of_many (DioEditToolKind kind, guint n)
{
  switch (kind) {
  case DIO_EDIT_TOOL_ROTATE:
    return ngettext ("Rotate %u Object", "Rotate %u Objects", n);
  case DIO_EDIT_TOOL_SCALE:
    return ngettext ("Scale %u Object", "Scale %u Objects", n);
  case DIO_EDIT_TOOL_MOVE:
  case DIO_EDIT_TOOL_SELECT:
  default:
    return ngettext ("Move %u Object", "Move %u Objects", n);
  }
}

char *
dio_viewport_dup_tool_step (DioEditToolKind kind,
                            const DioScenario *scenario,
                            const char *const *ids)
{
  guint n = g_strv_length ((GStrv) ids);
  const DioNode *node = n == 1 ? dio_scenario_find_node (scenario, ids[0]) : NULL;
  if (node != NULL)
    return dup_step_of_one (kind, dio_edit_get_node_title (node));
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (get_step_of_many (kind, n), n);
#pragma GCC diagnostic pop
}

char *
dio_viewport_dup_shift_step (const char *randomizer)
{
  /* Translators: an undo step; the name of a randomizer follows */
  return g_strdup_printf (_ ("Shift Range of %s"), randomizer);
}

static char *
dup_status_along (DioEditToolKind kind, const char *axes, const char *amount)
{
  switch (kind) {
  case DIO_EDIT_TOOL_ROTATE:
    /* Translators: what a tool does: an axis such as "X", then an angle */
    return g_strdup_printf (_ ("Rotate about %s: %s"), axes, amount);
  case DIO_EDIT_TOOL_SCALE:
    /* Translators: what a tool does: axes such as "X" or "XY", then a factor */
    return g_strdup_printf (_ ("Scale along %s: %s"), axes, amount);
  case DIO_EDIT_TOOL_MOVE:
  case DIO_EDIT_TOOL_SELECT:
  default:
    /* Translators: what a tool does: axes such as "X" or "XY", then lengths */
    return g_strdup_printf (_ ("Move along %s: %s"), axes, amount);
  }
}

static char *
dup_status_free (DioEditToolKind kind, const char *amount)
{
  switch (kind) {
  case DIO_EDIT_TOOL_ROTATE:
    /* Translators: what a tool does: an angle follows */
    return g_strdup_printf (_ ("Rotate: %s"), amount);
  case DIO_EDIT_TOOL_SCALE:
    /* Translators: what a tool does: a factor follows */
    return g_strdup_printf (_ ("Scale: %s"), amount);
  case DIO_EDIT_TOOL_MOVE:
  case DIO_EDIT_TOOL_SELECT:
  default:
    /* Translators: what a tool does: lengths along X, Y and Z follow */
    return g_strdup_printf (_ ("Move: %s"), amount);
  }
}

char *
dio_viewport_dup_tool_status (const DioEditTool *tool)
{
  const char *axes = dio_edit_tool_get_axes (tool);
  g_autofree char *amount = dio_edit_tool_dup_amount (tool);
  if (axes[0] == '\0')
    return dup_status_free (dio_edit_tool_get_kind (tool), amount);
  g_autofree char *text = dup_status_along (dio_edit_tool_get_kind (tool), axes, amount);
  /* Translators: what a tool does, along the axes of the object itself and not those of the world */
  return dio_edit_tool_is_local (tool) ? g_strdup_printf (_ ("%s (local axes)"), text)
                                       : g_steal_pointer (&text);
}

char *
dio_viewport_dup_drawn_note (DioEditToolKind kind, const char *randomizer)
{
  switch (kind) {
  case DIO_EDIT_TOOL_ROTATE:
    return g_strdup_printf (_ ("Rotation is drawn by “%s”. Switch to Base to edit it."),
                            randomizer);
  case DIO_EDIT_TOOL_SCALE:
    return g_strdup_printf (_ ("Scale is drawn by “%s”. Switch to Base to edit it."), randomizer);
  case DIO_EDIT_TOOL_MOVE:
  case DIO_EDIT_TOOL_SELECT:
  default:
    return g_strdup_printf (_ ("Position is drawn by “%s”. Switch to Base to edit it."),
                            randomizer);
  }
}
