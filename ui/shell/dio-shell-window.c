#define G_LOG_DOMAIN "dio-shell"

#include "dio-shell-window.h"

#include "dio-desk-page.h"
#include "dio-session-jobs.h"
#include "dio-shell-preferences.h"
#include "dio-shell-recent.h"
#include "dio-shell-recovery.h"
#include "dio-shell-start.h"
#include "dio-shell-window-private.h"

#include <glib/gi18n-lib.h>

/* Below this the mode switcher drops its wide form. */
#define NARROW_PX 1180

G_DEFINE_FINAL_TYPE (DioShellWindow, dio_shell_window, ADW_TYPE_APPLICATION_WINDOW)

enum { PROP_LEFT_PANEL = 1, PROP_RIGHT_PANEL, PROP_BOTTOM_PANEL, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

static const PanelArea areas[N_PROPERTIES] = {
  [PROP_LEFT_PANEL] = PANEL_AREA_START,
  [PROP_RIGHT_PANEL] = PANEL_AREA_END,
  [PROP_BOTTOM_PANEL] = PANEL_AREA_BOTTOM,
};
/* Names of the pages, in the order of DioMode. */
static const char *const page_names[DIO_SHELL_N_MODES] = { "compose", "randomize", "render",
                                                           "review" };

static void finish_building (DioShellWindow *self);

/* -- Properties ------------------------------------------------------------------------------------ */

static void
dio_shell_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  DioShellWindow *self = DIO_SHELL_WINDOW (object);
  g_value_set_boolean (value,
                       self->dock != NULL && panel_dock_get_reveal_area (self->dock, areas[id]));
}

static void
dio_shell_window_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  DioShellWindow *self = DIO_SHELL_WINDOW (object);
  finish_building (self);
  panel_dock_set_reveal_area (self->dock, areas[id], g_value_get_boolean (value));
  g_settings_set_boolean (self->window_settings, pspec->name, g_value_get_boolean (value));
  g_object_notify_by_pspec (object, pspec);
}

/* -- Session --------------------------------------------------------------------------------------- */

static void
message_cb (DioSession *session, const DioMessage *message, DioShellWindow *self)
{
  dio_shell_messages_show (self->messages, message);
}

static void
mode_cb (DioSession *session, GParamSpec *pspec, DioShellWindow *self)
{
  finish_building (self);
  adw_view_stack_set_visible_child_name (self->pages, page_names[dio_session_get_mode (session)]);
  dio_shell_header_update_undo (self);
}

static void
page_cb (AdwViewStack *pages, GParamSpec *pspec, DioShellWindow *self)
{
  const char *name = adw_view_stack_get_visible_child_name (pages);
  for (int mode = 0; mode < DIO_SHELL_N_MODES; mode++)
    if (g_strcmp0 (name, page_names[mode]) == 0)
      dio_session_set_mode (self->session, (DioMode) mode);
}

static void
document_opened_cb (DioSession *session, DioShellWindow *self)
{
  dio_shell_window_show_document (self);
}

/* Everything but pictures works without OpenGL; said once. */
static void
result_cb (DioSession *session, DioShellWindow *self)
{
  if (self->told_gl)
    return;
  g_autofree char *why = dio_preview_dup_gl_error (dio_session_get_preview (session));
  DioPreviewResult *result = dio_session_get_result (session);
  if (why == NULL) {
    // A picture proves that it works.
    self->told_gl = result != NULL && result->view_rgb != NULL;
    return;
  }
  self->told_gl = TRUE;
  DioShellBar bar = {
    .id = "no-opengl",
    .type = GTK_MESSAGE_WARNING,
    .text = _ (
        "There are no pictures, because OpenGL 4.5 is missing. Labels, editing and review work."),
    .detail = why,
  };
  dio_shell_messages_show_bar (self->messages, &bar);
}

static void
update_title (DioShellWindow *self)
{
  g_autofree char *title = NULL;
  g_object_get (self->session, "title", &title, NULL);
  g_autofree char *whole = self->has_document
                               // Translators: title of a window: document, program
                               ? g_strdup_printf (_ ("%s — Diorama"), title)
                               : g_strdup (_ ("Diorama"));
  gtk_window_set_title (GTK_WINDOW (self), whole);
}

static void
title_cb (DioSession *session, GParamSpec *pspec, DioShellWindow *self)
{
  update_title (self);
}

static void
path_cb (DioSession *session, GParamSpec *pspec, DioShellWindow *self)
{
  const char *path = dio_session_get_path (session);
  if (path != NULL)
    dio_shell_recent_add (path);
}

