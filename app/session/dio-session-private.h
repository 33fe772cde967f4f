#pragma once
/* Thread: main. What the files of the session share. */

#include "dio-session.h"

#include "dio-edit-history.h"

G_BEGIN_DECLS

struct DioSessionJobs;
struct DioSessionRecovery;
struct DioSessionShelf;
struct DioSessionThumbs;
struct DioSessionTree;
struct DioSessionRows;

struct _DioSession {
  GObject parent;
  char *engine_path, *data_folder, *state_folder;

  /* Document. A draft has no path; its folder is made with its first asset. */
  DioEditHistory *history;
  DioScenario *scenario; /**< what the history holds as current, with a reference of its own */
  char *path, *folder, *title;
  struct DioSessionRecovery *recovery;
  gboolean closed; /**< its threads have ended: nothing new is begun */
  guint document;  /**< counts documents: what a thread made for an earlier one is dropped */

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
  guint64 asked_serial,
      stale_serial;     /**< of the last request; of the last one for another document */
  gboolean asked_draft; /**< the last request was a draft: a refined one is owed */
  gboolean refine;      /**< the next request is a refined one even while dragging */
  DioLabelPolicy policy;
  struct DioSessionTree *tree; /**< (nullable) until somebody asks */
  struct DioSessionRows *rows; /**< (nullable) until somebody asks */

  char *dataset;
  struct DioSessionJobs *jobs; /**< (nullable) until somebody asks */
  GPtrArray *busy;             /**< of char*: what runs in the background, in order of start */

  /* Assets. */
  GHashTable *asset_facts;         /**< asset id -> DioAssetFacts* */
  GPtrArray *examined_assets;      /**< (nullable) the list of assets that was looked at last */
  GCancellable *examining;         /**< (nullable) of the thread that looks at assets */
  struct DioSessionShelf *shelf;   /**< (nullable) until somebody asks */
  struct DioSessionThumbs *thumbs; /**< (nullable) until somebody asks */
};

enum {
  DIO_SESSION_SIGNAL_SCENARIO_CHANGED,
  DIO_SESSION_SIGNAL_RESULT,
  DIO_SESSION_SIGNAL_MESSAGE,
  DIO_SESSION_SIGNAL_DOCUMENT_OPENED,
  DIO_SESSION_SIGNAL_FINDINGS_CHANGED,
  DIO_SESSION_SIGNAL_THUMBNAIL_READY,
  DIO_SESSION_SIGNAL_JOB_FINISHED,
  DIO_SESSION_N_SIGNALS
};
void dio_session_emit (DioSession *session, guint signal);
void dio_session_notify (DioSession *session, const char *property);

/* -- dio-session-texts.c: what people read ------------------------------------------------------------------------- */

/** Of those with arguments: what the %s are, in order. */
typedef enum {
  DIO_TEXT_UNTITLED,
  DIO_TEXT_GROUND,
  DIO_TEXT_SKY,
  DIO_TEXT_CAMERA,
  DIO_TEXT_LIGHT_SUN,
  DIO_TEXT_LIGHT_POINT,
  DIO_TEXT_LIGHT_SPOT,
  DIO_TEXT_LIGHT_RECT,
  DIO_TEXT_OPENING,
  DIO_TEXT_SAVING,
  DIO_TEXT_NO_RECOVERY,
  DIO_TEXT_CATALOG_TROUBLE,
  DIO_TEXT_IMPORTING,
  DIO_TEXT_COPYING,
  DIO_TEXT_STEP_IMPORT, /**< file */
  DIO_TEXT_FIX,
  DIO_TEXT_FIX_Y_UP,
  DIO_TEXT_FIX_Z_UP,
  DIO_TEXT_FIX_CENTIMETRES,
  DIO_TEXT_FIX_INCHES,
  DIO_TEXT_FIX_MILLIMETRES,
  DIO_TEXT_FIX_RECENTER,
  DIO_TEXT_FIX_WHOLE,
  DIO_TEXT_FIX_DOUBLE_SIDED,
  DIO_TEXT_WHY_NOTHING,
  DIO_TEXT_WHY_BACKGROUND,
  DIO_TEXT_WHY_BACKGROUND_NAMED, /**< category */
  DIO_TEXT_WHY_UNLABELLED,       /**< object */
  DIO_TEXT_WHY_EXCLUDED,         /**< part, object */
  DIO_TEXT_WHY_STUFF,            /**< object, category */
  DIO_TEXT_WHY_KEPT,             /**< object, visibility */
  DIO_TEXT_WHY_KEPT_AS,          /**< object, category */
  DIO_TEXT_WHY_IGNORED,          /**< object, rule */
  DIO_TEXT_WHY_DROPPED,          /**< object, rule */
  DIO_TEXT_WHY_HIDDEN,           /**< names with pixels */
  DIO_TEXT_RULE_VISIBLE,         /**< this and those that follow: value, threshold */
  DIO_TEXT_RULE_VISIBILITY,
  DIO_TEXT_RULE_VISIB_FRACT,
  DIO_TEXT_RULE_SHORT_SIDE,
  DIO_TEXT_RULE_HEIGHT,
  DIO_TEXT_RULE_CONE,
  DIO_TEXT_RULE_BLUR,
  DIO_TEXT_RULE_SUBPIXEL,
  DIO_TEXT_SENTENCES, /**< sentence, sentence */
  DIO_TEXT_LIST,      /**< the list so far, what comes next */
  DIO_N_TEXTS
} DioText;
/** Translated, static. */
const char *dio_session_text (DioText text);
/** The text with its arguments; surplus ones are passed over. */
char *dio_session_format (DioText text,
                          const char *first,
                          const char *second) G_GNUC_WARN_UNUSED_RESULT;
/** "a, b" of @list (taken; NULL = @item is the first) and @item. */
char *dio_session_append (char *list, const char *item) G_GNUC_WARN_UNUSED_RESULT;

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
/** Modified until the next save. */
void dio_session_mark_unsaved (DioSession *session);
/** A new name in the folder of drafts; nothing is made. */
char *dio_session_dup_draft_folder (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;
/** The document is this file now. */
void dio_session_set_saved_path (DioSession *session, const char *path);

/* -- dio-session-look.c -------------------------------------------------------------------------------------------- */

void dio_session_init_look (DioSession *session);
/** Ends the preview's thread. */
void dio_session_end_look (DioSession *session);
void dio_session_clear_look (DioSession *session);
/** After every change of the document: policy, sensor, request. */
void dio_session_look_document_changed (DioSession *session);
void dio_session_set_playing (DioSession *session, gboolean playing);
/** Merges with all other changes of this turn of the main loop. */
void dio_session_queue_request (DioSession *session);
/** Another document takes the place of this one: nothing that was seen of it is shown any more. */
void dio_session_forget_result (DioSession *session);

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
