#include "dio-base-json.h"
#include "dio-core-philox.h"

#include <locale.h>
#include <math.h>
#include <string.h>

static void
test_double_texts (void)
{
  static const struct {
    double value;
    const char *text;
  } cases[] = {
    { 0, "0" },
    { -0.0, "-0" },
    { 0.1, "0.1" },
    { 1, "1" },
    { -2.5, "-2.5" },
    { 1e30, "1e+30" },
    { 1.0 / 3, "0.3333333333333333" },
    { 0.1 + 0.2, "0.30000000000000004" },
    { 123456789, "123456789" },
    { 1e15, "1e+15" },
    { 5e-324, "5e-324" },
    { 1e-310, "1e-310" },
    { 1.7976931348623157e308, "1.7976931348623157e+308" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = dio_json_double_to_text (cases[i].value);
    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

/* Any bit pattern of a finite double survives text, and JSON text with its type. */
static void
test_double_round_trip (void)
{
  for (guint i = 0; i < 20000; i++) {
    DioRandomKey key = { .stream = 1, .frame = i };
    uint64_t bits = dio_random_below (&key, G_MAXUINT64);
    double value;
    memcpy (&value, &bits, sizeof value);
    if (!isfinite (value))
      continue;
    g_autofree char *text = dio_json_double_to_text (value);
    double back = g_ascii_strtod (text, NULL);
    g_assert_true (memcmp (&back, &value, sizeof value) == 0);
    g_autoptr (json_t) json = json_pack ("[f]", value);
    g_autofree char *line = dio_json_to_line (json);
    g_autoptr (json_t) read = dio_json_parse (line, strlen (line), "line", NULL);
    g_assert_true (json_is_real (json_array_get (read, 0)));
    back = json_real_value (json_array_get (read, 0));
    g_assert_true (memcmp (&back, &value, sizeof value) == 0);
  }
}

static const char canonical[] =
    "{\n"
    "  \"B\": \"upper before lower\",\n"
    "  \"a\": [1, 2.0, -0.0, 1e+30, \"s\", true, null],\n"
    "  \"empty\": {\n"
    "    \"array\": [],\n"
    "    \"object\": {}\n"
    "  },\n"
    "  \"nested\": [\n"
    "    [1.0, 0.5],\n"
    "    {\n"
    "      \"k\": -9223372036854775808\n"
    "    }\n"
    "  ],\n"
    "  \"text\": \"\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001f / \x7f \xc3\xa4 \xf0\x9f\x9a\xb2\"\n"
    "}\n";

static void
test_canonical_is_stable (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) json = dio_json_parse (canonical, strlen (canonical), "text", &error);
  g_assert_no_error (error);
  g_autofree char *text = dio_json_to_text (json);
  g_assert_cmpstr (text, ==, canonical);
}

/* Order of keys, white space and spelling of numbers leave no trace. */
static void
test_canonical_is_unique (void)
{
  const char *loose = " {\"b\" :[1.50 ,\n2E0], \"a\":\"\\u00e4\\/\"}";
  g_autoptr (json_t) json = dio_json_parse (loose, strlen (loose), "text", NULL);
  g_autofree char *line = dio_json_to_line (json);
  g_assert_cmpstr (line, ==, "{\"a\":\"\xc3\xa4/\",\"b\":[1.5,2.0]}");
}

static void
test_long_arrays_break (void)
{
  /* 100 columns: "[" + 33 numbers of one digit with ", " between them (97) + "]" = 99. */
  g_autoptr (json_t) array = json_array ();
  for (int i = 0; i < 33; i++)
    json_array_append_new (array, json_integer (7));
  g_autofree char *fits = dio_json_to_text (array);
  g_assert_cmpuint (strlen (fits), ==, 100);
  json_array_append_new (array, json_integer (7));
  g_autofree char *broken = dio_json_to_text (array);
  g_assert_true (g_str_has_prefix (broken, "[\n  7,\n  7,\n"));
  g_assert_true (g_str_has_suffix (broken, "\n  7\n]\n"));
}

/* A locale with a decimal comma changes neither reading nor writing. Where the machine has none, the check
 * runs in the C locale. */
static void
test_locale (void)
{
  static const char *const names[] = { "de_DE.UTF-8", "fr_FR.UTF-8", "de_DE.utf8", "C" };
  guint i = 0;
  while (!setlocale (LC_ALL, names[i]))
    i++;
  g_test_message ("locale %s", names[i]);
  g_autoptr (json_t) json = dio_json_parse ("[1.5]", 5, "text", NULL);
  g_assert_cmpfloat (json_real_value (json_array_get (json, 0)), ==, 1.5);
  g_autofree char *line = dio_json_to_line (json);
  g_assert_cmpstr (line, ==, "[1.5]");
  setlocale (LC_ALL, "C");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/json-text/double-texts", test_double_texts);
  g_test_add_func ("/base/json-text/double-round-trip", test_double_round_trip);
  g_test_add_func ("/base/json-text/canonical-is-stable", test_canonical_is_stable);
  g_test_add_func ("/base/json-text/canonical-is-unique", test_canonical_is_unique);
  g_test_add_func ("/base/json-text/long-arrays-break", test_long_arrays_break);
  g_test_add_func ("/base/json-text/locale", test_locale);
  return g_test_run ();
}
