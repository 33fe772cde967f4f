#define G_LOG_DOMAIN "dio-export"

#include "dio-export-target-private.h"

#include "dio-base-path.h"
#include "dio-core-error.h"
#include "dio-export-file-private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

struct DioExportTarget {
  char *output; /**< absolute, links resolved where it exists */
  char *parent;
  char *folder; /**< what is written; removed unless committed */
  int fd;       /**< of @folder; its lock says that the export lives */
  gboolean committed;
};

static char *
make_absolute (const char *output)
{
  char *real = realpath (output, NULL);

  /* malloc and g_malloc share one heap since GLib 2.46. */
  return real ? real : g_canonicalize_filename (output, NULL);
}

static gboolean
check_output (const char *output, GError **error)
{
  if (!g_file_test (output, G_FILE_TEST_EXISTS) && !g_file_test (output, G_FILE_TEST_IS_SYMLINK))
    return TRUE;
  if (dio_path_is_empty_folder (output))
    return TRUE;
  if (g_file_test (output, G_FILE_TEST_IS_DIR))
    g_set_error (error, DIO_ERROR, DIO_ERROR_EXISTS,
                 "The folder “%s” is not empty: choose another or remove it", output);
  else
    g_set_error (error, DIO_ERROR, DIO_ERROR_EXISTS,
                 "“%s” is there and is no folder: choose another name", output);
  return FALSE;
}

/* Whoever can lock the folder of another export knows that its process is gone. */
static void
remove_if_dead (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  g_autoptr (GError) error = NULL;

  if (fd < 0)
    return;
  if (flock (fd, LOCK_EX | LOCK_NB) == 0 && !dio_path_remove_tree (folder, &error))
    g_info ("%s", error->message);
  close (fd);
}

static void
remove_leftovers (const char *parent, const char *start)
{
  g_autoptr (GDir) dir = g_dir_open (parent, 0, NULL);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  /* XXXXXX is six characters: ".a.part-" must not match what belongs to "a.part-b". */
  while (dir && (name = g_dir_read_name (dir)))
    if (g_str_has_prefix (name, start) && strlen (name) == strlen (start) + 6)
      g_ptr_array_add (found, g_build_filename (parent, name, NULL));
  for (guint i = 0; i < found->len; i++)
    remove_if_dead (found->pdata[i]);
}

static gboolean
make_folder (DioExportTarget *target, GError **error)
{
  g_autofree char *name = g_path_get_basename (target->output);
  g_autofree char *start = g_strdup_printf (".%.200s.part-", name);
  g_autofree char *folder = g_strconcat (target->parent, "/", start, "XXXXXX", NULL);

  if (!dio_path_make_folders (target->parent, error))
    return FALSE;
  remove_leftovers (target->parent, start);
  if (!g_mkdtemp_full (folder, 0777)) {
    dio_export_set_errno (error, errno, "make a folder beside", target->output);
    return FALSE;
  }
  target->folder = g_steal_pointer (&folder);
  target->fd = open (target->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (target->fd < 0) {
    dio_export_set_errno (error, errno, "open", target->folder);
    return FALSE;
  }
  /* Some network file systems lock no folders; then leftovers are not recognised, nothing worse. */
  if (flock (target->fd, LOCK_EX | LOCK_NB) != 0)
    g_info ("%s: no lock: %s", target->folder, g_strerror (errno));
  return TRUE;
}

DioExportTarget *
dio_export_target_new (const char *output, GError **error)
{
  g_autoptr (DioExportTarget) target = g_new0 (DioExportTarget, 1);

  target->fd = -1;
  target->output = make_absolute (output);
  target->parent = g_path_get_dirname (target->output);
  if (!check_output (target->output, error) || !make_folder (target, error))
    return NULL;
  return g_steal_pointer (&target);
}

const char *
dio_export_target_get_folder (const DioExportTarget *target)
{
  return target->folder;
}

gboolean
dio_export_target_commit (DioExportTarget *target, GError **error)
{
  /* One sync of the file system instead of one for each of a million files. */
  if (syncfs (target->fd) != 0) {
    dio_export_set_errno (error, errno, "sync", target->folder);
    return FALSE;
  }
  /* Onto an empty folder a rename succeeds; onto one that somebody filled meanwhile it does not. */
  if (rename (target->folder, target->output) != 0) {
    int errnum = errno == ENOTEMPTY ? EEXIST : errno;
    dio_export_set_errno (error, errnum, "put the export in place as", target->output);
    return FALSE;
  }
  target->committed = TRUE;
  return dio_path_sync_folder (target->parent, error);
}

void
dio_export_target_free (DioExportTarget *target)
{
  g_autoptr (GError) error = NULL;

  if (!target)
    return;
  if (target->folder && !target->committed && !dio_path_remove_tree (target->folder, &error))
    g_info ("%s", error->message);
  if (target->fd >= 0)
    close (target->fd);
  g_free (target->output);
  g_free (target->parent);
  g_free (target->folder);
  g_free (target);
}
