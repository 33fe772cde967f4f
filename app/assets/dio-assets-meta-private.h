#pragma once
/* Thread: any. The META text of a blob: which files were read, what the doctor found. */

#include "dio-base-diagnostic.h"

#include <glib.h>

G_BEGIN_DECLS

/** @files: of DioGateFile, sorted. */
char *dio_meta_to_line (const GPtrArray *files,
                        const DioDiagnostics *findings) G_GNUC_WARN_UNUSED_RESULT;
/** Errors: CORRUPT. @files of DioGateFile and @findings are the caller's. */
gboolean dio_meta_from_line (const char *line,
                             GPtrArray **files,
                             DioDiagnostics **findings,
                             GError **error);

G_END_DECLS
