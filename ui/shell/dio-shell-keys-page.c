#define G_LOG_DOMAIN "dio-shell"

#include "dio-shell-keys-page.h"

#include "dio-shell-preferences.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define SETTING "keys"
#define SLICE_US 10000
/* Of a page: the rows that are still to come. */
#define FILLING "dio-filling"

/* One row: a command and its keys. */
typedef struct {
  DioActionRegistry *registry;
  GSettings *settings;
  const char *name;
  GtkWidget *row, *label;
  /** the window that waits for a key, NULL = none */
  GtkWidget *capture, *message;
} KeyRow;

static void
key_row_free (KeyRow *row)
{
  g_object_unref (row->registry);
  g_object_unref (row->settings);
  g_free (row);
}

/* -- Settings -------------------------------------------------------------------------------------- */

void
dio_shell_preferences_apply_keys (DioActionRegistry *registry, GSettings *settings)
{
  g_autoptr (GVariant) keys = g_settings_get_value (settings, SETTING);
  GVariantIter iter;
  const char *name, *key;
  g_variant_iter_init (&iter, keys);
  while (g_variant_iter_next (&iter, "{&s&s}", &name, &key))
    if (dio_action_registry_find (registry, name) != NULL
        && !dio_action_registry_set_keys (registry, name, key, NULL))
      g_message ("the own key %s of %s is taken or none", key, name);
}

static void
store (GSettings *settings, const char *name, const char *key)
{
  g_autoptr (GVariant) keys = g_settings_get_value (settings, SETTING);
  GVariantBuilder builder;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  GVariantIter iter;
  const char *other, *value;
  g_variant_iter_init (&iter, keys);
  while (g_variant_iter_next (&iter, "{&s&s}", &other, &value))
    if (!g_str_equal (other, name))
      g_variant_builder_add (&builder, "{ss}", other, value);
  if (key != NULL)
    g_variant_builder_add (&builder, "{ss}", name, key);
  g_settings_set_value (settings, SETTING, g_variant_builder_end (&builder));
}

char *
dio_shell_keys_page_set (DioActionRegistry *registry,
                         GSettings *settings,
                         const char *name,
                         const char *key)
{
  g_return_val_if_fail (DIO_IS_ACTION_REGISTRY (registry), NULL);
  g_return_val_if_fail (name != NULL, NULL);
  const char *clash = NULL;
  if (dio_action_registry_set_keys (registry, name, key, &clash)) {
    store (settings, name, key);
    return NULL;
  }
  if (clash != NULL)
    // Translators: %s is a command
    return g_strdup_printf (_ ("“%s” has this key."),
                            _ (dio_action_registry_find (registry, clash)->label));
  return g_strdup (
      _ ("A key that works in the whole window needs Ctrl or Alt, or is a function key."));
}

/* -- Capture ---------------------------------------------------------------------------------------- */

static void
update_row (KeyRow *row)
{
  g_autofree char *keys = dio_action_registry_dup_key_label (row->registry, row->name);
  gtk_label_set_text (GTK_LABEL (row->label), keys != NULL ? keys : "—");
}

/* TRUE where the window may close. */
static gboolean
take_key (KeyRow *row, const char *key)
{
  g_autofree char *problem = dio_shell_keys_page_set (row->registry, row->settings, row->name, key);
  if (problem != NULL) {
    gtk_label_set_text (GTK_LABEL (row->message), problem);
    return FALSE;
  }
  update_row (row);
  return TRUE;
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint keyval,
        guint keycode,
        GdkModifierType modifiers,
        KeyRow *row)
{
  modifiers &= gtk_accelerator_get_default_mod_mask ();
  keyval = gdk_keyval_to_lower (keyval);
  gboolean close = FALSE;
  if (keyval == GDK_KEY_Escape && modifiers == 0) {
    close = TRUE;
  } else if (keyval == GDK_KEY_BackSpace && modifiers == 0) {
    close = take_key (row, "");
  } else if (gtk_accelerator_valid (keyval, modifiers)) {
    g_autofree char *key = gtk_accelerator_name (keyval, modifiers);
    close = take_key (row, key);
  }
  if (close)
    gtk_window_destroy (GTK_WINDOW (row->capture));
  return TRUE;
}

