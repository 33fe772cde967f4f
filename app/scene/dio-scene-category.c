#define G_LOG_DOMAIN "dio-scene"

#include "dio-scene-category-private.h"

#include "dio-core-math.h"
#include "dio-scene-node-private.h"

#include <glib/gi18n-lib.h>

#define MAX_TEXT_BYTES 1024

static const char *const kind_names[] = { "stuff", "thing", NULL };
static const char *const cone_outside_names[] = { "keep", "ignore", "category", NULL };
static const char *const extra_keys[] = { "id", NULL };

#define STRUCT DioCategory

static const DioField fields[] = {
  { DIO_FIELD_TEXT ("name", N_ ("Name"), name, MAX_TEXT_BYTES, "") },
  { DIO_FIELD_TEXT ("supercategory", N_ ("Supercategory"), supercategory, MAX_TEXT_BYTES, "") },
  { DIO_FIELD_BASE (
        "color", N_ ("Colour in drawings"), "", DIO_PROPERTY_VEC3, DIO_STORE_COLOR8, color),
    .info.max = 255, .defaults = { 128, 128, 128 } },
  { DIO_FIELD_ENUM ("kind", N_ ("Kind"), thing, kind_names, TRUE),
    .rules = DIO_FIELD_REQUIRED | DIO_FIELD_ALWAYS },
  { DIO_FIELD_NUMBER (
      "front_cone_rad", N_ ("Front cone, 0 = none"), "rad", front_cone_rad, 0, DIO_PI, 0) },
  { DIO_FIELD_ENUM ("cone_outside",
                    N_ ("Seen from outside the front cone"),
                    cone_outside,
                    cone_outside_names,
                    DIO_CONE_OUTSIDE_KEEP) },
  { DIO_FIELD_TEXT ("front_cone_category",
                    N_ ("Category outside the front cone"),
                    front_cone_category,
                    DIO_ID_MAX_LENGTH,
                    NULL),
    .rules = DIO_FIELD_NULLABLE },
};

static DioFieldView
get_view (void)
{
  return (DioFieldView){
    .fields = fields, .n = G_N_ELEMENTS (fields), .kinds = G_MAXUINT, .owner = "a category"
  };
}

DioCategory *
dio_category_ref (DioCategory *category)
{
  g_atomic_ref_count_inc (&category->refs);
  return category;
}

void
dio_category_unref (DioCategory *category)
{
  if (category == NULL || !g_atomic_ref_count_dec (&category->refs))
    return;
  DioFieldView view = get_view ();
  dio_fields_clear (&view, category);
  g_free (category->id);
  g_free (category);
}

DioCategory *
dio_category_read (DioReader *reader, const json_t *json)
{
  if (!dio_reader_expect (reader, json, JSON_OBJECT, "an object"))
    return NULL;
  const char *id = dio_reader_read_id (reader, json);
  if (id == NULL)
    return NULL;
  DioCategory *category = g_new0 (DioCategory, 1);
  g_atomic_ref_count_init (&category->refs);
  category->id = g_strdup (id);
  DioFieldView view = get_view ();
  dio_fields_init (&view, category);
  dio_fields_read (&view, reader, json, extra_keys, category);
  gboolean other = category->cone_outside == DIO_CONE_OUTSIDE_OTHER;
  if (other && category->front_cone_category == NULL)
    dio_reader_fault_at (reader, "front_cone_category", "missing",
                         "is missing; cone_outside \"category\" needs it");
  return category;
}

json_t *
dio_category_to_json (const DioCategory *category)
{
  json_t *json = json_pack ("{s:s}", "id", category->id);
  DioFieldView view = get_view ();
  dio_fields_write (&view, json, category);
  return json;
}

json_t *
dio_category_to_schema (void)
{
  json_t *schema = dio_schema_new_object ();
  DioFieldView view = get_view ();
  json_object_set_new (json_object_get (schema, "properties"), "id",
                       json_pack ("{s:s}", "$ref", "#/$defs/id"));
  json_array_append_new (json_object_get (schema, "required"), json_string ("id"));
  dio_fields_describe (&view, schema);
  return schema;
}
