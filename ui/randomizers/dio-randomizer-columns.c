#define G_LOG_DOMAIN "dio-randomizers"

/* Which columns of a table a property takes its numbers from: a list of those that there are, with their first values. */

#include "dio-randomizer-sources-private.h"
#include "dio-randomizer-words.h"
#include "dio-scene-randomizer.h"
#include "dio-sources.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define VALUES_SHOWN 3

/** Freed with its widget. */
typedef struct {
  DioParamRowDesc desc; /* of what is borrowed for the making, nothing is read later */
  GtkBox *box;
  GStrv columns; /* that are chosen, owned */
  GStrv names;   /* that the table has, owned; NULL before it was read */
} Columns;

typedef struct {
  char *folder, *file;
} Read;

static void
columns_free (gpointer data)
{
  Columns *self = data;
  g_strfreev (self->columns);
  g_strfreev (self->names);
  g_free (self);
}

static void
read_free (gpointer data)
{
  Read *read = data;
  g_free (read->folder);
  g_free (read->file);
  g_free (read);
}

static void
read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Read *read = data;
  GError *error = NULL;
  DioTable *table = dio_table_load (read->folder, read->file, &error);
  if (table != NULL)
    g_task_return_pointer (task, table, (GDestroyNotify) dio_table_free);
  else
    g_task_return_error (task, error);
}

/* "ev: 9, 10, 11 …" */
static char *
describe (const DioTable *table, guint column)
{
  guint n = dio_table_get_n_rows (table);
  GString *text = g_string_new (table->names[column]);
  for (guint row = 0; row < MIN (n, VALUES_SHOWN); row++)
    g_string_append_printf (
        text, "%s%s", row == 0 ? ": " : ", ",
        (const char *) g_ptr_array_index (table->cells, row * table->n_columns + column));
  if (n > VALUES_SHOWN)
    g_string_append (text, " …");
  return g_string_free (text, FALSE);
}

static void
picked_cb (GtkDropDown *drop, GParamSpec *pspec, Columns *self)
{
  guint which = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (drop), "dio-which"));
  guint picked = gtk_drop_down_get_selected (drop);
  if (picked == GTK_INVALID_LIST_POSITION)
    return;
  json_t *list = json_array ();
  for (guint i = 0; self->columns[i] != NULL; i++)
    json_array_append_new (list, json_string (i == which ? self->names[picked] : self->columns[i]));
  self->desc.changed (self->desc.info->name, list, TRUE, self->desc.user);
}

static GtkWidget *
new_drop_down (Columns *self, const DioTable *table, guint which)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint i = 0; i < table->n_columns; i++) {
    g_autofree char *text = describe (table, i);
    g_strv_builder_add (builder, text);
  }
  g_auto (GStrv) texts = g_strv_builder_end (builder);
  GtkWidget *drop = gtk_drop_down_new_from_strings ((const char *const *) texts);
  int found = dio_table_find_column (table, self->columns[which]);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop),
                              found >= 0 ? (guint) found : GTK_INVALID_LIST_POSITION);
  g_object_set_data (G_OBJECT (drop), "dio-which", GUINT_TO_POINTER (which));
  gtk_widget_set_hexpand (drop, TRUE);
  g_autofree char *label =
      self->columns[1] != NULL
          ? g_strdup_printf ("%s %u", dio_randomizer_param_label (self->desc.info->name), which + 1)
          : g_strdup (dio_randomizer_param_label (self->desc.info->name));
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect (drop, "notify::selected", G_CALLBACK (picked_cb), self);
  return drop;
}

static GtkWidget *
new_note (const char *text)
{
  GtkWidget *note = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (note), 0);
  gtk_label_set_wrap (GTK_LABEL (note), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (note), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (note, "caption");
  return note;
}

/* Numbers of a place or a size go by the names of the axes. */
static GtkWidget *
new_line (Columns *self, const DioTable *table, guint which)
{
  static const char *const axes[] = { "X", "Y", "Z" };
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  if (g_strv_length (self->columns) == G_N_ELEMENTS (axes)) {
    GtkWidget *axis = gtk_label_new (axes[which]);
    gtk_widget_add_css_class (axis, "dim-label");
    gtk_box_append (GTK_BOX (line), axis);
  }
  gtk_box_append (GTK_BOX (line), new_drop_down (self, table, which));
  return line;
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user)
{
  Columns *self = g_object_get_data (object, "dio-columns");
  g_autoptr (DioTable) table = g_task_propagate_pointer (G_TASK (result), NULL);
  /* Why a table cannot be read stands beside its name. */
  if (table == NULL || gtk_widget_get_parent (GTK_WIDGET (object)) == NULL)
    return;
  self->names = g_strdupv (table->names);
  GtkWidget *waiting = gtk_widget_get_last_child (GTK_WIDGET (self->box));
  gtk_box_remove (self->box, waiting);
  for (guint i = 0; self->columns[i] != NULL; i++) {
    gtk_box_append (self->box, new_line (self, table, i));
    if (dio_table_find_column (table, self->columns[i]) >= 0)
      continue;
    /* Translators: a column of a table */
    g_autofree char *text =
        g_strdup_printf (_ ("The table has no column “%s”: choose one"), self->columns[i]);
    GtkWidget *note = new_note (text);
    gtk_widget_add_css_class (note, "error");
    gtk_box_append (self->box, note);
  }
}

void
dio_randomizer_columns_add (GtkBox *box, const DioParamRowDesc *desc)
{
  Columns *self = g_new0 (Columns, 1);
  self->desc = *desc;
  self->box = box;
  self->columns = g_strdupv (desc->value->strings);
  g_object_set_data_full (G_OBJECT (box), "dio-columns", self, columns_free);
  g_autofree char *text = g_strjoinv (", ", self->columns);
  gtk_box_append (box, new_note (text));
  const char *file = dio_randomizer_get_string (desc->randomizer, "file", NULL);
  if (file == NULL)
    return;
  Read *read = g_new0 (Read, 1);
  read->folder = g_strdup (dio_session_get_folder (desc->session));
  read->file = g_strdup (file);
  g_autoptr (GTask) task = g_task_new (box, NULL, read_cb, NULL);
  g_task_set_task_data (task, read, read_free);
  g_task_run_in_thread (task, read_thread);
}
