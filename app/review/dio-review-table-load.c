/* Filling a table: a few scans in the order of ids, in one read transaction, so that a job that writes meanwhile gives all
 * of a frame or nothing of it. A frame that is done never changes (invariant 4 of the dataset), and its ids are higher than those
 * of all frames before it: what is new stands behind what is known.
 *
 * Invariants of a table:
 *  1. Rows are in the order of ids; the objects of a picture are neighbours.
 *  2. Every position in a record is inside its list; every category is one of the dataset's.
 *  3. Nothing changes after dio_review_table_load but the outlier scores, which are written once under the lock. */
#define G_LOG_DOMAIN "dio-review"

#include "dio-core-error.h"
#include "dio-dataset-policy.h"
#include "dio-dataset-sql.h"
#include "dio-review-reader-private.h"
#include "dio-review-table-private.h"

#include <math.h>
#include <string.h>

#define MAX_SIDE_PX 65536

/** A load in progress. */
typedef struct {
  DioDataset *dataset;
  DioSql *sql;
  DioReviewTable *table;
  GHashTable *node_positions, *name_positions; /**< text of the pools -> position */
} Loader;

static void
category_clear_cb (gpointer data)
{
  g_free (((DioCategoryRecord *) data)->name);
}

static gpointer
copy_string_cb (gconstpointer string, gpointer unused)
{
  return g_strdup (string);
}

static GArray *
copy_array (GArray *array, gsize size)
{
  GArray *copy = g_array_new (FALSE, FALSE, (guint) size);

  if (array && array->len > 0)
    g_array_append_vals (copy, array->data, array->len);
  return copy;
}

static GPtrArray *
copy_pool (GPtrArray *pool)
{
  return pool ? g_ptr_array_copy (pool, copy_string_cb, NULL)
              : g_ptr_array_new_with_free_func (g_free);
}

/* Everything that a later load may add to; the rest is made anew. */
static DioReviewTable *
table_new (DioReviewTable *previous)
{
  DioReviewTable *table = g_new0 (DioReviewTable, 1);

  g_atomic_ref_count_init (&table->refs);
  g_mutex_init (&table->lock);
  table->runs = g_array_new (FALSE, FALSE, sizeof (DioRunRecord));
  table->sensors = g_ptr_array_new_with_free_func (g_free);
  table->categories = g_array_new (FALSE, FALSE, sizeof (DioCategoryRecord));
  g_array_set_clear_func (table->categories, category_clear_cb);
  table->frames = copy_array (previous ? previous->frames : NULL, sizeof (DioFrameRecord));
  table->objects = copy_array (previous ? previous->objects : NULL, sizeof (DioObjectRecord));
  table->names = copy_array (previous ? previous->names : NULL, sizeof (DioNameRecord));
  table->node_pool = copy_pool (previous ? previous->node_pool : NULL);
  table->name_pool = copy_pool (previous ? previous->name_pool : NULL);
  table->asset_pool = copy_pool (previous ? previous->asset_pool : NULL);
  table->nodes_sorted = g_ptr_array_new ();
  table->assets_sorted = g_ptr_array_new ();
  if (previous) {
    table->level = previous->level;
    table->policy = previous->policy;
  }
  return table;
}

static gboolean
set_corrupt (const Loader *loader, const char *what, GError **error)
{
  g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT,
               "The dataset “%s” holds a damaged row of %s: restore dataset.db from a copy",
               dio_dataset_get_folder (loader->dataset), what);
  return FALSE;
}

/** Takes one row into the table; FALSE with an error. */
typedef gboolean (*RowFunc) (Loader *loader, DioSqlStatement *row, GError **error);

/* Runs @text, with @after as its one parameter, through @func. */
static gboolean
scan (Loader *loader, const char *text, gint64 after, RowFunc func, GError **error)
{
  g_autoptr (DioSqlStatement) statement = dio_sql_prepare (loader->sql, text, error);
  gboolean row = FALSE, ok = statement != NULL;

  if (ok)
    dio_sql_bind_int (statement, 1, after);
  while (ok && (ok = dio_sql_step (statement, &row, error)) && row)
    ok = func (loader, statement, error);
  return ok;
}

