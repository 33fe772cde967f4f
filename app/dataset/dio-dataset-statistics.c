/* Statistics: figures over narrow rows; no mask and no picture is read. */
#define G_LOG_DOMAIN "dio-dataset"

#include "dio-dataset-statistics.h"

#include "dio-base-json.h"
#include "dio-core-error.h"
#include "dio-dataset-private.h"
#include "dio-dataset-shares-private.h"

#include <math.h>

#define N_BINS 10
#define N_VERDICTS 3

/** Counts of values; open at both ends: what lies outside counts in the first or last bin. */
typedef struct {
  const char *name;
  /* Upper edges of all bins but the last; NULL = ten equal bins of [0, 1]. */
  const double *edges;
  guint n;
  guint64 counts[N_BINS];
} Histogram;

/* Sides of boxes in pixels and distances in metres: what detectors are sensitive to, in doublings. */
static const double side_edges[] = { 4, 8, 16, 32, 64, 128, 256, 512 };
static const double distance_edges[] = { 0.5, 1, 2, 4, 8, 16, 32, 64, 128 };

enum {
  HISTOGRAM_VISIBILITY,
  HISTOGRAM_TRUNCATION,
  HISTOGRAM_SIDE,
  HISTOGRAM_DISTANCE,
  N_HISTOGRAMS,
};

typedef struct {
  const DioLabelPolicy *policy;
  const GPtrArray *categories; /* of DioCategory, the scenario's */
  guint n_categories;
  guint64 (*by_category)[N_VERDICTS];
  guint64 verdicts[N_VERDICTS];
  guint64 annotations;
  Histogram histograms[N_HISTOGRAMS];
} Tally;

static void
count_value (Histogram *histogram, double value)
{
  guint bin = 0;

  if (isnan (value))
    return;
  if (histogram->edges)
    while (bin < histogram->n - 1 && value >= histogram->edges[bin])
      bin++;
  else
    bin = (guint) CLAMP (value * N_BINS, 0, N_BINS - 1);
  histogram->counts[bin]++;
}

/* Columns: see collect_annotations. */
static void
count_annotation (Tally *tally, DioSqlStatement *row)
{
  gint64 category = dio_sql_column_int (row, 0);
  double width = dio_sql_column_double (row, 9), height = dio_sql_column_double (row, 10);
  DioPolicyInput input = {
    .visible_px = (guint64) dio_sql_column_int (row, 1),
    .amodal_px = (guint64) dio_sql_column_int (row, 2),
    .coverage_px = dio_sql_column_double (row, 3),
    .amodal_coverage_px = dio_sql_column_double (row, 4),
    .visibility = dio_sql_column_double (row, 5),
    .visib_fract = dio_sql_column_double (row, 6),
    .blur_px = dio_sql_column_double (row, 7),
    .defocus_px = dio_sql_column_double (row, 8),
    .box_width_px = width,
    .box_height_px = height,
    .subpixel = dio_sql_column_int (row, 11) != 0,
  };

  if (category < 0 || category >= tally->n_categories)
    return;
  /* Stuff has pixels, not objects: the policy is about things. */
  if (!((const DioCategory *) tally->categories->pdata[category])->thing)
    return;
  tally->annotations++;
  DioVerdict verdict = dio_label_policy_judge (tally->policy, &input, NULL);
  tally->by_category[category][verdict]++;
  tally->verdicts[verdict]++;
  count_value (&tally->histograms[HISTOGRAM_VISIBILITY], input.visibility);
  count_value (&tally->histograms[HISTOGRAM_TRUNCATION], dio_sql_column_double (row, 12));
  count_value (&tally->histograms[HISTOGRAM_SIDE], MIN (width, height));
  count_value (&tally->histograms[HISTOGRAM_DISTANCE], dio_sql_column_double (row, 13));
}

