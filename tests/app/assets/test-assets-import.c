/* Small files written here arrive with their units, axes, groups, materials and findings. */

#include "assets-fixture.h"

#include <math.h>

#define QUAD_OBJ "v 0 0 0\nv 2 0 0\nv 2 1 0\nv 0 1 0\nvt 0 0\nvt 1 0\nvt 1 1\nvt 0 1\nvn 0 0 1\n"

static const guint8 red[4] = { 255, 0, 0, 255 };
static const guint8 clear_green[4] = { 0, 255, 0, 128 };

static void
assert_box (const DioModel *model, DioVec3 min, DioVec3 max)
{
  const double have[] = { model->bounds.min.x, model->bounds.min.y, model->bounds.min.z,
                          model->bounds.max.x, model->bounds.max.y, model->bounds.max.z };
  const double want[] = { min.x, min.y, min.z, max.x, max.y, max.z };
  for (guint i = 0; i < 6; i++)
    g_assert_cmpfloat_with_epsilon (have[i], want[i], 1e-6);
}

static void
test_obj (void)
{
  g_auto (Fixture) f;
  fixture_init (&f);
  fixture_write (&f, "quad.obj",
                 "mtllib quad.mtl\n" QUAD_OBJ "usemtl paint\nf 1/1/1 2/2/1 3/3/1 4/4/1\n", -1);
  /* A space after the name and no Kd, as scanners write it. */
  fixture_write (&f, "quad.mtl", "newmtl paint\nNs 98\nmap_Kd Tex.PNG \n", -1);
  fixture_write_png (&f, "tex.png", 4, red);
  g_auto (DioImportReport) report = { 0 };
  g_autoptr (DioModel) model = fixture_import (&f, "quad.obj", NULL, &report);

  /* Y up becomes Z up, and what looked along +Z looks along -Y. */
  assert_box (model, (DioVec3){ 0, 0, 0 }, (DioVec3){ 2, 0, 1 });
  g_assert_cmpuint (dio_model_count_triangles (model), ==, 2);
  g_assert_cmpuint (model->parts->len, ==, 1);
  const DioModelPart *part = &g_array_index (model->parts, DioModelPart, 0);
  for (guint v = 0; v < part->mesh->n_vertices; v++) {
    g_assert_cmpfloat_with_epsilon (part->mesh->normals[v][1], -1, 1e-6);
    /* v counts from the top: the upper edge has v 0. */
    g_assert_cmpfloat_with_epsilon (part->mesh->uvs[0][v][1], 1 - part->mesh->positions[v][2],
                                    1e-6);
  }
  const DioMaterial *material = g_ptr_array_index (model->materials, part->material);
  g_assert_cmpstr (material->name, ==, "paint");
  g_assert_nonnull (material->base_color_texture.texture);
  g_assert_cmpfloat (material->base_color[0], ==, 1);
  g_assert_cmpfloat_with_epsilon (material->roughness, sqrt (2.0 / 100), 1e-6);
  g_assert_cmpint (material->alpha_mode, ==, DIO_ALPHA_OPAQUE);
  g_assert_nonnull (dio_diagnostics_find (report.findings, "texture-found-by-name"));
  g_assert_nonnull (dio_diagnostics_find (report.findings, "unit-assumed"));
}

static void
test_options (void)
{
  g_auto (Fixture) f;
  fixture_init (&f);
  fixture_write (&f, "quad.obj", QUAD_OBJ "f 1/1/1 2/2/1 3/3/1 4/4/1\n", -1);
  DioAsset asset = { .kind = DIO_ASSET_MODEL, .scale_to_m = 0.5, .up = DIO_UP_Z, .recenter = TRUE };
  g_auto (DioImportReport) report = { 0 };
  g_autoptr (DioModel) model = fixture_import (&f, "quad.obj", &asset, &report);
  assert_box (model, (DioVec3){ -0.5, -0.25, 0 }, (DioVec3){ 0.5, 0.25, 0 });
  g_assert_null (dio_diagnostics_find (report.findings, "unit-assumed"));
}

/* Two boxes' worth of faces: names, materials and pieces differ. */
static void
write_two_pieces (const Fixture *f)
{
  fixture_write (
      f, "two.obj",
      "mtllib two.mtl\n"
      "o left\nv 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\nusemtl a\nf 1 2 3\nusemtl b\nf 1 3 4\n"
      "o right\nv 5 0 0\nv 6 0 0\nv 6 1 0\nusemtl a\nf 5 6 7\n",
      -1);
  fixture_write (f, "two.mtl", "newmtl a\nKd 1 0 0\nnewmtl b\nKd 0 1 0\nd 0.5\n", -1);
}

