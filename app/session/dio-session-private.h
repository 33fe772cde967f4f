#pragma once
/* Thread: main. What the files of the session share. */

#include "dio-session.h"

#include "dio-edit-history.h"

G_BEGIN_DECLS

struct _DioSession {
  GObject parent;
  char *engine_path, *data_folder, *state_folder;

  /* Document. A draft has no path; its folder is made with its first asset. */
  DioEditHistory *history;
  DioScenario *scenario; /**< what the history holds as current, with a reference of its own */
  char *path, *folder, *title;
  guint document; /**< counts documents: what a thread made for an earlier one is dropped */

  /* Looking. */
  DioSelection *selection;
  DioOverlays *overlays;
  DioMode mode;
  guint64 seed;
  guint32 frame;
  gboolean frame_view, through_sensor, playing;
  char *chosen_sensor;    /**< (nullable) what was set */
  char *effective_sensor; /**< (nullable) what it means in the document */
  DioPreviewView view;
  guint drag_depth;
  DioPreview *preview;
  DioPreviewResult *result;
  guint request_id; /**< idle source of the next request, 0 = none */
  guint refine_id;  /**< timeout source of the request after a draft, 0 = none */
  gboolean refine;  /**< the next request is a refined one even while dragging */
  DioLabelPolicy policy;

  char *dataset;
  GPtrArray *busy;      /**< of char*: what runs in the background, in order of start */
  GHashTable *findings; /**< asset id -> DioDiagnostics* */
};

enum {
  DIO_SESSION_SIGNAL_SCENARIO_CHANGED,
  DIO_SESSION_SIGNAL_RESULT,
  DIO_SESSION_SIGNAL_MESSAGE,
  DIO_SESSION_SIGNAL_DOCUMENT_OPENED,
  DIO_SESSION_SIGNAL_FINDINGS_CHANGED,
  DIO_SESSION_N_SIGNALS
};
void dio_session_emit (DioSession *session, guint signal);
void dio_session_notify (DioSession *session, const char *property);

/* -- dio-session-texts.c: what people read ------------------------------------------------------------------------- */

typedef enum {
  DIO_TEXT_UNTITLED,
  DIO_TEXT_GROUND,
  DIO_TEXT_SKY,
  DIO_TEXT_CAMERA,
  DIO_TEXT_OPENING,
  DIO_TEXT_SAVING,
  DIO_N_TEXTS
} DioText;
/** Translated, static. */
const char *dio_session_text (DioText text);

/* -- dio-session-document.c ---------------------------------------------------------------------------------------- */

void dio_session_init_document (DioSession *session);
void dio_session_clear_document (DioSession *session);
gboolean dio_session_can_undo (DioSession *session);
gboolean dio_session_can_redo (DioSession *session);
/** "" where there is none; borrowed until the next edit. */
const char *dio_session_get_undo_name (DioSession *session);
const char *dio_session_get_redo_name (DioSession *session);
/** @scenario (transfer full) takes the place of the document; @path NULL = a draft in @folder. */
void dio_session_replace_document (DioSession *session,
                                   DioScenario *scenario,
                                   const char *path,
                                   const char *folder);
/** @scenario, of the history, is what the file holds. */
void dio_session_mark_saved (DioSession *session, DioScenario *scenario);
/** The document is this file now. */
void dio_session_set_saved_path (DioSession *session, const char *path);

/* -- dio-session-look.c -------------------------------------------------------------------------------------------- */

void dio_session_init_look (DioSession *session);
void dio_session_clear_look (DioSession *session);
/** After every change of the document: policy, sensor, request. */
void dio_session_look_document_changed (DioSession *session);
void dio_session_set_playing (DioSession *session, gboolean playing);
/** Merges with all other changes of this turn of the main loop. */
void dio_session_queue_request (DioSession *session);

/* -- dio-session-busy.c -------------------------------------------------------------------------------------------- */

/** @text borrowed. The same text may run several times; end takes one of them away. */
void dio_session_begin_busy (DioSession *session, const char *text);
void dio_session_end_busy (DioSession *session, const char *text);

/* -- dio-session-starter.c ----------------------------------------------------------------------------------------- */

/** The document of "New": a ground, a sky, a camera at eye height. */
DioScenario *dio_session_create_starter (void) G_GNUC_WARN_UNUSED_RESULT;

/* -- dio-session-paths.c ------------------------------------------------------------------------------------------- */

/** diorama-engine beside this program, in its build tree, or in PATH; the bare name where it is nowhere. */
char *dio_session_dup_engine_path (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
