#pragma once
/* Thread: main, but for what says otherwise. The studio's eye: one render thread with its own GL context, ray scene and caches that turns
 * immutable snapshots into pictures and labels with the engine's own code.
 *
 * Invariants:
 *  1. A request holds everything that its result depends on; nothing of the document is read later.
 *  2. The newest request wins: one that has not begun is replaced, results come in order of requests.
 *  3. Labels of a result are those that the engine would store, at the sensor's resolution, in draft as well.
 *  4. The colour of a result whose rgb_draft is FALSE is, to the bit, what the engine writes.
 *  5. The main thread never waits for the render thread.
 * It knows no widgets and no files but assets. */

#include "dio-annotate.h"
#include "dio-assets.h"
#include "dio-frame-labels.h"
#include "dio-frame.h"
#include "dio-randomize.h"
#include "dio-scene-scenario.h"

G_BEGIN_DECLS

typedef struct DioPreview DioPreview;

/** The free view of the editor: not a sensor, never stored. */
typedef struct {
  guint width_px, height_px; /**< of the picture in device pixels; 0 = no view picture wanted */
  DioMat4 world_from_camera; /**< rigid, camera axes as everywhere */
  gboolean orthographic;
  double fov_y_rad;      /**< perspective */
  double ortho_height_m; /**< orthographic: metres from top to bottom edge */
  /** Depth and normals are looked at: they come with a picture that is a sketch, for nobody looks at its colour. */
  gboolean want_geometry;
} DioPreviewView;

/** One thing to show. Pointers are borrowed for the call; the preview takes references and copies. */
typedef struct {
  DioScenario *scenario;
  const char *scenario_folder; /**< where relative asset paths start; NULL only without assets */
  guint64 seed;
  guint32 frame, take;
  gboolean base;        /**< TRUE: document values, no randomizer acts */
  const char *sensor;   /**< whose labels and picture; NULL = the first visible one */
  gboolean want_sensor; /**< FALSE: only the view picture */
  DioPreviewView view;
  gboolean
      draft; /**< while dragging: colour may be cheap, labels stay exact; a refined result follows on the next request without it */
} DioPreviewRequest;

/** Immutable, reference counted, any thread. Owned by whoever holds a reference. Without a usable scenario @error is set and the pictures
 * are NULL; a scenario without a sensor has a view picture only. */
typedef struct {
  gatomicrefcount refs;
  guint64 serial; /**< of the request, counts up from 1 */
  /** echo of the request */
  DioScenario *scenario;
  guint64 seed;
  guint32 frame_index, take;
  gboolean base, draft;
  GError *error;               /**< (nullable) why there is nothing to see */
  DioDiagnostics *diagnostics; /**< of resolve and stage; never NULL */
  /** What was drawn, for "why this value?"; (nullable) with @error. Read-only. */
  DioResolved *resolved;
  DioFrame *frame; /**< (nullable) */
  /** view */
  DioPreviewView view;
  /** of @view; projects and unprojects both kinds (an orthographic one stands further back than @view says) */
  DioCamera view_camera;
  DioImage *view_rgb;  /**< u8 x3 sRGB, (nullable) without OpenGL */
  DioImage *view_leaf; /**< u16 leaf ids of the view's pixels, for picking, (nullable) */
  /** With want_geometry: f32 metres along the axis from view_camera, +inf background; f32 x3 normals in its axes, 0 background. (nullable) */
  DioImage *view_depth_z, *view_normal;
  /** sensor */
  int camera;    /**< index into frame->cameras, -1 = none */
  DioImage *rgb; /**< u8 x3 sRGB at the sensor's resolution, (nullable) without OpenGL */
  gboolean rgb_draft;
  DioRayLabels labels;        /**< zeroed without a sensor */
  DioAnnotations annotations; /**< zeroed without a sensor */
  gboolean has_gl_check;      /**< FALSE in draft: the check against OpenGL ids did not run */
  double resolve_ms, stage_ms, view_ms, draw_ms, rays_ms, annotate_ms, total_ms;
} DioPreviewResult;

DioPreviewResult *dio_preview_result_ref (DioPreviewResult *result);
void dio_preview_result_unref (DioPreviewResult *result);

/** Called on the main context of the thread that made the preview; @result is borrowed. */
typedef void (*DioPreviewFunc) (DioPreviewResult *result, gpointer user);

/** @engine_path: diorama-engine, for import-child; NULL = this program. Starts the thread; never fails: without OpenGL 4.5 results have labels
 * and no pictures, and dio_preview_dup_gl_error says why. The environment variable DIORAMA_NO_GL=1 makes it so on any machine. */
DioPreview *dio_preview_new (const char *engine_path,
                             DioPreviewFunc func,
                             gpointer user) G_GNUC_WARN_UNUSED_RESULT;
/** Waits for the piece of work in hand (bounded by one frame), calls nobody back afterwards. */
void dio_preview_free (DioPreview *preview);
/** NULL while unknown or where OpenGL works; otherwise one sentence. */
char *dio_preview_dup_gl_error (DioPreview *preview) G_GNUC_WARN_UNUSED_RESULT;
/** Replaces a request that has not begun. Returns its serial. */
guint64 dio_preview_request (DioPreview *preview, const DioPreviewRequest *request);

/** Where a ray of the view hits the frame of @result's request. */
typedef struct {
  gboolean hit;
  DioVec3 point_world_m;
  DioVec3 normal_world; /**< unit, geometric, turned to the eye */
  guint leaf;           /**< 0 without hit */
} DioPreviewHit;
typedef void (*DioPreviewHitFunc) (const DioPreviewHit *hit, gpointer user);
/** Casts from @origin along @direction (unit, world) into the frame that was shown last, leaving out leaves of nodes in @without
 * (nullable, NULL-terminated node ids): drops, ground under the mouse. Answer on the main context; the newest cast wins, an overtaken
 * one is answered with hit FALSE. */
void dio_preview_cast (DioPreview *preview,
                       DioVec3 origin_world_m,
                       DioVec3 direction_world,
                       const char *const *without,
                       DioPreviewHitFunc func,
                       gpointer user);

/** A contact sheet: frames first .. first + count - 1 of @request's scenario and seed, seen by its sensor scaled to @tile_width_px. Tiles
 * arrive one by one, in order, between requests (which go first). A new sheet or cancel stops the old one. */
typedef void (*DioPreviewTileFunc) (DioPreviewResult *tile, guint index, gpointer user);
void dio_preview_request_sheet (DioPreview *preview,
                                const DioPreviewRequest *request,
                                guint count,
                                guint tile_width_px,
                                DioPreviewTileFunc func,
                                gpointer user);
void dio_preview_cancel_sheet (DioPreview *preview);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioPreview, dio_preview_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioPreviewResult, dio_preview_result_unref)

G_END_DECLS
