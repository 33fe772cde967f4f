#include "session-fixture.h"

#include "dio-base-json.h"
#include "dio-core-interactive.h"

#include <glib/gstdio.h>

#include <string.h>

static char *root;

void
fixture_begin_program (void)
{
  g_autoptr (GError) error = NULL;
  root = g_dir_make_tmp ("dio-session-XXXXXX", &error);
  g_assert_no_error (error);
  static const char *const variables[] = { "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME" };
  static const char *const names[] = { "state", "data", "config" };
  for (guint i = 0; i < G_N_ELEMENTS (variables); i++) {
    g_autofree char *path = g_build_filename (root, names[i], NULL);
    g_setenv (variables[i], path, TRUE);
  }
  /* Mesa keeps its compiled shaders where the user has them, or every test would compile them anew. */
  if (g_getenv ("MESA_SHADER_CACHE_DIR") == NULL) {
    g_autofree char *shaders = g_build_filename (g_get_home_dir (), ".cache", NULL);
    g_setenv ("MESA_SHADER_CACHE_DIR", shaders, TRUE);
  }
  g_autofree char *cache = g_build_filename (root, "cache", NULL);
  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  dio_interactive_set_thread (TRUE);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir =
      g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *below = g_build_filename (path, name, NULL);
    remove_tree (below);
  }
  g_remove (path);
}

void
fixture_end_program (void)
{
  remove_tree (root);
  g_free (root);
}

void
fixture_init (Fixture *f)
{
  static guint serial;
  g_autofree char *name = g_strdup_printf ("test-%u", ++serial);
  f->folder = g_build_filename (root, name, NULL);
  g_assert_cmpint (g_mkdir_with_parents (f->folder, 0755), ==, 0);
  g_autofree char *data = g_build_filename (f->folder, "user-data", NULL);
  f->session = dio_session_new (g_getenv ("DIORAMA_TEST_ENGINE"), data);
}

static gboolean
is_alone (gpointer user)
{
  return G_OBJECT (user)->ref_count == 1;
}

void
fixture_clear (Fixture *f)
{
  if (f->session != NULL) {
    // What they count in may be gone already.
    g_signal_handlers_disconnect_matched (f->session, G_SIGNAL_MATCH_FUNC, 0, 0, NULL,
                                          (gpointer) fixture_count_cb, NULL);
    g_autoptr (GAsyncResult) ready = NULL;
    dio_session_close_async (f->session, fixture_ready_cb, &ready);
    fixture_wait_ready (&ready);
    dio_session_close_finish (f->session, ready);
    g_clear_object (&ready);
    /* Threads drop their references when the main context has their answers. */
    fixture_wait (is_alone, f->session, "the session to be alone");
    g_assert_finalize_object (f->session);
    f->session = NULL;
  }
  g_clear_pointer (&f->folder, g_free);
}

char *
fixture_path (const Fixture *f, const char *name)
{
  return g_build_filename (f->folder, name, NULL);
}

void
fixture_write (const Fixture *f, const char *name, const char *text)
{
  g_autofree char *path = fixture_path (f, name);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static gboolean
timeout_cb (gpointer user)
{
  gboolean *late = user;
  *late = TRUE;
  return G_SOURCE_CONTINUE;
}

void
fixture_wait (gboolean (*done) (gpointer user), gpointer user, const char *what)
{
  gboolean late = FALSE, tick = FALSE;
  guint timer = g_timeout_add_seconds (60, timeout_cb, &late);
  /* Some conditions change without an event of the main context. */
  guint ticker = g_timeout_add (5, timeout_cb, &tick);
  while (!done (user)) {
    if (late)
      g_error ("waited too long for %s", what);
    g_main_context_iteration (NULL, TRUE);
  }
  g_source_remove (timer);
  g_source_remove (ticker);
}

static gboolean
is_set (gpointer user)
{
  return *(gboolean *) user;
}

void
fixture_spin (guint ms)
{
  gboolean over = FALSE;
  guint timer = g_timeout_add (ms, timeout_cb, &over);
  fixture_wait (is_set, &over, "time to pass");
  g_source_remove (timer);
}

static gboolean
has_result (gpointer user)
{
  DioSession *session = user;
  const DioPreviewResult *result = dio_session_get_result (session);
  return result != NULL && !result->draft && result->scenario == dio_session_get_scenario (session)
         && result->seed == dio_session_get_seed (session)
         && result->frame_index == dio_session_get_frame (session)
         && !result->base == !!dio_session_get_frame_view (session);
}

DioPreviewResult *
fixture_wait_result (Fixture *f)
{
  fixture_wait (has_result, f->session, "a result");
  return dio_session_get_result (f->session);
}

void
fixture_ready_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  GAsyncResult **ready = user;
  g_assert_null (*ready);
  *ready = g_object_ref (result);
}

static gboolean
is_ready (gpointer user)
{
  return *(gpointer *) user != NULL;
}

GAsyncResult *
fixture_wait_ready (GAsyncResult **ready)
{
  fixture_wait (is_ready, ready, "an answer");
  return *ready;
}

gboolean
fixture_open (Fixture *f, const char *path, GError **error)
{
  g_autoptr (GAsyncResult) ready = NULL;
  dio_session_open_async (f->session, path, fixture_ready_cb, &ready);
  return dio_session_open_finish (f->session, fixture_wait_ready (&ready), error);
}

gboolean
fixture_save (Fixture *f, const char *path, GError **error)
{
  g_autoptr (GAsyncResult) ready = NULL;
  dio_session_save_async (f->session, path, fixture_ready_cb, &ready);
  return dio_session_save_finish (f->session, fixture_wait_ready (&ready), error);
}

char *
fixture_import (Fixture *f, const char *path, const DioVec3 *place, GError **error)
{
  g_autoptr (GAsyncResult) ready = NULL;
  dio_session_import_async (f->session, path, place, fixture_ready_cb, &ready);
  return dio_session_import_finish (f->session, fixture_wait_ready (&ready), error);
}

void
fixture_add_node (Fixture *f, const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) node = dio_json_parse (json, strlen (json), "node", &error);
  g_assert_no_error (error);
  DioScenario *next = dio_scenario_with_node (dio_session_get_scenario (f->session), node, &error);
  g_assert_no_error (error);
  dio_session_commit (f->session, next, "Add", NULL);
}

void
fixture_count_cb (GObject *object, gpointer count)
{
  (*(guint *) count)++;
}
