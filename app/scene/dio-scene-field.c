#define G_LOG_DOMAIN "dio-scene"

#include "dio-scene-field-private.h"

#include <math.h>
#include <string.h>

const char *
dio_field_get_key (const DioField *field)
{
  const char *slash = strrchr (field->info.path, '/');
  return slash != NULL ? slash + 1 : field->info.path;
}

static gboolean
is_in_section (const DioField *field, const char *section)
{
  const char *slash = strchr (field->info.path, '/');
  if (section == NULL || slash == NULL)
    return section == NULL && slash == NULL;
  gsize length = (gsize) (slash - field->info.path);
  return strlen (section) == length && strncmp (section, field->info.path, length) == 0;
}

gboolean
dio_field_view_has (const DioFieldView *view, const DioField *field)
{
  gboolean kind = field->info.kinds == 0 || (field->info.kinds & view->kinds) != 0;
  return kind && (field->rules & view->skip) == 0 && is_in_section (field, view->section);
}

const DioField *
dio_field_view_find (const DioFieldView *view, const char *key)
{
  for (guint i = 0; i < view->n; i++) {
    const DioField *field = &view->fields[i];
    if (dio_field_view_has (view, field) && strcmp (dio_field_get_key (field), key) == 0)
      return field;
  }
  return NULL;
}

/* ---- values ----
 * Checks return the code of the fault, a static string, and put its sentence into *message; NULL is fine. The code is
 * what programs test, the sentence what people read, so they travel together. */

static char *
format_number (double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.9g", value));
}

static const char *
check_number (const DioField *field, double value, char **message)
{
  const DioPropertyInfo *info = &field->info;
  if (!isfinite (value)) {
    *message = g_strdup ("must be a finite number");
    return "not-finite";
  }
  gboolean positive = (field->rules & DIO_FIELD_POSITIVE) != 0;
  gboolean low = positive ? value <= info->min : value < info->min;
  if (!low && value <= info->max)
    return NULL;
  g_autofree char *bound = format_number (low ? info->min : info->max);
  g_autofree char *shown = format_number (value);
  const char *relation = low ? (positive ? ">" : ">=") : "<=";
  *message = g_strdup_printf ("must be %s %s, is %s", relation, bound, shown);
  return "out-of-range";
}

static const char *
check_text (const DioField *field, const char *text, char **message)
{
  if (text == NULL) {
    if (field->rules & DIO_FIELD_NULLABLE)
      return NULL;
    *message = g_strdup ("must be a string");
    return "wrong-type";
  }
  if ((double) strlen (text) > field->info.max) {
    *message = g_strdup_printf ("must have at most %.0f bytes, has %" G_GSIZE_FORMAT,
                                field->info.max, strlen (text));
    return "too-long";
  }
  const char *wrong = field->check_text_cb != NULL ? field->check_text_cb (text) : NULL;
  if (wrong == NULL)
    return NULL;
  *message = g_strdup (wrong);
  return "bad-text";
}

const char *
dio_field_check (const DioField *field, const DioPropertyValue *value, char **message)
{
  const DioPropertyInfo *info = &field->info;
  if (info->type == DIO_PROPERTY_STRING)
    return check_text (field, value->string, message);
  if (info->type == DIO_PROPERTY_ENUM) {
    guint n = g_strv_length ((GStrv) info->enum_names);
    for (guint i = 0; i < n; i++) {
      if (value->number[0] == i)
        return NULL;
    }
    *message = g_strdup ("is no value of this choice");
    return "out-of-range";
  }
  for (guint i = 0; i < dio_property_type_get_size (info->type); i++) {
    const char *code = check_number (field, value->number[i], message);
    if (code != NULL)
      return code;
  }
  gboolean whole = info->type == DIO_PROPERTY_INTEGER || info->type == DIO_PROPERTY_BOOLEAN;
  if (whole && floor (value->number[0]) != value->number[0]) {
    g_autofree char *shown = format_number (value->number[0]);
    *message = g_strdup_printf ("must be a whole number, is %s", shown);
    return "wrong-type";
  }
  return NULL;
}

/* ---- JSON ---- */

static const char *
expect (const json_t *json, const char *what, char **message)
{
  *message = g_strdup_printf ("must be %s, is %s", what, dio_json_describe_type (json));
  return "wrong-type";
}

