#define G_LOG_DOMAIN "dio-inspector"

#include "dio-inspector-document-private.h"

#include "dio-base-json.h"
#include "dio-inspector-category-private.h"
#include "dio-inspector-group-private.h"
#include "dio-inspector-options-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define N_OUTPUTS 6

struct _DioInspectorDocument {
  GtkBox parent;
  DioSession *session;
  GtkWidget *name, *description, *counts, *policy, *background;
  GtkWidget *outputs[N_OUTPUTS];
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (DioInspectorDocument, dio_inspector_document, GTK_TYPE_BOX)

static const struct {
  const char *path, *label;
  gsize offset;
} outputs[N_OUTPUTS] = {
  { "outputs/rgb", N_ ("Colour"), G_STRUCT_OFFSET (DioOutputs, rgb) },
  { "outputs/depth", N_ ("Depth"), G_STRUCT_OFFSET (DioOutputs, depth) },
  { "outputs/normal", N_ ("Normals"), G_STRUCT_OFFSET (DioOutputs, normal) },
  { "outputs/instance", N_ ("Instances"), G_STRUCT_OFFSET (DioOutputs, instance) },
  { "outputs/semantic", N_ ("Categories"), G_STRUCT_OFFSET (DioOutputs, semantic) },
  { "outputs/leaf", N_ ("Parts"), G_STRUCT_OFFSET (DioOutputs, leaf) },
};

/* -- Changing -- */

/* Steals @value. */
static void
set (DioInspectorDocument *self, const char *path, json_t *value, const char *name)
{
  g_autoptr (json_t) stolen = value;
  g_autoptr (GError) error = NULL;
  if (dio_session_set_property (self->session, NULL, path, stolen, name, NULL, &error))
    return;
  dio_session_report (self->session, DIO_SEVERITY_WARNING, _ ("The document was not changed"),
                      error, NULL, NULL);
  dio_inspector_document_refresh (self);
}

static void
commit_name (DioInspectorDocument *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->name));
  if (strcmp (text, dio_session_get_scenario (self->session)->name) != 0)
    set (self, "name", json_string (text), _ ("Rename Scenario"));
}

static void
name_activated_cb (GtkEntry *entry, DioInspectorDocument *self)
{
  commit_name (self);
}

static void
name_left_cb (GtkEventControllerFocus *focus, DioInspectorDocument *self)
{
  commit_name (self);
}

static char *
get_description (DioInspectorDocument *self)
{
  GtkTextIter start, end;
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->description));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
description_left_cb (GtkEventControllerFocus *focus, DioInspectorDocument *self)
{
  g_autofree char *text = get_description (self);
  if (strcmp (text, dio_session_get_scenario (self->session)->description) != 0)
    set (self, "description", json_string (text), _ ("Describe Scenario"));
}

static void
output_cb (GtkCheckButton *button, DioInspectorDocument *self)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "index"));
  if (self->showing)
    return;
  gboolean active = gtk_check_button_get_active (button);
  const char *label = g_dgettext (GETTEXT_PACKAGE, outputs[index].label);
  /* Translators: undo steps: a kind of picture ("Depth") is written or not */
  g_autofree char *name = g_strdup_printf (active ? _ ("Write %s") : _ ("Leave Out %s"), label);
  set (self, outputs[index].path, json_boolean (active), name);
}

/* -- Showing -- */

static void
show_counts (DioInspectorDocument *self, const DioScenario *scenario)
{
  guint n[4] = { 0 };
  for (guint i = 0; i < scenario->nodes->len; i++)
    n[((const DioNode *) g_ptr_array_index (scenario->nodes, i))->kind]++;
  g_autofree char *models = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u model", "%u models", n[DIO_NODE_MODEL]), n[DIO_NODE_MODEL]);
  g_autofree char *lights = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u light", "%u lights", n[DIO_NODE_LIGHT]), n[DIO_NODE_LIGHT]);
  g_autofree char *sensors =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u sensor", "%u sensors", n[DIO_NODE_SENSOR]),
                       n[DIO_NODE_SENSOR]);
  g_autofree char *categories = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u category", "%u categories", scenario->categories->len),
      scenario->categories->len);
  g_autofree char *randomizers = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u randomizer", "%u randomizers", scenario->randomizers->len),
      scenario->randomizers->len);
  g_autofree char *text =
      g_strdup_printf ("%s, %s, %s\n%s, %s", models, lights, sensors, categories, randomizers);
  gtk_label_set_text (GTK_LABEL (self->counts), text);
}

static void
show_policy (DioInspectorDocument *self, const DioScenario *scenario)
{
  DioLabelPolicy policy;
  dio_session_get_policy (self->session, &policy);
  const char *title =
      g_dgettext (GETTEXT_PACKAGE, dio_label_policy_get_preset_label (scenario->policy.preset));
  /* Translators: a label policy in short: preset, pixels, per cent, pixels */
  g_autofree char *text = g_strdup_printf (
      _ ("%s: keeps from %.0f px and %.0f %% visible, drops below %.0f px"), title,
      policy.keep_visible_px, policy.keep_visibility * 100, policy.drop_visible_px);
  gtk_label_set_text (GTK_LABEL (self->policy), text);
}