static void
test_groups (void)
{
  g_auto (Fixture) f;
  fixture_init (&f);
  write_two_pieces (&f);
  static const struct {
    DioGroupBy by;
    guint n;
    const char *first;
  } cases[] = {
    { DIO_GROUP_BY_MATERIALS, 2, "a" },
    { DIO_GROUP_BY_NODES, 2, "left" },
    { DIO_GROUP_BY_PIECES, 2, "piece 1" },
    { DIO_GROUP_BY_WHOLE, 1, "two" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (DioImportReport) report = { 0 };
    DioAsset asset = { .kind = DIO_ASSET_MODEL, .group_by = cases[i].by };
    asset.group_labels = g_hash_table_new (g_str_hash, g_str_equal);
    g_hash_table_insert (asset.group_labels, (gpointer) cases[i].first,
                         GINT_TO_POINTER (DIO_GROUP_LABEL_EXCLUDE));
    g_hash_table_insert (asset.group_labels, (gpointer) "no such group",
                         GINT_TO_POINTER (DIO_GROUP_LABEL_OWN));
    g_autoptr (DioModel) model = fixture_import (&f, "two.obj", &asset, &report);
    g_hash_table_unref (asset.group_labels);
    g_assert_cmpuint (model->groups->len, ==, cases[i].n);
    const DioModelGroup *group = &g_array_index (model->groups, DioModelGroup, 0);
    g_assert_cmpstr (group->name, ==, cases[i].first);
    g_assert_cmpint (group->label, ==, DIO_GROUP_LABEL_EXCLUDE);
    g_assert_nonnull (dio_diagnostics_find (report.findings, "unknown-group"));
    g_assert_cmpuint (dio_model_count_triangles (model), ==, 3);
  }
}

static void
test_gltf (void)
{
  g_auto (Fixture) f;
  fixture_init (&f);
  fixture_write_triangle_bin (&f, "тре #1.bin");
  fixture_write_png (&f, "pic é.png", 2, clear_green);
  g_autofree char *text = fixture_gltf (
      "%D1%82%D1%80%D0%B5%20%231.bin", ",\"scale\":[-1,1,1]", ",\"material\":0",
      ",\"extensionsUsed\":[\"KHR_materials_emissive_strength\",\"EXT_unheard_of\"],"
      "\"images\":[{\"uri\":\"pic%20%C3%A9.png\"}],\"textures\":[{\"source\":0,\"sampler\":0}],"
      "\"samplers\":[{\"wrapS\":33071,\"wrapT\":33648,\"magFilter\":9728}],"
      "\"materials\":[{\"name\":\"lamp\",\"alphaMode\":\"MASK\",\"alphaCutoff\":0.25,"
      "\"pbrMetallicRoughness\":{\"metallicFactor\":0.5,\"baseColorTexture\":{\"index\":0,"
      "\"extensions\":{\"KHR_texture_transform\":{\"offset\":[0.1,0.2],\"scale\":[3,4],"
      "\"rotation\":0.5}}}},\"emissiveFactor\":[1,0.5,0],"
      "\"extensions\":{\"KHR_materials_emissive_strength\":{\"emissiveStrength\":8}}}]");
  fixture_write (&f, "tri.gltf", text, -1);
  g_auto (DioImportReport) report = { 0 };
  g_autoptr (DioModel) model = fixture_import (&f, "tri.gltf", NULL, &report);
  assert_box (model, (DioVec3){ -1, 0, 0 }, (DioVec3){ 0, 0, 2 });
  const DioModelPart *part = &g_array_index (model->parts, DioModelPart, 0);
  const DioMaterial *m = g_ptr_array_index (model->materials, part->material);
  g_assert_cmpstr (m->name, ==, "lamp");
  g_assert_cmpfloat (m->metallic, ==, 0.5f);
  g_assert_cmpfloat (m->roughness, ==, 1);
  g_assert_cmpfloat (m->emissive_nits[0], ==, 800);
  g_assert_cmpfloat (m->emissive_nits[1], ==, 400);
  g_assert_cmpint (m->alpha_mode, ==, DIO_ALPHA_MASK);
  g_assert_cmpfloat (m->alpha_cutoff, ==, 0.25f);
  const DioTextureSlot *slot = &m->base_color_texture;
  g_assert_nonnull (slot->texture);
  g_assert_cmpuint (slot->texture->image->u8[3], ==, 128);
  g_assert_cmpint (slot->wrap_s, ==, DIO_WRAP_CLAMP);
  g_assert_cmpint (slot->wrap_t, ==, DIO_WRAP_MIRROR);
  g_assert_cmpint (slot->filter, ==, DIO_FILTER_NEAREST);
  g_assert_cmpfloat (slot->uv_scale[1], ==, 4);
  g_assert_cmpfloat (slot->uv_rotation_rad, ==, 0.5f);
  g_assert_nonnull (dio_diagnostics_find (report.findings, "unsupported-extension"));
  g_assert_nonnull (dio_diagnostics_find (report.findings, "no-normals"));
  /* The mirrored triangle still faces +Z of its file, which is -Y here. */
  g_assert_cmpfloat_with_epsilon (part->mesh->normals[0][1], -1, 1e-6);
}

/* What passes through a material, by way of the file on disk; alpha is what labels go by. */
static void
test_gltf_glass (void)
{
  static const struct {
    const char *factor;
    float transmission, alpha;
  } cases[] = { { "1", 1, 0.1f }, { "0.25", 0.25f, 0.75f }, { "0", 0, 1 } };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Fixture) f;
    fixture_init (&f);
    fixture_write_triangle_bin (&f, "t.bin");
    g_autofree char *materials =
        g_strdup_printf (",\"extensionsUsed\":[\"KHR_materials_transmission\"],\"materials\":[{"
                         "\"name\":\"pane\",\"extensions\":{\"KHR_materials_transmission\":{"
                         "\"transmissionFactor\":%s}}}]",
                         cases[i].factor);
    g_autofree char *text = fixture_gltf ("t.bin", "", ",\"material\":0", materials);
    fixture_write (&f, "pane.gltf", text, -1);
    g_auto (DioImportReport) report = { 0 };
    g_autoptr (DioModel) model = fixture_import (&f, "pane.gltf", NULL, &report);
    const DioModelPart *part = &g_array_index (model->parts, DioModelPart, 0);
    const DioMaterial *m = g_ptr_array_index (model->materials, part->material);
    gboolean glass = cases[i].transmission > 0;
    g_assert_cmpfloat (m->transmission, ==, cases[i].transmission);
    g_assert_cmpfloat (m->base_color[3], ==, cases[i].alpha);
    g_assert_cmpint (m->alpha_mode, ==, glass ? DIO_ALPHA_BLEND : DIO_ALPHA_OPAQUE);
    g_assert_true (
        glass == (dio_diagnostics_find (report.findings, "transmission-approximated") != NULL));
  }
}

