#pragma once
/* Thread: main. The page of the preferences on which keys are changed. */

#include "dio-action.h"

G_BEGIN_DECLS

/** An AdwPreferencesPage. */
GtkWidget *dio_shell_keys_page_new (DioActionRegistry *registry,
                                    GSettings *settings) G_GNUC_WARN_UNUSED_RESULT;
/** As if the user had pressed @key for the command: sets and stores it, or says which command has it (translated, owned); NULL = done. @key "" takes all keys away, NULL
 * gives the default back. */
char *dio_shell_keys_page_set (DioActionRegistry *registry,
                               GSettings *settings,
                               const char *name,
                               const char *key) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
