#define G_LOG_DOMAIN "dio-randomizers"

#include "dio-randomizer-rows-private.h"

#include "dio-distribution-field.h"
#include "dio-edit-nodes.h"
#include "dio-number-field.h"
#include "dio-randomizer-words.h"
#include "dio-ranges-field.h"
#include "dio-scene-distribution.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/** What a row's signals need; freed with the row. */
typedef struct {
  const DioParamInfo *info;
  DioParamChanged changed;
  gpointer user;
  double vec[3];
  DioNumberField *axes[3];
  GPtrArray *weights; /* (nullable) of DioNumberField*, borrowed */
} Row;

/* More names than these are searched for. */
#define MANY_NODES 12
#define MANY_WEIGHTS 12

static void
row_free (gpointer data)
{
  Row *row = data;
  g_clear_pointer (&row->weights, g_ptr_array_unref);
  g_free (row);
}

static void
tell (Row *row, json_t *value, gboolean over)
{
  row->changed (row->info->name, value, over, row->user);
}

/* A range of both 0 means any. */
static void
set_range (DioNumberField *field, const DioParamInfo *info)
{
  gboolean any = info->min == 0 && info->max == 0;
  dio_number_field_set_range (field, any ? -INFINITY : info->min, any ? INFINITY : info->max);
}

static json_t *
number_to_json (const DioParamInfo *info, double value)
{
  return info->type == DIO_PARAM_INTEGER ? json_integer ((json_int_t) value) : json_real (value);
}

static void
number_changed_cb (DioNumberField *field, double value, Row *row)
{
  tell (row, number_to_json (row->info, value), FALSE);
}

static void
number_committed_cb (DioNumberField *field, double value, Row *row)
{
  tell (row, number_to_json (row->info, value), TRUE);
}

static GtkWidget *
new_number (Row *row, double value)
{
  const DioParamInfo *info = row->info;
  GtkWidget *field = dio_number_field_new (dio_randomizer_param_label (info->name),
                                           dio_randomizer_param_unit (info->name));
  dio_number_field_set_label_chars (DIO_NUMBER_FIELD (field), DIO_RANDOMIZER_LABEL_CHARS);
  set_range (DIO_NUMBER_FIELD (field), info);
  if (info->type == DIO_PARAM_INTEGER)
    dio_number_field_set_digits (DIO_NUMBER_FIELD (field), 0);
  dio_number_field_set_value (DIO_NUMBER_FIELD (field), value);
  g_signal_connect (field, "changed", G_CALLBACK (number_changed_cb), row);
  g_signal_connect (field, "committed", G_CALLBACK (number_committed_cb), row);
  return field;
}

static void
vec_changed (Row *row, gboolean over)
{
  for (guint i = 0; i < 3; i++)
    row->vec[i] = dio_number_field_get_value (row->axes[i]);
  tell (row, json_pack ("[f, f, f]", row->vec[0], row->vec[1], row->vec[2]), over);
}

static void
axis_changed_cb (DioNumberField *field, double value, Row *row)
{
  vec_changed (row, FALSE);
}

static void
axis_committed_cb (DioNumberField *field, double value, Row *row)
{
  vec_changed (row, TRUE);
}

static GtkWidget *
new_title (const DioParamInfo *info)
{
  GtkWidget *title = gtk_label_new (dio_randomizer_param_label (info->name));
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  return title;
}

static GtkWidget *
new_vec (Row *row, DioVec3 value)
{
  static const char *const axes[] = { "X", "Y", "Z" };
  const double values[] = { value.x, value.y, value.z };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (box), new_title (row->info));
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_set_homogeneous (GTK_BOX (line), TRUE);
  for (guint i = 0; i < 3; i++) {
    g_autofree char *label =
        g_strdup_printf ("%s %s", dio_randomizer_param_label (row->info->name), axes[i]);
    GtkWidget *field = dio_number_field_new (label, dio_randomizer_param_unit (row->info->name));
    row->axes[i] = DIO_NUMBER_FIELD (field);
    dio_number_field_set_short_label (row->axes[i], axes[i]);
    set_range (row->axes[i], row->info);
    dio_number_field_set_value (row->axes[i], values[i]);
    gtk_box_append (GTK_BOX (line), field);
  }
  for (guint i = 0; i < 3; i++) {
    g_signal_connect (row->axes[i], "changed", G_CALLBACK (axis_changed_cb), row);
    g_signal_connect (row->axes[i], "committed", G_CALLBACK (axis_committed_cb), row);
  }
  gtk_box_append (GTK_BOX (box), line);
  return box;
}

static void
distribution_changed_cb (DioDistributionField *field, Row *row)
{
  json_t *json = dio_distribution_to_json (dio_distribution_field_get (field));
  if (json != NULL)
    tell (row, json, FALSE);
}

