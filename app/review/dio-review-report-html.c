/* The report as one page: no scripts, nothing from elsewhere, every text escaped. Bars are SVG, so that they print. */
#define G_LOG_DOMAIN "dio-review"

#include "dio-review-report.h"

#include "dio-review-bound.h"
#include "dio-review-verdicts.h"

#include <math.h>

static const char style[] =
    ":root{color-scheme:light "
    "dark;--line:#8884;--bar:#3584e4;--ok:#2ec27e;--bad:#c01c28;--flag:#e5a50a}"
    "body{font:15px/1.5 system-ui,sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem}"
    "h1{font-size:1.7rem;margin-bottom:0}h2{font-size:1.15rem;margin-top:2.2rem}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid var(--line)}"
    "td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}"
    ".result{font-size:1.1rem;border-left:4px solid var(--bar);padding-left:1rem}"
    ".dim{opacity:.7}code{word-break:break-all}"
    "tbody th{font-weight:600}td.group{font-weight:600;padding-top:.8rem}"
    "svg{width:100%;height:4.5rem}svg rect{fill:var(--bar)}"
    "svg.share{height:1.1rem;border-radius:.3rem;background:var(--line)}"
    "svg.share .accepted{fill:var(--ok)}svg.share .rejected{fill:var(--bad)}"
    "svg.share .flagged{fill:var(--flag)}"
    ".ends{display:flex;justify-content:space-between;max-width:30rem;font-size:.8rem;opacity:.7;"
    "font-variant-numeric:tabular-nums}"
    "svg.heat{max-width:16rem;height:auto;border:1px solid var(--line)}"
    "figure{margin:1rem 0;display:inline-block;width:26rem;max-width:100%;margin-right:1rem;"
    "vertical-align:top}figcaption{font-size:.9rem}"
    "@media print{body{margin:0;max-width:none}h2{break-after:avoid}figure,tr{break-inside:avoid}}";

static void
add_escaped (GString *out, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text ? text : "", -1);

  g_string_append (out, escaped);
}

static json_int_t
get_int (const json_t *object, const char *key)
{
  return json_integer_value (json_object_get (object, key));
}

static const char *
get_text (const json_t *object, const char *key)
{
  const char *text = json_string_value (json_object_get (object, key));

  return text ? text : "";
}

/* In per cent, whatever the locale. */
static void
add_percent (GString *out, double share)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (text, sizeof text, share < 0.1 ? "%.2f" : "%.1f", 100 * share);
  g_string_append_printf (out, "%s&nbsp;%%", text);
}

/* A bound from above, never said smaller than it is. */
static void
add_upper (GString *out, double share)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  char format[] = "%.0f";
  double percent;

  format[2] = (char) ('0' + dio_review_bound_to_percent (share, &percent));
  g_ascii_formatd (text, sizeof text, format, percent);
  g_string_append_printf (out, "%s&nbsp;%%", text);
}

static void
add_number_cell (GString *out, json_int_t value)
{
  g_string_append_printf (out, "<td class=\"n\">%" JSON_INTEGER_FORMAT "</td>", value);
}

static void
add_text_cell (GString *out, const char *text)
{
  g_string_append (out, "<td>");
  add_escaped (out, text);
  g_string_append (out, "</td>");
}

static void
add_head (GString *out, const json_t *report)
{
  const json_t *dataset = json_object_get (report, "dataset");

  g_string_append (out, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                        "<meta name=\"viewport\" content=\"width=device-width\"><title>Review of ");
  add_escaped (out, get_text (dataset, "name"));
  g_string_append_printf (out, "</title><style>%s</style></head>\n<body>\n<h1>Review of ", style);
  add_escaped (out, get_text (dataset, "name"));
  g_string_append (out, "</h1>\n<p class=\"dim\">Scenario “");
  add_escaped (out, get_text (dataset, "scenario"));
  g_string_append (out, "”, report made ");
  add_escaped (out, get_text (report, "made"));
  g_string_append (out, "</p>\n");
  if (json_is_string (json_object_get (dataset, "digest"))) {
    g_string_append (out, "<p>Digest of the dataset: <code>");
    add_escaped (out, get_text (dataset, "digest"));
    g_string_append (out, "</code></p>\n");
  }
}

static void
add_runs (GString *out, const json_t *report)
{
  const json_t *runs = json_object_get (json_object_get (report, "dataset"), "runs");
  size_t i;
  json_t *run;

  json_array_foreach ((json_t *) runs, i, run) {
    json_int_t first = get_int (run, "first"), count = get_int (run, "count");
    g_string_append_printf (out,
                            "<p>Frames %" JSON_INTEGER_FORMAT " to %" JSON_INTEGER_FORMAT
                            " of seed %" JSON_INTEGER_FORMAT ".</p>\n",
                            first, first + count - 1, get_int (run, "seed"));
  }
}

