#define G_LOG_DOMAIN "dio-desk"

#include "dio-desk-page.h"

#include "dio-desk-actions-private.h"
#include "dio-desk-private.h"
#include "dio-desk-query.h"
#include "dio-desk-start.h"
#include "dio-desk-text.h"
#include "dio-empty-state.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* New frames of a running job are looked for so often while the page is shown. */
#define POLL_MS 1000

/* Counts follow decisions when the hand pauses. */
#define RECOUNT_MS 400

#define SETTINGS_ID "org.diorama.Studio"

G_DEFINE_FINAL_TYPE (DioDeskPage, dio_desk_page, ADW_TYPE_BIN)

enum { PROP_0, PROP_CAN_UNDO, PROP_CAN_REDO, PROP_UNDO_NAME, PROP_REDO_NAME, N_PROPERTIES };

static GParamSpec *properties[N_PROPERTIES];

/* -- Lending ------------------------------------------------------------------------------------------------------- */

gpointer
dio_desk_page_lend (DioDeskPage *self)
{
  GWeakRef *lent = g_new0 (GWeakRef, 1);
  g_weak_ref_init (lent, self);
  return lent;
}

DioDeskPage *
dio_desk_page_claim (gpointer lent)
{
  DioDeskPage *self = g_weak_ref_get (lent);
  g_weak_ref_clear (lent);
  g_free (lent);
  return self;
}

/* -- Lists ---------------------------------------------------------------------------------------------------------- */

DioReviewList *
dio_desk_page_get_list (DioDeskPage *self)
{
  DioDeskModel *model = self->data != NULL ? dio_desk_grid_get_model (self->grid) : NULL;
  return model != NULL ? dio_desk_model_get_list (model) : NULL;
}

static void
show_progress (DioDeskPage *self)
{
  dio_desk_queues_show_progress (self->queues, self->data, dio_desk_page_get_list (self));
}

/* The bounds of a report are about it, whatever is looked at when that is written. */
static void
keep_audit (DioDeskPage *self, DioReviewList *list)
{
  DioDeskQuery query = { 0 };
  dio_desk_queues_get (self->queues, &query);
  if (query.queue != DIO_DESK_QUEUE_AUDIT)
    return;
  g_clear_pointer (&self->audit, dio_review_list_unref);
  self->audit = dio_review_list_ref (list);
  self->audit_seed = query.seed;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  g_autoptr (DioDeskPage) self = dio_desk_page_claim (user);
  g_autoptr (DioDeskAnswer) answer = dio_desk_query_ask_finish (result, NULL);
  // Overtaken, or of a dataset that is closed.
  if (answer == NULL || self == NULL || self->data == NULL || source != G_OBJECT (self->data))
    return;
  if (answer->list != NULL) {
    dio_desk_grid_set_list (self->grid, answer->list, !self->list_other);
    self->list_wanted = self->list_other = FALSE;
    keep_audit (self, answer->list);
    dio_desk_filters_set_shown (self->filters, answer->list->n,
                                dio_review_table_get_n (answer->table, answer->list->unit));
    gtk_stack_set_visible_child_name (self->stack, "desk");
  }
  if (answer->facets != NULL)
    dio_desk_filters_set_facets (self->filters, answer->table, answer->facets);
  show_progress (self);
  dio_desk_page_update_actions (self);
}

void
dio_desk_page_ask (DioDeskPage *self, gboolean with_list)
{
  if (self->data == NULL || dio_desk_data_get_table (self->data) == NULL)
    return;
  self->list_wanted = self->list_wanted || with_list;
  DioDeskQuery query = { .unit = dio_desk_filters_get_unit (self->filters),
                         .with_list = self->list_wanted };
  dio_desk_filters_get (self->filters, &query.filter, &query.sort);
  dio_desk_queues_get (self->queues, &query);
  dio_desk_query_ask_async (&query, self->data, self->newest, answered_cb,
                            dio_desk_page_lend (self));
}

static void
filters_changed_cb (DioDeskPage *self)
{
  self->list_other = TRUE;
  dio_desk_page_ask (self, TRUE);
}

