#pragma once
/* Thread: any. Things of a household: build functions and the order of their values. */

#include "dio-parametric-private.h"

G_BEGIN_DECLS

void dio_parametric_build_apple (DioParametricMake *make);
void dio_parametric_build_banana (DioParametricMake *make);
void dio_parametric_build_can (DioParametricMake *make);
void dio_parametric_build_orange (DioParametricMake *make);
void dio_parametric_build_pear (DioParametricMake *make);
void dio_parametric_build_glass_bottle (DioParametricMake *make);
void dio_parametric_build_mirror_tray (DioParametricMake *make);
void dio_parametric_build_whisk (DioParametricMake *make);

/** All fruit but the banana: size is the diameter. */
enum { DIO_FRUIT_SIZE, DIO_FRUIT_RIPENESS, DIO_FRUIT_SEED };
/** Size is the length along the outside. */
enum { DIO_BANANA_LENGTH, DIO_BANANA_BEND, DIO_BANANA_RIPENESS, DIO_BANANA_SEED };
enum {
  DIO_GLASS_BOTTLE_RADIUS,
  DIO_GLASS_BOTTLE_HEIGHT,
  DIO_GLASS_BOTTLE_NECK,
  DIO_GLASS_BOTTLE_SHOULDER,
  DIO_GLASS_BOTTLE_COLOR,
  DIO_GLASS_BOTTLE_FILL,
  DIO_GLASS_BOTTLE_CORK,
};
enum { DIO_CAN_RADIUS, DIO_CAN_HEIGHT, DIO_CAN_LABEL_CHOICE };
enum { DIO_TRAY_WIDTH, DIO_TRAY_DEPTH, DIO_TRAY_RIM, DIO_TRAY_SHAPE };
enum { DIO_WHISK_LENGTH, DIO_WHISK_WIDTH, DIO_WHISK_LOOPS, DIO_WHISK_HANDLE };

G_END_DECLS
