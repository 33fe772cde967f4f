/* Files that were made to break importers: one clear message each, in time, and nothing read outside. */

#include "assets-fixture.h"

#include <sys/stat.h>
#include <unistd.h>

static const guint8 red[4] = { 255, 0, 0, 255 };

/* --- Leaving the folder -------------------------------------------------------------------------- */

static void
test_buffers_outside (void)
{
  g_auto (Fixture) f;
  fixture_init (&f);
  /* The target exists and would do: only the rule keeps it out. */
  fixture_write_triangle_bin (&f, "in/../secret.bin");
  static const char *const uris[] = {
    "../secret.bin",       "%2e%2e/secret.bin",
    "..%2Fsecret.bin",     "x/../../secret.bin",
    "..\\\\secret.bin",    "file:///etc/passwd",
    "/dev/zero",           "/etc/passwd",
    "http://example.com/", "../../../../../../../../etc/passwd",
  };
  for (guint i = 0; i < G_N_ELEMENTS (uris); i++) {
    g_autofree char *text = fixture_gltf (uris[i], "", "", "");
    fixture_write (&f, "in/out.gltf", text, -1);
    g_autofree char *message = fixture_refuse (&f, "in/out.gltf", DIO_ERROR_INVALID);
    g_assert_nonnull (strstr (message, "outside"));
  }
}

static void
test_links_outside (void)
{
  g_auto (Fixture) f;
  fixture_init (&f);
  fixture_write_triangle_bin (&f, "secret.bin");
  fixture_write_triangle_bin (&f, "in/real.bin");
  g_autofree char *link = fixture_path (&f, "in/link.bin");
  g_autofree char *text = fixture_gltf ("link.bin", "", "", "");
  fixture_write (&f, "in/out.gltf", text, -1);
  g_assert_cmpint (symlink ("../secret.bin", link), ==, 0);
  g_free (fixture_refuse (&f, "in/out.gltf", DIO_ERROR_NOT_FOUND));
  g_assert_cmpint (unlink (link), ==, 0);
  g_assert_cmpint (symlink ("/dev/zero", link), ==, 0);
  g_free (fixture_refuse (&f, "in/out.gltf", DIO_ERROR_NOT_FOUND));
  g_assert_cmpint (unlink (link), ==, 0);
  g_assert_cmpint (mkfifo (link, 0600), ==, 0);
  g_free (fixture_refuse (&f, "in/out.gltf", DIO_ERROR_NOT_FOUND));
  g_assert_cmpint (unlink (link), ==, 0);
  /* A link that stays inside is nobody's harm. */
  g_assert_cmpint (symlink ("real.bin", link), ==, 0);
  g_auto (DioImportReport) report = { 0 };
  g_autoptr (DioModel) model = fixture_import (&f, "in/out.gltf", NULL, &report);
  g_assert_cmpuint (dio_model_count_triangles (model), ==, 1);
}

