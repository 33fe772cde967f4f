#include "dio-parametric.h"

#include <math.h>
#include <string.h>

/* Scenarios name these kinds and parameters: a change of the list breaks documents. */
static const char *const expected[] = {
  "bottle: radius_m height_m neck_radius_m shoulder",
  "bowl: radius_m height_m wall_m",
  "box: width_m depth_m height_m bevel_m",
  "capsule: radius_m length_m",
  "carton: width_m depth_m height_m gable_m",
  "cylinder: radius_m height_m bevel_m",
  "mug: radius_m height_m wall_m handle_scale",
  "plane: width_m depth_m",
  "sphere: radius_m",
  "table: width_m depth_m height_m top_thickness_m leg_width_m leg_inset_m"
};

static void
test_names (void)
{
  guint n;
  const DioParametricInfo *table = dio_parametric_get_table (&n);
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < n; i++) {
    g_autoptr (GString) line = g_string_new (table[i].kind);
    g_string_append_c (line, ':');
    for (const DioParametricParam *param = table[i].params; param->name != NULL; param++)
      g_string_append_printf (line, " %s", param->name);
    g_assert_cmpstr (line->str, ==, expected[i]);
    g_assert_nonnull (table[i].label);
  }
}

static void
test_ranges (void)
{
  guint n;
  const DioParametricInfo *table = dio_parametric_get_table (&n);
  for (guint i = 0; i < n; i++)
    for (const DioParametricParam *param = table[i].params; param->name != NULL; param++) {
      g_assert_cmpfloat (param->min, <, param->max);
      g_assert_cmpfloat (param->default_value, >=, param->min);
      g_assert_cmpfloat (param->default_value, <=, param->max);
      g_assert_cmpstr (param->unit, ==, g_str_has_suffix (param->name, "_m") ? "m" : "");
      g_assert_true (strlen (param->label) > 0);
    }
}

static void
test_find (void)
{
  guint n;
  const DioParametricInfo *table = dio_parametric_get_table (&n);
  for (guint i = 0; i < n; i++) {
    g_assert_true (dio_parametric_find (table[i].kind) == &table[i]);
    for (const DioParametricParam *param = table[i].params; param->name != NULL; param++)
      g_assert_true (dio_parametric_find_param (&table[i], param->name) == param);
    g_assert_null (dio_parametric_find_param (&table[i], "no_such_m"));
    g_assert_null (dio_parametric_find_param (&table[i], ""));
  }
  g_assert_null (dio_parametric_find ("teapot"));
  g_assert_null (dio_parametric_find (""));
  g_assert_null (dio_parametric_find ("Mug"));
}

static DioModel *
build_with (const DioParametricInfo *info, double (*pick) (const DioParametricParam *param))
{
  double values[8] = { 0 };
  for (guint i = 0; info->params[i].name != NULL; i++)
    values[i] = pick (&info->params[i]);
  return dio_parametric_build (info, values);
}

static double
pick_min (const DioParametricParam *param)
{
  return param->min;
}

static double
pick_max (const DioParametricParam *param)
{
  return param->max;
}

static double
pick_default (const DioParametricParam *param)
{
  return param->default_value;
}

static double
pick_below (const DioParametricParam *param)
{
  return -1e300;
}

static double
pick_above (const DioParametricParam *param)
{
  return 1e300;
}

static double
pick_nan (const DioParametricParam *param)
{
  return NAN;
}

/* Values outside are held to the range, what is no number becomes the default: same model, same key. */
static void
test_clamping (void)
{
  guint n;
  const DioParametricInfo *table = dio_parametric_get_table (&n);
  double (*const pairs[][2]) (const DioParametricParam *) = { { pick_below, pick_min },
                                                              { pick_above, pick_max },
                                                              { pick_nan, pick_default } };
  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < G_N_ELEMENTS (pairs); k++) {
      g_autoptr (DioModel) outside = build_with (&table[i], pairs[k][0]);
      g_autoptr (DioModel) inside = build_with (&table[i], pairs[k][1]);
      g_assert_cmphex (outside->key, ==, inside->key);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/parametric/table/names", test_names);
  g_test_add_func ("/parametric/table/ranges", test_ranges);
  g_test_add_func ("/parametric/table/find", test_find);
  g_test_add_func ("/parametric/table/clamping", test_clamping);
  return g_test_run ();
}
