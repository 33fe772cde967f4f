#pragma once
/* Thread: any. FOLDER/index/NAME.json: what an import read last time, so that the next one need not start a
 * child to know that nothing changed. */

#include <glib.h>

G_BEGIN_DECLS

/** Name of the index entry of a file imported with @options. */
char *dio_index_dup_path (const char *store_folder,
                          const char *real_path,
                          const char *options) G_GNUC_WARN_UNUSED_RESULT;
/** Of DioGateFile from the entry at @index_path, if every file is as it was (size and time, else hash) and
 * every missing one is still missing; NULL otherwise. */
GPtrArray *dio_index_load_unchanged (const char *index_path,
                                     const char *real_path) G_GNUC_WARN_UNUSED_RESULT;
gboolean dio_index_save (const char *index_path, const GPtrArray *files, GError **error);

G_END_DECLS
