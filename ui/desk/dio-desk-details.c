#define G_LOG_DOMAIN "dio-desk"

#include "dio-desk-details.h"

#include "dio-chip.h"
#include "dio-desk-text.h"
#include "dio-tab-stop.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define WIDTH_PX 320
#define MARGIN_PX 12

/* More rows of one picture say no more. */
#define MOST_OBJECTS 300
#define MOST_DRAWS 400

struct _DioDeskDetails {
  AdwBin parent_instance;

  DioReviewUnit unit;
  gint64 row;        /**< whose verdict is shown, -1 = none */
  char *stored;      /**< its comment; another text in the entry is one that is being typed */
  DioDeskShot *shot; /**< (nullable) owned: whose labels are shown */
  gint64 shot_row;   /**< selected among them */
  GtkStack *stack;   /**< "none", "some" */
  GtkLabel *title, *facts, *state, *said;
  GtkImage *badge;
  GtkEditable *comment;
  GtkListBox *objects;
  GtkBox *checks, *draws;
  GtkExpander *draws_expander;
  GtkLabel *objects_title;
  gboolean quiet; /**< rows are being filled */
};

G_DEFINE_FINAL_TYPE (DioDeskDetails, dio_desk_details, ADW_TYPE_BIN)

enum { COMMENT, OBJECT_SELECTED, N_SIGNALS };

static guint signals[N_SIGNALS];

static GtkLabel *
make_label (const char *text, gboolean dim)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, "numeric");
  if (dim) {
    gtk_widget_add_css_class (label, "dim-label");
    gtk_widget_add_css_class (label, "caption");
  }
  return GTK_LABEL (label);
}

static void
empty (GtkBox *box)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

/* -- Verdict -------------------------------------------------------------------------------------------------------- */

static char *
dup_said (const DioReviewVerdict *verdict)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (verdict->time_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);
  g_autofree char *when = g_date_time_format (local, "%x %X");
  GString *text = g_string_new (NULL);
  g_string_append_printf (text, _ ("%s, %s"), verdict->reviewer != NULL ? verdict->reviewer : "",
                          when);
  if (verdict->stale)
    g_string_append_printf (text, "\n%s: %s", _ ("Rendered again since; before it was"),
                            dio_desk_text_state (verdict->said));
  if (verdict->disputed)
    g_string_append_printf (text, "\n%s", _ ("Reviewers disagree"));
  return g_string_free (text, FALSE);
}

static void
show_state (DioDeskDetails *self, const DioReviewVerdict *verdict, guint64 n_selected)
{
  g_autofree char *text = NULL;
  const char *state = dio_desk_text_state (verdict->state);
  if (verdict->reason != NULL && *verdict->reason != '\0')
    text = g_strdup_printf ("%s: %s", state, dio_desk_text_reason (verdict->reason));
  else
    text = g_strdup (state);
  if (n_selected > 1) {
    g_autofree char *count = dio_desk_text_dup_count (n_selected);
    g_autofree char *one = g_steal_pointer (&text);
    text = g_strdup_printf (_ ("%s (%s selected)"), one, count);
  }
  gtk_label_set_text (self->state, text);
  dio_desk_text_set_badge (self->badge, verdict->state);
}

/* What is being typed stays while it is about the same row. */
static void
show_comment (DioDeskDetails *self, gboolean same_row, const char *comment)
{
  gboolean edited = FALSE;
  const char *text = dio_desk_details_get_comment (self, &edited);
  const char *wanted = comment != NULL ? comment : "";
  if ((!same_row || !edited) && strcmp (text, wanted) != 0)
    gtk_editable_set_text (self->comment, wanted);
  g_free (self->stored);
  self->stored = g_strdup (wanted);
}

