#define G_LOG_DOMAIN "dio-shell"

#include "dio-shell-messages.h"

#include <glib/gi18n-lib.h>

struct _DioShellMessages {
  GtkWidget parent_instance;
  /** of GtkInfoBar, the newest first */
  GtkWidget *bars;
  GtkWidget *overlay;
  /** what is shown, NULL = none; owned by the overlay, forgotten when it is dismissed */
  AdwToast *toast;
};

G_DEFINE_TYPE (DioShellMessages, dio_shell_messages, GTK_TYPE_WIDGET)

#define KEY_ID "dio-message-id"
#define KEY_COUNT "dio-message-count"
#define KEY_LABEL "dio-message-label"
#define KEY_ACTIONS "dio-message-actions"
#define TOAST_SECONDS 6

static void
dio_shell_messages_dispose (GObject *object)
{
  DioShellMessages *self = DIO_SHELL_MESSAGES (object);
  if (self->toast != NULL)
    g_signal_handlers_disconnect_by_data (self->toast, self);
  self->toast = NULL;
  g_clear_pointer (&self->bars, gtk_widget_unparent);
  g_clear_pointer (&self->overlay, gtk_widget_unparent);
  G_OBJECT_CLASS (dio_shell_messages_parent_class)->dispose (object);
}

static void
dio_shell_messages_class_init (DioShellMessagesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dio_shell_messages_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
dio_shell_messages_init (DioShellMessages *self)
{
  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
  self->bars = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->bars, GTK_WIDGET (self));
  self->overlay = adw_toast_overlay_new ();
  gtk_widget_set_vexpand (self->overlay, TRUE);
  gtk_widget_set_parent (self->overlay, GTK_WIDGET (self));
}

GtkWidget *
dio_shell_messages_new (GtkWidget *child)
{
  DioShellMessages *self = g_object_new (DIO_TYPE_SHELL_MESSAGES, NULL);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (self->overlay), child);
  return GTK_WIDGET (self);
}

/* -- Bars ----------------------------------------------------------------------------------------- */

static GtkWidget *
find_bar (DioShellMessages *self, const char *id)
{
  for (GtkWidget *bar = gtk_widget_get_first_child (self->bars); bar != NULL;
       bar = gtk_widget_get_next_sibling (bar))
    if (g_strcmp0 (g_object_get_data (G_OBJECT (bar), KEY_ID), id) == 0)
      return bar;
  return NULL;
}

static void
response_cb (GtkInfoBar *bar, int response, gpointer user)
{
  DioShellMessages *self = user;
  g_autofree char *action = NULL;
  char **actions = g_object_get_data (G_OBJECT (bar), KEY_ACTIONS);
  if (response >= 0 && response < (int) g_strv_length (actions))
    action = g_strdup (actions[response]);
  gtk_box_remove (GTK_BOX (self->bars), GTK_WIDGET (bar));
  if (action == NULL)
    return;
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;
  if (g_action_parse_detailed_name (action, &name, &target, NULL))
    gtk_widget_activate_action_variant (GTK_WIDGET (self), name, target);
}

static GtkWidget *
make_detail (const char *detail)
{
  GtkWidget *label = gtk_label_new (detail);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "caption");
  GtkWidget *expander = gtk_expander_new (_ ("Details"));
  gtk_expander_set_child (GTK_EXPANDER (expander), label);
  return expander;
}

static void
add_button (GtkWidget *bar, GPtrArray *actions, const char *label, const char *action)
{
  if (label == NULL || action == NULL)
    return;
  GtkWidget *button = gtk_info_bar_add_button (GTK_INFO_BAR (bar), label, (int) actions->len);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_ptr_array_add (actions, g_strdup (action));
}

/* GTK and libadwaita give the button that closes a bar or a toast an icon and no name. */
static void
name_close_button (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget)
      && (gtk_widget_has_css_class (widget, "close")
          || g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (widget)), "window-close-symbolic")
                 == 0)) {
    gtk_widget_set_tooltip_text (widget, _ ("Close"));
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _ ("Close"), -1);
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_close_button (child);
}

