#pragma once
/* Thread: any. Builders of roads and buildings and the order of their values. */

#include "dio-parametric-noise-private.h"
#include "dio-parametric-private.h"

G_BEGIN_DECLS

/** Of every kerb stone, so that those of roads and junctions meet. */
#define DIO_KERB_WIDTH_M 0.15

void dio_parametric_build_awning (DioParametricMake *make);
void dio_parametric_build_house (DioParametricMake *make);
void dio_parametric_build_junction (DioParametricMake *make);
void dio_parametric_build_road (DioParametricMake *make);
void dio_parametric_build_wall (DioParametricMake *make);

enum {
  DIO_AWNING_WIDTH,
  DIO_AWNING_DEPTH,
  DIO_AWNING_DROP,
  DIO_AWNING_FLAP,
  DIO_AWNING_COLOR,
};
enum {
  DIO_HOUSE_BAYS,
  DIO_HOUSE_STOREYS,
  DIO_HOUSE_BAY,
  DIO_HOUSE_STOREY,
  DIO_HOUSE_DEPTH,
  DIO_HOUSE_WALL,
  DIO_HOUSE_COLOR,
  DIO_HOUSE_SEED,
  DIO_HOUSE_LIGHT,
};
enum {
  DIO_JUNCTION_ARMS,
  DIO_JUNCTION_LANES,
  DIO_JUNCTION_LANE,
  DIO_JUNCTION_RADIUS,
  DIO_JUNCTION_KERB,
  DIO_JUNCTION_PAVEMENT,
};
enum {
  DIO_ROAD_LENGTH,
  DIO_ROAD_LANES,
  DIO_ROAD_LANE,
  DIO_ROAD_CENTER,
  DIO_ROAD_EDGES,
  DIO_ROAD_CROSSING,
  DIO_ROAD_PAINT,
  DIO_ROAD_KERB,
  DIO_ROAD_PAVEMENT,
};
enum { DIO_WALL_KIND, DIO_WALL_LENGTH, DIO_WALL_HEIGHT, DIO_WALL_THICKNESS };

G_END_DECLS
