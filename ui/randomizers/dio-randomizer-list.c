#define G_LOG_DOMAIN "dio-randomizers"

#include "dio-randomizer-list.h"

#include "dio-base-json.h"
#include "dio-edit-bind.h"
#include "dio-randomizer-words.h"
#include "dio-scene-edit.h"
#include "dio-tab-stop.h"

#include <glib/gi18n-lib.h>

struct _DioRandomizerList {
  AdwBin parent_instance;

  DioSession *session; /**< borrowed: outlives its panels */
  GPtrArray *shown;    /**< of DioRandomizer*: what the rows stand for, referenced */
  gboolean rebuilding;
  char *selected; /**< id or NULL */
  GtkListBox *rows;
  GtkMenuButton *add;
  GtkListBox *types;
  GtkSearchEntry *search;
};

G_DEFINE_FINAL_TYPE (DioRandomizerList, dio_randomizer_list, ADW_TYPE_BIN)

enum { SELECTED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
commit (DioRandomizerList *self, DioScenario *next, const char *name, GError *error)
{
  if (next != NULL)
    dio_session_commit (self->session, next, name, NULL);
  else
    dio_session_report (self->session, DIO_SEVERITY_WARNING,
                        _ ("The randomizers were not changed."), error, NULL, NULL);
  g_clear_error (&error);
}

static const DioRandomizer *
find_selected (DioRandomizerList *self, guint *position)
{
  const GPtrArray *all = dio_session_get_scenario (self->session)->randomizers;
  for (guint i = 0; i < all->len; i++) {
    const DioRandomizer *randomizer = g_ptr_array_index (all, i);
    if (g_strcmp0 (randomizer->id, self->selected) == 0) {
      *position = i;
      return randomizer;
    }
  }
  return NULL;
}

static void
set_enabled (DioRandomizerList *self, const DioRandomizer *randomizer, gboolean enabled)
{
  g_autofree char *name = g_strdup_printf (enabled ? _ ("Enable %s") : _ ("Disable %s"),
                                           dio_randomizer_title (randomizer));
  g_autoptr (json_t) json = dio_randomizer_to_json (randomizer);
  json_object_set_new (json, "enabled", json_boolean (enabled));
  GError *error = NULL;
  DioScenario *next =
      dio_scenario_with_randomizer (dio_session_get_scenario (self->session), json, &error);
  commit (self, next, name, error);
}

static void
switched_cb (DioRandomizerList *self, GParamSpec *pspec, GtkSwitch *toggle)
{
  const DioRandomizer *randomizer = dio_scenario_find_randomizer (
      dio_session_get_scenario (self->session), gtk_widget_get_name (GTK_WIDGET (toggle)));
  if (!self->rebuilding && randomizer != NULL
      && randomizer->enabled != gtk_switch_get_active (toggle))
    set_enabled (self, randomizer, gtk_switch_get_active (toggle));
}

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
new_row (DioRandomizerList *self, const DioRandomizer *randomizer)
{
  g_autofree char *subtitle =
      dio_randomizer_dup_subtitle (dio_session_get_scenario (self->session), randomizer);
  g_autofree char *spoken = g_strdup_printf (_ ("%s is active"), dio_randomizer_title (randomizer));
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_hexpand (column, TRUE);
  gtk_box_append (GTK_BOX (column), new_label (dio_randomizer_title (randomizer), NULL));
  GtkWidget *detail = new_label (subtitle, "caption");
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_box_append (GTK_BOX (column), detail);
  gtk_box_append (GTK_BOX (line), column);
  GtkWidget *toggle = gtk_switch_new ();
  gtk_widget_add_css_class (toggle, "dio-small");
  gtk_switch_set_active (GTK_SWITCH (toggle), randomizer->enabled);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_widget_set_name (toggle, randomizer->id);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
  g_signal_connect_object (toggle, "notify::active", G_CALLBACK (switched_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (line), toggle);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_widget_set_tooltip_text (row, subtitle);
  gtk_widget_set_name (row, randomizer->id);
  return row;
}

static gboolean
is_shown (DioRandomizerList *self)
{
  const GPtrArray *all = dio_session_get_scenario (self->session)->randomizers;
  if (all->len != self->shown->len)
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    if (g_ptr_array_index (all, i) != g_ptr_array_index (self->shown, i))
      return FALSE;
  return TRUE;
}

static void
select_row (DioRandomizerList *self)
{
  for (int i = 0;; i++) {
    GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->rows, i);
    if (row == NULL)
      break;
    if (g_strcmp0 (gtk_widget_get_name (GTK_WIDGET (row)), self->selected) == 0) {
      gtk_list_box_select_row (self->rows, row);
      return;
    }
  }
  gtk_list_box_unselect_all (self->rows);
}

static void
rebuild (DioRandomizerList *self)
{
  if (is_shown (self))
    return;
  const GPtrArray *all = dio_session_get_scenario (self->session)->randomizers;
  self->rebuilding = TRUE;
  for (GtkListBoxRow *row; (row = gtk_list_box_get_row_at_index (self->rows, 0)) != NULL;)
    gtk_list_box_remove (self->rows, GTK_WIDGET (row));
  g_ptr_array_set_size (self->shown, 0);
  for (guint i = 0; i < all->len; i++) {
    DioRandomizer *randomizer = g_ptr_array_index (all, i);
    g_ptr_array_add (self->shown, dio_randomizer_ref (randomizer));
    gtk_list_box_append (self->rows, new_row (self, randomizer));
  }
  select_row (self);
  self->rebuilding = FALSE;
}

static void
row_selected_cb (DioRandomizerList *self, GtkListBoxRow *row)
{
  if (self->rebuilding)
    return;
  g_autofree char *old = g_steal_pointer (&self->selected);
  self->selected = row != NULL ? g_strdup (gtk_widget_get_name (GTK_WIDGET (row))) : NULL;
  if (g_strcmp0 (old, self->selected) != 0)
    g_signal_emit (self, signals[SELECTED], 0, self->selected);
}

const char *
dio_randomizer_list_get_selected (DioRandomizerList *self)
{
  g_return_val_if_fail (DIO_IS_RANDOMIZER_LIST (self), NULL);

  return self->selected;
}

void
dio_randomizer_list_select (DioRandomizerList *self, const char *id)
{
  g_return_if_fail (DIO_IS_RANDOMIZER_LIST (self));

  if (g_strcmp0 (id, self->selected) == 0)
    return;
  g_free (self->selected);
  self->selected = g_strdup (id);
  self->rebuilding = TRUE;
  select_row (self);
  self->rebuilding = FALSE;
  g_signal_emit (self, signals[SELECTED], 0, self->selected);
}

void
dio_randomizer_list_move_selected (DioRandomizerList *self, int by)
{
  g_return_if_fail (DIO_IS_RANDOMIZER_LIST (self));

  guint position = 0;
  DioScenario *scenario = dio_session_get_scenario (self->session);
  const DioRandomizer *randomizer = find_selected (self, &position);
  gint64 to = (gint64) position + by;
  if (randomizer == NULL || to < 0 || to >= scenario->randomizers->len)
    return;
  g_autofree char *name = g_strdup_printf (_ ("Move %s"), dio_randomizer_title (randomizer));
  GError *error = NULL;
  DioScenario *next =
      dio_scenario_with_randomizer_moved (scenario, randomizer->id, (guint) to, &error);
  commit (self, next, name, error);
}

void
dio_randomizer_list_remove_selected (DioRandomizerList *self)
{
  g_return_if_fail (DIO_IS_RANDOMIZER_LIST (self));

  guint position = 0;
  DioScenario *scenario = dio_session_get_scenario (self->session);
  const DioRandomizer *randomizer = find_selected (self, &position);
  if (randomizer == NULL)
    return;
  g_autofree char *name = g_strdup_printf (_ ("Remove %s"), dio_randomizer_title (randomizer));
  g_autofree char *neighbour = NULL;
  if (scenario->randomizers->len > 1) {
    guint other = position + 1 < scenario->randomizers->len ? position + 1 : position - 1;
    neighbour = g_strdup (((DioRandomizer *) g_ptr_array_index (scenario->randomizers, other))->id);
  }
  GError *error = NULL;
  DioScenario *next = dio_scenario_without_randomizer (scenario, randomizer->id, &error);
  commit (self, next, name, error);
  dio_randomizer_list_select (self, neighbour);
}

void
dio_randomizer_list_toggle_selected (DioRandomizerList *self)
{
  g_return_if_fail (DIO_IS_RANDOMIZER_LIST (self));

  guint position = 0;
  const DioRandomizer *randomizer = find_selected (self, &position);
  if (randomizer != NULL)
    set_enabled (self, randomizer, !randomizer->enabled);
}

/* The selected nodes of kinds that @info acts on; without any, the first such node of the scene. */
static GStrv
find_targets (DioRandomizerList *self, const DioRandomizerInfo *info)
{
  DioScenario *scenario = dio_session_get_scenario (self->session);
  const char *const *ids = dio_selection_get_ids (dio_session_get_selection (self->session));
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n = 0;
  for (guint i = 0; ids[i] != NULL; i++) {
    const DioNode *node = dio_scenario_find_node (scenario, ids[i]);
    if (node == NULL || (info->target_kinds & 1u << node->kind) == 0)
      continue;
    g_strv_builder_add (builder, ids[i]);
    n++;
  }
  for (guint i = 0; n == 0 && i < scenario->nodes->len; i++) {
    const DioNode *node = g_ptr_array_index (scenario->nodes, i);
    if ((info->target_kinds & 1u << node->kind) == 0)
      continue;
    g_strv_builder_add (builder, node->id);
    n++;
  }
  return g_strv_builder_end (builder);
}

void
dio_randomizer_list_add (DioRandomizerList *self, const char *type)
{
  g_return_if_fail (DIO_IS_RANDOMIZER_LIST (self) && type != NULL);

  const DioRandomizerInfo *info = dio_randomizer_find_info (type);
  g_return_if_fail (info != NULL);
  g_auto (GStrv) targets = find_targets (self, info);
  if (targets[0] == NULL) {
    dio_session_report (self->session, DIO_SEVERITY_NOTE,
                        _ ("There is nothing in the scene that this randomizer can act on."), NULL,
                        NULL, NULL);
    return;
  }
  g_autofree char *name = g_strdup_printf (_ ("Add %s"), _ (info->label));
  g_autofree char *id = NULL;
  GError *error = NULL;
  DioScenario *next = dio_edit_add_randomizer (dio_session_get_scenario (self->session), type,
                                               (const char *const *) targets, &id, &error);
  commit (self, next, name, error);
  if (id != NULL)
    dio_randomizer_list_select (self, id);
}

static void
type_activated_cb (DioRandomizerList *self, GtkListBoxRow *row)
{
  gtk_menu_button_popdown (self->add);
  dio_randomizer_list_add (self, gtk_widget_get_name (GTK_WIDGET (row)));
}

static gboolean
filter_cb (GtkListBoxRow *row, gpointer data)
{
  DioRandomizerList *self = data;
  const DioRandomizerInfo *info = dio_randomizer_find_info (gtk_widget_get_name (GTK_WIDGET (row)));
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autofree char *all = g_strdup_printf ("%s %s", _ (info->label), _ (info->help));
  return g_str_match_string (text, all, TRUE) || text[0] == '\0';
}

static GtkWidget *
new_type_row (const DioRandomizerInfo *info)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), new_label (_ (info->label), NULL));
  GtkWidget *help = new_label (_ (info->help), "caption");
  gtk_widget_add_css_class (help, "dim-label");
  gtk_box_append (GTK_BOX (box), help);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_name (row, info->type);
  return row;
}

