#define G_LOG_DOMAIN "dio-parametric"

/* Things that stand on a table, and the table. Ranges are such that every combination of values gives a sound model; builders limit
 * what depends on another value (a bevel on the smallest side, a wall on the radius). */

#include "dio-parametric-table-private.h"

#include <glib/gi18n-lib.h>

static const char *const woods[] = { N_ ("Oak"), N_ ("Walnut"), N_ ("Pine"), N_ ("White"), NULL };

static const DioParametricParam bottle_params[] = {
  [DIO_BOTTLE_RADIUS] = { "radius_m", N_ ("Radius"), "m", 0.01, 0.15, 0.036 },
  [DIO_BOTTLE_HEIGHT] = { "height_m", N_ ("Height"), "m", 0.08, 0.8, 0.26 },
  [DIO_BOTTLE_NECK_RADIUS] = { "neck_radius_m", N_ ("Radius of the neck"), "m", 0.004, 0.1, 0.013 },
  [DIO_BOTTLE_SHOULDER] = { "shoulder", N_ ("Slope of the shoulder"), "", 0, 1, 0.5 },
  { NULL },
};

static const DioParametricParam bowl_params[] = {
  [DIO_BOWL_RADIUS] = { "radius_m", N_ ("Radius"), "m", 0.025, 0.4, 0.085 },
  [DIO_BOWL_HEIGHT] = { "height_m", N_ ("Height"), "m", 0.015, 0.3, 0.07 },
  [DIO_BOWL_WALL] = { "wall_m", N_ ("Wall thickness"), "m", 0.0015, 0.015, 0.004 },
  { NULL },
};

static const DioParametricParam carton_params[] = {
  [DIO_CARTON_WIDTH] = { "width_m", N_ ("Width"), "m", 0.03, 0.3, 0.072 },
  [DIO_CARTON_DEPTH] = { "depth_m", N_ ("Depth"), "m", 0.03, 0.3, 0.072 },
  [DIO_CARTON_HEIGHT] = { "height_m", N_ ("Height"), "m", 0.08, 0.6, 0.235 },
  [DIO_CARTON_GABLE] = { "gable_m", N_ ("Height of the gable"), "m", 0.015, 0.15, 0.05 },
  { NULL },
};

static const DioParametricParam mug_params[] = {
  [DIO_MUG_RADIUS] = { "radius_m", N_ ("Radius"), "m", 0.015, 0.1, 0.041 },
  [DIO_MUG_HEIGHT] = { "height_m", N_ ("Height"), "m", 0.03, 0.25, 0.095 },
  [DIO_MUG_WALL] = { "wall_m", N_ ("Wall thickness"), "m", 0.0015, 0.01, 0.004 },
  [DIO_MUG_HANDLE_SCALE] = { "handle_scale", N_ ("Size of the handle"), "", 0.5, 1.5, 1 },
  { NULL },
};

static const DioParametricParam table_params[] = {
  [DIO_TABLE_WIDTH] = { "width_m", N_ ("Width"), "m", 0.3, 6, 1.4 },
  [DIO_TABLE_DEPTH] = { "depth_m", N_ ("Depth"), "m", 0.3, 4, 0.8 },
  [DIO_TABLE_HEIGHT] = { "height_m", N_ ("Height"), "m", 0.2, 1.5, 0.74 },
  [DIO_TABLE_TOP_THICKNESS] = { "top_thickness_m", N_ ("Thickness of the top"), "m", 0.008, 0.12,
                                0.028 },
  [DIO_TABLE_LEG_WIDTH] = { "leg_width_m", N_ ("Width of a leg"), "m", 0.015, 0.14, 0.06 },
  [DIO_TABLE_LEG_INSET] = { "leg_inset_m", N_ ("Distance of the legs from the edge"), "m", 0, 0.5,
                            0.03 },
  [DIO_TABLE_WOOD] = { "wood", N_ ("Wood"), "", 0, 3, 0, TRUE, woods },
  [DIO_TABLE_SEED] = { "seed", N_ ("Seed"), "", 0, 9999, 1, TRUE },
  { NULL },
};

static const DioParametricKind kinds[] = {
  { { "bottle", N_ ("Bottle"), DIO_PARAMETRIC_TABLETOP, bottle_params },
    dio_parametric_build_bottle },
  { { "bowl", N_ ("Bowl"), DIO_PARAMETRIC_TABLETOP, bowl_params }, dio_parametric_build_bowl },
  { { "carton", N_ ("Milk carton"), DIO_PARAMETRIC_TABLETOP, carton_params },
    dio_parametric_build_carton },
  { { "mug", N_ ("Mug"), DIO_PARAMETRIC_TABLETOP, mug_params }, dio_parametric_build_mug },
  { { "table", N_ ("Table"), DIO_PARAMETRIC_TABLETOP, table_params }, dio_parametric_build_table },
};

const DioParametricKind *
dio_parametric_list_tabletop (guint *n)
{
  *n = G_N_ELEMENTS (kinds);
  return kinds;
}
