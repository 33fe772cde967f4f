#include "test-image-fixtures.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

static void
test_sniff (void)
{
  g_assert_cmpint (dio_image_sniff ("\x89PNG\r\n\x1a\n", 8), ==, DIO_IMAGE_FORMAT_PNG);
  g_assert_cmpint (dio_image_sniff ("\x89PNG\r\n\x1a\n", 7), ==, DIO_IMAGE_FORMAT_UNKNOWN);
  g_assert_cmpint (dio_image_sniff ("\xff\xd8\xff\xe0", 4), ==, DIO_IMAGE_FORMAT_JPEG);
  g_assert_cmpint (dio_image_sniff ("RIFF\0\0\0\0WEBP", 12), ==, DIO_IMAGE_FORMAT_WEBP);
  g_assert_cmpint (dio_image_sniff ("RIFF\0\0\0\0WAVE", 12), ==, DIO_IMAGE_FORMAT_UNKNOWN);
  g_assert_cmpint (dio_image_sniff ("\x76\x2f\x31\x01", 4), ==, DIO_IMAGE_FORMAT_EXR);
  g_assert_cmpint (dio_image_sniff ("#?RADIANCE\n", 11), ==, DIO_IMAGE_FORMAT_HDR);
  g_assert_cmpint (dio_image_sniff (NULL, 0), ==, DIO_IMAGE_FORMAT_UNKNOWN);
}

static void
test_not_a_picture (void)
{
  fixture_assert_fails ("", 0, DIO_ERROR_CORRUPT);
  fixture_assert_fails ("GIF89a......", 12, DIO_ERROR_UNSUPPORTED);
}

static void
assert_load_fails (const char *path, DioError code)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (dio_image_load (path, NULL, &error));
  g_assert_error (error, DIO_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, path));
}

/* A pipe would block and a device never end: neither is opened as a picture. */
static void
test_load_refuses (void)
{
  g_autofree char *folder = g_dir_make_tmp ("test-XXXXXX", NULL);
  g_autofree char *fifo = g_build_filename (folder, "fifo.png", NULL);
  g_autofree char *missing = g_build_filename (folder, "missing.png", NULL);
  g_autofree char *empty = g_build_filename (folder, "empty.png", NULL);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_assert_true (g_file_set_contents (empty, "", 0, NULL));
  assert_load_fails (fifo, DIO_ERROR_UNSUPPORTED);
  assert_load_fails (folder, DIO_ERROR_UNSUPPORTED);
  assert_load_fails ("/dev/zero", DIO_ERROR_UNSUPPORTED);
  assert_load_fails (missing, DIO_ERROR_NOT_FOUND);
  assert_load_fails (empty, DIO_ERROR_CORRUPT);
  g_unlink (fifo);
  g_unlink (empty);
  g_rmdir (folder);
}

static void
test_encode_unsupported (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioImage) image = dio_image_new (2, 2, 3, DIO_PIXEL_U8);
  g_assert_null (dio_image_encode (image, DIO_IMAGE_FORMAT_EXR, NULL, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_UNSUPPORTED);
}

/* Adds "HxW[xC] sha256" of the image, as the reader prints it. */
static void
append_expected (GString *out, const DioImage *image)
{
  g_autofree char *hash =
      g_compute_checksum_for_data (G_CHECKSUM_SHA256, image->data, dio_image_get_bytes (image));
  g_string_append_printf (out, "%ux%u", image->height, image->width);
  if (image->channels > 1)
    g_string_append_printf (out, "x%u", image->channels);
  g_string_append_printf (out, " %s\n", hash);
}

static void
write_case (
    const char *folder, const char *name, DioImage *image, GPtrArray *argv, GString *expected)
{
  g_autoptr (DioImage) owned = image;
  g_autoptr (GBytes) bytes = g_str_has_suffix (name, ".npy")
                                 ? dio_image_encode_npy (image)
                                 : dio_image_encode (image, DIO_IMAGE_FORMAT_PNG, NULL, NULL);
  gsize size = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  char *path = g_build_filename (folder, name, NULL);
  g_assert_true (g_file_set_contents (path, data, (gssize) size, NULL));
  g_ptr_array_add (argv, path);
  append_expected (expected, image);
}

