#pragma once
/* Thread: any, but for dio_review_table_load, which belongs to the reader's thread. What is in a dataset, as columns
 * in memory: 100,000 pictures with their objects filter and sort in milliseconds, without SQL.
 *
 * Rows count from 0, pictures and objects apart, in the order in which the dataset got them. A later table of the same dataset has
 * the same rows and more behind them: row numbers, and lists of them, stay valid. Objects are labelled things;
 * stuff and unlabelled instances are not reviewed. Only frames that are done appear. */

#include "dio-annotate-policy.h"
#include "dio-image-rle.h"
#include "dio-review-types.h"

G_BEGIN_DECLS

/** How much is loaded; each level holds those before it. */
typedef enum {
  DIO_REVIEW_LOAD_FRAMES,  /**< pictures only: enough for a first screen */
  DIO_REVIEW_LOAD_OBJECTS, /**< and objects: filters, histograms, verdicts */
  DIO_REVIEW_LOAD_NAMES,   /**< and node and name of every object: text, nodes, assets, causes */
} DioReviewLevel;

/** One picture. Strings borrowed from the table. */
typedef struct {
  gint64 id;       /**< of the capture in the dataset */
  gint64 frame_id; /**< of the frame in the dataset: captures of a rig share it */
  gint64 run;
  guint64 seed; /**< of the run */
  guint32 index, take;
  const char *sensor; /**< node id */
  guint width_px, height_px;
  double luminance; /**< NaN where unknown */
  gboolean checks_passed;
  guint32 first_object, n_objects; /**< rows of its objects; 0 below DIO_REVIEW_LOAD_OBJECTS */
} DioReviewFrameRow;

/** One object. Strings borrowed from the table. */
typedef struct {
  gint64 id;     /**< of the annotation in the dataset */
  guint32 frame; /**< row of its picture */
  guint64 object_key;
  int category;
  DioPixelBox box; /**< visible */
  guint64 visible_px;
  double visibility, truncation, distance_m; /**< NaN where unknown */
  DioVerdict policy;
  /** NULL below DIO_REVIEW_LOAD_NAMES; @asset is an asset id, "parametric:KIND" or "". */
  const char *node, *name, *asset;
} DioReviewObjectRow;

/** Reads what @previous (nullable) lacks: new frames of a running job, or a higher level. Returns a reference to @previous
 * itself where there is nothing new. @policy (nullable): a preset instead of the scenario's policy; a table keeps
 * the policy that it was first loaded with. Errors: those of reading a dataset. */
DioReviewTable *dio_review_table_load (DioReviewReader *reader,
                                       DioReviewTable *previous,
                                       DioReviewLevel level,
                                       const char *policy,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
DioReviewTable *dio_review_table_ref (DioReviewTable *table);
void dio_review_table_unref (DioReviewTable *table);

DioReviewLevel dio_review_table_get_level (const DioReviewTable *table);
/** Number of rows. */
guint32 dio_review_table_get_n (const DioReviewTable *table, DioReviewUnit unit);
/** Id of a row in the dataset: of the capture or of the annotation. */
gint64 dio_review_table_get_id (const DioReviewTable *table, DioReviewUnit unit, guint32 row);
void dio_review_table_get_frame (const DioReviewTable *table, guint32 row, DioReviewFrameRow *out);
void dio_review_table_get_object (const DioReviewTable *table,
                                  guint32 row,
                                  DioReviewObjectRow *out);
/** Row of the picture that @row is or is in. */
guint32 dio_review_table_get_frame_of (const DioReviewTable *table,
                                       DioReviewUnit unit,
                                       guint32 row);
/** NaN where the row has no such number. */
double dio_review_table_get_value (const DioReviewTable *table,
                                   DioReviewUnit unit,
                                   guint32 row,
                                   DioReviewField field);
/** Row of the picture, or of the object with @object_key in it (nullable), or -1. */
gint64 dio_review_table_find (const DioReviewTable *table,
                              gint64 run,
                              guint32 index,
                              guint32 take,
                              const char *sensor,
                              const guint64 *object_key);

/** Categories as the dataset has them; the position is the category of an object. */
guint dio_review_table_get_n_categories (const DioReviewTable *table);
const char *dio_review_table_get_category_name (const DioReviewTable *table, guint category);
/** sRGB, as the scenario has it. */
void dio_review_table_get_category_color (const DioReviewTable *table,
                                          guint category,
                                          guint8 rgb[3]);
/** Sensors (node ids) of the dataset; NULL-terminated, borrowed. */
const char *const *dio_review_table_get_sensors (const DioReviewTable *table);
/** Nodes and assets that objects have, sorted; NULL-terminated, borrowed; empty below DIO_REVIEW_LOAD_NAMES. */
const char *const *dio_review_table_get_nodes (const DioReviewTable *table);
const char *const *dio_review_table_get_assets (const DioReviewTable *table);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioReviewTable, dio_review_table_unref)

G_END_DECLS
