#define G_LOG_DOMAIN "dio-actions"

#include "dio-action-private.h"

/* Invariants:
 *  1. A name stands in one entry only; entries are never taken away, so positions and infos stay.
 *  2. Two commands never share a key where both would hear it: in one scope, in scopes that lie in each other, or in the window.
 *  3. The end of an owner disables its actions and nothing else.
 *  4. The end of the map ends all commands: nothing is told to it any more, whoever still holds the registry (a palette that is open).
 * The registry adds actions to the map and never removes them: the map ends with the window. */
struct _DioActionRegistry {
  GObject parent_instance;
  GtkApplication *application;
  /** weak: NULL after its end */
  GActionMap *map;
  /** of DioActionEntry* */
  GPtrArray *entries;
  /** name -> entry, borrowed */
  GHashTable *by_name;
  /** of GMenu*, for groups that were asked for: group -> menu */
  GHashTable *menus;
};

G_DEFINE_TYPE (DioActionRegistry, dio_action_registry, G_TYPE_OBJECT)

static guint changed_signal;

static void
map_gone_cb (gpointer user, GObject *where_it_was)
{
  DioActionRegistry *self = user;
  self->map = NULL;
  for (guint i = 0; i < self->entries->len; i++) {
    DioActionEntry *entry = g_ptr_array_index (self->entries, i);
    /* An owner that is the map hears of its own end by itself. */
    if (entry->owner != where_it_was)
      dio_action_entry_release_owner (entry);
  }
}

static void
dio_action_registry_finalize (GObject *object)
{
  DioActionRegistry *self = DIO_ACTION_REGISTRY (object);
  if (self->map != NULL)
    g_object_weak_unref (G_OBJECT (self->map), map_gone_cb, self);
  g_hash_table_unref (self->menus);
  g_hash_table_unref (self->by_name);
  g_ptr_array_unref (self->entries);
  g_clear_object (&self->application);
  G_OBJECT_CLASS (dio_action_registry_parent_class)->finalize (object);
}

static void
dio_action_registry_class_init (DioActionRegistryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dio_action_registry_finalize;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
dio_action_registry_init (DioActionRegistry *self)
{
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) dio_action_entry_free);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  self->menus = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

