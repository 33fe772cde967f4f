#define G_LOG_DOMAIN "dio-edit"

#include "dio-edit-recovery.h"

#include "dio-base-json.h"
#include "dio-base-path.h"
#include "dio-core-error.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define FORMAT "diorama-recovery"
#define VERSION 1
#define SUFFIX ".recovery"
/* On a shared folder nothing says whether a process of another machine lives; nobody leaves a document unwritten for so long. */
#define FOREIGN_AGE_US (24 * G_TIME_SPAN_HOUR)

/* When a process began, in clock ticks since boot; 0 where there is none. Field 22 of /proc/PID/stat; the second field is a name in brackets that may
 * hold anything, so counting starts behind the last bracket. */
static gint64
get_start_time (gint64 pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%" G_GINT64_FORMAT "/stat", pid);
  g_autofree char *text = NULL;
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  const char *behind = strrchr (text, ')');
  if (behind == NULL)
    return 0;
  g_auto (GStrv) fields = g_strsplit (behind + 1, " ", 22);
  return g_strv_length (fields) > 20 ? g_ascii_strtoll (fields[20], NULL, 10) : 0;
}

char *
dio_edit_recovery_dup_file (const char *folder, guint serial)
{
  g_return_val_if_fail (folder != NULL, NULL);
  g_autofree char *name = g_strdup_printf ("%d-%u" SUFFIX, (int) getpid (), serial);
  return g_build_filename (folder, name, NULL);
}

gboolean
dio_edit_recovery_write (const char *file,
                         DioScenario *scenario,
                         const char *original_path,
                         const char *folder,
                         GError **error)
{
  g_return_val_if_fail (file != NULL && scenario != NULL, FALSE);
  g_autofree char *parent = g_path_get_dirname (file);
  if (!dio_path_make_folders (parent, error))
    return FALSE;
  g_autoptr (json_t) json = json_pack (
      "{s:s,s:i,s:I,s:I,s:s,s:I,s:s*,s:s*,s:o}", "format", FORMAT, "version", VERSION, "pid",
      (json_int_t) getpid (), "start_time", (json_int_t) get_start_time (getpid ()), "host",
      g_get_host_name (), "time_us", (json_int_t) g_get_real_time (), "original_path",
      original_path, "folder", folder, "scenario", dio_scenario_to_json (scenario));
  if (json == NULL) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "%s: the document's path is no UTF-8 text, so that no recovery file can name it",
                 file);
    return FALSE;
  }
  g_autofree char *text = dio_json_to_line (json);
  return dio_path_write_atomic (file, text, strlen (text), error);
}

gboolean
dio_edit_recovery_remove (const char *file, GError **error)
{
  g_return_val_if_fail (file != NULL, FALSE);
  if (g_unlink (file) == 0 || errno == ENOENT)
    return TRUE;
  g_set_error (error, DIO_ERROR, DIO_ERROR_FAILED, "%s: cannot be removed: %s", file,
               g_strerror (errno));
  return FALSE;
}

/* ---- what is left over ---- */

void
dio_edit_recovered_free (DioEditRecovered *recovered)
{
  if (recovered == NULL)
    return;
  g_free (recovered->file);
  g_free (recovered->original_path);
  g_free (recovered->folder);
  g_free (recovered->title);
  g_free (recovered);
}

static json_t *
load (const char *file, GError **error)
{
  g_autoptr (json_t) json = dio_json_load (file, error);
  if (json == NULL)
    return NULL;
  const char *format = json_string_value (json_object_get (json, "format"));
  if (g_strcmp0 (format, FORMAT) == 0 && json_is_object (json_object_get (json, "scenario")))
    return g_steal_pointer (&json);
  g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT, "%s: this is no recovery file of Diorama",
               file);
  return NULL;
}

static gint64
get_integer (const json_t *json, const char *key)
{
  return json_integer_value (json_object_get (json, key));
}

static gboolean
is_left_over (const json_t *json)
{
  const char *host = json_string_value (json_object_get (json, "host"));
  if (g_strcmp0 (host, g_get_host_name ()) != 0)
    return g_get_real_time () - get_integer (json, "time_us") > FOREIGN_AGE_US;
  gint64 start_time = get_start_time (get_integer (json, "pid"));
  return start_time == 0 || start_time != get_integer (json, "start_time");
}

static int
compare_newest_cb (gconstpointer a, gconstpointer b)
{
  const DioEditRecovered *first = *(DioEditRecovered *const *) a;
  const DioEditRecovered *second = *(DioEditRecovered *const *) b;
  if (first->time_us != second->time_us)
    return first->time_us > second->time_us ? -1 : 1;
  return strcmp (first->file, second->file);
}

static DioEditRecovered *
read_recovered (const char *file)
{
  g_autoptr (json_t) json = load (file, NULL);
  if (json == NULL || !is_left_over (json))
    return NULL;
  const json_t *name = json_object_get (json_object_get (json, "scenario"), "name");
  const char *title = json_string_value (name);
  DioEditRecovered *found = g_new0 (DioEditRecovered, 1);
  found->file = g_strdup (file);
  found->original_path = g_strdup (json_string_value (json_object_get (json, "original_path")));
  found->folder = g_strdup (json_string_value (json_object_get (json, "folder")));
  found->title = g_strdup (title != NULL ? title : "");
  found->time_us = get_integer (json, "time_us");
  return found;
}

GPtrArray *
dio_edit_recovery_list (const char *folder)
{
  g_return_val_if_fail (folder != NULL, NULL);
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) dio_edit_recovered_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *file = g_build_filename (folder, name, NULL);
    DioEditRecovered *found = g_str_has_suffix (name, SUFFIX) ? read_recovered (file) : NULL;
    if (found != NULL)
      g_ptr_array_add (list, found);
  }
  g_ptr_array_sort (list, compare_newest_cb);
  return list;
}

DioScenario *
dio_edit_recovery_read (const char *file, GError **error)
{
  g_return_val_if_fail (file != NULL, NULL);
  g_autoptr (json_t) json = load (file, error);
  if (json == NULL)
    return NULL;
  DioScenario *scenario = dio_scenario_from_json (json_object_get (json, "scenario"), NULL, error);
  if (scenario == NULL)
    g_prefix_error (error, "%s: ", file);
  return scenario;
}