static void
test_ply_and_stl (void)
{
  g_auto (Fixture) f;
  fixture_init (&f);
  fixture_write (&f, "quad.ply",
                 "ply\nformat ascii 1.0\nelement vertex 4\nproperty float x\nproperty float y\n"
                 "property float z\nproperty uchar red\nproperty uchar green\nproperty uchar blue\n"
                 "element face 1\nproperty list uchar int vertex_indices\nend_header\n"
                 "0 0 0 255 0 0\n1 0 0 255 0 0\n1 0 3 255 0 0\n0 0 3 188 0 0\n4 0 1 2 3\n",
                 -1);
  g_auto (DioImportReport) report = { 0 };
  g_autoptr (DioModel) ply = fixture_import (&f, "quad.ply", NULL, &report);
  /* Z is up already. */
  assert_box (ply, (DioVec3){ 0, 0, 0 }, (DioVec3){ 1, 0, 3 });
  const DioMesh *mesh = g_array_index (ply->parts, DioModelPart, 0).mesh;
  g_assert_nonnull (mesh->colors);
  float darkest = 1;
  for (guint v = 0; v < mesh->n_vertices; v++)
    darkest = MIN (darkest, mesh->colors[v][0]);
  /* 188 is half the light in sRGB. */
  g_assert_cmpfloat_with_epsilon (darkest, 0.5, 0.01);

  guint8 stl[84 + 50] = "binary";
  const float triangle[12] = { 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0 };
  stl[80] = 1;
  memcpy (stl + 84, triangle, sizeof triangle);
  fixture_write (&f, "one.stl", stl, sizeof stl);
  g_auto (DioImportReport) stl_report = { 0 };
  g_autoptr (DioModel) model = fixture_import (&f, "one.stl", NULL, &stl_report);
  assert_box (model, (DioVec3){ 0, 0, 0 }, (DioVec3){ 1, 1, 0 });
}