static void
distribution_committed_cb (DioDistributionField *field, Row *row)
{
  json_t *json = dio_distribution_to_json (dio_distribution_field_get (field));
  if (json != NULL)
    tell (row, json, TRUE);
}

static GtkWidget *
new_distribution (Row *row, const DioDistribution *value)
{
  const DioParamInfo *info = row->info;
  GtkWidget *field =
      dio_distribution_field_new (dio_randomizer_param_label (info->name),
                                  dio_randomizer_param_unit (info->name), info->min, info->max);
  if (value != NULL)
    dio_distribution_field_set (DIO_DISTRIBUTION_FIELD (field), value);
  g_signal_connect (field, "changed", G_CALLBACK (distribution_changed_cb), row);
  g_signal_connect (field, "committed", G_CALLBACK (distribution_committed_cb), row);
  return field;
}

/* Kinds of nodes that a string parameter names; 0 where it names none. */
static guint
get_node_kinds (const char *name)
{
  if (g_str_equal (name, "surface") || g_str_equal (name, "hidden"))
    return 1u << DIO_NODE_MODEL;
  if (g_str_equal (name, "sensor"))
    return 1u << DIO_NODE_SENSOR;
  if (g_str_equal (name, "target"))
    return 1u << DIO_NODE_MODEL | 1u << DIO_NODE_GROUP;
  return 0;
}

static void
node_selected_cb (GtkDropDown *drop, GParamSpec *pspec, Row *row)
{
  const char *const *ids = g_object_get_data (G_OBJECT (drop), "dio-ids");
  guint selected = gtk_drop_down_get_selected (drop);
  if (selected != GTK_INVALID_LIST_POSITION)
    tell (row, json_string (ids[selected]), TRUE);
}

/* Nodes are known by their names here as everywhere. */
static GtkWidget *
new_node (Row *row, const DioScenario *scenario, const char *value, guint kinds)
{
  GtkStringList *titles = gtk_string_list_new (NULL);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  guint selected = GTK_INVALID_LIST_POSITION, n = 0;
  for (guint i = 0; i < scenario->nodes->len; i++) {
    const DioNode *node = g_ptr_array_index (scenario->nodes, i);
    if ((kinds & 1u << node->kind) == 0)
      continue;
    if (g_strcmp0 (node->id, value) == 0)
      selected = n;
    gtk_string_list_append (titles, dio_edit_get_node_title (node));
    g_strv_builder_add (ids, node->id);
    n++;
  }
  GtkExpression *text = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  GtkWidget *drop = gtk_drop_down_new (G_LIST_MODEL (titles), text);
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (drop), n > MANY_NODES);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop), selected);
  g_object_set_data_full (G_OBJECT (drop), "dio-ids", g_strv_builder_end (ids),
                          (GDestroyNotify) g_strfreev);
  g_signal_connect (drop, "notify::selected", G_CALLBACK (node_selected_cb), row);
  return drop;
}

static void
text_cb (GtkEntry *entry, Row *row)
{
  tell (row, json_string (gtk_editable_get_text (GTK_EDITABLE (entry))), TRUE);
}

static void
texts_cb (GtkEntry *entry, Row *row)
{
  g_auto (GStrv) parts = g_strsplit (gtk_editable_get_text (GTK_EDITABLE (entry)), ",", -1);
  json_t *list = json_array ();
  for (char **part = parts; *part != NULL; part++)
    json_array_append_new (list, json_string (g_strstrip (*part)));
  tell (row, list, TRUE);
}

static void
leave_cb (GtkEventControllerFocus *focus, GtkEntry *entry)
{
  g_signal_emit_by_name (entry, "activate");
}

static GtkWidget *
new_entry (Row *row, const char *text, GCallback activate)
{
  GtkWidget *entry = gtk_entry_new ();
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_connect (entry, "activate", activate, row);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_signal_connect (focus, "leave", G_CALLBACK (leave_cb), entry);
  gtk_widget_add_controller (entry, focus);
  return entry;
}

static GtkWidget *
new_text (Row *row, const DioParamRowDesc *desc)
{
  const DioRandomizerParam *value = desc->value;
  guint kinds = get_node_kinds (row->info->name);
  GtkWidget *control;
  if (row->info->type == DIO_PARAM_STRINGS) {
    g_autofree char *text =
        value != NULL && value->strings != NULL ? g_strjoinv (", ", value->strings) : g_strdup ("");
    control = new_entry (row, text, G_CALLBACK (texts_cb));
  } else if (kinds != 0) {
    control = new_node (row, desc->scenario, value != NULL ? value->string : NULL, kinds);
  } else {
    control = new_entry (row, value != NULL && value->string != NULL ? value->string : "",
                         G_CALLBACK (text_cb));
  }
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  dio_randomizer_param_label (row->info->name), -1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (box), new_title (row->info));
  gtk_box_append (GTK_BOX (box), control);
  return box;
}

