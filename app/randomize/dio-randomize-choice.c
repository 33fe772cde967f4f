#define G_LOG_DOMAIN "dio-randomize"

/* What a node shows, and whether. */

#include "dio-randomize-private.h"

#include "dio-scene-randomizer.h"

#include <string.h>

#define PARAMETRIC "parametric:"

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
  const char *const *assets = dio_randomizer_get_strings (apply->randomizer, "assets");
  const DioDistribution *values = dio_randomizer_get_distribution (apply->randomizer, "values");
  DioDrawing drawing = dio_draw_begin (apply, work, "model/asset");
  const char *choice;
  if (values != NULL && values->strings != NULL)
    choice = values->strings[(guint) dio_draw_distribution (&drawing, values)];
  else if (assets != NULL)
    choice = dio_draw_choose (&drawing, assets);
  else
    return dio_apply_fail (apply, error, "it has no \"assets\" to choose from");
  dio_draw_record_string (&drawing, choice);
  return show (apply, work, choice, error);
}
