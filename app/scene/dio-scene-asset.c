#define G_LOG_DOMAIN "dio-scene"

#include "dio-scene-asset-private.h"

#include "dio-scene-choice.h"
#include "dio-scene-model-private.h"
#include "dio-scene-node-private.h"
#include "dio-scene-scenario-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

const char *const dio_asset_kind_names[] = { "model", "texture", "environment", NULL };
static const char *const up_names[] = { "auto", "y", "z", NULL };
static const char *const group_by_names[] = { "materials", "nodes", "pieces", "whole", NULL };
static const char *const extra_keys[] = { "id", "kind", "group_labels", "tags", NULL };

#define MAX_PATH_BYTES 1024
#define MAX_TEXT_BYTES 1024
#define MAX_TAGS 64
#define MAX_TAG_BYTES 64
#define TAG_PATTERN "^[^ ,\\x00-\\x1f\\x7f]+$"

/* A path stays inside the scenario's folder on every system: what one of them would read as a root, a drive, a
 * separator or a step up is refused on all. */
const char *
dio_scenario_check_path (const char *path)
{
  if (path[0] == '\0')
    return "must name a file below the scenario's folder, is empty";
  if (path[0] == '/' || strchr (path, ':') != NULL)
    return "must be relative to the scenario's folder, without a root, drive or scheme";
  if (strchr (path, '\\') != NULL)
    return "must have \"/\" between its parts, not a backslash";
  for (const char *c = path; *c != '\0'; c++) {
    if ((guchar) *c < 0x20 || *c == 0x7f)
      return "must not contain control characters";
  }
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  for (guint i = 0; parts[i] != NULL; i++) {
    if (strcmp (parts[i], "..") == 0)
      return "must not leave the scenario's folder through \"..\"";
    if (parts[i][0] == '\0' || strcmp (parts[i], ".") == 0)
      return "must not have empty or \".\" parts";
  }
  return NULL;
}

static const char *
check_sha256 (const char *text)
{
  gsize length = strspn (text, "0123456789abcdef");
  gboolean good = text[length] == '\0' && (length == 64 || length == 0);
  return good ? NULL : "must be 64 lower-case hexadecimal digits, or empty before the import";
}

#define STRUCT DioAsset
#define MODELS .info.kinds = 1u << DIO_ASSET_MODEL

static const DioField fields[] = {
  { DIO_FIELD_TEXT ("path", N_ ("File"), path, MAX_PATH_BYTES, ""),
    .rules = DIO_FIELD_REQUIRED | DIO_FIELD_ALWAYS, .check_text_cb = dio_scenario_check_path,
    .pattern = "^[^/:\\\\][^:\\\\]*$" },
  { DIO_FIELD_TEXT ("sha256", N_ ("Content hash"), sha256, 64, ""), .check_text_cb = check_sha256,
    .pattern = "^([0-9a-f]{64})?$" },
  { DIO_FIELD_NUMBER (
        "scale_to_m", N_ ("Metres per unit, 0 = the format's"), "m", scale_to_m, 0, 1e6, 0),
    MODELS },
  { DIO_FIELD_ENUM ("up", N_ ("Up axis"), up, up_names, DIO_UP_AUTO), MODELS },
  { DIO_FIELD_VECTOR (3, "front", N_ ("Front"), "", front, -1e3, 1e3, 0, -1, 0), MODELS },
  { DIO_FIELD_ENUM (
        "group_by", N_ ("Face groups from"), group_by, group_by_names, DIO_GROUP_BY_MATERIALS),
    MODELS },
  { DIO_FIELD_BOOLEAN ("recenter", N_ ("Put the bottom's middle at the origin"), recenter, FALSE),
    MODELS },
  { DIO_FIELD_TEXT ("author", N_ ("Author"), author, MAX_TEXT_BYTES, "") },
  { DIO_FIELD_TEXT ("licence", N_ ("Licence"), licence, MAX_TEXT_BYTES, "") },
};

