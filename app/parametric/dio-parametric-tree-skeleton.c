#define G_LOG_DOMAIN "dio-parametric"

/* A tree grows from the outline of its crown: boughs leave the trunk by the golden angle and reach as far as
 * the outline allows at their height; branches leave boughs to both sides; leaves sit along branches. */

#include "dio-parametric-tree-skeleton-private.h"

#include "dio-core-math.h"
#include "dio-core-vec.h"
#include "dio-parametric-dice-private.h"

#define GOLDEN_ANGLE_RAD 2.39996322972865332
#define TRUNK_STATIONS 14
#define BOUGH_STATIONS 7
#define BRANCH_STATIONS 4

/* Lengths are shares of the tree's height, angles above the horizontal. */
typedef struct {
  double clear;        /* trunk without boughs */
  double crown_radius; /* the widest reach of a bough */
  double trunk_radius, trunk_end;
  guint n_boughs;
  double rise_low_rad, rise_high_rad; /* of the lowest and of the highest bough */
  double lift;                        /* how boughs turn upwards on their way; negative: droop */
  double droop;                       /* how twigs hang */
  double wander;                      /* how crooked wood is */
} Species;

static const Species all_species[DIO_TREE_SHAPES] = {
  [DIO_TREE_BROAD] = { 0.27, 0.42, 0.026, 0.86, 38, 0.22, 1.25, 0.14, 0.10, 0.15 },
  [DIO_TREE_OVAL] = { 0.20, 0.25, 0.020, 0.93, 34, 0.55, 1.15, 0.25, 0.05, 0.10 },
  [DIO_TREE_CONICAL] = { 0.10, 0.22, 0.017, 0.99, 70, 0.02, 0.45, 0.12, 0.12, 0.03 },
  [DIO_TREE_BIRCH] = { 0.22, 0.21, 0.013, 0.96, 32, 0.75, 1.20, -0.30, 0.90, 0.08 },
};

typedef struct {
  DioTreeSkeleton *out;
  const DioTreeGrowth *growth;
  const Species *species;
  DioDice dice;
} Grower;

/* How far boughs reach at @t (0 foot of the crown .. 1 top) as a share of the widest. */
static double
get_reach (DioTreeShape shape, double t)
{
  switch (shape) {
  case DIO_TREE_CONICAL:
    return 0.06 + 0.94 * dio_pow (1 - t, 0.9);
  case DIO_TREE_BROAD:
    return dio_pow (dio_sin (DIO_PI * (0.26 + 0.64 * t)), 0.8);
  case DIO_TREE_OVAL:
  case DIO_TREE_BIRCH:
  default:
    return dio_pow (dio_sin (DIO_PI * (0.20 + 0.75 * t)), 0.85);
  }
}

static DioVec3
roll_way (DioDice *dice)
{
  double x = dio_dice_roll (dice, -1, 1), y = dio_dice_roll (dice, -1, 1);
  return dio_vec3 (x, y, dio_dice_roll (dice, -1, 1));
}

static const DioSweepStation *
get_station (const Grower *grower, const DioTreeLimb *limb, guint k)
{
  return &g_array_index (grower->out->stations, DioSweepStation, limb->first + k);
}

/* The point at @t (0 .. 1) of @limb, its radius, and the way there. */
static DioSweepStation
get_point (const Grower *grower, const DioTreeLimb *limb, double t, DioVec3 *way_out)
{
  double x = CLAMP (t, 0, 1) * (limb->n - 1);
  guint k = MIN ((guint) x, limb->n - 2);
  const DioSweepStation *a = get_station (grower, limb, k), *b = get_station (grower, limb, k + 1);
  DioVec3 step = dio_vec3_sub (b->center, a->center);
  *way_out = dio_vec3_normalize (step);
  return (DioSweepStation){ .center = dio_vec3_add (a->center, dio_vec3_scale (step, x - k)),
                            .radius = dio_mix (a->radius, b->radius, x - k) };
}

static void
grow_trunk (Grower *grower)
{
  const Species *species = grower->species;
  double height = grower->growth->height_m, end = species->trunk_end * height;
  double radius = species->trunk_radius * height;
  DioVec3 lean = dio_vec3_scale (roll_way (&grower->dice), species->wander * 0.5);
  DioVec3 bend = dio_vec3_scale (roll_way (&grower->dice), species->wander * 0.25);
  for (guint k = 0; k < TRUNK_STATIONS; k++) {
    /* Closer at the foot, where the roots flare. */
    double t = (double) k / (TRUNK_STATIONS - 1);
    double z = end * t * (0.25 + 0.75 * t), share = z / end;
    double sway = 0.35 * share * share * end, wave = 0.12 * end * dio_sin (2 * DIO_PI * share);
    double flare = 0.75 * dio_exp (-z / (2.2 * radius));
    DioSweepStation station = {
      .center = { lean.x * sway + bend.x * wave * share, lean.y * sway + bend.y * wave * share, z },
      .radius = k + 1 < TRUNK_STATIONS ? radius * ((1 - 0.9 * share) + flare) : 0,
    };
    if (k == 1)
      station.center.x = station.center.y = 0;
    g_array_append_val (grower->out->stations, station);
  }
  DioTreeLimb trunk = { 0, TRUNK_STATIONS, 0 };
  g_array_append_val (grower->out->limbs, trunk);
}

