#pragma once
/* Thread: any. Fences run along X and look to -Y. */

#include "dio-parametric-private.h"

G_BEGIN_DECLS

void dio_parametric_build_picket_fence (DioParametricMake *make);
void dio_parametric_build_chain_link (DioParametricMake *make);

enum {
  DIO_PICKET_LENGTH,
  DIO_PICKET_HEIGHT,
  DIO_PICKET_GAP,
  DIO_PICKET_WIDTH,
  DIO_PICKET_TOP,
  DIO_PICKET_FINISH,
  DIO_PICKET_DECAY,
  DIO_PICKET_SEED,
};
enum { DIO_CHAIN_LENGTH, DIO_CHAIN_HEIGHT, DIO_CHAIN_OPENING, DIO_CHAIN_COATING, DIO_CHAIN_WIRES };

G_END_DECLS
