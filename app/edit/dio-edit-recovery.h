#pragma once
/* Thread: any but those that must not wait: these functions read and sync files.
 *
 * Recovery files: what of a document is not saved, in a folder that the caller names, one file per open document:
 * "PID-SERIAL.recovery", JSON with the document's path, the time, the process and the whole scenario. A file whose process is dead is left over from
 * a crash. A process that has a dead one's number is told from it by its start time. */

#include "dio-scene-scenario.h"

G_BEGIN_DECLS

/** Writes or replaces @file (a name from dio_edit_recovery_dup_file). Atomic; makes the folder. @original_path NULL for a document that was never saved;
 * @folder is where its relative assets lie (nullable). */
gboolean dio_edit_recovery_write (const char *file,
                                  DioScenario *scenario,
                                  const char *original_path,
                                  const char *folder,
                                  GError **error);
/** The path of a recovery file of this process in @folder; @serial tells its documents apart. Does not wait. */
char *dio_edit_recovery_dup_file (const char *folder, guint serial) G_GNUC_WARN_UNUSED_RESULT;
/** TRUE where it was not there. */
gboolean dio_edit_recovery_remove (const char *file, GError **error);

/** One document that a crash left. */
typedef struct {
  char *file;          /**< of the recovery */
  char *original_path; /**< (nullable) */
  char *folder;        /**< (nullable) where its assets lie */
  char *title;         /**< of the scenario, may be "" */
  gint64 time_us;      /**< Unix time of the last write, microseconds */
} DioEditRecovered;
void dio_edit_recovered_free (DioEditRecovered *recovered);
/** Those in @folder whose process is dead, newest first (of DioEditRecovered*); what cannot be read is passed over. Never NULL. */
GPtrArray *dio_edit_recovery_list (const char *folder) G_GNUC_WARN_UNUSED_RESULT;
/** The scenario of a recovery file; errors as dio_scenario_load, and CORRUPT. */
DioScenario *dio_edit_recovery_read (const char *file, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioEditRecovered, dio_edit_recovered_free)

G_END_DECLS
