#pragma once
/* Thread: main. What every panel is given: the open document with its history, the selection, what is looked at and what came of it, jobs, datasets,
 * settings and the channel for messages. A panel reads it, connects to its signals, and changes the world only through it.
 *
 * Invariants:
 *  1. The scenario is never NULL and never changes in place: every edit replaces it by dio_session_commit.
 *  2. Whatever may wait (files, SQLite, imports, processes) runs in worker threads; the results come as signals on the main context.
 *  3. Every change of scenario, seed, frame, sensor or view asks the preview for a new result; "result" tells when it is there.
 *  4. Unsaved edits are in the recovery file within two seconds.
 *  5. Nothing here knows widgets.
 *
 * Properties (notify): "scenario" (pointer, read-only), "path" (string or NULL), "title" (string: name of the document for the header), "modified" (bool),
 * "can-undo", "can-redo" (bool), "undo-name", "redo-name" (string: translated, "" when there is none), "mode" (int DioMode, writable),
 * "seed" (uint64, writable), "frame" (uint, writable), "frame-view" (bool, writable; FALSE = Base, TRUE = Frame), "sensor" (string id or NULL,
 * writable), "through-sensor" (bool, writable: the viewport looks through the sensor), "playing" (bool, writable: steps frames as fast as they come),
 * "dataset" (string folder shown in Review or NULL, writable), "busy" (string: what is being done in the background, "" when nothing).
 *
 * Signals: "scenario-changed" () after any change of the document; "result" () when a new preview result is there; "message" (DioMessage*) for toasts and info bars; "document-opened" () after another document took the place of the old one;
 * "findings-changed" (); "thumbnail-ready" (string key), "probed" (int x, int y): dio-session-models.h; "job-finished" (DioJobItem*): dio-session-jobs.h. */

#include "dio-annotate-policy.h"
#include "dio-base-diagnostic.h"
#include "dio-overlays.h"
#include "dio-preview.h"
#include "dio-scene-scenario.h"
#include "dio-selection.h"
#include "dio-session-types.h"

#include <gio/gio.h>
#include <jansson.h>

G_BEGIN_DECLS

/** @engine_path: diorama-engine; NULL = beside this program or in the build tree. @data_folder: the user's data ($XDG_DATA_HOME/diorama); NULL = that. */
DioSession *dio_session_new (const char *engine_path,
                             const char *data_folder) G_GNUC_WARN_UNUSED_RESULT;
const char *dio_session_get_engine_path (DioSession *session);

/* -- Document ---------------------------------------------------------------------------------------------------- */

/** Borrowed; take a reference to keep it beyond the next edit. */
DioScenario *dio_session_get_scenario (DioSession *session);
/** NULL while it was never saved. */
const char *dio_session_get_path (DioSession *session);
/** Where relative asset paths start: the file's folder, or the draft folder of an unsaved document. */
const char *dio_session_get_folder (DioSession *session);
gboolean dio_session_is_modified (DioSession *session);
/** Replaces the document by an empty one with a ground, a sky and one sensor, or by @scenario (nullable, borrowed), unsaved. */
void dio_session_new_document (DioSession *session, DioScenario *scenario);
/** Reads and validates in a thread, then replaces the document. finish: FALSE leaves the old one open. */
void dio_session_open_async (DioSession *session,
                             const char *path,
                             GAsyncReadyCallback callback,
                             gpointer user);
gboolean dio_session_open_finish (DioSession *session, GAsyncResult *result, GError **error);
/** @path NULL = where it was. Copies assets of a draft, or of another folder, beside the new file. */
void dio_session_save_async (DioSession *session,
                             const char *path,
                             GAsyncReadyCallback callback,
                             gpointer user);
gboolean dio_session_save_finish (DioSession *session, GAsyncResult *result, GError **error);

/** As open, but the document is a new unsaved one: examples, templates. Its assets are copied into the draft. */
void dio_session_open_copy_async (DioSession *session,
                                  const char *path,
                                  GAsyncReadyCallback callback,
                                  gpointer user);
/** As open_copy for a scenario that is in memory already: the snapshot of a dataset. @folders (NULL-terminated): where its assets may lie, the dataset's own among them;
 * taken is what has the content that was rendered, a file rather than its imported form. */
void dio_session_open_snapshot_async (DioSession *session,
                                      DioScenario *scenario,
                                      const char *const *folders,
                                      GAsyncReadyCallback callback,
                                      gpointer user);
/** Documents that crashes left (of DioEditRecovered*, dio-edit-recovery.h), newest first; never NULL. */
void dio_session_list_recoveries_async (DioSession *session,
                                        GAsyncReadyCallback callback,
                                        gpointer user);
GPtrArray *dio_session_list_recoveries_finish (DioSession *session,
                                               GAsyncResult *result) G_GNUC_WARN_UNUSED_RESULT;
/** Opens what a crash left, modified, at its own path where it had one. @file: of DioEditRecovered. Finished by dio_session_open_finish. */
void dio_session_open_recovery_async (DioSession *session,
                                      const char *file,
                                      GAsyncReadyCallback callback,
                                      gpointer user);
/** Removes what a crash left, with the draft's assets. */
void dio_session_discard_recovery (DioSession *session, const char *file);
/** The window closes: unsaved edits are given up (ask before), recovery file and draft are removed. Call it last; the callback is the time to quit. */
void dio_session_close_async (DioSession *session, GAsyncReadyCallback callback, gpointer user);
void dio_session_close_finish (DioSession *session, GAsyncResult *result);

/** The one way to edit. @next (transfer full) becomes the document. @name (translated, "Move Mug") names the undo step. @merge (nullable): consecutive commits
 * with the same key are one step until dio_session_end_merge: a drag, a scrub. */
