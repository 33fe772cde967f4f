#pragma once
/* Thread: any. One entry of "nodes". Private to app/scene. */

#include "dio-scene-edit.h"
#include "dio-scene-field-private.h"

G_BEGIN_DECLS

DioNode *dio_node_new (DioNodeKind kind, const char *id) G_GNUC_WARN_UNUSED_RESULT;
/** NULL only where not even id and kind can be read; else a node to check references with, faults or not. */
DioNode *dio_node_read (DioReader *reader, const json_t *json) G_GNUC_WARN_UNUSED_RESULT;
json_t *dio_node_to_schema (void) G_GNUC_WARN_UNUSED_RESULT;
/** What depends on several values of one node; faults at the node's path. */
void dio_node_check (DioReader *reader, const DioNode *node);

/** Normalised where it is off by more than 1e-12, so that a stored unit quaternion keeps its bits. */
DioQuat dio_quat_settle (DioQuat q_wxyz);

void dio_materials_read (DioReader *reader, const json_t *object, GPtrArray *materials);
void dio_materials_write (GPtrArray *materials, json_t *object);
json_t *dio_materials_to_schema (void) G_GNUC_WARN_UNUSED_RESULT;
gpointer dio_material_override_copy_cb (gconstpointer source, gpointer data);

/** {"type": "object", "properties": {}, "required": [], "additionalProperties": false} */
json_t *dio_schema_new_object (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
