#define G_LOG_DOMAIN "dio-sources"

/* Files below the scenario's folder, and nowhere else. */

#include "dio-sources-private.h"

#include "dio-core-error.h"
#include "dio-scene-choice.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* By the ending alone: what a file really is, its import finds out. */
static const char *const endings[][8] = {
  [DIO_ASSET_MODEL] = { ".gltf", ".glb", ".obj", ".ply", ".stl", ".dae", ".fbx", NULL },
  [DIO_ASSET_TEXTURE] = { ".png", ".jpg", ".jpeg", ".webp", NULL },
  [DIO_ASSET_ENVIRONMENT] = { ".hdr", ".exr", NULL },
};
static const char *const kind_words[] = { "model", "picture", "environment (.hdr, .exr)" };

static int
set_open_error (GError **error, const char *path, int code)
{
  if (code == ELOOP || code == ENOTDIR)
    g_set_error (
        error, DIO_ERROR, DIO_ERROR_INVALID,
        "\"%s\" is a link or leads through a file; put the files themselves beside the scenario",
        path);
  else
    g_set_error (error, DIO_ERROR, code == ENOENT ? DIO_ERROR_NOT_FOUND : DIO_ERROR_FAILED,
                 "\"%s\" cannot be read: %s", path, g_strerror (code));
  return -1;
}

/* Links are refused by the kernel at every part, so that none can be put there between a check and its use. */
int
dio_sources_open (const char *scenario_folder, const char *path, gboolean is_folder, GError **error)
{
  const char *wrong = dio_scenario_check_path (path);
  if (wrong != NULL) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "\"%s\" %s", path, wrong);
    return -1;
  }
  int at = open (scenario_folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (at < 0)
    return set_open_error (error, scenario_folder, errno);
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  for (guint i = 0; parts[i] != NULL && at >= 0; i++) {
    gboolean folder = is_folder || parts[i + 1] != NULL;
    /* O_NONBLOCK: opening a FIFO must not wait for its writer. */
    int flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
    int next = openat (at, parts[i], flags | (folder ? O_DIRECTORY : 0));
    int code = errno;
    close (at);
    at = next >= 0 ? next : set_open_error (error, path, code);
  }
  struct stat st;
  if (at < 0 || is_folder || (fstat (at, &st) == 0 && S_ISREG (st.st_mode)))
    return at;
  close (at);
  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "\"%s\" is no regular file", path);
  return -1;
}

static gboolean
has_ending (const char *name, DioAssetKind kind)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  for (guint i = 0; endings[kind][i] != NULL; i++) {
    if (g_str_has_suffix (lower, endings[kind][i]))
      return TRUE;
  }
  return FALSE;
}

/* Adds one entry of the folder where it is a choice. */
static gboolean
add_entry (int folder_fd, const char *folder, const char *name, GPtrArray *names, GError **error)
{
  struct stat st;
  g_autofree char *path = g_strconcat (folder, "/", name, NULL);
  if (fstatat (folder_fd, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
    return errno == ENOENT || set_open_error (error, path, errno) == 0;
  if (S_ISDIR (st.st_mode))
    return TRUE;
  g_autofree char *shown = g_utf8_make_valid (path, -1);
  if (!S_ISREG (st.st_mode)) {
    g_set_error (
        error, DIO_ERROR, DIO_ERROR_INVALID,
        "\"%s\" is a link or no regular file; a folder of choices holds the files themselves",
        shown);
    return FALSE;
  }
  const char *wrong =
      g_utf8_validate (name, -1, NULL) ? dio_scenario_check_path (path) : "must be UTF-8";
  if (wrong != NULL) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "the file \"%s\" %s; rename it", shown,
                 wrong);
    return FALSE;
  }
  if (names->len < DIO_SOURCES_MAX_FILES) {
    g_ptr_array_add (names, g_strdup (name));
    return TRUE;
  }
  g_set_error (error, DIO_ERROR, DIO_ERROR_LIMIT,
               "the folder \"%s\" offers more than %d files; spread them over several", folder,
               DIO_SOURCES_MAX_FILES);
  return FALSE;
}

static gint
compare_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
read_entries (DIR *dir, const char *folder, DioAssetKind kind, GPtrArray *names, GError **error)
{
  guint n = 0;
  for (struct dirent *entry; (entry = readdir (dir)) != NULL;) {
    if (++n > DIO_SOURCES_MAX_ENTRIES) {
      g_set_error (error, DIO_ERROR, DIO_ERROR_LIMIT,
                   "the folder \"%s\" holds more than %d entries", folder, DIO_SOURCES_MAX_ENTRIES);
      return FALSE;
    }
    if (entry->d_name[0] != '.' && has_ending (entry->d_name, kind)
        && !add_entry (dirfd (dir), folder, entry->d_name, names, error))
      return FALSE;
  }
  return TRUE;
}

GStrv
dio_sources_list_folder (const char *scenario_folder,
                         const char *folder,
                         DioAssetKind kind,
                         GError **error)
{
  g_return_val_if_fail (scenario_folder != NULL && folder != NULL, NULL);
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kind_words), NULL);

  int fd = dio_sources_open (scenario_folder, folder, TRUE, error);
  DIR *dir = fd >= 0 ? fdopendir (fd) : NULL;
  if (dir == NULL) {
    if (fd >= 0)
      close (fd);
    return NULL;
  }
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  gboolean good = read_entries (dir, folder, kind, names, error);
  closedir (dir);
  if (!good)
    return NULL;
  if (names->len == 0) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "the folder \"%s\" holds no %s", folder,
                 kind_words[kind]);
    return NULL;
  }
  g_ptr_array_sort (names, compare_cb);
  g_ptr_array_add (names, NULL);
  return (GStrv) g_ptr_array_steal (names, NULL);
}
