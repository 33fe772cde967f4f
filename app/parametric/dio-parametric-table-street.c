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

static const DioParametricKind kinds[] = {
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