static GtkWidget *
make_bar (DioShellMessages *self, const DioShellBar *wanted)
{
  GtkWidget *bar = gtk_info_bar_new ();
  gtk_info_bar_set_message_type (GTK_INFO_BAR (bar), wanted->type);
  gtk_info_bar_set_show_close_button (GTK_INFO_BAR (bar), TRUE);
  name_close_button (bar);

  GtkWidget *text = gtk_label_new (wanted->text);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_hexpand (column, TRUE);
  gtk_widget_set_valign (column, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (column), text);
  if (wanted->detail != NULL && *wanted->detail != '\0')
    gtk_box_append (GTK_BOX (column), make_detail (wanted->detail));
  gtk_info_bar_add_child (GTK_INFO_BAR (bar), column);

  g_autoptr (GPtrArray) actions = g_ptr_array_new ();
  add_button (bar, actions, wanted->label, wanted->action);
  add_button (bar, actions, wanted->second_label, wanted->second_action);
  g_ptr_array_add (actions, NULL);
  g_object_set_data_full (G_OBJECT (bar), KEY_ACTIONS, g_ptr_array_steal (actions, NULL),
                          (GDestroyNotify) g_strfreev);
  g_object_set_data_full (G_OBJECT (bar), KEY_ID, g_strdup (wanted->id), g_free);
  g_object_set_data (G_OBJECT (bar), KEY_LABEL, text);
  g_signal_connect (bar, "response", G_CALLBACK (response_cb), self);
  return bar;
}

/* Adds one to what was told before; the first bar counts as one. */
static void
count_again (GtkWidget *bar, const char *text)
{
  guint count = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (bar), KEY_COUNT)) + 1;
  g_object_set_data (G_OBJECT (bar), KEY_COUNT, GUINT_TO_POINTER (count));
  // Translators: a message and how often it came
  g_autofree char *counted = g_strdup_printf (_ ("%s (%u times)"), text, count + 1);
  gtk_label_set_text (g_object_get_data (G_OBJECT (bar), KEY_LABEL), counted);
}

void
dio_shell_messages_show_bar (DioShellMessages *self, const DioShellBar *bar)
{
  g_return_if_fail (DIO_IS_SHELL_MESSAGES (self));
  g_return_if_fail (bar != NULL && bar->id != NULL && bar->text != NULL);

  if (find_bar (self, bar->id) != NULL)
    return;
  gtk_box_prepend (GTK_BOX (self->bars), make_bar (self, bar));
  if (dio_shell_messages_get_n_bars (self) > DIO_SHELL_MAX_BARS)
    gtk_box_remove (GTK_BOX (self->bars), gtk_widget_get_last_child (self->bars));
}

guint
dio_shell_messages_get_n_bars (DioShellMessages *self)
{
  g_return_val_if_fail (DIO_IS_SHELL_MESSAGES (self), 0);
  guint n = 0;
  for (GtkWidget *bar = gtk_widget_get_first_child (self->bars); bar != NULL;
       bar = gtk_widget_get_next_sibling (bar))
    n++;
  return n;
}

/* -- Toasts ---------------------------------------------------------------------------------------- */

static void
dismissed_cb (AdwToast *toast, gpointer user)
{
  DioShellMessages *self = user;
  if (self->toast == toast)
    self->toast = NULL;
}

/* Only the newest: a queue would tell of things long past. */
static void
show_toast (DioShellMessages *self, const DioMessage *message)
{
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  AdwToast *toast = adw_toast_new (message->text);
  adw_toast_set_timeout (toast, TOAST_SECONDS);
  if (message->action_label != NULL && message->action != NULL) {
    adw_toast_set_button_label (toast, message->action_label);
    adw_toast_set_detailed_action_name (toast, message->action);
  }
  self->toast = toast;
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (dismissed_cb), self, 0);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->overlay), toast);
  for (GtkWidget *child = gtk_widget_get_first_child (self->overlay); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (child != adw_toast_overlay_get_child (ADW_TOAST_OVERLAY (self->overlay)))
      name_close_button (child);
}

const char *
dio_shell_messages_get_toast (DioShellMessages *self)
{
  g_return_val_if_fail (DIO_IS_SHELL_MESSAGES (self), NULL);
  return self->toast != NULL ? adw_toast_get_title (self->toast) : NULL;
}

void
dio_shell_messages_show (DioShellMessages *self, const DioMessage *message)
{
  g_return_if_fail (DIO_IS_SHELL_MESSAGES (self));
  g_return_if_fail (message != NULL && message->text != NULL);

  if (message->severity == DIO_SEVERITY_NOTE) {
    show_toast (self, message);
    return;
  }
  GtkWidget *there = find_bar (self, message->text);
  if (there != NULL) {
    count_again (there, message->text);
    return;
  }
  gboolean error = message->severity == DIO_SEVERITY_ERROR;
  DioShellBar bar = {
    .id = message->text,
    .type = error ? GTK_MESSAGE_ERROR : GTK_MESSAGE_WARNING,
    .text = message->text,
    .detail = message->detail,
    .label = message->action_label,
    .action = message->action,
  };
  dio_shell_messages_show_bar (self, &bar);
}
