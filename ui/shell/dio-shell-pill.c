#define G_LOG_DOMAIN "dio-shell"

#include "dio-shell-pill.h"

#include "dio-session-jobs.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static gboolean
is_active (DioJobItem *item)
{
  DioJobState state = dio_job_item_get_state (item);
  return state == DIO_JOB_QUEUED || state == DIO_JOB_RUNNING || state == DIO_JOB_PAUSING
         || state == DIO_JOB_CANCELLING;
}

guint
dio_shell_count_active_jobs (DioSession *session)
{
  GListModel *jobs = dio_session_get_jobs (session);
  guint n = 0;
  for (guint i = 0; i < g_list_model_get_n_items (jobs); i++) {
    g_autoptr (DioJobItem) item = g_list_model_get_item (jobs, i);
    n += is_active (item) ? 1 : 0;
  }
  return n;
}

static void
update (GListModel *jobs, GtkButton *pill)
{
  guint n = 0;
  double frames = 0, ended = 0;
  for (guint i = 0; i < g_list_model_get_n_items (jobs); i++) {
    g_autoptr (DioJobItem) item = g_list_model_get_item (jobs, i);
    if (!is_active (item))
      continue;
    n++;
    double count = MAX ((double) dio_job_item_get_job (item)->spec.count, 1);
    frames += count;
    ended += count * dio_job_item_get_fraction (item);
  }
  gtk_widget_set_visible (GTK_WIDGET (pill), n > 0);
  if (n == 0)
    return;
  // 100 % only where nothing is left.
  int percent = (int) floor (ended / frames * 100);
  // Translators: how many jobs run and how much of them is done
  g_autofree char *text =
      g_strdup_printf (ngettext ("%u job %d %%", "%u jobs %d %%", n), n, percent);
  gtk_button_set_label (pill, text);
}

static void
changed_cb (DioJobItem *item, GtkButton *pill)
{
  update (g_object_get_data (G_OBJECT (pill), "dio-jobs"), pill);
}

static void
items_changed_cb (GListModel *jobs, guint position, guint removed, guint added, GtkButton *pill)
{
  for (guint i = position; i < position + added; i++) {
    g_autoptr (DioJobItem) item = g_list_model_get_item (jobs, i);
    g_signal_handlers_disconnect_by_func (item, changed_cb, pill);
    g_signal_connect_object (item, "changed", G_CALLBACK (changed_cb), pill, 0);
  }
  update (jobs, pill);
}

GtkWidget *
dio_shell_pill_new (DioSession *session)
{
  GtkWidget *pill = gtk_button_new ();
  gtk_widget_add_css_class (pill, "flat");
  gtk_widget_add_css_class (pill, "numeric");
  gtk_widget_set_focus_on_click (pill, FALSE);
  gtk_widget_set_tooltip_text (pill, _ ("Show the jobs"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (pill), "win.mode-render");
  GListModel *jobs = dio_session_get_jobs (session);
  g_object_set_data_full (G_OBJECT (pill), "dio-jobs", g_object_ref (jobs), g_object_unref);
  g_signal_connect_object (jobs, "items-changed", G_CALLBACK (items_changed_cb), pill, 0);
  items_changed_cb (jobs, 0, 0, g_list_model_get_n_items (jobs), GTK_BUTTON (pill));
  return pill;
}
