#define G_LOG_DOMAIN "dio-jobs"

#include "dio-batch-form-private.h"

#include "dio-base-path.h"

#include <glib/gi18n-lib.h>

#define DEFAULT_FRAMES 100

/** Channels in the order of the dialog. */
static const struct {
  const char *word, *label;
  gsize offset; /**< of the gboolean in DioOutputs */
} channels[] = {
  { "rgb", N_ ("Colour"), G_STRUCT_OFFSET (DioOutputs, rgb) },
  { "depth", N_ ("Depth"), G_STRUCT_OFFSET (DioOutputs, depth) },
  { "leaf", N_ ("Ids"), G_STRUCT_OFFSET (DioOutputs, leaf) },
  { "instance", N_ ("Instances"), G_STRUCT_OFFSET (DioOutputs, instance) },
  { "semantic", N_ ("Categories"), G_STRUCT_OFFSET (DioOutputs, semantic) },
  { "normal", N_ ("Normals"), G_STRUCT_OFFSET (DioOutputs, normal) },
};

/** Sizes that all sensors can be brought to; the first is their own. */
static const struct {
  const char *label;
  guint width_px, height_px;
} sizes[] = {
  { N_ ("As the Sensors Say"), 0, 0 }, { "320 × 240", 320, 240 },   { "640 × 480", 640, 480 },
  { "1024 × 1024", 1024, 1024 },       { "1280 × 720", 1280, 720 }, { "1920 × 1080", 1920, 1080 },
};

struct _DioBatchForm {
  AdwBin parent_instance;

  DioSession *session; /**< borrowed: outlives the dialog */
  AdwEntryRow *name, *output;
  GtkSpinButton *frames, *first, *workers;
  AdwEntryRow *seed;
  AdwComboRow *size;
  GtkCheckButton *channels[G_N_ELEMENTS (channels)];
  GPtrArray *sensors; /**< of GtkCheckButton*, borrowed; their names are node ids */
  char *text_channels, *text_sensors, *text_output; /**< what fill lends */
};

G_DEFINE_FINAL_TYPE (DioBatchForm, dio_batch_form, ADW_TYPE_BIN)

enum { CHANGED, COST_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
changed_cb (DioBatchForm *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
cost_changed_cb (DioBatchForm *self)
{
  g_signal_emit (self, signals[COST_CHANGED], 0);
  changed_cb (self);
}

static gboolean
get_seed (DioBatchForm *self, guint64 *seed)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->seed));
  return g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, seed, NULL);
}

static gboolean
any_active (GtkCheckButton *const *buttons, guint n)
{
  for (guint i = 0; i < n; i++)
    if (gtk_check_button_get_active (buttons[i]))
      return TRUE;
  return FALSE;
}

char *
dio_batch_form_dup_fault (DioBatchForm *self)
{
  g_return_val_if_fail (DIO_IS_BATCH_FORM (self), NULL);

  guint64 seed;
  g_autofree char *output =
      dio_path_dup_typed (gtk_editable_get_text (GTK_EDITABLE (self->output)));
  if (self->sensors->len == 0)
    return g_strdup (_ ("The scene has no sensor: add one in Compose."));
  if (!any_active ((GtkCheckButton *const *) self->sensors->pdata, self->sensors->len))
    return g_strdup (_ ("Choose at least one sensor."));
  if (!any_active (self->channels, G_N_ELEMENTS (channels)))
    return g_strdup (_ ("Choose at least one output."));
  if (!get_seed (self, &seed))
    return g_strdup (_ ("The seed must be a whole number, 0 or more."));
  if (!g_path_is_absolute (output))
    return g_strdup (_ ("The folder must be a full path: it starts with a slash."));
  if (g_file_test (output, G_FILE_TEST_EXISTS) && !dio_path_is_empty_folder (output))
    return g_strdup (_ ("The folder is there already and not empty: choose another."));
  return NULL;
}

void
dio_batch_form_get_outputs (DioBatchForm *self, DioOutputs *outputs)
{
  g_return_if_fail (DIO_IS_BATCH_FORM (self) && outputs != NULL);

  *outputs = (DioOutputs){ 0 };
  for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
    G_STRUCT_MEMBER (gboolean, outputs, channels[i].offset) =
        gtk_check_button_get_active (self->channels[i]);
}

static char *
join_channels (DioBatchForm *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
    if (gtk_check_button_get_active (self->channels[i]))
      g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "", channels[i].word);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* NULL where all are chosen: a sensor that is added to a resumed scenario is no news then. */