static gboolean
collect_annotations (DioDataset *dataset, Tally *tally, GError **error)
{
  g_autoptr (DioSqlStatement) statement = dio_sql_prepare (
      dataset->sql,
      "SELECT category, visible_px, amodal_px, coverage_px, amodal_coverage_px, visibility,"
      " visib_fract, blur_px, defocus_px, visible_x1 - visible_x0, visible_y1 - visible_y0,"
      " subpixel, truncation, distance_m FROM annotations",
      error);
  gboolean row = FALSE;

  if (!statement)
    return FALSE;
  while (dio_sql_step (statement, &row, error)) {
    if (!row)
      return TRUE;
    count_annotation (tally, statement);
  }
  return FALSE;
}

static json_t *
histogram_to_json (const Histogram *histogram)
{
  json_t *counts = json_array (), *edges = json_array ();

  for (guint i = 0; i < histogram->n; i++)
    json_array_append_new (counts, json_integer ((json_int_t) histogram->counts[i]));
  for (guint i = 0; i + 1 < histogram->n; i++)
    json_array_append_new (
        edges, json_real (histogram->edges ? histogram->edges[i] : (double) (i + 1) / N_BINS));
  return json_pack ("{s:o, s:o}", "counts", counts, "edges", edges);
}

static json_t *
verdicts_to_json (const guint64 counts[N_VERDICTS])
{
  json_t *json = json_object ();

  for (guint i = 0; i < N_VERDICTS; i++)
    json_object_set_new (json, dio_verdict_to_name ((DioVerdict) i),
                         json_integer ((json_int_t) counts[i]));
  return json;
}

static gboolean
add_count (json_t *json, DioDataset *dataset, const char *key, const char *query, GError **error)
{
  gint64 value = 0;

  if (!dio_sql_query_int (dataset->sql, query, 0, &value, error))
    return FALSE;
  json_object_set_new (json, key, json_integer (value));
  return TRUE;
}

/** A figure that one query gives. */
typedef struct {
  const char *group; /**< NULL = at the top */
  const char *key;
  const char *query;
} Figure;

static const Figure figures[] = {
  { NULL, "frames", "SELECT count(*) FROM frames WHERE status = 1" },
  { NULL, "failed", "SELECT count(*) FROM frames WHERE status = 2" },
  { "sequences", "count",
    "SELECT count(*) FROM (SELECT DISTINCT run, sequence FROM frames WHERE status = 1 AND sequence "
    "NOT NULL)" },
  { "sequences", "steps",
    "SELECT count(*) FROM (SELECT DISTINCT run, sequence, step FROM frames WHERE status = 1 AND "
    "sequence NOT NULL)" },
  { NULL, "captures", "SELECT count(*) FROM captures" },
  { "checks", "failed", "SELECT count(*) FROM checks WHERE passed = 0 AND note_only = 0" },
  { "checks", "notes", "SELECT count(*) FROM checks WHERE passed = 0 AND note_only = 1" },
  { "checks", "failed_captures", "SELECT count(*) FROM captures WHERE checks_passed = 0" },
  { "gl", "differing_px", "SELECT coalesce(sum(gl_differing_px), 0) FROM captures" },
  { "gl", "unexplained_px", "SELECT coalesce(sum(gl_unexplained_px), 0) FROM captures" },
  /* Captures without colour have nothing to compare. */
  { "gl", "pixels",
    "SELECT coalesce(sum(width_px * height_px), 0) FROM captures"
    " WHERE id IN (SELECT capture FROM checks WHERE name = 'gl-agrees')" },
  { "constraints", "unmet_frames",
    "SELECT count(DISTINCT frame) FROM diagnostics WHERE code = 'constraint-unmet'" },
  /* The attempts of placements count places that were tried; what was redrawn says so. */
  { "constraints", "redrawn_frames",
    "SELECT count(DISTINCT frame) FROM draws WHERE CASE property WHEN 'placement'"
    " THEN string LIKE 'redraw-%' ELSE attempt > 0 END" },
};

/* "12 cut, masked leaves; 3 outline, opaque", as dio_annotate writes it, added to @sums (object of text to integer).
 * What is not of this form is left out: a damaged note is no reason for no statistics. */
