#define G_LOG_DOMAIN "dio-randomizers"

#include "dio-randomizer-editor.h"

#include "dio-base-json.h"
#include "dio-chip.h"
#include "dio-randomizer-rows-private.h"
#include "dio-randomizer-sources-private.h"
#include "dio-randomizer-words.h"
#include "dio-scene-edit.h"

#include <glib/gi18n-lib.h>

struct _DioRandomizerEditor {
  AdwBin parent_instance;

  DioSession *session;        /**< borrowed: outlives its panels */
  char *id;                   /**< (nullable) shown */
  const DioRandomizer *shown; /**< what the rows were made from; only compared */
  gboolean committing;        /**< the change that comes back is our own */
  GtkBox *box;
};

G_DEFINE_FINAL_TYPE (DioRandomizerEditor, dio_randomizer_editor, ADW_TYPE_BIN)

static void rebuild (DioRandomizerEditor *self);

static const DioRandomizer *
find (DioRandomizerEditor *self)
{
  return dio_scenario_find_randomizer (dio_session_get_scenario (self->session), self->id);
}

/* Puts @json (transfer full) in place of the randomizer. */
static void
put (DioRandomizerEditor *self, json_t *json, const char *merge)
{
  g_autoptr (json_t) entry = json;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strdup_printf (_ ("Change %s"), dio_randomizer_title (find (self)));
  DioScenario *next =
      dio_scenario_with_randomizer (dio_session_get_scenario (self->session), entry, &error);
  if (next == NULL) {
    dio_session_report (self->session, DIO_SEVERITY_WARNING, _ ("The randomizer was not changed."),
                        error, NULL, NULL);
    rebuild (self);
    return;
  }
  self->committing = TRUE;
  dio_session_commit (self->session, next, name, merge);
  self->committing = FALSE;
  self->shown = find (self);
}

static void
param_changed_cb (const char *name, json_t *value, gboolean over, gpointer user)
{
  DioRandomizerEditor *self = user;
  const DioRandomizer *randomizer = find (self);
  if (randomizer == NULL) {
    json_decref (value);
    return;
  }
  json_t *json = dio_randomizer_to_json (randomizer);
  g_autofree char *merge = g_strdup_printf ("randomizer/%s/%s", self->id, name);
  /* The end of a change often repeats its last step, and an unchanged text says nothing new. */
  if (json_equal (json_object_get (json, name), value)) {
    json_decref (json);
    json_decref (value);
  } else {
    json_object_set_new (json, name, value);
    put (self, json, merge);
  }
  if (over)
    dio_session_end_merge (self->session);
}

static gboolean
rebuild_cb (gpointer user)
{
  rebuild (user);
  return G_SOURCE_REMOVE;
}

/* What is chosen from shows itself anew, for another folder has other files: when the row that tells it is done. */
static void
source_changed_cb (const char *name, json_t *value, gboolean over, gpointer user)
{
  param_changed_cb (name, value, over, user);
  g_idle_add_full (G_PRIORITY_DEFAULT, rebuild_cb, g_object_ref (user), g_object_unref);
}

static void
name_cb (DioRandomizerEditor *self, GtkEntry *entry)
{
  json_t *json = dio_randomizer_to_json (find (self));
  json_object_set_new (json, "name", json_string (gtk_editable_get_text (GTK_EDITABLE (entry))));
  g_autofree char *merge = g_strdup_printf ("randomizer/%s/name", self->id);
  put (self, json, merge);
}

static void
target_removed_cb (DioChip *chip, DioRandomizerEditor *self)
{
  const DioRandomizer *randomizer = find (self);
  const char *gone = gtk_widget_get_name (GTK_WIDGET (chip));
  json_t *json = dio_randomizer_to_json (randomizer);
  for (guint i = g_strv_length (randomizer->targets); i > 0; i--)
    if (g_str_equal (randomizer->targets[i - 1], gone))
      dio_randomizer_json_remove_target (json, i - 1);
  put (self, json, NULL);
  rebuild (self);
}

/* Adds the selected nodes that the type can act on. */
static void
add_targets_cb (DioRandomizerEditor *self)
{
  const DioRandomizer *randomizer = find (self);
  const DioRandomizerInfo *info = dio_randomizer_find_info (randomizer->type);
  DioScenario *scenario = dio_session_get_scenario (self->session);
  const char *const *ids = dio_selection_get_ids (dio_session_get_selection (self->session));
  json_t *json = dio_randomizer_to_json (randomizer);
  guint added = 0;
  for (guint i = 0; ids[i] != NULL; i++) {
    const DioNode *node = dio_scenario_find_node (scenario, ids[i]);
    gboolean there = g_strv_contains ((const char *const *) randomizer->targets, ids[i]);
    if (node == NULL || there || (info->target_kinds & 1u << node->kind) == 0)
      continue;
    dio_randomizer_json_add_target (json, ids[i]);
    added++;
  }
  if (added == 0) {
    json_decref (json);
    dio_session_report (self->session, DIO_SEVERITY_NOTE,
                        _ ("Select objects in Compose that this randomizer can act on."), NULL,
                        NULL, NULL);
    return;
  }
  put (self, json, NULL);
  rebuild (self);
}

