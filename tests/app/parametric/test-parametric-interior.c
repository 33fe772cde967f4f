/* What a table stands in and what is laid on it (room, backdrop, kitchen, and their table of parameters): that these do
 * what their names say, and that surfaces are those of rooms. */

#include "dio-core-vec.h"
#include "dio-parametric.h"

#include <math.h>
#include <string.h>

static DioModel *
build (const char *kind, const double *values)
{
  const DioParametricInfo *info = dio_parametric_find (kind);
  g_assert_nonnull (info);
  return dio_parametric_build_bare (info, values);
}

static const DioModelPart *
find_part (const DioModel *model, const char *name)
{
  for (guint i = 0; i < model->parts->len; i++) {
    const DioModelPart *part = &g_array_index (model->parts, DioModelPart, i);
    if (strcmp (g_array_index (model->groups, DioModelGroup, part->group).name, name) == 0)
      return part;
  }
  return NULL;
}

static const DioMaterial *
find_material (const DioModel *model, const char *name)
{
  const DioModelPart *part = find_part (model, name);
  return part != NULL ? g_ptr_array_index (model->materials, part->material) : NULL;
}

/* Light comes in by the window and nowhere else: a ray from the middle to outside meets a wall unless it goes through the
 * opening, where only the pane is. */
static void
test_room (void)
{
  const double values[] = { 4, 5, 2.6, 1.6, 1.2, 0.9, 0, 2, 1 };
  g_autoptr (DioModel) room = build ("room", values);
  const DioMesh *walls = find_part (room, "walls")->mesh;
  double inwards = 0, area = 0;
  for (guint t = 0; t < walls->n_triangles; t++) {
    const float *a = walls->positions[walls->triangles[t][0]];
    const float *b = walls->positions[walls->triangles[t][1]];
    const float *c = walls->positions[walls->triangles[t][2]];
    DioVec3 side = dio_vec3_cross (
        dio_vec3 ((double) (b[0] - a[0]), (double) (b[1] - a[1]), (double) (b[2] - a[2])),
        dio_vec3 ((double) (c[0] - a[0]), (double) (c[1] - a[1]), (double) (c[2] - a[2])));
    area += dio_vec3_length (side) / 2;
    inwards += dio_vec3_dot (side, dio_vec3 ((double) -a[0], (double) -a[1], 0)) > 0 ? 1 : 0;
  }
  /* Four walls without the opening, and the sides of that. */
  g_assert_cmpfloat_with_epsilon (area, 18 * 2.6 - 1.6 * 1.2 + 2 * (1.6 + 1.2) * 0.16, 1e-3);
  g_assert_cmpfloat (inwards, >, 0.7 * walls->n_triangles);
  g_assert_cmpint (find_material (room, "pane")->alpha_mode, ==, DIO_ALPHA_BLEND);
  /* Boards, each with a place of its own in the picture. */
  const DioMesh *floor = find_part (room, "floor")->mesh;
  g_assert_cmpuint (floor->n_triangles, >, 2 * 2 * 40);
  g_assert_nonnull (floor->colors);
  const double tiled[] = { 4, 5, 2.6, 1.6, 1.2, 0.9, 3, 2, 1 };
  g_autoptr (DioModel) tiles = build ("room", tiled);
  g_assert_null (find_part (tiles, "floor")->mesh->colors);
}

/* It shines as brightly as asked for, and its picture is upright: sky over land. */
static void
test_backdrop (void)
{
  const double values[] = { 40, 8, 0, 1234 };
  g_autoptr (DioModel) model = dio_parametric_build (dio_parametric_find ("backdrop"), values);
  const DioMaterial *view = find_material (model, "view");
  g_assert_cmpfloat_with_epsilon (view->emissive_nits[1], 1234, 1e-3);
  const DioImage *image = view->emissive_texture.texture->image;
  double blue[2] = { 0, 0 };
  for (guint x = 0; x < image->width; x++)
    for (guint end = 0; end < 2; end++)
      blue[end] += image->u8[(end == 0 ? 0 : image->height - 1) * image->stride_bytes + 4 * x + 2];
  g_assert_cmpfloat (blue[0], >, 2 * blue[1]);
  const DioMesh *mesh = find_part (model, "view")->mesh;
  for (guint i = 0; i < mesh->n_vertices; i++)
    g_assert_cmpfloat_with_epsilon (mesh->uvs[0][i][1], mesh->positions[i][2] > 4 ? 0 : 1, 1e-6);
}

/* As wide and as high as asked for; a plate's well is deeper than its rim, a chair's seat is where one sits. */
static void
test_kitchen (void)
{
  g_autoptr (DioModel) plate = build ("plate", (const double[]){ 0.13, 0.024 });
  g_assert_cmpfloat_with_epsilon (plate->bounds.max.x, 0.13, 1e-6);
  g_assert_cmpfloat_with_epsilon (plate->bounds.max.z, 0.024, 1e-6);
  g_autoptr (DioModel) board = build ("cutting-board", (const double[]){ 0.3, 0.2, 0.02, 2 });
  g_assert_cmpfloat_with_epsilon (board->bounds.max.y, 0.1, 1e-4);
  g_assert_cmpfloat_with_epsilon (board->bounds.max.z, 0.02, 1e-6);
  g_autoptr (DioModel) chair = build ("chair", (const double[]){ 0.45, 0.4, 0.42, 0 });
  g_assert_cmpfloat_with_epsilon (chair->bounds.max.z, 0.85, 1e-6);
  g_assert_cmpfloat_with_epsilon (chair->bounds.max.x, 0.21, 1e-6);
}

