#pragma once
/* Thread: main. Editor of weighted ranges: a line for each with its least and largest value and its weight.
 * Signal "changed" (gboolean over): FALSE for a step of a change that goes on. */

#include "dio-scene-randomizer.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_RANGES_FIELD (dio_ranges_field_get_type ())
G_DECLARE_FINAL_TYPE (DioRangesField, dio_ranges_field, DIO, RANGES_FIELD, GtkBox)

/** @info static; @ranges (nullable): of DioWeightedRange, copied. */
GtkWidget *dio_ranges_field_new (const DioParamInfo *info,
                                 const GArray *ranges) G_GNUC_WARN_UNUSED_RESULT;
json_t *dio_ranges_field_dup_json (DioRangesField *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
