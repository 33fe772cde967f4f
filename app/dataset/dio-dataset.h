#pragma once
/* Thread: one connection belongs to one thread. The dataset: a folder with picture files and dataset.db.
 * A row implies synced files; a file without a row is garbage. Layout and invariants: dio-dataset.c. */

#include "dio-annotate.h"
#include "dio-base-diagnostic.h"
#include "dio-randomize.h"
#include "dio-scene-scenario.h"

G_BEGIN_DECLS

typedef struct DioDataset DioDataset;

typedef enum {
  DIO_DATASET_READ,  /**< read-only; works on read-only media */
  DIO_DATASET_WRITE, /**< WAL; the supervisor alone */
} DioDatasetMode;

typedef enum {
  DIO_FRAME_PENDING, /**< in the run's range, no result yet */
  DIO_FRAME_DONE,
  DIO_FRAME_FAILED, /**< three tries; the cause is recorded; `resume` resets it */
} DioFrameStatus;

/** What a run is; strings borrowed for the call, owned when read back (dio_dataset_run_clear). */
typedef struct {
  gint64 id;
  char *scenario_hash;
  char *render_identity; /**< GL vendor | renderer | version; embree isa */
  guint64 seed;
  guint64 first, count; /**< frame index range */
  char *options_json;   /**< canonical line: size override, samples, outputs, shard */
} DioDatasetRun;

/** Whether @folder can become a dataset: absent, empty, or left behind by a creation that was interrupted. EXISTS
 * otherwise. */
gboolean dio_dataset_check_new_folder (const char *folder, GError **error);
/** Creates the folder (which must be absent or empty) with the scenario snapshot (canonical text), categories
 * and sensors; mode WRITE. Errors: EXISTS, NO_SPACE. */
