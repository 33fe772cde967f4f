#include "dio-base-hash.h"

#include "dio-core-error.h"

#include <glib/gstdio.h>
#include <string.h>

/* The published SHA-256 of nothing and of "abc" (FIPS 180-2). */
#define HASH_EMPTY "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define HASH_ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static void
test_bytes (void)
{
  g_autofree char *empty = dio_hash_bytes (NULL, 0);
  g_autofree char *abc = dio_hash_bytes ("abc", 3);
  g_assert_cmpstr (empty, ==, HASH_EMPTY);
  g_assert_cmpstr (abc, ==, HASH_ABC);
  g_assert_cmpuint (strlen (abc), ==, DIO_HASH_LENGTH);
}

static void
test_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("dio-hash-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "f", NULL);
  const gsize size = 700000; /* more than two reads */
  g_autofree char *data = g_malloc (size);
  for (gsize i = 0; i < size; i++)
    data[i] = (char) (i * 31 % 251);
  g_assert_true (g_file_set_contents (path, data, (gssize) size, NULL));
  g_autofree char *of_file = dio_hash_file (path, NULL);
  g_autofree char *of_bytes = dio_hash_bytes (data, size);
  g_assert_cmpstr (of_file, ==, of_bytes);
  g_unlink (path);
  g_autoptr (GError) error = NULL;
  g_assert_null (dio_hash_file (path, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
  g_autoptr (GError) folder_error = NULL;
  g_assert_null (dio_hash_file (folder, &folder_error));
  g_assert_nonnull (folder_error);
  g_rmdir (folder);
}

static void
test_strings (void)
{
  /* "abc" with its zero byte, hashed as bytes, starts with the same 64 bits. */
  g_autofree char *hex = dio_hash_bytes ("abc", 4);
  hex[16] = '\0';
  g_assert_cmphex (dio_hash_strings_u64 ("abc", NULL), ==, g_ascii_strtoull (hex, NULL, 16));
  g_assert_cmphex (dio_hash_strings_u64 ("ab", "c", NULL), !=,
                   dio_hash_strings_u64 ("a", "bc", NULL));
  g_assert_cmphex (dio_hash_strings_u64 ("a", "", NULL), !=, dio_hash_strings_u64 ("a", NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/hash/bytes", test_bytes);
  g_test_add_func ("/base/hash/file", test_file);
  g_test_add_func ("/base/hash/strings", test_strings);
  return g_test_run ();
}
