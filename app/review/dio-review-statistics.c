/* Figures over rows, in one pass. */
#define G_LOG_DOMAIN "dio-review"

#include "dio-review-statistics.h"

#include "dio-base-json.h"
#include "dio-review-histogram-private.h"
#include "dio-review-table-private.h"

#include <math.h>

/* Bounds of COCO's sizes, in pixels of area. */
#define SMALL_AREA (32.0 * 32.0)
#define MEDIUM_AREA (96.0 * 96.0)

static void
count_share (guint64 bins[20], double value)
{
  if (!isnan (value))
    bins[(guint) CLAMP (value * 20, 0, 19)]++;
}

static void
count_size (DioReviewStatistics *s, double size_px)
{
  double area = size_px * size_px;
  double bin = size_px > 0 ? floor (2 * log2 (size_px)) : 0;

  s->sizes[(guint) CLAMP (bin, 0, DIO_REVIEW_N_SIZE_BINS - 1)]++;
  if (area < SMALL_AREA)
    s->small++;
  else if (area < MEDIUM_AREA)
    s->medium++;
  else
    s->large++;
}

static void
count_object (DioReviewStatistics *s, const DioFrameRecord *frame, const DioObjectRecord *object)
{
  s->objects++;
  g_array_index (s->categories, DioReviewCategoryCount, object->category).objects++;
  count_share (s->visibility, object->visibility);
  count_share (s->truncation, object->truncation);
  dio_review_histogram_add (&s->distance, object->distance, TRUE);
  /* What is wholly hidden has no place in the picture. */
  if (object->x1 <= object->x0 || object->y1 <= object->y0)
    return;
  count_size (s, dio_review_object_value (object, DIO_REVIEW_FIELD_SIZE_PX));
  guint64 column =
      (guint64) (object->x0 + object->x1) * DIO_REVIEW_HEAT_SIDE / (2 * (guint64) frame->width);
  guint64 row =
      (guint64) (object->y0 + object->y1) * DIO_REVIEW_HEAT_SIDE / (2 * (guint64) frame->height);
  s->heat[MIN (row, DIO_REVIEW_HEAT_SIDE - 1)][MIN (column, DIO_REVIEW_HEAT_SIDE - 1)]++;
}

/* Counts a picture with those of its objects that @flags (nullable: all) marks. */
static void
count_frame (DioReviewStatistics *s, const DioReviewTable *table, guint32 row, const guint8 *flags)
{
  const DioFrameRecord *frame = dio_review_table_frame (table, row);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  guint n = 0;

  for (guint32 i = frame->first_object; i < frame->first_object + frame->n_objects; i++) {
    const DioObjectRecord *object = dio_review_table_object (table, i);
    if (flags && !flags[i])
      continue;
    count_object (s, frame, object);
    n++;
    if (g_hash_table_add (seen, GINT_TO_POINTER (object->category + 1)))
      g_array_index (s->categories, DioReviewCategoryCount, object->category).frames++;
  }
  s->frames++;
  s->empty_frames += n == 0;
  s->failed_frames += !frame->checks_passed;
  count_share (s->luminance, frame->luminance);
  if (n >= s->objects_per_frame->len)
    g_array_set_size (s->objects_per_frame, n + 1);
  g_array_index (s->objects_per_frame, guint64, n)++;
}

static void
count_object_list (DioReviewStatistics *s, const DioReviewTable *table, const DioReviewList *list)
{
  g_autofree guint8 *objects = g_new0 (guint8, (gsize) table->objects->len + 1);
  g_autofree guint8 *frames = g_new0 (guint8, (gsize) table->frames->len + 1);

  for (guint32 i = 0; i < list->n; i++) {
    objects[list->rows[i]] = TRUE;
    frames[dio_review_table_object (table, list->rows[i])->frame] = TRUE;
  }
  for (guint32 row = 0; row < table->frames->len; row++)
    if (frames[row])
      count_frame (s, table, row, objects);
}

static void
finish (DioReviewStatistics *s)
{
  guint64 most = 0, fewest = G_MAXUINT64, sum = 0;
  double entropy = 0;

  for (guint i = 0; i < s->categories->len; i++) {
    guint64 n = g_array_index (s->categories, DioReviewCategoryCount, i).objects;
    most = MAX (most, n);
    fewest = n > 0 ? MIN (fewest, n) : fewest;
  }
  s->balance = most > 0 ? (double) most / (double) fewest : (double) NAN;
  for (guint i = 0; i < DIO_REVIEW_HEAT_SIDE * DIO_REVIEW_HEAT_SIDE; i++)
    sum += s->heat[i / DIO_REVIEW_HEAT_SIDE][i % DIO_REVIEW_HEAT_SIDE];
  for (guint i = 0; i < DIO_REVIEW_HEAT_SIDE * DIO_REVIEW_HEAT_SIDE; i++) {
    double share = (double) s->heat[i / DIO_REVIEW_HEAT_SIDE][i % DIO_REVIEW_HEAT_SIDE]
                   / (double) MAX (sum, 1);
    entropy -= share > 0 ? share * log (share) : 0;
  }
  s->heat_entropy = entropy / log (DIO_REVIEW_HEAT_SIDE * DIO_REVIEW_HEAT_SIDE);
}

