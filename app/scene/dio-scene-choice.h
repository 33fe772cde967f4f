#pragma once
/* Thread: any. Randomizers that choose among assets: by a list in the document, by all files of a folder, or by all
 * assets that carry a tag. A folder is expanded by app/sources when a job begins; here it is only a name. */

#include "dio-scene-property.h"
#include "dio-scene-randomizer.h"
#include "dio-scene-scenario.h"

G_BEGIN_DECLS

/** One type that chooses. */
typedef struct {
  const char *type;  /**< "texture-choice" */
  const char *list;  /**< its parameter with the names: "textures" */
  DioAssetKind kind; /**< of what it chooses */
} DioChoiceInfo;

/** NULL for a type that does not choose among assets. */
const DioChoiceInfo *dio_choice_find_info (const char *type);
/** Ids of the assets of @kind that carry @tag, sorted by bytes; empty where there is none. */
GStrv dio_scenario_list_tagged (const DioScenario *scenario,
                                DioAssetKind kind,
                                const char *tag) G_GNUC_WARN_UNUSED_RESULT;
/** Every tag of the assets of @kind, sorted by bytes, each once. */
GStrv dio_scenario_list_tags (const DioScenario *scenario,
                              DioAssetKind kind) G_GNUC_WARN_UNUSED_RESULT;
/** NULL, or what is wrong with @path as that of a file or folder below the scenario's ("must ..."). Static. */
const char *dio_scenario_check_path (const char *path);
/** NULL, or what is wrong with the text @name for property @info, which takes names ("names no ..."). */
char *dio_scenario_check_name (const DioScenario *scenario,
                               const DioPropertyInfo *info,
                               const char *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
