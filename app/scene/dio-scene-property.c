#define G_LOG_DOMAIN "dio-scene"

#include "dio-core-error.h"
#include "dio-core-pose.h"
#include "dio-parametric.h"
#include "dio-scene-model-private.h"
#include "dio-scene-node-private.h"
#include "dio-scene-property-private.h"

#include <math.h>
#include <string.h>

guint
dio_property_type_get_size (DioPropertyType type)
{
  switch (type) {
  case DIO_PROPERTY_VEC2:
    return 2;
  case DIO_PROPERTY_VEC3:
    return 3;
  case DIO_PROPERTY_VEC4:
    return 4;
  case DIO_PROPERTY_STRING:
    return 0;
  case DIO_PROPERTY_NUMBER:
  case DIO_PROPERTY_INTEGER:
  case DIO_PROPERTY_BOOLEAN:
  case DIO_PROPERTY_ENUM:
  default:
    return 1;
  }
}

const DioPropertyInfo *
dio_property_get_table (guint *n)
{
  static gsize once = 0;
  static DioPropertyInfo *table = NULL;
  static guint count = 0;
  if (g_once_init_enter (&once)) {
    guint n_node;
    const DioField *fields = dio_node_get_fields (&n_node);
    DioFieldView materials = dio_material_get_view ();
    table = g_new0 (DioPropertyInfo, n_node + materials.n);
    for (guint i = 0; i < n_node; i++)
      table[count++] = fields[i].info;
    for (guint i = 0; i < materials.n; i++)
      table[count++] = materials.fields[i].info;
    g_once_init_leave (&once, 1);
  }
  if (n != NULL)
    *n = count;
  return table;
}

/* Every name that any parametric model has, with the widest range; built once and kept. */
static GHashTable *
create_parameter_infos (void)
{
  GHashTable *infos = g_hash_table_new (g_str_hash, g_str_equal);
  guint n;
  const DioParametricInfo *models = dio_parametric_get_table (&n);
  for (guint i = 0; i < n; i++) {
    for (const DioParametricParam *p = models[i].params; p->name != NULL; p++) {
      DioPropertyInfo *info = g_hash_table_lookup (infos, p->name);
      if (info != NULL) {
        info->min = MIN (info->min, p->min);
        info->max = MAX (info->max, p->max);
        continue;
      }
      info = g_new0 (DioPropertyInfo, 1);
      *info = (DioPropertyInfo){ .path = g_strconcat ("parameters/", p->name, NULL),
                                 .label = p->label,
                                 .unit = p->unit,
                                 .type = DIO_PROPERTY_NUMBER,
                                 .min = p->min,
                                 .max = p->max,
                                 .default_value = p->default_value,
                                 .kinds = 1u << DIO_NODE_MODEL,
                                 .flags = DIO_PROPERTY_RANDOMIZABLE,
                                 .dirties = DIO_DIRTY_GEOMETRY | DIO_DIRTY_LABELS };
      g_hash_table_insert (infos, (gpointer) p->name, info);
    }
  }
  return infos;
}

static const DioPropertyInfo *
find_parameter_info (const char *name)
{
  static gsize infos = 0;
  if (g_once_init_enter (&infos))
    g_once_init_leave (&infos, (gsize) create_parameter_infos ());
  return g_hash_table_lookup ((GHashTable *) infos, name);
}

void
dio_property_target_clear (DioPropertyTarget *target)
{
  g_clear_pointer (&target->slot, g_free);
}

/* "materials/SLOT/X": a slot is a material's name in a file and may hold slashes itself. */
static gboolean
locate_material (const char *path, DioPropertyTarget *target)
{
  DioFieldView view = dio_material_get_view ();
  const char *key = strrchr (path, '/') + 1;
  target->field = dio_field_view_find (&view, key);
  if (target->field == NULL)
    return FALSE;
  if (g_str_has_prefix (path, "material/")) {
    target->slot = g_strdup ("*");
    return key == path + strlen ("material/");
  }
  const char *slot = path + strlen ("materials/");
  if (key <= slot + 1)
    return FALSE;
  target->slot = g_strndup (slot, (gsize) (key - 1 - slot));
  return TRUE;
}

