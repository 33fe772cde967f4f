#include "dio-parametric.h"

#include <math.h>
#include <string.h>

/* Scenarios name these kinds and parameters: a change of the list breaks documents. */
static const char *const expected[] = {
  "apple: size_m ripeness seed",
  "awning: width_m depth_m drop_m flap_m color",
  "backdrop: width_m height_m view light_nits",
  "banana: length_m bend_rad ripeness seed",
  "bench: length_m seat_m color",
  "bin: height_m width_m color lid",
  "books: count width_m height_m thickness_m arrangement disorder seed",
  "bookshelf: width_m height_m depth_m shelves fill wood seed",
  "bottle: radius_m height_m neck_radius_m shoulder",
  "bowl: radius_m height_m wall_m",
  "box: width_m depth_m height_m bevel_m",
  "can: radius_m height_m label",
  "capsule: radius_m length_m",
  "car: body length_m height_scale color dirt seed",
  "carton: width_m depth_m height_m gable_m",
  "chain-link-fence: length_m height_m opening_m coating wires",
  "chair: seat_m back_m width_m wood",
  "cone: height_m dirt",
  "cutting-board: width_m depth_m thickness_m wood",
  "cylinder: radius_m height_m bevel_m",
  "glass-bottle: radius_m height_m neck_radius_m shoulder glass fill cork",
  "grass-tuft: height_m radius_m blades dryness seed",
  "hedge: length_m height_m depth_m season density seed",
  "house: bays storeys bay_m storey_m depth_m wall color seed light_nits",
  "hydrant: height_m color dirt",
  "junction: arms lanes lane_m radius_m kerb_m pavement_m",
  "mannequin: height_m pose stride build clothes seed",
  "mirror-tray: width_m depth_m rim_m shape",
  "mug: radius_m height_m wall_m handle_scale",
  "orange: size_m ripeness seed",
  "pear: size_m ripeness seed",
  "picket-fence: length_m height_m gap_m picket_width_m top finish decay seed",
  "plane: width_m depth_m",
  "plate: radius_m height_m",
  "road: length_m lanes lane_m center edges crossing paint kerb_m pavement_m",
  "road-sign: sign tens height_m size_m post lean_rad turn_rad dents dirt fade stickers seed",
  "room: width_m depth_m height_m window_width_m window_height_m sill_m floor color seed",
  "sphere: radius_m",
  "stop-sign: height_m size_m post lean_rad turn_rad nod_rad dents dirt fade stickers seed",
  "street-lamp: style height_m arm_m color light_nits",
  "table: width_m depth_m height_m top_thickness_m leg_width_m leg_inset_m wood seed",
  "tree: height_m shape season density seed",
  "van: length_m height_scale windows color dirt seed",
  "wall: wall length_m height_m thickness_m",
  "whisk: length_m width_m loops handle",
  "wire-pole: height_m arm_m wires span_m sag_m transformer"
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
      g_assert_cmpstr (param->unit, ==,
                       g_str_has_suffix (param->name, "_m")     ? "m"
                       : g_str_has_suffix (param->name, "_rad") ? "rad"
                                                                : "");
      g_assert_true (strlen (param->label) > 0);
      g_assert_cmpint (param - table[i].params, <, DIO_PARAMETRIC_MAX_PARAMS);
      g_assert_true (!param->whole || floor (param->default_value) == param->default_value);
      if (param->choices != NULL)
        g_assert_cmpfloat (param->min, ==, 0);
      if (param->choices != NULL)
        g_assert_cmpfloat (param->max + 1, ==, g_strv_length ((GStrv) param->choices));
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

static void
test_families (void)
{
  guint n, seen = 0;
  const DioParametricInfo *table = dio_parametric_get_table (&n);
  for (guint i = 0; i < n; i++) {
    g_assert_cmpuint (table[i].family, <, DIO_PARAMETRIC_N_FAMILIES);
    seen |= 1u << table[i].family;
    g_assert_true (i == 0 || strcmp (table[i - 1].kind, table[i].kind) < 0);
  }
  g_assert_cmpuint (seen & (1u << DIO_PARAMETRIC_BASIC), !=, 0);
  for (guint i = 0; i < DIO_PARAMETRIC_N_FAMILIES; i++)
    g_assert_nonnull (dio_parametric_get_family_label (i));
}

/* Whole parameters and choices go to the nearest number that means something. */
static void
test_limit (void)
{
  const DioParametricParam count = { "n", "N", "", 0, 9, 4, .whole = TRUE };
  g_assert_cmpfloat (dio_parametric_limit (&count, 2.4), ==, 2);
  g_assert_cmpfloat (dio_parametric_limit (&count, 2.5), ==, 3);
  g_assert_cmpfloat (dio_parametric_limit (&count, 9.7), ==, 9);
  g_assert_cmpfloat (dio_parametric_limit (&count, -3), ==, 0);
  g_assert_cmpfloat (dio_parametric_limit (&count, NAN), ==, 4);
  const DioParametricParam length = { "n_m", "N", "m", 0, 9, 4 };
  g_assert_cmpfloat (dio_parametric_limit (&length, 2.4), ==, 2.4);
}

static DioModel *
build_with (const DioParametricInfo *info, double (*pick) (const DioParametricParam *param))
{
  double values[DIO_PARAMETRIC_MAX_PARAMS] = { 0 };
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
  g_test_add_func ("/parametric/table/families", test_families);
  g_test_add_func ("/parametric/table/limit", test_limit);
  g_test_add_func ("/parametric/table/find", test_find);
  g_test_add_func ("/parametric/table/clamping", test_clamping);
  return g_test_run ();
}
