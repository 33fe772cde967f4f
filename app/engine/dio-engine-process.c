#define G_LOG_DOMAIN "dio-engine"

#include "dio-engine-process-private.h"

#include "dio-core-error.h"
#include "dio-engine-worker-private.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

static char **
dup_arguments (const DioWorkerDesc *desc)
{
  GStrvBuilder *builder = g_strv_builder_new ();
  g_autofree char *threads = g_strdup_printf ("%u", desc->threads);
  g_autofree char *width = g_strdup_printf ("%u", desc->width_px);
  g_autofree char *height = g_strdup_printf ("%u", desc->height_px);

  g_strv_builder_add_many (builder, "/proc/self/exe", "worker", "--dataset", desc->folder,
                           "--outputs", desc->outputs, "--threads", threads, "--width", width,
                           "--height", height, NULL);
  char **arguments = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return arguments;
}

/* Software OpenGL starts a thread per core in every process unless it is told how many there are for it. */
static char **
dup_environment (const DioWorkerDesc *desc)
{
  g_autofree char *threads = g_strdup_printf ("%u", desc->threads);

  return g_environ_setenv (g_get_environ (), "LP_NUM_THREADS", threads, TRUE);
}

/* A group of its own, so that Ctrl-C in a terminal reaches the supervisor alone; no signal blocked or ignored. */
static int
spawn (pid_t *pid, const DioWorkerDesc *desc, int fd)
{
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t none, all;
  g_auto (GStrv) arguments = dup_arguments (desc);
  g_auto (GStrv) environment = dup_environment (desc);

  sigemptyset (&none);
  sigfillset (&all);
  posix_spawn_file_actions_init (&actions);
  posix_spawn_file_actions_addopen (&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen (&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2 (&actions, fd, DIO_ENGINE_WORKER_FD);
  posix_spawnattr_init (&attributes);
  posix_spawnattr_setpgroup (&attributes, 0);
  posix_spawnattr_setsigmask (&attributes, &none);
  posix_spawnattr_setsigdefault (&attributes, &all);
  posix_spawnattr_setflags (&attributes,
                            POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  int code = posix_spawn (pid, "/proc/self/exe", &actions, &attributes, arguments, environment);
  posix_spawnattr_destroy (&attributes);
  posix_spawn_file_actions_destroy (&actions);
  return code;
}

gboolean
dio_worker_process_start (DioWorkerProcess *process, const DioWorkerDesc *desc, GError **error)
{
  int fds[2];

  if (!dio_channel_make_pair (fds, error))
    return FALSE;
  int code = spawn (&process->pid, desc, fds[1]);
  close (fds[1]);
  if (code == 0) {
    process->pidfd = pidfd_open (process->pid, 0);
    code = process->pidfd < 0 ? errno : 0;
    if (code != 0) {
      kill (process->pid, SIGKILL);
      waitpid (process->pid, NULL, 0);
    }
  }
  if (code != 0) {
    close (fds[0]);
    process->pid = 0;
    g_set_error (error, DIO_ERROR, DIO_ERROR_FAILED, "No worker process can be started: %s",
                 g_strerror (code));
    return FALSE;
  }
  process->channel = dio_channel_new (fds[0]);
  return TRUE;
}

void
dio_worker_process_kill (DioWorkerProcess *process)
{
  if (process->pid > 0)
    pidfd_send_signal (process->pidfd, SIGKILL, NULL, 0);
}

static gboolean
is_own_signal (int signal)
{
  static const int own[] = { SIGSEGV, SIGABRT, SIGFPE,  SIGBUS, SIGILL,
                             SIGTRAP, SIGSYS,  SIGXFSZ, SIGXCPU };

  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    if (own[i] == signal)
      return TRUE;
  return FALSE;
}

DioWorkerEnd
dio_worker_process_reap (DioWorkerProcess *process, char **how)
{
  int status = 0;
  pid_t got;

  do
    got = waitpid (process->pid, &status, 0);
  while (got < 0 && errno == EINTR);
  close (process->pidfd);
  g_clear_pointer (&process->channel, dio_channel_free);
  memset (process, 0, sizeof *process);
  if (WIFSIGNALED (status)) {
    *how = g_strdup_printf ("died of signal %d (%s)", WTERMSIG (status),
                            g_strsignal (WTERMSIG (status)));
    return is_own_signal (WTERMSIG (status)) ? DIO_WORKER_FAILED : DIO_WORKER_KILLED;
  }
  *how = g_strdup_printf ("ended with exit code %d", WEXITSTATUS (status));
  return WEXITSTATUS (status) == 0 ? DIO_WORKER_LEFT : DIO_WORKER_FAILED;
}

gint64
dio_worker_process_get_pss (const DioWorkerProcess *process)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/smaps_rollup", (int) process->pid);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  const char *line = strstr (text, "\nPss:");
  return line ? g_ascii_strtoll (line + strlen ("\nPss:"), NULL, 10) * 1024 : 0;
}

gint64
dio_worker_process_get_rss (const DioWorkerProcess *process)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/statm", (int) process->pid);
  g_autofree char *text = NULL;
  char *end;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  g_ascii_strtoll (text, &end, 10);
  return g_ascii_strtoll (end, NULL, 10) * sysconf (_SC_PAGESIZE);
}