static void
test_textures_outside (void)
{
  g_auto (Fixture) f;
  fixture_init (&f);
  fixture_write_png (&f, "secret.png", 2, red);
  fixture_write_png (&f, "in/textures/inside.png", 2, red);
  static const struct {
    const char *reference, *code;
  } cases[] = {
    { "../secret.png", "texture-outside" },
    { "/dev/zero", "texture-outside" },
    { "t.obj", "broken-texture" },
    { ".", "missing-texture" },
    { "model://thing/materials/textures/inside.png", "texture-found-by-name" },
    { "D:\\art\\Inside.PNG", "texture-found-by-name" },
    { ".\\textures\\inside.png", NULL },
    { "textures/inside.png  ", NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *mtl = g_strdup_printf ("newmtl m\nmap_Kd %s\n", cases[i].reference);
    fixture_write (&f, "in/t.mtl", mtl, -1);
    fixture_write (&f, "in/t.obj",
                   "mtllib t.mtl\nv 0 0 0\nv 1 0 0\nv 1 1 0\nvt 0 0\nvt 1 0\nvt 1 1\nusemtl m\n"
                   "f 1/1 2/2 3/3\n",
                   -1);
    g_auto (DioImportReport) report = { 0 };
    g_autoptr (DioModel) model = fixture_import (&f, "in/t.obj", NULL, &report);
    const DioMaterial *m = g_ptr_array_index (
        model->materials, g_array_index (model->parts, DioModelPart, 0).material);
    gboolean textured = cases[i].code == NULL || strstr (cases[i].code, "found") != NULL;
    g_assert_cmpint (m->base_color_texture.texture != NULL, ==, textured);
    if (cases[i].code != NULL)
      g_assert_nonnull (dio_diagnostics_find (report.findings, cases[i].code));
  }
}

/* meshes/ beside materials/ is one package: references reach across it, and not a step further. */
static void
test_package_layout (void)
{
  g_auto (Fixture) f;
  fixture_init (&f);
  fixture_write_png (&f, "secret.png", 2, red);
  fixture_write_png (&f, "pack/materials/textures/skin.png", 2, red);
  static const struct {
    const char *reference;
    gboolean textured;
  } cases[] = {
    { "../materials/textures/skin.png", TRUE },
    { "../../secret.png", FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *mtl = g_strdup_printf ("newmtl m\nmap_Kd %s\n", cases[i].reference);
    fixture_write (&f, "pack/meshes/t.mtl", mtl, -1);
    fixture_write (&f, "pack/meshes/t.obj",
                   "mtllib t.mtl\nv 0 0 0\nv 1 0 0\nv 1 1 0\nvt 0 0\nvt 1 0\nvt 1 1\nusemtl m\n"
                   "f 1/1 2/2 3/3\n",
                   -1);
    for (guint cached = 0; cached < 2; cached++) {
      g_auto (DioImportReport) report = { 0 };
      g_autoptr (DioModel) model = fixture_import (&f, "pack/meshes/t.obj", NULL, &report);
      const DioMaterial *m = g_ptr_array_index (
          model->materials, g_array_index (model->parts, DioModelPart, 0).material);
      g_assert_cmpint (m->base_color_texture.texture != NULL, ==, cases[i].textured);
      g_assert_cmpint (report.from_cache, ==, cached == 1);
      g_assert_cmpint (dio_diagnostics_find (report.findings, "texture-outside") == NULL, ==,
                       cases[i].textured);
    }
  }
}

/* --- Lies ---------------------------------------------------------------------------------------- */

static void
test_gltf_lies (void)
{
  g_auto (Fixture) f;
  fixture_init (&f);
  fixture_write_triangle_bin (&f, "t.bin");
  static const struct {
    const char *from, *to;
  } edits[] = {
    { "\"count\":3,\"type\":\"VEC3\"", "\"count\":4000000000,\"type\":\"VEC3\"" },
    { "\"count\":3,\"type\":\"VEC3\"", "\"count\":-3,\"type\":\"VEC3\"" },
    { "\"count\":3,\"type\":\"VEC3\"", "\"count\":1e300,\"type\":\"VEC3\"" },
    { "\"count\":3,\"type\":\"VEC3\"", "\"count\":2,\"type\":\"VEC3\"" },
    { "\"byteLength\":36}", "\"byteLength\":9007199254740991}" },
    { "\"byteOffset\":36", "\"byteOffset\":-8" },
    { "\"byteOffset\":36", "\"byteOffset\":9007199254740991" },
    { "\"byteLength\":42", "\"byteLength\":43" },
    { "\"mesh\":0", "\"mesh\":7" },
    { "\"mesh\":0", "\"mesh\":0,\"children\":[0]" },
    { "\"mesh\":0", "\"mesh\":0,\"children\":[99]" },
    { "\"mesh\":0", "\"mesh\":0,\"translation\":[1,2]" },
    { "\"mesh\":0", "\"mesh\":0,\"mesh\":0" },
    { "\"indices\":1", "\"indices\":1,\"material\":3" },
    { "\"indices\":1", "\"indices\":1,\"mode\":9" },
    { "\"POSITION\":0", "\"POSITION\":\"x\"" },
    { "\"componentType\":5123", "\"componentType\":5126" },
    { "\"type\":\"SCALAR\"", "\"type\":\"MAT9\"" },
    { "\"2.0\"", "\"2.0\",\"x\":1e999" },
  };
  g_autofree char *good = fixture_gltf ("t.bin", "", "", "");
  for (guint i = 0; i < G_N_ELEMENTS (edits); i++) {
    g_auto (GStrv) parts = g_strsplit (good, edits[i].from, 2);
    g_assert_cmpuint (g_strv_length (parts), ==, 2);
    g_autofree char *bad = g_strjoinv (edits[i].to, parts);
    fixture_write (&f, "t.gltf", bad, -1);
    g_free (fixture_refuse (&f, "t.gltf", DIO_ERROR_CORRUPT));
  }
  g_autofree char *required =
      fixture_gltf ("t.bin", "", "", ",\"extensionsRequired\":[\"EXT_meshopt_compression\"]");
  fixture_write (&f, "t.gltf", required, -1);
  g_autofree char *message = fixture_refuse (&f, "t.gltf", DIO_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (message, "EXT_meshopt_compression"));
}

static void
test_other_lies (void)
{
  g_auto (Fixture) f;
  fixture_init (&f);
  fixture_write (&f, "big.ply",
                 "ply\nformat binary_little_endian 1.0\nelement vertex 4000000000\n"
                 "property float x\nproperty float y\nproperty float z\nend_header\n....",
                 -1);
  g_free (fixture_refuse (&f, "big.ply", DIO_ERROR_CORRUPT));
  fixture_write (&f, "endless.ply",
                 "ply\nformat binary_little_endian 1.0\nelement vertex 3\nproperty float x\n", -1);
  g_free (fixture_refuse (&f, "endless.ply", DIO_ERROR_CORRUPT));
  guint8 stl[184] = "solid nothing";
  memset (stl + 80, 0xff, 4);
  fixture_write (&f, "lie.stl", stl, sizeof stl);
  g_free (fixture_refuse (&f, "lie.stl", DIO_ERROR_CORRUPT));
  fixture_write (&f, "self.dae",
                 "<COLLADA version=\"1.4.1\"><library_nodes><node id=\"a\"><node id=\"b\">"
                 "<instance_node url=\"#a\"/></node></node></library_nodes></COLLADA>",
                 -1);
  g_free (fixture_refuse (&f, "self.dae", DIO_ERROR_CORRUPT));
  fixture_write (&f, "bomb.dae",
                 "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;\">]><COLLADA>&b;"
                 "</COLLADA>",
                 -1);
  g_free (fixture_refuse (&f, "bomb.dae", DIO_ERROR_CORRUPT));
  fixture_write (&f, "empty.obj", "", 0);
  g_free (fixture_refuse (&f, "empty.obj", DIO_ERROR_CORRUPT));
  fixture_write (&f, "far.obj", "v 0 0 0\nv 1 0 0\nf 1 2 999999999\n", -1);
  g_free (fixture_refuse (&f, "far.obj", DIO_ERROR_CORRUPT));
  fixture_write (&f, "points.obj", "v 0 0 0\nv 1 0 0\nv 1 1 0\np 1 2 3\n", -1);
  g_free (fixture_refuse (&f, "points.obj", DIO_ERROR_UNSUPPORTED));
  fixture_write (&f, "archive.zae", "PK\3\4", 4);
  g_free (fixture_refuse (&f, "archive.zae", DIO_ERROR_UNSUPPORTED));
  g_autofree char *folder = fixture_path (&f, "folder.obj");
  g_assert_cmpint (g_mkdir (folder, 0755), ==, 0);
  g_free (fixture_refuse (&f, "folder.obj", DIO_ERROR_INVALID));
}

/* Nodes deep enough to end a reader's stack, and copies that multiply. */
static void
test_graphs (void)
{
  g_auto (Fixture) f;
  fixture_init (&f);
  fixture_write_triangle_bin (&f, "t.bin");
  GString *nodes = g_string_new (",\"children\":[1]}");
  for (guint n = 1; n < 1500; n++)
    g_string_append_printf (nodes, ",{\"children\":[%u]}", n + 1);
  g_string_append (nodes, ",{\"name\":\"end\"");
  g_autofree char *deep = fixture_gltf ("t.bin", nodes->str, "", "");
  g_string_free (nodes, TRUE);
  fixture_write (&f, "deep.gltf", deep, -1);
  g_free (fixture_refuse (&f, "deep.gltf", DIO_ERROR_CORRUPT));

  GString *dae = g_string_new ("<COLLADA version=\"1.4.1\"><library_nodes>");
  for (guint n = 0; n < 40; n++)
    g_string_append_printf (dae,
                            "<node id=\"n%u\"><instance_node url=\"#n%u\"/>"
                            "<instance_node url=\"#n%u\"/></node>",
                            n, n + 1, n + 1);
  g_string_append (dae, "</library_nodes></COLLADA>");
  fixture_write (&f, "dag.dae", dae->str, -1);
  g_string_free (dae, TRUE);
  g_free (fixture_refuse (&f, "dag.dae", DIO_ERROR_CORRUPT));
}

/* --- The child itself ---------------------------------------------------------------------------- */

/* A child that misbehaves in the way that the test program's environment asks for. */
static void
test_child_failures (void)
{
  static const struct {
    const char *mode;
    DioError code;
  } cases[] = {
    { "crash", DIO_ERROR_CORRUPT },  { "silent", DIO_ERROR_CORRUPT },
    { "flood", DIO_ERROR_CORRUPT },  { "garbage", DIO_ERROR_CORRUPT },
    { "babble", DIO_ERROR_CORRUPT },
  };
  g_auto (Fixture) f;
  fixture_init (&f);
  fixture_write (&f, "t.obj", "v 0 0 0\nv 1 0 0\nv 1 1 0\nf 1 2 3\n", -1);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_setenv ("DIORAMA_TEST_CHILD", cases[i].mode, TRUE);
    g_autofree char *message = fixture_refuse (&f, "t.obj", cases[i].code);
    g_assert_nonnull (strstr (message, "t.obj"));
  }
  g_unsetenv ("DIORAMA_TEST_CHILD");
  g_auto (DioImportReport) report = { 0 };
  g_autoptr (DioModel) model = fixture_import (&f, "t.obj", NULL, &report);
  g_assert_cmpuint (dio_model_count_triangles (model), ==, 1);
}

static void
test_memory (void)
{
  g_auto (Fixture) f;
  fixture_init (&f);
  fixture_write (&f, "t.obj", "v 0 0 0\nv 1 0 0\nv 1 1 0\nf 1 2 3\n", -1);
  g_setenv ("DIORAMA_TEST_CHILD", "eat", TRUE);
  g_setenv ("DIORAMA_IMPORT_MEMORY_MIB", "128", TRUE);
  g_autofree char *message = fixture_refuse (&f, "t.obj", DIO_ERROR_LIMIT);
  g_assert_nonnull (strstr (message, "128 MiB"));
  g_unsetenv ("DIORAMA_TEST_CHILD");
  g_unsetenv ("DIORAMA_IMPORT_MEMORY_MIB");
}

static void
test_no_program (void)
{
  g_auto (Fixture) f;
  fixture_init (&f);
  fixture_write (&f, "t.obj", "v 0 0 0\nv 1 0 0\nv 1 1 0\nf 1 2 3\n", -1);
  g_autoptr (GError) error = NULL;
  dio_asset_store_free (f.store);
  f.store = dio_asset_store_new (f.cache, "/nowhere/to/be/found", &error);
  g_assert_no_error (error);
  g_autofree char *message = fixture_refuse (&f, "t.obj", DIO_ERROR_FAILED);
  g_assert_nonnull (strstr (message, "/nowhere/to/be/found"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/assets/hostile/buffers-outside", test_buffers_outside);
  g_test_add_func ("/assets/hostile/links-outside", test_links_outside);
  g_test_add_func ("/assets/hostile/textures-outside", test_textures_outside);
  g_test_add_func ("/assets/hostile/package-layout", test_package_layout);
  g_test_add_func ("/assets/hostile/gltf-lies", test_gltf_lies);
  g_test_add_func ("/assets/hostile/other-lies", test_other_lies);
  g_test_add_func ("/assets/hostile/graphs", test_graphs);
  g_test_add_func ("/assets/hostile/child-failures", test_child_failures);
  g_test_add_func ("/assets/hostile/memory", test_memory);
  g_test_add_func ("/assets/hostile/no-program", test_no_program);
  return g_test_run ();
}
