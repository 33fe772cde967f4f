#define G_LOG_DOMAIN "dio-session"

#include "dio-session-private.h"

#define ENGINE_NAME "diorama-engine"
/* From a program in a build tree (ui/shell, tests/app/session) up to the tree's root. */
#define MAX_LEVELS 4

char *
dio_session_dup_engine_path (void)
{
  g_autofree char *exe = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = exe != NULL ? g_path_get_dirname (exe) : g_strdup (".");
  g_autofree char *beside = g_build_filename (folder, ENGINE_NAME, NULL);
  if (g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&beside);
  for (guint level = 0; level < MAX_LEVELS; level++) {
    char *above = g_path_get_dirname (folder);
    g_free (folder);
    folder = above;
    g_autofree char *built = g_build_filename (folder, "app", "cli", ENGINE_NAME, NULL);
    if (g_file_test (built, G_FILE_TEST_IS_EXECUTABLE))
      return g_steal_pointer (&built);
  }
  char *found = g_find_program_in_path (ENGINE_NAME);
  return found != NULL ? found : g_strdup (ENGINE_NAME);
}
