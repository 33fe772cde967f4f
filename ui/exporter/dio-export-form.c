#define G_LOG_DOMAIN "dio-exporter"

#include "dio-export-form-private.h"

#include "dio-annotate-policy.h"
#include "dio-base-path.h"

#include <glib/gi18n-lib.h>

/* Where the last choices are kept: a key file in the user's configuration, read once when the dialog opens. */
#define SETTINGS_GROUP "export"

struct _DioExportForm {
  AdwBin parent_instance;

  char *folder;
  char *target; /**< what dio_export_form_fill lends */
  char *last_proposal;
  AdwComboRow *format, *policy, *box, *ignored, *images;
  AdwEntryRow *splits, *output;
  GtkLabel *format_help, *fault;
  GtkSwitch *keep_rejected, *include_failed;
  gboolean ready;
};

G_DEFINE_FINAL_TYPE (DioExportForm, dio_export_form, ADW_TYPE_BIN)

enum { PROP_READY = 1, N_PROPS };

static GParamSpec *props[N_PROPS];

/** Words of a row that has a fixed choice; the first is the default. */
typedef struct {
  const char *title, *subtitle;
  const char *const *labels; /**< N_(), NULL-terminated */
} Choice;

static const Choice box_choice = {
  N_ ("Box"),
  N_ ("The box of each annotation"),
  (const char *const[]){ N_ ("Visible Part"), N_ ("Whole Object (Amodal)"), NULL },
};
static const Choice ignored_choice = {
  N_ ("Ignored Annotations"),
  N_ ("Those the policy neither keeps nor drops"),
  (const char *const[]){ N_ ("As the Format Does"), N_ ("Drop"), N_ ("Keep"),
                         N_ ("Paint Over in the Picture"), N_ ("Leave the Picture Out"), NULL },
};
static const Choice images_choice = {
  N_ ("Pictures"),
  N_ ("How colour pictures are written"),
  (const char *const[]){ N_ ("PNG, Copied"), N_ ("JPEG"), N_ ("WebP"), NULL },
};
static const DioImageFormat image_formats[] = { DIO_IMAGE_FORMAT_UNKNOWN, DIO_IMAGE_FORMAT_JPEG,
                                                DIO_IMAGE_FORMAT_WEBP };

static char *
dup_settings_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "diorama", "export.ini", NULL);
}

/* Why the choices cannot be used; NULL when they can. */
static char *
dup_fault (DioExportForm *self)
{
  const char *splits = gtk_editable_get_text (GTK_EDITABLE (self->splits));
  g_autoptr (GArray) list = dio_split_list_new ();
  g_autoptr (GError) error = NULL;
  if (splits[0] != '\0' && !dio_split_parse (splits, list, &error))
    return g_strdup (error->message);
  g_autofree char *output =
      dio_path_dup_typed (gtk_editable_get_text (GTK_EDITABLE (self->output)));
  if (output[0] == '\0')
    return g_strdup (_ ("Choose a target folder."));
  if (!g_path_is_absolute (output))
    return g_strdup (_ ("The target must be a full path: it starts with a slash."));
  if (g_file_test (output, G_FILE_TEST_EXISTS) && !dio_path_is_empty_folder (output))
    return g_strdup (_ ("The target is there already and not empty: choose another."));
  return NULL;
}

static void
check (DioExportForm *self)
{
  g_autofree char *fault = dup_fault (self);
  gtk_label_set_text (self->fault, fault != NULL ? fault : "");
  gtk_widget_set_visible (GTK_WIDGET (self->fault), fault != NULL);
  gboolean ready = fault == NULL;
  if (ready == self->ready)
    return;
  self->ready = ready;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_READY]);
}

static const DioExportFormatInfo *
get_format (DioExportForm *self)
{
  guint n = 0;
  const DioExportFormatInfo *formats = dio_export_get_formats (&n);
  guint selected = adw_combo_row_get_selected (self->format);
  return &formats[MIN (selected, n - 1)];
}

void
dio_export_form_propose_target (DioExportForm *self)
{
  g_return_if_fail (DIO_IS_EXPORT_FORM (self));

  const char *format = get_format (self)->name;
  g_autofree char *path = g_strdup_printf ("%s-%s", self->folder, format);
  for (guint n = 2; g_file_test (path, G_FILE_TEST_EXISTS); n++) {
    g_free (path);
    path = g_strdup_printf ("%s-%s-%u", self->folder, format, n);
  }
  g_free (self->last_proposal);
  self->last_proposal = dio_path_dup_shown (path);
  gtk_editable_set_text (GTK_EDITABLE (self->output), self->last_proposal);
}

