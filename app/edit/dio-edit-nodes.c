#define G_LOG_DOMAIN "dio-edit"

/* Edits of selections that keep what nodes are: delete, duplicate, show, assign. */

#include "dio-edit-nodes.h"

#include "dio-base-json.h"
#include "dio-core-error.h"
#include "dio-edit-add.h"
#include "dio-edit-private.h"
#include "dio-scene-edit.h"
#include "dio-scene-randomizer.h"

#include <string.h>

gboolean
dio_edit_check_ids (const DioScenario *scenario, const char *const *ids, GError **error)
{
  if (ids == NULL || ids[0] == NULL) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "Nothing is selected; select a node first");
    return FALSE;
  }
  for (guint i = 0; ids[i] != NULL; i++) {
    if (dio_scenario_find_node (scenario, ids[i]) != NULL)
      continue;
    g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "There is no node \"%s\" in the scenario",
                 ids[i]);
    return FALSE;
  }
  return TRUE;
}

GHashTable *
dio_edit_make_set (const char *const *ids)
{
  GHashTable *set = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; ids[i] != NULL; i++)
    g_hash_table_add (set, (gpointer) ids[i]);
  return set;
}

const char *
dio_edit_get_node_title (const DioNode *node)
{
  g_return_val_if_fail (node != NULL, "");
  return node->name != NULL && node->name[0] != '\0' ? node->name : node->id;
}

/* ---- lists ---- */

GStrv
dio_edit_list_tops (const DioScenario *scenario, const char *const *ids)
{
  g_return_val_if_fail (scenario != NULL && ids != NULL, NULL);
  g_autoptr (GHashTable) listed = dio_edit_make_set (ids);
  g_autoptr (GHashTable) below = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GStrvBuilder) tops = g_strv_builder_new ();
  for (guint i = 0; i < scenario->nodes->len; i++) {
    const DioNode *node = g_ptr_array_index (scenario->nodes, i);
    gboolean covered = node->parent != NULL && g_hash_table_contains (below, node->parent);
    gboolean chosen = g_hash_table_contains (listed, node->id);
    if (chosen && !covered)
      g_strv_builder_add (tops, node->id);
    if (chosen || covered)
      g_hash_table_add (below, node->id);
  }
  return g_strv_builder_end (tops);
}

GStrv
dio_edit_list_subtree (const DioScenario *scenario, const char *id)
{
  g_return_val_if_fail (scenario != NULL && id != NULL, NULL);
  g_autoptr (GHashTable) found = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();
  for (guint i = 0; i < scenario->nodes->len; i++) {
    const DioNode *node = g_ptr_array_index (scenario->nodes, i);
    gboolean below = node->parent != NULL && g_hash_table_contains (found, node->parent);
    if (!below && strcmp (node->id, id) != 0)
      continue;
    g_hash_table_add (found, node->id);
    g_strv_builder_add (list, node->id);
  }
  return g_strv_builder_end (list);
}

/* ---- delete, duplicate ---- */

DioScenario *
dio_edit_delete_nodes (DioScenario *scenario, const char *const *ids, GError **error)
{
  g_return_val_if_fail (scenario != NULL, NULL);
  if (!dio_edit_check_ids (scenario, ids, error))
    return NULL;
  return dio_scenario_without_nodes (scenario, ids, error);
}

/* "Blue mug" becomes "Blue mug 2"; empty names stay empty. */
static void
number_name (json_t *node)
{
  const char *name = json_string_value (json_object_get (node, "name"));
  if (name == NULL || name[0] == '\0')
    return;
  const char *end = name + strlen (name);
  const char *digits = end;
  while (digits > name && g_ascii_isdigit (digits[-1]))
    digits--;
  gboolean numbered = digits < end && end - digits < 9 && digits > name + 1 && digits[-1] == ' ';
  guint64 number = numbered ? g_ascii_strtoull (digits, NULL, 10) + 1 : 2;
  int length = (int) (numbered ? digits - 1 - name : end - name);
  g_autofree char *next = g_strdup_printf ("%.*s %" G_GUINT64_FORMAT, length, name, number);
  json_object_set_new (node, "name", json_string (next));
}