static void
add_result (GString *out, const json_t *report)
{
  const json_t *audit = json_object_get (report, "audit");
  const char *unit = g_str_equal (get_text (audit, "unit"), "frames") ? "pictures" : "objects";

  g_string_append (out, "<h2>Result</h2>\n<p class=\"result\">");
  if (get_int (audit, "decided") == 0) {
    g_string_append (out, "Nothing has been decided yet.</p>\n");
    return;
  }
  g_string_append_printf (out,
                          "%" JSON_INTEGER_FORMAT " of %" JSON_INTEGER_FORMAT
                          " %s that were looked at are rejected. ",
                          get_int (audit, "rejected"), get_int (audit, "decided"), unit);
  if (json_is_true (json_object_get (audit, "random"))) {
    g_string_append_printf (out,
                            "They are of a random sample of %" JSON_INTEGER_FORMAT
                            " (seed %" JSON_INTEGER_FORMAT "): ",
                            get_int (audit, "size"), get_int (audit, "seed"));
    g_string_append (out, "with 95&nbsp;% confidence, at most ");
    add_upper (out, json_real_value (json_object_get (audit, "upper")));
    g_string_append_printf (out, " of all %s are bad (two-sided interval ", unit);
    add_percent (out, json_real_value (json_object_get (audit, "low")));
    g_string_append (out, " to ");
    add_percent (out, json_real_value (json_object_get (audit, "high")));
    g_string_append (out, ", Clopper and Pearson).</p>\n");
    return;
  }
  g_string_append (out, "They were not drawn at random, so nothing follows for the rest.</p>\n");
}

/* How far it has come, as one bar: what is left empty is undecided. */
static void
add_share (GString *out, const json_t *unit, const char *title)
{
  static const char *const states[] = { "accepted", "rejected", "flagged" };
  json_int_t total = get_int (unit, "total");
  double x = 0;

  if (total == 0)
    return;
  g_string_append_printf (out,
                          "<p>%s</p><svg class=\"share\" viewBox=\"0 0 1000 10\" "
                          "preserveAspectRatio=\"none\" role=\"img\"><title>%s</title>",
                          title, title);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++) {
    double width = 1000.0 * (double) get_int (unit, states[i]) / (double) total;
    char text[2][G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd (text[0], sizeof text[0], "%.2f", x);
    g_ascii_formatd (text[1], sizeof text[1], "%.2f", width);
    if (width > 0)
      g_string_append_printf (out,
                              "<rect class=\"%s\" x=\"%s\" y=\"0\" width=\"%s\" height=\"10\"/>",
                              states[i], text[0], text[1]);
    x += width;
  }
  g_string_append (out, "</svg>\n");
}

static void
add_units (GString *out, const json_t *report)
{
  static const char *const units[][2] = { { "frames", "Pictures" }, { "objects", "Objects" } };
  static const char *const columns[] = { "total",   "undecided", "accepted", "rejected",
                                         "flagged", "stale",     "disputed" };

  g_string_append (out, "<h2>Decisions</h2>\n<table><tr><th></th>");
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    g_string_append_printf (out, "<th class=\"n\">%c%s</th>", g_ascii_toupper (columns[i][0]),
                            columns[i] + 1);
  g_string_append (out, "</tr>\n");
  for (guint u = 0; u < G_N_ELEMENTS (units); u++) {
    const json_t *unit = json_object_get (report, units[u][0]);
    g_string_append_printf (out, "<tr><th>%s</th>", units[u][1]);
    for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
      add_number_cell (out, get_int (unit, columns[i]));
    g_string_append (out, "</tr>\n");
  }
  g_string_append (out,
                   "</table>\n<p class=\"dim\">Stale: the label changed after the decision; it "
                   "counts as undecided. Disputed: the last words of two reviewers differ; the "
                   "later one counts.</p>\n");
  for (guint u = 0; u < G_N_ELEMENTS (units); u++)
    add_share (out, json_object_get (report, units[u][0]), units[u][1]);
}

/* A ready-made reason as people read it, any other as it stands. */
static const char *
get_reason (const char *name)
{
  guint n;
  const DioReviewReason *reasons = dio_review_get_reasons (&n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (reasons[i].name, name))
      return reasons[i].label;
  return name;
}

