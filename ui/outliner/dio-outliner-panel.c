#define G_LOG_DOMAIN "dio-outliner"

#include "dio-outliner-private.h"

#include "dio-empty-state.h"
#include "dio-tab-stop.h"

#include <glib/gi18n-lib.h>

struct _DioOutlinerPanel {
  GtkWidget parent;
  DioSession *session;
  GtkWidget *box, *search, *stack, *list, *menu;
  GtkTreeListModel *tree;
  GtkFilterListModel *filtered;
  GtkMultiSelection *selection;
  GtkCustomFilter *filter;
  GHashTable *matches;   /**< (nullable) ids that the search keeps */
  GHashTable *collapsed; /**< ids of nodes that the user closed */
  GHashTable *rows;      /**< id -> DioOutlinerRow that shows it; borrowed both */
  gboolean syncing;
  gboolean opened; /**< a document has come: its list begins at the top */
  guint sync_id;   /**< idle source, 0 = none */
};

G_DEFINE_FINAL_TYPE (DioOutlinerPanel, dio_outliner_panel, GTK_TYPE_WIDGET)

static GListModel *
create_children_cb (gpointer item, gpointer user)
{
  return g_object_ref (dio_node_item_get_children (DIO_NODE_ITEM (item)));
}

static DioNodeItem *
get_item_at (DioOutlinerPanel *self, guint position)
{
  g_autoptr (GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  g_autoptr (DioNodeItem) item = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;
  /* The session keeps it. */
  return item;
}

guint
dio_outliner_panel_get_n_rows (DioOutlinerPanel *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->selection));
}

static guint
find_position (DioOutlinerPanel *self, const char *id)
{
  guint n = dio_outliner_panel_get_n_rows (self);
  for (guint i = 0; i < n; i++) {
    if (g_strcmp0 (dio_node_item_get_id (get_item_at (self, i)), id) == 0)
      return i;
  }
  return GTK_INVALID_LIST_POSITION;
}

/* -- Expansion -- */

static void
set_expanded (DioOutlinerPanel *self, GtkTreeListRow *row, gboolean expanded)
{
  g_autoptr (DioNodeItem) item = gtk_tree_list_row_get_item (row);
  gtk_tree_list_row_set_expanded (row, expanded);
  if (expanded)
    g_hash_table_remove (self->collapsed, dio_node_item_get_id (item));
  else if (self->matches == NULL)
    g_hash_table_add (self->collapsed, g_strdup (dio_node_item_get_id (item)));
}

static void
toggled_cb (DioOutlinerRow *widget, DioOutlinerPanel *self)
{
  GtkTreeListRow *row = dio_outliner_row_get_row (widget);
  set_expanded (self, row, !gtk_tree_list_row_get_expanded (row));
}

static void
collapse_again (DioOutlinerPanel *self)
{
  if (g_hash_table_size (self->collapsed) == 0)
    return;
  GListModel *rows = G_LIST_MODEL (self->tree);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++) {
    g_autoptr (GtkTreeListRow) row = g_list_model_get_item (rows, i);
    g_autoptr (DioNodeItem) item = gtk_tree_list_row_get_item (row);
    if (g_hash_table_contains (self->collapsed, dio_node_item_get_id (item)))
      gtk_tree_list_row_set_expanded (row, FALSE);
  }
}

/* Opens what hides a node's row. */
static void
reveal (DioOutlinerPanel *self, const char *id)
{
  g_autoptr (GPtrArray) closed = g_ptr_array_new ();
  DioNodeItem *item = dio_session_find_node_item (self->session, id);
  for (item = item != NULL ? dio_node_item_get_parent (item) : NULL; item != NULL;
       item = dio_node_item_get_parent (item)) {
    if (g_hash_table_contains (self->collapsed, dio_node_item_get_id (item)))
      g_ptr_array_insert (closed, 0, item);
  }
  for (guint i = 0; i < closed->len; i++) {
    guint position = find_position (self, dio_node_item_get_id (g_ptr_array_index (closed, i)));
    if (position == GTK_INVALID_LIST_POSITION)
      continue;
    g_autoptr (GtkTreeListRow) row =
        g_list_model_get_item (G_LIST_MODEL (self->selection), position);
    set_expanded (self, row, TRUE);
  }
}

