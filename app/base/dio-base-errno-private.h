#pragma once
/* Thread: any. What a failed system call means in DIO_ERROR. */

#include <glib.h>

G_BEGIN_DECLS

/** Sets @error from @errnum: "Cannot VERB PATH: REASON". @verb is a plain verb such as "write". */
void dio_base_set_errno (GError **error, int errnum, const char *verb, const char *path);
/** Writes all of @data to @fd, through short writes and interruptions; FALSE leaves errno. */
gboolean dio_base_write_all (int fd, const void *data, gsize size);

G_END_DECLS