static char *
dup_text (DioSqlStatement *row, int column)
{
  const char *text = dio_sql_column_text (row, column);

  return text ? g_utf8_make_valid (text, -1) : g_strdup ("");
}

static gboolean
take_run (Loader *loader, DioSqlStatement *row, GError **error)
{
  DioRunRecord run = { dio_sql_column_int (row, 0), (guint64) dio_sql_column_int (row, 1) };

  g_array_append_val (loader->table->runs, run);
  return TRUE;
}

static gboolean
take_sensor (Loader *loader, DioSqlStatement *row, GError **error)
{
  g_ptr_array_add (loader->table->sensors, dup_text (row, 0));
  return TRUE;
}

/* Colours are the scenario's; the dataset's rows say how many there are and what they are called. */
static gboolean
take_category (Loader *loader, DioSqlStatement *row, GError **error)
{
  guint position = loader->table->categories->len;
  const DioScenario *scenario = dio_dataset_get_scenario (loader->dataset, error);
  DioCategoryRecord category = { .color = { 128, 128, 128 } };

  if (!scenario)
    return FALSE;
  if (dio_sql_column_int (row, 0) != position || position > G_MAXINT16)
    return set_corrupt (loader, "categories", error);
  category.name = dup_text (row, 1);
  if (position < scenario->categories->len)
    memcpy (category.color, ((const DioCategory *) scenario->categories->pdata[position])->color,
            3);
  g_array_append_val (loader->table->categories, category);
  return TRUE;
}

static int
find_run (const DioReviewTable *table, gint64 id)
{
  /* Runs are few, and the last is the one that grows. */
  for (guint i = table->runs->len; i-- > 0;)
    if (g_array_index (table->runs, DioRunRecord, i).id == id)
      return (int) i;
  return -1;
}

static int
find_sensor (const DioReviewTable *table, const char *id)
{
  for (guint i = 0; id && i < table->sensors->len; i++)
    if (g_str_equal (table->sensors->pdata[i], id))
      return (int) i;
  return -1;
}

static gboolean
take_frame (Loader *loader, DioSqlStatement *row, GError **error)
{
  DioReviewTable *table = loader->table;
  int run = find_run (table, dio_sql_column_int (row, 2));
  gint64 index = dio_sql_column_int (row, 3), take = dio_sql_column_int (row, 4);
  int sensor = find_sensor (table, dio_sql_column_text (row, 5));
  gint64 width = dio_sql_column_int (row, 6), height = dio_sql_column_int (row, 7);

  if (run < 0 || sensor < 0 || index < 0 || index > G_MAXUINT32 || take < 0 || take > G_MAXUINT32
      || width < 1 || height < 1 || width > MAX_SIDE_PX || height > MAX_SIDE_PX
      || table->frames->len == G_MAXUINT32 - 1)
    return set_corrupt (loader, "captures", error);
  DioFrameRecord frame = {
    .id = dio_sql_column_int (row, 0),
    .frame_id = dio_sql_column_int (row, 1),
    .index = (guint32) index,
    .take = (guint32) take,
    .run = (guint32) run,
    .sensor = (guint32) sensor,
    .width = (guint32) width,
    .height = (guint32) height,
    .luminance = (float) dio_sql_column_double (row, 8),
    .checks_passed = dio_sql_column_int (row, 9) != 0,
  };
  g_array_append_val (table->frames, frame);
  return TRUE;
}

/* Row of the picture with the id @capture, which is at or behind @from; -1 where it is none that is shown. */
static gint64
advance_to (const DioReviewTable *table, guint32 from, gint64 capture)
{
  guint32 low = from, high = table->frames->len;

  /* Neighbours nearly always: try the next two before halving. */
  for (guint32 i = from; i < MIN (from + 2, high); i++)
    if (dio_review_table_frame (table, i)->id == capture)
      return i;
  while (low < high) {
    guint32 middle = low + (high - low) / 2;
    if (dio_review_table_frame (table, middle)->id < capture)
      low = middle + 1;
    else
      high = middle;
  }
  return low < table->frames->len && dio_review_table_frame (table, low)->id == capture
             ? (gint64) low
             : -1;
}

