#pragma once
/* Thread: main. The table of diorama-engine's commands; one file per command, nothing else in it. */

#include <glib.h>

G_BEGIN_DECLS

/** Exit codes of every command. */
typedef enum {
  DIO_EXIT_DONE = 0,
  DIO_EXIT_FAILED = 1,
  DIO_EXIT_USAGE = 2,
  /** Partly done: `resume` continues. */
  DIO_EXIT_PARTLY = 3,
} DioExit;

typedef struct {
  const char *name;
  /** Arguments as `--help` shows them. */
  const char *arguments;
  /** One sentence, marked for translation. */
  const char *summary;
  /** @argv[0] is the command's name. Returns the exit code. */
  int (*run) (int argc, char **argv);
  /** Started by the engine itself, not listed. */
  gboolean hidden;
} DioCliCommand;

/** The command of that name, or NULL. */
const DioCliCommand *dio_cli_find_command (const char *name);
const DioCliCommand *dio_cli_get_commands (guint *n);

int dio_cli_render (int argc, char **argv);
int dio_cli_resume (int argc, char **argv);
int dio_cli_verify (int argc, char **argv);
int dio_cli_digest (int argc, char **argv);
int dio_cli_review (int argc, char **argv);
int dio_cli_stats (int argc, char **argv);
int dio_cli_export (int argc, char **argv);
int dio_cli_formats (int argc, char **argv);
int dio_cli_sheet (int argc, char **argv);
int dio_cli_import (int argc, char **argv);
int dio_cli_queue (int argc, char **argv);
int dio_cli_help (int argc, char **argv);

G_END_DECLS
