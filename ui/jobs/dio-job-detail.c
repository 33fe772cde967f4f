#define G_LOG_DOMAIN "dio-jobs"

#include "dio-job-detail.h"

#include "dio-base-path.h"
#include "dio-job-frames.h"
#include "dio-job-log.h"
#include "dio-job-stages.h"
#include "dio-jobs-text.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/** The figures in the order of the grid. */
enum {
  FACT_FRAMES,
  FACT_RATE,
  FACT_LEFT,
  FACT_FREE,
  FACT_WORKERS,
  FACT_SEED,
  N_FACTS,
};

static const char *const fact_titles[N_FACTS] = {
  N_ ("Frames"), N_ ("Speed"), N_ ("Time Left"), N_ ("Disk Left"), N_ ("Workers"), N_ ("Seed"),
};

struct _DioJobDetail {
  GtkBox parent_instance;

  DioJobItem *item; /**< (nullable) owned */
  GtkLabel *title, *state, *folder, *message;
  GtkLabel *facts[N_FACTS];
  GtkProgressBar *bar;
  GtkWidget *pause, *resume, *retry, *cancel;
  DioJobStages *stages;
  DioJobFrames *frames;
  DioJobLog *log;
};

G_DEFINE_FINAL_TYPE (DioJobDetail, dio_job_detail, GTK_TYPE_BOX)

static void
set_fact (DioJobDetail *self, guint fact, char *text)
{
  gtk_label_set_text (self->facts[fact], text);
  g_free (text);
}

static void
update_facts (DioJobDetail *self, const DioCatalogJob *job)
{
  const DioJobProgress *progress = &job->progress;
  guint64 total = progress->total > 0 ? progress->total : job->spec.count;
  gboolean running = job->state == DIO_JOB_RUNNING;
  guint64 free_bytes = dio_job_item_get_free_bytes (self->item);

  set_fact (self, FACT_FRAMES,
            progress->failed > 0
                ? g_strdup_printf (_ ("%" PRIu64 " of %" PRIu64 ", %" PRIu64 " failed"),
                                   progress->done, total, progress->failed)
                : g_strdup_printf (_ ("%" PRIu64 " of %" PRIu64), progress->done, total));
  set_fact (self, FACT_RATE, dio_jobs_dup_rate (running ? progress->frames_per_s : 0));
  set_fact (self, FACT_LEFT, dio_jobs_dup_duration (running ? progress->seconds_left : -1));
  set_fact (self, FACT_FREE, free_bytes > 0 ? g_format_size (free_bytes) : g_strdup ("—"));
  set_fact (
      self, FACT_WORKERS,
      running ? g_strdup_printf (ngettext ("%u, %u restart", "%u, %u restarts", progress->restarts),
                                 progress->workers, progress->restarts)
              : g_strdup ("—"));
  set_fact (self, FACT_SEED, g_strdup_printf ("%" PRIu64, job->spec.seed));
}

static void
update (DioJobDetail *self)
{
  const DioCatalogJob *job = dio_job_item_get_job (self->item);
  DioJobState state = job->state;
  gboolean ended = state == DIO_JOB_PARTLY || state == DIO_JOB_FAILED || state == DIO_JOB_CANCELLED;
  gboolean can_run = dio_job_state_allows (state, DIO_JOB_REQUEST_RUN);

  gtk_label_set_text (self->title, job->spec.name);
  gtk_label_set_text (self->state, dio_jobs_state_label (job));
  g_autofree char *folder = dio_path_dup_shown (job->spec.output);
  gtk_label_set_text (self->folder, folder);
  gtk_label_set_text (self->message, job->message);
  gtk_widget_set_visible (GTK_WIDGET (self->message), job->message[0] != '\0');
  gtk_progress_bar_set_fraction (self->bar, dio_job_item_get_fraction (self->item));
  gtk_widget_set_visible (self->pause, dio_job_state_allows (state, DIO_JOB_REQUEST_PAUSE));
  gtk_widget_set_visible (self->resume, can_run && !ended);
  gtk_widget_set_visible (self->retry, can_run && ended);
  gtk_widget_set_visible (self->cancel, dio_job_state_allows (state, DIO_JOB_REQUEST_CANCEL));
  update_facts (self, job);
  dio_job_stages_set (self->stages, &job->progress);
  dio_job_frames_set (self->frames, job);
  dio_job_log_set_job (self->log, job->id);
}

