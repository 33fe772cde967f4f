#pragma once
/* Thread: main. What the widgets of this folder share: the style sheet and small pieces of drawing. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Adds the style sheet and icons of this folder to the display, once; every widget class calls it. */
void dio_widgets_ensure_style (void);
/** The colour of the text of @widget. */
GdkRGBA dio_widgets_get_foreground (GtkWidget *widget);
/** A named colour of the theme ("accent_bg_color"); the foreground where the theme has none. */
GdkRGBA dio_widgets_get_color (GtkWidget *widget, const char *name);
void dio_widgets_set_source (cairo_t *cr, const GdkRGBA *color, double alpha);
/** A path with round corners. */
void dio_widgets_round_rectangle (
    cairo_t *cr, double x, double y, double width, double height, double radius);
/** Draws one line of text in the widget's font at @scale of its size; @align 0 left, 0.5 middle, 1 right of @x; @y is the top. Returns its width. */
double dio_widgets_draw_text (
    GtkWidget *widget, cairo_t *cr, const char *text, double x, double y, double align);
/** A layout in the caption size of the widget's font, with digits of one width. */
PangoLayout *dio_widgets_create_caption (GtkWidget *widget,
                                         const char *text) G_GNUC_WARN_UNUSED_RESULT;
/** At most four digits that matter, in the unit that people read ("90°" for radians). */
char *dio_widgets_format_value (double value, const char *unit) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
