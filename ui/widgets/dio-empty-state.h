#pragma once
/* Thread: main. What stands where nothing is yet: an icon, one sentence, at most one button. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** An AdwStatusPage. @description, @button_label, @action (nullable; the last two go together: "win.add-sensor"). Strings translated. */
GtkWidget *dio_empty_state_new (const char *icon_name,
                                const char *title,
                                const char *description,
                                const char *button_label,
                                const char *action) G_GNUC_WARN_UNUSED_RESULT;
/** The same in the size of a side panel. */
GtkWidget *dio_empty_state_new_compact (const char *icon_name,
                                        const char *title,
                                        const char *description,
                                        const char *button_label,
                                        const char *action) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
