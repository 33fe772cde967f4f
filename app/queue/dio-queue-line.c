/* What a supervisor says: lines of JSON on standard output, words for people on standard error. */
#define G_LOG_DOMAIN "dio-queue"

#include "dio-base-json.h"
#include "dio-queue-private.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* A line that is longer is cut: nothing that a supervisor says comes near. */
#define MOST_BYTES 65536

static void
take_lines (DioLineReader *reader, DioLineFunc func, gpointer user)
{
  char *start = reader->buffer->str, *newline;

  while ((newline = strchr (start, '\n'))) {
    *newline = '\0';
    if (start[0] != '\0')
      func (start, user);
    start = newline + 1;
  }
  g_string_erase (reader->buffer, 0, start - reader->buffer->str);
  if (reader->buffer->len > MOST_BYTES)
    g_string_truncate (reader->buffer, 0);
}

gboolean
dio_line_reader_read (DioLineReader *reader, int fd, DioLineFunc func, gpointer user)
{
  char bytes[4096];
  ssize_t n;

  if (!reader->buffer)
    reader->buffer = g_string_new (NULL);
  while ((n = read (fd, bytes, sizeof bytes)) > 0) {
    /* A zero byte would hide what follows it. */
    for (ssize_t i = 0; i < n; i++)
      g_string_append_c (reader->buffer, bytes[i] ? bytes[i] : '?');
    take_lines (reader, func, user);
  }
  if (n < 0)
    return errno == EAGAIN || errno == EINTR;
  if (reader->buffer->len > 0)
    func (reader->buffer->str, user);
  g_string_truncate (reader->buffer, 0);
  return FALSE;
}

void
dio_line_reader_clear (DioLineReader *reader)
{
  if (reader->buffer)
    g_string_free (g_steal_pointer (&reader->buffer), TRUE);
}

static guint64
get_count (const json_t *json, const char *key)
{
  return (guint64) MAX (json_integer_value (json_object_get (json, key)), 0);
}

static void
parse_state (const json_t *json, DioJobProgress *progress)
{
  const json_t *newest = json_object_get (json, "newest_frame");
  const json_t *stages = json_object_get (json, "stages");
  /* In the order of the work; an object has none. */
  static const char *const names[] = { "resolve", "stage",    "draw",  "readback",
                                       "rays",    "annotate", "encode" };

  progress->phase = g_strdup (json_string_value (json_object_get (json, "state")));
  progress->done = get_count (json, "done");
  progress->failed = get_count (json, "failed");
  progress->total = get_count (json, "total");
  progress->frames_per_s = json_number_value (json_object_get (json, "frames_per_s"));
  progress->seconds_left = json_number_value (json_object_get (json, "seconds_left"));
  progress->workers = (guint) get_count (json, "workers");
  progress->restarts = (guint) get_count (json, "restarts");
  progress->newest_frame = json_is_integer (newest) ? json_integer_value (newest) : -1;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    const json_t *seconds = json_object_get (stages, names[i]);
    if (json_is_number (seconds))
      progress->stages[progress->n_stages++] =
          (DioJobStage){ g_intern_static_string (names[i]), json_number_value (seconds) };
  }
}

gboolean
dio_queue_line_parse (const char *text, DioQueueLine *line)
{
  g_autoptr (json_t) json = dio_json_parse (text, strlen (text), "progress", NULL);
  const char *event = json_string_value (json_object_get (json, "event"));
  const char *message = json_string_value (json_object_get (json, "message"));

  *line = (DioQueueLine){ .is_event = event != NULL };
  if (event) {
    line->code = g_strdup (event);
    line->message = g_strdup (message ? message : "");
    return TRUE;
  }
  if (!json_is_string (json_object_get (json, "state")))
    return FALSE;
  parse_state (json, &line->progress);
  return TRUE;
}

void
dio_queue_line_clear (DioQueueLine *line)
{
  dio_job_progress_clear (&line->progress);
  g_clear_pointer (&line->code, g_free);
  g_clear_pointer (&line->message, g_free);
}
