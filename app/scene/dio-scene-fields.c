#define G_LOG_DOMAIN "dio-scene"

/* Whole structs through their tables of fields: defaults, reading, writing, schema. */

#include "dio-scene-field-private.h"

#include <math.h>
#include <string.h>

void
dio_fields_init (const DioFieldView *view, gpointer base)
{
  for (guint i = 0; i < view->n; i++) {
    if (dio_field_view_has (view, &view->fields[i]))
      dio_field_store_default (&view->fields[i], base);
  }
}

void
dio_fields_dup_texts (const DioFieldView *view, gpointer base)
{
  for (guint i = 0; i < view->n; i++) {
    const DioField *field = &view->fields[i];
    if (field->store == DIO_STORE_TEXT && dio_field_view_has (view, field)) {
      char **at = (char **) ((char *) base + field->offset);
      *at = g_strdup (*at);
    }
  }
}

void
dio_fields_clear (const DioFieldView *view, gpointer base)
{
  for (guint i = 0; i < view->n; i++) {
    const DioField *field = &view->fields[i];
    if (field->store == DIO_STORE_TEXT && dio_field_view_has (view, field))
      g_clear_pointer ((char **) ((char *) base + field->offset), g_free);
  }
}

/* A key that the table has for other kinds is a misplaced one, not an unknown one. */
static gboolean
is_known_elsewhere (const DioFieldView *view, const char *key)
{
  DioFieldView all = *view;
  all.kinds = G_MAXUINT;
  return dio_field_view_find (&all, key) != NULL;
}

/* The misspelt key and the key of another kind are the two slips of hand-written documents; each has its hint. */
static void
fault_key (const DioFieldView *view, DioReader *reader, const char *key, const char *const *extras)
{
  if (is_known_elsewhere (view, key)) {
    dio_reader_fault_at (reader, key, "misplaced-key", "is not a property of %s; remove it",
                         view->owner);
    return;
  }
  g_autoptr (GPtrArray) known = g_ptr_array_new ();
  for (guint i = 0; i < view->n; i++) {
    if (dio_field_view_has (view, &view->fields[i]))
      g_ptr_array_add (known, (gpointer) dio_field_get_key (&view->fields[i]));
  }
  for (guint i = 0; extras != NULL && extras[i] != NULL; i++)
    g_ptr_array_add (known, (gpointer) extras[i]);
  dio_reader_fault_unknown (reader, key, known);
}

static void
read_field (const DioField *field, DioReader *reader, const json_t *json, gpointer base)
{
  DioPropertyValue value;
  g_autofree char *message = NULL;
  const char *code = dio_field_decode (field, json, &value, &message);
  if (code != NULL)
    dio_reader_fault_at (reader, dio_field_get_key (field), code, "%s", message);
  else
    dio_field_store (field, base, &value);
}

void
dio_fields_read (const DioFieldView *view,
                 DioReader *reader,
                 const json_t *object,
                 const char *const *extras,
                 gpointer base)
{
  const char *key;
  json_t *value;
  json_object_foreach ((json_t *) object, key, value) {
    const DioField *field = dio_field_view_find (view, key);
    if (field != NULL)
      read_field (field, reader, value, base);
    else if (extras == NULL || !g_strv_contains (extras, key))
      fault_key (view, reader, key, extras);
  }
  for (guint i = 0; i < view->n; i++) {
    const DioField *field = &view->fields[i];
    gboolean required = (field->rules & DIO_FIELD_REQUIRED) && dio_field_view_has (view, field);
    const char *name = dio_field_get_key (field);
    if (required && json_object_get (object, name) == NULL)
      dio_reader_fault_at (reader, name, "missing", "is missing; %s needs it", view->owner);
  }
}

void
dio_fields_write (const DioFieldView *view, json_t *object, gconstpointer base)
{
  for (guint i = 0; i < view->n; i++) {
    const DioField *field = &view->fields[i];
    if (!dio_field_view_has (view, field))
      continue;
    if (dio_field_is_default (field, base) && (field->rules & DIO_FIELD_ALWAYS) == 0)
      continue;
    DioPropertyValue value;
    dio_field_fetch (field, base, &value);
    json_object_set_new (object, dio_field_get_key (field), dio_field_encode (field, &value));
  }
}

