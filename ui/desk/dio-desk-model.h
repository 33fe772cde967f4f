#pragma once
/* Thread: main. The rows of a list as GTK wants them: items are made when asked for, the selection is a set of ranges, so that a million rows cost nothing.
 * Another filter is another model; what a running job adds comes into this one. Signal "current-changed" (). */

#include "dio-review-list.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_DESK_ITEM (dio_desk_item_get_type ())
G_DECLARE_FINAL_TYPE (DioDeskItem, dio_desk_item, DIO, DESK_ITEM, GObject)
#define DIO_TYPE_DESK_MODEL (dio_desk_model_get_type ())
G_DECLARE_FINAL_TYPE (DioDeskModel, dio_desk_model, DIO, DESK_MODEL, GObject)

/** Row of the table. */
guint32 dio_desk_item_get_row (DioDeskItem *item);

/** Takes references; @list is of @table. */
DioDeskModel *dio_desk_model_new (DioReviewList *list) G_GNUC_WARN_UNUSED_RESULT;
/** Takes @list, the same one some time later: rows came and went, what stays keeps its order, and stays selected. FALSE leaves all as it was: other rows, or so
 * many that another model is cheaper. */
gboolean dio_desk_model_follow (DioDeskModel *model, DioReviewList *list);
DioReviewList *dio_desk_model_get_list (DioDeskModel *model);
/** The row that was selected last, which commands about one row are about; FALSE where nothing is selected. */
gboolean dio_desk_model_get_current (DioDeskModel *model, guint *position);
/** Selects it alone. */
void dio_desk_model_set_current (DioDeskModel *model, guint position);
/** Rows of the table that are selected, in the order shown; of guint32, owned. */
GArray *dio_desk_model_create_selected (DioDeskModel *model) G_GNUC_WARN_UNUSED_RESULT;
guint64 dio_desk_model_count_selected (DioDeskModel *model);

G_END_DECLS
