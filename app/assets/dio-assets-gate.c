#define G_LOG_DOMAIN "dio-assets"

#include "dio-assets-gate-private.h"

#include "dio-assets-locate-private.h"
#include "dio-base-hash.h"
#include "dio-core-error.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The kernel resolves names (openat2 with RESOLVE_BENEATH), so that no check of ours can be raced by a link that
 * changes meanwhile. Files are read whole and kept: Assimp opens a file once to see whether it exists and again to
 * read it, and the hash must be that of the bytes that were parsed. */

struct DioGate {
  char *folder, *below;
  int folder_fd;
  guint64 bytes_read;
  GHashTable *kept;    /* name -> GBytes, what reads answer with */
  GHashTable *records; /* name -> DioGateFile, borrowed from files */
  GPtrArray *files;    /* owns the records */
};

DioGate *
dio_gate_new (const char *folder, const char *below, GError **error)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "cannot open the folder %s: %s", folder,
                 g_strerror (errno));
    return NULL;
  }
  DioGate *gate = g_new0 (DioGate, 1);
  gate->folder = g_strdup (folder);
  gate->below = g_strdup (below);
  gate->folder_fd = fd;
  gate->kept =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  gate->records = g_hash_table_new (g_str_hash, g_str_equal);
  gate->files = g_ptr_array_new_with_free_func ((GDestroyNotify) dio_gate_file_free);
  return gate;
}

void
dio_gate_free (DioGate *gate)
{
  if (gate == NULL)
    return;
  close (gate->folder_fd);
  g_hash_table_unref (gate->kept);
  g_hash_table_unref (gate->records);
  g_ptr_array_unref (gate->files);
  g_free (gate->folder);
  g_free (gate->below);
  g_free (gate);
}

void
dio_gate_file_free (DioGateFile *file)
{
  if (file == NULL)
    return;
  g_free (file->name);
  g_free (file->sha256);
  g_free (file);
}

const char *
dio_gate_get_folder (const DioGate *gate)
{
  return gate->folder;
}

/* For kernels before 5.6 and sandboxes that know no openat2: the real path of the target must lie below the
 * real path of the folder. The window between check and open is closed by comparing the opened file. */
static int
open_checked_by_path (int folder_fd, const char *name)
{
  g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", folder_fd);
  char folder[PATH_MAX], target[PATH_MAX];
  g_autofree char *path = g_build_filename (link, name, NULL);
  if (realpath (link, folder) == NULL || realpath (path, target) == NULL)
    return -1;
  gsize length = strlen (folder);
  if (strncmp (target, folder, length) != 0 || (target[length] != '/' && length > 1)) {
    errno = EXDEV;
    return -1;
  }
  return open (target, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW);
}

int
dio_gate_open_inside (int folder_fd, const char *name)
{
  struct open_how how = {
    /* O_NONBLOCK: opening a FIFO must not wait for its writer. */
    .flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY,
    .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS,
  };
  if (name[0] == '\0') {
    errno = ENOENT;
    return -1;
  }
  int fd = (int) syscall (SYS_openat2, folder_fd, name, &how, sizeof how);
  if (fd < 0 && (errno == ENOSYS || errno == EPERM))
    fd = open_checked_by_path (folder_fd, name);
  if (fd < 0)
    return -1;
  struct stat st;
  if (fstat (fd, &st) != 0 || !S_ISREG (st.st_mode)) {
    close (fd);
    errno = EINVAL;
    return -1;
  }
  return fd;
}

gboolean
dio_gate_has (DioGate *gate, const char *name)
{
  int fd = dio_gate_open_inside (gate->folder_fd, name);
  if (fd < 0)
    return FALSE;
  close (fd);
  return TRUE;
}

static void
set_open_error (GError **error, const char *name, int code)
{
  if (code == ENOENT || code == ENOTDIR)
    g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "the file %s is not there", name);
  else if (code == EXDEV)
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "%s leads out of the asset's folder, which is not allowed", name);
  else if (code == EINVAL)
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "%s is no regular file", name);
  else
    g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "cannot open %s: %s", name,
                 g_strerror (code));
}