gboolean
dio_property_locate (DioNodeKind kind, const char *path, DioPropertyTarget *target)
{
  *target = (DioPropertyTarget){ 0 };
  if (kind == DIO_NODE_MODEL && g_str_has_prefix (path, "parameters/")) {
    target->parameter = path + strlen ("parameters/");
    return find_parameter_info (target->parameter) != NULL;
  }
  if (g_str_has_prefix (path, "material/") || g_str_has_prefix (path, "materials/"))
    return kind == DIO_NODE_MODEL && locate_material (path, target);
  guint n;
  const DioField *fields = dio_node_get_fields (&n);
  for (guint i = 0; i < n; i++) {
    gboolean match = (fields[i].info.kinds & (1u << kind)) != 0;
    if (match && strcmp (fields[i].info.path, path) == 0) {
      target->field = &fields[i];
      return TRUE;
    }
  }
  return FALSE;
}

const DioPropertyInfo *
dio_property_find (DioNodeKind kind, const char *path)
{
  g_return_val_if_fail (path != NULL, NULL);
  g_auto (DioPropertyTarget) target = { 0 };
  if (!dio_property_locate (kind, path, &target))
    return NULL;
  return target.parameter != NULL ? find_parameter_info (target.parameter) : &target.field->info;
}

static gboolean
locate (const DioNode *node, const char *path, DioPropertyTarget *target, GError **error)
{
  if (dio_property_locate (node->kind, path, target))
    return TRUE;
  g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "Node \"%s\", %s, has no property \"%s\"",
               node->id, dio_node_kind_describe (node->kind), path);
  return FALSE;
}

static const DioParametricParam *
find_parameter (const DioNode *node, const char *name, GError **error)
{
  const char *kind = node->model.parametric;
  const DioParametricInfo *info = kind != NULL ? dio_parametric_find (kind) : NULL;
  const DioParametricParam *param = info != NULL ? dio_parametric_find_param (info, name) : NULL;
  if (param == NULL)
    g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND,
                 "Node \"%s\" shows %s%s, which has no parameter \"%s\"", node->id,
                 kind != NULL ? "the parametric model " : "an asset", kind != NULL ? kind : "",
                 name);
  return param;
}

/* The range is that of the model that the node shows, which is narrower than what dio_property_find says. */
static gboolean
set_parameter (DioNode *node, const char *name, double value, GError **error)
{
  const DioParametricParam *param = find_parameter (node, name, error);
  if (param == NULL)
    return FALSE;
  if (!(value >= param->min && value <= param->max)) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "Parameter \"%s\" of node \"%s\" must be %g to %g, is %g", name, node->id,
                 param->min, param->max, value);
    return FALSE;
  }
  dio_model_props_set_parameter (&node->model, param->name, value + 0.0);
  return TRUE;
}

/* Square pixels and the principal point in the middle are what a lens means here: fx = f / sensor width * picture
 * width. A sensor has K or a lens. Whichever was not in force starts from the one that was. */
static void
switch_intrinsics (DioSensorProps *sensor, guint rules)
{
  if ((rules & DIO_FIELD_K) && !sensor->has_k) {
    sensor->fx = sensor->fy = sensor->focal_length_mm / sensor->sensor_width_mm * sensor->width_px;
    sensor->cx = sensor->width_px / 2.0;
    sensor->cy = sensor->height_px / 2.0;
    sensor->has_k = TRUE;
  } else if ((rules & DIO_FIELD_LENS) && sensor->has_k) {
    sensor->focal_length_mm = sensor->fx / sensor->width_px * sensor->sensor_width_mm;
    sensor->has_k = FALSE;
  }
}

static void
store_material (DioNode *node, const DioPropertyTarget *target, const DioPropertyValue *value)
{
  GPtrArray *materials = node->model.materials;
  dio_field_store (target->field, dio_model_props_ensure_material (&node->model, target->slot),
                   value);
  if (strcmp (target->slot, "*") != 0)
    return;
  /* "*" stands first and later entries win, so those that say something of their own must follow. */
  for (guint i = 0; i < materials->len; i++) {
    DioMaterialOverride *other = g_ptr_array_index (materials, i);
    if (other->set & target->field->set_mask)
      dio_field_store (target->field, other, value);
  }
}

static gboolean
store_rotation (DioNode *node, const DioPropertyValue *value, GError **error)
{
  const double *q = value->number;
  if (q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3] < 1e-12) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "The rotation of node \"%s\" must be a quaternion of length 1, is 0", node->id);
    return FALSE;
  }
  node->parent_from_node.q_wxyz = dio_quat_settle ((DioQuat){ q[0], q[1], q[2], q[3] });
  return TRUE;
}

static void
store_field (DioNode *node, const DioField *field, const DioPropertyValue *value)
{
  if (node->kind == DIO_NODE_SENSOR)
    switch_intrinsics (&node->sensor, field->rules);
  dio_field_store (field, node, value);
  if (node->kind != DIO_NODE_MODEL || value->string == NULL)
    return;
  if (strcmp (field->info.path, "model/asset") == 0) {
    g_clear_pointer (&node->model.parametric, g_free);
    g_hash_table_remove_all (node->model.parameters);
  } else if (strcmp (field->info.path, "model/parametric") == 0) {
    g_clear_pointer (&node->model.asset, g_free);
    dio_model_props_drop_foreign_parameters (&node->model);
  }
}

