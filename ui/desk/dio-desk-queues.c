#define G_LOG_DOMAIN "dio-desk"

#include "dio-desk-queues.h"

#include "dio-desk-text.h"
#include "dio-review-bound.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* So many without a reject say that less than 1 % are bad, with 95 % confidence. */
#define START_N 299
#define MOST_N 100000

struct _DioDeskQueues {
  GtkBox parent_instance;

  GtkToggleButton *buttons[DIO_DESK_N_QUEUES];
  GtkSpinButton *n, *seed;
  GtkWidget *numbers, *seed_box;
  GtkLabel *progress;
  GtkMenuButton *causes;
  guint settle;
};

G_DEFINE_FINAL_TYPE (DioDeskQueues, dio_desk_queues, GTK_TYPE_BOX)

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

DioDeskQueue
dio_desk_queues_get_queue (DioDeskQueues *self)
{
  g_return_val_if_fail (DIO_IS_DESK_QUEUES (self), DIO_DESK_QUEUE_ALL);

  for (guint i = 0; i < DIO_DESK_N_QUEUES; i++)
    if (gtk_toggle_button_get_active (self->buttons[i]))
      return (DioDeskQueue) i;
  return DIO_DESK_QUEUE_ALL;
}

void
dio_desk_queues_set_queue (DioDeskQueues *self, DioDeskQueue queue)
{
  g_return_if_fail (DIO_IS_DESK_QUEUES (self) && queue < DIO_DESK_N_QUEUES);

  gtk_toggle_button_set_active (self->buttons[queue], TRUE);
}

void
dio_desk_queues_get (DioDeskQueues *self, DioDeskQuery *query)
{
  g_return_if_fail (DIO_IS_DESK_QUEUES (self) && query != NULL);

  query->queue = dio_desk_queues_get_queue (self);
  query->n = (guint) gtk_spin_button_get_value_as_int (self->n);
  query->seed = (guint64) gtk_spin_button_get_value_as_int (self->seed);
}

char *
dio_desk_queues_dup_audit (const DioReviewAudit *audit)
{
  g_return_val_if_fail (audit != NULL, NULL);

  if (audit->decided == 0)
    return g_strdup_printf (_ ("Audit 0 of %" PRIu64), audit->n);
  double percent;
  int decimals = dio_review_bound_to_percent (audit->upper, &percent);
  return g_strdup_printf (
      _ ("Audit %" PRIu64 " of %" PRIu64 ", %" PRIu64 " rejected, error < %.*f %% (95 %%)"),
      audit->decided, audit->n, audit->rejected, decimals, percent);
}

static char *
dup_progress (DioDeskData *data, const DioReviewList *list)
{
  DioReviewProgress progress;
  dio_review_verdicts_get_progress (dio_desk_data_get_verdicts (data), list->unit, &progress);
  guint64 decided = 0;
  for (guint i = DIO_REVIEW_UNDECIDED + 1; i < DIO_REVIEW_N_STATES; i++)
    decided += progress.states[i];
  g_autofree char *n = dio_desk_text_dup_count (decided);
  g_autofree char *of = dio_desk_text_dup_count (decided + progress.states[DIO_REVIEW_UNDECIDED]);
  g_autofree char *rejected = dio_desk_text_dup_count (progress.states[DIO_REVIEW_REJECTED]);
  return g_strdup_printf (_ ("%s of %s decided, %s rejected"), n, of, rejected);
}

void
dio_desk_queues_show_progress (DioDeskQueues *self, DioDeskData *data, DioReviewList *list)
{
  g_return_if_fail (DIO_IS_DESK_QUEUES (self));

  g_autofree char *text = NULL;
  if (data == NULL || list == NULL || dio_desk_data_get_verdicts (data) == NULL)
    text = g_strdup ("");
  else if (dio_desk_queues_get_queue (self) == DIO_DESK_QUEUE_AUDIT) {
    DioReviewAudit audit;
    dio_review_sample_evaluate (list, dio_desk_data_get_verdicts (data), &audit);
    text = dio_desk_queues_dup_audit (&audit);
  } else
    text = dup_progress (data, list);
  gtk_label_set_text (self->progress, text);
}

GtkMenuButton *
dio_desk_queues_get_causes (DioDeskQueues *self)
{
  g_return_val_if_fail (DIO_IS_DESK_QUEUES (self), NULL);

  return self->causes;
}

/* -- Building ------------------------------------------------------------------------------------------------------- */

static void
toggled_cb (GtkToggleButton *button, DioDeskQueues *self)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  DioDeskQueue queue = dio_desk_queues_get_queue (self);
  gtk_widget_set_visible (self->numbers,
                          queue == DIO_DESK_QUEUE_OUTLIERS || queue == DIO_DESK_QUEUE_AUDIT);
  gtk_widget_set_visible (self->seed_box, queue == DIO_DESK_QUEUE_AUDIT);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
