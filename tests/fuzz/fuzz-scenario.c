/* The scenario reader: any text gives a scenario or one error with a path; what loads also writes and loads. */

#include "dio-base-json.h"
#include "dio-scene-scenario.h"
#include "fuzz-target.h"

#include <string.h>

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (json_t) json = dio_json_parse ((const char *) data, size, "fuzz", NULL);
  if (json == NULL)
    return 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (DioScenario) scenario = dio_scenario_from_json (json, NULL, &error);
  if (scenario == NULL) {
    g_assert_nonnull (error);
    return 0;
  }
  g_autofree char *text = dio_scenario_to_text (scenario);
  g_autoptr (json_t) again = dio_json_parse (text, strlen (text), "fuzz again", NULL);
  g_autoptr (DioScenario) reloaded = dio_scenario_from_json (again, NULL, NULL);
  g_assert_nonnull (reloaded);
  g_autofree char *rewritten = dio_scenario_to_text (reloaded);
  g_assert_cmpstr (text, ==, rewritten);
  return 0;
}

GBytes *
dio_fuzz_make_seed (guint index)
{
  static const char *const seeds[] = {
    "{\"format\":\"diorama-scenario\",\"version\":1,\"name\":\"n\",\"nodes\":[{\"id\":\"a\","
    "\"kind\":\"model\","
    "\"model\":{\"parametric\":\"box\",\"parameters\":{\"width_m\":0.5},\"materials\":[{\"slot\":"
    "\"*\",\"roughness\":"
    "0.5}]},\"translation\":[1,2,3],\"category\":\"c\"},{\"id\":\"l\",\"kind\":\"light\",\"light\":"
    "{\"kind\":\"sun\","
    "\"intensity\":10}},{\"id\":\"s\",\"kind\":\"sensor\",\"parent\":\"a\",\"sensor\":{\"width\":"
    "64,\"height\":48,"
    "\"focal_length_mm\":30}}],\"categories\":[{\"id\":\"c\",\"name\":\"c\",\"color\":\"#ff0000\","
    "\"kind\":\"thing\"}"
    "],\"randomizers\":[{\"id\":\"r\",\"type\":\"position-box\",\"targets\":[\"a\"],\"min\":[0,0,0]"
    ",\"max\":[1,1,1]},"
    "{\"id\":\"v\",\"type\":\"scale\",\"targets\":[\"a\"],\"factor\":{\"kind\":\"normal\",\"mean\":"
    "1,\"stddev\":0.1}"
    "}]}",
    "{\"format\":\"diorama-scenario\",\"version\":1}",
    "[1, 2.5, \"x\", {\"a\": null}]",
  };
  if (index >= G_N_ELEMENTS (seeds))
    return NULL;
  return g_bytes_new_static (seeds[index], strlen (seeds[index]));
}
