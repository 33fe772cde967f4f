#pragma once
/* Thread: main. What stands before the first frame: assets in the dataset's folder, the snapshot that names
 * them, room on the disk. */

#include "dio-engine-options-private.h"
#include "dio-engine.h"

/** Imports every asset of @scenario into FOLDER/assets and returns the scenario with their content hashes, which
 * is also written to FOLDER/scenario.json. */
DioScenario *dio_engine_make_snapshot (DioScenario *scenario,
                                       const char *scenario_path,
                                       const char *folder,
                                       const DioEngineObserver *observer,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** NO_SPACE where @n_frames cannot fit, by a low estimate of what a frame takes. */
gboolean dio_engine_check_room (const DioScenario *scenario,
                                const char *folder,
                                const DioRunOptions *options,
                                guint64 n_frames,
                                GError **error);