static guint64
bits_of (double value)
{
  guint64 bits;

  memcpy (&bits, &value, sizeof bits);
  return bits;
}

enum {
  COLUMN_ID,
  COLUMN_CAPTURE,
  COLUMN_KEY,
  COLUMN_CATEGORY,
  COLUMN_VISIBLE,
  COLUMN_AMODAL,
  COLUMN_SILHOUETTE,
  COLUMN_COVERAGE,
  COLUMN_AMODAL_COVERAGE,
  COLUMN_VISIBILITY,
  COLUMN_TRUNCATION,
  COLUMN_VISIB_FRACT,
  COLUMN_SUBPIXEL,
  COLUMN_BOX,
  COLUMN_DISTANCE = COLUMN_BOX + 4,
  COLUMN_BLUR,
  COLUMN_DEFOCUS,
};

static DioVerdict
judge (const DioReviewTable *table, DioSqlStatement *row, const DioObjectRecord *object)
{
  DioPolicyInput input = {
    .visible_px = object->visible_px,
    .amodal_px = (guint64) dio_sql_column_int (row, COLUMN_AMODAL),
    .coverage_px = dio_sql_column_double (row, COLUMN_COVERAGE),
    .amodal_coverage_px = dio_sql_column_double (row, COLUMN_AMODAL_COVERAGE),
    .visibility = dio_sql_column_double (row, COLUMN_VISIBILITY),
    .visib_fract = dio_sql_column_double (row, COLUMN_VISIB_FRACT),
    .box_width_px = object->x1 - object->x0,
    .box_height_px = object->y1 - object->y0,
    .blur_px = dio_sql_column_double (row, COLUMN_BLUR),
    .defocus_px = dio_sql_column_double (row, COLUMN_DEFOCUS),
    .subpixel = dio_sql_column_int (row, COLUMN_SUBPIXEL) != 0,
  };

  return dio_label_policy_judge (&table->policy, &input, NULL);
}

/* What a reviewer saw of a label: category, counts, box, distance. Ratios follow from the counts. */
static guint64
hash_object (DioSqlStatement *row, const DioObjectRecord *object)
{
  guint64 hash = dio_review_mix (1, (guint64) object->category);

  for (int column = COLUMN_VISIBLE; column <= COLUMN_SILHOUETTE; column++)
    hash = dio_review_mix (hash, (guint64) dio_sql_column_int (row, column));
  hash = dio_review_mix (hash, (guint64) (guint32) object->x0 << 32 | (guint32) object->y0);
  hash = dio_review_mix (hash, (guint64) (guint32) object->x1 << 32 | (guint32) object->y1);
  return dio_review_mix (hash, bits_of (dio_sql_column_double (row, COLUMN_DISTANCE)));
}

static gboolean
take_object (Loader *loader, DioSqlStatement *row, GError **error)
{
  DioReviewTable *table = loader->table;
  guint32 last =
      table->objects->len > 0 ? dio_review_table_object (table, table->objects->len - 1)->frame : 0;
  gint64 frame = advance_to (table, last, dio_sql_column_int (row, COLUMN_CAPTURE));
  gint64 category = dio_sql_column_int (row, COLUMN_CATEGORY);
  gint64 visible = dio_sql_column_int (row, COLUMN_VISIBLE);
  gint64 box[4];

  if (frame < 0)
    return TRUE;
  for (int i = 0; i < 4; i++)
    box[i] = dio_sql_column_int (row, COLUMN_BOX + i);
  if (category >= table->categories->len || visible < 0 || visible > G_MAXUINT32 || box[0] < 0
      || box[1] < 0 || box[2] < box[0] || box[3] < box[1] || box[2] > MAX_SIDE_PX
      || box[3] > MAX_SIDE_PX || table->objects->len == G_MAXUINT32 - 1)
    return set_corrupt (loader, "annotations", error);
  DioObjectRecord object = {
    .id = dio_sql_column_int (row, COLUMN_ID),
    .key = (guint64) dio_sql_column_int (row, COLUMN_KEY),
    .frame = (guint32) frame,
    .x0 = (gint32) box[0],
    .y0 = (gint32) box[1],
    .x1 = (gint32) box[2],
    .y1 = (gint32) box[3],
    .visible_px = (guint32) visible,
    .visibility = (float) dio_sql_column_double (row, COLUMN_VISIBILITY),
    .truncation = (float) dio_sql_column_double (row, COLUMN_TRUNCATION),
    .distance = (float) dio_sql_column_double (row, COLUMN_DISTANCE),
    .category = (gint16) category,
  };
  object.policy = (guint8) judge (table, row, &object);
  object.hash = hash_object (row, &object);
  DioFrameRecord *owner = &g_array_index (table->frames, DioFrameRecord, frame);
  if (owner->n_objects++ == 0)
    owner->first_object = table->objects->len;
  /* Invariant 1: only a file of somebody else's making can break it. */
  if (owner->first_object + owner->n_objects != table->objects->len + 1)
    return set_corrupt (loader, "annotations", error);
  g_array_append_val (table->objects, object);
  return TRUE;
}

