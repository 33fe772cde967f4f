/* The file of one reviewer's verdicts. It has a rollback journal, never a write-ahead log: folders may be on a network,
 * and whoever reads it needs to see one file. */
#define G_LOG_DOMAIN "dio-review"

#include "dio-review-log.h"

#include "dio-base-path.h"
#include "dio-core-error.h"
#include "dio-review-resources.h"
#include "dio-sql.h"

#include <string.h>
#include <unistd.h>

/* "DioV" */
#define APPLICATION_ID 0x44696f56
/* A reader waits this long for a writer, whose transactions are short. */
#define READ_TIMEOUT_MS 1000
#define MAX_NAMES 100

struct DioReviewLog {
  char *folder, *reviewer;
  DioSql *sql; /**< NULL before the first write */
  DioSqlStatement *put_action, *put_verdict;
};

/* By hand and once: the constructor of a resource in a static library is dropped by the linker. */
static GResource *
get_resource (void)
{
  static gsize registered;

  if (g_once_init_enter (&registered)) {
    dio_review_register_resource ();
    g_once_init_leave (&registered, 1);
  }
  return dio_review_get_resource ();
}

static DioSql *
open_sql (const char *path, DioSqlMode mode, GError **error)
{
  static const char *const paths[] = { "/diorama/review/schema/version-1.sql", NULL };
  g_auto (GStrv) schema = dio_sql_dup_schema (get_resource (), paths);
  DioSqlDesc desc = {
    .path = path,
    .mode = mode,
    .application_id = APPLICATION_ID,
    .schema = (const char *const *) schema,
    .busy_timeout_ms = mode == DIO_SQL_READ ? READ_TIMEOUT_MS : 0,
  };

  return dio_sql_open (&desc, error);
}

char *
dio_review_log_dup_user_folder (const char *identity)
{
  g_return_val_if_fail (identity, NULL);

  g_autofree char *name = dio_path_sanitize_name (identity);
  return g_build_filename (g_get_user_data_dir (), "diorama", "reviews", name, NULL);
}

char *
dio_review_log_dup_folder (const char *dataset_folder, const char *identity)
{
  g_return_val_if_fail (dataset_folder && identity, NULL);

  g_autofree char *beside = g_build_filename (dataset_folder, "reviews", NULL);
  const char *needed = g_file_test (beside, G_FILE_TEST_IS_DIR) ? beside : dataset_folder;

  if (access (needed, W_OK | X_OK) == 0)
    return g_steal_pointer (&beside);
  return dio_review_log_dup_user_folder (identity);
}

char *
dio_review_log_dup_default_reviewer (void)
{
  const char *name = g_get_user_name ();

  return g_utf8_make_valid (name && *name ? name : "reviewer", -1);
}

DioReviewLog *
dio_review_log_new (const char *folder, const char *reviewer)
{
  g_return_val_if_fail (folder && reviewer, NULL);

  DioReviewLog *log = g_new0 (DioReviewLog, 1);

  log->folder = g_strdup (folder);
  log->reviewer = g_utf8_make_valid (reviewer, -1);
  return log;
}

void
dio_review_log_free (DioReviewLog *log)
{
  if (!log)
    return;
  dio_sql_statement_free (log->put_action);
  dio_sql_statement_free (log->put_verdict);
  dio_sql_close (log->sql);
  g_free (log->folder);
  g_free (log->reviewer);
  g_free (log);
}

static char *
dup_reviewer (DioSql *sql, GError **error)
{
  g_autoptr (DioSqlStatement) statement =
      dio_sql_prepare (sql, "SELECT value FROM meta WHERE key = 'reviewer'", error);
  gboolean row = FALSE;

  if (!statement || !dio_sql_step (statement, &row, error))
    return NULL;
  const char *text = row ? dio_sql_column_text (statement, 0) : NULL;
  return text ? g_utf8_make_valid (text, -1) : g_strdup ("");
}

static gboolean
put_reviewer (DioReviewLog *log, GError **error)
{
  g_autoptr (DioSqlStatement) statement =
      dio_sql_prepare (log->sql, "INSERT INTO meta (key, value) VALUES ('reviewer', ?1)", error);

  if (!statement)
    return FALSE;
  dio_sql_bind_text (statement, 1, log->reviewer);
  return dio_sql_run (statement, error);
}

