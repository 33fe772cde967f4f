#define G_LOG_DOMAIN "dio-cli"

#include "dio-cli-command.h"
#include "dio-cli-options.h"
#include "dio-engine.h"

#include <glib/gi18n-lib.h>

int
dio_cli_verify (int argc, char **argv)
{
  char *folder = NULL;
  if (!dio_cli_parse (argc, argv, NULL, 1, &folder))
    return DIO_EXIT_USAGE;

  g_autoptr (DioDiagnostics) findings = dio_diagnostics_new ();
  g_autoptr (GError) error = NULL;
  if (!dio_engine_verify (folder, findings, &error))
    return dio_cli_fail ("verify", error);
  guint n = dio_diagnostics_get_count (findings);
  for (guint i = 0; i < n; i++) {
    const DioDiagnostic *finding = dio_diagnostics_get (findings, i);
    g_print ("%s %s %s: %s\n", dio_severity_to_name (finding->severity), finding->code,
             finding->object, finding->message);
  }
  if (dio_diagnostics_has_errors (findings)) {
    g_print (_ ("%s: not sound\n"), folder);
    return DIO_EXIT_FAILED;
  }
  g_print (_ ("%s: sound\n"), folder);
  return DIO_EXIT_DONE;
}
