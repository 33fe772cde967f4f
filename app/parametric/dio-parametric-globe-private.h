#pragma once
/* Thread: any, one at a time. Closed bodies from a function of two angles, such as fruit. */

#include "dio-parametric-mesh-builder-private.h"

G_BEGIN_DECLS

/** A point of the body (metres) at @s (0 at one end .. 1 at the other) and @turn (0 .. 1 round it, counter-clockwise
 * seen from the end, which looks along the body's axis). At 0 and 1 it does not depend on @turn. */
typedef DioVec3 (*DioGlobeFunc) (double s, double turn, gconstpointer user);
/** The tint there, linear. */
typedef void (*DioGlobeTintFunc) (double s, double turn, gconstpointer user, float tint[static 3]);

typedef struct {
  DioGlobeFunc point;
  DioGlobeTintFunc tint; /**< NULL = the builder's */
  gconstpointer user;
  guint n_along, n_round;
  double tiles_round, tiles_along;
} DioGlobe;

/** Smooth all over; u runs round it, v from 1 down to 0 along it, times their tiles. */
void dio_globe_add (DioMeshBuilder *builder, const DioGlobe *globe);

/** Moves what the builders hold so that it stands on z = 0 and its bounds are centred on the Z axis. */
void dio_globe_settle (DioMeshBuilder **builders, guint n);

G_END_DECLS
