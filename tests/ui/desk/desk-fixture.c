#include "desk-fixture.h"

static AdwApplication *application;

void
desk_begin_program (int *argc, char ***argv)
{
  dio_harness_init (argc, argv);
  application = adw_application_new ("org.diorama.TestDesk", G_APPLICATION_NON_UNIQUE);
  g_autoptr (GError) error = NULL;
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
}

void
desk_end_program (void)
{
  g_clear_object (&application);
}

char *
desk_dup_example (const char *name)
{
  const char *data = g_getenv ("DIORAMA_DATA_DIR");
  g_assert_nonnull (data);
  return g_build_filename (data, "scenarios", name, NULL);
}

char *
desk_render (const char *scenario, const char *name, guint n_frames, const char *size)
{
  const char *engine = g_getenv ("DIORAMA_ENGINE");
  g_assert_nonnull (engine);
  char *folder = dio_harness_dup_temp (name);
  g_autofree char *frames = g_strdup_printf ("%u", n_frames);
  const char *argv[] = { engine,     "render",     scenario, "--output", folder,
                         "--frames", frames,       "--size", size,       "--workers",
                         "1",        "--progress", "none",   NULL };
  g_autoptr (GError) error = NULL;
  int status = 0;
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
  return folder;
}

static void
message_cb (DioSession *session, const DioMessage *message, Desk *desk)
{
  g_string_append_printf (desk->messages, "%s\n", message->text);
}

void
desk_open (Desk *desk, const char *folder)
{
  g_autofree char *data = dio_harness_dup_temp ("data");
  desk->session = dio_session_new (g_getenv ("DIORAMA_ENGINE"), data);
  desk->messages = g_string_new (NULL);
  g_signal_connect (desk->session, "message", G_CALLBACK (message_cb), desk);
  desk->window = GTK_WINDOW (adw_application_window_new (GTK_APPLICATION (application)));
  gtk_window_set_default_size (desk->window, 1280, 800);
  desk->page = dio_desk_page_new (desk->session);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (desk->window), desk->page);
  desk->registry =
      dio_action_registry_new (GTK_APPLICATION (application), G_ACTION_MAP (desk->window));
  dio_desk_page_add_actions (DIO_DESK_PAGE (desk->page), desk->registry);
  dio_harness_present (desk->window);
  if (folder != NULL)
    g_object_set (desk->session, "dataset", folder, NULL);
}

void
desk_close (Desk *desk)
{
  dio_harness_destroy (desk->window);
  g_clear_object (&desk->registry);
  g_string_free (desk->messages, TRUE);
  dio_harness_assert_gone (desk->session);
}

gboolean
desk_can_accept (gpointer user)
{
  Desk *desk = user;
  return dio_action_registry_get_enabled (desk->registry, "desk-accept");
}

void
desk_wait_ready (Desk *desk)
{
  g_assert_true (dio_harness_wait (desk_can_accept, desk, 20000));
}

void
desk_run (Desk *desk, const char *command)
{
  g_assert_true (dio_action_registry_run (desk->registry, command));
}

/** What is waited for. */
typedef struct {
  Desk *desk;
  const char *text;
} Shown;

static gboolean
is_shown (gpointer user)
{
  Shown *shown = user;
  return dio_harness_find_label (GTK_WIDGET (shown->desk->window), shown->text) != NULL;
}

void
desk_wait_for (Desk *desk, const char *text)
{
  Shown shown = { desk, text };
  if (!dio_harness_wait (is_shown, &shown, 20000)) {
    dio_harness_snapshot (desk->page, "failed");
    g_error ("Never shown: %s", text);
  }
}

static gboolean
is_told (gpointer user)
{
  Shown *shown = user;
  return strstr (shown->desk->messages->str, shown->text) != NULL;
}

void
desk_wait_message (Desk *desk, const char *part)
{
  Shown shown = { desk, part };
  if (!dio_harness_wait (is_told, &shown, 20000))
    g_error ("Never told: %s, but: %s", part, desk->messages->str);
}

guint
desk_count (const char *folder, DioReviewUnit unit, DioReviewState state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioReviewReader) reader = dio_review_reader_open (folder, &error);
  g_assert_no_error (error);
  g_autoptr (DioReviewTable) table =
      dio_review_table_load (reader, NULL, DIO_REVIEW_LOAD_OBJECTS, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (DioReviewVerdicts) verdicts = dio_review_verdicts_new (reader, "other", &error);
  g_assert_no_error (error);
  g_assert_true (dio_review_verdicts_refresh (verdicts, reader, table, NULL, &error));
  DioReviewProgress progress;
  dio_review_verdicts_get_progress (verdicts, unit, &progress);
  return (guint) progress.states[state];
}

DioReviewTable *
desk_load_table (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioReviewReader) reader = dio_review_reader_open (folder, &error);
  g_assert_no_error (error);
  DioReviewTable *table = dio_review_table_load (reader, NULL, DIO_REVIEW_LOAD_NAMES, NULL, &error);
  g_assert_no_error (error);
  return table;
}

guint
desk_count_objects (const char *folder, const char *category)
{
  g_autoptr (DioReviewTable) table = desk_load_table (folder);
  guint n = 0;
  for (guint32 row = 0; row < dio_review_table_get_n (table, DIO_REVIEW_OBJECTS); row++) {
    DioReviewObjectRow object;
    dio_review_table_get_object (table, row, &object);
    n += category == NULL
         || (object.category >= 0
             && g_strcmp0 (dio_review_table_get_category_name (table, (guint) object.category),
                           category)
                    == 0);
  }
  return n;
}

/** A number of verdicts on the disk that is waited for. */
typedef struct {
  const char *folder;
  DioReviewUnit unit;
  DioReviewState state;
  guint n;
} Stored;

static gboolean
is_stored (gpointer user)
{
  Stored *stored = user;
  return desk_count (stored->folder, stored->unit, stored->state) == stored->n;
}

void
desk_wait_stored (const char *folder, DioReviewUnit unit, DioReviewState state, guint n)
{
  Stored stored = { folder, unit, state, n };
  if (!dio_harness_wait (is_stored, &stored, 10000))
    g_error ("%u verdicts are stored, not %u", desk_count (folder, unit, state), n);
}
