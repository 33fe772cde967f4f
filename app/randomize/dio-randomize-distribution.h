#pragma once
/* Thread: any. Named distributions over counter-based numbers. */

#include "dio-core-philox.h"
#include "dio-scene-types.h"

G_BEGIN_DECLS

/** A number from @distribution at @key (component base: key->component; uses one component). Choice of
 * strings gives the index. */
double dio_distribution_sample (const DioDistribution *distribution, const DioRandomKey *key);
/** The number below which the share @u, in [0, 1), of all draws lies; of choices the one that @u falls on. A
 * whole number in [min, max] has equal parts of [0, 1). */
double dio_distribution_quantile (const DioDistribution *distribution, double u);
/** Probability density (continuous) or mass (discrete) at @x; for plots and tests. */
double dio_distribution_density (const DioDistribution *distribution, double x);

G_END_DECLS