static const char *
decode_vector (const json_t *json, guint size, DioPropertyValue *value, char **message)
{
  if (!json_is_array (json) || json_array_size (json) != size) {
    g_autofree char *what = g_strdup_printf ("an array of %u numbers", size);
    if (!json_is_array (json))
      return expect (json, what, message);
    *message = g_strdup_printf ("must be %s, has %" G_GSIZE_FORMAT, what, json_array_size (json));
    return "wrong-type";
  }
  for (guint i = 0; i < size; i++) {
    const json_t *item = json_array_get (json, i);
    if (!json_is_number (item)) {
      *message = g_strdup_printf ("must be an array of %u numbers, entry %u is %s", size, i,
                                  dio_json_describe_type (item));
      return "wrong-type";
    }
    value->number[i] = json_number_value (item);
  }
  return NULL;
}

/* Names are compared exactly: a document that differs in case was not written by us, and guessing hides that. */
static const char *
decode_enum (const DioField *field, const json_t *json, DioPropertyValue *value, char **message)
{
  const char *const *names = field->info.enum_names;
  const char *text = dio_json_get_text (json);
  for (guint i = 0; text != NULL && names[i] != NULL; i++) {
    if (strcmp (names[i], text) == 0) {
      value->number[0] = i;
      return NULL;
    }
  }
  g_autofree char *list = g_strjoinv ("\", \"", (GStrv) names);
  g_autofree char *shown = dio_json_describe_value (json);
  *message = g_strdup_printf ("must be one of \"%s\", is %s", list, shown);
  return json_is_string (json) ? "unknown-name" : "wrong-type";
}

static const char *
decode_color (const json_t *json, DioPropertyValue *value, char **message)
{
  const char *text = dio_json_get_text (json);
  gboolean good = text != NULL && strlen (text) == 7 && text[0] == '#';
  for (guint i = 1; good && i < 7; i++)
    good = g_ascii_isxdigit (text[i]);
  if (!good) {
    g_autofree char *shown = dio_json_describe_value (json);
    *message = g_strdup_printf ("must be a colour \"#rrggbb\", is %s", shown);
    return "bad-text";
  }
  for (guint i = 0; i < 3; i++)
    value->number[i] =
        g_ascii_xdigit_value (text[1 + 2 * i]) * 16 + g_ascii_xdigit_value (text[2 + 2 * i]);
  return NULL;
}

static const char *
decode_text (const DioField *field, const json_t *json, DioPropertyValue *value, char **message)
{
  gboolean nullable = (field->rules & DIO_FIELD_NULLABLE) != 0;
  if (nullable && json_is_null (json)) {
    value->string = NULL;
    return NULL;
  }
  value->string = dio_json_get_text (json);
  if (value->string != NULL)
    return NULL;
  if (json_is_string (json)) {
    *message = g_strdup ("must not contain a zero byte");
    return "bad-text";
  }
  return expect (json, nullable ? "a string or null" : "a string", message);
}

/* The JSON form alone; ranges come after it, the same for values that never were JSON. */
static const char *
decode_form (const DioField *field, const json_t *json, DioPropertyValue *value, char **message)
{
  if (field->store == DIO_STORE_COLOR8)
    return decode_color (json, value, message);
  switch (field->info.type) {
  case DIO_PROPERTY_STRING:
    return decode_text (field, json, value, message);
  case DIO_PROPERTY_ENUM:
    return decode_enum (field, json, value, message);
  case DIO_PROPERTY_BOOLEAN:
    if (!json_is_boolean (json))
      return expect (json, "true or false", message);
    value->number[0] = json_is_true (json) ? 1 : 0;
    return NULL;
  case DIO_PROPERTY_NUMBER:
  case DIO_PROPERTY_INTEGER:
    if (!json_is_number (json))
      return expect (json, "a number", message);
    value->number[0] = json_number_value (json);
    return NULL;
  case DIO_PROPERTY_VEC2:
  case DIO_PROPERTY_VEC3:
  case DIO_PROPERTY_VEC4:
  default:
    return decode_vector (json, dio_property_type_get_size (field->info.type), value, message);
  }
}

const char *
dio_field_decode (const DioField *field,
                  const json_t *json,
                  DioPropertyValue *value,
                  char **message)
{
  *value = (DioPropertyValue){ 0 };
  *message = NULL;
  const char *code = decode_form (field, json, value, message);
  return code != NULL ? code : dio_field_check (field, value, message);
}

