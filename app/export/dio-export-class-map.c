/* Class maps: which class of a team's real data a category of ours is. */
#define G_LOG_DOMAIN "dio-export"

#include "dio-base-json.h"
#include "dio-core-error.h"
#include "dio-export-classes-private.h"

#include <errno.h>
#include <string.h>

#define MAX_BYTES (G_GUINT64_CONSTANT (256) << 20)

/** Where one of our names leads. */
typedef struct {
  gboolean drop;
  gint64 id;
} Lead;

struct DioExportClassMap {
  DioExportClasses *classes; /**< in the order of the file until it is sorted */
  GHashTable *index_of_id;   /**< gint64* -> index + 1 */
  GHashTable *id_of_name;    /**< their name -> gint64*; both owned by the first table's keys */
  GHashTable *leads;         /**< our name or id -> Lead*, of a CSV; else empty */
  gboolean is_csv;
};

static void
map_clear (DioExportClassMap *map)
{
  g_clear_pointer (&map->classes, dio_export_classes_free);
  g_clear_pointer (&map->id_of_name, g_hash_table_unref);
  g_clear_pointer (&map->index_of_id, g_hash_table_unref);
  g_clear_pointer (&map->leads, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioExportClassMap, map_clear)

static gint64 *
dup_id (gint64 id)
{
  return g_memdup2 (&id, sizeof id);
}

gboolean
dio_export_class_map_add (
    DioExportClassMap *map, gint64 id, const char *name, const char *supercategory, GError **error)
{
  guint known = GPOINTER_TO_UINT (g_hash_table_lookup (map->index_of_id, &id));
  const gint64 *other = g_hash_table_lookup (map->id_of_name, name);

  if (id < 0 || id > G_MAXINT32 || name[0] == '\0' || !g_utf8_validate (name, -1, NULL)) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "a class needs a name and an id from 0 to %d, not “%s” and %" G_GINT64_FORMAT,
                 G_MAXINT32, name, id);
    return FALSE;
  }
  if (other && *other == id)
    return TRUE;
  if (other) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "class “%s” has two ids, %" G_GINT64_FORMAT " and %" G_GINT64_FORMAT, name, *other,
                 id);
    return FALSE;
  }
  if (known > 0) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "id %" G_GINT64_FORMAT " is given to two classes, “%s” and “%s”", id,
                 dio_export_classes_get (map->classes, (int) known - 1)->name, name);
    return FALSE;
  }
  DioExportClass class = { id, g_strdup (name), g_strdup (supercategory) };
  g_array_append_val (map->classes->classes, class);
  gint64 *key = dup_id (id);
  g_hash_table_insert (map->index_of_id, key, GUINT_TO_POINTER (map->classes->classes->len));
  g_hash_table_insert (map->id_of_name, g_strdup (name), key);
  return TRUE;
}

guint
dio_export_class_map_count (const DioExportClassMap *map)
{
  return map->classes->classes->len;
}

/* --- CSV ------------------------------------------------------------------------------------------------ */

/* One field of a line; @at moves behind it and its comma, or becomes NULL behind the last. Quotes may hold
 * commas, "" is a quote. NULL for a quote that does not close or text behind one that does. */
static char *
read_field (const char **at)
{
  const char *c = *at;
  GString *field = g_string_new (NULL);
  gboolean quoted = *c == '"', good = TRUE;

  if (quoted) {
    for (c++; *c != '\0' && (*c != '"' || c[1] == '"'); c++) {
      g_string_append_c (field, *c);
      c += *c == '"' ? 1 : 0;
    }
    good = *c == '"';
    c += good ? 1 : 0;
    good = good && (*c == ',' || *c == '\0');
  } else {
    gsize length = strcspn (c, ",");
    g_string_append_len (field, c, (gssize) length);
    c += length;
  }
  *at = *c == ',' ? c + 1 : NULL;
  if (good)
    return quoted ? g_string_free (field, FALSE) : g_strstrip (g_string_free (field, FALSE));
  g_string_free (field, TRUE);
  return NULL;
}

/* All fields of a line, or NULL. */
static GPtrArray *
read_fields (const char *line)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (g_free);

  while (line) {
    char *field = read_field (&line);
    if (!field)
      return NULL;
    g_ptr_array_add (fields, field);
  }
  return g_steal_pointer (&fields);
}