static void
add_reasons (GString *out, const json_t *report)
{
  const json_t *reasons = json_object_get (report, "reasons");
  size_t i;
  json_t *one;

  if (json_array_size (reasons) == 0)
    return;
  g_string_append (out, "<h2>Reasons</h2>\n<table><tr><th>Reason</th><th class=\"n\">Rejected</th>"
                        "</tr>\n");
  json_array_foreach ((json_t *) reasons, i, one) {
    g_string_append (out, "<tr>");
    add_text_cell (out, get_reason (get_text (one, "reason")));
    add_number_cell (out, get_int (one, "count"));
    g_string_append (out, "</tr>\n");
  }
  g_string_append (out, "</table>\n");
}

static void
add_cause (GString *out, const json_t *one)
{
  char lift[G_ASCII_DTOSTR_BUF_SIZE], p[G_ASCII_DTOSTR_BUF_SIZE];
  gboolean of_frames = g_str_equal (get_text (one, "unit"), "frames");

  g_ascii_formatd (lift, sizeof lift, "%.1f", json_real_value (json_object_get (one, "lift")));
  g_ascii_formatd (p, sizeof p, "%.2g", json_real_value (json_object_get (one, "p")));
  g_string_append (out, "<tr>");
  add_text_cell (out, get_text (one, "cause"));
  add_text_cell (out, get_text (one, "randomizer"));
  g_string_append_printf (out,
                          "<td class=\"n\">%" JSON_INTEGER_FORMAT " of %" JSON_INTEGER_FORMAT
                          " %s</td><td class=\"n\">%s</td><td class=\"n\">%s</td></tr>\n",
                          get_int (one, "rejected"), get_int (one, "of"),
                          of_frames ? "pictures" : "objects", lift, p);
}

/* The rows of one group, under its title. */
static void
add_cause_group (GString *out, const json_t *causes, const char *group, const char *title)
{
  gboolean any = FALSE;
  size_t i;
  json_t *one;

  json_array_foreach ((json_t *) causes, i, one) {
    if (!g_str_equal (get_text (one, "group"), group))
      continue;
    if (!any)
      g_string_append_printf (out, "<tr><td class=\"group\" colspan=\"5\">%s</td></tr>\n", title);
    any = TRUE;
    add_cause (out, one);
  }
}

static void
add_causes (GString *out, const json_t *report)
{
  static const char *const groups[][2] = { { "assets", "Assets" },
                                           { "materials", "Materials" },
                                           { "randomizers", "Other randomizers" },
                                           { "others", "Objects, categories and sensors" } };
  const json_t *causes = json_object_get (report, "causes");

  if (json_array_size (causes) == 0)
    return;
  g_string_append (out, "<h2>What rejects have in common</h2>\n<table><tr><th>Cause</th>"
                        "<th>Randomizer</th><th class=\"n\">Rejected</th><th class=\"n\">Lift</th>"
                        "<th class=\"n\">Chance</th></tr>\n");
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    add_cause_group (out, causes, groups[i][0], groups[i][1]);
  g_string_append (out,
                   "</table>\n<p class=\"dim\">Lift: how many times as often as all. Chance: how "
                   "likely so many rejects are where the cause has nothing to do with them. "
                   "Hundreds of causes are compared: one with a chance above 0.001 may well be "
                   "luck.</p>\n");
}

static void
add_reviewers (GString *out, const json_t *report)
{
  const json_t *reviewers = json_object_get (report, "reviewers");
  size_t i;
  json_t *one;

  if (json_array_size (reviewers) == 0)
    return;
  g_string_append (out, "<h2>Reviewers</h2>\n<table><tr><th>Name</th><th class=\"n\">Accepted</th>"
                        "<th class=\"n\">Rejected</th><th class=\"n\">Flagged</th><th>From</th>"
                        "<th>To</th></tr>\n");
  json_array_foreach ((json_t *) reviewers, i, one) {
    g_string_append (out, "<tr>");
    add_text_cell (out, get_text (one, "name"));
    add_number_cell (out, get_int (one, "accepted"));
    add_number_cell (out, get_int (one, "rejected"));
    add_number_cell (out, get_int (one, "flagged"));
    add_text_cell (out, get_text (one, "first"));
    add_text_cell (out, get_text (one, "last"));
    g_string_append (out, "</tr>\n");
  }
  g_string_append (out, "</table>\n");
}

/* Bars of equal width; heights in shares of the highest. */
static void
add_bars (
    GString *out, const char *caption, const char *low, const char *high, const json_t *counts)
{
  json_int_t most = 1;
  size_t i, n = json_array_size (counts);
  json_t *count;

  json_array_foreach ((json_t *) counts, i, count)
    most = MAX (most, json_integer_value (count));
  g_string_append_printf (out,
                          "<figure><svg viewBox=\"0 0 %zu 50\" preserveAspectRatio=\"none\" "
                          "role=\"img\"><title>%s</title>",
                          MAX (n, 1) * 10, caption);
  json_array_foreach ((json_t *) counts, i, count) {
    int height = (int) (json_integer_value (count) * 48 / most);
    /* What is there is seen. */
    if (json_integer_value (count) > 0)
      g_string_append_printf (out, "<rect x=\"%zu\" y=\"%d\" width=\"9\" height=\"%d\"/>", i * 10,
                              49 - height, height + 1);
  }
  g_string_append_printf (out,
                          "</svg><div class=\"ends\"><span>%s</span><span>%s</span></div>"
                          "<figcaption>%s (highest bar: %" JSON_INTEGER_FORMAT
                          ")</figcaption></figure>\n",
                          low, high, caption, most);
}

