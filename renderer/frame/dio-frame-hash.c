#define G_LOG_DOMAIN "dio-frame"

#include "dio-frame-hash-private.h"

#include <string.h>

/* Odd constants with well spread bits: the fraction of the golden ratio, and a prime near 2^64 / e. */
#define MULTIPLIER_A G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)
#define MULTIPLIER_B G_GUINT64_CONSTANT (0x5e2d58d8b3bcdf1b)

uint64_t
dio_frame_hash_u64 (uint64_t state, uint64_t value)
{
  /* A multiplication carries bits upward only; the rotation brings the mixed top back down. */
  state = (state ^ (value * MULTIPLIER_A)) * MULTIPLIER_B;
  return state << 29 | state >> 35;
}

uint64_t
dio_frame_hash_bytes (uint64_t state, const void *data, gsize size)
{
  const guint8 *bytes = data;
  gsize i = 0;
  for (; i + 8 <= size; i += 8) {
    uint64_t word;
    memcpy (&word, bytes + i, 8);
    state = dio_frame_hash_u64 (state, GUINT64_FROM_LE (word));
  }
  if (i < size) {
    uint64_t word = 0;
    memcpy (&word, bytes + i, size - i);
    state = dio_frame_hash_u64 (state, GUINT64_FROM_LE (word));
  }
  return dio_frame_hash_u64 (state, size);
}

uint64_t
dio_frame_hash_double (uint64_t state, double value)
{
  uint64_t bits;
  memcpy (&bits, &value, 8);
  return dio_frame_hash_u64 (state, bits);
}

uint64_t
dio_frame_hash_string (uint64_t state, const char *string)
{
  /* NULL and "" differ by the word in front. */
  state = dio_frame_hash_u64 (state, string != NULL);
  return string != NULL ? dio_frame_hash_bytes (state, string, strlen (string)) : state;
}

uint64_t
dio_frame_hash_finish (uint64_t state)
{
  for (int i = 0; i < 3; i++) {
    state ^= state >> 32;
    state *= MULTIPLIER_A;
  }
  state ^= state >> 29;
  /* 0 is what an unsealed object has. */
  return state != 0 ? state : 1;
}
