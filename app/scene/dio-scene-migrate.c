#define G_LOG_DOMAIN "dio-scene"

/* Documents of earlier versions. Each step takes one version to the next on plain JSON and touches only what it
 * recognises: what is wrong besides is for the validator to say.
 *
 * Version 0 was the form before the first release:
 *  - "taxonomy": {"categories": [...], "background": ID} in place of "categories" and
 *    "background_category";
 *  - a sensor's "fov_deg", the full horizontal field of view, in place of a lens. */

#include "dio-core-math.h"
#include "dio-scene-scenario-private.h"

#include <string.h>

typedef void (*MigrateFunc) (json_t *document);

/* Moves a member; a target that is there already stays, and the leftover is reported as an unknown key. */
static void
move_member (json_t *from, const char *old, json_t *to, const char *new)
{
  json_t *value = json_object_get (from, old);
  if (value == NULL || json_object_get (to, new) != NULL)
    return;
  json_object_set (to, new, value);
  json_object_del (from, old);
}

static void
migrate_taxonomy (json_t *document)
{
  json_t *taxonomy = json_object_get (document, "taxonomy");
  if (!json_is_object (taxonomy))
    return;
  move_member (taxonomy, "categories", document, "categories");
  move_member (taxonomy, "background", document, "background_category");
  if (json_object_size (taxonomy) == 0)
    json_object_del (document, "taxonomy");
}

static void
migrate_field_of_view (json_t *sensor)
{
  const json_t *fov = json_object_get (sensor, "fov_deg");
  double degrees = json_number_value (fov);
  if (!json_is_number (fov) || !(degrees > 0 && degrees < 180))
    return;
  const double sensor_width_mm = 36;
  double focal_mm = sensor_width_mm / 2 / dio_tan (degrees * (DIO_PI / 360));
  json_object_set_new (sensor, "focal_length_mm", json_real (focal_mm));
  json_object_set_new (sensor, "sensor_width_mm", json_real (sensor_width_mm));
  json_object_del (sensor, "fov_deg");
}

static void
migrate_0_to_1 (json_t *document)
{
  migrate_taxonomy (document);
  gsize i;
  json_t *node;
  json_array_foreach (json_object_get (document, "nodes"), i, node) {
    json_t *sensor = json_object_get (node, "sensor");
    if (json_is_object (sensor))
      migrate_field_of_view (sensor);
  }
}

/* The step at index N leads from version N to N + 1. */
static const MigrateFunc steps[] = { migrate_0_to_1 };
G_STATIC_ASSERT (G_N_ELEMENTS (steps) == DIO_SCENARIO_VERSION);

static gboolean
check_header (const json_t *json, DioReader *reader)
{
  if (!dio_reader_expect (reader, json, JSON_OBJECT, "an object"))
    return FALSE;
  const char *format = dio_json_get_text (json_object_get (json, "format"));
  if (format == NULL || strcmp (format, DIO_SCENARIO_FORMAT) != 0) {
    dio_reader_fault_at (reader, "format", "unknown-format",
                         "must be \"%s\"; this is no scenario of Diorama", DIO_SCENARIO_FORMAT);
    return FALSE;
  }
  const json_t *version = json_object_get (json, "version");
  if (!json_is_integer (version) || json_integer_value (version) < 0) {
    dio_reader_fault_at (reader, "version", version == NULL ? "missing" : "wrong-type",
                         "must be a whole number from 0 to %d", DIO_SCENARIO_VERSION);
    return FALSE;
  }
  if (json_integer_value (version) > DIO_SCENARIO_VERSION) {
    dio_reader_fault_at (reader, "version", "newer-version",
                         "is %" JSON_INTEGER_FORMAT
                         ": written by a newer Diorama; this one reads up "
                         "to version %d, update it",
                         json_integer_value (version), DIO_SCENARIO_VERSION);
    return FALSE;
  }
  return TRUE;
}

json_t *
dio_scenario_migrate (const json_t *json, DioReader *reader)
{
  if (!check_header (json, reader))
    return NULL;
  gsize version = (gsize) json_integer_value (json_object_get (json, "version"));
  if (version == DIO_SCENARIO_VERSION)
    return json_incref ((json_t *) json);
  json_t *document = json_deep_copy (json);
  for (; version < DIO_SCENARIO_VERSION; version++)
    steps[version](document);
  json_object_set_new (document, "version", json_integer (DIO_SCENARIO_VERSION));
  return document;
}
