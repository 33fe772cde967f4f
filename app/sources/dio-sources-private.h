#pragma once
/* Thread: any. Shared by the files of sources/ only. */

#include "dio-sources.h"

G_BEGIN_DECLS

/** Opens @path, relative and without "..", below @scenario_folder part by part, following no link but those of
 * @scenario_folder itself: a folder or a regular file. -1 with an error that names the part. */
int dio_sources_open (const char *scenario_folder,
                      const char *path,
                      gboolean is_folder,
                      GError **error);
/** The "file" and "columns" of a table as the "rows" of its property; NULL with an error that names line and column. */
json_t *dio_sources_read_rows (const DioScenario *scenario,
                               const DioRandomizer *randomizer,
                               const DioTable *table,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
