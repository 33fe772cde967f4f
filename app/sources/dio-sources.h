#pragma once
/* Thread: any thread that may wait for files. What a scenario draws from besides itself: folders whose files are
 * choices, and CSV files whose rows are values.
 *
 * A scenario that names such sources is open: what its frames show depends on files. dio_sources_expand closes it, and
 * nothing else is resolved: every file of a folder becomes an entry of "assets" and the randomizer gets the list of
 * their ids; a column becomes the list of its values. The closed scenario is what a job stores, so its hash, which is
 * part of a frame's key, covers lists, contents (by the hashes of the assets) and values. What is added or taken away
 * later is seen by new jobs alone: a resumed one goes on with what it stored.
 *
 * A source is read like any other input of strangers: only below the scenario's folder, no link is followed, bounds
 * on everything, one error that names the place. Files of a folder are only listed here; they are parsed where all
 * assets are, in the import's child process. */

#include "dio-scene-scenario.h"

G_BEGIN_DECLS

/** Files that a folder may offer, and entries that it may hold. */
#define DIO_SOURCES_MAX_FILES 4096
#define DIO_SOURCES_MAX_ENTRIES 65536
/** Bounds of a CSV file. */
#define DIO_SOURCES_MAX_CSV_BYTES (16u * 1024 * 1024)
#define DIO_SOURCES_MAX_CSV_ROWS 200000
#define DIO_SOURCES_MAX_CSV_COLUMNS 1024

/** Names of the files below @scenario_folder/@folder that are of @kind by their ending, sorted by bytes. Subfolders,
 * hidden files and files of other kinds are passed over. Errors: NOT_FOUND for a folder that is not there, INVALID for
 * one that holds no such file, a link, or a name that no document can hold, LIMIT. */
GStrv dio_sources_list_folder (const char *scenario_folder,
                               const char *folder,
                               DioAssetKind kind,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** A CSV file (RFC 4180, UTF-8, a header): cells row by row, all rows as long as the header. */
typedef struct {
  GStrv names; /**< of the columns */
  guint n_columns;
  GPtrArray *cells; /**< of char* (owned), n_columns a row, without the header */
  GArray *lines;    /**< of guint: where in the file each row begins, from 1 */
} DioTable;

/** Of @scenario_folder/@path. Errors name file, line and column: NOT_FOUND, INVALID (a link, no regular file), CORRUPT,
 * LIMIT. */
DioTable *dio_table_load (const char *scenario_folder,
                          const char *path,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** @name is for messages. */
DioTable *dio_table_parse (const char *text, gsize length, const char *name, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
void dio_table_free (DioTable *table);
guint dio_table_get_n_rows (const DioTable *table);
/** -1 where there is none of that name. */
int dio_table_find_column (const DioTable *table, const char *name);

/** Whether randomizers of @scenario draw from files. */
gboolean dio_sources_is_open (const DioScenario *scenario);
/** The closed form of @scenario, whose paths start at @scenario_folder; @scenario itself (another reference) where it
 * is closed already. Disabled randomizers are closed like others, for a document may enable them later. */
DioScenario *dio_sources_expand (DioScenario *scenario,
                                 const char *scenario_folder,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** A text that changes when files come to, go from or change in the sources of @scenario. Cheap: it opens none. */
char *dio_sources_dup_stamp (const DioScenario *scenario,
                             const char *scenario_folder) G_GNUC_WARN_UNUSED_RESULT;
/** INVALID where a table of the closed @scenario that stops at its end has no row for a frame of @first to
 * @first + @count - 1. */
gboolean dio_sources_check_frames (const DioScenario *scenario,
                                   guint32 first,
                                   guint64 count,
                                   GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioTable, dio_table_free)

G_END_DECLS
