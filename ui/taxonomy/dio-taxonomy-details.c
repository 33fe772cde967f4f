#define G_LOG_DOMAIN "dio-taxonomy"

#include "dio-taxonomy-private.h"

#include "dio-core-math.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

struct _DioTaxonomyDetails {
  GtkBox parent;
  DioSession *session;
  char *id; /**< (nullable) */
  GtkWidget *form, *name, *supercategory, *kind, *color;
  GtkWidget *cone, *outside, *other;
  GtkWidget *use, *assign, *select, *merge, *remove;
  GPtrArray *others; /**< ids of the categories that the drop-downs offer; owned strings */
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (DioTaxonomyDetails, dio_taxonomy_details, GTK_TYPE_BOX)

static const DioCategory *
get_category (DioTaxonomyDetails *self)
{
  return dio_taxonomy_find (dio_session_get_scenario (self->session), self->id);
}

/* -- Changing -- */

static void
take (DioTaxonomyDetails *self, DioScenario *next, const char *what, const GError *error)
{
  const DioCategory *category = get_category (self);
  /* Translators: an undo step: what changes, and the category's name */
  g_autofree char *name = g_strdup_printf (
      _ ("%s of Category %s"), what, category != NULL ? dio_taxonomy_get_title (category) : "");
  dio_taxonomy_commit (self->session, next, name, _ ("The category was not changed"), error);
}

/* Steals @value. */
static void
set (DioTaxonomyDetails *self, const char *key, json_t *value, const char *what)
{
  g_autoptr (GError) error = NULL;
  take (self,
        dio_taxonomy_with_member (dio_session_get_scenario (self->session), self->id, key, value,
                                  &error),
        what, error);
}

static void
name_cb (AdwEntryRow *row, DioTaxonomyDetails *self)
{
  const DioCategory *category = get_category (self);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (row));
  if (category != NULL && strcmp (text, category->name) != 0)
    set (self, "name", json_string (text), _ ("Name"));
}

static void
supercategory_cb (AdwEntryRow *row, DioTaxonomyDetails *self)
{
  const DioCategory *category = get_category (self);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (row));
  if (category != NULL && strcmp (text, category->supercategory) != 0)
    set (self, "supercategory", json_string (text), _ ("Supercategory"));
}

static void
left_cb (GtkEventControllerFocus *focus, DioTaxonomyDetails *self)
{
  if (self->showing)
    return;
  name_cb (ADW_ENTRY_ROW (self->name), self);
  supercategory_cb (ADW_ENTRY_ROW (self->supercategory), self);
}

static void
kind_cb (AdwComboRow *row, GParamSpec *pspec, DioTaxonomyDetails *self)
{
  const DioCategory *category = get_category (self);
  gboolean thing = adw_combo_row_get_selected (row) == 0;
  if (!self->showing && category != NULL && thing != category->thing)
    set (self, "kind", json_string (thing ? "thing" : "stuff"), _ ("Kind"));
}

static void
color_cb (GtkColorButton *button, DioTaxonomyDetails *self)
{
  GdkRGBA color;
  gtk_color_chooser_get_rgba (GTK_COLOR_CHOOSER (button), &color);
  guint8 rgb[3] = { (guint8) lround (color.red * 255), (guint8) lround (color.green * 255),
                    (guint8) lround (color.blue * 255) };
  g_autofree char *text = dio_taxonomy_color_to_text (rgb);
  if (self->id != NULL)
    set (self, "color", json_string (text), _ ("Colour"));
}

static void
cone_cb (GtkSpinButton *spin, DioTaxonomyDetails *self)
{
  if (self->showing || self->id == NULL)
    return;
  double angle = gtk_spin_button_get_value (spin) * DIO_PI / 180;
  set (self, "front_cone_rad", angle > 0 ? json_real (angle) : json_null (), _ ("Front Cone"));
}