static gboolean
put_lead (DioExportClassMap *map, const char *ours, Lead lead, GError **error)
{
  if (g_hash_table_contains (map->leads, ours)) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "“%s” stands in two lines", ours);
    return FALSE;
  }
  g_hash_table_insert (map->leads, g_strdup (ours), g_memdup2 (&lead, sizeof lead));
  return TRUE;
}

static gboolean
read_csv_line (DioExportClassMap *map, const char *line, GError **error)
{
  g_autoptr (GPtrArray) fields = read_fields (line);
  guint n = fields ? fields->len : 0;
  /* "drop" with an id is a class of theirs that happens to have that name. */
  gboolean id_given = n == 3 && ((const char *) fields->pdata[2])[0] != '\0';
  guint64 id = 0;

  if (n < 2 || n > 3 || ((const char *) fields->pdata[0])[0] == '\0') {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "a line must read our,theirs_name,theirs_id or our,drop");
    return FALSE;
  }
  if (!id_given && g_str_equal (fields->pdata[1], "drop"))
    return put_lead (map, fields->pdata[0], (Lead){ .drop = TRUE }, error);
  if (!id_given || !g_ascii_string_to_unsigned (fields->pdata[2], 10, 0, G_MAXINT32, &id, NULL)) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "the id of “%s” must be a whole number from 0 to %d, or “drop” must stand alone",
                 (const char *) fields->pdata[1], G_MAXINT32);
    return FALSE;
  }
  return dio_export_class_map_add (map, (gint64) id, fields->pdata[1], "", error)
         && put_lead (map, fields->pdata[0], (Lead){ .id = (gint64) id }, error);
}

static gboolean
read_csv (DioExportClassMap *map, const char *path, const char *text, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  map->is_csv = TRUE;
  for (guint i = 0; lines[i]; i++) {
    char *line = g_strchomp (lines[i]);
    if (line[0] == '\0' || line[0] == '#' || g_str_equal (line, "our,theirs_name,theirs_id"))
      continue;
    if (!read_csv_line (map, line, error)) {
      g_prefix_error (error, "%s:%u: ", path, i + 1);
      return FALSE;
    }
  }
  return TRUE;
}

/* --- COCO ----------------------------------------------------------------------------------------------- */

static gboolean
read_coco (DioExportClassMap *map, const char *path, const char *text, GError **error)
{
  g_autoptr (json_t) root = dio_json_parse (text, strlen (text), path, error);
  json_t *list = root && json_is_array (root) ? root : json_object_get (root, "categories");
  gsize i;
  json_t *item;

  if (!root)
    return FALSE;
  if (!json_is_array (list)) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "%s: there is no list “categories”", path);
    return FALSE;
  }
  json_array_foreach (list, i, item) {
    json_t *id = json_object_get (item, "id");
    const char *name = json_string_value (json_object_get (item, "name"));
    const char *supercategory = json_string_value (json_object_get (item, "supercategory"));
    gboolean good = json_is_integer (id) && name;
    guint before = dio_export_class_map_count (map);
    if (!good)
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                   "a category needs a whole number “id” and a text “name”");
    if (!good
        || !dio_export_class_map_add (map, json_integer_value (id), name,
                                      supercategory ? supercategory : "", error)) {
      g_prefix_error (error, "%s: categories/%" G_GSIZE_FORMAT ": ", path, i);
      return FALSE;
    }
    if (dio_export_class_map_count (map) == before) {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                   "%s: categories/%" G_GSIZE_FORMAT ": class “%s” stands here a second time", path,
                   i, name);
      return FALSE;
    }
  }
  return TRUE;
}

/* --- all ------------------------------------------------------------------------------------------------ */

static char *
load_text (const char *path, GError **error)
{
  g_autoptr (GError) inner = NULL;
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, &inner);
  char *text = NULL;
  gsize length = 0;

  if (!file) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "The class map “%s” cannot be read: %s",
                 path, inner->message);
    return NULL;
  }
  length = g_mapped_file_get_length (file);
  if (length > MAX_BYTES) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_LIMIT,
                 "The class map “%s” is larger than 256 MiB: give a file with its categories alone",
                 path);
    return NULL;
  }
  text = length > 0 ? g_strndup (g_mapped_file_get_contents (file), length) : g_strdup ("");
  /* g_strndup stops at a zero byte. */
  if (strlen (text) == length && g_utf8_validate (text, (gssize) length, NULL)) {
    if (g_str_has_prefix (text, "\xef\xbb\xbf"))
      memmove (text, text + 3, length - 2);
    return text;
  }
  g_free (text);
  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "The class map “%s” is not UTF-8 text", path);
  return NULL;
}

