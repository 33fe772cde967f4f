#define G_LOG_DOMAIN "dio-parametric"

/* Fruit: bodies of two angles, none quite round, with stems. */

#include "dio-parametric-household-private.h"

#include "dio-core-math.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-parametric-dice-private.h"
#include "dio-parametric-globe-private.h"
#include "dio-parametric-peel-private.h"
#include "dio-parametric-sweep-private.h"

static const DioMaterialLook stem_look = { "stem", 74, 52, 32, 0.85f, 0 };

/* What a fruit of one kind is like and how this one deviates. */
typedef struct {
  double radius, ripeness;
  double lobe_phase, skew[2]; /* where its bulges are, how its axis leans */
  double blush_phase;         /* the side that the sun had coloured */
} Fruit;

static Fruit
roll_fruit (const double *values, uint32_t stream)
{
  DioDice dice = dio_dice (values[DIO_FRUIT_SEED], stream);
  Fruit fruit = { .radius = values[DIO_FRUIT_SIZE] / 2, .ripeness = values[DIO_FRUIT_RIPENESS] };
  fruit.lobe_phase = dio_dice_roll (&dice, 0, 2 * DIO_PI);
  fruit.blush_phase = dio_dice_roll (&dice, 0, 2 * DIO_PI);
  fruit.skew[0] = dio_dice_roll (&dice, -0.10, 0.10);
  fruit.skew[1] = dio_dice_roll (&dice, -0.10, 0.10);
  return fruit;
}

static DioVec3
place (const Fruit *fruit, double r, double z, double turn)
{
  double angle = 2 * DIO_PI * turn;
  return dio_vec3 (fruit->radius * (r * dio_cos (angle) + fruit->skew[0] * z),
                   fruit->radius * (r * dio_sin (angle) + fruit->skew[1] * z), fruit->radius * z);
}

static double
get_pit (double x, double width)
{
  return dio_exp (-(x / width) * (x / width));
}

/* Broad shoulders, a pit for the stem, and five knobs about the one below. */
static DioVec3
get_apple_point (double s, double turn, gconstpointer user)
{
  const Fruit *fruit = user;
  double t = DIO_PI * (1 - s), round = dio_sin (t);
  double knobs = 1 + 0.035 * dio_cos (5 * 2 * DIO_PI * turn + fruit->lobe_phase) * (1 - s) * round;
  double r = round * (1 + 0.10 * dio_cos (t)) * knobs;
  double z = 0.88 * dio_cos (t) - 0.42 * get_pit (t, 0.40) + 0.26 * get_pit (DIO_PI - t, 0.34);
  return place (fruit, s <= 0 || s >= 1 ? 0 : r, z, turn);
}

static void
mix_tint (const float a[static 3], const float b[static 3], double t, float tint[static 3])
{
  for (int c = 0; c < 3; c++)
    tint[c] = dio_mixf (a[c], b[c], (float) CLAMP (t, 0, 1));
}

/* Red where the sun was, yellow-green on the other side and in the pits. */
static void
get_apple_tint (double s, double turn, gconstpointer user, float tint[static 3])
{
  static const float green[3] = { 0.40f, 0.45f, 0.06f }, red[3] = { 0.42f, 0.02f, 0.015f };
  const Fruit *fruit = user;
  double sun = 0.5 + 0.5 * dio_cos (2 * DIO_PI * turn - fruit->blush_phase);
  double blush = 2.1 * fruit->ripeness - 0.55 + 0.55 * (sun - 0.5);
  blush -= 0.8 * get_pit (1 - s, 0.10) + 0.5 * get_pit (s, 0.07);
  mix_tint (green, red, blush, tint);
}

/* A neck above a round belly. */
static DioVec3
get_pear_point (double s, double turn, gconstpointer user)
{
  const Fruit *fruit = user;
  double t = DIO_PI * (1 - s), neck = dio_smoothstep (0.36, 0.80, s);
  double lobes = 1 + 0.02 * dio_cos (3 * 2 * DIO_PI * turn + fruit->lobe_phase);
  double r = dio_sin (t) * (1 - 0.40 * neck) * lobes;
  double z = 0.98 * dio_cos (t) + 0.62 * neck + 0.16 * get_pit (DIO_PI - t, 0.30)
             - 0.07 * get_pit (t, 0.22);
  return place (fruit, s <= 0 || s >= 1 ? 0 : r, z, turn);
}