/* numpy and PIL, which share no code with the encoders, must see the same values. */
static void
test_independent_reader (void)
{
  g_autofree char *folder = g_dir_make_tmp ("test-XXXXXX", NULL);
  g_autoptr (GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) expected = g_string_new (NULL);
  g_ptr_array_add (argv, g_strdup ("/usr/bin/python3"));
  g_ptr_array_add (argv, g_build_filename (g_getenv ("G_TEST_SRCDIR"), "renderer", "image",
                                           "check-written.py", NULL));
  write_case (folder, "grey.png", fixture_new (33, 21, 1, DIO_PIXEL_U8), argv, expected);
  write_case (folder, "rgb.png", fixture_new (33, 21, 3, DIO_PIXEL_U8), argv, expected);
  write_case (folder, "rgba.png", fixture_new (33, 21, 4, DIO_PIXEL_U8), argv, expected);
  write_case (folder, "ids.png", fixture_new (33, 21, 1, DIO_PIXEL_U16), argv, expected);
  write_case (folder, "depth.npy", fixture_new (33, 21, 1, DIO_PIXEL_F32), argv, expected);
  write_case (folder, "normal.npy", fixture_new (33, 21, 3, DIO_PIXEL_F32), argv, expected);
  write_case (folder, "ids.npy", fixture_new (33, 21, 1, DIO_PIXEL_U16), argv, expected);
  write_case (folder, "mask.npy", fixture_new (33, 21, 2, DIO_PIXEL_U8), argv, expected);
  g_ptr_array_add (argv, NULL);

  g_autofree char *printed = NULL;
  g_autoptr (GError) error = NULL;
  int status = 0;
  /* The interpreter is not built for the sanitizer and must not be watched by its settings. */
  g_spawn_sync (NULL, (char **) argv->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL, &printed, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
  g_assert_cmpstr (printed, ==, expected->str);
  for (guint i = 2; i + 1 < argv->len; i++)
    g_unlink (argv->pdata[i]);
  g_rmdir (folder);
}

static gboolean
is_picture_name (const char *name)
{
  static const char *const endings[] = { ".png", ".jpg", ".jpeg", ".hdr", ".exr", ".webp" };
  g_autofree char *lower = g_ascii_strdown (name, -1);
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (lower, endings[i]))
      return TRUE;
  return FALSE;
}

static guint
load_all (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    if (g_file_test (path, G_FILE_TEST_IS_DIR)) {
      n += strcmp (name, "bad") != 0 ? load_all (path) : 0;
    } else if (is_picture_name (name)) {
      g_autoptr (GError) error = NULL;
      g_autoptr (DioImage) image = dio_image_load (path, NULL, &error);
      g_assert_no_error (error);
      g_assert_nonnull (image);
      n++;
    }
  }
  return n;
}

static const char *
assets_dir (void)
{
  const char *dir = g_getenv ("DIORAMA_ASSETS_DIR");
  return dir != NULL && g_file_test (dir, G_FILE_TEST_IS_DIR) ? dir : NULL;
}

static void
test_good_assets (void)
{
  if (assets_dir () == NULL) {
    g_test_message ("the development assets are not here");
    return;
  }
  guint n = load_all (assets_dir ());
  g_test_message ("%u pictures decoded", n);
  g_assert_cmpuint (n, >=, 100);
}

/* Decodes what starts with @magic inside a file: a picture in a binary glTF. */
static void
assert_embedded_fails (const char *name, const char *magic, DioError code)
{
  g_autofree char *path = g_build_filename (assets_dir (), "bad", name, NULL);
  g_autofree char *data = NULL;
  gsize size = 0;
  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  const char *at = memmem (data, size, magic, strlen (magic));
  g_assert_nonnull (at);
  gint64 start = g_get_monotonic_time ();
  fixture_assert_fails (at, size - (gsize) (at - data), code);
  g_assert_cmpint (g_get_monotonic_time () - start, <, G_USEC_PER_SEC);
}

static void
test_bad_assets (void)
{
  static const char *const names[] = { "env_truncated.hdr", "env_rle_overrun.hdr",
                                       "env_truncated.exr", "validator/invalid_image_data.jpg" };
  if (assets_dir () == NULL) {
    g_test_message ("the development assets are not here");
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (assets_dir (), "bad", names[i], NULL);
    assert_load_fails (path, DIO_ERROR_CORRUPT);
  }
  assert_embedded_fails ("texture_png_bomb_20000.glb", "\x89PNG", DIO_ERROR_LIMIT);
  assert_embedded_fails ("texture_png_dim_2g.glb", "\x89PNG", DIO_ERROR_LIMIT);
  assert_embedded_fails ("texture_jpeg_truncated.glb", "\xff\xd8\xff", DIO_ERROR_CORRUPT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/image/codec/sniff", test_sniff);
  g_test_add_func ("/image/codec/not-a-picture", test_not_a_picture);
  g_test_add_func ("/image/codec/load-refuses", test_load_refuses);
  g_test_add_func ("/image/codec/encode-unsupported", test_encode_unsupported);
  g_test_add_func ("/image/codec/independent-reader", test_independent_reader);
  g_test_add_func ("/image/codec/good-assets", test_good_assets);
  g_test_add_func ("/image/codec/bad-assets", test_bad_assets);
  return g_test_run ();
}
