#pragma once
/* Thread: any. Builders of the street and the order of their values. */

#include "dio-parametric-private.h"

G_BEGIN_DECLS

void dio_parametric_build_stop_sign (DioParametricMake *make);
void dio_parametric_build_road_sign (DioParametricMake *make);

enum {
  DIO_STOP_SIGN_HEIGHT,
  DIO_STOP_SIGN_SIZE,
  DIO_STOP_SIGN_POST,
  DIO_STOP_SIGN_LEAN,
  DIO_STOP_SIGN_TURN,
  DIO_STOP_SIGN_NOD,
  DIO_STOP_SIGN_DENTS,
  DIO_STOP_SIGN_DIRT,
  DIO_STOP_SIGN_FADE,
  DIO_STOP_SIGN_STICKERS,
  DIO_STOP_SIGN_SEED,
};
enum {
  DIO_ROAD_SIGN_KIND,
  DIO_ROAD_SIGN_SPEED,
  DIO_ROAD_SIGN_HEIGHT,
  DIO_ROAD_SIGN_SIZE,
  DIO_ROAD_SIGN_POST,
  DIO_ROAD_SIGN_LEAN,
  DIO_ROAD_SIGN_TURN,
  DIO_ROAD_SIGN_DENTS,
  DIO_ROAD_SIGN_DIRT,
  DIO_ROAD_SIGN_FADE,
  DIO_ROAD_SIGN_STICKERS,
  DIO_ROAD_SIGN_SEED,
};

G_END_DECLS