/* What a limb starts with. */
typedef struct {
  DioVec3 from, way;
  double length, radius;
  double lift; /* added to the way's z over the whole length */
  guint n_stations, level;
} Shoot;

static DioTreeLimb
grow_limb (Grower *grower, const Shoot *shoot)
{
  GArray *stations = grower->out->stations;
  DioTreeLimb limb = { stations->len, shoot->n_stations, shoot->level };
  DioVec3 at = shoot->from, way = shoot->way;
  double step = shoot->length / (shoot->n_stations - 1);
  for (guint k = 0; k < shoot->n_stations; k++) {
    double t = (double) k / (shoot->n_stations - 1);
    DioSweepStation station = {
      .center = at,
      .radius = k + 1 < shoot->n_stations ? shoot->radius * (1 - 0.82 * t) : 0,
    };
    g_array_append_val (stations, station);
    DioVec3 turn = dio_vec3_scale (roll_way (&grower->dice), grower->species->wander);
    turn.z += shoot->lift / (shoot->n_stations - 1);
    way = dio_vec3_normalize (dio_vec3_add (way, turn));
    at = dio_vec3_add (at, dio_vec3_scale (way, step));
  }
  g_array_append_val (grower->out->limbs, limb);
  return limb;
}

static double
get_exposure (const DioTreeSkeleton *skeleton, DioVec3 p)
{
  DioVec3 d = dio_vec3_sub (p, skeleton->crown);
  double x = d.x / skeleton->crown_radius, y = d.y / skeleton->crown_radius;
  double z = d.z / skeleton->crown_half_height;
  double inside = sqrt (x * x + y * y + z * z);
  return CLAMP (0.85 * dio_smoothstep (0.15, 1.0, inside) + 0.15 * CLAMP (z, -1, 1), 0, 1);
}

static DioVec3
turn_aside (Grower *grower, DioVec3 way, DioVec3 position, double spread)
{
  DioVec3 out = dio_vec3_normalize (dio_vec3_sub (position, grower->out->crown));
  DioVec3 turned = dio_vec3_add (dio_vec3_scale (way, 0.55), dio_vec3_scale (out, 0.35));
  turned = dio_vec3_add (turned, dio_vec3_scale (roll_way (&grower->dice), spread));
  turned.z -= grower->species->droop * dio_dice_roll (&grower->dice, 0.5, 1.3);
  return dio_vec3_normalize (turned);
}

/* Leaves, or twigs of wood where there are none, along the outer part of @limb. */
static void
grow_twigs (Grower *grower, const DioTreeLimb *limb, double from, guint n)
{
  double length = 0.06 * grower->growth->height_m;
  for (guint i = 0; i < n; i++) {
    double t = from + (1.02 - from) * (i + dio_dice_roll (&grower->dice, 0, 1)) / n;
    DioVec3 way;
    DioSweepStation point = get_point (grower, limb, t, &way);
    DioTreeTwig twig = { .base = point.center };
    twig.along = turn_aside (grower, way, point.center, 0.75);
    twig.exposure = get_exposure (grower->out, point.center);
    if (grower->growth->bare) {
      Shoot shoot = { point.center,
                      twig.along,
                      length * dio_dice_roll (&grower->dice, 0.6, 1.3),
                      CLAMP (0.7 * point.radius, 0.0015, 0.006),
                      0.1,
                      3,
                      3 };
      grow_limb (grower, &shoot);
    } else {
      g_array_append_val (grower->out->twigs, twig);
    }
  }
}

static guint
count_twigs (const Grower *grower, guint at_most)
{
  /* Crowns grow by the square of the height, cards of leaves by less. */
  double size = CLAMP (dio_pow (grower->growth->height_m / 7, 0.6), 0.5, 2);
  double share = grower->growth->bare ? 0.35 : grower->growth->density * size;
  return (guint) (at_most * share + 0.5);
}

