#define G_LOG_DOMAIN "dio-shelf"

#include "dio-shelf-private.h"

#include "dio-empty-state.h"
#include "dio-tab-stop.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _DioShelfPanel {
  GtkWidget parent;
  DioSession *session;
  GtkWidget *box, *search, *sections, *stack, *grid, *menu, *tags;
  GtkCustomFilter *filter;
  GtkSingleSelection *selection;
  char *needle; /**< folded text that is searched for, "" = none */
  guint kinds;  /**< bits 1 << DioShelfKind that are shown */
};

G_DEFINE_FINAL_TYPE (DioShelfPanel, dio_shelf_panel, GTK_TYPE_WIDGET)

#define KIND(kind_) (1u << DIO_SHELF_##kind_)

static const struct {
  const char *label;
  guint kinds;
} sections[] = {
  { N_ ("All"), G_MAXUINT },
  { N_ ("Models"), KIND (MODEL) },
  { N_ ("Objects"), KIND (PARAMETRIC) },
  { N_ ("Lights"), KIND (LIGHT) | KIND (ENVIRONMENT) },
  { N_ ("Sensors"), KIND (SENSOR) },
  { N_ ("Textures"), KIND (TEXTURE) },
};

/* -- What is shown -- */

/* Whether an asset carries what is searched for, by the whole word. */
static gboolean
has_tag (DioShelfPanel *self, DioShelfItem *item)
{
  const DioAsset *asset = dio_scenario_find_asset (dio_session_get_scenario (self->session),
                                                   dio_shelf_item_get_id (item));
  for (guint i = 0; asset != NULL && asset->tags[i] != NULL; i++) {
    g_autofree char *tag = g_utf8_casefold (asset->tags[i], -1);
    if (strcmp (tag, self->needle) == 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean
filter_cb (gpointer object, gpointer user)
{
  DioShelfPanel *self = user;
  DioShelfItem *item = object;
  if ((self->kinds & (1u << dio_shelf_item_get_kind (item))) == 0)
    return FALSE;
  g_autofree char *name = g_utf8_casefold (dio_shelf_item_get_name (item), -1);
  g_autofree char *id = g_utf8_casefold (dio_shelf_item_get_id (item), -1);
  const char *words = dio_shelf_item_get_family (item);
  g_autofree char *family = words != NULL ? g_utf8_casefold (words, -1) : g_strdup ("");
  if (dio_shelf_is_asset (item) && has_tag (self, item))
    return TRUE;
  // A family by its whole word: who types "table" wants the table, not the fruit on it.
  return strstr (name, self->needle) != NULL || strstr (id, self->needle) != NULL
         || strcmp (family, self->needle) == 0;
}

guint
dio_shelf_panel_get_n_items (DioShelfPanel *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->selection));
}

static void
show_state (DioShelfPanel *self)
{
  const char *page = "grid";
  if (dio_shelf_panel_get_n_items (self) == 0)
    page = self->needle[0] != '\0' ? "nothing" : "empty";
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), page);
}

static void
items_changed_cb (
    GListModel *model, guint position, guint removed, guint added, DioShelfPanel *self)
{
  show_state (self);
}

static void
search_changed_cb (GtkSearchEntry *search, DioShelfPanel *self)
{
  g_free (self->needle);
  self->needle = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (search)), -1);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  show_state (self);
}

void
dio_shelf_panel_search (DioShelfPanel *self, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), text);
  search_changed_cb (GTK_SEARCH_ENTRY (self->search), self);
}

static void
section_cb (GtkDropDown *drop_down, GParamSpec *pspec, DioShelfPanel *self)
{
  guint index = gtk_drop_down_get_selected (drop_down);
  if (index >= G_N_ELEMENTS (sections))
    return;
  self->kinds = sections[index].kinds;
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  show_state (self);
}

/* -- Importing -- */

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  g_autofree char *file = user;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = dio_session_import_finish (DIO_SESSION (source), result, &error);
  if (id != NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  /* Translators: a file's name follows */
  g_autofree char *text = g_strdup_printf (_ ("“%s” was not imported"), file);
  dio_session_report (DIO_SESSION (source), DIO_SEVERITY_WARNING, text, error, NULL, NULL);
}

static void
import_file (DioShelfPanel *self, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  if (path != NULL)
    dio_session_import_async (self->session, path, NULL, imported_cb, g_file_get_basename (file));
}

static void
chosen_cb (GtkNativeDialog *chooser, int response, DioShelfPanel *self)
{
  if (response == GTK_RESPONSE_ACCEPT) {
    g_autoptr (GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (chooser));
    for (guint i = 0; i < g_list_model_get_n_items (files); i++) {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);
      import_file (self, file);
    }
  }
  g_object_unref (chooser);
}

static void
add_filter (GtkFileChooserNative *chooser, const char *name, const char *const *suffixes)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  gtk_file_filter_set_name (filter, name);
  for (guint i = 0; suffixes[i] != NULL; i++)
    gtk_file_filter_add_suffix (filter, suffixes[i]);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
}

