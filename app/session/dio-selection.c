#define G_LOG_DOMAIN "dio-session"

#include "dio-selection.h"

#include "dio-selection-private.h"

#include <string.h>

struct _DioSelection {
  GObject parent;
  GPtrArray *ids; /**< of char*, always with a NULL at the end */
};

G_DEFINE_FINAL_TYPE (DioSelection, dio_selection, G_TYPE_OBJECT)

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
finalize (GObject *object)
{
  DioSelection *selection = DIO_SELECTION (object);
  g_ptr_array_unref (selection->ids);
  G_OBJECT_CLASS (dio_selection_parent_class)->finalize (object);
}

static void
dio_selection_class_init (DioSelectionClass *class)
{
  G_OBJECT_CLASS (class)->finalize = finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dio_selection_init (DioSelection *selection)
{
  selection->ids = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (selection->ids, NULL);
}

DioSelection *
dio_selection_new (void)
{
  return g_object_new (DIO_TYPE_SELECTION, NULL);
}

static void
emit_changed (DioSelection *selection)
{
  g_signal_emit (selection, signals[SIGNAL_CHANGED], 0);
}

static guint
count (DioSelection *selection)
{
  return selection->ids->len - 1;
}

/* Position of @id, or -1. */
static int
find (DioSelection *selection, const char *id)
{
  for (guint i = 0; i < count (selection); i++)
    if (strcmp (g_ptr_array_index (selection->ids, i), id) == 0)
      return (int) i;
  return -1;
}

static void
append (DioSelection *selection, const char *id)
{
  g_ptr_array_insert (selection->ids, (gint) count (selection), g_strdup (id));
}

static gboolean
equals (DioSelection *selection, const char *const *ids)
{
  guint n = ids != NULL ? g_strv_length ((GStrv) ids) : 0;
  if (n != count (selection))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (strcmp (ids[i], g_ptr_array_index (selection->ids, i)) != 0)
      return FALSE;
  return TRUE;
}

void
dio_selection_set (DioSelection *selection, const char *const *ids)
{
  g_return_if_fail (DIO_IS_SELECTION (selection));

  if (equals (selection, ids))
    return;
  /* The ids may be those of the selection itself, so the old list lives until the new one stands. */
  g_autoptr (GPtrArray) old = g_steal_pointer (&selection->ids);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  selection->ids = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (selection->ids, NULL);
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    if (g_hash_table_add (seen, (gpointer) ids[i]))
      append (selection, ids[i]);
  emit_changed (selection);
}

void
dio_selection_set_one (DioSelection *selection, const char *id)
{
  const char *const ids[] = { id, NULL };
  dio_selection_set (selection, ids);
}

void
dio_selection_add (DioSelection *selection, const char *id)
{
  g_return_if_fail (DIO_IS_SELECTION (selection) && id != NULL);

  int at = find (selection, id);
  if (at >= 0 && (guint) at + 1 == count (selection))
    return;
  g_autofree char *copy = g_strdup (id);
  if (at >= 0)
    g_ptr_array_remove_index (selection->ids, (guint) at);
  append (selection, copy);
  emit_changed (selection);
}

void
dio_selection_remove (DioSelection *selection, const char *id)
{
  g_return_if_fail (DIO_IS_SELECTION (selection) && id != NULL);

  int at = find (selection, id);
  if (at < 0)
    return;
  g_ptr_array_remove_index (selection->ids, (guint) at);
  emit_changed (selection);
}

void
dio_selection_toggle (DioSelection *selection, const char *id)
{
  g_return_if_fail (DIO_IS_SELECTION (selection) && id != NULL);

  if (find (selection, id) >= 0)
    dio_selection_remove (selection, id);
  else
    dio_selection_add (selection, id);
}

void
dio_selection_clear (DioSelection *selection)
{
  dio_selection_set (selection, NULL);
}

gboolean
dio_selection_contains (DioSelection *selection, const char *id)
{
  g_return_val_if_fail (DIO_IS_SELECTION (selection) && id != NULL, FALSE);

  return find (selection, id) >= 0;
}

guint
dio_selection_get_count (DioSelection *selection)
{
  g_return_val_if_fail (DIO_IS_SELECTION (selection), 0);

  return count (selection);
}

const char *const *
dio_selection_get_ids (DioSelection *selection)
{
  g_return_val_if_fail (DIO_IS_SELECTION (selection), NULL);

  return (const char *const *) selection->ids->pdata;
}

const char *
dio_selection_get_active (DioSelection *selection)
{
  g_return_val_if_fail (DIO_IS_SELECTION (selection), NULL);

  guint n = count (selection);
  return n > 0 ? g_ptr_array_index (selection->ids, n - 1) : NULL;
}

void
dio_selection_keep_existing (DioSelection *selection, const DioScenario *scenario)
{
  guint before = count (selection);
  for (guint i = before; i-- > 0;)
    if (dio_scenario_find_node (scenario, g_ptr_array_index (selection->ids, i)) == NULL)
      g_ptr_array_remove_index (selection->ids, i);
  if (count (selection) != before)
    emit_changed (selection);
}
