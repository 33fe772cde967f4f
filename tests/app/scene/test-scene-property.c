/* The property registry: its table, and values set and read by path. */

#include "dio-core-vec.h"
#include "dio-parametric.h"
#include "dio-scene-property.h"
#include "scene-fixture.h"

#include <math.h>

/* An editable copy of a node of the rich document. */
static DioNode *
copy_node (const char *id)
{
  g_autoptr (DioScenario) s = fixture_load ("rich.diorama");
  return dio_node_copy (dio_scenario_find_node (s, id));
}

static DioPropertyValue
get (const DioNode *node, const char *path)
{
  DioPropertyValue value;
  g_autoptr (GError) error = NULL;
  g_assert_true (dio_node_get_property (node, path, &value, &error));
  g_assert_no_error (error);
  return value;
}

static void
set (DioNode *node, const char *path, DioPropertyValue value)
{
  g_autoptr (GError) error = NULL;
  gboolean good = dio_node_set_property (node, path, &value, &error);
  g_assert_no_error (error);
  g_assert_true (good);
}

static void
refuse (DioNode *node, const char *path, DioPropertyValue value, int code)
{
  g_autoptr (GError) error = NULL;
  g_assert_false (dio_node_set_property (node, path, &value, &error));
  g_assert_error (error, DIO_ERROR, code);
  g_assert_nonnull (strstr (error->message, node->id));
}

static void
test_table (void)
{
  guint n;
  const DioPropertyInfo *table = dio_property_get_table (&n);
  g_autoptr (GHashTable) paths = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < n; i++) {
    const DioPropertyInfo *info = &table[i];
    g_assert_true (g_hash_table_add (paths, (gpointer) info->path));
    g_assert_nonnull (info->label);
    g_assert_nonnull (info->unit);
    g_assert_cmpuint (info->kinds, !=, 0);
    g_assert_true ((info->type == DIO_PROPERTY_ENUM) == (info->enum_names != NULL));
    if (info->type != DIO_PROPERTY_ENUM)
      g_assert_cmpfloat (info->min, <, info->max);
    for (guint kind = 0; kind < 4; kind++) {
      const DioPropertyInfo *found = dio_property_find (kind, info->path);
      gboolean has = (info->kinds & (1u << kind)) != 0;
      g_assert_true ((found != NULL) == has);
      if (has)
        g_assert_cmpstr (found->path, ==, info->path);
    }
  }
}

static void
test_find (void)
{
  const DioPropertyInfo *info = dio_property_find (DIO_NODE_LIGHT, "light/intensity");
  g_assert_cmpint (info->type, ==, DIO_PROPERTY_NUMBER);
  g_assert_cmpfloat (info->min, ==, 0);
  g_assert_true (info->flags & DIO_PROPERTY_RANDOMIZABLE);
  g_assert_cmpint (info->dirties, ==, DIO_DIRTY_LIGHT);
  g_assert_null (dio_property_find (DIO_NODE_MODEL, "light/intensity"));
  g_assert_nonnull (dio_property_find (DIO_NODE_MODEL, "material/roughness"));
  g_assert_nonnull (dio_property_find (DIO_NODE_MODEL, "materials/glaze/inside/roughness"));
  g_assert_null (dio_property_find (DIO_NODE_MODEL, "materials/roughness"));
  g_assert_null (dio_property_find (DIO_NODE_MODEL, "materials//roughness"));
  g_assert_null (dio_property_find (DIO_NODE_MODEL, "material/x/roughness"));
  g_assert_null (dio_property_find (DIO_NODE_MODEL, "material/"));
  g_assert_null (dio_property_find (DIO_NODE_LIGHT, "material/roughness"));
  g_assert_null (dio_property_find (DIO_NODE_MODEL, "parameters/teeth"));
  g_assert_null (dio_property_find (DIO_NODE_MODEL, ""));
}

static void
test_every_parameter (void)
{
  guint n;
  const DioParametricInfo *models = dio_parametric_get_table (&n);
  for (guint i = 0; i < n; i++) {
    for (const DioParametricParam *p = models[i].params; p->name != NULL; p++) {
      g_autofree char *path = g_strconcat ("parameters/", p->name, NULL);
      const DioPropertyInfo *info = dio_property_find (DIO_NODE_MODEL, path);
      g_assert_cmpstr (info->path, ==, path);
      g_assert_cmpfloat (info->min, <=, p->min);
      g_assert_cmpfloat (info->max, >=, p->max);
      g_assert_null (dio_property_find (DIO_NODE_LIGHT, path));
    }
  }
}