void
dio_desk_details_show_verdict (
    DioDeskDetails *self, DioDeskData *data, DioReviewUnit unit, guint32 row, guint64 n_selected)
{
  g_return_if_fail (DIO_IS_DESK_DETAILS (self) && DIO_IS_DESK_DATA (data));

  gtk_stack_set_visible_child_name (self->stack, "some");
  g_autofree char *title = dio_desk_text_dup_title (dio_desk_data_get_table (data), unit, row);
  g_autofree char *heading = g_strdup_printf (_ ("Frame %s"), title);
  gtk_label_set_text (self->title, heading);
  g_auto (DioReviewVerdict) verdict = { 0 };
  DioReviewVerdicts *verdicts = dio_desk_data_get_verdicts (data);
  gboolean decided = verdicts != NULL && dio_review_verdicts_get (verdicts, unit, row, &verdict);
  show_state (self, &verdict, n_selected);
  g_autofree char *said = decided ? dup_said (&verdict) : g_strdup ("");
  gtk_label_set_text (self->said, said);
  gtk_widget_set_visible (GTK_WIDGET (self->said), decided);
  g_autofree char *remark = dio_desk_text_dup_remark (verdict.comment, verdict.tags);
  show_comment (self, self->unit == unit && self->row == row, remark);
  self->unit = unit;
  self->row = row;
}

const char *
dio_desk_details_get_comment (DioDeskDetails *self, gboolean *edited)
{
  g_return_val_if_fail (DIO_IS_DESK_DETAILS (self), "");

  const char *text = gtk_editable_get_text (self->comment);
  *edited = g_strcmp0 (text, self->stored) != 0;
  return text;
}

static void
comment_cb (DioDeskDetails *self)
{
  g_signal_emit (self, signals[COMMENT], 0, gtk_editable_get_text (self->comment));
}

/* -- Labels --------------------------------------------------------------------------------------------------------- */

static const char *
get_category (const DioDeskShot *shot, int category)
{
  guint n = dio_review_table_get_n_categories (shot->table);
  return category >= 0 && (guint) category < n
             ? dio_review_table_get_category_name (shot->table, (guint) category)
             : _ ("unlabelled");
}

static char *
dup_object_facts (const DioAnnotation *label, DioVerdict verdict)
{
  GString *text = g_string_new (dio_desk_text_policy (verdict));
  const DioPixelBox *box = &label->bbox_visible;
  g_string_append_printf (text, " · %d × %d px", box->x1 - box->x0, box->y1 - box->y0);
  if (label->visibility == label->visibility)
    g_string_append_printf (text, " · %.0f %%", 100 * label->visibility);
  if (label->distance_m == label->distance_m)
    g_string_append_printf (text, " · %.2f m", label->distance_m);
  return g_string_free (text, FALSE);
}

static void
get_color (const DioDeskShot *shot, int category, guint8 rgb[3])
{
  rgb[0] = rgb[1] = rgb[2] = 128;
  if (category >= 0 && (guint) category < dio_review_table_get_n_categories (shot->table))
    dio_review_table_get_category_color (shot->table, (guint) category, rgb);
}

static DioVerdict
judge (const DioDeskShot *shot, gint64 object_row)
{
  DioReviewObjectRow object;
  dio_review_table_get_object (shot->table, (guint32) object_row, &object);
  return object.policy;
}

static GtkWidget *
make_object (const DioDeskShot *shot, const DioDatasetAnnotation *annotation, gint64 object_row)
{
  guint8 rgb[3];
  get_color (shot, annotation->label.category, rgb);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  gtk_widget_set_margin_start (row, 6);
  gtk_widget_set_margin_top (row, 3);
  gtk_widget_set_margin_bottom (row, 3);
  GtkWidget *dot = dio_color_dot_new (rgb);
  gtk_widget_set_valign (dot, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (row), dot);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_hexpand (texts, TRUE);
  g_autofree char *name = g_strdup_printf ("%s · %s", annotation->name,
                                           get_category (shot, annotation->label.category));
  g_autofree char *facts = dup_object_facts (&annotation->label, judge (shot, object_row));
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (make_label (name, FALSE)));
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (make_label (facts, TRUE)));
  gtk_box_append (GTK_BOX (row), texts);
  GtkWidget *outer = gtk_list_box_row_new ();
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (outer), row);
  dio_desk_text_name (outer, name);
  g_object_set_data_full (G_OBJECT (outer), "dio-node", g_strdup (annotation->node_id), g_free);
  g_object_set_data (G_OBJECT (outer), "dio-instance",
                     GUINT_TO_POINTER (annotation->label.instance));
  return outer;
}

