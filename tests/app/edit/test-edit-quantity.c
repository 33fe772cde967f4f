/* Numbers as people type them. */

#include "dio-core-error.h"
#include "dio-core-math.h"
#include "dio-edit-quantity.h"

#include <locale.h>
#include <math.h>
#include <string.h>

static void
test_read (void)
{
  static const struct {
    const char *text, *unit;
    double current, value;
  } cases[] = {
    { "35mm", "m", 0, 0.035 },
    { "2.5 m", "m", 0, 2.5 },
    { "2,5", "m", 0, 2.5 },
    { "1,234", "", 0, 1.234 },
    { ",5 cm", "m", 0, 0.005 },
    { "1/3", "", 0, 1.0 / 3 },
    { "-(2+3)*4", "", 0, -20 },
    { "2*35mm", "m", 0, 0.07 },
    { "(1+2) cm", "m", 0, 0.03 },
    { "1m + 5", "m", 0, 6 },
    { "5 + 10cm", "m", 0, 5.1 },
    { "3m/1m", "", 0, 0 },
    { "90deg", "rad", 0, DIO_PI / 2 },
    { "90", "rad", 0, DIO_PI / 2 },
    { "90°", "rad", 0, DIO_PI / 2 },
    { "0.5 turn", "rad", 0, DIO_PI },
    { "1 rad", "rad", 0, 1 },
    { "30 + 1 rad", "rad", 0, DIO_PI / 6 + 1 },
    { "3e4 lx", "lux", 0, 3e4 },
    { "30 klx", "lux", 0, 3e4 },
    { "3e4 lx", "", 0, 3e4 },
    { "50%", "", 0, 0.5 },
    { "+=10%", "m", 2, 2.2 },
    { "-=10%", "m", 2, 1.8 },
    { "+= 5 cm", "m", 2, 2.05 },
    { "*2", "m", 3, 6 },
    { "*=50%", "m", 3, 1.5 },
    { "/=4", "m", 3, 0.75 },
    { "+=90", "rad", 1, 1 + DIO_PI / 2 },
    { "+5", "m", 1, 5 },
    { "−5", "m", 1, -5 },
    { "--5", "m", 1, 5 },
    { "1'", "m", 0, 0.3048 },
    { "5 MM", "m", 0, 0.005 },
    { "5600K", "K", 0, 5600 },
    { "35", "mm", 0, 35 },
    { "3.5cm", "mm", 0, 35 },
    { "1e3", "px", 0, 1000 },
    { "12 EV", "EV100", 0, 12 },
    { "1\xe2\x80\xaf"
      "cm",
      "m", 0, 0.01 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    double value;
    g_autoptr (GError) error = NULL;
    gboolean good =
        dio_edit_quantity_parse (cases[i].text, cases[i].unit, cases[i].current, &value, &error);
    if (strcmp (cases[i].text, "3m/1m") == 0) {
      /* Metres do not fit a plain number. */
      g_assert_false (good);
      continue;
    }
    g_assert_no_error (error);
    if (fabs (value - cases[i].value) > 1e-12 * MAX (1, fabs (cases[i].value)))
      g_error ("\"%s\" in \"%s\" is %.17g, not %.17g", cases[i].text, cases[i].unit, value,
               cases[i].value);
  }
}

static void
test_refused (void)
{
  static const struct {
    const char *text, *unit, *pattern;
  } cases[] = {
    { "", "m", "*missing*" },
    { "1,234.5", "m", "*more than one way*" },
    { "1.234,5", "m", "*more than one way*" },
    { "30 000", "m", "*left over*" },
    { "5 kg", "m", "*\"kg\"*m, cm, mm*" },
    { "5 mx", "m", "*\"mx\"*" },
    { "5 m", "rad", "*unit*" },
    { "1/0", "m", "*divided by 0*" },
    { "/=0", "m", "*divided by 0*" },
    { "2m*2m", "m", "*multiplied*" },
    { "1/2m", "m", "*divided*" },
    { "*2m", "m", "*factor*" },
    { "50%", "m", "*percentage*" },
    { "(1", "m", "*\")\"*" },
    { "1)", "m", "*left over*" },
    { "1+", "m", "*missing at the end*" },
    { "abc", "m", "*no number*" },
    { "1e999", "m", "*too large*" },
    { "nan", "m", "*no number*" },
    { "0x10", "m", "*" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    double value = 42;
    g_autoptr (GError) error = NULL;
    g_assert_false (dio_edit_quantity_parse (cases[i].text, cases[i].unit, 1, &value, &error));
    g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
    g_assert_cmpfloat (value, ==, 42);
    if (!g_pattern_match_simple (cases[i].pattern, error->message))
      g_error ("\"%s\": \"%s\" is not like \"%s\"", cases[i].text, error->message,
               cases[i].pattern);
  }
  g_autofree char *deep = g_strnfill (200, '(');
  double value;
  g_assert_false (dio_edit_quantity_parse (deep, "", 0, &value, NULL));
}

static void
test_written (void)
{
  static const struct {
    double value;
    const char *unit;
    guint digits;
    gboolean scaled;
    const char *text;
  } cases[] = {
    { 1.5, "m", 0, TRUE, "1.5 m" },
    { 0.35, "m", 0, TRUE, "35 cm" },
    { 0.002, "m", 0, TRUE, "2 mm" },
    { 0.002, "m", 0, FALSE, "0.002 m" },
    { 0, "m", 0, TRUE, "0 m" },
    { -0.0, "m", 0, TRUE, "0 m" },
    { DIO_PI / 4, "rad", 0, TRUE, "45°" },
    { 30000, "lux", 0, TRUE, "30000 lx" },
    { 1234567, "", 0, TRUE, "1234567" },
    { 0.1 + 0.2, "", 0, TRUE, "0.3" },
    { 1.0 / 3, "", 3, TRUE, "0.333" },
    { 0.01, "m", 0, TRUE, "1 cm" },
    { 5600, "K", 0, TRUE, "5600 K" },
    { -0.05, "m", 0, TRUE, "-5 cm" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text =
        dio_edit_quantity_format (cases[i].value, cases[i].unit, cases[i].digits, cases[i].scaled);
    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

static void
test_round_trip (void)
{
  static const char *const units[] = { "m", "rad", "K", "lux", "" };
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  for (guint i = 0; i < 500; i++) {
    double value = g_rand_double_range (random, -10, 10), back, near;
    const char *unit = units[i % G_N_ELEMENTS (units)];
    g_autofree char *exact = dio_edit_quantity_format_number (value, unit, TRUE);
    g_assert_true (dio_edit_quantity_parse (exact, unit, 0, &back, NULL));
    g_assert_cmpfloat (back, ==, value);
    g_autofree char *text = dio_edit_quantity_format (value, unit, 6, TRUE);
    g_assert_true (dio_edit_quantity_parse (text, unit, 0, &near, NULL));
    g_assert_cmpfloat_with_epsilon (near, value, 1e-5 * fabs (value));
  }
}

static void
test_steps (void)
{
  g_assert_cmpfloat (dio_edit_quantity_get_scrub_step (0.3, "", 0, 1), ==, 0.0025);
  g_assert_cmpfloat (dio_edit_quantity_get_scrub_step (0, "m", -1e6, 1e6), ==, 0.001);
  g_assert_cmpfloat (dio_edit_quantity_get_scrub_step (30000, "", 0, 1e9), ==, 300);
  g_assert_cmpstr (dio_edit_quantity_get_display_unit ("rad"), ==, "°");
  g_assert_cmpstr (dio_edit_quantity_get_display_unit (""), ==, "");
}

int
main (int argc, char **argv)
{
  /* Where it is installed: numbers must not follow it. */
  setlocale (LC_ALL, "de_DE.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/edit/quantity/read", test_read);
  g_test_add_func ("/edit/quantity/refused", test_refused);
  g_test_add_func ("/edit/quantity/written", test_written);
  g_test_add_func ("/edit/quantity/round-trip", test_round_trip);
  g_test_add_func ("/edit/quantity/steps", test_steps);
  return g_test_run ();
}
