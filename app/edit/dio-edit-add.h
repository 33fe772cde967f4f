#pragma once
/* Thread: any. New nodes with sensible values. Each returns a new scenario with the node at the end, below the root, and its id in @new_id (nullable,
 * owned by the caller); or NULL with an INVALID or NOT_FOUND error. Positions are world metres. */

#include "dio-scene-scenario.h"

G_BEGIN_DECLS

/** A parametric model (@kind of app/parametric: "mug") that stands at @position_m. */
DioScenario *dio_edit_add_parametric (DioScenario *scenario,
                                      const char *kind,
                                      DioVec3 position_m,
                                      char **new_id,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** A node that shows the model asset @asset with its origin at @position_m; @name (nullable) is the node's name. */
DioScenario *dio_edit_add_asset_model (DioScenario *scenario,
                                       const char *asset,
                                       const char *name,
                                       DioVec3 position_m,
                                       char **new_id,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** A light. A sun shines from the south-east at 45 degrees, a spot and a rectangle shine down from @position_m; an environment shows @environment (nullable: an
 * asset id or "procedural:NAME") and takes the place of an environment or sky that is there, which keeps its id. */
DioScenario *dio_edit_add_light (DioScenario *scenario,
                                 DioLightKind kind,
                                 const char *environment,
                                 DioVec3 position_m,
                                 char **new_id,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** A sensor of 1280 x 720 at @eye_m that looks at @target_m, exposed as the first sensor that is there. */
DioScenario *dio_edit_add_sensor (DioScenario *scenario,
                                  DioVec3 eye_m,
                                  DioVec3 target_m,
                                  char **new_id,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** As add_sensor at the pose of a view; @world_from_camera is rigid, @fov_y_rad its vertical field of view. */
DioScenario *dio_edit_add_sensor_at_view (DioScenario *scenario,
                                          const DioMat4 *world_from_camera,
                                          double fov_y_rad,
                                          char **new_id,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
DioScenario *dio_edit_add_group (DioScenario *scenario,
                                 const char *name,
                                 DioVec3 position_m,
                                 char **new_id,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** A category of @name ("thing" or stuff) with a colour that is far from those in use. */
DioScenario *dio_edit_add_category (DioScenario *scenario,
                                    const char *name,
                                    gboolean thing,
                                    char **new_id,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** sRGB that is easy to tell from all categories that are there. */
void dio_edit_choose_color (const DioScenario *scenario, guint8 color[static 3]);

G_END_DECLS