static void
grow_branches (Grower *grower, const DioTreeLimb *bough, double bough_length)
{
  gboolean conical = grower->growth->shape == DIO_TREE_CONICAL;
  guint n = conical ? 4 : 6;
  for (guint i = 0; i < n; i++) {
    double t = 0.22 + 0.72 * (i + dio_dice_roll (&grower->dice, 0.1, 0.9)) / n;
    DioVec3 way;
    DioSweepStation point = get_point (grower, bough, t, &way);
    DioVec3 aside = dio_vec3_normalize (dio_vec3_cross (way, dio_vec3 (0, 0, 1)));
    double side = i % 2 == 0 ? 0.8 : -0.8;
    DioVec3 start = dio_vec3_add (way, dio_vec3_scale (aside, side));
    start.z += dio_dice_roll (&grower->dice, -0.25, conical ? 0.05 : 0.45);
    Shoot shoot = {
      .from = point.center,
      .way = dio_vec3_normalize (start),
      .length = bough_length * (0.55 - 0.3 * t) * dio_dice_roll (&grower->dice, 0.8, 1.25),
      .radius = 0.62 * point.radius,
      .lift = grower->species->lift * 0.6,
      .n_stations = BRANCH_STATIONS,
      .level = 2,
    };
    DioTreeLimb branch = grow_limb (grower, &shoot);
    grow_twigs (grower, &branch, 0.15, count_twigs (grower, conical ? 9 : 22));
  }
}

static void
grow_bough (Grower *grower, const DioTreeLimb *trunk, guint i)
{
  const Species *species = grower->species;
  double height = grower->growth->height_m;
  double t = (i + dio_dice_roll (&grower->dice, 0, 1)) / species->n_boughs;
  double z = dio_mix (species->clear, species->trunk_end * 0.97, t) * height;
  /* Stations lie at t (1/4 + 3/4 t) of the trunk: solved for its own t. */
  double share = z / (species->trunk_end * height);
  double on_trunk = (sqrt (0.0625 + 3 * share) - 0.25) / 1.5;
  DioVec3 way;
  DioSweepStation point = get_point (grower, trunk, on_trunk, &way);
  double azimuth = i * GOLDEN_ANGLE_RAD + dio_dice_roll (&grower->dice, -0.35, 0.35);
  double rise = dio_mix (species->rise_low_rad, species->rise_high_rad, t)
                + dio_dice_roll (&grower->dice, -0.12, 0.12);
  double reach = species->crown_radius * height * get_reach (grower->growth->shape, t);
  double c = dio_cos (rise);
  Shoot shoot = {
    .from = point.center,
    .way = { dio_cos (azimuth) * c, dio_sin (azimuth) * c, dio_sin (rise) },
    /* A steep bough is longer for its reach, but not past the crown. */
    .length = reach / MAX (c, 0.62) * dio_dice_roll (&grower->dice, 0.82, 1.1),
    .lift = species->lift,
    .n_stations = BOUGH_STATIONS,
    .level = 1,
  };
  shoot.radius = MIN (0.62 * point.radius, 0.028 * shoot.length + 0.002 * height);
  DioTreeLimb bough = grow_limb (grower, &shoot);
  grow_branches (grower, &bough, shoot.length);
  grow_twigs (grower, &bough, 0.6, count_twigs (grower, 12));
}

void
dio_tree_skeleton_init (DioTreeSkeleton *skeleton, const DioTreeGrowth *growth)
{
  const Species *species = &all_species[growth->shape];
  double height = growth->height_m, foot = species->clear * height;
  *skeleton = (DioTreeSkeleton){
    .stations = g_array_new (FALSE, FALSE, sizeof (DioSweepStation)),
    .limbs = g_array_new (FALSE, FALSE, sizeof (DioTreeLimb)),
    .twigs = g_array_new (FALSE, FALSE, sizeof (DioTreeTwig)),
    .crown = { 0, 0, 0.5 * (foot + height) },
    .crown_radius = species->crown_radius * height,
    .crown_half_height = 0.5 * (height - foot),
  };
  Grower grower = { skeleton, growth, species, dio_dice (growth->seed, 1 + growth->shape) };
  grow_trunk (&grower);
  DioTreeLimb trunk = g_array_index (skeleton->limbs, DioTreeLimb, 0);
  for (guint i = 0; i < species->n_boughs; i++)
    grow_bough (&grower, &trunk, i);
  grow_twigs (&grower, &trunk, 0.9, count_twigs (&grower, 40));
}

void
dio_tree_skeleton_clear (DioTreeSkeleton *skeleton)
{
  g_clear_pointer (&skeleton->stations, g_array_unref);
  g_clear_pointer (&skeleton->limbs, g_array_unref);
  g_clear_pointer (&skeleton->twigs, g_array_unref);
}