static void
remove_param_cb (DioRandomizerEditor *self, GtkWidget *button)
{
  json_t *json = dio_randomizer_to_json (find (self));
  json_object_del (json, gtk_widget_get_name (button));
  put (self, json, NULL);
  rebuild (self);
}

static void
add_param (DioRandomizerEditor *self, const char *name)
{
  const DioRandomizer *randomizer = find (self);
  const DioRandomizerInfo *info = dio_randomizer_find_info (randomizer->type);
  json_t *json = dio_randomizer_to_json (randomizer);
  gboolean exclusive = info->one_of != NULL && g_strv_contains (info->one_of, name);
  for (guint i = 0; exclusive && info->one_of[i] != NULL; i++)
    json_object_del (json, info->one_of[i]);
  DioScenario *scenario = dio_session_get_scenario (self->session);
  json_t *source = dio_randomizer_source_make_value (scenario, info->type, name);
  if (source != NULL)
    json_object_set_new (json, name, source);
  for (const DioParamInfo *param = info->params; source == NULL && param->name != NULL; param++)
    if (g_str_equal (param->name, name))
      json_object_set_new (
          json, name, dio_param_new_value (scenario, param, g_strv_length (randomizer->targets)));
  /* A file is nothing without the columns that are wanted of it. */
  if (g_str_equal (name, "file") && json_object_get (json, "columns") == NULL)
    json_object_set_new (json, "columns", dio_randomizer_source_make_columns (randomizer));
  put (self, json, NULL);
  rebuild (self);
}

static void
more_cb (GtkListBox *list, GtkListBoxRow *row, DioRandomizerEditor *self)
{
  g_autofree char *name = g_strdup (gtk_widget_get_name (GTK_WIDGET (row)));
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (list), GTK_TYPE_POPOVER);
  gtk_popover_popdown (GTK_POPOVER (popover));
  add_param (self, name);
}

static GtkWidget *
new_more_row (const DioParamInfo *param)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (dio_randomizer_param_label (param->name));
  GtkWidget *help = gtk_label_new (_ (param->help));
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_xalign (GTK_LABEL (help), 0);
  gtk_label_set_wrap (GTK_LABEL (help), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (help), 40);
  gtk_widget_add_css_class (help, "dim-label");
  gtk_widget_add_css_class (help, "caption");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), help);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_name (row, param->name);
  return row;
}

/* The button that adds what is not given; NULL where all is. */
static GtkWidget *
new_more_button (DioRandomizerEditor *self, const DioRandomizer *randomizer)
{
  const DioRandomizerInfo *info = dio_randomizer_find_info (randomizer->type);
  GtkWidget *list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  guint n = 0;
  for (const DioParamInfo *param = info->params; param->name != NULL; param++) {
    if (dio_randomizer_get_param (randomizer, param->name) != NULL)
      continue;
    gtk_list_box_append (GTK_LIST_BOX (list), new_more_row (param));
    n++;
  }
  if (n == 0) {
    g_object_ref_sink (list);
    g_object_unref (list);
    return NULL;
  }
  g_signal_connect_object (list, "row-activated", G_CALLBACK (more_cb), self, 0);
  GtkWidget *popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (popover), list);
  GtkWidget *button = gtk_menu_button_new ();
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _ ("More Parameters"));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  return button;
}

