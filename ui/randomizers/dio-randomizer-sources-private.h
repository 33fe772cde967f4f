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

/* -- dio-randomizer-places.c, dio-randomizer-columns.c: rows of sources that lie in files ---- */

/** Adds the button that chooses a folder or table, and what is in it. */
void dio_randomizer_place_add (GtkBox *box, const DioParamRowDesc *desc);
/** What the dialog of the row does with the folder or file that was chosen. @row: what place_add was given. */
void dio_randomizer_place_take (GtkWidget *row, const char *path);
/** Adds a list of the table's columns for each number of the property. */
void dio_randomizer_columns_add (GtkBox *box, const DioParamRowDesc *desc);

G_END_DECLS