DioDataset *dio_dataset_create (const char *folder,
                                const DioScenario *scenario,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Errors: NOT_FOUND, CORRUPT, UNSUPPORTED (newer schema). */
DioDataset *dio_dataset_open (const char *folder,
                              DioDatasetMode mode,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Writer: checkpoints and leaves WAL (journal_mode DELETE). */
void dio_dataset_close (DioDataset *dataset);
const char *dio_dataset_get_folder (const DioDataset *dataset);
/** The snapshot, parsed once; borrowed. */
DioScenario *dio_dataset_get_scenario (DioDataset *dataset, GError **error);

gint64 dio_dataset_add_run (DioDataset *dataset, const DioDatasetRun *run, GError **error);
gboolean dio_dataset_get_run (DioDataset *dataset, gint64 run, DioDatasetRun *out, GError **error);
void dio_dataset_run_clear (DioDatasetRun *run);
/** Ids of all runs, ascending; free with g_array_unref (gint64). */
GArray *dio_dataset_list_runs (DioDataset *dataset, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Records what renders @run; only while none is recorded (INVALID otherwise). */
gboolean dio_dataset_set_run_identity (DioDataset *dataset,
                                       gint64 run,
                                       const char *render_identity,
                                       GError **error);

/** Which file of which frame: dio_dataset_dup_file_path. */
typedef struct {
  gint64 run;
  guint64 index;
  guint take;
  const char *sensor;    /**< node id */
  const char *channel;   /**< "rgb" */
  const char *extension; /**< "png" */
} DioDatasetFileName;

/** "rgb/000/000123_camera.png", relative to the folder. Errors: NOT_FOUND for an unknown sensor. */
char *dio_dataset_dup_file_path (DioDataset *dataset,
                                 const DioDatasetFileName *name,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Whether a row names the file @path (relative to the folder). */
gboolean dio_dataset_has_file (DioDataset *dataset,
                               const char *path,
                               gboolean *has,
                               GError **error);

/** One picture file of a capture. */
typedef struct {
  char *channel; /**< "rgb", "leaf", "depth", "normal", "instance", "semantic" */
  char *path;    /**< relative to the folder: "rgb/000/000123_camera.png" */
  char *sha256;  /**< of the file's bytes */
} DioDatasetFile;

/** One capture = frame x sensor, as the worker reports it and as it reads back. */
typedef struct {
  gint64 id;
  char *sensor; /**< node id */
  guint width_px, height_px;
  double fx, fy, cx, cy;
  DioMat4 world_from_camera;
  double depth_unit_m;
  guint64 clipped_px, contested_px, gl_differing_px, gl_unexplained_px;
  gboolean checks_passed;
  double mean_luminance;
  GArray *files;       /**< of DioDatasetFile */
  GArray *checks;      /**< of DioSelfCheck (check interned) */
  GArray *leaves;      /**< of DioDatasetLeaf */
  GArray *annotations; /**< of DioDatasetAnnotation */
  GArray *hidden;      /**< of DioHiddenPair */
  char *timings_json;
} DioDatasetCapture;

/** Raw counts and masks of one leaf: what projections start from. */
typedef struct {
  guint leaf;
  guint instance; /**< default projection */
  char *name, *node_id;
  guint copy, group;
  int category;
  DioLeafLabel label;
} DioDatasetLeaf;

/** A stored annotation: DioAnnotation plus who it is. */
typedef struct {
  gint64 id;
  char *name, *node_id;
  guint copy;
  DioAnnotation label;
} DioDatasetAnnotation;

/** One frame with everything: the unit that is stored wholly or not at all. */
typedef struct {
  gint64 id, run;
  guint64 index;
  guint take;
  DioSequenceStep
      moment; /**< read back from the row; storing takes it from the scenario and the index */
  DioFrameStatus status;
  guint attempts;
  char *failure;    /**< cause, or NULL */
  GArray *captures; /**< of DioDatasetCapture */
  GArray *draws;    /**< of DioDraw */
  DioDiagnostics *diagnostics;
} DioDatasetFrame;

void dio_dataset_capture_clear (DioDatasetCapture *capture);
void dio_dataset_frame_clear (DioDatasetFrame *frame);

/** Stores frames in one transaction (group commit); replaces failed rows of the same (run, index, take). The
 * files already stand under their final names. */
gboolean dio_dataset_store_frames (DioDataset *dataset,
                                   DioDatasetFrame *const *frames,
                                   guint n,
                                   GError **error);
/** Frame indices of @run that have status DONE or FAILED, ascending; free with g_array_unref (guint64). */
GArray *dio_dataset_list_frames (DioDataset *dataset,
                                 gint64 run,
                                 DioFrameStatus status,
                                 GError **error);
gboolean dio_dataset_reset_failed (DioDataset *dataset, gint64 run, GError **error);

/** Streams all DONE frames ordered by (run, index, take): loads one at a time. */
typedef struct DioDatasetCursor DioDatasetCursor;
typedef enum {
  DIO_LOAD_MASKS = 1 << 0, /**< RLE of annotations and leaves */
  DIO_LOAD_LEAVES = 1 << 1,
  DIO_LOAD_DRAWS = 1 << 2,
  DIO_LOAD_HIDDEN = 1 << 3,
} DioLoadFlags;
DioDatasetCursor *dio_dataset_open_cursor (DioDataset *dataset,
                                           DioLoadFlags flags,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** TRUE with a frame to be cleared; FALSE without error at the end. */
gboolean dio_dataset_cursor_next (DioDatasetCursor *cursor, DioDatasetFrame *out, GError **error);
void dio_dataset_cursor_free (DioDatasetCursor *cursor);
/** One frame with the one capture that has the id @capture: what a viewer shows, without reading the rest. Statements
 * are kept, so that it takes a fraction of a millisecond. @out is to be cleared. Errors: NOT_FOUND, CORRUPT. */
gboolean dio_dataset_load_capture (
    DioDataset *dataset, gint64 capture, DioLoadFlags flags, DioDatasetFrame *out, GError **error);
/** DONE frames in all runs. */
guint64 dio_dataset_count_frames (DioDataset *dataset, DioFrameStatus status, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioDataset, dio_dataset_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioDatasetCursor, dio_dataset_cursor_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioDatasetFrame, dio_dataset_frame_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioDatasetRun, dio_dataset_run_clear)

G_END_DECLS