settled_cb (gpointer user)
{
  DioDeskQueues *self = user;
  self->settle = 0;
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
show_number (DioDeskQueues *self)
{
  g_autofree char *text =
      dio_desk_text_dup_count ((guint64) gtk_spin_button_get_value_as_int (self->n));
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->numbers), text);
}

static void
number_cb (DioDeskQueues *self)
{
  show_number (self);
  g_clear_handle_id (&self->settle, g_source_remove);
  self->settle = g_timeout_add (300, settled_cb, self);
}

static GtkSpinButton *
add_number (DioDeskQueues *self, GtkBox *box, const char *label, double low, double high)
{
  GtkWidget *text = gtk_label_new (label);
  gtk_widget_add_css_class (text, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_box_append (box, text);
  GtkWidget *spin = gtk_spin_button_new_with_range (low, high, 1);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 5);
  dio_desk_text_name (spin, label);
  gtk_widget_set_tooltip_text (spin, label);
  gtk_box_append (box, spin);
  return GTK_SPIN_BUTTON (spin);
}

static void
build_numbers (DioDeskQueues *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->n = add_number (self, GTK_BOX (box), _ ("Number"), 1, MOST_N);
  gtk_spin_button_set_value (self->n, START_N);
  self->seed_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->seed = add_number (self, GTK_BOX (self->seed_box), _ ("Seed"), 0, 999999);
  gtk_spin_button_set_value (self->seed, 1);
  gtk_box_append (GTK_BOX (box), self->seed_box);
  GtkWidget *popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  self->numbers = gtk_menu_button_new ();
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->numbers), popover);
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (self->numbers), GTK_ARROW_UP);
  gtk_widget_set_tooltip_text (self->numbers, _ ("How many, and which sample"));
  gtk_widget_set_visible (self->numbers, FALSE);
  gtk_box_append (GTK_BOX (self), self->numbers);
  show_number (self);
  g_signal_connect_object (self->n, "value-changed", G_CALLBACK (number_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->seed, "value-changed", G_CALLBACK (number_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
build_buttons (DioDeskQueues *self)
{
  const char *labels[] = { _ ("All"), _ ("Failed Checks"), _ ("Outliers"), _ ("Random Audit") };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (box, "linked");
  for (guint i = 0; i < DIO_DESK_N_QUEUES; i++) {
    self->buttons[i] = GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_label (labels[i]));
    if (i > 0)
      gtk_toggle_button_set_group (self->buttons[i], self->buttons[0]);
    gtk_widget_set_focus_on_click (GTK_WIDGET (self->buttons[i]), FALSE);
    gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->buttons[i]));
  }
  gtk_box_append (GTK_BOX (self), box);
}

static void
build (DioDeskQueues *self)
{
  build_buttons (self);
  build_numbers (self);
  self->progress = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->progress, PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (self->progress, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->progress), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->progress), "numeric");
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->progress));
  self->causes = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_label (self->causes, _ ("Causes"));
  gtk_menu_button_set_direction (self->causes, GTK_ARROW_UP);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->causes), _ ("What the rejected have in common"));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->causes));
  GtkWidget *rest = gtk_button_new_with_label (_ ("Accept the Rest"));
  gtk_widget_set_tooltip_text (rest, _ ("Accept what is undecided among the tiles in sight"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (rest), "win.desk-accept-rest");
  gtk_widget_set_focus_on_click (rest, FALSE);
  gtk_box_append (GTK_BOX (self), rest);
  gtk_toggle_button_set_active (self->buttons[0], TRUE);
  for (guint i = 0; i < DIO_DESK_N_QUEUES; i++)
    g_signal_connect_object (self->buttons[i], "toggled", G_CALLBACK (toggled_cb), self, 0);
}

static void
dio_desk_queues_dispose (GObject *object)
{
  g_clear_handle_id (&DIO_DESK_QUEUES (object)->settle, g_source_remove);
  G_OBJECT_CLASS (dio_desk_queues_parent_class)->dispose (object);
}

static void
dio_desk_queues_class_init (DioDeskQueuesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dio_desk_queues_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
dio_desk_queues_init (DioDeskQueues *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 12);
  gtk_widget_set_margin_start (GTK_WIDGET (self), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self), 12);
  gtk_widget_set_margin_top (GTK_WIDGET (self), 6);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self), 6);
  build (self);
}

GtkWidget *
dio_desk_queues_new (void)
{
  return g_object_new (DIO_TYPE_DESK_QUEUES, NULL);
}
