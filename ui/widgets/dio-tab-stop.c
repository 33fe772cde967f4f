#define G_LOG_DOMAIN "dio-widgets"

#include "dio-tab-stop.h"

struct _DioTabStop {
  GtkWidget parent_instance;
  GtkWidget *child;
};

G_DEFINE_FINAL_TYPE (DioTabStop, dio_tab_stop, GTK_TYPE_WIDGET)

/* Whether the children of @widget are rows. The part of a column view that holds them is a list view of a type of its own. */
static gboolean
holds_rows (GtkWidget *widget)
{
  return GTK_IS_LIST_VIEW (widget) || GTK_IS_GRID_VIEW (widget) || GTK_IS_LIST_BOX (widget)
         || GTK_IS_FLOW_BOX (widget);
}

/* The row with the focus; NULL where the focus is elsewhere. */
static GtkWidget *
find_row (GtkWidget *self)
{
  GtkRoot *root = gtk_widget_get_root (self);
  GtkWidget *widget = root != NULL ? gtk_root_get_focus (root) : NULL;
  if (widget == NULL || !gtk_widget_is_ancestor (widget, self))
    return NULL;
  for (GtkWidget *parent = gtk_widget_get_parent (widget); parent != self;
       widget = parent, parent = gtk_widget_get_parent (parent))
    if (holds_rows (parent))
      return widget;
  return NULL;
}

/* To the next or previous control in @row, which itself comes first. A row asked by GTK would take the focus again at its end. */
static gboolean
move_in_row (GtkWidget *row, gboolean forward)
{
  GtkWidget *inner = gtk_widget_get_focus_child (row);
  GtkWidget *child = inner != NULL ? inner : forward ? gtk_widget_get_first_child (row) : NULL;
  for (; child != NULL;
       child = forward ? gtk_widget_get_next_sibling (child) : gtk_widget_get_prev_sibling (child))
    if (gtk_widget_child_focus (child, forward ? GTK_DIR_TAB_FORWARD : GTK_DIR_TAB_BACKWARD))
      return TRUE;
  return inner != NULL && !forward && gtk_widget_grab_focus (row);
}

static gboolean
focus (GtkWidget *widget, GtkDirectionType direction)
{
  gboolean forward = direction == GTK_DIR_TAB_FORWARD;
  GtkWidget *row = forward || direction == GTK_DIR_TAB_BACKWARD ? find_row (widget) : NULL;
  if (row != NULL)
    return move_in_row (row, forward);
  GtkWidget *child = DIO_TAB_STOP (widget)->child;
  return child != NULL && gtk_widget_child_focus (child, direction);
}

static void
compute_expand (GtkWidget *widget, gboolean *horizontal, gboolean *vertical)
{
  GtkWidget *child = DIO_TAB_STOP (widget)->child;
  *horizontal = child != NULL && gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL);
  *vertical = child != NULL && gtk_widget_compute_expand (child, GTK_ORIENTATION_VERTICAL);
}

static void
dispose (GObject *object)
{
  g_clear_pointer (&DIO_TAB_STOP (object)->child, gtk_widget_unparent);
  G_OBJECT_CLASS (dio_tab_stop_parent_class)->dispose (object);
}

static void
dio_tab_stop_class_init (DioTabStopClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = dispose;
  widget_class->focus = focus;
  widget_class->compute_expand = compute_expand;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
dio_tab_stop_init (DioTabStop *self)
{
}

GtkWidget *
dio_tab_stop_new (GtkWidget *child)
{
  g_return_val_if_fail (GTK_IS_WIDGET (child), NULL);
  DioTabStop *self = g_object_new (DIO_TYPE_TAB_STOP, NULL);
  self->child = child;
  gtk_widget_set_parent (child, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

void
dio_tab_stop_name_row (GtkWidget *child, const char *name)
{
  g_return_if_fail (GTK_IS_WIDGET (child));
  GtkWidget *row = child;
  for (GtkWidget *parent = gtk_widget_get_parent (row); parent != NULL && !holds_rows (parent);
       parent = gtk_widget_get_parent (row))
    row = parent;
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