static DioFieldView
get_view (DioAssetKind kind)
{
  static const char *const owners[] = { "a model asset", "a texture asset",
                                        "an environment asset" };
  return (DioFieldView){
    .fields = fields, .n = G_N_ELEMENTS (fields), .kinds = 1u << kind, .owner = owners[kind]
  };
}

const char *
dio_asset_kind_describe (DioAssetKind kind)
{
  static const char *const names[] = { "the models", "the textures", "the environments" };
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (names), "the assets");
  return names[kind];
}

/* Memory does not depend on the kind: every member of every asset holds its default. */
static DioFieldView
get_full_view (void)
{
  DioFieldView view = get_view (DIO_ASSET_MODEL);
  view.kinds = G_MAXUINT;
  return view;
}

DioAsset *
dio_asset_ref (DioAsset *asset)
{
  g_atomic_ref_count_inc (&asset->refs);
  return asset;
}

void
dio_asset_unref (DioAsset *asset)
{
  if (asset == NULL || !g_atomic_ref_count_dec (&asset->refs))
    return;
  DioFieldView view = get_full_view ();
  dio_fields_clear (&view, asset);
  g_hash_table_unref (asset->group_labels);
  g_strfreev (asset->tags);
  g_free (asset->id);
  g_free (asset);
}

static gboolean
read_kind (DioReader *reader, const json_t *json, DioAssetKind *kind)
{
  const json_t *value = json_object_get (json, "kind");
  const char *text = dio_json_get_text (value);
  for (guint i = 0; text != NULL && dio_asset_kind_names[i] != NULL; i++) {
    if (strcmp (text, dio_asset_kind_names[i]) == 0) {
      *kind = i;
      return TRUE;
    }
  }
  g_autofree char *shown = dio_json_describe_value (value);
  dio_reader_fault_at (reader, "kind", value == NULL ? "missing" : "unknown-name",
                       "must be one of \"model\", \"texture\", \"environment\", is %s", shown);
  return FALSE;
}

/* A direction that is a unit vector already keeps its bits. */
static void
settle_front (DioReader *reader, DioAsset *asset)
{
  DioVec3 f = asset->front;
  double length = sqrt (f.x * f.x + f.y * f.y + f.z * f.z);
  if (length < 1e-6)
    dio_reader_fault_at (reader, "front", "out-of-range", "must not be of length 0");
  else if (fabs (length - 1) > 1e-12)
    asset->front = (DioVec3){ f.x / length, f.y / length, f.z / length };
}

/* A tag is one word, so that a line of them separated by commas or spaces is never ambiguous. */
static gboolean
is_tag (const char *text)
{
  if (text == NULL || text[0] == '\0' || strlen (text) > MAX_TAG_BYTES)
    return FALSE;
  for (const char *c = text; *c != '\0'; c++) {
    if ((guchar) *c <= 0x20 || *c == 0x7f || *c == ',')
      return FALSE;
  }
  return TRUE;
}

static gint
compare_tags_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
read_tag (DioReader *reader, const json_t *json, GHashTable *seen, GPtrArray *tags)
{
  const char *text = dio_json_get_text (json);
  g_autofree char *shown = dio_json_describe_value (json);
  if (!is_tag (text))
    dio_reader_fault (reader, "bad-tag", "must be one word of 1 to 64 bytes without a comma, is %s",
                      shown);
  else if (!g_hash_table_add (seen, (gpointer) text))
    dio_reader_fault (reader, "duplicate", "stands here twice: %s; remove one", shown);
  else
    g_ptr_array_add (tags, g_strdup (text));
}

