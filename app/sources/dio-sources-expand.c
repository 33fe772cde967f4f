#define G_LOG_DOMAIN "dio-sources"

#include "dio-sources-private.h"

#include "dio-base-hash.h"
#include "dio-base-json.h"
#include "dio-core-error.h"
#include "dio-scene-choice.h"
#include "dio-scene-edit.h"

#include <glib/gstdio.h>
#include <string.h>

/** One expansion. Files that stand in "assets" already keep their entry with its options. */
typedef struct {
  DioScenario *scenario;
  const char *folder;
  json_t *document;
  GHashTable *entries; /* kind and path -> id, both owned */
  GHashTable *ids;     /* every id in use; owned */
  GHashTable *tables;  /* path -> DioTable*, paths borrowed */
} Expansion;

static char *
dup_entry_key (DioAssetKind kind, const char *path)
{
  return g_strdup_printf ("%d %s", (int) kind, path);
}

static void
expansion_init (Expansion *self, DioScenario *scenario, const char *folder)
{
  *self = (Expansion){ .scenario = scenario, .folder = folder };
  self->document = dio_scenario_to_json (scenario);
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->tables =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) dio_table_free);
  for (guint i = 0; i < scenario->assets->len; i++) {
    const DioAsset *asset = g_ptr_array_index (scenario->assets, i);
    char *key = dup_entry_key (asset->kind, asset->path);
    g_hash_table_add (self->ids, g_strdup (asset->id));
    /* Of two entries of one file the first counts. */
    if (g_hash_table_contains (self->entries, key))
      g_free (key);
    else
      g_hash_table_insert (self->entries, key, g_strdup (asset->id));
  }
}

static void
expansion_clear (Expansion *self)
{
  json_decref (self->document);
  g_hash_table_unref (self->entries);
  g_hash_table_unref (self->ids);
  g_hash_table_unref (self->tables);
}

/* Readable, and the same wherever and whenever the folder is read: the name, and what of the path's hash tells it from
 * others. */
static char *
dup_id (const Expansion *self, const char *path)
{
  const char *slash = strrchr (path, '/');
  g_autofree char *name = g_strndup (slash != NULL ? slash + 1 : path, 40);
  g_autofree char *hash = dio_hash_bytes (path, strlen (path));
  for (char *c = name; *c != '\0'; c++) {
    if (!g_ascii_isalnum (*c) && strchr ("_.-", *c) == NULL)
      *c = '_';
  }
  for (guint length = 8; length < 23; length++) {
    char *id = g_strdup_printf ("%s.%.*s", name, (int) length, hash);
    if (!g_hash_table_contains (self->ids, id))
      return id;
    g_free (id);
  }
  return g_strdup (hash);
}

/* The id of the entry of @path, which is made where there is none. Borrowed. */
static const char *
require_entry (Expansion *self, DioAssetKind kind, const char *path)
{
  static const char *const kinds[] = { "model", "texture", "environment" };
  char *key = dup_entry_key (kind, path);
  const char *known = g_hash_table_lookup (self->entries, key);
  if (known != NULL) {
    g_free (key);
    return known;
  }
  char *id = dup_id (self, path);
  json_t *assets = json_object_get (self->document, "assets");
  if (assets == NULL) {
    assets = json_array ();
    json_object_set_new (self->document, "assets", assets);
  }
  json_array_append_new (assets,
                         json_pack ("{s:s,s:s,s:s}", "id", id, "kind", kinds[kind], "path", path));
  g_hash_table_add (self->ids, g_strdup (id));
  g_hash_table_insert (self->entries, key, id);
  return id;
}

static gboolean
close_folder (Expansion *self,
              const DioRandomizer *randomizer,
              const char *folder,
              json_t *json,
              GError **error)
{
  const DioChoiceInfo *choice = dio_choice_find_info (randomizer->type);
  g_auto (GStrv) names = dio_sources_list_folder (self->folder, folder, choice->kind, error);
  if (names == NULL)
    return FALSE;
  json_t *list = json_array ();
  for (guint i = 0; names[i] != NULL; i++) {
    g_autofree char *path = g_strconcat (folder, "/", names[i], NULL);
    json_array_append_new (list, json_string (require_entry (self, choice->kind, path)));
  }
  json_object_del (json, "folder");
  json_object_set_new (json, choice->list, list);
  return TRUE;
}

static gboolean
close_table (Expansion *self,
             const DioRandomizer *randomizer,
             const char *file,
             json_t *json,
             GError **error)
{
  DioTable *table = g_hash_table_lookup (self->tables, file);
  if (table == NULL) {
    table = dio_table_load (self->folder, file, error);
    if (table == NULL)
      return FALSE;
    g_hash_table_insert (self->tables, (gpointer) file, table);
  }
  json_t *rows = dio_sources_read_rows (self->scenario, randomizer, table, error);
  if (rows == NULL)
    return FALSE;
  json_object_del (json, "file");
  json_object_set_new (json, "rows", rows);
  return TRUE;
}