static void
show_objects (DioDeskDetails *self, const DioDeskShot *shot)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->objects))) != NULL)
    gtk_list_box_remove (self->objects, child);
  const GArray *annotations = dio_review_item_get_capture (&shot->item)->annotations;
  guint n = 0;
  for (guint i = 0; i < annotations->len; i++) {
    gint64 row = g_array_index (shot->item.object_rows, gint64, i);
    if (row < 0)
      continue;
    if (n++ < MOST_OBJECTS)
      gtk_list_box_append (
          self->objects,
          make_object (shot, &g_array_index (annotations, DioDatasetAnnotation, i), row));
  }
  g_autofree char *title = g_strdup_printf (ngettext ("%u Object", "%u Objects", n), n);
  gtk_label_set_text (self->objects_title, title);
  gtk_widget_set_visible (GTK_WIDGET (self->objects), n > 0);
}

static void
object_selected_cb (GtkListBox *box, GtkListBoxRow *row, DioDeskDetails *self)
{
  if (self->quiet || row == NULL)
    return;
  g_signal_emit (self, signals[OBJECT_SELECTED], 0,
                 GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "dio-instance")));
}

void
dio_desk_details_select (DioDeskDetails *self, guint instance)
{
  g_return_if_fail (DIO_IS_DESK_DETAILS (self));

  GtkListBoxRow *found = NULL;
  for (int i = 0; found == NULL; i++) {
    GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->objects, i);
    if (row == NULL)
      break;
    if (GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "dio-instance")) == instance)
      found = row;
  }
  self->quiet = TRUE;
  gtk_list_box_select_row (self->objects, found);
  self->quiet = FALSE;
}

/* -- Checks and draws ----------------------------------------------------------------------------------------------- */

static void
add_check (GtkBox *box, const DioSelfCheck *check)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new ();
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  dio_desk_text_set_badge (GTK_IMAGE (icon), check->passed      ? DIO_REVIEW_ACCEPTED
                                             : check->note_only ? DIO_REVIEW_FLAGGED
                                                                : DIO_REVIEW_REJECTED);
  gtk_widget_set_tooltip_text (icon, check->passed ? _ ("Passed") : _ ("Failed"));
  gtk_box_append (GTK_BOX (row), icon);
  g_autofree char *text = check->detail != NULL && *check->detail != '\0'
                              ? g_strdup_printf ("%s: %s", check->check, check->detail)
                              : g_strdup (check->check);
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (make_label (text, FALSE)));
  gtk_box_append (box, row);
}

static char *
dup_draw_value (const DioDraw *draw)
{
  if (draw->n_numbers == 0)
    return g_strdup (draw->string != NULL ? draw->string : "");
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < draw->n_numbers; i++)
    g_string_append_printf (text, i > 0 ? ", %.4g" : "%.4g", draw->numbers[i]);
  return g_string_free (text, FALSE);
}

static void
add_draw (GtkBox *box, const DioDraw *draw)
{
  g_autofree char *target = draw->copy > 0 ? g_strdup_printf ("%s #%u", draw->target, draw->copy)
                                           : g_strdup (draw->target);
  g_autofree char *value = dup_draw_value (draw);
  g_autofree char *name =
      g_strdup_printf ("%s · %s", draw->randomizer, target != NULL ? target : "");
  g_autofree char *text = g_strdup_printf ("%s = %s", draw->property, value);
  gtk_box_append (box, GTK_WIDGET (make_label (text, FALSE)));
  GtkLabel *from = make_label (name, TRUE);
  gtk_widget_set_margin_bottom (GTK_WIDGET (from), 6);
  gtk_box_append (box, GTK_WIDGET (from));
}

static void
show_facts (DioDeskDetails *self, const DioDeskShot *shot)
{
  const DioReviewFrameRow *facts = &shot->item.facts;
  g_autofree char *text =
      g_strdup_printf ("%s · %u × %u · %s %" G_GUINT64_FORMAT, facts->sensor, facts->width_px,
                       facts->height_px, _ ("seed"), facts->seed);
  gtk_label_set_text (self->facts, text);
}

static void
show_labels (DioDeskDetails *self, DioDeskShot *shot)
{
  self->quiet = TRUE;
  show_facts (self, shot);
  show_objects (self, shot);
  empty (self->checks);
  const GArray *checks = dio_review_item_get_capture (&shot->item)->checks;
  for (guint i = 0; i < checks->len; i++)
    add_check (self->checks, &g_array_index (checks, DioSelfCheck, i));
  empty (self->draws);
  const GArray *draws = shot->item.frame.draws;
  guint n = draws != NULL ? draws->len : 0;
  for (guint i = 0; i < MIN (n, MOST_DRAWS); i++)
    add_draw (self->draws, &g_array_index (draws, DioDraw, i));
  g_autofree char *title = g_strdup_printf (ngettext ("%u Drawn Value", "%u Drawn Values", n), n);
  gtk_expander_set_label (self->draws_expander, title);
  self->quiet = FALSE;
}

