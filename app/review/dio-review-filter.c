/* Criteria as values: copied, extended, read from text. */
#define G_LOG_DOMAIN "dio-review"

#include "dio-core-error.h"
#include "dio-review-list.h"

#include <math.h>
#include <string.h>

struct DioReviewMarks {
  gatomicrefcount refs;
  guint32 n;
  guint8 bits[];
};

DioReviewMarks *
dio_review_marks_new (guint32 n_frames)
{
  DioReviewMarks *marks = g_malloc0 (sizeof (DioReviewMarks) + n_frames / 8 + 1);

  g_atomic_ref_count_init (&marks->refs);
  marks->n = n_frames;
  return marks;
}

DioReviewMarks *
dio_review_marks_ref (DioReviewMarks *marks)
{
  g_return_val_if_fail (marks, NULL);

  g_atomic_ref_count_inc (&marks->refs);
  return marks;
}

void
dio_review_marks_unref (DioReviewMarks *marks)
{
  if (marks && g_atomic_ref_count_dec (&marks->refs))
    g_free (marks);
}

void
dio_review_marks_add (DioReviewMarks *marks, guint32 frame_row)
{
  g_return_if_fail (marks && frame_row < marks->n);

  marks->bits[frame_row / 8] = (guint8) (marks->bits[frame_row / 8] | 1u << frame_row % 8);
}

gboolean
dio_review_marks_has (const DioReviewMarks *marks, guint32 frame_row)
{
  g_return_val_if_fail (marks, FALSE);

  return frame_row < marks->n && (marks->bits[frame_row / 8] >> frame_row % 8 & 1);
}

void
dio_review_filter_init (DioReviewFilter *filter)
{
  g_return_if_fail (filter);

  memset (filter, 0, sizeof *filter);
}

void
dio_review_filter_clear (DioReviewFilter *filter)
{
  g_return_if_fail (filter);

  g_clear_pointer (&filter->categories, g_array_unref);
  g_strfreev (filter->sensors);
  g_strfreev (filter->nodes);
  g_strfreev (filter->assets);
  g_strfreev (filter->reasons);
  g_strfreev (filter->tags);
  g_strfreev (filter->reviewers);
  g_free (filter->text);
  dio_review_marks_unref (filter->only);
  memset (filter, 0, sizeof *filter);
}

void
dio_review_filter_copy (const DioReviewFilter *filter, DioReviewFilter *out)
{
  g_return_if_fail (filter && out);

  *out = *filter;
  out->categories = filter->categories ? g_array_copy (filter->categories) : NULL;
  out->sensors = g_strdupv (filter->sensors);
  out->nodes = g_strdupv (filter->nodes);
  out->assets = g_strdupv (filter->assets);
  out->reasons = g_strdupv (filter->reasons);
  out->tags = g_strdupv (filter->tags);
  out->reviewers = g_strdupv (filter->reviewers);
  out->text = g_strdup (filter->text);
  if (filter->only)
    dio_review_marks_ref (filter->only);
}

gboolean
dio_review_filter_is_empty (const DioReviewFilter *filter)
{
  g_return_val_if_fail (filter, TRUE);

  return filter->ranges == 0 && !filter->has_area && filter->states == 0 && filter->policies == 0
         && filter->checks == DIO_REVIEW_CHECKS_ANY && !filter->stale_only && !filter->categories
         && !filter->sensors && !filter->nodes && !filter->assets && !filter->reasons
         && !filter->tags && !filter->reviewers && !(filter->text && *filter->text)
         && !filter->only;
}

void
dio_review_filter_set_range (DioReviewFilter *filter, DioReviewField field, double min, double max)
{
  g_return_if_fail (filter && field < DIO_REVIEW_N_FIELDS);

  filter->ranges |= 1u << field;
  filter->range[field] = (DioReviewRange){ min, max };
}

void
dio_review_filter_set_area (DioReviewFilter *filter, const DioReviewArea *area)
{
  g_return_if_fail (filter && area);

  filter->has_area = TRUE;
  filter->area = *area;
}

void
dio_review_filter_unset_range (DioReviewFilter *filter, DioReviewField field)
{
  g_return_if_fail (filter && field < DIO_REVIEW_N_FIELDS);

  filter->ranges &= ~(1u << field);
}

void
dio_review_filter_add_category (DioReviewFilter *filter, int category)
{
  g_return_if_fail (filter);

  if (!filter->categories)
    filter->categories = g_array_new (FALSE, FALSE, sizeof (int));
  g_array_append_val (filter->categories, category);
}

void
dio_review_filter_set_only (DioReviewFilter *filter, DioReviewMarks *marks)
{
  g_return_if_fail (filter);

  if (marks)
    dio_review_marks_ref (marks);
  dio_review_marks_unref (filter->only);
  filter->only = marks;
}

static void
add_string (GStrv *list, const char *text)
{
  guint n = *list ? g_strv_length (*list) : 0;

  *list = g_renew (char *, *list, n + 2);
  (*list)[n] = g_strdup (text);
  (*list)[n + 1] = NULL;
}

static gboolean
set_invalid (const char *text, const char *wanted, GError **error)
{
  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "The filter “%s” is not understood: %s", text,
               wanted);
  return FALSE;
}