static gboolean
recount_cb (gpointer user)
{
  DioDeskPage *self = user;
  self->recount = 0;
  dio_desk_page_ask (self, FALSE);
  return G_SOURCE_REMOVE;
}

/* -- Verdicts ------------------------------------------------------------------------------------------------------- */

void
dio_desk_page_update_undo (DioDeskPage *self)
{
  DioReviewVerdicts *verdicts = self->data != NULL ? dio_desk_data_get_verdicts (self->data) : NULL;
  gboolean undo = verdicts != NULL && dio_review_verdicts_can_undo (verdicts);
  gboolean redo = verdicts != NULL && dio_review_verdicts_can_redo (verdicts);
  if (undo != self->can_undo) {
    self->can_undo = undo;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_UNDO]);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNDO_NAME]);
  }
  if (redo != self->can_redo) {
    self->can_redo = redo;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_REDO]);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REDO_NAME]);
  }
  dio_desk_page_update_actions (self);
}

static void
decided_cb (DioDeskPage *self)
{
  dio_desk_page_update_undo (self);
  show_progress (self);
  if (self->recount == 0)
    self->recount = g_timeout_add (RECOUNT_MS, recount_cb, self);
}

static void
not_saved_cb (DioDeskPage *self, const char *message)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, message);
  dio_session_report (self->session, DIO_SEVERITY_ERROR,
                      _ ("Verdicts are kept, but could not be written."), error, NULL, NULL);
}

/* -- Datasets ------------------------------------------------------------------------------------------------------- */

static void
grown_cb (DioDeskPage *self)
{
  dio_desk_shots_forget_others (self->shots);
  dio_desk_page_ask (self, TRUE);
  dio_desk_page_update_undo (self);
}

