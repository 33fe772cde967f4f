#define G_LOG_DOMAIN "dio-parametric"

/* The hedge: a dark inside that nothing is seen through, and twigs of leaves all over it; in winter bare stems. */

#include "dio-parametric-nature-private.h"

#include "dio-core-vec.h"
#include "dio-parametric-dice-private.h"
#include "dio-parametric-foliage-private.h"
#include "dio-parametric-nature-surface-private.h"
#include "dio-parametric-sweep-private.h"

#define CARDS_PER_M2 260
#define MAX_CARDS 12000
#define CARD_LENGTH_M 0.17

#define STEMS_PER_M2 420
#define MAX_STEMS 4000

enum { SEASON_SPRING, SEASON_SUMMER, SEASON_AUTUMN, SEASON_BARE };

static const DioMaterialLook inside_look = { .name = "inside", 42, 46, 24, 1, 0 };
/* Dead leaves and shade between the stems. */
static const DioMaterialLook winter_look = { .name = "inside", 52, 42, 32, 1, 0 };
static const DioMaterialLook stems_look = { "stems", 224, 196, 172, 1, 0, &dio_surface_bark };

typedef struct {
  DioVec3 size;
  double card_m; /* length of a card */
  DioDice dice;
  double spring; /* how much paler the leaves are */
} Hedge;

/* A side of the box without its foot: which way it looks, and its two edges. */
typedef struct {
  DioVec3 normal, right, up;
} HedgeSide;

static const HedgeSide sides[5] = {
  { { 0, -1, 0 }, { 1, 0, 0 }, { 0, 0, 1 } }, { { 0, 1, 0 }, { -1, 0, 0 }, { 0, 0, 1 } },
  { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },  { { -1, 0, 0 }, { 0, -1, 0 }, { 0, 0, 1 } },
  { { 0, 0, 1 }, { 1, 0, 0 }, { 0, 1, 0 } },
};

static double
get_area (const Hedge *hedge, const HedgeSide *side)
{
  return fabs (dio_vec3_dot (side->right, hedge->size))
         * fabs (dio_vec3_dot (side->up, hedge->size));
}

static DioVec3
roll_way (DioDice *dice, double reach)
{
  double x = dio_dice_roll (dice, -reach, reach), y = dio_dice_roll (dice, -reach, reach);
  return dio_vec3 (x, y, dio_dice_roll (dice, -reach, reach));
}

static void
set_tint (DioMeshBuilder *builder, Hedge *hedge, double depth, double height_share)
{
  double light = (1.05 - 1.1 * depth) * (0.72 + 0.28 * height_share);
  light *= dio_dice_roll (&hedge->dice, 0.8, 1.15);
  double warm = dio_dice_roll (&hedge->dice, -0.06, 0.08);
  builder->tint[0] = (float) (light * (1 + warm) * (1 + 0.30 * hedge->spring));
  builder->tint[1] = (float) (light * (1 + 0.35 * hedge->spring));
  builder->tint[2] = (float) (light * (1 - warm));
}

static void
add_leaf (DioMeshBuilder *builder, Hedge *hedge, const HedgeSide *side)
{
  double a = dio_dice_roll (&hedge->dice, -0.5, 0.5), b = dio_dice_roll (&hedge->dice, -0.5, 0.5);
  double depth = dio_dice_roll (&hedge->dice, 0, 0.5), card = hedge->card_m;
  DioVec3 half = dio_vec3_scale (hedge->size, 0.5);
  DioVec3 room = dio_vec3_sub (hedge->size, dio_vec3 (card, card, 0));
  DioVec3 at =
      dio_vec3_add (dio_vec3_add (dio_vec3_mul (side->normal, half), dio_vec3 (0, 0, half.z)),
                    dio_vec3_add (dio_vec3_scale (dio_vec3_mul (side->right, room), a),
                                  dio_vec3_scale (dio_vec3_mul (side->up, room), b)));
  DioVec3 way = dio_vec3_add (dio_vec3_scale (side->normal, 0.55), dio_vec3 (0, 0, 0.35));
  DioLeafCard leaf = { .shape = DIO_LEAF_OVAL };
  leaf.base = dio_vec3_sub (at, dio_vec3_scale (side->normal, (0.75 + depth) * card));
  leaf.along = dio_vec3_normalize (dio_vec3_add (way, roll_way (&hedge->dice, 0.75)));
  DioVec3 outward = dio_vec3_add (side->normal, dio_vec3 (0, 0, 0.5));
  leaf.normal = dio_vec3_add (outward, roll_way (&hedge->dice, 0.6));
  leaf.length = card * dio_dice_roll (&hedge->dice, 0.7, 1.1);
  leaf.arch = dio_dice_roll (&hedge->dice, 0.02, 0.1);
  leaf.variant = dio_dice_pick (&hedge->dice, DIO_LEAF_VARIANTS);
  set_tint (builder, hedge, depth, at.z / hedge->size.z);
  /* It stays below the top and above the ground, arched and turned about its twig as it may be. */
  double z = leaf.along.z, breadth = leaf.length * (0.5 * sqrt (1 - MIN (z * z, 1)) + leaf.arch);
  leaf.base.z = MIN (leaf.base.z, hedge->size.z - MAX (z, 0) * leaf.length - breadth);
  if (leaf.base.z + MIN (z, 0) * leaf.length > breadth)
    dio_foliage_add_card (builder, &leaf);
}

