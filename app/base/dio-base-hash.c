#define G_LOG_DOMAIN "dio-base"

#include "dio-base-hash.h"

#include "dio-base-errno-private.h"
#include "dio-core-interactive.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define READ_CHUNK (256u << 10)

/* GChecksum counts in gssize. */
static void
update (GChecksum *checksum, const void *data, gsize size)
{
  const guchar *at = data;
  while (size > 0) {
    gsize part = MIN (size, (gsize) G_MAXINT32);
    g_checksum_update (checksum, at, (gssize) part);
    at += part;
    size -= part;
  }
}

char *
dio_hash_bytes (const void *data, gsize size)
{
  g_return_val_if_fail (data != NULL || size == 0, NULL);

  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  update (checksum, data, size);
  return g_strdup (g_checksum_get_string (checksum));
}

char *
dio_hash_file (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);
  dio_interactive_check ("hashing a file");

  int fd = open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    dio_base_set_errno (error, errno, "open", path);
    return NULL;
  }
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar *buffer = g_malloc (READ_CHUNK);
  gssize got;
  while ((got = read (fd, buffer, READ_CHUNK)) != 0) {
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0) {
      dio_base_set_errno (error, errno, "read", path);
      close (fd);
      return NULL;
    }
    update (checksum, buffer, (gsize) got);
  }
  close (fd);
  return g_strdup (g_checksum_get_string (checksum));
}

uint64_t
dio_hash_strings_u64 (const char *first, ...)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  va_list args;
  va_start (args, first);
  for (const char *s = first; s; s = va_arg (args, const char *))
    update (checksum, s, strlen (s) + 1); /* the zero keeps ("ab", "c") from ("a", "bc") */
  va_end (args);

  guint8 digest[32];
  gsize length = sizeof digest;
  g_checksum_get_digest (checksum, digest, &length);
  uint64_t value = 0;
  for (int i = 0; i < 8; i++)
    value = value << 8 | digest[i];
  return value;
}
