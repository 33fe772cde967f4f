#define G_LOG_DOMAIN "dio-scene"

/* Parameters of what moves nodes through the steps of a sequence. */

#include "dio-scene-randomizer-params-private.h"
#include "dio-scene-randomizer-private.h"

#define MAX_SPEED_M_S 1e4
#define MAX_WAYPOINTS 64

#define SMOOTH                                                                                     \
  {                                                                                                \
    "smooth", DIO_PARAM_BOOLEAN, FALSE,                                                            \
        N_ ("Whether it goes through the points in a smooth curve (Catmull-Rom) instead of "       \
            "straight on.")                                                                        \
  }
#define REPEAT                                                                                     \
  {                                                                                                \
    "repeat", DIO_PARAM_BOOLEAN, FALSE,                                                            \
        N_ ("Whether it begins again at the end; it stands still there by default.")               \
  }
#define FACE_ALONG                                                                                 \
  {                                                                                                \
    "face_along", DIO_PARAM_BOOLEAN, FALSE,                                                        \
        N_ ("Whether its front turns to where it goes; a sensor looks there. It keeps its own "    \
            "rotation by default.")                                                                \
  }

const DioParamInfo dio_motion_path_params[] = {
  { "keys", DIO_PARAM_KEYS, TRUE,
    N_ ("Times in seconds since the first step with positions in metres and, of all keys or none, "
        "rotations."),
    -FAR_AWAY, FAR_AWAY },
  SMOOTH,
  REPEAT,
  FACE_ALONG,
  FRAME,
  END,
};

const DioParamInfo dio_motion_drive_params[] = {
  { "speed_m_s", DIO_PARAM_DISTRIBUTION, TRUE, N_ ("Speed in metres a second; negative backs."),
    -MAX_SPEED_M_S, MAX_SPEED_M_S },
  { "heading_rad", DIO_PARAM_DISTRIBUTION, FALSE,
    N_ ("Direction at the first step from +x in radians, counter-clockwise seen from above; where "
        "its front or a sensor's view points by default."),
    -1000, 1000 },
  { "turn_rate_rad_s", DIO_PARAM_DISTRIBUTION, FALSE,
    N_ ("How fast it turns about the vertical in radians a second, counter-clockwise is positive; "
        "0 by default."),
    -1000, 1000 },
  { "climb_m_s", DIO_PARAM_DISTRIBUTION, FALSE,
    N_ ("How fast it rises in metres a second; 0 by default."), -MAX_SPEED_M_S, MAX_SPEED_M_S },
  HOLD,
  EVEN,
  END,
};

const DioParamInfo dio_motion_waypoints_params[] = {
  { "min", DIO_PARAM_VEC3, TRUE, N_ ("Lower corner of the box in metres."), -FAR_AWAY, FAR_AWAY },
  { "max", DIO_PARAM_VEC3, TRUE, N_ ("Upper corner of the box in metres."), -FAR_AWAY, FAR_AWAY },
  { "waypoints", DIO_PARAM_INTEGER, TRUE, N_ ("How many points it goes through."), 1,
    MAX_WAYPOINTS },
  { "speed_m_s", DIO_PARAM_DISTRIBUTION, TRUE, N_ ("Speed between the points in metres a second."),
    1e-6, MAX_SPEED_M_S },
  SMOOTH,
  REPEAT,
  FACE_ALONG,
  FRAME,
  HOLD,
  EVEN,
  END,
};