/* -- Selection, both ways -- */

static void
scroll_to (DioOutlinerPanel *self, guint position)
{
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", position);
}

static void
show_selection (DioOutlinerPanel *self, gboolean scroll)
{
  DioSelection *selection = dio_session_get_selection (self->session);
  const char *active = dio_selection_get_active (selection);
  if (active != NULL)
    reveal (self, active);
  guint n = dio_outliner_panel_get_n_rows (self), found = GTK_INVALID_LIST_POSITION;
  g_autoptr (GtkBitset) selected = gtk_bitset_new_empty ();
  g_autoptr (GtkBitset) all = gtk_bitset_new_range (0, n);
  for (guint i = 0; i < n; i++) {
    const char *id = dio_node_item_get_id (get_item_at (self, i));
    if (dio_selection_contains (selection, id))
      gtk_bitset_add (selected, i);
    if (g_strcmp0 (id, active) == 0)
      found = i;
  }
  self->syncing = TRUE;
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->selection), selected, all);
  self->syncing = FALSE;
  if (scroll)
    scroll_to (self, found);
}

static void
outer_selection_cb (DioSelection *selection, DioOutlinerPanel *self)
{
  if (!self->syncing)
    show_selection (self, TRUE);
}

/* What was selected before keeps its place in the order, what is new comes last and is active. */
static void
inner_selection_cb (GtkSelectionModel *model, guint position, guint n, DioOutlinerPanel *self)
{
  if (self->syncing)
    return;
  DioSelection *selection = dio_session_get_selection (self->session);
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) added = g_ptr_array_new ();
  g_autoptr (GtkBitset) bits = gtk_selection_model_get_selection (model);
  GtkBitsetIter iter;
  guint i;
  for (gboolean more = gtk_bitset_iter_init_first (&iter, bits, &i); more;
       more = gtk_bitset_iter_next (&iter, &i)) {
    const char *id = dio_node_item_get_id (get_item_at (self, i));
    g_hash_table_add (wanted, (gpointer) id);
    if (!dio_selection_contains (selection, id))
      g_ptr_array_add (added, (gpointer) id);
  }
  const char *const *old = dio_selection_get_ids (selection);
  for (guint k = 0; old[k] != NULL; k++) {
    if (g_hash_table_contains (wanted, old[k]))
      g_ptr_array_add (ids, g_strdup (old[k]));
  }
  for (guint k = 0; k < added->len; k++)
    g_ptr_array_add (ids, g_strdup (g_ptr_array_index (added, k)));
  g_ptr_array_add (ids, NULL);
  self->syncing = TRUE;
  dio_selection_set (selection, (const char *const *) ids->pdata);
  self->syncing = FALSE;
}

/* Where rows come before the one that is at the top, the list keeps that one in view; a model that is new to it begins with its first. */
static void
begin_at_top (DioOutlinerPanel *self)
{
  GtkListView *list = GTK_LIST_VIEW (self->list);
  gtk_list_view_set_model (list, NULL);
  gtk_list_view_set_model (list, GTK_SELECTION_MODEL (self->selection));
}

static gboolean
sync_cb (gpointer user)
{
  DioOutlinerPanel *self = user;
  self->sync_id = 0;
  show_selection (self, FALSE);
  gboolean any = dio_session_get_scenario (self->session)->nodes->len > 0;
  gboolean found = dio_outliner_panel_get_n_rows (self) > 0;
  if (self->opened && found) {
    begin_at_top (self);
    self->opened = FALSE;
  }
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), !any    ? "empty"
                                                             : found ? "tree"
                                                                     : "nothing");
  return G_SOURCE_REMOVE;
}

/* After rows came and went the list has forgotten what was selected. */
static void
rows_changed_cb (
    GListModel *model, guint position, guint removed, guint added, DioOutlinerPanel *self)
{
  if (self->sync_id == 0)
    self->sync_id = g_idle_add (sync_cb, self);
}

