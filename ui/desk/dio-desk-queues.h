#pragma once
/* Thread: main. The bar at the bottom: which queue is worked through and how far that has come. Signal "changed" (): another list is wanted. */

#include "dio-desk-query.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DIO_TYPE_DESK_QUEUES (dio_desk_queues_get_type ())
G_DECLARE_FINAL_TYPE (DioDeskQueues, dio_desk_queues, DIO, DESK_QUEUES, GtkBox)

GtkWidget *dio_desk_queues_new (void) G_GNUC_WARN_UNUSED_RESULT;
/** Fills queue, n and seed. */
void dio_desk_queues_get (DioDeskQueues *queues, DioDeskQuery *query);
DioDeskQueue dio_desk_queues_get_queue (DioDeskQueues *queues);
void dio_desk_queues_set_queue (DioDeskQueues *queues, DioDeskQueue queue);
/** Of the queue that is shown; @list (nullable). */
void dio_desk_queues_show_progress (DioDeskQueues *queues, DioDeskData *data, DioReviewList *list);
/** "Audit 127 of 300, 1 rejected, error < 3.7 % (95 %)". */
char *dio_desk_queues_dup_audit (const DioReviewAudit *audit) G_GNUC_WARN_UNUSED_RESULT;
/** The button of the popover with causes. */
GtkMenuButton *dio_desk_queues_get_causes (DioDeskQueues *queues);

G_END_DECLS
