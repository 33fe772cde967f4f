#pragma once
/* Thread: any. Counter-based random numbers: Philox4x32-10 (Salmon et al., "Parallel random numbers:
 * as easy as 1, 2, 3", SC 2011). A value is a pure function of key and counter; nothing is in sequence. */

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/** One block: 128 bits from a 128-bit counter and a 64-bit key, bit-exact to Random123's kat_vectors. */
void dio_philox4x32_10 (const uint32_t counter[static 4],
                        const uint32_t key[static 2],
                        uint32_t out[static 4]);

/** Odd factor by which a take enters the key. */
#define DIO_RANDOM_TAKE_FACTOR 0x9E3779B1u

/** Diorama's use of it. Words of the counter: stream low, stream high, frame, draw, where
 * draw = attempt << 24 | copy << 8 | component. Words of the key: seed low, and
 * (seed high) ^ (take * DIO_RANDOM_TAKE_FACTOR modulo 2^32): take 0 leaves it alone, the takes of one seed
 * all differ. A field beyond its range is a programmer error. The random 64 bits are words 1 (high) and 0 (low) of
 * the block. */
typedef struct {
  uint64_t seed; /**< 0 .. 2^63-1 */
  uint64_t stream;
  uint32_t frame;
  uint32_t take;
  uint32_t attempt;   /**< 0 .. 255: a redraw for a constraint or a rejection */
  uint32_t copy;      /**< 0 .. 65535: which copy of a scattered node */
  uint32_t component; /**< 0 .. 255: which number of a draw */
} DioRandomKey;

/** Uniform double in [0, 1): the high 53 random bits times 2^-53. */
double dio_random_uniform (const DioRandomKey *key);
/** Uniform integer in [0, n), n >= 1, by the multiply-shift of Lemire on 64 bits (bias below n / 2^64). */
uint64_t dio_random_below (const DioRandomKey *key, uint64_t n);

G_END_DECLS
