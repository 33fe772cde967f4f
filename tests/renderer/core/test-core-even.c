/* Even draws: permutations of every size, evenly chosen, and numbers of which each block has one in each part. */

#include "dio-core-even.h"

#include <math.h>

#define SEED 20240501

static void
test_permutes (void)
{
  static const guint32 sizes[] = { 1, 2, 3, 5, 16, 17, 20, 300, 4096, 10007 };
  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++) {
    guint32 n = sizes[s];
    g_autofree guint8 *seen = g_new0 (guint8, n);
    DioRandomKey key = { .seed = SEED, .stream = 7, .frame = 3 };
    for (guint32 i = 0; i < n; i++) {
      guint32 place = dio_random_permute (&key, n, i);
      g_assert_cmpuint (place, <, n);
      g_assert_cmpuint (seen[place], ==, 0);
      seen[place] = 1;
    }
  }
}

/* Every element comes to every place equally often, and so does every pair of places: chi-square over 12,000 blocks. */
static void
test_all_permutations_alike (void)
{
  enum { N = 5, BLOCKS = 12000 };
  guint single[N][N] = { { 0 } }, pairs[N][N] = { { 0 } };
  for (guint32 block = 0; block < BLOCKS; block++) {
    DioRandomKey key = { .seed = SEED, .stream = 99, .frame = block };
    guint32 places[N];
    for (guint32 i = 0; i < N; i++) {
      places[i] = dio_random_permute (&key, N, i);
      single[i][places[i]]++;
    }
    pairs[places[0]][places[1]]++;
  }
  double chi_single = 0, chi_pairs = 0;
  for (guint i = 0; i < N; i++)
    for (guint k = 0; k < N; k++) {
      double want = (double) BLOCKS / N, want_pair = (double) BLOCKS / (N * (N - 1));
      chi_single += pow (single[i][k] - want, 2) / want;
      chi_pairs += i != k ? pow (pairs[i][k] - want_pair, 2) / want_pair : pairs[i][k];
    }
  g_test_message ("chi-square: places %.1f of 16 degrees, pairs %.1f of 19", chi_single, chi_pairs);
  /* 99.9 percent of shuffles stay below 39.3 and 43.8. */
  g_assert_cmpfloat (chi_single, <, 39.3);
  g_assert_cmpfloat (chi_pairs, <, 43.8);
}

static void
test_each_part_once (void)
{
  static const guint32 sizes[] = { 1, 2, 20, 300 };
  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++) {
    guint32 n = sizes[s];
    for (guint32 block = 0; block < 4; block++) {
      g_autofree guint *parts = g_new0 (guint, n);
      for (guint32 i = 0; i < n; i++) {
        DioRandomKey key = { .seed = SEED, .stream = 5, .frame = block * n + i };
        double u = dio_random_uniform_even (&key, n);
        g_assert_true (u >= 0 && u < 1);
        parts[(guint) (u * n)]++;
        /* A redraw moves inside its part. */
        key.attempt = 9;
        double again = dio_random_uniform_even (&key, n);
        g_assert_cmpfloat (again, !=, u);
        g_assert_cmpuint ((guint) (again * n), ==, (guint) (u * n));
      }
      for (guint32 i = 0; i < n; i++)
        g_assert_cmpuint (parts[i], ==, 1);
    }
  }
}

/* Streams, components, copies, takes and blocks do not follow each other. */
static void
test_independent (void)
{
  enum { N = 300, KINDS = 6 };
  double sum[KINDS] = { 0 };
  for (guint32 i = 0; i < N; i++) {
    DioRandomKey keys[KINDS + 1];
    for (guint k = 0; k <= KINDS; k++)
      keys[k] = (DioRandomKey){ .seed = SEED, .stream = 11, .frame = i };
    keys[1].stream = 12;
    keys[2].component = 1;
    keys[3].copy = 1;
    keys[4].take = 1;
    keys[5].frame = i + N;
    keys[6].seed = SEED + 1;
    double u = dio_random_uniform_even (&keys[0], N);
    for (guint k = 0; k < KINDS; k++)
      sum[k] += (u - 0.5) * (dio_random_uniform_even (&keys[k + 1], N) - 0.5);
  }
  for (guint k = 0; k < KINDS; k++) {
    double correlation = sum[k] * 12 / N;
    g_test_message ("correlation %u: %.4f", k, correlation);
    g_assert_cmpfloat (fabs (correlation), <, 3.3 / sqrt (N));
  }
}

/* Any change of these numbers changes every dataset with even draws. */
static void
test_frozen (void)
{
  static const struct {
    guint32 frame, n;
    double want;
  } cases[] = {
    { 0, 20, 0.85146199421180702 },           { 7, 20, 0.47570943380509539 },
    { 299, 300, 0.3005993201559819 },         { 4000000000u, 300, 0.34370520945721261 },
    { 123456, 1000000, 0.87326204458910284 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    DioRandomKey key = { .seed = SEED, .stream = 0x123456789abcdef0u, .frame = cases[i].frame };
    double u = dio_random_uniform_even (&key, cases[i].n);
    if (u != cases[i].want)
      g_test_message ("frame %u of %u: %.17g", cases[i].frame, cases[i].n, u);
    g_assert_cmpfloat (u, ==, cases[i].want);
  }
}

static void
test_speed (void)
{
  double sum = 0;
  enum { N = 2000 };
  static const guint32 sizes[] = { 1, 20, 300, 1000000 };
  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++) {
    gint64 start = g_get_monotonic_time ();
    for (guint32 i = 0; i < N; i++) {
      DioRandomKey key = { .seed = SEED, .stream = 5, .frame = i };
      sum += dio_random_uniform_even (&key, sizes[s]);
    }
    g_test_message ("block of %u: %.2f us a number", sizes[s],
                    (double) (g_get_monotonic_time () - start) / N);
  }
  g_assert_cmpfloat (sum, >, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/even/permutes", test_permutes);
  g_test_add_func ("/core/even/all-permutations-alike", test_all_permutations_alike);
  g_test_add_func ("/core/even/each-part-once", test_each_part_once);
  g_test_add_func ("/core/even/independent", test_independent);
  g_test_add_func ("/core/even/frozen", test_frozen);
  g_test_add_func ("/core/even/speed", test_speed);
  return g_test_run ();
}
