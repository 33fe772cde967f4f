/* Which logs there are, and what is new in each: a log that did not change is not opened again. */
#define G_LOG_DOMAIN "dio-review"

#include "dio-review-sources-private.h"

#include <string.h>
#include <sys/stat.h>

/** A log file, and how far it was read. */
typedef struct {
  char *path;
  gint64 position;
  dev_t device;
  ino_t inode;
  off_t size;
  struct timespec changed;
} Source;

/** Actions of one log, copied. */
typedef struct {
  char *reviewer;
  GPtrArray *actions; /**< of DioReviewAction*, their strings interned GRefStrings */
} Found;

static void
source_free_cb (gpointer data)
{
  g_free (((Source *) data)->path);
  g_free (data);
}

static void
action_free_cb (gpointer data)
{
  DioReviewAction *action = data;

  for (guint i = 0; i < action->entries->len; i++) {
    const DioReviewEntry *entry = &g_array_index (action->entries, DioReviewEntry, i);
    g_ref_string_release ((char *) entry->key.sensor);
    g_ref_string_release ((char *) entry->reason);
    g_ref_string_release ((char *) entry->comment);
    g_ref_string_release ((char *) entry->tags);
  }
  g_array_unref (action->entries);
  g_free (action);
}

static void
found_free_cb (gpointer data)
{
  Found *found = data;

  g_ptr_array_unref (found->actions);
  g_free (found->reviewer);
  g_free (found);
}

GPtrArray *
dio_review_sources_new (void)
{
  return g_ptr_array_new_with_free_func (source_free_cb);
}

static void
keep_action_cb (const DioReviewAction *action, gpointer user)
{
  Found *found = user;
  DioReviewAction *copy = g_new0 (DioReviewAction, 1);

  copy->id = action->id;
  copy->undoes = action->undoes;
  copy->entries = g_array_sized_new (FALSE, FALSE, sizeof (DioReviewEntry), action->entries->len);
  for (guint i = 0; i < action->entries->len; i++) {
    DioReviewEntry entry = g_array_index (action->entries, DioReviewEntry, i);
    entry.key.sensor = g_ref_string_new_intern (entry.key.sensor);
    entry.reason = g_ref_string_new_intern (entry.reason);
    entry.comment = g_ref_string_new_intern (entry.comment);
    entry.tags = g_ref_string_new_intern (entry.tags);
    g_array_append_val (copy->entries, entry);
  }
  g_ptr_array_add (found->actions, copy);
}

static Source *
get_source (GPtrArray *sources, const char *path)
{
  for (guint i = 0; i < sources->len; i++) {
    Source *source = sources->pdata[i];
    if (g_str_equal (source->path, path))
      return source;
  }
  Source *source = g_new0 (Source, 1);
  source->path = g_strdup (path);
  g_ptr_array_add (sources, source);
  return source;
}

static gboolean
is_unchanged (const Source *source, const struct stat *info)
{
  return source->inode == info->st_ino && source->device == info->st_dev
         && source->size == info->st_size && source->changed.tv_sec == info->st_mtim.tv_sec
         && source->changed.tv_nsec == info->st_mtim.tv_nsec;
}

static void
read_source (Source *source, GPtrArray *out, DioDiagnostics *findings)
{
  struct stat info;
  g_autoptr (GError) error = NULL;

  if (stat (source->path, &info) != 0 || !S_ISREG (info.st_mode) || is_unchanged (source, &info))
    return;
  /* Another file under the same name is read from its beginning; actions that are known are passed over. */
  if (source->inode != info.st_ino || source->device != info.st_dev)
    source->position = 0;
  Found *found = g_new0 (Found, 1);
  found->actions = g_ptr_array_new_with_free_func (action_free_cb);
  gint64 position = source->position;
  if (dio_review_log_read (source->path, source->position, &position, &found->reviewer,
                           keep_action_cb, found, &error)) {
    source->position = position;
    source->device = info.st_dev;
    source->inode = info.st_ino;
    source->size = info.st_size;
    source->changed = info.st_mtim;
    g_ptr_array_add (out, found);
    return;
  }
  found_free_cb (found);
  if (findings)
    dio_diagnostics_add (findings, DIO_SEVERITY_WARNING, "review-log-unreadable", source->path,
                         "%s", error->message);
}

static int
compare_names_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static void
list_logs (const char *folder, GPtrArray *paths)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    if (g_str_has_suffix (name, ".db") && name[0] != '.')
      g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
}

gboolean
dio_review_sources_exist (const char *const *folders)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; folders[i]; i++)
    list_logs (folders[i], paths);
  return paths->len > 0;
}

GPtrArray *
dio_review_sources_read (GPtrArray *sources, const char *const *folders, DioDiagnostics *findings)
{
  GPtrArray *out = g_ptr_array_new_with_free_func (found_free_cb);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; folders[i]; i++)
    list_logs (folders[i], paths);
  g_ptr_array_sort (paths, compare_names_cb);
  for (guint i = 0; i < paths->len; i++)
    read_source (get_source (sources, paths->pdata[i]), out, findings);
  return out;
}

void
dio_review_sources_merge (GPtrArray *found, DioReviewMerge *merge)
{
  for (guint i = 0; i < found->len; i++) {
    const Found *one = found->pdata[i];
    DioAuthor *author = dio_review_merge_get_author (merge, one->reviewer);
    for (guint n = 0; n < one->actions->len; n++)
      (void) dio_review_merge_add (merge, author, one->actions->pdata[n]);
    dio_review_merge_settle (author);
  }
}
