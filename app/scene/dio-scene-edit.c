#define G_LOG_DOMAIN "dio-scene"

/* Edits: each makes a new scenario that shares what it does not touch, then checks the whole. Here: what they have in common, and properties. */

#include "dio-scene-edit.h"

#include "dio-core-error.h"
#include "dio-scene-category-private.h"
#include "dio-scene-edit-private.h"
#include "dio-scene-field-private.h"

#include <string.h>

DioScenario *
dio_edit_finish (DioScenario *edited, DioReader *reader, GError **error)
{
  g_autoptr (DioReader) own = reader == NULL ? dio_reader_new ("") : NULL;
  DioReader *used = reader != NULL ? reader : own;
  if (dio_scenario_complete (edited, used))
    return edited;
  dio_reader_set_error (used, error);
  dio_scenario_unref (edited);
  return NULL;
}

gboolean
dio_edit_set_not_found (const char *what, const char *id, GError **error)
{
  g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "There is no %s \"%s\" in the scenario", what,
               id);
  return FALSE;
}

/* ---- lists ---- */

void
dio_edit_own_list (GPtrArray **list, GCopyFunc ref_cb, GDestroyNotify unref_cb)
{
  GPtrArray *copy = g_ptr_array_new_full ((*list)->len + 1, unref_cb);
  g_ptr_array_extend (copy, *list, ref_cb, NULL);
  g_ptr_array_unref (*list);
  *list = copy;
}

void
dio_edit_own_nodes (DioScenario *edited)
{
  dio_edit_own_list (&edited->nodes, (GCopyFunc) (void *) dio_node_ref,
                     (GDestroyNotify) dio_node_unref);
}

void
dio_edit_own_randomizers (DioScenario *edited)
{
  dio_edit_own_list (&edited->randomizers, (GCopyFunc) (void *) dio_randomizer_ref,
                     (GDestroyNotify) dio_randomizer_unref);
}

void
dio_edit_put (GPtrArray *list, guint position, gpointer entry, GDestroyNotify unref_cb)
{
  if (position >= list->len) {
    g_ptr_array_add (list, entry);
    return;
  }
  gpointer old = g_ptr_array_index (list, position);
  g_ptr_array_index (list, position) = entry;
  unref_cb (old);
}

void
dio_edit_move (GPtrArray *list, guint from, guint to)
{
  gpointer entry = g_ptr_array_steal_index (list, from);
  g_ptr_array_insert (list, to >= list->len ? -1 : (int) to, entry);
}

/* ---- properties of the document ---- */

/* "name", "outputs/rgb", "policy/preset": the struct and the field that a path means. */
static const DioField *
find_document_field (DioScenario *scenario, const char *path, gpointer *base)
{
  if (g_str_has_prefix (path, "policy/")) {
    DioFieldView view = dio_policy_get_view ();
    *base = &scenario->policy;
    return dio_field_view_find (&view, path + strlen ("policy/"));
  }
  if (g_str_has_prefix (path, "outputs/")) {
    DioFieldView view = dio_outputs_get_view ();
    *base = &scenario->outputs;
    return dio_field_view_find (&view, path + strlen ("outputs/"));
  }
  if (g_str_has_prefix (path, "sequence/")) {
    DioFieldView view = dio_sequence_get_view ();
    *base = &scenario->sequence;
    return dio_field_view_find (&view, path + strlen ("sequence/"));
  }
  DioFieldView view = dio_document_get_view ();
  *base = scenario;
  return dio_field_view_find (&view, path);
}

static DioScenario *
set_document_property (DioScenario *scenario, const char *path, const json_t *value, GError **error)
{
  g_autoptr (DioReader) reader = dio_reader_new ("");
  DioScenario *edited = dio_scenario_share (scenario);
  gpointer base;
  const DioField *field = find_document_field (edited, path, &base);
  if (field == NULL) {
    dio_edit_set_not_found ("property", path, error);
    dio_scenario_unref (edited);
    return NULL;
  }
  DioPropertyValue decoded;
  g_autofree char *message = NULL;
  const char *code = NULL;
  if (json_is_null (value))
    dio_field_store_default (field, base);
  else if ((code = dio_field_decode (field, value, &decoded, &message)) == NULL)
    dio_field_store (field, base, &decoded);
  else
    dio_reader_fault_at (reader, path, code, "%s", message);
  return dio_edit_finish (edited, reader, error);
}

DioScenario *
dio_scenario_with_property (DioScenario *scenario,
                            const char *path,
                            const json_t *value,
                            GError **error)
{
  g_return_val_if_fail (scenario != NULL && path != NULL && value != NULL, NULL);
  if (!g_str_has_prefix (path, "nodes/"))
    return set_document_property (scenario, path, value, error);
  const char *start = path + strlen ("nodes/");
  const char *slash = strchr (start, '/');
  if (slash == NULL) {
    dio_edit_set_not_found ("property", path, error);
    return NULL;
  }
  g_autofree char *id = g_strndup (start, (gsize) (slash - start));
  const char *const ids[] = { id, NULL };
  return dio_scenario_with_properties (scenario, ids, slash + 1, value, error);
}
