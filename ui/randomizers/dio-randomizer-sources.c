#define G_LOG_DOMAIN "dio-randomizers"

/* What a randomizer chooses from: names out of a list of what there is, or a tag. */

#include "dio-randomizer-sources-private.h"

#include "dio-chip.h"
#include "dio-parametric.h"
#include "dio-randomizer-pictures-private.h"
#include "dio-randomizer-words.h"
#include "dio-scene-choice.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/** Freed with its widget. */
typedef struct {
  DioParamRowDesc desc; /* of what is borrowed for the making, nothing is read later */
  GStrv names;          /* that were in the list, owned */
  GtkWidget *box;
} Source;

static void
source_free (gpointer data)
{
  Source *self = data;
  g_strfreev (self->names);
  g_free (self);
}

static void
tell (Source *self, json_t *value)
{
  self->desc.changed (self->desc.info->name, value, TRUE, self->desc.user);
}

/* ---- names ---- */

static void
add_procedural (GPtrArray *names, const char *const *list, const char *prefix)
{
  for (guint i = 0; list[i] != NULL; i++)
    g_ptr_array_add (names, g_strconcat (prefix, list[i], NULL));
}

/* All that the parameter may name. */
static GPtrArray *
list_known (const DioScenario *scenario, DioAssetKind kind)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < scenario->assets->len; i++) {
    const DioAsset *asset = g_ptr_array_index (scenario->assets, i);
    if (asset->kind == kind)
      g_ptr_array_add (names, g_strdup (asset->id));
  }
  guint n;
  const DioParametricInfo *models = dio_parametric_get_table (&n);
  for (guint i = 0; kind == DIO_ASSET_MODEL && i < n; i++)
    g_ptr_array_add (names, g_strconcat ("parametric:", models[i].kind, NULL));
  if (kind == DIO_ASSET_TEXTURE)
    add_procedural (names, dio_parametric_list_textures (), "procedural:");
  if (kind == DIO_ASSET_ENVIRONMENT)
    add_procedural (names, dio_parametric_list_environments (), "procedural:");
  return names;
}

static json_t *
list_with (const Source *self, const char *without, const char *added)
{
  json_t *list = json_array ();
  GStrv names = self->names;
  for (guint i = 0; names[i] != NULL; i++) {
    if (g_strcmp0 (names[i], without) != 0)
      json_array_append_new (list, json_string (names[i]));
  }
  if (added != NULL)
    json_array_append_new (list, json_string (added));
  return list;
}

static void
removed_cb (DioChip *chip, Source *self)
{
  tell (self, list_with (self, gtk_widget_get_name (GTK_WIDGET (chip)), NULL));
}

static void
added_cb (GtkDropDown *drop, GParamSpec *pspec, Source *self)
{
  GtkStringObject *item = gtk_drop_down_get_selected_item (drop);
  if (item != NULL && gtk_drop_down_get_selected (drop) > 0)
    tell (self, list_with (self, NULL, gtk_string_object_get_string (item)));
}

static void
add_chips (Source *self)
{
  GStrv names = self->desc.value->strings;
  guint n = g_strv_length (names);
  GtkWidget *flow = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  for (guint i = 0; i < n; i++) {
    GtkWidget *chip = dio_chip_new (names[i][0] != '\0' ? names[i] : _ ("None"));
    gtk_widget_set_name (chip, names[i]);
    dio_chip_set_removable (DIO_CHIP (chip), n > 1);
    g_signal_connect (chip, "removed", G_CALLBACK (removed_cb), self);
    gtk_flow_box_insert (GTK_FLOW_BOX (flow), chip, -1);
    gtk_widget_set_focusable (gtk_widget_get_parent (chip), FALSE);
  }
  gtk_box_append (GTK_BOX (self->box), flow);
}

/* The first entry says what the list is for. */
static GtkWidget *
new_drop_down (const char *first, GPtrArray *names, guint selected)
{
  GtkStringList *list = gtk_string_list_new (NULL);
  if (first != NULL)
    gtk_string_list_append (list, first);
  for (guint i = 0; i < names->len; i++)
    gtk_string_list_append (list, g_ptr_array_index (names, i));
  GtkExpression *text = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  GtkWidget *drop = gtk_drop_down_new (G_LIST_MODEL (list), text);
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (drop), names->len > 12);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop), selected);
  return drop;
}

