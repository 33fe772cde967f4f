/* The row that is looked at: which one, its details, its large picture. */
#define G_LOG_DOMAIN "dio-desk"

#include "dio-desk-private.h"

#include "dio-desk-text.h"

#include <glib/gi18n-lib.h>

gboolean
dio_desk_page_is_large (DioDeskPage *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->views), "large") == 0;
}

/* FALSE where nothing is current. */
static gboolean
get_current (DioDeskPage *self, guint *position, guint32 *row)
{
  DioDeskModel *model = dio_desk_grid_get_model (self->grid);
  if (model == NULL || !dio_desk_model_get_current (model, position))
    return FALSE;
  *row = dio_desk_model_get_list (model)->rows[*position];
  return TRUE;
}

static guint
find_instance (const DioDeskShot *shot, guint32 row)
{
  int index = dio_desk_shot_find_object (shot, row);
  if (index < 0)
    return 0;
  return g_array_index (dio_review_item_get_capture (&shot->item)->annotations,
                        DioDatasetAnnotation, (guint) index)
      .label.instance;
}

/* What a step on will want. */
static void
prefetch (DioDeskPage *self, const DioReviewList *list, guint position)
{
  for (guint next = position + 1; next < list->n && next < position + 16; next++) {
    guint32 frame = dio_review_table_get_frame_of (list->table, list->unit, list->rows[next]);
    if (frame == dio_review_table_get_frame_of (list->table, list->unit, list->rows[position]))
      continue;
    dio_desk_shots_prefetch (self->shots, frame);
    return;
  }
}

static void
shot_cb (DioDeskShot *shot, const GError *error, gpointer user)
{
  DioDeskPage *self = user;
  guint position;
  guint32 row;
  dio_desk_viewer_set_busy (self->viewer, FALSE);
  if (!get_current (self, &position, &row))
    return;
  if (shot == NULL) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      dio_session_report (self->session, DIO_SEVERITY_WARNING, _ ("The picture cannot be read."),
                          error, NULL, NULL);
    return;
  }
  DioReviewList *list = dio_desk_page_get_list (self);
  dio_desk_details_show_shot (self->details, shot, list->unit, row);
  if (!dio_desk_page_is_large (self))
    return;
  gboolean object = list->unit == DIO_REVIEW_OBJECTS;
  if (dio_desk_viewer_set_shot (self->viewer, shot, row))
    dio_desk_viewer_select (self->viewer, object ? find_instance (shot, row) : 0, object);
  prefetch (self, list, position);
}

static void
show_title (DioDeskPage *self, const DioReviewList *list, guint position)
{
  guint32 row = list->rows[position];
  g_autofree char *title = dio_desk_text_dup_title (list->table, list->unit, row);
  g_autofree char *n = dio_desk_text_dup_count (position + 1);
  g_autofree char *of = dio_desk_text_dup_count (list->n);
  g_autofree char *text = g_strdup_printf (_ ("Frame %s · %s of %s"), title, n, of);
  dio_desk_viewer_set_title (self->viewer, text,
                             dio_desk_data_get_state (self->data, list->unit, row));
}

void
dio_desk_page_show_current (DioDeskPage *self)
{
  guint position;
  guint32 row;
  if (self->data == NULL || !get_current (self, &position, &row)) {
    dio_desk_details_clear (self->details);
    return;
  }
  DioReviewList *list = dio_desk_page_get_list (self);
  DioDeskModel *model = dio_desk_grid_get_model (self->grid);
  dio_desk_details_show_verdict (self->details, self->data, list->unit, row,
                                 dio_desk_model_count_selected (model));
  show_title (self, list, position);
  // Objects are not loaded in the first moments.
  if (dio_desk_data_get_verdicts (self->data) == NULL)
    return;
  gboolean large = dio_desk_page_is_large (self);
  dio_desk_viewer_set_busy (self->viewer, large);
  dio_desk_shots_want (self->shots, dio_review_table_get_frame_of (list->table, list->unit, row),
                       large, shot_cb, self);
}

void
dio_desk_page_open_large (DioDeskPage *self)
{
  guint position;
  guint32 row;
  if (self->data == NULL || dio_desk_page_is_large (self))
    return;
  DioReviewList *list = dio_desk_page_get_list (self);
  if (list == NULL || list->n == 0)
    return;
  if (!get_current (self, &position, &row))
    dio_desk_grid_show (self->grid, 0);
  gtk_stack_set_visible_child_name (self->views, "large");
  dio_desk_viewer_focus (self->viewer);
  dio_desk_page_show_current (self);
}

void
dio_desk_page_go_to (DioDeskPage *self, guint position)
{
  dio_desk_grid_show (self->grid, position);
}

void
dio_desk_page_step (DioDeskPage *self, int step, guint states)
{
  DioReviewList *list = dio_desk_page_get_list (self);
  guint position;
  guint32 row;
  if (list == NULL || list->n == 0)
    return;
  gint64 next = get_current (self, &position, &row) ? (gint64) position + step : 0;
  if (states != 0 && next >= 0 && next < list->n)
    next = dio_review_list_find_state (list, dio_desk_data_get_verdicts (self->data), next, step,
                                       states);
  if (next >= 0 && next < list->n)
    dio_desk_page_go_to (self, (guint) next);
}

void
dio_desk_page_select_instance (DioDeskPage *self, guint instance)
{
  dio_desk_details_select (self->details, instance);
  dio_desk_viewer_select (self->viewer, instance, FALSE);
}
