#define G_LOG_DOMAIN "dio-inspector"

#include "dio-inspector-row-private.h"

#include "dio-base-json.h"
#include "dio-edit-bind.h"
#include "dio-edit-shift.h"
#include "dio-inspector-drawn-private.h"
#include "dio-number-field.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _DioInspectorRow {
  GtkBox parent;
  DioSession *session;
  const DioPropertyInfo *info;
  char *path, *label;
  GtkWidget *content, *focus, *fields[4];
  GtkWidget *dice;  /**< of rows whose editor has none */
  GtkWidget *drawn; /**< made when it is first needed */
  GtkWidget *error;
  DioInspectorShowFunc show;
  DioInspectorSpace space;
  gboolean showing, applies, dragging, can_bind, bound;
};

G_DEFINE_FINAL_TYPE (DioInspectorRow, dio_inspector_row, GTK_TYPE_BOX)

DioSession *
dio_inspector_row_get_session (DioInspectorRow *row)
{
  return row->session;
}

const char *
dio_inspector_row_get_label (DioInspectorRow *row)
{
  return row->label;
}

const char *
dio_inspector_row_get_path (DioInspectorRow *row)
{
  return row->path;
}

const DioPropertyInfo *
dio_inspector_row_get_info (DioInspectorRow *row)
{
  return row->info;
}

gboolean
dio_inspector_row_is_showing (DioInspectorRow *row)
{
  return row->showing;
}

GtkWidget *
dio_inspector_row_get_editor (DioInspectorRow *row)
{
  return row->focus;
}

GtkWidget **
dio_inspector_row_get_fields (DioInspectorRow *row)
{
  return row->fields;
}

gboolean
dio_inspector_row_can_bind (DioInspectorRow *row)
{
  return row->can_bind;
}

gboolean
dio_inspector_row_is_bound (DioInspectorRow *row)
{
  return row->bound;
}

static const char *const *
get_ids (DioInspectorRow *row)
{
  return dio_selection_get_ids (dio_session_get_selection (row->session));
}

gboolean
dio_inspector_row_is_drawn (DioInspectorRow *row)
{
  const DioScenario *scenario = dio_session_get_scenario (row->session);
  const char *const *ids = get_ids (row);
  if (!row->bound || !dio_session_get_frame_view (row->session))
    return FALSE;
  /* A randomizer that is switched off draws nothing. */
  for (guint i = 0; ids[i] != NULL; i++)
    if (dio_edit_find_drawing (scenario, ids[i], row->path) != NULL)
      return TRUE;
  return FALSE;
}

void
dio_inspector_row_set_applies (DioInspectorRow *row, gboolean applies)
{
  row->applies = applies;
}

void
dio_inspector_row_set_default (DioInspectorRow *row, double value)
{
  dio_number_field_set_default (DIO_NUMBER_FIELD (row->fields[0]), value);
}

void
dio_inspector_row_set_unit (DioInspectorRow *row, const char *unit)
{
  if (row->fields[0] != NULL)
    g_object_set (row->fields[0], "unit", unit, NULL);
}

void
dio_inspector_row_set_space (DioInspectorRow *row, DioInspectorSpace space)
{
  row->space = space;
}

DioInspectorSpace
dio_inspector_row_get_space (DioInspectorRow *row)
{
  return row->space;
}

void
dio_inspector_row_set_error (DioInspectorRow *row, const char *message)
{
  gtk_label_set_text (GTK_LABEL (row->error), message != NULL ? message : "");
  gtk_widget_set_visible (row->error, message != NULL);
}

/* -- Changes -- */

static void
begin (DioInspectorRow *row)
{
  if (!row->dragging)
    dio_session_begin_drag (row->session);
  row->dragging = TRUE;
}

void
dio_inspector_row_end (DioInspectorRow *row)
{
  dio_session_end_merge (row->session);
  if (row->dragging)
    dio_session_end_drag (row->session);
  row->dragging = FALSE;
}

/* TRUE where an edit would change what is not seen; says so. */
static gboolean
refuse_drawn (DioInspectorRow *row)
{
  if (!dio_inspector_row_is_drawn (row))
    return FALSE;
  dio_inspector_row_refresh (row);
  dio_inspector_row_set_error (
      row, _ ("This frame’s value is drawn. Fix it below, or switch to Base to edit what the "
              "document has."));
  return TRUE;
}

void
dio_inspector_row_commit (DioInspectorRow *row, json_t *value, gboolean merge)
{
  g_autoptr (json_t) json = value != NULL ? value : json_null ();
  g_autoptr (GError) error = NULL;
  const char *const *ids = get_ids (row);
  if (ids[0] == NULL || refuse_drawn (row))
    return;
  g_autofree char *name =
      dio_inspector_dup_step_name (dio_session_get_scenario (row->session), ids, row->label);
  if (merge)
    begin (row);
  gboolean done = dio_session_set_property (row->session, ids, row->path, json, name,
                                            merge ? row->path : NULL, &error);
  dio_inspector_row_set_error (row, done ? NULL : error->message);
  if (!done)
    dio_inspector_row_refresh (row);
}

