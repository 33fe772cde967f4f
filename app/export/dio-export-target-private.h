#pragma once
/* Thread: one. The folder that an export writes: it appears whole, by a rename, or not at all. */

#include <glib.h>

G_BEGIN_DECLS

typedef struct DioExportTarget DioExportTarget;

/** Makes `.NAME.part-XXXXXX` beside @output, which must be absent or an empty folder (else EXISTS), and removes what
 * earlier exports to the same name left there when they were killed. */
DioExportTarget *dio_export_target_new (const char *output,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** The folder to write into. */
const char *dio_export_target_get_folder (const DioExportTarget *target);
/** Syncs everything written and gives the folder its name. */
gboolean dio_export_target_commit (DioExportTarget *target, GError **error);
/** Removes the folder unless it was committed. */
void dio_export_target_free (DioExportTarget *target);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioExportTarget, dio_export_target_free)

G_END_DECLS
