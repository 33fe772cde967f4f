#define G_LOG_DOMAIN "dio-core"

/* The permutation is the swap-or-not shuffle (Hoang, Morris and Rogaway, "An enciphering scheme based on a card
 * shuffle", CRYPTO 2012): in each round x and its partner K - x change places or not, as a random bit of the pair
 * says. It takes any size, no memory, and as many rounds as the logarithm of the size asks for. */

#include "dio-core-even.h"

#include <math.h>

/* Rounds for each binary digit of the size; six suffice for a shuffle that cannot be told from an even one. */
#define ROUNDS_PER_DIGIT 6
#define LEAST_ROUNDS 16
/* Parts a permutation's streams from those of the numbers. */
#define PERMUTATION_SALT 0xD1B54A32D192ED03u

static guint
count_rounds (guint32 n)
{
  guint digits = 0;
  while (digits < 20 && (1u << digits) < n)
    digits++;
  return MAX (LEAST_ROUNDS, ROUNDS_PER_DIGIT * digits);
}

/* Attempt 0 holds the rounds' partners, attempt 1 their bits. */
static guint32
permute (DioRandomKey key, guint32 n, guint32 x)
{
  guint rounds = count_rounds (n);
  for (key.component = 0; key.component < rounds; key.component++) {
    key.attempt = 0;
    key.frame = 0;
    guint32 sum = (guint32) dio_random_below (&key, n);
    guint32 partner = sum >= x ? sum - x : sum + n - x;
    key.attempt = 1;
    key.frame = MAX (x, partner);
    if (dio_random_below (&key, 2) == 1)
      x = partner;
  }
  return x;
}

guint32
dio_random_permute (const DioRandomKey *key, guint32 n, guint32 i)
{
  g_return_val_if_fail (key != NULL, 0);
  g_return_val_if_fail (n >= 1 && n <= DIO_RANDOM_MAX_BLOCK && i < n, 0);

  DioRandomKey own = *key;
  own.attempt = own.component = 0;
  own.stream ^= PERMUTATION_SALT;
  own.stream = dio_random_below (&own, G_MAXUINT64);
  return permute (own, n, i);
}

double
dio_random_uniform_even (const DioRandomKey *key, guint32 n)
{
  g_return_val_if_fail (key != NULL, 0.0);
  g_return_val_if_fail (n >= 1 && n <= DIO_RANDOM_MAX_BLOCK, 0.0);

  DioRandomKey block = *key;
  block.frame = key->frame / n;
  /* Each number of a draw has a permutation of its own. */
  block.stream += (uint64_t) key->component * 0x9E3779B97F4A7C15u;
  guint32 part = dio_random_permute (&block, n, key->frame % n);
  double u = (part + dio_random_uniform (key)) / n;
  return fmin (u, 1.0 - 0x1p-53);
}
