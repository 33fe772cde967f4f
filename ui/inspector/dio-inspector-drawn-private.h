#pragma once
/* Thread: main. Under a property that a randomizer draws: who draws it, the value of the frame that is seen, and the way out. */

#include "dio-inspector-value-private.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *dio_inspector_drawn_new (DioSession *session,
                                    const char *path,
                                    const char *label) G_GNUC_WARN_UNUSED_RESULT;
/** @node: whose property is shown; NULL where nothing draws it, which hides the line. @with_value: also what the frame drew, where no field shows it. */
void dio_inspector_drawn_refresh (GtkWidget *drawn, const char *node, gboolean with_value);

/** The value of @node's property in the frame that is seen; FALSE in Base view, without a result, and where the frame has no such node. Strings are borrowed
 * from the last result. */
gboolean dio_inspector_get_drawn (DioSession *session,
                                  const char *node,
                                  const char *path,
                                  DioPropertyValue *value);
/** Shows the randomizer that draws the property of @node. */
void dio_inspector_go_to_randomizer (GtkWidget *widget,
                                     DioSession *session,
                                     const char *node,
                                     const char *path);
/** The selected nodes keep what they have in the frame that is seen, and nothing draws it any more. */
gboolean dio_inspector_fix_value (DioSession *session,
                                  const char *path,
                                  const char *label,
                                  GError **error);

G_END_DECLS
