#define G_LOG_DOMAIN "dio-inspector"

#include "dio-inspector-drawn-private.h"

#include "dio-base-json.h"
#include "dio-edit-bind.h"
#include "dio-scene-edit.h"
#include "dio-session-models.h"

#include <glib/gi18n-lib.h>

typedef struct {
  DioSession *session; /**< borrowed: the row that owns the line owns a reference */
  char *path, *label;
  GtkWidget *box, *chip, *value;
} Drawn;

static void
free_drawn (gpointer data)
{
  Drawn *drawn = data;
  g_free (drawn->path);
  g_free (drawn->label);
  g_free (drawn);
}

/* -- What the frame has -- */

static const DioNode *
find_resolved (DioSession *session, const char *id)
{
  const DioPreviewResult *result = dio_session_get_result (session);
  if (result == NULL || result->resolved == NULL || result->base)
    return NULL;
  const GArray *nodes = result->resolved->nodes;
  for (guint i = 0; i < nodes->len; i++) {
    const DioResolvedNode *node = &g_array_index (nodes, DioResolvedNode, i);
    if (node->copy == 0 && g_strcmp0 (node->node->id, id) == 0)
      return node->node;
  }
  return NULL;
}

gboolean
dio_inspector_get_drawn (DioSession *session,
                         const char *node,
                         const char *path,
                         DioPropertyValue *value)
{
  if (!dio_session_get_frame_view (session))
    return FALSE;
  const DioNode *resolved = find_resolved (session, node);
  return resolved != NULL && dio_node_get_property (resolved, path, value, NULL);
}

static json_t *
value_to_json (const DioPropertyInfo *info, const DioPropertyValue *value)
{
  guint n = dio_property_type_get_size (info->type);
  if (n == 0)
    return value->string != NULL ? json_string (value->string) : json_null ();
  if (n > 1) {
    json_t *list = json_array ();
    for (guint i = 0; i < n; i++)
      json_array_append_new (list, json_real (value->number[i]));
    return list;
  }
  if (info->type == DIO_PROPERTY_BOOLEAN)
    return json_boolean (value->number[0] != 0);
  if (info->type == DIO_PROPERTY_INTEGER)
    return json_integer ((json_int_t) value->number[0]);
  if (info->type == DIO_PROPERTY_ENUM)
    return json_string (info->enum_names[(guint) value->number[0]]);
  return json_real (value->number[0]);
}

static DioScenario *
fix_one (
    DioScenario *scenario, DioSession *session, const char *id, const char *path, GError **error)
{
  const DioNode *node = dio_scenario_find_node (scenario, id);
  DioPropertyValue value;
  if (node == NULL || !dio_inspector_get_drawn (session, id, path, &value))
    return dio_scenario_ref (scenario);
  g_autoptr (json_t) json = value_to_json (dio_property_find (node->kind, path), &value);
  g_autofree char *full = g_strconcat ("nodes/", id, "/", path, NULL);
  return dio_scenario_with_property (scenario, full, json, error);
}

gboolean
dio_inspector_fix_value (DioSession *session, const char *path, const char *label, GError **error)
{
  const char *const *ids = dio_selection_get_ids (dio_session_get_selection (session));
  g_autoptr (DioScenario) edited =
      dio_edit_unbind_property (dio_session_get_scenario (session), ids, path, error);
  for (guint i = 0; edited != NULL && ids[i] != NULL; i++) {
    DioScenario *next = fix_one (edited, session, ids[i], path, error);
    dio_scenario_unref (edited);
    edited = next;
  }
  if (edited == NULL)
    return FALSE;
  /* Translators: an undo step: a property ("Height") keeps the value it has in this frame */
  g_autofree char *name = g_strdup_printf (_ ("Fix %s"), label);
  dio_session_commit (session, g_steal_pointer (&edited), name, NULL);
  return TRUE;
}

void
dio_inspector_go_to_randomizer (GtkWidget *widget,
                                DioSession *session,
                                const char *node,
                                const char *path)
{
  g_auto (GStrv) ids = dio_edit_list_bindings (dio_session_get_scenario (session), node, path);
  guint n = g_strv_length (ids);
  if (n == 0)
    return;
  dio_session_set_mode (session, DIO_MODE_RANDOMIZE);
  /* The last one has the last word. */
  gtk_widget_activate_action (widget, "win.show-randomizer", "s", ids[n - 1]);
}

/* -- The line -- */

static const char *
get_active (Drawn *drawn)
{
  return dio_selection_get_active (dio_session_get_selection (drawn->session));
}

static void
go_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  Drawn *drawn = g_object_get_data (G_OBJECT (widget), "drawn");
  const char *active = get_active (drawn);
  if (active != NULL)
    dio_inspector_go_to_randomizer (widget, drawn->session, active, drawn->path);
}

static void
fix_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  Drawn *drawn = g_object_get_data (G_OBJECT (widget), "drawn");
  g_autoptr (GError) error = NULL;
  if (!dio_inspector_fix_value (drawn->session, drawn->path, drawn->label, &error))
    dio_session_report (drawn->session, DIO_SEVERITY_WARNING, _ ("The value was not fixed"), error,
                        NULL, NULL);
}

