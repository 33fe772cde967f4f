#define G_LOG_DOMAIN "dio-inspector"

#include "dio-inspector-model-private.h"

#include "dio-base-json.h"
#include "dio-inspector-options-private.h"
#include "dio-parametric.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ASSET_PREFIX "asset:"
#define SEARCH_FROM 12

struct _DioInspectorModel {
  GtkBox parent;
  DioSession *session;
  GtkWidget *group, *choice, *facts;
  GtkWidget *parameters; /**< group of the rows of the parametric model */
  GArray *options;
  char *options_key, *shown_kind;
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (DioInspectorModel, dio_inspector_model, GTK_TYPE_BOX)

static const char *const *
get_ids (DioInspectorModel *self)
{
  return dio_selection_get_ids (dio_session_get_selection (self->session));
}

/* -- Which model -- */

static void
refresh_options (DioInspectorModel *self)
{
  GArray *options = dio_inspector_options_new ();
  guint n;
  const DioParametricInfo *kinds = dio_parametric_get_table (&n);
  for (guint i = 0; i < n; i++)
    dio_inspector_options_add (options, kinds[i].kind,
                               g_dgettext (GETTEXT_PACKAGE, kinds[i].label));
  const DioScenario *scenario = dio_session_get_scenario (self->session);
  for (guint i = 0; i < scenario->assets->len; i++) {
    const DioAsset *asset = g_ptr_array_index (scenario->assets, i);
    g_autofree char *value = g_strconcat (ASSET_PREFIX, asset->id, NULL);
    if (asset->kind == DIO_ASSET_MODEL)
      dio_inspector_options_add (options, value, asset->id);
  }
  char *key = dio_inspector_options_dup_key (options);
  if (g_strcmp0 (key, self->options_key) == 0) {
    g_free (key);
    g_array_unref (options);
    return;
  }
  g_free (self->options_key);
  self->options_key = key;
  g_clear_pointer (&self->options, g_array_unref);
  self->options = options;
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  for (guint i = 0; i < options->len; i++)
    gtk_string_list_append (labels, g_array_index (options, DioInspectorOption, i).label);
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->choice), G_LIST_MODEL (labels));
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (self->choice), options->len > SEARCH_FROM);
}

static void
chosen_cb (GtkDropDown *drop_down, GParamSpec *pspec, DioInspectorModel *self)
{
  guint index = gtk_drop_down_get_selected (drop_down);
  if (self->showing || self->options == NULL || index >= self->options->len)
    return;
  const DioInspectorOption *option = &g_array_index (self->options, DioInspectorOption, index);
  gboolean asset = g_str_has_prefix (option->value, ASSET_PREFIX);
  g_autoptr (json_t) value =
      json_string (asset ? option->value + strlen (ASSET_PREFIX) : option->value);
  g_autoptr (GError) error = NULL;
  /* Translators: an undo step: the objects show another model; its name follows */
  g_autofree char *name = g_strdup_printf (_ ("Change Model to %s"), option->label);
  if (!dio_session_set_property (self->session, get_ids (self),
                                 asset ? "model/asset" : "model/parametric", value, name, NULL,
                                 &error))
    dio_session_report (self->session, DIO_SEVERITY_WARNING, _ ("The model was not changed"), error,
                        NULL, NULL);
}

/* The value of the drop-down that a node shows; NULL where the nodes differ. */
static char *
read_kind (DioInspectorModel *self)
{
  const DioScenario *scenario = dio_session_get_scenario (self->session);
  const char *const *ids = get_ids (self);
  g_autofree char *kind = NULL;
  for (guint i = 0; ids[i] != NULL; i++) {
    const DioNode *node = dio_scenario_find_node (scenario, ids[i]);
    g_autofree char *own = node->model.asset != NULL
                               ? g_strconcat (ASSET_PREFIX, node->model.asset, NULL)
                               : g_strdup (node->model.parametric);
    if (i > 0 && g_strcmp0 (kind, own) != 0)
      return NULL;
    g_free (kind);
    kind = g_steal_pointer (&own);
  }
  return g_steal_pointer (&kind);
}

/* -- Its parameters, or its file -- */

static void
build_parameters (DioInspectorModel *self, const char *kind)
{
  DioInspectorGroup *group = DIO_INSPECTOR_GROUP (self->parameters);
  dio_inspector_group_clear (group);
  const DioParametricInfo *info = kind != NULL ? dio_parametric_find (kind) : NULL;
  for (guint i = 0; info != NULL && info->params[i].name != NULL; i++) {
    g_autofree char *path = g_strconcat ("parameters/", info->params[i].name, NULL);
    DioInspectorEdit edit =
        info->params[i].choices != NULL ? DIO_INSPECTOR_EDIT_WORDS : DIO_INSPECTOR_EDIT_AUTO;
    GtkWidget *row = dio_inspector_row_new (
        self->session, path, edit, g_dgettext (GETTEXT_PACKAGE, info->params[i].label), NULL);
    if (edit == DIO_INSPECTOR_EDIT_AUTO)
      dio_inspector_row_set_default (DIO_INSPECTOR_ROW (row), info->params[i].default_value);
    dio_inspector_group_add (group, row);
  }
}

