/* What was imported is not imported again, until a file that was read changes; damage is repaired. */

#include "assets-fixture.h"

#include <utime.h>

static const guint8 red[4] = { 255, 0, 0, 255 };
static const guint8 blue[4] = { 0, 0, 255, 255 };

static void
write_quad (const Fixture *f)
{
  fixture_write (f, "quad.obj",
                 "mtllib quad.mtl\nv 0 0 0\nv 1 0 0\nv 1 1 0\nvt 0 0\nvt 1 0\nvt 1 1\nusemtl m\n"
                 "f 1/1 2/2 3/3\n",
                 -1);
  fixture_write (f, "quad.mtl", "newmtl m\nmap_Kd tex.png\nmap_Bump bump.png\n", -1);
}

static void
test_cache (void)
{
  g_auto (Fixture) f;
  fixture_init (&f);
  write_quad (&f);
  fixture_write_png (&f, "tex.png", 4, red);
  g_auto (DioImportReport) first = { 0 };
  g_autoptr (DioModel) model = fixture_import (&f, "quad.obj", NULL, &first);
  g_assert_false (first.from_cache);
  g_assert_cmpuint (strlen (first.sha256), ==, 64);

  /* The second import needs no child at all: the program may be gone. */
  g_autoptr (GError) error = NULL;
  dio_asset_store_free (f.store);
  f.store = dio_asset_store_new (f.cache, "/nowhere/to/be/found", &error);
  g_assert_no_error (error);
  g_auto (DioImportReport) second = { 0 };
  g_autoptr (DioModel) again = fixture_import (&f, "quad.obj", NULL, &second);
  g_assert_true (second.from_cache);
  g_assert_cmpstr (second.sha256, ==, first.sha256);
  g_assert_cmpstr (second.blob_path, ==, first.blob_path);
  g_assert_cmpuint (again->key, ==, model->key);
  g_assert_cmpuint (dio_diagnostics_get_count (second.findings), ==,
                    dio_diagnostics_get_count (first.findings));

  /* A file that was only touched is the same by its hash. */
  g_autofree char *path = fixture_path (&f, "quad.obj");
  const struct utimbuf past = { 1000000, 1000000 };
  g_assert_cmpint (utime (path, &past), ==, 0);
  g_auto (DioImportReport) third = { 0 };
  g_autoptr (DioModel) touched = fixture_import (&f, "quad.obj", NULL, &third);
  g_assert_true (third.from_cache);
  g_assert_cmpuint (touched->key, ==, model->key);
}

static void
test_changes (void)
{
  g_auto (Fixture) f;
  fixture_init (&f);
  write_quad (&f);
  fixture_write_png (&f, "tex.png", 4, red);
  g_auto (DioImportReport) first = { 0 };
  g_autoptr (DioModel) model = fixture_import (&f, "quad.obj", NULL, &first);

  /* Another picture of the same size in bytes or not: another content. */
  fixture_write_png (&f, "tex.png", 4, blue);
  g_auto (DioImportReport) second = { 0 };
  g_autoptr (DioModel) repainted = fixture_import (&f, "quad.obj", NULL, &second);
  g_assert_false (second.from_cache);
  g_assert_cmpstr (second.sha256, !=, first.sha256);
  g_assert_cmpuint (repainted->key, !=, model->key);

  /* A texture that was missing and is there now changes the model too. */
  g_assert_nonnull (dio_diagnostics_find (second.findings, "missing-texture"));
  fixture_write_png (&f, "bump.png", 4, red);
  g_auto (DioImportReport) third = { 0 };
  g_autoptr (DioModel) bumped = fixture_import (&f, "quad.obj", NULL, &third);
  g_assert_false (third.from_cache);
  g_assert_null (dio_diagnostics_find (third.findings, "missing-texture"));

  /* Other options are another form of the same content. */
  DioAsset scaled = { .kind = DIO_ASSET_MODEL, .scale_to_m = 2 };
  g_auto (DioImportReport) fourth = { 0 };
  g_autoptr (DioModel) large = fixture_import (&f, "quad.obj", &scaled, &fourth);
  g_assert_cmpstr (fourth.sha256, ==, third.sha256);
  g_assert_cmpstr (fourth.blob_path, !=, third.blob_path);
  g_assert_cmpfloat_with_epsilon (large->bounds.max.x, 2 * bumped->bounds.max.x, 1e-9);
}

