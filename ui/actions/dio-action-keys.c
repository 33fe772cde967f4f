#define G_LOG_DOMAIN "dio-actions"

#include "dio-action-private.h"

char **
dio_action_keys_split (const char *keys)
{
  return g_strsplit (keys != NULL ? keys : "", "|", -1);
}

static gboolean
parse (const char *key, guint *keyval, GdkModifierType *modifiers)
{
  return gtk_accelerator_parse (key, keyval, modifiers) && *keyval != 0;
}

gboolean
dio_action_key_is_allowed (const char *key, gboolean global)
{
  guint keyval;
  GdkModifierType modifiers;
  if (!parse (key, &keyval, &modifiers))
    return FALSE;
  // A bare letter in the whole window would steal it from text fields.
  gboolean function_key = keyval >= GDK_KEY_F1 && keyval <= GDK_KEY_F35;
  return !global || function_key || (modifiers & ~GDK_SHIFT_MASK) != 0;
}

/* Digits of the keypad equal digits, as add_key gives them to commands. */
static guint
normalize (guint keyval)
{
  return keyval >= GDK_KEY_KP_0 && keyval <= GDK_KEY_KP_9 ? keyval - GDK_KEY_KP_0 + GDK_KEY_0
                                                          : gdk_keyval_to_lower (keyval);
}

gboolean
dio_action_key_equal (const char *a, const char *b)
{
  guint keyval_a, keyval_b;
  GdkModifierType modifiers_a, modifiers_b;
  return parse (a, &keyval_a, &modifiers_a) && parse (b, &keyval_b, &modifiers_b)
         && modifiers_a == modifiers_b && normalize (keyval_a) == normalize (keyval_b);
}

static gboolean
text_has_focus (GtkWidget *scope)
{
  GtkRoot *root = gtk_widget_get_root (scope);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  if (focus == NULL)
    return FALSE;
  return GTK_IS_EDITABLE (focus) || GTK_IS_TEXT (focus) || GTK_IS_TEXT_VIEW (focus);
}

static gboolean
key_cb (GtkWidget *scope, GVariant *args, gpointer user)
{
  return !text_has_focus (scope) && dio_action_entry_run (user, NULL);
}

/* The key beside the letters and, for a digit, the one of the keypad. */
static void
add_key (DioActionEntry *entry, const char *key)
{
  guint keyval;
  GdkModifierType modifiers;
  if (!parse (key, &keyval, &modifiers))
    return;
  GtkShortcutTrigger *trigger = gtk_keyval_trigger_new (keyval, modifiers);
  if (keyval >= GDK_KEY_0 && keyval <= GDK_KEY_9)
    trigger = gtk_alternative_trigger_new (
        trigger, gtk_keyval_trigger_new (keyval - GDK_KEY_0 + GDK_KEY_KP_0, modifiers));
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (entry->controller),
      gtk_shortcut_new (trigger, gtk_callback_action_new (key_cb, entry, NULL)));
}

void
dio_action_entry_install_local_keys (DioActionEntry *entry)
{
  if (entry->scope == NULL)
    return;
  if (entry->controller != NULL)
    gtk_widget_remove_controller (entry->scope, entry->controller);
  entry->controller = gtk_shortcut_controller_new ();
  gtk_event_controller_set_propagation_phase (entry->controller, GTK_PHASE_BUBBLE);
  g_auto (GStrv) keys = dio_action_keys_split (dio_action_entry_get_keys (entry));
  for (guint i = 0; keys[i] != NULL; i++)
    add_key (entry, keys[i]);
  gtk_widget_add_controller (entry->scope, entry->controller);
}

char *
dio_action_keys_dup_label (const char *keys)
{
  if (keys == NULL)
    return NULL;
  g_auto (GStrv) split = dio_action_keys_split (keys);
  g_autoptr (GString) label = g_string_new (NULL);
  for (guint i = 0; split[i] != NULL; i++) {
    guint keyval;
    GdkModifierType modifiers;
    /* A key of the keypad after another says nothing new. */
    if (!parse (split[i], &keyval, &modifiers) || (i > 0 && g_str_has_prefix (split[i], "KP_")))
      continue;
    g_autofree char *one = gtk_accelerator_get_label (keyval, modifiers);
    g_string_append_printf (label, "%s%s", label->len > 0 ? ", " : "", one);
  }
  return label->len > 0 ? g_string_free (g_steal_pointer (&label), FALSE) : NULL;
}
