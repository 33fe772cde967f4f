#define G_LOG_DOMAIN "dio-outliner"

/* Rows of the tree are dragged to another place: above and below a row among its siblings, or into it as a child. What is dragged are the ids, one a line,
 * behind a word that tells them from other texts. */

#include "dio-outliner-private.h"

#include <string.h>

#define PREFIX "diorama-nodes:"
/* Parts of the row's height that mean above and below. */
#define EDGE 0.28

static gboolean
is_below (const DioScenario *scenario, const char *id, const char *ancestor)
{
  for (const DioNode *node = dio_scenario_find_node (scenario, id); node != NULL;
       node = dio_scenario_find_node (scenario, node->parent)) {
    if (strcmp (node->id, ancestor) == 0)
      return TRUE;
  }
  return FALSE;
}

/* The sibling behind @id in scene order, leaving out those that are moved. */
static const char *
find_next_sibling (const DioScenario *scenario, const char *id, const char *const *moved)
{
  const DioNode *node = dio_scenario_find_node (scenario, id);
  gboolean passed = FALSE;
  for (guint i = 0; i < scenario->nodes->len; i++) {
    const DioNode *other = g_ptr_array_index (scenario->nodes, i);
    if (passed && g_strcmp0 (other->parent, node->parent) == 0
        && !g_strv_contains (moved, other->id))
      return other->id;
    passed |= other == node;
  }
  return NULL;
}

gboolean
dio_outliner_find_place (DioSession *session,
                         const char *const *ids,
                         DioNodeItem *item,
                         int where,
                         const char **parent,
                         const char **before)
{
  const DioScenario *scenario = dio_session_get_scenario (session);
  const char *id = dio_node_item_get_id (item);
  const DioNode *node = dio_scenario_find_node (scenario, id);
  if (node == NULL || ids[0] == NULL)
    return FALSE;
  for (guint i = 0; ids[i] != NULL; i++) {
    if (is_below (scenario, id, ids[i]))
      return FALSE;
  }
  *parent = where == 0 ? node->id : node->parent;
  *before = where < 0 ? node->id : where > 0 ? find_next_sibling (scenario, id, ids) : NULL;
  return TRUE;
}

/* -- Source -- */

static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, DioOutlinerRow *row)
{
  DioSession *session = g_object_get_data (G_OBJECT (source), "session");
  DioNodeItem *item = dio_outliner_row_get_item (row);
  if (item == NULL)
    return NULL;
  DioSelection *selection = dio_session_get_selection (session);
  const char *id = dio_node_item_get_id (item);
  g_autofree char *list = dio_selection_contains (selection, id)
                              ? g_strjoinv ("\n", (char **) dio_selection_get_ids (selection))
                              : g_strdup (id);
  g_autofree char *text = g_strconcat (PREFIX, list, NULL);
  return gdk_content_provider_new_typed (G_TYPE_STRING, text);
}

static void
begin_cb (GtkDragSource *source, GdkDrag *drag, DioOutlinerRow *row)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (row));
  gtk_drag_source_set_icon (source, paintable, 12, 12);
}

/* -- Target -- */

static int
find_where (DioOutlinerRow *row, double y)
{
  double height = gtk_widget_get_height (GTK_WIDGET (row));
  if (y < height * EDGE)
    return -1;
  return y > height * (1 - EDGE) ? 1 : 0;
}

static GdkDragAction
motion_cb (GtkDropTarget *target, double x, double y, DioOutlinerRow *row)
{
  const GValue *value = gtk_drop_target_get_value (target);
  const char *text = value != NULL ? g_value_get_string (value) : NULL;
  if (text != NULL && !g_str_has_prefix (text, PREFIX))
    return 0;
  dio_outliner_row_set_drop (row, find_where (row, y));
  return GDK_ACTION_MOVE;
}

static void
leave_cb (GtkDropTarget *target, DioOutlinerRow *row)
{
  dio_outliner_row_set_drop (row, 2);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, DioOutlinerRow *row)
{
  DioSession *session = g_object_get_data (G_OBJECT (target), "session");
  DioNodeItem *item = dio_outliner_row_get_item (row);
  const char *text = g_value_get_string (value);
  dio_outliner_row_set_drop (row, 2);
  if (item == NULL || text == NULL || !g_str_has_prefix (text, PREFIX))
    return FALSE;
  g_auto (GStrv) ids = g_strsplit (text + strlen (PREFIX), "\n", -1);
  const char *parent, *before;
  if (!dio_outliner_find_place (session, (const char *const *) ids, item, find_where (row, y),
                                &parent, &before))
    return FALSE;
  /* The names belong to the document that the move replaces. */
  g_autofree char *kept_parent = g_strdup (parent);
  g_autofree char *kept_before = g_strdup (before);
  return dio_outliner_move (session, (const char *const *) ids, kept_parent, kept_before);
}

void
dio_outliner_drag_setup (DioOutlinerRow *row, DioSession *session)
{
  GtkDragSource *source = gtk_drag_source_new ();
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_object_set_data (G_OBJECT (source), "session", session);
  g_signal_connect_object (source, "prepare", G_CALLBACK (prepare_cb), row, 0);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (begin_cb), row, 0);
  gtk_widget_add_controller (GTK_WIDGET (row), GTK_EVENT_CONTROLLER (source));

  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_STRING, GDK_ACTION_MOVE);
  gtk_drop_target_set_preload (target, TRUE);
  g_object_set_data (G_OBJECT (target), "session", session);
  g_signal_connect_object (target, "enter", G_CALLBACK (motion_cb), row, 0);
  g_signal_connect_object (target, "motion", G_CALLBACK (motion_cb), row, 0);
  g_signal_connect_object (target, "leave", G_CALLBACK (leave_cb), row, 0);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), row, 0);
  gtk_widget_add_controller (GTK_WIDGET (row), GTK_EVENT_CONTROLLER (target));
}