/* Reads at most @size bytes; a file that grows meanwhile is cut, one that shrinks gives fewer. */
static GBytes *
read_descriptor (int fd, gsize size)
{
  guint8 *data = g_malloc (size + 1);
  gsize done = 0;
  while (done < size) {
    gssize n = read (fd, data + done, size - done);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      break;
    done += (gsize) n;
  }
  return g_bytes_new_take (data, done);
}

static void
record_file (DioGate *gate, const char *name, GBytes *bytes, const struct stat *st)
{
  if (g_hash_table_contains (gate->records, name))
    return;
  DioGateFile *file = g_new0 (DioGateFile, 1);
  file->name = g_strdup (name);
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  file->sha256 = dio_hash_bytes (data, size);
  file->size = size;
  file->mtime_ns = (gint64) st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec;
  g_ptr_array_add (gate->files, file);
  g_hash_table_insert (gate->records, file->name, file);
}

GBytes *
dio_gate_read (DioGate *gate, const char *name, GError **error)
{
  GBytes *kept = g_hash_table_lookup (gate->kept, name);
  if (kept != NULL)
    return g_bytes_ref (kept);
  int fd = dio_gate_open_inside (gate->folder_fd, name);
  if (fd < 0) {
    set_open_error (error, name, errno);
    return NULL;
  }
  struct stat st;
  if (fstat (fd, &st) != 0 || (guint64) st.st_size > DIO_GATE_MAX_BYTES - gate->bytes_read) {
    close (fd);
    g_set_error (error, DIO_ERROR, DIO_ERROR_LIMIT,
                 "%s and the files read before it have more than %u MiB, more than one import "
                 "reads",
                 name, (guint) (DIO_GATE_MAX_BYTES >> 20));
    return NULL;
  }
  GBytes *bytes = read_descriptor (fd, (gsize) st.st_size);
  close (fd);
  gate->bytes_read += g_bytes_get_size (bytes);
  record_file (gate, name, bytes, &st);
  g_hash_table_insert (gate->kept, g_strdup (name), g_bytes_ref (bytes));
  return bytes;
}

void
dio_gate_set_virtual (DioGate *gate, const char *name, GBytes *bytes)
{
  g_hash_table_insert (gate->kept, g_strdup (name), g_bytes_ref (bytes));
}

void
dio_gate_forget (DioGate *gate, const char *name)
{
  g_hash_table_remove (gate->kept, name);
}

static void
record_missing (DioGate *gate, const char *reference)
{
  if (g_hash_table_contains (gate->records, reference))
    return;
  DioGateFile *file = g_new0 (DioGateFile, 1);
  file->name = g_strdup (reference);
  g_ptr_array_add (gate->files, file);
  g_hash_table_insert (gate->records, file->name, file);
}

char *
dio_gate_locate (DioGate *gate, const char *reference, DioLocate *how)
{
  DioLocatePlace place = { gate->folder, gate->folder_fd, gate->below };
  char *name = dio_locate_file (&place, reference, how);
  if (name == NULL && g_utf8_validate (reference, -1, NULL) && strlen (reference) < 1024)
    record_missing (gate, reference);
  return name;
}

static gint
compare_files_cb (gconstpointer a, gconstpointer b)
{
  const DioGateFile *const *fa = a, *const *fb = b;
  return strcmp ((*fa)->name, (*fb)->name);
}

const GPtrArray *
dio_gate_get_files (DioGate *gate)
{
  g_ptr_array_sort (gate->files, compare_files_cb);
  return gate->files;
}

char *
dio_content_hash (const GPtrArray *files)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  for (guint i = 0; i < files->len; i++) {
    const DioGateFile *file = g_ptr_array_index (files, i);
    if (file->sha256 == NULL)
      continue;
    /* The zero byte ends the name, so that no name can run into a hash. */
    g_checksum_update (sum, (const guchar *) file->name, (gssize) strlen (file->name) + 1);
    g_checksum_update (sum, (const guchar *) file->sha256, (gssize) strlen (file->sha256) + 1);
  }
  return g_strdup (g_checksum_get_string (sum));
}

char *
dio_gate_dup_content_hash (DioGate *gate)
{
  return dio_content_hash (dio_gate_get_files (gate));
}
