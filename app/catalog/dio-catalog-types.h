#pragma once
/* Thread: any. Jobs, their states and what is known of datasets, as the catalog tells them. */

#include <glib.h>

G_BEGIN_DECLS

/** States of a job; the arrows between them stand in dio-catalog-job.c. */
typedef enum {
  DIO_JOB_QUEUED,     /**< waits for its turn */
  DIO_JOB_RUNNING,    /**< a supervisor works on it */
  DIO_JOB_PAUSING,    /**< the supervisor was told to stop and finishes its frames */
  DIO_JOB_PAUSED,     /**< waits until somebody lets it go on */
  DIO_JOB_CANCELLING, /**< like PAUSING, for good */
  DIO_JOB_CANCELLED,  /**< what was rendered is kept and can be gone on with */
  DIO_JOB_DONE,       /**< every frame is there */
  DIO_JOB_PARTLY,     /**< ended with frames missing: some failed, or the disk was full */
  DIO_JOB_FAILED,     /**< could not be done at all; the message says why */
  DIO_JOB_N_STATES,
} DioJobState;

/** What a user may ask of a job. */
typedef enum {
  DIO_JOB_REQUEST_NONE,
  DIO_JOB_REQUEST_RUN, /**< resume a paused job, retry what failed, take back a wish to stop */
  DIO_JOB_REQUEST_PAUSE,
  DIO_JOB_REQUEST_CANCEL,
} DioJobRequest;

/** What a job is to do. Strings are borrowed by the functions that take one and owned in a DioCatalogJob. */
typedef struct {
  /** Shown to people; NULL or "" = the scenario's name. */
  char *name;
  /** Canonical text of the scenario (dio_scenario_to_text): the job's own copy. NULL in lists. */
  char *scenario;
  /** File that the scenario was saved in (nullable); only shown. */
  char *scenario_path;
  /** Absolute folder that relative asset paths of the scenario start from. */
  char *scenario_folder;
  /** Absolute folder of the dataset; absent or empty when the job is added. */
  char *output;
  /** "rgb,depth,leaf": channels to write; NULL = the scenario's. */
  char *channels;
  /** Node ids of the sensors to render, separated by commas; NULL = all. */
  char *sensors;
  guint64 seed, first, count;
  /** Resolution of every sensor; 0 = the sensor's own. */
  guint width_px, height_px;
  /** Worker processes; 0 = one per core. */
  guint workers;
  /** 0 = the engine's. */
  guint frame_timeout_ms;
  /** As DioEngineJob has it: 0 = the engine's, < 0 = never. */
  gint64 recycle_bytes;
  /** Higher comes first; jobs of one priority in the order of their positions. */
  int priority;
} DioJobSpec;

#define DIO_JOB_MAX_STAGES 12

/** Time that workers have spent on one stage of their frames since the job was last started. */
typedef struct {
  const char
      *name; /**< interned: "resolve", "stage", "draw", "readback", "rays", "annotate", "encode" */
  double seconds;
} DioJobStage;

/** How far a job is, as its supervisor last told. */
typedef struct {
  /** The engine's word for what it does: "importing", "rendering", ...; "" before the first. Owned. */
  char *phase;
  guint64 done, failed, total;
  double frames_per_s, seconds_left;
  guint workers, restarts;
  /** Highest index of the stored frames, some below it may be missing still; -1 before the first. */
  gint64 newest_frame;
  DioJobStage stages[DIO_JOB_MAX_STAGES];
  guint n_stages;
} DioJobProgress;

/** A job as it stands in the catalog. Times are microseconds since 1970 in UTC, 0 = not yet. */
typedef struct {
  gint64 id;
  DioJobSpec spec;
  DioJobState state;
  /** A wish that the queue has not met yet. */
  DioJobRequest requested;
  DioJobProgress progress;
  /** Why it is FAILED or PARTLY, or what is worth saying; "" otherwise. English. Owned. */
  char *message;
  /** Its dataset exists: the next start goes on with it. */
  gboolean begun;
  gint64 added_us, started_us, ended_us;
  /** Place among the jobs of its priority; only the order counts. */
  gint64 position;
  /** The supervisor while one works: process id and its start time (clock ticks since boot); 0 without one. */
  int pid;
  guint64 pid_start;
  /** Boot id of the machine that the process belongs to; "" without one. Owned. */
  char *boot;
} DioCatalogJob;

/** A line of a job's log. */
typedef struct {
  gint64 id; /**< ascending */
  gint64 time_us;
  char *
      code; /**< the engine's event: "worker-lost", "frame-failed", ...; "queue" for the queue's own; owned */
  char *message; /**< English; owned */
} DioCatalogLogRow;

/** A dataset that the catalog knows. */
typedef struct {
  gint64 id;
  char *folder; /**< absolute */
  char *name;
  gint64 created_us;
  guint64 frames; /**< done; as of the last look */
  guint64 failed;
  gint64 job; /**< the job that made it; 0 where it is not in the catalog */
} DioCatalogDataset;

/** "queued", "running", ...: stable words for programs. */
const char *dio_job_state_to_name (DioJobState state);
/** FALSE for another word. */
gboolean dio_job_state_from_name (const char *name, DioJobState *state);
/** Whether a supervisor may be at work: RUNNING, PAUSING, CANCELLING. */
gboolean dio_job_state_is_active (DioJobState state);
/** Whether it makes sense to offer @request for a job in @state. dio_catalog_request takes more: a wish may be repeated. */
gboolean dio_job_state_allows (DioJobState state, DioJobRequest request);

void dio_job_progress_clear (DioJobProgress *progress);
void dio_catalog_job_free (DioCatalogJob *job);
void dio_catalog_log_row_free (DioCatalogLogRow *row);
void dio_catalog_dataset_free (DioCatalogDataset *dataset);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioCatalogJob, dio_catalog_job_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioCatalogDataset, dio_catalog_dataset_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioJobProgress, dio_job_progress_clear)

G_END_DECLS
