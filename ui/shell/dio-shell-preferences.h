#pragma once
/* Thread: main. Looks, sizes, workers and keys. */

#include "dio-action.h"

G_BEGIN_DECLS

/** @settings: org.diorama.Studio. */
GtkWidget *dio_shell_preferences_new (DioActionRegistry *registry,
                                      GSettings *settings) G_GNUC_WARN_UNUSED_RESULT;
/** The user's own keys of the settings into a registry; what clashes or does not parse is passed over. */
void dio_shell_preferences_apply_keys (DioActionRegistry *registry, GSettings *settings);
/** Follows "theme" from now on, for the whole program. */
void dio_shell_preferences_follow_theme (GSettings *settings);

G_END_DECLS
