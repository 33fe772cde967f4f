#define G_LOG_DOMAIN "dio-labels"

#include "dio-labels-private.h"

#include "dio-empty-state.h"
#include "dio-tab-stop.h"

#include <glib/gi18n-lib.h>

#define N_VERDICTS 3
#define REASON_PX 30

struct _DioLabelsPanel {
  GtkWidget parent;
  DioSession *session;
  GtkWidget *box, *view, *stack, *policy, *sliders, *sensor, *reason, *why, *link;
  const char *threshold; /**< (nullable) static: what the link leads to */
  gboolean probed;       /**< the pixel (probe_x, probe_y) is explained instead of the selection */
  int probe_x, probe_y;
  GtkWidget *verdicts[N_VERDICTS]; /**< toggles with counts: what is shown */
  GtkCustomFilter *filter;
  GtkSortListModel *sorted;
  GtkSorter *by_verdict; /**< borrowed from the model's sorter */
  GtkMultiSelection *selection;
  gboolean shown[N_VERDICTS];
  gboolean syncing;
  gboolean awaited; /**< what was selected last had no row yet: it is scrolled to when it comes */
};

enum { PROP_0, PROP_KEEP, PROP_IGNORE, PROP_DROP, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DioLabelsPanel, dio_labels_panel, GTK_TYPE_WIDGET)

guint
dio_labels_panel_get_n_rows (DioLabelsPanel *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->selection));
}

static DioLabelRow *
get_row (DioLabelsPanel *self, guint position)
{
  DioLabelRow *row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  /* The session keeps it. */
  g_object_unref (row);
  return row;
}

/* -- Why -- */

const char *
dio_labels_panel_get_explanation (DioLabelsPanel *self)
{
  return gtk_label_get_text (GTK_LABEL (self->why));
}

static DioLabelRow *
find_active (DioLabelsPanel *self)
{
  const char *active = dio_selection_get_active (dio_session_get_selection (self->session));
  GListModel *rows = dio_session_get_label_rows (self->session);
  for (guint i = 0; active != NULL && i < g_list_model_get_n_items (rows); i++) {
    g_autoptr (DioLabelRow) row = g_list_model_get_item (rows, i);
    if (g_strcmp0 (dio_label_row_get_node_id (row), active) == 0)
      return row;
  }
  return NULL;
}

/* @threshold: static, what the link beside the text leads to. */
static void
show_reason (DioLabelsPanel *self, const char *text, const char *threshold)
{
  self->threshold = threshold;
  gtk_label_set_text (GTK_LABEL (self->why), text != NULL ? text : "");
  gtk_widget_set_tooltip_text (self->why, text);
  gtk_widget_set_visible (self->link, threshold != NULL);
}

static void
explain_selection (DioLabelsPanel *self)
{
  DioLabelRow *row = find_active (self);
  DioLabelPolicy policy;
  dio_session_get_policy (self->session, &policy);
  g_autofree char *text = row != NULL ? dio_labels_dup_sentence (row, &policy) : NULL;
  show_reason (self, text,
               row != NULL ? dio_labels_get_threshold (dio_label_row_get_reason (row)) : NULL);
}

static void
explain_pixel (DioLabelsPanel *self)
{
  g_autoptr (DioWhyPixel) why =
      dio_session_explain_pixel (self->session, self->probe_x, self->probe_y);
  gboolean any = why != NULL && why->kind != DIO_WHY_NOTHING;
  show_reason (self, any ? why->text : NULL, any ? dio_labels_get_threshold (why->reason) : NULL);
}

/* What was asked last: a pixel, until the selection changes, or the selection. */
static void
explain (DioLabelsPanel *self)
{
  if (self->probed)
    explain_pixel (self);
  else
    explain_selection (self);
}

void
dio_labels_panel_explain (DioLabelsPanel *self, int x, int y)
{
  self->probed = TRUE;
  self->probe_x = x;
  self->probe_y = y;
  explain_pixel (self);
}

static void
probed_cb (DioSession *session, int x, int y, DioLabelsPanel *self)
{
  dio_labels_panel_explain (self, x, y);
}

/* -- Selection, both ways -- */

