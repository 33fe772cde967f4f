/* Robust scores: how many robust standard deviations a value is from the median of its kind. Medians and mean absolute
 * deviations do not move with the very values that are looked for. */
#define G_LOG_DOMAIN "dio-review"

#include "dio-review-table-private.h"

#include <math.h>
#include <string.h>

/* 1 / 0.6745: makes the MAD of normal values their standard deviation. */
#define MAD_SCALE 1.4826
/* sqrt (2 / pi): the same for the mean deviation. */
#define MEAN_SCALE 0.7979
#define MIN_VALUES 8

/** Median and spread of one kind of value. */
typedef struct {
  double median, spread; /**< spread NaN: too few values, or all the same */
} Norm;

static int
compare_doubles_cb (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static double
get_median (double *values, guint n)
{
  qsort (values, n, sizeof *values, compare_doubles_cb);
  return n % 2 ? values[n / 2] : 0.5 * (values[n / 2 - 1] + values[n / 2]);
}

/* @values is used up. */
static Norm
make_norm (GArray *values)
{
  double *v = (double *) (gpointer) values->data;
  Norm norm = { 0, (double) NAN };
  double sum = 0;

  if (values->len < MIN_VALUES)
    return norm;
  norm.median = get_median (v, values->len);
  for (guint i = 0; i < values->len; i++) {
    v[i] = fabs (v[i] - norm.median);
    sum += v[i];
  }
  double mad = get_median (v, values->len);
  double mean = sum / values->len;
  if (mad > 0)
    norm.spread = MAD_SCALE * mad;
  else if (mean > 0)
    norm.spread = mean / MEAN_SCALE;
  return norm;
}

static double
score (const Norm *norm, double value)
{
  return isnan (value) || isnan (norm->spread) ? 0 : fabs (value - norm->median) / norm->spread;
}

#define N_TRAITS 4

/* What an object is compared by; ratios matter in sizes, so their logarithms are. */
static double
get_trait (const DioObjectRecord *object, guint trait)
{
  static const DioReviewField fields[N_TRAITS] = { DIO_REVIEW_FIELD_SIZE_PX,
                                                   DIO_REVIEW_FIELD_ASPECT,
                                                   DIO_REVIEW_FIELD_DISTANCE_M,
                                                   DIO_REVIEW_FIELD_VISIBILITY };
  double value = dio_review_object_value (object, fields[trait]);

  if (fields[trait] == DIO_REVIEW_FIELD_VISIBILITY)
    return value;
  return value > 0 ? log (value) : (double) NAN;
}

static void
score_objects (const DioReviewTable *table, float *scores)
{
  guint n_categories = table->categories->len;
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  g_autofree Norm *norms = g_new0 (Norm, (gsize) n_categories * N_TRAITS + 1);
  g_autofree double *traits = g_new (double, (gsize) table->objects->len + 1);

  memset (scores, 0, table->objects->len * sizeof *scores);
  for (guint trait = 0; trait < N_TRAITS; trait++) {
    for (guint32 row = 0; row < table->objects->len; row++)
      traits[row] = get_trait (dio_review_table_object (table, row), trait);
    for (guint category = 0; category < n_categories; category++) {
      g_array_set_size (values, 0);
      for (guint32 row = 0; row < table->objects->len; row++)
        if (dio_review_table_object (table, row)->category == (gint16) category
            && !isnan (traits[row]))
          g_array_append_val (values, traits[row]);
      norms[category] = make_norm (values);
    }
    for (guint32 row = 0; row < table->objects->len; row++) {
      const DioObjectRecord *object = dio_review_table_object (table, row);
      float one = (float) score (&norms[object->category], traits[row]);
      scores[row] = MAX (scores[row], one);
    }
  }
}

static void
score_frames (const DioReviewTable *table, const float *objects, float *scores)
{
  static const DioReviewField fields[] = { DIO_REVIEW_FIELD_LUMINANCE, DIO_REVIEW_FIELD_N_OBJECTS };
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint32 row = 0; row < table->frames->len; row++) {
    const DioFrameRecord *frame = dio_review_table_frame (table, row);
    scores[row] = 0;
    for (guint32 i = 0; i < frame->n_objects; i++)
      scores[row] = MAX (scores[row], objects[frame->first_object + i]);
  }
  for (guint f = 0; f < G_N_ELEMENTS (fields); f++) {
    g_array_set_size (values, 0);
    for (guint32 row = 0; row < table->frames->len; row++) {
      double value = dio_review_table_get_value (table, DIO_REVIEW_FRAMES, row, fields[f]);
      if (!isnan (value))
        g_array_append_val (values, value);
    }
    Norm norm = make_norm (values);
    for (guint32 row = 0; row < table->frames->len; row++) {
      float one = (float) score (
          &norm, dio_review_table_get_value (table, DIO_REVIEW_FRAMES, row, fields[f]));
      scores[row] = MAX (scores[row], one);
    }
  }
}

void
dio_review_table_compute_outliers (const DioReviewTable *table, float *frames, float *objects)
{
  score_objects (table, objects);
  score_frames (table, objects, frames);
}
