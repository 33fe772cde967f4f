#define G_LOG_DOMAIN "dio-parametric"

/* What stands and lies along a street. */

#include "dio-parametric-street-private.h"
#include "dio-parametric-table-private.h"

#include <glib/gi18n-lib.h>

static const char *const post_choices[] = { N_ ("Round Steel"), N_ ("Steel Channel"), N_ ("Wood"),
                                            NULL };
static const char *const sign_choices[] = { N_ ("Give Way"),    N_ ("Warning"),
                                            N_ ("Speed Limit"), N_ ("Prohibition"),
                                            N_ ("No Entry"),    N_ ("Red Disc"),
                                            N_ ("Ahead Only"),  NULL };

#define SEED                                                                                       \
  {                                                                                                \
    "seed", N_ ("Variant"), "", 0, 9999, 0, .whole = TRUE                                          \
  }

static const DioParametricParam stop_sign_params[] = {
  [DIO_STOP_SIGN_HEIGHT] = { "height_m", N_ ("Height of the lower edge"), "m", 0.5, 4, 2.1 },
  [DIO_STOP_SIGN_SIZE] = { "size_m", N_ ("Width of the sign"), "m", 0.3, 1.3, 0.75 },
  [DIO_STOP_SIGN_POST] = { "post", N_ ("Post"), "", 0, 2, 0, .choices = post_choices },
  [DIO_STOP_SIGN_LEAN] = { "lean_rad", N_ ("Lean of the post"), "rad", -0.25, 0.25, 0 },
  [DIO_STOP_SIGN_TURN] = { "turn_rad", N_ ("Turn of the sign"), "rad", -0.6, 0.6, 0 },
  [DIO_STOP_SIGN_NOD] = { "nod_rad", N_ ("Nod of the sign"), "rad", -0.1, 0.1, 0 },
  [DIO_STOP_SIGN_DENTS] = { "dents", N_ ("Dents"), "", 0, 1, 0.15 },
  [DIO_STOP_SIGN_DIRT] = { "dirt", N_ ("Dirt"), "", 0, 1, 0.2 },
  [DIO_STOP_SIGN_FADE] = { "fade", N_ ("Fading"), "", 0, 1, 0.1 },
  [DIO_STOP_SIGN_STICKERS] = { "stickers", N_ ("Stickers"), "", 0, 6, 0, .whole = TRUE },
  [DIO_STOP_SIGN_SEED] = SEED,
  { NULL },
};

static const DioParametricParam road_sign_params[] = {
  [DIO_ROAD_SIGN_KIND] = { "sign", N_ ("Sign"), "", 0, 6, 0, .choices = sign_choices },
  [DIO_ROAD_SIGN_SPEED] = { "tens", N_ ("Speed in tens"), "", 1, 9, 5, .whole = TRUE },
  [DIO_ROAD_SIGN_HEIGHT] = { "height_m", N_ ("Height of the lower edge"), "m", 0.5, 4, 2.1 },
  [DIO_ROAD_SIGN_SIZE] = { "size_m", N_ ("Width of the sign"), "m", 0.3, 1.3, 0.6 },
  [DIO_ROAD_SIGN_POST] = { "post", N_ ("Post"), "", 0, 2, 0, .choices = post_choices },
  [DIO_ROAD_SIGN_LEAN] = { "lean_rad", N_ ("Lean of the post"), "rad", -0.25, 0.25, 0 },
  [DIO_ROAD_SIGN_TURN] = { "turn_rad", N_ ("Turn of the sign"), "rad", -0.6, 0.6, 0 },
  [DIO_ROAD_SIGN_DENTS] = { "dents", N_ ("Dents"), "", 0, 1, 0.15 },
  [DIO_ROAD_SIGN_DIRT] = { "dirt", N_ ("Dirt"), "", 0, 1, 0.2 },
  [DIO_ROAD_SIGN_FADE] = { "fade", N_ ("Fading"), "", 0, 1, 0.1 },
  [DIO_ROAD_SIGN_STICKERS] = { "stickers", N_ ("Stickers"), "", 0, 6, 0, .whole = TRUE },
  [DIO_ROAD_SIGN_SEED] = SEED,
  { NULL },
};

static const char *const hydrant_choices[] = { N_ ("Red"), N_ ("Yellow"), N_ ("Silver"),
                                               N_ ("Blue"), NULL };
static const char *const bin_choices[] = { N_ ("Grey"),   N_ ("Green"), N_ ("Blue"),
                                           N_ ("Yellow"), N_ ("Brown"), NULL };
static const char *const bench_choices[] = { N_ ("Light Wood"), N_ ("Brown"), N_ ("Weathered"),
                                             N_ ("Green"), NULL };
static const char *const lamp_choices[] = { N_ ("Arm"), N_ ("Lantern"), NULL };
static const char *const mast_choices[] = { N_ ("Grey"), N_ ("Black"), N_ ("Green"), NULL };
static const char *const no_yes_choices[] = { N_ ("No"), N_ ("Yes"), NULL };

