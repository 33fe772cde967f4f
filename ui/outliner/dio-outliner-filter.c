#define G_LOG_DOMAIN "dio-outliner"

#include "dio-outliner-private.h"

#include "dio-edit-nodes.h"

#include <string.h>

static gboolean
contains (const char *haystack, const char *folded_needle)
{
  if (haystack == NULL)
    return FALSE;
  g_autofree char *folded = g_utf8_casefold (haystack, -1);
  return strstr (folded, folded_needle) != NULL;
}

static const char *
get_category_name (const DioScenario *scenario, const char *id)
{
  int index = dio_scenario_find_category (scenario, id);
  if (index < 0)
    return NULL;
  return ((const DioCategory *) g_ptr_array_index (scenario->categories, (guint) index))->name;
}

static gboolean
matches (const DioScenario *scenario, const DioNode *node, const char *needle)
{
  return contains (dio_edit_get_node_title (node), needle) || contains (node->id, needle)
         || contains (get_category_name (scenario, node->category), needle);
}

static void
keep_with_ancestors (const DioScenario *scenario, const DioNode *node, GHashTable *kept)
{
  while (node != NULL && !g_hash_table_contains (kept, node->id)) {
    g_hash_table_add (kept, g_strdup (node->id));
    node = dio_scenario_find_node (scenario, node->parent);
  }
}

GHashTable *
dio_outliner_find_matches (const DioScenario *scenario, const char *text)
{
  GHashTable *kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) found = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *needle = g_utf8_casefold (text, -1);
  g_strstrip (needle);
  /* Parents stand before children, so one pass finds what is below a match. */
  for (guint i = 0; i < scenario->nodes->len; i++) {
    const DioNode *node = g_ptr_array_index (scenario->nodes, i);
    gboolean below = node->parent != NULL && g_hash_table_contains (found, node->parent);
    if (!below && !matches (scenario, node, needle))
      continue;
    g_hash_table_add (found, node->id);
    keep_with_ancestors (scenario, node, kept);
  }
  return kept;
}
