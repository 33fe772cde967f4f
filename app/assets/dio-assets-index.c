#define G_LOG_DOMAIN "dio-assets"

#include "dio-assets-index-private.h"

#include "dio-assets-gate-private.h"
#include "dio-assets-locate-private.h"
#include "dio-assets-meta-private.h"
#include "dio-assets-options-private.h"
#include "dio-base-hash.h"
#include "dio-base-path.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

char *
dio_index_dup_path (const char *store_folder, const char *real_path, const char *options)
{
  g_autofree char *text = g_strdup_printf ("%s\n%s\n%d", real_path, options, DIO_IMPORTER_VERSION);
  g_autofree char *hash = dio_hash_bytes (text, strlen (text));
  g_autofree char *name = g_strconcat (hash, ".json", NULL);
  return g_build_filename (store_folder, "index", name, NULL);
}

static char *
hash_descriptor (int fd)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 buffer[65536];
  gssize n;
  while ((n = read (fd, buffer, sizeof buffer)) != 0) {
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return NULL;
    g_checksum_update (sum, buffer, n);
  }
  return g_strdup (g_checksum_get_string (sum));
}

static gboolean
is_unchanged (const DioLocatePlace *place, const DioGateFile *file)
{
  if (file->sha256 == NULL) {
    DioLocate how;
    g_autofree char *found = dio_locate_file (place, file->name, &how);
    return found == NULL;
  }
  int fd = dio_gate_open_inside (place->folder_fd, file->name);
  struct stat st;
  if (fd < 0)
    return FALSE;
  gboolean same = fstat (fd, &st) == 0 && (guint64) st.st_size == file->size;
  gint64 mtime_ns = (gint64) st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec;
  if (same && mtime_ns != file->mtime_ns) {
    g_autofree char *sha256 = hash_descriptor (fd);
    same = g_strcmp0 (sha256, file->sha256) == 0;
  }
  close (fd);
  return same;
}

GPtrArray *
dio_index_load_unchanged (const char *index_path, const char *real_path)
{
  g_autofree char *line = NULL;
  if (!g_file_get_contents (index_path, &line, NULL, NULL))
    return NULL;
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (DioDiagnostics) findings = NULL;
  /* A damaged entry only costs an import. */
  if (!dio_meta_from_line (line, &files, &findings, NULL))
    return NULL;
  g_autofree char *below = NULL;
  g_autofree char *folder = dio_locate_dup_root (real_path, &below);
  int folder_fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder_fd < 0)
    return NULL;
  DioLocatePlace place = { folder, folder_fd, below };
  gboolean same = files->len > 0;
  for (guint f = 0; same && f < files->len; f++)
    same = is_unchanged (&place, g_ptr_array_index (files, f));
  close (folder_fd);
  return same ? g_steal_pointer (&files) : NULL;
}

gboolean
dio_index_save (const char *index_path, const GPtrArray *files, GError **error)
{
  g_autoptr (DioDiagnostics) none = dio_diagnostics_new ();
  g_autofree char *line = dio_meta_to_line (files, none);
  g_autofree char *folder = g_path_get_dirname (index_path);
  return dio_path_make_folders (folder, error)
         && dio_path_write_atomic (index_path, line, strlen (line), error);
}
