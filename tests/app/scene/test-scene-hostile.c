/* Documents that nobody vouches for: loading them ends with a scenario or with a path, never otherwise. */

#include "scene-fixture.h"

#include <glib/gstdio.h>

/* What takes the place of every value of the document, one after the other. */
static const char *const replacements[] = {
  "null", "true", "-1", "1e300", "9223372036854775807", "\"x\"", "\"\"", "[]", "{}", "[0, 0, 0]",
};

typedef struct {
  json_t *root;
  guint n_loaded, n_refused;
} Mutation;

/* The whole document with one value changed. A scenario that loads must write and load again. */
static void
try_document (Mutation *m)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioDiagnostics) found = dio_diagnostics_new ();
  g_autoptr (DioScenario) s = dio_scenario_from_json (m->root, found, &error);
  if (s == NULL) {
    m->n_refused++;
    g_assert_nonnull (error);
    g_assert_true (dio_diagnostics_has_errors (found));
    for (guint i = 0; i < dio_diagnostics_get_count (found); i++) {
      const DioDiagnostic *d = dio_diagnostics_get (found, i);
      g_assert_cmpint (d->object[0], ==, '/');
      g_assert_cmpint (d->message[0], !=, '\0');
      g_assert_true (g_utf8_validate (d->message, -1, NULL));
    }
    return;
  }
  m->n_loaded++;
  g_assert_no_error (error);
  g_assert_false (dio_diagnostics_has_errors (found));
  g_autofree char *text = dio_scenario_to_text (s);
  g_autoptr (json_t) again = fixture_parse (text);
  g_autoptr (DioScenario) reloaded = dio_scenario_from_json (again, NULL, &error);
  g_assert_no_error (error);
  g_autofree char *second = dio_scenario_to_text (reloaded);
  g_assert_cmpstr (text, ==, second);
}

static void
try_replacements (Mutation *m, json_t *holder, const char *key, gsize index)
{
  json_t *old =
      json_incref (key != NULL ? json_object_get (holder, key) : json_array_get (holder, index));
  for (guint i = 0; i < G_N_ELEMENTS (replacements); i++) {
    g_autofree char *wrapped = g_strdup_printf ("[%s]", replacements[i]);
    g_autoptr (json_t) list = fixture_parse (wrapped);
    json_t *value = json_array_get (list, 0);
    if (key != NULL)
      json_object_set (holder, key, value);
    else
      json_array_set (holder, index, value);
    try_document (m);
  }
  if (key != NULL) {
    json_object_del (holder, key);
    try_document (m);
    json_object_set (holder, key, old);
  } else {
    json_array_set (holder, index, old);
  }
  json_decref (old);
}

static void
mutate (Mutation *m, json_t *at)
{
  if (json_is_object (at)) {
    g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
    const char *key;
    json_t *value;
    json_object_foreach (at, key, value)
      g_ptr_array_add (keys, g_strdup (key));
    for (guint i = 0; i < keys->len; i++) {
      mutate (m, json_object_get (at, g_ptr_array_index (keys, i)));
      try_replacements (m, at, g_ptr_array_index (keys, i), 0);
    }
  }
  for (gsize i = 0; json_is_array (at) && i < json_array_size (at); i++) {
    mutate (m, json_array_get (at, i));
    try_replacements (m, at, NULL, i);
  }
}

static void
test_every_value (void)
{
  Mutation m = { .root = fixture_load_json ("rich.diorama") };
  g_autofree char *before = dio_json_to_line (m.root);
  mutate (&m, m.root);
  g_autofree char *after = dio_json_to_line (m.root);
  g_assert_cmpstr (before, ==, after);
  g_test_message ("%u documents loaded, %u were refused", m.n_loaded, m.n_refused);
  g_assert_cmpuint (m.n_loaded, >, 150);
  g_assert_cmpuint (m.n_refused, >, 2000);
  json_decref (m.root);
}

/* Texts that must be refused by a file load. */
static void
test_texts (void)
{
  g_autoptr (GString) deep =
      g_string_new ("{\"format\": \"diorama-scenario\", \"version\": 1, \"nodes\": ");
  for (int i = 0; i < 100000; i++)
    g_string_append_c (deep, '[');
  const char *texts[] = {
    "",
    "[]",
    "null",
    "{",
    "{} {}",
    "// comment\n{}",
    "{\"format\": \"diorama-scenario\", \"format\": \"diorama-scenario\", \"version\": 1}",
    "{\"format\": \"diorama-scenario\", \"version\": 1e999}",
    "{\"format\": \"diorama-scenario\", \"version\": 99999999999999999999}",
    "{\"format\": \"diorama-scenario\", \"version\": NaN}",
    "{\"format\": \"diorama-scenario\", \"version\": 1, \"name\": \"\\u0000\"}",
    "{\"format\": \"diorama-scenario\", \"version\": 1, \"name\": \"\xff\"}",
    "{\"format\": \"diorama-scenario\", \"version\": 1, \"nodes\": [{\"id\": \"a\", \"kind\": "
    "\"light\","
    " \"light\": {\"kind\": \"sun\", \"intensity\": 1e999}}]}",
    deep->str,
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("dio-scene-XXXXXX", &error);
  g_assert_no_error (error);
  g_autofree char *path = g_build_filename (folder, "hostile.diorama", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_assert_true (g_file_set_contents (path, texts[i], -1, NULL));
    g_autoptr (DioScenario) s = dio_scenario_load (path, NULL, &error);
    g_assert_null (s);
    g_assert_nonnull (error);
    g_assert_true (error->domain == DIO_ERROR);
    g_assert_nonnull (strstr (error->message, path));
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    g_clear_error (&error);
  }
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_long_texts (void)
{
  /* Long keys and ids are quoted in part, at a character's boundary. */
  g_autoptr (GString) key = g_string_new (NULL);
  for (int i = 0; i < 100000; i++)
    g_string_append (key, "\xc3\xa4");
  g_autoptr (json_t) json = fixture_load_json ("rich.diorama");
  json_object_set_new (json, key->str, json_null ());
  json_object_set_new (json_array_get (json_object_get (json, "nodes"), 0), "parent",
                       json_string (key->str));
  json_object_set_new (json_array_get (json_object_get (json, "nodes"), 1), "id",
                       json_string (key->str));
  json_object_set_new (json, "description", json_string (key->str));
  g_autoptr (GError) error = NULL;
  g_autoptr (DioDiagnostics) found = dio_diagnostics_new ();
  g_assert_null (dio_scenario_from_json (json, found, &error));
  g_assert_cmpuint (dio_diagnostics_get_count (found), >=, 4);
  for (guint i = 0; i < dio_diagnostics_get_count (found); i++) {
    const DioDiagnostic *d = dio_diagnostics_get (found, i);
    g_assert_cmpuint (strlen (d->object), <, 200);
    g_assert_cmpuint (strlen (d->message), <, 400);
    g_assert_true (g_utf8_validate (d->object, -1, NULL));
    g_assert_true (g_utf8_validate (d->message, -1, NULL));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/hostile/every-value", test_every_value);
  g_test_add_func ("/scene/hostile/texts", test_texts);
  g_test_add_func ("/scene/hostile/long-texts", test_long_texts);
  return g_test_run ();
}
