#define G_LOG_DOMAIN "dio-labels"

/* The columns: text, order and cells of each. A cell follows its row, which is updated in place while results come in. */

#include "dio-labels-private.h"

#include "dio-chip.h"
#include "dio-tab-stop.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static const struct {
  const char *title;
  int width_px; /**< fixed; -1 = what is left */
  gboolean number;
} columns[DIO_LABELS_N_COLUMNS] = {
  [DIO_LABELS_NAME] = { N_ ("Object"), 120 },
  [DIO_LABELS_CATEGORY] = { N_ ("Category"), 96 },
  [DIO_LABELS_VERDICT] = { N_ ("Label"), 180 },
  [DIO_LABELS_VISIBILITY] = { N_ ("Visible"), 122, TRUE },
  [DIO_LABELS_TRUNCATION] = { N_ ("Cut Off"), 74, TRUE },
  [DIO_LABELS_BOX] = { N_ ("Box"), 90, TRUE },
  [DIO_LABELS_PIXELS] = { N_ ("Pixels"), 76, TRUE },
  [DIO_LABELS_DISTANCE] = { N_ ("Distance"), 84, TRUE },
  [DIO_LABELS_HIDERS] = { N_ ("Hidden By"), -1 },
};

const char *
dio_labels_get_title (DioLabelsColumn column)
{
  return g_dgettext (GETTEXT_PACKAGE, columns[column].title);
}

static char *
dup_ratio (double value)
{
  return isnan (value) ? g_strdup ("—") : g_strdup_printf ("%.1f %%", 100 * value);
}

static char *
dup_box (DioLabelRow *row)
{
  DioPixelBox box = dio_label_row_get_box (row);
  int width = box.x1 - box.x0, height = box.y1 - box.y0;
  return width > 0 ? g_strdup_printf ("%d × %d", width, height) : g_strdup ("—");
}

char *
dio_labels_dup_cell (DioLabelRow *row, DioLabelsColumn column, const DioLabelPolicy *policy)
{
  switch (column) {
  case DIO_LABELS_NAME:
    return g_strdup (dio_label_row_get_name (row));
  case DIO_LABELS_CATEGORY:
    return g_strdup (dio_label_row_get_category (row) >= 0 ? dio_label_row_get_category_name (row)
                                                           : _ ("None"));
  case DIO_LABELS_VERDICT: {
    g_autofree char *reason = dio_labels_dup_reason (dio_label_row_get_reason (row), policy);
    const char *word = dio_labels_get_verdict_word (dio_label_row_get_verdict (row));
    return reason[0] != '\0' ? g_strdup_printf (_ ("%s, %s"), word, reason) : g_strdup (word);
  }
  case DIO_LABELS_VISIBILITY:
    return dup_ratio (dio_label_row_get_visibility (row));
  case DIO_LABELS_TRUNCATION:
    return dup_ratio (dio_label_row_get_truncation (row));
  case DIO_LABELS_BOX:
    return dup_box (row);
  case DIO_LABELS_PIXELS:
    return g_strdup_printf ("%" G_GUINT64_FORMAT, dio_label_row_get_visible_px (row));
  case DIO_LABELS_DISTANCE:
    return g_strdup_printf ("%.2f m", dio_label_row_get_distance (row));
  case DIO_LABELS_HIDERS:
  case DIO_LABELS_N_COLUMNS:
  default:
    return g_strdup (dio_label_row_get_hiders (row));
  }
}

/* -- Order -- */

static int
compare_numbers (double a, double b)
{
  if (isnan (a) || isnan (b))
    return isnan (a) - isnan (b);
  return (a > b) - (a < b);
}

static double
get_area (DioLabelRow *row)
{
  DioPixelBox box = dio_label_row_get_box (row);
  return (double) (box.x1 - box.x0) * (box.y1 - box.y0);
}

int
dio_labels_compare (DioLabelRow *a, DioLabelRow *b, DioLabelsColumn column)
{
  switch (column) {
  case DIO_LABELS_NAME:
    return g_utf8_collate (dio_label_row_get_name (a), dio_label_row_get_name (b));
  case DIO_LABELS_CATEGORY:
    return g_utf8_collate (dio_label_row_get_category_name (a),
                           dio_label_row_get_category_name (b));
  case DIO_LABELS_VERDICT: {
    int verdict = (int) dio_label_row_get_verdict (a) - (int) dio_label_row_get_verdict (b);
    return verdict != 0 ? verdict
                        : strcmp (dio_label_row_get_reason (a), dio_label_row_get_reason (b));
  }
  case DIO_LABELS_VISIBILITY:
    return compare_numbers (dio_label_row_get_visibility (a), dio_label_row_get_visibility (b));
  case DIO_LABELS_TRUNCATION:
    return compare_numbers (dio_label_row_get_truncation (a), dio_label_row_get_truncation (b));
  case DIO_LABELS_BOX:
    return compare_numbers (get_area (a), get_area (b));
  case DIO_LABELS_PIXELS:
    return compare_numbers ((double) dio_label_row_get_visible_px (a),
                            (double) dio_label_row_get_visible_px (b));
  case DIO_LABELS_DISTANCE:
    return compare_numbers (dio_label_row_get_distance (a), dio_label_row_get_distance (b));
  case DIO_LABELS_HIDERS:
  case DIO_LABELS_N_COLUMNS:
  default:
    return g_utf8_collate (dio_label_row_get_hiders (a), dio_label_row_get_hiders (b));
  }
}

