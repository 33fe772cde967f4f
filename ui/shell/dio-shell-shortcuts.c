#define G_LOG_DOMAIN "dio-shell"

#include "dio-shell-shortcuts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* GTK 4.8 takes the parts of a GtkShortcutsWindow from a builder only, so the text for one is written. */

/* Lines of a column: as many as a screen of 768 lines shows. What is longer goes on in the next column. */
#define MAX_LINES 16

/* What is shown together: two columns at most, since the numbers of further pages are drawn wrongly by GTK 4.8. */
static const char *const sections[][3] = {
  { N_ ("File"), N_ ("Edit") },
  { N_ ("View"), N_ ("Frames") },
  { N_ ("Labels Shown"), N_ ("Labels") },
  { N_ ("Scene"), N_ ("Tools"), N_ ("Randomize") },
  { N_ ("Dataset"), N_ ("Render"), N_ ("Help") },
  { N_ ("Review"), N_ ("Verdict") },
};

static void
append_shortcut (GString *ui, const char *label, const char *keys)
{
  g_auto (GStrv) split = g_strsplit (keys, "|", -1);
  g_autoptr (GString) accelerator = g_string_new (NULL);
  // Between alternatives the widget wants a space. Keys of the keypad equal those that they repeat.
  for (guint i = 0; split[i] != NULL; i++)
    if (i == 0 || !g_str_has_prefix (split[i], "KP_"))
      g_string_append_printf (accelerator, "%s%s", i > 0 ? " " : "", split[i]);
  g_autofree char *text = g_markup_printf_escaped ("<child><object class='GtkShortcutsShortcut'>"
                                                   "<property name='title'>%s</property>"
                                                   "<property name='accelerator'>%s</property>"
                                                   "</object></child>",
                                                   label, accelerator->str);
  g_string_append (ui, text);
}

static void
begin_group (GString *ui, const char *title)
{
  g_autofree char *head = g_markup_printf_escaped (
      "<child><object class='GtkShortcutsGroup'><property name='title'>%s</property>", title);
  g_string_append (ui, head);
}

static void
end_group (GString *ui)
{
  g_string_append (ui, "</object></child>");
}

/* Nothing where the group has no keys. */
static void
append_group (GString *ui, DioActionRegistry *registry, const char *group)
{
  guint lines = 0;
  for (guint i = 0; i < dio_action_registry_get_count (registry); i++) {
    const DioActionInfo *info = dio_action_registry_get (registry, i);
    const char *keys = dio_action_registry_get_keys (registry, info->name);
    if (keys == NULL || g_strcmp0 (info->group, group) != 0)
      continue;
    if (lines == 0 || lines == MAX_LINES - 1) {
      if (lines > 0)
        end_group (ui);
      begin_group (ui, lines == 0 ? _ (group) : "");
    }
    append_shortcut (ui, _ (info->label), keys);
    lines++;
  }
  if (lines > 0)
    end_group (ui);
}

static void
append_section (GString *ui, DioActionRegistry *registry, const char *const groups[3])
{
  g_autoptr (GString) title = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sections[0]) && groups[i] != NULL; i++)
    g_string_append_printf (title, "%s%s", i > 0 ? " · " : "", _ (groups[i]));
  g_autofree char *head = g_markup_printf_escaped (
      "<child><object class='GtkShortcutsSection'><property name='section-name'>%s</property>"
      "<property name='title'>%s</property><property name='max-height'>%d</property>",
      groups[0], title->str, MAX_LINES);
  g_string_append (ui, head);
  for (guint i = 0; i < G_N_ELEMENTS (sections[0]) && groups[i] != NULL; i++)
    append_group (ui, registry, groups[i]);
  g_string_append (ui, "</object></child>");
}

GtkWidget *
dio_shell_shortcuts_new (DioActionRegistry *registry)
{
  g_return_val_if_fail (DIO_IS_ACTION_REGISTRY (registry), NULL);

  g_autoptr (GString) ui =
      g_string_new ("<interface><object class='GtkShortcutsWindow' id='window'>"
                    "<property name='modal'>1</property>");
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    append_section (ui, registry, sections[i]);
  g_string_append (ui, "</object></interface>");
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_string (ui->str, (gssize) ui->len);
  GtkWidget *window = GTK_WIDGET (gtk_builder_get_object (builder, "window"));
  gtk_window_set_title (GTK_WINDOW (window), _ ("Keyboard Shortcuts"));
  return window;
}
