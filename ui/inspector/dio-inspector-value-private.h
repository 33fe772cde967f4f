#pragma once
/* Thread: main. What one property is over a whole selection, and the edits that keep what they do not mean: one component of a vector, one
 * angle of a rotation, a place in the world. */

#include "dio-scene-property.h"
#include "dio-session.h"

G_BEGIN_DECLS

/** Read by dio_inspector_value_read. */
typedef struct {
  const DioPropertyInfo *info;
  double number[4]; /**< of the active node; meaningless with @own */
  char *string;     /**< (nullable), owned */
  guint mixed;      /**< bit per component (bit 0 for strings): the nodes differ */
  gboolean own;     /**< no node says anything: the model's own value counts */
  double min, max;  /**< allowed for all nodes */
} DioInspectorValue;

/** FALSE where a node of @ids does not have @path. The last node of @ids gives the value that is shown. */
gboolean dio_inspector_value_read (DioScenario *scenario,
                                   const char *const *ids,
                                   const char *path,
                                   DioInspectorValue *out);
void dio_inspector_value_clear (DioInspectorValue *value);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioInspectorValue, dio_inspector_value_clear)

/** Which space a vector of the transform is shown in. */
typedef enum {
  DIO_INSPECTOR_LOCAL, /**< of the parent: what the document holds */
  DIO_INSPECTOR_WORLD,
} DioInspectorSpace;

/** "Edit NAME" with the node's name, or "Edit 3 Objects"; translated. */
char *dio_inspector_dup_step_name (DioScenario *scenario,
                                   const char *const *ids,
                                   const char *label) G_GNUC_WARN_UNUSED_RESULT;

/** New scenario with the @n numbers of vector @path of one node. */
DioScenario *dio_inspector_with_vector (DioScenario *scenario,
                                        const char *id,
                                        const char *path,
                                        const double *numbers,
                                        guint n,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** New scenario with component @index of vector @path set on every node, the others kept; NULL on errors. */
DioScenario *dio_inspector_with_component (DioScenario *scenario,
                                           const char *const *ids,
                                           const char *path,
                                           guint index,
                                           double value,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** World pose of a node's parent from document values. */
DioMat4 dio_inspector_get_world_from_parent (DioScenario *scenario, const DioNode *node);
/** Turns about X, Y, Z (roll, pitch, yaw), radians: the inverse of dio_quat_from_yaw_pitch_roll. */
void dio_inspector_angles_from_quat (DioQuat q_wxyz, double angles_rad[static 3]);
/** Position (m) or angles (rad) of a node in @space, [0] = about or along X. */
void dio_inspector_get_position (DioScenario *scenario,
                                 const DioNode *node,
                                 DioInspectorSpace space,
                                 double out[static 3]);
void dio_inspector_get_angles (DioScenario *scenario,
                               const DioNode *node,
                               DioInspectorSpace space,
                               double out[static 3]);
/** As dio_inspector_with_component, in @space. */
DioScenario *dio_inspector_with_position (DioScenario *scenario,
                                          const char *const *ids,
                                          DioInspectorSpace space,
                                          guint index,
                                          double value_m,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
DioScenario *dio_inspector_with_angle (DioScenario *scenario,
                                       const char *const *ids,
                                       DioInspectorSpace space,
                                       guint index,
                                       double angle_rad,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** All three angles of one node. */
DioScenario *dio_inspector_with_angles (DioScenario *scenario,
                                        const char *id,
                                        DioInspectorSpace space,
                                        const double angles_rad[static 3],
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
