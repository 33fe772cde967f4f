#include "dio-base-path.h"

#include "dio-core-error.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

typedef struct {
  char *folder;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = g_dir_make_tmp ("dio-path-XXXXXX", NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (dio_path_remove_tree (f->folder, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (f->folder, G_FILE_TEST_EXISTS));
  g_free (f->folder);
}

static guint
count_entries (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;
  while (g_dir_read_name (dir))
    n++;
  return n;
}

static void
assert_contents (const char *path, const char *want)
{
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, want);
}

static void
test_write_atomic (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "a.txt", NULL);
  g_autoptr (GError) error = NULL;
  g_assert_true (dio_path_write_atomic (path, "one", 3, &error));
  g_assert_no_error (error);
  assert_contents (path, "one");
  g_assert_true (dio_path_write_atomic (path, "second", 6, &error));
  assert_contents (path, "second");
  g_assert_true (dio_path_write_atomic (path, NULL, 0, &error));
  assert_contents (path, "");
  g_assert_cmpuint (count_entries (f->folder), ==, 1);

  char name[256];
  memset (name, 'n', 255);
  name[255] = '\0';
  g_autofree char *longest = g_build_filename (f->folder, name, NULL);
  g_assert_true (dio_path_write_atomic (longest, "x", 1, &error));
  assert_contents (longest, "x");
}

