#define G_LOG_DOMAIN "dio-jobs"

#include "dio-jobs-page.h"

#include "dio-empty-state.h"
#include "dio-job-detail.h"
#include "dio-job-row.h"
#include "dio-tab-stop.h"

#include <glib/gi18n-lib.h>

#define LIST_WIDTH_PX 360

struct _DioJobsPage {
  AdwBin parent_instance;

  DioSession *session;         /**< owned */
  DioActionRegistry *registry; /**< (nullable) borrowed: the window's, like this page */
  GtkSingleSelection *selection;
  DioJobItem *watched; /**< (nullable) owned: the selected one, whose state commands follow */
  GtkStack *stack;     /**< "empty", "jobs" */
  DioJobDetail *detail;
};

G_DEFINE_FINAL_TYPE (DioJobsPage, dio_jobs_page, ADW_TYPE_BIN)

static DioJobItem *
get_selected (DioJobsPage *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

/* Commands do what the selected job allows. */
static void
update_actions (DioJobsPage *self)
{
  if (self->registry == NULL)
    return;
  DioJobItem *item = get_selected (self);
  DioJobState state = item != NULL ? dio_job_item_get_state (item) : DIO_JOB_N_STATES;
  gboolean any = item != NULL;
  gboolean can_run = any && dio_job_state_allows (state, DIO_JOB_REQUEST_RUN);
  const struct {
    const char *name;
    gboolean enabled;
  } actions[] = {
    { "job-pause", any && dio_job_state_allows (state, DIO_JOB_REQUEST_PAUSE) },
    { "job-resume", can_run },
    { "job-retry", can_run },
    { "job-cancel", any && dio_job_state_allows (state, DIO_JOB_REQUEST_CANCEL) },
    { "job-move-up", state == DIO_JOB_QUEUED },
    { "job-move-down", state == DIO_JOB_QUEUED },
    { "job-review", any && dio_job_item_get_job (item)->begun },
    { "job-show-files", any && dio_job_item_get_job (item)->begun },
    { "job-remove", any && !dio_job_state_is_active (state) },
  };
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    dio_action_registry_set_enabled (self->registry, actions[i].name, actions[i].enabled);
}

static void
watch (DioJobsPage *self, DioJobItem *item)
{
  if (self->watched == item)
    return;
  if (self->watched != NULL)
    g_signal_handlers_disconnect_by_func (self->watched, update_actions, self);
  g_set_object (&self->watched, item);
  if (item != NULL)
    g_signal_connect_object (item, "changed", G_CALLBACK (update_actions), self, G_CONNECT_SWAPPED);
}

static void
selected_cb (DioJobsPage *self)
{
  watch (self, get_selected (self));
  dio_job_detail_set_item (self->detail, get_selected (self));
  update_actions (self);
}

static void
items_changed_cb (DioJobsPage *self)
{
  gboolean any = g_list_model_get_n_items (dio_session_get_jobs (self->session)) > 0;
  gtk_stack_set_visible_child_name (self->stack, any ? "jobs" : "empty");
  selected_cb (self);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  g_autoptr (GError) error = NULL;
  if (!dio_session_catalog_finish (DIO_SESSION (source), result, &error))
    dio_session_report (DIO_SESSION (source), DIO_SEVERITY_ERROR,
                        _ ("The queue could not do that."), error, NULL, NULL);
}

static void
request (DioJobsPage *self, DioJobRequest request)
{
  DioJobItem *item = get_selected (self);
  if (item != NULL)
    dio_session_control_job_async (self->session, dio_job_item_get_id (item), request, done_cb,
                                   NULL);
}

static void
pause_cb (gpointer page)
{
  request (page, DIO_JOB_REQUEST_PAUSE);
}

static void
run_cb (gpointer page)
{
  request (page, DIO_JOB_REQUEST_RUN);
}

static void
cancel_cb (gpointer page)
{
  request (page, DIO_JOB_REQUEST_CANCEL);
}

static void
move (DioJobsPage *self, gboolean up)
{
  DioJobItem *item = get_selected (self);
  if (item != NULL)
    dio_session_move_job_async (self->session, dio_job_item_get_id (item), up, done_cb, NULL);
}

static void
move_up_cb (gpointer page)
{
  move (page, TRUE);
}

static void
move_down_cb (gpointer page)
{
  move (page, FALSE);
}

static void
remove_cb (gpointer page)
{
  DioJobsPage *self = page;
  DioJobItem *item = get_selected (self);
  if (item != NULL)
    dio_session_remove_job_async (self->session, dio_job_item_get_id (item), done_cb, NULL);
}

static void
review_cb (gpointer page)
{
  DioJobsPage *self = page;
  DioJobItem *item = get_selected (self);
  if (item == NULL)
    return;
  g_object_set (self->session, "dataset", dio_job_item_get_job (item)->spec.output, NULL);
  dio_session_set_mode (self->session, DIO_MODE_REVIEW);
}

static void
show_files_cb (gpointer page)
{
  DioJobsPage *self = page;
  DioJobItem *item = get_selected (self);
  if (item == NULL)
    return;
  g_autofree char *uri = g_filename_to_uri (dio_job_item_get_job (item)->spec.output, NULL, NULL);
  if (uri != NULL)
    gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), uri, GDK_CURRENT_TIME);
}

