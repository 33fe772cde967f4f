#pragma once
/* Thread: any. What parameters and distributions are called in the editor, and their units. */

#include "dio-scene-randomizer.h"

G_BEGIN_DECLS

/** Width of the column of names in the editor, so that its fields line up. */
#define DIO_RANDOMIZER_LABEL_CHARS 14

/** Translated name of a parameter ("radius_m" is "Radius"); the name itself for unknown ones. */
const char *dio_randomizer_param_label (const char *name);
/** Unit of the document: "m", "rad", "K", ... or "". Static. */
const char *dio_randomizer_param_unit (const char *name);
/** Translated name of a kind of distribution. */
const char *dio_randomizer_kind_label (DioDistributionKind kind);
/** Its own name, else what its type is called, translated; borrowed. */
const char *dio_randomizer_title (const DioRandomizer *randomizer);
/** "Scatter on surface · mug_1, mug_2": type and targets; owned. */
char *dio_randomizer_dup_subtitle (const DioScenario *scenario,
                                   const DioRandomizer *randomizer) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