static void
show_selection (DioLabelsPanel *self, gboolean scroll)
{
  DioSelection *selection = dio_session_get_selection (self->session);
  const char *active = dio_selection_get_active (selection);
  guint n = dio_labels_panel_get_n_rows (self), found = GTK_INVALID_LIST_POSITION;
  g_autoptr (GtkBitset) selected = gtk_bitset_new_empty ();
  g_autoptr (GtkBitset) all = gtk_bitset_new_range (0, n);
  for (guint i = 0; i < n; i++) {
    const char *id = dio_label_row_get_node_id (get_row (self, i));
    if (dio_selection_contains (selection, id))
      gtk_bitset_add (selected, i);
    if (found == GTK_INVALID_LIST_POSITION && g_strcmp0 (id, active) == 0)
      found = i;
  }
  self->syncing = TRUE;
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->selection), selected, all);
  self->syncing = FALSE;
  self->awaited = scroll && active != NULL && found == GTK_INVALID_LIST_POSITION;
  if (scroll && found != GTK_INVALID_LIST_POSITION) {
    /* The list is the part of the column view that scrolls. */
    GtkWidget *list = gtk_widget_get_last_child (self->view);
    gtk_widget_activate_action (list, "list.scroll-to-item", "u", found);
  }
}

static void
outer_selection_cb (DioSelection *selection, DioLabelsPanel *self)
{
  if (!self->syncing)
    show_selection (self, TRUE);
  self->probed = FALSE;
  explain_selection (self);
}

static void
inner_selection_cb (GtkSelectionModel *model, guint position, guint n_items, DioLabelsPanel *self)
{
  if (self->syncing)
    return;
  g_autoptr (GtkBitset) bits = gtk_selection_model_get_selection (model);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  GtkBitsetIter iter;
  guint i;
  for (gboolean more = gtk_bitset_iter_init_first (&iter, bits, &i); more;
       more = gtk_bitset_iter_next (&iter, &i)) {
    const char *id = dio_label_row_get_node_id (get_row (self, i));
    if (!g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL))
      g_ptr_array_add (ids, g_strdup (id));
  }
  g_ptr_array_add (ids, NULL);
  self->syncing = TRUE;
  dio_selection_set (dio_session_get_selection (self->session), (const char *const *) ids->pdata);
  self->syncing = FALSE;
}

/* -- What is shown -- */

static gboolean
filter_cb (gpointer item, gpointer user)
{
  DioLabelsPanel *self = user;
  DioVerdict verdict = dio_label_row_get_verdict (DIO_LABEL_ROW (item));
  return (guint) verdict < N_VERDICTS && self->shown[verdict];
}

static void
show_counts (DioLabelsPanel *self)
{
  guint counts[N_VERDICTS] = { 0 };
  GListModel *rows = dio_session_get_label_rows (self->session);
  guint n = g_list_model_get_n_items (rows);
  for (guint i = 0; i < n; i++) {
    g_autoptr (DioLabelRow) row = g_list_model_get_item (rows, i);
    counts[dio_label_row_get_verdict (row)]++;
  }
  for (guint i = 0; i < N_VERDICTS; i++) {
    g_autofree char *text = g_strdup_printf ("%s %u", dio_labels_get_verdict_word (i), counts[i]);
    GtkWidget *label = g_object_get_data (G_OBJECT (self->verdicts[i]), "label");
    gtk_label_set_text (GTK_LABEL (label), text);
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->verdicts[i]),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  }
  const char *sensor = dio_session_get_sensor (self->session);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), sensor == NULL ? "none"
                                                             : n == 0       ? "empty"
                                                                            : "table");
  const DioNode *node = dio_scenario_find_node (dio_session_get_scenario (self->session), sensor);
  gtk_label_set_text (GTK_LABEL (self->sensor), node != NULL ? node->name : "");
}

/* Rows are updated in place; filter and order look again once the picture is settled, so that the table does not jump while something is dragged. */
static void
refresh (DioLabelsPanel *self)
{
  const DioPreviewResult *result = dio_session_get_result (self->session);
  show_counts (self);
  explain (self);
  if (result != NULL && result->draft)
    return;
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  GtkSorter *sorter = gtk_column_view_get_sorter (GTK_COLUMN_VIEW (self->view));
  gtk_sorter_changed (sorter, GTK_SORTER_CHANGE_DIFFERENT);
  gtk_sorter_changed (self->by_verdict, GTK_SORTER_CHANGE_DIFFERENT);
  show_selection (self, self->awaited);
}

