#pragma once
/* What tests of the session share: a session in folders of its own, an interactive main thread, and waiting. */

#include "dio-session.h"

G_BEGIN_DECLS

typedef struct {
  DioSession *session;
  char *folder; /**< a temporary one, with state/, data/ and cache/ of the user in it */
} Fixture;

/** Call before g_test_init: points the user's folders to a temporary one and declares this thread interactive. */
void fixture_begin_program (void);
/** Removes it. */
void fixture_end_program (void);
void fixture_init (Fixture *f);
/** Closes, finalizes and checks that nothing holds the session any more. */
void fixture_clear (Fixture *f);
char *fixture_path (const Fixture *f, const char *name) G_GNUC_WARN_UNUSED_RESULT;
/** Writes a text file below the folder, making folders. */
void fixture_write (const Fixture *f, const char *name, const char *text);

/** Runs the main loop until @done says so; fails after 60 s. */
void fixture_wait (gboolean (*done) (gpointer user), gpointer user, const char *what);
/** Runs it for @ms. */
void fixture_spin (guint ms);
/** A result of the preview for the session as it is now, not a draft. */
DioPreviewResult *fixture_wait_result (Fixture *f);

/** A GAsyncReadyCallback that stores the result in the GAsyncResult* of @user. */
void fixture_ready_cb (GObject *source, GAsyncResult *result, gpointer user);
GAsyncResult *fixture_wait_ready (GAsyncResult **ready);
/** Opens, saves, imports and waits; on failure the error is left in @error. */
gboolean fixture_open (Fixture *f, const char *path, GError **error);
gboolean fixture_save (Fixture *f, const char *path, GError **error);
char *fixture_import (Fixture *f, const char *path, const DioVec3 *place, GError **error);

/** Commits one node from JSON text. */
void fixture_add_node (Fixture *f, const char *json);
/** How often a signal came. */
void fixture_count_cb (GObject *object, gpointer count);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

G_END_DECLS
