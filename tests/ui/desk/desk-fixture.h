#pragma once
/* Thread: main. What tests of the Review page share: the page in a window with commands, as the program has it, and waiting for what it shows. */

#include "dio-desk-page.h"
#include "dio-harness.h"
#include "dio-review-verdicts.h"

G_BEGIN_DECLS

typedef struct {
  DioSession *session;
  GtkWindow *window;
  DioActionRegistry *registry;
  GtkWidget *page;
  GString *messages; /**< all that were told, one a line */
} Desk;

/** Before g_test_run: the application that windows belong to. */
void desk_begin_program (int *argc, char ***argv);
void desk_end_program (void);
/** Renders @scenario, a path, with the engine into a new folder below the program's own; owned. */
char *desk_render (const char *scenario, const char *name, guint n_frames, const char *size)
    G_GNUC_WARN_UNUSED_RESULT;
/** A scenario of the program's own data; owned. */
char *desk_dup_example (const char *name) G_GNUC_WARN_UNUSED_RESULT;

/** @folder (nullable) is opened; not waited for. */
void desk_open (Desk *desk, const char *folder);
void desk_close (Desk *desk);
/** Waits until verdicts can be given. */
void desk_wait_ready (Desk *desk);
/** Runs a command, which must be enabled. */
void desk_run (Desk *desk, const char *command);
/** Waits for a label, in any popover too. */
void desk_wait_for (Desk *desk, const char *text);
/** Waits for a part of a message. */
void desk_wait_message (Desk *desk, const char *part);
gboolean desk_can_accept (gpointer desk);

/** Verdicts in the logs of the dataset, read by somebody else. */
guint desk_count (const char *folder, DioReviewUnit unit, DioReviewState state);
/** All rows and names of the dataset. Full reference. */
DioReviewTable *desk_load_table (const char *folder) G_GNUC_WARN_UNUSED_RESULT;
/** Objects of the dataset; @category (nullable): of the category with this name. */
guint desk_count_objects (const char *folder, const char *category);
void desk_wait_stored (const char *folder, DioReviewUnit unit, DioReviewState state, guint n);

G_END_DECLS
