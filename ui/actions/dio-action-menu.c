#define G_LOG_DOMAIN "dio-actions"

#include "dio-action-private.h"

#include <glib/gi18n-lib.h>

static gint
compare_sections (gconstpointer a, gconstpointer b)
{
  const DioActionEntry *const *first = a, *const *second = b;
  return (gint) (*first)->info->section - (gint) (*second)->info->section;
}

static GPtrArray *
list_group (GPtrArray *entries, const char *group)
{
  GPtrArray *found = g_ptr_array_new ();
  for (guint i = 0; i < entries->len; i++) {
    DioActionEntry *entry = entries->pdata[i];
    gboolean needs_value = g_action_get_parameter_type (G_ACTION (entry->action)) != NULL;
    if (g_strcmp0 (entry->info->group, group) == 0 && !needs_value)
      g_ptr_array_add (found, entry);
  }
  // GPtrArray sorts stably: within a section the order of adding stays.
  g_ptr_array_sort (found, compare_sections);
  return found;
}

/* With its first key, also where that is one of a page, which GTK does not know of: this only shows it. */
static GMenuItem *
create_item (const DioActionEntry *entry)
{
  g_autofree char *detailed = g_strconcat ("win.", entry->info->name, NULL);
  GMenuItem *item = g_menu_item_new (g_dgettext (GETTEXT_PACKAGE, entry->info->label), detailed);
  g_auto (GStrv) keys = dio_action_keys_split (dio_action_entry_get_keys (entry));
  if (keys[0] != NULL && keys[0][0] != '\0')
    g_menu_item_set_attribute (item, "accel", "s", keys[0]);
  return item;
}

void
dio_action_menu_fill (GMenu *menu, GPtrArray *entries, const char *group)
{
  g_menu_remove_all (menu);
  g_autoptr (GPtrArray) found = list_group (entries, group);
  g_autoptr (GMenu) section = NULL;
  for (guint i = 0; i < found->len; i++) {
    const DioActionEntry *entry = found->pdata[i];
    const DioActionEntry *before = i > 0 ? found->pdata[i - 1] : NULL;
    if (before == NULL || before->info->section != entry->info->section) {
      g_clear_object (&section);
      section = g_menu_new ();
      g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
    }
    g_autoptr (GMenuItem) item = create_item (entry);
    g_menu_append_item (section, item);
  }
}