DioReviewStatistics *
dio_review_statistics_new (DioReviewTable *table, const DioReviewList *list)
{
  g_return_val_if_fail (table, NULL);

  DioReviewStatistics *s = g_new0 (DioReviewStatistics, 1);

  s->categories = g_array_new (FALSE, TRUE, sizeof (DioReviewCategoryCount));
  g_array_set_size (s->categories, table->categories->len);
  s->objects_per_frame = g_array_new (FALSE, TRUE, sizeof (guint64));
  dio_review_histogram_init_for (&s->distance, table, DIO_REVIEW_OBJECTS,
                                 DIO_REVIEW_FIELD_DISTANCE_M);
  if (list && list->unit == DIO_REVIEW_OBJECTS)
    count_object_list (s, table, list);
  else
    for (guint32 i = 0; i < (list ? list->n : table->frames->len); i++)
      count_frame (s, table, list ? list->rows[i] : i, NULL);
  finish (s);
  return s;
}

void
dio_review_statistics_free (DioReviewStatistics *statistics)
{
  if (!statistics)
    return;
  g_array_unref (statistics->categories);
  g_array_unref (statistics->objects_per_frame);
  g_free (statistics);
}

static json_t *
counts_to_json (const guint64 *counts, guint n)
{
  json_t *array = json_array ();

  for (guint i = 0; i < n; i++)
    json_array_append_new (array, json_integer ((json_int_t) counts[i]));
  return array;
}

static json_t *
categories_to_json (const DioReviewStatistics *s, const DioReviewTable *table)
{
  json_t *array = json_array ();

  for (guint i = 0; i < s->categories->len; i++) {
    const DioReviewCategoryCount *c = &g_array_index (s->categories, DioReviewCategoryCount, i);
    json_array_append_new (
        array, json_pack ("{s:s, s:I, s:I}", "name", dio_review_table_get_category_name (table, i),
                          "objects", (json_int_t) c->objects, "frames", (json_int_t) c->frames));
  }
  return array;
}

static json_t *
distance_to_json (const DioReviewHistogram *h)
{
  json_t *counts = json_array ();

  for (guint i = 0; i < DIO_REVIEW_N_BINS; i++)
    json_array_append_new (counts, json_integer (h->all[i]));
  return json_pack ("{s:f, s:f, s:o}", "min", h->min, "max", h->max, "counts", counts);
}

json_t *
dio_review_statistics_to_json (const DioReviewStatistics *s, const DioReviewTable *table)
{
  g_return_val_if_fail (s && table, NULL);

  json_t *heat = json_array ();

  for (guint i = 0; i < DIO_REVIEW_HEAT_SIDE; i++)
    json_array_append_new (heat, counts_to_json (s->heat[i], DIO_REVIEW_HEAT_SIDE));
  json_t *out = json_pack (
      "{s:I, s:I, s:I, s:I, s:o, s:o, s:{s:I, s:I, s:I}, s:o, s:f, s:o, s:o, s:o, s:o, s:o}",
      "frames", (json_int_t) s->frames, "objects", (json_int_t) s->objects, "empty_frames",
      (json_int_t) s->empty_frames, "failed_frames", (json_int_t) s->failed_frames, "categories",
      categories_to_json (s, table), "sizes", counts_to_json (s->sizes, DIO_REVIEW_N_SIZE_BINS),
      "coco_sizes", "small", (json_int_t) s->small, "medium", (json_int_t) s->medium, "large",
      (json_int_t) s->large, "heat", heat, "heat_entropy", s->heat_entropy, "visibility",
      counts_to_json (s->visibility, 20), "truncation", counts_to_json (s->truncation, 20),
      "luminance", counts_to_json (s->luminance, 20), "objects_per_frame",
      counts_to_json ((const guint64 *) (gconstpointer) s->objects_per_frame->data,
                      s->objects_per_frame->len),
      "distance_m", distance_to_json (&s->distance));
  json_object_set_new (out, "balance", isnan (s->balance) ? json_null () : json_real (s->balance));
  return out;
}
