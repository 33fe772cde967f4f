#pragma once
/* Thread: main. The document that uses every key, and how tests break it. */

#include "dio-base-json.h"
#include "dio-core-error.h"
#include "dio-scene-scenario.h"

#include <string.h>

static inline char *
fixture_dup_path (const char *name)
{
  return g_build_filename (g_getenv ("G_TEST_SRCDIR"), "app", "scene", name, NULL);
}

static inline json_t *
fixture_load_json (const char *name)
{
  g_autofree char *path = fixture_dup_path (name);
  g_autoptr (GError) error = NULL;
  json_t *json = dio_json_load (path, &error);
  g_assert_no_error (error);
  return json;
}

static inline json_t *
fixture_parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  json_t *json = dio_json_parse (text, strlen (text), "test", &error);
  g_assert_no_error (error);
  return json;
}

static inline DioScenario *
fixture_load (const char *name)
{
  g_autoptr (json_t) json = fixture_load_json (name);
  g_autoptr (GError) error = NULL;
  DioScenario *scenario = dio_scenario_from_json (json, NULL, &error);
  g_assert_no_error (error);
  return scenario;
}

/* Sets the value at a JSON pointer: "/nodes/3/light/intensity", "/nodes/-" to append; a NULL value removes. */
static inline void
fixture_set (json_t *root, const char *pointer, json_t *value)
{
  g_auto (GStrv) parts = g_strsplit (pointer + 1, "/", -1);
  guint n = g_strv_length (parts);
  json_t *at = root;
  for (guint i = 0; i + 1 < n; i++)
    at = json_is_array (at) ? json_array_get (at, (gsize) g_ascii_strtoull (parts[i], NULL, 10))
                            : json_object_get (at, parts[i]);
  g_assert_nonnull (at);
  const char *last = parts[n - 1];
  if (json_is_array (at) && strcmp (last, "-") == 0)
    json_array_append_new (at, value);
  else if (json_is_array (at))
    json_array_set_new (at, (gsize) g_ascii_strtoull (last, NULL, 10), value);
  else if (value == NULL)
    json_object_del (at, last);
  else
    json_object_set_new (at, last, value);
}

/* Loading must fail with a fault of @code at @object whose sentence matches @pattern (NULL: any). */
static inline void
fixture_expect_fault (const json_t *json, const char *code, const char *object, const char *pattern)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioDiagnostics) found = dio_diagnostics_new ();
  DioScenario *scenario = dio_scenario_from_json (json, found, &error);
  g_assert_null (scenario);
  g_assert_nonnull (error);
  g_assert_true (error->domain == DIO_ERROR);
  for (guint i = 0; i < dio_diagnostics_get_count (found); i++) {
    const DioDiagnostic *d = dio_diagnostics_get (found, i);
    gboolean match = strcmp (d->code, code) == 0 && strcmp (d->object, object) == 0;
    if (match && (pattern == NULL || g_pattern_match_simple (pattern, d->message)))
      return;
  }
  for (guint i = 0; i < dio_diagnostics_get_count (found); i++) {
    const DioDiagnostic *d = dio_diagnostics_get (found, i);
    g_test_message ("found: %s at %s: %s", d->code, d->object, d->message);
  }
  g_error ("no fault \"%s\" at \"%s\" like \"%s\"", code, object, pattern != NULL ? pattern : "*");
}
