#define G_LOG_DOMAIN "dio-export"

#include "dio-export-file-private.h"

#include "dio-base-json.h"
#include "dio-base-path.h"
#include "dio-core-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define COPY_BYTES (256u << 10)

void
dio_export_set_errno (GError **error, int errnum, const char *verb, const char *path)
{
  DioError code = DIO_ERROR_FAILED;

  if (errnum == ENOSPC || errnum == EDQUOT)
    code = DIO_ERROR_NO_SPACE;
  else if (errnum == ENOENT)
    code = DIO_ERROR_NOT_FOUND;
  else if (errnum == EEXIST)
    code = DIO_ERROR_EXISTS;
  g_set_error (error, DIO_ERROR, code, "Cannot %s %s: %s", verb, path, g_strerror (errnum));
}

/* Returns 0 or the errno of the step that failed. */
static int
write_all (int fd, const char *data, gsize size)
{
  while (size > 0) {
    ssize_t n = write (fd, data, size);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return errno;
    data += n;
    size -= (gsize) n;
  }
  return 0;
}

/* @fd: as open gave it, -1 with errno where it failed. */
static gboolean
write_and_close (int fd, const char *path, const void *data, gsize size, GError **error)
{
  int errnum = fd < 0 ? errno : write_all (fd, data, size);

  if (fd >= 0 && close (fd) != 0 && errnum == 0)
    errnum = errno;
  if (errnum != 0)
    dio_export_set_errno (error, errnum, "write", path);
  return errnum == 0;
}

gboolean
dio_export_file_write (const char *path, const void *data, gsize size, GError **error)
{
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  return write_and_close (fd, path, data, size, error);
}

gboolean
dio_export_file_put (
    const char *folder, const char *name, const void *data, gsize size, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) inner = NULL;

  if (dio_export_file_write (path, data, size, &inner))
    return TRUE;
  if (!g_error_matches (inner, DIO_ERROR, DIO_ERROR_NOT_FOUND)) {
    g_propagate_error (error, g_steal_pointer (&inner));
    return FALSE;
  }
  g_autofree char *parent = g_path_get_dirname (path);
  return dio_path_make_folders (parent, error) && dio_export_file_write (path, data, size, error);
}

gboolean
dio_export_file_put_png (const char *folder,
                         const char *name,
                         const DioImage *image,
                         GError **error)
{
  g_autoptr (GBytes) bytes = dio_image_encode (image, DIO_IMAGE_FORMAT_PNG, NULL, error);
  gsize size = 0;
  const void *data = bytes ? g_bytes_get_data (bytes, &size) : NULL;

  return data && dio_export_file_put (folder, name, data, size, error);
}

/* Offset of the last '}' in the file: white space alone may follow it. */
static off_t
find_last_brace (int fd)
{
  off_t at = lseek (fd, 0, SEEK_END);
  char c = '\0';

  while (at > 0 && pread (fd, &c, 1, at - 1) == 1 && g_ascii_isspace (c))
    at--;
  return at > 0 && c == '}' ? at - 1 : -1;
}

static int
append_from (int to, int from)
{
  g_autofree char *buffer = g_malloc (COPY_BYTES);

  for (;;) {
    ssize_t n = read (from, buffer, COPY_BYTES);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return n < 0 ? errno : 0;
    int errnum = write_all (to, buffer, (gsize) n);
    if (errnum != 0)
      return errnum;
  }
}

static int
join (int to, int from)
{
  off_t end = find_last_brace (to);
  char c;

  /* "{" of the spill gives way to the comma behind the last member of the main file. */
  if (end < 0 || read (from, &c, 1) != 1 || c != '{')
    return EIO;
  while (end > 0 && pread (to, &c, 1, end - 1) == 1 && g_ascii_isspace (c))
    end--;
  if (ftruncate (to, end) != 0 || lseek (to, end, SEEK_SET) != end)
    return errno;
  int errnum = write_all (to, ",", 1);
  return errnum == 0 ? append_from (to, from) : errnum;
}

gboolean
dio_export_file_append (const char *path, const void *data, gsize size, GError **error)
{
  int fd = open (path, O_WRONLY | O_APPEND | O_CLOEXEC);
  return write_and_close (fd, path, data, size, error);
}

/* How the second file gets into the first; returns an errno. */
typedef int (*Combine) (int to, int from);

static gboolean
combine_files (const char *path, const char *spill, Combine combine, GError **error)
{
  int to = open (path, O_RDWR | O_CLOEXEC);
  int from = to < 0 ? -1 : open (spill, O_RDONLY | O_CLOEXEC);
  int errnum = to < 0 || from < 0 ? errno : combine (to, from);

  if (from >= 0)
    close (from);
  if (to >= 0 && close (to) != 0 && errnum == 0)
    errnum = errno;
  if (errnum == 0 && g_unlink (spill) != 0)
    errnum = errno;
  if (errnum != 0)
    dio_export_set_errno (error, errnum, "finish", path);
  return errnum == 0;
}

static int
append_at_end (int to, int from)
{
  return lseek (to, 0, SEEK_END) < 0 ? errno : append_from (to, from);
}

gboolean
dio_export_file_append_file (const char *path, const char *spill, GError **error)
{
  return combine_files (path, spill, append_at_end, error);
}

gboolean
dio_export_file_join_objects (const char *path, const char *spill, GError **error)
{
  return combine_files (path, spill, join, error);
}

char *
dio_export_quote (const char *text)
{
  g_autoptr (json_t) string = json_string (text);

  return string ? dio_json_to_line (string) : g_strdup ("\"\"");
}