/* Adds copies of the subtree of @top to @nodes; @copies gets old id -> new id (owned). */
static void
copy_subtree (const DioScenario *scenario, const char *top, json_t *nodes, DioEditCopies *copies)
{
  g_auto (GStrv) ids = dio_edit_list_subtree (scenario, top);
  for (guint i = 0; ids[i] != NULL; i++) {
    json_t *node = dio_node_to_json (dio_scenario_find_node (scenario, ids[i]));
    const char *parent = json_string_value (json_object_get (node, "parent"));
    const char *new_parent =
        parent != NULL && i > 0 ? g_hash_table_lookup (copies->new_from_old, parent) : NULL;
    const char *id = dio_edit_copies_add (copies, scenario, ids[i]);
    json_object_set_new (node, "id", json_string (id));
    if (new_parent != NULL)
      json_object_set_new (node, "parent", json_string (new_parent));
    else
      number_name (node);
    json_array_append_new (nodes, node);
  }
}

void
dio_edit_copies_init (DioEditCopies *copies)
{
  copies->new_from_old = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  copies->taken = g_hash_table_new (g_str_hash, g_str_equal);
}

void
dio_edit_copies_clear (DioEditCopies *copies)
{
  g_clear_pointer (&copies->taken, g_hash_table_unref);
  g_clear_pointer (&copies->new_from_old, g_hash_table_unref);
}

const char *
dio_edit_copies_add (DioEditCopies *copies, const DioScenario *scenario, const char *old_id)
{
  char *id = dio_scenario_dup_free_id (scenario, DIO_SCENARIO_NODES, old_id, copies->taken);
  g_hash_table_insert (copies->new_from_old, g_strdup (old_id), id);
  g_hash_table_add (copies->taken, id);
  return id;
}

/* The randomizers that aim at an original aim at its copy too. */
static DioScenario *
aim_at_copies (DioScenario *scenario, const DioEditCopies *copies, GError **error)
{
  g_autoptr (DioScenario) now = dio_scenario_ref (scenario);
  for (guint i = 0; i < scenario->randomizers->len; i++) {
    const DioRandomizer *randomizer = g_ptr_array_index (scenario->randomizers, i);
    g_autoptr (json_t) json = dio_randomizer_to_json (randomizer);
    json_t *targets = json_object_get (json, "targets");
    gsize before = json_array_size (targets);
    for (guint k = 0; randomizer->targets[k] != NULL; k++) {
      const char *copy = g_hash_table_lookup (copies->new_from_old, randomizer->targets[k]);
      if (copy != NULL)
        json_array_append_new (targets, json_string (copy));
    }
    if (json_array_size (targets) == before)
      continue;
    DioScenario *next = dio_scenario_with_randomizer (now, json, error);
    if (next == NULL)
      return NULL;
    dio_scenario_unref (now);
    now = next;
  }
  return g_steal_pointer (&now);
}

static GStrv
list_copies (const DioEditCopies *copies, const char *const *tops)
{
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();
  for (guint i = 0; tops[i] != NULL; i++)
    g_strv_builder_add (list, g_hash_table_lookup (copies->new_from_old, tops[i]));
  return g_strv_builder_end (list);
}

DioScenario *
dio_edit_duplicate_nodes (DioScenario *scenario,
                          const char *const *ids,
                          gboolean randomized,
                          GStrv *new_ids,
                          GError **error)
{
  g_return_val_if_fail (scenario != NULL, NULL);
  if (!dio_edit_check_ids (scenario, ids, error))
    return NULL;
  g_auto (GStrv) tops = dio_edit_list_tops (scenario, ids);
  g_auto (DioEditCopies) copies = { 0 };
  dio_edit_copies_init (&copies);
  g_autoptr (json_t) nodes = json_array ();
  for (guint i = 0; tops[i] != NULL; i++)
    copy_subtree (scenario, tops[i], nodes, &copies);
  g_autoptr (DioScenario) next = dio_scenario_with_nodes (scenario, nodes, error);
  if (next != NULL && randomized) {
    DioScenario *aimed = aim_at_copies (next, &copies, error);
    dio_scenario_unref (next);
    next = aimed;
  }
  if (next != NULL && new_ids != NULL)
    *new_ids = list_copies (&copies, (const char *const *) tops);
  return g_steal_pointer (&next);
}