static gboolean
parse_bound (const char *text, double fallback, double *out)
{
  char *end = NULL;

  *out = *text == '\0' ? fallback : g_ascii_strtod (text, &end);
  return *text == '\0' || (end != text && *end == '\0' && !isnan (*out));
}

static gboolean
add_range (DioReviewFilter *filter,
           DioReviewField field,
           const char *text,
           const char *value,
           GError **error)
{
  g_auto (GStrv) ends = g_strsplit (value, "..", 2);
  double min, max;

  if (!ends[0] || !ends[1] || !parse_bound (ends[0], -INFINITY, &min)
      || !parse_bound (ends[1], INFINITY, &max) || min > max)
    return set_invalid (text, "a range is MIN..MAX, either of which may be left out", error);
  dio_review_filter_set_range (filter, field, min, max);
  return TRUE;
}

static gboolean
add_area (DioReviewFilter *filter, const char *text, const char *value, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (value, ",", -1);
  double ends[4] = { 0 };
  gboolean ok = g_strv_length (parts) == 4;

  for (guint i = 0; ok && i < 4; i++)
    ok = parse_bound (parts[i], -1, &ends[i]) && ends[i] >= 0 && ends[i] <= 1;
  if (!ok || ends[0] >= ends[2] || ends[1] >= ends[3])
    return set_invalid (text, "an area is LEFT,TOP,RIGHT,BOTTOM in shares of the picture, 0 to 1",
                        error);
  dio_review_filter_set_area (filter, &(DioReviewArea){ ends[0], ends[1], ends[2], ends[3] });
  return TRUE;
}

static gboolean
add_category (DioReviewFilter *filter,
              const DioReviewTable *table,
              const char *text,
              const char *value,
              GError **error)
{
  for (guint i = 0; i < dio_review_table_get_n_categories (table); i++)
    if (g_str_equal (dio_review_table_get_category_name (table, i), value)) {
      dio_review_filter_add_category (filter, (int) i);
      return TRUE;
    }
  return set_invalid (text, "the dataset has no such category", error);
}

static gboolean
add_state (DioReviewFilter *filter, const char *text, const char *value, GError **error)
{
  DioReviewState state;

  if (!dio_review_state_from_name (value, &state))
    return set_invalid (text, "states are undecided, accepted, rejected, flagged", error);
  filter->states |= 1u << state;
  return TRUE;
}

static gboolean
add_policy (DioReviewFilter *filter, const char *text, const char *value, GError **error)
{
  for (guint i = DIO_VERDICT_KEEP; i <= DIO_VERDICT_DROP; i++)
    if (g_str_equal (dio_verdict_to_name ((DioVerdict) i), value)) {
      filter->policies |= 1u << i;
      return TRUE;
    }
  return set_invalid (text, "a policy keeps (keep), ignores (ignore) or drops (drop)", error);
}

static gboolean
add_checks (DioReviewFilter *filter, const char *text, const char *value, GError **error)
{
  if (g_str_equal (value, "passed"))
    filter->checks = DIO_REVIEW_CHECKS_PASSED;
  else if (g_str_equal (value, "failed"))
    filter->checks = DIO_REVIEW_CHECKS_FAILED;
  else
    return set_invalid (text, "checks are passed or failed", error);
  return TRUE;
}

/* Criteria that are lists of strings, or NULL. */
static GStrv *
find_list (DioReviewFilter *filter, const char *name)
{
  struct {
    const char *name;
    GStrv *list;
  } lists[] = { { "sensor", &filter->sensors }, { "node", &filter->nodes },
                { "asset", &filter->assets },   { "reason", &filter->reasons },
                { "tag", &filter->tags },       { "reviewer", &filter->reviewers } };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (g_str_equal (lists[i].name, name))
      return lists[i].list;
  return NULL;
}

gboolean
dio_review_filter_add_text (DioReviewFilter *filter,
                            const DioReviewTable *table,
                            const char *text,
                            GError **error)
{
  g_return_val_if_fail (filter && table && text, FALSE);

  g_auto (GStrv) parts = g_strsplit (text, "=", 2);
  DioReviewField field;

  if (!parts[0] || !parts[1])
    return set_invalid (text, "write NAME=VALUE", error);
  GStrv *list = find_list (filter, parts[0]);
  if (list) {
    add_string (list, parts[1]);
    return TRUE;
  }
  if (dio_review_field_from_name (parts[0], &field))
    return add_range (filter, field, text, parts[1], error);
  if (g_str_equal (parts[0], "area"))
    return add_area (filter, text, parts[1], error);
  if (g_str_equal (parts[0], "category"))
    return add_category (filter, table, text, parts[1], error);
  if (g_str_equal (parts[0], "state"))
    return add_state (filter, text, parts[1], error);
  if (g_str_equal (parts[0], "policy"))
    return add_policy (filter, text, parts[1], error);
  if (g_str_equal (parts[0], "checks"))
    return add_checks (filter, text, parts[1], error);
  if (g_str_equal (parts[0], "text")) {
    g_free (filter->text);
    filter->text = g_strdup (parts[1]);
    return TRUE;
  }
  if (g_str_equal (parts[0], "stale")) {
    filter->stale_only = g_str_equal (parts[1], "yes");
    return TRUE;
  }
  return set_invalid (text, "there is no criterion of that name", error);
}
