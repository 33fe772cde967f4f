#define G_LOG_DOMAIN "dio-randomize"

#include "dio-randomize-private.h"

#include "dio-base-hash.h"
#include "dio-core-even.h"
#include "dio-core-math.h"
#include "dio-scene-randomizer.h"

DioDrawing
dio_draw_begin (DioApply *apply, const DioWork *work, const char *property)
{
  const DioBuild *build = apply->build;
  const DioRandomizer *randomizer = apply->randomizer;
  guint32 hold = dio_randomizer_get_integer (randomizer, "hold", 1);
  DioDrawing drawing = { .apply = apply };
  drawing.key.seed = build->seed;
  /* The draw of the first target's first copy, where all are to share one. */
  gboolean together = dio_randomizer_get_number (randomizer, "together", 0) > 0.5;
  drawing.key.stream = dio_hash_strings_u64 (
      randomizer->id, together ? randomizer->targets[0] : work->node->id, property, (char *) NULL);
  guint32 number =
      dio_randomizer_is_each_step (randomizer) ? build->frame : (guint32) build->moment.sequence;
  drawing.key.frame = number / MAX (hold, 1);
  drawing.key.take = build->take;
  drawing.key.attempt = apply->attempt;
  drawing.key.copy = together ? 0 : work->copy;
  guint even = dio_randomizer_get_integer (randomizer, "even", 1);
  drawing.even = CLAMP (even, 1, DIO_RANDOM_MAX_BLOCK);
  drawing.record.randomizer = g_intern_string (randomizer->id);
  drawing.record.target = g_intern_string (work->node->id);
  drawing.record.property = g_intern_string (property);
  return drawing;
}

double
dio_draw_uniform (DioDrawing *drawing)
{
  double u = drawing->even > 1 ? dio_random_uniform_even (&drawing->key, drawing->even)
                               : dio_random_uniform (&drawing->key);
  drawing->key.component++;
  return u;
}

double
dio_draw_distribution (DioDrawing *drawing, const DioDistribution *distribution)
{
  if (drawing->even > 1)
    return dio_distribution_quantile (distribution, dio_draw_uniform (drawing));
  double value = dio_distribution_sample (distribution, &drawing->key);
  drawing->key.component++;
  return value;
}

double
dio_draw_param (DioDrawing *drawing, const char *param, double min, double max)
{
  const DioDistribution *distribution =
      dio_randomizer_get_distribution (drawing->apply->randomizer, param);
  if (distribution != NULL)
    return dio_draw_distribution (drawing, distribution);
  return min + dio_draw_uniform (drawing) * (max - min);
}

const char *
dio_draw_choose (DioDrawing *drawing, const char *const *strings)
{
  guint n = g_strv_length ((char **) strings);
  if (drawing->even > 1)
    return strings[(guint) (dio_draw_uniform (drawing) * n)];
  guint64 index = dio_random_below (&drawing->key, MAX (n, 1));
  drawing->key.component++;
  return strings[index];
}

double
dio_draw_elevation (DioDrawing *drawing, const char *param)
{
  const DioDistribution *distribution =
      dio_randomizer_get_distribution (drawing->apply->randomizer, param);
  if (distribution != NULL)
    return dio_draw_distribution (drawing, distribution);
  return dio_asin (2.0 * dio_draw_uniform (drawing) - 1.0);
}

DioVec3
dio_direction_from_angles (double azimuth_rad, double elevation_rad)
{
  double c = dio_cos (elevation_rad);
  return (DioVec3){ c * dio_cos (azimuth_rad), c * dio_sin (azimuth_rad), dio_sin (elevation_rad) };
}

void
dio_draw_append (DioDrawing *drawing)
{
  drawing->record.stream = drawing->key.stream;
  drawing->record.copy = drawing->key.copy;
  drawing->record.attempt = drawing->key.attempt;
  g_array_append_val (drawing->apply->build->draws, drawing->record);
}

void
dio_draw_keep (DioDrawing *drawing, guint n, const double *numbers)
{
  g_assert (n >= 1 && n <= G_N_ELEMENTS (drawing->record.numbers));
  drawing->record.n_numbers = n;
  for (guint i = 0; i < n; i++)
    drawing->record.numbers[i] = numbers[i];
}

const char *
dio_draw_redraw_name (guint attempt)
{
  g_autofree char *name = attempt > 0 ? g_strdup_printf ("redraw-%u", attempt) : NULL;
  return g_intern_string (name);
}

void
dio_draw_record (DioDrawing *drawing, guint n, const double *numbers)
{
  dio_draw_keep (drawing, n, numbers);
  dio_draw_append (drawing);
}

void
dio_draw_record_vec3 (DioDrawing *drawing, DioVec3 v)
{
  dio_draw_record (drawing, 3, (const double[]){ v.x, v.y, v.z });
}

void
dio_draw_record_string (DioDrawing *drawing, const char *string)
{
  drawing->record.string = g_intern_string (string);
  dio_draw_append (drawing);
}
