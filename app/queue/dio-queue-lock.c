/* Who is the queue of a catalog: one process at a time, as long as it lives. A lock of the open file, not of the
 * process: it can be asked about without being taken, which flock cannot. */
#define G_LOG_DOMAIN "dio-queue"

#include "dio-base-path.h"
#include "dio-catalog.h"
#include "dio-core-error.h"
#include "dio-queue-private.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

char *
dio_queue_dup_catalog_path (const char *path)
{
  return path ? g_canonicalize_filename (path, NULL) : dio_catalog_dup_default_path ();
}

static char *
dup_lock_path (const char *catalog_path)
{
  g_autofree char *path = dio_queue_dup_catalog_path (catalog_path);

  return g_strconcat (path, ".queue-lock", NULL);
}

int
dio_queue_lock_acquire (const char *catalog_path, GError **error)
{
  g_autofree char *path = dup_lock_path (catalog_path);
  g_autofree char *folder = g_path_get_dirname (path);
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

  if (!dio_path_make_folders (folder, error))
    return -1;
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd >= 0 && fcntl (fd, F_OFD_SETLK, &lock) == 0)
    return fd;
  int code = errno;
  if (fd >= 0)
    close (fd);
  if (fd < 0 || (code != EAGAIN && code != EACCES))
    g_set_error (error, DIO_ERROR, DIO_ERROR_FAILED, "The queue's lock “%s” cannot be taken: %s",
                 path, g_strerror (code));
  return -1;
}

gboolean
dio_queue_lock_is_held (const char *catalog_path)
{
  g_autofree char *path = dup_lock_path (catalog_path);
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  int fd = open (path, O_RDWR | O_CLOEXEC);

  if (fd < 0)
    return FALSE;
  gboolean held = fcntl (fd, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
  close (fd);
  return held;
}

gboolean
dio_queue_is_running (const char *catalog_path)
{
  return dio_queue_lock_is_held (catalog_path);
}