static void
outside_cb (AdwComboRow *row, GParamSpec *pspec, DioTaxonomyDetails *self)
{
  const DioCategory *category = get_category (self);
  if (self->showing || category == NULL)
    return;
  DioConeOutside outside =
      (DioConeOutside) adw_combo_row_get_selected (ADW_COMBO_ROW (self->outside));
  guint index = adw_combo_row_get_selected (ADW_COMBO_ROW (self->other));
  const char *other = index < self->others->len ? g_ptr_array_index (self->others, index) : NULL;
  /* "Another category" needs one: the first is a beginning. */
  if (outside == DIO_CONE_OUTSIDE_OTHER && other == NULL && self->others->len > 0)
    other = g_ptr_array_index (self->others, 0);
  /* A "notify" that comes while another one of the row is handed out starts that one again: what is set already must end it. */
  if (outside == category->cone_outside && g_strcmp0 (other, category->front_cone_category) == 0)
    return;
  g_autoptr (GError) error = NULL;
  take (self,
        dio_taxonomy_with_cone (dio_session_get_scenario (self->session), self->id, outside, other,
                                &error),
        _ ("Front Cone"), error);
}

static void
merge_cb (GtkListBox *list, GtkListBoxRow *row, DioTaxonomyDetails *self)
{
  guint index = (guint) gtk_list_box_row_get_index (row);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->merge));
  if (self->id == NULL || index >= self->others->len)
    return;
  g_autofree char *into = g_strdup (g_ptr_array_index (self->others, index));
  g_autofree char *from = g_strdup (self->id);
  dio_taxonomy_merge (self->session, from, into);
}

static void
assign_cb (GtkButton *button, DioTaxonomyDetails *self)
{
  if (self->id != NULL)
    dio_taxonomy_assign (self->session, self->id);
}

static void
select_cb (GtkButton *button, DioTaxonomyDetails *self)
{
  if (self->id != NULL)
    dio_taxonomy_select_users (self->session, self->id);
}

static void
remove_cb (GtkButton *button, DioTaxonomyDetails *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *id = g_strdup (self->id);
  if (id != NULL)
    dio_taxonomy_delete (self->session, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, id);
}

/* -- Showing -- */

/* TRUE where the lists show the other categories as they are: a list that is open must not be filled anew under the pointer. */
static gboolean
shows_others (DioTaxonomyDetails *self, const DioCategory *shown)
{
  const GPtrArray *categories = dio_session_get_scenario (self->session)->categories;
  GListModel *names = adw_combo_row_get_model (ADW_COMBO_ROW (self->other));
  if (names == NULL || self->others->len + 1 != categories->len)
    return FALSE;
  for (guint i = 0, n = 0; i < categories->len; i++) {
    const DioCategory *other = g_ptr_array_index (categories, i);
    if (other == shown)
      continue;
    if (n >= self->others->len || strcmp (self->others->pdata[n], other->id) != 0
        || strcmp (gtk_string_list_get_string (GTK_STRING_LIST (names), n),
                   dio_taxonomy_get_title (other))
               != 0)
      return FALSE;
    n++;
  }
  return TRUE;
}

static void
fill_others (DioTaxonomyDetails *self, const DioCategory *shown)
{
  const DioScenario *scenario = dio_session_get_scenario (self->session);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_ptr_array_set_size (self->others, 0);
  GtkWidget *list = g_object_get_data (G_OBJECT (self->merge), "list");
  for (GtkWidget *row; (row = gtk_widget_get_first_child (list)) != NULL;)
    gtk_list_box_remove (GTK_LIST_BOX (list), row);
  for (guint i = 0; i < scenario->categories->len; i++) {
    const DioCategory *other = g_ptr_array_index (scenario->categories, i);
    if (other == shown)
      continue;
    g_ptr_array_add (self->others, g_strdup (other->id));
    gtk_string_list_append (names, dio_taxonomy_get_title (other));
    GtkWidget *label = gtk_label_new (dio_taxonomy_get_title (other));
    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_list_box_append (GTK_LIST_BOX (list), label);
  }
  adw_combo_row_set_model (ADW_COMBO_ROW (self->other), G_LIST_MODEL (names));
  gtk_widget_set_sensitive (self->merge, self->others->len > 0);
}

static void
show_others (DioTaxonomyDetails *self, const DioCategory *shown)
{
  if (!shows_others (self, shown))
    fill_others (self, shown);
  guint selected = GTK_INVALID_LIST_POSITION;
  for (guint i = 0; i < self->others->len; i++)
    if (g_strcmp0 (self->others->pdata[i], shown->front_cone_category) == 0)
      selected = i;
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->other), selected);
}

