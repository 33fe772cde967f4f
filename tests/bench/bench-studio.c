/* How long the studio's main loop stands still: goes from the start page through opening a scenario, the four modes,
 * the dialogs and a dataset, and prints for every step, one JSON object a line, the milliseconds until it shows what it
 * is for, the longest turn of the main loop, the most that a turn worked, and how many of its turns took over 100 ms.
 * Usage: with-display bench-studio SCENARIO DATASET */

#include "dio-harness.h"
#include "dio-shell-application.h"
#include "dio-shell-start.h"
#include "dio-shell-watchdog.h"
#include "dio-shell-window.h"

#define WAIT_MS 20000
/* What a step starts may come late: refined pictures, tiles, rows. */
#define SETTLE_MS 3000

static DioShellApplication *application;
static DioShellWindow *window;
static const char *scenario, *dataset;

static gboolean
has_pictures (gpointer user)
{
  GtkWidget *start = dio_harness_find_type (GTK_WIDGET (window), DIO_TYPE_SHELL_START);
  return dio_shell_start_count_pictures (DIO_SHELL_START (start)) > 0;
}

static gboolean
has_result (gpointer user)
{
  const DioPreviewResult *result = dio_session_get_result (dio_shell_window_get_session (window));
  return dio_shell_window_has_document (window) && result != NULL && result->view_rgb != NULL;
}

/* A label, wherever it stands in the open windows. */
static gboolean
is_shown (gpointer text)
{
  GListModel *windows = gtk_window_get_toplevels ();
  gboolean shown = FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (windows) && !shown; i++) {
    g_autoptr (GtkWidget) top = g_list_model_get_item (windows, i);
    shown = dio_harness_find_label (top, text) != NULL;
  }
  return shown;
}

/* A label of the window that begins so. */
static gboolean
is_begun (gpointer start)
{
  g_autoptr (GPtrArray) labels = dio_harness_list_type (GTK_WIDGET (window), GTK_TYPE_LABEL);
  for (guint i = 0; i < labels->len; i++)
    if (g_str_has_prefix (gtk_label_get_text (labels->pdata[i]), start))
      return TRUE;
  return FALSE;
}

static gboolean
has_rows (gpointer user)
{
  g_autoptr (GPtrArray) views = dio_harness_list_type (GTK_WIDGET (window), GTK_TYPE_GRID_VIEW);
  for (guint i = 0; i < views->len; i++) {
    GtkSelectionModel *model = gtk_grid_view_get_model (views->pdata[i]);
    if (gtk_widget_get_mapped (views->pdata[i]) && model != NULL
        && g_list_model_get_n_items (G_LIST_MODEL (model)) > 0)
      return TRUE;
  }
  return FALSE;
}

/* -- Steps ------------------------------------------------------------------------------------------------------ */

static void
run (const char *action)
{
  g_action_group_activate_action (G_ACTION_GROUP (window), action, NULL);
}

static void
start (void)
{
  g_application_activate (G_APPLICATION (application));
  window = DIO_SHELL_WINDOW (gtk_application_get_windows (GTK_APPLICATION (application))->data);
}

static void
open_scenario (void)
{
  dio_shell_window_open (window, scenario);
}

static void
show_randomize (void)
{
  run ("mode-randomize");
}

static void
show_render (void)
{
  run ("mode-render");
}

static void
show_review (void)
{
  run ("mode-review");
}

static void
show_compose (void)
{
  run ("mode-compose");
}

static void
open_dataset (void)
{
  dio_shell_window_open_dataset (window, dataset);
}

static void
open_batch (void)
{
  run ("render-batch");
}

static void
open_export (void)
{
  run ("export-dataset");
}

static void
open_preferences (void)
{
  run ("preferences");
}

static void
open_palette (void)
{
  run ("palette");
}

/* -- Measuring -------------------------------------------------------------------------------------------------- */

typedef struct {
  const char *name;
  void (*begin) (void);
  DioHarnessCondition shown;
  const char *label;
  /** a window of its own, that is closed behind the step */
  gboolean window;
} Step;

static const Step steps[] = {
  { "start page", start, has_pictures, NULL, FALSE },
  { "open scenario", open_scenario, has_result, NULL, FALSE },
  { "first Randomize", show_randomize, is_begun, "Frame 15 ", FALSE },
  { "first Render", show_render, is_shown, "Render Batch…", FALSE },
  { "first Review", show_review, is_shown, "Open Dataset…", FALSE },
  { "Compose again", show_compose, has_result, NULL, FALSE },
  { "batch dialog", open_batch, is_shown, "Render Batch", TRUE },
  { "palette", open_palette, is_shown, "Name of a command", TRUE },
  { "preferences", open_preferences, is_shown, "Preferences", TRUE },
  { "open dataset", open_dataset, has_rows, NULL, FALSE },
  { "export dialog", open_export, is_shown, "Export Dataset", TRUE },
  { "Compose, third", show_compose, has_result, NULL, FALSE },
  { "Randomize, again", show_randomize, has_result, NULL, FALSE },
  { "Review, again", show_review, has_rows, NULL, FALSE },
};

static void
close_other_windows (void)
{
  g_autoptr (GListModel) windows = g_object_ref (gtk_window_get_toplevels ());
  for (guint i = g_list_model_get_n_items (windows); i > 0; i--) {
    g_autoptr (GtkWindow) top = g_list_model_get_item (windows, i - 1);
    if (top != GTK_WINDOW (window))
      gtk_window_destroy (top);
  }
}

/* The last turn ends with the next poll. */
static void
measure (const Step *step)
{
  dio_harness_run (1);
  dio_shell_watchdog_reset ();
  dio_harness_run (1);
  gint64 began_us = g_get_monotonic_time ();
  step->begin ();
  gboolean shown = dio_harness_wait (step->shown, (gpointer) step->label, WAIT_MS);
  double shown_ms = (double) (g_get_monotonic_time () - began_us) / 1000;
  dio_harness_run (SETTLE_MS);
  g_print (
      "{\"step\": \"%s\", \"shown_ms\": %.0f, \"longest_ms\": %.1f, \"longest_cpu_ms\": %.1f, "
      "\"stalls\": %u}\n",
      step->name, shown ? shown_ms : -1.0, (double) dio_shell_watchdog_get_longest_us () / 1000,
      (double) dio_shell_watchdog_get_longest_cpu_us () / 1000, dio_shell_watchdog_get_stalls ());
  if (step->window)
    close_other_windows ();
}

int
main (int argc, char **argv)
{
  if (argc != 3) {
    g_printerr ("Usage: %s SCENARIO DATASET\n", argv[0]);
    return 2;
  }
  scenario = argv[1];
  dataset = argv[2];
  argc = 1;
  dio_harness_init (&argc, &argv);
  application = dio_shell_application_new (G_APPLICATION_NON_UNIQUE);
  g_autoptr (GError) error = NULL;
  if (!g_application_register (G_APPLICATION (application), NULL, &error)) {
    g_printerr ("bench-studio: %s\n", error->message);
    return 1;
  }
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    measure (&steps[i]);
  dio_harness_destroy (GTK_WINDOW (window));
  g_object_unref (application);
  return 0;
}