void
dio_desk_details_show_shot (DioDeskDetails *self,
                            DioDeskShot *shot,
                            DioReviewUnit unit,
                            guint32 row)
{
  g_return_if_fail (DIO_IS_DESK_DETAILS (self) && shot != NULL);

  gboolean same = self->shot == shot;
  if (same && self->shot_row == row)
    return;
  if (!same) {
    show_labels (self, shot);
    g_clear_pointer (&self->shot, dio_desk_shot_unref);
    self->shot = dio_desk_shot_ref (shot);
  }
  self->shot_row = row;
  int index = unit == DIO_REVIEW_OBJECTS ? dio_desk_shot_find_object (shot, row) : -1;
  const GArray *annotations = dio_review_item_get_capture (&shot->item)->annotations;
  dio_desk_details_select (
      self, index >= 0
                ? g_array_index (annotations, DioDatasetAnnotation, (guint) index).label.instance
                : 0);
}

const char *
dio_desk_details_get_selected_node (DioDeskDetails *self)
{
  g_return_val_if_fail (DIO_IS_DESK_DETAILS (self), NULL);

  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->objects);
  return row != NULL ? g_object_get_data (G_OBJECT (row), "dio-node") : NULL;
}

void
dio_desk_details_clear (DioDeskDetails *self)
{
  g_return_if_fail (DIO_IS_DESK_DETAILS (self));

  gtk_stack_set_visible_child_name (self->stack, "none");
  g_clear_pointer (&self->shot, dio_desk_shot_unref);
  self->row = -1;
}

void
dio_desk_details_focus_comment (DioDeskDetails *self)
{
  g_return_if_fail (DIO_IS_DESK_DETAILS (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->comment));
}

/* -- Building ------------------------------------------------------------------------------------------------------- */

static GtkWidget *
build_decisions (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  static const struct {
    const char *label, *action, *style, *tip;
  } buttons[] = {
    { N_ ("_Accept"), "win.desk-accept", "suggested-action", "A" },
    { N_ ("_Flag"), "win.desk-flag", NULL, "X" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++) {
    GtkWidget *button = gtk_button_new_with_mnemonic (_ (buttons[i].label));
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), buttons[i].action);
    gtk_widget_set_tooltip_text (button, buttons[i].tip);
    gtk_widget_set_focus_on_click (button, FALSE);
    gtk_widget_set_hexpand (button, TRUE);
    if (buttons[i].style != NULL)
      gtk_widget_add_css_class (button, buttons[i].style);
    gtk_box_append (GTK_BOX (box), button);
  }
  // Without words: three words of some languages would make the panel wide.
  gtk_box_append (GTK_BOX (box), dio_desk_text_icon_button ("edit-clear-symbolic",
                                                            _ ("Clear Verdict"), "win.desk-clear"));
  return box;
}

/* The reasons with the keys that reject for them. */
static GtkWidget *
build_reasons (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  guint n;
  const DioReviewReason *reasons = dio_review_get_reasons (&n);
  for (guint i = 0; i < MIN (n, 9); i++) {
    g_autofree char *action = g_strdup_printf ("win.desk-reject-%u", i + 1);
    g_autofree char *key = g_strdup_printf ("%u", i + 1);
    const char *label = g_dgettext ("diorama", reasons[i].label);
    GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
    GtkLabel *number = make_label (key, TRUE);
    gtk_label_set_wrap (number, FALSE);
    gtk_box_append (GTK_BOX (line), GTK_WIDGET (number));
    GtkWidget *text = gtk_label_new (label);
    gtk_label_set_xalign (GTK_LABEL (text), 0);
    gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
    gtk_widget_add_css_class (text, "caption");
    gtk_box_append (GTK_BOX (line), text);
    GtkWidget *button = gtk_button_new ();
    gtk_button_set_child (GTK_BUTTON (button), line);
    gtk_widget_add_css_class (button, "flat");
    gtk_widget_set_focus_on_click (button, FALSE);
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
    g_autofree char *spoken = g_strdup_printf (_ ("Reject: %s"), label);
    gtk_widget_set_tooltip_text (button, spoken);
    dio_desk_text_name (button, spoken);
    gtk_box_append (GTK_BOX (box), button);
  }
  return box;
}