/* The key of the picture of what a list names; NULL for what has none. */
static char *
dup_key (const DioScenario *scenario, DioAssetKind kind, const char *name)
{
  const char *colon = strchr (name, ':');
  if (dio_scenario_find_asset (scenario, name) != NULL)
    return g_strconcat ("asset:", name, NULL);
  if (colon == NULL)
    return NULL;
  if (kind == DIO_ASSET_MODEL)
    return g_strdup (name);
  return g_strconcat (kind == DIO_ASSET_TEXTURE ? "texture" : "environment", colon, NULL);
}

static void
add_pictures (Source *self, DioAssetKind kind, const char *const *names)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new (), shown = g_strv_builder_new ();
  for (guint i = 0; names[i] != NULL; i++) {
    g_autofree char *key = dup_key (self->desc.scenario, kind, names[i]);
    if (key == NULL)
      continue;
    g_strv_builder_add (keys, key);
    g_strv_builder_add (shown, names[i]);
  }
  g_auto (GStrv) key_list = g_strv_builder_end (keys);
  g_auto (GStrv) name_list = g_strv_builder_end (shown);
  if (key_list[0] != NULL)
    gtk_box_append (GTK_BOX (self->box),
                    dio_randomizer_pictures_new (self->desc.session, (const char *const *) key_list,
                                                 (const char *const *) name_list));
}

static void
set_label (GtkWidget *widget, const char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static void
add_names (Source *self, DioAssetKind kind)
{
  g_autoptr (GPtrArray) known = list_known (self->desc.scenario, kind);
  for (guint i = known->len; i > 0; i--) {
    if (g_strv_contains ((const char *const *) self->desc.value->strings,
                         g_ptr_array_index (known, i - 1)))
      g_ptr_array_remove_index (known, i - 1);
  }
  add_pictures (self, kind, (const char *const *) self->desc.value->strings);
  add_chips (self);
  GtkWidget *drop = new_drop_down (_ ("Add a Choice"), known, 0);
  set_label (drop, _ ("Add a Choice"));
  g_signal_connect (drop, "notify::selected", G_CALLBACK (added_cb), self);
  gtk_box_append (GTK_BOX (self->box), drop);
}

/* ---- tags and ends of tables ---- */

static void
picked_cb (GtkDropDown *drop, GParamSpec *pspec, Source *self)
{
  GtkStringObject *item = gtk_drop_down_get_selected_item (drop);
  if (item != NULL)
    tell (self, json_string (gtk_string_object_get_string (item)));
}

/* What happens behind the last row of a table. */
static void
ended_cb (GtkDropDown *drop, GParamSpec *pspec, Source *self)
{
  tell (self, json_string (gtk_drop_down_get_selected (drop) == 0 ? "repeat" : "stop"));
}

static void
add_end (Source *self)
{
  const char *const words[] = { _ ("Begin Again"), _ ("Stop the Batch"), NULL };
  GtkWidget *drop = gtk_drop_down_new_from_strings (words);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop),
                              g_strcmp0 (self->desc.value->string, "stop") == 0 ? 1 : 0);
  set_label (drop, dio_randomizer_param_label (self->desc.info->name));
  g_signal_connect (drop, "notify::selected", G_CALLBACK (ended_cb), self);
  gtk_box_append (GTK_BOX (self->box), drop);
}

static void
add_pick (Source *self, GPtrArray *names)
{
  guint selected = GTK_INVALID_LIST_POSITION;
  for (guint i = 0; i < names->len; i++) {
    if (g_strcmp0 (g_ptr_array_index (names, i), self->desc.value->string) == 0)
      selected = i;
  }
  GtkWidget *drop = new_drop_down (NULL, names, selected);
  set_label (drop, dio_randomizer_param_label (self->desc.info->name));
  g_signal_connect (drop, "notify::selected", G_CALLBACK (picked_cb), self);
  gtk_box_append (GTK_BOX (self->box), drop);
}

