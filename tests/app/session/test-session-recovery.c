/* Unsaved edits survive kill -9: a child edits and is killed, the parent finds what it did. */

#include "session-fixture.h"

#include "dio-base-json.h"
#include "dio-edit-recovery.h"

#include <glib/gstdio.h>

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *program;

static void
move (DioSession *session, double x)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) value = json_pack ("[f,f,f]", x, 0.0, 0.0);
  dio_session_set_property (session, (const char *const[]){ "ground", NULL }, "translation", value,
                            "Move", "drag", &error);
  g_assert_no_error (error);
}

static double
get_x (DioSession *session)
{
  return dio_scenario_find_node (dio_session_get_scenario (session), "ground")
      ->parent_from_node.translation_m.x;
}

static guint
count_files (const char *name)
{
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "diorama", name, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;
  const char *entry;
  /* A file that is being written has another name until it is whole. */
  while (dir != NULL && (entry = g_dir_read_name (dir)) != NULL)
    n += strcmp (name, "recovery") != 0 || g_str_has_suffix (entry, ".recovery");
  return n;
}

/* The child: opens @path and imports @model where they are not empty, drags without a pause for @drag_ms, says so,
 * hangs. */
static int
run_child (const char *path, const char *model, gint64 drag_ms)
{
  Fixture f = { 0 };
  f.session = dio_session_new (g_getenv ("DIORAMA_TEST_ENGINE"), NULL);
  g_autoptr (GError) error = NULL;
  if (path[0] != '\0' && !fixture_open (&f, path, &error))
    return 1;
  if (model[0] != '\0') {
    g_autofree char *id = fixture_import (&f, model, NULL, &error);
    g_assert_no_error (error);
  }
  gint64 start_us = g_get_monotonic_time ();
  double x = 0;
  while (g_get_monotonic_time () - start_us < drag_ms * 1000) {
    move (f.session, x += 1);
    fixture_spin (20);
  }
  move (f.session, 7.5);
  g_print ("edited\n");
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}

/* @wait: two seconds from the last edit, else until a file is there. */
static void
run_and_kill (const char *path, const char *model, gboolean wait)
{
  g_autoptr (GError) error = NULL;
  const char *argv[] = { program, "--child", path, model, wait ? "1500" : "0", NULL };
  GPid pid;
  int out;
  g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid,
                            NULL, &out, NULL, &error);
  g_assert_no_error (error);
  char text[16];
  g_assert_cmpint (read (out, text, sizeof text), >, 0);
  for (guint i = 0; wait ? i < 20 : i < 600 && count_files ("recovery") == 0; i++)
    g_usleep (G_USEC_PER_SEC / 10);
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
  g_close (out, NULL);
}

static GPtrArray *
list_recoveries (Fixture *f)
{
  g_autoptr (GAsyncResult) ready = NULL;
  dio_session_list_recoveries_async (f->session, fixture_ready_cb, &ready);
  return dio_session_list_recoveries_finish (f->session, fixture_wait_ready (&ready));
}

static void
recover (Fixture *f, const char *file)
{
  g_autoptr (GAsyncResult) ready = NULL;
  g_autoptr (GError) error = NULL;
  dio_session_open_recovery_async (f->session, file, fixture_ready_cb, &ready);
  g_assert_true (dio_session_open_finish (f->session, fixture_wait_ready (&ready), &error));
  g_assert_no_error (error);
}