static GtkWidget *
build_verdict (DioDeskDetails *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->title = make_label (NULL, FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "title-4");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->title));
  self->facts = make_label (NULL, TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->facts));
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->badge = GTK_IMAGE (gtk_image_new ());
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->badge));
  self->state = make_label (NULL, FALSE);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->state));
  gtk_box_append (GTK_BOX (box), line);
  self->said = make_label (NULL, TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->said));
  gtk_box_append (GTK_BOX (box), build_decisions ());
  gtk_box_append (GTK_BOX (box), dio_desk_text_heading (_ ("Reject Because Of")));
  gtk_box_append (GTK_BOX (box), build_reasons ());
  self->comment = GTK_EDITABLE (gtk_entry_new ());
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->comment), _ ("Comment, #tags"));
  dio_desk_text_name (GTK_WIDGET (self->comment), _ ("Comment"));
  g_signal_connect_object (self->comment, "activate", G_CALLBACK (comment_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->comment));
  return box;
}

static GtkWidget *
build_facts (DioDeskDetails *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->objects_title = GTK_LABEL (dio_desk_text_heading (NULL));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->objects_title));
  self->objects = GTK_LIST_BOX (gtk_list_box_new ());
  dio_desk_text_name (GTK_WIDGET (self->objects), _ ("Objects"));
  gtk_widget_add_css_class (GTK_WIDGET (self->objects), "card");
  g_signal_connect_object (self->objects, "row-selected", G_CALLBACK (object_selected_cb), self, 0);
  gtk_box_append (GTK_BOX (box), dio_tab_stop_new (GTK_WIDGET (self->objects)));
  gtk_box_append (GTK_BOX (box), dio_desk_text_heading (_ ("Self-Checks")));
  self->checks = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 3));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->checks));
  self->draws_expander = GTK_EXPANDER (gtk_expander_new (NULL));
  gtk_widget_set_margin_top (GTK_WIDGET (self->draws_expander), 12);
  self->draws = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  gtk_widget_set_margin_top (GTK_WIDGET (self->draws), 6);
  gtk_widget_set_margin_start (GTK_WIDGET (self->draws), 18);
  gtk_expander_set_child (self->draws_expander, GTK_WIDGET (self->draws));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->draws_expander));
  GtkWidget *cause = gtk_button_new_with_label (_ ("Open Cause"));
  gtk_widget_set_tooltip_text (cause, _ ("Open this frame's scene in Compose (E)"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cause), "win.desk-open-cause");
  gtk_widget_set_margin_top (cause, 12);
  gtk_box_append (GTK_BOX (box), cause);
  return box;
}

static void
dio_desk_details_finalize (GObject *object)
{
  DioDeskDetails *self = DIO_DESK_DETAILS (object);
  g_clear_pointer (&self->shot, dio_desk_shot_unref);
  g_free (self->stored);
  G_OBJECT_CLASS (dio_desk_details_parent_class)->finalize (object);
}

static void
dio_desk_details_class_init (DioDeskDetailsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dio_desk_details_finalize;
  GType type = G_TYPE_FROM_CLASS (klass);
  signals[COMMENT] = g_signal_new ("comment", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[OBJECT_SELECTED] = g_signal_new ("object-selected", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
dio_desk_details_init (DioDeskDetails *self)
{
  self->row = -1;
  gtk_widget_set_size_request (GTK_WIDGET (self), WIDTH_PX, -1);
  gtk_widget_set_hexpand (GTK_WIDGET (self), FALSE);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_margin_start (box, MARGIN_PX);
  gtk_widget_set_margin_end (box, MARGIN_PX);
  gtk_widget_set_margin_top (box, MARGIN_PX);
  gtk_widget_set_margin_bottom (box, MARGIN_PX);
  gtk_box_append (GTK_BOX (box), build_verdict (self));
  gtk_box_append (GTK_BOX (box), build_facts (self));
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  GtkWidget *none = gtk_label_new (_ ("Nothing selected"));
  gtk_widget_add_css_class (none, "dim-label");
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, none, "none");
  gtk_stack_add_named (self->stack, scrolled, "some");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
}

GtkWidget *
dio_desk_details_new (void)
{
  return g_object_new (DIO_TYPE_DESK_DETAILS, NULL);
}
