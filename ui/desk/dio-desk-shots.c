#define G_LOG_DOMAIN "dio-desk"

#include "dio-desk-shots.h"

/* The one that is looked at, its neighbours, and where one came from. */
#define N_KEPT 5

/** What is on its way; outlives those who asked for it. */
typedef struct {
  DioDeskShots *shots; /**< NULL once nobody waits */
  guint32 frame;
  gboolean with_images;
  GCancellable *cancellable;
} Pending;

struct DioDeskShots {
  DioDeskData *data;
  GQueue kept;          /**< of DioDeskShot, the last used at the head */
  GPtrArray *under_way; /**< of Pending, borrowed */
  guint32 frame;        /**< wanted */
  gboolean with_images;
  gboolean waiting; /**< for @frame */
  DioDeskShotsFunc func;
  gpointer user;
};

static DioDeskShot *
find (DioDeskShots *shots, guint32 frame, gboolean with_images)
{
  for (GList *link = shots->kept.head; link != NULL; link = link->next) {
    DioDeskShot *shot = link->data;
    if (shot->frame == frame && (shot->with_images || !with_images))
      return shot;
  }
  return NULL;
}

static void
keep (DioDeskShots *shots, DioDeskShot *shot)
{
  g_queue_push_head (&shots->kept, dio_desk_shot_ref (shot));
  while (shots->kept.length > N_KEPT)
    dio_desk_shot_unref (g_queue_pop_tail (&shots->kept));
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user)
{
  Pending *pending = user;
  g_autoptr (GError) error = NULL;
  g_autoptr (DioDeskShot) shot = dio_desk_shot_load_finish (result, &error);
  DioDeskShots *shots = pending->shots;
  if (shots != NULL) {
    g_ptr_array_remove_fast (shots->under_way, pending);
    if (shot != NULL)
      keep (shots, shot);
    if (shots->waiting && shots->frame == pending->frame
        && shots->with_images <= pending->with_images) {
      shots->waiting = FALSE;
      shots->func (shot, error, shots->user);
    }
  }
  g_object_unref (pending->cancellable);
  g_free (pending);
}

static void
start (DioDeskShots *shots, guint32 frame, gboolean with_images)
{
  Pending *pending = g_new (Pending, 1);
  *pending = (Pending){ shots, frame, with_images, g_cancellable_new () };
  g_ptr_array_add (shots->under_way, pending);
  DioDeskShotDesc desc = {
    .folder = dio_desk_data_get_folder (shots->data),
    .table = dio_desk_data_get_table (shots->data),
    .scenario = dio_desk_data_get_scenario (shots->data),
    .frame = frame,
    .with_images = with_images,
  };
  dio_desk_shot_load_async (&desc, pending->cancellable, loaded_cb, pending);
}

/* Whoever waited waits no more. */
static void
give_up (DioDeskShots *shots)
{
  for (guint i = 0; i < shots->under_way->len; i++) {
    Pending *pending = g_ptr_array_index (shots->under_way, i);
    pending->shots = NULL;
    g_cancellable_cancel (pending->cancellable);
  }
  g_ptr_array_set_size (shots->under_way, 0);
  shots->waiting = FALSE;
}

static gboolean
is_under_way (DioDeskShots *shots, guint32 frame, gboolean with_images)
{
  for (guint i = 0; i < shots->under_way->len; i++) {
    const Pending *pending = g_ptr_array_index (shots->under_way, i);
    if (pending->frame == frame && with_images <= pending->with_images)
      return TRUE;
  }
  return FALSE;
}

void
dio_desk_shots_want (
    DioDeskShots *shots, guint32 frame, gboolean with_images, DioDeskShotsFunc func, gpointer user)
{
  DioDeskShot *kept = find (shots, frame, with_images);
  if (kept != NULL) {
    shots->waiting = FALSE;
    shots->frame = frame;
    g_queue_remove (&shots->kept, kept);
    g_queue_push_head (&shots->kept, kept);
    func (kept, NULL, user);
    return;
  }
  // What comes ahead of need with its pictures is as good.
  gboolean comes = is_under_way (shots, frame, with_images);
  if (!comes)
    give_up (shots);
  shots->frame = frame;
  shots->with_images = with_images;
  shots->waiting = TRUE;
  shots->func = func;
  shots->user = user;
  if (!comes)
    start (shots, frame, with_images);
}

void
dio_desk_shots_prefetch (DioDeskShots *shots, guint32 frame)
{
  if (!shots->waiting && find (shots, frame, TRUE) == NULL && !is_under_way (shots, frame, TRUE))
    start (shots, frame, TRUE);
}

void
dio_desk_shots_forget_others (DioDeskShots *shots)
{
  for (GList *link = shots->kept.head, *next; link != NULL; link = next) {
    DioDeskShot *shot = link->data;
    next = link->next;
    if (shot->frame == shots->frame)
      continue;
    g_queue_delete_link (&shots->kept, link);
    dio_desk_shot_unref (shot);
  }
}

DioDeskShots *
dio_desk_shots_new (DioDeskData *data)
{
  DioDeskShots *shots = g_new0 (DioDeskShots, 1);
  shots->data = g_object_ref (data);
  shots->under_way = g_ptr_array_new ();
  return shots;
}

void
dio_desk_shots_free (DioDeskShots *shots)
{
  if (shots == NULL)
    return;
  give_up (shots);
  g_queue_clear_full (&shots->kept, (GDestroyNotify) dio_desk_shot_unref);
  g_ptr_array_unref (shots->under_way);
  g_object_unref (shots->data);
  g_free (shots);
}