static void
show_text (GtkWidget *row, const char *text)
{
  if (strcmp (gtk_editable_get_text (GTK_EDITABLE (row)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static void
show_use (DioTaxonomyDetails *self)
{
  DioTaxonomyUse use = dio_taxonomy_get_use (dio_session_get_scenario (self->session), self->id);
  g_autofree char *users = dio_taxonomy_describe_use (&use);
  /* Translators: a list of who uses a category follows */
  g_autofree char *text =
      users != NULL ? g_strdup_printf (_ ("Used by %s"), users) : g_strdup (_ ("Not used"));
  gtk_label_set_text (GTK_LABEL (self->use), text);
  gtk_widget_set_sensitive (self->select, use.n_nodes > 0);
  guint n = dio_selection_get_count (dio_session_get_selection (self->session));
  gtk_widget_set_sensitive (self->assign, n > 0);
}

void
dio_taxonomy_details_show (DioTaxonomyDetails *self, const char *id)
{
  if (g_strcmp0 (self->id, id) != 0) {
    g_free (self->id);
    self->id = g_strdup (id);
  }
  const DioCategory *category = get_category (self);
  gtk_widget_set_visible (self->form, category != NULL);
  if (category == NULL)
    return;
  self->showing = TRUE;
  show_text (self->name, category->name);
  show_text (self->supercategory, category->supercategory);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->kind), category->thing ? 0 : 1);
  GdkRGBA color = { category->color[0] / 255.0f, category->color[1] / 255.0f,
                    category->color[2] / 255.0f, 1 };
  gtk_color_chooser_set_rgba (GTK_COLOR_CHOOSER (self->color), &color);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->cone), category->front_cone_rad * 180 / DIO_PI);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->outside), category->cone_outside);
  gtk_widget_set_sensitive (self->outside, category->front_cone_rad > 0);
  show_others (self, category);
  gtk_widget_set_visible (self->other, category->cone_outside == DIO_CONE_OUTSIDE_OTHER);
  show_use (self);
  self->showing = FALSE;
}

/* -- Building -- */

static GtkWidget *
create_entry (const char *title, GCallback apply, DioTaxonomyDetails *self)
{
  GtkWidget *row = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  g_signal_connect_object (row, "entry-activated", apply, self, 0);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_signal_connect_object (focus, "leave", G_CALLBACK (left_cb), self, 0);
  gtk_widget_add_controller (row, focus);
  return row;
}

static GtkWidget *
create_combo (const char *title,
              const char *const *names,
              GCallback chosen,
              DioTaxonomyDetails *self)
{
  GtkWidget *row = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (names != NULL) {
    g_autoptr (GtkStringList) list = gtk_string_list_new (names);
    adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  }
  g_signal_connect_object (row, "notify::selected", chosen, self, 0);
  return row;
}

static GtkWidget *
create_suffix_row (const char *title, const char *subtitle, GtkWidget *suffix)
{
  GtkWidget *row = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (suffix, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (suffix), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), suffix);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), suffix);
  return row;
}

