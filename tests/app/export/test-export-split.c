#define G_LOG_DOMAIN "test-export-split"

#include "dio-core-error.h"
#include "dio-export-format-private.h"

#include <locale.h>
#include <string.h>

static void
test_parse (void)
{
  g_autoptr (GArray) splits = dio_split_list_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (dio_split_parse ("train=0.8, val=.15,test-2=0.05", splits, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (splits->len, ==, 3);
  const DioSplit *list = &g_array_index (splits, DioSplit, 0);
  g_assert_cmpstr (list[0].name, ==, "train");
  g_assert_cmpfloat (list[0].share, ==, 0.8);
  g_assert_cmpstr (list[1].name, ==, "val");
  g_assert_cmpfloat (list[1].share, ==, 0.15);
  g_assert_cmpstr (list[2].name, ==, "test-2");
  g_assert_cmpfloat (list[2].share, ==, 0.05);
}

static void
test_faults (void)
{
  const char *const texts[] = {
    "",       "train",   "train=",       "=0.5",  "a=0.6,b=0.5", "a=0.5,a=0.5", "a=x",
    "a=-0.1", "a=1e400", "a=nan",        "a=inf", "a=0x1",       "a=1.5",       "../x=1",
    "a b=1",  "a=0.5,",  "a=0.5,,b=0.5", "a=0,5", "a=0.5.5",     "a=."
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GArray) splits = dio_split_list_new ();
    g_autoptr (GError) error = NULL;
    g_assert_false (dio_split_parse (texts[i], splits, &error));
    g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
    g_test_message ("%s -> %s", texts[i], error->message);
    g_assert_nonnull (strstr (error->message, "split"));
    g_assert_null (strchr (error->message, '\n'));
  }
}

/* The first 53 bits of SHA-256, worked out elsewhere: e3b0c44298fc1c14... and ba7816bf8f01cfea... */
static void
test_position (void)
{
  g_assert_cmpfloat (dio_split_position (""), ==,
                     (double) (0xe3b0c44298fc1c14u >> 11) / 9007199254740992.0);
  g_assert_cmpfloat (dio_split_position ("abc"), ==,
                     (double) (0xba7816bf8f01cfeau >> 11) / 9007199254740992.0);
  g_assert_cmpfloat_with_epsilon (dio_split_position (""), 0.88941599, 1e-8);
}

/* 20,000 groups over shares of 0.7, 0.2 and 0.1 - a little: binomial, within five standard deviations. */
static void
test_shares (void)
{
  const DioSplit splits[] = { { (char *) "train", 0.7 },
                              { (char *) "val", 0.2 },
                              { (char *) "test", 0.05 } };
  const double wanted[] = { 0.7, 0.2, 0.05, 0.05 };
  int counts[4] = { 0 };

  for (int i = 0; i < 20000; i++) {
    g_autofree char *key = g_strdup_printf ("hash:7:%d", i);
    int found = dio_split_find (splits, 3, dio_split_position (key));
    counts[found < 0 ? 3 : found]++;
  }
  for (guint i = 0; i < 4; i++) {
    double expected = 20000 * wanted[i], deviation = counts[i] - expected;
    g_test_message ("%d of %.0f", counts[i], expected);
    g_assert_cmpfloat (deviation * deviation, <, 25 * expected * (1 - wanted[i]));
  }
}

/* 0.7 + 0.2 + 0.1 < 1 in doubles: the last place before 1 belongs to the last share that is not 0. */
static void
test_rounding (void)
{
  const DioSplit splits[] = {
    { (char *) "a", 0.7 }, { (char *) "b", 0.2 }, { (char *) "c", 0.1 }, { (char *) "d", 0 }
  };
  double last = 1 - 1.0 / 9007199254740992.0;

  g_assert_cmpfloat (0.7 + 0.2 + 0.1, <, 1.0);
  g_assert_cmpint (dio_split_find (splits, 4, last), ==, 2);
  g_assert_cmpint (dio_split_find (splits, 2, last), ==, -1);
  g_assert_cmpint (dio_split_find (splits, 4, 0), ==, 0);
  g_assert_cmpint (dio_split_find (splits, 4, 0.7), ==, 1);
  g_assert_cmpint (dio_split_find (&splits[3], 1, 0), ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/split/parse", test_parse);
  g_test_add_func ("/export/split/faults", test_faults);
  g_test_add_func ("/export/split/position", test_position);
  g_test_add_func ("/export/split/shares", test_shares);
  g_test_add_func ("/export/split/rounding", test_rounding);
  return g_test_run ();
}
