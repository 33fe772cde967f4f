#define G_LOG_DOMAIN "dio-cli"

#include "dio-cli-options.h"

#include "dio-cli-command.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

gboolean
dio_cli_usage_error (const char *command, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *message = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr (_ ("diorama-engine %s: %s; `diorama-engine %s --help` shows the options\n"), command,
              message, command);
  return FALSE;
}

int
dio_cli_fail (const char *command, const GError *error)
{
  g_printerr ("diorama-engine %s: %s\n", command, error != NULL ? error->message : _ ("failed"));
  return DIO_EXIT_FAILED;
}

gboolean
dio_cli_parse (
    int argc, char **argv, const GOptionEntry *entries, guint n_arguments, char **arguments)
{
  const DioCliCommand *command = dio_cli_find_command (argv[0]);
  g_return_val_if_fail (command != NULL, FALSE);

  return dio_cli_parse_command (command, argc, argv, entries, n_arguments, arguments);
}

gboolean
dio_cli_parse_command (const DioCliCommand *command,
                       int argc,
                       char **argv,
                       const GOptionEntry *entries,
                       guint n_arguments,
                       char **arguments)
{
  g_autoptr (GOptionContext) context = g_option_context_new (command->arguments);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, _ (command->summary));
  g_autofree char *program = g_strconcat ("diorama-engine ", command->name, NULL);
  g_set_prgname (program);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);

  g_autoptr (GError) error = NULL;
  char **rest = g_new0 (char *, argc + 1);
  for (int i = 0; i < argc; i++)
    rest[i] = argv[i];
  int n = argc;
  gboolean parsed = g_option_context_parse (context, &n, &rest, &error);
  g_set_prgname ("diorama-engine");
  if (!parsed) {
    g_free (rest);
    return dio_cli_usage_error (command->name, "%s", error->message);
  }
  guint given = 0;
  for (int i = 1; i < n; i++)
    if (!g_str_equal (rest[i], "--") && given++ < n_arguments)
      arguments[given - 1] = rest[i];
  g_free (rest);
  if (given < n_arguments)
    return dio_cli_usage_error (command->name, _ ("%s is missing"), command->arguments);
  if (given > n_arguments)
    return dio_cli_usage_error (command->name, _ ("too many arguments"));
  return TRUE;
}

gboolean
dio_cli_parse_size (const char *text, guint *width_px, guint *height_px)
{
  guint width = 0, height = 0;
  char end;
  if (sscanf (text, "%5ux%5u%c", &width, &height, &end) != 2 || width < 1 || height < 1
      || width > 16384 || height > 16384)
    return FALSE;
  *width_px = width;
  *height_px = height;
  return TRUE;
}
