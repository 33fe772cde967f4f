#define G_LOG_DOMAIN "dio-scene"

/* From JSON to a scenario: format, migration, entries, then what holds between entries. */

#include "dio-base-json.h"
#include "dio-core-error.h"
#include "dio-scene-asset-private.h"
#include "dio-scene-category-private.h"
#include "dio-scene-node-private.h"
#include "dio-scene-randomizer.h"
#include "dio-scene-scenario-private.h"

#include <string.h>

static const char *const document_extra_keys[] = { "format",     "version",     "assets", "nodes",
                                                   "categories", "randomizers", "policy", "outputs",
                                                   "sequence",   NULL };

typedef gpointer (*ReadEntryFunc) (DioReader *reader, const json_t *json);

/* One list of the document. */
typedef struct {
  const char *key;
  guint max;
  ReadEntryFunc read_cb;
} ListInfo;

DioRandomizer *
dio_scenario_read_randomizer (DioReader *reader, const json_t *json)
{
  g_autoptr (DioDiagnostics) found = dio_diagnostics_new ();
  DioRandomizer *randomizer = dio_randomizer_from_json (json, reader->path->str, found);
  guint n_errors = 0;
  for (guint i = 0; i < dio_diagnostics_get_count (found); i++)
    n_errors += dio_diagnostics_get (found, i)->severity == DIO_SEVERITY_ERROR ? 1 : 0;
  if (!dio_reader_is_full (reader))
    dio_diagnostics_append (reader->diagnostics, found);
  reader->n_faults += n_errors;
  if (randomizer == NULL)
    return NULL;
  g_atomic_ref_count_init (&randomizer->refs);
  if (!dio_id_is_valid (randomizer->id))
    dio_reader_fault_at (reader, "id", "bad-id", "must be 1 to 64 characters of A-Z a-z 0-9 _ . -");
  return randomizer;
}

static void
read_list (DioReader *reader, const json_t *document, const ListInfo *info, GPtrArray *list)
{
  const json_t *json = json_object_get (document, info->key);
  if (json == NULL)
    return;
  gsize mark = dio_reader_push_key (reader, info->key);
  gsize n = json_array_size (json);
  if (!json_is_array (json)) {
    dio_reader_expect (reader, json, JSON_ARRAY, "an array");
  } else if (n > info->max) {
    dio_reader_fault (reader, "too-many", "has %" G_GSIZE_FORMAT " entries; at most %u are allowed",
                      n, info->max);
  } else {
    /* A hole where an entry cannot be read keeps positions true for messages. */
    for (gsize i = 0; i < n && !dio_reader_is_full (reader); i++) {
      gsize inner = dio_reader_push_index (reader, i);
      g_ptr_array_add (list, info->read_cb (reader, json_array_get (json, i)));
      dio_reader_pop (reader, inner);
    }
  }
  dio_reader_pop (reader, mark);
}

/* "policy", "outputs", "sequence": objects that may be absent, as may each of their keys. */
static void
read_struct (DioReader *reader,
             const json_t *document,
             const char *key,
             const DioFieldView *view,
             gpointer base)
{
  const json_t *json = json_object_get (document, key);
  if (json == NULL)
    return;
  gsize mark = dio_reader_push_key (reader, key);
  if (dio_reader_expect (reader, json, JSON_OBJECT, "an object"))
    dio_fields_read (view, reader, json, NULL, base);
  dio_reader_pop (reader, mark);
}

static void
read_document (DioReader *reader, const json_t *json, DioScenario *scenario)
{
  const ListInfo assets = { "assets", DIO_SCENARIO_MAX_ASSETS, (ReadEntryFunc) dio_asset_read };
  const ListInfo categories = { "categories", DIO_SCENARIO_MAX_CATEGORIES,
                                (ReadEntryFunc) dio_category_read };
  const ListInfo nodes = { "nodes", DIO_SCENARIO_MAX_NODES, (ReadEntryFunc) dio_node_read };
  const ListInfo randomizers = { "randomizers", DIO_SCENARIO_MAX_RANDOMIZERS,
                                 (ReadEntryFunc) dio_scenario_read_randomizer };
  DioFieldView document = dio_document_get_view ();
  DioFieldView policy = dio_policy_get_view ();
  DioFieldView outputs = dio_outputs_get_view ();
  DioFieldView sequence = dio_sequence_get_view ();
  dio_fields_read (&document, reader, json, document_extra_keys, scenario);
  read_struct (reader, json, "policy", &policy, &scenario->policy);
  read_struct (reader, json, "outputs", &outputs, &scenario->outputs);
  read_struct (reader, json, "sequence", &sequence, &scenario->sequence);
  read_list (reader, json, &assets, scenario->assets);
  read_list (reader, json, &categories, scenario->categories);
  read_list (reader, json, &nodes, scenario->nodes);
  read_list (reader, json, &randomizers, scenario->randomizers);
}

DioScenario *
dio_scenario_from_json (const json_t *json, DioDiagnostics *diagnostics, GError **error)
{
  g_autoptr (DioReader) reader = dio_reader_new ("");
  g_autoptr (DioScenario) scenario = dio_scenario_alloc ();
  g_autoptr (json_t) current = dio_scenario_migrate (json, reader);
  gboolean good = FALSE;
  if (current != NULL) {
    read_document (reader, current, scenario);
    good = dio_scenario_complete (scenario, reader);
  }
  if (diagnostics != NULL)
    dio_diagnostics_append (diagnostics, reader->diagnostics);
  if (good)
    return g_steal_pointer (&scenario);
  dio_reader_set_error (reader, error);
  return NULL;
}

DioScenario *
dio_scenario_load (const char *path, DioDiagnostics *diagnostics, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);
  g_autoptr (json_t) json = dio_json_load (path, error);
  if (json == NULL)
    return NULL;
  DioScenario *scenario = dio_scenario_from_json (json, diagnostics, error);
  if (scenario == NULL)
    g_prefix_error (error, "%s: ", path);
  return scenario;
}
