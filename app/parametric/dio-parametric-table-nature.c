#define G_LOG_DOMAIN "dio-parametric"

/* What grows. */

#include "dio-parametric-nature-private.h"
#include "dio-parametric-table-private.h"

#include <glib/gi18n-lib.h>

static const char *const tree_shapes[] = { N_ ("Broad"), N_ ("Oval"), N_ ("Conical"), N_ ("Birch"),
                                           NULL };
static const char *const seasons[] = { N_ ("Spring"), N_ ("Summer"), N_ ("Autumn"), N_ ("Bare"),
                                       NULL };

static const DioParametricParam tree_params[] = {
  [DIO_TREE_HEIGHT] = { "height_m", N_ ("Height"), "m", 1.5, 30, 7 },
  [DIO_TREE_SHAPE] = { "shape", N_ ("Shape"), "", 0, 3, 0, TRUE, tree_shapes },
  [DIO_TREE_SEASON] = { "season", N_ ("Season"), "", 0, 3, 1, TRUE, seasons },
  [DIO_TREE_DENSITY] = { "density", N_ ("Density of the leaves"), "", 0, 1, 0.75 },
  [DIO_TREE_SEED] = { "seed", N_ ("Seed"), "", 0, 9999, 1, TRUE },
  { NULL },
};

/* A hedge that is kept has leaves all year. */

static const DioParametricParam hedge_params[] = {
  [DIO_HEDGE_LENGTH] = { "length_m", N_ ("Length"), "m", 0.4, 20, 2 },
  [DIO_HEDGE_HEIGHT] = { "height_m", N_ ("Height"), "m", 0.3, 4, 1.2 },
  [DIO_HEDGE_DEPTH] = { "depth_m", N_ ("Depth"), "m", 0.3, 3, 0.6 },
  [DIO_HEDGE_SEASON] = { "season", N_ ("Season"), "", 0, 3, 1, TRUE, seasons },
  [DIO_HEDGE_DENSITY] = { "density", N_ ("Density of the leaves"), "", 0.2, 1, 0.9 },
  [DIO_HEDGE_SEED] = { "seed", N_ ("Seed"), "", 0, 9999, 1, TRUE },
  { NULL },
};

static const DioParametricParam grass_params[] = {
  [DIO_GRASS_HEIGHT] = { "height_m", N_ ("Height"), "m", 0.03, 1.5, 0.25 },
  [DIO_GRASS_RADIUS] = { "radius_m", N_ ("Radius"), "m", 0.02, 2, 0.12 },
  [DIO_GRASS_BLADES] = { "blades", N_ ("Blades"), "", 10, 2000, 180, TRUE },
  [DIO_GRASS_DRYNESS] = { "dryness", N_ ("Dryness"), "", 0, 1, 0.15 },
  [DIO_GRASS_SEED] = { "seed", N_ ("Seed"), "", 0, 9999, 1, TRUE },
  { NULL },
};

static const DioParametricKind kinds[] = {
  { { "grass-tuft", N_ ("Tuft of grass"), DIO_PARAMETRIC_NATURE, grass_params, .open = TRUE },
    dio_parametric_build_grass },
  { { "hedge", N_ ("Hedge"), DIO_PARAMETRIC_NATURE, hedge_params, .open = TRUE },
    dio_parametric_build_hedge },
  { { "tree", N_ ("Tree"), DIO_PARAMETRIC_NATURE, tree_params, .open = TRUE },
    dio_parametric_build_tree },
};

const DioParametricKind *
dio_parametric_list_nature (guint *n)
{
  *n = G_N_ELEMENTS (kinds);
  return kinds;
}