/* Two names can become one file name ("a b", "a_b"): the second gets a number. FALSE without an error: another one's. */
static gboolean
try_open (DioReviewLog *log, const char *path, GError **error)
{
  g_autofree char *owner = NULL;
  gboolean is_new = !g_file_test (path, G_FILE_TEST_EXISTS);

  log->sql = open_sql (path, is_new ? DIO_SQL_CREATE : DIO_SQL_WRITE, error);
  if (!log->sql || !(owner = dup_reviewer (log->sql, error)))
    return FALSE;
  /* Nobody's: made a moment ago, by this process or by one that was killed before it could say whose. */
  if (*owner == '\0')
    return put_reviewer (log, error);
  return g_str_equal (owner, log->reviewer);
}

static gboolean
open_log (DioReviewLog *log, GError **error)
{
  g_autofree char *base = dio_path_sanitize_name (log->reviewer);

  if (!dio_path_make_folders (log->folder, error))
    return FALSE;
  for (guint i = 1; i <= MAX_NAMES; i++) {
    g_autofree char *name =
        i == 1 ? g_strconcat (base, ".db", NULL) : g_strdup_printf ("%s-%u.db", base, i);
    g_autofree char *path = g_build_filename (log->folder, name, NULL);
    g_autoptr (GError) inner = NULL;
    if (try_open (log, path, &inner))
      return TRUE;
    g_clear_pointer (&log->sql, dio_sql_close);
    if (inner) {
      g_propagate_error (error, g_steal_pointer (&inner));
      return FALSE;
    }
  }
  g_set_error (error, DIO_ERROR, DIO_ERROR_EXISTS,
               "Too many reviewers in “%s” are called like “%s”: choose another name", log->folder,
               log->reviewer);
  return FALSE;
}

static gboolean
prepare (DioReviewLog *log, GError **error)
{
  if (!log->sql && !open_log (log, error))
    return FALSE;
  if (!log->put_action)
    log->put_action =
        dio_sql_prepare (log->sql, "INSERT INTO actions (id, undoes) VALUES (?1, ?2)", error);
  if (log->put_action && !log->put_verdict)
    log->put_verdict =
        dio_sql_prepare (log->sql,
                         "INSERT INTO verdicts (action, item, run, seed, frame_index, take, sensor,"
                         " object, label, state, reason, comment, tags)"
                         " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
                         error);
  return log->put_verdict != NULL;
}

static gboolean
put_entry (
    DioReviewLog *log, gint64 action, guint item, const DioReviewEntry *entry, GError **error)
{
  DioSqlStatement *s = log->put_verdict;

  dio_sql_bind_int (s, 1, action);
  dio_sql_bind_int (s, 2, item);
  dio_sql_bind_int (s, 3, entry->key.run);
  dio_sql_bind_int (s, 4, (gint64) entry->key.seed);
  dio_sql_bind_int (s, 5, entry->key.index);
  dio_sql_bind_int (s, 6, entry->key.take);
  dio_sql_bind_text (s, 7, entry->key.sensor);
  if (entry->key.has_object)
    dio_sql_bind_int (s, 8, (gint64) entry->key.object_key);
  else
    dio_sql_bind_null (s, 8);
  dio_sql_bind_int (s, 9, (gint64) entry->label_hash);
  dio_sql_bind_int (s, 10, entry->state);
  dio_sql_bind_text (s, 11, entry->reason ? entry->reason : "");
  dio_sql_bind_text (s, 12, entry->comment ? entry->comment : "");
  dio_sql_bind_text (s, 13, entry->tags ? entry->tags : "");
  return dio_sql_run (s, error);
}

static gboolean
put_one (DioReviewLog *log, const DioReviewAction *action, GError **error)
{
  dio_sql_bind_int (log->put_action, 1, action->id);
  if (action->undoes)
    dio_sql_bind_int (log->put_action, 2, action->undoes);
  else
    dio_sql_bind_null (log->put_action, 2);
  if (!dio_sql_run (log->put_action, error))
    return FALSE;
  gint64 position = dio_sql_get_last_id (log->sql);
  for (guint i = 0; action->entries && i < action->entries->len; i++)
    if (!put_entry (log, position, i, &g_array_index (action->entries, DioReviewEntry, i), error))
      return FALSE;
  return TRUE;
}

gboolean
dio_review_log_append (DioReviewLog *log, const DioReviewAction *actions, guint n, GError **error)
{
  g_return_val_if_fail (log && (actions || n == 0), FALSE);

  if (n == 0)
    return TRUE;
  if (!prepare (log, error) || !dio_sql_begin (log->sql, error))
    return FALSE;
  gboolean ok = TRUE;
  for (guint i = 0; ok && i < n; i++)
    ok = put_one (log, &actions[i], error);
  if (ok && dio_sql_commit (log->sql, error))
    return TRUE;
  dio_sql_rollback (log->sql);
  return FALSE;
}