static const DioActionInfo actions[] = {
  { .name = "job-pause", .label = N_ ("Pause Job"), .group = N_ ("Render"), .activate = pause_cb },
  { .name = "job-resume", .label = N_ ("Resume Job"), .group = N_ ("Render"), .activate = run_cb },
  { .name = "job-retry",
    .label = N_ ("Retry Failed Frames"),
    .group = N_ ("Render"),
    .activate = run_cb },
  { .name = "job-cancel",
    .label = N_ ("Cancel Job"),
    .group = N_ ("Render"),
    .activate = cancel_cb },
  { .name = "job-move-up",
    .label = N_ ("Move Job Up"),
    .group = N_ ("Render"),
    .keys = "<Alt>Up",
    .activate = move_up_cb,
    .section = 1 },
  { .name = "job-move-down",
    .label = N_ ("Move Job Down"),
    .group = N_ ("Render"),
    .keys = "<Alt>Down",
    .activate = move_down_cb,
    .section = 1 },
  { .name = "job-review",
    .label = N_ ("Open Job in Review"),
    .group = N_ ("Render"),
    .activate = review_cb,
    .section = 2 },
  { .name = "job-show-files",
    .label = N_ ("Show Job in Files"),
    .group = N_ ("Render"),
    .activate = show_files_cb,
    .section = 2 },
  { .name = "job-remove",
    .label = N_ ("Remove Job from List"),
    .group = N_ ("Render"),
    .keys = "Delete",
    .activate = remove_cb,
    .section = 2 },
  { 0 },
};

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gtk_list_item_set_child (item, dio_job_row_new ());
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  dio_job_row_set_item (DIO_JOB_ROW (gtk_list_item_get_child (item)),
                        gtk_list_item_get_item (item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  dio_job_row_set_item (DIO_JOB_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
activate_cb (DioJobsPage *self)
{
  review_cb (self);
}

static GtkWidget *
build_list (DioJobsPage *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  GtkWidget *list =
      gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), factory);
  gtk_widget_add_css_class (list, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Jobs"),
                                  -1);
  g_signal_connect_object (list, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  gtk_widget_set_vexpand (scrolled, TRUE);

  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_size_request (box, LIST_WIDTH_PX, -1);
  gtk_box_append (GTK_BOX (box), dio_tab_stop_new (scrolled));
  GtkWidget *add = gtk_button_new_with_label (_ ("Render Batch…"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (add), "win.render-batch");
  gtk_widget_set_margin_top (add, 6);
  gtk_widget_set_margin_bottom (add, 12);
  gtk_widget_set_margin_start (add, 12);
  gtk_widget_set_margin_end (add, 12);
  gtk_box_append (GTK_BOX (box), add);
  return box;
}

static GtkWidget *
build_detail (DioJobsPage *self)
{
  self->detail = DIO_JOB_DETAIL (dio_job_detail_new (self->session));
  gtk_widget_set_margin_top (GTK_WIDGET (self->detail), 18);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->detail), 18);
  GtkWidget *clamp = adw_clamp_new ();
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 1160);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), 1160);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->detail));
  gtk_widget_set_margin_start (clamp, 18);
  gtk_widget_set_margin_end (clamp, 18);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  // In a low window the page scrolls, and pictures do not become small.
  GtkWidget *viewport = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scrolled));
  gtk_scrollable_set_vscroll_policy (GTK_SCROLLABLE (viewport), GTK_SCROLL_NATURAL);
  return scrolled;
}

static void
build (DioJobsPage *self)
{
  GListModel *jobs = dio_session_get_jobs (self->session);
  self->selection = gtk_single_selection_new (g_object_ref (jobs));
  GtkWidget *paned = gtk_paned_new (GTK_ORIENTATION_HORIZONTAL);
  gtk_paned_set_start_child (GTK_PANED (paned), build_list (self));
  gtk_paned_set_end_child (GTK_PANED (paned), build_detail (self));
  gtk_paned_set_resize_start_child (GTK_PANED (paned), FALSE);
  gtk_paned_set_shrink_start_child (GTK_PANED (paned), FALSE);

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (
      self->stack,
      dio_empty_state_new ("media-playback-start-symbolic", _ ("No Jobs Yet"),
                           _ ("A batch renders in the background, also when this window is "
                              "closed. Its frames can be reviewed while it runs."),
                           _ ("Render Batch…"), "win.render-batch"),
      "empty");
  gtk_stack_add_named (self->stack, paned, "jobs");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));

  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (jobs, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  items_changed_cb (self);
}

void
dio_jobs_page_add_actions (DioJobsPage *self, DioActionRegistry *registry)
{
  g_return_if_fail (DIO_IS_JOBS_PAGE (self));

  self->registry = registry;
  dio_action_registry_add (registry, actions, G_OBJECT (self), GTK_WIDGET (self));
  update_actions (self);
}

static void
dio_jobs_page_dispose (GObject *object)
{
  DioJobsPage *self = DIO_JOBS_PAGE (object);
  watch (self, NULL);
  self->registry = NULL;
  g_clear_object (&self->selection);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (dio_jobs_page_parent_class)->dispose (object);
}

static void
dio_jobs_page_class_init (DioJobsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dio_jobs_page_dispose;
}

static void
dio_jobs_page_init (DioJobsPage *self)
{
}

GtkWidget *
dio_jobs_page_new (DioSession *session)
{
  g_return_val_if_fail (DIO_IS_SESSION (session), NULL);

  DioJobsPage *self = g_object_new (DIO_TYPE_JOBS_PAGE, NULL);
  self->session = g_object_ref (session);
  build (self);
  return GTK_WIDGET (self);
}