static void
add_params (DioRandomizerEditor *self, const DioRandomizer *randomizer)
{
  const DioRandomizerInfo *info = dio_randomizer_find_info (randomizer->type);
  for (const DioParamInfo *param = info->params; param->name != NULL; param++) {
    const DioRandomizerParam *value = dio_randomizer_get_param (randomizer, param->name);
    if (value == NULL)
      continue;
    DioParamRowDesc desc = {
      .session = self->session,
      .type = info->type,
      .scenario = dio_session_get_scenario (self->session),
      .randomizer = randomizer,
      .info = param,
      .value = value,
      .changed = param_changed_cb,
      .user = self,
    };
    GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
    DioParamRowDesc source_desc = desc;
    source_desc.changed = source_changed_cb;
    GtkWidget *row = dio_randomizer_source_new (&source_desc);
    if (row == NULL)
      row = dio_param_row_new (&desc);
    gtk_widget_set_hexpand (row, TRUE);
    gtk_box_append (GTK_BOX (line), row);
    gboolean exclusive = info->one_of != NULL && g_strv_contains (info->one_of, param->name);
    if (!param->required && !exclusive) {
      GtkWidget *remove = gtk_button_new_from_icon_name ("list-remove-symbolic");
      gtk_widget_set_tooltip_text (remove, _ ("Back to the Default"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ ("Back to the Default"), -1);
      gtk_widget_add_css_class (remove, "flat");
      gtk_widget_set_valign (remove, GTK_ALIGN_START);
      gtk_widget_set_name (remove, param->name);
      g_signal_connect_object (remove, "clicked", G_CALLBACK (remove_param_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (line), remove);
    }
    gtk_box_append (self->box, line);
  }
  GtkWidget *more = new_more_button (self, randomizer);
  if (more != NULL)
    gtk_box_append (self->box, more);
}

static GtkWidget *
new_heading (const char *text)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  return label;
}

static void
add_targets (DioRandomizerEditor *self, const DioRandomizer *randomizer)
{
  const DioRandomizerInfo *info = dio_randomizer_find_info (randomizer->type);
  DioScenario *scenario = dio_session_get_scenario (self->session);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *heading = new_heading (_ ("Targets"));
  gtk_widget_set_hexpand (heading, TRUE);
  gtk_box_append (GTK_BOX (line), heading);
  GtkWidget *add = gtk_button_new_from_icon_name ("list-add-symbolic");
  gtk_widget_add_css_class (add, "flat");
  gtk_widget_set_tooltip_text (add, _ ("Add the Selected Objects"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (add), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Add the Selected Objects"), -1);
  g_signal_connect_object (add, "clicked", G_CALLBACK (add_targets_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (line), add);
  gtk_box_append (self->box, line);

  GtkWidget *flow = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), 8);
  guint n = randomizer->targets != NULL ? g_strv_length (randomizer->targets) : 0;
  for (guint i = 0; i < n; i++) {
    const DioNode *node = dio_scenario_find_node (scenario, randomizer->targets[i]);
    gboolean named = node != NULL && node->name != NULL && node->name[0] != '\0';
    GtkWidget *chip = dio_chip_new (named ? node->name : randomizer->targets[i]);
    gtk_widget_set_name (chip, randomizer->targets[i]);
    dio_chip_set_removable (DIO_CHIP (chip), n > info->min_targets);
    g_signal_connect_object (chip, "removed", G_CALLBACK (target_removed_cb), self, 0);
    gtk_flow_box_insert (GTK_FLOW_BOX (flow), chip, -1);
    gtk_widget_set_focusable (gtk_widget_get_parent (chip), FALSE);
  }
  gtk_box_append (self->box, flow);
}

static void
add_name (DioRandomizerEditor *self, const DioRandomizer *randomizer)
{
  const DioRandomizerInfo *info = dio_randomizer_find_info (randomizer->type);
  GtkWidget *entry = gtk_entry_new ();
  gtk_editable_set_text (GTK_EDITABLE (entry), randomizer->name != NULL ? randomizer->name : "");
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), randomizer->id);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Name of the Randomizer"), -1);
  g_signal_connect_object (entry, "changed", G_CALLBACK (name_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->box, entry);
  GtkWidget *help = gtk_label_new (_ (info->help));
  gtk_label_set_wrap (GTK_LABEL (help), TRUE);
  gtk_label_set_xalign (GTK_LABEL (help), 0);
  gtk_widget_add_css_class (help, "dim-label");
  gtk_box_append (self->box, help);
}

static void
rebuild (DioRandomizerEditor *self)
{
  for (GtkWidget *child; (child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL;)
    gtk_box_remove (self->box, child);
  const DioRandomizer *randomizer = find (self);
  self->shown = randomizer;
  gtk_widget_set_visible (GTK_WIDGET (self), randomizer != NULL);
  if (randomizer == NULL)
    return;
  add_name (self, randomizer);
  add_targets (self, randomizer);
  add_params (self, randomizer);
}

static void
scenario_changed_cb (DioRandomizerEditor *self)
{
  if (!self->committing && find (self) != self->shown)
    rebuild (self);
}

void
dio_randomizer_editor_set_randomizer (DioRandomizerEditor *self, const char *id)
{
  g_return_if_fail (DIO_IS_RANDOMIZER_EDITOR (self));

  if (g_strcmp0 (self->id, id) == 0)
    return;
  g_free (self->id);
  self->id = g_strdup (id);
  rebuild (self);
}

static void
dio_randomizer_editor_finalize (GObject *object)
{
  g_free (DIO_RANDOMIZER_EDITOR (object)->id);
  G_OBJECT_CLASS (dio_randomizer_editor_parent_class)->finalize (object);
}

static void
dio_randomizer_editor_class_init (DioRandomizerEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dio_randomizer_editor_finalize;
}

static void
dio_randomizer_editor_init (DioRandomizerEditor *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

GtkWidget *
dio_randomizer_editor_new (DioSession *session)
{
  g_return_val_if_fail (DIO_IS_SESSION (session), NULL);

  DioRandomizerEditor *self = g_object_new (DIO_TYPE_RANDOMIZER_EDITOR, NULL);
  self->session = session;
  g_signal_connect_object (session, "scenario-changed", G_CALLBACK (scenario_changed_cb), self,
                           G_CONNECT_SWAPPED);
  rebuild (self);
  return GTK_WIDGET (self);
}