static char *
join_sensors (DioBatchForm *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 0;
  for (guint i = 0; i < self->sensors->len; i++) {
    GtkCheckButton *button = g_ptr_array_index (self->sensors, i);
    if (!gtk_check_button_get_active (button))
      continue;
    n++;
    g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "",
                            gtk_widget_get_name (GTK_WIDGET (button)));
  }
  return n == self->sensors->len ? NULL : g_string_free (g_steal_pointer (&text), FALSE);
}

void
dio_batch_form_fill (DioBatchForm *self, DioJobSpec *spec)
{
  g_return_if_fail (DIO_IS_BATCH_FORM (self) && spec != NULL);

  g_free (self->text_channels);
  self->text_channels = join_channels (self);
  g_free (self->text_sensors);
  self->text_sensors = join_sensors (self);
  guint size = adw_combo_row_get_selected (self->size);
  g_free (self->text_output);
  self->text_output = dio_path_dup_typed (gtk_editable_get_text (GTK_EDITABLE (self->output)));
  *spec = (DioJobSpec){
    .name = (char *) gtk_editable_get_text (GTK_EDITABLE (self->name)),
    .output = self->text_output,
    .channels = self->text_channels,
    .sensors = self->text_sensors,
    .first = (guint64) gtk_spin_button_get_value_as_int (self->first),
    .count = (guint64) gtk_spin_button_get_value_as_int (self->frames),
    .workers = (guint) gtk_spin_button_get_value_as_int (self->workers),
    .width_px = sizes[size].width_px,
    .height_px = sizes[size].height_px,
  };
  get_seed (self, &spec->seed);
}

static AdwEntryRow *
add_entry (DioBatchForm *self, AdwPreferencesGroup *group, const char *title, const char *text)
{
  GtkWidget *row = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  adw_preferences_group_add (group, row);
  g_signal_connect_object (row, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return ADW_ENTRY_ROW (row);
}

/** A row with a whole number. */
typedef struct {
  const char *title, *subtitle;
  double min, max, value;
} Number;

static GtkSpinButton *
add_number (DioBatchForm *self, AdwPreferencesGroup *group, const Number *number)
{
  GtkWidget *row = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (number->title));
  if (number->subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ (number->subtitle));
  GtkWidget *spin = gtk_spin_button_new_with_range (number->min, number->max, 1);
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (spin), TRUE);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), number->value);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 9);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (number->title), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), spin);
  adw_preferences_group_add (group, row);
  g_signal_connect_object (spin, "value-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_SPIN_BUTTON (spin);
}

static GtkCheckButton *
add_check (DioBatchForm *self, GtkFlowBox *flow, const char *label, gboolean active)
{
  GtkWidget *check = gtk_check_button_new_with_label (label);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), active);
  gtk_flow_box_insert (flow, check, -1);
  gtk_widget_set_focusable (gtk_widget_get_parent (check), FALSE);
  g_signal_connect_object (check, "toggled", G_CALLBACK (cost_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_CHECK_BUTTON (check);
}

/* A titled row of check buttons that wraps. */
static GtkFlowBox *
add_flow (AdwPreferencesGroup *group, const char *title)
{
  GtkWidget *row = adw_preferences_row_new ();
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_margin_top (box, 9);
  gtk_widget_set_margin_bottom (box, 9);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  GtkWidget *label = gtk_label_new (title);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), label);
  GtkWidget *flow = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (flow), 12);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (flow), 3);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), 6);
  gtk_box_append (GTK_BOX (box), flow);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  adw_preferences_group_add (group, row);
  return GTK_FLOW_BOX (flow);
}

static char *
dup_output (DioSession *session)
{
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  const DioScenario *scenario = dio_session_get_scenario (session);
  g_autofree char *name =
      dio_path_sanitize_name (scenario->name[0] != '\0' ? scenario->name : "dataset");
  g_autofree char *folder =
      g_build_filename (documents != NULL ? documents : g_get_home_dir (), "Diorama", NULL);
  for (guint n = 1;; n++) {
    g_autofree char *leaf = g_strdup_printf ("%s-%u", name, n);
    g_autofree char *path = g_build_filename (folder, leaf, NULL);
    if (!g_file_test (path, G_FILE_TEST_EXISTS))
      return dio_path_dup_shown (path);
  }
}

static void
chosen_cb (GtkNativeDialog *chooser, int response, DioBatchForm *self)
{
  if (response == GTK_RESPONSE_ACCEPT) {
    g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
    g_autofree char *path = g_file_get_path (file);
    g_autofree char *shown = path != NULL ? dio_path_dup_shown (path) : NULL;
    if (shown != NULL)
      gtk_editable_set_text (GTK_EDITABLE (self->output), shown);
  }
  g_object_unref (chooser);
}

