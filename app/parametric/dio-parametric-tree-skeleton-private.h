#pragma once
/* Thread: any, one at a time. How a tree grows: trunk, boughs, branches, and where its leaves sit. */

#include "dio-parametric-sweep-private.h"

G_BEGIN_DECLS

typedef enum {
  DIO_TREE_BROAD,
  DIO_TREE_OVAL,
  DIO_TREE_CONICAL,
  DIO_TREE_BIRCH,
} DioTreeShape;

#define DIO_TREE_SHAPES 4

/** A limb: stations from where it leaves its parent to its tip. */
typedef struct {
  guint first, n; /**< in the skeleton's stations */
  guint level;    /**< 0 trunk, 1 bough, 2 branch, 3 twig */
} DioTreeLimb;

/** A place for a card of leaves. */
typedef struct {
  DioVec3 base, along; /**< metres, unit */
  double exposure;     /**< 0 deep inside the crown .. 1 at its outside */
} DioTreeTwig;

typedef struct {
  GArray *stations; /**< of DioSweepStation */
  GArray *limbs;    /**< of DioTreeLimb; the trunk first */
  GArray *twigs;    /**< of DioTreeTwig */
  DioVec3 crown;    /**< centre of the crown, metres */
  double crown_radius, crown_half_height;
} DioTreeSkeleton;

typedef struct {
  DioTreeShape shape;
  double height_m;
  double density; /**< 0 .. 1: how many places for leaves */
  gboolean bare;  /**< grows twigs of wood instead of places for leaves */
  double seed;
} DioTreeGrowth;

void dio_tree_skeleton_init (DioTreeSkeleton *skeleton, const DioTreeGrowth *growth);
void dio_tree_skeleton_clear (DioTreeSkeleton *skeleton);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioTreeSkeleton, dio_tree_skeleton_clear)

G_END_DECLS