static void
add_heat (GString *out, const json_t *heat)
{
  json_int_t most = 1;
  size_t y, x;
  json_t *row, *count;

  json_array_foreach ((json_t *) heat, y, row)
    json_array_foreach (row, x, count)
      most = MAX (most, json_integer_value (count));
  g_string_append (out, "<figure><svg class=\"heat\" viewBox=\"0 0 32 32\" role=\"img\">"
                        "<title>Where objects are in the picture</title>");
  json_array_foreach ((json_t *) heat, y, row)
    json_array_foreach (row, x, count)
      if (json_integer_value (count) > 0) {
        int percent = 5 + (int) (json_integer_value (count) * 95 / most);
        g_string_append_printf (out,
                                "<rect x=\"%zu\" y=\"%zu\" width=\"1\" height=\"1\" "
                                "fill-opacity=\"%d%%\"/>",
                                x, y, percent);
      }
  g_string_append (out, "</svg><figcaption>Where objects are in the picture</figcaption></figure>"
                        "\n");
}

static void
add_statistics (GString *out, const json_t *report)
{
  const json_t *s = json_object_get (report, "statistics");
  size_t i;
  json_t *category;

  g_string_append (out, "<h2>The dataset</h2>\n<table><tr><th>Category</th>"
                        "<th class=\"n\">Objects</th><th class=\"n\">Pictures</th></tr>\n");
  json_array_foreach (json_object_get (s, "categories"), i, category) {
    if (get_int (category, "objects") == 0)
      continue;
    g_string_append (out, "<tr>");
    add_text_cell (out, get_text (category, "name"));
    add_number_cell (out, get_int (category, "objects"));
    add_number_cell (out, get_int (category, "frames"));
    g_string_append (out, "</tr>\n");
  }
  g_string_append_printf (
      out,
      "</table>\n<p>%" JSON_INTEGER_FORMAT " pictures, %" JSON_INTEGER_FORMAT
      " of them without objects; %" JSON_INTEGER_FORMAT " failed a self-check.</p>\n",
      get_int (s, "frames"), get_int (s, "empty_frames"), get_int (s, "failed_frames"));
  const json_t *per_picture = json_object_get (s, "objects_per_frame");
  size_t bars = json_array_size (per_picture);
  g_autofree char *most = g_strdup_printf ("%zu", bars > 0 ? bars - 1 : 0);
  add_bars (out, "Visibility", "0", "1", json_object_get (s, "visibility"));
  add_bars (out, "Size of boxes, doubling every second bar", "1 px", "4096 px",
            json_object_get (s, "sizes"));
  add_bars (out, "Objects in a picture", "0", most, per_picture);
  add_bars (out, "Brightness", "0", "1", json_object_get (s, "luminance"));
  add_heat (out, json_object_get (s, "heat"));
}

static void
add_assets (GString *out, const json_t *report)
{
  const json_t *assets = json_object_get (report, "assets");
  size_t i;
  json_t *one;

  if (json_array_size (assets) == 0)
    return;
  g_string_append (out, "<h2>Assets and their licences</h2>\n<table><tr><th>Asset</th>"
                        "<th>Author</th><th>Licence</th></tr>\n");
  json_array_foreach ((json_t *) assets, i, one) {
    const char *licence = get_text (one, "licence");
    g_string_append (out, "<tr>");
    add_text_cell (out, get_text (one, "id"));
    add_text_cell (out, get_text (one, "author"));
    add_text_cell (out, *licence ? licence : "not stated");
    g_string_append (out, "</tr>\n");
  }
  g_string_append (out, "</table>\n");
}

char *
dio_review_report_to_html (const json_t *report)
{
  g_return_val_if_fail (report, NULL);

  GString *out = g_string_new (NULL);

  add_head (out, report);
  add_runs (out, report);
  add_result (out, report);
  add_units (out, report);
  add_reasons (out, report);
  add_causes (out, report);
  add_reviewers (out, report);
  add_statistics (out, report);
  add_assets (out, report);
  g_string_append (out, "</body></html>\n");
  return g_string_free (out, FALSE);
}
