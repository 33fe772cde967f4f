#define G_LOG_DOMAIN "dio-inspector"

#include "dio-inspector-category-private.h"

#include "dio-base-json.h"
#include "dio-chip.h"
#include "dio-edit-add.h"
#include "dio-edit-nodes.h"
#include "dio-inspector-parts-private.h"
#include "dio-inspector-row-private.h"
#include "dio-scene-property.h"
#include "dio-tab-stop.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _DioInspectorCategory {
  GtkBox parent;
  DioSession *session;
  gboolean background;
  GtkWidget *title, *button, *dot, *name;
  GtkWidget *stack, *search, *list, *question;
  char *pending,
      *pending_title;   /**< (nullable) what is to be assigned once the question is answered */
  GHashTable *answered; /**< asset id -> json_t of labels, NULL for the whole: asked once */
};

G_DEFINE_FINAL_TYPE (DioInspectorCategory, dio_inspector_category, GTK_TYPE_BOX)

static const char *const *
get_ids (DioInspectorCategory *self)
{
  return dio_selection_get_ids (dio_session_get_selection (self->session));
}

static const DioCategory *
find_category (DioInspectorCategory *self, const char *id)
{
  const DioScenario *scenario = dio_session_get_scenario (self->session);
  int index = dio_scenario_find_category (scenario, id);
  return index >= 0 ? g_ptr_array_index (scenario->categories, (guint) index) : NULL;
}

/* -- Changing -- */

/* -- Whole object or part -- */

/* The asset that all selected models show, where it has parts that nobody has decided about yet; its parts in @parts. */
static const char *
find_undecided (DioInspectorCategory *self, GPtrArray **parts)
{
  const DioScenario *scenario = dio_session_get_scenario (self->session);
  const char *const *ids = get_ids (self);
  *parts = dio_inspector_list_parts (self->session);
  if ((*parts)->len < 2 || (*parts)->len > DIO_INSPECTOR_MAX_PARTS)
    return NULL;
  const char *asset = dio_scenario_find_node (scenario, ids[0])->model.asset;
  const DioAsset *entry = dio_scenario_find_asset (scenario, asset);
  if (entry == NULL || g_hash_table_size (entry->group_labels) > 0)
    return NULL;
  for (guint i = 0; ids[i] != NULL; i++)
    if (g_hash_table_size (dio_scenario_find_node (scenario, ids[i])->model.group_labels) > 0)
      return NULL;
  return asset;
}

static void
labels_free (gpointer labels)
{
  json_decref (labels);
}

static void
document_opened_cb (DioSession *session, DioInspectorCategory *self)
{
  g_hash_table_remove_all (self->answered);
}

/* -- Committing -- */

static void
commit (DioInspectorCategory *self, DioScenario *next, const char *category, const GError *error)
{
  if (next == NULL) {
    dio_session_report (self->session, DIO_SEVERITY_WARNING, _ ("The category was not changed"),
                        error, NULL, NULL);
    return;
  }
  /* Translators: an undo step; a category's name follows */
  g_autofree char *name = category != NULL ? g_strdup_printf (_ ("Label as %s"), category)
                                           : g_strdup (_ ("Remove Category"));
  dio_session_commit (self->session, next, name, NULL);
}

static DioScenario *
with_background (DioScenario *scenario, const char *text, GError **error)
{
  g_autoptr (DioScenario) edited = dio_scenario_ref (scenario);
  g_autofree char *id = NULL;
  if (text != NULL && dio_scenario_find_category (scenario, text) < 0) {
    DioScenario *added = dio_edit_add_category (scenario, text, FALSE, &id, error);
    if (added == NULL)
      return NULL;
    dio_scenario_unref (edited);
    edited = added;
  }
  const char *value = id != NULL ? id : text;
  g_autoptr (json_t) json = value != NULL ? json_string (value) : json_null ();
  return dio_scenario_with_property (edited, "background_category", json, error);
}

/* @labels (nullable): of parts. */
static DioScenario *
with_category (DioInspectorCategory *self, const char *text, const json_t *labels, GError **error)
{
  DioScenario *scenario = dio_session_get_scenario (self->session);
  DioScenario *next = dio_edit_assign_category (scenario, get_ids (self), text, NULL, error);
  if (next == NULL || labels == NULL)
    return next;
  g_autoptr (DioScenario) assigned = next;
  return dio_edit_label_parts (assigned, get_ids (self), labels, error);
}

static void
assign_now (DioInspectorCategory *self, const char *text, const char *title, const json_t *labels)
{
  g_autoptr (GError) error = NULL;
  DioScenario *next = self->background
                          ? with_background (dio_session_get_scenario (self->session), text, &error)
                          : with_category (self, text, labels, &error);
  commit (self, next, title, error);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
}

