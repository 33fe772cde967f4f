#pragma once
/* Thread: that of the catalog. */

#include "dio-catalog.h"
#include "dio-sql.h"

#include <sys/types.h>

struct DioCatalog {
  DioSql *sql;
  char *path;
  /** The file that is open: its name may come to mean another. */
  dev_t device;
  ino_t inode;
  /** PRAGMA data_version counts the commits of others, writes our own. */
  gint64 seen_version;
  guint64 writes, seen_writes;
};

/** Columns of jobs joined with progress, in the order that dio_catalog_read_job wants. */
#define DIO_CATALOG_JOB_COLUMNS                                                                    \
  "jobs.id, name, scenario_path, scenario_folder, output, channels, sensors, seed, first_frame,"   \
  " frame_count, width_px, height_px, workers, frame_timeout_ms, recycle_bytes, priority,"         \
  " position, state, requested, begun, message, added_us, started_us, ended_us, pid, pid_start,"   \
  " boot, phase, done, failed, total, frames_per_s, seconds_left, workers_alive, restarts,"        \
  " newest_frame, stages"
#define DIO_CATALOG_N_JOB_COLUMNS 37
#define DIO_CATALOG_JOB_TABLES " FROM jobs JOIN progress ON progress.job = jobs.id"

/** The job in the current row. */
DioCatalogJob *dio_catalog_read_job (DioSqlStatement *statement) G_GNUC_WARN_UNUSED_RESULT;

/** Begins a change; the next call must be dio_catalog_end. */
gboolean dio_catalog_begin (DioCatalog *catalog, GError **error);
/** Commits where @ok, else takes everything back; returns whether it is stored. @error is left alone where it was @ok that said FALSE. */
gboolean dio_catalog_end (DioCatalog *catalog, gboolean ok, GError **error);
/** Runs one statement with integer parameters. */
gboolean dio_catalog_run_ints (
    DioCatalog *catalog, const char *text, const gint64 *values, guint n, GError **error);
/** State and wish of a job. Errors: NOT_FOUND. */
gboolean dio_catalog_get_state (
    DioCatalog *catalog, gint64 id, DioJobState *state, DioJobRequest *requested, GError **error);
/** The error for a step that the state diagram does not have; always FALSE. */
gboolean dio_catalog_refuse (gint64 id, DioJobState state, const char *what, GError **error);

/** Opens the database at @path, which is made, checked and, where it is damaged, moved aside first. @damaged (out): where a damaged one was moved to. */
DioSql *dio_catalog_file_open (const char *path,
                               char **damaged,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** What a damaged catalog can still say about where datasets are: folders, NULL-terminated. */
char **dio_catalog_file_salvage (const char *path) G_GNUC_WARN_UNUSED_RESULT;

/** Inside a transaction: the row of a dataset. */
gboolean dio_catalog_store_dataset (DioCatalog *catalog,
                                    const DioCatalogDataset *dataset,
                                    gint64 *id,
                                    GError **error);
/** Inside a transaction: the rows of a new job, in @state. Checks nothing. */
gboolean dio_catalog_store_job (
    DioCatalog *catalog, const DioJobSpec *spec, DioJobState state, gint64 *id, GError **error);
