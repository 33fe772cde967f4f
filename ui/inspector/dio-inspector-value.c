#define G_LOG_DOMAIN "dio-inspector"

#include "dio-inspector-value-private.h"

#include "dio-base-json.h"
#include "dio-parametric.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
dio_inspector_value_clear (DioInspectorValue *value)
{
  g_clear_pointer (&value->string, g_free);
}

/* The registry gives parameters the widest range of all models; what may be typed is that of the model shown. */
static void
narrow_range (const DioNode *node, const char *path, DioInspectorValue *value)
{
  if (!g_str_has_prefix (path, "parameters/") || node->model.parametric == NULL)
    return;
  const DioParametricInfo *model = dio_parametric_find (node->model.parametric);
  const DioParametricParam *param =
      model != NULL ? dio_parametric_find_param (model, path + strlen ("parameters/")) : NULL;
  if (param == NULL)
    return;
  value->min = MAX (value->min, param->min);
  value->max = MIN (value->max, param->max);
}

static void
merge_value (DioInspectorValue *value, const DioPropertyValue *other, gboolean first)
{
  guint n = dio_property_type_get_size (value->info->type);
  for (guint i = 0; i < n; i++) {
    if (!first && value->number[i] != other->number[i])
      value->mixed |= 1u << i;
    value->number[i] = other->number[i];
  }
  if (n > 0)
    return;
  if (!first && g_strcmp0 (value->string, other->string) != 0)
    value->mixed |= 1;
  g_free (value->string);
  value->string = g_strdup (other->string);
}

gboolean
dio_inspector_value_read (DioScenario *scenario,
                          const char *const *ids,
                          const char *path,
                          DioInspectorValue *out)
{
  *out = (DioInspectorValue){ 0 };
  guint n_set = 0, n_nodes = 0;
  for (guint i = 0; ids[i] != NULL; i++) {
    const DioNode *node = dio_scenario_find_node (scenario, ids[i]);
    const DioPropertyInfo *info = node != NULL ? dio_property_find (node->kind, path) : NULL;
    if (info == NULL)
      return FALSE;
    if (out->info == NULL) {
      out->info = info;
      out->min = info->min;
      out->max = info->max;
    }
    narrow_range (node, path, out);
    n_nodes++;
    DioPropertyValue value;
    if (dio_node_get_property (node, path, &value, NULL))
      merge_value (out, &value, n_set++ == 0);
    else if (strncmp (path, "material", strlen ("material")) != 0)
      return FALSE;
  }
  out->own = n_set == 0;
  if (n_set > 0 && n_set < n_nodes)
    out->mixed = 15;
  return n_nodes > 0;
}

char *
dio_inspector_dup_step_name (DioScenario *scenario, const char *const *ids, const char *label)
{
  guint n = g_strv_length ((char **) ids);
  if (n != 1)
    /* Translators: an undo step: what is edited, of how many objects */
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "Edit %s of %u Object", "Edit %s of %u Objects", n), label,
        n);
  const DioNode *node = dio_scenario_find_node (scenario, ids[0]);
  const char *name = node != NULL && node->name[0] != '\0' ? node->name : ids[0];
  /* Translators: an undo step: what is edited, and the object's name */
  return g_strdup_printf (_ ("Edit %s of %s"), label, name);
}

DioScenario *
dio_inspector_with_vector (DioScenario *scenario,
                           const char *id,
                           const char *path,
                           const double *numbers,
                           guint n,
                           GError **error)
{
  g_autoptr (json_t) list = json_array ();
  for (guint i = 0; i < n; i++)
    json_array_append_new (list, json_real (numbers[i]));
  g_autofree char *full = g_strconcat ("nodes/", id, "/", path, NULL);
  return dio_scenario_with_property (scenario, full, list, error);
}

DioScenario *
dio_inspector_with_component (DioScenario *scenario,
                              const char *const *ids,
                              const char *path,
                              guint index,
                              double value,
                              GError **error)
{
  g_autoptr (DioScenario) edited = dio_scenario_ref (scenario);
  for (guint i = 0; ids[i] != NULL; i++) {
    const DioNode *node = dio_scenario_find_node (edited, ids[i]);
    const DioPropertyInfo *info = node != NULL ? dio_property_find (node->kind, path) : NULL;
    if (info == NULL)
      continue;
    guint n = dio_property_type_get_size (info->type);
    DioPropertyValue old;
    /* What the model's own material has is not known here: a first override starts from the default. */
    if (!dio_node_get_property (node, path, &old, NULL))
      for (guint c = 0; c < n; c++)
        old.number[c] = info->default_value;
    old.number[index] = value;
    DioScenario *next = dio_inspector_with_vector (edited, ids[i], path, old.number, n, error);
    if (next == NULL)
      return NULL;
    dio_scenario_unref (edited);
    edited = next;
  }
  return g_steal_pointer (&edited);
}
