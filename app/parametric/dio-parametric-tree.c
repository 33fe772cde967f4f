#define G_LOG_DOMAIN "dio-parametric"

/* The tree: bark round the limbs of its skeleton, leaves as cut cards where the skeleton has places for them. */

#include "dio-parametric-nature-private.h"

#include "dio-core-math.h"
#include "dio-core-vec.h"
#include "dio-parametric-dice-private.h"
#include "dio-parametric-foliage-private.h"
#include "dio-parametric-nature-surface-private.h"
#include "dio-parametric-tree-skeleton-private.h"

typedef enum {
  SEASON_SPRING,
  SEASON_SUMMER,
  SEASON_AUTUMN,
  SEASON_BARE,
} Season;

static const DioLeafShape leaf_shapes[DIO_TREE_SHAPES] = {
  [DIO_TREE_BROAD] = DIO_LEAF_LOBED,
  [DIO_TREE_OVAL] = DIO_LEAF_OVAL,
  [DIO_TREE_CONICAL] = DIO_LEAF_NEEDLES,
  [DIO_TREE_BIRCH] = DIO_LEAF_SERRATED,
};

/* Sides of the tube by level: what is thin needs few. */
static const guint limb_sides[] = { 14, 7, 4, 4 };

static void
add_limbs (DioMeshBuilder *builder, const DioTreeSkeleton *skeleton)
{
  for (guint i = 0; i < skeleton->limbs->len; i++) {
    DioTreeLimb limb = g_array_index (skeleton->limbs, DioTreeLimb, i);
    DioSweepLook look = { .n_sides = limb_sides[limb.level], .v_start_m = 0.37 * i };
    dio_sweep_add (builder, &g_array_index (skeleton->stations, DioSweepStation, limb.first),
                   limb.n, &look);
  }
}

/* Deep inside the crown leaves stand in each other's shade, which no light of the sky's reaches. */
static void
set_leaf_tint (DioMeshBuilder *builder, Season season, double exposure, DioDice *dice)
{
  double light = dio_mix (0.50, 1.05, exposure) * dio_dice_roll (dice, 0.85, 1.12);
  double warm = dio_dice_roll (dice, -0.06, 0.08);
  gboolean spring = season == SEASON_SPRING;
  builder->tint[0] = (float) (light * (1 + warm) * (spring ? 1.25 : 1));
  builder->tint[1] = (float) (light * (spring ? 1.35 : 1));
  builder->tint[2] = (float) (light * (1 - warm) * (spring ? 0.85 : 1));
}

static void
add_leaves (DioMeshBuilder *builder,
            const DioTreeSkeleton *skeleton,
            const DioTreeGrowth *growth,
            Season season)
{
  DioDice dice = dio_dice (growth->seed, 0x1EAF);
  /* Leaves of tall trees are no larger, but a card then stands for more of them. */
  double length = 0.112 * dio_pow (growth->height_m, 0.7) * (season == SEASON_SPRING ? 0.8 : 1);
  length *= growth->shape == DIO_TREE_CONICAL ? 1.4 : 1;
  for (guint i = 0; i < skeleton->twigs->len; i++) {
    const DioTreeTwig *twig = &g_array_index (skeleton->twigs, DioTreeTwig, i);
    DioVec3 out = dio_vec3_normalize (dio_vec3_sub (twig->base, skeleton->crown));
    double x = dio_dice_roll (&dice, -0.6, 0.6), y = dio_dice_roll (&dice, -0.6, 0.6);
    DioVec3 normal = dio_vec3_add (dio_vec3_scale (out, 0.55), dio_vec3 (x, y, 0.75));
    double rest = 1 - twig->base.z / growth->height_m;
    double size = growth->shape == DIO_TREE_CONICAL ? 0.4 + 0.8 * CLAMP (rest, 0, 1) : 1;
    DioLeafCard card = { .base = twig->base,
                         .along = twig->along,
                         .normal = normal,
                         .shape = leaf_shapes[growth->shape] };
    card.length = length * size * dio_dice_roll (&dice, 0.75, 1.15);
    card.arch = dio_dice_roll (&dice, 0.02, 0.12);
    card.variant = dio_dice_pick (&dice, DIO_LEAF_VARIANTS);
    set_leaf_tint (builder, season, twig->exposure, &dice);
    /* Nothing grows into the ground. */
    if (card.base.z > 1.3 * card.length)
      dio_foliage_add_card (builder, &card);
  }
}

static double
get_top (const DioMeshBuilder *builder, double at_least)
{
  for (guint i = 0; i < builder->vertices->len; i++)
    at_least = MAX (at_least, g_array_index (builder->vertices, DioBuilderVertex, i).position.z);
  return at_least;
}

static void
scale_builder (DioMeshBuilder *builder, double scale)
{
  for (guint i = 0; i < builder->vertices->len; i++) {
    DioBuilderVertex *vertex = &g_array_index (builder->vertices, DioBuilderVertex, i);
    vertex->position = dio_vec3_scale (vertex->position, scale);
  }
}

static void
take_tree (DioParametricMake *make,
           DioMeshBuilder *wood,
           DioMeshBuilder *leaves,
           DioTreeShape shape,
           Season season)
{
  const DioMaterialLook wood_look = {
    .name = "wood",
    .red = 255,
    .green = 255,
    .blue = 255,
    .roughness = 1,
    .surface = shape == DIO_TREE_BIRCH ? &dio_surface_birch_bark : &dio_surface_bark,
  };
  dio_parametric_take_part (make, wood, &wood_look);
  if (leaves->triangles->len > 0)
    dio_foliage_take_part (make, leaves, season == SEASON_AUTUMN);
}

void
dio_parametric_build_tree (DioParametricMake *make)
{
  const double *values = make->values;
  Season season = (Season) values[DIO_TREE_SEASON];
  /* Needles stay, and only spring is seen in them. */
  gboolean evergreen = (DioTreeShape) values[DIO_TREE_SHAPE] == DIO_TREE_CONICAL;
  DioTreeGrowth growth = {
    .shape = (DioTreeShape) values[DIO_TREE_SHAPE],
    .height_m = values[DIO_TREE_HEIGHT],
    .density = values[DIO_TREE_DENSITY],
    .bare = season == SEASON_BARE && !evergreen,
    .seed = values[DIO_TREE_SEED],
  };
  g_auto (DioTreeSkeleton) skeleton = { 0 };
  g_auto (DioMeshBuilder) wood, leaves;
  dio_mesh_builder_init (&wood);
  dio_mesh_builder_init (&leaves);
  dio_tree_skeleton_init (&skeleton, &growth);
  add_limbs (&wood, &skeleton);
  add_leaves (&leaves, &skeleton, &growth, season);
  /* Exactly as tall as asked for, with its outermost leaf. */
  double scale = growth.height_m / get_top (&leaves, get_top (&wood, 0));
  scale_builder (&wood, scale);
  scale_builder (&leaves, scale);
  take_tree (make, &wood, &leaves, growth.shape, season);
}
