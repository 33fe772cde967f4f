/* The commands of the desk. */
#define G_LOG_DOMAIN "dio-desk"

#include "dio-desk-actions-private.h"

#include <glib/gi18n-lib.h>

#define REVIEW N_ ("Review")
#define VERDICT N_ ("Verdict")
#define UNDECIDED (1u << DIO_REVIEW_UNDECIDED)

static void
accept_cb (gpointer page)
{
  dio_desk_page_decide (page, DIO_REVIEW_ACCEPTED, NULL);
}

static void
reject_again_cb (gpointer page)
{
  dio_desk_page_reject (page, ((DioDeskPage *) page)->last_reason);
}

#define REJECT(N)                                                                                  \
  static void reject_##N##_cb (gpointer page)                                                      \
  {                                                                                                \
    dio_desk_page_reject (page, N - 1);                                                            \
  }
REJECT (1)
REJECT (2)
REJECT (3)
REJECT (4)
REJECT (5)
REJECT (6)
REJECT (7)
REJECT (8)
REJECT (9)

static void
flag_cb (gpointer page)
{
  dio_desk_page_decide (page, DIO_REVIEW_FLAGGED, NULL);
}

static void
clear_cb (gpointer page)
{
  dio_desk_page_decide (page, DIO_REVIEW_UNDECIDED, NULL);
}

static void
comment_cb (gpointer page)
{
  dio_desk_details_focus_comment (((DioDeskPage *) page)->details);
}

static void
next_cb (gpointer page)
{
  dio_desk_page_step (page, 1, 0);
}

static void
previous_cb (gpointer page)
{
  dio_desk_page_step (page, -1, 0);
}

static void
next_undecided_cb (gpointer page)
{
  dio_desk_page_step (page, 1, UNDECIDED);
}

static void
previous_undecided_cb (gpointer page)
{
  dio_desk_page_step (page, -1, UNDECIDED);
}

static void
large_cb (gpointer page)
{
  dio_desk_page_open_large (page);
}

/* One step a press: out of the large view, then the selection. */
static void
back_cb (gpointer page)
{
  DioDeskPage *self = page;
  DioDeskModel *model = dio_desk_grid_get_model (self->grid);
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->views), "grid") != 0)
    dio_desk_page_show_grid (self);
  else if (model != NULL)
    gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (model));
}

static void
unit_cb (gpointer page)
{
  DioDeskFilters *filters = ((DioDeskPage *) page)->filters;
  dio_desk_filters_set_unit (filters, dio_desk_filters_get_unit (filters) == DIO_REVIEW_FRAMES
                                          ? DIO_REVIEW_OBJECTS
                                          : DIO_REVIEW_FRAMES);
}

static void
zoom_cb (gpointer page)
{
  if (dio_desk_page_is_large (page))
    dio_desk_viewer_cycle_zoom (((DioDeskPage *) page)->viewer);
}

static void
find_cb (gpointer page)
{
  dio_desk_filters_focus_search (((DioDeskPage *) page)->filters);
}

static void
clear_filters_cb (gpointer page)
{
  dio_desk_filters_clear (((DioDeskPage *) page)->filters);
}

#define QUEUE(NAME, QUEUE_ID)                                                                      \
  static void queue_##NAME##_cb (gpointer page)                                                    \
  {                                                                                                \
    dio_desk_queues_set_queue (((DioDeskPage *) page)->queues, QUEUE_ID);                          \
  }
QUEUE (all, DIO_DESK_QUEUE_ALL)
QUEUE (failed, DIO_DESK_QUEUE_FAILED)
QUEUE (outliers, DIO_DESK_QUEUE_OUTLIERS)
QUEUE (audit, DIO_DESK_QUEUE_AUDIT)

static void
grid_cb (gpointer page)
{
  dio_desk_page_show_grid (page);
}

static void
statistics_cb (gpointer page)
{
  dio_desk_page_show_statistics (page);
}

static void
accept_rest_cb (gpointer page)
{
  dio_desk_page_accept_rest (page);
}

static void
report_cb (gpointer page)
{
  dio_desk_page_write_report (page);
}

static void
show_report_cb (gpointer page)
{
  dio_desk_page_show_report (page);
}

static void
cause_cb (gpointer page)
{
  dio_desk_page_open_cause (page);
}

static void
undo_cb (gpointer page)
{
  dio_desk_page_undo (page);
}

static void
redo_cb (gpointer page)
{
  dio_desk_page_redo (page);
}

