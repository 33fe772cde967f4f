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

/** Diorama's use of it. Key = seed (0 .. 2^63-1); counter = stream (64 bit), frame (32 bit), draw (32 bit:
 * attempt 8, copy 16, component 8). @take enters the high key bits: take 0 leaves them alone. */
typedef struct {
  uint64_t seed;
  uint64_t stream;
  uint32_t frame;
  uint32_t take;
  uint32_t attempt;   /**< 0 .. 255: a redraw for a constraint or a rejection */
  uint32_t copy;      /**< 0 .. 65535: which copy of a scattered node */
  uint32_t component; /**< 0 .. 255: which number of a draw */
} DioRandomKey;

/** Uniform double in [0, 1) with 53 random bits. */
double dio_random_uniform (const DioRandomKey *key);
/** Uniform integer in [0, n), n >= 1, by the multiply-shift of Lemire on 64 bits (bias below 2^-32). */
uint64_t dio_random_below (const DioRandomKey *key, uint64_t n);

G_END_DECLS