static int
compare_cb (gconstpointer a, gconstpointer b, gpointer user)
{
  return dio_labels_compare (DIO_LABEL_ROW ((gpointer) a), DIO_LABEL_ROW ((gpointer) b),
                             (DioLabelsColumn) GPOINTER_TO_INT (user));
}

/* -- Cells -- */

typedef struct {
  DioSession *session; /**< borrowed: the column owns a reference */
  DioLabelsColumn column;
  GtkWidget *box, *label, *mark; /**< mark: dot, icon or bar before the text */
  DioLabelRow *row;              /**< (nullable) owned */
  gulong changed_id;
} Cell;

static void
show (Cell *cell)
{
  DioLabelPolicy policy;
  dio_session_get_policy (cell->session, &policy);
  g_autofree char *text = dio_labels_dup_cell (cell->row, cell->column, &policy);
  if (strcmp (text, gtk_label_get_text (GTK_LABEL (cell->label))) != 0)
    gtk_label_set_text (GTK_LABEL (cell->label), text);
  g_autofree char *sentence = dio_labels_dup_sentence (cell->row, &policy);
  gtk_widget_set_tooltip_text (cell->box, sentence);
  if (cell->column == DIO_LABELS_NAME)
    dio_tab_stop_name_row (cell->box, sentence);
  guint rgb = dio_label_row_get_color (cell->row);
  double visibility = dio_label_row_get_visibility (cell->row);
  if (cell->column == DIO_LABELS_CATEGORY)
    dio_color_dot_set_color (cell->mark,
                             (guint8[]){ (guint8) (rgb >> 16), (guint8) (rgb >> 8), (guint8) rgb });
  else if (cell->column == DIO_LABELS_VERDICT)
    gtk_image_set_from_icon_name (
        GTK_IMAGE (cell->mark),
        dio_labels_get_verdict_icon (dio_label_row_get_verdict (cell->row)));
  else if (cell->column == DIO_LABELS_VISIBILITY)
    gtk_level_bar_set_value (GTK_LEVEL_BAR (cell->mark),
                             isnan (visibility) ? 0 : CLAMP (visibility, 0, 1));
  /* What is not exported steps back. */
  gtk_widget_set_opacity (cell->box,
                          dio_label_row_get_verdict (cell->row) == DIO_VERDICT_DROP ? 0.6 : 1);
}

static void
row_changed_cb (DioLabelRow *row, Cell *cell)
{
  show (cell);
}

static void
free_cell (gpointer data)
{
  Cell *cell = data;
  if (cell->row != NULL)
    g_signal_handler_disconnect (cell->row, cell->changed_id);
  g_clear_object (&cell->row);
  g_free (cell);
}

static GtkWidget *
create_mark (DioLabelsColumn column)
{
  if (column == DIO_LABELS_CATEGORY)
    return dio_color_dot_new ((guint8[]){ 128, 128, 128 });
  if (column == DIO_LABELS_VERDICT)
    return gtk_image_new ();
  if (column != DIO_LABELS_VISIBILITY)
    return NULL;
  GtkWidget *bar = gtk_level_bar_new_for_interval (0, 1);
  /* One colour: more is not better. */
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (bar), NULL);
  gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (bar, 44, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Visible"), -1);
  return bar;
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user)
{
  DioLabelsColumn column = (DioLabelsColumn) GPOINTER_TO_INT (user);
  Cell *cell = g_new0 (Cell, 1);
  cell->session = g_object_get_data (G_OBJECT (factory), "session");
  cell->column = column;
  cell->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  cell->mark = create_mark (column);
  if (cell->mark != NULL)
    gtk_box_append (GTK_BOX (cell->box), cell->mark);
  cell->label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (cell->label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (cell->label), columns[column].number ? 1 : 0);
  gtk_widget_set_hexpand (cell->label, TRUE);
  if (columns[column].number)
    gtk_widget_add_css_class (cell->label, "numeric");
  gtk_box_append (GTK_BOX (cell->box), cell->label);
  g_object_set_data_full (G_OBJECT (item), "cell", cell, free_cell);
  gtk_list_item_set_child (item, cell->box);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user)
{
  Cell *cell = g_object_get_data (G_OBJECT (item), "cell");
  cell->row = g_object_ref (gtk_list_item_get_item (item));
  cell->changed_id = g_signal_connect (cell->row, "changed", G_CALLBACK (row_changed_cb), cell);
  show (cell);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user)
{
  Cell *cell = g_object_get_data (G_OBJECT (item), "cell");
  g_signal_handler_disconnect (cell->row, cell->changed_id);
  g_clear_object (&cell->row);
}

GtkColumnViewColumn *
dio_labels_column_new (DioSession *session, DioLabelsColumn column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_object_set_data_full (G_OBJECT (factory), "session", g_object_ref (session), g_object_unref);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GINT_TO_POINTER (column));
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  GtkColumnViewColumn *self = gtk_column_view_column_new (dio_labels_get_title (column), factory);
  g_autoptr (GtkCustomSorter) sorter =
      gtk_custom_sorter_new (compare_cb, GINT_TO_POINTER (column), NULL);
  gtk_column_view_column_set_sorter (self, GTK_SORTER (sorter));
  gtk_column_view_column_set_resizable (self, TRUE);
  if (columns[column].width_px > 0)
    gtk_column_view_column_set_fixed_width (self, columns[column].width_px);
  else
    gtk_column_view_column_set_expand (self, TRUE);
  return self;
}