static GtkWidget *
create_identity (DioTaxonomyDetails *self)
{
  const char *kinds[] = { _ ("Thing: counted one by one"), _ ("Stuff: regions only"), NULL };
  GtkWidget *group = adw_preferences_group_new ();
  AdwPreferencesGroup *rows = ADW_PREFERENCES_GROUP (group);
  self->name = create_entry (_ ("Name"), G_CALLBACK (name_cb), self);
  self->supercategory = create_entry (_ ("Supercategory"), G_CALLBACK (supercategory_cb), self);
  self->kind = create_combo (_ ("Kind"), kinds, G_CALLBACK (kind_cb), self);
  self->color = gtk_color_button_new ();
  /* The button inside is what has the focus and is spoken. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (self->color)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Colour"), -1);
  g_signal_connect_object (self->color, "color-set", G_CALLBACK (color_cb), self, 0);
  adw_preferences_group_add (rows, self->name);
  adw_preferences_group_add (rows, self->supercategory);
  adw_preferences_group_add (rows, self->kind);
  adw_preferences_group_add (rows, create_suffix_row (_ ("Colour"), NULL, self->color));
  return group;
}

static GtkWidget *
create_cone (DioTaxonomyDetails *self)
{
  const char *outside[] = { _ ("Keep the label"), _ ("Ignore it"), _ ("Another category"), NULL };
  GtkWidget *group = adw_preferences_group_new ();
  AdwPreferencesGroup *rows = ADW_PREFERENCES_GROUP (group);
  adw_preferences_group_set_title (rows, _ ("Front Cone"));
  adw_preferences_group_set_description (
      rows, _ ("What only has a face, like a road sign, is no such object seen from behind."));
  self->cone = gtk_spin_button_new_with_range (0, 180, 1);
  g_signal_connect_object (self->cone, "value-changed", G_CALLBACK (cone_cb), self, 0);
  self->outside = create_combo (_ ("Outside"), outside, G_CALLBACK (outside_cb), self);
  self->other = create_combo (_ ("Becomes"), NULL, G_CALLBACK (outside_cb), self);
  adw_preferences_group_add (
      rows, create_suffix_row (_ ("Half angle in degrees"), _ ("0 = none"), self->cone));
  adw_preferences_group_add (rows, self->outside);
  adw_preferences_group_add (rows, self->other);
  return group;
}

static GtkWidget *
create_button (const char *label, GCallback clicked, DioTaxonomyDetails *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  g_signal_connect_object (button, "clicked", clicked, self, 0);
  return button;
}

static GtkWidget *
create_merge (void)
{
  GtkWidget *button = gtk_menu_button_new ();
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _ ("Merge Into"));
  GtkWidget *list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "navigation-sidebar");
  GtkWidget *scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 300);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  GtkWidget *popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  g_object_set_data (G_OBJECT (button), "list", list);
  return button;
}

static GtkWidget *
create_commands (DioTaxonomyDetails *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->use = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->use), 0);
  gtk_label_set_wrap (GTK_LABEL (self->use), TRUE);
  gtk_widget_add_css_class (self->use, "dim-label");
  GtkWidget *grid = gtk_grid_new ();
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  self->assign = create_button (_ ("_Assign to Selection"), G_CALLBACK (assign_cb), self);
  self->select = create_button (_ ("_Select Its Objects"), G_CALLBACK (select_cb), self);
  self->merge = create_merge ();
  GtkWidget *list = g_object_get_data (G_OBJECT (self->merge), "list");
  g_signal_connect_object (list, "row-activated", G_CALLBACK (merge_cb), self, 0);
  self->remove = create_button (_ ("_Delete"), G_CALLBACK (remove_cb), self);
  gtk_widget_add_css_class (self->remove, "destructive-action");
  gtk_grid_attach (GTK_GRID (grid), self->assign, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), self->select, 1, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), self->merge, 0, 1, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), self->remove, 1, 1, 1, 1);
  gtk_box_append (GTK_BOX (box), self->use);
  gtk_box_append (GTK_BOX (box), grid);
  return box;
}

static void
dio_taxonomy_details_dispose (GObject *object)
{
  DioTaxonomyDetails *self = DIO_TAXONOMY_DETAILS (object);
  self->showing = TRUE;
  g_clear_pointer (&self->id, g_free);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (dio_taxonomy_details_parent_class)->dispose (object);
}

static void
dio_taxonomy_details_finalize (GObject *object)
{
  g_ptr_array_unref (DIO_TAXONOMY_DETAILS (object)->others);
  G_OBJECT_CLASS (dio_taxonomy_details_parent_class)->finalize (object);
}

static void
dio_taxonomy_details_class_init (DioTaxonomyDetailsClass *class)
{
  G_OBJECT_CLASS (class)->dispose = dio_taxonomy_details_dispose;
  G_OBJECT_CLASS (class)->finalize = dio_taxonomy_details_finalize;
}

static void
dio_taxonomy_details_init (DioTaxonomyDetails *self)
{
  self->others = g_ptr_array_new_with_free_func (g_free);
  self->form = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_set_margin_start (self->form, 18);
  gtk_widget_set_margin_end (self->form, 18);
  gtk_widget_set_margin_top (self->form, 12);
  gtk_widget_set_margin_bottom (self->form, 18);
  gtk_widget_set_hexpand (self->form, TRUE);
  gtk_box_append (GTK_BOX (self), self->form);
}

GtkWidget *
dio_taxonomy_details_new (DioSession *session)
{
  DioTaxonomyDetails *self = g_object_new (DIO_TYPE_TAXONOMY_DETAILS, NULL);
  self->session = g_object_ref (session);
  self->showing = TRUE;
  gtk_box_append (GTK_BOX (self->form), create_identity (self));
  gtk_box_append (GTK_BOX (self->form), create_cone (self));
  gtk_box_append (GTK_BOX (self->form), create_commands (self));
  self->showing = FALSE;
  return GTK_WIDGET (self);
}
