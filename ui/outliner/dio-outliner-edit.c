#define G_LOG_DOMAIN "dio-outliner"

#include "dio-outliner-private.h"

#include "dio-base-json.h"
#include "dio-edit-nodes.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *const *
get_ids (DioSession *session)
{
  return dio_selection_get_ids (dio_session_get_selection (session));
}

char *
dio_outliner_dup_step (DioSession *session,
                       const char *const *ids,
                       const char *one,
                       const char *many)
{
  guint n = g_strv_length ((char **) ids);
  const DioNode *node =
      n > 0 ? dio_scenario_find_node (dio_session_get_scenario (session), ids[0]) : NULL;
  g_autofree char *text = n == 1 && node != NULL ? g_strdup (dio_edit_get_node_title (node))
                                                 : g_strdup_printf ("%u", n);
  g_auto (GStrv) parts = g_strsplit (n == 1 ? one : many, "%s", 2);
  return g_strjoinv (text, parts);
}

/* Takes @next and frees @name; tells the user where there is none. */
static gboolean
finish (
    DioSession *session, DioScenario *next, char *name, const char *problem, const GError *error)
{
  g_autofree char *step = name;
  if (next == NULL) {
    dio_session_report (session, DIO_SEVERITY_WARNING, problem, error, NULL, NULL);
    return FALSE;
  }
  dio_session_commit (session, next, step, NULL);
  return TRUE;
}

void
dio_outliner_rename (DioSession *session, const char *id, const char *name)
{
  const char *ids[] = { id, NULL };
  g_autoptr (json_t) value = json_string (name);
  g_autoptr (GError) error = NULL;
  /* Translators: an undo step; the new name of an object follows */
  g_autofree char *step = g_strdup_printf (_ ("Rename to %s"), name);
  if (!dio_session_set_property (session, ids, "name", value, step, NULL, &error))
    dio_session_report (session, DIO_SEVERITY_WARNING, _ ("The object was not renamed"), error,
                        NULL, NULL);
}

void
dio_outliner_delete (DioSession *session)
{
  const char *const *ids = get_ids (session);
  if (ids[0] == NULL)
    return;
  g_autoptr (GError) error = NULL;
  char *name = dio_outliner_dup_step (session, ids, _ ("Delete %s"), _ ("Delete %s Objects"));
  DioScenario *next = dio_edit_delete_nodes (dio_session_get_scenario (session), ids, &error);
  finish (session, next, name, _ ("The selection was not deleted"), error);
}

void
dio_outliner_duplicate (DioSession *session)
{
  const char *const *ids = get_ids (session);
  if (ids[0] == NULL)
    return;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) new_ids = NULL;
  char *name = dio_outliner_dup_step (session, ids, _ ("Duplicate %s"), _ ("Duplicate %s Objects"));
  DioScenario *next =
      dio_edit_duplicate_nodes (dio_session_get_scenario (session), ids, TRUE, &new_ids, &error);
  if (finish (session, next, name, _ ("The selection was not duplicated"), error))
    dio_selection_set (dio_session_get_selection (session), (const char *const *) new_ids);
}

void
dio_outliner_group (DioSession *session)
{
  const char *const *ids = get_ids (session);
  if (ids[0] == NULL)
    return;
  g_autoptr (GError) error = NULL;
  g_autofree char *group = NULL;
  char *name = dio_outliner_dup_step (session, ids, _ ("Group %s"), _ ("Group %s Objects"));
  DioScenario *next =
      dio_edit_group_nodes (dio_session_get_scenario (session), ids, _ ("Group"), &group, &error);
  if (finish (session, next, name, _ ("The selection was not grouped"), error))
    dio_selection_set_one (dio_session_get_selection (session), group);
}

void
dio_outliner_ungroup (DioSession *session)
{
  const char *const *ids = get_ids (session);
  if (ids[0] == NULL)
    return;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) freed = NULL;
  char *name = dio_outliner_dup_step (session, ids, _ ("Ungroup %s"), _ ("Ungroup %s Groups"));
  DioScenario *next =
      dio_edit_ungroup_nodes (dio_session_get_scenario (session), ids, &freed, &error);
  if (finish (session, next, name, _ ("The group was not taken apart"), error))
    dio_selection_set (dio_session_get_selection (session), (const char *const *) freed);
}

static void
show_nodes (DioSession *session, const char *const *ids, gboolean visible)
{
  g_autoptr (GError) error = NULL;
  char *name = visible ? dio_outliner_dup_step (session, ids, _ ("Show %s"), _ ("Show %s Objects"))
                       : dio_outliner_dup_step (session, ids, _ ("Hide %s"), _ ("Hide %s Objects"));
  DioScenario *next =
      dio_edit_show_nodes (dio_session_get_scenario (session), ids, visible, &error);
  finish (session, next, name, _ ("The objects were not hidden or shown"), error);
}