gboolean
dio_node_set_property (DioNode *node,
                       const char *path,
                       const DioPropertyValue *value,
                       GError **error)
{
  g_return_val_if_fail (node != NULL && path != NULL && value != NULL, FALSE);
  g_auto (DioPropertyTarget) target = { 0 };
  if (!locate (node, path, &target, error))
    return FALSE;
  if (target.parameter != NULL)
    return set_parameter (node, target.parameter, value->number[0], error);
  g_autofree char *message = NULL;
  if (dio_field_check (target.field, value, &message) != NULL) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "Property \"%s\" of node \"%s\" %s", path,
                 node->id, message);
    return FALSE;
  }
  if (target.slot != NULL) {
    store_material (node, &target, value);
    return TRUE;
  }
  if (target.field->info.type == DIO_PROPERTY_VEC4)
    return store_rotation (node, value, error);
  store_field (node, target.field, value);
  return TRUE;
}

gboolean
dio_node_set_property_json (DioNode *node, const char *path, const json_t *json, GError **error)
{
  g_auto (DioPropertyTarget) target = { 0 };
  if (!locate (node, path, &target, error))
    return FALSE;
  DioPropertyValue value = { 0 };
  g_autofree char *message = NULL;
  if (target.field != NULL) {
    dio_field_decode (target.field, json, &value, &message);
  } else if (json_is_number (json)) {
    value.number[0] = json_number_value (json);
  } else {
    message = g_strdup_printf ("must be a number, is %s", dio_json_describe_type (json));
  }
  if (message == NULL)
    return dio_node_set_property (node, path, &value, error);
  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "Property \"%s\" of node \"%s\" %s", path,
               node->id, message);
  return FALSE;
}

gboolean
dio_node_reset_property (DioNode *node, const char *path, GError **error)
{
  g_auto (DioPropertyTarget) target = { 0 };
  if (!locate (node, path, &target, error))
    return FALSE;
  if (target.parameter != NULL) {
    g_hash_table_remove (node->model.parameters, target.parameter);
    return TRUE;
  }
  if (target.slot != NULL) {
    dio_model_props_reset_material (&node->model, target.slot, target.field);
    return TRUE;
  }
  DioPropertyValue value = { .string = target.field->default_text };
  memcpy (value.number, target.field->defaults, sizeof value.number);
  /* K has no default of its own: without it the lens is in force. */
  if (target.field->rules & DIO_FIELD_K)
    switch_intrinsics (&node->sensor, DIO_FIELD_LENS);
  else
    store_field (node, target.field, &value);
  return TRUE;
}

static gboolean
get_material (const DioNode *node,
              const DioPropertyTarget *target,
              DioPropertyValue *value,
              GError **error)
{
  const DioMaterialOverride *found =
      dio_model_props_find_material (&node->model, target->slot, target->field->set_mask);
  if (found == NULL) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND,
                 "Node \"%s\" leaves \"%s\" of material \"%s\" to the model", node->id,
                 dio_field_get_key (target->field), target->slot);
    return FALSE;
  }
  dio_field_fetch (target->field, found, value);
  return TRUE;
}

gboolean
dio_node_get_property (const DioNode *node,
                       const char *path,
                       DioPropertyValue *value,
                       GError **error)
{
  g_return_val_if_fail (node != NULL && path != NULL && value != NULL, FALSE);
  *value = (DioPropertyValue){ 0 };
  g_auto (DioPropertyTarget) target = { 0 };
  if (!locate (node, path, &target, error))
    return FALSE;
  if (target.parameter != NULL) {
    const DioParametricParam *param = find_parameter (node, target.parameter, error);
    if (param == NULL)
      return FALSE;
    const double *given = g_hash_table_lookup (node->model.parameters, param->name);
    value->number[0] = given != NULL ? *given : param->default_value;
    return TRUE;
  }
  if (target.slot != NULL)
    return get_material (node, &target, value, error);
  if (node->kind != DIO_NODE_SENSOR) {
    dio_field_fetch (target.field, node, value);
    return TRUE;
  }
  /* The numbers in force, also of the form that the sensor does not use. */
  DioNode seen = *node;
  switch_intrinsics (&seen.sensor, target.field->rules);
  dio_field_fetch (target.field, &seen, value);
  return TRUE;
}