/* @text: an id, or the name of a new category; NULL = none. */
static void
assign (DioInspectorCategory *self, const char *text, const char *title)
{
  g_autoptr (GPtrArray) parts = NULL;
  const char *asset = text != NULL && !self->background ? find_undecided (self, &parts) : NULL;
  gpointer labels = NULL;
  if (asset == NULL || g_hash_table_lookup_extended (self->answered, asset, NULL, &labels)) {
    assign_now (self, text, title, labels);
    return;
  }
  g_free (self->pending);
  g_free (self->pending_title);
  self->pending = g_strdup (text);
  self->pending_title = g_strdup (title);
  gtk_stack_set_visible_child (GTK_STACK (self->stack), self->question);
  dio_inspector_question_ask (DIO_INSPECTOR_QUESTION (self->question), parts);
}

static void
answered_cb (DioInspectorQuestion *question, json_t *labels, DioInspectorCategory *self)
{
  g_autoptr (GPtrArray) parts = NULL;
  const char *asset = find_undecided (self, &parts);
  if (asset != NULL)
    g_hash_table_replace (self->answered, g_strdup (asset),
                          labels != NULL ? json_incref (labels) : NULL);
  g_autofree char *text = g_steal_pointer (&self->pending);
  g_autofree char *title = g_steal_pointer (&self->pending_title);
  assign_now (self, text, title, labels);
}

/* -- The list -- */

static GtkWidget *
create_row (const char *text, const guint8 *color)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  if (color != NULL)
    gtk_box_append (GTK_BOX (box), dio_color_dot_new (color));
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), label);
  GtkWidget *row = gtk_list_box_row_new ();
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  return row;
}

static void
add_row (DioInspectorCategory *self, GtkWidget *row, const char *text, const char *title)
{
  g_object_set_data_full (G_OBJECT (row), "text", g_strdup (text), g_free);
  g_object_set_data_full (G_OBJECT (row), "title", g_strdup (title), g_free);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static gboolean
matches (const DioCategory *category, const char *typed)
{
  g_autofree char *name = g_utf8_casefold (category->name, -1);
  g_autofree char *wanted = g_utf8_casefold (typed, -1);
  return strstr (name, wanted) != NULL || strstr (category->id, typed) != NULL;
}

/* Categories whose name begins with what was typed come first: three letters and Enter are enough. */
static gboolean
begins (const DioCategory *category, const char *typed)
{
  g_autofree char *name = g_utf8_casefold (category->name, -1);
  g_autofree char *wanted = g_utf8_casefold (typed, -1);
  return g_str_has_prefix (name, wanted);
}

static gboolean
add_matches (DioInspectorCategory *self, const char *typed)
{
  const DioScenario *scenario = dio_session_get_scenario (self->session);
  gboolean exact = FALSE;
  for (guint pass = 0; pass < 2; pass++) {
    for (guint i = 0; i < scenario->categories->len; i++) {
      const DioCategory *category = g_ptr_array_index (scenario->categories, i);
      if (!matches (category, typed) || begins (category, typed) != (pass == 0))
        continue;
      const char *name = category->name[0] != '\0' ? category->name : category->id;
      add_row (self, create_row (name, category->color), category->id, name);
      exact |= g_ascii_strcasecmp (name, typed) == 0;
    }
  }
  return exact;
}

static void
fill (DioInspectorCategory *self)
{
  for (GtkWidget *row; (row = gtk_widget_get_first_child (self->list)) != NULL;)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  g_autofree char *typed = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  g_strstrip (typed);
  gboolean exact = add_matches (self, typed);
  if (typed[0] != '\0' && !exact) {
    /* Translators: the last row of a list of categories: makes one of the name that was typed */
    g_autofree char *text = g_strdup_printf (_ ("New Category “%s”"), typed);
    add_row (self, create_row (text, NULL), typed, typed);
  }
  if (typed[0] == '\0')
    add_row (self, create_row (_ ("No Category"), NULL), NULL, NULL);
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, DioInspectorCategory *self)
{
  g_autofree char *text = g_strdup (g_object_get_data (G_OBJECT (row), "text"));
  g_autofree char *title = g_strdup (g_object_get_data (G_OBJECT (row), "title"));
  assign (self, text, title);
}

static void
search_changed_cb (GtkSearchEntry *search, DioInspectorCategory *self)
{
  fill (self);
}

static void
search_activated_cb (GtkSearchEntry *search, DioInspectorCategory *self)
{
  fill (self);
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0);
  if (first != NULL)
    row_activated_cb (NULL, first, self);
}

static void
stop_search_cb (GtkSearchEntry *search, DioInspectorCategory *self)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
}

static void
popover_shown_cb (GtkWidget *popover, DioInspectorCategory *self)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "list");
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  fill (self);
  gtk_widget_grab_focus (self->search);
}

void
dio_inspector_category_open (DioInspectorCategory *self)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->button));
}

