#define G_LOG_DOMAIN "dio-assets"

#include "dio-assets-sandbox-private.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define HAVE_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAVE_ASAN 1
#endif
#endif
#ifndef HAVE_ASAN
#define HAVE_ASAN 0
#endif

/* Rights that came after the headers of Debian 12; a kernel that does not know them is not asked. */
#define ACCESS_REFER (1ull << 13)
#define ACCESS_TRUNCATE (1ull << 14)

guint64
dio_sandbox_get_max_memory (void)
{
  const char *text = g_getenv ("DIORAMA_IMPORT_MEMORY_MIB");
  guint64 mib = text != NULL ? g_ascii_strtoull (text, NULL, 10) : 0;
  return (mib >= 64 && mib <= 65536 ? mib : 2048) << 20;
}

static void
limit (int resource, guint64 value)
{
  struct rlimit bounds = { value, value };
  setrlimit (resource, &bounds);
}

void
dio_sandbox_limit (void)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  limit (RLIMIT_CPU, DIO_IMPORT_CPU_SECONDS);
  limit (RLIMIT_CORE, 0);
  limit (RLIMIT_NOFILE, 64);
  limit (RLIMIT_FSIZE, DIO_IMPORT_MAX_OUTPUT);
  /* ASan maps terabytes that it does not use; the parent's watch on memory remains. */
  if (!HAVE_ASAN)
    limit (RLIMIT_AS, dio_sandbox_get_max_memory () * 2);
  /* A file beyond its bound shall give an error, not a signal. */
  signal (SIGXFSZ, SIG_IGN);
}

static void
allow (int ruleset, const char *path, guint64 access)
{
  struct landlock_path_beneath_attr rule = { .allowed_access = access };
  rule.parent_fd = open (path, O_PATH | O_CLOEXEC);
  if (rule.parent_fd < 0)
    return;
  syscall (SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
  close (rule.parent_fd);
}

gboolean
dio_sandbox_confine (const char *folder)
{
  int abi = (int) syscall (SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (abi < 1)
    return FALSE;
  struct landlock_ruleset_attr attr = { .handled_access_fs = (1ull << 13) - 1 };
  if (abi >= 2)
    attr.handled_access_fs |= ACCESS_REFER;
  if (abi >= 3)
    attr.handled_access_fs |= ACCESS_TRUNCATE;
  int ruleset = (int) syscall (SYS_landlock_create_ruleset, &attr, sizeof attr, 0);
  if (ruleset < 0)
    return FALSE;
  const guint64 look = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
  allow (ruleset, folder, look);
  /* Libraries that load parts of themselves late, and what sanitizers read for their reports. */
  static const char *const system_folders[] = { "/usr/lib", "/usr/share", "/lib", "/lib64",
                                                "/proc" };
  for (guint i = 0; i < G_N_ELEMENTS (system_folders); i++)
    allow (ruleset, system_folders[i], look | LANDLOCK_ACCESS_FS_EXECUTE);
  allow (ruleset, "/dev/null", LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE);
  allow (ruleset, "/dev/urandom", LANDLOCK_ACCESS_FS_READ_FILE);
  gboolean confined = syscall (SYS_landlock_restrict_self, ruleset, 0) == 0;
  close (ruleset);
  return confined;
}
