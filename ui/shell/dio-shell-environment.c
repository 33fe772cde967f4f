#define G_LOG_DOMAIN "dio-shell"

#include "dio-shell-environment.h"

#include <libintl.h>
#include <locale.h>

/* BUILD/ui/shell/diorama -> BUILD/@name; NULL for an installed program, where it has no @mark. */
static char *
find_in_build (const char *name, const char *mark)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : NULL;
  for (guint level = 0; level < 3 && folder != NULL; level++) {
    g_autofree char *found = g_build_filename (folder, name, NULL);
    g_autofree char *marked = g_build_filename (found, mark, NULL);
    if (g_file_test (marked, G_FILE_TEST_EXISTS))
      return g_steal_pointer (&found);
    char *above = g_path_get_dirname (folder);
    g_free (folder);
    folder = above;
  }
  return NULL;
}

void
dio_shell_environment_prepare (void)
{
  setlocale (LC_ALL, "");
  g_autofree char *words = find_in_build ("po", "de/LC_MESSAGES/" GETTEXT_PACKAGE ".mo");
  bindtextdomain (GETTEXT_PACKAGE, words != NULL ? words : DIORAMA_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  /* For plurals, whose ngettext names no domain. */
  textdomain (GETTEXT_PACKAGE);
  g_autofree char *schemas = find_in_build ("data", "gschemas.compiled");
  if (schemas != NULL)
    g_setenv ("GSETTINGS_SCHEMA_DIR", schemas, FALSE);
}
