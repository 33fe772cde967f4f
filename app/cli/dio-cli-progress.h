#pragma once
/* Thread: main. Progress for people (a bar on a terminal) and for programs (one JSON object a line). */

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  DIO_PROGRESS_NONE,
  DIO_PROGRESS_BAR,
  DIO_PROGRESS_JSON,
} DioProgressKind;

typedef struct DioCliProgress DioCliProgress;

/** What was spent on one stage of the work. */
typedef struct {
  const char *name;
  double seconds;
} DioProgressStage;

/** One state; a zero field is left out of the bar. */
typedef struct {
  const char *state;
  guint64 done, failed, total;
  double frames_per_s, seconds_left;
  guint workers, restarts;
  /** Index of the frame that came last; JSON only, left out where it is negative. */
  gint64 newest_frame;
  /** Seconds by stage of work; JSON only. Borrowed for the call. */
  const DioProgressStage *stages;
  guint n_stages;
} DioProgressState;

/** @option: "bar", "json", "none", or NULL: a bar where stderr is a terminal, else nothing. The bar goes to
 * stderr, JSON to stdout. NULL for another word. */
DioCliProgress *dio_cli_progress_new (const char *option) G_GNUC_WARN_UNUSED_RESULT;
void dio_cli_progress_update (DioCliProgress *progress, const DioProgressState *state);
/** A line that stays: {"event": code, "message": ...} or text above the bar. */
void dio_cli_progress_event (DioCliProgress *progress, const char *code, const char *message);
/** Ends the bar's line. */
void dio_cli_progress_free (DioCliProgress *progress);

/** The entry that every command with progress has. */
#define DIO_CLI_PROGRESS_ENTRY(variable)                                                           \
  {                                                                                                \
    "progress", 0, 0, G_OPTION_ARG_STRING, variable,                                               \
        N_ ("Show progress as “bar”, “json” or “none”"), N_ ("KIND")                               \
  }

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioCliProgress, dio_cli_progress_free)

G_END_DECLS
