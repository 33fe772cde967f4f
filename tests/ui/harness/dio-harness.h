#pragma once
/* Thread: main. What tests of widgets share: start without animations, wait for a condition instead of a time, find widgets as a user would
 * name them, press them, type, and keep pictures. Run under tests/ui/harness/with-display. */

#include <adwaita.h>

G_BEGIN_DECLS

/** Instead of g_test_init: GLib's tests, GTK, libadwaita; animations and cursor blink are off. Exits with 77 (skipped) without a display. */
void dio_harness_init (int *argc, char ***argv);

typedef gboolean (*DioHarnessCondition) (gpointer user);
/** Runs the main loop until @condition holds; FALSE after @timeout_ms. */
gboolean dio_harness_wait (DioHarnessCondition condition, gpointer user, guint timeout_ms);
/** The same for a property of boolean type. */
gboolean dio_harness_wait_property (gpointer object, const char *property, guint timeout_ms);
/** Runs the main loop for @ms: only where nothing can be waited for. */
void dio_harness_run (guint ms);
/** Presents @window and waits until it has been drawn. */
void dio_harness_present (GtkWindow *window);
/** Destroys @window (nullable) and lets what follows happen. */
void dio_harness_destroy (GtkWindow *window);
/** Drops the last reference to @object and waits until it is gone: work in threads (a recovery file that is being written) may keep a
 * session a moment longer. Fails after a minute. */
void dio_harness_assert_gone (gpointer object);
/** A window of the given size around @child, presented. */
GtkWindow *dio_harness_show (GtkWidget *child, int width, int height);

/** First mapped widget below @root (included), in order of the tree, that has this accessible label, button label, text or tooltip; NULL = none. */
GtkWidget *dio_harness_find_label (GtkWidget *root, const char *label);
/** By gtk_widget_get_name or the id in a template. */
GtkWidget *dio_harness_find_name (GtkWidget *root, const char *name);
/** First of @type, mapped or not. */
GtkWidget *dio_harness_find_type (GtkWidget *root, GType type);
/** All of @type; free the array. */
GPtrArray *dio_harness_list_type (GtkWidget *root, GType type) G_GNUC_WARN_UNUSED_RESULT;
/** Among the open windows, the first of @type; NULL = none. */
GtkWindow *dio_harness_find_window (GType type);
/** Whether assistive technologies are told @label. */
gboolean dio_harness_has_label (GtkWidget *widget, const char *label);
/** Names the focusable, visible buttons, switches, entries and drop-downs below @root that have neither an accessible label nor a text nor a tooltip: NULL = none, else
 * one a line (owned). */
char *dio_harness_list_unnamed (GtkWidget *root) G_GNUC_WARN_UNUSED_RESULT;

/** As a click: buttons, switches, check buttons, menu buttons, rows. */
void dio_harness_click (GtkWidget *widget);
/** Puts @text into the text field at or below @widget as typing does, in place of what is there. */
void dio_harness_type (GtkWidget *widget, const char *text);
/** Presses Enter in the text field at or below @widget. */
void dio_harness_enter (GtkWidget *widget);
/** Sends real keys through the X server ("ctrl+z", "f", "Escape", "space", "shift+F9") to the window that has the focus; FALSE without xdotool. */
gboolean dio_harness_press (const char *keys);
/** "drag-begin", "drag-update", "drag-end" of the first GtkGestureDrag of @widget, from (x, y) by (dx, dy). */
void dio_harness_drag (GtkWidget *widget, double x, double y, double dx, double dy);

/** A picture of @widget as it is drawn, owned. */
GdkTexture *dio_harness_picture (GtkWidget *widget) G_GNUC_WARN_UNUSED_RESULT;
/** Saves it as NAME.png in $DIORAMA_TEST_OUTPUT, without which nothing happens. */
void dio_harness_snapshot (GtkWidget *widget, const char *name);

/** Path in a folder of this test program alone, that goes away at its end. Owned. */
char *dio_harness_dup_temp (const char *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
