#pragma once
/* Thread: main. What the session alone does to the selection. */

#include "dio-selection.h"

#include "dio-scene-scenario.h"

G_BEGIN_DECLS

/** Drops the ids that @scenario has no node for. */
void dio_selection_keep_existing (DioSelection *selection, const DioScenario *scenario);

G_END_DECLS
