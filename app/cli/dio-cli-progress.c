#define G_LOG_DOMAIN "dio-cli"

#include "dio-cli-progress.h"

#include "dio-base-json.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#define BAR_CELLS 28

struct DioCliProgress {
  DioProgressKind kind;
  gboolean line_open;
};

DioCliProgress *
dio_cli_progress_new (const char *option)
{
  DioProgressKind kind;
  if (option == NULL)
    kind = isatty (STDERR_FILENO) ? DIO_PROGRESS_BAR : DIO_PROGRESS_NONE;
  else if (g_str_equal (option, "bar"))
    kind = DIO_PROGRESS_BAR;
  else if (g_str_equal (option, "json"))
    kind = DIO_PROGRESS_JSON;
  else if (g_str_equal (option, "none"))
    kind = DIO_PROGRESS_NONE;
  else
    return NULL;
  DioCliProgress *progress = g_new0 (DioCliProgress, 1);
  progress->kind = kind;
  return progress;
}

static void
print_json_take (json_t *json)
{
  g_autofree char *line = dio_json_to_line (json);
  json_decref (json);
  printf ("%s\n", line);
  fflush (stdout);
}

static char *
dup_duration (double seconds)
{
  guint64 s = (guint64) (seconds + 0.5);
  if (s >= 3600)
    return g_strdup_printf ("%" PRIu64 ":%02u:%02u", s / 3600, (guint) (s / 60 % 60),
                            (guint) (s % 60));
  return g_strdup_printf ("%u:%02u", (guint) (s / 60), (guint) (s % 60));
}

static void
print_bar (DioCliProgress *progress, const DioProgressState *state)
{
  double share =
      state->total > 0 ? (double) (state->done + state->failed) / (double) state->total : 0;
  guint full = (guint) (share * BAR_CELLS + 0.5);
  g_autoptr (GString) line = g_string_new ("\r");
  g_string_append_printf (line, "%-10s ", state->state != NULL ? state->state : "");
  for (guint i = 0; i < BAR_CELLS; i++)
    g_string_append (line, i < full ? "█" : "░");
  g_string_append_printf (line, " %" PRIu64 "/%" PRIu64, state->done, state->total);
  if (state->frames_per_s > 0)
    g_string_append_printf (line, "  %.1f/s", state->frames_per_s);
  if (state->frames_per_s > 0 && state->done + state->failed < state->total) {
    g_autofree char *left = dup_duration (state->seconds_left);
    g_string_append_printf (line, _ ("  %s left"), left);
  }
  if (state->failed > 0)
    g_string_append_printf (line, _ ("  %" PRIu64 " failed"), state->failed);
  g_string_append (line, "\033[K");
  fputs (line->str, stderr);
  fflush (stderr);
  progress->line_open = TRUE;
}

static json_t *
stages_to_json (const DioProgressState *state)
{
  json_t *stages = json_object ();
  for (guint i = 0; i < state->n_stages; i++)
    json_object_set_new (stages, state->stages[i].name, json_real (state->stages[i].seconds));
  return stages;
}

static json_t *
state_to_json (const DioProgressState *state)
{
  json_t *json = json_pack (
      "{s:s, s:I, s:I, s:I, s:f, s:f, s:i, s:i}", "state", state->state != NULL ? state->state : "",
      "done", (json_int_t) state->done, "failed", (json_int_t) state->failed, "total",
      (json_int_t) state->total, "frames_per_s", state->frames_per_s, "seconds_left",
      state->seconds_left, "workers", (int) state->workers, "restarts", (int) state->restarts);
  if (state->newest_frame >= 0)
    json_object_set_new (json, "newest_frame", json_integer (state->newest_frame));
  if (state->n_stages > 0)
    json_object_set_new (json, "stages", stages_to_json (state));
  return json;
}

void
dio_cli_progress_update (DioCliProgress *progress, const DioProgressState *state)
{
  g_return_if_fail (progress != NULL && state != NULL);

  if (progress->kind == DIO_PROGRESS_BAR)
    print_bar (progress, state);
  if (progress->kind == DIO_PROGRESS_JSON)
    print_json_take (state_to_json (state));
}

void
dio_cli_progress_event (DioCliProgress *progress, const char *code, const char *message)
{
  g_return_if_fail (progress != NULL);

  if (progress->kind == DIO_PROGRESS_JSON)
    print_json_take (json_pack ("{s:s, s:s}", "event", code, "message", message));
  else
    fprintf (stderr, "%s%s\n", progress->line_open ? "\r\033[K" : "", message);
}

void
dio_cli_progress_free (DioCliProgress *progress)
{
  if (progress == NULL)
    return;
  if (progress->line_open)
    fputc ('\n', stderr);
  g_free (progress);
}