/* A rename onto a full folder fails after the bytes were written: nothing of them may stay. */
static void
test_write_atomic_failure (Fixture *f, gconstpointer data)
{
  g_autofree char *target = g_build_filename (f->folder, "taken", NULL);
  g_autofree char *inside = g_build_filename (target, "file", NULL);
  g_assert_true (dio_path_make_folders (target, NULL));
  g_assert_true (g_file_set_contents (inside, "kept", -1, NULL));
  g_autoptr (GError) error = NULL;
  g_assert_false (dio_path_write_atomic (target, "new", 3, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_EXISTS);
  g_assert_cmpuint (count_entries (f->folder), ==, 1);
  assert_contents (inside, "kept");

  g_clear_error (&error);
  g_autofree char *nowhere = g_build_filename (f->folder, "no", "file", NULL);
  g_assert_false (dio_path_write_atomic (nowhere, "new", 3, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
  g_assert_cmpuint (count_entries (f->folder), ==, 1);
}

static void
test_folders (Fixture *f, gconstpointer data)
{
  g_autofree char *deep = g_build_filename (f->folder, "a", "b", "c", NULL);
  g_autoptr (GError) error = NULL;
  g_assert_false (dio_path_is_empty_folder (deep));
  g_assert_true (dio_path_make_folders (deep, &error));
  g_assert_true (dio_path_make_folders (deep, &error));
  g_assert_true (dio_path_is_empty_folder (deep));
  g_assert_false (dio_path_is_empty_folder (f->folder));
  g_assert_true (dio_path_sync_folder (deep, &error));
  g_assert_no_error (error);

  g_autofree char *file = g_build_filename (deep, "file", NULL);
  g_autofree char *below_file = g_build_filename (file, "x", NULL);
  g_assert_true (g_file_set_contents (file, "x", -1, NULL));
  g_assert_false (dio_path_is_empty_folder (file));
  g_assert_false (dio_path_make_folders (below_file, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_EXISTS);
}

/* A link out of the tree is removed, what it points to stays. */
static void
test_remove_tree_keeps_link_targets (Fixture *f, gconstpointer data)
{
  g_autofree char *tree = g_build_filename (f->folder, "tree", NULL);
  g_autofree char *outside = g_build_filename (f->folder, "outside", NULL);
  g_autofree char *kept = g_build_filename (outside, "kept", NULL);
  g_autofree char *link = g_build_filename (tree, "link", NULL);
  g_assert_true (dio_path_make_folders (tree, NULL));
  g_assert_true (dio_path_make_folders (outside, NULL));
  g_assert_true (g_file_set_contents (kept, "x", -1, NULL));
  g_assert_cmpint (symlink (outside, link), ==, 0);
  g_assert_true (dio_path_remove_tree (tree, NULL));
  g_assert_false (g_file_test (tree, G_FILE_TEST_EXISTS));
  assert_contents (kept, "x");
  g_assert_true (dio_path_remove_tree (tree, NULL)); /* gone already */
}

static void
test_free_bytes (Fixture *f, gconstpointer data)
{
  g_autofree char *missing = g_build_filename (f->folder, "not", "yet", NULL);
  g_assert_cmpuint (dio_path_get_free_bytes (f->folder), >, 0);
  g_assert_cmpuint (dio_path_get_free_bytes (missing), >, 0);
  g_assert_cmpuint (dio_path_get_free_bytes ("relative/not/yet"), >, 0);
  g_assert_cmpuint (dio_path_get_free_bytes ("/proc/self"), ==, 0);
}

static void
test_sanitize (void)
{
  static const char *const cases[][2] = {
    { "sensor_1-a.b", "sensor_1-a.b" },
    { "", "_" },
    { ".", "_" },
    { "..", "_." },
    { ".hidden", "_hidden" },
    { "a/b\\c", "a_b_c" },
    { "../../etc", "_._.._etc" },
    { "a b\n", "a_b_" },
    { "\xc3\xa4", "__" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *part = dio_path_sanitize_name (cases[i][0]);
    g_assert_cmpstr (part, ==, cases[i][1]);
  }
  g_autofree char *input = g_strnfill (1000, 'x');
  g_autofree char *cut = dio_path_sanitize_name (input);
  g_assert_cmpuint (strlen (cut), ==, 64);
}

static void
test_join_inside (void)
{
  static const char *const cases[][2] = {
    { "a", "/base/a" },
    { "a/b.png", "/base/a/b.png" },
    { "./a//b/", "/base/a/b" },
    { "a/../b", "/base/b" },
    { ".", "/base" },
    { "..a/b..", "/base/..a/b.." },
    { "...", "/base/..." },
    { "", NULL },
    { "/", NULL },
    { "/etc/passwd", NULL },
    { "..", NULL },
    { "../base/a", NULL },
    { "a/../../b", NULL },
    { "./../a", NULL },
    { "a/b/../../../c", NULL },
    { "a//../..", NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *joined = dio_path_join_inside ("/base", cases[i][0]);
    g_assert_cmpstr (joined, ==, cases[i][1]);
  }
  g_autofree char *relative = dio_path_join_inside ("base", "a");
  g_assert_cmpstr (relative, ==, "base/a");
}

static void
test_home (Fixture *f, gconstpointer data)
{
  const char *home = g_get_home_dir ();
  g_autofree char *beside = g_strconcat (home, "-other/a", NULL);
  g_autofree char *inside = g_build_filename (home, "Pictures", "a", NULL);
  const char *const cases[][2] = {
    { home, "~" }, { inside, "~/Pictures/a" }, { beside, beside }, { "/a", "/a" }, { "a", "a" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *shown = dio_path_dup_shown (cases[i][0]);
    g_assert_cmpstr (shown, ==, cases[i][1]);
    g_autofree char *typed = dio_path_dup_typed (shown);
    g_assert_cmpstr (typed, ==, cases[i][0]);
  }
  // The home of another user is no business of ours.
  g_autofree char *other = dio_path_dup_typed ("~other/a");
  g_assert_cmpstr (other, ==, "~other/a");
}

static void
test_standard_folders (Fixture *f, gconstpointer data)
{
  g_autofree char *cache = dio_path_dup_cache_folder ();
  g_assert_true (g_str_has_prefix (cache, g_getenv ("XDG_CACHE_HOME")));
  g_assert_true (g_str_has_suffix (cache, "/diorama"));
  g_assert_true (g_file_test (cache, G_FILE_TEST_IS_DIR));

  g_setenv ("DIORAMA_DATA_DIR", f->folder, TRUE);
  g_autofree char *chosen = dio_path_dup_data_folder ();
  g_assert_cmpstr (chosen, ==, f->folder);
  g_unsetenv ("DIORAMA_DATA_DIR");
  g_autofree char *found = dio_path_dup_data_folder ();
  g_assert_true (g_path_is_absolute (found));
  g_assert_true (g_str_has_suffix (found, "/data") || g_str_has_suffix (found, "/share/diorama"));
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* The user's own cache stays out of it; GLib reads the variable once. */
  g_autofree char *cache = g_dir_make_tmp ("dio-cache-XXXXXX", NULL);
  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  ADD ("/base/path/write-atomic", test_write_atomic);
  ADD ("/base/path/write-atomic-failure", test_write_atomic_failure);
  ADD ("/base/path/folders", test_folders);
  ADD ("/base/path/remove-tree-keeps-link-targets", test_remove_tree_keeps_link_targets);
  ADD ("/base/path/free-bytes", test_free_bytes);
  ADD ("/base/path/home", test_home);
  ADD ("/base/path/standard-folders", test_standard_folders);
  g_test_add_func ("/base/path/sanitize", test_sanitize);
  g_test_add_func ("/base/path/join-inside", test_join_inside);
  int status = g_test_run ();
  dio_path_remove_tree (cache, NULL);
  return status;
}