/* Coordinates of a map keep their millimetres. */
static void
test_far_from_origin (void)
{
  g_auto (Fixture) f;
  fixture_init (&f);
  fixture_write (&f, "map.obj",
                 "v 448262.001 310 5411932.001\nv 448263.004 310 5411932.001\n"
                 "v 448262.001 312 5411932.001\nf 1 2 3\n",
                 -1);
  g_auto (DioImportReport) report = { 0 };
  g_autoptr (DioModel) model = fixture_import (&f, "map.obj", NULL, &report);
  g_assert_nonnull (dio_diagnostics_find (report.findings, "far-from-origin"));
  g_assert_cmpfloat_with_epsilon (model->bounds.max.x - model->bounds.min.x, 1.003, 1e-6);
  g_assert_cmpfloat_with_epsilon (model->bounds.max.z - model->bounds.min.z, 2, 1e-6);
}

static void
test_doctor (void)
{
  g_auto (Fixture) f;
  fixture_init (&f);
  fixture_write (&f, "big.obj",
                 "mtllib big.mtl\nv 0 0 0\nv 30 0 0\nv 30 15 0\nv nan 0 0\n"
                 "usemtl t\nf 1 2 3\nf 1 2 2\nf 1 2 4\n",
                 -1);
  fixture_write (&f, "big.mtl", "newmtl t\nmap_Kd gone.png\nnewmtl u\n", -1);
  g_auto (DioImportReport) report = { 0 };
  g_autoptr (DioModel) model = fixture_import (&f, "big.obj", NULL, &report);
  g_assert_cmpuint (dio_model_count_triangles (model), ==, 1);
  const DioDiagnostic *unit = dio_diagnostics_find (report.findings, "unit-guess");
  g_assert_nonnull (unit);
  g_assert_nonnull (strstr (unit->message, "set scale_to_m to 0.01"));
  const DioDiagnostic *missing = dio_diagnostics_find (report.findings, "missing-texture");
  g_assert_nonnull (missing);
  g_assert_cmpstr (missing->object, ==, "gone.png");
  g_assert_nonnull (dio_diagnostics_find (report.findings, "faces-not-finite"));
  const DioModelPart *part = &g_array_index (model->parts, DioModelPart, 0);
  const DioMaterial *material = g_ptr_array_index (model->materials, part->material);
  g_assert_cmpfloat (material->base_color[0], ==, 0.5f);
}

static void
test_pictures (void)
{
  g_auto (Fixture) f;
  fixture_init (&f);
  g_autoptr (GError) error = NULL;
  fixture_write_png (&f, "grey.png", 8, clear_green);
  g_autofree char *path = fixture_path (&f, "grey.png");
  DioAsset asset = { .kind = DIO_ASSET_TEXTURE };
  g_auto (DioImportReport) report = { 0 };
  dio_asset_store_import (f.store, path, &asset, &report, &error);
  g_assert_no_error (error);
  g_autoptr (DioImage) texture = dio_asset_load_image (report.blob_path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (texture->channels, ==, 4);
  g_assert_cmpint (texture->type, ==, DIO_PIXEL_U8);
  g_assert_cmpuint (texture->u8[3], ==, 128);

  asset.kind = DIO_ASSET_ENVIRONMENT;
  g_auto (DioImportReport) environment_report = { 0 };
  dio_asset_store_import (f.store, path, &asset, &environment_report, &error);
  g_assert_no_error (error);
  g_autoptr (DioImage) environment = dio_asset_load_image (environment_report.blob_path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (environment->channels, ==, 3);
  g_assert_cmpint (environment->type, ==, DIO_PIXEL_F32);
  g_assert_cmpfloat_with_epsilon (environment->f32[1], 1, 1e-6);
  g_assert_nonnull (dio_diagnostics_find (environment_report.findings, "not-equirectangular"));
  g_assert_nonnull (dio_diagnostics_find (environment_report.findings, "low-dynamic-range"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/assets/import/obj", test_obj);
  g_test_add_func ("/assets/import/options", test_options);
  g_test_add_func ("/assets/import/groups", test_groups);
  g_test_add_func ("/assets/import/gltf", test_gltf);
  g_test_add_func ("/assets/import/gltf-glass", test_gltf_glass);
  g_test_add_func ("/assets/import/ply-and-stl", test_ply_and_stl);
  g_test_add_func ("/assets/import/far-from-origin", test_far_from_origin);
  g_test_add_func ("/assets/import/doctor", test_doctor);
  g_test_add_func ("/assets/import/pictures", test_pictures);
  return g_test_run ();
}
