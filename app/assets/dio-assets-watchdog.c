#define G_LOG_DOMAIN "dio-assets"

#include "dio-assets-child-private.h"
#include "dio-assets-sandbox-private.h"

#include "dio-base-json.h"
#include "dio-core-error.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* The parent's side of an import: starts the child, watches its time and memory, ends it, and turns whatever came
 * of it into one sentence. The bounds that the kernel keeps for the child are in dio-assets-sandbox.c; this watch is
 * the one that holds in every build, under ASan too, and against a child that sleeps. */

#define TICK_MS 20
#define STDERR_KEPT 4096u

extern char **environ;

/* A child under watch. */
typedef struct {
  pid_t pid;
  int stderr_fd;
  char words[STDERR_KEPT + 1]; /* the beginning of what it wrote to stderr */
  gsize n_words;
  gboolean too_long, too_big;
  int status;
} Watch;

/* --- Start --------------------------------------------------------------------------------------- */

static int
spawn (Watch *watch, const char *engine_path, char **argv, int output_fd, int stderr_fd)
{
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t none, all;
  sigemptyset (&none);
  sigfillset (&all);
  posix_spawn_file_actions_init (&actions);
  posix_spawnattr_init (&attributes);
  /* Only 0 to 3 are the child's: what this process has open must not reach a parser of hostile files. Both
   * ends come in above 9, so that no duplicate closes another. */
  posix_spawn_file_actions_addopen (&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen (&actions, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2 (&actions, stderr_fd, 2);
  posix_spawn_file_actions_adddup2 (&actions, output_fd, DIO_CHILD_OUTPUT_FD);
  posix_spawn_file_actions_addclosefrom_np (&actions, DIO_CHILD_OUTPUT_FD + 1);
  posix_spawnattr_setpgroup (&attributes, 0);
  posix_spawnattr_setsigmask (&attributes, &none);
  posix_spawnattr_setsigdefault (&attributes, &all);
  posix_spawnattr_setflags (&attributes,
                            POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  int failure = posix_spawn (&watch->pid, engine_path, &actions, &attributes, argv, environ);
  posix_spawnattr_destroy (&attributes);
  posix_spawn_file_actions_destroy (&actions);
  return failure;
}

static gboolean
start (Watch *watch,
       const char *engine_path,
       const char *path,
       const char *options,
       int output_fd,
       GError **error)
{
  char *argv[] = { (char *) engine_path, (char *) DIO_CHILD_COMMAND, (char *) path,
                   (char *) options, NULL };
  int ends[2];
  if (pipe2 (ends, O_CLOEXEC) != 0) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_FAILED, "cannot start an import: %s",
                 g_strerror (errno));
    return FALSE;
  }
  int high_stderr = fcntl (ends[1], F_DUPFD_CLOEXEC, 10);
  int high_output = fcntl (output_fd, F_DUPFD_CLOEXEC, 10);
  close (ends[1]);
  int failure = high_stderr >= 0 && high_output >= 0
                    ? spawn (watch, engine_path, argv, high_output, high_stderr)
                    : EMFILE;
  if (high_stderr >= 0)
    close (high_stderr);
  if (high_output >= 0)
    close (high_output);
  if (failure == 0) {
    fcntl (ends[0], F_SETFL, O_NONBLOCK);
    watch->stderr_fd = ends[0];
    return TRUE;
  }
  close (ends[0]);
  g_set_error (error, DIO_ERROR, DIO_ERROR_FAILED, "cannot start %s to import a file: %s",
               engine_path, g_strerror (failure));
  return FALSE;
}

/* --- Watch --------------------------------------------------------------------------------------- */

static guint64
get_resident_bytes (pid_t pid)
{
  char path[64], text[128];
  g_snprintf (path, sizeof path, "/proc/%d/statm", (int) pid);
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return 0;
  gssize n = read (fd, text, sizeof text - 1);
  close (fd);
  unsigned long long total, resident;
  text[MAX (n, 0)] = '\0';
  if (sscanf (text, "%llu %llu", &total, &resident) != 2)
    return 0;
  return resident * (guint64) sysconf (_SC_PAGESIZE);
}

/* Takes what is in the pipe, keeps the beginning, so that a child that writes without end does not block. */
static void
drain (Watch *watch)
{
  char buffer[4096];
  for (guint i = 0; i < 64; i++) {
    gssize n = read (watch->stderr_fd, buffer, sizeof buffer);
    if (n <= 0)
      return;
    gsize kept = MIN ((gsize) n, STDERR_KEPT - watch->n_words);
    memcpy (watch->words + watch->n_words, buffer, kept);
    watch->n_words += kept;
  }
}

static void
kill_group (const Watch *watch)
{
  /* The group does not exist yet if the child has not run; the process itself always does. */
  kill (-watch->pid, SIGKILL);
  kill (watch->pid, SIGKILL);
}

/* TRUE once the child is gone. */
static gboolean
has_ended (Watch *watch)
{
  pid_t gone;
  do
    gone = waitpid (watch->pid, &watch->status, WNOHANG);
  while (gone < 0 && errno == EINTR);
  if (gone < 0)
    watch->status = -1; /* somebody else reaped it: the output alone tells */
  return gone != 0;
}

static void
wait_for_end (Watch *watch)
{
  gint64 start_us = g_get_monotonic_time ();
  gint64 limit_us = (gint64) DIO_IMPORT_WALL_SECONDS * G_USEC_PER_SEC;
  guint64 max_memory = dio_sandbox_get_max_memory ();
  gboolean killed = FALSE;
  guint tick_ms = 1;
  while (!has_ended (watch)) {
    gint64 spent_us = g_get_monotonic_time () - start_us;
    if (!killed) {
      watch->too_long = spent_us > limit_us;
      watch->too_big = get_resident_bytes (watch->pid) > max_memory;
      killed = watch->too_long || watch->too_big;
      if (killed)
        kill_group (watch);
    } else if (spent_us > limit_us + 4 * G_USEC_PER_SEC) {
      g_warning ("import process %d does not die; it is left behind", (int) watch->pid);
      watch->status = -1;
      return;
    }
    struct pollfd pipe_end = { .fd = watch->stderr_fd, .events = POLLIN };
    if (poll (&pipe_end, 1, (int) tick_ms) > 0) {
      drain (watch);
      /* A closed pipe polls at once. */
      if ((pipe_end.revents & POLLHUP) != 0)
        g_usleep (tick_ms * 1000);
    }
    tick_ms = MIN (tick_ms * 2, TICK_MS);
  }
  drain (watch);
}

/* --- Verdict ------------------------------------------------------------------------------------- */

/* The child's own message; FALSE where there is none that can be believed. */
static gboolean
take_child_error (int output_fd, GError **error)
{
  char text[DIO_CHILD_MAX_ERROR];
  gssize n = pread (output_fd, text, sizeof text, 0);
  if (n <= 0)
    return FALSE;
  g_autoptr (json_t) json = dio_json_parse (text, (gsize) n, "answer of the import", NULL);
  const char *message = json_string_value (json_object_get (json, "message"));
  json_int_t code = json_integer_value (json_object_get (json, "code"));
  if (message == NULL || code < DIO_ERROR_FAILED || code > DIO_ERROR_EXISTS)
    return FALSE;
  g_set_error_literal (error, DIO_ERROR, (int) code, message);
  return TRUE;
}

static void
set_end_error (const Watch *watch, const char *path, GError **error)
{
  g_autofree char *name = g_path_get_basename (path);
  int signal_number =
      watch->status != -1 && WIFSIGNALED (watch->status) ? WTERMSIG (watch->status) : 0;
  if (watch->n_words > 0)
    g_debug ("import of %s said: %s", path, watch->words);
  if (watch->too_big)
    g_set_error (error, DIO_ERROR, DIO_ERROR_LIMIT,
                 "importing %s took more than %u MiB of memory and was stopped; the file is "
                 "damaged or too large: simplify it, or raise "
                 "DIORAMA_IMPORT_MEMORY_MIB",
                 name, (guint) (dio_sandbox_get_max_memory () >> 20));
  else if (watch->too_long || signal_number == SIGXCPU)
    g_set_error (error, DIO_ERROR, DIO_ERROR_LIMIT,
                 "importing %s took more than %u seconds and was stopped; the file is damaged or "
                 "too large: simplify it",
                 name, DIO_IMPORT_WALL_SECONDS);
  else if (signal_number != 0)
    g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT,
                 "importing %s crashed the reader of its format (signal %d); the file is damaged: "
                 "export it again",
                 name, signal_number);
  else
    g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT,
                 "importing %s ended without an answer; the file is damaged: export it again",
                 name);
}

gboolean
dio_child_run (
    const char *engine_path, const char *path, const char *options, int output_fd, GError **error)
{
  Watch watch = { 0 };
  if (!start (&watch, engine_path, path, options, output_fd, error))
    return FALSE;
  wait_for_end (&watch);
  close (watch.stderr_fd);
  gboolean good_exit =
      watch.status == -1 || (WIFEXITED (watch.status) && WEXITSTATUS (watch.status) == 0);
  if (good_exit && !watch.too_big && !watch.too_long)
    return TRUE;
  gboolean answered =
      watch.status != -1 && WIFEXITED (watch.status) && WEXITSTATUS (watch.status) == 1;
  if (!answered || !take_child_error (output_fd, error))
    set_end_error (&watch, path, error);
  return FALSE;
}