static void
changed_cb (DioSession *session, DioLabelsPanel *self)
{
  refresh (self);
}

static void
sensor_cb (DioSession *session, GParamSpec *pspec, DioLabelsPanel *self)
{
  show_counts (self);
}

static void
set_shown (DioLabelsPanel *self, guint verdict, gboolean shown)
{
  if (self->shown[verdict] == shown)
    return;
  self->shown[verdict] = shown;
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  show_selection (self, FALSE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KEEP + verdict]);
}

/* -- Copying -- */

char *
dio_labels_panel_dup_text (DioLabelsPanel *self)
{
  GString *text = g_string_new (NULL);
  DioLabelPolicy policy;
  dio_session_get_policy (self->session, &policy);
  for (guint c = 0; c < DIO_LABELS_N_COLUMNS; c++)
    g_string_append_printf (text, "%s%s", c > 0 ? "\t" : "", dio_labels_get_title (c));
  guint n = dio_labels_panel_get_n_rows (self);
  for (guint i = 0; i < n; i++) {
    for (guint c = 0; c < DIO_LABELS_N_COLUMNS; c++) {
      g_autofree char *cell = dio_labels_dup_cell (get_row (self, i), c, &policy);
      g_strdelimit (cell, "\t\n", ' ');
      g_string_append_printf (text, "%s%s", c > 0 ? "\t" : "\n", cell);
    }
  }
  g_string_append_c (text, '\n');
  return g_string_free (text, FALSE);
}

static void
copy_cb (gpointer owner)
{
  g_autofree char *text = dio_labels_panel_dup_text (owner);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (owner)), text);
}

static void
copy_clicked_cb (GtkButton *button, DioLabelsPanel *self)
{
  copy_cb (self);
}

static void
policy_cb (gpointer owner)
{
  DioLabelsPanel *self = owner;
  dio_labels_policy_point_at (DIO_LABELS_POLICY (self->sliders), NULL);
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->policy));
}

static void
link_cb (GtkButton *button, DioLabelsPanel *self)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->policy));
  dio_labels_policy_point_at (DIO_LABELS_POLICY (self->sliders), self->threshold);
}

/* -- Building -- */

static GtkWidget *
create_verdict (DioLabelsPanel *self, guint verdict)
{
  static const char *const names[] = { "show-keep", "show-ignore", "show-drop" };
  GtkWidget *toggle = gtk_toggle_button_new ();
  GtkWidget *face = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (NULL);
  gtk_widget_add_css_class (label, "numeric");
  gtk_box_append (GTK_BOX (face),
                  gtk_image_new_from_icon_name (dio_labels_get_verdict_icon (verdict)));
  gtk_box_append (GTK_BOX (face), label);
  gtk_button_set_child (GTK_BUTTON (toggle), face);
  gtk_widget_set_tooltip_text (toggle, _ ("Show these rows"));
  gtk_widget_set_focus_on_click (toggle, FALSE);
  g_object_set_data (G_OBJECT (toggle), "label", label);
  g_object_bind_property (self, names[verdict], toggle, "active",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  return toggle;
}

static GtkWidget *
create_bar (DioLabelsPanel *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_margin_start (bar, 6);
  gtk_widget_set_margin_end (bar, 6);
  gtk_widget_add_css_class (bar, "dio-compact");
  gtk_widget_set_margin_top (bar, 3);
  gtk_widget_set_margin_bottom (bar, 3);
  GtkWidget *toggles = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (toggles, "linked");
  for (guint i = 0; i < N_VERDICTS; i++) {
    self->verdicts[i] = create_verdict (self, i);
    gtk_box_append (GTK_BOX (toggles), self->verdicts[i]);
  }
  self->sensor = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->sensor), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->sensor), 0);
  gtk_widget_set_hexpand (self->sensor, TRUE);
  gtk_widget_add_css_class (self->sensor, "dim-label");
  GtkWidget *copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  gtk_widget_add_css_class (copy, "flat");
  gtk_widget_set_tooltip_text (copy, _ ("Copy Table"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (copy), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Copy Table"), -1);
  g_signal_connect_object (copy, "clicked", G_CALLBACK (copy_clicked_cb), self, 0);
  self->policy = gtk_menu_button_new ();
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->policy), _ ("Policy"));
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (self->policy), GTK_ARROW_UP);
  GtkWidget *popover = gtk_popover_new ();
  self->sliders = dio_labels_policy_new (self->session);
  gtk_popover_set_child (GTK_POPOVER (popover), self->sliders);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->policy), popover);
  gtk_box_append (GTK_BOX (bar), toggles);
  gtk_box_append (GTK_BOX (bar), self->sensor);
  gtk_box_append (GTK_BOX (bar), copy);
  gtk_box_append (GTK_BOX (bar), self->policy);
  return bar;
}