DioActionRegistry *
dio_action_registry_new (GtkApplication *application, GActionMap *map)
{
  g_return_val_if_fail (application == NULL || GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (G_IS_ACTION_MAP (map), NULL);

  DioActionRegistry *self = g_object_new (DIO_TYPE_ACTION_REGISTRY, NULL);
  g_set_object (&self->application, application);
  self->map = map;
  g_object_weak_ref (G_OBJECT (map), map_gone_cb, self);
  return self;
}

GActionMap *
dio_action_registry_get_map (DioActionRegistry *self)
{
  g_return_val_if_fail (DIO_IS_ACTION_REGISTRY (self), NULL);

  return self->map;
}

/* Whether there is a place where both would hear a key: the window hears it everywhere, a page with all that lies in it. */
static gboolean
scopes_meet (const DioActionEntry *a, const DioActionEntry *b)
{
  if (dio_action_entry_is_global (a) || dio_action_entry_is_global (b) || a->scope == b->scope)
    return TRUE;
  return a->scope != NULL && b->scope != NULL
         && (gtk_widget_is_ancestor (a->scope, b->scope)
             || gtk_widget_is_ancestor (b->scope, a->scope));
}

static DioActionEntry *
find_clash (DioActionRegistry *self, const DioActionEntry *entry, const char *key)
{
  for (guint i = 0; i < self->entries->len; i++) {
    DioActionEntry *other = self->entries->pdata[i];
    if (other == entry || !scopes_meet (entry, other))
      continue;
    g_auto (GStrv) keys = dio_action_keys_split (dio_action_entry_get_keys (other));
    for (guint k = 0; keys[k] != NULL; k++)
      if (dio_action_key_equal (keys[k], key))
        return other;
  }
  return NULL;
}

static void
install_keys (DioActionRegistry *self, DioActionEntry *entry)
{
  if (!dio_action_entry_is_global (entry)) {
    dio_action_entry_install_local_keys (entry);
    return;
  }
  if (self->application == NULL)
    return;
  g_autofree char *detailed = g_strconcat ("win.", entry->info->name, NULL);
  g_auto (GStrv) accels = dio_action_keys_split (dio_action_entry_get_keys (entry));
  gtk_application_set_accels_for_action (self->application, detailed, (const char *const *) accels);
}

/* What is wrong with the keys of the tables is said once, when the command is added, and left out. */
static void
check_keys (DioActionRegistry *self, DioActionEntry *entry)
{
  g_auto (GStrv) keys = dio_action_keys_split (dio_action_entry_get_keys (entry));
  g_autoptr (GString) good = g_string_new (NULL);
  gboolean all_good = TRUE;
  for (guint i = 0; keys[i] != NULL; i++) {
    const DioActionEntry *clash = find_clash (self, entry, keys[i]);
    gboolean allowed = dio_action_key_is_allowed (keys[i], dio_action_entry_is_global (entry));
    if (clash != NULL)
      g_warning ("the key %s of %s is taken by %s", keys[i], entry->info->name, clash->info->name);
    if (!allowed)
      g_warning ("the key %s of %s is none, or lacks a modifier", keys[i], entry->info->name);
    if (clash == NULL && allowed)
      g_string_append_printf (good, "%s%s", good->len > 0 ? "|" : "", keys[i]);
    else
      all_good = FALSE;
  }
  if (!all_good)
    entry->own_keys = g_string_free (g_steal_pointer (&good), FALSE);
}

static void
add_one (DioActionRegistry *self, const DioActionInfo *info, GObject *owner, GtkWidget *scope)
{
  if (g_hash_table_contains (self->by_name, info->name)) {
    g_warning ("there already is a command %s", info->name);
    return;
  }
  DioActionEntry *entry = dio_action_entry_new (info, owner, scope);
  if (entry == NULL) {
    g_warning ("%s has no property %s for the command %s", G_OBJECT_TYPE_NAME (owner),
               info->property, info->name);
    return;
  }
  check_keys (self, entry);
  g_ptr_array_add (self->entries, entry);
  g_hash_table_insert (self->by_name, (gpointer) info->name, entry);
  g_action_map_add_action (self->map, G_ACTION (entry->action));
  install_keys (self, entry);
}

static void
refill_menu (DioActionRegistry *self, const char *group)
{
  GMenu *menu = group != NULL ? g_hash_table_lookup (self->menus, group) : NULL;
  if (menu != NULL)
    dio_action_menu_fill (menu, self->entries, group);
}

/* The groups that stand in @table and no others: a menu that is shown somewhere builds its widgets anew. */
static void
refill_menus (DioActionRegistry *self, const DioActionInfo *table)
{
  g_autoptr (GHashTable) filled = g_hash_table_new (g_str_hash, g_str_equal);
  for (const DioActionInfo *info = table; info->name != NULL; info++)
    if (info->group != NULL && g_hash_table_add (filled, (gpointer) info->group))
      refill_menu (self, info->group);
}

void
dio_action_registry_add (DioActionRegistry *self,
                         const DioActionInfo *table,
                         GObject *owner,
                         GtkWidget *scope)
{
  g_return_if_fail (DIO_IS_ACTION_REGISTRY (self));
  g_return_if_fail (table != NULL);
  g_return_if_fail (G_IS_OBJECT (owner));
  g_return_if_fail (scope == NULL || GTK_IS_WIDGET (scope));

  for (const DioActionInfo *info = table; info->name != NULL; info++)
    add_one (self, info, owner, scope);
  refill_menus (self, table);
  g_signal_emit (self, changed_signal, 0);
}

static DioActionEntry *
find_entry (DioActionRegistry *self, const char *name)
{
  return name != NULL ? g_hash_table_lookup (self->by_name, name) : NULL;
}

void
dio_action_registry_set_enabled (DioActionRegistry *self, const char *name, gboolean enabled)
{
  g_return_if_fail (DIO_IS_ACTION_REGISTRY (self));
  DioActionEntry *entry = find_entry (self, name);
  g_return_if_fail (entry != NULL);

  if (self->map == NULL)
    return;
  // An action without its owner stays disabled.
  g_simple_action_set_enabled (entry->action, enabled && entry->owner != NULL);
}

gboolean
dio_action_registry_get_enabled (DioActionRegistry *self, const char *name)
{
  g_return_val_if_fail (DIO_IS_ACTION_REGISTRY (self), FALSE);
  DioActionEntry *entry = find_entry (self, name);
  return entry != NULL && entry->owner != NULL && g_action_get_enabled (G_ACTION (entry->action));
}

guint
dio_action_registry_get_count (DioActionRegistry *self)
{
  g_return_val_if_fail (DIO_IS_ACTION_REGISTRY (self), 0);
  return self->entries->len;
}

const DioActionInfo *
dio_action_registry_get (DioActionRegistry *self, guint index)
{
  g_return_val_if_fail (DIO_IS_ACTION_REGISTRY (self), NULL);
  g_return_val_if_fail (index < self->entries->len, NULL);
  const DioActionEntry *entry = self->entries->pdata[index];
  return entry->info;
}

const DioActionInfo *
dio_action_registry_find (DioActionRegistry *self, const char *name)
{
  g_return_val_if_fail (DIO_IS_ACTION_REGISTRY (self), NULL);
  const DioActionEntry *entry = find_entry (self, name);
  return entry != NULL ? entry->info : NULL;
}

const char *
dio_action_registry_get_keys (DioActionRegistry *self, const char *name)
{
  g_return_val_if_fail (DIO_IS_ACTION_REGISTRY (self), NULL);
  const DioActionEntry *entry = find_entry (self, name);
  return entry != NULL ? dio_action_entry_get_keys (entry) : NULL;
}

gboolean
dio_action_registry_set_keys (DioActionRegistry *self,
                              const char *name,
                              const char *keys,
                              const char **clash)
{
  g_return_val_if_fail (DIO_IS_ACTION_REGISTRY (self), FALSE);
  DioActionEntry *entry = find_entry (self, name);
  g_return_val_if_fail (entry != NULL, FALSE);

  if (clash != NULL)
    *clash = NULL;
  const char *wanted = keys != NULL                         ? keys
                       : dio_action_entry_is_global (entry) ? entry->info->accels
                                                            : entry->info->keys;
  g_auto (GStrv) split = dio_action_keys_split (wanted);
  for (guint i = 0; split[i] != NULL; i++) {
    if (!dio_action_key_is_allowed (split[i], dio_action_entry_is_global (entry)))
      return FALSE;
    const DioActionEntry *other = find_clash (self, entry, split[i]);
    if (other == NULL)
      continue;
    if (clash != NULL)
      *clash = other->info->name;
    return FALSE;
  }
  g_free (entry->own_keys);
  entry->own_keys = g_strdup (keys);
  install_keys (self, entry);
  refill_menu (self, entry->info->group);
  g_signal_emit (self, changed_signal, 0);
  return TRUE;
}

char *
dio_action_registry_dup_key_label (DioActionRegistry *self, const char *name)
{
  return dio_action_keys_dup_label (dio_action_registry_get_keys (self, name));
}

gboolean
dio_action_registry_can_run (DioActionRegistry *self, const char *name)
{
  g_return_val_if_fail (DIO_IS_ACTION_REGISTRY (self), FALSE);
  DioActionEntry *entry = find_entry (self, name);
  return entry != NULL && g_action_get_parameter_type (G_ACTION (entry->action)) == NULL;
}

gboolean
dio_action_registry_run (DioActionRegistry *self, const char *name)
{
  g_return_val_if_fail (DIO_IS_ACTION_REGISTRY (self), FALSE);
  return dio_action_registry_can_run (self, name)
         && dio_action_entry_run (find_entry (self, name), NULL);
}

GMenuModel *
dio_action_registry_create_menu (DioActionRegistry *self, const char *group)
{
  g_return_val_if_fail (DIO_IS_ACTION_REGISTRY (self), NULL);
  g_return_val_if_fail (group != NULL, NULL);

  GMenu *menu = g_hash_table_lookup (self->menus, group);
  if (menu == NULL) {
    menu = g_menu_new ();
    dio_action_menu_fill (menu, self->entries, group);
    g_hash_table_insert (self->menus, g_strdup (group), menu);
  }
  return g_object_ref (G_MENU_MODEL (menu));
}