static void
test_draft (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  fixture_write (&f, "a/thing.obj", "v 0 0 0\nv 1 0 0\nv 1 1 0\nf 1 2 3\n");
  g_autofree char *model = fixture_path (&f, "a/thing.obj");
  run_and_kill ("", model, TRUE);
  g_autoptr (GPtrArray) list = list_recoveries (&f);
  g_assert_cmpuint (list->len, ==, 1);
  const DioEditRecovered *recovered = g_ptr_array_index (list, 0);
  g_assert_null (recovered->original_path);

  recover (&f, recovered->file);
  g_assert_cmpfloat_with_epsilon (get_x (f.session), 7.5, 1e-12);
  g_assert_true (dio_session_is_modified (f.session));
  g_assert_null (dio_session_get_path (f.session));
  /* The draft's assets are where they were. */
  const DioAsset *asset = dio_scenario_find_asset (dio_session_get_scenario (f.session), "thing");
  g_autofree char *path = g_build_filename (dio_session_get_folder (f.session), asset->path, NULL);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));

  /* Recovered once, not for ever; and the new session has a file of its own by now. */
  g_autoptr (GPtrArray) after = list_recoveries (&f);
  g_assert_cmpuint (after->len, ==, 0);
  g_assert_cmpuint (count_files ("recovery"), ==, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *saved = fixture_path (&f, "scene.diorama");
  g_assert_true (fixture_save (&f, saved, &error));
  g_assert_no_error (error);
  g_autoptr (GPtrArray) last = list_recoveries (&f);
  g_assert_cmpuint (count_files ("recovery"), ==, 0);
  g_assert_cmpuint (count_files ("drafts"), ==, 0);
}

static void
test_saved_document (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = fixture_path (&f, "scene.diorama");
  move (f.session, 1);
  g_assert_true (fixture_save (&f, path, &error));
  run_and_kill (path, "", FALSE);
  g_autoptr (GPtrArray) list = list_recoveries (&f);
  g_assert_cmpuint (list->len, ==, 1);
  const DioEditRecovered *recovered = g_ptr_array_index (list, 0);
  g_assert_cmpstr (recovered->original_path, ==, path);
  recover (&f, recovered->file);
  g_assert_cmpstr (dio_session_get_path (f.session), ==, path);
  g_assert_cmpfloat_with_epsilon (get_x (f.session), 7.5, 1e-12);
  g_assert_true (dio_session_is_modified (f.session));
  g_assert_true (fixture_save (&f, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (dio_session_is_modified (f.session));
}

static void
test_discard (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  fixture_write (&f, "a/thing.obj", "v 0 0 0\nv 1 0 0\nv 1 1 0\nf 1 2 3\n");
  g_autofree char *model = fixture_path (&f, "a/thing.obj");
  run_and_kill ("", model, FALSE);
  g_assert_cmpuint (count_files ("drafts"), ==, 1);
  g_autoptr (GPtrArray) list = list_recoveries (&f);
  g_assert_cmpuint (list->len, ==, 1);
  dio_session_discard_recovery (f.session,
                                ((const DioEditRecovered *) g_ptr_array_index (list, 0))->file);
  g_autoptr (GPtrArray) after = list_recoveries (&f);
  g_assert_cmpuint (after->len, ==, 0);
  g_assert_cmpuint (count_files ("recovery"), ==, 0);
  g_assert_cmpuint (count_files ("drafts"), ==, 0);
}

/* Undone to what is saved, there is nothing to recover. */
static void
test_nothing_unsaved (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  move (f.session, 1);
  fixture_spin (1200);
  g_autoptr (GPtrArray) list = list_recoveries (&f);
  /* It is there, and it is not offered while its process lives. */
  g_assert_cmpuint (count_files ("recovery"), ==, 1);
  g_assert_cmpuint (list->len, ==, 0);
  dio_session_undo (f.session);
  g_autoptr (GPtrArray) after = list_recoveries (&f);
  g_assert_cmpuint (count_files ("recovery"), ==, 0);
}

int
main (int argc, char **argv)
{
  if (argc == 5 && strcmp (argv[1], "--child") == 0)
    return run_child (argv[2], argv[3], g_ascii_strtoll (argv[4], NULL, 10));
  fixture_begin_program ();
  g_test_init (&argc, &argv, NULL);
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  program = self;
  g_test_add_func ("/session/recovery/draft", test_draft);
  g_test_add_func ("/session/recovery/saved-document", test_saved_document);
  g_test_add_func ("/session/recovery/discard", test_discard);
  g_test_add_func ("/session/recovery/nothing-unsaved", test_nothing_unsaved);
  int rc = g_test_run ();
  fixture_end_program ();
  return rc;
}