/* Until a column is chosen, what is kept comes first: in a street a hundred objects are no label at all. */
static int
compare_verdicts (gconstpointer a, gconstpointer b, gpointer user)
{
  return (int) dio_label_row_get_verdict (DIO_LABEL_ROW ((gpointer) a))
         - (int) dio_label_row_get_verdict (DIO_LABEL_ROW ((gpointer) b));
}

static void
set_sorter (DioLabelsPanel *self)
{
  GtkMultiSorter *sorter = gtk_multi_sorter_new ();
  gtk_multi_sorter_append (
      sorter, g_object_ref (gtk_column_view_get_sorter (GTK_COLUMN_VIEW (self->view))));
  self->by_verdict = GTK_SORTER (gtk_custom_sorter_new (compare_verdicts, NULL, NULL));
  gtk_multi_sorter_append (sorter, self->by_verdict);
  gtk_sort_list_model_set_sorter (self->sorted, GTK_SORTER (sorter));
  g_object_unref (sorter);
}

static void
create_models (DioLabelsPanel *self)
{
  GListModel *rows = dio_session_get_label_rows (self->session);
  self->filter = gtk_custom_filter_new (filter_cb, self, NULL);
  GtkFilterListModel *filtered =
      gtk_filter_list_model_new (g_object_ref (rows), GTK_FILTER (self->filter));
  self->sorted = gtk_sort_list_model_new (G_LIST_MODEL (filtered), NULL);
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (g_object_ref (self->sorted)));
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (inner_selection_cb),
                           self, 0);
}

static GtkWidget *
create_table (DioLabelsPanel *self)
{
  create_models (self);
  self->view = gtk_column_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)));
  gtk_widget_add_css_class (self->view, "data-table");
  gtk_column_view_set_reorderable (GTK_COLUMN_VIEW (self->view), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Labels of the sensor"), -1);
  for (guint i = 0; i < DIO_LABELS_N_COLUMNS; i++) {
    g_autoptr (GtkColumnViewColumn) column = dio_labels_column_new (self->session, i);
    gtk_column_view_append_column (GTK_COLUMN_VIEW (self->view), column);
  }
  set_sorter (self);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->view);
  gtk_widget_set_vexpand (scroller, TRUE);
  return dio_tab_stop_new (scroller);
}

static void
dio_labels_panel_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, DIO_LABELS_PANEL (object)->shown[id - PROP_KEEP]);
}

static void
dio_labels_panel_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  set_shown (DIO_LABELS_PANEL (object), id - PROP_KEEP, g_value_get_boolean (value));
}

static void
dio_labels_panel_dispose (GObject *object)
{
  DioLabelsPanel *self = DIO_LABELS_PANEL (object);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->sorted);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (dio_labels_panel_parent_class)->dispose (object);
}