void
dio_inspector_category_enter (DioInspectorCategory *self, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), text);
  search_activated_cb (GTK_SEARCH_ENTRY (self->search), self);
}

/* -- Showing -- */

/* FALSE where a node cannot bear a category; @id NULL where none has one. */
static gboolean
read_selection (DioInspectorCategory *self, const char **id, gboolean *mixed)
{
  const DioScenario *scenario = dio_session_get_scenario (self->session);
  const char *const *ids = get_ids (self);
  for (guint i = 0; ids[i] != NULL; i++) {
    const DioNode *node = dio_scenario_find_node (scenario, ids[i]);
    if (node == NULL || dio_property_find (node->kind, "category") == NULL)
      return FALSE;
    *mixed |= i > 0 && g_strcmp0 (*id, node->category) != 0;
    *id = node->category;
  }
  return ids[0] != NULL;
}

void
dio_inspector_category_refresh (DioInspectorCategory *self)
{
  const char *id = NULL;
  gboolean mixed = FALSE, shown = TRUE;
  if (self->background)
    id = dio_session_get_scenario (self->session)->background_category;
  else
    shown = read_selection (self, &id, &mixed);
  gtk_widget_set_visible (GTK_WIDGET (self), shown);
  if (!shown)
    return;
  const DioCategory *category = mixed ? NULL : find_category (self, id);
  gtk_widget_set_visible (self->dot, category != NULL);
  if (category != NULL)
    dio_color_dot_set_color (self->dot, category->color);
  const char *name = mixed                       ? _ ("Different")
                     : category == NULL          ? _ ("None")
                     : category->name[0] != '\0' ? category->name
                                                 : category->id;
  gtk_label_set_text (GTK_LABEL (self->name), name);
  /* Translators: what a screen reader says of a button; a category's name follows */
  g_autofree char *spoken = g_strdup_printf (_ ("Category: %s"), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken, -1);
}

/* -- Life -- */

static GtkWidget *
create_popover (DioInspectorCategory *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", _ ("Find or create a category"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Find or create a category"), -1);
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  GtkWidget *scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 320);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), dio_tab_stop_new (scroller));
  gtk_widget_set_size_request (box, 240, -1);
  self->question = dio_inspector_question_new ();
  g_signal_connect_object (self->question, "answered", G_CALLBACK (answered_cb), self, 0);
  self->stack = gtk_stack_new ();
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_add_named (GTK_STACK (self->stack), box, "list");
  gtk_stack_add_named (GTK_STACK (self->stack), self->question, "question");
  GtkWidget *popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (popover), self->stack);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search_changed_cb), self, 0);
  g_signal_connect_object (self->search, "activate", G_CALLBACK (search_activated_cb), self, 0);
  g_signal_connect_object (self->search, "stop-search", G_CALLBACK (stop_search_cb), self, 0);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self, 0);
  g_signal_connect_object (popover, "show", G_CALLBACK (popover_shown_cb), self, 0);
  return popover;
}

static void
dio_inspector_category_dispose (GObject *object)
{
  DioInspectorCategory *self = DIO_INSPECTOR_CATEGORY (object);
  g_clear_object (&self->session);
  g_clear_pointer (&self->pending, g_free);
  g_clear_pointer (&self->pending_title, g_free);
  g_clear_pointer (&self->answered, g_hash_table_unref);
  G_OBJECT_CLASS (dio_inspector_category_parent_class)->dispose (object);
}

static void
dio_inspector_category_class_init (DioInspectorCategoryClass *class)
{
  G_OBJECT_CLASS (class)->dispose = dio_inspector_category_dispose;
}

static void
dio_inspector_category_init (DioInspectorCategory *self)
{
  self->answered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, labels_free);
  self->title = gtk_label_new (_ ("Category"));
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_width_chars (GTK_LABEL (self->title), DIO_INSPECTOR_LABEL_CHARS);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_box_append (GTK_BOX (self), self->title);

  GtkWidget *face = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->dot = dio_color_dot_new ((guint8[]){ 128, 128, 128 });
  self->name = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->name), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (face), self->dot);
  gtk_box_append (GTK_BOX (face), self->name);
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), face);
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (self->button), TRUE);
  gtk_widget_set_hexpand (self->button, TRUE);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), create_popover (self));
  gtk_box_append (GTK_BOX (self), self->button);
}

GtkWidget *
dio_inspector_category_new (DioSession *session, gboolean background)
{
  DioInspectorCategory *self = g_object_new (DIO_TYPE_INSPECTOR_CATEGORY, NULL);
  self->session = g_object_ref (session);
  self->background = background;
  g_signal_connect_object (session, "document-opened", G_CALLBACK (document_opened_cb), self, 0);
  if (background)
    gtk_label_set_text (GTK_LABEL (self->title), _ ("Background"));
  return GTK_WIDGET (self);
}
