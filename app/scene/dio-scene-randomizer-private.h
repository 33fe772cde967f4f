#pragma once
/* Thread: any. Lists as parameters of randomizers; shared by the files of scene/ only. */

#include "dio-scene-randomizer.h"

/** dio-scene-randomizer-motion.c; end with a NULL name. */
extern const DioParamInfo dio_motion_path_params[];
extern const DioParamInfo dio_motion_drive_params[];
extern const DioParamInfo dio_motion_waypoints_params[];

/** @json to the keys of a path, in @param; faults go to @diagnostics. */
gboolean dio_param_read_keys (const json_t *json,
                              const DioParamInfo *info,
                              const char *path,
                              DioRandomizerParam *param,
                              DioDiagnostics *diagnostics);
json_t *dio_param_keys_to_json (const DioRandomizerParam *param) G_GNUC_WARN_UNUSED_RESULT;
json_t *dio_param_keys_to_schema (const DioParamInfo *info) G_GNUC_WARN_UNUSED_RESULT;

/** @json to the list that @info describes, in @param; faults go to @diagnostics. */
gboolean dio_param_read_list (const json_t *json,
                              const DioParamInfo *info,
                              const char *path,
                              DioRandomizerParam *param,
                              DioDiagnostics *diagnostics);
json_t *dio_param_list_to_json (const DioRandomizerParam *param) G_GNUC_WARN_UNUSED_RESULT;
json_t *dio_param_list_to_schema (const DioParamInfo *info) G_GNUC_WARN_UNUSED_RESULT;
/** Rules between the lists of one randomizer. */
void dio_param_check_lists (const DioRandomizer *randomizer,
                            const char *path,
                            DioDiagnostics *diagnostics);
