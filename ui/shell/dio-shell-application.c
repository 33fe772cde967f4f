#define G_LOG_DOMAIN "dio-shell"

#include "dio-shell-application.h"

#include "dio-base-path.h"
#include "dio-core-interactive.h"
#include "dio-shell-drawing.h"
#include "dio-shell-preferences.h"
#include "dio-shell-watchdog.h"
#include "dio-shell-window.h"

#include <glib/gi18n-lib.h>
#include <libpanel.h>

struct _DioShellApplication {
  AdwApplication parent_instance;
  GSettings *settings;
};

G_DEFINE_FINAL_TYPE (DioShellApplication, dio_shell_application, ADW_TYPE_APPLICATION)

/* Pictures have round corners and a neutral ground; a dock's title is a title and no button. */
static const char style[] =
    ".dio-start-picture { border-radius: 9px; background: alpha(currentColor, 0.08); }"
    "button.dio-start-card { padding: 9px; font-weight: normal; }"
    "panelframeheader, panelframeswitcher { min-height: 0; }"
    "panelframeswitcher > button { background: none; box-shadow: none; padding: 0 6px;"
    " min-height: 24px; }";

static void
dio_shell_application_startup (GApplication *application)
{
  DioShellApplication *self = DIO_SHELL_APPLICATION (application);
  G_APPLICATION_CLASS (dio_shell_application_parent_class)->startup (application);
  dio_shell_drawing_choose ();
  panel_init ();
  dio_interactive_set_thread (TRUE);
  dio_shell_watchdog_start ();
  self->settings = g_settings_new ("org.diorama.Studio");
  dio_shell_preferences_follow_theme (self->settings);

  GdkDisplay *display = gdk_display_get_default ();
  g_autoptr (GtkCssProvider) css = gtk_css_provider_new ();
  gtk_css_provider_load_from_data (css, style, -1);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (css),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  // In a build tree the icons are where the other data is; installed ones are found anyway.
  g_autofree char *data = dio_path_dup_data_folder ();
  g_autofree char *icons = g_build_filename (data, "icons", NULL);
  gtk_icon_theme_add_search_path (gtk_icon_theme_get_for_display (display), icons);
  gtk_window_set_default_icon_name ("org.diorama.Studio");
}

static void
dio_shell_application_shutdown (GApplication *application)
{
  g_clear_object (&DIO_SHELL_APPLICATION (application)->settings);
  dio_shell_watchdog_stop ();
  dio_interactive_set_thread (FALSE);
  G_APPLICATION_CLASS (dio_shell_application_parent_class)->shutdown (application);
}

static void
dio_shell_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));
  if (window != NULL)
    gtk_window_present (window);
  else
    dio_shell_window_present_soon (dio_shell_window_new (ADW_APPLICATION (application), NULL));
}

static void
dio_shell_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  for (int i = 0; i < n_files; i++) {
    g_autofree char *path = g_file_get_path (files[i]);
    if (path == NULL)
      continue;
    DioShellWindow *window = dio_shell_window_new (ADW_APPLICATION (application), NULL);
    dio_shell_window_present_soon (window);
    g_autofree char *database = g_build_filename (path, "dataset.db", NULL);
    if (g_file_test (database, G_FILE_TEST_EXISTS))
      dio_shell_window_open_dataset (window, path);
    else
      dio_shell_window_open (window, path);
  }
}

static int
dio_shell_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  if (!g_variant_dict_contains (options, "version"))
    return -1;
  g_print ("diorama %s\n", DIORAMA_VERSION);
  return 0;
}

static void
dio_shell_application_class_init (DioShellApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);
  application_class->startup = dio_shell_application_startup;
  application_class->shutdown = dio_shell_application_shutdown;
  application_class->activate = dio_shell_application_activate;
  application_class->open = dio_shell_application_open;
  application_class->handle_local_options = dio_shell_application_handle_local_options;
}

static void
dio_shell_application_init (DioShellApplication *self)
{
  const GOptionEntry options[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self),
                                                     _ ("[SCENARIO|DATASET…]"));
}

DioShellApplication *
dio_shell_application_new (GApplicationFlags flags)
{
  return g_object_new (DIO_TYPE_SHELL_APPLICATION, "application-id", "org.diorama.Studio", "flags",
                       flags | G_APPLICATION_HANDLES_OPEN, NULL);
}
