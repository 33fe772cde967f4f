#define G_LOG_DOMAIN "dio-actions"

#include "dio-action-private.h"

/* The last command that ran; read and cleared by dio_action_registry_take_last. */
static const char *last_name;

const char *
dio_action_registry_take_last (void)
{
  const char *name = last_name;
  last_name = NULL;
  return name;
}

static GVariant *
read_property (GObject *owner, const GParamSpec *pspec)
{
  g_auto (GValue) value = G_VALUE_INIT;
  g_value_init (&value, pspec->value_type);
  g_object_get_property (owner, pspec->name, &value);
  switch (G_TYPE_FUNDAMENTAL (pspec->value_type)) {
  case G_TYPE_BOOLEAN:
    return g_variant_new_boolean (g_value_get_boolean (&value));
  case G_TYPE_INT:
    return g_variant_new_int32 (g_value_get_int (&value));
  case G_TYPE_UINT:
    return g_variant_new_uint32 (g_value_get_uint (&value));
  case G_TYPE_UINT64:
    return g_variant_new_uint64 (g_value_get_uint64 (&value));
  case G_TYPE_DOUBLE:
    return g_variant_new_double (g_value_get_double (&value));
  case G_TYPE_STRING: {
    const char *text = g_value_get_string (&value);
    return g_variant_new_string (text != NULL ? text : "");
  }
  default:
    return NULL;
  }
}

static void
write_property (GObject *owner, const GParamSpec *pspec, GVariant *variant)
{
  g_auto (GValue) value = G_VALUE_INIT;
  g_dbus_gvariant_to_gvalue (variant, &value);
  g_object_set_property (owner, pspec->name, &value);
}

static void
activate_cb (GSimpleAction *action, GVariant *parameter, gpointer user)
{
  DioActionEntry *entry = user;
  if (entry->owner == NULL)
    return;
  last_name = entry->info->name;
  if (entry->info->activate != NULL) {
    // The command may close the window that its owner belongs to.
    g_autoptr (GObject) owner = g_object_ref (entry->owner);
    entry->info->activate (owner);
    return;
  }
  const GParamSpec *pspec =
      g_object_class_find_property (G_OBJECT_GET_CLASS (entry->owner), entry->info->property);
  if (parameter != NULL) {
    write_property (entry->owner, pspec, parameter);
    return;
  }
  g_autoptr (GVariant) state = g_action_get_state (G_ACTION (action));
  g_object_set (entry->owner, entry->info->property, !g_variant_get_boolean (state), NULL);
}

/* An action with a state is asked for another one by check items of menus. */
static void
change_state_cb (GSimpleAction *action, GVariant *state, gpointer user)
{
  DioActionEntry *entry = user;
  if (entry->owner == NULL)
    return;
  last_name = entry->info->name;
  write_property (
      entry->owner,
      g_object_class_find_property (G_OBJECT_GET_CLASS (entry->owner), entry->info->property),
      state);
}

static void
notify_cb (GObject *owner, GParamSpec *pspec, gpointer user)
{
  DioActionEntry *entry = user;
  g_simple_action_set_state (entry->action, read_property (owner, pspec));
}

static void
owner_gone_cb (gpointer user, GObject *where_it_was)
{
  DioActionEntry *entry = user;
  entry->owner = NULL;
  entry->notify_handler = 0;
  g_simple_action_set_enabled (entry->action, FALSE);
}

static gboolean
make_property_action (DioActionEntry *entry)
{
  const GParamSpec *pspec =
      g_object_class_find_property (G_OBJECT_GET_CLASS (entry->owner), entry->info->property);
  g_autoptr (GVariant) state = pspec != NULL ? read_property (entry->owner, pspec) : NULL;
  if (state == NULL)
    return FALSE;
  g_variant_ref_sink (state);
  gboolean toggles = pspec->value_type == G_TYPE_BOOLEAN;
  entry->action = g_simple_action_new_stateful (entry->info->name,
                                                toggles ? NULL : g_variant_get_type (state), state);
  g_autofree char *detailed = g_strconcat ("notify::", entry->info->property, NULL);
  entry->notify_handler = g_signal_connect (entry->owner, detailed, G_CALLBACK (notify_cb), entry);
  g_signal_connect (entry->action, "change-state", G_CALLBACK (change_state_cb), entry);
  return TRUE;
}

DioActionEntry *
dio_action_entry_new (const DioActionInfo *info, GObject *owner, GtkWidget *scope)
{
  g_autofree DioActionEntry *entry = g_new0 (DioActionEntry, 1);
  entry->info = info;
  entry->owner = owner;
  if (info->activate != NULL)
    entry->action = g_simple_action_new (info->name, NULL);
  else if (!make_property_action (entry))
    return NULL;
  g_signal_connect (entry->action, "activate", G_CALLBACK (activate_cb), entry);
  g_object_weak_ref (owner, owner_gone_cb, entry);
  if (scope != NULL && info->keys != NULL)
    g_set_weak_pointer (&entry->scope, scope);
  return g_steal_pointer (&entry);
}

void
dio_action_entry_release_owner (DioActionEntry *entry)
{
  if (entry->owner == NULL)
    return;
  g_clear_signal_handler (&entry->notify_handler, entry->owner);
  g_object_weak_unref (entry->owner, owner_gone_cb, entry);
  entry->owner = NULL;
}

void
dio_action_entry_free (DioActionEntry *entry)
{
  dio_action_entry_release_owner (entry);
  if (entry->scope != NULL && entry->controller != NULL)
    gtk_widget_remove_controller (entry->scope, entry->controller);
  g_clear_weak_pointer (&entry->scope);
  // Others (the map, menus) may hold the action for longer.
  g_signal_handlers_disconnect_by_data (entry->action, entry);
  g_object_unref (entry->action);
  g_free (entry->own_keys);
  g_free (entry);
}

gboolean
dio_action_entry_is_global (const DioActionEntry *entry)
{
  return entry->info->keys == NULL;
}

const char *
dio_action_entry_get_keys (const DioActionEntry *entry)
{
  const char *keys = entry->own_keys != NULL              ? entry->own_keys
                     : dio_action_entry_is_global (entry) ? entry->info->accels
                                                          : entry->info->keys;
  return keys != NULL && *keys != '\0' ? keys : NULL;
}

gboolean
dio_action_entry_run (DioActionEntry *entry, GVariant *parameter)
{
  if (entry->owner == NULL || !g_action_get_enabled (G_ACTION (entry->action)))
    return FALSE;
  g_action_activate (G_ACTION (entry->action), parameter);
  return TRUE;
}