static void
add_causes (json_t *sums, const char *detail)
{
  g_auto (GStrv) parts = g_strsplit (detail != NULL ? detail : "", "; ", -1);
  for (char **part = parts; *part != NULL; part++) {
    char *key = NULL;
    guint64 n = g_ascii_strtoull (*part, &key, 10);
    if (key == *part || *key != ' ' || n > G_MAXINT32 || !g_utf8_validate (key, -1, NULL))
      continue;
    json_int_t sum = json_integer_value (json_object_get (sums, key + 1));
    json_object_set_new (sums, key + 1, json_integer (sum + (json_int_t) n));
  }
}

/* Pixels on which OpenGL ids and label rays differ, by cause. */
static gboolean
collect_causes (json_t *json, DioDataset *dataset, GError **error)
{
  g_autoptr (DioSqlStatement) statement =
      dio_sql_prepare (dataset->sql, "SELECT detail FROM checks WHERE name = 'gl-causes'", error);
  if (!statement)
    return FALSE;
  json_t *sums = json_object ();
  gboolean row = FALSE;
  json_object_set_new (json_object_get (json, "gl"), "causes", sums);
  while (dio_sql_step (statement, &row, error)) {
    if (!row)
      return TRUE;
    add_causes (sums, dio_sql_column_text (statement, 0));
  }
  return FALSE;
}

static gboolean
add_figures (json_t *json, DioDataset *dataset, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++) {
    json_t *target = json;
    if (figures[i].group) {
      target = json_object_get (json, figures[i].group);
      if (!target) {
        json_object_set_new (json, figures[i].group, json_object ());
        target = json_object_get (json, figures[i].group);
      }
    }
    if (!add_count (target, dataset, figures[i].key, figures[i].query, error))
      return FALSE;
  }
  return TRUE;
}

static void
add_categories (json_t *json, const DioScenario *scenario, const Tally *tally)
{
  json_t *list = json_array ();

  for (guint i = 0; i < tally->n_categories; i++) {
    const DioCategory *category = scenario->categories->pdata[i];
    if (!category->thing)
      continue;
    json_t *entry = verdicts_to_json (tally->by_category[i]);
    json_object_set_new (entry, "name",
                         json_string (category->name ? category->name : category->id));
    json_array_append_new (list, entry);
  }
  json_object_set_new (json, "categories", list);
}

json_t *
dio_dataset_collect_statistics (DioDataset *dataset, const DioLabelPolicy *policy, GError **error)
{
  g_return_val_if_fail (dataset && policy, NULL);

  DioScenario *scenario = dio_dataset_get_scenario (dataset, error);
  if (!scenario)
    return NULL;
  guint n = scenario->categories->len;
  g_autofree guint64 (*by_category)[N_VERDICTS] = g_malloc0_n (MAX (n, 1), sizeof *by_category);
  Tally tally = {
    .policy = policy,
    .categories = scenario->categories,
    .n_categories = n,
    .by_category = by_category,
    .histograms = {
      [HISTOGRAM_VISIBILITY] = { "visibility", NULL, N_BINS, { 0 } },
      [HISTOGRAM_TRUNCATION] = { "truncation", NULL, N_BINS, { 0 } },
      [HISTOGRAM_SIDE] = { "box_side_px", side_edges, G_N_ELEMENTS (side_edges) + 1, { 0 } },
      [HISTOGRAM_DISTANCE] = { "distance_m", distance_edges, G_N_ELEMENTS (distance_edges) + 1, { 0 } },
    },
  };
  g_autoptr (json_t) json = json_object ();
  if (!collect_annotations (dataset, &tally, error) || !add_figures (json, dataset, error)
      || !collect_causes (json, dataset, error))
    return NULL;
  json_t *occlusion = dio_dataset_collect_occlusion (dataset, scenario, error);
  if (occlusion == NULL || !dio_dataset_add_outcomes (json, dataset, error))
    return NULL;
  json_object_set_new (json, "occlusion", occlusion);
  json_object_set_new (json, "annotations", json_integer ((json_int_t) tally.annotations));
  json_object_set_new (json, "verdicts", verdicts_to_json (tally.verdicts));
  add_categories (json, scenario, &tally);
  for (guint i = 0; i < N_HISTOGRAMS; i++)
    json_object_set_new (json, tally.histograms[i].name, histogram_to_json (&tally.histograms[i]));
  return g_steal_pointer (&json);
}
