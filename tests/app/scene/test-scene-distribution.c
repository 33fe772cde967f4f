/* Distributions in the document: read, written, copied, refused. */

#include "dio-scene-distribution.h"
#include "scene-fixture.h"

#include <math.h>

static DioDistribution *
parse (const char *text, DioDiagnostics *found)
{
  g_autofree char *wrapped = g_strdup_printf ("[%s]", text);
  g_autoptr (json_t) list = fixture_parse (wrapped);
  return dio_distribution_from_json (json_array_get (list, 0), "/randomizers/3/yaw", found);
}

static void
test_round_trip (void)
{
  const struct {
    const char *text, *written;
  } cases[] = {
    { "0.5", "0.5" },
    { "{\"kind\": \"constant\", \"value\": 2}", "2.0" },
    { "{\"max\": 2, \"min\": -1, \"kind\": \"uniform\"}",
      "{\"kind\":\"uniform\",\"max\":2.0,\"min\":-1.0}" },
    { "{\"kind\": \"log-uniform\", \"min\": 1e-3, \"max\": 1}",
      "{\"kind\":\"log-uniform\",\"max\":1.0,\"min\":0.001}" },
    { "{\"kind\": \"normal\", \"mean\": 0, \"stddev\": 1}",
      "{\"kind\":\"normal\",\"mean\":0.0,\"stddev\":1.0}" },
    { "{\"kind\": \"normal\", \"mean\": 0, \"stddev\": 1, \"max\": 2}",
      "{\"kind\":\"normal\",\"max\":2.0,\"mean\":0.0,\"stddev\":1.0}" },
    { "{\"kind\": \"choice\", \"values\": [1, 2.5]}",
      "{\"kind\":\"choice\",\"values\":[1.0,2.5]}" },
    { "{\"kind\": \"choice\", \"values\": [\"a\", \"b\"], \"weights\": [1, 0]}",
      "{\"kind\":\"choice\",\"values\":[\"a\",\"b\"],\"weights\":[1.0,0.0]}" },
    { "{\"kind\": \"integer\", \"min\": 3, \"max\": 3}",
      "{\"kind\":\"integer\",\"max\":3,\"min\":3}" },
    { "{\"kind\": \"boolean\", \"probability\": 0.25}",
      "{\"kind\":\"boolean\",\"probability\":0.25}" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (DioDiagnostics) found = dio_diagnostics_new ();
    g_autoptr (DioDistribution) d = parse (cases[i].text, found);
    g_assert_nonnull (d);
    g_assert_cmpuint (dio_diagnostics_get_count (found), ==, 0);
    g_autoptr (DioDistribution) copy = dio_distribution_copy (d);
    g_autoptr (json_t) json = json_pack ("[o]", dio_distribution_to_json (copy));
    g_autofree char *line = dio_json_to_line (json);
    g_autofree char *expected = g_strdup_printf ("[%s]", cases[i].written);
    g_assert_cmpstr (line, ==, expected);
  }
}

static void
test_faults (void)
{
  const struct {
    const char *text, *code, *object;
  } cases[] = {
    { "null", "wrong-type", "" },
    { "\"0.5\"", "wrong-type", "" },
    { "[]", "wrong-type", "" },
    { "1e200", "out-of-range", "" },
    { "{}", "unknown-name", "/kind" },
    { "{\"kind\": \"gauss\"}", "unknown-name", "/kind" },
    { "{\"kind\": \"constant\"}", "missing", "/value" },
    { "{\"kind\": \"uniform\", \"min\": 0}", "missing", "/max" },
    { "{\"kind\": \"uniform\", \"min\": 1, \"max\": 0}", "contradiction", "/max" },
    { "{\"kind\": \"uniform\", \"min\": 0, \"max\": 1, \"mean\": 0}", "unknown-key", "/mean" },
    { "{\"kind\": \"uniform\", \"min\": \"0\", \"max\": 1}", "wrong-type", "/min" },
    { "{\"kind\": \"log-uniform\", \"min\": 0, \"max\": 1}", "out-of-range", "/min" },
    { "{\"kind\": \"normal\", \"mean\": 0, \"stddev\": -1}", "out-of-range", "/stddev" },
    { "{\"kind\": \"normal\", \"mean\": 0, \"stddev\": 1, \"min\": 2, \"max\": 2}", "contradiction",
      "/max" },
    { "{\"kind\": \"integer\", \"min\": 0.5, \"max\": 2}", "wrong-type", "" },
    { "{\"kind\": \"boolean\", \"probability\": 1.5}", "out-of-range", "/probability" },
    { "{\"kind\": \"choice\", \"values\": []}", "wrong-type", "/values" },
    { "{\"kind\": \"choice\", \"values\": {}}", "wrong-type", "/values" },
    { "{\"kind\": \"choice\", \"values\": [\"a\", 1]}", "wrong-type", "/values/1" },
    { "{\"kind\": \"choice\", \"values\": [1, \"a\"]}", "wrong-type", "/values/1" },
    { "{\"kind\": \"choice\", \"values\": [null]}", "wrong-type", "/values/0" },
    { "{\"kind\": \"choice\", \"values\": [1, 2], \"weights\": [1]}", "wrong-type", "/weights" },
    { "{\"kind\": \"choice\", \"values\": [1, 2], \"weights\": [0, 0]}", "out-of-range",
      "/weights" },
    { "{\"kind\": \"choice\", \"values\": [1, 2], \"weights\": [2, -1]}", "out-of-range",
      "/weights/1" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (DioDiagnostics) found = dio_diagnostics_new ();
    g_assert_null (parse (cases[i].text, found));
    const DioDiagnostic *d = dio_diagnostics_find (found, cases[i].code);
    if (d == NULL)
      g_error ("no %s for %s", cases[i].code, cases[i].text);
    g_autofree char *object = g_strconcat ("/randomizers/3/yaw", cases[i].object, NULL);
    g_assert_cmpstr (d->object, ==, object);
  }
}

static void
test_range (void)
{
  const struct {
    const char *text;
    double min, max;
  } cases[] = {
    { "3", 3, 3 },
    { "{\"kind\": \"uniform\", \"min\": 1, \"max\": 2}", 1, 2 },
    { "{\"kind\": \"normal\", \"mean\": 0, \"stddev\": 1, \"min\": -2}", -2, INFINITY },
    { "{\"kind\": \"choice\", \"values\": [4, -1, 2]}", -1, 4 },
    { "{\"kind\": \"choice\", \"values\": [\"a\", \"b\", \"c\"]}", 0, 2 },
    { "{\"kind\": \"boolean\", \"probability\": 1}", 1, 1 },
    { "{\"kind\": \"boolean\", \"probability\": 0}", 0, 0 },
    { "{\"kind\": \"boolean\", \"probability\": 0.5}", 0, 1 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (DioDistribution) d = parse (cases[i].text, NULL);
    double min, max;
    dio_distribution_get_range (d, &min, &max);
    g_assert_cmpfloat (min, ==, cases[i].min);
    g_assert_cmpfloat (max, ==, cases[i].max);
  }
}

static void
test_not_finite (void)
{
  DioDistribution d = { .kind = DIO_DISTRIBUTION_UNIFORM, .min = 0, .max = INFINITY };
  g_assert_null (dio_distribution_to_json (&d));
  g_assert_cmpstr (dio_distribution_kind_to_name (DIO_DISTRIBUTION_BOOLEAN), ==, "boolean");
  g_assert_null (dio_distribution_kind_to_name (99));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/distribution/round-trip", test_round_trip);
  g_test_add_func ("/scene/distribution/faults", test_faults);
  g_test_add_func ("/scene/distribution/range", test_range);
  g_test_add_func ("/scene/distribution/not-finite", test_not_finite);
  return g_test_run ();
}
