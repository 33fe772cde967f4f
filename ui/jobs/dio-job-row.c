#define G_LOG_DOMAIN "dio-jobs"

#include "dio-job-row.h"

#include "dio-jobs-text.h"
#include "dio-tab-stop.h"

struct _DioJobRow {
  GtkBox parent_instance;

  DioJobItem *item; /**< (nullable) owned */
  GtkImage *icon;
  GtkLabel *name, *state, *summary;
  GtkProgressBar *bar;
};

G_DEFINE_FINAL_TYPE (DioJobRow, dio_job_row, GTK_TYPE_BOX)

static void
update (DioJobRow *self)
{
  const DioCatalogJob *job = dio_job_item_get_job (self->item);
  g_autofree char *summary = dio_jobs_dup_summary (job);
  gboolean active = dio_job_state_is_active (job->state);

  gtk_image_set_from_icon_name (self->icon, dio_jobs_state_icon (job->state));
  gtk_label_set_text (self->name, job->spec.name);
  gtk_label_set_text (self->state, dio_jobs_state_label (job));
  gtk_label_set_text (self->summary, summary);
  gtk_progress_bar_set_fraction (self->bar, dio_job_item_get_fraction (self->item));
  gtk_widget_set_visible (GTK_WIDGET (self->bar), active || job->state == DIO_JOB_PAUSED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  summary, -1);
  g_autofree char *spoken = g_strdup_printf ("%s, %s", job->spec.name, dio_jobs_state_label (job));
  dio_tab_stop_name_row (GTK_WIDGET (self), spoken);
}

void
dio_job_row_set_item (DioJobRow *self, DioJobItem *item)
{
  g_return_if_fail (DIO_IS_JOB_ROW (self));

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, update, self);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;
  g_signal_connect_object (item, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static GtkLabel *
add_label (GtkBox *box, const char *css_class, gboolean expand)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), expand ? 0 : 1);
  gtk_label_set_ellipsize (GTK_LABEL (label), expand ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_widget_set_hexpand (label, expand);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (box, label);
  return GTK_LABEL (label);
}

static void
dio_job_row_dispose (GObject *object)
{
  DioJobRow *self = DIO_JOB_ROW (object);
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, update, self);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (dio_job_row_parent_class)->dispose (object);
}

static void
dio_job_row_class_init (DioJobRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dio_job_row_dispose;
}

static void
dio_job_row_init (DioJobRow *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 12);
  gtk_widget_set_margin_top (GTK_WIDGET (self), 9);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self), 9);
  gtk_widget_set_margin_start (GTK_WIDGET (self), 6);
  gtk_widget_set_margin_end (GTK_WIDGET (self), 6);

  self->icon = GTK_IMAGE (gtk_image_new ());
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->icon));

  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_widget_set_hexpand (column, TRUE);
  gtk_box_append (GTK_BOX (self), column);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_append (GTK_BOX (column), line);
  self->name = add_label (GTK_BOX (line), "heading", TRUE);
  self->state = add_label (GTK_BOX (line), "dim-label", FALSE);
  self->bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->bar));
  self->summary = add_label (GTK_BOX (column), "caption", TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->summary), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (self->summary), "dim-label");
}

GtkWidget *
dio_job_row_new (void)
{
  return g_object_new (DIO_TYPE_JOB_ROW, NULL);
}