void
dio_inspector_row_commit_scenario (DioInspectorRow *row,
                                   DioScenario *next,
                                   const GError *error,
                                   gboolean merge)
{
  dio_inspector_row_set_error (row, next == NULL && error != NULL ? error->message : NULL);
  if (next == NULL) {
    dio_inspector_row_refresh (row);
    return;
  }
  if (refuse_drawn (row)) {
    dio_scenario_unref (next);
    return;
  }
  g_autofree char *name = dio_inspector_dup_step_name (dio_session_get_scenario (row->session),
                                                       get_ids (row), row->label);
  if (merge)
    begin (row);
  dio_session_commit (row->session, next, name, merge ? row->path : NULL);
}

void
dio_inspector_row_commit_shift (DioInspectorRow *row, DioScenario *next)
{
  dio_inspector_row_set_error (row, NULL);
  /* Translators: an undo step: what is drawn for a property ("Height") is shifted as a whole */
  g_autofree char *name = g_strdup_printf (_ ("Shift Range of %s"), row->label);
  begin (row);
  dio_session_commit (row->session, next, name, row->path);
}

void
dio_inspector_row_roll (DioInspectorRow *row)
{
  DioScenario *scenario = dio_session_get_scenario (row->session);
  const char *const *ids = get_ids (row);
  const char *active = dio_selection_get_active (dio_session_get_selection (row->session));
  if (active == NULL)
    return;
  if (row->bound) {
    dio_inspector_go_to_randomizer (GTK_WIDGET (row), row->session, active, row->path);
    return;
  }
  g_autoptr (GError) error = NULL;
  DioScenario *next = dio_edit_bind_property (scenario, ids, row->path, NULL, &error);
  dio_inspector_row_set_error (row, next == NULL ? error->message : NULL);
  if (next == NULL)
    return;
  /* Translators: an undo step: a property ("Height") gets random values */
  g_autofree char *name = g_strdup_printf (_ ("Randomize %s"), row->label);
  dio_session_commit (row->session, next, name, NULL);
}

/* -- Showing -- */

static void
refresh_dice (DioInspectorRow *row, const char *active)
{
  DioScenario *scenario = dio_session_get_scenario (row->session);
  const DioNode *node = dio_scenario_find_node (scenario, active);
  row->can_bind = node != NULL && dio_edit_can_bind (node->kind, row->path);
  g_auto (GStrv) bound =
      row->can_bind ? dio_edit_list_bindings (scenario, active, row->path) : NULL;
  row->bound = bound != NULL && bound[0] != NULL;
  if (row->bound && row->drawn == NULL) {
    row->drawn = dio_inspector_drawn_new (row->session, row->path, row->label);
    gtk_box_insert_child_after (GTK_BOX (row), row->drawn, row->content);
  }
  if (row->drawn != NULL)
    dio_inspector_drawn_refresh (row->drawn, row->bound ? active : NULL, row->fields[0] == NULL);
  if (row->dice == NULL)
    return;
  gtk_widget_set_opacity (row->dice, row->can_bind ? 1 : 0);
  gtk_widget_set_sensitive (row->dice, row->can_bind);
  if (row->bound)
    gtk_widget_add_css_class (row->dice, "accent");
  else
    gtk_widget_remove_css_class (row->dice, "accent");
}

void
dio_inspector_row_refresh (DioInspectorRow *row)
{
  const char *const *ids = get_ids (row);
  g_auto (DioInspectorValue) value = { 0 };
  gboolean has =
      row->applies && ids[0] != NULL
      && dio_inspector_value_read (dio_session_get_scenario (row->session), ids, row->path, &value);
  gtk_widget_set_visible (GTK_WIDGET (row), has);
  if (!has) {
    dio_inspector_row_set_error (row, NULL);
    return;
  }
  refresh_dice (row, dio_selection_get_active (dio_session_get_selection (row->session)));
  row->showing = TRUE;
  row->show (row, &value);
  row->showing = FALSE;
}

/* -- Life -- */

static void
dice_clicked_cb (GtkButton *button, gpointer user)
{
  dio_inspector_row_roll (user);
}

void
dio_inspector_row_take_dice (DioInspectorRow *row, GtkWidget *box)
{
  GtkWidget *dice = gtk_button_new_from_icon_name ("media-playlist-shuffle-symbolic");
  gtk_widget_add_css_class (dice, "flat");
  gtk_widget_add_css_class (dice, "dio-number-dice");
  gtk_widget_set_valign (dice, GTK_ALIGN_CENTER);
  /* Translators: spoken name of a button; a property's name follows */
  g_autofree char *name = g_strdup_printf (_ ("Randomize %s"), row->label);
  gtk_widget_set_tooltip_text (dice, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (dice), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (dice, "clicked", G_CALLBACK (dice_clicked_cb), row, 0);
  gtk_box_append (GTK_BOX (box), dice);
  row->dice = dice;
}

static GtkWidget *
create_title (DioInspectorRow *row)
{
  GtkWidget *title = gtk_label_new (row->label);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (title), DIO_INSPECTOR_LABEL_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (title), DIO_INSPECTOR_LABEL_CHARS);
  gtk_widget_set_tooltip_text (title, row->label);
  return title;
}

