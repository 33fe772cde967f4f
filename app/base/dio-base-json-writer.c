#define G_LOG_DOMAIN "dio-base"

/* The streaming writer. Lists of a million annotations must diff and page well: items of the two outer
 * levels start a line of their own, everything deeper runs on. */

#include "dio-base-errno-private.h"
#include "dio-base-json-private.h"
#include "dio-base-json.h"
#include "dio-core-error.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <unistd.h>

#define FLUSH_BYTES (256u << 10)
#define LINE_LEVELS 2

/** One open container. */
typedef struct {
  gboolean is_object;
  gboolean has_items;
  gboolean has_key; /**< a key was written and waits for its value */
} Level;

struct DioJsonWriter {
  char *path;
  int fd;
  GString *buffer;
  GArray *levels;    /**< Level, outermost first */
  gboolean complete; /**< the one root value is closed */
  GError *error;     /**< the first; everything after it is ignored */
};

DioJsonWriter *
dio_json_writer_new (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  int fd = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0) {
    dio_base_set_errno (error, errno, "write", path);
    return NULL;
  }
  DioJsonWriter *w = g_new0 (DioJsonWriter, 1);
  w->path = g_strdup (path);
  w->fd = fd;
  w->buffer = g_string_sized_new (FLUSH_BYTES + 4096);
  w->levels = g_array_new (FALSE, FALSE, sizeof (Level));
  return w;
}

static Level *
get_level (DioJsonWriter *w)
{
  return w->levels->len > 0 ? &g_array_index (w->levels, Level, w->levels->len - 1) : NULL;
}

static void
flush_buffer (DioJsonWriter *w)
{
  if (!w->error && !dio_base_write_all (w->fd, w->buffer->str, w->buffer->len))
    dio_base_set_errno (&w->error, errno, "write", w->path);
  g_string_truncate (w->buffer, 0);
}

static void
start_line (DioJsonWriter *w)
{
  if (w->levels->len <= LINE_LEVELS)
    g_string_append_printf (w->buffer, "\n%*s", (int) w->levels->len, "");
}

static void
begin_item (DioJsonWriter *w, Level *level)
{
  if (level->has_items)
    g_string_append_c (w->buffer, ',');
  level->has_items = TRUE;
  start_line (w);
}

/* Writes what stands before a value; returns FALSE after an error. */
static gboolean
begin_value (DioJsonWriter *w)
{
  g_return_val_if_fail (w != NULL, FALSE);
  g_return_val_if_fail (!w->complete, FALSE); /* one root value only */

  if (w->error)
    return FALSE;
  if (w->buffer->len >= FLUSH_BYTES)
    flush_buffer (w);
  Level *level = get_level (w);
  if (!level)
    return TRUE;
  g_return_val_if_fail (!level->is_object || level->has_key, FALSE);
  if (!level->is_object)
    begin_item (w, level);
  level->has_key = FALSE;
  return TRUE;
}

static void
end_value (DioJsonWriter *w)
{
  w->complete = w->levels->len == 0;
}

static void
begin_container (DioJsonWriter *w, gboolean is_object)
{
  if (!begin_value (w))
    return;
  g_string_append_c (w->buffer, is_object ? '{' : '[');
  Level level = { .is_object = is_object };
  g_array_append_val (w->levels, level);
}

static void
end_container (DioJsonWriter *w, gboolean is_object)
{
  g_return_if_fail (w != NULL);

  if (w->error)
    return;
  Level *level = get_level (w);
  g_return_if_fail (level != NULL && level->is_object == is_object && !level->has_key);
  gboolean has_items = level->has_items;
  gboolean on_lines = w->levels->len <= LINE_LEVELS;
  g_array_set_size (w->levels, w->levels->len - 1);
  if (has_items && on_lines)
    start_line (w);
  g_string_append_c (w->buffer, is_object ? '}' : ']');
  end_value (w);
}

void
dio_json_writer_begin_object (DioJsonWriter *w)
{
  begin_container (w, TRUE);
}

void
dio_json_writer_end_object (DioJsonWriter *w)
{
  end_container (w, TRUE);
}

void
dio_json_writer_begin_array (DioJsonWriter *w)
{
  begin_container (w, FALSE);
}

void
dio_json_writer_end_array (DioJsonWriter *w)
{
  end_container (w, FALSE);
}

/* Appends @text, or makes text that is not UTF-8 the sticky error: no reader would take the file. */
static void
append_checked_string (DioJsonWriter *w, const char *text)
{
  if (g_utf8_validate (text, -1, NULL))
    dio_base_json_append_string (w->buffer, text);
  else
    g_set_error (&w->error, DIO_ERROR, DIO_ERROR_INVALID,
                 "Cannot write %s: a text is not UTF-8; rename what it names", w->path);
}

void
dio_json_writer_key (DioJsonWriter *w, const char *key)
{
  g_return_if_fail (w != NULL);
  g_return_if_fail (key != NULL);

  if (w->error)
    return;
  Level *level = get_level (w);
  g_return_if_fail (level != NULL && level->is_object && !level->has_key);
  begin_item (w, level);
  append_checked_string (w, key);
  g_string_append_c (w->buffer, ':');
  level->has_key = TRUE;
}

void
dio_json_writer_string (DioJsonWriter *w, const char *value)
{
  g_return_if_fail (value != NULL);

  if (!begin_value (w))
    return;
  append_checked_string (w, value);
  end_value (w);
}

void
dio_json_writer_int (DioJsonWriter *w, gint64 value)
{
  if (!begin_value (w))
    return;
  dio_base_json_append_int (w->buffer, value);
  end_value (w);
}

void
dio_json_writer_double (DioJsonWriter *w, double value)
{
  if (!begin_value (w))
    return;
  if (isfinite (value))
    dio_base_json_append_double (w->buffer, value);
  else
    g_set_error (&w->error, DIO_ERROR, DIO_ERROR_INVALID,
                 "Cannot write %s: JSON has no text for a number that is not finite", w->path);
  end_value (w);
}

static void
write_word (DioJsonWriter *w, const char *word)
{
  if (!begin_value (w))
    return;
  g_string_append (w->buffer, word);
  end_value (w);
}

void
dio_json_writer_bool (DioJsonWriter *w, gboolean value)
{
  write_word (w, value ? "true" : "false");
}

void
dio_json_writer_null (DioJsonWriter *w)
{
  write_word (w, "null");
}

gboolean
dio_json_writer_close (DioJsonWriter *w, GError **error)
{
  g_return_val_if_fail (w != NULL, FALSE);

  if (!w->error && !w->complete)
    g_set_error (&w->error, DIO_ERROR, DIO_ERROR_FAILED,
                 "Cannot write %s: the document was not finished", w->path);
  g_string_append_c (w->buffer, '\n');
  flush_buffer (w);
  if (!w->error && fsync (w->fd) != 0 && errno != EINVAL) /* EINVAL: a pipe or device */
    dio_base_set_errno (&w->error, errno, "sync", w->path);
  if (close (w->fd) != 0 && !w->error)
    dio_base_set_errno (&w->error, errno, "close", w->path);

  gboolean ok = w->error == NULL;
  if (!ok)
    g_propagate_error (error, g_steal_pointer (&w->error));
  g_array_unref (w->levels);
  g_string_free (w->buffer, TRUE);
  g_free (w->path);
  g_free (w);
  return ok;
}
