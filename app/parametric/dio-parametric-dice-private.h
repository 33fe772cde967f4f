#pragma once
/* Thread: any, one at a time. Numbers one after the other for what grows within one model: a pure function
 * of the seed and of how many were taken before. */

#include "dio-parametric-noise-private.h"

G_BEGIN_DECLS

typedef struct {
  uint64_t seed;
  uint32_t taken;
} DioDice;

/** Of the whole part of @seed; @stream keeps the numbers of one part of a model from those of another. */
static inline DioDice
dio_dice (double seed, uint32_t stream)
{
  return (DioDice){ (uint64_t) (seed + 0.5) * G_GUINT64_CONSTANT (0xD1B54A32D192ED03) + stream, 0 };
}

/** The next number in [@low, @high). */
static inline double
dio_dice_roll (DioDice *dice, double low, double high)
{
  return low + (high - low) * dio_noise_uniform (dice->seed, dice->taken++, 0x5EED);
}

/** The next whole number in 0 .. @n - 1. */
static inline guint
dio_dice_pick (DioDice *dice, guint n)
{
  return (guint) dio_dice_roll (dice, 0, n);
}

G_END_DECLS
