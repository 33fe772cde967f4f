/* Measures the Review page on a large dataset (tests/app/review/make-large-dataset). Usage: with-display bench-desk-page FOLDER; prints
 * one JSON object of milliseconds. */
#include "dio-desk-page.h"
#include "dio-harness.h"

#include <sys/resource.h>

#define N_STEPS 200

static GtkWidget *view;
static GtkWidget *page;

static gboolean
has_rows (gpointer user)
{
  view = dio_harness_find_type (page, GTK_TYPE_GRID_VIEW);
  GtkSelectionModel *model = view != NULL ? gtk_grid_view_get_model (GTK_GRID_VIEW (view)) : NULL;
  return model != NULL && g_list_model_get_n_items (G_LIST_MODEL (model)) > 0
         && gtk_widget_get_mapped (view);
}

static gboolean
is_shown (gpointer text)
{
  return dio_harness_find_label (page, text) != NULL;
}

static double
since_ms (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / 1000;
}

/* Longest turn of the main loop while the grid is scrolled from end to end. */
static void
scroll (void)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));
  double top = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
  double worst = 0;
  gint64 start = g_get_monotonic_time ();
  for (guint i = 0; i <= N_STEPS; i++) {
    gtk_adjustment_set_value (adjustment, top * i / N_STEPS);
    gint64 end = g_get_monotonic_time () + 16000;
    do {
      gint64 turn = g_get_monotonic_time ();
      g_main_context_iteration (NULL, FALSE);
      worst = MAX (worst, since_ms (turn));
    } while (g_get_monotonic_time () < end);
  }
  g_print (", \"scroll-step-mean\": %.1f, \"scroll-turn-worst\": %.1f", since_ms (start) / N_STEPS,
           worst);
}

int
main (int argc, char **argv)
{
  if (argc < 2) {
    g_printerr ("Usage: %s FOLDER\n", argv[0]);
    return 2;
  }
  char *folder = argv[1];
  argc = 1;
  dio_harness_init (&argc, &argv);
  g_autofree char *data = dio_harness_dup_temp ("data");
  DioSession *session = dio_session_new (NULL, data);
  page = dio_desk_page_new (session);
  GtkWindow *window = dio_harness_show (page, 1280, 800);

  gint64 start = g_get_monotonic_time ();
  g_object_set (session, "dataset", folder, NULL);
  if (!dio_harness_wait (has_rows, NULL, 60000))
    return 1;
  g_print ("{\"first-screen\": %.0f", since_ms (start));
  dio_harness_wait (is_shown, "Category", 60000);
  dio_harness_run (3000);
  scroll ();
  struct rusage usage;
  getrusage (RUSAGE_SELF, &usage);
  g_print (", \"peak-mib\": %.0f}\n", (double) usage.ru_maxrss / 1024);
  dio_harness_destroy (window);
  g_object_unref (session);
  return 0;
}
