/* How objects are hidden: shares by visibility, widths, and which things hide how many pixels of a category. */
#define G_LOG_DOMAIN "dio-dataset"

#include "dio-dataset-shares-private.h"

#include "dio-base-json.h"

#define N_BINS 4

/* Objects whose outline, hidden or not, has pixels in the picture. Bounds as detectors are judged by them. */
static const double bounds[N_BINS - 1] = { 0.1, 0.3, 0.9 };
static const double quantiles[] = { 0, 0.05, 0.25, 0.5, 0.75, 0.95, 1 };

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

/* The nearest of the sorted values: widths are whole pixels and stay so. */
static json_t *
quantiles_to_json (GArray *values)
{
  json_t *json = json_array ();
  g_array_sort (values, compare_doubles);
  for (guint i = 0; values->len > 0 && i < G_N_ELEMENTS (quantiles); i++) {
    guint index = (guint) (quantiles[i] * (values->len - 1) + 0.5);
    json_array_append_new (json, json_pack ("{s:f,s:f}", "share", quantiles[i], "value",
                                            g_array_index (values, double, index)));
  }
  return json;
}

/** What the objects of one category add up to. */
typedef struct {
  gint64 bins[N_BINS], objects, hidden_px;
  GArray *widths; /**< of double */
} Objects;

static void
count_object (Objects *objects, DioSqlStatement *row)
{
  gint64 visible_px = dio_sql_column_int (row, 0), amodal_px = dio_sql_column_int (row, 1);
  double width = (double) dio_sql_column_int (row, 2);
  double visibility = (double) visible_px / (double) amodal_px;
  guint bin = 0;
  while (bin < N_BINS - 1 && visibility >= bounds[bin])
    bin++;
  objects->bins[bin]++;
  objects->objects++;
  objects->hidden_px += amodal_px - visible_px;
  g_array_append_val (objects->widths, width);
}

static gboolean
collect_objects (DioDataset *dataset, guint category, Objects *objects, GError **error)
{
  g_autoptr (DioSqlStatement) statement =
      dio_sql_prepare (dataset->sql,
                       "SELECT visible_px, amodal_px, amodal_x1 - amodal_x0 FROM annotations WHERE "
                       "category = ?1 AND amodal_px > 0",
                       error);
  if (statement == NULL)
    return FALSE;
  dio_sql_bind_int (statement, 1, category);
  for (gboolean row = TRUE; row;) {
    if (!dio_sql_step (statement, &row, error))
      return FALSE;
    if (row)
      count_object (objects, statement);
  }
  return TRUE;
}

/* Hiders with their pixels, the most first; adds up in @sum. */
static json_t *
collect_hiders (DioDataset *dataset, guint category, gint64 *sum, GError **error)
{
  g_autoptr (DioSqlStatement) statement =
      dio_sql_prepare (dataset->sql,
                       "SELECT coalesce(l.name, 'leaf ' || h.leaf) AS hider, sum(h.opaque_px) AS "
                       "px, count(*) FROM hidden h"
                       " JOIN annotations a ON a.capture = h.capture AND a.instance = h.instance"
                       " LEFT JOIN leaves l ON l.capture = h.capture AND l.leaf = h.leaf"
                       " WHERE a.category = ?1 AND a.amodal_px > 0 GROUP BY hider HAVING px > 0 "
                       "ORDER BY px DESC, hider",
                       error);
  if (statement == NULL)
    return NULL;
  g_autoptr (json_t) list = json_array ();
  dio_sql_bind_int (statement, 1, category);
  for (gboolean row = TRUE; row;) {
    if (!dio_sql_step (statement, &row, error))
      return NULL;
    if (!row)
      break;
    gint64 px = dio_sql_column_int (statement, 1);
    *sum += px;
    json_array_append_new (list,
                           json_pack ("{s:s,s:I,s:I}", "name", dio_sql_column_text (statement, 0),
                                      "px", (json_int_t) px, "objects",
                                      (json_int_t) dio_sql_column_int (statement, 2)));
  }
  return g_steal_pointer (&list);
}

