/* Recovery files: written, found when their process is dead, passed over when it lives. */

#include "dio-base-path.h"
#include "dio-edit-recovery.h"
#include "edit-fixture.h"

#include <glib/gstdio.h>
#include <sys/wait.h>
#include <unistd.h>

/* A child writes as a process that dies. */
static void
write_and_die (const char *folder)
{
  pid_t child = fork ();
  if (child == 0) {
    g_autoptr (DioScenario) scenario = fixture_new ();
    g_autofree char *file = dio_edit_recovery_dup_file (folder, 1);
    gboolean good =
        dio_edit_recovery_write (file, scenario, "/somewhere/scene.diorama", "/somewhere", NULL);
    _exit (good ? 0 : 1);
  }
  int status;
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
}

static void
test_crash (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *root = g_dir_make_tmp ("diorama-recovery-XXXXXX", &error);
  g_assert_no_error (error);
  g_autofree char *folder = g_build_filename (root, "deeper", "recovery", NULL);
  g_autoptr (GPtrArray) none = dio_edit_recovery_list (folder);
  g_assert_cmpuint (none->len, ==, 0);

  g_autoptr (DioScenario) scenario = fixture_new ();
  g_autofree char *own = dio_edit_recovery_dup_file (folder, 7);
  g_assert_true (dio_edit_recovery_write (own, scenario, NULL, NULL, &error));
  g_assert_no_error (error);
  write_and_die (folder);
  g_autofree char *junk = g_build_filename (folder, "1-1.recovery", NULL);
  g_assert_true (g_file_set_contents (junk, "{\"format\": 3}", -1, NULL));

  g_autoptr (GPtrArray) found = dio_edit_recovery_list (folder);
  g_assert_cmpuint (found->len, ==, 1);
  const DioEditRecovered *recovered = g_ptr_array_index (found, 0);
  g_assert_cmpstr (recovered->original_path, ==, "/somewhere/scene.diorama");
  g_assert_cmpstr (recovered->folder, ==, "/somewhere");
  g_assert_cmpstr (recovered->title, ==, "Fixture");
  g_assert_cmpint (ABS (g_get_real_time () - recovered->time_us), <, 60 * G_USEC_PER_SEC);
  g_autoptr (DioScenario) read = dio_edit_recovery_read (recovered->file, &error);
  g_assert_no_error (error);
  g_autofree char *text = dio_scenario_to_text (read);
  g_autofree char *original = dio_scenario_to_text (scenario);
  g_assert_cmpstr (text, ==, original);

  g_assert_null (dio_edit_recovery_read (junk, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_true (dio_edit_recovery_remove (own, &error));
  g_assert_true (dio_edit_recovery_remove (own, &error));
  g_assert_no_error (error);
  g_assert_true (dio_path_remove_tree (root, NULL));
}

/* A process that has a dead one's number began at another time. */
static void
test_number_again (void)
{
  g_autofree char *folder = g_dir_make_tmp ("diorama-recovery-XXXXXX", NULL);
  g_autoptr (DioScenario) scenario = fixture_new ();
  g_autofree char *file = dio_edit_recovery_dup_file (folder, 1);
  g_assert_true (dio_edit_recovery_write (file, scenario, NULL, NULL, NULL));
  g_autoptr (json_t) json = dio_json_load (file, NULL);
  json_object_set_new (json, "start_time", json_integer (1));
  g_autofree char *text = dio_json_to_text (json);
  g_assert_true (g_file_set_contents (file, text, -1, NULL));
  g_autoptr (GPtrArray) found = dio_edit_recovery_list (folder);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_null (((DioEditRecovered *) g_ptr_array_index (found, 0))->original_path);
  g_assert_true (dio_path_remove_tree (folder, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/edit/recovery/crash", test_crash);
  g_test_add_func ("/edit/recovery/number-again", test_number_again);
  return g_test_run ();
}
