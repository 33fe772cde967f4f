#pragma once
/* Thread: any. What a table stands in, and what lies on it beside vessels: build functions and the order of values. */

#include "dio-parametric-private.h"

G_BEGIN_DECLS

void dio_parametric_build_backdrop (DioParametricMake *make);
void dio_parametric_build_chair (DioParametricMake *make);
void dio_parametric_build_cutting_board (DioParametricMake *make);
void dio_parametric_build_plate (DioParametricMake *make);
void dio_parametric_build_room (DioParametricMake *make);

enum { DIO_BACKDROP_WIDTH, DIO_BACKDROP_HEIGHT, DIO_BACKDROP_VIEW, DIO_BACKDROP_NITS };
enum { DIO_CHAIR_SEAT, DIO_CHAIR_BACK, DIO_CHAIR_WIDTH, DIO_CHAIR_WOOD };
enum {
  DIO_CUTTING_BOARD_WIDTH,
  DIO_CUTTING_BOARD_DEPTH,
  DIO_CUTTING_BOARD_THICKNESS,
  DIO_CUTTING_BOARD_WOOD,
};
enum { DIO_PLATE_RADIUS, DIO_PLATE_HEIGHT };
enum {
  DIO_ROOM_WIDTH,
  DIO_ROOM_DEPTH,
  DIO_ROOM_HEIGHT,
  DIO_ROOM_WINDOW_WIDTH,
  DIO_ROOM_WINDOW_HEIGHT,
  DIO_ROOM_SILL,
  DIO_ROOM_FLOOR,
  DIO_ROOM_COLOR,
  DIO_ROOM_SEED,
};

G_END_DECLS
