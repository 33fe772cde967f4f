/* How soon a picture follows the mouse: drags one object of a scenario about and prints, for drafts and for refined
 * results, the best, the median and the 90th percentile of the milliseconds from request to result, results a second,
 * and where the time goes. Usage: bench-preview SCENARIO NODE RESULTS [VIEW-WIDTHxVIEW-HEIGHT] */

#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-preview.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct {
  GMainLoop *loop;
  DioPreview *preview;
  DioScenario *scenario;
  char *folder;
  const char *node;
  guint view_width_px, view_height_px;
  gboolean draft;
  guint wanted, step;
  gint64 asked_us;
  DioVec3 start_m;
  GArray *latencies; /* of double */
  double sums[7];
} Bench;

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

/* The scenario with the object a little further on a circle of 10 cm. */
static void
drag (Bench *b)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_strdup_printf ("nodes/%s/translation", b->node);
  double x = 0.1 * ((b->step * 7 % 20) / 20.0 - 0.5), y = 0.1 * ((b->step * 3 % 20) / 20.0 - 0.5);
  json_t *value = json_pack ("[f, f, f]", b->start_m.x + x, b->start_m.y + y, b->start_m.z);
  DioScenario *moved = dio_scenario_with_property (b->scenario, path, value, &error);
  json_decref (value);
  if (moved == NULL)
    g_error ("%s", error->message);
  dio_scenario_unref (b->scenario);
  b->scenario = moved;
  b->step++;
}

static void
ask (Bench *b)
{
  b->asked_us = g_get_monotonic_time ();
  drag (b);
  DioPreviewRequest request = {
    .scenario = b->scenario,
    .scenario_folder = b->folder,
    .seed = 1,
    .want_sensor = TRUE,
    .draft = b->draft,
    .view = { .width_px = b->view_width_px,
              .height_px = b->view_height_px,
              .fov_y_rad = 0.9,
              .world_from_camera = dio_mat4_look_at (dio_vec3 (2, -2.5, 2.5), dio_vec3 (0, 0, 0),
                                                     dio_vec3 (0, 0, 1)) },
  };
  dio_preview_request (b->preview, &request);
}

static void
result_cb (DioPreviewResult *result, gpointer user)
{
  Bench *b = user;
  double ms = (double) (g_get_monotonic_time () - b->asked_us) / 1000;
  const double parts[] = { result->resolve_ms, result->stage_ms, result->view_ms,
                           result->draw_ms,    result->rays_ms,  result->annotate_ms,
                           result->total_ms };
  if (result->error != NULL)
    g_error ("%s", result->error->message);
  /* The first results pay for programs and structures. */
  if (b->step > 3) {
    g_array_append_val (b->latencies, ms);
    for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
      b->sums[i] += parts[i];
  }
  if (b->latencies->len >= b->wanted)
    g_main_loop_quit (b->loop);
  else
    ask (b);
}

static void
measure (Bench *b, gboolean draft)
{
  b->draft = draft;
  b->step = 0;
  b->latencies = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < G_N_ELEMENTS (b->sums); i++)
    b->sums[i] = 0;
  ask (b);
  g_main_loop_run (b->loop);
  double sum = 0;
  for (guint i = 0; i < b->latencies->len; i++)
    sum += g_array_index (b->latencies, double, i);
  g_array_sort (b->latencies, compare_doubles);
  double n = b->latencies->len;
  printf ("%s best %.1f ms, median %.1f ms, p90 %.1f ms, %.1f results/s; resolve %.1f stage %.1f "
          "view %.1f draw "
          "%.1f rays "
          "%.1f annotate %.1f total %.1f\n",
          draft ? "draft  " : "refined", g_array_index (b->latencies, double, 0),
          g_array_index (b->latencies, double, b->latencies->len / 2),
          g_array_index (b->latencies, double, b->latencies->len * 9 / 10), 1000 * n / sum,
          b->sums[0] / n, b->sums[1] / n, b->sums[2] / n, b->sums[3] / n, b->sums[4] / n,
          b->sums[5] / n, b->sums[6] / n);
  g_array_unref (b->latencies);
}

int
main (int argc, char **argv)
{
  if (argc < 4) {
    fprintf (stderr, "usage: bench-preview SCENARIO NODE RESULTS [WIDTHxHEIGHT]\n");
    return 2;
  }
  g_autoptr (GError) error = NULL;
  Bench b = { .node = argv[2], .wanted = (guint) atoi (argv[3]) };
  b.scenario = dio_scenario_load (argv[1], NULL, &error);
  if (b.scenario == NULL || dio_scenario_find_node (b.scenario, b.node) == NULL
      || (argc > 4 && sscanf (argv[4], "%ux%u", &b.view_width_px, &b.view_height_px) != 2)) {
    fprintf (stderr, "%s\n", error != NULL ? error->message : "no such node or no such size");
    return 2;
  }
  b.start_m = dio_scenario_find_node (b.scenario, b.node)->parent_from_node.translation_m;
  b.folder = g_path_get_dirname (argv[1]);
  b.loop = g_main_loop_new (NULL, FALSE);
  b.preview = dio_preview_new (NULL, result_cb, &b);
  measure (&b, TRUE);
  measure (&b, FALSE);
  dio_preview_free (b.preview);
  g_main_loop_unref (b.loop);
  dio_scenario_unref (b.scenario);
  g_free (b.folder);
  return 0;
}
