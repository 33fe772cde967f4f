#define G_LOG_DOMAIN "dio-shell"

#include "dio-shell-shortcuts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* GTK 4.8 takes the parts of a GtkShortcutsWindow from a builder only, so the text for one is written. */

static void
append_shortcut (GString *ui, const char *label, const char *keys)
{
  // Between alternatives the widget wants a space.
  g_autofree char *accelerator = g_strdelimit (g_strdup (keys), "|", ' ');
  g_autofree char *text = g_markup_printf_escaped ("<child><object class='GtkShortcutsShortcut'>"
                                                   "<property name='title'>%s</property>"
                                                   "<property name='accelerator'>%s</property>"
                                                   "</object></child>",
                                                   label, accelerator);
  g_string_append (ui, text);
}

static void
append_group (GString *ui, DioActionRegistry *registry, const char *group)
{
  g_autofree char *head = g_markup_printf_escaped (
      "<child><object class='GtkShortcutsGroup'><property name='title'>%s</property>", _ (group));
  g_string_append (ui, head);
  for (guint i = 0; i < dio_action_registry_get_count (registry); i++) {
    const DioActionInfo *info = dio_action_registry_get (registry, i);
    const char *keys = dio_action_registry_get_keys (registry, info->name);
    if (keys != NULL && g_strcmp0 (info->group, group) == 0)
      append_shortcut (ui, _ (info->label), keys);
  }
  g_string_append (ui, "</object></child>");
}

static GPtrArray *
list_groups (DioActionRegistry *registry)
{
  GPtrArray *groups = g_ptr_array_new ();
  for (guint i = 0; i < dio_action_registry_get_count (registry); i++) {
    const DioActionInfo *info = dio_action_registry_get (registry, i);
    if (info->group == NULL || dio_action_registry_get_keys (registry, info->name) == NULL)
      continue;
    if (!g_ptr_array_find_with_equal_func (groups, info->group, g_str_equal, NULL))
      g_ptr_array_add (groups, (gpointer) info->group);
  }
  return groups;
}

GtkWidget *
dio_shell_shortcuts_new (DioActionRegistry *registry)
{
  g_return_val_if_fail (DIO_IS_ACTION_REGISTRY (registry), NULL);

  g_autoptr (GString) ui = g_string_new (
      "<interface><object class='GtkShortcutsWindow' id='window'>"
      "<property name='modal'>1</property><child><object class='GtkShortcutsSection'>"
      "<property name='section-name'>all</property><property name='max-height'>12</property>");
  g_autoptr (GPtrArray) groups = list_groups (registry);
  for (guint i = 0; i < groups->len; i++)
    append_group (ui, registry, groups->pdata[i]);
  g_string_append (ui, "</object></child></object></interface>");
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_string (ui->str, (gssize) ui->len);
  GtkWidget *window = GTK_WIDGET (gtk_builder_get_object (builder, "window"));
  gtk_window_set_title (GTK_WINDOW (window), _ ("Keyboard Shortcuts"));
  return window;
}