static gboolean
take_file (Loader *loader, DioSqlStatement *row, GError **error)
{
  DioReviewTable *table = loader->table;
  gint64 frame = advance_to (table, 0, dio_sql_column_int (row, 0));
  const char *sha256 = dio_sql_column_text (row, 1);

  if (frame < 0)
    return TRUE;
  DioFrameRecord *owner = &g_array_index (table->frames, DioFrameRecord, frame);
  /* The first 16 hexadecimal digits: 64 bits. */
  g_autofree char *head = g_strndup (sha256 ? sha256 : "", 16);
  owner->pictures = dio_review_mix (owner->pictures, g_ascii_strtoull (head, NULL, 16));
  return TRUE;
}

static guint32
intern (GPtrArray *pool, GHashTable *positions, const char *text)
{
  gpointer found = g_hash_table_lookup (positions, text);

  if (found)
    return GPOINTER_TO_UINT (found) - 1;
  char *copy = g_utf8_make_valid (text, -1);
  g_ptr_array_add (pool, copy);
  /* The key is the raw text: that is what is looked up. */
  g_hash_table_insert (positions, g_strdup (text), GUINT_TO_POINTER (pool->len));
  return pool->len - 1;
}

static gboolean
take_name (Loader *loader, DioSqlStatement *row, GError **error)
{
  DioReviewTable *table = loader->table;
  gint64 id = dio_sql_column_int (row, 0);
  guint32 next = table->names->len;
  const char *node = dio_sql_column_text (row, 1), *name = dio_sql_column_text (row, 2);

  /* Poses of what is no object are passed over; an object without one is damage. */
  if (next >= table->objects->len || id < dio_review_table_object (table, next)->id)
    return TRUE;
  if (id > dio_review_table_object (table, next)->id)
    return set_corrupt (loader, "poses", error);
  DioNameRecord record = {
    intern (table->node_pool, loader->node_positions, node ? node : ""),
    intern (table->name_pool, loader->name_positions, name ? name : ""),
  };
  g_array_append_val (table->names, record);
  return TRUE;
}

static int
compare_frames_cb (gconstpointer a, gconstpointer b, gpointer user)
{
  const DioReviewTable *table = user;
  const DioFrameRecord *x = dio_review_table_frame (table, *(const guint32 *) a);
  const DioFrameRecord *y = dio_review_table_frame (table, *(const guint32 *) b);

  /* Runs and sensors are listed in the order of their ids. */
  if (x->run != y->run)
    return x->run < y->run ? -1 : 1;
  if (x->index != y->index)
    return x->index < y->index ? -1 : 1;
  if (x->take != y->take)
    return x->take < y->take ? -1 : 1;
  return x->sensor < y->sensor ? -1 : x->sensor > y->sensor;
}

