#define G_LOG_DOMAIN "dio-widgets"

#include "dio-widgets-private.h"

#include "dio-edit-quantity.h"
#include "dio-widgets-resources.h"

#include <math.h>

/* Only shapes and spaces, and colours of the theme; the surround of pictures is the one fixed colour, a neutral grey that
 * does not tint what is judged in front of it. */
static const char STYLE[] =
    ".dio-surround { background-color: #707070; }"
    ".dio-number-frame { background-color: alpha(currentColor, 0.07); border-radius: 6px;"
    "  padding: 0 5px; min-height: 26px; }"
    ".dio-number-frame:hover { background-color: alpha(currentColor, 0.11); }"
    ".dio-number:focus-within .dio-number-frame, .dio-number-frame.editing {"
    "  outline: 2px solid alpha(@accent_color, 0.5); outline-offset: -1px; }"
    ".dio-number-frame text { min-height: 22px; font-feature-settings: 'tnum'; }"
    ".dio-number-frame.drawn .dio-number-value { font-style: italic; color: @accent_color; }"
    ".dio-number-value { font-feature-settings: 'tnum'; }"
    ".dio-number-name.scrubbing { color: @accent_color; }"
    ".dio-compact button { min-height: 24px; padding-top: 1px; padding-bottom: 1px; }"
    ".dio-compact button.flat { min-width: 24px; padding: 1px 3px; }"
    ".dio-pair button { padding-left: 12px; padding-right: 12px; }"
    "gridview.dio-pictures > child { padding: 4px; border-radius: 6px; }"
    "gridview.dio-pictures > child:selected { background-color: alpha(@accent_bg_color, 0.35); }"
    ".dio-tile { background-color: alpha(currentColor, 0.08); border-radius: 9px; }"
    ".dio-link > button { min-height: 18px; padding: 0 6px; margin-left: -6px; font-weight: "
    "normal; }"
    ".dio-picture { border-radius: 6px; }"
    "switch.dio-small > slider { min-width: 16px; min-height: 16px; }"
    "listview.dio-log { background: none; }"
    "listview.dio-log > row { padding: 3px 12px; }"
    ".dio-number-dice { min-width: 22px; min-height: 22px; padding: 0; margin: 0; }"
    ".dio-number-dice.active { color: @accent_color; }"
    ".dio-chip { background-color: alpha(currentColor, 0.08); border-radius: 999px; padding: 1px "
    "9px;"
    "  min-height: 22px; }"
    ".dio-chip:hover { background-color: alpha(currentColor, 0.13); }"
    ".dio-chip.osd { background-color: alpha(black, 0.72); color: white; }"
    ".dio-chip button { min-width: 18px; min-height: 18px; padding: 0; margin: 0 -5px 0 2px; }";

void
dio_widgets_ensure_style (void)
{
  static gboolean done = FALSE;
  GdkDisplay *display = gdk_display_get_default ();
  if (done || display == NULL)
    return;
  done = TRUE;
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_data (provider, STYLE, -1);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_resources_register (dio_widgets_get_resource ());
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display),
                                    "/org/diorama/Studio/widgets/icons");
}

GdkRGBA
dio_widgets_get_foreground (GtkWidget *widget)
{
  GdkRGBA color;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  return color;
}

GdkRGBA
dio_widgets_get_color (GtkWidget *widget, const char *name)
{
  GdkRGBA color;
  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, &color))
    color = dio_widgets_get_foreground (widget);
  return color;
}

void
dio_widgets_set_source (cairo_t *cr, const GdkRGBA *color, double alpha)
{
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha * alpha);
}

void
dio_widgets_round_rectangle (
    cairo_t *cr, double x, double y, double width, double height, double radius)
{
  double r = MIN (radius, MIN (width, height) / 2);
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - r, y + r, r, -G_PI_2, 0);
  cairo_arc (cr, x + width - r, y + height - r, r, 0, G_PI_2);
  cairo_arc (cr, x + r, y + height - r, r, G_PI_2, G_PI);
  cairo_arc (cr, x + r, y + r, r, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
}

PangoLayout *
dio_widgets_create_caption (GtkWidget *widget, const char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, text);
  PangoAttrList *attributes = pango_attr_list_new ();
  pango_attr_list_insert (attributes, pango_attr_scale_new (0.85));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  return layout;
}

double
dio_widgets_draw_text (
    GtkWidget *widget, cairo_t *cr, const char *text, double x, double y, double align)
{
  g_autoptr (PangoLayout) layout = dio_widgets_create_caption (widget, text);
  int width, height;
  pango_layout_get_pixel_size (layout, &width, &height);
  cairo_move_to (cr, x - align * width, y);
  pango_cairo_show_layout (cr, layout);
  return width;
}

char *
dio_widgets_format_value (double value, const char *unit)
{
  if (!isfinite (value))
    return g_strdup (isnan (value) ? "—" : value > 0 ? "∞" : "−∞");
  return dio_edit_quantity_format (value, unit != NULL ? unit : "", 4, FALSE);
}
