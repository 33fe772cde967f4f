#pragma once
/* Thread: main. What the option tables of all commands share. */

#include "dio-cli-command.h"

G_BEGIN_DECLS

/** Parses @argv (argv[0] = the command) by @entries and checks that exactly @n_arguments remain, which go
 * to @arguments in order. Prints help (and exits with 0) or one line about wrong use (FALSE: the caller
 * returns DIO_EXIT_USAGE). */
gboolean dio_cli_parse (
    int argc, char **argv, const GOptionEntry *entries, guint n_arguments, char **arguments);

/** The same for one word of a command that has several: @command is named "queue add". */
gboolean dio_cli_parse_command (const DioCliCommand *command,
                                int argc,
                                char **argv,
                                const GOptionEntry *entries,
                                guint n_arguments,
                                char **arguments);

/** Prints "diorama-engine COMMAND: message" about wrong use; always FALSE. */
gboolean dio_cli_usage_error (const char *command, const char *format, ...) G_GNUC_PRINTF (2, 3);
/** Prints the error and returns DIO_EXIT_FAILED. */
int dio_cli_fail (const char *command, const GError *error);

/** "640x480" with both in 1 .. 16384. */
gboolean dio_cli_parse_size (const char *text, guint *width_px, guint *height_px);

G_END_DECLS
