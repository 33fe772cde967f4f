#define G_LOG_DOMAIN "dio-cli"

#include "dio-base-json.h"
#include "dio-cli-command.h"
#include "dio-cli-options.h"
#include "dio-cli-stats-private.h"
#include "dio-dataset-policy.h"
#include "dio-dataset-statistics.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

static void
print_counts (const json_t *stats)
{
  g_print (_ ("frames       %" PRId64 " done, %" PRId64 " failed\n"),
           (gint64) json_integer_value (json_object_get (stats, "frames")),
           (gint64) json_integer_value (json_object_get (stats, "failed")));
  const json_t *sequences = json_object_get (stats, "sequences");
  if (json_integer_value (json_object_get (sequences, "count")) > 0)
    g_print (_ ("sequences    %" PRId64 " with %" PRId64 " steps\n"),
             (gint64) json_integer_value (json_object_get (sequences, "count")),
             (gint64) json_integer_value (json_object_get (sequences, "steps")));
  g_print (_ ("captures     %" PRId64 "\n"),
           (gint64) json_integer_value (json_object_get (stats, "captures")));
  const json_t *verdicts = json_object_get (stats, "verdicts");
  g_print (
      _ ("annotations  %" PRId64 ": %" PRId64 " kept, %" PRId64 " ignored, %" PRId64 " dropped\n"),
      (gint64) json_integer_value (json_object_get (stats, "annotations")),
      (gint64) json_integer_value (json_object_get (verdicts, "keep")),
      (gint64) json_integer_value (json_object_get (verdicts, "ignore")),
      (gint64) json_integer_value (json_object_get (verdicts, "drop")));
  const json_t *checks = json_object_get (stats, "checks");
  g_print (_ ("self-checks  %" PRId64 " captures failed, %" PRId64 " notes\n"),
           (gint64) json_integer_value (json_object_get (checks, "failed")),
           (gint64) json_integer_value (json_object_get (checks, "notes")));
  const json_t *gl = json_object_get (stats, "gl");
  if (json_integer_value (json_object_get (gl, "pixels")) == 0) {
    g_print (_ ("OpenGL ids   not compared: no colour was rendered\n"));
    return;
  }
  g_print (_ ("OpenGL ids   %" PRId64 " of %" PRId64 " pixels differ from the label rays, %" PRId64
              " of them away from any edge\n"),
           (gint64) json_integer_value (json_object_get (gl, "differing_px")),
           (gint64) json_integer_value (json_object_get (gl, "pixels")),
           (gint64) json_integer_value (json_object_get (gl, "unexplained_px")));
}

/* Why the two differ: pixels by reason and surface. */
static void
print_causes (const json_t *stats)
{
  json_t *causes = json_object_get (json_object_get (stats, "gl"), "causes");
  const char *cause;
  json_t *pixels;
  json_object_foreach (causes, cause, pixels)
    g_print ("%12s %9" PRId64 " %s\n", "", (gint64) json_integer_value (pixels), cause);
}

static void
print_categories (const json_t *stats)
{
  g_print ("\n%-24s %9s %9s %9s\n", _ ("category"), _ ("kept"), _ ("ignored"), _ ("dropped"));
  size_t i;
  json_t *category;
  json_array_foreach (json_object_get (stats, "categories"), i, category) {
    g_print ("%-24s %9" PRId64 " %9" PRId64 " %9" PRId64 "\n",
             json_string_value (json_object_get (category, "name")),
             (gint64) json_integer_value (json_object_get (category, "keep")),
             (gint64) json_integer_value (json_object_get (category, "ignore")),
             (gint64) json_integer_value (json_object_get (category, "drop")));
  }
}

/* One bar per tenth of visibility. */
static void
print_visibility (const json_t *stats)
{
  const json_t *histogram = json_object_get (stats, "visibility");
  json_int_t most = 1;
  size_t i;
  json_t *count;
  json_array_foreach (histogram, i, count)
    most = MAX (most, (gint64) json_integer_value (count));
  g_print ("\n%s\n", _ ("visibility"));
  json_array_foreach (histogram, i, count) {
    int cells = (int) ((gint64) json_integer_value (count) * 40 / most);
    g_autoptr (GString) bar = g_string_new (NULL);
    for (int c = 0; c < cells; c++)
      g_string_append (bar, "█");
    g_print ("%.1f–%.1f %9" PRId64 " %s\n", (double) i / 10, (double) (i + 1) / 10,
             (gint64) json_integer_value (count), bar->str);
  }
}

int
dio_cli_stats (int argc, char **argv)
{
  gboolean as_json = FALSE;
  g_autofree char *preset = NULL;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("Print JSON"), NULL },
    { "policy", 0, 0, G_OPTION_ARG_STRING, &preset,
      N_ ("Judge by this preset instead of the scenario's policy"), N_ ("PRESET") },
    G_OPTION_ENTRY_NULL,
  };
  char *folder = NULL;
  if (!dio_cli_parse (argc, argv, entries, 1, &folder))
    return DIO_EXIT_USAGE;

  g_autoptr (GError) error = NULL;
  g_autoptr (DioDataset) dataset = dio_dataset_open (folder, DIO_DATASET_READ, &error);
  DioScenario *scenario = dataset != NULL ? dio_dataset_get_scenario (dataset, &error) : NULL;
  if (scenario == NULL)
    return dio_cli_fail ("stats", error);
  DioLabelPolicy policy;
  if (!dio_label_policy_for_scenario (&policy, &scenario->policy, preset))
    return dio_cli_usage_error ("stats", _ ("there is no policy named “%s”"), preset),
           DIO_EXIT_USAGE;
  g_autoptr (json_t) stats = dio_dataset_collect_statistics (dataset, &policy, &error);
  if (stats == NULL)
    return dio_cli_fail ("stats", error);
  if (as_json) {
    g_autofree char *text = dio_json_to_text (stats);
    g_print ("%s", text);
    return DIO_EXIT_DONE;
  }
  print_counts (stats);
  print_causes (stats);
  print_categories (stats);
  print_visibility (stats);
  dio_cli_print_occlusion (stats);
  return DIO_EXIT_DONE;
}
