/* Supervisors as processes.
 *
 * A child waits at a barrier until the catalog knows it: should the queue die before that, the pipe ends and the
 * child leaves without having done anything; should it die afterwards, the kernel asks the child to stop
 * (PDEATHSIG), and whoever is the queue next finds it by process id, start time and boot. */
#define G_LOG_DOMAIN "dio-queue"

#include "dio-core-error.h"
#include "dio-queue-private.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* More than the engine gives frames in flight when it is asked to stop. */
#define ORPHAN_GRACE_MS 25000
#define ORPHAN_KILL_MS 5000

/* In the child, between fork and exec: only what is safe there. */
static void
become (char **argv, pid_t parent, const int *barrier, const int *fds)
{
  char go;
  sigset_t none;
  ssize_t n;

  setsid ();
  prctl (PR_SET_PDEATHSIG, SIGTERM);
  if (getppid () != parent)
    _exit (127);
  for (int i = 0; i < 3; i++)
    dup2 (fds[i], i);
  close (barrier[1]);
  sigemptyset (&none);
  sigprocmask (SIG_SETMASK, &none, NULL);
  signal (SIGTERM, SIG_DFL);
  signal (SIGINT, SIG_DFL);
  /* A queue that is gone hears nothing any more; the frames in flight are to be stored nevertheless. */
  signal (SIGPIPE, SIG_IGN);
  do
    n = read (barrier[0], &go, 1);
  while (n < 0 && errno == EINTR);
  if (n == 1)
    execv (argv[0], argv);
  _exit (127);
}

static void
close_all (int *fds, guint n)
{
  for (guint i = 0; i < n; i++)
    if (fds[i] >= 0)
      close (fds[i]);
}

/* barrier: 0, 1; standard output: 2, 3; error: 4, 5; nothing to read: 6. */
static gboolean
open_pipes (int *fds, GError **error)
{
  if (pipe2 (fds, O_CLOEXEC) == 0 && pipe2 (fds + 2, O_CLOEXEC) == 0
      && pipe2 (fds + 4, O_CLOEXEC) == 0 && (fds[6] = open ("/dev/null", O_RDONLY | O_CLOEXEC)) >= 0
      && fcntl (fds[2], F_SETFL, O_NONBLOCK) == 0 && fcntl (fds[4], F_SETFL, O_NONBLOCK) == 0)
    return TRUE;
  g_set_error (error, DIO_ERROR, DIO_ERROR_FAILED, "No pipes for a supervisor: %s",
               g_strerror (errno));
  return FALSE;
}

/* Field 22 of /proc/PID/stat; 0 where there is no such process, or only its remains. */
static guint64
read_start (pid_t pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", (int) pid);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  /* The name may hold anything; fields are counted from its closing bracket: state is the third. */
  const char *rest = strrchr (text, ')');
  g_auto (GStrv) fields = rest && rest[1] ? g_strsplit (rest + 2, " ", 21) : NULL;
  if (!fields || g_strv_length (fields) < 21 || fields[0][0] == 'Z' || fields[0][0] == 'X')
    return 0;
  return g_ascii_strtoull (fields[19], NULL, 10);
}

gboolean
dio_supervisor_process_start (DioSupervisorProcess *process,
                              char **argv,
                              int lock_fd,
                              GError **error)
{
  int fds[7] = { -1, -1, -1, -1, -1, -1, -1 };
  pid_t parent = getpid ();

  if (!open_pipes (fds, error)) {
    close_all (fds, G_N_ELEMENTS (fds));
    return FALSE;
  }
  pid_t pid = fork ();
  if (pid == 0) {
    const int standard[] = { fds[6], fds[3], fds[5] };
    close (lock_fd);
    become (argv, parent, fds, standard);
  }
  int code = errno;
  int ours[] = { fds[0], fds[3], fds[5], fds[6] };
  close_all (ours, G_N_ELEMENTS (ours));
  if (pid < 0) {
    int rest[] = { fds[1], fds[2], fds[4] };
    close_all (rest, G_N_ELEMENTS (rest));
    g_set_error (error, DIO_ERROR, DIO_ERROR_FAILED, "No supervisor can be started: %s",
                 g_strerror (code));
    return FALSE;
  }
  *process = (DioSupervisorProcess){ pid, read_start (pid), fds[1], fds[2], fds[4] };
  return TRUE;
}

gboolean
dio_supervisor_process_release (DioSupervisorProcess *process, GError **error)
{
  ssize_t n;

  do
    n = write (process->barrier_fd, "g", 1);
  while (n < 0 && errno == EINTR);
  close (process->barrier_fd);
  process->barrier_fd = -1;
  if (n == 1)
    return TRUE;
  g_set_error (error, DIO_ERROR, DIO_ERROR_FAILED, "The supervisor is gone before it began: %s",
               g_strerror (errno));
  return FALSE;
}

void
dio_supervisor_process_abandon (DioSupervisorProcess *process)
{
  pid_t got;

  kill (process->pid, SIGKILL);
  do
    got = waitpid (process->pid, NULL, 0);
  while (got < 0 && errno == EINTR);
  dio_supervisor_process_close (process);
}

void
dio_supervisor_process_close (DioSupervisorProcess *process)
{
  int fds[] = { process->barrier_fd, process->output_fd, process->text_fd };

  close_all (fds, G_N_ELEMENTS (fds));
  process->barrier_fd = process->output_fd = process->text_fd = -1;
}

char *
dio_queue_dup_boot_id (void)
{
  char *text = NULL;

  if (!g_file_get_contents ("/proc/sys/kernel/random/boot_id", &text, NULL, NULL))
    return g_strdup ("");
  return g_strstrip (text);
}

static gboolean
wait_for_end (int pidfd, int timeout_ms)
{
  gint64 end = g_get_monotonic_time () / 1000 + timeout_ms;
  struct pollfd fd = { pidfd, POLLIN, 0 };
  int n;

  do
    n = poll (&fd, 1, (int) MAX (end - g_get_monotonic_time () / 1000, 0));
  while (n < 0 && errno == EINTR);
  return n != 0;
}

void
dio_queue_end_orphan (const DioCatalogJob *job)
{
  g_autofree char *boot = dio_queue_dup_boot_id ();
  int pidfd = job->pid > 0 ? pidfd_open (job->pid, 0) : -1;

  /* Looked at after the descriptor is there: from now on it cannot become another process. */
  if (pidfd >= 0 && g_strcmp0 (boot, job->boot) == 0 && job->pid_start != 0
      && read_start (job->pid) == job->pid_start) {
    pidfd_send_signal (pidfd, SIGTERM, NULL, 0);
    if (!wait_for_end (pidfd, ORPHAN_GRACE_MS)) {
      pidfd_send_signal (pidfd, SIGKILL, NULL, 0);
      wait_for_end (pidfd, ORPHAN_KILL_MS);
    }
  }
  if (pidfd >= 0)
    close (pidfd);
}
