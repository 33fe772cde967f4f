#pragma once
/* Thread: any. The property registry: one table that says for every property of a node its path, JSON
 * form, type, unit, range, whether it may be randomized or animated and what it dirties. It feeds parser,
 * writer, JSON schema, randomizer bindings, inspector and undo. */

#include "dio-scene-types.h"

G_BEGIN_DECLS

typedef enum {
  DIO_PROPERTY_NUMBER,
  DIO_PROPERTY_INTEGER,
  DIO_PROPERTY_BOOLEAN,
  DIO_PROPERTY_STRING,
  DIO_PROPERTY_ENUM,
  DIO_PROPERTY_VEC2,
  DIO_PROPERTY_VEC3,
  DIO_PROPERTY_VEC4,
} DioPropertyType;

/** What may change a property besides an edit. */
typedef enum {
  DIO_PROPERTY_RANDOMIZABLE = 1 << 0,
  DIO_PROPERTY_ANIMATABLE = 1 << 1,
} DioPropertyFlags;

/** What must be made again after a change; labels follow from transform, geometry and camera anyway. */
typedef enum {
  DIO_DIRTY_TRANSFORM = 1 << 0,
  DIO_DIRTY_GEOMETRY = 1 << 1,
  DIO_DIRTY_MATERIAL = 1 << 2,
  DIO_DIRTY_LIGHT = 1 << 3,
  DIO_DIRTY_CAMERA = 1 << 4,
  DIO_DIRTY_LABELS = 1 << 5,
} DioDirtyFlags;

typedef struct {
  const char *path;  /**< below the node: "translation", "light/intensity", "material/roughness" */
  const char *label; /**< N_() English for the inspector */
  const char *unit;  /**< "m", "rad", "lux", "" */
  DioPropertyType type;
  double min, max, default_value;
  guint kinds; /**< bits 1 << DioNodeKind that have it */
  DioPropertyFlags flags;
  DioDirtyFlags dirties;
  const char *const *enum_names; /**< ENUM: NULL-terminated, index = value */
} DioPropertyInfo;

/** Every property of every kind of node, in the order of an inspector; materials as "material/X". Lives forever. */
const DioPropertyInfo *dio_property_get_table (guint *n);
/** Parametric parameters answer as "parameters/NAME", with the widest range that any model gives that name;
 * materials as "material/X" and "materials/SLOT/X". NULL if unknown for that kind. */
const DioPropertyInfo *dio_property_find (DioNodeKind kind, const char *path);
/** How many of DioPropertyValue.number a type uses; 0 for strings. */
guint dio_property_type_get_size (DioPropertyType type);

/** One value of any property type. */
typedef struct {
  double number[4];   /**< number, integer, boolean and enum in [0]; vectors */
  const char *string; /**< borrowed */
} DioPropertyValue;

/** Sets a property of an editable node (dio_node_copy); checks type and range. Errors: NOT_FOUND for a path
 * that the node does not have, INVALID for a value. What depends on two properties is left to the scenario's
 * validation. Rotations are normalised.
 * Paths of materials: "material/X" acts on all slots ("*"), "materials/SLOT/X" on one.
 * A NULL string clears a string that may be absent. "model/asset" and "model/parametric" replace each other;
 * parameters that the new model does not have are forgotten. "sensor/fx" (fy, cx, cy) makes a sensor keep K,
 * "sensor/focal_length_mm" and "sensor/sensor_width_mm" the lens; each starts from what is in force. */
gboolean dio_node_set_property (DioNode *node,
                                const char *path,
                                const DioPropertyValue *value,
                                GError **error);
/** Strings are borrowed from the node. Errors: NOT_FOUND, also for a material property that no override sets (it is
 * the model's own). Parameters that are not given answer with their default. */
gboolean dio_node_get_property (const DioNode *node,
                                const char *path,
                                DioPropertyValue *value,
                                GError **error);

G_END_DECLS
