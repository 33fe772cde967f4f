/* What the rejected have in common, in a popover of the bottom bar. */
#define G_LOG_DOMAIN "dio-desk"

#include "dio-desk-private.h"

#include "dio-desk-text.h"
#include "dio-review-cause.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#define WIDTH_PX 460
#define HEIGHT_PX 360
#define MOST_SHOWN 30

/** A cause with the filter of all that have it. */
typedef struct {
  char *text;
  guint64 rejected, decided;
  double lift;
  DioReviewFilter filter;
  GArray *rows; /**< of guint32: all with this cause */
} Cause;

/** What the clerk found. */
typedef struct {
  DioReviewUnit unit;
  GPtrArray *causes; /**< of Cause */
  guint64 rejected, decided;
} Causes;

static void
cause_free (gpointer data)
{
  Cause *cause = data;
  dio_review_filter_clear (&cause->filter);
  g_array_unref (cause->rows);
  g_free (cause->text);
  g_free (cause);
}

static void
causes_free (gpointer data)
{
  Causes *causes = data;
  g_ptr_array_unref (causes->causes);
  g_free (causes);
}

static Cause *
create_cause (DioDeskClerk *clerk, DioReviewUnit unit, const DioReviewCause *found)
{
  Cause *cause = g_new0 (Cause, 1);
  dio_review_filter_init (&cause->filter);
  cause->rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  cause->text = dio_review_cause_dup_text (found);
  cause->rejected = found->rejected;
  cause->decided = found->decided;
  cause->lift = found->lift;
  if (!dio_review_cause_to_filter (found, clerk->reader, clerk->table, &cause->filter, NULL)) {
    cause_free (cause);
    return NULL;
  }
  g_autoptr (DioReviewList) list =
      dio_review_list_new (clerk->table, clerk->verdicts, unit, &cause->filter, NULL);
  g_array_append_vals (cause->rows, list->rows, list->n);
  return cause;
}

static void
causes_errand (GTask *task, DioDeskClerk *clerk)
{
  DioReviewUnit unit = (DioReviewUnit) GPOINTER_TO_INT (g_task_get_task_data (task));
  GError *error = NULL;
  DioReviewCauses *found =
      dio_review_causes_find (clerk->reader, clerk->table, clerk->verdicts, unit, &error);
  if (found == NULL) {
    g_task_return_error (task, error);
    return;
  }
  Causes *causes = g_new0 (Causes, 1);
  causes->unit = unit;
  causes->rejected = found->rejected;
  causes->decided = found->decided;
  causes->causes = g_ptr_array_new_with_free_func (cause_free);
  for (guint i = 0; i < MIN (found->causes->len, MOST_SHOWN); i++) {
    Cause *cause = create_cause (clerk, unit, &g_array_index (found->causes, DioReviewCause, i));
    if (cause != NULL)
      g_ptr_array_add (causes->causes, cause);
  }
  dio_review_causes_free (found);
  g_task_return_pointer (task, causes, causes_free);
}

/* -- Popover -------------------------------------------------------------------------------------------------------- */

static GtkBox *
get_box (DioDeskPage *self)
{
  GtkPopover *popover = gtk_menu_button_get_popover (dio_desk_queues_get_causes (self->queues));
  return g_object_get_data (G_OBJECT (popover), "dio-box");
}

static void
empty (GtkBox *box)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static void
say (GtkBox *box, const char *text)
{
  empty (box);
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_vexpand (label, TRUE);
  gtk_box_append (box, label);
}

static void
popdown (DioDeskPage *self)
{
  gtk_menu_button_popdown (dio_desk_queues_get_causes (self->queues));
}

static const Cause *
get_cause (GtkWidget *button, DioReviewUnit *unit)
{
  GtkBox *box = GTK_BOX (gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW) != NULL
                             ? g_object_get_data (G_OBJECT (button), "dio-box")
                             : NULL);
  const Causes *causes = g_object_get_data (G_OBJECT (box), "dio-causes");
  *unit = causes->unit;
  return g_ptr_array_index (causes->causes,
                            GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "dio-index")));
}

static void
show_cb (GtkWidget *button, DioDeskPage *self)
{
  DioReviewUnit unit;
  const Cause *cause = get_cause (button, &unit);
  dio_desk_filters_set_unit (self->filters, unit);
  dio_desk_filters_set_extra (self->filters, &cause->filter, cause->text);
  dio_desk_page_show_grid (self);
  popdown (self);
}

