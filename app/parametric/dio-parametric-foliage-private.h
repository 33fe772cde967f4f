#pragma once
/* Thread: any, one at a time. Leaves: cards cut out by the alpha of the leaf atlas, and its layout. */

#include "dio-parametric-private.h"

G_BEGIN_DECLS

/** Rows of the leaf atlas, top to bottom; each has DIO_LEAF_VARIANTS twigs that grow upwards in the picture. */
typedef enum {
  DIO_LEAF_LOBED,
  DIO_LEAF_OVAL,
  DIO_LEAF_SERRATED,
  DIO_LEAF_NEEDLES,
} DioLeafShape;

#define DIO_LEAF_SHAPES 4
#define DIO_LEAF_VARIANTS 4

/** One twig of leaves on a sheet that is bent along its middle. */
typedef struct {
  DioVec3 base;   /**< metres: where the twig begins */
  DioVec3 along;  /**< unit: the way it grows */
  DioVec3 normal; /**< where the upper side looks; made square to along */
  double length;  /**< metres, and width */
  double arch;    /**< rise of the middle as a share of the length */
  DioLeafShape shape;
  guint variant; /**< 0 .. DIO_LEAF_VARIANTS - 1 */
} DioLeafCard;

/** Four triangles in two steps along the twig; to be drawn from both sides. */
void dio_foliage_add_card (DioMeshBuilder *builder, const DioLeafCard *card);

/** Takes what was built as the part "leaves": both sides, cut by the atlas. */
void dio_foliage_take_part (DioParametricMake *make, DioMeshBuilder *builder, gboolean is_autumn);

G_END_DECLS
