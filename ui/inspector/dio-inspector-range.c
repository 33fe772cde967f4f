#define G_LOG_DOMAIN "dio-inspector"

/* The ends of the range behind a number that is drawn: they are dragged in the field. */

#include "dio-inspector-row-private.h"

#include "dio-edit-shift.h"
#include "dio-number-field.h"

#include <math.h>

#define REACH_PX 8.0
#define THRESHOLD_PX 3.0

/* The drag of a field. */
typedef struct {
  DioInspectorRow *row; /**< borrowed: the field belongs to it */
  DioScenario *before;  /**< (nullable) as the drag began */
  guint end;            /**< 0 = lower, 1 = upper */
  double ends[2], per_px;
  gboolean moved;
} Drag;

static void
drag_free (gpointer data)
{
  Drag *drag = data;
  g_clear_pointer (&drag->before, dio_scenario_unref);
  g_free (drag);
}

/* Which end lies at @x; -1 = none. */
static int
find_end (DioNumberField *field, double x, double ends[static 2], double *per_px)
{
  graphene_rect_t area;
  if (!dio_number_field_get_sparkline (field, &area, &ends[0], &ends[1]) || area.size.width < 1)
    return -1;
  double left = fabs (x - area.origin.x), right = fabs (x - area.origin.x - area.size.width);
  *per_px = (ends[1] - ends[0]) / area.size.width;
  return MIN (left, right) > REACH_PX ? -1 : left < right ? 0 : 1;
}

static void
begin_cb (GtkGestureDrag *gesture, double x, double y, Drag *drag)
{
  GtkWidget *field = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  int end = find_end (DIO_NUMBER_FIELD (field), x, drag->ends, &drag->per_px);
  g_clear_pointer (&drag->before, dio_scenario_unref);
  drag->moved = FALSE;
  if (end < 0) {
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
    return;
  }
  drag->end = (guint) end;
  drag->before =
      dio_scenario_ref (dio_session_get_scenario (dio_inspector_row_get_session (drag->row)));
}

static void
update_cb (GtkGestureDrag *gesture, double dx, double dy, Drag *drag)
{
  if (drag->before == NULL || (!drag->moved && fabs (dx) < THRESHOLD_PX))
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  drag->moved = TRUE;
  double ends[2] = { drag->ends[0], drag->ends[1] };
  ends[drag->end] += dx * drag->per_px;
  DioSession *session = dio_inspector_row_get_session (drag->row);
  const char *active = dio_selection_get_active (dio_session_get_selection (session));
  g_autoptr (GError) error = NULL;
  /* Ends do not pass each other, and nothing leaves what the property allows. */
  DioScenario *next =
      active != NULL && ends[0] < ends[1] ? dio_edit_set_drawn_ends (
          drag->before, active, dio_inspector_row_get_path (drag->row), ends, &error)
                                          : NULL;
  if (next != NULL)
    dio_inspector_row_commit_shift (drag->row, next);
}

static void
end_cb (GtkGestureDrag *gesture, double dx, double dy, Drag *drag)
{
  if (drag->moved)
    dio_inspector_row_end (drag->row);
  drag->moved = FALSE;
  g_clear_pointer (&drag->before, dio_scenario_unref);
}

static void
motion_cb (GtkEventControllerMotion *motion, double x, double y, DioNumberField *field)
{
  double ends[2], per_px;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (field),
                                   find_end (field, x, ends, &per_px) >= 0 ? "ew-resize" : NULL);
}

void
dio_inspector_range_attach (DioInspectorRow *row, GtkWidget *field)
{
  Drag *drag = g_new0 (Drag, 1);
  drag->row = row;
  g_object_set_data_full (G_OBJECT (field), "range-drag", drag, drag_free);
  GtkGesture *gesture = gtk_gesture_drag_new ();
  gtk_event_controller_set_name (GTK_EVENT_CONTROLLER (gesture), "range");
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (gesture), GTK_PHASE_CAPTURE);
  g_signal_connect (gesture, "drag-begin", G_CALLBACK (begin_cb), drag);
  g_signal_connect (gesture, "drag-update", G_CALLBACK (update_cb), drag);
  g_signal_connect (gesture, "drag-end", G_CALLBACK (end_cb), drag);
  gtk_widget_add_controller (field, GTK_EVENT_CONTROLLER (gesture));
  GtkEventController *motion = gtk_event_controller_motion_new ();
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), field);
  gtk_widget_add_controller (field, motion);
}