static gboolean
count_frames_with (DioDataset *dataset, guint category, gint64 *n, GError **error)
{
  g_autoptr (DioSqlStatement) statement = dio_sql_prepare (
      dataset->sql,
      "SELECT count(DISTINCT c.frame) FROM annotations a JOIN captures c ON c.id = a.capture"
      " WHERE a.category = ?1 AND a.amodal_px > 0",
      error);
  gboolean row = FALSE;
  if (statement == NULL)
    return FALSE;
  dio_sql_bind_int (statement, 1, category);
  if (!dio_sql_step (statement, &row, error))
    return FALSE;
  *n = dio_sql_column_int (statement, 0);
  return TRUE;
}

static json_t *
collect_category (
    DioDataset *dataset, const DioCategory *entry, guint category, gint64 frames, GError **error)
{
  g_autoptr (GArray) widths = g_array_new (FALSE, FALSE, sizeof (double));
  Objects objects = { .widths = widths };
  gint64 named_px = 0, with = 0;
  if (!collect_objects (dataset, category, &objects, error)
      || !count_frames_with (dataset, category, &with, error))
    return NULL;
  json_t *hiders = collect_hiders (dataset, category, &named_px, error);
  if (hiders == NULL)
    return NULL;
  json_t *bins = json_array ();
  for (guint i = 0; i < N_BINS; i++)
    json_array_append_new (bins, json_integer (objects.bins[i]));
  return json_pack (
      "{s:s,s:I,s:o,s:I,s:o,s:o,s:I,s:I}", "name", entry->name != NULL ? entry->name : entry->id,
      "objects", (json_int_t) objects.objects, "bins", bins, "frames_without",
      (json_int_t) (frames - with), "width_px", quantiles_to_json (widths), "hiders", hiders,
      "hidden_px", (json_int_t) objects.hidden_px, "named_px", (json_int_t) named_px);
}

json_t *
dio_dataset_collect_occlusion (DioDataset *dataset, const DioScenario *scenario, GError **error)
{
  gint64 frames = 0;
  if (!dio_sql_query_int (dataset->sql, "SELECT count(*) FROM frames WHERE status = 1", 0, &frames,
                          error))
    return NULL;
  g_autoptr (json_t) categories = json_array ();
  for (guint i = 0; i < scenario->categories->len; i++) {
    const DioCategory *entry = g_ptr_array_index (scenario->categories, i);
    json_t *json = entry->thing ? collect_category (dataset, entry, i, frames, error) : NULL;
    if (json != NULL)
      json_array_append_new (categories, json);
    else if (entry->thing)
      return NULL;
  }
  return json_pack ("{s:[f,f,f],s:O}", "bounds", bounds[0], bounds[1], bounds[2], "categories",
                    categories);
}

/* ---- what randomizers report ---- */

static gboolean
add_rows (json_t *json,
          DioDataset *dataset,
          const char *key,
          const char *query,
          const char *const names[5],
          GError **error)
{
  g_autoptr (DioSqlStatement) statement = dio_sql_prepare (dataset->sql, query, error);
  if (statement == NULL)
    return FALSE;
  json_t *list = json_array ();
  json_object_set_new (json, key, list);
  for (gboolean row = TRUE; row;) {
    if (!dio_sql_step (statement, &row, error))
      return FALSE;
    if (!row)
      break;
    json_t *entry = json_pack ("{s:s}", "randomizer", dio_sql_column_text (statement, 0));
    for (guint i = 0; names[i] != NULL; i++)
      json_object_set_new (entry, names[i],
                           i == 0 ? json_string (dio_sql_column_text (statement, 1))
                                  : json_integer (dio_sql_column_int (statement, (int) i + 1)));
    json_array_append_new (list, entry);
  }
  return TRUE;
}

gboolean
dio_dataset_add_outcomes (json_t *json, DioDataset *dataset, GError **error)
{
  static const char *const outcome[5] = { "hidden", "hits", "misses", "tries", NULL };
  static const char *const shown[5] = { "node", "frames", NULL };
  return add_rows (json, dataset, "occluders",
                   "SELECT randomizer, target, sum(string = 'hit'), sum(string = 'miss'), sum(x3) "
                   "FROM draws"
                   " WHERE property = 'occlusion' GROUP BY 1, 2 ORDER BY 1, 2",
                   outcome, error)
         && add_rows (
             json, dataset, "shown",
             "SELECT randomizer, string, count(*) FROM draws WHERE property = 'shown' GROUP BY 1, 2"
             " ORDER BY 1, 2",
             shown, error);
}