static void
opened_cb (DioDeskPage *self, const GError *error)
{
  if (error == NULL) {
    dio_desk_page_ask (self, TRUE);
    return;
  }
  adw_status_page_set_description (ADW_STATUS_PAGE (self->failed), error->message);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

static void
close_data (DioDeskPage *self)
{
  if (self->data == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->data, self);
  g_clear_pointer (&self->shots, dio_desk_shots_free);
  g_clear_pointer (&self->audit, dio_review_list_unref);
  dio_desk_viewer_set_shot (self->viewer, NULL, 0);
  dio_desk_grid_set_data (self->grid, NULL);
  dio_desk_data_close (self->data);
  g_clear_object (&self->data);
  dio_desk_filters_reset (self->filters);
  dio_desk_details_clear (self->details);
  dio_desk_page_update_undo (self);
  show_progress (self);
}

/* (nullable) As the preferences have it. */
static char *
dup_reviewer (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema =
      source != NULL ? g_settings_schema_source_lookup (source, SETTINGS_ID, TRUE) : NULL;
  if (schema == NULL)
    return NULL;
  g_autoptr (GSettings) settings = g_settings_new (SETTINGS_ID);
  return g_settings_get_string (settings, "reviewer");
}

static void
dataset_changed_cb (DioDeskPage *self)
{
  g_autofree char *folder = NULL;
  g_object_get (self->session, "dataset", &folder, NULL);
  close_data (self);
  if (folder == NULL) {
    gtk_stack_set_visible_child_name (self->stack, "empty");
    return;
  }
  g_autofree char *reviewer = dup_reviewer ();
  self->data = dio_desk_data_new (folder, reviewer);
  self->shots = dio_desk_shots_new (self->data);
  dio_desk_grid_set_data (self->grid, self->data);
  g_signal_connect_object (self->data, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->data, "grown", G_CALLBACK (grown_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->data, "decided", G_CALLBACK (decided_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->data, "not-saved", G_CALLBACK (not_saved_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_stack_set_visible_child_name (self->stack, "wait");
  gtk_stack_set_visible_child_name (self->views, "grid");
}

static gboolean
poll_cb (gpointer user)
{
  DioDeskPage *self = user;
  if (self->data != NULL)
    dio_desk_data_poll (self->data);
  return G_SOURCE_CONTINUE;
}

static void
map (GtkWidget *widget)
{
  DioDeskPage *self = DIO_DESK_PAGE (widget);
  GTK_WIDGET_CLASS (dio_desk_page_parent_class)->map (widget);
  if (self->poll == 0)
    self->poll = g_timeout_add (POLL_MS, poll_cb, self);
}

static void
unmap (GtkWidget *widget)
{
  g_clear_handle_id (&DIO_DESK_PAGE (widget)->poll, g_source_remove);
  GTK_WIDGET_CLASS (dio_desk_page_parent_class)->unmap (widget);
}

static gboolean
grab_focus (GtkWidget *widget)
{
  DioDeskPage *self = DIO_DESK_PAGE (widget);
  if (dio_desk_page_is_large (self)) {
    dio_desk_viewer_focus (self->viewer);
    return TRUE;
  }
  return gtk_widget_child_focus (GTK_WIDGET (self->grid), GTK_DIR_TAB_FORWARD);
}

/* GTK would ask the page itself at both ends of Tab's way, which never lets go. */
static gboolean
move_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return gtk_widget_child_focus (GTK_WIDGET (DIO_DESK_PAGE (widget)->stack), direction);
}

/* -- Views ---------------------------------------------------------------------------------------------------------- */

void
dio_desk_page_show_grid (DioDeskPage *self)
{
  gtk_stack_set_visible_child_name (self->views, "grid");
  gtk_toggle_button_set_active (self->grid_button, TRUE);
  DioDeskModel *model = dio_desk_grid_get_model (self->grid);
  guint position;
  if (model != NULL && dio_desk_model_get_current (model, &position))
    dio_desk_grid_show (self->grid, position);
}

static void
view_toggled_cb (GtkToggleButton *button, DioDeskPage *self)
{
  const char *shown = gtk_stack_get_visible_child_name (self->views);
  if (!gtk_toggle_button_get_active (button))
    return;
  if (button == self->statistics_button && g_strcmp0 (shown, "statistics") != 0)
    dio_desk_page_show_statistics (self);
  else if (button == self->grid_button && g_strcmp0 (shown, "statistics") == 0)
    dio_desk_page_show_grid (self);
}

/* From the large view, where it is down already. */
static void
grid_clicked_cb (DioDeskPage *self)
{
  if (dio_desk_page_is_large (self))
    dio_desk_page_show_grid (self);
}

static void
activated_cb (DioDeskGrid *grid, guint position, DioDeskPage *self)
{
  dio_desk_page_open_large (self);
}

static void
size_cb (GtkRange *range, DioDeskPage *self)
{
  dio_desk_grid_set_tile_px (self->grid, (int) gtk_range_get_value (range));
}

static void
instance_cb (GtkWidget *widget, guint instance, DioDeskPage *self)
{
  dio_desk_page_select_instance (self, instance);
}

static void
comment_cb (DioDeskDetails *details, const char *comment, DioDeskPage *self)
{
  dio_desk_page_comment (self, comment);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* -- Building ------------------------------------------------------------------------------------------------------- */

static GtkToggleButton *
add_view_button (DioDeskPage *self, GtkBox *box, const char *label, GtkToggleButton *group)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (label);
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), group);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_box_append (box, button);
  return GTK_TOGGLE_BUTTON (button);
}

/* What lies over the pictures, small and large; with the signs that the viewport has for it. */
static void
add_overlay_buttons (GtkBox *bar)
{
  static const struct {
    const char *icon, *label, *action;
  } buttons[] = {
    { "dio-boxes-symbolic", N_ ("Next Kind of Boxes"), "win.cycle-boxes" },
    { "dio-masks-symbolic", N_ ("Next Kind of Masks"), "win.cycle-masks" },
    { "dio-names-symbolic", N_ ("All Names"), "win.show-names" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    gtk_box_append (
        bar, dio_desk_text_icon_button (buttons[i].icon, _ (buttons[i].label), buttons[i].action));
}

static GtkWidget *
build_bar (DioDeskPage *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (bar, "toolbar");
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (buttons, "linked");
  self->grid_button = add_view_button (self, GTK_BOX (buttons), _ ("Grid"), NULL);
  self->statistics_button =
      add_view_button (self, GTK_BOX (buttons), _ ("Statistics"), self->grid_button);
  gtk_toggle_button_set_active (self->grid_button, TRUE);
  g_signal_connect_object (self->grid_button, "toggled", G_CALLBACK (view_toggled_cb), self, 0);
  g_signal_connect_object (self->grid_button, "clicked", G_CALLBACK (grid_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->statistics_button, "toggled", G_CALLBACK (view_toggled_cb), self,
                           0);
  gtk_box_append (GTK_BOX (bar), buttons);
  GtkWidget *space = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_hexpand (space, TRUE);
  gtk_box_append (GTK_BOX (bar), space);
  add_overlay_buttons (GTK_BOX (bar));
  self->size = GTK_SCALE (gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL,
                                                    DIO_DESK_GRID_MIN_PX, DIO_DESK_GRID_MAX_PX, 8));
  gtk_scale_set_draw_value (self->size, FALSE);
  gtk_widget_set_size_request (GTK_WIDGET (self->size), 140, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->size), _ ("Size of the Pictures"));
  dio_desk_text_name (GTK_WIDGET (self->size), _ ("Size of the Pictures"));
  gtk_range_set_value (GTK_RANGE (self->size), 176);
  g_signal_connect_object (self->size, "value-changed", G_CALLBACK (size_cb), self, 0);
  // In a narrow window the pictures keep their size, so that the page still fits.
  GtkWidget *room = adw_squeezer_new ();
  adw_squeezer_set_allow_none (ADW_SQUEEZER (room), TRUE);
  adw_squeezer_set_homogeneous (ADW_SQUEEZER (room), FALSE);
  adw_squeezer_add (ADW_SQUEEZER (room), GTK_WIDGET (self->size));
  gtk_box_append (GTK_BOX (bar), room);
  GtkWidget *report = dio_desk_text_icon_button ("document-save-as-symbolic",
                                                 _ ("Write Review Report…"), "win.desk-report");
  gtk_box_append (GTK_BOX (bar), report);
  return bar;
}

static GtkWidget *
build_middle (DioDeskPage *self)
{
  GtkWidget *grid_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->grid = DIO_DESK_GRID (dio_desk_grid_new (dio_session_get_overlays (self->session)));
  self->viewer = DIO_DESK_VIEWER (dio_desk_viewer_new (self->session));
  self->statistics = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  self->views = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->views, GTK_WIDGET (self->grid), "grid");
  gtk_stack_add_named (self->views, GTK_WIDGET (self->viewer), "large");
  gtk_stack_add_named (self->views, GTK_WIDGET (self->statistics), "statistics");
  gtk_widget_set_hexpand (GTK_WIDGET (self->views), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->views), TRUE);
  gtk_box_append (GTK_BOX (grid_box), build_bar (self));
  gtk_box_append (GTK_BOX (grid_box), GTK_WIDGET (self->views));
  size_cb (GTK_RANGE (self->size), self);
  g_signal_connect_object (self->grid, "activated", G_CALLBACK (activated_cb), self, 0);
  g_signal_connect_object (self->grid, "current-changed", G_CALLBACK (dio_desk_page_show_current),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->viewer, "object-picked", G_CALLBACK (instance_cb), self, 0);
  return grid_box;
}

static GtkWidget *
build_desk (DioDeskPage *self)
{
  GtkWidget *columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->filters = DIO_DESK_FILTERS (dio_desk_filters_new ());
  g_signal_connect_object (self->filters, "changed", G_CALLBACK (filters_changed_cb), self,
                           G_CONNECT_SWAPPED);
  self->details = DIO_DESK_DETAILS (dio_desk_details_new ());
  g_signal_connect_object (self->details, "object-selected", G_CALLBACK (instance_cb), self, 0);
  g_signal_connect_object (self->details, "comment", G_CALLBACK (comment_cb), self, 0);
  gtk_box_append (GTK_BOX (columns), GTK_WIDGET (self->filters));
  gtk_box_append (GTK_BOX (columns), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (columns), build_middle (self));
  gtk_box_append (GTK_BOX (columns), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (columns), GTK_WIDGET (self->details));
  gtk_widget_set_vexpand (columns, TRUE);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), columns);
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  self->queues = DIO_DESK_QUEUES (dio_desk_queues_new ());
  g_signal_connect_object (self->queues, "changed", G_CALLBACK (filters_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->queues));
  dio_desk_page_init_causes (self);
  return box;
}

