#define G_LOG_DOMAIN "dio-randomize"

/* One of several. */

#include "dio-randomize-private.h"

#include "dio-scene-randomizer.h"

guint
dio_draw_pick (DioDrawing *drawing, double u)
{
  const DioRandomizer *randomizer = drawing->apply->randomizer;
  const GArray *weights = dio_randomizer_get_numbers (randomizer, "weights");
  guint n = g_strv_length (randomizer->targets), chosen = 0;
  double total = 0;
  for (guint i = 0; i < n; i++)
    total += weights != NULL ? g_array_index (weights, double, i) : 1;
  double left = u * total;
  for (guint i = 0; i < n; i++) {
    double weight = weights != NULL ? g_array_index (weights, double, i) : 1;
    if (weight > 0)
      chosen = i;
    if (left < weight)
      break;
    left -= weight;
  }
  return chosen;
}

/* One number says whether one shows and which, so that even draws share both. */
gboolean
dio_apply_show_one (DioApply *apply, GError **error)
{
  const DioRandomizer *randomizer = apply->randomizer;
  double probability = dio_randomizer_get_number (randomizer, "probability", 1);
  DioDrawing drawing =
      dio_draw_begin (apply, dio_build_find (apply->build, randomizer->targets[0], 0), "shown");
  double u = dio_draw_uniform (&drawing);
  gboolean any = u < probability;
  guint chosen = any ? dio_draw_pick (&drawing, u / probability) : 0;
  dio_draw_record_string (&drawing, any ? randomizer->targets[chosen] : "");
  for (guint i = 0; randomizer->targets[i] != NULL; i++) {
    g_autoptr (GPtrArray) works = dio_build_list (apply->build, randomizer->targets[i]);
    for (guint k = 0; k < works->len; k++)
      dio_work_edit (g_ptr_array_index (works, k))->visible = any && i == chosen;
  }
  return TRUE;
}
