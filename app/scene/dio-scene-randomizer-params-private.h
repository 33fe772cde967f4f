#pragma once
/* Thread: any. Parameters that mean the same in every type of randomizer, as entries of the tables of parameters. Private to
 * app/scene. */

#include "dio-scene-randomizer.h"

#include <glib/gi18n-lib.h>

#define HALF_PI 1.5707963267948966
#define FAR_AWAY 1e6 /* metres; beyond it, floats of a renderer have no millimetres left */

/* Parameters that mean the same wherever they stand. */
#define HOLD                                                                                       \
  {                                                                                                \
    "hold", DIO_PARAM_INTEGER, FALSE,                                                              \
        N_ ("How many consecutive frames or sequences share one draw; 1 draws anew for each."), 1, \
        1e6                                                                                        \
  }
#define EACH                                                                                       \
  {                                                                                                \
    "each", DIO_PARAM_STRING, FALSE,                                                               \
        N_ ("\"sequence\" (default): one draw lasts for all steps of a sequence; \"step\": every " \
            "step has its own.")                                                                   \
  }
#define EVEN                                                                                       \
  {                                                                                                \
    "even", DIO_PARAM_INTEGER, FALSE,                                                              \
        N_ ("How many consecutive draws share the values evenly: of 20, a choice with 15 percent " \
            "comes up 3 times. Redraws keep to their part; 1 draws each alone."),                  \
        1, 1e6                                                                                     \
  }
#define TOGETHER                                                                                   \
  {                                                                                                \
    "together", DIO_PARAM_BOOLEAN, FALSE,                                                          \
        N_ ("Whether all targets and copies share one draw; each has its own by default.")         \
  }
#define WEIGHTS                                                                                    \
  {                                                                                                \
    "weights", DIO_PARAM_NUMBERS, FALSE,                                                           \
        N_ ("Weight of each target in their order; all are alike by default."), 0, 1e9             \
  }
#define FRAME                                                                                      \
  {                                                                                                \
    "frame", DIO_PARAM_STRING, FALSE,                                                              \
        N_ ("\"parent\" (default) or \"world\": the frame in which positions are given.")          \
  }
#define SLOT                                                                                       \
  {                                                                                                \
    "slot", DIO_PARAM_STRING, FALSE,                                                               \
        N_ ("Name of the material in the model; \"*\" (default) means all of them.")               \
  }
#define FOLDER                                                                                     \
  {                                                                                                \
    "folder", DIO_PARAM_STRING, FALSE,                                                             \
        N_ ("Folder beside the scenario: its files, sorted by name, are the choices, equally "     \
            "likely. A job reads it once, when it begins.")                                        \
  }
#define TAG                                                                                        \
  {                                                                                                \
    "tag", DIO_PARAM_STRING, FALSE,                                                                \
        N_ ("All assets that carry this tag, sorted by id, are the choices, equally likely.")      \
  }
#define END                                                                                        \
  {                                                                                                \
    NULL                                                                                           \
  }
