#define G_LOG_DOMAIN "dio-scene"

#include "dio-scene-node-private.h"

#include "dio-core-pose.h"
#include "dio-scene-model-private.h"
#include "dio-scene-property-private.h"

#include <math.h>
#include <string.h>

/* The section of each kind; groups have none. */
static const char *const section_names[] = { NULL, "model", "light", "sensor" };
static const char *const node_extra_keys[] = { "id", "kind", "model", "light", "sensor", NULL };
static const char *const k_keys[] = { "fx", "fy", "cx", "cy", NULL };
static const char *const lens_keys[] = { "focal_length_mm", "sensor_width_mm", NULL };

/* ---- memory ---- */

DioNode *
dio_node_new (DioNodeKind kind, const char *id)
{
  DioNode *node = g_new0 (DioNode, 1);
  g_atomic_ref_count_init (&node->refs);
  node->id = g_strdup (id);
  node->kind = kind;
  DioFieldView view = dio_node_get_view (kind, NULL);
  dio_fields_init (&view, node);
  if (section_names[kind] != NULL) {
    view.section = section_names[kind];
    dio_fields_init (&view, node);
  }
  if (kind == DIO_NODE_MODEL)
    dio_model_props_init (&node->model);
  return node;
}

DioNode *
dio_node_copy (const DioNode *node)
{
  g_return_val_if_fail (node != NULL, NULL);
  DioNode *copy = g_memdup2 (node, sizeof (DioNode));
  g_atomic_ref_count_init (&copy->refs);
  copy->id = g_strdup (copy->id);
  DioFieldView view = dio_node_get_view (copy->kind, NULL);
  dio_fields_dup_texts (&view, copy);
  if (section_names[copy->kind] != NULL) {
    view.section = section_names[copy->kind];
    dio_fields_dup_texts (&view, copy);
  }
  if (copy->kind == DIO_NODE_MODEL)
    dio_model_props_dup_tables (&copy->model);
  return copy;
}

DioNode *
dio_node_ref (DioNode *node)
{
  g_return_val_if_fail (node != NULL, NULL);
  g_atomic_ref_count_inc (&node->refs);
  return node;
}

void
dio_node_unref (DioNode *node)
{
  if (node == NULL || !g_atomic_ref_count_dec (&node->refs))
    return;
  DioFieldView view = dio_node_get_view (node->kind, NULL);
  dio_fields_clear (&view, node);
  if (section_names[node->kind] != NULL) {
    view.section = section_names[node->kind];
    dio_fields_clear (&view, node);
  }
  if (node->kind == DIO_NODE_MODEL)
    dio_model_props_clear (&node->model);
  g_free (node->id);
  g_free (node);
}

/* ---- reading ---- */

DioQuat
dio_quat_settle (DioQuat q)
{
  double length = sqrt (q.w * q.w + q.x * q.x + q.y * q.y + q.z * q.z);
  if (fabs (length - 1) > 1e-12)
    q = dio_quat_normalize (q);
  return (DioQuat){ q.w + 0.0, q.x + 0.0, q.y + 0.0, q.z + 0.0 };
}

static gboolean
read_kind (DioReader *reader, const json_t *json, DioNodeKind *kind)
{
  const json_t *value = json_object_get (json, "kind");
  const char *text = dio_json_get_text (value);
  for (guint i = 0; text != NULL && dio_node_kind_names[i] != NULL; i++) {
    if (strcmp (text, dio_node_kind_names[i]) == 0) {
      *kind = i;
      return TRUE;
    }
  }
  g_autofree char *shown = dio_json_describe_value (value);
  dio_reader_fault_at (reader, "kind",
                       value == NULL            ? "missing"
                       : json_is_string (value) ? "unknown-name"
                                                : "wrong-type",
                       "must be one of \"group\", \"model\", \"light\", \"sensor\", is %s", shown);
  return FALSE;
}

static gboolean
has_any_key (const json_t *object, const char *const *keys)
{
  for (guint i = 0; keys[i] != NULL; i++) {
    if (json_object_get (object, keys[i]) != NULL)
      return TRUE;
  }
  return FALSE;
}

/* K and lens describe the same thing, so a file that gives both would need a rule for which one wins. */
static void
read_sensor (DioReader *reader, const json_t *json, DioNode *node)
{
  node->sensor.has_k = has_any_key (json, k_keys);
  if (node->sensor.has_k && has_any_key (json, lens_keys)) {
    dio_reader_fault (reader, "contradiction",
                      "gives both K (fx, fy, cx, cy) and a lens (focal_length_mm, "
                      "sensor_width_mm); keep one of them");
    return;
  }
  for (guint i = 0; node->sensor.has_k && k_keys[i] != NULL; i++) {
    if (json_object_get (json, k_keys[i]) == NULL)
      dio_reader_fault_at (reader, k_keys[i], "missing",
                           "is missing; fx, fy, cx and cy belong together");
  }
  DioFieldView view = dio_node_get_sensor_view (node->sensor.has_k);
  dio_fields_read (&view, reader, json, NULL, node);
}

