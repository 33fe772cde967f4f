#define G_LOG_DOMAIN "dio-derive"

/* A view from a capture's rows and files. */

#include "dio-base-path.h"
#include "dio-core-error.h"
#include "dio-derive.h"
#include "dio-image-codec.h"

#include <math.h>

#define BEYOND_RANGE 65535

static const DioDatasetFile *
find_file (const DioDatasetCapture *capture, const char *channel)
{
  for (guint i = 0; i < capture->files->len; i++) {
    const DioDatasetFile *file = &g_array_index (capture->files, DioDatasetFile, i);
    if (g_str_equal (file->channel, channel))
      return file;
  }
  return NULL;
}

static DioImage *
decode (const char *path, GError **error)
{
  g_autofree char *data = NULL;
  gsize size;
  if (!g_str_has_suffix (path, ".npy"))
    return dio_image_load (path, NULL, error);
  if (!g_file_get_contents (path, &data, &size, error))
    return NULL;
  return dio_image_decode_npy (data, size, error);
}

/* The picture of @channel; NULL with an error where it is none of the capture's size and of @channels. */
static DioImage *
load_channel (const char *folder,
              const DioDatasetCapture *capture,
              const char *channel,
              guint channels,
              GError **error)
{
  const DioDatasetFile *file = find_file (capture, channel);
  if (file == NULL) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND,
                 "The dataset holds no pictures of “%s”, which this is made from: render with that "
                 "output",
                 channel);
    return NULL;
  }
  g_autofree char *path = dio_path_join_inside (folder, file->path);
  g_autoptr (DioImage) image = path != NULL ? decode (path, error) : NULL;
  if (image == NULL) {
    g_prefix_error (error, "%s: ", file->path);
    return NULL;
  }
  gboolean number = image->type == DIO_PIXEL_U16
                    || (image->type == DIO_PIXEL_F32 && g_str_equal (channel, "depth"));
  if (image->width == capture->width_px && image->height == capture->height_px
      && image->channels == channels && number)
    return g_steal_pointer (&image);
  g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT,
               "The picture “%s” is not of the size and kind that its capture says", file->path);
  return NULL;
}

static gboolean
load_depth (const char *folder,
            const DioDatasetCapture *capture,
            DioDeriveView *view,
            GError **error)
{
  g_autoptr (DioImage) stored = load_channel (folder, capture, "depth", 1, error);
  if (stored == NULL)
    return FALSE;
  if (stored->type == DIO_PIXEL_F32) {
    view->depth_z = g_steal_pointer (&stored);
    return TRUE;
  }
  view->depth_error_m = capture->depth_unit_m / 2;
  view->depth_z = dio_image_new (stored->width, stored->height, 1, DIO_PIXEL_F32);
  for (gsize i = 0; i < (gsize) stored->width * stored->height; i++) {
    guint steps = stored->u16[i];
    view->depth_z->f32[i] = steps == 0              ? INFINITY
                            : steps == BEYOND_RANGE ? NAN
                                                    : (float) (steps * capture->depth_unit_m);
  }
  return TRUE;
}

/* ---- owners ---- */

static void
add_objects (const DioDatasetCapture *capture, GArray *objects)
{
  for (guint i = 0; i < capture->annotations->len; i++) {
    const DioAnnotation *a = &g_array_index (capture->annotations, DioDatasetAnnotation, i).label;
    DioDeriveObject object = {
      .object_key = a->object_key,
      .world_from_object = a->world_from_object,
      .scale = a->scale,
      .box_center_world_m = a->box_center_world_m,
      .box_size_m = a->box_size_m,
      .box_q_wxyz_world = a->box_q_wxyz_world,
    };
    g_array_append_val (objects, object);
  }
}

/* Place of the annotation that moves @leaf, + 1: its instance's, or of an excluded face that of the node itself. 0 = unknown. */
static guint
find_owner (const DioDatasetCapture *capture, const DioDatasetLeaf *leaf)
{
  for (guint i = 0; i < capture->annotations->len; i++) {
    const DioDatasetAnnotation *row =
        &g_array_index (capture->annotations, DioDatasetAnnotation, i);
    if (leaf->instance > 0 ? row->label.instance == leaf->instance
                           : row->copy == leaf->copy && g_str_equal (row->node_id, leaf->node_id))
      return i + 1;
  }
  return 0;
}

static gboolean
load_owners (const char *folder,
             const DioDatasetCapture *capture,
             DioDeriveView *view,
             GError **error)
{
  g_autoptr (DioImage) leaf = load_channel (folder, capture, "leaf", 1, error);
  if (leaf == NULL)
    return FALSE;
  g_autofree uint16_t *table = g_new0 (uint16_t, G_MAXUINT16 + 1);
  for (guint i = 0; i < capture->leaves->len; i++) {
    const DioDatasetLeaf *row = &g_array_index (capture->leaves, DioDatasetLeaf, i);
    table[row->leaf & G_MAXUINT16] = (uint16_t) find_owner (capture, row);
  }
  view->object = dio_image_new (leaf->width, leaf->height, 1, DIO_PIXEL_U16);
  for (gsize i = 0; i < (gsize) leaf->width * leaf->height; i++)
    view->object->u16[i] = table[leaf->u16[i]];
  return TRUE;
}

static gboolean
load_normal (const char *folder,
             const DioDatasetCapture *capture,
             DioDeriveView *view,
             GError **error)
{
  if (find_file (capture, "normal") == NULL)
    return TRUE;
  g_autoptr (DioImage) stored = load_channel (folder, capture, "normal", 3, error);
  if (stored == NULL)
    return FALSE;
  view->normal = dio_image_new (stored->width, stored->height, 3, DIO_PIXEL_F32);
  for (gsize i = 0; i < (gsize) stored->width * stored->height; i++) {
    const uint16_t *n = stored->u16 + 3 * i;
    gboolean nothing = n[0] == 0 && n[1] == 0 && n[2] == 0;
    for (guint k = 0; k < 3 && !nothing; k++)
      view->normal->f32[3 * i + k] = (float) (2 * (n[k] / 65535.0) - 1);
  }
  return TRUE;
}

gboolean
dio_derive_view_load (const char *folder,
                      const DioDatasetCapture *capture,
                      DioDeriveView *out,
                      GError **error)
{
  g_return_val_if_fail (folder != NULL && capture != NULL && out != NULL, FALSE);
  *out = (DioDeriveView){
    .width_px = capture->width_px,
    .height_px = capture->height_px,
    .fx = capture->fx,
    .fy = capture->fy,
    .cx = capture->cx,
    .cy = capture->cy,
    .world_from_camera = capture->world_from_camera,
    .objects = g_array_new (FALSE, TRUE, sizeof (DioDeriveObject)),
  };
  add_objects (capture, out->objects);
  if (load_depth (folder, capture, out, error) && load_owners (folder, capture, out, error)
      && load_normal (folder, capture, out, error))
    return TRUE;
  dio_derive_view_clear (out);
  return FALSE;
}

void
dio_derive_view_clear (DioDeriveView *view)
{
  g_clear_pointer (&view->depth_z, dio_image_unref);
  g_clear_pointer (&view->object, dio_image_unref);
  g_clear_pointer (&view->normal, dio_image_unref);
  g_clear_pointer (&view->objects, g_array_unref);
}