static void
get_pear_tint (double s, double turn, gconstpointer user, float tint[static 3])
{
  static const float green[3] = { 0.22f, 0.34f, 0.05f }, yellow[3] = { 0.66f, 0.52f, 0.08f };
  const Fruit *fruit = user;
  double sun = 0.5 + 0.5 * dio_cos (2 * DIO_PI * turn - fruit->blush_phase);
  mix_tint (green, yellow, fruit->ripeness + 0.35 * (sun - 0.5) - 0.15 * get_pit (1 - s, 0.15),
            tint);
}

static DioVec3
get_orange_point (double s, double turn, gconstpointer user)
{
  const Fruit *fruit = user;
  double t = DIO_PI * (1 - s);
  double lobes = 1 + 0.008 * dio_cos (3 * 2 * DIO_PI * turn + fruit->lobe_phase);
  double z = 0.95 * dio_cos (t) - 0.045 * get_pit (t, 0.20);
  return place (fruit, s <= 0 || s >= 1 ? 0 : dio_sin (t) * lobes, z, turn);
}

static void
get_orange_tint (double s, double turn, gconstpointer user, float tint[static 3])
{
  static const float green[3] = { 0.36f, 0.34f, 0.03f }, orange[3] = { 0.80f, 0.23f, 0.012f };
  const Fruit *fruit = user;
  double sun = 0.5 + 0.5 * dio_cos (2 * DIO_PI * turn - fruit->blush_phase);
  mix_tint (green, orange,
            0.25 + 1.2 * fruit->ripeness + 0.2 * (sun - 0.5) - 0.25 * get_pit (1 - s, 0.12), tint);
}

/* Out of the pit, @length radii long and a little to one side. */
static void
add_stem (DioMeshBuilder *builder, const Fruit *fruit, double z, double length, double thick)
{
  double r = fruit->radius, c = dio_cos (fruit->lobe_phase), s = dio_sin (fruit->lobe_phase);
  DioSweepStation stations[6];
  for (guint k = 0; k < 6; k++) {
    double t = k / 5.0, aside = 0.22 * length * t * t;
    stations[k] = (DioSweepStation){
      .center = dio_vec3_scale (
          dio_vec3 (fruit->skew[0] * z + aside * c, fruit->skew[1] * z + aside * s, z + length * t),
          r),
      .radius = r * thick * (k == 5 ? 1.5 : 1 - 0.25 * dio_sin (DIO_PI * t)),
    };
  }
  const DioSweepLook look = { .n_sides = 10, .tiles = 1 };
  dio_sweep_add (builder, stations, 6, &look);
}

/* A star of five flat lobes where the stem was. */
static void
add_button (DioMeshBuilder *builder, const Fruit *fruit, double z)
{
  const double r = fruit->radius;
  const DioSweepStation stations[] = {
    { { fruit->skew[0] * z * r, fruit->skew[1] * z * r, (z - 0.06) * r }, 0.085 * r, 0 },
    { { fruit->skew[0] * z * r, fruit->skew[1] * z * r, (z + 0.012) * r }, 0.080 * r, 0 },
    { { fruit->skew[0] * z * r, fruit->skew[1] * z * r, (z + 0.030) * r }, 0.050 * r, 0 },
  };
  const DioSweepLook look = { .n_sides = 10, .tiles = 1 };
  dio_sweep_add (builder, stations, 3, &look);
}

static void
take_fruit (DioParametricMake *make,
            DioMeshBuilder *body,
            DioMeshBuilder *stem,
            const DioSurface *surface)
{
  const DioMaterialLook look = { "fruit", 255, 255, 255, 1, 0, surface };
  DioMeshBuilder *builders[] = { body, stem };
  dio_globe_settle (builders, 2);
  dio_parametric_take_part (make, body, &look);
  dio_parametric_take_part (make, stem, &stem_look);
}

#define ALONG 36
#define ROUND 48

void
dio_parametric_build_apple (DioParametricMake *make)
{
  Fruit fruit = roll_fruit (make->values, 0xA991E);
  const DioGlobe globe = { get_apple_point, get_apple_tint, &fruit, ALONG, ROUND, 1, 1 };
  g_auto (DioMeshBuilder) body, stem;
  dio_mesh_builder_init (&body);
  dio_mesh_builder_init (&stem);
  dio_globe_add (&body, &globe);
  add_stem (&stem, &fruit, 0.42, 0.62, 0.036);
  take_fruit (make, &body, &stem, &dio_surface_apple_peel);
}