void
dio_job_detail_set_item (DioJobDetail *self, DioJobItem *item)
{
  g_return_if_fail (DIO_IS_JOB_DETAIL (self));

  if (self->item == item)
    return;
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, update, self);
  g_set_object (&self->item, item);
  gtk_widget_set_visible (GTK_WIDGET (self), item != NULL);
  if (item == NULL) {
    dio_job_log_set_job (self->log, 0);
    return;
  }
  g_signal_connect_object (item, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static GtkWidget *
add_button (GtkBox *box, const char *label, const char *action, const char *css_class)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  if (css_class != NULL)
    gtk_widget_add_css_class (button, css_class);
  gtk_box_append (box, button);
  return button;
}

static GtkLabel *
add_label (GtkWidget *box, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
build_header (DioJobDetail *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->title = add_label (line, "title-2");
  self->state = add_label (line, "dim-label");
  gtk_widget_set_valign (GTK_WIDGET (self->state), GTK_ALIGN_BASELINE);
  gtk_box_append (GTK_BOX (self), line);
  self->folder = add_label (GTK_WIDGET (self), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->folder), "dim-label");
  gtk_label_set_selectable (self->folder, TRUE);
  self->message = add_label (GTK_WIDGET (self), "warning");
  gtk_label_set_wrap (self->message, TRUE);
  gtk_label_set_ellipsize (self->message, PANGO_ELLIPSIZE_NONE);
  self->bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Progress of the Job"), -1);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->bar));
}

static void
build_buttons (DioJobDetail *self)
{
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  self->pause = add_button (box, _ ("Pause"), "win.job-pause", NULL);
  self->resume = add_button (box, _ ("Resume"), "win.job-resume", "suggested-action");
  self->retry = add_button (box, _ ("Retry"), "win.job-retry", NULL);
  self->cancel = add_button (box, _ ("Cancel Job"), "win.job-cancel", NULL);
  GtkWidget *space = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_hexpand (space, TRUE);
  gtk_box_append (box, space);
  add_button (box, _ ("Review"), "win.job-review", NULL);
  add_button (box, _ ("Show in Files"), "win.job-show-files", NULL);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (box));
}

static void
build_facts (DioJobDetail *self)
{
  GtkWidget *grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (grid), 24);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  for (guint i = 0; i < N_FACTS; i++) {
    GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
    gtk_label_set_text (add_label (box, "dim-label"), _ (fact_titles[i]));
    gtk_widget_add_css_class (gtk_widget_get_first_child (box), "caption");
    self->facts[i] = add_label (box, "numeric");
    gtk_widget_add_css_class (GTK_WIDGET (self->facts[i]), "heading");
    gtk_grid_attach (GTK_GRID (grid), box, (int) (i % 3), (int) (i / 3), 1, 1);
  }
  gtk_box_append (GTK_BOX (self), grid);
}

static void
dio_job_detail_dispose (GObject *object)
{
  DioJobDetail *self = DIO_JOB_DETAIL (object);
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, update, self);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (dio_job_detail_parent_class)->dispose (object);
}

static void
dio_job_detail_class_init (DioJobDetailClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dio_job_detail_dispose;
}

static void
dio_job_detail_init (DioJobDetail *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
dio_job_detail_new (DioSession *session)
{
  g_return_val_if_fail (DIO_IS_SESSION (session), NULL);

  DioJobDetail *self = g_object_new (DIO_TYPE_JOB_DETAIL, NULL);
  build_header (self);
  build_buttons (self);
  build_facts (self);
  self->stages = DIO_JOB_STAGES (dio_job_stages_new ());
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->stages));
  self->frames = DIO_JOB_FRAMES (dio_job_frames_new ());
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->frames));
  self->log = DIO_JOB_LOG (dio_job_log_new (session));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->log));
  return GTK_WIDGET (self);
}