static void
job_finished_cb (DioSession *session, DioJobItem *item, DioShellWindow *self)
{
  const DioCatalogJob *job = dio_job_item_get_job (item);
  gboolean done = dio_job_item_get_state (item) == DIO_JOB_DONE;
  // Translators: %s is the name of a job
  g_autofree char *text = g_strdup_printf (
      done ? _ ("“%s” is rendered") : _ ("“%s” has ended with frames missing"), job->spec.name);
  if (gtk_window_is_active (GTK_WINDOW (self))) {
    dio_shell_window_tell (self, text, _ ("Show"), "win.mode-render");
    return;
  }
  g_autoptr (GNotification) notification = g_notification_new (_ ("Diorama"));
  g_notification_set_body (notification, text);
  g_autofree char *id = g_strdup_printf ("job-%" G_GINT64_FORMAT, dio_job_item_get_id (item));
  GApplication *application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
  if (application != NULL)
    g_application_send_notification (application, id, notification);
}

static void
connect_session (DioShellWindow *self)
{
  static const struct {
    const char *signal;
    GCallback callback;
  } handlers[] = {
    { "message", G_CALLBACK (message_cb) },
    { "notify::mode", G_CALLBACK (mode_cb) },
    { "document-opened", G_CALLBACK (document_opened_cb) },
    { "result", G_CALLBACK (result_cb) },
    { "notify::title", G_CALLBACK (title_cb) },
    { "notify::path", G_CALLBACK (path_cb) },
    { "job-finished", G_CALLBACK (job_finished_cb) },
  };
  for (guint i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect_object (self->session, handlers[i].signal, handlers[i].callback, self, 0);
}

/* -- Widgets --------------------------------------------------------------------------------------- */

static void
add_page (DioShellWindow *self, DioMode mode, DioShellPart part, GtkWidget *child)
{
  AdwViewStackPage *page = adw_view_stack_add_titled (
      self->pages, child, page_names[mode],
      mode == DIO_MODE_COMPOSE ? _ ("Compose") : dio_shell_part_get_title (part));
  adw_view_stack_page_set_icon_name (page, dio_shell_part_get_icon (part));
}

static void
add_page_of_part (DioShellWindow *self, DioMode mode, DioShellPart part)
{
  self->parts[part] = dio_shell_part_create (part, self->session);
  add_page (self, mode, part, self->parts[part]);
}

/* The start page, and the stack of pages that are still to come. */
static void
build_content (DioShellWindow *self)
{
  self->pages = ADW_VIEW_STACK (adw_view_stack_new ());
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_transition_type (self->stack, GTK_STACK_TRANSITION_TYPE_CROSSFADE);
  gtk_stack_add_named (self->stack, dio_shell_start_new (self), "start");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->pages), "studio");
  self->messages = DIO_SHELL_MESSAGES (dio_shell_messages_new (GTK_WIDGET (self->stack)));
  gtk_widget_set_vexpand (GTK_WIDGET (self->messages), TRUE);

  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (content), dio_shell_header_new (self));
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->messages));
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), content);
}

static void
build_compose (DioShellWindow *self)
{
  g_autoptr (GtkWidget) compose = dio_shell_compose_new (self);
  add_page (self, DIO_MODE_COMPOSE, DIO_SHELL_VIEWPORT, compose);
}

static void
build_pages (DioShellWindow *self)
{
  add_page_of_part (self, DIO_MODE_RANDOMIZE, DIO_SHELL_RANDOMIZE);
  add_page_of_part (self, DIO_MODE_RENDER, DIO_SHELL_JOBS);
  add_page_of_part (self, DIO_MODE_REVIEW, DIO_SHELL_DESK);
  g_signal_connect_object (self->pages, "notify::visible-child", G_CALLBACK (page_cb), self, 0);
}

