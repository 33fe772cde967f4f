#pragma once
/* Thread: main. One command of a registry: its action on the map, tied to its owner, and the keys in force. Shared by the
 * files of this folder only. */

#include "dio-action.h"

G_BEGIN_DECLS

/** Everything about one added command. */
typedef struct {
  const DioActionInfo *info;
  GSimpleAction *action;
  /** NULL once the owner is gone; held by a weak pointer. */
  GObject *owner;
  /** of @owner's property, 0 without one */
  gulong notify_handler;
  /** where local keys work; NULL for accelerators; held by a weak pointer */
  GtkWidget *scope;
  /** of this command alone, on @scope; NULL without local keys; owned by the scope */
  GtkEventController *controller;
  /** own keys of the user; NULL = those of the table */
  char *own_keys;
} DioActionEntry;

DioActionEntry *dio_action_entry_new (const DioActionInfo *info, GObject *owner, GtkWidget *scope);
/** Forgets the owner without a word to the action, whose map has ended. */
void dio_action_entry_release_owner (DioActionEntry *entry);
void dio_action_entry_free (DioActionEntry *entry);
/** "|" between alternatives, or NULL. */
const char *dio_action_entry_get_keys (const DioActionEntry *entry);
/** Keys work in the whole window, not in a scope only. */
gboolean dio_action_entry_is_global (const DioActionEntry *entry);
/** Runs it; FALSE where it is disabled. */
gboolean dio_action_entry_run (DioActionEntry *entry, GVariant *parameter);

/** Splits "a|<Control>b"; the array is owned and never NULL. */
char **dio_action_keys_split (const char *keys);
/** Whether @key parses, and for accelerators (@global) has a modifier other than Shift or is an F key. */
gboolean dio_action_key_is_allowed (const char *key, gboolean global);
/** Whether @a and @b name the same key, however they are written. */
gboolean dio_action_key_equal (const char *a, const char *b);
/** Replaces the controller on the entry's scope by one with the keys in force. */
void dio_action_entry_install_local_keys (DioActionEntry *entry);
/** "Ctrl+Z, Ctrl+Y", or NULL. */
char *dio_action_keys_dup_label (const char *keys);

/** A menu of entries (DioActionEntry*) of @group. */
void dio_action_menu_fill (GMenu *menu, GPtrArray *entries, const char *group);

G_END_DECLS
