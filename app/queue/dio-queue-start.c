/* Starting the queue from a program that does not wait for it. */
#define G_LOG_DOMAIN "dio-queue"

#include "dio-base-path.h"
#include "dio-core-error.h"
#include "dio-core-interactive.h"
#include "dio-queue-private.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* What the queue has to say goes to a file beside the catalog, which is begun anew when it has grown. */
#define MOST_LOG_BYTES (1 << 20)

static int
open_log (const char *catalog_path)
{
  g_autofree char *path = g_strconcat (catalog_path, ".queue-log", NULL);
  struct stat info;
  int fd = open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

  if (fd >= 0 && fstat (fd, &info) == 0 && info.st_size > MOST_LOG_BYTES && ftruncate (fd, 0) != 0)
    g_message ("The file “%s” cannot be shortened: %s", path, g_strerror (errno));
  return fd;
}

/* In the child: away from the terminal and the session of whoever asked, so that closing them ends nothing. */
static void
detach_cb (gpointer user)
{
  setsid ();
}

gboolean
dio_queue_ensure_running (const char *engine_path, const char *catalog_path, GError **error)
{
  g_return_val_if_fail (engine_path, FALSE);
  dio_interactive_check ("process start");

  g_autofree char *path = dio_queue_dup_catalog_path (catalog_path);
  g_autofree char *folder = g_path_get_dirname (path);
  char *argv[] = { (char *) engine_path, (char *) "queue", (char *) "run",
                   (char *) "--catalog", (char *) path,    NULL };

  if (dio_queue_lock_is_held (path))
    return TRUE;
  if (!dio_path_make_folders (folder, error))
    return FALSE;
  int log = open_log (path);
  /* Without a pid to fill in, GLib forks twice: nobody has to wait for the queue. */
  gboolean ok = g_spawn_async_with_fds ("/", argv, NULL, G_SPAWN_DEFAULT, detach_cb, NULL, NULL, -1,
                                        log, log, error);
  if (log >= 0)
    close (log);
  if (!ok)
    g_prefix_error (error, "The queue cannot be started: ");
  return ok;
}
