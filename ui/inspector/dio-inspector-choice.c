#define G_LOG_DOMAIN "dio-inspector"

/* Drop-downs: enums, words of a model's parameter, textures, environments. */

#include "dio-inspector-row-private.h"

#include "dio-inspector-options-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* From here on a list is searched rather than read. */
#define SEARCH_FROM 12

/* The parameter of @row's path of the model that is selected; rows exist only where all show the same one. */
static const DioParametricParam *
find_param (DioInspectorRow *row)
{
  DioSession *session = dio_inspector_row_get_session (row);
  const char *id = dio_selection_get_active (dio_session_get_selection (session));
  const DioNode *node =
      id != NULL ? dio_scenario_find_node (dio_session_get_scenario (session), id) : NULL;
  if (node == NULL || node->model.parametric == NULL)
    return NULL;
  const DioParametricInfo *info = dio_parametric_find (node->model.parametric);
  const char *name = dio_inspector_row_get_path (row) + strlen ("parameters/");
  return info != NULL ? dio_parametric_find_param (info, name) : NULL;
}

static void
collect_options (DioInspectorRow *row, DioInspectorEdit edit, gboolean own, GArray *options)
{
  const DioScenario *scenario = dio_session_get_scenario (dio_inspector_row_get_session (row));
  if (edit == DIO_INSPECTOR_EDIT_TEXTURE) {
    if (own)
      dio_inspector_options_add (options, NULL, _ ("Model's Own"));
    dio_inspector_options_add (options, "", _ ("None"));
    dio_inspector_options_add_procedural (options, DIO_ASSET_TEXTURE);
    dio_inspector_options_add_assets (options, scenario, DIO_ASSET_TEXTURE);
    return;
  }
  if (edit == DIO_INSPECTOR_EDIT_ENVIRONMENT) {
    dio_inspector_options_add (options, "", _ ("Uniform Colour"));
    dio_inspector_options_add_procedural (options, DIO_ASSET_ENVIRONMENT);
    dio_inspector_options_add_assets (options, scenario, DIO_ASSET_ENVIRONMENT);
    return;
  }
  if (edit == DIO_INSPECTOR_EDIT_WORDS) {
    const DioParametricParam *param = find_param (row);
    if (param != NULL && param->choices != NULL)
      dio_inspector_options_add_words (options, param);
    return;
  }
  if (own)
    dio_inspector_options_add (options, NULL, _ ("Model's Own"));
  dio_inspector_options_add_enum (options, dio_inspector_row_get_info (row));
}

static GtkStringList *
create_labels (const GArray *options)
{
  GtkStringList *list = gtk_string_list_new (NULL);
  for (guint i = 0; i < options->len; i++)
    gtk_string_list_append (list, g_array_index (options, DioInspectorOption, i).label);
  return list;
}

static void
selected_cb (GtkDropDown *drop_down, GParamSpec *pspec, DioInspectorRow *row)
{
  const GArray *options = g_object_get_data (G_OBJECT (drop_down), "options");
  guint index = gtk_drop_down_get_selected (drop_down);
  if (dio_inspector_row_is_showing (row) || index >= options->len)
    return;
  const char *value = g_array_index (options, DioInspectorOption, index).value;
  DioInspectorEdit edit = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (drop_down), "edit"));
  if (edit == DIO_INSPECTOR_EDIT_WORDS) {
    dio_inspector_row_commit (row, json_real (g_ascii_strtod (value, NULL)), FALSE);
    return;
  }
  dio_inspector_row_commit (row, value != NULL ? json_string (value) : NULL, FALSE);
}

static void
show_choice (DioInspectorRow *row, const DioInspectorValue *value)
{
  GtkWidget *drop_down = dio_inspector_row_get_editor (row);
  GObject *object = G_OBJECT (drop_down);
  DioInspectorEdit edit = GPOINTER_TO_UINT (g_object_get_data (object, "edit"));
  GArray *options = dio_inspector_options_new ();
  gboolean material = g_str_has_prefix (value->info->path, "material");
  collect_options (row, edit, material, options);
  char *key = dio_inspector_options_dup_key (options);
  if (g_strcmp0 (key, g_object_get_data (object, "key")) == 0) {
    g_free (key);
    g_array_unref (options);
  } else {
    g_autoptr (GtkStringList) labels = create_labels (options);
    g_object_set_data_full (object, "key", key, g_free);
    g_object_set_data_full (object, "options", options, (GDestroyNotify) g_array_unref);
    gtk_drop_down_set_model (GTK_DROP_DOWN (drop_down), G_LIST_MODEL (labels));
    gtk_drop_down_set_enable_search (GTK_DROP_DOWN (drop_down), options->len > SEARCH_FROM);
  }
  g_autofree char *number = NULL;
  const char *text = value->info->type == DIO_PROPERTY_ENUM
                         ? value->info->enum_names[(guint) value->number[0]]
                         : value->string;
  if (edit == DIO_INSPECTOR_EDIT_WORDS)
    text = number = g_strdup_printf ("%.0f", value->number[0]);
  if (value->own)
    text = NULL;
  guint index = dio_inspector_options_find (g_object_get_data (object, "options"), text);
  gboolean known = index != G_MAXUINT && value->mixed == 0;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), known ? index : GTK_INVALID_LIST_POSITION);
}

/* Long names must not widen the panel. */
static void
setup_item_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
bind_item_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user)
{
  GtkStringObject *string = gtk_list_item_get_item (item);
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      gtk_string_object_get_string (string));
}

void
dio_inspector_row_add_choice (DioInspectorRow *row, DioInspectorEdit edit)
{
  GtkExpression *expression = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  GtkWidget *drop_down = gtk_drop_down_new (NULL, expression);
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (setup_item_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_item_cb), NULL);
  gtk_drop_down_set_factory (GTK_DROP_DOWN (drop_down), factory);
  g_object_set_data (G_OBJECT (drop_down), "edit", GUINT_TO_POINTER (edit));
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  dio_inspector_row_get_label (row), -1);
  g_signal_connect_object (drop_down, "notify::selected", G_CALLBACK (selected_cb), row, 0);
  dio_inspector_row_set_editor (row, drop_down, drop_down, FALSE, show_choice);
}