static GtkWidget *
build_menu (DioRandomizerList *self)
{
  guint n = 0;
  const DioRandomizerInfo *table = dio_randomizer_get_table (&n);
  self->types = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->types), "navigation-sidebar");
  gtk_list_box_set_selection_mode (self->types, GTK_SELECTION_NONE);
  for (guint i = 0; i < n; i++)
    gtk_list_box_append (self->types, new_type_row (&table[i]));
  self->search = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search Randomizers"), -1);
  gtk_list_box_set_filter_func (self->types, filter_cb, self, NULL);
  g_signal_connect_object (self->search, "search-changed",
                           G_CALLBACK (gtk_list_box_invalidate_filter), self->types,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->types, "row-activated", G_CALLBACK (type_activated_cb), self,
                           G_CONNECT_SWAPPED);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), 420);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->types));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_size_request (box, 420, -1);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->search));
  gtk_box_append (GTK_BOX (box), dio_tab_stop_new (scrolled));
  GtkWidget *popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  return popover;
}

void
dio_randomizer_list_show_menu (DioRandomizerList *self)
{
  g_return_if_fail (DIO_IS_RANDOMIZER_LIST (self));

  gtk_menu_button_popup (self->add);
}

static GtkWidget *
new_tool (const char *icon, const char *tooltip, const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip,
                                  -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static GtkWidget *
build_toolbar (DioRandomizerList *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  gtk_widget_add_css_class (bar, "toolbar");
  self->add = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->add, "list-add-symbolic");
  gtk_menu_button_set_direction (self->add, GTK_ARROW_UP);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->add), _ ("Add a Randomizer"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Add a Randomizer"), -1);
  gtk_menu_button_set_popover (self->add, build_menu (self));
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->add));
  gtk_box_append (GTK_BOX (bar),
                  new_tool ("go-up-symbolic", _ ("Act Earlier"), "win.randomizer-up"));
  gtk_box_append (GTK_BOX (bar),
                  new_tool ("go-down-symbolic", _ ("Act Later"), "win.randomizer-down"));
  gtk_box_append (GTK_BOX (bar), new_tool ("user-trash-symbolic", _ ("Remove the Randomizer"),
                                           "win.randomizer-remove"));
  return bar;
}

