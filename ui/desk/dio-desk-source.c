/* From a picture back to the scene that made it. */
#define G_LOG_DOMAIN "dio-desk"

#include "dio-desk-private.h"

#include "dio-session-jobs.h"

#include <glib/gi18n-lib.h>

/** Where to go once the snapshot is open. */
typedef struct {
  guint64 seed;
  guint32 index;
  char *sensor, *node; /**< @node (nullable) */
} Place;

static void
place_free (Place *place)
{
  g_free (place->sensor);
  g_free (place->node);
  g_free (place);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  DioSession *session = DIO_SESSION (source);
  Place *place = user;
  g_autoptr (GError) error = NULL;
  if (!dio_session_open_finish (session, result, &error)) {
    dio_session_report (session, DIO_SEVERITY_ERROR, _ ("The scene could not be opened."), error,
                        NULL, NULL);
    place_free (place);
    return;
  }
  dio_session_set_seed (session, place->seed);
  dio_session_set_frame (session, place->index);
  dio_session_set_frame_view (session, TRUE);
  dio_session_set_sensor (session, place->sensor);
  dio_session_set_through_sensor (session, TRUE);
  dio_selection_set_one (dio_session_get_selection (session), place->node);
  dio_session_set_mode (session, DIO_MODE_COMPOSE);
  place_free (place);
}

/* Folder of the scenario's assets, where the catalog still has the job that rendered the dataset; NULL = unknown. */
static const char *
find_folder (DioSession *session, const char *dataset)
{
  GListModel *jobs = dio_session_get_jobs (session);
  const char *found = NULL;
  for (guint i = 0; found == NULL && i < g_list_model_get_n_items (jobs); i++) {
    g_autoptr (DioJobItem) item = g_list_model_get_item (jobs, i);
    const DioJobSpec *spec = &dio_job_item_get_job (item)->spec;
    if (g_strcmp0 (spec->output, dataset) == 0)
      found = spec->scenario_folder;
  }
  return found;
}

/* The dataset has the imported form of every asset: nothing else is needed to see the frame again. */
static void
open_snapshot (DioDeskPage *self, Place *place)
{
  const char *dataset = dio_desk_data_get_folder (self->data);
  const char *known = find_folder (self->session, dataset);
  const char *folders[] = { known != NULL ? known : dataset, dataset, NULL };
  dio_session_open_snapshot_async (self->session, dio_desk_data_get_scenario (self->data), folders,
                                   opened_cb, place);
}

/** The question whether unsaved edits may go. */
typedef struct {
  DioDeskPage *page;
  Place *place;
} Question;

static void
answered_cb (AdwMessageDialog *dialog, const char *response, Question *question)
{
  if (g_str_equal (response, "open") && question->page->data != NULL)
    open_snapshot (question->page, g_steal_pointer (&question->place));
  g_clear_pointer (&question->place, place_free);
  g_object_unref (question->page);
  g_free (question);
}

static void
ask (DioDeskPage *self, Place *place)
{
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("Give Up Unsaved Changes?"),
      _ ("The scene of this frame takes the place of the open document."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "open",
                                    _ ("_Give Up Changes"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "open",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  Question *question = g_new (Question, 1);
  *question = (Question){ g_object_ref (self), place };
  g_signal_connect (dialog, "response", G_CALLBACK (answered_cb), question);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
dio_desk_page_open_cause (DioDeskPage *self)
{
  DioDeskModel *model = self->data != NULL ? dio_desk_grid_get_model (self->grid) : NULL;
  guint position;
  if (model == NULL || !dio_desk_model_get_current (model, &position))
    return;
  const DioReviewList *list = dio_desk_model_get_list (model);
  DioReviewTable *table = dio_desk_data_get_table (self->data);
  guint32 row = list->rows[position];
  DioReviewFrameRow frame;
  dio_review_table_get_frame (table, dio_review_table_get_frame_of (table, list->unit, row),
                              &frame);
  Place *place = g_new0 (Place, 1);
  place->seed = frame.seed;
  place->index = frame.index;
  place->sensor = g_strdup (frame.sensor);
  if (list->unit == DIO_REVIEW_OBJECTS) {
    DioReviewObjectRow object;
    dio_review_table_get_object (table, row, &object);
    place->node = g_strdup (object.node);
  } else {
    place->node = g_strdup (dio_desk_details_get_selected_node (self->details));
  }
  if (dio_session_is_modified (self->session))
    ask (self, place);
  else
    open_snapshot (self, place);
}
