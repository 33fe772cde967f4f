/* What the rejected have in common, in a popover of the bottom bar. */
#define G_LOG_DOMAIN "dio-desk"

#include "dio-desk-private.h"

#include "dio-desk-text.h"
#include "dio-review-cause.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#define WIDTH_PX 560
#define HEIGHT_PX 360
#define MOST_OF_A_GROUP 8

/** A cause with the filter of all that have it. */
typedef struct {
  DioReviewCauseGroup group;
  char *text, *randomizer; /**< @randomizer: id or "" */
  guint64 rejected, decided;
  double lift;
  DioReviewFilter filter;
  char *reason; /**< most of its rejects have it */
  GArray *rows; /**< of guint32: all with this cause that are not rejected */
} Cause;

/** What the clerk found. */
typedef struct {
  DioReviewUnit unit;
  GPtrArray *causes; /**< of Cause */
  guint64 rejected;
} Causes;

static void
cause_free (gpointer data)
{
  Cause *cause = data;
  dio_review_filter_clear (&cause->filter);
  g_array_unref (cause->rows);
  g_free (cause->text);
  g_free (cause->randomizer);
  g_free (cause->reason);
  g_free (cause);
}

static void
causes_free (gpointer data)
{
  Causes *causes = data;
  g_ptr_array_unref (causes->causes);
  g_free (causes);
}

/* "mug · material/roughness 0.1 – 0.2": names and numbers, in no language. */
static char *
dup_text (const DioReviewCause *cause)
{
  g_autofree char *axis =
      cause->component > 0 ? g_strdup_printf ("[%u]", cause->component + 1) : g_strdup ("");
  if (cause->kind == DIO_REVIEW_CAUSE_DRAW_VALUE)
    return g_strdup_printf ("%s · %s = %s", cause->target, cause->property, cause->value);
  if (cause->kind == DIO_REVIEW_CAUSE_DRAW_RANGE)
    return g_strdup_printf ("%s · %s%s %.4g – %.4g", cause->target, cause->property, axis,
                            cause->min, cause->max);
  return g_strdup (cause->value);
}

/** Where a cause is looked into. */
typedef struct {
  DioDeskClerk *clerk;
  DioReviewTable *table; /**< with names */
  DioReviewUnit unit;
} Place;

static void
count_reason (const Place *place, guint32 row, GHashTable *counts)
{
  g_auto (DioReviewVerdict) verdict = { 0 };
  if (!dio_review_verdicts_get (place->clerk->verdicts, place->unit, row, &verdict)
      || verdict.reason == NULL || *verdict.reason == '\0')
    return;
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, verdict.reason));
  g_hash_table_insert (counts, g_strdup (verdict.reason), GUINT_TO_POINTER (n + 1));
}

/* Fills rows and reason: those who reject the rest mean what was meant before. */
static void
take_rows (Cause *cause, const Place *place, const DioReviewList *list)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < list->n; i++) {
    guint32 row = list->rows[i];
    if (dio_review_verdicts_get_state (place->clerk->verdicts, place->unit, row)
        == DIO_REVIEW_REJECTED)
      count_reason (place, row, counts);
    else
      g_array_append_val (cause->rows, row);
  }
  GHashTableIter iter;
  gpointer reason, n;
  guint most = 0;
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &reason, &n))
    if (GPOINTER_TO_UINT (n) > most) {
      most = GPOINTER_TO_UINT (n);
      g_free (cause->reason);
      cause->reason = g_strdup (reason);
    }
}

static Cause *
create_cause (const Place *place, const DioReviewCause *found)
{
  Cause *cause = g_new0 (Cause, 1);
  dio_review_filter_init (&cause->filter);
  cause->rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  cause->group = dio_review_cause_get_group (found);
  cause->text = dup_text (found);
  cause->randomizer = g_strdup (found->randomizer != NULL ? found->randomizer : "");
  cause->rejected = found->rejected;
  cause->decided = found->decided;
  cause->lift = found->lift;
  if (!dio_review_cause_to_filter (found, place->clerk->reader, place->table, &cause->filter,
                                   NULL)) {
    cause_free (cause);
    return NULL;
  }
  g_autoptr (DioReviewList) list =
      dio_review_list_new (place->table, place->clerk->verdicts, place->unit, &cause->filter, NULL);
  take_rows (cause, place, list);
  return cause;
}

