#pragma once
/* Thread: any. What grows: build functions and the order of their values. */

#include "dio-parametric-private.h"

G_BEGIN_DECLS

void dio_parametric_build_tree (DioParametricMake *make);
void dio_parametric_build_hedge (DioParametricMake *make);
void dio_parametric_build_grass (DioParametricMake *make);

enum { DIO_TREE_HEIGHT, DIO_TREE_SHAPE, DIO_TREE_SEASON, DIO_TREE_DENSITY, DIO_TREE_SEED };
enum {
  DIO_HEDGE_LENGTH,
  DIO_HEDGE_HEIGHT,
  DIO_HEDGE_DEPTH,
  DIO_HEDGE_SEASON,
  DIO_HEDGE_DENSITY,
  DIO_HEDGE_SEED,
};
enum { DIO_GRASS_HEIGHT, DIO_GRASS_RADIUS, DIO_GRASS_BLADES, DIO_GRASS_DRYNESS, DIO_GRASS_SEED };

G_END_DECLS
