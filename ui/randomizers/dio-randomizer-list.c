#define G_LOG_DOMAIN "dio-randomizers"

#include "dio-randomizer-list.h"

#include "dio-base-json.h"
#include "dio-edit-bind.h"
#include "dio-randomizer-types-private.h"
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
  GtkSearchEntry *needle; /**< of rules */
  guint scroll_id;
};

#define SCROLL_MS 60

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
  g_object_set_data_full (G_OBJECT (row), "dio-randomizer",
                          dio_randomizer_ref ((DioRandomizer *) randomizer),
                          (GDestroyNotify) dio_randomizer_unref);
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

static gboolean
scroll_cb (gpointer user)
{
  DioRandomizerList *self = user;
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->rows);
  GtkAdjustment *adjustment = gtk_list_box_get_adjustment (self->rows);
  graphene_rect_t box;
  self->scroll_id = 0;
  if (row != NULL && adjustment != NULL
      && gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self->rows), &box))
    gtk_adjustment_clamp_page (adjustment, box.origin.y, box.origin.y + box.size.height);
  return G_SOURCE_REMOVE;
}

/* Once a row that came just now has its place. */
static void
scroll_to_selected (DioRandomizerList *self)
{
  if (self->scroll_id == 0)
    self->scroll_id = g_timeout_add (SCROLL_MS, scroll_cb, self);
}

static const DioRandomizer *
get_randomizer (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "dio-randomizer");
}

static GtkListBoxRow *
find_row (DioRandomizerList *self, const char *id)
{
  GtkListBoxRow *row;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->rows, i)) != NULL; i++)
    if (g_strcmp0 (gtk_widget_get_name (GTK_WIDGET (row)), id) == 0)
      return row;
  return NULL;
}

static void
remove_gone (DioRandomizerList *self, const DioScenario *scenario)
{
  GtkListBoxRow *row;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->rows, i)) != NULL;) {
    if (dio_scenario_find_randomizer (scenario, gtk_widget_get_name (GTK_WIDGET (row))) == NULL)
      gtk_list_box_remove (self->rows, GTK_WIDGET (row));
    else
      i++;
  }
}

/* Rows that say the same stay what and where they are: the list keeps its place and the focus. */
static void
rebuild (DioRandomizerList *self)
{
  if (is_shown (self))
    return;
  const DioScenario *scenario = dio_session_get_scenario (self->session);
  const GPtrArray *all = scenario->randomizers;
  self->rebuilding = TRUE;
  remove_gone (self, scenario);
  g_ptr_array_set_size (self->shown, 0);
  for (guint i = 0; i < all->len; i++) {
    DioRandomizer *randomizer = g_ptr_array_index (all, i);
    GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->rows, (int) i);
    g_ptr_array_add (self->shown, dio_randomizer_ref (randomizer));
    if (row != NULL && get_randomizer (row) == randomizer)
      continue;
    GtkListBoxRow *old = find_row (self, randomizer->id);
    if (old != NULL)
      gtk_list_box_remove (self->rows, GTK_WIDGET (old));
    gtk_list_box_insert (self->rows, new_row (self, randomizer), (int) i);
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
  scroll_to_selected (self);
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

/* By its name and by what it acts on. */
static gboolean
is_sought_cb (GtkListBoxRow *row, gpointer data)
{
  DioRandomizerList *self = data;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->needle));
  const char *detail = gtk_widget_get_tooltip_text (GTK_WIDGET (row));
  g_autofree char *all = g_strdup_printf ("%s %s", dio_randomizer_title (get_randomizer (row)),
                                          detail != NULL ? detail : "");
  return text[0] == '\0' || g_str_match_string (text, all, TRUE);
}

void
dio_randomizer_list_show_menu (DioRandomizerList *self)
{
  g_return_if_fail (DIO_IS_RANDOMIZER_LIST (self));

  gtk_menu_button_popup (self->add);
}

static void
type_cb (const char *type, gpointer user)
{
  dio_randomizer_list_add (user, type);
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
  gtk_menu_button_set_popover (self->add, dio_randomizer_types_new (type_cb, self));
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
  g_clear_handle_id (&self->scroll_id, g_source_remove);
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

static void
stop_search_cb (GtkSearchEntry *entry, gpointer user)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
}

static GtkWidget *
build_search (DioRandomizerList *self)
{
  self->needle = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  GtkWidget *entry = GTK_WIDGET (self->needle);
  g_object_set (entry, "placeholder-text", _ ("Search Rules"), "margin-start", 6, "margin-end", 6,
                "margin-top", 6, "margin-bottom", 3, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search Rules"), -1);
  gtk_list_box_set_filter_func (self->rows, is_sought_cb, self, NULL);
  g_signal_connect_object (entry, "search-changed", G_CALLBACK (gtk_list_box_invalidate_filter),
                           self->rows, G_CONNECT_SWAPPED);
  g_signal_connect (entry, "stop-search", G_CALLBACK (stop_search_cb), NULL);
  return entry;
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
  gtk_box_append (GTK_BOX (box), build_search (self));
  gtk_box_append (GTK_BOX (box), dio_tab_stop_new (scrolled));
  gtk_box_append (GTK_BOX (box), build_toolbar (self));
  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_object (session, "scenario-changed", G_CALLBACK (rebuild), self,
                           G_CONNECT_SWAPPED);
  rebuild (self);
  return GTK_WIDGET (self);
}
