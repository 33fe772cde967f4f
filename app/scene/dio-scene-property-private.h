#pragma once
/* Thread: any. The tables of a node's and a material's fields. Private to app/scene. */

#include "dio-scene-field-private.h"

G_BEGIN_DECLS

extern const char *const dio_node_kind_names[];
extern const char *const dio_group_label_names[];

/** @section: NULL, "model", "light" or "sensor". */
DioFieldView dio_node_get_view (DioNodeKind kind, const char *section);
/** A sensor's fields without those that it does not use: K or lens. */
DioFieldView dio_node_get_sensor_view (gboolean has_k);
/** All fields of a kind in all sections, for memory. */
const DioField *dio_node_get_fields (guint *n);
DioFieldView dio_material_get_view (void);
const char *dio_node_kind_describe (DioNodeKind kind);

/** How a property path is found on a node. */
typedef struct {
  const DioField *field; /**< of the node or of a material; NULL for a parameter */
  const char *parameter; /**< borrowed from the path, or NULL */
  char *slot;            /**< material slot, owned, or NULL */
} DioPropertyTarget;

gboolean dio_property_locate (DioNodeKind kind, const char *path, DioPropertyTarget *target);
void dio_property_target_clear (DioPropertyTarget *target);
/** Takes a material property or a parameter back to the model's own, any other to its default. */
gboolean dio_node_reset_property (DioNode *node, const char *path, GError **error);
/** Decodes @json by the table and sets it. */
gboolean dio_node_set_property_json (DioNode *node,
                                     const char *path,
                                     const json_t *json,
                                     GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioPropertyTarget, dio_property_target_clear)

G_END_DECLS