static void
choose_cb (DioBatchForm *self)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      _ ("Dataset Folder"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
      GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Select"), _ ("_Cancel"));
  g_signal_connect_object (chooser, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
build_batch (DioBatchForm *self, GtkBox *box)
{
  static const Number frames = { N_ ("Frames"), NULL, 1, 100000000, DEFAULT_FRAMES };
  static const Number first = { N_ ("First Frame"), NULL, 0, 2000000000, 0 };
  const DioScenario *scenario = dio_session_get_scenario (self->session);
  g_autofree char *seed =
      g_strdup_printf ("%" G_GUINT64_FORMAT, dio_session_get_seed (self->session));
  g_autofree char *output = dup_output (self->session);
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  self->name = add_entry (self, group, _ ("Name"), scenario->name);
  self->frames = add_number (self, group, &frames);
  self->first = add_number (self, group, &first);
  self->seed = add_entry (self, group, _ ("Seed"), seed);
  self->output = add_entry (self, group, _ ("Dataset Folder"), output);
  GtkWidget *button = gtk_button_new_from_icon_name ("folder-open-symbolic");
  gtk_widget_set_tooltip_text (button, _ ("Choose the Dataset Folder"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Choose the Dataset Folder"), -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", G_CALLBACK (choose_cb), self, G_CONNECT_SWAPPED);
  adw_entry_row_add_suffix (self->output, button);
  gtk_box_append (box, GTK_WIDGET (group));
}

static void
build_sensors (DioBatchForm *self, AdwPreferencesGroup *group)
{
  const DioScenario *scenario = dio_session_get_scenario (self->session);
  GtkFlowBox *flow = add_flow (group, _ ("Sensors"));
  for (guint i = 0; i < scenario->nodes->len; i++) {
    const DioNode *node = g_ptr_array_index (scenario->nodes, i);
    if (node->kind != DIO_NODE_SENSOR)
      continue;
    const char *title = node->name != NULL && node->name[0] != '\0' ? node->name : node->id;
    GtkCheckButton *check = add_check (self, flow, title, TRUE);
    gtk_widget_set_name (GTK_WIDGET (check), node->id);
    g_ptr_array_add (self->sensors, check);
  }
  gtk_widget_set_visible (gtk_widget_get_ancestor (GTK_WIDGET (flow), ADW_TYPE_PREFERENCES_ROW),
                          self->sensors->len > 0);
}

static void
build_outputs (DioBatchForm *self, GtkBox *box)
{
  static const Number workers = { N_ ("Workers"), N_ ("0: one for each core"), 0, 256, 0 };
  const DioOutputs *outputs = &dio_session_get_scenario (self->session)->outputs;
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  build_sensors (self, group);
  GtkFlowBox *flow = add_flow (group, _ ("Outputs"));
  for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
    self->channels[i] = add_check (self, flow, _ (channels[i].label),
                                   G_STRUCT_MEMBER (gboolean, outputs, channels[i].offset));
  GtkStringList *names = gtk_string_list_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    gtk_string_list_append (names, i == 0 ? _ (sizes[i].label) : sizes[i].label);
  self->size = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->size), _ ("Size of Pictures"));
  adw_combo_row_set_model (self->size, G_LIST_MODEL (names));
  g_object_unref (names);
  g_signal_connect_object (self->size, "notify::selected", G_CALLBACK (cost_changed_cb), self,
                           G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, GTK_WIDGET (self->size));
  self->workers = add_number (self, group, &workers);
  gtk_box_append (box, GTK_WIDGET (group));
}

static void
dio_batch_form_finalize (GObject *object)
{
  DioBatchForm *self = DIO_BATCH_FORM (object);
  g_ptr_array_unref (self->sensors);
  g_free (self->text_channels);
  g_free (self->text_sensors);
  g_free (self->text_output);
  G_OBJECT_CLASS (dio_batch_form_parent_class)->finalize (object);
}

static void
dio_batch_form_class_init (DioBatchFormClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dio_batch_form_finalize;
  signals[CHANGED] = g_signal_new ("changed", DIO_TYPE_BATCH_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[COST_CHANGED] = g_signal_new ("cost-changed", DIO_TYPE_BATCH_FORM, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dio_batch_form_init (DioBatchForm *self)
{
  self->sensors = g_ptr_array_new ();
}

GtkWidget *
dio_batch_form_new (DioSession *session)
{
  g_return_val_if_fail (DIO_IS_SESSION (session), NULL);

  DioBatchForm *self = g_object_new (DIO_TYPE_BATCH_FORM, NULL);
  self->session = session;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  build_batch (self, GTK_BOX (box));
  build_outputs (self, GTK_BOX (box));
  adw_bin_set_child (ADW_BIN (self), box);
  return GTK_WIDGET (self);
}