static void
read_section (DioReader *reader, const json_t *json, DioNode *node)
{
  if (!dio_reader_expect (reader, json, JSON_OBJECT, "an object"))
    return;
  DioFieldView view = dio_node_get_view (node->kind, section_names[node->kind]);
  switch (node->kind) {
  case DIO_NODE_MODEL:
    dio_fields_read (&view, reader, json, dio_model_extra_keys, node);
    dio_model_props_read (reader, json, &node->model);
    break;
  case DIO_NODE_LIGHT:
    dio_fields_read (&view, reader, json, NULL, node);
    break;
  case DIO_NODE_SENSOR:
    read_sensor (reader, json, node);
    break;
  case DIO_NODE_GROUP:
  default:
    g_assert_not_reached ();
  }
}

static void
read_sections (DioReader *reader, const json_t *json, DioNode *node)
{
  for (DioNodeKind kind = DIO_NODE_MODEL; kind <= DIO_NODE_SENSOR; kind++) {
    const json_t *section = json_object_get (json, section_names[kind]);
    if (kind != node->kind) {
      if (section != NULL)
        dio_reader_fault_at (reader, section_names[kind], "misplaced-key",
                             "is not a property of %s; remove it",
                             dio_node_kind_describe (node->kind));
      continue;
    }
    gsize mark = dio_reader_push_key (reader, section_names[kind]);
    if (section == NULL)
      dio_reader_fault (reader, "missing", "is missing; %s needs it",
                        dio_node_kind_describe (node->kind));
    else
      read_section (reader, section, node);
    dio_reader_pop (reader, mark);
  }
}

/* Rules between values are asked only where each value is good: else one slip would give two faults. */
DioNode *
dio_node_read (DioReader *reader, const json_t *json)
{
  if (!dio_reader_expect (reader, json, JSON_OBJECT, "an object"))
    return NULL;
  guint faults_before = reader->n_faults;
  DioNodeKind kind = DIO_NODE_GROUP;
  const char *id = dio_reader_read_id (reader, json);
  if (!read_kind (reader, json, &kind) || id == NULL)
    return NULL;
  DioNode *node = dio_node_new (kind, id);
  DioFieldView view = dio_node_get_view (kind, NULL);
  dio_fields_read (&view, reader, json, node_extra_keys, node);
  read_sections (reader, json, node);
  if (reader->n_faults == faults_before)
    dio_node_check (reader, node);
  node->parent_from_node.q_wxyz = dio_quat_settle (node->parent_from_node.q_wxyz);
  return node;
}

/* ---- writing ---- */

json_t *
dio_node_to_json (const DioNode *node)
{
  json_t *json = json_pack ("{s:s,s:s}", "id", node->id, "kind", dio_node_kind_names[node->kind]);
  DioFieldView view = dio_node_get_view (node->kind, NULL);
  dio_fields_write (&view, json, node);
  if (node->kind == DIO_NODE_GROUP)
    return json;
  json_t *section = json_object ();
  view = node->kind == DIO_NODE_SENSOR ? dio_node_get_sensor_view (node->sensor.has_k)
                                       : dio_node_get_view (node->kind, section_names[node->kind]);
  dio_fields_write (&view, section, node);
  if (node->kind == DIO_NODE_MODEL)
    dio_model_props_write (&node->model, section);
  json_object_set_new (json, section_names[node->kind], section);
  return json;
}

/* ---- schema ---- */

/* If one of K is given, all of K are and nothing of a lens. */
static void
describe_sensor (json_t *schema)
{
  json_t *any_k = json_array ();
  for (guint i = 0; k_keys[i] != NULL; i++)
    json_array_append_new (any_k, json_pack ("{s:[s]}", "required", k_keys[i]));
  json_t *lens = json_array ();
  for (guint i = 0; lens_keys[i] != NULL; i++)
    json_array_append_new (lens, json_pack ("{s:[s]}", "required", lens_keys[i]));
  json_object_set_new (schema, "if", json_pack ("{s:o}", "anyOf", any_k));
  json_object_set_new (schema, "then",
                       json_pack ("{s:[s,s,s,s],s:{s:o}}", "required", "fx", "fy", "cx", "cy",
                                  "not", "anyOf", lens));
}

static json_t *
describe_section (DioNodeKind kind)
{
  json_t *schema = dio_schema_new_object ();
  DioFieldView view = dio_node_get_view (kind, section_names[kind]);
  dio_fields_describe (&view, schema);
  if (kind == DIO_NODE_MODEL)
    dio_model_props_describe (schema);
  if (kind == DIO_NODE_SENSOR)
    describe_sensor (schema);
  return schema;
}

static json_t *
describe_kind (DioNodeKind kind)
{
  json_t *schema = dio_schema_new_object ();
  json_t *properties = json_object_get (schema, "properties");
  json_t *required = json_object_get (schema, "required");
  json_object_set_new (properties, "id", json_pack ("{s:s}", "$ref", "#/$defs/id"));
  json_object_set_new (properties, "kind", json_pack ("{s:s}", "const", dio_node_kind_names[kind]));
  json_array_append_new (required, json_string ("id"));
  json_array_append_new (required, json_string ("kind"));
  DioFieldView view = dio_node_get_view (kind, NULL);
  dio_fields_describe (&view, schema);
  if (section_names[kind] != NULL) {
    json_object_set_new (properties, section_names[kind], describe_section (kind));
    json_array_append_new (required, json_string (section_names[kind]));
  }
  return schema;
}

json_t *
dio_node_to_schema (void)
{
  json_t *kinds = json_array ();
  for (DioNodeKind kind = DIO_NODE_GROUP; kind <= DIO_NODE_SENSOR; kind++)
    json_array_append_new (kinds, describe_kind (kind));
  return json_pack ("{s:o}", "oneOf", kinds);
}