/* ---- schema ---- */

static json_t *
describe_number (const DioField *field, const char *type)
{
  const DioPropertyInfo *info = &field->info;
  json_t *schema = json_pack ("{s:s}", "type", type);
  const char *lower = field->rules & DIO_FIELD_POSITIVE ? "exclusiveMinimum" : "minimum";
  json_object_set_new (schema, lower, json_real (info->min));
  json_object_set_new (schema, "maximum", json_real (info->max));
  return schema;
}

static json_t *
describe_text (const DioField *field)
{
  json_t *schema = json_object ();
  if (field->rules & DIO_FIELD_NULLABLE)
    json_object_set_new (schema, "type", json_pack ("[s,s]", "string", "null"));
  else
    json_object_set_new (schema, "type", json_string ("string"));
  json_object_set_new (schema, "maxLength", json_integer ((json_int_t) field->info.max));
  if (field->pattern != NULL)
    json_object_set_new (schema, "pattern", json_string (field->pattern));
  return schema;
}

static json_t *
describe_enum (const DioField *field)
{
  json_t *names = json_array ();
  for (guint i = 0; field->info.enum_names[i] != NULL; i++)
    json_array_append_new (names, json_string (field->info.enum_names[i]));
  return json_pack ("{s:o}", "enum", names);
}

/* The JSON schema of one field, the counterpart of decode_form in dio-scene-field.c. */
static json_t *
describe_form (const DioField *field)
{
  if (field->store == DIO_STORE_COLOR8)
    return json_pack ("{s:s,s:s}", "type", "string", "pattern", "^#[0-9A-Fa-f]{6}$");
  switch (field->info.type) {
  case DIO_PROPERTY_STRING:
    return describe_text (field);
  case DIO_PROPERTY_ENUM:
    return describe_enum (field);
  case DIO_PROPERTY_BOOLEAN:
    return json_pack ("{s:s}", "type", "boolean");
  case DIO_PROPERTY_INTEGER:
    return describe_number (field, "integer");
  case DIO_PROPERTY_NUMBER:
    return describe_number (field, "number");
  case DIO_PROPERTY_VEC2:
  case DIO_PROPERTY_VEC3:
  case DIO_PROPERTY_VEC4:
  default:
    break;
  }
  int n = (int) dio_property_type_get_size (field->info.type);
  return json_pack ("{s:s,s:o,s:i,s:i}", "type", "array", "items",
                    describe_number (field, "number"), "minItems", n, "maxItems", n);
}

void
dio_fields_describe (const DioFieldView *view, json_t *schema)
{
  json_t *properties = json_object_get (schema, "properties");
  json_t *required = json_object_get (schema, "required");
  g_assert (json_is_object (properties) && json_is_array (required));
  for (guint i = 0; i < view->n; i++) {
    const DioField *field = &view->fields[i];
    if (!dio_field_view_has (view, field))
      continue;
    const DioPropertyInfo *info = &field->info;
    json_t *form = describe_form (field);
    if (info->unit != NULL && info->unit[0] != '\0') {
      g_autofree char *title = g_strdup_printf ("%s (%s)", info->label, info->unit);
      json_object_set_new (form, "title", json_string (title));
    } else {
      json_object_set_new (form, "title", json_string (info->label));
    }
    DioPropertyValue value;
    value.string = field->default_text;
    memcpy (value.number, field->defaults, sizeof value.number);
    gboolean has_default = (field->rules & (DIO_FIELD_REQUIRED | DIO_FIELD_K)) == 0
                           && field->set_mask == 0 && !isnan (field->defaults[0]);
    if (has_default)
      json_object_set_new (form, "default", dio_field_encode (field, &value));
    json_object_set_new (properties, dio_field_get_key (field), form);
    if (field->rules & DIO_FIELD_REQUIRED)
      json_array_append_new (required, json_string (dio_field_get_key (field)));
  }
}