static void
test_damage (void)
{
  g_auto (Fixture) f;
  fixture_init (&f);
  write_quad (&f);
  g_auto (DioImportReport) first = { 0 };
  g_autoptr (DioModel) model = fixture_import (&f, "quad.obj", NULL, &first);
  g_autofree char *data = NULL;
  gsize size;
  g_autoptr (GError) error = NULL;
  g_assert_true (g_file_get_contents (first.blob_path, &data, &size, NULL));
  data[size / 2] ^= 1;
  g_assert_true (g_file_set_contents (first.blob_path, data, (gssize) size, NULL));
  g_assert_null (dio_asset_load_model (first.blob_path, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_CORRUPT);

  g_auto (DioImportReport) second = { 0 };
  g_autoptr (DioModel) rebuilt = fixture_import (&f, "quad.obj", NULL, &second);
  g_assert_false (second.from_cache);
  g_assert_cmpstr (second.blob_path, ==, first.blob_path);
  g_assert_cmpuint (rebuilt->key, ==, model->key);

  /* A damaged index costs an import and nothing else. */
  g_autofree char *index = g_build_filename (f.cache, "index", NULL);
  g_autoptr (GDir) dir = g_dir_open (index, 0, NULL);
  const char *name;
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *entry = g_build_filename (index, name, NULL);
    g_assert_true (g_file_set_contents (entry, "{\"files\": 7", -1, NULL));
  }
  g_auto (DioImportReport) third = { 0 };
  g_autoptr (DioModel) reindexed = fixture_import (&f, "quad.obj", NULL, &third);
  g_assert_false (third.from_cache);
  g_assert_cmpuint (reindexed->key, ==, model->key);
}

/* Nothing but blobs and the index stays behind, whatever happened. */
static void
test_no_leftovers (void)
{
  g_auto (Fixture) f;
  fixture_init (&f);
  write_quad (&f);
  fixture_write (&f, "broken.glb", "glTF....", -1);
  g_auto (DioImportReport) report = { 0 };
  g_autoptr (DioModel) model = fixture_import (&f, "quad.obj", NULL, &report);
  g_free (fixture_refuse (&f, "broken.glb", DIO_ERROR_CORRUPT));
  g_free (fixture_refuse (&f, "absent.glb", DIO_ERROR_NOT_FOUND));
  /* A killed process leaves its temporary file; the next store removes it once it is old. */
  g_autofree char *stale = g_build_filename (f.cache, "import-abcdef.part", NULL);
  const struct utimbuf past = { 1000000, 1000000 };
  g_autoptr (GError) error = NULL;
  g_assert_true (g_file_set_contents (stale, "x", 1, NULL));
  g_assert_cmpint (utime (stale, &past), ==, 0);
  dio_asset_store_free (f.store);
  f.store = dio_asset_store_new (f.cache, fixture_child (), &error);
  g_assert_no_error (error);
  g_autoptr (GDir) dir = g_dir_open (f.cache, 0, NULL);
  const char *name;
  guint n_blobs = 0;
  while ((name = g_dir_read_name (dir)) != NULL) {
    gboolean blob = g_str_has_suffix (name, ".dioblob");
    n_blobs += blob;
    g_assert_true (blob || strcmp (name, "index") == 0);
  }
  g_assert_cmpuint (n_blobs, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/assets/store/cache", test_cache);
  g_test_add_func ("/assets/store/changes", test_changes);
  g_test_add_func ("/assets/store/damage", test_damage);
  g_test_add_func ("/assets/store/no-leftovers", test_no_leftovers);
  return g_test_run ();
}
