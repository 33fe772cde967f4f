#include "dio-frame-model.h"

#include "dio-core-pose.h"
#include "test-frame-fixtures.h"

static DioModel *
model_new (float roughness, const char *group, double x)
{
  DioModel *model = dio_model_new ();
  DioMaterial *material = dio_material_new ("paint");
  material->roughness = roughness;
  DioMat4 moved = dio_mat4_translation ((DioVec3){ x, 0, 1 });
  guint material_index = dio_model_take_material (model, material);
  guint group_index = dio_model_add_group (model, group, DIO_GROUP_LABEL_INCLUDE);
  dio_model_take_part (model, fixture_square_new (), material_index, group_index, &moved);
  dio_model_take_part (model, fixture_square_new (), material_index, group_index,
                       &(DioMat4){ { 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1 } });
  dio_model_seal (model);
  return model;
}

static void
test_build (void)
{
  g_autoptr (DioModel) model = model_new (0.5f, "body", 2);
  g_assert_cmpuint (model->parts->len, ==, 2);
  g_assert_cmpuint (dio_model_count_triangles (model), ==, 4);
  g_assert_cmpfloat (model->bounds.min.x, ==, 0);
  g_assert_cmpfloat (model->bounds.max.x, ==, 3);
  g_assert_cmpfloat (model->bounds.max.z, ==, 1);
  dio_model_unref (dio_model_ref (model));
}

static void
test_key (void)
{
  g_autoptr (DioModel) a = model_new (0.5f, "body", 2);
  g_autoptr (DioModel) same = model_new (0.5f, "body", 2);
  g_autoptr (DioModel) rough = model_new (0.6f, "body", 2);
  g_autoptr (DioModel) named = model_new (0.5f, "bodz", 2);
  g_autoptr (DioModel) moved = model_new (0.5f, "body", 2.5);
  g_assert_cmpuint (a->key, ==, same->key);
  g_assert_cmpuint (a->key, !=, rough->key);
  g_assert_cmpuint (a->key, !=, named->key);
  g_assert_cmpuint (a->key, !=, moved->key);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/frame/model/build", test_build);
  g_test_add_func ("/frame/model/key", test_key);
  return g_test_run ();
}
