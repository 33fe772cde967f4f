#pragma once
/* Thread: any. Builders of the street and the order of their values. */

#include "dio-parametric-private.h"

G_BEGIN_DECLS

void dio_parametric_build_stop_sign (DioParametricMake *make);
void dio_parametric_build_road_sign (DioParametricMake *make);
void dio_parametric_build_bench (DioParametricMake *make);
void dio_parametric_build_bin (DioParametricMake *make);
void dio_parametric_build_cone (DioParametricMake *make);
void dio_parametric_build_hydrant (DioParametricMake *make);
void dio_parametric_build_street_lamp (DioParametricMake *make);
void dio_parametric_build_wire_pole (DioParametricMake *make);

enum { DIO_BENCH_LENGTH, DIO_BENCH_SEAT, DIO_BENCH_COLOR };
enum { DIO_BIN_HEIGHT, DIO_BIN_WIDTH, DIO_BIN_COLOR, DIO_BIN_LID };
enum { DIO_CONE_HEIGHT, DIO_CONE_DIRT };
enum { DIO_HYDRANT_HEIGHT, DIO_HYDRANT_COLOR, DIO_HYDRANT_DIRT };
enum {
  DIO_STREET_LAMP_STYLE,
  DIO_STREET_LAMP_HEIGHT,
  DIO_STREET_LAMP_ARM,
  DIO_STREET_LAMP_COLOR,
  DIO_STREET_LAMP_LIGHT,
};
enum {
  DIO_WIRE_POLE_HEIGHT,
  DIO_WIRE_POLE_ARM,
  DIO_WIRE_POLE_WIRES,
  DIO_WIRE_POLE_SPAN,
  DIO_WIRE_POLE_SAG,
  DIO_WIRE_POLE_TRANSFORMER,
};
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
