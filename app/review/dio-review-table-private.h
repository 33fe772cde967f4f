#pragma once
/* Thread: any. The columns behind a table, for the sources of review/. */

#include "dio-dataset.h"
#include "dio-review-table.h"

G_BEGIN_DECLS

/** One picture; 72 bytes, for there may be a million. */
typedef struct {
  gint64 id, frame_id;
  guint64 pictures; /**< over the hashes of its colour and leaf files */
  guint32 index, take;
  guint32 run, sensor; /**< positions in the table's lists */
  guint32 width, height;
  guint32 first_object, n_objects;
  float luminance;
  guint8 checks_passed;
} DioFrameRecord;

/** One object; 72 bytes. */
typedef struct {
  gint64 id;
  guint64 key;
  guint64 hash; /**< of the label: what a verdict is about */
  guint32 frame;
  gint32 x0, y0, x1, y1;
  guint32 visible_px;
  float visibility, truncation, distance;
  gint16 category;
  guint8 policy;
} DioObjectRecord;

typedef struct {
  gint64 id;
  guint64 seed;
} DioRunRecord;

typedef struct {
  char *name;
  guint8 color[3];
} DioCategoryRecord;

/** Which node an object is, and how it is called: positions in the table's lists. */
typedef struct {
  guint32 node, name;
} DioNameRecord;

struct DioReviewTable {
  gatomicrefcount refs;
  DioReviewLevel level;
  DioLabelPolicy policy;
  GArray *runs;            /**< of DioRunRecord */
  GPtrArray *sensors;      /**< of char*, NULL at the end */
  GArray *categories;      /**< of DioCategoryRecord */
  GArray *frames;          /**< of DioFrameRecord, by id */
  GArray *objects;         /**< of DioObjectRecord, by id */
  GArray *names;           /**< of DioNameRecord, by object; empty below NAMES */
  GPtrArray *node_pool;    /**< of char* */
  GPtrArray *name_pool;    /**< of char* */
  GPtrArray *asset_pool;   /**< of char*: that of each node of node_pool */
  GPtrArray *nodes_sorted; /**< of char* borrowed from the pools, NULL at the end */
  GPtrArray *assets_sorted;
  guint32 *order; /**< rows of pictures by run, index, take, sensor */

  GMutex lock; /**< guards the outliers, which the first who asks computes */
  float *frame_outliers, *object_outliers;
};

static inline const DioFrameRecord *
dio_review_table_frame (const DioReviewTable *table, guint32 row)
{
  return &((const DioFrameRecord *) (gpointer) table->frames->data)[row];
}

static inline const DioObjectRecord *
dio_review_table_object (const DioReviewTable *table, guint32 row)
{
  return &((const DioObjectRecord *) (gpointer) table->objects->data)[row];
}

static inline const char *
dio_review_table_sensor (const DioReviewTable *table, guint32 sensor)
{
  return table->sensors->pdata[sensor];
}

/** Mixes @value into @state: the finaliser of splitmix64 (Steele et al., OOPSLA 2014). Hashes of labels are made of it and
 * stored: it never changes. */
guint64 dio_review_mix (guint64 state, guint64 value);
/** Hash of the label of a row. */
guint64 dio_review_table_hash (const DioReviewTable *table, DioReviewUnit unit, guint32 row);
/** Value of a field of one object, without the outlier score. */
double dio_review_object_value (const DioObjectRecord *object, DioReviewField field);
/** Computes the outlier scores once (dio-review-outlier.c). */
void dio_review_table_need_outliers (DioReviewTable *table);
void dio_review_table_compute_outliers (const DioReviewTable *table, float *frames, float *objects);

G_END_DECLS