/* Sorted, so that equal sets are equal documents. */
static GStrv
read_tags (DioReader *reader, const json_t *object)
{
  const json_t *json = json_object_get (object, "tags");
  g_autoptr (GPtrArray) tags = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  gsize mark = dio_reader_push_key (reader, "tags");
  if (json != NULL && dio_reader_expect (reader, json, JSON_ARRAY, "an array of strings")) {
    if (json_array_size (json) > MAX_TAGS)
      dio_reader_fault (reader, "too-many", "has more than %d entries", MAX_TAGS);
    for (gsize i = 0; i < MIN (json_array_size (json), MAX_TAGS); i++) {
      gsize inner = dio_reader_push_index (reader, i);
      read_tag (reader, json_array_get (json, i), seen, tags);
      dio_reader_pop (reader, inner);
    }
  }
  dio_reader_pop (reader, mark);
  g_ptr_array_sort (tags, compare_tags_cb);
  g_ptr_array_add (tags, NULL);
  return (GStrv) g_ptr_array_steal (tags, NULL);
}

static void
write_tags (const DioAsset *asset, json_t *json)
{
  if (asset->tags == NULL || asset->tags[0] == NULL)
    return;
  json_t *list = json_array ();
  for (guint i = 0; asset->tags[i] != NULL; i++)
    json_array_append_new (list, json_string (asset->tags[i]));
  json_object_set_new (json, "tags", list);
}

DioAsset *
dio_asset_read (DioReader *reader, const json_t *json)
{
  if (!dio_reader_expect (reader, json, JSON_OBJECT, "an object"))
    return NULL;
  DioAssetKind kind = DIO_ASSET_MODEL;
  const char *id = dio_reader_read_id (reader, json);
  if (!read_kind (reader, json, &kind) || id == NULL)
    return NULL;
  DioAsset *asset = g_new0 (DioAsset, 1);
  g_atomic_ref_count_init (&asset->refs);
  asset->id = g_strdup (id);
  asset->kind = kind;
  asset->group_labels = dio_group_labels_new ();
  DioFieldView view = get_full_view ();
  dio_fields_init (&view, asset);
  view = get_view (kind);
  dio_fields_read (&view, reader, json, extra_keys, asset);
  settle_front (reader, asset);
  asset->tags = read_tags (reader, json);
  if (kind == DIO_ASSET_MODEL)
    dio_group_labels_read (reader, json, asset->group_labels);
  else if (json_object_get (json, "group_labels") != NULL)
    dio_reader_fault_at (reader, "group_labels", "misplaced-key",
                         "is not a property of %s; remove it", view.owner);
  return asset;
}

json_t *
dio_asset_to_json (const DioAsset *asset)
{
  json_t *json =
      json_pack ("{s:s,s:s}", "id", asset->id, "kind", dio_asset_kind_names[asset->kind]);
  DioFieldView view = get_view (asset->kind);
  dio_fields_write (&view, json, asset);
  dio_group_labels_write (asset->group_labels, json);
  write_tags (asset, json);
  return json;
}

json_t *
dio_asset_to_schema (void)
{
  json_t *kinds = json_array ();
  for (guint kind = 0; dio_asset_kind_names[kind] != NULL; kind++) {
    json_t *schema = dio_schema_new_object ();
    json_t *properties = json_object_get (schema, "properties");
    json_object_set_new (properties, "id", json_pack ("{s:s}", "$ref", "#/$defs/id"));
    json_object_set_new (properties, "kind",
                         json_pack ("{s:s}", "const", dio_asset_kind_names[kind]));
    json_array_append_new (json_object_get (schema, "required"), json_string ("id"));
    json_array_append_new (json_object_get (schema, "required"), json_string ("kind"));
    DioFieldView view = get_view (kind);
    dio_fields_describe (&view, schema);
    json_object_set_new (properties, "tags",
                         json_pack ("{s:s,s:{s:s,s:s},s:b,s:i,s:s}", "type", "array", "items",
                                    "type", "string", "pattern", TAG_PATTERN, "uniqueItems", 1,
                                    "maxItems", MAX_TAGS, "description",
                                    "What randomizers may choose the asset by."));
    if (kind == DIO_ASSET_MODEL)
      json_object_set_new (properties, "group_labels", dio_group_labels_to_schema ());
    json_array_append_new (kinds, schema);
  }
  return json_pack ("{s:o}", "oneOf", kinds);
}
