/* The document: steps, what is told when, files. */

#include "session-fixture.h"

#include "dio-base-json.h"
#include "dio-core-error.h"
#include "dio-scene-edit.h"

#include <glib/gstdio.h>

#include <string.h>

static void
notify_cb (GObject *object, GParamSpec *spec, gpointer names)
{
  g_string_append_printf (names, "%s ", spec->name);
}

static void
move (Fixture *f, double x, const char *merge)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) value = json_pack ("[f,f,f]", x, 0.0, 0.0);
  gboolean done = dio_session_set_property (f->session, (const char *const[]){ "ground", NULL },
                                            "translation", value, "Move Ground", merge, &error);
  g_assert_no_error (error);
  g_assert_true (done);
}

static double
get_x (Fixture *f)
{
  return dio_scenario_find_node (dio_session_get_scenario (f->session), "ground")
      ->parent_from_node.translation_m.x;
}

static void
test_starter (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  const DioScenario *scenario = dio_session_get_scenario (f.session);
  g_assert_null (dio_session_get_path (f.session));
  g_assert_nonnull (dio_session_get_folder (f.session));
  g_assert_false (dio_session_is_modified (f.session));
  g_assert_cmpuint (scenario->nodes->len, ==, 3);
  const DioNode *camera = dio_scenario_find_node (scenario, dio_session_get_sensor (f.session));
  g_assert_nonnull (camera);
  /* At eye height, and the origin is in the picture. */
  g_assert_cmpfloat_with_epsilon (camera->parent_from_node.translation_m.z, 1.6, 1e-9);
  g_autofree char *title = NULL, *busy = NULL;
  g_object_get (f.session, "title", &title, "busy", &busy, NULL);
  g_assert_cmpstr (title, ==, "Untitled");
  g_assert_cmpstr (busy, ==, "");
}

static void
test_steps (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  guint changed = 0;
  g_autoptr (GString) names = g_string_new (NULL);
  g_signal_connect (f.session, "scenario-changed", G_CALLBACK (fixture_count_cb), &changed);
  g_signal_connect (f.session, "notify", G_CALLBACK (notify_cb), names);
  move (&f, 1, NULL);
  g_assert_cmpuint (changed, ==, 1);
  g_assert_nonnull (strstr (names->str, "modified "));
  g_assert_nonnull (strstr (names->str, "can-undo "));
  g_assert_nonnull (strstr (names->str, "undo-name "));
  g_assert_nonnull (strstr (names->str, "scenario "));
  g_assert_null (strstr (names->str, "can-redo "));
  g_assert_null (strstr (names->str, "title "));
  g_autofree char *undo_name = NULL;
  g_object_get (f.session, "undo-name", &undo_name, NULL);
  g_assert_cmpstr (undo_name, ==, "Move Ground");

  /* A drag is one step. */
  for (int i = 2; i < 10; i++)
    move (&f, i, "drag");
  dio_session_end_merge (f.session);
  move (&f, 20, "drag");
  dio_session_undo (f.session);
  g_assert_cmpfloat_with_epsilon (get_x (&f), 9, 1e-12);
  dio_session_undo (f.session);
  g_assert_cmpfloat_with_epsilon (get_x (&f), 1, 1e-12);
  dio_session_undo (f.session);
  g_assert_cmpfloat_with_epsilon (get_x (&f), 0, 1e-12);
  g_assert_false (dio_session_is_modified (f.session));
  guint before = changed;
  dio_session_undo (f.session);
  g_assert_cmpuint (changed, ==, before);
  dio_session_redo (f.session);
  dio_session_redo (f.session);
  g_assert_cmpfloat_with_epsilon (get_x (&f), 9, 1e-12);
}