static void
dio_randomizer_list_finalize (GObject *object)
{
  DioRandomizerList *self = DIO_RANDOMIZER_LIST (object);
  g_ptr_array_unref (self->shown);
  g_free (self->selected);
  G_OBJECT_CLASS (dio_randomizer_list_parent_class)->finalize (object);
}

static void
dio_randomizer_list_class_init (DioRandomizerListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dio_randomizer_list_finalize;
  signals[SELECTED] = g_signal_new ("selected", DIO_TYPE_RANDOMIZER_LIST, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
dio_randomizer_list_init (DioRandomizerList *self)
{
  self->shown = g_ptr_array_new_with_free_func ((GDestroyNotify) dio_randomizer_unref);
}

GtkWidget *
dio_randomizer_list_new (DioSession *session)
{
  g_return_val_if_fail (DIO_IS_SESSION (session), NULL);

  DioRandomizerList *self = g_object_new (DIO_TYPE_RANDOMIZER_LIST, NULL);
  self->session = session;
  self->rows = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->rows), "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->rows), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Randomizers in Order"), -1);
  g_signal_connect_object (self->rows, "row-selected", G_CALLBACK (row_selected_cb), self,
                           G_CONNECT_SWAPPED);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->rows));
  gtk_widget_set_vexpand (scrolled, TRUE);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), dio_tab_stop_new (scrolled));
  gtk_box_append (GTK_BOX (box), build_toolbar (self));
  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_object (session, "scenario-changed", G_CALLBACK (rebuild), self,
                           G_CONNECT_SWAPPED);
  rebuild (self);
  return GTK_WIDGET (self);
}
