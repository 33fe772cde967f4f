#define G_LOG_DOMAIN "dio-scene"

/* Prints the JSON schema of the scenario document, for data/diorama-scenario.schema.json. */

#include "dio-base-json.h"
#include "dio-scene-scenario.h"

#include <stdio.h>

int
main (void)
{
  g_autoptr (json_t) schema = dio_scenario_to_schema ();
  g_autofree char *text = dio_json_to_text (schema);
  return fputs (text, stdout) < 0 || fflush (stdout) != 0 ? 1 : 0;
}
