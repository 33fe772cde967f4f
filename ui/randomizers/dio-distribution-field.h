#pragma once
/* Thread: main. Edits one distribution: its kind, its numbers, and its density as a curve or bars whose ends can be
 * dragged. Signals: "changed" (): the distribution differs after a step of the user, to be merged with the next;
 * "committed" (): the change is over. */

#include "dio-scene-types.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_DISTRIBUTION_FIELD (dio_distribution_field_get_type ())
G_DECLARE_FINAL_TYPE (DioDistributionField, dio_distribution_field, DIO, DISTRIBUTION_FIELD, GtkBox)

/** @label: translated, for accessible names; @unit: of the document; @min, @max: what values may be, both 0 = any. */
GtkWidget *dio_distribution_field_new (const char *label, const char *unit, double min, double max)
    G_GNUC_WARN_UNUSED_RESULT;
/** Copies; does not emit. */
void dio_distribution_field_set (DioDistributionField *field, const DioDistribution *distribution);
/** Borrowed until the next change. */
const DioDistribution *dio_distribution_field_get (DioDistributionField *field);
/** Values that were drawn in the sheet's frames, as ticks. */
void dio_distribution_field_set_samples (DioDistributionField *field,
                                         const double *values,
                                         guint n);

G_END_DECLS