/* ---- numbers, one for each target ---- */

static void
weights_changed (Row *row, gboolean over)
{
  json_t *list = json_array ();
  for (guint i = 0; i < row->weights->len; i++)
    json_array_append_new (
        list, json_real (dio_number_field_get_value (g_ptr_array_index (row->weights, i))));
  tell (row, list, over);
}

static void
weight_changed_cb (DioNumberField *field, double value, Row *row)
{
  weights_changed (row, FALSE);
}

static void
weight_committed_cb (DioNumberField *field, double value, Row *row)
{
  weights_changed (row, TRUE);
}

/* A field for each target, under its name. */
static GtkWidget *
new_weights (Row *row, const DioParamRowDesc *desc)
{
  const char *const *targets = (const char *const *) desc->randomizer->targets;
  const GArray *list = desc->value->list;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (box), new_title (row->info));
  row->weights = g_ptr_array_new ();
  for (guint i = 0; i < list->len; i++) {
    const DioNode *node = dio_scenario_find_node (desc->scenario, targets[i]);
    GtkWidget *field =
        dio_number_field_new (node != NULL ? dio_edit_get_node_title (node) : targets[i], "");
    dio_number_field_set_label_chars (DIO_NUMBER_FIELD (field), DIO_RANDOMIZER_LABEL_CHARS);
    dio_number_field_set_range (DIO_NUMBER_FIELD (field), 0, INFINITY);
    dio_number_field_set_value (DIO_NUMBER_FIELD (field), g_array_index (list, double, i));
    g_ptr_array_add (row->weights, field);
    gtk_box_append (GTK_BOX (box), field);
  }
  for (guint i = 0; i < row->weights->len; i++) {
    GtkWidget *field = g_ptr_array_index (row->weights, i);
    g_signal_connect (field, "changed", G_CALLBACK (weight_changed_cb), row);
    g_signal_connect (field, "committed", G_CALLBACK (weight_committed_cb), row);
  }
  return box;
}

static gboolean
is_per_target (const DioParamRowDesc *desc)
{
  return g_str_equal (desc->info->name, "weights") && desc->value != NULL
         && desc->value->list != NULL && desc->value->list->len <= MANY_WEIGHTS
         && desc->value->list->len == g_strv_length (desc->randomizer->targets);
}

static void
numbers_cb (GtkEntry *entry, Row *row)
{
  g_auto (GStrv) parts = g_strsplit (gtk_editable_get_text (GTK_EDITABLE (entry)), ",", -1);
  json_t *list = json_array ();
  for (char **part = parts; *part != NULL; part++)
    json_array_append_new (list, json_real (g_ascii_strtod (g_strstrip (*part), NULL)));
  tell (row, list, TRUE);
}

static GtkWidget *
new_numbers (Row *row, const GArray *numbers)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  for (guint i = 0; numbers != NULL && i < numbers->len; i++)
    g_string_append_printf (
        text, "%s%s", i > 0 ? ", " : "",
        g_ascii_formatd (digits, sizeof digits, "%g", g_array_index (numbers, double, i)));
  GtkWidget *entry = new_entry (row, text->str, G_CALLBACK (numbers_cb));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  dio_randomizer_param_label (row->info->name), -1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (box), new_title (row->info));
  gtk_box_append (GTK_BOX (box), entry);
  return box;
}

static void
ranges_changed_cb (DioRangesField *field, gboolean over, Row *row)
{
  tell (row, dio_ranges_field_dup_json (field), over);
}

static GtkWidget *
new_ranges (Row *row, const GArray *ranges)
{
  GtkWidget *field = dio_ranges_field_new (row->info, ranges);
  g_signal_connect (field, "changed", G_CALLBACK (ranges_changed_cb), row);
  return field;
}

static void
switched_cb (GtkSwitch *toggle, GParamSpec *pspec, Row *row)
{
  tell (row, json_boolean (gtk_switch_get_active (toggle)), TRUE);
}

static GtkWidget *
new_switch (Row *row, gboolean value)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = new_title (row->info);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (line), title);
  GtkWidget *toggle = gtk_switch_new ();
  gtk_switch_set_active (GTK_SWITCH (toggle), value);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  dio_randomizer_param_label (row->info->name), -1);
  g_signal_connect (toggle, "notify::active", G_CALLBACK (switched_cb), row);
  gtk_box_append (GTK_BOX (line), toggle);
  return line;
}