void
dio_inspector_row_set_editor (DioInspectorRow *row,
                              GtkWidget *box,
                              GtkWidget *focus,
                              gboolean titled,
                              DioInspectorShowFunc show)
{
  g_return_if_fail (row->content == NULL);
  row->content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  row->focus = focus;
  row->show = show;
  if (!titled)
    gtk_box_append (GTK_BOX (row->content), create_title (row));
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (row->content), box);
  if (!titled && (row->info->flags & DIO_PROPERTY_RANDOMIZABLE) != 0)
    dio_inspector_row_take_dice (row, row->content);
  gtk_box_prepend (GTK_BOX (row), row->content);
}

static void
dio_inspector_row_dispose (GObject *object)
{
  DioInspectorRow *row = DIO_INSPECTOR_ROW (object);
  if (row->dragging && row->session != NULL)
    dio_session_end_drag (row->session);
  row->dragging = FALSE;
  g_clear_object (&row->session);
  G_OBJECT_CLASS (dio_inspector_row_parent_class)->dispose (object);
}

static void
dio_inspector_row_finalize (GObject *object)
{
  DioInspectorRow *row = DIO_INSPECTOR_ROW (object);
  g_free (row->path);
  g_free (row->label);
  G_OBJECT_CLASS (dio_inspector_row_parent_class)->finalize (object);
}

static void
dio_inspector_row_class_init (DioInspectorRowClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  object_class->dispose = dio_inspector_row_dispose;
  object_class->finalize = dio_inspector_row_finalize;
}

static void
dio_inspector_row_init (DioInspectorRow *row)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (row), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (row), 3);
  gtk_widget_set_visible (GTK_WIDGET (row), FALSE);
  row->applies = TRUE;
  row->error = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (row->error), TRUE);
  gtk_label_set_xalign (GTK_LABEL (row->error), 0);
  gtk_widget_add_css_class (row->error, "error");
  gtk_widget_add_css_class (row->error, "caption");
  gtk_widget_set_visible (row->error, FALSE);
  gtk_box_append (GTK_BOX (row), row->error);
}

/* A slot's path is not in the table by its own name; "material/X" is the same property. */
static const DioPropertyInfo *
find_info (const char *path)
{
  for (DioNodeKind kind = DIO_NODE_GROUP; kind <= DIO_NODE_SENSOR; kind++) {
    const DioPropertyInfo *info = dio_property_find (kind, path);
    if (info != NULL)
      return info;
  }
  return NULL;
}

static void
add_editor (DioInspectorRow *row, DioInspectorEdit edit)
{
  if (edit == DIO_INSPECTOR_EDIT_COLOR) {
    dio_inspector_row_add_color (row);
    return;
  }
  if (edit >= DIO_INSPECTOR_EDIT_POSITION) {
    dio_inspector_row_add_pose (row, edit);
    return;
  }
  if (edit != DIO_INSPECTOR_EDIT_AUTO) {
    dio_inspector_row_add_choice (row, edit);
    return;
  }
  switch (row->info->type) {
  case DIO_PROPERTY_BOOLEAN:
    dio_inspector_row_add_switch (row);
    break;
  case DIO_PROPERTY_STRING:
    dio_inspector_row_add_entry (row);
    break;
  case DIO_PROPERTY_ENUM:
    dio_inspector_row_add_choice (row, edit);
    break;
  case DIO_PROPERTY_NUMBER:
  case DIO_PROPERTY_INTEGER:
  case DIO_PROPERTY_VEC2:
  case DIO_PROPERTY_VEC3:
  case DIO_PROPERTY_VEC4:
  default:
    dio_inspector_row_add_numbers (row);
    break;
  }
}

GtkWidget *
dio_inspector_row_new (DioSession *session,
                       const char *path,
                       DioInspectorEdit edit,
                       const char *label,
                       const char *help)
{
  DioInspectorRow *row = g_object_new (DIO_TYPE_INSPECTOR_ROW, NULL);
  row->session = g_object_ref (session);
  row->path = g_strdup (path);
  row->info = find_info (path);
  g_assert (row->info != NULL);
  row->label = g_strdup (label != NULL ? label : g_dgettext (GETTEXT_PACKAGE, row->info->label));
  gtk_widget_set_tooltip_text (GTK_WIDGET (row), help);
  add_editor (row, edit);
  return GTK_WIDGET (row);
}
