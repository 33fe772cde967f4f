#define G_LOG_DOMAIN "dio-inspector"

#include "dio-inspector-model-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ALL_SLOTS "*"

struct _DioInspectorMaterial {
  GtkBox parent;
  DioSession *session;
  GtkWidget *group, *slots, *rows, *more;
  GPtrArray *names; /**< of slots, "*" first; owned strings */
  char *slot;       /**< that is edited */
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (DioInspectorMaterial, dio_inspector_material, GTK_TYPE_BOX)

static const char *const *
get_ids (DioInspectorMaterial *self)
{
  return dio_selection_get_ids (dio_session_get_selection (self->session));
}

static void
add_name (GPtrArray *names, const char *name)
{
  if (name == NULL || name[0] == '\0')
    return;
  if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
    g_ptr_array_add (names, g_strdup (name));
}

/* The materials that the last frame drew for the node, which is what the model has. */
static void
add_drawn (DioInspectorMaterial *self, const char *id, GPtrArray *names)
{
  const DioPreviewResult *result = dio_session_get_result (self->session);
  if (result == NULL || result->frame == NULL)
    return;
  const DioFrame *frame = result->frame;
  for (guint i = 0; i < frame->items->len; i++) {
    const DioFrameItem *item = &g_array_index (frame->items, DioFrameItem, i);
    if (item->leaf == 0 || item->leaf > frame->leaves->len)
      continue;
    const DioFrameLeaf *leaf = &g_array_index (frame->leaves, DioFrameLeaf, item->leaf - 1);
    if (g_strcmp0 (leaf->node_id, id) == 0)
      add_name (names, item->material->name);
  }
}

/* NULL where something else than models is selected. */
static GPtrArray *
collect_names (DioInspectorMaterial *self)
{
  const DioScenario *scenario = dio_session_get_scenario (self->session);
  const char *const *ids = get_ids (self);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (names, g_strdup (ALL_SLOTS));
  for (guint i = 0; ids[i] != NULL; i++) {
    const DioNode *node = dio_scenario_find_node (scenario, ids[i]);
    if (node == NULL || node->kind != DIO_NODE_MODEL)
      return NULL;
    for (guint k = 0; k < node->model.materials->len; k++) {
      const DioMaterialOverride *material = g_ptr_array_index (node->model.materials, k);
      add_name (names, material->slot);
    }
  }
  if (ids[0] != NULL && ids[1] == NULL)
    add_drawn (self, ids[0], names);
  return ids[0] != NULL ? g_steal_pointer (&names) : NULL;
}

static gboolean
is_same (const GPtrArray *a, const GPtrArray *b)
{
  if (a == NULL || a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++) {
    if (strcmp (g_ptr_array_index (a, i), g_ptr_array_index (b, i)) != 0)
      return FALSE;
  }
  return TRUE;
}

static void
build_rows (DioInspectorMaterial *self, const char *slot)
{
  g_autofree char *copy = g_strdup (slot);
  g_free (self->slot);
  self->slot = g_steal_pointer (&copy);
  gboolean all = strcmp (self->slot, ALL_SLOTS) == 0;
  g_autofree char *prefix = all ? NULL : g_strconcat ("materials/", self->slot, "/", NULL);
  dio_inspector_group_clear (DIO_INSPECTOR_GROUP (self->rows));
  dio_inspector_group_clear (DIO_INSPECTOR_GROUP (self->more));
  dio_inspector_group_add_rows (DIO_INSPECTOR_GROUP (self->rows), self->session,
                                DIO_INSPECTOR_ROWS_MATERIAL, prefix);
  dio_inspector_group_add_rows (DIO_INSPECTOR_GROUP (self->more), self->session,
                                DIO_INSPECTOR_ROWS_MATERIAL_MORE, prefix);
}

static void
refresh_rows (DioInspectorMaterial *self)
{
  dio_inspector_group_refresh (DIO_INSPECTOR_GROUP (self->rows));
  dio_inspector_group_refresh (DIO_INSPECTOR_GROUP (self->more));
  dio_inspector_group_refresh (DIO_INSPECTOR_GROUP (self->group));
}

static void
slot_chosen_cb (GtkDropDown *drop_down, GParamSpec *pspec, DioInspectorMaterial *self)
{
  guint index = gtk_drop_down_get_selected (drop_down);
  if (self->showing || index >= self->names->len)
    return;
  build_rows (self, g_ptr_array_index (self->names, index));
  refresh_rows (self);
}

static void
show_slots (DioInspectorMaterial *self, GPtrArray *names)
{
  guint index = 0;
  if (!g_ptr_array_find_with_equal_func (names, self->slot != NULL ? self->slot : ALL_SLOTS,
                                         g_str_equal, &index))
    index = 0;
  g_clear_pointer (&self->names, g_ptr_array_unref);
  self->names = names;
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  for (guint i = 0; i < names->len; i++)
    gtk_string_list_append (labels, i == 0 ? _ ("All Materials") : g_ptr_array_index (names, i));
  self->showing = TRUE;
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->slots), G_LIST_MODEL (labels));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->slots), index);
  self->showing = FALSE;
  gtk_widget_set_visible (self->slots, names->len > 1);
  if (g_strcmp0 (self->slot, g_ptr_array_index (names, index)) != 0)
    build_rows (self, g_ptr_array_index (names, index));
}

void
dio_inspector_material_refresh (DioInspectorMaterial *self)
{
  GPtrArray *names = collect_names (self);
  gtk_widget_set_visible (GTK_WIDGET (self), names != NULL);
  if (names == NULL)
    return;
  if (is_same (self->names, names))
    g_ptr_array_unref (names);
  else
    show_slots (self, names);
  refresh_rows (self);
}

static void
dio_inspector_material_dispose (GObject *object)
{
  DioInspectorMaterial *self = DIO_INSPECTOR_MATERIAL (object);
  g_clear_object (&self->session);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->slot, g_free);
  G_OBJECT_CLASS (dio_inspector_material_parent_class)->dispose (object);
}

static void
dio_inspector_material_class_init (DioInspectorMaterialClass *class)
{
  G_OBJECT_CLASS (class)->dispose = dio_inspector_material_dispose;
}

static void
dio_inspector_material_init (DioInspectorMaterial *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->group = dio_inspector_group_new (_ ("Material"));
  self->slots = gtk_drop_down_new (NULL, NULL);
  gtk_widget_set_tooltip_text (self->slots, _ ("Material of the model"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->slots), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Material of the model"), -1);
  g_signal_connect_object (self->slots, "notify::selected", G_CALLBACK (slot_chosen_cb), self, 0);
  self->rows = dio_inspector_group_new (NULL);
  self->more = dio_inspector_group_new (_ ("More of the Material"));
  dio_inspector_group_set_folded (DIO_INSPECTOR_GROUP (self->more), TRUE);
  dio_inspector_group_add (DIO_INSPECTOR_GROUP (self->group), self->slots);
  dio_inspector_group_add (DIO_INSPECTOR_GROUP (self->group), self->rows);
  gtk_box_append (GTK_BOX (self), self->group);
  gtk_box_append (GTK_BOX (self), self->more);
}

GtkWidget *
dio_inspector_material_new (DioSession *session)
{
  DioInspectorMaterial *self = g_object_new (DIO_TYPE_INSPECTOR_MATERIAL, NULL);
  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