static const DioParametricParam bench_params[] = {
  [DIO_BENCH_LENGTH] = { "length_m", N_ ("Length"), "m", 1.2, 3, 1.8 },
  [DIO_BENCH_SEAT] = { "seat_m", N_ ("Height of the seat"), "m", 0.38, 0.5, 0.44 },
  [DIO_BENCH_COLOR] = { "color", N_ ("Colour"), "", 0, 3, 0, .choices = bench_choices },
  { NULL },
};

static const DioParametricParam bin_params[] = {
  [DIO_BIN_HEIGHT] = { "height_m", N_ ("Height"), "m", 0.7, 1.3, 1.07 },
  [DIO_BIN_WIDTH] = { "width_m", N_ ("Width"), "m", 0.4, 0.8, 0.58 },
  [DIO_BIN_COLOR] = { "color", N_ ("Colour"), "", 0, 4, 0, .choices = bin_choices },
  [DIO_BIN_LID] = { "lid", N_ ("Colour of the lid"), "", 0, 4, 0, .choices = bin_choices },
  { NULL },
};

static const DioParametricParam cone_params[] = {
  [DIO_CONE_HEIGHT] = { "height_m", N_ ("Height"), "m", 0.3, 1, 0.75 },
  [DIO_CONE_DIRT] = { "dirt", N_ ("Dirt"), "", 0, 1, 0.4 },
  { NULL },
};

static const DioParametricParam hydrant_params[] = {
  [DIO_HYDRANT_HEIGHT] = { "height_m", N_ ("Height"), "m", 0.5, 1.1, 0.78 },
  [DIO_HYDRANT_COLOR] = { "color", N_ ("Colour"), "", 0, 3, 0, .choices = hydrant_choices },
  [DIO_HYDRANT_DIRT] = { "dirt", N_ ("Dirt"), "", 0, 1, 0.3 },
  { NULL },
};

static const DioParametricParam street_lamp_params[] = {
  [DIO_STREET_LAMP_STYLE] = { "style", N_ ("Style"), "", 0, 1, 0, .choices = lamp_choices },
  [DIO_STREET_LAMP_HEIGHT] = { "height_m", N_ ("Height"), "m", 3, 12, 6.5 },
  [DIO_STREET_LAMP_ARM] = { "arm_m", N_ ("Length of the arm"), "m", 0.4, 3, 1.4 },
  [DIO_STREET_LAMP_COLOR] = { "color", N_ ("Colour"), "", 0, 2, 0, .choices = mast_choices },
  [DIO_STREET_LAMP_LIGHT] = { "light_nits", N_ ("Brightness of the light"), "", 0, 50000, 0 },
  { NULL },
};

static const DioParametricParam wire_pole_params[] = {
  [DIO_WIRE_POLE_HEIGHT] = { "height_m", N_ ("Height"), "m", 5, 12, 8 },
  [DIO_WIRE_POLE_ARM] = { "arm_m", N_ ("Length of the arm"), "m", 0.8, 2.6, 1.8 },
  [DIO_WIRE_POLE_WIRES] = { "wires", N_ ("Wires"), "", 0, 4, 3, .whole = TRUE },
  [DIO_WIRE_POLE_SPAN] = { "span_m", N_ ("Distance of the poles"), "m", 5, 60, 30 },
  [DIO_WIRE_POLE_SAG] = { "sag_m", N_ ("Sag of the wires"), "m", 0.05, 1.5, 0.5 },
  [DIO_WIRE_POLE_TRANSFORMER] = { "transformer", N_ ("Transformer"), "", 0, 1, 0,
                                  .choices = no_yes_choices },
  { NULL },
};

static const DioParametricKind kinds[] = {
  { { "bench", N_ ("Bench"), DIO_PARAMETRIC_STREET, bench_params }, dio_parametric_build_bench },
  { { "bin", N_ ("Wheeled bin"), DIO_PARAMETRIC_STREET, bin_params }, dio_parametric_build_bin },
  { { "cone", N_ ("Traffic cone"), DIO_PARAMETRIC_STREET, cone_params },
    dio_parametric_build_cone },
  { { "hydrant", N_ ("Hydrant"), DIO_PARAMETRIC_STREET, hydrant_params },
    dio_parametric_build_hydrant },
  { { "street-lamp", N_ ("Street lamp"), DIO_PARAMETRIC_STREET, street_lamp_params },
    dio_parametric_build_street_lamp },
  { { "wire-pole", N_ ("Pole with wires"), DIO_PARAMETRIC_STREET, wire_pole_params },
    dio_parametric_build_wire_pole },
  { { "road-sign", N_ ("Road sign"), DIO_PARAMETRIC_STREET, road_sign_params },
    dio_parametric_build_road_sign },
  { { "stop-sign", N_ ("Stop sign"), DIO_PARAMETRIC_STREET, stop_sign_params },
    dio_parametric_build_stop_sign },
};

const DioParametricKind *
dio_parametric_list_street (guint *n)
{
  *n = G_N_ELEMENTS (kinds);
  return kinds;
}
