#define G_LOG_DOMAIN "dio-parametric"

/* Things of a household: fruit, glass, polished metal, wires. */

#include "dio-parametric-household-private.h"
#include "dio-parametric-table-private.h"

#include <glib/gi18n-lib.h>

static const char *const glasses[] = { N_ ("Clear"), N_ ("Green"), N_ ("Brown"), NULL };
static const char *const no_yes[] = { N_ ("No"), N_ ("Yes"), NULL };
static const char *const tray_shapes[] = { N_ ("Oval"), N_ ("Rectangular"), NULL };
static const char *const handles[] = { N_ ("Steel"), N_ ("Wood"), NULL };

#define FRUIT_PARAMS(name, low, high, usual)                                                       \
  static const DioParametricParam name##_params[] = {                                              \
    [DIO_FRUIT_SIZE] = { "size_m", N_ ("Size"), "m", low, high, usual },                           \
    [DIO_FRUIT_RIPENESS] = { "ripeness", N_ ("Ripeness"), "", 0, 1, 0.7 },                         \
    [DIO_FRUIT_SEED] = { "seed", N_ ("Seed"), "", 0, 9999, 1, TRUE },                              \
    { NULL },                                                                                      \
  }

FRUIT_PARAMS (apple, 0.04, 0.12, 0.078);
FRUIT_PARAMS (orange, 0.04, 0.13, 0.08);
FRUIT_PARAMS (pear, 0.04, 0.11, 0.07);

static const DioParametricParam banana_params[] = {
  [DIO_BANANA_LENGTH] = { "length_m", N_ ("Length"), "m", 0.08, 0.3, 0.19 },
  [DIO_BANANA_BEND] = { "bend_rad", N_ ("Bend"), "rad", 0.3, 2.2, 1.25 },
  [DIO_BANANA_RIPENESS] = { "ripeness", N_ ("Ripeness"), "", 0, 1, 0.7 },
  [DIO_BANANA_SEED] = { "seed", N_ ("Seed"), "", 0, 9999, 1, TRUE },
  { NULL },
};

static const DioParametricParam glass_bottle_params[] = {
  [DIO_GLASS_BOTTLE_RADIUS] = { "radius_m", N_ ("Radius"), "m", 0.02, 0.12, 0.037 },
  [DIO_GLASS_BOTTLE_HEIGHT] = { "height_m", N_ ("Height"), "m", 0.14, 0.6, 0.3 },
  [DIO_GLASS_BOTTLE_NECK] = { "neck_radius_m", N_ ("Radius of the neck"), "m", 0.008, 0.06, 0.014 },
  [DIO_GLASS_BOTTLE_SHOULDER] = { "shoulder", N_ ("Slope of the shoulder"), "", 0, 1, 0.2 },
  [DIO_GLASS_BOTTLE_COLOR] = { "glass", N_ ("Glass"), "", 0, 2, 1, TRUE, glasses },
  [DIO_GLASS_BOTTLE_FILL] = { "fill", N_ ("Fill"), "", 0, 1, 0 },
  [DIO_GLASS_BOTTLE_CORK] = { "cork", N_ ("Cork"), "", 0, 1, 1, TRUE, no_yes },
  { NULL },
};

static const DioParametricParam can_params[] = {
  [DIO_CAN_RADIUS] = { "radius_m", N_ ("Radius"), "m", 0.015, 0.12, 0.037 },
  [DIO_CAN_HEIGHT] = { "height_m", N_ ("Height"), "m", 0.025, 0.3, 0.11 },
  [DIO_CAN_LABEL_CHOICE] = { "label", N_ ("Label"), "", 0, 1, 1, TRUE, no_yes },
  { NULL },
};

static const DioParametricParam tray_params[] = {
  [DIO_TRAY_WIDTH] = { "width_m", N_ ("Width"), "m", 0.1, 0.8, 0.4 },
  [DIO_TRAY_DEPTH] = { "depth_m", N_ ("Depth"), "m", 0.1, 0.8, 0.28 },
  [DIO_TRAY_RIM] = { "rim_m", N_ ("Height of the rim"), "m", 0.008, 0.06, 0.02 },
  [DIO_TRAY_SHAPE] = { "shape", N_ ("Shape"), "", 0, 1, 0, TRUE, tray_shapes },
  { NULL },
};

static const DioParametricParam whisk_params[] = {
  [DIO_WHISK_LENGTH] = { "length_m", N_ ("Length"), "m", 0.12, 0.5, 0.28 },
  [DIO_WHISK_WIDTH] = { "width_m", N_ ("Width"), "m", 0.03, 0.16, 0.065 },
  [DIO_WHISK_LOOPS] = { "loops", N_ ("Loops of wire"), "", 2, 8, 5, TRUE },
  [DIO_WHISK_HANDLE] = { "handle", N_ ("Handle"), "", 0, 1, 0, TRUE, handles },
  { NULL },
};

static const DioParametricKind kinds[] = {
  { { "apple", N_ ("Apple"), DIO_PARAMETRIC_TABLETOP, apple_params }, dio_parametric_build_apple },
  { { "banana", N_ ("Banana"), DIO_PARAMETRIC_TABLETOP, banana_params },
    dio_parametric_build_banana },
  { { "can", N_ ("Can"), DIO_PARAMETRIC_TABLETOP, can_params }, dio_parametric_build_can },
  { { "glass-bottle", N_ ("Glass bottle"), DIO_PARAMETRIC_TABLETOP, glass_bottle_params },
    dio_parametric_build_glass_bottle },
  { { "mirror-tray", N_ ("Mirror tray"), DIO_PARAMETRIC_TABLETOP, tray_params },
    dio_parametric_build_mirror_tray },
  { { "orange", N_ ("Orange"), DIO_PARAMETRIC_TABLETOP, orange_params },
    dio_parametric_build_orange },
  { { "pear", N_ ("Pear"), DIO_PARAMETRIC_TABLETOP, pear_params }, dio_parametric_build_pear },
  { { "whisk", N_ ("Whisk"), DIO_PARAMETRIC_TABLETOP, whisk_params }, dio_parametric_build_whisk },
};

const DioParametricKind *
dio_parametric_list_household (guint *n)
{
  *n = G_N_ELEMENTS (kinds);
  return kinds;
}
