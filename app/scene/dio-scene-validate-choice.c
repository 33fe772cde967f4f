#define G_LOG_DOMAIN "dio-scene"

/* Values that a randomizer chooses from by name: each must be something that the property can take. */

#include "dio-parametric.h"
#include "dio-scene-property-private.h"
#include "dio-scene-randomizer.h"
#include "dio-scene-scenario-private.h"

#include <string.h>

#define PARAMETRIC "parametric:"

char *
dio_scenario_check_model_choice (const DioScenario *scenario, const char *name)
{
  if (g_str_has_prefix (name, PARAMETRIC))
    return dio_parametric_find (name + strlen (PARAMETRIC)) != NULL
               ? NULL
               : g_strdup_printf ("names no parametric model: \"%.64s\"", name);
  const DioAsset *asset = dio_scenario_find_asset (scenario, name);
  return asset != NULL && asset->kind == DIO_ASSET_MODEL
             ? NULL
             : g_strdup_printf ("names no model: \"%.64s\" is no such entry of \"assets\"", name);
}

static char *
check_text_property (const DioScenario *scenario, const char *path, const char *name)
{
  if (strcmp (path, "category") == 0)
    return dio_scenario_find_category (scenario, name) >= 0
               ? NULL
               : g_strdup_printf ("names no category: \"%.64s\" is not in \"categories\"", name);
  if (strcmp (path, "model/asset") == 0)
    return dio_scenario_check_model_choice (scenario, name);
  if (strcmp (path, "model/parametric") == 0)
    return dio_parametric_find (name) != NULL
               ? NULL
               : g_strdup_printf ("names no parametric model: \"%.64s\"", name);
  if (strcmp (path, "light/environment") == 0)
    return dio_scenario_check_picture (scenario, name, DIO_ASSET_ENVIRONMENT);
  if (g_str_has_suffix (path, "_texture"))
    return dio_scenario_check_picture (scenario, name, DIO_ASSET_TEXTURE);
  return NULL;
}

static char *
check_name (const DioScenario *scenario, const DioPropertyInfo *info, const char *name)
{
  if (info->type == DIO_PROPERTY_STRING)
    return check_text_property (scenario, info->path, name);
  if (g_strv_contains (info->enum_names, name))
    return NULL;
  g_autofree char *list = g_strjoinv ("\", \"", (GStrv) info->enum_names);
  return g_strdup_printf ("must be one of \"%s\", is \"%.64s\"", list, name);
}

/* Faults at "KEY/values/INDEX". */
static void
fault_choice (DioReader *reader, const char *key, guint index, const char *wrong)
{
  gsize mark = dio_reader_push_key (reader, key);
  gsize inner = dio_reader_push_key (reader, "values");
  gsize last = dio_reader_push_index (reader, index);
  dio_reader_fault (reader, "dangling-reference", "%s", wrong);
  dio_reader_pop (reader, last);
  dio_reader_pop (reader, inner);
  dio_reader_pop (reader, mark);
}

void
dio_scenario_check_drawn_values (const DioScenario *scenario,
                                 DioReader *reader,
                                 const DioPropertyInfo *info,
                                 const DioDistribution *value)
{
  gboolean by_name = info->type == DIO_PROPERTY_STRING || info->type == DIO_PROPERTY_ENUM;
  if (by_name != (value->strings != NULL)) {
    dio_reader_fault_at (reader, "value", "wrong-type", "must be %s, as \"%s\" takes %s",
                         by_name ? "a choice of strings" : "a distribution of numbers", info->path,
                         by_name ? "names" : "numbers");
    return;
  }
  for (guint i = 0; by_name && i < value->n_choices; i++) {
    g_autofree char *wrong = check_name (scenario, info, value->strings[i]);
    if (wrong != NULL)
      fault_choice (reader, "value", i, wrong);
  }
}

void
dio_scenario_check_model_values (const DioScenario *scenario,
                                 DioReader *reader,
                                 const DioDistribution *values)
{
  for (guint i = 0; values->strings != NULL && i < values->n_choices; i++) {
    g_autofree char *wrong = dio_scenario_check_model_choice (scenario, values->strings[i]);
    if (wrong != NULL)
      fault_choice (reader, "values", i, wrong);
  }
}
