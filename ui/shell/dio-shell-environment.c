#define G_LOG_DOMAIN "dio-shell"

#include "dio-shell-environment.h"

#include <libintl.h>
#include <locale.h>

/* BUILD/ui/shell/diorama -> BUILD/data/gschemas.compiled; NULL for an installed program. */
static char *
find_build_schemas (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : NULL;
  for (guint level = 0; level < 3 && folder != NULL; level++) {
    g_autofree char *schemas = g_build_filename (folder, "data", NULL);
    g_autofree char *compiled = g_build_filename (schemas, "gschemas.compiled", NULL);
    if (g_file_test (compiled, G_FILE_TEST_EXISTS))
      return g_steal_pointer (&schemas);
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
  bindtextdomain (GETTEXT_PACKAGE, DIORAMA_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  /* For plurals, whose ngettext names no domain. */
  textdomain (GETTEXT_PACKAGE);
  g_autofree char *schemas = find_build_schemas ();
  if (schemas != NULL)
    g_setenv ("GSETTINGS_SCHEMA_DIR", schemas, FALSE);
}
