#pragma once
/* Thread: any. A car's body from curves, and what is mounted on it. */

#include "dio-parametric-mesh-builder-private.h"
#include "dio-parametric-private.h"

G_BEGIN_DECLS

#define DIO_VEHICLE_MAX_KNOTS 16

/** A smooth curve through knots (metres): value over the way from the nose (y rising to the tail). */
typedef struct {
  double at[DIO_VEHICLE_MAX_KNOTS][2]; /**< y, value */
  guint n;
} DioVehicleCurve;

/** The shape of a body. The nose is at -Y, y = 0 in the middle, z = 0 on the ground. */
typedef struct {
  DioVehicleCurve top;  /**< highest line of the middle, nose to tail */
  DioVehicleCurve belt; /**< lower edge of the side windows */
  DioVehicleCurve half_width;
  double bottom;                /**< clearance */
  double axles[2], wheel, arch; /**< y of the axles, radius of tyre and arch */
  double tumble;                /**< how fast the windows lean in, metres a metre */
  double screen[2];             /**< y of the lower and upper edge of the windscreen */
  double rear[2];    /**< y of the upper and lower edge of the rear window; equal = none */
  double windows[2]; /**< y between which the sides are glass */
  double pillars[3]; /**< y of posts in it; 0 = none */
  double doors[4];   /**< y of gaps between panels; 0 = none */
} DioVehicleShape;

/** Where the loft's faces go. */
typedef struct {
  DioMeshBuilder paint, glass, dark;
  DioMeshBuilder lamps, tails; /**< where they wrap round the corners */
} DioVehicleSkin;

double dio_vehicle_curve_get (const DioVehicleCurve *curve, double y);
/** Half the width of the body at (y, z) below the windows. */
double dio_vehicle_get_side (const DioVehicleShape *shape, double y, double z);
/** z of the lower and upper edge of the lamps at the nose or the tail. */
void dio_vehicle_get_lamp (const DioVehicleShape *shape, gboolean tail, double out[static 2]);
/** The closed body with its windows and panel gaps. */
void dio_vehicle_add_body (DioVehicleSkin *skin, const DioVehicleShape *shape);

/** Wheels at both axles, and the dark box between them that closes the arches inside. */
void dio_vehicle_add_wheels (DioMeshBuilder *tyres,
                             DioMeshBuilder *rims,
                             DioMeshBuilder *dark,
                             const DioVehicleShape *shape);

G_END_DECLS
