#define G_LOG_DOMAIN "dio-core"

#include "dio-core-philox.h"

#define ROUNDS 10
#define MULTIPLIER_0 0xD2511F53u
#define MULTIPLIER_1 0xCD9E8D57u
/* Weyl increments of the key: the golden ratio and sqrt (3) - 1 in 32 bits. */
#define WEYL_0 0x9E3779B9u
#define WEYL_1 0xBB67AE85u

void
dio_philox4x32_10 (const uint32_t counter[static 4],
                   const uint32_t key[static 2],
                   uint32_t out[static 4])
{
  uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
  uint32_t k0 = key[0], k1 = key[1];
  for (int round = 0; round < ROUNDS; round++) {
    uint64_t product_0 = (uint64_t) MULTIPLIER_0 * c0;
    uint64_t product_1 = (uint64_t) MULTIPLIER_1 * c2;
    c0 = (uint32_t) (product_1 >> 32) ^ c1 ^ k0;
    c1 = (uint32_t) product_1;
    c2 = (uint32_t) (product_0 >> 32) ^ c3 ^ k1;
    c3 = (uint32_t) product_0;
    k0 += WEYL_0;
    k1 += WEYL_1;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/* 64 random bits of @key, low word first. */
static uint64_t
random_bits (const DioRandomKey *key)
{
  uint32_t counter[4] = {
    (uint32_t) key->stream,
    (uint32_t) (key->stream >> 32),
    key->frame,
    key->attempt << 24 | key->copy << 8 | key->component,
  };
  /* An odd factor is a bijection of 32-bit words: the takes of one seed never share a key. */
  uint32_t philox_key[2] = {
    (uint32_t) key->seed,
    (uint32_t) (key->seed >> 32) ^ (key->take * DIO_RANDOM_TAKE_FACTOR),
  };
  uint32_t block[4];
  dio_philox4x32_10 (counter, philox_key, block);
  return (uint64_t) block[1] << 32 | block[0];
}

static gboolean
key_is_valid (const DioRandomKey *key)
{
  return key && key->seed <= G_MAXINT64 && key->attempt <= 0xff && key->copy <= 0xffff
         && key->component <= 0xff;
}

double
dio_random_uniform (const DioRandomKey *key)
{
  g_return_val_if_fail (key_is_valid (key), 0.0);

  return (double) (random_bits (key) >> 11) * 0x1p-53;
}

uint64_t
dio_random_below (const DioRandomKey *key, uint64_t n)
{
  g_return_val_if_fail (key_is_valid (key), 0);
  g_return_val_if_fail (n >= 1, 0);

  unsigned __int128 product = (unsigned __int128) random_bits (key) * n;
  return (uint64_t) (product >> 64);
}