static void
format_changed_cb (DioExportForm *self)
{
  const DioExportFormatInfo *format = get_format (self);
  gtk_label_set_text (self->format_help, _ (format->help));
  /* A target that was typed stays. */
  const char *output = gtk_editable_get_text (GTK_EDITABLE (self->output));
  if (output[0] == '\0' || g_strcmp0 (output, self->last_proposal) == 0)
    dio_export_form_propose_target (self);
}

static AdwComboRow *
add_combo (AdwPreferencesGroup *group,
           const char *title,
           const char *subtitle,
           GtkStringList *model)
{
  GtkWidget *row = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  adw_preferences_group_add (group, row);
  g_object_unref (model);
  return ADW_COMBO_ROW (row);
}

static AdwComboRow *
add_choice (AdwPreferencesGroup *group, const Choice *choice)
{
  GtkStringList *model = gtk_string_list_new (NULL);
  for (guint i = 0; choice->labels[i] != NULL; i++)
    gtk_string_list_append (model, _ (choice->labels[i]));
  return add_combo (group, _ (choice->title), _ (choice->subtitle), model);
}

static GtkSwitch *
add_switch (AdwPreferencesGroup *group, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  adw_preferences_group_add (group, row);
  return GTK_SWITCH (toggle);
}

static AdwEntryRow *
add_entry (DioExportForm *self, AdwPreferencesGroup *group, const char *title)
{
  GtkWidget *row = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  adw_preferences_group_add (group, row);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (check), self);
  return ADW_ENTRY_ROW (row);
}

static void
chosen_cb (GtkNativeDialog *chooser, int response, DioExportForm *self)
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
choose_cb (DioExportForm *self)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      _ ("Target Folder"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
      GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Select"), _ ("_Cancel"));
  g_signal_connect_object (chooser, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static GtkLabel *
new_note (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_end (label, 12);
  return GTK_LABEL (label);
}

static void
build_what (DioExportForm *self, GtkBox *box)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GtkStringList *formats = gtk_string_list_new (NULL);
  guint n = 0;
  const DioExportFormatInfo *infos = dio_export_get_formats (&n);
  for (guint i = 0; i < n; i++)
    gtk_string_list_append (formats, _ (infos[i].label));
  self->format = add_combo (group, _ ("Format"), NULL, formats);
  GtkStringList *policies = gtk_string_list_new (NULL);
  gtk_string_list_append (policies, _ ("The Scenario's"));
  for (const char *const *p = dio_label_policy_list_presets (); *p != NULL; p++)
    gtk_string_list_append (policies, _ (dio_label_policy_get_preset_label (*p)));
  self->policy = add_combo (group, _ ("Label Policy"),
                            _ ("Which annotations are kept, ignored or dropped"), policies);
  gtk_box_append (box, GTK_WIDGET (group));
  self->format_help = new_note ("dim-label");
  gtk_box_append (box, GTK_WIDGET (self->format_help));
}

static void
build_where (DioExportForm *self, GtkBox *box)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  self->output = add_entry (self, group, _ ("Target Folder"));
  GtkWidget *button = gtk_button_new_from_icon_name ("folder-open-symbolic");
  gtk_widget_set_tooltip_text (button, _ ("Choose the Target Folder"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Choose the Target Folder"), -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (choose_cb), self);
  adw_entry_row_add_suffix (self->output, button);
  self->splits =
      add_entry (self, group, _ ("Splits, such as train=0.8,val=0.2 (empty: one split)"));
  gtk_box_append (box, GTK_WIDGET (group));
}

static void
build_details (DioExportForm *self, GtkBox *box)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  self->box = add_choice (group, &box_choice);
  self->ignored = add_choice (group, &ignored_choice);
  self->images = add_choice (group, &images_choice);
  self->keep_rejected = add_switch (group, _ ("Also Rejected Frames and Objects"),
                                    _ ("By default what a reviewer rejected stays out"));
  self->include_failed = add_switch (group, _ ("Also Frames That Failed a Check"),
                                     _ ("By default a frame whose labels may be wrong stays out"));
  gtk_box_append (box, GTK_WIDGET (group));
}

/* The last choices; what cannot be read is as if it were never there. */
static void
recall (DioExportForm *self)
{
  g_autofree char *path = dup_settings_path ();
  g_autoptr (GKeyFile) file = g_key_file_new ();
  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    return;
  g_autofree char *format = g_key_file_get_string (file, SETTINGS_GROUP, "format", NULL);
  guint n = 0;
  const DioExportFormatInfo *infos = dio_export_get_formats (&n);
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (infos[i].name, format) == 0)
      adw_combo_row_set_selected (self->format, i);
  g_autofree char *splits = g_key_file_get_string (file, SETTINGS_GROUP, "splits", NULL);
  if (splits != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->splits), splits);
  AdwComboRow *rows[] = { self->policy, self->box, self->ignored, self->images };
  const char *keys[] = { "policy", "box", "ignored", "images" };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    guint items = g_list_model_get_n_items (adw_combo_row_get_model (rows[i]));
    int value = g_key_file_get_integer (file, SETTINGS_GROUP, keys[i], NULL);
    adw_combo_row_set_selected (rows[i], value >= 0 && (guint) value < items ? (guint) value : 0);
  }
}

