#pragma once
/* Thread: any. Plain files of an export. They are not synced one by one: the run syncs its folder once, at the
 * end, before the rename. */

#include "dio-image-codec.h"

G_BEGIN_DECLS

/** Sets @error from @errnum: "Cannot VERB PATH: REASON". */
void dio_export_set_errno (GError **error, int errnum, const char *verb, const char *path);
/** Makes a new file; EXISTS where one stands: names of an export are unique. */
gboolean dio_export_file_write (const char *path, const void *data, gsize size, GError **error);
/** The same at @name in @folder, with the folders on the way. */
gboolean dio_export_file_put (
    const char *folder, const char *name, const void *data, gsize size, GError **error);
/** The same with @image as PNG without colour chunks: a picture of labels. */
gboolean dio_export_file_put_png (const char *folder,
                                  const char *name,
                                  const DioImage *image,
                                  GError **error);
/** Appends to a file that is there. */
gboolean dio_export_file_append (const char *path, const void *data, gsize size, GError **error);
/** Appends the file @spill, which is removed, to the file @path; in pieces. */
gboolean dio_export_file_append_file (const char *path, const char *spill, GError **error);
/** Ends the JSON object in @path with the members of the JSON object in @spill, which is removed. Both are what
 * DioJsonWriter wrote, and neither is empty. Copies in pieces: memory does not grow with the files. */
gboolean dio_export_file_join_objects (const char *path, const char *spill, GError **error);
/** @text in double quotes, as JSON and YAML both read it. */
char *dio_export_quote (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