/* The entry of the row that @s stands on; its strings are borrowed from the row. */
static gboolean
take_entry (DioSqlStatement *s, DioReviewEntry *out)
{
  gint64 index = dio_sql_column_int (s, 5), take = dio_sql_column_int (s, 6);
  gint64 state = dio_sql_column_int (s, 10);

  *out = (DioReviewEntry){
    .key = { .run = dio_sql_column_int (s, 3),
             .seed = (guint64) dio_sql_column_int (s, 4),
             .index = (guint32) index,
             .take = (guint32) take,
             .sensor = dio_sql_column_text (s, 7),
             .has_object = !dio_sql_column_is_null (s, 8),
             .object_key = (guint64) dio_sql_column_int (s, 8) },
    .label_hash = (guint64) dio_sql_column_int (s, 9),
    .state = (DioReviewState) state,
    .reason = dio_sql_column_text (s, 11),
    .comment = dio_sql_column_text (s, 12),
    .tags = dio_sql_column_text (s, 13),
  };
  return index >= 0 && index <= G_MAXUINT32 && take >= 0 && take <= G_MAXUINT32 && state >= 0
         && state < DIO_REVIEW_N_STATES && out->key.sensor;
}

/** The action whose rows are being read: its strings are copies. */
typedef struct {
  DioReviewAction action;
  gint64 position;
  GStringChunk *strings;
} Pending;

static const char *
keep (Pending *pending, const char *text)
{
  if (!text || *text == '\0')
    return "";
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  return g_string_chunk_insert_const (pending->strings, valid);
}

static void
emit (Pending *pending, DioReviewLogFunc func, gpointer user)
{
  if (pending->position)
    func (&pending->action, user);
  g_array_set_size (pending->action.entries, 0);
  g_string_chunk_clear (pending->strings);
  pending->position = 0;
}

static gboolean
take_row (Pending *pending, DioSqlStatement *s)
{
  DioReviewEntry entry;

  if (!pending->position) {
    pending->position = dio_sql_column_int (s, 0);
    pending->action.id = dio_sql_column_int (s, 1);
    pending->action.undoes = dio_sql_column_int (s, 2);
  }
  /* An undo has no entries: the row is that of the outer join. */
  if (dio_sql_column_is_null (s, 7))
    return TRUE;
  if (!take_entry (s, &entry))
    return FALSE;
  entry.key.sensor = keep (pending, entry.key.sensor);
  entry.reason = keep (pending, entry.reason);
  entry.comment = keep (pending, entry.comment);
  entry.tags = keep (pending, entry.tags);
  g_array_append_val (pending->action.entries, entry);
  return TRUE;
}

static gboolean
read_rows (DioSql *sql,
           gint64 after,
           gint64 *position,
           DioReviewLogFunc func,
           gpointer user,
           GError **error)
{
  g_autoptr (DioSqlStatement) s = dio_sql_prepare (
      sql,
      "SELECT a.position, a.id, a.undoes, v.run, v.seed, v.frame_index, v.take, v.sensor, v.object,"
      " v.label, v.state, v.reason, v.comment, v.tags"
      " FROM actions a LEFT JOIN verdicts v ON v.action = a.position"
      " WHERE a.position > ?1 ORDER BY a.position, v.item",
      error);
  Pending pending = { .strings = g_string_chunk_new (4096) };
  gboolean row = FALSE, ok = s != NULL;

  pending.action.entries = g_array_new (FALSE, FALSE, sizeof (DioReviewEntry));
  if (ok)
    dio_sql_bind_int (s, 1, after);
  while (ok && (ok = dio_sql_step (s, &row, error)) && row) {
    if (pending.position && pending.position != dio_sql_column_int (s, 0))
      emit (&pending, func, user);
    ok = take_row (&pending, s);
    if (!ok)
      g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT, "It holds a damaged verdict");
    *position = MAX (*position, pending.position);
  }
  if (ok)
    emit (&pending, func, user);
  g_array_unref (pending.action.entries);
  g_string_chunk_free (pending.strings);
  return ok;
}

gboolean
dio_review_log_read (const char *path,
                     gint64 after,
                     gint64 *position,
                     char **reviewer,
                     DioReviewLogFunc func,
                     gpointer user,
                     GError **error)
{
  g_return_val_if_fail (path && position && func, FALSE);

  g_autoptr (DioSql) sql = open_sql (path, DIO_SQL_READ, error);
  g_autofree char *owner = sql ? dup_reviewer (sql, error) : NULL;

  *position = after;
  if (!owner || !read_rows (sql, after, position, func, user, error)) {
    g_prefix_error (error, "Review log “%s”: ", path);
    return FALSE;
  }
  if (reviewer)
    *reviewer = g_steal_pointer (&owner);
  return TRUE;
}