/* -- The model -- */

static gboolean
filter_cb (gpointer item, gpointer user)
{
  DioOutlinerPanel *self = user;
  if (self->matches == NULL)
    return TRUE;
  g_autoptr (DioNodeItem) node = gtk_tree_list_row_get_item (GTK_TREE_LIST_ROW (item));
  return g_hash_table_contains (self->matches, dio_node_item_get_id (node));
}

/* A search opens everything; afterwards the tree is as it was. */
static void
build_model (DioOutlinerPanel *self)
{
  GListModel *roots = dio_session_get_root_nodes (self->session);
  g_clear_object (&self->tree);
  self->tree =
      gtk_tree_list_model_new (g_object_ref (roots), FALSE, TRUE, create_children_cb, NULL, NULL);
  if (self->matches == NULL)
    collapse_again (self);
  gtk_filter_list_model_set_model (self->filtered, G_LIST_MODEL (self->tree));
}

static void
search_changed_cb (GtkSearchEntry *search, DioOutlinerPanel *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (search));
  gboolean was = self->matches != NULL, is = text[0] != '\0';
  g_clear_pointer (&self->matches, g_hash_table_unref);
  if (is)
    self->matches = dio_outliner_find_matches (dio_session_get_scenario (self->session), text);
  if (was != is)
    build_model (self);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  rows_changed_cb (NULL, 0, 0, 0, self);
}

void
dio_outliner_panel_search (DioOutlinerPanel *self, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), text);
  search_changed_cb (GTK_SEARCH_ENTRY (self->search), self);
}

static void
stop_search_cb (GtkSearchEntry *search, DioOutlinerPanel *self)
{
  dio_outliner_panel_search (self, "");
  gtk_widget_grab_focus (self->list);
}

static void
scenario_changed_cb (DioSession *session, DioOutlinerPanel *self)
{
  if (self->matches != NULL)
    search_changed_cb (GTK_SEARCH_ENTRY (self->search), self);
  rows_changed_cb (NULL, 0, 0, 0, self);
}

/* GTK keeps in view what was last in the list while the rows of a document come. */
static void
document_opened_cb (DioSession *session, DioOutlinerPanel *self)
{
  self->opened = TRUE;
  // Rows that are there already go to the top at once: the next picture may come before the idle source.
  begin_at_top (self);
  rows_changed_cb (NULL, 0, 0, 0, self);
}

/* -- Rows -- */

static GMenuModel *
create_menu (void)
{
  static const char *const sections[][7][2] = {
    { { N_ ("Rename…"), "win.rename" }, { N_ ("Duplicate"), "win.duplicate" } },
    { { N_ ("Cut"), "win.cut" },
      { N_ ("Copy"), "win.copy" },
      { N_ ("Paste"), "win.paste" },
      { N_ ("Delete"), "win.delete" } },
    { { N_ ("Group"), "win.group" }, { N_ ("Ungroup"), "win.ungroup" } },
    { { N_ ("Hide or Show"), "win.hide" },
      { N_ ("Isolate"), "win.isolate" },
      { N_ ("Show All"), "win.show-all" },
      { N_ ("Lock or Unlock"), "win.lock" } },
    { { N_ ("Set Category…"), "win.category" } },
  };
  static const char *const adds[][2] = {
    { N_ ("Group"), "win.scene-add-group" },     { N_ ("Sensor"), "win.scene-add-sensor" },
    { N_ ("Sun"), "win.scene-add-sun" },         { N_ ("Point Light"), "win.scene-add-point" },
    { N_ ("Spot Light"), "win.scene-add-spot" }, { N_ ("Area Light"), "win.scene-add-rectangle" },
  };
  GMenu *menu = g_menu_new ();
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++) {
    g_autoptr (GMenu) section = g_menu_new ();
    for (guint k = 0; k < 7 && sections[i][k][0] != NULL; k++)
      g_menu_append (section, g_dgettext (GETTEXT_PACKAGE, sections[i][k][0]), sections[i][k][1]);
    g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  }
  g_autoptr (GMenu) add = g_menu_new ();
  for (guint i = 0; i < G_N_ELEMENTS (adds); i++)
    g_menu_append (add, g_dgettext (GETTEXT_PACKAGE, adds[i][0]), adds[i][1]);
  g_autoptr (GMenu) last = g_menu_new ();
  g_menu_append_submenu (last, _ ("Add"), G_MENU_MODEL (add));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (last));
  return G_MENU_MODEL (menu);
}

