#pragma once
/* Thread: any. What a hand does to a value that a randomizer draws: its whole range goes along, so that the value of the frame that is looked at does. */

#include "dio-scene-scenario.h"

G_BEGIN_DECLS

/** The last randomizer that acts on the property of the node; NULL where none does. Disabled ones do not act. Borrowed from @scenario. */
const DioRandomizer *dio_edit_find_drawing (const DioScenario *scenario,
                                            const char *node,
                                            const char *path);

/** One of the three is applied, by the path. */
typedef struct {
  const char *path; /**< "translation", "rotation", "scale", "light/intensity", ... */
  DioVec3 offset_m; /**< translation: world metres */
  double amount;    /**< rotation: radians about the parent's z; what is one number: in its unit */
  double factor;    /**< scale: the same along all axes */
} DioEditShift;

/** Shifts the range of what draws @shift's property of @node; all its targets go along. INVALID for what has no range of its own that could be shifted: a place
 * on a surface, any rotation. */
DioScenario *dio_edit_shift_drawn (DioScenario *scenario,
                                   const char *node,
                                   const DioEditShift *shift,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** The distribution of one number from which the property of the node is drawn; NULL where it is drawn otherwise or not at all. Borrowed from @scenario. */
const DioDistribution *dio_edit_find_drawn_distribution (const DioScenario *scenario,
                                                         const char *node,
                                                         const char *path);
/** Sets both ends of that distribution. INVALID for what has no ends: constants, choices, yes or no. */
DioScenario *dio_edit_set_drawn_ends (DioScenario *scenario,
                                      const char *node,
                                      const char *path,
                                      const double ends[static 2],
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Lines between pairs of points in the world that show where the node may be drawn: the edges of a box, of a rectangle. Returns how many pairs, at most
 * DIO_EDIT_MAX_RANGE_LINES; 0 where nothing draws its place or the range has no edges. */
#define DIO_EDIT_MAX_RANGE_LINES 12
guint dio_edit_list_range_lines (const DioScenario *scenario,
                                 const char *node,
                                 DioVec3 lines[static DIO_EDIT_MAX_RANGE_LINES][2]);

G_END_DECLS
