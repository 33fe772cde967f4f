#define G_LOG_DOMAIN "dio-viewport"

#include "dio-edit-bind.h"
#include "dio-edit-nodes.h"
#include "dio-viewport-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MERGE_KEY "viewport-tool"

static const char *
get_path (DioEditToolKind kind)
{
  switch (kind) {
  case DIO_EDIT_TOOL_ROTATE:
    return "rotation";
  case DIO_EDIT_TOOL_SCALE:
    return "scale";
  case DIO_EDIT_TOOL_MOVE:
  case DIO_EDIT_TOOL_SELECT:
  default:
    return "translation";
  }
}

/* In the frame's view what a randomizer draws does not follow the hand: that is said instead of moving what is not seen. */
static gboolean
refuse_randomized (DioViewportCanvas *self, DioEditToolKind kind, const char *id)
{
  const DioScenario *scenario = dio_session_get_scenario (self->session);
  if (!dio_session_get_frame_view (self->session))
    return FALSE;
  g_auto (GStrv) bindings = dio_edit_list_bindings (scenario, id, get_path (kind));
  if (bindings == NULL || bindings[0] == NULL)
    return FALSE;
  const char *name = bindings[0];
  for (guint i = 0; i < scenario->randomizers->len; i++) {
    const DioRandomizer *randomizer = g_ptr_array_index (scenario->randomizers, i);
    if (g_str_equal (randomizer->id, bindings[0]) && randomizer->name != NULL
        && *randomizer->name != '\0')
      name = randomizer->name;
  }
  g_autofree char *text = dio_viewport_dup_drawn_note (kind, name);
  dio_viewport_canvas_note (self, text);
  return TRUE;
}

gboolean
dio_viewport_tool_is_active (DioViewportCanvas *self)
{
  return self->tool_before != NULL;
}

static void
show_status (DioViewportCanvas *self)
{
  dio_viewport_canvas_take_status (self, dio_viewport_dup_tool_status (self->tool));
}

gboolean
dio_viewport_tool_begin (DioViewportCanvas *self,
                         DioEditToolKind kind,
                         DioEditConstraint constraint)
{
  DioSelection *selection = dio_session_get_selection (self->session);
  DioScenario *scenario = dio_session_get_scenario (self->session);
  DioEditToolKind before = self->kind;
  DioEditToolStart start;
  dio_viewport_tool_cancel (self);
  self->kind = kind;
  gboolean found = dio_viewport_handles_get_start (self, &start);
  self->kind = before;
  if (!found) {
    dio_viewport_canvas_note (self, _ ("Select an object first."));
    return FALSE;
  }
  const char *active = dio_selection_get_active (selection);
  if (refuse_randomized (self, kind, active))
    return FALSE;
  start.constraint = constraint;
  /* Without a pointer in the widget (a command) the use starts at the pivot. */
  double xy[2] = { start.x_px, start.y_px };
  if (isnan (self->x) && dio_edit_view_project (&start.view, start.pivot_m, xy, NULL)) {
    start.x_px = xy[0];
    start.y_px = xy[1];
  }
  self->tool_ids = dio_edit_list_tops (scenario, dio_selection_get_ids (selection));
  self->tool_before = dio_scenario_ref (scenario);
  dio_viewport_find_pose (self, active, &self->tool_pivot_world);
  self->tool_view = start.view;
  dio_edit_tool_begin (self->tool, &start);
  dio_session_begin_drag (self->session);
  show_status (self);
  dio_viewport_canvas_tool_changed (self);
  return TRUE;
}

/* The document as the tool leaves it; the result follows as a draft. */
static void
commit (DioViewportCanvas *self)
{
  g_autoptr (GError) error = NULL;
  DioScenario *next = dio_edit_tool_edit (self->tool, self->tool_before,
                                          (const char *const *) self->tool_ids, &error);
  if (next == NULL) {
    dio_viewport_canvas_note (self, error->message);
    return;
  }
  g_autofree char *name = dio_viewport_dup_tool_step (
      dio_edit_tool_get_kind (self->tool), self->tool_before, (const char *const *) self->tool_ids);
  dio_session_commit (self->session, next, name, MERGE_KEY);
}

void
dio_viewport_tool_point (DioViewportCanvas *self, double x, double y, GdkModifierType state)
{
  DioViewportEye eye;
  if (!dio_viewport_tool_is_active (self) || !dio_viewport_eye_get (self, &eye))
    return;
  /* Who turns the view in between goes on from there. */
  if (memcmp (&eye.view, &self->tool_view, sizeof eye.view) != 0) {
    self->tool_view = eye.view;
    dio_edit_tool_regrab (self->tool, &eye.view, x - eye.x, y - eye.y);
  }
  gboolean snap = self->snapping != ((state & GDK_CONTROL_MASK) != 0);
  if (!dio_edit_tool_point (self->tool, x - eye.x, y - eye.y, snap, (state & GDK_SHIFT_MASK) != 0))
    return;
  commit (self);
  show_status (self);
}

static void
finish (DioViewportCanvas *self)
{
  g_clear_pointer (&self->tool_before, dio_scenario_unref);
  g_clear_pointer (&self->tool_ids, g_strfreev);
  dio_session_end_merge (self->session);
  dio_session_end_drag (self->session);
  dio_viewport_canvas_take_status (self, NULL);
  dio_viewport_canvas_tool_changed (self);
}

void
dio_viewport_tool_apply (DioViewportCanvas *self)
{
  if (!dio_viewport_tool_is_active (self))
    return;
  /* Every step was committed as it came. */
  dio_edit_tool_apply (self->tool);
  finish (self);
}

void
dio_viewport_tool_cancel (DioViewportCanvas *self)
{
  if (!dio_viewport_tool_is_active (self))
    return;
  dio_edit_tool_cancel (self->tool);
  gboolean changed = dio_session_get_scenario (self->session) != self->tool_before;
  /* First inactive: what hears of the change must not think that the use goes on. */
  g_clear_pointer (&self->tool_before, dio_scenario_unref);
  if (changed)
    dio_session_cancel_merge (self->session);
  finish (self);
}

gboolean
dio_viewport_tool_key (DioViewportCanvas *self, gunichar character, GdkModifierType state)
{
  if (!dio_viewport_tool_is_active (self)
      || !dio_edit_tool_key (self->tool, character, (state & GDK_SHIFT_MASK) != 0))
    return FALSE;
  commit (self);
  show_status (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return TRUE;
}

void
dio_viewport_tool_set_kind (DioViewportCanvas *self, DioEditToolKind kind)
{
  dio_viewport_tool_cancel (self);
  self->kind = kind;
  self->hot = (DioEditHandle){ 0 };
  dio_viewport_handles_hover (self, self->x, self->y);
  dio_viewport_canvas_tool_changed (self);
}
