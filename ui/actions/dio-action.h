#pragma once
/* Thread: main. The one form in which every panel declares its commands: a table feeds the window's actions ("win.NAME"), accelerators, local keys, menus, the
 * shortcuts window, the command palette and tests. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** One command. Static tables of these end with an entry whose name is NULL. */
typedef struct {
  const char *name; /**< "frame-selection": the action is "win.frame-selection" */
  const char *
      label; /**< N_() header capitals, a verb: "Frame Selection"; with "…" where a dialog follows */
  const char *group; /**< N_() heading in palette and shortcuts window: "View" */
  const char *
      accels; /**< of the whole window, only with a modifier or F keys: "<Control>z|<Control>y"; NULL = none */
  const char *
      keys; /**< local, while the scope has the focus and no text field does: "f|Home"; NULL = none */
  void (*activate) (gpointer owner); /**< NULL for a property */
  const char *
      property; /**< name of a property of the owner: boolean toggles; others are set by menus with a target. NULL with @activate */
  /** In menus, a line stands between commands of different sections. */
  guint section;
} DioActionInfo;

#define DIO_TYPE_ACTION_REGISTRY (dio_action_registry_get_type ())
G_DECLARE_FINAL_TYPE (DioActionRegistry, dio_action_registry, DIO, ACTION_REGISTRY, GObject)

/** All commands of one window. @map (not kept alive) gets the actions; its end ends them. */
DioActionRegistry *dio_action_registry_new (GtkApplication *application,
                                            GActionMap *map) G_GNUC_WARN_UNUSED_RESULT;
/** Adds @table, whose strings are static. @owner: handed to activate, its properties are bound; its end disables the actions. @scope (nullable): the widget (a page, a
 * panel) whose focus makes the local keys work, in the bubble phase, so that text fields keep their letters. A name or accelerator that is taken is a programmer error: a warning, and the command or key is left out. Signal "changed" () after every addition and change of keys. */
void dio_action_registry_add (DioActionRegistry *registry,
                              const DioActionInfo *table,
                              GObject *owner,
                              GtkWidget *scope);
/** For an action that needs a value ("win.show-randomizer" with an id): it is in the map like commands, but in no menu and not in the palette. */
GActionMap *dio_action_registry_get_map (DioActionRegistry *registry);
void dio_action_registry_set_enabled (DioActionRegistry *registry,
                                      const char *name,
                                      gboolean enabled);
guint dio_action_registry_get_count (DioActionRegistry *registry);
gboolean dio_action_registry_get_enabled (DioActionRegistry *registry, const char *name);
/** In order of adding. */
const DioActionInfo *dio_action_registry_get (DioActionRegistry *registry, guint index);
const DioActionInfo *dio_action_registry_find (DioActionRegistry *registry, const char *name);

/** The keys in force, "|" between alternatives, from the table or from set_keys; NULL = none. Accelerators and local keys alike; borrowed until the next change. */
const char *dio_action_registry_get_keys (DioActionRegistry *registry, const char *name);
/** Gives the command other keys (NULL = those of its table, "" = none). Accelerators stay accelerators, local keys local. FALSE and @clash (borrowed, nullable) where
 * another command has one of them where both would hear it, or where an accelerator has no modifier and is no F key (@clash NULL), or does not parse. */
gboolean dio_action_registry_set_keys (DioActionRegistry *registry,
                                       const char *name,
                                       const char *keys,
                                       const char **clash);
/** "Ctrl+Z, Ctrl+Y" for people; NULL without keys. */
char *dio_action_registry_dup_key_label (DioActionRegistry *registry,
                                         const char *name) G_GNUC_WARN_UNUSED_RESULT;
/** Whether it needs no value: commands and switches. */
gboolean dio_action_registry_can_run (DioActionRegistry *registry, const char *name);
/** Runs the command as its key would; FALSE where it is disabled. */
gboolean dio_action_registry_run (DioActionRegistry *registry, const char *name);
/** A menu of all commands of @group that need no value, sections in order of their numbers. The menu follows later additions. */
GMenuModel *dio_action_registry_create_menu (DioActionRegistry *registry,
                                             const char *group) G_GNUC_WARN_UNUSED_RESULT;
/** Name of the command that ran last since the last call, of any registry, or NULL: what a stalled main loop was busy with. */
const char *dio_action_registry_take_last (void);

G_END_DECLS
