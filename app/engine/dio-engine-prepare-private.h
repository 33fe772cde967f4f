#pragma once
/* Thread: main. What stands before the first frame: assets in the dataset's folder, the snapshot that names
 * them, room on the disk. */

#include "dio-engine-options-private.h"
#include "dio-engine.h"

/** The scenario of @job, from its file or as given, with the sensors that the job wants: the others are made
 * invisible. */
DioScenario *dio_engine_load_scenario (const DioEngineJob *job,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Reads the folders and tables that @open, the scenario of @job, draws from, imports every asset into FOLDER/assets and
 * returns the scenario with lists, values and content hashes, which is also written to FOLDER/scenario.json. From then
 * on the job depends on no file but those in FOLDER. */
DioScenario *dio_engine_make_snapshot (DioScenario *open,
                                       const DioEngineJob *job,
                                       const char *folder,
                                       const DioEngineObserver *observer,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** What is written and how, with the engine's choices where the job makes none. */
DioRunOptions dio_engine_choose_options (const DioEngineJob *job, const DioScenario *scenario);
/** NO_SPACE where @n_frames cannot fit, by a low estimate of what a frame takes. */
gboolean dio_engine_check_room (const DioScenario *scenario,
                                const char *folder,
                                const DioRunOptions *options,
                                guint64 n_frames,
                                GError **error);