static void
open_chooser (DioShelfPanel *self)
{
  static const char *const all[] = { "glb", "gltf", "obj",  "fbx",  "dae", "ply", "stl",
                                     "png", "jpg",  "jpeg", "webp", "exr", "hdr", NULL };
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      _ ("Import Models, Textures, Environments"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
      GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Import"), _ ("_Cancel"));
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (chooser), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  add_filter (chooser, _ ("Models and pictures"), all);
  g_signal_connect_object (chooser, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static gboolean
files_dropped_cb (
    GtkDropTarget *target, const GValue *value, double x, double y, DioShelfPanel *self)
{
  GSList *files = gdk_file_list_get_files (g_value_get_boxed (value));
  for (GSList *link = files; link != NULL; link = link->next)
    import_file (self, link->data);
  g_slist_free (files);
  return files != NULL;
}

/* -- Placing, removing -- */

static DioShelfItem *
get_chosen (DioShelfPanel *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

static void
place_cb (gpointer owner)
{
  DioShelfPanel *self = owner;
  if (get_chosen (self) != NULL)
    dio_shelf_place (self->session, get_chosen (self));
}

static void
remove_cb (gpointer owner)
{
  DioShelfPanel *self = owner;
  if (get_chosen (self) != NULL)
    dio_shelf_remove (self->session, get_chosen (self));
}

/* Opens at the chosen item. */
static void
open_tags (DioShelfPanel *self, double x, double y)
{
  DioShelfItem *item = get_chosen (self);
  if (item == NULL || !dio_shelf_is_asset (item)) {
    dio_session_report (self->session, DIO_SEVERITY_NOTE,
                        _ ("Choose an imported asset on the shelf"), NULL, NULL, NULL);
    return;
  }
  gtk_popover_set_child (GTK_POPOVER (self->tags),
                         dio_shelf_tags_new (self->session, dio_shelf_item_get_id (item)));
  gtk_popover_set_pointing_to (GTK_POPOVER (self->tags), &(GdkRectangle){ (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->tags));
}

static void
tags_cb (gpointer owner)
{
  GtkWidget *self = owner;
  open_tags (owner, gtk_widget_get_width (self) / 2.0, gtk_widget_get_height (self) / 2.0);
}

static void
import_clicked_cb (GtkButton *button, DioShelfPanel *self)
{
  open_chooser (self);
}

static void
activate_cb (GtkGridView *grid, guint position, DioShelfPanel *self)
{
  gtk_single_selection_set_selected (self->selection, position);
  place_cb (self);
}

static void
menu_cb (DioShelfTile *tile, double x, double y, DioShelfPanel *self)
{
  DioShelfItem *item = dio_shelf_tile_get_item (tile);
  guint n = dio_shelf_panel_get_n_items (self);
  for (guint i = 0; i < n; i++) {
    g_autoptr (DioShelfItem) other = g_list_model_get_item (G_LIST_MODEL (self->selection), i);
    if (other == item)
      gtk_single_selection_set_selected (self->selection, i);
  }
  double px, py;
  gtk_widget_translate_coordinates (GTK_WIDGET (tile), GTK_WIDGET (self), x, y, &px, &py);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "shelf.remove",
                                 item != NULL && dio_shelf_is_asset (item));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "shelf.tags",
                                 item != NULL && dio_shelf_is_asset (item));
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu),
                               &(GdkRectangle){ (int) px, (int) py, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
place_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  place_cb (widget);
}

static void
tags_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DioShelfPanel *self = DIO_SHELF_PANEL (widget);
  GdkRectangle at;
  gtk_popover_get_pointing_to (GTK_POPOVER (self->menu), &at);
  open_tags (self, at.x, at.y);
}

static void
remove_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  remove_cb (widget);
}

/* -- Building -- */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, DioShelfPanel *self)
{
  GtkWidget *tile = dio_shelf_tile_new (self->session);
  g_signal_connect_object (tile, "menu", G_CALLBACK (menu_cb), self, 0);
  gtk_list_item_set_child (item, tile);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, DioShelfPanel *self)
{
  dio_shelf_tile_bind (DIO_SHELF_TILE (gtk_list_item_get_child (item)),
                       gtk_list_item_get_item (item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, DioShelfPanel *self)
{
  dio_shelf_tile_bind (DIO_SHELF_TILE (gtk_list_item_get_child (item)), NULL);
}

static GtkWidget *
create_bar (DioShelfPanel *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_margin_start (bar, 6);
  gtk_widget_set_margin_end (bar, 6);
  gtk_widget_set_margin_top (bar, 6);
  gtk_widget_set_margin_bottom (bar, 3);
  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", _ ("Search"), "width-chars", 6, NULL);
  gtk_widget_set_hexpand (self->search, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search the shelf"), -1);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search_changed_cb), self, 0);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    gtk_string_list_append (names, g_dgettext (GETTEXT_PACKAGE, sections[i].label));
  self->sections = gtk_drop_down_new (g_object_ref (G_LIST_MODEL (names)), NULL);
  gtk_widget_set_tooltip_text (self->sections, _ ("Which things are shown"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->sections), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Which things are shown"), -1);
  g_signal_connect_object (self->sections, "notify::selected", G_CALLBACK (section_cb), self, 0);
  GtkWidget *import = gtk_button_new_from_icon_name ("list-add-symbolic");
  gtk_widget_set_tooltip_text (import, _ ("Import Files…"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (import), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Import Files…"), -1);
  g_signal_connect_object (import, "clicked", G_CALLBACK (import_clicked_cb), self, 0);
  gtk_box_append (GTK_BOX (bar), self->search);
  gtk_box_append (GTK_BOX (bar), self->sections);
  gtk_box_append (GTK_BOX (bar), import);
  return bar;
}

static GtkWidget *
create_grid (DioShelfPanel *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, 0);
  self->grid = gtk_grid_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), factory);
  gtk_grid_view_set_min_columns (GTK_GRID_VIEW (self->grid), 2);
  gtk_grid_view_set_max_columns (GTK_GRID_VIEW (self->grid), 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->grid), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Things to put into the scene"), -1);
  g_signal_connect_object (self->grid, "activate", G_CALLBACK (activate_cb), self, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->grid);
  gtk_widget_set_vexpand (scroller, TRUE);
  return dio_tab_stop_new (scroller);
}

static void
create_menu (DioShelfPanel *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_menu_append (menu, _ ("Add to the Scene"), "shelf.place");
  g_menu_append (menu, _ ("Tags…"), "shelf.tags");
  g_menu_append (menu, _ ("Remove from Document"), "shelf.remove");
  self->menu = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  self->tags = gtk_popover_new ();
  gtk_widget_set_parent (self->tags, GTK_WIDGET (self));
}

static void
dio_shelf_panel_dispose (GObject *object)
{
  DioShelfPanel *self = DIO_SHELF_PANEL (object);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->tags, gtk_widget_unparent);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->needle, g_free);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (dio_shelf_panel_parent_class)->dispose (object);
}

static void
dio_shelf_panel_class_init (DioShelfPanelClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = dio_shelf_panel_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "shelf.place", NULL, place_action);
  gtk_widget_class_install_action (widget_class, "shelf.tags", NULL, tags_action);
  gtk_widget_class_install_action (widget_class, "shelf.remove", NULL, remove_action);
}

