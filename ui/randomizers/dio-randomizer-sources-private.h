#pragma once
/* Thread: main. The rows of what a randomizer chooses from. */

#include "dio-randomizer-rows-private.h"

G_BEGIN_DECLS

/** NULL for a parameter that has no such row. After a change the row shows what it showed: make it anew. */
GtkWidget *dio_randomizer_source_new (const DioParamRowDesc *desc) G_GNUC_WARN_UNUSED_RESULT;

/** What such a parameter can begin with; NULL for any other. A tag that nothing carries is "". */
json_t *dio_randomizer_source_make_value (const DioScenario *scenario,
                                          const char *type,
                                          const char *name) G_GNUC_WARN_UNUSED_RESULT;
/** Columns that the file of a table can begin with, as many as its property has numbers. */
json_t *dio_randomizer_source_make_columns (const DioRandomizer *randomizer)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
