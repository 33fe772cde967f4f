#pragma once
/* Thread: that of the reader. What rejected items have in common: assets, nodes, categories, sensors and drawn values, each with its rate of
 * rejects against the rate of all. */

#include "dio-review-list.h"
#include "dio-review-reader.h"

G_BEGIN_DECLS

typedef enum {
  DIO_REVIEW_CAUSE_ASSET,
  DIO_REVIEW_CAUSE_NODE,
  DIO_REVIEW_CAUSE_CATEGORY,
  DIO_REVIEW_CAUSE_SENSOR,
  DIO_REVIEW_CAUSE_DRAW_VALUE, /**< a drawn string: a texture, a choice */
  DIO_REVIEW_CAUSE_DRAW_RANGE, /**< a drawn number, or a component of a drawn vector, within an eighth of its values */
} DioReviewCauseKind;

/** What there is to be mended, where the cause is one. */
typedef enum {
  DIO_REVIEW_CAUSES_ASSETS,
  DIO_REVIEW_CAUSES_MATERIALS, /**< what is drawn about materials: colours, textures, numbers */
  DIO_REVIEW_CAUSES_RANDOMIZERS,
  DIO_REVIEW_CAUSES_OTHERS, /**< nodes, categories, sensors */
  DIO_REVIEW_N_CAUSE_GROUPS,
} DioReviewCauseGroup;

typedef struct {
  DioReviewCauseKind kind;
  char *value; /**< asset, node or sensor id, category name, drawn string; "" for a range */
  char *randomizer, *target, *property; /**< of draws, else NULL */
  guint component;                      /**< of a range: 0..3 */
  double min, max;                      /**< of a range, inclusive */
  guint64 rejected, decided;            /**< items with this cause */
  double rate;                          /**< rejected / decided */
  double lift;                          /**< rate / rate of all items; 1 = nothing to do with it */
  /** Probability of so many rejects or more by chance (hypergeometric). */
  double p_value;
} DioReviewCause;

typedef struct {
  /** Items that count: those accepted or rejected; all, where nothing was accepted (undecided then means good). */
  guint64 rejected, decided;
  gboolean counts_undecided;
  GArray *
      causes; /**< of DioReviewCause, the least likely by chance first; only with rejects and lift > 1 */
} DioReviewCauses;

/** @table at level NAMES. Some seconds where draws of 100,000 frames are to be read. */
DioReviewCauses *dio_review_causes_find (DioReviewReader *reader,
                                         DioReviewTable *table,
                                         DioReviewVerdicts *verdicts,
                                         DioReviewUnit unit,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
void dio_review_causes_free (DioReviewCauses *causes);
DioReviewCauseGroup dio_review_cause_get_group (const DioReviewCause *cause);
/** "assets", "materials", "randomizers", "others". */
const char *dio_review_cause_group_to_name (DioReviewCauseGroup group);
/** "texture of mug is rust.png", "roughness of mug is 0.1 to 0.2": English, for reports. */
char *dio_review_cause_dup_text (const DioReviewCause *cause) G_GNUC_WARN_UNUSED_RESULT;
/** Narrows @filter to all items with this cause, decided or not. */
gboolean dio_review_cause_to_filter (const DioReviewCause *cause,
                                     DioReviewReader *reader,
                                     const DioReviewTable *table,
                                     DioReviewFilter *filter,
                                     GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioReviewCauses, dio_review_causes_free)

G_END_DECLS
