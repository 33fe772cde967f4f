#define G_LOG_DOMAIN "dio-scene"

/* Material overrides of a model node. "*" stands first, each slot at most once, later entries win. */

#include "dio-scene-model-private.h"
#include "dio-scene-node-private.h"
#include "dio-scene-property-private.h"

#include <string.h>

#define MAX_SLOT_BYTES 1024
#define MAX_MATERIALS 4096

static const char *const extra_keys[] = { "slot", NULL };

static DioMaterialOverride *
material_override_new (const char *slot)
{
  DioMaterialOverride *material = g_new0 (DioMaterialOverride, 1);
  DioFieldView view = dio_material_get_view ();
  material->slot = g_strdup (slot);
  dio_fields_init (&view, material);
  return material;
}

void
dio_material_override_free (DioMaterialOverride *material)
{
  if (material == NULL)
    return;
  DioFieldView view = dio_material_get_view ();
  dio_fields_clear (&view, material);
  g_free (material->slot);
  g_free (material);
}

gpointer
dio_material_override_copy_cb (gconstpointer source, gpointer data)
{
  DioMaterialOverride *copy = g_memdup2 (source, sizeof (DioMaterialOverride));
  DioFieldView view = dio_material_get_view ();
  copy->slot = g_strdup (copy->slot);
  dio_fields_dup_texts (&view, copy);
  return copy;
}

static DioMaterialOverride *
find_slot (GPtrArray *materials, const char *slot)
{
  for (guint i = 0; i < materials->len; i++) {
    DioMaterialOverride *material = g_ptr_array_index (materials, i);
    if (strcmp (material->slot, slot) == 0)
      return material;
  }
  return NULL;
}

DioMaterialOverride *
dio_model_props_ensure_material (DioModelProps *props, const char *slot)
{
  DioMaterialOverride *material = find_slot (props->materials, slot);
  if (material == NULL) {
    material = material_override_new (slot);
    g_ptr_array_insert (props->materials, strcmp (slot, "*") == 0 ? 0 : -1, material);
  }
  return material;
}

const DioMaterialOverride *
dio_model_props_find_material (const DioModelProps *props, const char *slot, guint set_mask)
{
  const DioMaterialOverride *own = find_slot (props->materials, slot);
  const DioMaterialOverride *all = find_slot (props->materials, "*");
  if (own != NULL && (own->set & set_mask))
    return own;
  return all != NULL && (all->set & set_mask) ? all : NULL;
}

void
dio_model_props_reset_material (DioModelProps *props, const char *slot, const DioField *field)
{
  gboolean all = strcmp (slot, "*") == 0;
  for (guint i = props->materials->len; i > 0; i--) {
    DioMaterialOverride *material = g_ptr_array_index (props->materials, i - 1);
    if (!all && strcmp (material->slot, slot) != 0)
      continue;
    dio_field_store_default (field, material);
    if (material->set == 0)
      g_ptr_array_remove_index (props->materials, i - 1);
  }
}

static const char *
read_slot (DioReader *reader, const json_t *json, guint index, GPtrArray *materials)
{
  const char *slot = dio_json_get_text (json_object_get (json, "slot"));
  if (slot == NULL || strlen (slot) == 0 || strlen (slot) > MAX_SLOT_BYTES) {
    dio_reader_fault_at (reader, "slot", "wrong-type",
                         "must be the name of a material of the model, or \"*\" for all");
    return NULL;
  }
  if (find_slot (materials, slot) != NULL) {
    dio_reader_fault_at (reader, "slot", "duplicate", "stands twice; put both into one entry");
    return NULL;
  }
  if (strcmp (slot, "*") == 0 && index > 0) {
    dio_reader_fault_at (reader, "slot", "bad-order",
                         "\"*\" must be the first entry, because later ones win");
    return NULL;
  }
  return slot;
}

static void
read_material (DioReader *reader, const json_t *json, guint index, GPtrArray *materials)
{
  if (!dio_reader_expect (reader, json, JSON_OBJECT, "an object"))
    return;
  const char *slot = read_slot (reader, json, index, materials);
  if (slot == NULL)
    return;
  DioFieldView view = dio_material_get_view ();
  DioMaterialOverride *material = material_override_new (slot);
  g_ptr_array_add (materials, material);
  dio_fields_read (&view, reader, json, extra_keys, material);
}

void
dio_materials_read (DioReader *reader, const json_t *object, GPtrArray *materials)
{
  const json_t *json = json_object_get (object, "materials");
  if (json == NULL)
    return;
  gsize mark = dio_reader_push_key (reader, "materials");
  if (dio_reader_expect (reader, json, JSON_ARRAY, "an array of material overrides")) {
    if (json_array_size (json) > MAX_MATERIALS)
      dio_reader_fault (reader, "too-many", "has more than %d entries", MAX_MATERIALS);
    for (guint i = 0; i < MIN (json_array_size (json), MAX_MATERIALS); i++) {
      gsize inner = dio_reader_push_index (reader, i);
      read_material (reader, json_array_get (json, i), i, materials);
      dio_reader_pop (reader, inner);
    }
  }
  dio_reader_pop (reader, mark);
}

void
dio_materials_write (GPtrArray *materials, json_t *object)
{
  if (materials->len == 0)
    return;
  DioFieldView view = dio_material_get_view ();
  json_t *array = json_array ();
  for (guint i = 0; i < materials->len; i++) {
    const DioMaterialOverride *material = g_ptr_array_index (materials, i);
    json_t *json = json_pack ("{s:s}", "slot", material->slot);
    dio_fields_write (&view, json, material);
    json_array_append_new (array, json);
  }
  json_object_set_new (object, "materials", array);
}

json_t *
dio_materials_to_schema (void)
{
  DioFieldView view = dio_material_get_view ();
  json_t *item = dio_schema_new_object ();
  json_object_set_new (
      json_object_get (item, "properties"), "slot",
      json_pack ("{s:s,s:i,s:i}", "type", "string", "minLength", 1, "maxLength", MAX_SLOT_BYTES));
  json_array_append_new (json_object_get (item, "required"), json_string ("slot"));
  dio_fields_describe (&view, item);
  return json_pack ("{s:s,s:o,s:i}", "type", "array", "items", item, "maxItems", MAX_MATERIALS);
}
