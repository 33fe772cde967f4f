#define G_LOG_DOMAIN "dio-randomize"

/* What a node shows, and whether. */

#include "dio-randomize-private.h"

#include "dio-scene-choice.h"

#include <string.h>

#define PARAMETRIC "parametric:"

const char *
dio_draw_asset (DioDrawing *drawing, GError **error)
{
  DioApply *apply = drawing->apply;
  const DioRandomizer *randomizer = apply->randomizer;
  const DioChoiceInfo *info = dio_choice_find_info (randomizer->type);
  const char *const *list = dio_randomizer_get_strings (randomizer, info->list);
  const char *tag = dio_randomizer_get_string (randomizer, "tag", NULL);
  const char *folder = dio_randomizer_get_string (randomizer, "folder", NULL);
  if (list != NULL)
    return g_intern_string (dio_draw_choose (drawing, list));
  g_auto (GStrv) tagged =
      tag != NULL ? dio_scenario_list_tagged (apply->build->scenario, info->kind, tag) : NULL;
  if (tagged != NULL && tagged[0] != NULL)
    return g_intern_string (dio_draw_choose (drawing, (const char *const *) tagged));
  if (folder != NULL)
    dio_apply_fail (apply, error, "the folder \"%s\" has not been read", folder);
  else
    dio_apply_fail (apply, error, "it has no \"%s\" to choose from", info->list);
  return NULL;
}

gboolean
dio_apply_visibility (DioApply *apply, DioWork *work, GError **error)
{
  DioDrawing drawing = dio_draw_begin (apply, work, "visible");
  double probability = dio_randomizer_get_number (apply->randomizer, "probability", 1);
  gboolean visible = dio_draw_uniform (&drawing) < probability;
  dio_draw_record (&drawing, 1, (const double[]){ visible });
  dio_work_edit (work)->visible = visible;
  return TRUE;
}

static gboolean
show (DioApply *apply, DioWork *work, const char *choice, GError **error)
{
  DioPropertyValue value = { .string = choice };
  if (g_str_has_prefix (choice, PARAMETRIC)) {
    value.string = choice + strlen (PARAMETRIC);
    return dio_apply_value (apply, work, "model/parametric", &value, error);
  }
  const DioAsset *asset = dio_scenario_find_asset (apply->build->scenario, choice);
  if (asset == NULL || asset->kind != DIO_ASSET_MODEL)
    return dio_apply_fail (apply, error, "there is no model asset \"%s\"; add it or remove it here",
                           choice);
  return dio_apply_value (apply, work, "model/asset", &value, error);
}

gboolean
dio_apply_asset_choice (DioApply *apply, DioWork *work, GError **error)
{
  const DioDistribution *values = dio_randomizer_get_distribution (apply->randomizer, "values");
  DioDrawing drawing = dio_draw_begin (apply, work, "model/asset");
  const char *choice;
  if (values != NULL && values->strings != NULL)
    choice = values->strings[(guint) dio_draw_distribution (&drawing, values)];
  else
    choice = dio_draw_asset (&drawing, error);
  if (choice == NULL)
    return FALSE;
  dio_draw_record_string (&drawing, choice);
  return show (apply, work, choice, error);
}

gboolean
dio_apply_background_choice (DioApply *apply, DioWork *work, GError **error)
{
  DioDrawing drawing = dio_draw_begin (apply, work, "sensor/background");
  DioPropertyValue value = { .string = dio_draw_asset (&drawing, error) };
  if (value.string == NULL)
    return FALSE;
  dio_draw_record_string (&drawing, value.string);
  return dio_apply_value (apply, work, "sensor/background", &value, error);
}
