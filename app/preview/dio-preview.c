#define G_LOG_DOMAIN "dio-preview"

/* The mailbox between the main thread and the render thread.
 *
 *     main                                     render
 *     dio_preview_request  --> inbox --------> take_work
 *     func (result)        <-- outbox <------- post
 *
 * The inbox holds at most one request, one cast and one sheet; a new one of a kind takes the place of the old. The
 * outbox is emptied by a source on the context of the thread that made the preview. Of results that nobody has
 * fetched only the newest is kept, so that a busy main thread does not pile up pictures. */

#include "dio-preview.h"

#include "dio-preview-private.h"

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

/* How far the render thread stands back behind the main loop. */
#define NICE 5

/** A contact sheet in work. Owned by the inbox; the render thread reads what does not change. */
typedef struct {
  gatomicrefcount refs;
  DioPreviewJob *job;
  guint count, tile_width_px;
  guint next; /**< guarded */
  DioPreviewTileFunc func;
  gpointer user;
} Sheet;

/** One answer on its way to the main thread. */
typedef struct {
  DioPreviewResult *result; /**< of a request or a tile; NULL: @hit answers @cast */
  Sheet *sheet;             /**< NULL: of a request */
  guint index;
  DioPreviewCast *cast;
  DioPreviewHit hit;
} Letter;

struct DioPreview {
  GThread *thread;
  GMainContext *context; /**< where answers are given */
  char *engine_path;
  DioPreviewFunc func;
  gpointer user;
  guint64 serial; /**< of the last request; main thread only */
  /** A callback runs; if it frees the preview, what calls back frees the struct. Main thread only. */
  gboolean delivering, freed;

  /* Guards all below. pthread rather than GMutex, whose futex calls ThreadSanitizer cannot see. */
  pthread_mutex_t mutex;
  pthread_cond_t work;
  gboolean quit;
  DioPreviewJob *request;
  DioPreviewCast *cast;
  Sheet *sheet;
  char *gl_error;
  GQueue outbox;   /**< of Letter */
  GSource *source; /**< attached while the outbox is not empty */
};

static Sheet *
sheet_ref (Sheet *sheet)
{
  g_atomic_ref_count_inc (&sheet->refs);
  return sheet;
}

static void
sheet_unref (Sheet *sheet)
{
  if (sheet == NULL || !g_atomic_ref_count_dec (&sheet->refs))
    return;
  dio_preview_job_free (sheet->job);
  g_free (sheet);
}

static void
letter_free (gpointer data)
{
  Letter *letter = data;
  dio_preview_result_unref (letter->result);
  sheet_unref (letter->sheet);
  dio_preview_cast_free (letter->cast);
  g_free (letter);
}

/* ---- answers ---- */

/* A tile of a sheet that was cancelled or replaced is not shown any more. */
static void
deliver (DioPreview *preview, const Letter *letter)
{
  if (letter->cast != NULL) {
    letter->cast->func (&letter->hit, letter->cast->user);
    return;
  }
  if (letter->sheet == NULL) {
    preview->func (letter->result, preview->user);
    return;
  }
  pthread_mutex_lock (&preview->mutex);
  gboolean wanted = preview->sheet == letter->sheet;
  pthread_mutex_unlock (&preview->mutex);
  if (wanted)
    letter->sheet->func (letter->result, letter->index, letter->sheet->user);
}

static Letter *
take_letter (DioPreview *preview)
{
  pthread_mutex_lock (&preview->mutex);
  Letter *letter = g_queue_pop_head (&preview->outbox);
  if (letter == NULL)
    g_clear_pointer (&preview->source, g_source_unref);
  pthread_mutex_unlock (&preview->mutex);
  return letter;
}

static gboolean
deliver_cb (gpointer data)
{
  DioPreview *preview = data;
  Letter *letter;
  preview->delivering = TRUE;
  while (!preview->freed && (letter = take_letter (preview)) != NULL) {
    deliver (preview, letter);
    letter_free (letter);
  }
  preview->delivering = FALSE;
  if (preview->freed)
    g_free (preview);
  return G_SOURCE_REMOVE;
}