/* Values that stand in the document itself: too many to show. */
static GtkWidget *
new_rows (const DioParamRowDesc *desc)
{
  const DioRandomizerParam *value = desc->value;
  guint n = value == NULL ? 0 : value->keys != NULL ? value->keys->len : value->n_rows;
  g_autofree char *text = g_strdup_printf (ngettext ("%u value", "%u values", n), n);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = new_title (desc->info);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (line), title);
  GtkWidget *count = gtk_label_new (text);
  gtk_widget_add_css_class (count, "dim-label");
  gtk_box_append (GTK_BOX (line), count);
  return line;
}

GtkWidget *
dio_param_row_new (const DioParamRowDesc *desc)
{
  g_return_val_if_fail (desc != NULL && desc->info != NULL && desc->changed != NULL, NULL);

  static const DioVec3 zero;
  const DioRandomizerParam *value = desc->value;
  Row *row = g_new0 (Row, 1);
  row->info = desc->info;
  row->changed = desc->changed;
  row->user = desc->user;
  GtkWidget *widget = NULL;
  switch (desc->info->type) {
  case DIO_PARAM_DISTRIBUTION:
    widget = new_distribution (row, value != NULL ? value->distribution : NULL);
    break;
  case DIO_PARAM_NUMBER:
  case DIO_PARAM_INTEGER:
    widget = new_number (row, value != NULL ? value->number : 0);
    break;
  case DIO_PARAM_BOOLEAN:
    widget = new_switch (row, value != NULL && value->number != 0);
    break;
  case DIO_PARAM_VEC3:
    widget = new_vec (row, value != NULL ? value->vec3 : zero);
    break;
  case DIO_PARAM_ROWS:
  case DIO_PARAM_KEYS:
    widget = new_rows (desc);
    break;
  case DIO_PARAM_NUMBERS:
    widget = is_per_target (desc) ? new_weights (row, desc)
                                  : new_numbers (row, value != NULL ? value->list : NULL);
    break;
  case DIO_PARAM_RANGES:
    widget = new_ranges (row, value != NULL ? value->ranges : NULL);
    break;
  case DIO_PARAM_STRING:
  case DIO_PARAM_STRINGS:
  default:
    widget = new_text (row, desc);
    break;
  }
  gtk_widget_set_tooltip_text (widget, _ (desc->info->help));
  g_object_set_data_full (G_OBJECT (widget), "dio-param-row", row, row_free);
  return widget;
}

/* What a whole number begins with: an even share of one draw would share nothing. */
static int
get_first_integer (const DioParamInfo *info, double low)
{
  return g_str_equal (info->name, "even") ? 20 : (int) MAX (low, 1);
}

static json_t *
make_equal_weights (guint n)
{
  json_t *weights = json_array ();
  for (guint i = 0; i < MAX (n, 1); i++)
    json_array_append_new (weights, json_real (1));
  return weights;
}

json_t *
dio_param_new_value (const DioScenario *scenario, const DioParamInfo *info, guint n_targets)
{
  gboolean any = info->min == 0 && info->max == 0;
  double low = any ? 0 : CLAMP (0, info->min, info->max), high = any ? 1 : MIN (info->max, low + 1);
  guint kinds = get_node_kinds (info->name);
  switch (info->type) {
  case DIO_PARAM_DISTRIBUTION:
    return json_pack ("{s:s, s:f, s:f}", "kind", "uniform", "min", low, "max", high);
  case DIO_PARAM_NUMBER:
    return json_real (low);
  case DIO_PARAM_INTEGER:
    return json_integer (get_first_integer (info, low));
  case DIO_PARAM_BOOLEAN:
    /* What is not said is already so. */
    return json_boolean (!g_str_equal (info->name, "grounded"));
  case DIO_PARAM_VEC3:
    return json_pack ("[f, f, f]", 0.0, 0.0, 0.0);
  case DIO_PARAM_STRINGS:
    return json_pack ("[s]", "");
  case DIO_PARAM_ROWS:
    return json_pack ("[f]", low);
  case DIO_PARAM_NUMBERS:
    return make_equal_weights (n_targets);
  case DIO_PARAM_KEYS:
    return json_pack ("[{s:f, s:[f, f, f]}]", "time_s", 0.0, "position", 0.0, 0.0, 0.0);
  case DIO_PARAM_RANGES:
    return json_pack ("[{s:f, s:f}]", "min", info->min, "max", info->max);
  case DIO_PARAM_STRING:
  default:
    for (guint i = 0; kinds != 0 && i < scenario->nodes->len; i++) {
      const DioNode *node = g_ptr_array_index (scenario->nodes, i);
      if ((kinds & 1u << node->kind) != 0)
        return json_string (node->id);
    }
    return json_string (g_str_equal (info->name, "slot")     ? "*"
                        : g_str_equal (info->name, "others") ? "keep"
                        : g_str_equal (info->name, "each")   ? "step"
                                                             : "");
  }
}
