#define G_LOG_DOMAIN "dio-parametric"

/* What is parked along a street. */

#include "dio-parametric-table-private.h"
#include "dio-parametric-vehicle-table-private.h"

#include <glib/gi18n-lib.h>

static const char *const body_choices[] = { N_ ("Saloon"), N_ ("Hatchback"), N_ ("Estate"), NULL };
static const char *const paint_choices[] = { N_ ("White"), N_ ("Black"),  N_ ("Silver"),
                                             N_ ("Red"),   N_ ("Blue"),   N_ ("Green"),
                                             N_ ("Beige"), N_ ("Orange"), NULL };
static const char *const no_yes_choices[] = { N_ ("No"), N_ ("Yes"), NULL };

static const DioParametricParam car_params[] = {
  [DIO_CAR_BODY] = { "body", N_ ("Body"), "", 0, 2, 0, .choices = body_choices },
  [DIO_CAR_LENGTH] = { "length_m", N_ ("Length"), "m", 3.8, 5, 4.4 },
  [DIO_CAR_HEIGHT] = { "height_scale", N_ ("Height"), "", 0.95, 1.12, 1 },
  [DIO_CAR_COLOR] = { "color", N_ ("Colour"), "", 0, 7, 3, .choices = paint_choices },
  [DIO_CAR_DIRT] = { "dirt", N_ ("Dirt"), "", 0, 1, 0.15 },
  [DIO_CAR_SEED] = { "seed", N_ ("Variant"), "", 0, 9999, 0, .whole = TRUE },
  { NULL },
};

static const DioParametricParam van_params[] = {
  [DIO_VAN_LENGTH] = { "length_m", N_ ("Length"), "m", 4.6, 6.2, 5.2 },
  [DIO_VAN_HEIGHT] = { "height_scale", N_ ("Height"), "", 0.95, 1.2, 1 },
  [DIO_VAN_WINDOWS] = { "windows", N_ ("Windows along the side"), "", 0, 1, 0,
                        .choices = no_yes_choices },
  [DIO_VAN_COLOR] = { "color", N_ ("Colour"), "", 0, 7, 0, .choices = paint_choices },
  [DIO_VAN_DIRT] = { "dirt", N_ ("Dirt"), "", 0, 1, 0.2 },
  [DIO_VAN_SEED] = { "seed", N_ ("Variant"), "", 0, 9999, 0, .whole = TRUE },
  { NULL },
};

static const DioParametricKind kinds[] = {
  { { "car", N_ ("Car"), DIO_PARAMETRIC_VEHICLE, car_params }, dio_parametric_build_car },
  { { "van", N_ ("Van"), DIO_PARAMETRIC_VEHICLE, van_params }, dio_parametric_build_van },
};

const DioParametricKind *
dio_parametric_list_vehicle (guint *n)
{
  *n = G_N_ELEMENTS (kinds);
  return kinds;
}