static void
unbind_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  Drawn *drawn = g_object_get_data (G_OBJECT (widget), "drawn");
  g_autoptr (GError) error = NULL;
  DioScenario *next = dio_edit_unbind_property (
      dio_session_get_scenario (drawn->session),
      dio_selection_get_ids (dio_session_get_selection (drawn->session)), drawn->path, &error);
  if (next == NULL) {
    dio_session_report (drawn->session, DIO_SEVERITY_WARNING, _ ("The value stays random"), error,
                        NULL, NULL);
    return;
  }
  /* Translators: an undo step: a property ("Height") is no longer random */
  g_autofree char *name = g_strdup_printf (_ ("Stop Randomizing %s"), drawn->label);
  dio_session_commit (drawn->session, next, name, NULL);
}

typedef struct {
  GtkBox parent;
} DioInspectorDrawn;
typedef struct {
  GtkBoxClass parent_class;
} DioInspectorDrawnClass;
static GType dio_inspector_drawn_get_type (void);
G_DEFINE_FINAL_TYPE (DioInspectorDrawn, dio_inspector_drawn, GTK_TYPE_BOX)

static void
dio_inspector_drawn_class_init (DioInspectorDrawnClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  gtk_widget_class_install_action (widget_class, "drawn.go", NULL, go_cb);
  gtk_widget_class_install_action (widget_class, "drawn.fix", NULL, fix_cb);
  gtk_widget_class_install_action (widget_class, "drawn.unbind", NULL, unbind_cb);
}

static void
dio_inspector_drawn_init (DioInspectorDrawn *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 6);
}

GtkWidget *
dio_inspector_drawn_new (DioSession *session, const char *path, const char *label)
{
  GtkWidget *box = g_object_new (dio_inspector_drawn_get_type (), NULL);
  Drawn *drawn = g_new0 (Drawn, 1);
  drawn->session = session;
  drawn->path = g_strdup (path);
  drawn->label = g_strdup (label);
  drawn->box = box;
  g_object_set_data_full (G_OBJECT (box), "drawn", drawn, free_drawn);

  g_autoptr (GMenu) menu = g_menu_new ();
  g_menu_append (menu, _ ("Fix at This Value"), "drawn.fix");
  g_menu_append (menu, _ ("Stop Randomizing"), "drawn.unbind");
  g_menu_append (menu, _ ("Go to Randomizer"), "drawn.go");
  GtkWidget *button = gtk_menu_button_new ();
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "dio-link");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  drawn->chip = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (drawn->chip), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (drawn->chip, "caption");
  gtk_widget_add_css_class (drawn->chip, "accent");
  gtk_menu_button_set_child (GTK_MENU_BUTTON (button), drawn->chip);
  drawn->value = gtk_label_new (NULL);
  gtk_widget_add_css_class (drawn->value, "caption");
  gtk_widget_add_css_class (drawn->value, "numeric");
  gtk_widget_set_hexpand (drawn->value, TRUE);
  gtk_label_set_xalign (GTK_LABEL (drawn->value), 1);
  gtk_label_set_ellipsize (GTK_LABEL (drawn->value), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), button);
  gtk_box_append (GTK_BOX (box), drawn->value);
  return box;
}

static const char *
get_name (const DioScenario *scenario, const char *id)
{
  const DioRandomizer *randomizer = dio_scenario_find_randomizer (scenario, id);
  gboolean named = randomizer != NULL && randomizer->name != NULL && randomizer->name[0] != '\0';
  return named ? randomizer->name : id;
}

void
dio_inspector_drawn_refresh (GtkWidget *box, const char *node, gboolean with_value)
{
  Drawn *drawn = g_object_get_data (G_OBJECT (box), "drawn");
  DioScenario *scenario = dio_session_get_scenario (drawn->session);
  g_auto (GStrv) ids = node != NULL ? dio_edit_list_bindings (scenario, node, drawn->path) : NULL;
  guint n = ids != NULL ? g_strv_length (ids) : 0;
  gtk_widget_set_visible (box, n > 0);
  if (n == 0)
    return;
  gboolean in_frame = dio_session_get_frame_view (drawn->session);
  g_autoptr (DioWhyValue) why =
      in_frame ? dio_session_explain_property (drawn->session, node, drawn->path) : NULL;
  const char *name = why != NULL ? why->name : get_name (scenario, ids[n - 1]);
  /* Translators: under a property: the name of the randomizer that gives its values */
  g_autofree char *text = g_strdup_printf (_ ("drawn by %s"), name);
  gtk_label_set_text (GTK_LABEL (drawn->chip), text);
  gtk_widget_set_tooltip_text (drawn->chip, text);
  gtk_label_set_text (GTK_LABEL (drawn->value), why != NULL && with_value ? why->value : "");
  gtk_widget_action_set_enabled (box, "drawn.fix", in_frame);
}
