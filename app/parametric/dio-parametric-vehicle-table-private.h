#pragma once
/* Thread: any. Builders of vehicles and the order of their values. */

#include "dio-parametric-private.h"

G_BEGIN_DECLS

void dio_parametric_build_car (DioParametricMake *make);
void dio_parametric_build_van (DioParametricMake *make);

enum { DIO_CAR_BODY, DIO_CAR_LENGTH, DIO_CAR_HEIGHT, DIO_CAR_COLOR, DIO_CAR_DIRT, DIO_CAR_SEED };
enum { DIO_VAN_LENGTH, DIO_VAN_HEIGHT, DIO_VAN_WINDOWS, DIO_VAN_COLOR, DIO_VAN_DIRT, DIO_VAN_SEED };

G_END_DECLS