/* A window wider than its wall leaves a pier at both sides, one higher than the room a lintel. */
static void
test_room_limits (void)
{
  const double values[] = { 3, 3, 2.4, 6, 3, 0.9, 0, 0, 1 };
  g_autoptr (DioModel) room = build ("room", values);
  const DioMesh *pane = find_part (room, "pane")->mesh;
  g_assert_cmpfloat_with_epsilon (pane->bounds.max.x - pane->bounds.min.x, 2.6, 1e-5);
  g_assert_cmpfloat_with_epsilon (pane->bounds.min.z, 0.9, 1e-5);
  g_assert_cmpfloat_with_epsilon (pane->bounds.max.z, 2.28, 1e-5);
}

/* Painted walls have the relief of their roller, and tiles are glazed where boards are not. */
static void
test_room_surfaces (void)
{
  const DioParametricInfo *info = dio_parametric_find ("room");
  const double boards[] = { 4, 4, 2.6, 1.6, 1.2, 0.9, 0, 2, 1 };
  const double tiles[] = { 4, 4, 2.6, 1.6, 1.2, 0.9, 3, 2, 1 };
  g_autoptr (DioModel) wooden = dio_parametric_build (info, boards);
  g_autoptr (DioModel) tiled = dio_parametric_build (info, tiles);
  g_assert_nonnull (find_material (wooden, "walls")->normal_texture.texture);
  g_assert_nonnull (find_material (wooden, "ceiling")->normal_texture.texture);
  double roughness[2] = { 0, 0 };
  for (guint k = 0; k < 2; k++) {
    const DioMaterial *floor = find_material (k == 0 ? wooden : tiled, "floor");
    const DioImage *map = floor->metallic_roughness_texture.texture->image;
    for (guint i = 0; i < map->width * map->height; i++)
      roughness[k] += (double) (map->u8[4 * i + 1] * floor->roughness);
    roughness[k] /= 255.0 * map->width * map->height;
  }
  g_assert_cmpfloat (roughness[1], <, 0.35);
  g_assert_cmpfloat (roughness[0], >, 0.4);
}

/* The boards of a cutting board, and its groove: the top lies deeper inside the rim. A chair's seat carries. */
static void
test_kitchen_details (void)
{
  g_autoptr (DioModel) board = build ("cutting-board", (const double[]){ 0.3, 0.2, 0.02, 1 });
  const DioMesh *mesh = find_part (board, "board")->mesh;
  guint rim = 0, sunk = 0;
  for (guint i = 0; i < mesh->n_vertices; i++) {
    const float *p = mesh->positions[i];
    rim += p[2] > 0.0199f;
    sunk += p[2] < 0.0185f && p[2] > 0.0175f && fabsf (p[0]) < 0.14f && mesh->normals[i][2] > 0.9f;
  }
  g_assert_cmpuint (rim, >, 8);
  g_assert_cmpuint (sunk, >, 8);
  g_autoptr (DioModel) chair = build ("chair", (const double[]){ 0.45, 0.4, 0.42, 3 });
  const DioMesh *wood = find_part (chair, "chair")->mesh;
  gboolean seat = FALSE;
  for (guint i = 0; i < wood->n_vertices; i++)
    seat |= fabsf (wood->positions[i][2] - 0.452f) < 1e-4f && wood->normals[i][2] > 0.99f;
  g_assert_true (seat);
}

/* All of the table's rows are there, none is of another family's look, and each default lies in its range. */
static void
test_table_interior (void)
{
  static const char *const kinds[] = { "backdrop", "chair", "cutting-board", "plate", "room" };
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    const DioParametricInfo *info = dio_parametric_find (kinds[i]);
    g_assert_nonnull (info);
    gboolean place = i == 0 || i == 4;
    g_assert_cmpint (info->family, ==, place ? DIO_PARAMETRIC_BUILDING : DIO_PARAMETRIC_TABLETOP);
    g_assert_true (info->open == place);
    g_autoptr (DioModel) usual = build (kinds[i], NULL);
    for (const DioParametricParam *param = info->params; param->name != NULL; param++) {
      g_assert_cmpfloat (param->default_value, >=, param->min);
      g_assert_cmpfloat (param->default_value, <=, param->max);
    }
    g_assert_cmpuint (dio_model_count_triangles (usual), >, 1);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/parametric/interior/room", test_room);
  g_test_add_func ("/parametric/interior/room-limits", test_room_limits);
  g_test_add_func ("/parametric/interior/room-surfaces", test_room_surfaces);
  g_test_add_func ("/parametric/interior/backdrop", test_backdrop);
  g_test_add_func ("/parametric/interior/kitchen", test_kitchen);
  g_test_add_func ("/parametric/interior/kitchen-details", test_kitchen_details);
  g_test_add_func ("/parametric/interior/table", test_table_interior);
  return g_test_run ();
}
