#pragma once
/* Thread: any. Named distributions over counter-based numbers. */

#include "dio-core-philox.h"
#include "dio-scene-types.h"

G_BEGIN_DECLS

/** A number from @distribution at @key (component base: key->component; uses one component). Choice of
 * strings gives the index. */
double dio_distribution_sample (const DioDistribution *distribution, const DioRandomKey *key);
/** Probability density (continuous) or mass (discrete) at @x; for plots and tests. */
double dio_distribution_density (const DioDistribution *distribution, double x);

G_END_DECLS
