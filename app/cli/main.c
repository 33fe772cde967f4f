#define G_LOG_DOMAIN "dio-cli"

/* diorama-engine: everything Diorama does, without a screen. */

#include "dio-cli-command.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

static void
print_commands (void)
{
  guint n;
  const DioCliCommand *commands = dio_cli_get_commands (&n);
  g_print ("%s\n\n", _ ("Usage: diorama-engine COMMAND [OPTION…] [ARGUMENT…]"));
  for (guint i = 0; i < n; i++)
    if (!commands[i].hidden)
      g_print ("  %-8s %-10s %s\n", commands[i].name, commands[i].arguments,
               _ (commands[i].summary));
  g_print ("\n%s\n", _ ("`diorama-engine COMMAND --help` shows the options of a command."));
  g_print ("%s\n", _ ("Exit codes: 0 done, 1 failed, 2 wrong use, 3 partly done and resumable."));
}

int
dio_cli_help (int argc, char **argv)
{
  const DioCliCommand *command = argc > 1 ? dio_cli_find_command (argv[1]) : NULL;
  if (command != NULL && !command->hidden && command->run != dio_cli_help) {
    char *help[] = { argv[1], (char *) "--help", NULL };
    return command->run (2, help);
  }
  print_commands ();
  return DIO_EXIT_DONE;
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, DIORAMA_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  /* For plurals, whose ngettext names no domain. */
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("diorama-engine");

  if (argc < 2) {
    print_commands ();
    return DIO_EXIT_USAGE;
  }
  if (g_str_equal (argv[1], "--version")) {
    g_print ("diorama-engine %s\n", DIORAMA_VERSION);
    return DIO_EXIT_DONE;
  }
  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h"))
    return dio_cli_help (1, argv + 1);
  const DioCliCommand *command = dio_cli_find_command (argv[1]);
  if (command == NULL) {
    g_printerr (_ ("diorama-engine: there is no command “%s”; `diorama-engine help` lists them\n"),
                argv[1]);
    return DIO_EXIT_USAGE;
  }
  return command->run (argc - 1, argv + 1);
}