void
dio_inspector_document_refresh (DioInspectorDocument *self)
{
  gboolean shown = dio_selection_get_count (dio_session_get_selection (self->session)) == 0;
  gtk_widget_set_visible (GTK_WIDGET (self), shown);
  if (!shown)
    return;
  const DioScenario *scenario = dio_session_get_scenario (self->session);
  self->showing = TRUE;
  if (strcmp (gtk_editable_get_text (GTK_EDITABLE (self->name)), scenario->name) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->name), scenario->name);
  g_autofree char *description = get_description (self);
  if (strcmp (description, scenario->description) != 0)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->description)),
                              scenario->description, -1);
  for (guint i = 0; i < N_OUTPUTS; i++)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->outputs[i]),
                                 G_STRUCT_MEMBER (gboolean, &scenario->outputs, outputs[i].offset));
  dio_inspector_category_refresh (DIO_INSPECTOR_CATEGORY (self->background));
  show_counts (self, scenario);
  show_policy (self, scenario);
  self->showing = FALSE;
}

/* -- Life -- */

static GtkWidget *
create_note (void)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static GtkWidget *
create_identity (DioInspectorDocument *self)
{
  GtkWidget *group = dio_inspector_group_new (NULL);
  self->name = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->name), _ ("Name of the scenario"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->name), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Name of the scenario"), -1);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_signal_connect_object (focus, "leave", G_CALLBACK (name_left_cb), self, 0);
  gtk_widget_add_controller (self->name, focus);
  g_signal_connect_object (self->name, "activate", G_CALLBACK (name_activated_cb), self, 0);

  self->description = gtk_text_view_new ();
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->description), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->description), FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (self->description), 9);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (self->description), 9);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (self->description), 6);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (self->description), 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->description), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Description"), -1);
  GtkEventController *leave = gtk_event_controller_focus_new ();
  g_signal_connect_object (leave, "leave", G_CALLBACK (description_left_cb), self, 0);
  gtk_widget_add_controller (self->description, leave);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->description);
  gtk_scrolled_window_set_has_frame (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_widget_set_size_request (scroller, -1, 84);
  self->counts = create_note ();
  dio_inspector_group_add (DIO_INSPECTOR_GROUP (group), self->name);
  dio_inspector_group_add (DIO_INSPECTOR_GROUP (group), scroller);
  dio_inspector_group_add (DIO_INSPECTOR_GROUP (group), self->counts);
  return group;
}

static GtkWidget *
create_outputs (DioInspectorDocument *self)
{
  GtkWidget *group = dio_inspector_group_new (_ ("Pictures to Write"));
  GtkWidget *grid = gtk_grid_new ();
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  for (guint i = 0; i < N_OUTPUTS; i++) {
    self->outputs[i] =
        gtk_check_button_new_with_label (g_dgettext (GETTEXT_PACKAGE, outputs[i].label));
    g_object_set_data (G_OBJECT (self->outputs[i]), "index", GUINT_TO_POINTER (i));
    g_signal_connect_object (self->outputs[i], "toggled", G_CALLBACK (output_cb), self, 0);
    gtk_grid_attach (GTK_GRID (grid), self->outputs[i], (int) (i % 2), (int) (i / 2), 1, 1);
  }
  dio_inspector_group_add (DIO_INSPECTOR_GROUP (group), grid);
  return group;
}

static void
dio_inspector_document_dispose (GObject *object)
{
  DioInspectorDocument *self = DIO_INSPECTOR_DOCUMENT (object);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (dio_inspector_document_parent_class)->dispose (object);
}

static void
dio_inspector_document_class_init (DioInspectorDocumentClass *class)
{
  G_OBJECT_CLASS (class)->dispose = dio_inspector_document_dispose;
}

static void
dio_inspector_document_init (DioInspectorDocument *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
}

GtkWidget *
dio_inspector_document_new (DioSession *session)
{
  DioInspectorDocument *self = g_object_new (DIO_TYPE_INSPECTOR_DOCUMENT, NULL);
  self->session = g_object_ref (session);
  gtk_box_append (GTK_BOX (self), create_identity (self));
  gtk_box_append (GTK_BOX (self), create_outputs (self));
  GtkWidget *labels = dio_inspector_group_new (_ ("Labels"));
  self->background = dio_inspector_category_new (session, TRUE);
  gtk_widget_set_tooltip_text (self->background, _ ("What pixels are where no object is: the sky"));
  self->policy = create_note ();
  dio_inspector_group_add (DIO_INSPECTOR_GROUP (labels), self->background);
  dio_inspector_group_add (DIO_INSPECTOR_GROUP (labels), self->policy);
  gtk_box_append (GTK_BOX (self), labels);
  return GTK_WIDGET (self);
}