static void
popup_at (DioOutlinerPanel *self, GtkWidget *widget, double x, double y)
{
  double px = 0, py = 0;
  gtk_widget_translate_coordinates (widget, GTK_WIDGET (self), x, y, &px, &py);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu),
                               &(GdkRectangle){ (int) px, (int) py, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
menu_cb (DioOutlinerRow *row, double x, double y, DioOutlinerPanel *self)
{
  DioSelection *selection = dio_session_get_selection (self->session);
  DioNodeItem *item = dio_outliner_row_get_item (row);
  if (item != NULL && !dio_selection_contains (selection, dio_node_item_get_id (item)))
    dio_selection_set_one (selection, dio_node_item_get_id (item));
  popup_at (self, GTK_WIDGET (row), x, y);
}

static void
background_click_cb (GtkGestureClick *gesture, int n, double x, double y, DioOutlinerPanel *self)
{
  popup_at (self, self->list, x, y);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, DioOutlinerPanel *self)
{
  GtkWidget *row = dio_outliner_row_new (self->session);
  g_signal_connect_object (row, "toggled", G_CALLBACK (toggled_cb), self, 0);
  g_signal_connect_object (row, "menu", G_CALLBACK (menu_cb), self, 0);
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, DioOutlinerPanel *self)
{
  DioOutlinerRow *row = DIO_OUTLINER_ROW (gtk_list_item_get_child (item));
  dio_outliner_row_bind (row, gtk_list_item_get_item (item));
  const char *id = dio_node_item_get_id (dio_outliner_row_get_item (row));
  g_hash_table_replace (self->rows, g_strdup (id), row);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, DioOutlinerPanel *self)
{
  DioOutlinerRow *row = DIO_OUTLINER_ROW (gtk_list_item_get_child (item));
  DioNodeItem *node = dio_outliner_row_get_item (row);
  if (node != NULL && g_hash_table_lookup (self->rows, dio_node_item_get_id (node)) == row)
    g_hash_table_remove (self->rows, dio_node_item_get_id (node));
  dio_outliner_row_bind (row, NULL);
}

gboolean
dio_outliner_panel_rename (DioOutlinerPanel *self, const char *id)
{
  reveal (self, id);
  scroll_to (self, find_position (self, id));
  DioOutlinerRow *row = g_hash_table_lookup (self->rows, id);
  if (row == NULL)
    return FALSE;
  dio_outliner_row_start_rename (row);
  return TRUE;
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        DioOutlinerPanel *self)
{
  const char *active = dio_selection_get_active (dio_session_get_selection (self->session));
  if (active == NULL || (key != GDK_KEY_Left && key != GDK_KEY_Right))
    return GDK_EVENT_PROPAGATE;
  guint position = find_position (self, active);
  if (position == GTK_INVALID_LIST_POSITION)
    return GDK_EVENT_PROPAGATE;
  g_autoptr (GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  DioNodeItem *item = get_item_at (self, position);
  gboolean open = gtk_tree_list_row_get_expanded (row)
                  && g_list_model_get_n_items (dio_node_item_get_children (item)) > 0;
  if (key == GDK_KEY_Right)
    set_expanded (self, row, TRUE);
  else if (open)
    set_expanded (self, row, FALSE);
  else if (dio_node_item_get_parent (item) != NULL)
    dio_selection_set_one (dio_session_get_selection (self->session),
                           dio_node_item_get_id (dio_node_item_get_parent (item)));
  return GDK_EVENT_STOP;
}

/* -- Life -- */

static void
dio_outliner_panel_dispose (GObject *object)
{
  DioOutlinerPanel *self = DIO_OUTLINER_PANEL (object);
  if (self->sync_id != 0)
    g_source_remove (self->sync_id);
  self->sync_id = 0;
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->tree);
  g_clear_pointer (&self->matches, g_hash_table_unref);
  g_clear_pointer (&self->collapsed, g_hash_table_unref);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (dio_outliner_panel_parent_class)->dispose (object);
}

static void
dio_outliner_panel_class_init (DioOutlinerPanelClass *class)
{
  G_OBJECT_CLASS (class)->dispose = dio_outliner_panel_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
dio_outliner_panel_init (DioOutlinerPanel *self)
{
  self->collapsed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
create_models (DioOutlinerPanel *self)
{
  self->filter = gtk_custom_filter_new (filter_cb, self, NULL);
  self->filtered = gtk_filter_list_model_new (NULL, GTK_FILTER (self->filter));
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (self->filtered));
  build_model (self);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (inner_selection_cb),
                           self, 0);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (rows_changed_cb), self, 0);
}

