#pragma once
/* Thread: any. What a model node shows: parameters, group labels, material overrides. Private to app/scene. */

#include "dio-scene-field-private.h"

G_BEGIN_DECLS

void dio_model_props_init (DioModelProps *props);
/** Gives a bitwise copy tables of its own; its texts are the fields' business. */
void dio_model_props_dup_tables (DioModelProps *props);
void dio_model_props_clear (DioModelProps *props);

void dio_model_props_set_parameter (DioModelProps *props, const char *name, double value);
/** Forgets what the present parametric model does not have or does not allow. */
void dio_model_props_drop_foreign_parameters (DioModelProps *props);
/** The override of @slot, made if absent: "*" in front, others at the end. */
DioMaterialOverride *dio_model_props_ensure_material (DioModelProps *props, const char *slot);
/** The override that decides the property @set_mask of @slot; NULL if the model's own does. */
const DioMaterialOverride *dio_model_props_find_material (const DioModelProps *props,
                                                          const char *slot,
                                                          guint set_mask);
/** Unsets a property; for "*" in every slot. Overrides that are empty then go. */
void dio_model_props_reset_material (DioModelProps *props, const char *slot, const DioField *field);

/** The keys of "model" that are no fields: "parameters", "group_labels", "materials". */
extern const char *const dio_model_extra_keys[];
void dio_model_props_read (DioReader *reader, const json_t *object, DioModelProps *props);
void dio_model_props_write (const DioModelProps *props, json_t *object);
void dio_model_props_describe (json_t *schema);

/** name -> DioGroupLabel. */
GHashTable *dio_group_labels_new (void) G_GNUC_WARN_UNUSED_RESULT;
GHashTable *dio_group_labels_copy (GHashTable *labels) G_GNUC_WARN_UNUSED_RESULT;
void dio_group_labels_read (DioReader *reader, const json_t *object, GHashTable *labels);
void dio_group_labels_write (GHashTable *labels, json_t *object);
json_t *dio_group_labels_to_schema (void) G_GNUC_WARN_UNUSED_RESULT;

void dio_material_override_free (DioMaterialOverride *material);

G_END_DECLS