/* What carries the tag, and where tags come from. */
static void
add_tagged (Source *self, DioAssetKind kind)
{
  g_auto (GStrv) ids =
      dio_scenario_list_tagged (self->desc.scenario, kind, self->desc.value->string);
  guint n = g_strv_length (ids);
  g_autofree char *text =
      n > 0 ? g_strdup_printf (ngettext ("%u asset carries it", "%u assets carry it", n), n)
            : g_strdup (_ ("Assets get tags on the shelf: right-click one and choose Tags…"));
  GtkWidget *note = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (note), 0);
  gtk_label_set_wrap (GTK_LABEL (note), TRUE);
  gtk_widget_add_css_class (note, "caption");
  gtk_box_append (GTK_BOX (self->box), note);
  add_pictures (self, kind, (const char *const *) ids);
}

static GPtrArray *
to_array (const char *const *names)
{
  GPtrArray *array = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; names[i] != NULL; i++)
    g_ptr_array_add (array, g_strdup (names[i]));
  return array;
}

static GtkWidget *
new_row (const DioParamRowDesc *desc)
{
  Source *self = g_new0 (Source, 1);
  self->desc = *desc;
  self->names = g_strdupv (desc->value->strings);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_object_set_data_full (G_OBJECT (self->box), "dio-source", self, source_free);
  GtkWidget *title = gtk_label_new (dio_randomizer_param_label (desc->info->name));
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  gtk_box_append (GTK_BOX (self->box), title);
  gtk_widget_set_tooltip_text (self->box, _ (desc->info->help));
  return self->box;
}

static void
add_tag (Source *self, DioAssetKind kind)
{
  g_auto (GStrv) tags = dio_scenario_list_tags (self->desc.scenario, kind);
  g_autoptr (GPtrArray) names = to_array ((const char *const *) tags);
  add_pick (self, names);
  add_tagged (self, kind);
}

GtkWidget *
dio_randomizer_source_new (const DioParamRowDesc *desc)
{
  const DioChoiceInfo *choice = dio_choice_find_info (desc->type);
  const char *name = desc->info->name;
  gboolean is_list = choice != NULL && strcmp (name, choice->list) == 0;
  gboolean is_folder = choice != NULL && strcmp (name, "folder") == 0;
  gboolean is_tag = choice != NULL && strcmp (name, "tag") == 0;
  gboolean of_table = strcmp (desc->type, "table-column") == 0;
  gboolean is_table = of_table && strcmp (name, "file") == 0;
  gboolean is_columns = of_table && strcmp (name, "columns") == 0;
  gboolean is_end = strcmp (name, "at_end") == 0;
  if (desc->value == NULL || !(is_list || is_folder || is_tag || is_table || is_columns || is_end))
    return NULL;
  GtkWidget *box = new_row (desc);
  Source *self = g_object_get_data (G_OBJECT (box), "dio-source");
  if (is_list)
    add_names (self, choice->kind);
  else if (is_tag)
    add_tag (self, choice->kind);
  else if (is_end)
    add_end (self);
  else if (is_columns)
    dio_randomizer_columns_add (GTK_BOX (box), desc);
  else
    dio_randomizer_place_add (GTK_BOX (box), desc);
  return box;
}

/* ---- what to begin with ---- */

json_t *
dio_randomizer_source_make_columns (const DioRandomizer *randomizer)
{
  const char *property = dio_randomizer_get_string (randomizer, "property", "");
  gboolean place = strcmp (property, "translation") == 0 || strcmp (property, "scale") == 0;
  return place ? json_pack ("[sss]", "x", "y", "z") : json_pack ("[s]", "value");
}

json_t *
dio_randomizer_source_make_value (const DioScenario *scenario, const char *type, const char *name)
{
  const DioChoiceInfo *choice = dio_choice_find_info (type);
  if (strcmp (name, "at_end") == 0)
    return json_string ("repeat");
  if (strcmp (type, "table-column") == 0 && strcmp (name, "file") == 0)
    return json_string ("table.csv");
  if (choice == NULL)
    return NULL;
  if (strcmp (name, "folder") == 0)
    return json_string ("assets");
  if (strcmp (name, "tag") == 0) {
    g_auto (GStrv) tags = dio_scenario_list_tags (scenario, choice->kind);
    return json_string (tags[0] != NULL ? tags[0] : "");
  }
  if (strcmp (name, choice->list) != 0)
    return NULL;
  g_autoptr (GPtrArray) known = list_known (scenario, choice->kind);
  return json_pack ("[s]", known->len > 0 ? g_ptr_array_index (known, 0) : "");
}
