#define G_LOG_DOMAIN "dio-shell"

#include "dio-shell-watchdog.h"

#include "dio-action.h"

#include <time.h>

/* All of it belongs to the main thread. */
static struct {
  GPollFunc poll;
  gboolean prints;
  /** when the last poll returned; 0 = no turn is under way */
  gint64 turn_began_us;
  /** what the thread had worked by then */
  gint64 turn_began_cpu_us;
  gint64 longest_us;
  gint64 longest_cpu_us;
  guint stalls;
  const char *culprit;
} watchdog;

static gint64
get_cpu_us (void)
{
  struct timespec worked = { 0 };
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &worked);
  return (gint64) worked.tv_sec * G_USEC_PER_SEC + worked.tv_nsec / 1000;
}

static void
end_turn (void)
{
  const char *command = dio_action_registry_take_last ();
  if (watchdog.turn_began_us == 0)
    return;
  gint64 took_us = g_get_monotonic_time () - watchdog.turn_began_us;
  gint64 took_cpu_us = get_cpu_us () - watchdog.turn_began_cpu_us;
  watchdog.longest_us = MAX (watchdog.longest_us, took_us);
  watchdog.longest_cpu_us = MAX (watchdog.longest_cpu_us, took_cpu_us);
  if (took_us <= DIO_SHELL_STALL_US)
    return;
  watchdog.stalls++;
  watchdog.culprit = command;
  if (watchdog.prints)
    g_printerr ("diorama: the main loop stood still for %" G_GINT64_FORMAT " ms, %" G_GINT64_FORMAT
                " of them at work, at %.3f s (%s)\n",
                took_us / 1000, took_cpu_us / 1000,
                (double) watchdog.turn_began_us / G_USEC_PER_SEC,
                command != NULL ? command : "no command");
}

static gint
poll_cb (GPollFD *fds, guint n_fds, gint timeout)
{
  end_turn ();
  gint ready = watchdog.poll (fds, n_fds, timeout);
  watchdog.turn_began_us = g_get_monotonic_time ();
  watchdog.turn_began_cpu_us = get_cpu_us ();
  return ready;
}

void
dio_shell_watchdog_start (void)
{
  if (watchdog.poll != NULL)
    return;
  watchdog.prints = g_strcmp0 (g_getenv ("DIORAMA_WATCHDOG"), "1") == 0;
  watchdog.poll = g_main_context_get_poll_func (NULL);
  dio_shell_watchdog_reset ();
  g_main_context_set_poll_func (NULL, poll_cb);
}

void
dio_shell_watchdog_stop (void)
{
  if (watchdog.poll == NULL)
    return;
  g_main_context_set_poll_func (NULL, watchdog.poll);
  watchdog.poll = NULL;
}

guint
dio_shell_watchdog_get_stalls (void)
{
  return watchdog.stalls;
}

gint64
dio_shell_watchdog_get_longest_us (void)
{
  return watchdog.longest_us;
}

gint64
dio_shell_watchdog_get_longest_cpu_us (void)
{
  return watchdog.longest_cpu_us;
}

const char *
dio_shell_watchdog_get_culprit (void)
{
  return watchdog.culprit;
}

void
dio_shell_watchdog_reset (void)
{
  watchdog.turn_began_us = 0;
  watchdog.longest_us = 0;
  watchdog.longest_cpu_us = 0;
  watchdog.stalls = 0;
  watchdog.culprit = NULL;
}