static const DioActionInfo actions[] = {
  { "desk-accept", N_ ("Accept"), VERDICT, NULL, "a", accept_cb, NULL, 1 },
  { "desk-reject", N_ ("Reject with the Last Reason"), VERDICT, NULL, "r", reject_again_cb, NULL,
    1 },
  { "desk-flag", N_ ("Flag"), VERDICT, NULL, "x", flag_cb, NULL, 1 },
  { "desk-clear", N_ ("Clear Verdict"), VERDICT, NULL, "u", clear_cb, NULL, 1 },
  { "desk-comment", N_ ("Write a Comment"), VERDICT, NULL, "t", comment_cb, NULL, 1 },
  { "desk-accept-rest", N_ ("Accept the Rest of the Page"), VERDICT, NULL, NULL, accept_rest_cb,
    NULL, 1 },
  { "desk-undo", N_ ("Undo Verdict"), VERDICT, NULL, NULL, undo_cb, NULL, 1 },
  { "desk-redo", N_ ("Redo Verdict"), VERDICT, NULL, NULL, redo_cb, NULL, 1 },
  { "desk-reject-1", N_ ("Reject: Wrong Box, Mask or Category"), VERDICT, NULL, "1", reject_1_cb,
    NULL, 2 },
  { "desk-reject-2", N_ ("Reject: Something Is Not Labelled"), VERDICT, NULL, "2", reject_2_cb,
    NULL, 2 },
  { "desk-reject-3", N_ ("Reject: Hardly Visible"), VERDICT, NULL, "3", reject_3_cb, NULL, 2 },
  { "desk-reject-4", N_ ("Reject: Inside Another Object"), VERDICT, NULL, "4", reject_4_cb, NULL,
    2 },
  { "desk-reject-5", N_ ("Reject: Floating or Wrongly Placed"), VERDICT, NULL, "5", reject_5_cb,
    NULL, 2 },
  { "desk-reject-6", N_ ("Reject: Missing or Wrong Material"), VERDICT, NULL, "6", reject_6_cb,
    NULL, 2 },
  { "desk-reject-7", N_ ("Reject: Badly Lit"), VERDICT, NULL, "7", reject_7_cb, NULL, 2 },
  { "desk-reject-8", N_ ("Reject: Faults in the Picture"), VERDICT, NULL, "8", reject_8_cb, NULL,
    2 },
  { "desk-reject-9", N_ ("Reject: Would Not Occur in Reality"), VERDICT, NULL, "9", reject_9_cb,
    NULL, 2 },
  { "desk-next", N_ ("Next Item"), REVIEW, NULL, "Right", next_cb, NULL, 3 },
  { "desk-previous", N_ ("Previous Item"), REVIEW, NULL, "Left", previous_cb, NULL, 3 },
  { "desk-next-undecided", N_ ("Next Undecided"), REVIEW, NULL, "<Shift>Right", next_undecided_cb,
    NULL, 3 },
  { "desk-previous-undecided", N_ ("Previous Undecided"), REVIEW, NULL, "<Shift>Left",
    previous_undecided_cb, NULL, 3 },
  { "desk-large", N_ ("Show Large"), REVIEW, NULL, "Return|KP_Enter", large_cb, NULL, 4 },
  { "desk-back", N_ ("Back to the Grid"), REVIEW, NULL, "Escape", back_cb, NULL, 4 },
  { "desk-grid", N_ ("Show Grid"), REVIEW, NULL, "g", grid_cb, NULL, 4 },
  { "desk-statistics", N_ ("Show Statistics"), REVIEW, NULL, "s", statistics_cb, NULL, 4 },
  { "desk-unit", N_ ("Switch Pictures and Objects"), REVIEW, NULL, "i", unit_cb, NULL, 4 },
  { "desk-zoom", N_ ("Next Zoom"), REVIEW, NULL, "f", zoom_cb, NULL, 4 },
  { "desk-find", N_ ("Find"), REVIEW, NULL, "<Control>f", find_cb, NULL, 5 },
  { "desk-clear-filters", N_ ("Clear Filters"), REVIEW, NULL, NULL, clear_filters_cb, NULL, 5 },
  { "desk-queue-all", N_ ("Queue: All"), REVIEW, NULL, NULL, queue_all_cb, NULL, 5 },
  { "desk-queue-failed", N_ ("Queue: Failed Checks"), REVIEW, NULL, NULL, queue_failed_cb, NULL,
    5 },
  { "desk-queue-outliers", N_ ("Queue: Outliers"), REVIEW, NULL, NULL, queue_outliers_cb, NULL, 5 },
  { "desk-queue-audit", N_ ("Queue: Random Audit"), REVIEW, NULL, NULL, queue_audit_cb, NULL, 5 },
  { "desk-open-cause", N_ ("Open Cause"), REVIEW, NULL, "e", cause_cb, NULL, 6 },
  { "desk-report", N_ ("Write Review Report…"), REVIEW, NULL, NULL, report_cb, NULL, 6 },
  { "desk-show-report", N_ ("Show the Written Report"), REVIEW, NULL, NULL, show_report_cb, NULL,
    6 },
  { NULL },
};

void
dio_desk_page_update_actions (DioDeskPage *self)
{
  if (self->registry == NULL)
    return;
  gboolean any =
      dio_desk_page_get_list (self) != NULL && dio_desk_data_get_verdicts (self->data) != NULL;
  for (const DioActionInfo *action = actions; action->name != NULL; action++)
    dio_action_registry_set_enabled (self->registry, action->name, any);
  dio_action_registry_set_enabled (self->registry, "desk-show-report", self->report != NULL);
  dio_action_registry_set_enabled (self->registry, "desk-undo", self->can_undo);
  dio_action_registry_set_enabled (self->registry, "desk-redo", self->can_redo);
}

/* The grid would extend its selection with Shift and an arrow: what has a key on the page goes there first. */
static gboolean
grid_key_cb (GtkEventControllerKey *controller,
             guint key,
             guint code,
             GdkModifierType state,
             DioDeskPage *self)
{
  gboolean across = key == GDK_KEY_Left || key == GDK_KEY_Right;
  return across && (state & gtk_accelerator_get_default_mod_mask ()) == GDK_SHIFT_MASK
         && gtk_event_controller_key_forward (controller, GTK_WIDGET (self));
}

static void
catch_keys_of_grid (DioDeskPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (grid_key_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->grid), keys);
}

void
dio_desk_page_add_actions (DioDeskPage *self, DioActionRegistry *registry)
{
  g_return_if_fail (DIO_IS_DESK_PAGE (self));

  self->registry = registry;
  dio_action_registry_add (registry, actions, G_OBJECT (self), GTK_WIDGET (self));
  catch_keys_of_grid (self);
  dio_desk_page_update_actions (self);
}