static void
dio_labels_panel_class_init (DioLabelsPanelClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  object_class->dispose = dio_labels_panel_dispose;
  object_class->get_property = dio_labels_panel_get_property;
  object_class->set_property = dio_labels_panel_set_property;
  static const char *const names[] = { NULL, "show-keep", "show-ignore", "show-drop" };
  for (guint i = PROP_KEEP; i < N_PROPS; i++)
    properties[i] =
        g_param_spec_boolean (names[i], NULL, NULL, TRUE,
                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
dio_labels_panel_init (DioLabelsPanel *self)
{
  for (guint i = 0; i < N_VERDICTS; i++)
    self->shown[i] = TRUE;
}

static GtkWidget *
create_stack (DioLabelsPanel *self)
{
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), create_table (self), "table");
  gtk_stack_add_named (
      GTK_STACK (self->stack),
      dio_empty_state_new_compact ("view-list-bullet-symbolic", _ ("Nothing in the Picture"),
                                   _ ("The sensor sees no object with a label"), NULL, NULL),
      "empty");
  gtk_stack_add_named (GTK_STACK (self->stack),
                       dio_empty_state_new_compact ("camera-photo-symbolic", _ ("No Sensor"),
                                                    _ ("Labels are what a sensor sees"),
                                                    _ ("Add Sensor"), "win.scene-add-sensor"),
                       "none");
  return self->stack;
}

static GtkWidget *
create_reason (DioLabelsPanel *self)
{
  self->reason = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  /* As high without a reason, and without the link: the table above keeps its place. */
  gtk_widget_set_size_request (self->reason, -1, REASON_PX);
  gtk_widget_set_margin_start (self->reason, 12);
  gtk_widget_set_margin_end (self->reason, 6);
  gtk_widget_set_margin_top (self->reason, 3);
  gtk_widget_set_margin_bottom (self->reason, 3);
  self->why = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->why), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->why), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->why, TRUE);
  gtk_widget_add_css_class (self->why, "caption");
  self->link = gtk_button_new_with_label (_ ("Change Threshold"));
  gtk_widget_add_css_class (self->link, "flat");
  gtk_widget_add_css_class (self->link, "caption");
  gtk_widget_set_tooltip_text (self->link, _ ("Show the line of the policy that decided"));
  g_signal_connect_object (self->link, "clicked", G_CALLBACK (link_cb), self, 0);
  gtk_box_append (GTK_BOX (self->reason), self->why);
  gtk_box_append (GTK_BOX (self->reason), self->link);
  return self->reason;
}

GtkWidget *
dio_labels_panel_new (DioSession *session)
{
  DioLabelsPanel *self = g_object_new (DIO_TYPE_LABELS_PANEL, NULL);
  self->session = g_object_ref (session);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->box), create_bar (self));
  gtk_box_append (GTK_BOX (self->box), create_stack (self));
  gtk_box_append (GTK_BOX (self->box), create_reason (self));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect_object (session, "result", G_CALLBACK (changed_cb), self, 0);
  g_signal_connect_object (session, "scenario-changed", G_CALLBACK (changed_cb), self, 0);
  g_signal_connect_object (session, "probed", G_CALLBACK (probed_cb), self, 0);
  g_signal_connect_object (session, "notify::sensor", G_CALLBACK (sensor_cb), self, 0);
  g_signal_connect_object (dio_session_get_selection (session), "changed",
                           G_CALLBACK (outer_selection_cb), self, 0);
  refresh (self);
  return GTK_WIDGET (self);
}

void
dio_labels_panel_focus_table (DioLabelsPanel *self)
{
  g_return_if_fail (DIO_IS_LABELS_PANEL (self));
  if (!gtk_widget_child_focus (self->stack, GTK_DIR_TAB_FORWARD))
    gtk_widget_child_focus (self->box, GTK_DIR_TAB_FORWARD);
}

static const DioActionInfo actions[] = {
  { "label-policy", N_ ("Label Policy…"), N_ ("Labels"), .activate = policy_cb },
  { "copy-labels", N_ ("Copy Label Table"), N_ ("Labels"), .activate = copy_cb },
  { "show-kept-labels", N_ ("List Kept Labels"), N_ ("Labels"), .property = "show-keep",
    .section = 1 },
  { "show-ignored-labels", N_ ("List Ignored Labels"), N_ ("Labels"), .property = "show-ignore",
    .section = 1 },
  { "show-dropped-labels", N_ ("List Dropped Labels"), N_ ("Labels"), .property = "show-drop",
    .section = 1 },
  { NULL },
};

void
dio_labels_panel_add_actions (DioLabelsPanel *panel, DioActionRegistry *registry)
{
  dio_action_registry_add (registry, actions, G_OBJECT (panel), GTK_WIDGET (panel));
}