static void
test_refused (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  DioScenario *before = dio_session_get_scenario (f.session);
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) value = json_string ("far away");
  g_assert_false (dio_session_set_property (f.session, (const char *const[]){ "ground", NULL },
                                            "translation", value, "Move", NULL, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_assert_true (dio_session_get_scenario (f.session) == before);
  g_assert_false (dio_session_is_modified (f.session));
  /* A path of the document. */
  g_autoptr (json_t) preset = json_string ("kitti");
  DioLabelPolicy policy;
  g_clear_error (&error);
  g_assert_true (
      dio_session_set_property (f.session, NULL, "policy/preset", preset, "Policy", NULL, &error));
  dio_session_get_policy (f.session, &policy);
  g_assert_cmpfloat_with_epsilon (policy.keep_height_px, 25, 1e-12);
}

static void
test_files (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  g_autoptr (GError) error = NULL;
  g_assert_false (fixture_save (&f, NULL, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_clear_error (&error);

  move (&f, 3, NULL);
  g_autofree char *path = fixture_path (&f, "scene one.diorama");
  g_assert_true (fixture_save (&f, path, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (dio_session_get_path (f.session), ==, path);
  g_assert_cmpstr (dio_session_get_folder (f.session), ==, f.folder);
  g_assert_false (dio_session_is_modified (f.session));
  g_autofree char *title = NULL;
  g_object_get (f.session, "title", &title, NULL);
  g_assert_cmpstr (title, ==, "scene one");
  /* Undo leads away from what is saved, redo back to it. */
  dio_session_undo (f.session);
  g_assert_true (dio_session_is_modified (f.session));
  dio_session_redo (f.session);
  g_assert_false (dio_session_is_modified (f.session));

  guint opened = 0;
  g_signal_connect (f.session, "document-opened", G_CALLBACK (fixture_count_cb), &opened);
  dio_session_new_document (f.session, NULL);
  g_assert_cmpuint (opened, ==, 1);
  g_assert_null (dio_session_get_path (f.session));
  g_assert_true (fixture_open (&f, path, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (opened, ==, 2);
  g_assert_cmpfloat_with_epsilon (get_x (&f), 3, 1e-12);
  g_assert_false (dio_session_is_modified (f.session));
}

static void
test_open_fails (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  move (&f, 5, NULL);
  fixture_write (&f, "broken.diorama",
                 "{ \"format\": \"diorama-scenario\", \"version\": 1, \"nodse\": [] }");
  g_autofree char *broken = fixture_path (&f, "broken.diorama");
  g_autofree char *absent = fixture_path (&f, "absent.diorama");
  g_autoptr (GError) error = NULL;
  g_assert_false (fixture_open (&f, broken, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (fixture_open (&f, absent, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
  /* What was open still is. */
  g_assert_cmpfloat_with_epsilon (get_x (&f), 5, 1e-12);
  g_assert_true (dio_session_is_modified (f.session));
}

/* An edit that is made while a save is under way is unsaved afterwards. */
static void
test_edit_while_saving (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  move (&f, 1, NULL);
  g_autofree char *path = fixture_path (&f, "a.diorama");
  g_autoptr (GAsyncResult) ready = NULL;
  g_autoptr (GError) error = NULL;
  dio_session_save_async (f.session, path, fixture_ready_cb, &ready);
  move (&f, 2, NULL);
  g_assert_true (dio_session_save_finish (f.session, fixture_wait_ready (&ready), &error));
  g_assert_true (dio_session_is_modified (f.session));
  dio_session_undo (f.session);
  g_assert_false (dio_session_is_modified (f.session));
}

static void
test_copy (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  g_autofree char *path =
      g_build_filename (g_getenv ("DIORAMA_DATA_DIR"), "scenarios", "tabletop.diorama", NULL);
  g_autoptr (GAsyncResult) ready = NULL;
  g_autoptr (GError) error = NULL;
  dio_session_open_copy_async (f.session, path, fixture_ready_cb, &ready);
  g_assert_true (dio_session_open_finish (f.session, fixture_wait_ready (&ready), &error));
  g_assert_no_error (error);
  g_assert_null (dio_session_get_path (f.session));
  g_assert_cmpstr (dio_session_get_scenario (f.session)->name, ==, "Tabletop");
  g_autofree char *title = NULL;
  g_object_get (f.session, "title", &title, NULL);
  g_assert_cmpstr (title, ==, "Tabletop");
}

static void
test_messages_cb (DioSession *session, const DioMessage *message, gpointer user)
{
  g_string_append_printf (user, "%d %s|%s|%s;", (int) message->severity, message->text,
                          message->detail, message->action);
}

static void
test_messages (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  g_autoptr (GString) got = g_string_new (NULL);
  g_signal_connect (f.session, "message", G_CALLBACK (test_messages_cb), got);
  g_autoptr (GError) error = g_error_new_literal (DIO_ERROR, DIO_ERROR_FAILED, "why");
  dio_session_report (f.session, DIO_SEVERITY_WARNING, "What.", error, "Undo", "win.undo");
  g_assert_cmpstr (got->str, ==, "1 What.|why|win.undo;");
}

int
main (int argc, char **argv)
{
  fixture_begin_program ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/document/starter", test_starter);
  g_test_add_func ("/session/document/steps", test_steps);
  g_test_add_func ("/session/document/refused-edit-changes-nothing", test_refused);
  g_test_add_func ("/session/document/files", test_files);
  g_test_add_func ("/session/document/failed-open-leaves-the-old", test_open_fails);
  g_test_add_func ("/session/document/edit-while-saving", test_edit_while_saving);
  g_test_add_func ("/session/document/open-copy", test_copy);
  g_test_add_func ("/session/document/messages", test_messages);
  int rc = g_test_run ();
  fixture_end_program ();
  return rc;
}
