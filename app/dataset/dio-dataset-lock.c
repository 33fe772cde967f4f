#define G_LOG_DOMAIN "dio-dataset"

#include "dio-dataset-lock.h"

#include "dio-core-error.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

struct DioDatasetLock {
  int fd;
};

DioDatasetLock *
dio_dataset_lock_acquire (const char *folder, GError **error)
{
  g_return_val_if_fail (folder, NULL);

  g_autofree char *path = g_build_filename (folder, ".lock", NULL);
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);

  if (fd < 0) {
    g_set_error (error, DIO_ERROR, errno == ENOENT ? DIO_ERROR_NOT_FOUND : DIO_ERROR_FAILED,
                 "The dataset “%s” cannot be locked: %s", folder, g_strerror (errno));
    return NULL;
  }
  /* The kernel drops the lock with the last descriptor, however the process ends. The file is never removed:
   * a name that comes and goes could be locked twice. */
  if (flock (fd, LOCK_EX | LOCK_NB) != 0) {
    int code = errno;
    close (fd);
    g_set_error (error, DIO_ERROR, code == EWOULDBLOCK ? DIO_ERROR_BUSY : DIO_ERROR_FAILED,
                 code == EWOULDBLOCK
                     ? "The dataset “%s” is in use by another process: wait for it or stop it%s"
                     : "The dataset “%s” cannot be locked: %s",
                 folder, code == EWOULDBLOCK ? "" : g_strerror (code));
    return NULL;
  }
  DioDatasetLock *lock = g_new0 (DioDatasetLock, 1);
  lock->fd = fd;
  return lock;
}

void
dio_dataset_lock_release (DioDatasetLock *lock)
{
  if (!lock)
    return;
  close (lock->fd);
  g_free (lock);
}
