#define G_LOG_DOMAIN "dio-parametric"

/* People. */

#include "dio-parametric-figure-private.h"
#include "dio-parametric-table-private.h"

#include <glib/gi18n-lib.h>

static const char *const poses[] = { N_ ("Standing"), N_ ("Walking"), N_ ("Sitting"), N_ ("Waving"),
                                     NULL };
static const char *const clothes[] = { N_ ("Everyday"), N_ ("Plain plastic"), NULL };

static const DioParametricParam mannequin_params[] = {
  [DIO_MANNEQUIN_HEIGHT] = { "height_m", N_ ("Body height"), "m", 1, 2.1, 1.75 },
  [DIO_MANNEQUIN_POSE] = { "pose", N_ ("Pose"), "", 0, 3, 1, TRUE, poses },
  [DIO_MANNEQUIN_STRIDE] = { "stride", N_ ("Swing of the limbs"), "", 0, 1, 0.6 },
  [DIO_MANNEQUIN_BUILD] = { "build", N_ ("Build"), "", 0.85, 1.25, 1 },
  [DIO_MANNEQUIN_CLOTHES] = { "clothes", N_ ("Clothes"), "", 0, 1, 0, TRUE, clothes },
  [DIO_MANNEQUIN_SEED] = { "seed", N_ ("Seed"), "", 0, 9999, 1, TRUE },
  { NULL },
};

static const DioParametricKind kinds[] = {
  { { "mannequin", N_ ("Mannequin"), DIO_PARAMETRIC_STREET, mannequin_params },
    dio_parametric_build_mannequin },
};

const DioParametricKind *
dio_parametric_list_figure (guint *n)
{
  *n = G_N_ELEMENTS (kinds);
  return kinds;
}
