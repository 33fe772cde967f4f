#define G_LOG_DOMAIN "dio-base"

#include "dio-base-path.h"

#include "dio-base-errno-private.h"
#include "dio-core-interactive.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define NAME_MAX_BYTES 64

gboolean
dio_path_sync_folder (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, FALSE);
  dio_interactive_check ("fsync");

  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) {
    dio_base_set_errno (error, errno, "open folder", path);
    return FALSE;
  }
  /* Some network file systems cannot sync folders and say EINVAL; they order renames themselves. */
  gboolean ok = fsync (fd) == 0 || errno == EINVAL;
  if (!ok)
    dio_base_set_errno (error, errno, "sync folder", path);
  close (fd);
  return ok;
}

/* Fills and closes @fd; returns 0 or the errno of the step that failed. */
static int
fill_and_close (int fd, const void *data, gsize size)
{
  int errnum = 0;
  if (!dio_base_write_all (fd, data, size) || fsync (fd) != 0)
    errnum = errno;
  if (close (fd) != 0 && errnum == 0)
    errnum = errno;
  return errnum;
}

gboolean
dio_path_write_atomic (const char *path, const void *data, gsize size, GError **error)
{
  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (data != NULL || size == 0, FALSE);
  dio_interactive_check ("fsync");

  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  /* A long name must leave room for the suffix within the 255 bytes of a file name. */
  g_autofree char *temporary = g_strdup_printf ("%s/.%.200s.XXXXXX.tmp", folder, name);
  int fd = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0666);
  if (fd < 0) {
    dio_base_set_errno (error, errno, "write", path);
    return FALSE;
  }
  int errnum = fill_and_close (fd, data, size);
  if (errnum == 0 && rename (temporary, path) != 0)
    errnum = errno;
  if (errnum != 0) {
    unlink (temporary);
    dio_base_set_errno (error, errnum, "write", path);
    return FALSE;
  }
  return dio_path_sync_folder (folder, error);
}

gboolean
dio_path_make_folders (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, FALSE);

  if (g_mkdir_with_parents (path, 0777) != 0) {
    dio_base_set_errno (error, errno, "make folder", path);
    return FALSE;
  }
  return TRUE;
}

static int
remove_entry_cb (const char *path, const struct stat *info, int type, struct FTW *walk)
{
  return remove (path);
}

gboolean
dio_path_remove_tree (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, FALSE);
  dio_interactive_check ("removing files");

  /* Depth first, links not followed: a link to another place loses the link, not the place. */
  if (nftw (path, remove_entry_cb, 16, FTW_DEPTH | FTW_PHYS) != 0 && errno != ENOENT) {
    dio_base_set_errno (error, errno, "remove", path);
    return FALSE;
  }
  return TRUE;
}

gboolean
dio_path_is_empty_folder (const char *path)
{
  g_return_val_if_fail (path != NULL, FALSE);

  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  return dir && g_dir_read_name (dir) == NULL;
}

guint64
dio_path_get_free_bytes (const char *path)
{
  g_return_val_if_fail (path != NULL, 0);

  g_autofree char *at = g_strdup (path);
  struct statvfs info;
  while (statvfs (at, &info) != 0) {
    char *parent = g_path_get_dirname (at);
    gboolean at_root = strcmp (parent, at) == 0;
    g_free (at);
    at = parent;
    if (at_root)
      return 0;
  }
  return (guint64) info.f_bavail * info.f_frsize;
}

char *
dio_path_sanitize_name (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  g_autofree char *part = g_strndup (name, NAME_MAX_BYTES);
  for (char *c = part; *c; c++)
    if (!g_ascii_isalnum (*c) && !strchr ("._-", *c))
      *c = '_';
  if (part[0] == '.')
    part[0] = '_';
  return g_strdup (part[0] ? part : "_");
}

char *
dio_path_join_inside (const char *base, const char *name)
{
  g_return_val_if_fail (base != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  if (name[0] == '/' || name[0] == '\0')
    return NULL;
  g_auto (GStrv) parts = g_strsplit (name, "/", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  g_ptr_array_add (kept, (gpointer) base);
  for (guint i = 0; parts[i]; i++) {
    if (strcmp (parts[i], "") == 0 || strcmp (parts[i], ".") == 0)
      continue;
    if (strcmp (parts[i], "..") != 0) {
      g_ptr_array_add (kept, parts[i]);
      continue;
    }
    /* Even a step out that comes back is refused: it would name the folder from outside. */
    if (kept->len == 1)
      return NULL;
    g_ptr_array_set_size (kept, (int) kept->len - 1);
  }
  g_ptr_array_add (kept, NULL);
  return g_build_filenamev ((char **) kept->pdata);
}

char *
dio_path_dup_shown (const char *path)
{
  g_return_val_if_fail (path != NULL, NULL);

  const char *home = g_get_home_dir ();
  gsize length = home != NULL ? strlen (home) : 0;
  gboolean inside = length > 1 && strncmp (path, home, length) == 0
                    && (path[length] == '/' || path[length] == '\0');
  return inside ? g_strconcat ("~", path + length, NULL) : g_strdup (path);
}

char *
dio_path_dup_typed (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  gboolean at_home = text[0] == '~' && (text[1] == '/' || text[1] == '\0');
  return at_home ? g_strconcat (g_get_home_dir (), text + 1, NULL) : g_strdup (text);
}

char *
dio_path_dup_cache_folder (void)
{
  char *path = g_build_filename (g_get_user_cache_dir (), "diorama", NULL);
  /* Where it cannot be made, the first write into it fails and names the folder. */
  g_mkdir_with_parents (path, 0700);
  return path;
}

/* Whether this program runs from the build folder that compiled it. */
static gboolean
runs_from_build_folder (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  return program && g_str_has_prefix (program, DIO_BUILD_FOLDER "/");
}

char *
dio_path_dup_data_folder (void)
{
  const char *chosen = g_getenv ("DIORAMA_DATA_DIR");
  if (chosen && chosen[0])
    return g_strdup (chosen);
  if (runs_from_build_folder () && g_file_test (DIO_SOURCE_DATA_FOLDER, G_FILE_TEST_IS_DIR))
    return g_strdup (DIO_SOURCE_DATA_FOLDER);
  return g_strdup (DIO_INSTALLED_DATA_FOLDER);
}