void
dio_parametric_build_pear (DioParametricMake *make)
{
  Fruit fruit = roll_fruit (make->values, 0x9EA4);
  const DioGlobe globe = { get_pear_point, get_pear_tint, &fruit, ALONG, ROUND, 1, 1 };
  g_auto (DioMeshBuilder) body, stem;
  dio_mesh_builder_init (&body);
  dio_mesh_builder_init (&stem);
  dio_globe_add (&body, &globe);
  add_stem (&stem, &fruit, 1.48, 0.50, 0.045);
  take_fruit (make, &body, &stem, &dio_surface_pear_peel);
}

void
dio_parametric_build_orange (DioParametricMake *make)
{
  Fruit fruit = roll_fruit (make->values, 0x02A26E);
  const DioGlobe globe = { get_orange_point, get_orange_tint, &fruit, ALONG, ROUND, 3, 1.5 };
  g_auto (DioMeshBuilder) body, stem;
  dio_mesh_builder_init (&body);
  dio_mesh_builder_init (&stem);
  dio_globe_add (&body, &globe);
  add_button (&stem, &fruit, 0.905);
  take_fruit (make, &body, &stem, &dio_surface_orange_peel);
}

/* A banana lies on its side: its middle line is an arc in the ground's plane. */
typedef struct {
  double length, bend_rad, radius, ripeness;
} Banana;

/* Thickness along it: the stem, the body, the dry end. */
static double
get_banana_girth (double s)
{
  double body = dio_smoothstep (0.06, 0.40, s) * (1 - dio_smoothstep (0.64, 0.965, s));
  double stem = 0.30 * dio_smoothstep (0, 0.035, s),
         tip = 0.17 * (1 - dio_smoothstep (0.962, 1, s));
  return body + (1 - body) * (s < 0.5 ? stem : tip);
}

static DioVec3
get_banana_point (double s, double turn, gconstpointer user)
{
  const Banana *banana = user;
  /* More bent at the stem than at the tip. */
  double at = (s - 0.5) * banana->bend_rad * (1.15 - 0.3 * s);
  double arc = banana->length / MAX (banana->bend_rad, 0.05);
  double edge = 1 + 0.055 * dio_cos (5 * 2 * DIO_PI * turn) * dio_smoothstep (0.05, 0.2, s);
  double r = s <= 0 || s >= 1 ? 0 : banana->radius * get_banana_girth (s) * edge;
  double angle = 2 * DIO_PI * turn, out = arc + r * dio_cos (angle);
  return dio_vec3 (out * dio_sin (at), -out * dio_cos (at), -r * dio_sin (angle));
}

static void
get_banana_tint (double s, double turn, gconstpointer user, float tint[static 3])
{
  static const float green[3] = { 0.24f, 0.38f, 0.05f }, yellow[3] = { 0.82f, 0.55f, 0.045f };
  static const float brown[3] = { 0.10f, 0.060f, 0.025f };
  const Banana *banana = user;
  double ends = MAX (get_pit (s, 0.10), get_pit (1 - s, 0.05));
  float skin[3];
  mix_tint (green, yellow, 1.6 * banana->ripeness - 0.75 * ends + 0.1, skin);
  double dry = MAX (1 - dio_smoothstep (0.015, 0.040, s), dio_smoothstep (0.955, 0.985, s));
  double old = 0.75 * dio_smoothstep (0.7, 1, banana->ripeness) * ends;
  mix_tint (skin, brown, MAX (0.92 * dry, old), tint);
}

void
dio_parametric_build_banana (DioParametricMake *make)
{
  DioDice dice = dio_dice (make->values[DIO_BANANA_SEED], 0xBA2A2A);
  Banana banana = {
    .length = make->values[DIO_BANANA_LENGTH] * 0.88,
    .bend_rad = make->values[DIO_BANANA_BEND],
    .ripeness = make->values[DIO_BANANA_RIPENESS],
  };
  banana.radius = 0.084 * make->values[DIO_BANANA_LENGTH] * dio_dice_roll (&dice, 0.92, 1.08);
  const DioGlobe globe = { get_banana_point, get_banana_tint, &banana, 64, 40, 2, 3 };
  const DioMaterialLook look = { "peel",
                                 255,
                                 255,
                                 255,
                                 1,
                                 0,
                                 banana.ripeness > 0.6 ? &dio_surface_spotted_peel
                                                       : &dio_surface_banana_peel };
  g_auto (DioMeshBuilder) builder;
  DioMeshBuilder *builders[] = { &builder };
  dio_mesh_builder_init (&builder);
  dio_globe_add (&builder, &globe);
  dio_globe_settle (builders, 1);
  dio_parametric_take_part (make, &builder, &look);
}
