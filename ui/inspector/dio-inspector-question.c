#define G_LOG_DOMAIN "dio-inspector"

#include "dio-inspector-parts-private.h"

#include "dio-base-json.h"

#include <glib/gi18n-lib.h>

/* A model of several face groups that gets a category: is it all of it that the category means? A road sign is its plate, without the post. */

struct _DioInspectorQuestion {
  GtkBox parent;
  GtkWidget *why, *whole, *list, *some;
};

G_DEFINE_FINAL_TYPE (DioInspectorQuestion, dio_inspector_question, GTK_TYPE_BOX)

enum { ANSWERED, N_SIGNALS };
static guint signals[N_SIGNALS];

static guint
count_chosen (DioInspectorQuestion *self, guint *n)
{
  guint chosen = 0;
  *n = 0;
  for (GtkWidget *check = gtk_widget_get_first_child (self->list); check != NULL;
       check = gtk_widget_get_next_sibling (check)) {
    chosen += gtk_check_button_get_active (GTK_CHECK_BUTTON (check));
    ++*n;
  }
  return chosen;
}

static void
toggled_cb (GtkCheckButton *check, DioInspectorQuestion *self)
{
  guint n, chosen = count_chosen (self, &n);
  gtk_widget_set_sensitive (self->some, chosen > 0 && chosen < n);
}

static void
whole_cb (GtkButton *button, DioInspectorQuestion *self)
{
  g_signal_emit (self, signals[ANSWERED], 0, NULL);
}

static void
some_cb (GtkButton *button, DioInspectorQuestion *self)
{
  g_autoptr (json_t) labels = json_object ();
  for (GtkWidget *check = gtk_widget_get_first_child (self->list); check != NULL;
       check = gtk_widget_get_next_sibling (check)) {
    gboolean chosen = gtk_check_button_get_active (GTK_CHECK_BUTTON (check));
    json_object_set_new (labels, gtk_check_button_get_label (GTK_CHECK_BUTTON (check)),
                         json_string (chosen ? "include" : "exclude"));
  }
  g_signal_emit (self, signals[ANSWERED], 0, labels);
}

void
dio_inspector_question_ask (DioInspectorQuestion *self, const GPtrArray *parts)
{
  for (GtkWidget *check; (check = gtk_widget_get_first_child (self->list)) != NULL;)
    gtk_box_remove (GTK_BOX (self->list), check);
  for (guint i = 0; i < parts->len; i++) {
    GtkWidget *check =
        gtk_check_button_new_with_label (((const DioLabelPart *) parts->pdata[i])->name);
    g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), self, 0);
    gtk_box_append (GTK_BOX (self->list), check);
  }
  g_autofree char *text = g_strdup_printf (
      g_dngettext (
          GETTEXT_PACKAGE,
          "The model has %u part. What is left out still hides others, but counts for no label.",
          "The model has %u parts. What is left out still hides others, but counts for no label.",
          parts->len),
      parts->len);
  gtk_label_set_text (GTK_LABEL (self->why), text);
  gtk_widget_set_sensitive (self->some, FALSE);
  gtk_widget_grab_focus (self->whole);
}

static void
dio_inspector_question_class_init (DioInspectorQuestionClass *class)
{
  signals[ANSWERED] = g_signal_new ("answered", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
dio_inspector_question_init (DioInspectorQuestion *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  g_object_set (self, "margin-start", 6, "margin-end", 6, "margin-top", 6, "margin-bottom", 6,
                NULL);
  GtkWidget *title = gtk_label_new (_ ("Whole Object or Part?"));
  gtk_widget_add_css_class (title, "heading");
  self->why = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->why), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->why), 32);
  gtk_widget_add_css_class (self->why, "dim-label");
  self->whole = gtk_button_new_with_label (_ ("Whole Object"));
  gtk_widget_add_css_class (self->whole, "suggested-action");
  g_signal_connect_object (self->whole, "clicked", G_CALLBACK (whole_cb), self, 0);
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 240);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  self->some = gtk_button_new_with_label (_ ("Only the Parts Chosen"));
  g_signal_connect_object (self->some, "clicked", G_CALLBACK (some_cb), self, 0);
  GtkWidget *const all[] = { title, self->why, self->whole, scroller, self->some };
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    gtk_box_append (GTK_BOX (self), all[i]);
}

GtkWidget *
dio_inspector_question_new (void)
{
  return g_object_new (DIO_TYPE_INSPECTOR_QUESTION, NULL);
}
