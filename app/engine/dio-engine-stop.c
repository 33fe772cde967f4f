#define G_LOG_DOMAIN "dio-engine"

#include "dio-engine-stop-private.h"

#include "dio-core-error.h"

#include <errno.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* Signal handlers have no argument: the one piece of state of the process that must be global. */
static volatile sig_atomic_t stop_count;
static int stop_fd = -1;
static struct sigaction old_int, old_term;

static void
stop_cb (int signal)
{
  int saved = errno;
  guint64 one = 1;

  stop_count++;
  if (write (stop_fd, &one, sizeof one) < 0)
    stop_count++;
  errno = saved;
}

gboolean
dio_engine_stop_watch (GError **error)
{
  struct sigaction action = { .sa_handler = stop_cb };

  g_return_val_if_fail (stop_fd < 0, FALSE);

  stop_fd = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (stop_fd < 0) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_FAILED, "No descriptor for signals: %s",
                 g_strerror (errno));
    return FALSE;
  }
  stop_count = 0;
  sigemptyset (&action.sa_mask);
  sigaction (SIGINT, &action, &old_int);
  sigaction (SIGTERM, &action, &old_term);
  return TRUE;
}

void
dio_engine_stop_unwatch (void)
{
  if (stop_fd < 0)
    return;
  sigaction (SIGINT, &old_int, NULL);
  sigaction (SIGTERM, &old_term, NULL);
  close (stop_fd);
  stop_fd = -1;
}

int
dio_engine_stop_get_fd (void)
{
  return stop_fd;
}

guint
dio_engine_stop_count (void)
{
  guint64 ignored;

  /* Emptied, so that poll sleeps again. */
  if (stop_fd >= 0 && read (stop_fd, &ignored, sizeof ignored) < 0 && errno != EAGAIN)
    g_info ("eventfd: %s", g_strerror (errno));
  return (guint) stop_count;
}