/* With the mutex held. */
static void
drop_older_result (DioPreview *preview)
{
  for (GList *at = preview->outbox.head; at != NULL; at = at->next) {
    Letter *letter = at->data;
    if (letter->result == NULL || letter->sheet != NULL)
      continue;
    letter_free (letter);
    g_queue_delete_link (&preview->outbox, at);
    return;
  }
}

/* With the mutex held. Takes @letter. The source is attached by hand: g_main_context_invoke would run on this thread
 * where the main thread is not in its loop. */
static void
post (DioPreview *preview, Letter *letter)
{
  if (letter->result != NULL && letter->sheet == NULL)
    drop_older_result (preview);
  g_queue_push_tail (&preview->outbox, letter);
  if (preview->source != NULL)
    return;
  preview->source = g_idle_source_new ();
  g_source_set_priority (preview->source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (preview->source, "dio-preview");
  g_source_set_callback (preview->source, deliver_cb, preview, NULL);
  g_source_attach (preview->source, preview->context);
}

/* ---- the render thread ---- */

/** What to do next; one of them. */
typedef struct {
  gboolean quit;
  DioPreviewCast *cast;
  DioPreviewJob *request;
  Sheet *sheet;
  guint tile;
} Work;

/* With the mutex held. */
static gboolean
has_tile (const DioPreview *preview)
{
  return preview->sheet != NULL && preview->sheet->next < preview->sheet->count;
}

static Work
take_work (DioPreview *preview)
{
  Work work = { 0 };
  pthread_mutex_lock (&preview->mutex);
  while (!preview->quit && preview->cast == NULL && preview->request == NULL && !has_tile (preview))
    pthread_cond_wait (&preview->work, &preview->mutex);
  if (preview->quit) {
    work.quit = TRUE;
  } else if (preview->cast != NULL) {
    work.cast = g_steal_pointer (&preview->cast);
  } else if (preview->request != NULL) {
    work.request = g_steal_pointer (&preview->request);
  } else {
    work.sheet = sheet_ref (preview->sheet);
    work.tile = preview->sheet->next++;
  }
  pthread_mutex_unlock (&preview->mutex);
  return work;
}

/* Does it and takes what belongs to it into the letter. */
static Letter *
do_work (DioPreviewEye *eye, const Work *work)
{
  Letter *letter = g_new0 (Letter, 1);
  if (work->cast != NULL) {
    letter->cast = work->cast;
    letter->hit = dio_preview_eye_cast (eye, work->cast);
    return letter;
  }
  if (work->request != NULL) {
    letter->result = dio_preview_eye_see (eye, work->request);
    dio_preview_job_free (work->request);
    return letter;
  }
  letter->sheet = work->sheet;
  letter->index = work->tile;
  letter->result =
      dio_preview_eye_see_tile (eye, work->sheet->job, work->sheet->job->request.frame + work->tile,
                                work->sheet->tile_width_px);
  return letter;
}

/* Windows come before pictures: with two processors, the render thread and its helpers would otherwise keep the main
 * loop waiting for its turn. Threads that this one starts (rays, software GL) take after it. */
static void
step_back (void)
{
  setpriority (PRIO_PROCESS, (id_t) gettid (), NICE);
}

static gpointer
render_main_cb (gpointer data)
{
  DioPreview *preview = data;
  step_back ();
  g_autoptr (DioPreviewEye) eye = dio_preview_eye_new (preview->engine_path);

  pthread_mutex_lock (&preview->mutex);
  preview->gl_error = g_strdup (dio_preview_eye_get_gl_error (eye));
  pthread_mutex_unlock (&preview->mutex);
  for (;;) {
    Work work = take_work (preview);
    if (work.quit)
      return NULL;
    Letter *letter = do_work (eye, &work);
    pthread_mutex_lock (&preview->mutex);
    post (preview, letter);
    pthread_mutex_unlock (&preview->mutex);
  }
}

/* ---- the main thread ---- */

DioPreview *
dio_preview_new (const char *engine_path, DioPreviewFunc func, gpointer user)
{
  g_return_val_if_fail (func != NULL, NULL);

  DioPreview *preview = g_new0 (DioPreview, 1);
  preview->context = g_main_context_ref_thread_default ();
  preview->engine_path = g_strdup (engine_path);
  preview->func = func;
  preview->user = user;
  pthread_mutex_init (&preview->mutex, NULL);
  pthread_cond_init (&preview->work, NULL);
  g_queue_init (&preview->outbox);
  preview->thread = g_thread_new ("dio-preview", render_main_cb, preview);
  return preview;
}

void
dio_preview_free (DioPreview *preview)
{
  if (preview == NULL)
    return;
  pthread_mutex_lock (&preview->mutex);
  preview->quit = TRUE;
  pthread_cond_signal (&preview->work);
  pthread_mutex_unlock (&preview->mutex);
  g_thread_join (preview->thread);

  if (preview->source != NULL) {
    g_source_destroy (preview->source);
    g_source_unref (preview->source);
  }
  g_queue_clear_full (&preview->outbox, letter_free);
  dio_preview_job_free (preview->request);
  dio_preview_cast_free (preview->cast);
  sheet_unref (preview->sheet);
  pthread_cond_destroy (&preview->work);
  pthread_mutex_destroy (&preview->mutex);
  g_main_context_unref (preview->context);
  g_free (preview->gl_error);
  g_free (preview->engine_path);
  preview->freed = TRUE;
  if (!preview->delivering)
    g_free (preview);
}

char *
dio_preview_dup_gl_error (DioPreview *preview)
{
  g_return_val_if_fail (preview != NULL, NULL);

  pthread_mutex_lock (&preview->mutex);
  char *copy = g_strdup (preview->gl_error);
  pthread_mutex_unlock (&preview->mutex);
  return copy;
}

guint64
dio_preview_request (DioPreview *preview, const DioPreviewRequest *request)
{
  g_return_val_if_fail (preview != NULL && request != NULL && request->scenario != NULL, 0);

  DioPreviewJob *job = dio_preview_job_new (++preview->serial, request);
  pthread_mutex_lock (&preview->mutex);
  DioPreviewJob *old = preview->request;
  preview->request = job;
  pthread_cond_signal (&preview->work);
  pthread_mutex_unlock (&preview->mutex);
  dio_preview_job_free (old);
  return preview->serial;
}

void
dio_preview_cast (DioPreview *preview,
                  DioVec3 origin_world_m,
                  DioVec3 direction_world,
                  const char *const *without,
                  DioPreviewHitFunc func,
                  gpointer user)
{
  g_return_if_fail (preview != NULL && func != NULL);

  DioPreviewCast *cast = g_new0 (DioPreviewCast, 1);
  cast->origin_world_m = origin_world_m;
  cast->direction_world = direction_world;
  cast->without = g_strdupv ((char **) without);
  cast->func = func;
  cast->user = user;
  pthread_mutex_lock (&preview->mutex);
  if (preview->cast != NULL) {
    Letter *overtaken = g_new0 (Letter, 1);
    overtaken->cast = preview->cast;
    post (preview, overtaken);
  }
  preview->cast = cast;
  pthread_cond_signal (&preview->work);
  pthread_mutex_unlock (&preview->mutex);
}

static void
set_sheet (DioPreview *preview, Sheet *sheet)
{
  pthread_mutex_lock (&preview->mutex);
  Sheet *old = preview->sheet;
  preview->sheet = sheet;
  pthread_cond_signal (&preview->work);
  pthread_mutex_unlock (&preview->mutex);
  sheet_unref (old);
}

void
dio_preview_request_sheet (DioPreview *preview,
                           const DioPreviewRequest *request,
                           guint count,
                           guint tile_width_px,
                           DioPreviewTileFunc func,
                           gpointer user)
{
  g_return_if_fail (preview != NULL && request != NULL && request->scenario != NULL);
  g_return_if_fail (func != NULL && tile_width_px > 0);

  Sheet *sheet = g_new0 (Sheet, 1);
  g_atomic_ref_count_init (&sheet->refs);
  sheet->job = dio_preview_job_new (0, request);
  sheet->count = count;
  sheet->tile_width_px = tile_width_px;
  sheet->func = func;
  sheet->user = user;
  set_sheet (preview, sheet);
}

void
dio_preview_cancel_sheet (DioPreview *preview)
{
  g_return_if_fail (preview != NULL);

  set_sheet (preview, NULL);
}