/* Sets every property of every kind to another value and reads it back. */
static void
test_set_all (void)
{
  const char *ids[] = { "pile", "mug_1", "sun", "front" };
  guint n;
  const DioPropertyInfo *table = dio_property_get_table (&n);
  for (guint i = 0; i < n; i++) {
    const DioPropertyInfo *info = &table[i];
    for (guint kind = 0; kind < 4; kind++) {
      if ((info->kinds & (1u << kind)) == 0)
        continue;
      g_autoptr (DioNode) node = copy_node (ids[kind]);
      DioPropertyValue value = { .string = "other" };
      guint size = dio_property_type_get_size (info->type);
      gboolean rotation = strcmp (info->path, "rotation") == 0;
      for (guint k = 0; k < size; k++)
        value.number[k] = rotation ? 0.5 : CLAMP (1.0, info->min, MAX (info->max, 1));
      if (size > 0)
        value.string = NULL;
      set (node, info->path, value);
      DioPropertyValue got = get (node, info->path);
      g_assert_cmpstr (got.string, ==, value.string);
      for (guint k = 0; k < size; k++)
        g_assert_cmpfloat (got.number[k], ==, value.number[k]);
    }
  }
}

static void
test_ranges (void)
{
  g_autoptr (DioNode) sun = copy_node ("sun");
  refuse (sun, "light/intensity", (DioPropertyValue){ .number = { -1 } }, DIO_ERROR_INVALID);
  refuse (sun, "light/intensity", (DioPropertyValue){ .number = { NAN } }, DIO_ERROR_INVALID);
  refuse (sun, "light/intensity", (DioPropertyValue){ .number = { INFINITY } }, DIO_ERROR_INVALID);
  refuse (sun, "light/kind", (DioPropertyValue){ .number = { 6 } }, DIO_ERROR_INVALID);
  refuse (sun, "light/kind", (DioPropertyValue){ .number = { 0.5 } }, DIO_ERROR_INVALID);
  refuse (sun, "visible", (DioPropertyValue){ .number = { 2 } }, DIO_ERROR_INVALID);
  refuse (sun, "name", (DioPropertyValue){ .string = NULL }, DIO_ERROR_INVALID);
  refuse (sun, "rotation", (DioPropertyValue){ .number = { 0 } }, DIO_ERROR_INVALID);
  refuse (sun, "category", (DioPropertyValue){ .string = "mug" }, DIO_ERROR_NOT_FOUND);
  refuse (sun, "sensor/fx", (DioPropertyValue){ .number = { 1 } }, DIO_ERROR_NOT_FOUND);
  g_assert_cmpfloat (get (sun, "light/intensity").number[0], ==, 80000);
  g_autoptr (DioNode) camera = copy_node ("front");
  refuse (camera, "sensor/width", (DioPropertyValue){ .number = { 0.5 } }, DIO_ERROR_INVALID);
  refuse (camera, "sensor/width", (DioPropertyValue){ .number = { 20000 } }, DIO_ERROR_INVALID);
}

static void
test_rotation (void)
{
  g_autoptr (DioNode) sun = copy_node ("sun");
  set (sun, "rotation", (DioPropertyValue){ .number = { 3, 0, 0, 4 } });
  DioPropertyValue q = get (sun, "rotation");
  g_assert_cmpfloat_with_epsilon (q.number[0], 0.6, 1e-15);
  g_assert_cmpfloat_with_epsilon (q.number[3], 0.8, 1e-15);
}

