#define G_LOG_DOMAIN "dio-scene"

/* Ids for new entries. */

#include "dio-scene-edit-private.h"

#include <string.h>

/* Room for "_60000" within the 64 bytes of an id, and for the 63 of a sensor's. */
#define MAX_WISH 56

typedef struct {
  const DioScenario *scenario;
  DioScenarioList list;
  GHashTable *besides;
} Taken;

static gboolean
is_taken (const Taken *taken, const char *id)
{
  if (taken->besides != NULL && g_hash_table_contains (taken->besides, id))
    return TRUE;
  switch (taken->list) {
  case DIO_SCENARIO_NODES:
    return g_hash_table_contains (taken->scenario->node_index, id);
  case DIO_SCENARIO_ASSETS:
    return g_hash_table_contains (taken->scenario->asset_index, id);
  case DIO_SCENARIO_CATEGORIES:
    return g_hash_table_contains (taken->scenario->category_index, id);
  case DIO_SCENARIO_RANDOMIZERS:
  default:
    return dio_scenario_find_randomizer (taken->scenario, id) != NULL;
  }
}

/* What an id may hold of a text; letters lose their accents, runs of all else become one "_". */
static GString *
clean_wish (const char *wish, const char *fallback)
{
  GString *clean = g_string_new (NULL);
  g_autofree char *valid = wish != NULL ? g_utf8_make_valid (wish, -1) : g_strdup ("");
  g_autofree char *ascii = g_str_to_ascii (valid, "C");
  for (const char *c = ascii; *c != '\0' && clean->len < MAX_WISH; c++) {
    gboolean good = g_ascii_isalnum (*c) || strchr ("_.-", *c) != NULL;
    if (good)
      g_string_append_c (clean, *c);
    else if (clean->len > 0 && clean->str[clean->len - 1] != '_')
      g_string_append_c (clean, '_');
  }
  while (clean->len > 0 && clean->str[clean->len - 1] == '_')
    g_string_truncate (clean, clean->len - 1);
  if (clean->len == 0)
    g_string_assign (clean, fallback);
  return clean;
}

/* "mug_7" becomes "mug" and 7; 1 where there is no number. Long numbers are part of the name. */
static guint64
split_number (GString *id)
{
  gsize end = id->len;
  while (end > 0 && g_ascii_isdigit (id->str[end - 1]))
    end--;
  gsize digits = id->len - end;
  if (digits == 0 || digits > 9 || end < 2 || id->str[end - 1] != '_')
    return 1;
  guint64 number = g_ascii_strtoull (id->str + end, NULL, 10);
  g_string_truncate (id, end - 1);
  return number;
}

static char *
number_id (const GString *base, guint64 number)
{
  return g_strdup_printf ("%s_%" G_GUINT64_FORMAT, base->str, number);
}

/* A free number above @taken_number, found in few steps where thousands are taken: steps double until one is free, then halve back to the edge. */
static guint64
find_free_number (const Taken *taken, const GString *base, guint64 taken_number)
{
  guint64 low = taken_number, step = 1;
  for (;; step *= 2) {
    g_autofree char *id = number_id (base, low + step);
    if (!is_taken (taken, id))
      break;
    low += step;
  }
  guint64 high = low + step;
  while (high - low > 1) {
    guint64 middle = low + (high - low) / 2;
    g_autofree char *id = number_id (base, middle);
    if (is_taken (taken, id))
      low = middle;
    else
      high = middle;
  }
  return high;
}

char *
dio_scenario_dup_free_id (const DioScenario *scenario,
                          DioScenarioList list,
                          const char *wish,
                          GHashTable *besides)
{
  g_return_val_if_fail (scenario != NULL, NULL);
  static const char *const fallbacks[] = { "node", "asset", "category", "randomizer" };
  const Taken taken = { scenario, list, besides };
  GString *base = clean_wish (wish, fallbacks[list]);
  if (!is_taken (&taken, base->str))
    return g_string_free (base, FALSE);
  guint64 number = split_number (base);
  char *id = number_id (base, find_free_number (&taken, base, number));
  g_string_free (base, TRUE);
  return id;
}

char *
dio_scenario_dup_free_node_id (const DioScenario *scenario, const char *wish)
{
  return dio_scenario_dup_free_id (scenario, DIO_SCENARIO_NODES, wish, NULL);
}

char *
dio_scenario_dup_free_asset_id (const DioScenario *scenario, const char *wish)
{
  return dio_scenario_dup_free_id (scenario, DIO_SCENARIO_ASSETS, wish, NULL);
}

char *
dio_scenario_dup_free_category_id (const DioScenario *scenario, const char *wish)
{
  return dio_scenario_dup_free_id (scenario, DIO_SCENARIO_CATEGORIES, wish, NULL);
}

char *
dio_scenario_dup_free_randomizer_id (const DioScenario *scenario, const char *wish)
{
  return dio_scenario_dup_free_id (scenario, DIO_SCENARIO_RANDOMIZERS, wish, NULL);
}
