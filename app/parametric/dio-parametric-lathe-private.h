#pragma once
/* Thread: any, one at a time. Surfaces of revolution about Z from a profile in the half plane (r, z). */

#include "dio-parametric-mesh-builder-private.h"

G_BEGIN_DECLS

/** Sides of a full turn. A multiple of four, so that the extremes of X and Y are met exactly. The chord
 * error is 1 - cos (pi / 64) = 0.12 % of the radius: 0.3 pixels for a ball that fills a 480-row picture,
 * and so below the 0.5 % at which corners of a silhouette begin to show. */
#define DIO_LATHE_SIDES 64

/** A piece of the profile with the outward normals at both of its ends. */
typedef struct {
  double r[2], z[2];               /**< metres */
  double normal_r[2], normal_z[2]; /**< unit */
  double length;                   /**< metres along the profile before this piece */
} DioProfilePiece;

/** A point of a sampled curve and the direction of its outward normal. */
typedef struct {
  double r, z, normal_r, normal_z;
} DioProfileSample;

/** A chain of pieces. The outside lies to the right of the way it is walked: up on the outer wall, outwards
 * on the bottom, inwards on the top. Pieces that meet with equal normals are smooth there, others have a
 * crease: nothing else needs to be said. */
typedef struct {
  GArray *pieces; /**< of DioProfilePiece */
  double r, z;    /**< where the chain ends now */
} DioProfile;

void dio_profile_init (DioProfile *profile, double r, double z);
void dio_profile_clear (DioProfile *profile);
/** A straight piece; none where it would have no length. Returns the number of pieces so far. */
guint dio_profile_line_to (DioProfile *profile, double r, double z);
/** A sampled curve: positions and normals (scaled to unit here) at @n >= 2 points, of which the first is
 * where the chain ends. */
guint dio_profile_curve (DioProfile *profile, const DioProfileSample *samples, guint n);
/** An arc about (@center_r, @center_z) that starts where the chain ends: with rising angles the body is
 * inside it (an outer rounding), with falling ones outside (a fillet). */
guint dio_profile_arc (DioProfile *profile,
                       double center_r,
                       double center_z,
                       const double angles_rad[static 2],
                       guint n_steps);
/** Turns pieces @first .. @end - 1. Round the girth lies a whole number of texture tiles, so that no seam
 * shows, and v has the same scale at radius @radius_m; flat pieces are mapped from above. */
void dio_lathe_add (
    DioMeshBuilder *builder, const DioProfile *profile, guint first, guint end, double radius_m);

/** The same with a number of sides of the caller's choice: a multiple of four up to DIO_LATHE_SIDES. */
void dio_lathe_add_sides (DioMeshBuilder *builder,
                          const DioProfile *profile,
                          guint first,
                          guint end,
                          double radius_m,
                          guint n_sides);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioProfile, dio_profile_clear)

G_END_DECLS