static GtkWidget *
create_list (DioOutlinerPanel *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, 0);
  self->list = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), factory);
  gtk_widget_add_css_class (self->list, "dio-outliner");
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Objects of the scene"), -1);
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, 0);
  gtk_widget_add_controller (self->list, keys);
  GtkGesture *right = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (right), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (right, "pressed", G_CALLBACK (background_click_cb), self, 0);
  gtk_widget_add_controller (self->list, GTK_EVENT_CONTROLLER (right));
  GtkWidget *scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_widget_set_vexpand (scroller, TRUE);
  return dio_tab_stop_new (scroller);
}

static void
create_content (DioOutlinerPanel *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", _ ("Search objects"), NULL);
  gtk_widget_set_margin_start (self->search, 6);
  gtk_widget_set_margin_end (self->search, 6);
  gtk_widget_set_margin_top (self->search, 6);
  gtk_widget_set_margin_bottom (self->search, 3);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search objects"), -1);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search_changed_cb), self, 0);
  g_signal_connect_object (self->search, "stop-search", G_CALLBACK (stop_search_cb), self, 0);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), create_list (self), "tree");
  gtk_stack_add_named (
      GTK_STACK (self->stack),
      dio_empty_state_new_compact ("package-x-generic-symbolic", _ ("Nothing Here Yet"),
                                   _ ("Drag something from the shelf into the view"), NULL, NULL),
      "empty");
  gtk_stack_add_named (GTK_STACK (self->stack),
                       dio_empty_state_new_compact ("edit-find-symbolic", _ ("No Match"),
                                                    _ ("No object has this name or category"), NULL,
                                                    NULL),
                       "nothing");
  gtk_box_append (GTK_BOX (self->box), self->search);
  gtk_box_append (GTK_BOX (self->box), self->stack);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_autoptr (GMenuModel) menu = create_menu ();
  self->menu = gtk_popover_menu_new_from_model (menu);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
}

GtkWidget *
dio_outliner_panel_new (DioSession *session)
{
  DioOutlinerPanel *self = g_object_new (DIO_TYPE_OUTLINER_PANEL, NULL);
  self->session = g_object_ref (session);
  create_models (self);
  create_content (self);
  g_signal_connect_object (session, "scenario-changed", G_CALLBACK (scenario_changed_cb), self, 0);
  g_signal_connect_object (session, "document-opened", G_CALLBACK (document_opened_cb), self, 0);
  g_signal_connect_object (dio_session_get_selection (session), "changed",
                           G_CALLBACK (outer_selection_cb), self, 0);
  sync_cb (self);
  return GTK_WIDGET (self);
}

DioSession *
dio_outliner_panel_get_session (DioOutlinerPanel *self)
{
  return self->session;
}

void
dio_outliner_panel_focus_search (DioOutlinerPanel *self)
{
  gtk_widget_grab_focus (self->search);
}
