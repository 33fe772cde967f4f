#pragma once
/* Thread: one owner per resolve. The line of sight and the things that are put on it; shared by the files of `occlude`. */

#include "dio-randomize-private.h"

/** From a sensor to the middle of what is to be hidden, in the world. */
typedef struct {
  DioVec3 eye_m, aim_m;
  double radius_m;    /**< half the longest side of the target's bounds */
  double distance_m;  /**< level where things are grounded */
  double azimuth_rad; /**< of its level part, from +x */
  gboolean grounded;
  double near_m;       /**< of the sensor: so much about the eye is kept clear */
  gboolean has_target; /**< what is to be hidden shows, and is kept clear */
  DioBox3 target_box;  /**< its own frame; may be empty */
  DioMat4 world_from_target;
} DioSightLine;

/** Where one thing is to stand. */
typedef struct {
  guint hider;     /**< index of the randomizer's targets */
  guint attempt;   /**< counter of its draws */
  double along;    /**< 0 at the eye, 1 at the target */
  double drawn;    /**< offset as drawn, radii as the sensor sees them */
  double offset;   /**< offset that is used */
  gboolean turned; /**< yaw_rad replaces its own rotation */
  double yaw_rad;
  double around_rad; /**< direction of the offset about the line where nothing is grounded */
} DioSightPlace;

gboolean dio_sight_line_find (DioSightLine *line,
                              DioBuild *build,
                              const DioWork *sensor,
                              const DioWork *target,
                              GError **error);
/** The pose of @work relative to its parent at @place. @reach: the offset from which on it hides nothing. */
gboolean dio_sight_line_place (const DioSightLine *line,
                               DioBuild *build,
                               const DioWork *work,
                               const DioSightPlace *place,
                               DioTrs *out,
                               double *reach,
                               GError **error);
/** Whether the bounds of @work hold neither the eye nor anything of the target's bounds where its frame comes to
 * @world_from_moved. */
gboolean dio_sight_line_is_clear (const DioSightLine *line,
                                  DioBuild *build,
                                  const DioWork *work,
                                  const DioMat4 *world_from_moved,
                                  gboolean *clear,
                                  GError **error);
