#pragma once
/* Thread: any. A distribution in the document: an object with "kind", or a bare number, which is a
 * constant. Sampling lives in app/randomize; this file only reads, checks and writes. */

#include "dio-base-diagnostic.h"
#include "dio-scene-types.h"

#include <jansson.h>

G_BEGIN_DECLS

/** Largest number of values in a choice. */
#define DIO_DISTRIBUTION_MAX_CHOICES 10000

/** Reads one distribution; @path is its JSON path ("/randomizers/3/params/yaw"). Every fault goes to
 * @diagnostics with the path of the offending value; NULL if there was one. */
DioDistribution *dio_distribution_from_json (const json_t *json,
                                             const char *path,
                                             DioDiagnostics *diagnostics) G_GNUC_WARN_UNUSED_RESULT;
/** The object with "kind" and only what that kind uses; a constant is a bare number. NULL where a number is
 * not finite. */
json_t *dio_distribution_to_json (const DioDistribution *distribution) G_GNUC_WARN_UNUSED_RESULT;
DioDistribution *dio_distribution_copy (const DioDistribution *distribution)
    G_GNUC_WARN_UNUSED_RESULT;
void dio_distribution_free (DioDistribution *distribution);
/** JSON schema of any distribution. */
json_t *dio_distribution_to_schema (void) G_GNUC_WARN_UNUSED_RESULT;
/** "uniform"; and NULL for a value outside the enum. */
const char *dio_distribution_kind_to_name (DioDistributionKind kind);
/** Smallest and largest value that sampling can give, for checks against a property's range; a choice of
 * strings gives its indices, an untruncated normal -inf and +inf. */
void dio_distribution_get_range (const DioDistribution *distribution, double *min, double *max);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioDistribution, dio_distribution_free)

G_END_DECLS
