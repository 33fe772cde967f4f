/* Every good file of the development assets, and a child that hangs. */

#include "assets-manifest.h"

static void
test_all_good (void)
{
  const char *folder = g_getenv ("DIORAMA_ASSETS_DIR");
  g_autoptr (GPtrArray) rows = manifest_load (folder);
  g_auto (Fixture) f;
  fixture_init (&f);
  guint n = 0;
  for (guint r = 0; rows != NULL && r < rows->len; r++) {
    const ManifestRow *row = g_ptr_array_index (rows, r);
    g_autofree char *path = g_build_filename (folder, row->path, NULL);
    /* Texture sets are folders. */
    if (strcmp (row->kind, "bad") == 0 || !g_file_test (path, G_FILE_TEST_IS_REGULAR))
      continue;
    manifest_check_good (&f, folder, row);
    n++;
  }
  g_test_message ("%u good files", n);
  g_assert_true (rows == NULL || n > 100);
}

/* The pictures of the texture sets. */
static void
test_texture_sets (void)
{
  const char *folder = g_getenv ("DIORAMA_ASSETS_DIR");
  g_autoptr (GPtrArray) rows = manifest_load (folder);
  g_auto (Fixture) f;
  fixture_init (&f);
  for (guint r = 0; rows != NULL && r < rows->len; r++) {
    const ManifestRow *row = g_ptr_array_index (rows, r);
    g_autofree char *path = g_build_filename (folder, row->path, NULL);
    g_autoptr (GDir) dir =
        strcmp (row->kind, "texture-set") == 0 ? g_dir_open (path, 0, NULL) : NULL;
    const char *name;
    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
      ManifestRow file = { .path = g_build_filename (row->path, name, NULL), .triangles = -1 };
      if (manifest_guess_kind (name) == DIO_ASSET_TEXTURE)
        manifest_check_good (&f, folder, &file);
      g_free (file.path);
    }
  }
}

/* The watch over time, at full length. */
static void
test_hang (void)
{
  g_auto (Fixture) f;
  fixture_init (&f);
  fixture_write (&f, "t.obj", "v 0 0 0\nv 1 0 0\nv 1 1 0\nf 1 2 3\n", -1);
  g_setenv ("DIORAMA_TEST_CHILD", "hang", TRUE);
  g_autofree char *message = fixture_refuse (&f, "t.obj", DIO_ERROR_LIMIT);
  g_assert_nonnull (strstr (message, "15 seconds"));
  g_unsetenv ("DIORAMA_TEST_CHILD");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/assets/all/good", test_all_good);
  g_test_add_func ("/assets/all/texture-sets", test_texture_sets);
  g_test_add_func ("/assets/all/hang", test_hang);
  return g_test_run ();
}
