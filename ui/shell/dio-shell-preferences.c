#define G_LOG_DOMAIN "dio-shell"

#include "dio-shell-preferences.h"

#include "dio-shell-keys-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* -- Theme ----------------------------------------------------------------------------------------- */

static void
theme_cb (GSettings *settings, const char *key, gpointer user)
{
  static const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT,
                                            ADW_COLOR_SCHEME_FORCE_DARK };
  guint theme = (guint) g_settings_get_enum (settings, "theme");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      schemes[MIN (theme, G_N_ELEMENTS (schemes) - 1)]);
}

void
dio_shell_preferences_follow_theme (GSettings *settings)
{
  g_return_if_fail (G_IS_SETTINGS (settings));
  g_signal_connect (settings, "changed::theme", G_CALLBACK (theme_cb), NULL);
  theme_cb (settings, "theme", NULL);
}

/* -- Rows ------------------------------------------------------------------------------------------ */

static GtkWidget *
make_row (const char *title, const char *subtitle, GtkWidget *control)
{
  GtkWidget *row = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), control);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), control);
  return row;
}

static void
theme_selected_cb (AdwComboRow *row, GParamSpec *pspec, GSettings *settings)
{
  g_settings_set_enum (settings, "theme", (int) adw_combo_row_get_selected (row));
}

static GtkWidget *
make_theme_row (GSettings *settings)
{
  const char *const names[] = { _ ("System"), C_ ("theme", "Light"), _ ("Dark"), NULL };
  g_autoptr (GtkStringList) model = gtk_string_list_new (names);
  GtkWidget *row = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Theme"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), (guint) g_settings_get_enum (settings, "theme"));
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (theme_selected_cb), settings, 0);
  return row;
}

static GtkWidget *
make_number_row (
    GSettings *settings, const char *key, double low, double high, const char *const texts[2])
{
  GtkWidget *spin = gtk_spin_button_new_with_range (low, high, 1);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 5);
  g_settings_bind (settings, key, gtk_spin_button_get_adjustment (GTK_SPIN_BUTTON (spin)), "value",
                   G_SETTINGS_BIND_DEFAULT);
  return make_row (texts[0], texts[1], spin);
}

static GtkWidget *
make_thumbnail_row (GSettings *settings)
{
  GtkWidget *scale = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 96, 384, 32);
  gtk_scale_set_draw_value (GTK_SCALE (scale), FALSE);
  gtk_widget_set_size_request (scale, 180, -1);
  g_settings_bind (settings, "thumbnail-size", gtk_range_get_adjustment (GTK_RANGE (scale)),
                   "value", G_SETTINGS_BIND_DEFAULT);
  return make_row (_ ("Size of Thumbnails"),
                   _ ("On the start page, the shelf and in the review grid"), scale);
}

static GtkWidget *
make_general_page (GSettings *settings)
{
  GtkWidget *look = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (look), _ ("Look"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (look), make_theme_row (settings));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (look), make_thumbnail_row (settings));

  GtkWidget *work = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (work), _ ("Rendering"));
  const char *const workers[] = { _ ("Worker Processes"),
                                  _ ("Of a new batch; 0 is one for each core") };
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (work),
                             make_number_row (settings, "default-workers", 0, 256, workers));

  GtkWidget *review = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (review), _ ("Review"));
  GtkWidget *reviewer = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (reviewer), _ ("Name of the Reviewer"));
  g_settings_bind (settings, "reviewer", reviewer, "text", G_SETTINGS_BIND_DEFAULT);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (review), reviewer);

  GtkWidget *page = adw_preferences_page_new ();
  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (page), _ ("General"));
  adw_preferences_page_set_icon_name (ADW_PREFERENCES_PAGE (page), "preferences-system-symbolic");
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (look));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (work));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (review));
  return page;
}

GtkWidget *
dio_shell_preferences_new (DioActionRegistry *registry, GSettings *settings)
{
  g_return_val_if_fail (DIO_IS_ACTION_REGISTRY (registry), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  GtkWidget *window = adw_preferences_window_new ();
  gtk_window_set_title (GTK_WINDOW (window), _ ("Preferences"));
  gtk_window_set_default_size (GTK_WINDOW (window), 640, 640);
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window),
                              ADW_PREFERENCES_PAGE (make_general_page (settings)));
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window),
                              ADW_PREFERENCES_PAGE (dio_shell_keys_page_new (registry, settings)));
  return window;
}