static void
reject_cb (GtkWidget *button, DioDeskPage *self)
{
  DioReviewUnit unit;
  const Cause *cause = get_cause (button, &unit);
  DioReviewDecision decision = { .state = DIO_REVIEW_REJECTED, .comment = cause->text };
  guint n;
  decision.reason = dio_review_get_reasons (&n)[self->last_reason].name;
  popdown (self);
  dio_desk_page_decide_rows (self, unit, cause->rows, &decision);
}

static GtkWidget *
make_button (DioDeskPage *self, GtkBox *box, guint index, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (button), "dio-index", GUINT_TO_POINTER (index));
  g_object_set_data (G_OBJECT (button), "dio-box", box);
  g_signal_connect_object (button, "clicked", callback, self, 0);
  return button;
}

static GtkWidget *
make_row (DioDeskPage *self, GtkBox *box, guint index, const Cause *cause)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_margin_start (line, 9);
  gtk_widget_set_margin_end (line, 6);
  gtk_widget_set_margin_top (line, 6);
  gtk_widget_set_margin_bottom (line, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_hexpand (texts, TRUE);
  g_autofree char *facts =
      g_strdup_printf (_ ("%" PRIu64 " of %" PRIu64 " rejected, %.1f times as often as all"),
                       cause->rejected, cause->decided, cause->lift);
  GtkWidget *name = gtk_label_new (cause->text), *count = gtk_label_new (facts);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_tooltip_text (name, cause->text);
  gtk_label_set_xalign (GTK_LABEL (count), 0);
  gtk_widget_add_css_class (count, "caption");
  gtk_widget_add_css_class (count, "dim-label");
  gtk_box_append (GTK_BOX (texts), name);
  gtk_box_append (GTK_BOX (texts), count);
  gtk_box_append (GTK_BOX (line), texts);
  gtk_box_append (GTK_BOX (line), make_button (self, box, index, _ ("Show"), G_CALLBACK (show_cb)));
  GtkWidget *reject = make_button (self, box, index, _ ("Reject All"), G_CALLBACK (reject_cb));
  gtk_widget_add_css_class (reject, "error");
  g_autofree char *tip =
      g_strdup_printf (ngettext ("Reject all with this cause: %u item",
                                 "Reject all with this cause: %u items", cause->rows->len),
                       cause->rows->len);
  gtk_widget_set_tooltip_text (reject, tip);
  gtk_box_append (GTK_BOX (line), reject);
  GtkWidget *row = gtk_list_box_row_new ();
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  g_autoptr (DioDeskPage) self = dio_desk_page_claim (user);
  g_autoptr (GError) error = NULL;
  Causes *causes = g_task_propagate_pointer (G_TASK (result), &error);
  if (self == NULL || self->data == NULL || source != G_OBJECT (self->data)) {
    g_clear_pointer (&causes, causes_free);
    return;
  }
  GtkBox *box = get_box (self);
  if (causes == NULL) {
    say (box, error->message);
    return;
  }
  g_object_set_data_full (G_OBJECT (box), "dio-causes", causes, causes_free);
  if (causes->causes->len == 0) {
    say (box, causes->rejected == 0
                  ? _ ("Nothing is rejected yet.")
                  : _ ("The rejected have nothing in common that the others have not."));
    return;
  }
  empty (box);
  GtkWidget *list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  for (guint i = 0; i < causes->causes->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (list),
                         make_row (self, box, i, g_ptr_array_index (causes->causes, i)));
  gtk_box_append (box, list);
}

static void
popped_cb (DioDeskPage *self)
{
  GtkBox *box = get_box (self);
  if (self->data == NULL || dio_desk_data_get_verdicts (self->data) == NULL)
    return;
  say (box, _ ("Looking…"));
  GTask *task = g_task_new (self->data, NULL, found_cb, dio_desk_page_lend (self));
  g_task_set_task_data (task, GINT_TO_POINTER (dio_desk_filters_get_unit (self->filters)), NULL);
  dio_desk_data_run (self->data, task, causes_errand);
}

void
dio_desk_page_init_causes (DioDeskPage *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_size_request (scrolled, WIDTH_PX, HEIGHT_PX);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  gtk_popover_set_child (GTK_POPOVER (popover), scrolled);
  g_object_set_data (G_OBJECT (popover), "dio-box", box);
  gtk_menu_button_set_popover (dio_desk_queues_get_causes (self->queues), popover);
  g_signal_connect_object (popover, "show", G_CALLBACK (popped_cb), self, G_CONNECT_SWAPPED);
}
