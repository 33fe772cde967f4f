/* Verdicts: made, said, taken back. */
#define G_LOG_DOMAIN "dio-desk"

#include "dio-desk-private.h"

#include "dio-desk-text.h"

#include <glib/gi18n-lib.h>

/* More at once are told, with an undo. */
#define MANY 2

void
dio_desk_page_decide_rows (DioDeskPage *self,
                           DioReviewUnit unit,
                           const GArray *rows,
                           const DioReviewDecision *decision)
{
  if (self->data == NULL || rows->len == 0)
    return;
  if (!dio_desk_data_decide (self->data, unit, (const guint32 *) (gpointer) rows->data, rows->len,
                             decision))
    return;
  if (rows->len < MANY)
    return;
  g_autofree char *text = g_strdup_printf (ngettext ("%s: %u item", "%s: %u items", rows->len),
                                           dio_desk_text_state (decision->state), rows->len);
  dio_session_report (self->session, DIO_SEVERITY_NOTE, text, NULL, _ ("Undo"), "win.desk-undo");
}

/* The next undecided one behind what was decided, else the first one left before it. */
static void
go_on (DioDeskPage *self, gint64 from)
{
  DioReviewList *list = dio_desk_page_get_list (self);
  DioReviewVerdicts *verdicts = dio_desk_data_get_verdicts (self->data);
  guint undecided = 1u << DIO_REVIEW_UNDECIDED;
  gint64 next =
      from + 1 < list->n ? dio_review_list_find_state (list, verdicts, from + 1, 1, undecided) : -1;
  if (next < 0)
    next = dio_review_list_find_state (list, verdicts, 0, 1, undecided);
  if (next >= 0)
    dio_desk_page_go_to (self, (guint) next);
  else
    dio_desk_page_show_current (self);
}

void
dio_desk_page_decide (DioDeskPage *self, DioReviewState state, const char *reason)
{
  DioDeskModel *model = dio_desk_grid_get_model (self->grid);
  guint position;
  if (self->data == NULL || model == NULL || dio_desk_data_get_verdicts (self->data) == NULL
      || !dio_desk_model_get_current (model, &position))
    return;
  DioReviewList *list = dio_desk_model_get_list (model);
  g_autoptr (GArray) rows = dio_desk_model_create_selected (model);
  // A comment is said with the verdict: that of one row, or what was typed just now about all.
  gboolean edited;
  const char *text = dio_desk_details_get_comment (self->details, &edited);
  gboolean says = state != DIO_REVIEW_UNDECIDED && (edited || rows->len == 1);
  g_autofree char *comment = NULL, *tags = NULL;
  dio_desk_text_split_remark (says ? text : "", &comment, &tags);
  DioReviewDecision decision = {
    .state = state, .reason = reason, .comment = comment, .tags = tags
  };
  gint64 last = dio_review_list_find (list, g_array_index (rows, guint32, rows->len - 1));
  dio_desk_page_decide_rows (self, list->unit, rows, &decision);
  if (state == DIO_REVIEW_UNDECIDED)
    dio_desk_page_show_current (self);
  else
    go_on (self, last);
}

void
dio_desk_page_reject (DioDeskPage *self, guint reason)
{
  guint n;
  const DioReviewReason *reasons = dio_review_get_reasons (&n);
  if (reason >= n)
    return;
  self->last_reason = reason;
  dio_desk_page_decide (self, DIO_REVIEW_REJECTED, reasons[reason].name);
}

void
dio_desk_page_accept_rest (DioDeskPage *self)
{
  DioReviewList *list = dio_desk_page_get_list (self);
  if (list == NULL || dio_desk_data_get_verdicts (self->data) == NULL)
    return;
  g_autoptr (GArray) rows = dio_desk_grid_create_visible (self->grid);
  gint64 last = -1;
  for (guint i = rows->len; i-- > 0;) {
    guint32 row = g_array_index (rows, guint32, i);
    last = MAX (last, dio_review_list_find (list, row));
    if (dio_desk_data_get_state (self->data, list->unit, row) != DIO_REVIEW_UNDECIDED)
      g_array_remove_index_fast (rows, i);
  }
  DioReviewDecision decision = { .state = DIO_REVIEW_ACCEPTED };
  dio_desk_page_decide_rows (self, list->unit, rows, &decision);
  if (last >= 0)
    go_on (self, last);
}

/* Words are added to what was decided, or flag what was not. */
void
dio_desk_page_comment (DioDeskPage *self, const char *remark)
{
  DioDeskModel *model = dio_desk_grid_get_model (self->grid);
  guint position;
  if (self->data == NULL || model == NULL || dio_desk_data_get_verdicts (self->data) == NULL
      || !dio_desk_model_get_current (model, &position))
    return;
  DioReviewList *list = dio_desk_model_get_list (model);
  guint32 row = list->rows[position];
  g_auto (DioReviewVerdict) verdict = { 0 };
  gboolean decided =
      dio_review_verdicts_get (dio_desk_data_get_verdicts (self->data), list->unit, row, &verdict);
  g_autofree char *comment = NULL, *tags = NULL;
  dio_desk_text_split_remark (remark, &comment, &tags);
  DioReviewDecision decision = {
    .state = decided && verdict.state != DIO_REVIEW_UNDECIDED ? verdict.state : DIO_REVIEW_FLAGGED,
    .reason = verdict.reason,
    .comment = comment,
    .tags = tags,
  };
  dio_desk_data_decide (self->data, list->unit, &row, 1, &decision);
  dio_desk_page_show_current (self);
}

/* Shows what has changed again. */
static void
show_rows (DioDeskPage *self, DioReviewUnit unit, const GArray *rows)
{
  DioReviewList *list = dio_desk_page_get_list (self);
  if (list != NULL && list->unit == unit && rows->len > 0) {
    gint64 position = dio_review_list_find (list, g_array_index (rows, guint32, 0));
    if (position >= 0)
      dio_desk_page_go_to (self, (guint) position);
  }
  dio_desk_page_show_current (self);
}

void
dio_desk_page_undo (DioDeskPage *self)
{
  g_return_if_fail (DIO_IS_DESK_PAGE (self));

  DioReviewUnit unit;
  g_autoptr (GArray) rows = NULL;
  if (self->data != NULL && dio_desk_data_undo (self->data, &unit, &rows))
    show_rows (self, unit, rows);
}

void
dio_desk_page_redo (DioDeskPage *self)
{
  g_return_if_fail (DIO_IS_DESK_PAGE (self));

  DioReviewUnit unit;
  g_autoptr (GArray) rows = NULL;
  if (self->data != NULL && dio_desk_data_redo (self->data, &unit, &rows))
    show_rows (self, unit, rows);
}
