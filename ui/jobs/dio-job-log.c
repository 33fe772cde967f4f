#define G_LOG_DOMAIN "dio-jobs"

#include "dio-job-log.h"

#include "dio-tab-stop.h"

#include <glib/gi18n-lib.h>

/* Rows asked for at once, and kept on screen. */
#define MOST_ROWS 500

struct _DioJobLog {
  GtkBox parent_instance;

  DioSession *session; /**< borrowed: outlives its panels */
  gint64 job;
  gint64 last; /**< id of the newest row shown */
  gboolean asking, again;
  GtkStringList *lines; /**< newest first */
  GHashTable *causes;   /**< cause -> count (GUINT_TO_POINTER) */
  GtkBox *cause_box;
  GtkWidget *cause_title, *list, *empty;
};

G_DEFINE_FINAL_TYPE (DioJobLog, dio_job_log, GTK_TYPE_BOX)

char *
dio_job_log_dup_cause (const char *message)
{
  g_return_val_if_fail (message != NULL, NULL);

  /* "Frame 17 is given up after 3 tries: CAUSE", where CAUSE may begin with "frame 17: ". */
  const char *colon = strstr (message, ": ");
  const char *cause = colon != NULL ? colon + 2 : message;
  if (g_str_has_prefix (cause, "frame ")) {
    const char *second = strstr (cause, ": ");
    if (second != NULL)
      cause = second + 2;
  }
  return g_strdup (cause);
}

static void
show_causes (DioJobLog *self)
{
  for (GtkWidget *child;
       (child = gtk_widget_get_first_child (GTK_WIDGET (self->cause_box))) != NULL;)
    gtk_box_remove (self->cause_box, child);
  GHashTableIter iter;
  gpointer cause, count;
  g_hash_table_iter_init (&iter, self->causes);
  while (g_hash_table_iter_next (&iter, &cause, &count)) {
    guint n = GPOINTER_TO_UINT (count);
    g_autofree char *text =
        g_strdup_printf (ngettext ("%u frame: %s", "%u frames: %s", n), n, (const char *) cause);
    GtkWidget *label = gtk_label_new (text);
    gtk_label_set_wrap (GTK_LABEL (label), TRUE);
    gtk_label_set_selectable (GTK_LABEL (label), TRUE);
    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_box_append (self->cause_box, label);
  }
  gboolean any = g_hash_table_size (self->causes) > 0;
  gtk_widget_set_visible (self->cause_title, any);
  gtk_widget_set_visible (GTK_WIDGET (self->cause_box), any);
}

static void
add_row (DioJobLog *self, const DioCatalogLogRow *row)
{
  self->last = MAX (self->last, row->id);
  if (g_strcmp0 (row->code, "frame-failed") == 0) {
    char *cause = dio_job_log_dup_cause (row->message);
    guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->causes, cause));
    g_hash_table_replace (self->causes, cause, GUINT_TO_POINTER (n + 1));
  }
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (row->time_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);
  g_autofree char *time = g_date_time_format (local, "%H:%M:%S");
  g_autofree char *line = g_strdup_printf ("%s  %s", time, row->message);
  const char *const added[] = { line, NULL };
  gtk_string_list_splice (self->lines, 0, 0, added);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->lines));
  if (n > MOST_ROWS)
    gtk_string_list_splice (self->lines, MOST_ROWS, n - MOST_ROWS, NULL);
}

static void ask (DioJobLog *self);

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  g_autoptr (DioJobLog) self = user;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = dio_session_list_log_finish (DIO_SESSION (source), result, &error);
  self->asking = FALSE;
  if (self->again) {
    /* Another job was chosen meanwhile: these rows are of the last one. */
    self->again = FALSE;
    ask (self);
    return;
  }
  if (rows == NULL) {
    g_info ("the log of job %" G_GINT64_FORMAT " cannot be read: %s", self->job, error->message);
    return;
  }
  for (guint i = 0; i < rows->len; i++)
    add_row (self, g_ptr_array_index (rows, i));
  if (rows->len > 0)
    show_causes (self);
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->lines)) > 0;
  gtk_widget_set_visible (self->list, any);
  gtk_widget_set_visible (self->empty, !any);
}

static void
ask (DioJobLog *self)
{
  if (self->job == 0 || self->asking)
    return;
  self->asking = TRUE;
  dio_session_list_log_async (self->session, self->job, self->last, MOST_ROWS, listed_cb,
                              g_object_ref (self));
}

void
dio_job_log_set_job (DioJobLog *self, gint64 job)
{
  g_return_if_fail (DIO_IS_JOB_LOG (self));

  if (job != self->job) {
    self->job = job;
    self->last = 0;
    self->again = self->asking;
    g_hash_table_remove_all (self->causes);
    gtk_string_list_splice (self->lines, 0, g_list_model_get_n_items (G_LIST_MODEL (self->lines)),
                            NULL);
    show_causes (self);
  }
  ask (self);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkStringObject *line = gtk_list_item_get_item (item);
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      gtk_string_object_get_string (line));
  dio_tab_stop_name_row (gtk_list_item_get_child (item), gtk_string_object_get_string (line));
}

static GtkWidget *
add_title (DioJobLog *self, const char *text)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (GTK_BOX (self), label);
  return label;
}

static void
dio_job_log_finalize (GObject *object)
{
  DioJobLog *self = DIO_JOB_LOG (object);
  g_hash_table_unref (self->causes);
  g_object_unref (self->lines);
  G_OBJECT_CLASS (dio_job_log_parent_class)->finalize (object);
}

static void
dio_job_log_class_init (DioJobLogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dio_job_log_finalize;
}

static void
dio_job_log_init (DioJobLog *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->causes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->lines = gtk_string_list_new (NULL);

  self->cause_title = add_title (self, _ ("Failed Frames by Cause"));
  self->cause_box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 3));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->cause_box));

  add_title (self, _ ("Log"));
  self->empty = gtk_label_new (_ ("Nothing to tell yet."));
  gtk_label_set_xalign (GTK_LABEL (self->empty), 0);
  gtk_widget_add_css_class (self->empty, "dim-label");
  gtk_box_append (GTK_BOX (self), self->empty);

  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  GtkNoSelection *model = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->lines)));
  GtkWidget *view = gtk_list_view_new (GTK_SELECTION_MODEL (model), factory);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Log of the Job"), -1);
  gtk_widget_add_css_class (view, "dio-log");
  gtk_widget_set_margin_top (view, 6);
  gtk_widget_set_margin_bottom (view, 6);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), 140);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  self->list = dio_tab_stop_new (scrolled);
  gtk_widget_add_css_class (self->list, "card");
  gtk_widget_set_visible (self->list, FALSE);
  gtk_box_append (GTK_BOX (self), self->list);
  show_causes (self);
}

GtkWidget *
dio_job_log_new (DioSession *session)
{
  g_return_val_if_fail (DIO_IS_SESSION (session), NULL);

  DioJobLog *self = g_object_new (DIO_TYPE_JOB_LOG, NULL);
  self->session = session;
  return GTK_WIDGET (self);
}
