#define G_LOG_DOMAIN "dio-parametric"

/* A pose is a set of angles; joints follow from them and from the proportions of a grown-up. */

#include "dio-parametric-figure-private.h"

#include "dio-core-math.h"
#include "dio-core-vec.h"
#include "dio-parametric-dice-private.h"

/* Shares of the height. */
#define HIP_Z 0.520
#define HIP_X 0.050
#define THIGH 0.240
#define SHIN 0.238
#define FOOT 0.105
#define WAIST 0.085
#define CHEST 0.235
#define SHOULDER_Z 0.286
#define SHOULDER_X 0.106
#define NECK 0.325
#define HEAD 0.412
#define UPPER_ARM 0.172
#define FOREARM 0.148
#define HAND 0.095

/* Degrees; flexion is forwards, bend is what closes the joint. */
typedef struct {
  double hip_flex, hip_spread, knee_bend, foot_pitch;
  double arm_flex, arm_spread, elbow_bend, forearm_in;
} Side;

typedef struct {
  Side side[2];
  double lean; /* of the trunk, forwards */
} Angles;

static double
from_degrees (double degrees)
{
  return degrees * DIO_PI / 180;
}

static Angles
get_angles (DioPose pose, double stride)
{
  const Side still = { 1, 3, 3, 0, 4, 12, 14, 6 };
  Angles a = { { still, still }, 0 };
  switch (pose) {
  case DIO_POSE_WALKING:
    a.side[0] = (Side){ 6 + 26 * stride,  1,  4 + 8 * stride,  12 * stride,
                        -4 - 24 * stride, 11, 12 + 8 * stride, 4 };
    a.side[1] = (Side){ -4 - 18 * stride, 1, 6 + 26 * stride,  -38 * stride,
                        6 + 26 * stride,  7, 18 + 22 * stride, 10 };
    a.lean = 3;
    break;
  case DIO_POSE_SITTING:
    a.side[0] = (Side){ 88, 7 + 6 * stride, 88 - 14 * stride, 0, 26, 13, 62, 14 };
    a.side[1] = (Side){ 87, 7 + 6 * stride, 86 + 8 * stride, 0, 22, 13, 66, 14 };
    a.lean = -4 + 8 * stride;
    break;
  case DIO_POSE_WAVING:
    a.side[0] = (Side){ 1, 3, 3, 0, 20, 92 + 40 * stride, 60 + 25 * stride, -60 };
    break;
  case DIO_POSE_STANDING:
  default:
    a.side[0].hip_flex = 2 + 7 * stride;
    a.side[0].knee_bend = 3 + 14 * stride;
    a.side[0].hip_spread = 3 + 3 * stride;
    break;
  }
  return a;
}

static void
shake (Side *side, DioDice *dice)
{
  double *angles[] = { &side->hip_flex,   &side->hip_spread, &side->knee_bend, &side->arm_flex,
                       &side->arm_spread, &side->elbow_bend, &side->forearm_in };
  for (guint i = 0; i < G_N_ELEMENTS (angles); i++)
    *angles[i] += dio_dice_roll (dice, -2.5, 2.5);
  side->knee_bend = MAX (side->knee_bend, 1);
}

/* A limb that hangs, swung forwards by @flex and outwards by @spread (degrees); @sign -1 at -X. */
static DioVec3
swing (double flex, double spread, int sign)
{
  double f = from_degrees (flex), s = from_degrees (spread);
  return dio_vec3_normalize (
      dio_vec3 (sign * dio_sin (s), -dio_sin (f) * dio_cos (s), -dio_cos (f) * dio_cos (s)));
}

static DioVec3
step (const DioFigure *figure, DioVec3 from, DioVec3 way, double share)
{
  return dio_vec3_add (from, dio_vec3_scale (way, share * figure->height_m));
}

static void
pose_leg (DioFigure *figure, const Side *side, int i)
{
  int sign = i == 0 ? -1 : 1;
  figure->hip[i] = step (figure, figure->pelvis, dio_vec3 (sign, 0, 0), HIP_X);
  figure->knee[i] =
      step (figure, figure->hip[i], swing (side->hip_flex, side->hip_spread, sign), THIGH);
  double shin_flex = side->hip_flex - side->knee_bend;
  figure->ankle[i] =
      step (figure, figure->knee[i], swing (shin_flex, 0.5 * side->hip_spread, sign), SHIN);
  /* Toes out a little, up by the pitch. */
  double pitch = from_degrees (side->foot_pitch);
  DioVec3 way = { sign * 0.14, -dio_cos (pitch), dio_sin (pitch) };
  figure->toe[i] = step (figure, figure->ankle[i], dio_vec3_normalize (way), FOOT);
  figure->foot_up[i] = dio_vec3 (0, dio_sin (pitch), dio_cos (pitch));
}

static void
pose_arm (DioFigure *figure, const Side *side, int i)
{
  int sign = i == 0 ? -1 : 1;
  DioVec3 upper = swing (side->arm_flex, side->arm_spread, sign);
  figure->elbow[i] = step (figure, figure->shoulder[i], upper, UPPER_ARM);
  /* The forearm turns towards the front, which for a raised arm is up. */
  double bend = from_degrees (side->elbow_bend);
  DioVec3 front = dio_vec3 (-sign * dio_sin (from_degrees (side->forearm_in)), -1, 0.1);
  if (side->arm_spread > 60)
    front = dio_vec3 (-0.1 * sign, -0.25, 1);
  front = dio_vec3_sub (front, dio_vec3_scale (upper, dio_vec3_dot (front, upper)));
  DioVec3 fore = dio_vec3_add (dio_vec3_scale (upper, dio_cos (bend)),
                               dio_vec3_scale (dio_vec3_normalize (front), dio_sin (bend)));
  figure->wrist[i] = step (figure, figure->elbow[i], fore, FOREARM);
  figure->finger[i] = step (figure, figure->wrist[i], fore, HAND);
}

void
dio_figure_pose (DioFigure *figure, double height_m, DioPose pose, double stride, double seed)
{
  DioDice dice = dio_dice (seed, 0xF16);
  Angles angles = get_angles (pose, stride);
  double lean = from_degrees (angles.lean + dio_dice_roll (&dice, -1.5, 1.5));
  DioVec3 up = { 0, -dio_sin (lean), dio_cos (lean) };
  *figure = (DioFigure){ .height_m = height_m, .pelvis = { 0, 0, HIP_Z * height_m } };
  figure->waist = step (figure, figure->pelvis, up, WAIST);
  figure->chest = step (figure, figure->pelvis, up, CHEST);
  figure->neck = step (figure, figure->pelvis, up, NECK);
  figure->head = step (figure, figure->pelvis, dio_vec3 (up.x, 0.9 * up.y, up.z), HEAD);
  for (int i = 0; i < 2; i++) {
    shake (&angles.side[i], &dice);
    DioVec3 height = step (figure, figure->pelvis, up, SHOULDER_Z);
    figure->shoulder[i] = step (figure, height, dio_vec3 (i == 0 ? -1 : 1, 0.05, 0), SHOULDER_X);
    pose_leg (figure, &angles.side[i], i);
    pose_arm (figure, &angles.side[i], i);
  }
}