static void
activated_cb (AdwActionRow *action_row, KeyRow *row)
{
  row->capture = adw_window_new ();
  gtk_window_set_modal (GTK_WINDOW (row->capture), TRUE);
  gtk_window_set_resizable (GTK_WINDOW (row->capture), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (row->capture), 360, -1);
  gtk_window_set_transient_for (GTK_WINDOW (row->capture),
                                GTK_WINDOW (gtk_widget_get_root (row->row)));
  GtkWidget *page = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page),
                                 "preferences-desktop-keyboard-shortcuts-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page),
                             _ (dio_action_registry_find (row->registry, row->name)->label));
  adw_status_page_set_description (
      ADW_STATUS_PAGE (page),
      _ ("Press the new keys. Backspace takes them away, Esc changes nothing."));
  gtk_widget_add_css_class (page, "compact");
  row->message = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (row->message), TRUE);
  gtk_widget_add_css_class (row->message, "error");
  adw_status_page_set_child (ADW_STATUS_PAGE (page), row->message);
  adw_window_set_content (ADW_WINDOW (row->capture), page);
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), row);
  gtk_widget_add_controller (row->capture, keys);
  gtk_window_present (GTK_WINDOW (row->capture));
}

static void
reset_cb (GtkButton *button, KeyRow *row)
{
  g_autofree char *problem =
      dio_shell_keys_page_set (row->registry, row->settings, row->name, NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (button), problem != NULL ? problem : _ ("Default Keys"));
  update_row (row);
}

/* -- Page ------------------------------------------------------------------------------------------- */

static GtkWidget *
make_row (DioActionRegistry *registry, GSettings *settings, const DioActionInfo *info)
{
  KeyRow *row = g_new0 (KeyRow, 1);
  row->registry = g_object_ref (registry);
  row->settings = g_object_ref (settings);
  row->name = info->name;
  row->row = adw_action_row_new ();
  g_object_set_data_full (G_OBJECT (row->row), "dio-key-row", row, (GDestroyNotify) key_row_free);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row->row), _ (info->label));
  row->label = gtk_label_new (NULL);
  gtk_widget_add_css_class (row->label, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row->row), row->label);
  GtkWidget *reset = gtk_button_new_from_icon_name ("edit-undo-symbolic");
  gtk_widget_add_css_class (reset, "flat");
  gtk_widget_set_valign (reset, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (reset, _ ("Default Keys"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (reset), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Default Keys"), -1);
  g_signal_connect (reset, "clicked", G_CALLBACK (reset_cb), row);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row->row), reset);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row->row), TRUE);
  g_signal_connect (row->row, "activated", G_CALLBACK (activated_cb), row);
  update_row (row);
  return row->row;
}

/* A hundred rows take longer than the main loop may stand still: they come a slice at a time. */
typedef struct {
  DioActionRegistry *registry;
  GSettings *settings;
  GtkWidget *page;
  /** label of a group -> its widget, both borrowed */
  GHashTable *groups;
  /** the next command */
  guint next;
  guint idle_id;
} Filling;

static void
filling_free (Filling *filling)
{
  g_clear_handle_id (&filling->idle_id, g_source_remove);
  g_object_unref (filling->registry);
  g_object_unref (filling->settings);
  g_hash_table_unref (filling->groups);
  g_free (filling);
}

static GtkWidget *
require_group (Filling *filling, const char *label)
{
  GtkWidget *group = g_hash_table_lookup (filling->groups, label);
  if (group != NULL)
    return group;
  group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ (label));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (filling->page), ADW_PREFERENCES_GROUP (group));
  g_hash_table_insert (filling->groups, (gpointer) label, group);
  return group;
}

static gboolean
fill_cb (gpointer user)
{
  Filling *filling = user;
  gint64 end_us = g_get_monotonic_time () + SLICE_US;
  while (filling->next < dio_action_registry_get_count (filling->registry)) {
    const DioActionInfo *info = dio_action_registry_get (filling->registry, filling->next++);
    if (info->group == NULL)
      continue;
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (require_group (filling, info->group)),
                               make_row (filling->registry, filling->settings, info));
    if (g_get_monotonic_time () >= end_us)
      return G_SOURCE_CONTINUE;
  }
  filling->idle_id = 0;
  return G_SOURCE_REMOVE;
}

static void
destroy_cb (GtkWidget *page, gpointer user)
{
  g_object_set_data (G_OBJECT (page), FILLING, NULL);
}

GtkWidget *
dio_shell_keys_page_new (DioActionRegistry *registry, GSettings *settings)
{
  GtkWidget *page = adw_preferences_page_new ();
  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (page), _ ("Keys"));
  adw_preferences_page_set_icon_name (ADW_PREFERENCES_PAGE (page), "input-keyboard-symbolic");
  Filling *filling = g_new0 (Filling, 1);
  filling->registry = g_object_ref (registry);
  filling->settings = g_object_ref (settings);
  filling->page = page;
  filling->groups = g_hash_table_new (g_str_hash, g_str_equal);
  filling->idle_id = g_idle_add (fill_cb, filling);
  g_object_set_data_full (G_OBJECT (page), FILLING, filling, (GDestroyNotify) filling_free);
  g_signal_connect (page, "destroy", G_CALLBACK (destroy_cb), NULL);
  return page;
}
