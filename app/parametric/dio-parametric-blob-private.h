#pragma once
/* Thread: any, one at a time. Smooth closed bodies that flow together from round limbs, such as a human figure. */

#include "dio-parametric-mesh-builder-private.h"

G_BEGIN_DECLS

/** A bar from @a to @b with round ends, as thick as said at each. */
typedef struct {
  DioVec3 a, b;     /**< metres */
  double radius[2]; /**< metres, at @a and at @b */
  double flatten;   /**< thickness along @flat_way as a share; 0 = round */
  DioVec3 flat_way; /**< unit */
} DioBlobLimb;

/** What lies in front of the plane is cut away. */
typedef struct {
  DioVec3 point, normal; /**< metres, unit */
} DioBlobCut;

#define DIO_BLOB_MAX_LIMBS 16
#define DIO_BLOB_MAX_CUTS 2

typedef struct {
  DioBlobLimb limbs[DIO_BLOB_MAX_LIMBS];
  guint n_limbs;
  DioBlobCut cuts[DIO_BLOB_MAX_CUTS];
  guint n_cuts;
  double blend_m; /**< how far limbs flow into each other, and the rounding of cuts */
  double cell_m;  /**< about the length of a triangle's side */
} DioBlob;

/** Appends a limb. */
void dio_blob_take_limb (DioBlob *blob, const DioBlobLimb *limb);
/** Metres from the surface, negative inside; about right near it. */
double dio_blob_get_distance (const DioBlob *blob, DioVec3 point);
/** Adds the closed surface; u runs along X and Y, v down, in metres per DIO_TEXTURE_TILE_M. Nothing where all of it is
 * cut away. */
void dio_blob_add (DioMeshBuilder *builder, const DioBlob *blob);

G_END_DECLS