static void
dio_shelf_panel_init (DioShelfPanel *self)
{
  self->needle = g_strdup ("");
  self->kinds = G_MAXUINT;
}

GtkWidget *
dio_shelf_panel_new (DioSession *session)
{
  DioShelfPanel *self = g_object_new (DIO_TYPE_SHELF_PANEL, NULL);
  self->session = g_object_ref (session);
  self->filter = gtk_custom_filter_new (filter_cb, self, NULL);
  GtkFilterListModel *filtered = gtk_filter_list_model_new (
      g_object_ref (dio_session_get_shelf (session)), GTK_FILTER (self->filter));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (filtered));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (items_changed_cb), self,
                           0);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->stack = gtk_stack_new ();
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_add_named (GTK_STACK (self->stack), create_grid (self), "grid");
  gtk_stack_add_named (GTK_STACK (self->stack),
                       dio_empty_state_new_compact ("folder-download-symbolic",
                                                    _ ("Nothing Imported"), _ ("Drop files here"),
                                                    _ ("Import Files…"), "win.import"),
                       "empty");
  gtk_stack_add_named (
      GTK_STACK (self->stack),
      dio_empty_state_new_compact ("edit-find-symbolic", _ ("No Match"), NULL, NULL, NULL),
      "nothing");
  gtk_box_append (GTK_BOX (self->box), create_bar (self));
  gtk_box_append (GTK_BOX (self->box), self->stack);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  create_menu (self);
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  g_signal_connect_object (target, "drop", G_CALLBACK (files_dropped_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  show_state (self);
  return GTK_WIDGET (self);
}

static const DioActionInfo actions[] = {
  { "place-asset", N_ ("Add Chosen Item to the Scene"), N_ ("Scene"), .activate = place_cb,
    .section = 3 },
  { "asset-tags", N_ ("Tags of Chosen Asset…"), N_ ("Scene"), .activate = tags_cb, .section = 3 },
  { "remove-asset", N_ ("Remove Chosen Asset from Document"), N_ ("Scene"), .activate = remove_cb,
    .section = 3 },
  { NULL },
};

void
dio_shelf_panel_add_actions (DioShelfPanel *panel, DioActionRegistry *registry)
{
  dio_action_registry_add (registry, actions, G_OBJECT (panel), GTK_WIDGET (panel));
}
