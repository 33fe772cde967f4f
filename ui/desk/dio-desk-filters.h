#pragma once
/* Thread: main. The left side of the desk: unit, search, order and criteria with their counts. Signals: "changed" (): another list is wanted; "unit-changed" (). */

#include "dio-review-cause.h"
#include "dio-review-facets.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DIO_TYPE_DESK_FILTERS (dio_desk_filters_get_type ())
G_DECLARE_FINAL_TYPE (DioDeskFilters, dio_desk_filters, DIO, DESK_FILTERS, GtkBox)

GtkWidget *dio_desk_filters_new (void) G_GNUC_WARN_UNUSED_RESULT;
/** Another dataset: no criteria, no counts. */
void dio_desk_filters_reset (DioDeskFilters *filters);
/** Counts of @table under the filter. */
void dio_desk_filters_set_facets (DioDeskFilters *filters,
                                  const DioReviewTable *table,
                                  const DioReviewFacets *facets);
/** "n of m shown". */
void dio_desk_filters_set_shown (DioDeskFilters *filters, guint n, guint of);
/** Fills @filter, which is overwritten, and @sort; @sort has field N_FIELDS for the stored order. */
void dio_desk_filters_get (DioDeskFilters *filters, DioReviewFilter *filter, DioReviewSort *sort);
gboolean dio_desk_filters_is_empty (DioDeskFilters *filters);
DioReviewUnit dio_desk_filters_get_unit (DioDeskFilters *filters);
void dio_desk_filters_set_unit (DioDeskFilters *filters, DioReviewUnit unit);
/** No criteria; emits "changed" where there were some. */
void dio_desk_filters_clear (DioDeskFilters *filters);
/** What a click in the statistics asks for: this category, or this range, besides the rest. */
void dio_desk_filters_only_category (DioDeskFilters *filters, guint category);
void dio_desk_filters_only_range (DioDeskFilters *filters,
                                  DioReviewField field,
                                  double min,
                                  double max);
/** Criteria that no control here has, such as a cause: @filter is copied, @name is shown on a chip that takes them away. */
void dio_desk_filters_set_extra (DioDeskFilters *filters,
                                 const DioReviewFilter *filter,
                                 const char *name);
void dio_desk_filters_focus_search (DioDeskFilters *filters);

G_END_DECLS
