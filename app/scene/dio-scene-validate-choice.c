#define G_LOG_DOMAIN "dio-scene"

/* Values that a randomizer chooses from by name: each must be something that the property can take. */

#include "dio-parametric.h"
#include "dio-scene-choice.h"
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
  if (g_str_has_suffix (path, "_texture") || strcmp (path, "sensor/background") == 0)
    return dio_scenario_check_picture (scenario, name, DIO_ASSET_TEXTURE);
  return NULL;
}

char *
dio_scenario_check_name (const DioScenario *scenario, const DioPropertyInfo *info, const char *name)
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
    g_autofree char *wrong = dio_scenario_check_name (scenario, info, value->strings[i]);
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

static guint
get_size (const DioPropertyInfo *info)
{
  return MAX (dio_property_type_get_size (info->type), 1);
}

static void
check_rows (const DioScenario *scenario,
            DioReader *reader,
            const DioPropertyInfo *info,
            const DioRandomizerParam *rows)
{
  gboolean by_name = info->type == DIO_PROPERTY_STRING || info->type == DIO_PROPERTY_ENUM;
  gsize mark = dio_reader_push_key (reader, "rows");
  if (by_name != (rows->strings != NULL))
    dio_reader_fault (reader, "wrong-type", "must be %s, as \"%s\" takes them",
                      by_name ? "names" : "numbers", info->path);
  else if (rows->n_rows % get_size (info) != 0)
    dio_reader_fault (reader, "wrong-length", "must hold %u numbers for each row of \"%s\"",
                      get_size (info), info->path);
  for (guint i = 0; by_name && rows->strings != NULL && i < rows->n_rows; i++) {
    g_autofree char *wrong = dio_scenario_check_name (scenario, info, rows->strings[i]);
    gsize inner = dio_reader_push_index (reader, i);
    if (wrong != NULL)
      dio_reader_fault (reader, "dangling-reference", "%s", wrong);
    dio_reader_pop (reader, inner);
    if (wrong != NULL)
      break;
  }
  dio_reader_pop (reader, mark);
}

void
dio_scenario_check_table (const DioScenario *scenario,
                          DioReader *reader,
                          const DioPropertyInfo *info,
                          const DioRandomizer *randomizer)
{
  const DioRandomizerParam *rows = dio_randomizer_get_param (randomizer, "rows");
  const char *const *columns = dio_randomizer_get_strings (randomizer, "columns");
  guint n = columns != NULL ? g_strv_length ((GStrv) columns) : get_size (info);
  if (n != get_size (info))
    dio_reader_fault_at (reader, "columns", "wrong-length",
                         "must name %u of the file, as \"%s\" %s", get_size (info), info->path,
                         get_size (info) == 1 ? "is one value" : "has as many numbers");
  if (rows != NULL)
    check_rows (scenario, reader, info, rows);
}

void
dio_scenario_check_choice (const DioScenario *scenario,
                           DioReader *reader,
                           const DioRandomizer *randomizer)
{
  const char *const paths[] = { "folder", "file" };
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    const char *path = dio_randomizer_get_string (randomizer, paths[i], NULL);
    const char *wrong = path != NULL ? dio_scenario_check_path (path) : NULL;
    if (wrong != NULL)
      dio_reader_fault_at (reader, paths[i], "bad-path", "%s", wrong);
  }
  const DioChoiceInfo *choice = dio_choice_find_info (randomizer->type);
  const char *tag = dio_randomizer_get_string (randomizer, "tag", NULL);
  if (choice == NULL || tag == NULL)
    return;
  g_auto (GStrv) ids = dio_scenario_list_tagged (scenario, choice->kind, tag);
  if (ids[0] == NULL)
    dio_reader_fault_at (reader, "tag", "dangling-reference",
                         "names no tag of %s: \"%.64s\" stands at none of them in \"assets\"",
                         dio_asset_kind_describe (choice->kind), tag);
}