static void
test_materials (void)
{
  g_autoptr (DioNode) mug = copy_node ("mug_1");
  /* The slot's own value, and that of "*" where it has none. */
  g_assert_cmpfloat (get (mug, "materials/glaze/inside/roughness").number[0], ==, 0.1);
  g_assert_cmpfloat (get (mug, "materials/glaze/inside/metallic").number[0], ==, 0.25);
  g_assert_cmpfloat (get (mug, "materials/other/roughness").number[0], ==, 0.35);
  /* "material/X" means all slots, also those that had a value of their own. */
  set (mug, "material/roughness", (DioPropertyValue){ .number = { 0.9 } });
  g_assert_cmpfloat (get (mug, "materials/glaze/inside/roughness").number[0], ==, 0.9);
  set (mug, "materials/rim/base_color", (DioPropertyValue){ .number = { 1, 0, 0, 1 } });
  g_assert_cmpfloat (get (mug, "materials/rim/base_color").number[1], ==, 0);
  g_assert_cmpfloat (get (mug, "material/base_color").number[1], ==, 0.2);

  g_autoptr (DioNode) sign = copy_node ("sign_1");
  DioPropertyValue value;
  g_autoptr (GError) error = NULL;
  g_assert_false (dio_node_get_property (sign, "material/roughness", &value, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
  set (sign, "materials/plate/roughness", (DioPropertyValue){ .number = { 0.2 } });
  set (sign, "material/metallic", (DioPropertyValue){ .number = { 1 } });
  /* "*" goes in front, for later entries win. */
  const DioMaterialOverride *first = g_ptr_array_index (sign->model.materials, 0);
  g_assert_cmpstr (first->slot, ==, "*");
  g_assert_cmpuint (sign->model.materials->len, ==, 2);
}

static void
test_parameters (void)
{
  g_autoptr (DioNode) mug = copy_node ("mug_1");
  g_assert_cmpfloat (get (mug, "parameters/height_m").number[0], ==, 0.11);
  set (mug, "parameters/height_m", (DioPropertyValue){ .number = { 0.1 } });
  g_assert_cmpfloat (get (mug, "parameters/height_m").number[0], ==, 0.1);
  refuse (mug, "parameters/height_m", (DioPropertyValue){ .number = { 1e9 } }, DIO_ERROR_INVALID);
  refuse (mug, "parameters/height_m", (DioPropertyValue){ .number = { NAN } }, DIO_ERROR_INVALID);
  refuse (mug, "parameters/teeth", (DioPropertyValue){ .number = { 1 } }, DIO_ERROR_NOT_FOUND);
  /* What is not given answers with its default. */
  const DioParametricInfo *info = dio_parametric_find ("mug");
  for (const DioParametricParam *p = info->params; p->name != NULL; p++) {
    g_autofree char *path = g_strconcat ("parameters/", p->name, NULL);
    if (strcmp (p->name, "height_m") != 0)
      g_assert_cmpfloat (get (mug, path).number[0], ==, p->default_value);
  }
  /* A box has a height too, but neither model has all of the other's parameters. */
  set (mug, "model/parametric", (DioPropertyValue){ .string = "box" });
  g_assert_cmpfloat (get (mug, "parameters/height_m").number[0], ==, 0.1);
  set (mug, "model/asset", (DioPropertyValue){ .string = "road_sign" });
  g_assert_null (mug->model.parametric);
  g_assert_cmpuint (g_hash_table_size (mug->model.parameters), ==, 0);
  refuse (mug, "parameters/height_m", (DioPropertyValue){ .number = { 0.1 } }, DIO_ERROR_NOT_FOUND);
  set (mug, "model/parametric", (DioPropertyValue){ .string = "mug" });
  g_assert_null (mug->model.asset);
}

static void
test_intrinsics (void)
{
  g_autoptr (DioNode) camera = copy_node ("front");
  /* 50 mm on 24 mm over 640 pixels. */
  g_assert_cmpfloat_with_epsilon (get (camera, "sensor/fx").number[0], 640 * 50 / 24.0, 1e-9);
  g_assert_cmpfloat (get (camera, "sensor/cy").number[0], ==, 240);
  g_assert_false (camera->sensor.has_k);
  set (camera, "sensor/cx", (DioPropertyValue){ .number = { 300 } });
  g_assert_true (camera->sensor.has_k);
  g_assert_cmpfloat (camera->sensor.cx, ==, 300);
  g_assert_cmpfloat_with_epsilon (camera->sensor.fy, 640 * 50 / 24.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (get (camera, "sensor/focal_length_mm").number[0], 50, 1e-9);
  set (camera, "sensor/focal_length_mm", (DioPropertyValue){ .number = { 85 } });
  g_assert_false (camera->sensor.has_k);
  g_assert_cmpfloat_with_epsilon (get (camera, "sensor/fx").number[0], 640 * 85 / 24.0, 1e-9);
}

static void
test_copy (void)
{
  /* A copy shares nothing that can change. */
  g_autoptr (DioScenario) s = fixture_load ("rich.diorama");
  const DioNode *mug = dio_scenario_find_node (s, "mug_1");
  g_autoptr (DioNode) copy = dio_node_copy (mug);
  set (copy, "name", (DioPropertyValue){ .string = "Other" });
  set (copy, "parameters/height_m", (DioPropertyValue){ .number = { 0.2 } });
  set (copy, "material/roughness", (DioPropertyValue){ .number = { 1 } });
  set (copy, "material/normal_texture", (DioPropertyValue){ .string = "bricks" });
  g_assert_cmpstr (mug->name, ==, "Blue mug");
  g_assert_cmpfloat (get (mug, "parameters/height_m").number[0], ==, 0.11);
  g_assert_cmpfloat (get (mug, "material/roughness").number[0], ==, 0.35);
  g_assert_cmpstr (get (mug, "material/normal_texture").string, ==, "");
  DioNode *again = dio_node_ref (copy);
  dio_node_unref (again);
  g_assert_cmpstr (copy->name, ==, "Other");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/property/table", test_table);
  g_test_add_func ("/scene/property/find", test_find);
  g_test_add_func ("/scene/property/every-parameter", test_every_parameter);
  g_test_add_func ("/scene/property/set-all", test_set_all);
  g_test_add_func ("/scene/property/ranges", test_ranges);
  g_test_add_func ("/scene/property/rotation", test_rotation);
  g_test_add_func ("/scene/property/materials", test_materials);
  g_test_add_func ("/scene/property/parameters", test_parameters);
  g_test_add_func ("/scene/property/intrinsics", test_intrinsics);
  g_test_add_func ("/scene/property/copy", test_copy);
  return g_test_run ();
}
