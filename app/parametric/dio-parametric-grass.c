#define G_LOG_DOMAIN "dio-parametric"

/* A tuft of grass: every blade a bent strip that ends in a point. */

#include "dio-parametric-nature-private.h"

#include "dio-core-math.h"
#include "dio-core-vec.h"
#include "dio-parametric-dice-private.h"

#define STEPS 3

static const DioMaterialLook blades_look = {
  .name = "blades", 255, 255, 255, 0.62f, 0, .double_sided = TRUE
};

typedef struct {
  DioVec3 root;
  double azimuth_rad; /* where it leans */
  double length, width;
  double lean_rad;   /* from the vertical at the root */
  double bow_rad;    /* how much more at the tip */
  float color[2][3]; /* linear, at the root and at the tip */
} Blade;

static void
add_row (DioMeshBuilder *builder, const Blade *blade, DioVec3 middle, double lean_rad, double t)
{
  double c = dio_cos (blade->azimuth_rad), s = dio_sin (blade->azimuth_rad);
  DioVec3 right = { -s, c, 0 };
  DioVec3 normal = { c * dio_cos (lean_rad), s * dio_cos (lean_rad), -dio_sin (lean_rad) };
  double width = blade->width * (t < 0.5 ? 1 : 2 * (1 - t));
  for (int i = 0; i < 3; i++)
    builder->tint[i] = dio_mixf (blade->color[0][i], blade->color[1][i], (float) t);
  for (int side = -1; side <= 1; side += 2) {
    /* The upper side is a gutter: its borders look inwards. */
    DioBuilderVertex vertex = {
      .position = dio_vec3_add (middle, dio_vec3_scale (right, 0.5 * side * width)),
      .normal = dio_vec3_sub (dio_vec3_scale (normal, -1), dio_vec3_scale (right, 0.4 * side)),
      .u = side > 0 ? 1 : 0,
      .v = 1 - t,
    };
    dio_mesh_builder_add_vertex (builder, &vertex);
  }
}

static void
add_blade (DioMeshBuilder *builder, const Blade *blade)
{
  uint32_t first = builder->vertices->len;
  DioVec3 at = blade->root;
  double c = dio_cos (blade->azimuth_rad), s = dio_sin (blade->azimuth_rad);
  for (guint k = 0; k <= STEPS; k++) {
    double t = (double) k / STEPS, lean = blade->lean_rad + blade->bow_rad * t * t;
    add_row (builder, blade, at, lean, t);
    double next = blade->lean_rad + blade->bow_rad * (t + 0.5 / STEPS) * (t + 0.5 / STEPS);
    double step = blade->length / STEPS, out = step * dio_sin (next);
    at = dio_vec3_add (at, dio_vec3 (c * out, s * out, step * dio_cos (next)));
  }
  for (uint32_t k = 0; k < STEPS; k++) {
    uint32_t a = first + 2 * k;
    dio_mesh_builder_add_quad (builder, a, a + 2, a + 3, a + 1);
  }
}

static void
set_colors (Blade *blade, DioDice *dice, double dryness)
{
  static const float green[2][3] = { { 0.020f, 0.040f, 0.008f }, { 0.110f, 0.210f, 0.035f } };
  static const float straw[2][3] = { { 0.110f, 0.085f, 0.030f }, { 0.420f, 0.330f, 0.140f } };
  float dry = dio_dice_roll (dice, 0, 1) < dryness ? 0.9f : 0.12f * (float) dryness;
  float light = (float) dio_dice_roll (dice, 0.65, 1.25),
        hue = (float) dio_dice_roll (dice, 0.8, 1.2);
  for (int end = 0; end < 2; end++)
    for (int i = 0; i < 3; i++)
      blade->color[end][i] =
          light * (i == 0 ? hue : 1) * dio_mixf (green[end][i], straw[end][i], dry);
}

static Blade
roll_blade (DioDice *dice, const double *values)
{
  /* Denser in the middle, where blades also stand straighter and taller. */
  double share = dio_dice_roll (dice, 0, 1), around = dio_dice_roll (dice, 0, 2 * DIO_PI);
  /* A wide patch is even. */
  double spread = dio_smoothstep (0.5, 3, values[DIO_GRASS_RADIUS] / values[DIO_GRASS_HEIGHT]);
  double r = values[DIO_GRASS_RADIUS] * dio_mix (share, sqrt (share), spread);
  double height = values[DIO_GRASS_HEIGHT];
  Blade blade = { .root = { r * dio_cos (around), r * dio_sin (around), 0 } };
  blade.azimuth_rad = around + dio_dice_roll (dice, -1.1, 1.1);
  blade.length = height * dio_dice_roll (dice, 0.55, 1.1) * (1.05 - 0.25 * share * (1 - spread));
  blade.width = CLAMP (0.03 * height, 0.002, 0.009) * dio_dice_roll (dice, 0.6, 1.2);
  blade.lean_rad = 0.08 + 0.35 * share * (1 - 0.6 * spread) * dio_dice_roll (dice, 0.3, 1.2);
  blade.bow_rad = dio_dice_roll (dice, 0.1, 1.3);
  set_colors (&blade, dice, values[DIO_GRASS_DRYNESS]);
  return blade;
}

void
dio_parametric_build_grass (DioParametricMake *make)
{
  DioDice dice = dio_dice (make->values[DIO_GRASS_SEED], 0x64A55);
  g_auto (DioMeshBuilder) builder;
  dio_mesh_builder_init (&builder);
  for (guint i = 0; i < (guint) make->values[DIO_GRASS_BLADES]; i++) {
    Blade blade = roll_blade (&dice, make->values);
    add_blade (&builder, &blade);
  }
  dio_parametric_take_part (make, &builder, &blades_look);
}
