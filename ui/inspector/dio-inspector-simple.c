#define G_LOG_DOMAIN "dio-inspector"

/* Switches, texts and colours. */

#include "dio-inspector-row-private.h"

#include "dio-image-color.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* -- Switch -- */

static void
switched_cb (GtkSwitch *widget, GParamSpec *pspec, DioInspectorRow *row)
{
  if (!dio_inspector_row_is_showing (row))
    dio_inspector_row_commit (row, json_boolean (gtk_switch_get_active (widget)), FALSE);
}

static void
show_switch (DioInspectorRow *row, const DioInspectorValue *value)
{
  GtkWidget *widget = dio_inspector_row_get_editor (row);
  gtk_switch_set_active (GTK_SWITCH (widget), !value->own && value->number[0] != 0);
  gtk_widget_set_opacity (widget, value->mixed != 0 || value->own ? 0.5 : 1);
  gtk_widget_set_tooltip_text (widget,
                               value->mixed != 0 ? _ ("The selected objects differ") : NULL);
}

void
dio_inspector_row_add_switch (DioInspectorRow *row)
{
  GtkWidget *widget = gtk_switch_new ();
  gtk_widget_set_halign (widget, GTK_ALIGN_END);
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  dio_inspector_row_get_label (row), -1);
  g_signal_connect_object (widget, "notify::active", G_CALLBACK (switched_cb), row, 0);
  dio_inspector_row_set_editor (row, widget, widget, FALSE, show_switch);
}

/* -- Text -- */

static void
commit_text (DioInspectorRow *row)
{
  GtkWidget *entry = dio_inspector_row_get_editor (row);
  const char *shown = g_object_get_data (G_OBJECT (entry), "shown");
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));
  if (!dio_inspector_row_is_showing (row) && g_strcmp0 (shown, text) != 0)
    dio_inspector_row_commit (row, json_string (text), FALSE);
}

static void
activated_cb (GtkEntry *entry, DioInspectorRow *row)
{
  commit_text (row);
}

static void
left_cb (GtkEventControllerFocus *controller, DioInspectorRow *row)
{
  commit_text (row);
}

static void
show_text (DioInspectorRow *row, const DioInspectorValue *value)
{
  GtkWidget *entry = dio_inspector_row_get_editor (row);
  gboolean mixed = value->mixed != 0;
  const char *text = mixed || value->string == NULL ? "" : value->string;
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), mixed ? _ ("Different") : NULL);
  g_object_set_data_full (G_OBJECT (entry), "shown", g_strdup (text), g_free);
  if (strcmp (gtk_editable_get_text (GTK_EDITABLE (entry)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

void
dio_inspector_row_add_entry (DioInspectorRow *row)
{
  GtkWidget *entry = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 8);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  dio_inspector_row_get_label (row), -1);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_signal_connect_object (focus, "leave", G_CALLBACK (left_cb), row, 0);
  gtk_widget_add_controller (entry, focus);
  g_signal_connect_object (entry, "activate", G_CALLBACK (activated_cb), row, 0);
  dio_inspector_row_set_editor (row, entry, entry, FALSE, show_text);
}

/* -- Colour: linear in the document, sRGB in the button -- */

static float
encode (double linear)
{
  return (float) dio_srgb_from_linear (CLAMP (linear, 0, 1));
}

static void
color_set_cb (GtkColorButton *button, DioInspectorRow *row)
{
  if (dio_inspector_row_is_showing (row))
    return;
  GdkRGBA color;
  gtk_color_chooser_get_rgba (GTK_COLOR_CHOOSER (button), &color);
  json_t *list = json_array ();
  json_array_append_new (list, json_real (dio_linear_from_srgb (color.red)));
  json_array_append_new (list, json_real (dio_linear_from_srgb (color.green)));
  json_array_append_new (list, json_real (dio_linear_from_srgb (color.blue)));
  if (dio_property_type_get_size (dio_inspector_row_get_info (row)->type) == 4)
    json_array_append_new (list, json_real (color.alpha));
  dio_inspector_row_commit (row, list, FALSE);
}

static void
reset_color_cb (GtkButton *button, DioInspectorRow *row)
{
  dio_inspector_row_commit (row, NULL, FALSE);
}

static void
show_color (DioInspectorRow *row, const DioInspectorValue *value)
{
  GtkWidget *button = dio_inspector_row_get_editor (row);
  gboolean alpha = dio_property_type_get_size (value->info->type) == 4;
  double fallback = value->info->default_value;
  const double *number =
      value->own ? (double[]){ fallback, fallback, fallback, fallback } : value->number;
  GdkRGBA color = { encode (number[0]), encode (number[1]), encode (number[2]),
                    alpha ? (float) number[3] : 1 };
  gtk_color_chooser_set_rgba (GTK_COLOR_CHOOSER (button), &color);
  gtk_widget_set_opacity (button, value->own || value->mixed != 0 ? 0.4 : 1);
  gtk_widget_set_tooltip_text (button, value->mixed != 0 ? _ ("The selected objects differ")
                                       : value->own      ? _ ("The model's own colour")
                                                         : NULL);
  GtkWidget *reset = gtk_widget_get_prev_sibling (button);
  gtk_widget_set_visible (reset, !value->own && g_str_has_prefix (value->info->path, "material"));
}

void
dio_inspector_row_add_color (DioInspectorRow *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  gtk_widget_set_halign (box, GTK_ALIGN_END);
  GtkWidget *reset = gtk_button_new_from_icon_name ("edit-clear-symbolic");
  gtk_widget_add_css_class (reset, "flat");
  gtk_widget_set_tooltip_text (reset, _ ("Use the Model's Own"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (reset), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Use the Model's Own"), -1);
  gtk_widget_set_visible (reset, FALSE);
  GtkWidget *button = gtk_color_button_new ();
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gboolean alpha = dio_property_type_get_size (dio_inspector_row_get_info (row)->type) == 4;
  gtk_color_chooser_set_use_alpha (GTK_COLOR_CHOOSER (button), alpha);
  gtk_color_button_set_title (GTK_COLOR_BUTTON (button), dio_inspector_row_get_label (row));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  dio_inspector_row_get_label (row), -1);
  /* The button inside is what has the focus and is spoken. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (button)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, dio_inspector_row_get_label (row),
                                  -1);
  g_signal_connect_object (button, "color-set", G_CALLBACK (color_set_cb), row, 0);
  g_signal_connect_object (reset, "clicked", G_CALLBACK (reset_color_cb), row, 0);
  gtk_box_append (GTK_BOX (box), reset);
  gtk_box_append (GTK_BOX (box), button);
  dio_inspector_row_set_editor (row, box, button, FALSE, show_color);
}
