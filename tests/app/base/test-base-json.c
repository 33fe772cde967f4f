#include "dio-base-json.h"

#include "dio-core-error.h"

#include <glib/gstdio.h>
#include <string.h>

static void
assert_refused (const char *text, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) json = dio_json_parse (text, length, "source", &error);
  g_assert_null (json);
  g_assert_error (error, DIO_ERROR, DIO_ERROR_CORRUPT);
  g_assert_true (g_str_has_prefix (error->message, "source, line "));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
test_refuses (void)
{
  static const char *const texts[] = {
    "",
    " ",
    "1",
    "\"text\"",
    "{",
    "[1,]",
    "{\"a\": 1,}",
    "{a: 1}",
    "[1] x",
    "[1][2]",
    "{\"a\": 1, \"a\": 2}",
    "{\"a\": 1, \"\\u0061\": 2}",
    "[1e999]",
    "[-1e999]",
    "[9223372036854775808]",
    "[-9223372036854775809]",
    "[NaN]",
    "[Infinity]",
    "[012]",
    "[0x10]",
    "[.5]",
    "[1.]",
    "[+1]",
    "// comment\n[1]",
    "[1] /* comment */",
    "['a']",
    "[\"\\x\"]",
    "[\"a\nb\"]",
    "[\"\\u0000\"]",
    "{\"\\u0000\": 1}",
    "[\"\\ud800\"]",
    "[\"\xff\"]",
    "[\"\xc0\x80\"]",
    "[\"\xed\xa0\x80\"]",
    "\xef\xbb\xbf[1]",
  };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_refused (texts[i], strlen (texts[i]));
  assert_refused ("[1]\0", 4);
  assert_refused ("[\"a\0b\"]", 7);
  assert_refused ("\0[1]", 4);
}

static char *
make_nested (guint depth, char open, char close)
{
  char *text = g_malloc (2 * depth + 1);
  memset (text, open, depth);
  memset (text + depth, close, depth);
  text[2 * depth] = '\0';
  return text;
}

static void
test_depth (void)
{
  g_autofree char *allowed = make_nested (64, '[', ']');
  g_autoptr (json_t) json = dio_json_parse (allowed, strlen (allowed), "source", NULL);
  g_assert_nonnull (json);
  static const guint depths[] = { 65, 2049, 100000 };
  for (guint i = 0; i < G_N_ELEMENTS (depths); i++) {
    g_autofree char *closed = make_nested (depths[i], '[', ']');
    assert_refused (closed, strlen (closed));
    assert_refused (closed, depths[i]); /* never closed */
    g_autofree char *objects = make_nested (depths[i], '{', '}');
    assert_refused (objects, strlen (objects));
  }
}

/* Brackets inside strings do not nest, also behind escaped quotes. */
static void
test_depth_in_strings (void)
{
  g_autofree char *brackets = make_nested (500, '[', ' ');
  g_autofree char *text = g_strdup_printf ("[\"\\\"%s\\\\\", \"%s\"]", brackets, brackets);
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) json = dio_json_parse (text, strlen (text), "source", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (json_array_size (json), ==, 2);
}

static void
test_error_position (void)
{
  const char *text = "{\n  \"a\": 1,\n  \"a\": 2\n}";
  g_autoptr (GError) error = NULL;
  g_assert_null (dio_json_parse (text, strlen (text), "scene.diorama", &error));
  g_assert_true (g_str_has_prefix (error->message, "scene.diorama, line 3, column "));
  g_autofree char *deep = make_nested (70, '[', ']');
  g_autofree char *shifted = g_strconcat ("\n\n ", deep, NULL);
  g_clear_error (&error);
  g_assert_null (dio_json_parse (shifted, strlen (shifted), "d", &error));
  g_assert_true (g_str_has_prefix (error->message, "d, line 3, column 66: "));
}

static void
test_load (void)
{
  g_autofree char *folder = g_dir_make_tmp ("dio-json-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.json", NULL);
  g_autoptr (GError) error = NULL;
  g_assert_null (dio_json_load (path, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (path, "{\"k\": [1, 2]}", -1, NULL));
  g_autoptr (json_t) json = dio_json_load (path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (json_integer_value (json_array_get (json_object_get (json, "k"), 1)), ==, 2);
  g_assert_true (g_file_set_contents (path, "{", -1, NULL));
  g_assert_null (dio_json_load (path, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_CORRUPT);
  g_assert_nonnull (strstr (error->message, path));
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/json/refuses", test_refuses);
  g_test_add_func ("/base/json/depth", test_depth);
  g_test_add_func ("/base/json/depth-in-strings", test_depth_in_strings);
  g_test_add_func ("/base/json/error-position", test_error_position);
  g_test_add_func ("/base/json/load", test_load);
  return g_test_run ();
}