static void
restore_state (DioShellWindow *self)
{
  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (self->window_settings, "width"),
                               g_settings_get_int (self->window_settings, "height"));
  if (g_settings_get_boolean (self->window_settings, "maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

static void
save_state (DioShellWindow *self)
{
  int width, height;
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  if (width > 0 && height > 0) {
    g_settings_set_int (self->window_settings, "width", width);
    g_settings_set_int (self->window_settings, "height", height);
  }
  g_settings_set_boolean (self->window_settings, "maximized",
                          gtk_window_is_maximized (GTK_WINDOW (self)));
  dio_shell_compose_save (self);
}

static gboolean
dio_shell_window_close_request (GtkWindow *window)
{
  DioShellWindow *self = DIO_SHELL_WINDOW (window);
  finish_building (self);
  if (dio_shell_close_requested (self))
    return TRUE;
  save_state (self);
  return GTK_WINDOW_CLASS (dio_shell_window_parent_class)->close_request (window);
}

static void
dio_shell_window_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GTK_WIDGET_CLASS (dio_shell_window_parent_class)->size_allocate (widget, width, height, baseline);
  dio_shell_header_set_narrow (DIO_SHELL_WINDOW (widget), width < NARROW_PX);
}

/* However it is shown: nobody sees it half built. */
static void
dio_shell_window_show (GtkWidget *widget)
{
  finish_building (DIO_SHELL_WINDOW (widget));
  GTK_WIDGET_CLASS (dio_shell_window_parent_class)->show (widget);
}

static void
dio_shell_window_dispose (GObject *object)
{
  DioShellWindow *self = DIO_SHELL_WINDOW (object);
  g_clear_handle_id (&self->building, g_source_remove);
  for (int mode = 0; mode < DIO_SHELL_N_MODES; mode++)
    if (self->undo[mode].source != NULL) {
      g_signal_handlers_disconnect_by_data (self->undo[mode].source, self);
      g_clear_object (&self->undo[mode].source);
    }
  dio_shell_compose_release (self);
  G_OBJECT_CLASS (dio_shell_window_parent_class)->dispose (object);
  g_clear_pointer (&self->document_widgets, g_ptr_array_unref);
  // Panels are gone by now: nobody needs the session any more.
  g_clear_object (&self->registry);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_object (&self->window_settings);
}

static void
dio_shell_window_class_init (DioShellWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->get_property = dio_shell_window_get_property;
  object_class->set_property = dio_shell_window_set_property;
  object_class->dispose = dio_shell_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = dio_shell_window_close_request;
  GTK_WIDGET_CLASS (klass)->show = dio_shell_window_show;
  GTK_WIDGET_CLASS (klass)->size_allocate = dio_shell_window_size_allocate;
  static const char *const names[N_PROPERTIES] = {
    [PROP_LEFT_PANEL] = "left-panel",
    [PROP_RIGHT_PANEL] = "right-panel",
    [PROP_BOTTOM_PANEL] = "bottom-panel",
  };
  for (guint id = PROP_LEFT_PANEL; id < N_PROPERTIES; id++)
    properties[id] =
        g_param_spec_boolean (names[id], NULL, NULL, TRUE,
                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
dio_shell_window_init (DioShellWindow *self)
{
  self->settings = g_settings_new ("org.diorama.Studio");
  self->window_settings = g_settings_get_child (self->settings, "window");
  self->document_widgets = g_ptr_array_new ();
}

static void
add_parts_commands (DioShellWindow *self)
{
  for (int part = 0; part < DIO_SHELL_N_PARTS; part++)
    dio_shell_part_add_actions ((DioShellPart) part, self->parts[part], self->registry);
}

static void
undo_verdict (gpointer source)
{
  dio_desk_page_undo (DIO_DESK_PAGE (source));
}

static void
redo_verdict (gpointer source)
{
  dio_desk_page_redo (DIO_DESK_PAGE (source));
}

/* In Review, Undo takes back verdicts and not edits of the document. */
static void
set_undo_of_review (DioShellWindow *self)
{
  DioShellUndo undo = { G_OBJECT (self->parts[DIO_SHELL_DESK]), undo_verdict, redo_verdict };
  dio_shell_window_set_undo (self, DIO_MODE_REVIEW, &undo);
}

static void
build_commands (DioShellWindow *self)
{
  dio_shell_window_add_commands (self);
  add_parts_commands (self);
}

static void
build_menu (DioShellWindow *self)
{
  dio_shell_header_fill_menu (self);
  set_undo_of_review (self);
  dio_shell_preferences_apply_keys (self->registry, self->settings);
}

static void
start_work (DioShellWindow *self)
{
  dio_shell_header_update_undo (self);
  update_title (self);
  restore_state (self);
  dio_shell_recovery_look (self);
}

/* The whole would hold the main loop for too long: every step has a turn of its own, unless somebody needs the window at once. */
static void (*const building_steps[]) (DioShellWindow *self) = {
  build_content, build_compose, build_pages, build_commands, build_menu, start_work,
};

static gboolean
build_next (DioShellWindow *self)
{
  if (self->n_built == G_N_ELEMENTS (building_steps))
    return FALSE;
  building_steps[self->n_built++](self);
  return TRUE;
}

/* A step may come by here itself. */
static void
finish_building (DioShellWindow *self)
{
  while (build_next (self)) {
  }
}

static gboolean
build_cb (gpointer user)
{
  DioShellWindow *self = user;
  if (build_next (self))
    return G_SOURCE_CONTINUE;
  self->building = 0;
  // It may have been closed meanwhile.
  if (self->present && gtk_window_get_application (GTK_WINDOW (self)) != NULL)
    gtk_window_present (GTK_WINDOW (self));
  return G_SOURCE_REMOVE;
}

DioShellWindow *
dio_shell_window_new (AdwApplication *application, DioSession *session)
{
  g_return_val_if_fail (ADW_IS_APPLICATION (application), NULL);

  DioShellWindow *self = g_object_new (DIO_TYPE_SHELL_WINDOW, "application", application, NULL);
  self->session = session != NULL ? g_object_ref (session) : dio_session_new (NULL, NULL);
  self->registry = dio_action_registry_new (GTK_APPLICATION (application), G_ACTION_MAP (self));
  build_next (self);
  connect_session (self);
  self->building = g_idle_add_full (G_PRIORITY_DEFAULT, build_cb, self, NULL);
  return self;
}

void
dio_shell_window_present_soon (DioShellWindow *self)
{
  g_return_if_fail (DIO_IS_SHELL_WINDOW (self));
  self->present = TRUE;
  if (self->building == 0)
    self->building = g_idle_add_full (G_PRIORITY_DEFAULT, build_cb, self, NULL);
}

/* -- The rest -------------------------------------------------------------------------------------- */

DioSession *
dio_shell_window_get_session (DioShellWindow *self)
{
  g_return_val_if_fail (DIO_IS_SHELL_WINDOW (self), NULL);
  return self->session;
}

DioActionRegistry *
dio_shell_window_get_registry (DioShellWindow *self)
{
  g_return_val_if_fail (DIO_IS_SHELL_WINDOW (self), NULL);
  finish_building (self);
  return self->registry;
}

gboolean
dio_shell_window_has_document (DioShellWindow *self)
{
  g_return_val_if_fail (DIO_IS_SHELL_WINDOW (self), FALSE);
  return self->has_document;
}

void
dio_shell_window_show_document (DioShellWindow *self)
{
  finish_building (self);
  self->has_document = TRUE;
  gtk_stack_set_visible_child_name (self->stack, "studio");
  for (guint i = 0; i < self->document_widgets->len; i++)
    gtk_widget_set_visible (self->document_widgets->pdata[i], TRUE);
  update_title (self);
  dio_shell_header_update_undo (self);
  gtk_widget_grab_focus (self->parts[DIO_SHELL_VIEWPORT]);
}

void
dio_shell_window_open_dataset (DioShellWindow *self, const char *folder)
{
  g_return_if_fail (DIO_IS_SHELL_WINDOW (self));
  g_return_if_fail (folder != NULL);
  dio_shell_window_show_document (self);
  g_object_set (self->session, "dataset", folder, NULL);
  dio_session_set_mode (self->session, DIO_MODE_REVIEW);
}

void
dio_shell_window_tell (DioShellWindow *self,
                       const char *text,
                       const char *label,
                       const char *action)
{
  DioMessage message = {
    .severity = DIO_SEVERITY_NOTE,
    .text = (char *) text,
    .action_label = (char *) label,
    .action = (char *) action,
  };
  dio_shell_messages_show (self->messages, &message);
}

static void
undo_changed_cb (GObject *source, GParamSpec *pspec, DioShellWindow *self)
{
  dio_shell_header_update_undo (self);
}

void
dio_shell_window_set_undo (DioShellWindow *self, DioMode mode, const DioShellUndo *undo)
{
  g_return_if_fail (DIO_IS_SHELL_WINDOW (self));
  g_return_if_fail ((int) mode < DIO_SHELL_N_MODES);
  g_return_if_fail (undo != NULL);

  if (self->undo[mode].source != NULL)
    g_signal_handlers_disconnect_by_func (self->undo[mode].source, undo_changed_cb, self);
  g_set_object (&self->undo[mode].source, undo->source);
  self->undo[mode].undo = undo->undo;
  self->undo[mode].redo = undo->redo;
  static const char *const names[] = { "notify::can-undo", "notify::can-redo", "notify::undo-name",
                                       "notify::redo-name" };
  for (guint i = 0; i < G_N_ELEMENTS (names) && undo->source != NULL; i++)
    g_signal_connect_object (undo->source, names[i], G_CALLBACK (undo_changed_cb), self, 0);
  dio_shell_header_update_undo (self);
}