void
dio_export_form_remember (DioExportForm *self)
{
  g_return_if_fail (DIO_IS_EXPORT_FORM (self));

  g_autofree char *path = dup_settings_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_key_file_set_string (file, SETTINGS_GROUP, "format", get_format (self)->name);
  g_key_file_set_string (file, SETTINGS_GROUP, "splits",
                         gtk_editable_get_text (GTK_EDITABLE (self->splits)));
  AdwComboRow *rows[] = { self->policy, self->box, self->ignored, self->images };
  const char *keys[] = { "policy", "box", "ignored", "images" };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_key_file_set_integer (file, SETTINGS_GROUP, keys[i],
                            (int) adw_combo_row_get_selected (rows[i]));
  g_autoptr (GError) error = NULL;
  /* A preference: losing it is no loss worth a message. */
  if (g_mkdir_with_parents (folder, 0700) != 0 || !g_key_file_save_to_file (file, path, &error))
    g_info ("%s: the choices of this export are not kept: %s", path,
            error != NULL ? error->message : "no folder");
}

static void
dio_export_form_init (DioExportForm *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  build_what (self, GTK_BOX (box));
  build_where (self, GTK_BOX (box));
  self->fault = new_note ("error");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->fault));
  build_details (self, GTK_BOX (box));
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
dio_export_form_new (const char *folder)
{
  g_return_val_if_fail (folder != NULL, NULL);

  DioExportForm *self = g_object_new (DIO_TYPE_EXPORT_FORM, NULL);
  self->folder = g_strdup (folder);
  recall (self);
  g_signal_connect_object (self->format, "notify::selected", G_CALLBACK (format_changed_cb), self,
                           G_CONNECT_SWAPPED);
  format_changed_cb (self);
  check (self);
  return GTK_WIDGET (self);
}

gboolean
dio_export_form_is_ready (DioExportForm *self)
{
  g_return_val_if_fail (DIO_IS_EXPORT_FORM (self), FALSE);

  return self->ready;
}

void
dio_export_form_fill (DioExportForm *self, DioExportRunDesc *desc)
{
  g_return_if_fail (DIO_IS_EXPORT_FORM (self) && desc != NULL);

  guint policy = adw_combo_row_get_selected (self->policy);
  g_free (self->target);
  self->target = dio_path_dup_typed (gtk_editable_get_text (GTK_EDITABLE (self->output)));
  *desc = (DioExportRunDesc){
    .folder = self->folder,
    .splits = gtk_editable_get_text (GTK_EDITABLE (self->splits)),
    .keep_rejected = gtk_switch_get_active (self->keep_rejected),
    .options = {
      .format = get_format (self)->name,
      .output = self->target,
      .policy = policy > 0 ? dio_label_policy_list_presets ()[policy - 1] : NULL,
      .ignored = (DioIgnoredMode) adw_combo_row_get_selected (self->ignored),
      .box_amodal = adw_combo_row_get_selected (self->box) == 1,
      .image_format = image_formats[adw_combo_row_get_selected (self->images)],
      .include_failed_checks = gtk_switch_get_active (self->include_failed),
    },
  };
}

static void
dio_export_form_finalize (GObject *object)
{
  DioExportForm *self = DIO_EXPORT_FORM (object);
  g_free (self->folder);
  g_free (self->target);
  g_free (self->last_proposal);
  G_OBJECT_CLASS (dio_export_form_parent_class)->finalize (object);
}

static void
dio_export_form_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_READY)
    g_value_set_boolean (value, DIO_EXPORT_FORM (object)->ready);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
dio_export_form_class_init (DioExportFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->finalize = dio_export_form_finalize;
  object_class->get_property = dio_export_form_get_property;
  props[PROP_READY] =
      g_param_spec_boolean ("ready", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}
