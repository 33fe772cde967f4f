#define G_LOG_DOMAIN "dio-cli"

#include "dio-cli-command.h"
#include "dio-cli-options.h"
#include "dio-export.h"

#include <glib/gi18n-lib.h>

int
dio_cli_formats (int argc, char **argv)
{
  if (!dio_cli_parse (argc, argv, NULL, 0, NULL))
    return DIO_EXIT_USAGE;
  guint n;
  const DioExportFormatInfo *formats = dio_export_get_formats (&n);
  for (guint i = 0; i < n; i++)
    g_print ("%-16s %s\n%-16s %s\n", formats[i].name, _ (formats[i].label), "",
             _ (formats[i].help));
  return DIO_EXIT_DONE;
}