static void
add_leaves (DioMeshBuilder *builder, Hedge *hedge, double density)
{
  double area = 0;
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    area += get_area (hedge, &sides[i]);
  /* A long hedge has larger cards rather than more. */
  double wanted = MAX (1, area * CARDS_PER_M2 / MAX_CARDS);
  double shortest = MIN (hedge->size.x, MIN (hedge->size.y, hedge->size.z));
  hedge->card_m = MIN (CARD_LENGTH_M * sqrt (wanted), 0.35 * shortest);
  double per_m2 = MIN (7.5 / (hedge->card_m * hedge->card_m), MAX_CARDS / area) * density;
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++) {
    guint n = (guint) (get_area (hedge, &sides[i]) * per_m2 + 1);
    for (guint k = 0; k < n; k++)
      add_leaf (builder, hedge, &sides[i]);
  }
}

/* A twig from the inside out through @side. */
static void
add_stem (DioMeshBuilder *builder, Hedge *hedge, const HedgeSide *side, double radius)
{
  double a = dio_dice_roll (&hedge->dice, -0.5, 0.5), b = dio_dice_roll (&hedge->dice, -0.5, 0.5);
  double reach = hedge->card_m;
  DioVec3 half = dio_vec3_scale (hedge->size, 0.5);
  DioVec3 room = dio_vec3_sub (hedge->size, dio_vec3 (2.2 * reach, 2.2 * reach, 2.2 * reach));
  DioVec3 place = dio_vec3_add (dio_vec3_mul (side->normal, half), dio_vec3 (0, 0, half.z));
  place = dio_vec3_add (place, dio_vec3_add (dio_vec3_scale (dio_vec3_mul (side->right, room), a),
                                             dio_vec3_scale (dio_vec3_mul (side->up, room), b)));
  DioVec3 root = dio_vec3_sub (place, dio_vec3_scale (side->normal, 1.5 * reach));
  DioVec3 lean = roll_way (&hedge->dice, 0.55 * reach);
  lean = dio_vec3_sub (lean, dio_vec3_scale (side->normal, dio_vec3_dot (lean, side->normal)));
  double out = dio_dice_roll (&hedge->dice, 0.1, 0.6) * reach;
  DioVec3 tip = dio_vec3_add (dio_vec3_sub (place, dio_vec3_scale (side->normal, out)), lean);
  /* Neither into the ground nor over the top. */
  tip.z = CLAMP (tip.z, 0.25 * reach, hedge->size.z - 2 * radius);
  root.z = CLAMP (root.z, 2 * radius, hedge->size.z - 2 * radius);
  float tone = (float) dio_dice_roll (&hedge->dice, 0.75, 1.2);
  builder->tint[0] = builder->tint[1] = builder->tint[2] = tone;
  const DioSweepStation stations[] = { { root, radius, 0 }, { tip, 0.35 * radius, 0 } };
  const DioSweepLook look = { .n_sides = 4 };
  dio_sweep_add (builder, stations, G_N_ELEMENTS (stations), &look);
}

/* The stems of all sides; long hedges have fewer and thicker ones on each. */
static void
add_stems (DioMeshBuilder *builder, Hedge *hedge, double density)
{
  double area = 0;
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    area += get_area (hedge, &sides[i]);
  double shortest = MIN (hedge->size.x, MIN (hedge->size.y, hedge->size.z));
  hedge->card_m = MIN (CARD_LENGTH_M, 0.35 * shortest);
  double per_m2 = MIN (STEMS_PER_M2, MAX_STEMS / area);
  double radius = MIN (0.024 * hedge->card_m * sqrt (STEMS_PER_M2 / per_m2), 0.05 * hedge->card_m);
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++) {
    guint n = (guint) (get_area (hedge, &sides[i]) * per_m2 * density + 1);
    for (guint k = 0; k < n; k++)
      add_stem (builder, hedge, &sides[i], radius);
  }
  builder->tint[0] = builder->tint[1] = builder->tint[2] = 1;
}

void
dio_parametric_build_hedge (DioParametricMake *make)
{
  const double *values = make->values;
  Hedge hedge = {
    .size = { values[DIO_HEDGE_LENGTH], values[DIO_HEDGE_DEPTH], values[DIO_HEDGE_HEIGHT] },
    .dice = dio_dice (values[DIO_HEDGE_SEED], 0x4ED6E),
    .spring = values[DIO_HEDGE_SEASON] == SEASON_SPRING ? 1 : 0,
  };
  g_auto (DioMeshBuilder) builder;
  dio_mesh_builder_init (&builder);
  gboolean bare = values[DIO_HEDGE_SEASON] == SEASON_BARE;
  if (bare) {
    add_stems (&builder, &hedge, values[DIO_HEDGE_DENSITY]);
    dio_parametric_take_part (make, &builder, &stems_look);
  } else {
    add_leaves (&builder, &hedge, values[DIO_HEDGE_DENSITY]);
    dio_foliage_take_part (make, &builder, values[DIO_HEDGE_SEASON] == SEASON_AUTUMN);
  }

  double inset = (bare ? 1.25 : 0.95) * hedge.card_m;
  DioVec3 core = dio_vec3_sub (hedge.size, dio_vec3 (2 * inset, 2 * inset, inset));
  dio_mesh_builder_add_rounded_box (&builder, dio_vec3 (0, 0, core.z / 2), core, 0.5 * inset);
  dio_parametric_take_part (make, &builder, bare ? &winter_look : &inside_look);
}
