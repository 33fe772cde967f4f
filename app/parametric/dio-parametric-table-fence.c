#define G_LOG_DOMAIN "dio-parametric"

/* Fences. */

#include "dio-parametric-fence-private.h"
#include "dio-parametric-table-private.h"

#include <glib/gi18n-lib.h>

static const char *const picket_tops[] = { N_ ("Pointed"), N_ ("Round"), N_ ("Flat"), NULL };
static const char *const finishes[] = { N_ ("White paint"), N_ ("Weathered"), N_ ("Brown paint"),
                                        NULL };
static const char *const wires[] = { N_ ("Cut out of a sheet"), N_ ("Woven"), NULL };
static const char *const coatings[] = { N_ ("Zinc"), N_ ("Green"), N_ ("Black"), NULL };

static const DioParametricParam picket_params[] = {
  [DIO_PICKET_LENGTH] = { "length_m", N_ ("Length"), "m", 0.5, 20, 2.4 },
  [DIO_PICKET_HEIGHT] = { "height_m", N_ ("Height"), "m", 0.4, 2.5, 1.1 },
  [DIO_PICKET_GAP] = { "gap_m", N_ ("Gap"), "m", 0, 0.3, 0.055 },
  [DIO_PICKET_WIDTH] = { "picket_width_m", N_ ("Width of a picket"), "m", 0.03, 0.12, 0.075 },
  [DIO_PICKET_TOP] = { "top", N_ ("Top"), "", 0, 2, 0, TRUE, picket_tops },
  [DIO_PICKET_FINISH] = { "finish", N_ ("Finish"), "", 0, 2, 0, TRUE, finishes },
  [DIO_PICKET_DECAY] = { "decay", N_ ("Decay"), "", 0, 1, 0.2 },
  [DIO_PICKET_SEED] = { "seed", N_ ("Seed"), "", 0, 9999, 1, TRUE },
  { NULL },
};

static const DioParametricParam chain_params[] = {
  [DIO_CHAIN_LENGTH] = { "length_m", N_ ("Length"), "m", 0.5, 30, 3 },
  [DIO_CHAIN_HEIGHT] = { "height_m", N_ ("Height"), "m", 0.5, 4, 1.5 },
  [DIO_CHAIN_OPENING] = { "opening_m", N_ ("Width of a mesh"), "m", 0.03, 0.15, 0.07 },
  [DIO_CHAIN_COATING] = { "coating", N_ ("Coating"), "", 0, 2, 0, TRUE, coatings },
  [DIO_CHAIN_WIRES] = { "wires", N_ ("Wires"), "", 0, 1, 0, TRUE, wires },
  { NULL },
};

static const DioParametricKind kinds[] = {
  { { "chain-link-fence", N_ ("Chain-link fence"), DIO_PARAMETRIC_STREET, chain_params,
      .open = TRUE },
    dio_parametric_build_chain_link },
  { { "picket-fence", N_ ("Picket fence"), DIO_PARAMETRIC_STREET, picket_params },
    dio_parametric_build_picket_fence },
};

const DioParametricKind *
dio_parametric_list_fence (guint *n)
{
  *n = G_N_ELEMENTS (kinds);
  return kinds;
}
