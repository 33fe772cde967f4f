#define G_LOG_DOMAIN "dio-widgets"

#include "dio-empty-state.h"

#include "dio-widgets-private.h"

#include <adwaita.h>

GtkWidget *
dio_empty_state_new (const char *icon_name,
                     const char *title,
                     const char *description,
                     const char *button_label,
                     const char *action)
{
  g_return_val_if_fail ((button_label == NULL) == (action == NULL), NULL);
  dio_widgets_ensure_style ();
  GtkWidget *page = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), icon_name);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  if (description != NULL)
    adw_status_page_set_description (ADW_STATUS_PAGE (page), description);
  if (button_label == NULL)
    return page;
  GtkWidget *button = gtk_button_new_with_label (button_label);
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), action);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), button);
  return page;
}

GtkWidget *
dio_empty_state_new_compact (const char *icon_name,
                             const char *title,
                             const char *description,
                             const char *button_label,
                             const char *action)
{
  GtkWidget *page = dio_empty_state_new (icon_name, title, description, button_label, action);
  gtk_widget_add_css_class (page, "compact");
  return page;
}