json_t *
dio_field_encode (const DioField *field, const DioPropertyValue *value)
{
  if (field->store == DIO_STORE_COLOR8) {
    g_autofree char *text = g_strdup_printf ("#%02x%02x%02x", (guint) value->number[0],
                                             (guint) value->number[1], (guint) value->number[2]);
    return json_string (text);
  }
  switch (field->info.type) {
  case DIO_PROPERTY_STRING:
    return value->string != NULL ? json_string (value->string) : json_null ();
  case DIO_PROPERTY_ENUM:
    return json_string (field->info.enum_names[(guint) value->number[0]]);
  case DIO_PROPERTY_BOOLEAN:
    return json_boolean (value->number[0] != 0);
  case DIO_PROPERTY_INTEGER:
    return json_integer ((json_int_t) value->number[0]);
  case DIO_PROPERTY_NUMBER:
    return json_real (value->number[0]);
  case DIO_PROPERTY_VEC2:
  case DIO_PROPERTY_VEC3:
  case DIO_PROPERTY_VEC4:
  default:
    break;
  }
  json_t *array = json_array ();
  for (guint i = 0; i < dio_property_type_get_size (field->info.type); i++)
    json_array_append_new (array, json_real (value->number[i]));
  return array;
}

/* ---- memory ---- */

void
dio_field_store (const DioField *field, gpointer base, const DioPropertyValue *value)
{
  gpointer at = (char *) base + field->offset;
  switch (field->store) {
  case DIO_STORE_DOUBLES:
    /* Adding 0 turns -0 into 0: "-0" reads back as the integer 0, and texts must be stable. */
    for (guint i = 0; i < dio_property_type_get_size (field->info.type); i++)
      ((double *) at)[i] = value->number[i] + 0.0;
    break;
  case DIO_STORE_INT:
  case DIO_STORE_ENUM:
    *(int *) at = (int) value->number[0];
    break;
  case DIO_STORE_COLOR8:
    for (guint i = 0; i < 3; i++)
      ((guint8 *) at)[i] = (guint8) value->number[i];
    break;
  case DIO_STORE_TEXT:
  default: {
    char *text = g_strdup (value->string);
    g_free (*(char **) at);
    *(char **) at = text;
  }
  }
  if (field->set_mask != 0)
    ((DioMaterialOverride *) base)->set |= field->set_mask;
}

void
dio_field_fetch (const DioField *field, gconstpointer base, DioPropertyValue *value)
{
  gconstpointer at = (const char *) base + field->offset;
  *value = (DioPropertyValue){ 0 };
  switch (field->store) {
  case DIO_STORE_DOUBLES:
    memcpy (value->number, at, sizeof (double) * dio_property_type_get_size (field->info.type));
    break;
  case DIO_STORE_INT:
  case DIO_STORE_ENUM:
    value->number[0] = *(const int *) at;
    break;
  case DIO_STORE_COLOR8:
    for (guint i = 0; i < 3; i++)
      value->number[i] = ((const guint8 *) at)[i];
    break;
  case DIO_STORE_TEXT:
  default:
    value->string = *(char *const *) at;
  }
}

void
dio_field_store_default (const DioField *field, gpointer base)
{
  DioPropertyValue value = { .string = field->default_text };
  memcpy (value.number, field->defaults, sizeof value.number);
  dio_field_store (field, base, &value);
  if (field->set_mask != 0)
    ((DioMaterialOverride *) base)->set &= ~field->set_mask;
}

gboolean
dio_field_is_default (const DioField *field, gconstpointer base)
{
  if (field->set_mask != 0)
    return (((const DioMaterialOverride *) base)->set & field->set_mask) == 0;
  DioPropertyValue value;
  dio_field_fetch (field, base, &value);
  if (field->store == DIO_STORE_TEXT)
    return g_strcmp0 (value.string, field->default_text) == 0;
  guint n = field->store == DIO_STORE_COLOR8 ? 3 : dio_property_type_get_size (field->info.type);
  for (guint i = 0; i < n; i++) {
    gboolean both_absent = isnan (value.number[i]) && isnan (field->defaults[i]);
    if (value.number[i] != field->defaults[i] && !both_absent)
      return FALSE;
  }
  return TRUE;
}