void dio_session_commit (DioSession *session,
                         DioScenario *next,
                         const char *name,
                         const char *merge);
void dio_session_end_merge (DioSession *session);
/** A drag that was given up, after its first commit: leaves neither a step to undo nor one to do again, and what could be done again before still can.
 * Where something ended the merge in between (a save), the step is undone. */
void dio_session_cancel_merge (DioSession *session);
/** Sets @path below every node of @ids ("light/intensity") or, with @ids NULL, a path of the document ("policy/preset"); FALSE leaves the document as it was. */
gboolean dio_session_set_property (DioSession *session,
                                   const char *const *ids,
                                   const char *path,
                                   const json_t *value,
                                   const char *name,
                                   const char *merge,
                                   GError **error);
void dio_session_undo (DioSession *session);
void dio_session_redo (DioSession *session);

/* -- Looking ------------------------------------------------------------------------------------------------------ */

DioSelection *dio_session_get_selection (DioSession *session);
DioOverlays *dio_session_get_overlays (DioSession *session);
DioMode dio_session_get_mode (DioSession *session);
void dio_session_set_mode (DioSession *session, DioMode mode);
guint64 dio_session_get_seed (DioSession *session);
void dio_session_set_seed (DioSession *session, guint64 seed);
guint32 dio_session_get_frame (DioSession *session);
void dio_session_set_frame (DioSession *session, guint32 frame);
gboolean dio_session_get_frame_view (DioSession *session);
void dio_session_set_frame_view (DioSession *session, gboolean frame_view);
/** The sensor whose labels are shown; the first one where none was chosen; NULL without sensors. */
const char *dio_session_get_sensor (DioSession *session);
void dio_session_set_sensor (DioSession *session, const char *id);
gboolean dio_session_get_through_sensor (DioSession *session);
void dio_session_set_through_sensor (DioSession *session, gboolean through);
/** The viewport's camera and size in device pixels; asks for a picture where it changed. While the session looks through the sensor the view is kept but not
 * drawn: results have no view picture then. */
void dio_session_set_view (DioSession *session, const DioPreviewView *view);
/** Between begin and end (nested) results are drafts; a pause of the hand and the end ask for a refined one. */
void dio_session_begin_drag (DioSession *session);
void dio_session_end_drag (DioSession *session);
/** The last finished result; borrowed, NULL before the first. */
DioPreviewResult *dio_session_get_result (DioSession *session);
DioPreview *dio_session_get_preview (DioSession *session);
/** The request that the session would make now (for sheets, casts and estimates); pointers borrowed until the next change. */
void dio_session_fill_request (DioSession *session, DioPreviewRequest *request);
/** The policy in force of the document. */
void dio_session_get_policy (DioSession *session, DioLabelPolicy *policy);
/** Verdict of an annotation of the last result, as an export with visible boxes has it; @reason (nullable) static: the policy's rule, or "unlabelled", "stuff"
 * (both DROP), "outside-cone". */
DioVerdict dio_session_judge (DioSession *session,
                              const DioAnnotation *annotation,
                              const char **reason);

/* -- Messages ------------------------------------------------------------------------------------------------------ */

/** What the window shows as a toast (NOTE) or info bar (WARNING, ERROR). */
typedef struct {
  DioSeverity severity;
  char *text;         /**< translated, one sentence */
  char *detail;       /**< (nullable) shown on request */
  char *action_label; /**< (nullable) translated verb */
  char *action;       /**< (nullable) detailed action name, "win.undo" */
} DioMessage;
/** Takes @error's message as detail (nullable, borrowed). @action_label and @action go together (nullable). */
void dio_session_report (DioSession *session,
                         DioSeverity severity,
                         const char *text,
                         const GError *error,
                         const char *action_label,
                         const char *action);

/* -- Assets -------------------------------------------------------------------------------------------------------- */

/** Copies the file with all that it refers to beside the document, imports it in a thread, adds it to "assets" and, with @place, a node that shows it at
 * @place (world, metres). One undo step. finish gives the asset's id (owned). Findings: dio_session_get_findings. */
void dio_session_import_async (DioSession *session,
                               const char *path,
                               const DioVec3 *place,
                               GAsyncReadyCallback callback,
                               gpointer user);
char *dio_session_import_finish (DioSession *session,
                                 GAsyncResult *result,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Copies the files of folder @path that are of @kind, or a table, beside the document in a thread, for randomizers to draw from. finish gives the copy's
 * path below the document's folder (owned). Nothing of the document changes. Errors: those of dio_sources_list_folder and dio_table_load, NO_SPACE, CANCELLED. */
void dio_session_copy_folder_async (DioSession *session,
                                    const char *path,
                                    DioAssetKind kind,
                                    GAsyncReadyCallback callback,
                                    gpointer user);
void dio_session_copy_table_async (DioSession *session,
                                   const char *path,
                                   GAsyncReadyCallback callback,
                                   gpointer user);
char *dio_session_copy_finish (DioSession *session,
                               GAsyncResult *result,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** The doctor's findings of an asset id, once it was imported in this session; borrowed, NULL while unknown. Signal "findings-changed" (). */
DioDiagnostics *dio_session_get_findings (DioSession *session, const char *asset);
/** What the button beside a finding says (translated, "Set Z Up"); NULL where nothing can be done by itself. */
const char *dio_session_get_fix_label (DioSession *session, const char *asset, const char *code);
/** Repairs what the finding says by the options of the asset: one undo step; the asset is imported anew in the background. */
gboolean dio_session_fix_finding (DioSession *session,
                                  const char *asset,
                                  const char *code,
                                  GError **error);

G_END_DECLS
