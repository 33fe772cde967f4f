#define G_LOG_DOMAIN "dio-shell"

#include "dio-shell-report-private.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* More rows than anybody reads; the command line prints all. */
#define MAX_ROWS 500

static GtkWidget *
wrap_in_page (GtkWidget *child)
{
  GtkWidget *clamp = adw_clamp_new ();
  adw_clamp_set_child (ADW_CLAMP (clamp), child);
  gtk_widget_set_margin_top (clamp, 18);
  gtk_widget_set_margin_bottom (clamp, 18);
  gtk_widget_set_margin_start (clamp, 12);
  gtk_widget_set_margin_end (clamp, 12);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  return scroller;
}

/* -- Findings ----------------------------------------------------------------------------------------- */

static const char *
get_icon (DioSeverity severity)
{
  switch (severity) {
  case DIO_SEVERITY_ERROR:
    return "dialog-error-symbolic";
  case DIO_SEVERITY_WARNING:
    return "dialog-warning-symbolic";
  case DIO_SEVERITY_NOTE:
  default:
    return "dialog-information-symbolic";
  }
}

static GtkWidget *
make_finding_row (const DioDiagnostic *finding)
{
  GtkWidget *row = adw_action_row_new ();
  // Messages and file names may hold what would be markup.
  g_autofree char *title = g_markup_escape_text (finding->message, -1);
  g_autofree char *subtitle = g_markup_escape_text (finding->object, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name (get_icon (finding->severity)));
  return row;
}

GtkWidget *
dio_shell_report_create_findings (const DioShellReport *report)
{
  guint n = dio_diagnostics_get_count (report->findings);
  if (n == 0) {
    GtkWidget *page = adw_status_page_new ();
    adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "emblem-ok-symbolic");
    g_autofree char *title = g_strdup_printf (ngettext ("%" PRIu64 " Frame Verified, No Fault",
                                                        "%" PRIu64 " Frames Verified, No Fault",
                                                        (gulong) report->frames),
                                              report->frames);
    adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
    adw_status_page_set_description (
        ADW_STATUS_PAGE (page),
        _ ("Every file was read back; counts, boxes and masks agree with each other."));
    return page;
  }
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *title = g_strdup_printf (ngettext ("%u Finding", "%u Findings", n), n);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  for (guint i = 0; i < MIN (n, MAX_ROWS); i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               make_finding_row (dio_diagnostics_get (report->findings, i)));
  if (n > MAX_ROWS)
    adw_preferences_group_set_description (
        ADW_PREFERENCES_GROUP (group),
        _ ("The first 500; “diorama-engine verify” prints all of them."));
  return wrap_in_page (group);
}

/* -- Statistics --------------------------------------------------------------------------------------- */

static gint64
get_int (const json_t *object, const char *key)
{
  return json_integer_value (json_object_get (object, key));
}

static GtkWidget *
make_number_row (const char *title, const char *subtitle, const char *value)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  GtkWidget *label = gtk_label_new (value);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  return row;
}

static void
add_number (GtkWidget *group, const char *title, const char *subtitle, gint64 value)
{
  // Grouped as the language groups digits.
  g_autofree char *text = g_strdup_printf ("%'" PRId64, value);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                             make_number_row (title, subtitle, text));
}

static char *
dup_verdicts (const json_t *object)
{
  return g_strdup_printf (
      // Translators: verdicts on labels
      _ ("%'" PRId64 " kept, %'" PRId64 " ignored, %'" PRId64 " dropped"), get_int (object, "keep"),
      get_int (object, "ignore"), get_int (object, "drop"));
}

static GtkWidget *
make_counts (const json_t *statistics)
{
  GtkWidget *group = adw_preferences_group_new ();
  add_number (group, _ ("Frames"), NULL, get_int (statistics, "frames"));
  add_number (group, _ ("Failed Frames"), NULL, get_int (statistics, "failed"));
  add_number (group, _ ("Pictures"), NULL, get_int (statistics, "captures"));
  g_autofree char *verdicts = dup_verdicts (json_object_get (statistics, "verdicts"));
  add_number (group, _ ("Labels"), verdicts, get_int (statistics, "annotations"));
  const json_t *checks = json_object_get (statistics, "checks");
  add_number (group, _ ("Failed Self-Checks"), NULL, get_int (checks, "failed"));
  const json_t *gl = json_object_get (statistics, "gl");
  add_number (group, _ ("Unexplained Pixels"),
              _ ("Where OpenGL and the label rays differ away from any edge"),
              get_int (gl, "unexplained_px"));
  return group;
}

static GtkWidget *
make_categories (const json_t *statistics)
{
  GtkWidget *group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Categories"));
  size_t i;
  json_t *category;
  json_array_foreach (json_object_get (statistics, "categories"), i, category) {
    g_autofree char *verdicts = dup_verdicts (category);
    const char *name = json_string_value (json_object_get (category, "name"));
    adw_preferences_group_add (
        ADW_PREFERENCES_GROUP (group),
        make_number_row (name != NULL && *name != '\0' ? name : _ ("Without a name"), NULL,
                         verdicts));
  }
  return group;
}

static GtkWidget *
make_visibility (const json_t *statistics)
{
  GtkWidget *group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Visibility"));
  const json_t *histogram = json_object_get (statistics, "visibility");
  gint64 most = 1;
  size_t i;
  json_t *count;
  json_array_foreach (histogram, i, count)
    most = MAX (most, json_integer_value (count));
  json_array_foreach (histogram, i, count) {
    g_autofree char *title = g_strdup_printf ("%d–%d %%", (int) i * 10, (int) i * 10 + 10);
    g_autofree char *text = g_strdup_printf ("%'" PRId64, (gint64) json_integer_value (count));
    GtkWidget *row = make_number_row (title, NULL, text);
    GtkWidget *bar = gtk_progress_bar_new ();
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (bar),
                                   (double) json_integer_value (count) / (double) most);
    gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
    gtk_widget_set_size_request (bar, 240, -1);
    gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), bar);
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  }
  return group;
}

GtkWidget *
dio_shell_report_create_statistics (const DioShellReport *report)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_box_append (GTK_BOX (box), make_counts (report->statistics));
  gtk_box_append (GTK_BOX (box), make_categories (report->statistics));
  gtk_box_append (GTK_BOX (box), make_visibility (report->statistics));
  return wrap_in_page (box);
}