static void
sort_frames (DioReviewTable *table)
{
  table->order = g_new (guint32, table->frames->len + 1);
  for (guint32 i = 0; i < table->frames->len; i++)
    table->order[i] = i;
  g_qsort_with_data (table->order, (int) table->frames->len, sizeof (guint32), compare_frames_cb,
                     table);
}

/* What a node shows: the asset or the parametric kind of the nearest node at or above it that shows something. */
static char *
dup_asset_of (const DioScenario *scenario, const char *id)
{
  const DioNode *node = dio_scenario_find_node (scenario, id);

  while (node && node->kind != DIO_NODE_MODEL)
    node = dio_scenario_find_node (scenario, node->parent);
  if (!node)
    return g_strdup ("");
  return node->model.asset ? g_strdup (node->model.asset)
                           : g_strconcat ("parametric:", node->model.parametric, NULL);
}

static int
compare_strings_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* Without repeats and empty ones. */
static void
list_sorted (GPtrArray *pool, GPtrArray *sorted)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < pool->len; i++)
    if (*(const char *) pool->pdata[i] != '\0' && g_hash_table_add (seen, pool->pdata[i]))
      g_ptr_array_add (sorted, pool->pdata[i]);
  g_ptr_array_sort (sorted, compare_strings_cb);
  g_ptr_array_add (sorted, NULL);
}

static gboolean
load_facts (Loader *loader, GError **error)
{
  DioReviewTable *table = loader->table;

  if (!scan (loader, "SELECT id, seed FROM runs WHERE id >= ?1 ORDER BY id", G_MININT64, take_run,
             error)
      || !scan (loader, "SELECT id FROM sensors WHERE ?1 = 0 ORDER BY id", 0, take_sensor, error)
      || !scan (loader, "SELECT position, name FROM categories WHERE ?1 = 0 ORDER BY position", 0,
                take_category, error))
    return FALSE;
  g_ptr_array_set_free_func (table->sensors, g_free);
  return TRUE;
}

static gint64
get_last_id (const GArray *records)
{
  /* Both kinds of records begin with their id. */
  return records->len > 0 ? *(
             const gint64 *) (gconstpointer) (records->data
                                              + (gsize) (records->len - 1)
                                                    * g_array_get_element_size ((GArray *) records))
                          : 0;
}

static gboolean
load_frames (Loader *loader, GError **error)
{
  return scan (loader,
               "SELECT c.id, c.frame, f.run, f.frame_index, f.take, c.sensor, c.width_px,"
               " c.height_px, c.mean_luminance, c.checks_passed"
               " FROM captures c CROSS JOIN frames f ON f.id = c.frame"
               " WHERE c.id > ?1 AND f.status = 1 ORDER BY c.id",
               get_last_id (loader->table->frames), take_frame, error);
}

/* @known: the last picture whose objects are there. */
static gboolean
load_objects (Loader *loader, gint64 known, GError **error)
{
  return scan (loader,
               "SELECT id, capture, object_key, category, visible_px, amodal_px, silhouette_px,"
               " coverage_px, amodal_coverage_px, visibility, truncation, visib_fract, subpixel,"
               " visible_x0, visible_y0, visible_x1, visible_y1, distance_m, blur_px, defocus_px"
               " FROM annotations WHERE id > ?1 AND thing = 1 AND category >= 0 ORDER BY id",
               get_last_id (loader->table->objects), take_object, error)
         && scan (loader,
                  "SELECT capture, sha256 FROM files WHERE capture > ?1 AND channel IN ('leaf', "
                  "'rgb') ORDER BY capture, channel",
                  known, take_file, error);
}

