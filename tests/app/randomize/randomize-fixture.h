#pragma once
/* Thread: any. Scenarios and an environment for the tests of resolve: models are boxes known by node id. */

#include "dio-base-json.h"
#include "dio-core-error.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-randomize.h"
#include "dio-scene-randomizer.h"
#include "dio-scene-scenario.h"

#include <string.h>

/* Nodes that most tests share; quotes are single so that C needs no escapes. */
#define FIXTURE_ASSETS                                                                             \
  "'assets': ["                                                                                    \
  "{'id': 'chest', 'kind': 'model', 'path': 'chest.glb'},"                                         \
  "{'id': 'cup', 'kind': 'model', 'path': 'cup.glb'},"                                             \
  "{'id': 'sky_a', 'kind': 'environment', 'path': 'a.hdr'},"                                       \
  "{'id': 'sky_b', 'kind': 'environment', 'path': 'b.hdr'},"                                       \
  "{'id': 'oak', 'kind': 'texture', 'path': 'oak.png'},"                                           \
  "{'id': 'pine', 'kind': 'texture', 'path': 'pine.png'}],"

#define FIXTURE_NODES                                                                              \
  "'nodes': ["                                                                                     \
  "{'id': 'room', 'kind': 'group', 'translation': [1, 2, 0.5],"                                    \
  " 'rotation': [0.8, 0, 0, 0.6], 'scale': [2, 2, 2]},"                                            \
  "{'id': 'table', 'kind': 'model', 'model': {'asset': 'chest'}},"                                 \
  "{'id': 'cup_1', 'kind': 'model', 'model': {'asset': 'cup'}},"                                   \
  "{'id': 'cup_2', 'kind': 'model', 'model': {'asset': 'cup'}, 'scale': [1.5, 1.5, 1.5]},"         \
  "{'id': 'chest_1', 'kind': 'model', 'model': {'asset': 'chest'}, 'parent': 'room'},"             \
  "{'id': 'lid', 'kind': 'model', 'model': {'asset': 'chest'}, 'parent': 'chest_1',"               \
  " 'translation': [0, 0, 0.3]},"                                                                  \
  "{'id': 'sun', 'kind': 'light', 'light': {'kind': 'sun', 'intensity': 1000}},"                   \
  "{'id': 'dome', 'kind': 'light', 'light': {'kind': 'environment', 'environment': 'sky_a'}},"     \
  "{'id': 'camera', 'kind': 'sensor', 'sensor': {'width': 640, 'height': 480}},"                   \
  "{'id': 'camera_2', 'kind': 'sensor', 'parent': 'room',"                                         \
  " 'sensor': {'width': 64, 'height': 48}}]"

/* The shared nodes with a comma-separated list of randomizers. */
#define SCENARIO(randomizers)                                                                      \
  "{'format': 'diorama-scenario', 'version': 1, " FIXTURE_ASSETS FIXTURE_NODES                     \
  ", 'randomizers': [" randomizers "]}"

static inline json_t *
fixture_json (const char *text)
{
  g_autofree char *quoted = g_strdup (text);
  g_strdelimit (quoted, "'", '"');
  g_autoptr (GError) error = NULL;
  json_t *json = dio_json_parse (quoted, strlen (quoted), "test", &error);
  g_assert_no_error (error);
  return json;
}

static inline DioScenario *
fixture_scenario (const char *text)
{
  g_autoptr (json_t) json = fixture_json (text);
  g_autoptr (GError) error = NULL;
  DioScenario *scenario = dio_scenario_from_json (json, NULL, &error);
  g_assert_no_error (error);
  return scenario;
}

static inline DioBox3
fixture_bounds_of (const char *id)
{
  if (g_str_equal (id, "table"))
    return (DioBox3){ { -0.6, -0.4, 0 }, { 0.6, 0.4, 0.75 } };
  if (g_str_has_prefix (id, "cup"))
    return (DioBox3){ { -0.04, -0.04, 0 }, { 0.08, 0.04, 0.1 } };
  return (DioBox3){ { -0.1, -0.05, -0.02 }, { 0.1, 0.05, 0.28 } };
}

static inline gboolean
fixture_get_bounds (gpointer user, const DioNode *node, DioBox3 *out, GError **error)
{
  *out = fixture_bounds_of (node->id);
  return TRUE;
}

static const DioResolveEnvironment fixture_environment = { .get_bounds = fixture_get_bounds };

static inline DioResolved *
fixture_resolve (DioScenario *scenario, guint64 seed, guint32 frame)
{
  g_autoptr (GError) error = NULL;
  DioResolved *resolved = dio_resolve (scenario, seed, frame, 0, &fixture_environment, &error);
  g_assert_no_error (error);
  return resolved;
}

/* The error that resolving @text gives. */
static inline GError *
fixture_fail (const char *text)
{
  g_autoptr (DioScenario) scenario = fixture_scenario (text);
  GError *error = NULL;
  g_autoptr (DioResolved) resolved = dio_resolve (scenario, 1, 0, 0, &fixture_environment, &error);
  g_assert_null (resolved);
  g_assert_nonnull (error);
  return error;
}

static inline const DioResolvedNode *
fixture_find (const DioResolved *resolved, const char *id, guint copy)
{
  for (guint i = 0; i < resolved->nodes->len; i++) {
    const DioResolvedNode *node = &g_array_index (resolved->nodes, DioResolvedNode, i);
    if (node->copy == copy && g_str_equal (node->node->id, id))
      return node;
  }
  return NULL;
}

static inline const DioDraw *
fixture_draw (const DioResolved *resolved, const char *randomizer, const char *target, guint copy)
{
  for (guint i = 0; i < resolved->draws->len; i++) {
    const DioDraw *draw = &g_array_index (resolved->draws, DioDraw, i);
    if (draw->copy == copy && g_str_equal (draw->randomizer, randomizer)
        && g_str_equal (draw->target, target))
      return draw;
  }
  return NULL;
}

static inline int
fixture_compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* One line for every draw but those of @but (nullable), sorted: what must not change under edits. */
static inline char *
fixture_dup_draws (const DioResolved *resolved, const char *but)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < resolved->draws->len; i++) {
    const DioDraw *draw = &g_array_index (resolved->draws, DioDraw, i);
    if (g_strcmp0 (draw->randomizer, but) == 0)
      continue;
    GString *line = g_string_new (NULL);
    g_string_printf (line, "%s %s %s #%u", draw->randomizer, draw->target, draw->property,
                     draw->copy);
    for (guint k = 0; k < draw->n_numbers; k++)
      g_string_append_printf (line, " %.17g", draw->numbers[k]);
    g_string_append_printf (line, " %s", draw->string != NULL ? draw->string : "");
    g_ptr_array_add (lines, g_string_free (line, FALSE));
  }
  g_ptr_array_sort (lines, fixture_compare);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}
