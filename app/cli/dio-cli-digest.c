#define G_LOG_DOMAIN "dio-cli"

#include "dio-cli-command.h"
#include "dio-cli-options.h"
#include "dio-dataset-digest.h"

#include <glib/gi18n-lib.h>

int
dio_cli_digest (int argc, char **argv)
{
  gboolean labels_only = FALSE;
  const GOptionEntry entries[] = {
    { "labels", 0, 0, G_OPTION_ARG_NONE, &labels_only, N_ ("Leave colour out"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  char *folder = NULL;
  if (!dio_cli_parse (argc, argv, entries, 1, &folder))
    return DIO_EXIT_USAGE;

  g_autoptr (GError) error = NULL;
  g_autoptr (DioDataset) dataset = dio_dataset_open (folder, DIO_DATASET_READ, &error);
  g_autofree char *digest =
      dataset != NULL ? dio_dataset_dup_digest (dataset, labels_only, &error) : NULL;
  if (digest == NULL)
    return dio_cli_fail ("digest", error);
  g_print ("%s\n", digest);
  return DIO_EXIT_DONE;
}
