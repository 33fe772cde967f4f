#define G_LOG_DOMAIN "dio-viewport"

#include "dio-edit-nodes.h"
#include "dio-edit-shift.h"
#include "dio-viewport-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

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

/* -- What a randomizer draws ---------------------------------------------------------------------------------------- */

/* In the frame's view what is drawn follows the hand by its range. */
static const DioRandomizer *
find_drawing (DioViewportCanvas *self, DioEditToolKind kind, const char *id)
{
  if (!dio_session_get_frame_view (self->session))
    return NULL;
  return dio_edit_find_drawing (dio_session_get_scenario (self->session), id, get_path (kind));
}

static const char *
get_randomizer_name (const DioRandomizer *randomizer)
{
  return randomizer->name != NULL && *randomizer->name != '\0' ? randomizer->name : randomizer->id;
}

/* What has no range that could be shifted is not moved: that is said instead of moving what is not seen. */
static gboolean
refuse_randomized (DioViewportCanvas *self, DioEditToolKind kind, const char *const *ids)
{
  DioScenario *scenario = dio_session_get_scenario (self->session);
  const DioEditShift nothing = { .path = get_path (kind), .factor = 1 };
  for (guint i = 0; ids[i] != NULL; i++) {
    const DioRandomizer *randomizer = find_drawing (self, kind, ids[i]);
    if (randomizer == NULL)
      continue;
    g_autoptr (DioScenario) same = dio_edit_shift_drawn (scenario, ids[i], &nothing, NULL);
    if (same != NULL)
      continue;
    g_autofree char *text = dio_viewport_dup_drawn_note (kind, get_randomizer_name (randomizer));
    dio_viewport_canvas_note (self, text);
    return TRUE;
  }
  return FALSE;
}

/* What the tool does, as a shift of ranges; @pivot_world is where the active object was. */
static DioEditShift
get_shift (DioViewportCanvas *self)
{
  double amount[3];
  const DioMat4 *was = &self->tool_pivot_world;
  DioMat4 now = dio_edit_tool_transform (self->tool, was);
  dio_edit_tool_get_amount (self->tool, amount);
  DioEditToolKind kind = dio_edit_tool_get_kind (self->tool);
  /* One factor is drawn for all axes, whichever of them is held. */
  double factor = 1;
  for (guint i = 0; i < 3; i++)
    if (fabs (amount[i] - 1) > fabs (factor - 1))
      factor = amount[i];
  return (DioEditShift){ .path = get_path (kind),
                         .offset_m = { now.m[12] - was->m[12], now.m[13] - was->m[13],
                                       now.m[14] - was->m[14] },
                         .amount = amount[0],
                         .factor = kind == DIO_EDIT_TOOL_SCALE ? factor : 1 };
}

/* Takes @scenario. Every randomizer of what is drawn is shifted once, however many of its targets are held. */
static DioScenario *
shift_drawn (DioViewportCanvas *self, DioScenario *scenario, const GPtrArray *drawn, GError **error)
{
  const DioEditShift shift = get_shift (self);
  g_autoptr (GHashTable) done = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (DioScenario) edited = scenario;
  for (guint i = 0; i < drawn->len; i++) {
    const DioRandomizer *randomizer =
        dio_edit_find_drawing (self->tool_before, drawn->pdata[i], shift.path);
    if (randomizer == NULL || !g_hash_table_add (done, randomizer->id))
      continue;
    DioScenario *next = dio_edit_shift_drawn (edited, drawn->pdata[i], &shift, error);
    if (next == NULL)
      return NULL;
    dio_scenario_unref (edited);
    edited = next;
  }
  return g_steal_pointer (&edited);
}

/* The document as the tool leaves it; @drawn gets the ids that move by their ranges. */
static DioScenario *
edit (DioViewportCanvas *self, GPtrArray *drawn, GError **error)
{
  DioEditToolKind kind = dio_edit_tool_get_kind (self->tool);
  g_autoptr (GPtrArray) free_ids = g_ptr_array_new ();
  for (guint i = 0; self->tool_ids[i] != NULL; i++)
    g_ptr_array_add (find_drawing (self, kind, self->tool_ids[i]) != NULL ? drawn : free_ids,
                     self->tool_ids[i]);
  gboolean any_free = free_ids->len > 0;
  g_ptr_array_add (free_ids, NULL);
  DioScenario *next = any_free ? dio_edit_tool_edit (self->tool, self->tool_before,
                                                     (const char *const *) free_ids->pdata, error)
                               : dio_scenario_ref (self->tool_before);
  return next != NULL && drawn->len > 0 ? shift_drawn (self, next, drawn, error) : next;
}

/* -- Uses ----------------------------------------------------------------------------------------------------------- */

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
  DioEditToolStart start;
  dio_viewport_tool_cancel (self);
  if (!dio_viewport_handles_get_use (self, kind, &start)) {
    dio_viewport_canvas_note (self, _ ("Select an object first."));
    return FALSE;
  }
  const char *active = dio_selection_get_active (selection);
  g_auto (GStrv) ids = dio_edit_list_tops (scenario, dio_selection_get_ids (selection));
  if (refuse_randomized (self, kind, (const char *const *) ids))
    return FALSE;
  start.constraint = constraint;
  /* A yaw that is drawn turns about the vertical. */
  if (kind == DIO_EDIT_TOOL_ROTATE && find_drawing (self, kind, active) != NULL) {
    start.constraint = DIO_EDIT_AXIS_Z;
    start.local = FALSE;
  }
  /* Without a pointer in the widget (a command) the use starts at the pivot. */
  double xy[2] = { start.x_px, start.y_px };
  if (isnan (self->x) && dio_edit_view_project (&start.view, start.pivot_m, xy, NULL)) {
    start.x_px = xy[0];
    start.y_px = xy[1];
  }
  self->tool_ids = g_steal_pointer (&ids);
  self->tool_before = dio_scenario_ref (scenario);
  dio_viewport_find_current_pose (self, active, &self->tool_pivot_world);
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
  g_autoptr (GPtrArray) drawn = g_ptr_array_new ();
  DioScenario *next = edit (self, drawn, &error);
  if (next == NULL) {
    dio_viewport_canvas_note (self, error->message);
    return;
  }
  DioEditToolKind kind = dio_edit_tool_get_kind (self->tool);
  const DioRandomizer *randomizer =
      drawn->len > 0 ? dio_edit_find_drawing (self->tool_before, drawn->pdata[0], get_path (kind))
                     : NULL;
  g_autofree char *name = randomizer != NULL
                              ? dio_viewport_dup_shift_step (get_randomizer_name (randomizer))
                              : dio_viewport_dup_tool_step (kind, self->tool_before,
                                                            (const char *const *) self->tool_ids);
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

/* Whether a yaw that is drawn is turned: about no other axis, by no other tool. */
static gboolean
is_held_upright (DioViewportCanvas *self)
{
  return dio_edit_tool_get_kind (self->tool) == DIO_EDIT_TOOL_ROTATE
         && find_drawing (self, DIO_EDIT_TOOL_ROTATE, self->tool_ids[0]) != NULL;
}

gboolean
dio_viewport_tool_key (DioViewportCanvas *self, gunichar character, GdkModifierType state)
{
  if (dio_viewport_tool_is_active (self) && is_held_upright (self)
      && strchr ("xXyYzZgGrRsS", (int) MIN (character, 127)) != NULL && character != 0) {
    dio_viewport_canvas_note (self, _ ("What is drawn turns about Z only."));
    return TRUE;
  }
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
