#define G_LOG_DOMAIN "dio-desk"

#include "dio-desk-choices.h"

#include "dio-chip.h"
#include "dio-desk-text.h"

/* More of them scroll. */
#define MOST_SHOWN 8
#define ROW_PX 26

/** One check box. */
typedef struct {
  GtkWidget *row;
  GtkCheckButton *check;
  GtkLabel *count;
} Choice;

struct _DioDeskChoices {
  GtkBox parent_instance;

  GtkWidget *scrolled;
  GtkBox *rows;
  GArray *choices; /**< of Choice */
  GStrv labels;
  gboolean quiet; /**< the user changes nothing now */
};

G_DEFINE_FINAL_TYPE (DioDeskChoices, dio_desk_choices, GTK_TYPE_BOX)

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static Choice *
get_choice (DioDeskChoices *self, guint index)
{
  return &g_array_index (self->choices, Choice, index);
}

static void
toggled_cb (DioDeskChoices *self)
{
  if (!self->quiet)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
add_choice (DioDeskChoices *self, const char *label, const guint8 *color)
{
  Choice choice = { .row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6) };
  choice.check = GTK_CHECK_BUTTON (gtk_check_button_new ());
  dio_desk_text_name (GTK_WIDGET (choice.check), label);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  if (color != NULL) {
    GtkWidget *dot = dio_color_dot_new (color);
    gtk_widget_set_valign (dot, GTK_ALIGN_CENTER);
    gtk_box_append (GTK_BOX (line), dot);
  }
  GtkWidget *text = gtk_label_new (label);
  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_box_append (GTK_BOX (line), text);
  gtk_check_button_set_child (choice.check, line);
  gtk_widget_set_hexpand (GTK_WIDGET (choice.check), TRUE);
  gtk_box_append (GTK_BOX (choice.row), GTK_WIDGET (choice.check));
  choice.count = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (choice.count), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (choice.count), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (choice.count), "caption");
  gtk_box_append (GTK_BOX (choice.row), GTK_WIDGET (choice.count));
  gtk_box_append (self->rows, choice.row);
  g_signal_connect_object (choice.check, "toggled", G_CALLBACK (toggled_cb), self,
                           G_CONNECT_SWAPPED);
  g_array_append_val (self->choices, choice);
}

/* As high as what it holds, up to a limit. */
static void
size_list (DioDeskChoices *self)
{
  guint n = 0;
  for (guint i = 0; i < self->choices->len; i++)
    n += gtk_widget_get_visible (get_choice (self, i)->row);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER,
                                  n > MOST_SHOWN ? GTK_POLICY_AUTOMATIC : GTK_POLICY_NEVER);
  int height = n > MOST_SHOWN ? MOST_SHOWN * ROW_PX : -1;
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scrolled), height);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (self->scrolled), height);
}

void
dio_desk_choices_set_labels (DioDeskChoices *self, const char *const *labels, const guint8 *colors)
{
  g_return_if_fail (DIO_IS_DESK_CHOICES (self) && labels != NULL);

  if (self->labels != NULL && g_strv_equal ((const char *const *) self->labels, labels))
    return;
  for (guint i = 0; i < self->choices->len; i++)
    gtk_box_remove (self->rows, get_choice (self, i)->row);
  g_array_set_size (self->choices, 0);
  g_strfreev (self->labels);
  self->labels = g_strdupv ((GStrv) labels);
  for (guint i = 0; labels[i] != NULL; i++)
    add_choice (self, labels[i], colors != NULL ? colors + 3 * i : NULL);
  size_list (self);
}

void
dio_desk_choices_set_count (DioDeskChoices *self, guint index, guint filtered, guint all)
{
  g_return_if_fail (DIO_IS_DESK_CHOICES (self));

  if (index >= self->choices->len)
    return;
  Choice *choice = get_choice (self, index);
  g_autofree char *text = dio_desk_text_dup_count (filtered);
  gtk_label_set_text (choice->count, text);
  gboolean shown = all > 0 || gtk_check_button_get_active (choice->check);
  if (shown == gtk_widget_get_visible (choice->row))
    return;
  gtk_widget_set_visible (choice->row, shown);
  size_list (self);
}

gboolean
dio_desk_choices_get (DioDeskChoices *self, guint index)
{
  g_return_val_if_fail (DIO_IS_DESK_CHOICES (self) && index < self->choices->len, FALSE);

  return gtk_check_button_get_active (get_choice (self, index)->check);
}

void
dio_desk_choices_set (DioDeskChoices *self, guint index, gboolean chosen)
{
  g_return_if_fail (DIO_IS_DESK_CHOICES (self) && index < self->choices->len);

  self->quiet = TRUE;
  gtk_check_button_set_active (get_choice (self, index)->check, chosen);
  self->quiet = FALSE;
}

void
dio_desk_choices_clear (DioDeskChoices *self)
{
  g_return_if_fail (DIO_IS_DESK_CHOICES (self));

  for (guint i = 0; i < self->choices->len; i++)
    dio_desk_choices_set (self, i, FALSE);
}

guint
dio_desk_choices_get_n (DioDeskChoices *self)
{
  g_return_val_if_fail (DIO_IS_DESK_CHOICES (self), 0);

  return self->choices->len;
}

static void
dio_desk_choices_finalize (GObject *object)
{
  DioDeskChoices *self = DIO_DESK_CHOICES (object);
  g_array_unref (self->choices);
  g_strfreev (self->labels);
  G_OBJECT_CLASS (dio_desk_choices_parent_class)->finalize (object);
}

static void
dio_desk_choices_class_init (DioDeskChoicesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dio_desk_choices_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
dio_desk_choices_init (DioDeskChoices *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->choices = g_array_new (FALSE, FALSE, sizeof (Choice));
}

GtkWidget *
dio_desk_choices_new (const char *title)
{
  DioDeskChoices *self = g_object_new (DIO_TYPE_DESK_CHOICES, NULL);
  gtk_box_append (GTK_BOX (self), dio_desk_text_heading (title));
  self->rows = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), GTK_WIDGET (self->rows));
  gtk_box_append (GTK_BOX (self), self->scrolled);
  return GTK_WIDGET (self);
}
