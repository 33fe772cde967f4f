#pragma once
/* Thread: main. A small scene in which positions are easy to reckon. */

#include "dio-base-json.h"
#include "dio-core-error.h"
#include "dio-core-pose.h"
#include "dio-scene-edit.h"

#include <math.h>
#include <string.h>

#define FIXTURE                                                                                    \
  "{\"format\":\"diorama-scenario\",\"version\":1,\"name\":\"Fixture\","                           \
  "\"assets\":[{\"id\":\"chair\",\"kind\":\"model\",\"path\":\"chair.glb\"},"                      \
  "{\"id\":\"bricks\",\"kind\":\"texture\",\"path\":\"bricks.png\"}],"                             \
  "\"categories\":[{\"id\":\"mug\",\"name\":\"Mug\",\"kind\":\"thing\"},"                          \
  "{\"id\":\"seat\",\"name\":\"Seat\",\"kind\":\"thing\"}],"                                       \
  "\"nodes\":["                                                                                    \
  "{\"id\":\"pile\",\"kind\":\"group\",\"translation\":[1,0,0],"                                   \
  "\"rotation\":[0.7071067811865476,0,0,0.7071067811865476],\"scale\":[2,2,2]},"                   \
  "{\"id\":\"mug_1\",\"kind\":\"model\",\"parent\":\"pile\",\"name\":\"Blue mug\","                \
  "\"category\":\"mug\",\"translation\":[1,0,0],\"model\":{\"parametric\":\"mug\"}},"              \
  "{\"id\":\"chair_1\",\"kind\":\"model\",\"translation\":[0,3,0],\"category\":\"seat\","          \
  "\"model\":{\"asset\":\"chair\",\"materials\":[{\"slot\":\"*\",\"base_color_texture\":"          \
  "\"bricks\"}]}},"                                                                                \
  "{\"id\":\"sun\",\"kind\":\"light\",\"light\":{\"kind\":\"sun\",\"intensity\":1000}},"           \
  "{\"id\":\"dome\",\"kind\":\"light\",\"light\":{\"kind\":\"sky\"}},"                             \
  "{\"id\":\"cam\",\"kind\":\"sensor\",\"translation\":[0,-5,1],"                                  \
  "\"rotation\":[0.7071067811865476,0.7071067811865476,0,0],"                                      \
  "\"sensor\":{\"width\":640,\"height\":480}}],"                                                   \
  "\"randomizers\":["                                                                              \
  "{\"id\":\"turn\",\"type\":\"rotation-yaw\",\"targets\":[\"mug_1\",\"chair_1\"],"                \
  "\"yaw_rad\":{\"kind\":\"uniform\",\"min\":0,\"max\":1}},"                                       \
  "{\"id\":\"place\",\"type\":\"position-box\",\"targets\":[\"chair_1\"],"                         \
  "\"min\":[-1,2,0],\"max\":[1,4,0]},"                                                             \
  "{\"id\":\"seen\",\"type\":\"constraint\",\"targets\":[\"chair_1\"],\"sensor\":\"cam\","         \
  "\"min_visibility\":0.2,\"redraw\":[\"place\"]}]}"

static inline DioScenario *
fixture_new (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) json = dio_json_parse (FIXTURE, strlen (FIXTURE), "fixture", &error);
  g_assert_no_error (error);
  DioScenario *scenario = dio_scenario_from_json (json, NULL, &error);
  g_assert_no_error (error);
  return scenario;
}

/* The invariants that every edit must keep: a text that loads again and is the same. */
static inline void
fixture_check (DioScenario *scenario)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = dio_scenario_to_text (scenario);
  g_autoptr (json_t) json = dio_json_parse (text, strlen (text), "edited", &error);
  g_assert_no_error (error);
  g_autoptr (DioScenario) again = dio_scenario_from_json (json, NULL, &error);
  g_assert_no_error (error);
  g_autofree char *back = dio_scenario_to_text (again);
  g_assert_cmpstr (back, ==, text);
  for (guint i = 0; i < scenario->nodes->len; i++) {
    const DioNode *node = g_ptr_array_index (scenario->nodes, i);
    g_assert_true (dio_scenario_find_node (scenario, node->id) == node);
  }
}

static inline void
fixture_assert_at (const DioScenario *scenario, const char *id, double x, double y, double z)
{
  DioMat4 world;
  g_assert_true (dio_scenario_world_from_node (scenario, id, &world));
  g_assert_cmpfloat_with_epsilon (world.m[12], x, 1e-9);
  g_assert_cmpfloat_with_epsilon (world.m[13], y, 1e-9);
  g_assert_cmpfloat_with_epsilon (world.m[14], z, 1e-9);
}

static inline void
fixture_assert_same_world (const DioScenario *a, const DioScenario *b, const char *id)
{
  DioMat4 first, second;
  g_assert_true (dio_scenario_world_from_node (a, id, &first));
  g_assert_true (dio_scenario_world_from_node (b, id, &second));
  for (guint i = 0; i < 16; i++)
    g_assert_cmpfloat_with_epsilon (first.m[i], second.m[i], 1e-9);
}

static inline const char *
fixture_get_id (const DioScenario *scenario, guint i)
{
  return ((const DioNode *) g_ptr_array_index (scenario->nodes, i))->id;
}
