#include "dio-core-philox.h"

#include <math.h>
#include <string.h>

/* The known-answer vectors that Random123 publishes for philox4x32-10. */
static void
test_known_answers (void)
{
  static const struct {
    uint32_t counter[4], key[2], want[4];
  } cases[] = {
    { { 0, 0, 0, 0 }, { 0, 0 }, { 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 } },
    { { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff },
      { 0xffffffff, 0xffffffff },
      { 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd } },
    { { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344 },
      { 0xa4093822, 0x299f31d0 },
      { 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1 } },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    uint32_t out[4];
    dio_philox4x32_10 (cases[i].counter, cases[i].key, out);
    for (int w = 0; w < 4; w++)
      g_assert_cmphex (out[w], ==, cases[i].want[w]);
  }
}

/* The layout of key and counter, against the block function. */
static void
test_layout (void)
{
  DioRandomKey key = { .seed = 0x123456789abcdef0,
                       .stream = 0xfedcba9876543210,
                       .frame = 0x89abcdef,
                       .take = 3,
                       .attempt = 0x12,
                       .copy = 0x3456,
                       .component = 0x78 };
  uint32_t counter[4] = { 0x76543210, 0xfedcba98, 0x89abcdef, 0x12345678 };
  uint32_t words[2] = { 0x9abcdef0, 0x12345678u ^ (3u * 0x9E3779B1u) };
  uint32_t out[4];
  dio_philox4x32_10 (counter, words, out);
  uint64_t bits = (uint64_t) out[1] << 32 | out[0];
  g_assert_cmpfloat (dio_random_uniform (&key), ==, ldexp ((double) (bits >> 11), -53));
  g_assert_cmpuint (dio_random_below (&key, 1), ==, 0);
  /* The high half of bits * n, by long multiplication. */
  uint64_t n = 1000003;
  uint64_t low = (bits & 0xffffffff) * n;
  uint64_t high = (bits >> 32) * n + (low >> 32);
  g_assert_cmpuint (dio_random_below (&key, n), ==, high >> 32);
}

static void
test_frozen (void)
{
  static const struct {
    DioRandomKey key;
    uint64_t below;
    double uniform;
  } cases[] = {
    { { .seed = 0 }, 880520204, 0x1.c2d38b1acc4fdp-1 },
    { { .seed = 1 }, 894684722, 0x1.ca141d79c7dp-1 },
    { { .seed = 0x7fffffffffffffff }, 577818693, 0x1.27d7d9ea65ce9p-1 },
    { { .seed = 42, .stream = 0x0123456789abcdef, .frame = 17 }, 994016241, 0x1.fcefb2232c0fp-1 },
    { { .seed = 42, .stream = 1, .frame = 4294967295, .take = 1 }, 26228502, 0x1.adba5056b9ep-6 },
    { { .seed = 42, .stream = 1, .attempt = 255, .copy = 65535, .component = 255 },
      39701450,
      0x1.453bf98db8b1p-5 },
    { { .take = 2147483647, .component = 3 }, 994025762, 0x1.fcf0f1a12adacp-1 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    double uniform = dio_random_uniform (&cases[i].key);
    g_assert_true (memcmp (&uniform, &cases[i].uniform, sizeof uniform) == 0);
    g_assert_cmpuint (dio_random_below (&cases[i].key, 1000000007), ==, cases[i].below);
  }
}

/* Every field matters: changing one by one gives another number, and never the same twice. */
static void
test_fields_are_independent (void)
{
  DioRandomKey base = { .seed = 7, .stream = 7, .frame = 7 };
  DioRandomKey keys[8];
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    keys[i] = base;
  keys[1].seed = 8;
  keys[2].stream = 8;
  keys[3].frame = 8;
  keys[4].take = 1;
  keys[5].attempt = 1;
  keys[6].copy = 1;
  keys[7].component = 1;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    for (guint j = 0; j < i; j++)
      g_assert_cmpfloat (dio_random_uniform (&keys[i]), !=, dio_random_uniform (&keys[j]));
}

static void
test_uniform_moments (void)
{
  const guint n = 200000;
  double sum = 0, squares = 0, products = 0, last = 0.5;
  for (guint i = 0; i < n; i++) {
    DioRandomKey key = { .seed = 0, .stream = 42, .frame = i };
    double u = dio_random_uniform (&key);
    g_assert_cmpfloat (u, >=, 0);
    g_assert_cmpfloat (u, <, 1);
    sum += u;
    squares += u * u;
    products += (u - 0.5) * (last - 0.5);
    last = u;
  }
  /* Five standard errors of mean, mean square and serial covariance. */
  g_assert_cmpfloat_with_epsilon (sum / n, 0.5, 5 * sqrt (1.0 / 12 / n));
  g_assert_cmpfloat_with_epsilon (squares / n, 1.0 / 3, 5 * sqrt (4.0 / 45 / n));
  g_assert_cmpfloat_with_epsilon (products / n, 0, 5 * sqrt (1.0 / 144 / n));
}

static void
test_below_covers_range (void)
{
  guint counts[6] = { 0 };
  const guint n = 60000;
  for (guint i = 0; i < n; i++) {
    DioRandomKey key = { .seed = 3, .stream = 5, .copy = i % 65536 };
    counts[dio_random_below (&key, 6)]++;
  }
  double chi_square = 0;
  for (guint i = 0; i < 6; i++)
    chi_square += (counts[i] - n / 6.0) * (counts[i] - n / 6.0) / (n / 6.0);
  g_assert_cmpfloat (chi_square, <, 20.5); /* 5 degrees of freedom, p = 0.001 */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/philox/known-answers", test_known_answers);
  g_test_add_func ("/core/philox/layout", test_layout);
  g_test_add_func ("/core/philox/frozen", test_frozen);
  g_test_add_func ("/core/philox/fields-are-independent", test_fields_are_independent);
  g_test_add_func ("/core/philox/uniform-moments", test_uniform_moments);
  g_test_add_func ("/core/philox/below-covers-range", test_below_covers_range);
  return g_test_run ();
}
