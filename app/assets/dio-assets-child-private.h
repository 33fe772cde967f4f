#pragma once
/* Thread: any. What parent and child agree on.
 *
 * The parent runs `PROGRAM import-child PATH OPTIONS`: PATH is absolute, OPTIONS the line of
 * dio_options_to_line. Descriptor 3 is the output, empty and writable. The child leaves in it a whole blob and exits
 * with 0, or one line of JSON {"code", "message"} and exits with 1. Anything else is a crash. */

#include <glib.h>

G_BEGIN_DECLS

#define DIO_CHILD_COMMAND "import-child"
#define DIO_CHILD_OUTPUT_FD 3
#define DIO_CHILD_MAX_ERROR 65536u

/** Runs the child and waits, at most 20 seconds. @output_fd: the file it writes. TRUE: it left a blob, to be
 * validated. Otherwise the error is the child's, or says how it ended (CORRUPT for a crash, LIMIT for a bound). */
gboolean dio_child_run (
    const char *engine_path, const char *path, const char *options, int output_fd, GError **error);

G_END_DECLS