static gboolean
read_map (DioExportClassMap *map, const char *path, const char *text, GError **error)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  if (g_str_has_suffix (lower, ".yaml") || g_str_has_suffix (lower, ".yml"))
    return dio_export_class_map_read_yaml (map, path, text, error);
  if (g_str_has_suffix (lower, ".json"))
    return read_coco (map, path, text, error);
  if (g_str_has_suffix (lower, ".csv"))
    return read_csv (map, path, text, error);
  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
               "The class map “%s” must be a .yaml (names), .json (COCO categories) or .csv"
               " (our,theirs_name,theirs_id) file",
               path);
  return FALSE;
}

static int
compare_classes_cb (gconstpointer a, gconstpointer b)
{
  const DioExportClass *x = a, *y = b;

  return x->id < y->id ? -1 : x->id > y->id;
}

static int
find_class (const DioExportClasses *classes, gint64 id)
{
  for (guint i = 0; i < classes->classes->len; i++)
    if (dio_export_classes_get (classes, (int) i)->id == id)
      return (int) i;
  return DIO_EXPORT_CLASS_NONE;
}

/* The class of one of our names, or NONE. */
static int
follow (const DioExportClassMap *map, const char *ours)
{
  const Lead *lead = g_hash_table_lookup (map->leads, ours);
  const gint64 *id = g_hash_table_lookup (map->id_of_name, ours);

  if (map->is_csv && lead && lead->drop)
    return DIO_EXPORT_CLASS_DROP;
  if (map->is_csv)
    return lead ? find_class (map->classes, lead->id) : DIO_EXPORT_CLASS_NONE;
  return id ? find_class (map->classes, *id) : DIO_EXPORT_CLASS_NONE;
}

static gboolean
connect_categories (DioExportClassMap *map,
                    const DioScenario *scenario,
                    gboolean has_stuff,
                    const char *path,
                    GError **error)
{
  for (guint i = 0; i < scenario->categories->len; i++) {
    const DioCategory *category = scenario->categories->pdata[i];
    int class = follow (map, dio_export_category_name (category));
    if (!category->thing && !has_stuff)
      continue;
    if (class == DIO_EXPORT_CLASS_NONE)
      class = follow (map, category->id);
    if (class == DIO_EXPORT_CLASS_NONE && category->thing) {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                   "%s: category “%s” of the scenario has no class: add it, or map it in a CSV"
                   " file, where “%s,drop” leaves it out",
                   path, dio_export_category_name (category), category->id);
      return FALSE;
    }
    map->classes->class_of_category[i] = class;
  }
  return TRUE;
}

/* A class is stuff where stuff becomes it and no thing does. */
static void
mark_stuff (DioExportClasses *classes, const DioScenario *scenario)
{
  for (guint pass = 0; pass <= 1; pass++)
    for (guint i = 0; i < classes->n_categories; i++) {
      const DioCategory *category = scenario->categories->pdata[i];
      int class = classes->class_of_category[i];
      /* Things speak last. */
      if (class >= 0 && category->thing == (pass == 1))
        g_array_index (classes->classes, DioExportClass, class).stuff = !category->thing;
    }
}

DioExportClasses *
dio_export_classes_load (const char *path,
                         const DioScenario *scenario,
                         gboolean has_stuff,
                         GError **error)
{
  g_autofree char *text = load_text (path, error);
  g_auto (DioExportClassMap) map = {
    .classes = dio_export_classes_alloc (scenario),
    .index_of_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL),
    .id_of_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .leads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
  };

  if (!text || !read_map (&map, path, text, error))
    return NULL;
  g_array_sort (map.classes->classes, compare_classes_cb);
  if (!connect_categories (&map, scenario, has_stuff, path, error))
    return NULL;
  mark_stuff (map.classes, scenario);
  map.classes->map_name = g_path_get_basename (path);
  return g_steal_pointer (&map.classes);
}
