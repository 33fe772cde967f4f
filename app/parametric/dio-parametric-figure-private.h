#pragma once
/* Thread: any. Where the joints of a human figure are in a pose. */

#include "dio-parametric-private.h"

G_BEGIN_DECLS

void dio_parametric_build_mannequin (DioParametricMake *make);

enum {
  DIO_MANNEQUIN_HEIGHT,
  DIO_MANNEQUIN_POSE,
  DIO_MANNEQUIN_STRIDE,
  DIO_MANNEQUIN_BUILD,
  DIO_MANNEQUIN_CLOTHES,
  DIO_MANNEQUIN_SEED,
};

typedef enum {
  DIO_POSE_STANDING,
  DIO_POSE_WALKING,
  DIO_POSE_SITTING,
  DIO_POSE_WAVING,
} DioPose;

/** Joints in metres; the hips' middle is the origin of X and Y, front to -Y; [0] is at -X, the figure's right. */
typedef struct {
  double height_m;
  DioVec3 pelvis, waist, chest, neck, head;
  DioVec3 hip[2], knee[2], ankle[2], toe[2], foot_up[2]; /**< foot_up: unit, away from the sole */
  DioVec3 shoulder[2], elbow[2], wrist[2], finger[2];    /**< finger: tip of the hand */
} DioFigure;

/** @stride 0 .. 1: how far legs and arms swing; @seed moves every joint a little. */
void dio_figure_pose (DioFigure *figure, double height_m, DioPose pose, double stride, double seed);

G_END_DECLS