static void
build (DioDeskPage *self)
{
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, dio_desk_start_new (self->session), "empty");
  GtkWidget *spinner = gtk_spinner_new ();
  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_stack_add_named (self->stack, spinner, "wait");
  self->failed = dio_empty_state_new ("dialog-error-symbolic", _ ("The Dataset Cannot Be Read"),
                                      NULL, _ ("Open Dataset…"), "win.open-dataset");
  gtk_stack_add_named (self->stack, self->failed, "failed");
  gtk_stack_add_named (self->stack, build_desk (self), "desk");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
  g_signal_connect_object (self->session, "notify::dataset", G_CALLBACK (dataset_changed_cb), self,
                           G_CONNECT_SWAPPED);
  dataset_changed_cb (self);
}

/* -- Object --------------------------------------------------------------------------------------------------------- */

static void
dio_desk_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  DioDeskPage *self = DIO_DESK_PAGE (object);
  switch (id) {
  case PROP_CAN_UNDO:
    g_value_set_boolean (value, self->can_undo);
    break;
  case PROP_CAN_REDO:
    g_value_set_boolean (value, self->can_redo);
    break;
  case PROP_UNDO_NAME:
    g_value_set_static_string (value, self->can_undo ? _ ("Verdict") : "");
    break;
  case PROP_REDO_NAME:
    g_value_set_static_string (value, self->can_redo ? _ ("Verdict") : "");
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
dio_desk_page_dispose (GObject *object)
{
  DioDeskPage *self = DIO_DESK_PAGE (object);
  self->registry = NULL;
  g_clear_handle_id (&self->poll, g_source_remove);
  if (self->session != NULL)
    close_data (self);
  g_clear_handle_id (&self->recount, g_source_remove);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (dio_desk_page_parent_class)->dispose (object);
}

static void
dio_desk_page_finalize (GObject *object)
{
  g_atomic_rc_box_release (DIO_DESK_PAGE (object)->newest);
  g_free (DIO_DESK_PAGE (object)->report);
  G_OBJECT_CLASS (dio_desk_page_parent_class)->finalize (object);
}

static void
dio_desk_page_class_init (DioDeskPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->dispose = dio_desk_page_dispose;
  object_class->finalize = dio_desk_page_finalize;
  object_class->get_property = dio_desk_page_get_property;
  GTK_WIDGET_CLASS (klass)->map = map;
  GTK_WIDGET_CLASS (klass)->unmap = unmap;
  GTK_WIDGET_CLASS (klass)->grab_focus = grab_focus;
  GTK_WIDGET_CLASS (klass)->focus = move_focus;
  GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, read);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, read);
  properties[PROP_UNDO_NAME] = g_param_spec_string ("undo-name", NULL, NULL, "", read);
  properties[PROP_REDO_NAME] = g_param_spec_string ("redo-name", NULL, NULL, "", read);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
dio_desk_page_init (DioDeskPage *self)
{
  self->newest = g_atomic_rc_box_new0 (gint);
}

GtkWidget *
dio_desk_page_new (DioSession *session)
{
  g_return_val_if_fail (DIO_IS_SESSION (session), NULL);

  DioDeskPage *self = g_object_new (DIO_TYPE_DESK_PAGE, NULL);
  self->session = g_object_ref (session);
  build (self);
  return GTK_WIDGET (self);
}
