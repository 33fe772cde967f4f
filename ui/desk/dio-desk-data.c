#define G_LOG_DOMAIN "dio-desk"

#include "dio-desk-data.h"

/* Other people's verdicts are read so much more rarely than new frames: it goes over all rows. */
#define POLLS_PER_REFRESH 10

/** What the clerk found out about the dataset. */
typedef struct {
  DioReviewTable *table;
  DioReviewVerdicts *verdicts; /**< borrowed by whoever gets it: lives as long as the clerk */
  DioScenario *scenario;
  gboolean changed;
} News;

/** One errand in the clerk's line. */
typedef struct {
  GTask *task;
  DioDeskErrand errand;
} Errand;

struct _DioDeskData {
  GObject parent_instance;

  char *folder;
  DioReviewTable *table;
  DioReviewVerdicts *verdicts; /**< borrowed from the clerk */
  DioScenario *scenario;
  GThreadPool *pool;   /**< of one thread */
  DioDeskClerk *clerk; /**< of that thread */
  gboolean polling, closed;
};

G_DEFINE_FINAL_TYPE (DioDeskData, dio_desk_data, G_TYPE_OBJECT)

enum { OPENED, GROWN, DECIDED, NOT_SAVED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
news_free (gpointer data)
{
  News *news = data;
  g_clear_pointer (&news->table, dio_review_table_unref);
  g_clear_pointer (&news->scenario, dio_scenario_unref);
  g_free (news);
}

/* -- Complaints -------------------------------------------------------------------------------------------------- */

/** Where the thread that writes leaves its complaints: outlives both sides. */
struct DioDeskMailbox {
  GWeakRef data;
};

/** Why a write failed, on its way to the main thread. */
typedef struct {
  DioDeskMailbox *mailbox;
  char *message;
} Complaint;

static void
mailbox_clear (gpointer mailbox)
{
  g_weak_ref_clear (&((DioDeskMailbox *) mailbox)->data);
}

static void
mailbox_release (DioDeskMailbox *mailbox)
{
  g_atomic_rc_box_release_full (mailbox, mailbox_clear);
}

static void
complaint_free (gpointer data)
{
  Complaint *complaint = data;
  mailbox_release (complaint->mailbox);
  g_free (complaint->message);
  g_free (complaint);
}

static gboolean
complain_cb (gpointer user)
{
  Complaint *complaint = user;
  g_autoptr (DioDeskData) self = g_weak_ref_get (&complaint->mailbox->data);
  if (self != NULL)
    g_signal_emit (self, signals[NOT_SAVED], 0, complaint->message);
  return G_SOURCE_REMOVE;
}

/* In the thread that writes. */
static void
saved_cb (const GError *error, gpointer mailbox)
{
  if (error == NULL)
    return;
  Complaint *complaint = g_new (Complaint, 1);
  *complaint = (Complaint){ g_atomic_rc_box_acquire (mailbox), g_strdup (error->message) };
  g_idle_add_full (G_PRIORITY_DEFAULT, complain_cb, complaint, complaint_free);
}

/* -- The clerk ------------------------------------------------------------------------------------------------------ */

static void
work (gpointer data, gpointer user)
{
  Errand *errand = data;
  errand->errand (errand->task, user);
  g_object_unref (errand->task);
  g_free (errand);
}

static News *
create_news (const DioDeskClerk *clerk, gboolean changed)
{
  News *news = g_new0 (News, 1);
  news->table = clerk->table != NULL ? dio_review_table_ref (clerk->table) : NULL;
  news->verdicts = clerk->verdicts;
  news->changed = changed;
  return news;
}

/* The pictures alone: enough for a first screen. */
static void
open_errand (GTask *task, DioDeskClerk *clerk)
{
  g_autoptr (GError) error = NULL;
  clerk->reader = dio_review_reader_open (clerk->folder, &error);
  if (clerk->reader != NULL)
    clerk->table =
        dio_review_table_load (clerk->reader, NULL, DIO_REVIEW_LOAD_FRAMES, NULL, &error);
  DioScenario *scenario = NULL;
  if (clerk->table != NULL)
    scenario = dio_dataset_get_scenario (dio_review_reader_get_dataset (clerk->reader), &error);
  if (scenario == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  News *news = create_news (clerk, TRUE);
  news->scenario = dio_scenario_ref (scenario);
  g_task_return_pointer (task, news, news_free);
}

/* A figure that differs when other people have decided. */
static guint
count_decided (const DioDeskClerk *clerk)
{
  guint figure = 0;
  for (guint unit = 0; unit < DIO_REVIEW_N_UNITS; unit++) {
    DioReviewProgress progress;
    dio_review_verdicts_get_progress (clerk->verdicts, (DioReviewUnit) unit, &progress);
    for (guint i = 0; i < DIO_REVIEW_N_STATES; i++)
      figure = figure * 31 + (guint) progress.states[i];
  }
  return figure;
}

/* Brings table and verdicts up to date at @level. */
static News *
update (DioDeskClerk *clerk, DioReviewLevel level, GError **error)
{
  DioReviewTable *table = dio_review_table_load (clerk->reader, clerk->table, level, NULL, error);
  if (table == NULL)
    return NULL;
  gboolean changed = table != clerk->table;
  dio_review_table_unref (clerk->table);
  clerk->table = table;
  gboolean first = clerk->verdicts == NULL;
  if (first)
    clerk->verdicts = dio_review_verdicts_new (clerk->reader, clerk->reviewer, error);
  if (clerk->verdicts == NULL)
    return NULL;
  if (first)
    dio_review_verdicts_set_saved_func (clerk->verdicts, saved_cb, clerk->mailbox);
  if (!changed && !first && ++clerk->polls % POLLS_PER_REFRESH != 0) {
    // A log that somebody reads just now is tried again; what still goes wrong is told by saved_cb.
    dio_review_verdicts_flush (clerk->verdicts, NULL);
    return create_news (clerk, FALSE);
  }
  guint before = count_decided (clerk);
  g_autoptr (DioDiagnostics) findings = dio_diagnostics_new ();
  if (!dio_review_verdicts_refresh (clerk->verdicts, clerk->reader, table, findings, error))
    return NULL;
  changed = changed || first || count_decided (clerk) != before;
  return create_news (clerk, changed);
}

static void
update_errand (GTask *task, DioDeskClerk *clerk)
{
  GError *error = NULL;
  News *news =
      update (clerk, (DioReviewLevel) GPOINTER_TO_INT (g_task_get_task_data (task)), &error);
  if (news != NULL)
    g_task_return_pointer (task, news, news_free);
  else
    g_task_return_error (task, error);
}

/* The last errand: waits until all is on the disk. */
static void
close_errand (GTask *task, DioDeskClerk *clerk)
{
  g_clear_pointer (&clerk->verdicts, dio_review_verdicts_free);
  g_clear_pointer (&clerk->table, dio_review_table_unref);
  g_clear_pointer (&clerk->reader, dio_review_reader_free);
  mailbox_release (clerk->mailbox);
  g_free (clerk->folder);
  g_free (clerk->reviewer);
  g_free (clerk);
  g_task_return_boolean (task, TRUE);
}

void
dio_desk_data_run (DioDeskData *self, GTask *task, DioDeskErrand errand)
{
  g_return_if_fail (DIO_IS_DESK_DATA (self) && !self->closed);

  Errand *item = g_new (Errand, 1);
  *item = (Errand){ task, errand };
  g_thread_pool_push (self->pool, item, NULL);
}

/* -- News ----------------------------------------------------------------------------------------------------------- */

static void
take_news (DioDeskData *self, News *news)
{
  if (news->table != NULL) {
    g_clear_pointer (&self->table, dio_review_table_unref);
    self->table = dio_review_table_ref (news->table);
  }
  if (news->scenario != NULL) {
    g_clear_pointer (&self->scenario, dio_scenario_unref);
    self->scenario = dio_scenario_ref (news->scenario);
  }
  self->verdicts = news->verdicts;
}

static void start_update (DioDeskData *self, DioReviewLevel level);

static void
updated_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  DioDeskData *self = DIO_DESK_DATA (source);
  g_autoptr (GError) error = NULL;
  News *news = g_task_propagate_pointer (G_TASK (result), &error);
  self->polling = FALSE;
  if (news == NULL || self->closed) {
    if (news == NULL && !self->closed)
      g_signal_emit (self, signals[NOT_SAVED], 0, error->message);
    g_clear_pointer (&news, news_free);
    return;
  }
  take_news (self, news);
  if (news->changed)
    g_signal_emit (self, signals[GROWN], 0);
  news_free (news);
  if (!self->closed && dio_review_table_get_level (self->table) < DIO_REVIEW_LOAD_NAMES)
    start_update (self, DIO_REVIEW_LOAD_NAMES);
}

static void
start_update (DioDeskData *self, DioReviewLevel level)
{
  self->polling = TRUE;
  GTask *task = g_task_new (self, NULL, updated_cb, NULL);
  g_task_set_task_data (task, GINT_TO_POINTER (level), NULL);
  dio_desk_data_run (self, task, update_errand);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  DioDeskData *self = DIO_DESK_DATA (source);
  g_autoptr (GError) error = NULL;
  News *news = g_task_propagate_pointer (G_TASK (result), &error);
  if (self->closed) {
    g_clear_pointer (&news, news_free);
    return;
  }
  if (news != NULL) {
    take_news (self, news);
    news_free (news);
  }
  g_signal_emit (self, signals[OPENED], 0, error);
  if (error == NULL && !self->closed)
    start_update (self, DIO_REVIEW_LOAD_OBJECTS);
}

void
dio_desk_data_poll (DioDeskData *self)
{
  g_return_if_fail (DIO_IS_DESK_DATA (self));

  if (!self->polling && !self->closed && self->verdicts != NULL)
    start_update (self, DIO_REVIEW_LOAD_NAMES);
}

/* -- Verdicts ------------------------------------------------------------------------------------------------------- */

DioReviewState
dio_desk_data_get_state (DioDeskData *self, DioReviewUnit unit, guint32 row)
{
  return self->verdicts != NULL ? dio_review_verdicts_get_state (self->verdicts, unit, row)
                                : DIO_REVIEW_UNDECIDED;
}

static gboolean
tell (DioDeskData *self, gboolean done)
{
  if (done)
    g_signal_emit (self, signals[DECIDED], 0);
  return done;
}

gboolean
dio_desk_data_decide (DioDeskData *self,
                      DioReviewUnit unit,
                      const guint32 *rows,
                      guint n,
                      const DioReviewDecision *decision)
{
  g_return_val_if_fail (DIO_IS_DESK_DATA (self), FALSE);

  return self->verdicts != NULL
         && tell (self, dio_review_verdicts_decide (self->verdicts, unit, rows, n, decision));
}

gboolean
dio_desk_data_undo (DioDeskData *self, DioReviewUnit *unit, GArray **rows)
{
  g_return_val_if_fail (DIO_IS_DESK_DATA (self), FALSE);

  return self->verdicts != NULL
         && tell (self, dio_review_verdicts_undo (self->verdicts, unit, rows));
}

gboolean
dio_desk_data_redo (DioDeskData *self, DioReviewUnit *unit, GArray **rows)
{
  g_return_val_if_fail (DIO_IS_DESK_DATA (self), FALSE);

  return self->verdicts != NULL
         && tell (self, dio_review_verdicts_redo (self->verdicts, unit, rows));
}

/* -- Object --------------------------------------------------------------------------------------------------------- */

const char *
dio_desk_data_get_folder (DioDeskData *self)
{
  return self->folder;
}

DioReviewTable *
dio_desk_data_get_table (DioDeskData *self)
{
  return self->table;
}

DioReviewVerdicts *
dio_desk_data_get_verdicts (DioDeskData *self)
{
  return self->verdicts;
}

DioScenario *
dio_desk_data_get_scenario (DioDeskData *self)
{
  return self->scenario;
}

/* The program stays until the last verdict is on the disk. */
static void
closed_cb (GObject *source, GAsyncResult *result, gpointer application)
{
  if (application != NULL) {
    g_application_release (application);
    g_object_unref (application);
  }
}

void
dio_desk_data_close (DioDeskData *self)
{
  g_return_if_fail (DIO_IS_DESK_DATA (self));

  if (self->closed)
    return;
  GApplication *application = g_application_get_default ();
  if (application != NULL)
    g_application_hold (g_object_ref (application));
  dio_desk_data_run (self, g_task_new (NULL, NULL, closed_cb, application), close_errand);
  self->closed = TRUE;
  self->verdicts = NULL;
  self->clerk = NULL;
  g_thread_pool_free (g_steal_pointer (&self->pool), FALSE, FALSE);
}

static void
dio_desk_data_finalize (GObject *object)
{
  DioDeskData *self = DIO_DESK_DATA (object);
  dio_desk_data_close (self);
  g_clear_pointer (&self->table, dio_review_table_unref);
  g_clear_pointer (&self->scenario, dio_scenario_unref);
  g_free (self->folder);
  G_OBJECT_CLASS (dio_desk_data_parent_class)->finalize (object);
}

static void
dio_desk_data_class_init (DioDeskDataClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dio_desk_data_finalize;
  GType type = G_TYPE_FROM_CLASS (klass);
  signals[OPENED] = g_signal_new ("opened", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[GROWN] =
      g_signal_new ("grown", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DECIDED] =
      g_signal_new ("decided", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[NOT_SAVED] = g_signal_new ("not-saved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
dio_desk_data_init (DioDeskData *self)
{
}

DioDeskData *
dio_desk_data_new (const char *folder, const char *reviewer)
{
  g_return_val_if_fail (folder != NULL, NULL);

  DioDeskData *self = g_object_new (DIO_TYPE_DESK_DATA, NULL);
  self->folder = g_strdup (folder);
  self->clerk = g_new0 (DioDeskClerk, 1);
  self->clerk->folder = g_strdup (folder);
  self->clerk->reviewer = reviewer != NULL && *reviewer != '\0' ? g_strdup (reviewer) : NULL;
  self->clerk->mailbox = g_atomic_rc_box_new0 (DioDeskMailbox);
  g_weak_ref_init (&self->clerk->mailbox->data, self);
  self->pool = g_thread_pool_new (work, self->clerk, 1, TRUE, NULL);
  dio_desk_data_run (self, g_task_new (self, NULL, opened_cb, NULL), open_errand);
  return self;
}