/* ---- show and hide ---- */

DioScenario *
dio_edit_show_nodes (DioScenario *scenario,
                     const char *const *ids,
                     gboolean visible,
                     GError **error)
{
  g_return_val_if_fail (scenario != NULL, NULL);
  if (!dio_edit_check_ids (scenario, ids, error))
    return NULL;
  g_autoptr (json_t) value = json_boolean (visible);
  return dio_scenario_with_properties (scenario, ids, "visible", value, error);
}

/* Sets "visible" of every node to what @wanted says: a set of ids for models; groups in it are shown and others left. NULL shows all. */
static DioScenario *
show_set (DioScenario *scenario, GHashTable *wanted, GError **error)
{
  g_autoptr (GPtrArray) shown = g_ptr_array_new (), hidden = g_ptr_array_new ();
  for (guint i = 0; i < scenario->nodes->len; i++) {
    DioNode *node = g_ptr_array_index (scenario->nodes, i);
    gboolean solid = node->kind == DIO_NODE_MODEL || node->kind == DIO_NODE_GROUP;
    gboolean in = wanted == NULL || g_hash_table_contains (wanted, node->id);
    if (solid && in && !node->visible)
      g_ptr_array_add (shown, node->id);
    if (node->kind == DIO_NODE_MODEL && !in && node->visible)
      g_ptr_array_add (hidden, node->id);
  }
  if (shown->len == 0 && hidden->len == 0)
    return dio_scenario_ref (scenario);
  g_ptr_array_add (shown, NULL);
  g_ptr_array_add (hidden, NULL);
  g_autoptr (json_t) yes = json_true (), no = json_false ();
  g_autoptr (DioScenario) middle = dio_scenario_with_properties (
      scenario, (const char *const *) shown->pdata, "visible", yes, error);
  if (middle == NULL)
    return NULL;
  return dio_scenario_with_properties (middle, (const char *const *) hidden->pdata, "visible", no,
                                       error);
}

DioScenario *
dio_edit_isolate_nodes (DioScenario *scenario, const char *const *ids, GError **error)
{
  g_return_val_if_fail (scenario != NULL, NULL);
  if (!dio_edit_check_ids (scenario, ids, error))
    return NULL;
  g_autoptr (GHashTable) wanted = dio_edit_make_set (ids);
  for (guint i = 0; i < scenario->nodes->len; i++) {
    const DioNode *node = g_ptr_array_index (scenario->nodes, i);
    if (node->parent != NULL && g_hash_table_contains (wanted, node->parent))
      g_hash_table_add (wanted, node->id);
  }
  /* Ancestors last: what else hangs below them is not wanted. */
  for (guint i = 0; ids[i] != NULL; i++) {
    const DioNode *node = dio_scenario_find_node (scenario, ids[i]);
    while ((node = dio_scenario_find_node (scenario, node->parent)) != NULL)
      g_hash_table_add (wanted, node->id);
  }
  g_autoptr (DioScenario) isolated = show_set (scenario, wanted, error);
  return isolated == scenario ? show_set (scenario, NULL, error) : g_steal_pointer (&isolated);
}

DioScenario *
dio_edit_show_all (DioScenario *scenario, GError **error)
{
  g_return_val_if_fail (scenario != NULL, NULL);
  return show_set (scenario, NULL, error);
}

/* ---- categories ---- */

