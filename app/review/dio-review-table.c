/* Looking things up in a table; dio-review-table-load.c fills it. */
#define G_LOG_DOMAIN "dio-review"

#include "dio-review-table.h"

#include "dio-review-table-private.h"

#include <math.h>
#include <string.h>

guint64
dio_review_mix (guint64 state, guint64 value)
{
  guint64 z = (state ^ value) + 0x9e3779b97f4a7c15u;

  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

DioReviewTable *
dio_review_table_ref (DioReviewTable *table)
{
  g_return_val_if_fail (table, NULL);

  g_atomic_ref_count_inc (&table->refs);
  return table;
}

void
dio_review_table_unref (DioReviewTable *table)
{
  if (!table || !g_atomic_ref_count_dec (&table->refs))
    return;
  g_array_unref (table->runs);
  g_ptr_array_unref (table->sensors);
  g_array_unref (table->categories);
  g_array_unref (table->frames);
  g_array_unref (table->objects);
  g_array_unref (table->names);
  g_ptr_array_unref (table->node_pool);
  g_ptr_array_unref (table->name_pool);
  g_ptr_array_unref (table->asset_pool);
  g_ptr_array_unref (table->nodes_sorted);
  g_ptr_array_unref (table->assets_sorted);
  g_free (table->order);
  g_free (table->frame_outliers);
  g_free (table->object_outliers);
  g_mutex_clear (&table->lock);
  g_free (table);
}

DioReviewLevel
dio_review_table_get_level (const DioReviewTable *table)
{
  g_return_val_if_fail (table, DIO_REVIEW_LOAD_FRAMES);

  return table->level;
}

guint32
dio_review_table_get_n (const DioReviewTable *table, DioReviewUnit unit)
{
  g_return_val_if_fail (table, 0);

  return unit == DIO_REVIEW_FRAMES ? table->frames->len : table->objects->len;
}

gint64
dio_review_table_get_id (const DioReviewTable *table, DioReviewUnit unit, guint32 row)
{
  g_return_val_if_fail (table && row < dio_review_table_get_n (table, unit), 0);

  return unit == DIO_REVIEW_FRAMES ? dio_review_table_frame (table, row)->id
                                   : dio_review_table_object (table, row)->id;
}

void
dio_review_table_get_frame (const DioReviewTable *table, guint32 row, DioReviewFrameRow *out)
{
  g_return_if_fail (table && out && row < table->frames->len);

  const DioFrameRecord *r = dio_review_table_frame (table, row);
  const DioRunRecord *run = &g_array_index (table->runs, DioRunRecord, r->run);

  *out = (DioReviewFrameRow){
    .id = r->id,
    .frame_id = r->frame_id,
    .run = run->id,
    .seed = run->seed,
    .index = r->index,
    .take = r->take,
    .sensor = dio_review_table_sensor (table, r->sensor),
    .width_px = r->width,
    .height_px = r->height,
    .luminance = r->luminance,
    .checks_passed = r->checks_passed,
    .first_object = r->first_object,
    .n_objects = r->n_objects,
  };
}

void
dio_review_table_get_object (const DioReviewTable *table, guint32 row, DioReviewObjectRow *out)
{
  g_return_if_fail (table && out && row < table->objects->len);

  const DioObjectRecord *r = dio_review_table_object (table, row);

  *out = (DioReviewObjectRow){
    .id = r->id,
    .frame = r->frame,
    .object_key = r->key,
    .category = r->category,
    .box = { r->x0, r->y0, r->x1, r->y1 },
    .visible_px = r->visible_px,
    .visibility = r->visibility,
    .truncation = r->truncation,
    .distance_m = r->distance,
    .policy = (DioVerdict) r->policy,
  };
  if (table->level < DIO_REVIEW_LOAD_NAMES)
    return;
  const DioNameRecord *name = &g_array_index (table->names, DioNameRecord, row);
  out->node = table->node_pool->pdata[name->node];
  out->name = table->name_pool->pdata[name->name];
  out->asset = table->asset_pool->pdata[name->node];
}

guint32
dio_review_table_get_frame_of (const DioReviewTable *table, DioReviewUnit unit, guint32 row)
{
  g_return_val_if_fail (table && row < dio_review_table_get_n (table, unit), 0);

  return unit == DIO_REVIEW_FRAMES ? row : dio_review_table_object (table, row)->frame;
}

guint64
dio_review_table_hash (const DioReviewTable *table, DioReviewUnit unit, guint32 row)
{
  if (unit == DIO_REVIEW_OBJECTS)
    return dio_review_table_object (table, row)->hash;
  const DioFrameRecord *frame = dio_review_table_frame (table, row);
  guint64 hash = g_array_index (table->runs, DioRunRecord, frame->run).seed;
  hash = dio_review_mix (hash, frame->pictures);
  hash = dio_review_mix (hash, (guint64) frame->width << 32 | frame->height);
  for (guint32 i = 0; i < frame->n_objects; i++)
    hash = dio_review_mix (hash, dio_review_table_object (table, frame->first_object + i)->hash);
  return hash;
}

double
dio_review_object_value (const DioObjectRecord *o, DioReviewField field)
{
  double width = o->x1 - o->x0, height = o->y1 - o->y0;

  switch (field) {
  case DIO_REVIEW_FIELD_VISIBILITY:
    return o->visibility;
  case DIO_REVIEW_FIELD_TRUNCATION:
    return o->truncation;
  case DIO_REVIEW_FIELD_SIZE_PX:
    return sqrt (width * height);
  case DIO_REVIEW_FIELD_ASPECT:
    return height > 0 ? width / height : (double) NAN;
  case DIO_REVIEW_FIELD_VISIBLE_PX:
    return o->visible_px;
  case DIO_REVIEW_FIELD_DISTANCE_M:
    return o->distance;
  case DIO_REVIEW_FIELD_INDEX:
  case DIO_REVIEW_FIELD_LUMINANCE:
  case DIO_REVIEW_FIELD_N_OBJECTS:
  case DIO_REVIEW_FIELD_OUTLIER:
  case DIO_REVIEW_N_FIELDS:
  default:
    return (double) NAN;
  }
}

/* How extreme a value is: the largest counts for the picture. */
static double
extremity (DioReviewField field, double value)
{
  if (field == DIO_REVIEW_FIELD_TRUNCATION)
    return value;
  if (field == DIO_REVIEW_FIELD_ASPECT)
    return value > 1 ? value : 1 / value;
  return -value;
}

static double
get_extreme (const DioReviewTable *table, const DioFrameRecord *frame, DioReviewField field)
{
  double extreme = (double) NAN, most = -INFINITY;

  for (guint32 i = 0; i < frame->n_objects; i++) {
    double value =
        dio_review_object_value (dio_review_table_object (table, frame->first_object + i), field);
    if (!isnan (value) && extremity (field, value) > most) {
      extreme = value;
      most = extremity (field, value);
    }
  }
  return extreme;
}

void
dio_review_table_need_outliers (DioReviewTable *table)
{
  g_mutex_lock (&table->lock);
  if (!table->frame_outliers) {
    table->object_outliers = g_new (float, table->objects->len + 1);
    table->frame_outliers = g_new (float, table->frames->len + 1);
    dio_review_table_compute_outliers (table, table->frame_outliers, table->object_outliers);
  }
  g_mutex_unlock (&table->lock);
}

double
dio_review_table_get_value (const DioReviewTable *table,
                            DioReviewUnit unit,
                            guint32 row,
                            DioReviewField field)
{
  g_return_val_if_fail (table && row < dio_review_table_get_n (table, unit), (double) NAN);

  const DioFrameRecord *frame =
      dio_review_table_frame (table, dio_review_table_get_frame_of (table, unit, row));

  switch (field) {
  case DIO_REVIEW_FIELD_INDEX:
    return frame->index;
  case DIO_REVIEW_FIELD_LUMINANCE:
    return frame->luminance;
  case DIO_REVIEW_FIELD_N_OBJECTS:
    return table->level >= DIO_REVIEW_LOAD_OBJECTS ? (double) frame->n_objects : (double) NAN;
  case DIO_REVIEW_FIELD_OUTLIER:
    if (table->level < DIO_REVIEW_LOAD_OBJECTS)
      return (double) NAN;
    dio_review_table_need_outliers ((DioReviewTable *) table);
    return unit == DIO_REVIEW_FRAMES ? table->frame_outliers[row] : table->object_outliers[row];
  case DIO_REVIEW_FIELD_VISIBILITY:
  case DIO_REVIEW_FIELD_TRUNCATION:
  case DIO_REVIEW_FIELD_SIZE_PX:
  case DIO_REVIEW_FIELD_ASPECT:
  case DIO_REVIEW_FIELD_VISIBLE_PX:
  case DIO_REVIEW_FIELD_DISTANCE_M:
  case DIO_REVIEW_N_FIELDS:
  default:
    return unit == DIO_REVIEW_FRAMES
               ? get_extreme (table, frame, field)
               : dio_review_object_value (dio_review_table_object (table, row), field);
  }
}

/** What a picture is found by. */
typedef struct {
  gint64 run;
  guint32 index, take;
  const char *sensor;
} PictureKey;

static int
compare_key (const DioReviewTable *table, const DioFrameRecord *r, const PictureKey *key)
{
  gint64 run = g_array_index (table->runs, DioRunRecord, r->run).id;

  if (run != key->run)
    return run < key->run ? -1 : 1;
  if (r->index != key->index)
    return r->index < key->index ? -1 : 1;
  if (r->take != key->take)
    return r->take < key->take ? -1 : 1;
  return strcmp (dio_review_table_sensor (table, r->sensor), key->sensor);
}

gint64
dio_review_table_find (const DioReviewTable *table,
                       gint64 run,
                       guint32 index,
                       guint32 take,
                       const char *sensor,
                       const guint64 *object_key)
{
  g_return_val_if_fail (table && sensor, -1);

  PictureKey key = { run, index, take, sensor };
  guint32 low = 0, high = table->frames->len;

  while (low < high) {
    guint32 middle = low + (high - low) / 2;
    int side = compare_key (table, dio_review_table_frame (table, table->order[middle]), &key);
    if (side == 0) {
      low = middle;
      break;
    }
    if (side < 0)
      low = middle + 1;
    else
      high = middle;
  }
  if (low >= high)
    return -1;
  if (!object_key)
    return table->order[low];
  const DioFrameRecord *frame = dio_review_table_frame (table, table->order[low]);
  for (guint32 i = 0; i < frame->n_objects; i++)
    if (dio_review_table_object (table, frame->first_object + i)->key == *object_key)
      return frame->first_object + i;
  return -1;
}

guint
dio_review_table_get_n_categories (const DioReviewTable *table)
{
  g_return_val_if_fail (table, 0);

  return table->categories->len;
}

const char *
dio_review_table_get_category_name (const DioReviewTable *table, guint category)
{
  g_return_val_if_fail (table && category < table->categories->len, NULL);

  return g_array_index (table->categories, DioCategoryRecord, category).name;
}

void
dio_review_table_get_category_color (const DioReviewTable *table, guint category, guint8 rgb[3])
{
  g_return_if_fail (table && rgb && category < table->categories->len);

  memcpy (rgb, g_array_index (table->categories, DioCategoryRecord, category).color, 3);
}

const char *const *
dio_review_table_get_sensors (const DioReviewTable *table)
{
  g_return_val_if_fail (table, NULL);

  return (const char *const *) table->sensors->pdata;
}

const char *const *
dio_review_table_get_nodes (const DioReviewTable *table)
{
  g_return_val_if_fail (table, NULL);

  return (const char *const *) table->nodes_sorted->pdata;
}

const char *const *
dio_review_table_get_assets (const DioReviewTable *table)
{
  g_return_val_if_fail (table, NULL);

  return (const char *const *) table->assets_sorted->pdata;
}
