#pragma once
/* Thread: the supervisor's own process. The background engine: runs a job into a dataset with worker
 * processes. Invariants, lease life cycle and state diagram: dio-engine-supervisor.c. */

#include "dio-dataset.h"

G_BEGIN_DECLS

/** What a job is. Strings borrowed. */
typedef struct {
  const char *scenario_path;
  /** in place of scenario_path (nullable); then scenario_folder is needed where it has assets */
  DioScenario *scenario;
  /** what relative asset paths start from; NULL = the folder of scenario_path */
  const char *scenario_folder;
  /** program with the command import-child; NULL = this program */
  const char *engine_path;
  const char *output; /**< dataset folder */
  guint64 first, count;
  guint64 seed;
  guint workers;             /**< 0 = one per core */
  guint width_px, height_px; /**< 0 = the sensor's */
  gboolean has_outputs;
  DioOutputs outputs; /**< overrides the scenario's where has_outputs */
  /** ids of the sensors to render, separated by commas; NULL = all */
  const char *sensors;
  /** a worker over this PSS is replaced after its frame; 0 = 2 GiB; < 0 = never */
  gint64 recycle_bytes;
  guint frame_timeout_ms; /**< 0 = 120000 */
} DioEngineJob;

#define DIO_ENGINE_MAX_STAGES 12

/** What workers spend their time on. */
typedef struct {
  const char
      *name; /**< interned: "resolve", "stage", "draw", "readback", "rays", "annotate", "encode" */
  double seconds; /**< summed over all workers and frames since the start */
} DioEngineStage;

/** A state of the job, many times a second at most 10. */
typedef struct {
  guint64 done, failed, total;
  double frames_per_s, seconds_left;
  guint workers_alive, restarts;
  const char *state; /**< "importing", "rendering", "finishing", "stopped" */
  /** Highest index of the frames that came: its files are in place, its rows follow within a second. Workers finish out of order, so
   * that frames below it may be missing still. -1 before the first. */
  gint64 newest_frame;
  DioEngineStage stages[DIO_ENGINE_MAX_STAGES]; /**< in the order of their work */
  guint n_stages;
} DioEngineProgress;

typedef struct {
  void (*progress) (const DioEngineProgress *progress, gpointer user);
  /** "worker-lost", "worker-recycled", "frame-retry", "frame-failed", "disk-low", ...; message
   * in English. */
  void (*event) (const char *code, const char *message, gpointer user);
  gpointer user;
} DioEngineObserver;

typedef enum {
  DIO_ENGINE_DONE,   /**< all frames are done */
  DIO_ENGINE_PARTLY, /**< stopped or some frames failed; resume continues */
} DioEngineOutcome;

/** Creates the dataset and runs the job. SIGINT/SIGTERM stop it cleanly (the frames in flight are finished or
 * dropped) with PARTLY. */
gboolean dio_engine_render (const DioEngineJob *job,
                            const DioEngineObserver *observer,
                            DioEngineOutcome *outcome,
                            GError **error);
/** Continues every run of an existing dataset; removes garbage files first. @workers as in DioEngineJob. */
gboolean dio_engine_resume (const char *folder,
                            guint workers,
                            const DioEngineObserver *observer,
                            DioEngineOutcome *outcome,
                            GError **error);
/** Re-reads every file and row: hashes, decoded labels against stored counts, boxes, masks; orphans, temporary files. */
gboolean dio_engine_verify (const char *folder, DioDiagnostics *findings, GError **error);
/** Called before each of @total frames, @done of them checked; on the thread that verifies. FALSE stops. */
typedef gboolean (*DioEngineVerifyFunc) (guint64 done, guint64 total, gpointer user);
/** The same, watched: where @func stops it fails with DIO_ERROR_CANCELLED, and @findings has what was found till then. */
gboolean dio_engine_verify_watched (const char *folder,
                                    DioDiagnostics *findings,
                                    DioEngineVerifyFunc func,
                                    gpointer user,
                                    GError **error);
/** Entry of the hidden command `worker`: speaks protocol on fd 3. */
int dio_engine_worker_main (int argc, char **argv);

G_END_DECLS