void
dio_outliner_show (DioSession *session, const char *id, gboolean visible)
{
  show_nodes (session, (const char *[]){ id, NULL }, visible);
}

void
dio_outliner_toggle_hidden (DioSession *session)
{
  const DioScenario *scenario = dio_session_get_scenario (session);
  const char *const *ids = get_ids (session);
  gboolean any_visible = FALSE;
  for (guint i = 0; ids[i] != NULL; i++) {
    const DioNode *node = dio_scenario_find_node (scenario, ids[i]);
    any_visible |= node != NULL && node->visible;
  }
  if (ids[0] != NULL)
    show_nodes (session, ids, !any_visible);
}

void
dio_outliner_isolate (DioSession *session)
{
  const char *const *ids = get_ids (session);
  if (ids[0] == NULL)
    return;
  g_autoptr (GError) error = NULL;
  char *name = dio_outliner_dup_step (session, ids, _ ("Isolate %s"), _ ("Isolate %s Objects"));
  DioScenario *next = dio_edit_isolate_nodes (dio_session_get_scenario (session), ids, &error);
  finish (session, next, name, _ ("The selection was not isolated"), error);
}

void
dio_outliner_show_all (DioSession *session)
{
  g_autoptr (GError) error = NULL;
  DioScenario *next = dio_edit_show_all (dio_session_get_scenario (session), &error);
  finish (session, next, g_strdup (_ ("Show All")), _ ("The objects were not shown"), error);
}

void
dio_outliner_toggle_locked (DioSession *session)
{
  const char *const *ids = get_ids (session);
  gboolean any_free = FALSE;
  for (guint i = 0; ids[i] != NULL; i++) {
    DioNodeItem *item = dio_session_find_node_item (session, ids[i]);
    any_free |= item != NULL && !dio_node_item_get_locked (item);
  }
  for (guint i = 0; ids[i] != NULL; i++) {
    DioNodeItem *item = dio_session_find_node_item (session, ids[i]);
    if (item != NULL)
      dio_node_item_set_locked (item, any_free);
  }
}

void
dio_outliner_select_all (DioSession *session)
{
  const DioScenario *scenario = dio_session_get_scenario (session);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  for (guint i = 0; i < scenario->nodes->len; i++)
    g_ptr_array_add (ids, ((const DioNode *) g_ptr_array_index (scenario->nodes, i))->id);
  g_ptr_array_add (ids, NULL);
  dio_selection_set (dio_session_get_selection (session), (const char *const *) ids->pdata);
}

/* -- Clipboard -- */

gboolean
dio_outliner_copy (DioSession *session, GdkClipboard *clipboard)
{
  const char *const *ids = get_ids (session);
  if (ids[0] == NULL)
    return FALSE;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = dio_edit_copy_nodes (dio_session_get_scenario (session), ids, &error);
  if (text == NULL) {
    dio_session_report (session, DIO_SEVERITY_WARNING, _ ("The selection was not copied"), error,
                        NULL, NULL);
    return FALSE;
  }
  gdk_clipboard_set_text (clipboard, text);
  return TRUE;
}

/* What is pasted goes into the selected group, else to the root. */
static const char *
get_target_group (DioSession *session)
{
  const char *active = dio_selection_get_active (dio_session_get_selection (session));
  const DioNode *node = dio_scenario_find_node (dio_session_get_scenario (session), active);
  return node != NULL && node->kind == DIO_NODE_GROUP ? node->id : NULL;
}

void
dio_outliner_paste_text (DioSession *session, const char *text)
{
  if (text == NULL || !dio_edit_is_copied_nodes (text)) {
    dio_session_report (session, DIO_SEVERITY_NOTE, _ ("The clipboard holds no objects"), NULL,
                        NULL, NULL);
    return;
  }
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) new_ids = NULL;
  DioScenario *next = dio_edit_paste_nodes (dio_session_get_scenario (session), text,
                                            get_target_group (session), &new_ids, &error);
  if (finish (session, next, g_strdup (_ ("Paste")), _ ("The objects were not pasted"), error))
    dio_selection_set (dio_session_get_selection (session), (const char *const *) new_ids);
}

static void
text_read_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  g_autoptr (DioSession) session = user;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  dio_outliner_paste_text (session, text);
}

void
dio_outliner_paste (DioSession *session, GdkClipboard *clipboard)
{
  gdk_clipboard_read_text_async (clipboard, NULL, text_read_cb, g_object_ref (session));
}

/* -- The tree -- */

gboolean
dio_outliner_move (DioSession *session,
                   const char *const *ids,
                   const char *parent,
                   const char *before)
{
  g_autoptr (GError) error = NULL;
  char *name = dio_outliner_dup_step (session, ids, _ ("Move %s in the Tree"),
                                      _ ("Move %s Objects in the Tree"));
  DioScenario *next =
      dio_edit_reparent_nodes (dio_session_get_scenario (session), ids, parent, before, &error);
  return finish (session, next, name, _ ("The objects cannot go there"), error);
}