static const DioCategory *
find_category (const DioScenario *scenario, const char *name)
{
  int index = dio_scenario_find_category (scenario, name);
  if (index >= 0)
    return g_ptr_array_index (scenario->categories, (guint) index);
  g_autofree char *wanted = g_utf8_casefold (name, -1);
  for (guint i = 0; i < scenario->categories->len; i++) {
    const DioCategory *category = g_ptr_array_index (scenario->categories, i);
    g_autofree char *own_name = g_utf8_casefold (category->name, -1);
    g_autofree char *own_id = g_utf8_casefold (category->id, -1);
    if (strcmp (own_name, wanted) == 0 || strcmp (own_id, wanted) == 0)
      return category;
  }
  return NULL;
}

/* What of @ids can have a category, NULL-terminated. */
static GPtrArray *
list_solids (const DioScenario *scenario, const char *const *ids)
{
  GPtrArray *solids = g_ptr_array_new ();
  for (guint i = 0; ids[i] != NULL; i++) {
    const DioNode *node = dio_scenario_find_node (scenario, ids[i]);
    if (node->kind == DIO_NODE_MODEL || node->kind == DIO_NODE_GROUP)
      g_ptr_array_add (solids, node->id);
  }
  g_ptr_array_add (solids, NULL);
  return solids;
}

DioScenario *
dio_edit_assign_category (DioScenario *scenario,
                          const char *const *ids,
                          const char *name,
                          char **category_id,
                          GError **error)
{
  g_return_val_if_fail (scenario != NULL, NULL);
  if (!dio_edit_check_ids (scenario, ids, error))
    return NULL;
  g_autofree char *trimmed = name != NULL ? g_strstrip (g_strdup (name)) : NULL;
  g_autoptr (GPtrArray) solids = list_solids (scenario, ids);
  if (solids->len == 1 || (trimmed != NULL && trimmed[0] == '\0')) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "%s",
                 solids->len == 1 ? "Only models and groups have a category; select one of those"
                                  : "A category needs a name");
    return NULL;
  }
  g_autoptr (DioScenario) with = dio_scenario_ref (scenario);
  g_autofree char *id = NULL;
  const DioCategory *known = trimmed != NULL ? find_category (scenario, trimmed) : NULL;
  if (known != NULL) {
    id = g_strdup (known->id);
  } else if (trimmed != NULL) {
    dio_scenario_unref (with);
    with = dio_edit_add_category (scenario, trimmed, TRUE, &id, error);
  }
  if (with == NULL)
    return NULL;
  g_autoptr (json_t) value = id != NULL ? json_string (id) : json_null ();
  DioScenario *next = dio_scenario_with_properties (with, (const char *const *) solids->pdata,
                                                    "category", value, error);
  if (next != NULL && category_id != NULL)
    *category_id = g_steal_pointer (&id);
  return next;
}

/* ---- parts ---- */

/* The node as the file holds it, with @labels merged into its own. */
static json_t *
node_with_labels (const DioNode *node, const json_t *labels)
{
  json_t *json = dio_node_to_json (node), *model = json_object_get (json, "model");
  json_t *own = json_object_get (model, "group_labels");
  if (own == NULL) {
    own = json_object ();
    json_object_set_new (model, "group_labels", own);
  }
  const char *name;
  json_t *label;
  json_object_foreach ((json_t *) labels, name, label) {
    if (json_is_null (label))
      json_object_del (own, name);
    else
      json_object_set (own, name, label);
  }
  return json;
}

DioScenario *
dio_edit_label_parts (DioScenario *scenario,
                      const char *const *ids,
                      const json_t *labels,
                      GError **error)
{
  g_return_val_if_fail (scenario != NULL && labels != NULL, NULL);
  if (!dio_edit_check_ids (scenario, ids, error))
    return NULL;
  g_autoptr (json_t) nodes = json_array ();
  for (guint i = 0; ids[i] != NULL; i++) {
    const DioNode *node = dio_scenario_find_node (scenario, ids[i]);
    if (node->kind == DIO_NODE_MODEL)
      json_array_append_new (nodes, node_with_labels (node, labels));
  }
  if (json_array_size (nodes) > 0)
    return dio_scenario_with_nodes (scenario, nodes, error);
  g_set_error_literal (error, DIO_ERROR, DIO_ERROR_INVALID,
                       "Only models have parts; select one of those");
  return NULL;
}
