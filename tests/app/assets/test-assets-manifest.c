/* Every broken file of the development assets, and a dozen good ones of every format. Where the assets are absent
 * the files that the other tests write stand for them, and this one checks its own tools. */

#include "assets-manifest.h"

static const char *const chosen[] = {
  "objects/ycb_glb/061_foam_brick.glb",
  "objects/household/kitchenaid/kitchenaid.obj",
  "street/fire_hydrant/fire_hydrant.dae",
  "awkward/RobotExpressive.glb",
  "awkward/unsupported_ext/pmndrs_draco.glb",
  "awkward/unsupported_ext/cat_webp.glb",
  "awkward/fbx/cubes_with_mirroring_and_pivot.fbx",
  "awkward/dae/cube_UTF16LE.dae",
  "awkward/stl/Spider_binary.stl",
  "awkward/made/attribute_order.glb",
  "awkward/made/sparse_accessor.gltf",
  "awkward/made/deep_chain_500.gltf",
  "awkward/made/odd_names.gltf",
  "awkward/made/unicode/Ümläut dir/Größe 椅子.gltf",
  "envmaps/apartment_512.exr",
};

static const ManifestRow *
find_row (const GPtrArray *rows, const char *path)
{
  for (guint r = 0; rows != NULL && r < rows->len; r++) {
    const ManifestRow *row = g_ptr_array_index (rows, r);
    if (strcmp (row->path, path) == 0)
      return row;
  }
  return NULL;
}

static void
test_good (void)
{
  const char *folder = g_getenv ("DIORAMA_ASSETS_DIR");
  g_autoptr (GPtrArray) rows = manifest_load (folder);
  g_auto (Fixture) f;
  fixture_init (&f);
  for (guint i = 0; rows != NULL && i < G_N_ELEMENTS (chosen); i++) {
    const ManifestRow *row = find_row (rows, chosen[i]);
    g_assert_nonnull (row);
    ManifestRow known = *row;
    /* The manifest has no count for the two files that Assimp alone refuses. */
    if (known.triangles < 0 && manifest_guess_kind (row->path) == DIO_ASSET_MODEL)
      known.triangles = 12;
    manifest_check_good (&f, folder, &known);
  }
  g_assert_cmpint (manifest_guess_kind ("a/B.EXR"), ==, DIO_ASSET_ENVIRONMENT);
  g_assert_cmpint (manifest_guess_kind ("a/B.glb"), ==, DIO_ASSET_MODEL);
}

/* An error, or a finding that says what is wrong; and a finite model. */
static void
check_bad (Fixture *f, const char *folder, const ManifestRow *row)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, row->path, NULL);
  DioAsset asset = { .kind = manifest_guess_kind (path) };
  g_auto (DioImportReport) report = { 0 };
  gint64 start_us = g_get_monotonic_time ();
  gboolean done = dio_asset_store_import (f->store, path, &asset, &report, &error);
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, 20 * G_USEC_PER_SEC);
  if (!done) {
    g_assert_nonnull (error);
    g_assert_nonnull (strstr (error->message, strrchr (row->path, '/') + 1));
    /* Each was caught by a check: no crash of the reader, no limit. */
    g_assert_null (strstr (error->message, "crashed"));
    return;
  }
  if (dio_diagnostics_get_count (report.findings) == 0)
    g_test_message ("no finding: %s", row->path);
  g_assert_cmpuint (dio_diagnostics_get_count (report.findings), >, 0);
  g_autoptr (DioModel) model = dio_asset_load_model (report.blob_path, &error);
  g_assert_no_error (error);
  if (strstr (row->notes, "placeholder") != NULL) {
    gboolean told = dio_diagnostics_find (report.findings, "missing-texture") != NULL
                    || dio_diagnostics_find (report.findings, "broken-texture") != NULL;
    g_assert_true (told);
  }
}

static void
test_bad (void)
{
  const char *folder = g_getenv ("DIORAMA_ASSETS_DIR");
  g_autoptr (GPtrArray) rows = manifest_load (folder);
  g_auto (Fixture) f;
  fixture_init (&f);
  guint n_bad = 0;
  for (guint r = 0; rows != NULL && r < rows->len; r++) {
    const ManifestRow *row = g_ptr_array_index (rows, r);
    if (strcmp (row->kind, "bad") != 0)
      continue;
    check_bad (&f, folder, row);
    n_bad++;
  }
  g_test_message ("%u broken files", n_bad);
  g_assert_true (rows == NULL || n_bad > 50);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/assets/manifest/good", test_good);
  g_test_add_func ("/assets/manifest/bad", test_bad);
  return g_test_run ();
}
