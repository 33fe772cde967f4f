#define G_LOG_DOMAIN "dio-base"

#include "dio-base-errno-private.h"

#include "dio-core-error.h"

#include <errno.h>
#include <unistd.h>

/* One write never asks for more than this: Linux itself stops at 2 GiB. */
#define WRITE_CHUNK (64u << 20)

static DioError
code_from_errno (int errnum)
{
  switch (errnum) {
  case ENOENT:
    return DIO_ERROR_NOT_FOUND;
  case EEXIST:
  case ENOTDIR:
  case EISDIR:
  case ENOTEMPTY:
    return DIO_ERROR_EXISTS;
  case ENOSPC:
  case EDQUOT:
    return DIO_ERROR_NO_SPACE;
  case EBUSY:
  case EAGAIN:
    return DIO_ERROR_BUSY;
  case EFBIG:
  case EMFILE:
  case ENFILE:
  case ENOMEM:
    return DIO_ERROR_LIMIT;
  default:
    return DIO_ERROR_FAILED;
  }
}

void
dio_base_set_errno (GError **error, int errnum, const char *verb, const char *path)
{
  g_set_error (error, DIO_ERROR, code_from_errno (errnum), "Cannot %s %s: %s", verb, path,
               g_strerror (errnum));
}

gboolean
dio_base_write_all (int fd, const void *data, gsize size)
{
  const char *at = data;
  while (size > 0) {
    gssize written = write (fd, at, MIN (size, WRITE_CHUNK));
    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      return FALSE;
    at += written;
    size -= (gsize) written;
  }
  return TRUE;
}
