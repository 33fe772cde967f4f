#define G_LOG_DOMAIN "dio-desk"

#include "dio-desk-shot.h"

#include "dio-dataset-policy.h"
#include "dio-image-codec.h"

#include <math.h>

/** What the worker is asked: a DioDeskShotDesc that owns. */
typedef struct {
  char *folder;
  DioDeskShot *shot;
} Load;

DioDeskShot *
dio_desk_shot_ref (DioDeskShot *shot)
{
  g_atomic_ref_count_inc (&shot->refs);
  return shot;
}

void
dio_desk_shot_unref (DioDeskShot *shot)
{
  if (!g_atomic_ref_count_dec (&shot->refs))
    return;
  DioImage *images[] = { shot->rgb, shot->leaf, shot->depth_z, shot->normal };
  for (guint i = 0; i < G_N_ELEMENTS (images); i++)
    g_clear_pointer (&images[i], dio_image_unref);
  dio_review_item_clear (&shot->item);
  dio_review_table_unref (shot->table);
  dio_scenario_unref (shot->scenario);
  g_free (shot);
}

static void
load_free (gpointer data)
{
  Load *load = data;
  g_clear_pointer (&load->shot, dio_desk_shot_unref);
  g_free (load->folder);
  g_free (load);
}

/* -- Pictures ------------------------------------------------------------------------------------------------------- */

/* NULL where the dataset has no such channel or it cannot be read: the pass is then absent. */
static DioImage *
load_channel (const DioDeskShot *shot, DioReviewReader *reader, const char *channel)
{
  g_autofree char *path = dio_review_item_dup_path (&shot->item, reader, channel);
  if (path == NULL)
    return NULL;
  if (!g_str_has_suffix (path, ".npy"))
    return dio_image_load (path, NULL, NULL);
  g_autofree char *bytes = NULL;
  gsize size;
  if (!g_file_get_contents (path, &bytes, &size, NULL))
    return NULL;
  return dio_image_decode_npy (bytes, size, NULL);
}

/* Metres, +inf where nothing is; 0 in the file is background. */
static DioImage *
load_depth (const DioDeskShot *shot, DioReviewReader *reader)
{
  g_autoptr (DioImage) stored = load_channel (shot, reader, "depth");
  if (stored == NULL || stored->channels != 1)
    return NULL;
  if (stored->type == DIO_PIXEL_F32)
    return g_steal_pointer (&stored);
  if (stored->type != DIO_PIXEL_U16)
    return NULL;
  double unit_m = dio_review_item_get_capture (&shot->item)->depth_unit_m;
  DioImage *depth = dio_image_new (stored->width, stored->height, 1, DIO_PIXEL_F32);
  gsize pixels = (gsize) stored->width * stored->height;
  for (gsize i = 0; i < pixels; i++)
    depth->f32[i] = stored->u16[i] == 0 ? INFINITY : (float) (stored->u16[i] * unit_m);
  return depth;
}

/* Camera axes; three zeros in the file are background. */
static DioImage *
load_normal (const DioDeskShot *shot, DioReviewReader *reader)
{
  g_autoptr (DioImage) stored = load_channel (shot, reader, "normal");
  if (stored == NULL || stored->channels != 3 || stored->type != DIO_PIXEL_U16)
    return NULL;
  DioImage *normal = dio_image_new (stored->width, stored->height, 3, DIO_PIXEL_F32);
  gsize pixels = (gsize) stored->width * stored->height;
  for (gsize i = 0; i < pixels; i++) {
    const uint16_t *from = stored->u16 + 3 * i;
    if (from[0] == 0 && from[1] == 0 && from[2] == 0)
      continue;
    for (guint k = 0; k < 3; k++)
      normal->f32[3 * i + k] = (float) (from[k] / 65535.0 * 2.0 - 1.0);
  }
  return normal;
}

static DioImage *
load_of_type (const DioDeskShot *shot,
              DioReviewReader *reader,
              const char *channel,
              guint channels,
              DioPixelType type)
{
  g_autoptr (DioImage) image = load_channel (shot, reader, channel);
  if (image == NULL || image->channels != channels || image->type != type)
    return NULL;
  return g_steal_pointer (&image);
}

static void
load_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Load *load = data;
  DioDeskShot *shot = load->shot;
  g_autoptr (GError) error = NULL;
  g_autoptr (DioReviewReader) reader = dio_review_reader_open (load->folder, &error);
  if (reader == NULL
      || !dio_review_item_load (reader, shot->table, DIO_REVIEW_FRAMES, shot->frame,
                                DIO_LOAD_LEAVES | DIO_LOAD_HIDDEN, &shot->item, &error)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  if (shot->with_images && !g_cancellable_is_cancelled (cancellable)) {
    shot->rgb = load_of_type (shot, reader, "rgb", 3, DIO_PIXEL_U8);
    shot->leaf = load_of_type (shot, reader, "leaf", 1, DIO_PIXEL_U16);
    shot->depth_z = load_depth (shot, reader);
    shot->normal = load_normal (shot, reader);
  }
  g_task_return_pointer (task, g_steal_pointer (&load->shot), (GDestroyNotify) dio_desk_shot_unref);
}

void
dio_desk_shot_load_async (const DioDeskShotDesc *desc,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user)
{
  DioDeskShot *shot = g_new0 (DioDeskShot, 1);
  g_atomic_ref_count_init (&shot->refs);
  shot->table = dio_review_table_ref (desc->table);
  shot->scenario = dio_scenario_ref (desc->scenario);
  shot->frame = desc->frame;
  shot->with_images = desc->with_images;
  if (!dio_label_policy_for_scenario (&shot->policy, &desc->scenario->policy, NULL))
    dio_label_policy_from_preset ("detector", &shot->policy);
  Load *load = g_new0 (Load, 1);
  load->folder = g_strdup (desc->folder);
  load->shot = shot;
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user);
  g_task_set_task_data (task, load, load_free);
  g_task_run_in_thread (task, load_thread);
}

DioDeskShot *
dio_desk_shot_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

DioOverlayScene *
dio_desk_shot_create_scene (DioDeskShot *shot)
{
  if (shot->rgb == NULL)
    return NULL;
  DioOverlayCapture capture = {
    .capture = dio_review_item_get_capture (&shot->item),
    .scenario = shot->scenario,
    .rgb = shot->rgb,
    .leaf = shot->leaf,
    .depth_z = shot->depth_z,
    .normal = shot->normal,
    .policy = &shot->policy,
    .owner = dio_desk_shot_ref (shot),
    .owner_destroy = (GDestroyNotify) dio_desk_shot_unref,
  };
  return dio_overlay_scene_new_from_capture (&capture);
}

int
dio_desk_shot_find_object (const DioDeskShot *shot, guint32 row)
{
  for (guint i = 0; i < shot->item.object_rows->len; i++)
    if (g_array_index (shot->item.object_rows, gint64, i) == row)
      return (int) i;
  return -1;
}
