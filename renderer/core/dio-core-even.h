#pragma once
/* Thread: any. Random numbers that a block of frames shares evenly, as pure functions of their key: nothing is
 * kept between two of them. */

#include "dio-core-philox.h"

G_BEGIN_DECLS

#define DIO_RANDOM_MAX_BLOCK 1000000u

/** A permutation of 0 .. @n - 1, @n from 1 to DIO_RANDOM_MAX_BLOCK, applied to @i < @n. Every field of @key but attempt and component selects
 * it. */
guint32 dio_random_permute (const DioRandomKey *key, guint32 n, guint32 i);
/** Uniform in [0, 1), and every block of @n consecutive frames (0 .. n - 1, n .. 2 n - 1, ...) has one number in
 * each n-th part of it: (perm (frame mod n) + rand) / n, permuted anew for each block, stream, take, copy and component. A
 * redraw (attempt) stays in its part, so that the shares hold whatever is redrawn. @n from 1 to DIO_RANDOM_MAX_BLOCK. */
double dio_random_uniform_even (const DioRandomKey *key, guint32 n);

G_END_DECLS
