#define G_LOG_DOMAIN "dio-inspector"

#include "dio-inspector-parts-private.h"

#include "dio-base-json.h"
#include "dio-edit-nodes.h"
#include "dio-inspector-group-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _DioInspectorParts {
  GtkBox parent;
  DioSession *session;
  GtkWidget *group, *rows, *rest;
  char *key; /**< names of the rows */
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (DioInspectorParts, dio_inspector_parts, GTK_TYPE_BOX)

/* In the order of DioGroupLabel. */
static const char *const words[] = { "own", "include", "exclude" };

static const char *const *
get_ids (DioSession *session)
{
  return dio_selection_get_ids (dio_session_get_selection (session));
}

static gboolean
show_the_same (const DioNode *a, const DioNode *b)
{
  return a->kind == DIO_NODE_MODEL && b->kind == DIO_NODE_MODEL
         && g_strcmp0 (a->model.asset, b->model.asset) == 0
         && g_strcmp0 (a->model.parametric, b->model.parametric) == 0;
}

GPtrArray *
dio_inspector_list_parts (DioSession *session)
{
  const DioScenario *scenario = dio_session_get_scenario (session);
  const char *const *ids = get_ids (session);
  const DioNode *first = ids[0] != NULL ? dio_scenario_find_node (scenario, ids[0]) : NULL;
  gboolean same = first != NULL;
  for (guint i = 0; same && ids[i] != NULL; i++) {
    const DioNode *node = dio_scenario_find_node (scenario, ids[i]);
    same = node != NULL && show_the_same (first, node);
  }
  return same ? dio_session_list_parts (session, ids[0]) : g_ptr_array_new_with_free_func (g_free);
}

/* -- Changing -- */

static void
chosen_cb (GtkDropDown *choice, GParamSpec *pspec, DioInspectorParts *self)
{
  guint index = gtk_drop_down_get_selected (choice);
  const char *part = g_object_get_data (G_OBJECT (choice), "part");
  if (self->showing || index >= G_N_ELEMENTS (words))
    return;
  g_autoptr (json_t) labels = json_pack ("{s:s}", part, words[index]);
  g_autoptr (GError) error = NULL;
  DioScenario *next = dio_edit_label_parts (dio_session_get_scenario (self->session),
                                            get_ids (self->session), labels, &error);
  if (next == NULL) {
    dio_session_report (self->session, DIO_SEVERITY_WARNING, _ ("The part was not changed"), error,
                        NULL, NULL);
    return;
  }
  /* Translators: an undo step; the name of a part of a model follows */
  g_autofree char *name = g_strdup_printf (_ ("Change Label of Part %s"), part);
  dio_session_commit (self->session, next, name, NULL);
}

/* -- Showing -- */

static GtkWidget *
create_row (DioInspectorParts *self, const char *part)
{
  /* Translators: what a part of a model is for the labels: an object, counted with its object, or nothing */
  const char *names[] = { _ ("Own Object"), _ ("Part of Object"), _ ("Not Labelled"), NULL };
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (part), *choice = gtk_drop_down_new_from_strings (names);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_tooltip_text (label, part);
  gtk_widget_set_hexpand (label, TRUE);
  g_object_set_data_full (G_OBJECT (choice), "part", g_strdup (part), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, part, -1);
  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (chosen_cb), self, 0);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), choice);
  return row;
}

static char *
dup_key (const GPtrArray *parts)
{
  GString *key = g_string_new (NULL);
  for (guint i = 0; i < parts->len; i++)
    g_string_append_printf (key, "%s\n", ((const DioLabelPart *) parts->pdata[i])->name);
  return g_string_free (key, FALSE);
}

static void
build (DioInspectorParts *self, const GPtrArray *parts)
{
  for (GtkWidget *row; (row = gtk_widget_get_first_child (self->rows)) != NULL;)
    gtk_box_remove (GTK_BOX (self->rows), row);
  for (guint i = 0; i < parts->len && i < DIO_INSPECTOR_MAX_PARTS; i++)
    gtk_box_append (GTK_BOX (self->rows),
                    create_row (self, ((const DioLabelPart *) parts->pdata[i])->name));
  guint rest = parts->len - MIN (parts->len, DIO_INSPECTOR_MAX_PARTS);
  g_autofree char *text = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "and %u more part", "and %u more parts", rest), rest);
  gtk_label_set_text (GTK_LABEL (self->rest), text);
  gtk_widget_set_visible (self->rest, rest > 0);
}

void
dio_inspector_parts_refresh (DioInspectorParts *self)
{
  g_autoptr (GPtrArray) parts = dio_inspector_list_parts (self->session);
  gtk_widget_set_visible (GTK_WIDGET (self), parts->len > 1);
  if (parts->len < 2)
    return;
  char *key = dup_key (parts);
  self->showing = TRUE;
  if (g_strcmp0 (key, self->key) != 0)
    build (self, parts);
  g_free (self->key);
  self->key = key;
  GtkWidget *row = gtk_widget_get_first_child (self->rows);
  for (guint i = 0; row != NULL; i++, row = gtk_widget_get_next_sibling (row))
    gtk_drop_down_set_selected (GTK_DROP_DOWN (gtk_widget_get_last_child (row)),
                                ((const DioLabelPart *) parts->pdata[i])->label);
  self->showing = FALSE;
  dio_inspector_group_refresh (DIO_INSPECTOR_GROUP (self->group));
}

/* -- Life -- */

static void
dio_inspector_parts_dispose (GObject *object)
{
  DioInspectorParts *self = DIO_INSPECTOR_PARTS (object);
  g_clear_object (&self->session);
  g_clear_pointer (&self->key, g_free);
  G_OBJECT_CLASS (dio_inspector_parts_parent_class)->dispose (object);
}

static void
dio_inspector_parts_class_init (DioInspectorPartsClass *class)
{
  G_OBJECT_CLASS (class)->dispose = dio_inspector_parts_dispose;
}

static void
dio_inspector_parts_init (DioInspectorParts *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->group = dio_inspector_group_new (_ ("Parts"));
  self->rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->rest = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->rest), 0);
  gtk_widget_add_css_class (self->rest, "dim-label");
  dio_inspector_group_add (DIO_INSPECTOR_GROUP (self->group), self->rows);
  dio_inspector_group_add (DIO_INSPECTOR_GROUP (self->group), self->rest);
  gtk_box_append (GTK_BOX (self), self->group);
}

GtkWidget *
dio_inspector_parts_new (DioSession *session)
{
  DioInspectorParts *self = g_object_new (DIO_TYPE_INSPECTOR_PARTS, NULL);
  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