static Causes *
create_causes (const Place *place, const DioReviewCauses *found)
{
  Causes *causes = g_new0 (Causes, 1);
  guint n[DIO_REVIEW_N_CAUSE_GROUPS] = { 0 };
  causes->unit = place->unit;
  causes->rejected = found->rejected;
  causes->causes = g_ptr_array_new_with_free_func (cause_free);
  for (guint i = 0; i < found->causes->len; i++) {
    const DioReviewCause *one = &g_array_index (found->causes, DioReviewCause, i);
    Cause *cause =
        n[dio_review_cause_get_group (one)]++ < MOST_OF_A_GROUP ? create_cause (place, one) : NULL;
    if (cause != NULL)
      g_ptr_array_add (causes->causes, cause);
  }
  return causes;
}

static void
causes_errand (GTask *task, DioDeskClerk *clerk)
{
  GError *error = NULL;
  Place place = { .clerk = clerk,
                  .unit = (DioReviewUnit) GPOINTER_TO_INT (g_task_get_task_data (task)) };
  place.table =
      dio_review_table_load (clerk->reader, clerk->table, DIO_REVIEW_LOAD_NAMES, NULL, &error);
  g_autoptr (DioReviewCauses) found =
      place.table != NULL
          ? dio_review_causes_find (clerk->reader, place.table, clerk->verdicts, place.unit, &error)
          : NULL;
  if (found != NULL)
    g_task_return_pointer (task, create_causes (&place, found), causes_free);
  else
    g_task_return_error (task, error);
  g_clear_pointer (&place.table, dio_review_table_unref);
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
  const Causes *causes =
      g_object_get_data (g_object_get_data (G_OBJECT (button), "dio-box"), "dio-causes");
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
  DioReviewDecision decision = { .state = DIO_REVIEW_REJECTED,
                                 .reason = cause->reason,
                                 .comment = cause->text };
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
  g_autofree char *often =
      g_strdup_printf (_ ("%" PRIu64 " of %" PRIu64 " rejected, %.1f times as often as all"),
                       cause->rejected, cause->decided, cause->lift);
  g_autofree char *facts = cause->randomizer[0] != '\0'
                               ? g_strdup_printf ("%s: %s", cause->randomizer, often)
                               : g_strdup (often);
  GtkWidget *name = gtk_label_new (cause->text), *count = gtk_label_new (facts);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_tooltip_text (name, cause->text);
  gtk_label_set_xalign (GTK_LABEL (count), 0);
  gtk_label_set_ellipsize (GTK_LABEL (count), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (count, facts);
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
  gtk_widget_set_sensitive (reject, cause->rows->len > 0);
  gtk_box_append (GTK_BOX (line), reject);
  GtkWidget *row = gtk_list_box_row_new ();
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static void
add_group (DioDeskPage *self, GtkBox *box, const Causes *causes, DioReviewCauseGroup group)
{
  static const char *const titles[DIO_REVIEW_N_CAUSE_GROUPS] = {
    N_ ("Assets"), N_ ("Materials"), N_ ("Randomizers"), N_ ("Objects, Categories and Sensors")
  };
  GtkWidget *list = gtk_list_box_new ();
  g_object_ref_sink (list);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (titles[group]), -1);
  guint n = 0;
  for (guint i = 0; i < causes->causes->len; i++) {
    const Cause *cause = g_ptr_array_index (causes->causes, i);
    if (cause->group != group)
      continue;
    gtk_list_box_append (GTK_LIST_BOX (list), make_row (self, box, i, cause));
    n++;
  }
  if (n > 0) {
    gtk_box_append (box, dio_desk_text_heading (_ (titles[group])));
    gtk_box_append (box, list);
  }
  g_object_unref (list);
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
  for (guint group = 0; group < DIO_REVIEW_N_CAUSE_GROUPS; group++)
    add_group (self, box, causes, (DioReviewCauseGroup) group);
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
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 6);
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