static gboolean
close_randomizer (Expansion *self, guint index, GError **error)
{
  const DioRandomizer *randomizer = g_ptr_array_index (self->scenario->randomizers, index);
  const char *folder = dio_randomizer_get_string (randomizer, "folder", NULL);
  const char *file = dio_randomizer_get_string (randomizer, "file", NULL);
  json_t *json = json_array_get (json_object_get (self->document, "randomizers"), index);
  gboolean good = TRUE;
  if (folder != NULL)
    good = close_folder (self, randomizer, folder, json, error);
  if (good && file != NULL)
    good = close_table (self, randomizer, file, json, error);
  if (!good)
    g_prefix_error (error, "randomizer \"%s\": ", randomizer->id);
  return good;
}

static const char *
get_source (const DioRandomizer *randomizer)
{
  const char *folder = dio_randomizer_get_string (randomizer, "folder", NULL);
  return folder != NULL ? folder : dio_randomizer_get_string (randomizer, "file", NULL);
}

gboolean
dio_sources_is_open (const DioScenario *scenario)
{
  g_return_val_if_fail (scenario != NULL, FALSE);

  for (guint i = 0; i < scenario->randomizers->len; i++) {
    if (get_source (g_ptr_array_index (scenario->randomizers, i)) != NULL)
      return TRUE;
  }
  return FALSE;
}

DioScenario *
dio_sources_expand (DioScenario *scenario, const char *scenario_folder, GError **error)
{
  g_return_val_if_fail (scenario != NULL, NULL);

  if (!dio_sources_is_open (scenario))
    return dio_scenario_ref (scenario);
  Expansion self;
  gboolean good = TRUE;
  expansion_init (&self, scenario, scenario_folder != NULL ? scenario_folder : ".");
  for (guint i = 0; i < scenario->randomizers->len && good; i++)
    good = close_randomizer (&self, i, error);
  DioScenario *closed = good ? dio_scenario_from_json (self.document, NULL, error) : NULL;
  expansion_clear (&self);
  return closed;
}

char *
dio_sources_dup_stamp (const DioScenario *scenario, const char *scenario_folder)
{
  g_return_val_if_fail (scenario != NULL, NULL);

  g_autoptr (GString) stamp = g_string_new (NULL);
  for (guint i = 0; i < scenario->randomizers->len; i++) {
    const char *source = get_source (g_ptr_array_index (scenario->randomizers, i));
    g_autofree char *path =
        source != NULL ? g_build_filename (scenario_folder, source, NULL) : NULL;
    GStatBuf st;
    if (path == NULL)
      continue;
    if (g_lstat (path, &st) != 0)
      g_string_append (stamp, "-;");
    else
      g_string_append_printf (stamp, "%" G_GINT64_FORMAT " %ld.%09ld;", (gint64) st.st_size,
                              (long) st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
  }
  return g_string_free (g_steal_pointer (&stamp), FALSE);
}

/* How many rows the "rows" of a table make. */
static guint
count_rows (const DioScenario *scenario, const DioRandomizer *randomizer)
{
  const DioRandomizerParam *rows = dio_randomizer_get_param (randomizer, "rows");
  const DioNode *node = dio_scenario_find_node (scenario, randomizer->targets[0]);
  const DioPropertyInfo *info =
      dio_property_find (node->kind, dio_randomizer_get_string (randomizer, "property", ""));
  return rows->n_rows / MAX (dio_property_type_get_size (info->type), 1);
}

gboolean
dio_sources_check_frames (const DioScenario *scenario, guint32 first, guint64 count, GError **error)
{
  g_return_val_if_fail (scenario != NULL, FALSE);

  for (guint i = 0; i < scenario->randomizers->len; i++) {
    const DioRandomizer *randomizer = g_ptr_array_index (scenario->randomizers, i);
    if (!randomizer->enabled || dio_randomizer_get_param (randomizer, "rows") == NULL
        || !g_str_equal (dio_randomizer_get_string (randomizer, "at_end", "repeat"), "stop"))
      continue;
    guint steps = dio_randomizer_is_each_step (randomizer) ? 1 : scenario->sequence.steps;
    guint64 frames = (guint64) count_rows (scenario, randomizer)
                     * dio_randomizer_get_integer (randomizer, "hold", 1) * MAX (steps, 1);
    if (first + count <= frames)
      continue;
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "randomizer \"%s\": its table has values for %" G_GUINT64_FORMAT
                 " frames, the job ends behind frame %" G_GUINT64_FORMAT
                 "; render fewer frames or let the table repeat",
                 randomizer->id, frames, first + count - 1);
    return FALSE;
  }
  return TRUE;
}