static gboolean
load_names (Loader *loader, GError **error)
{
  DioReviewTable *table = loader->table;
  const DioScenario *scenario = dio_dataset_get_scenario (loader->dataset, error);
  guint32 known = table->names->len;

  if (!scenario)
    return FALSE;
  loader->node_positions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  loader->name_positions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < table->node_pool->len; i++)
    g_hash_table_insert (loader->node_positions, g_strdup (table->node_pool->pdata[i]),
                         GUINT_TO_POINTER (i + 1));
  for (guint i = 0; i < table->name_pool->len; i++)
    g_hash_table_insert (loader->name_positions, g_strdup (table->name_pool->pdata[i]),
                         GUINT_TO_POINTER (i + 1));
  gint64 after = known > 0 ? dio_review_table_object (table, known - 1)->id : 0;
  if (!scan (loader,
             "SELECT annotation, node, name FROM poses WHERE annotation > ?1 ORDER BY annotation",
             after, take_name, error))
    return FALSE;
  if (table->names->len != table->objects->len)
    return set_corrupt (loader, "poses", error);
  for (guint i = table->asset_pool->len; i < table->node_pool->len; i++)
    g_ptr_array_add (table->asset_pool, dup_asset_of (scenario, table->node_pool->pdata[i]));
  return TRUE;
}

static gboolean
load_rows (Loader *loader, DioReviewTable *previous, DioReviewLevel level, GError **error)
{
  DioReviewTable *table = loader->table;
  gboolean had_objects = previous && previous->level >= DIO_REVIEW_LOAD_OBJECTS;
  gint64 known = had_objects ? get_last_id (previous->frames) : 0;

  table->level = MAX (level, table->level);
  return load_facts (loader, error) && load_frames (loader, error)
         && (table->level < DIO_REVIEW_LOAD_OBJECTS || load_objects (loader, known, error))
         && (table->level < DIO_REVIEW_LOAD_NAMES || load_names (loader, error));
}

/* Nothing to do is the usual case while a window is open: one look at the end of a table. */
static gboolean
is_current (Loader *loader, DioReviewTable *previous, DioReviewLevel level, GError **error)
{
  gint64 newest = 0;

  if (!previous || previous->level < level)
    return FALSE;
  if (!dio_sql_query_int (loader->sql,
                          "SELECT c.id FROM captures c CROSS JOIN frames f ON f.id = c.frame"
                          " WHERE f.status = 1 ORDER BY c.id DESC LIMIT 1",
                          0, &newest, error))
    return FALSE;
  return newest == get_last_id (previous->frames);
}

static gboolean
choose_policy (Loader *loader, const char *preset, GError **error)
{
  const DioScenario *scenario = dio_dataset_get_scenario (loader->dataset, error);

  if (!scenario)
    return FALSE;
  if (dio_label_policy_for_scenario (&loader->table->policy, &scenario->policy, preset))
    return TRUE;
  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "There is no label policy “%s”",
               preset ? preset : scenario->policy.preset);
  return FALSE;
}

static void
loader_clear (Loader *loader)
{
  g_clear_pointer (&loader->table, dio_review_table_unref);
  g_clear_pointer (&loader->node_positions, g_hash_table_unref);
  g_clear_pointer (&loader->name_positions, g_hash_table_unref);
}

DioReviewTable *
dio_review_table_load (DioReviewReader *reader,
                       DioReviewTable *previous,
                       DioReviewLevel level,
                       const char *policy,
                       GError **error)
{
  g_return_val_if_fail (reader, NULL);

  Loader loader = { .dataset = reader->dataset, .sql = dio_dataset_get_sql (reader->dataset) };
  g_autoptr (GError) inner = NULL;
  DioReviewTable *loaded = NULL;

  /* A read transaction, which dio_sql_begin's is not: it would ask for the writer's lock. */
  if (!dio_sql_exec (loader.sql, "BEGIN", error))
    return NULL;
  if (is_current (&loader, previous, level, &inner)) {
    loaded = dio_review_table_ref (previous);
  } else if (!inner) {
    loader.table = table_new (previous);
    if ((previous || choose_policy (&loader, policy, &inner))
        && load_rows (&loader, previous, level, &inner)) {
      sort_frames (loader.table);
      list_sorted (loader.table->node_pool, loader.table->nodes_sorted);
      list_sorted (loader.table->asset_pool, loader.table->assets_sorted);
      g_ptr_array_add (loader.table->sensors, NULL);
      loaded = g_steal_pointer (&loader.table);
    }
  }
  dio_sql_rollback (loader.sql);
  loader_clear (&loader);
  if (inner)
    g_propagate_error (error, g_steal_pointer (&inner));
  return loaded;
}
