#pragma once
/* Thread: one. A text file that grows piece by piece without staying open: an export may have thousands. */

#include <glib.h>

G_BEGIN_DECLS

typedef struct DioExportLines DioExportLines;

/** @name within @folder; the file is made at the first flush, with the folders on the way. */
DioExportLines *dio_export_lines_new (const char *folder,
                                      const char *name) G_GNUC_WARN_UNUSED_RESULT;
/** What is to be appended; the caller appends to it and flushes when it likes. */
GString *dio_export_lines_get (DioExportLines *lines);
/** Writes what has gathered once it is more than a few kilobytes. */
gboolean dio_export_lines_flush (DioExportLines *lines, GError **error);
/** Writes the rest; the file is there afterwards, even if it is empty. */
gboolean dio_export_lines_end (DioExportLines *lines, GError **error);
/** (nullable) */
void dio_export_lines_free (DioExportLines *lines);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioExportLines, dio_export_lines_free)

G_END_DECLS