static void
refresh_facts (DioInspectorModel *self, const char *kind)
{
  const DioAsset *asset = kind != NULL && g_str_has_prefix (kind, ASSET_PREFIX)
                              ? dio_scenario_find_asset (dio_session_get_scenario (self->session),
                                                         kind + strlen (ASSET_PREFIX))
                              : NULL;
  gtk_widget_set_visible (self->facts, asset != NULL);
  if (asset == NULL)
    return;
  g_autoptr (GString) text = g_string_new (asset->path);
  if (asset->author[0] != '\0')
    g_string_append_printf (text, "\n%s", asset->author);
  if (asset->licence[0] != '\0')
    g_string_append_printf (text, "\n%s", asset->licence);
  const DioDiagnostics *findings = dio_session_get_findings (self->session, asset->id);
  guint n = findings != NULL ? dio_diagnostics_get_count (findings) : 0;
  if (n > 0)
    g_string_append_printf (text,
                            g_dngettext (GETTEXT_PACKAGE, "\n%u finding, see the shelf",
                                         "\n%u findings, see the shelf", n),
                            n);
  gtk_label_set_text (GTK_LABEL (self->facts), text->str);
}

void
dio_inspector_model_refresh (DioInspectorModel *self)
{
  const DioScenario *scenario = dio_session_get_scenario (self->session);
  const char *const *ids = get_ids (self);
  gboolean models = ids[0] != NULL;
  for (guint i = 0; models && ids[i] != NULL; i++) {
    const DioNode *node = dio_scenario_find_node (scenario, ids[i]);
    models = node != NULL && node->kind == DIO_NODE_MODEL;
  }
  gtk_widget_set_visible (GTK_WIDGET (self), models);
  if (!models)
    return;
  self->showing = TRUE;
  refresh_options (self);
  g_autofree char *kind = read_kind (self);
  guint index = kind != NULL ? dio_inspector_options_find (self->options, kind) : G_MAXUINT;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->choice),
                              index != G_MAXUINT ? index : GTK_INVALID_LIST_POSITION);
  self->showing = FALSE;
  if (g_strcmp0 (kind, self->shown_kind) != 0) {
    g_free (self->shown_kind);
    self->shown_kind = g_strdup (kind);
    build_parameters (self, kind);
  }
  refresh_facts (self, kind);
  dio_inspector_group_refresh (DIO_INSPECTOR_GROUP (self->parameters));
  dio_inspector_group_refresh (DIO_INSPECTOR_GROUP (self->group));
}

/* -- Life -- */

static void
dio_inspector_model_dispose (GObject *object)
{
  DioInspectorModel *self = DIO_INSPECTOR_MODEL (object);
  g_clear_object (&self->session);
  g_clear_pointer (&self->options, g_array_unref);
  g_clear_pointer (&self->options_key, g_free);
  g_clear_pointer (&self->shown_kind, g_free);
  G_OBJECT_CLASS (dio_inspector_model_parent_class)->dispose (object);
}

static void
dio_inspector_model_class_init (DioInspectorModelClass *class)
{
  G_OBJECT_CLASS (class)->dispose = dio_inspector_model_dispose;
}

static void
dio_inspector_model_init (DioInspectorModel *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->group = dio_inspector_group_new (_ ("Model"));
  GtkExpression *expression = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  self->choice = gtk_drop_down_new (NULL, expression);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choice), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Model"), -1);
  g_signal_connect_object (self->choice, "notify::selected", G_CALLBACK (chosen_cb), self, 0);
  self->facts = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->facts), 0);
  gtk_label_set_wrap (GTK_LABEL (self->facts), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->facts), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (self->facts, "caption");
  gtk_widget_add_css_class (self->facts, "dim-label");
  self->parameters = dio_inspector_group_new (NULL);
  dio_inspector_group_add (DIO_INSPECTOR_GROUP (self->group), self->choice);
  dio_inspector_group_add (DIO_INSPECTOR_GROUP (self->group), self->facts);
  dio_inspector_group_add (DIO_INSPECTOR_GROUP (self->group), self->parameters);
  gtk_box_append (GTK_BOX (self), self->group);
}

GtkWidget *
dio_inspector_model_new (DioSession *session)
{
  DioInspectorModel *self = g_object_new (DIO_TYPE_INSPECTOR_MODEL, NULL);
  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
