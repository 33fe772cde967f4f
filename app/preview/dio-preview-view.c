#define G_LOG_DOMAIN "dio-preview"

#include "dio-preview-private.h"

#include "dio-core-pose.h"
#include "dio-core-vec.h"

#include <math.h>
#include <string.h>

/* Planes of the view: near enough for the smallest models. The far one is without effect on pictures. */
#define NEAR_M 0.01
#define FAR_M 10000.0
/* A room in daylight, as sensors of a new scenario have it. */
#define EXPOSURE_EV100 10.0

/* Moves the eye back along its axis and sets the planes closely around all items. */
static void
stand_back (DioCamera *camera, const DioFrame *frame)
{
  DioBox3 box = dio_box3_empty ();
  DioMat4 camera_from_world;
  if (!dio_mat4_invert_affine (&camera->world_from_camera, &camera_from_world))
    return;
  for (guint i = 0; i < frame->items->len; i++) {
    const DioFrameItem *item = &g_array_index (frame->items, DioFrameItem, i);
    DioMat4 camera_from_mesh = dio_mat4_multiply (&camera_from_world, &item->world_from_mesh);
    DioBox3 bounds = dio_box3_transform (&item->mesh->bounds, &camera_from_mesh);
    dio_box3_add_box (&box, &bounds);
  }
  double nearest_m = dio_box3_is_empty (&box) ? 0 : -box.max.z;
  double farthest_m = dio_box3_is_empty (&box) ? 1 : -box.min.z;
  double margin_m = 0.1 + 0.05 * (farthest_m - nearest_m), back_m = margin_m - nearest_m;
  double *m = camera->world_from_camera.m;
  for (int i = 0; i < 3; i++)
    m[12 + i] += back_m * m[8 + i];
  camera->near_m = margin_m / 2;
  camera->far_m = farthest_m + back_m + margin_m;
}

DioCamera
dio_preview_view_to_camera (const DioPreviewView *view,
                            const DioFrame *frame,
                            const DioCamera *like)
{
  double w = view->width_px, h = view->height_px;
  double focal_px =
      view->orthographic ? h / view->ortho_height_m : h / 2 / tan (view->fov_y_rad / 2);
  DioCamera camera = {
    .id = "view",
    .width_px = view->width_px,
    .height_px = view->height_px,
    .fx = focal_px,
    .fy = focal_px,
    .cx = w / 2,
    .cy = h / 2,
    .near_m = NEAR_M,
    .far_m = FAR_M,
    .world_from_camera = view->world_from_camera,
    .exposure_ev100 = like != NULL ? like->exposure_ev100 : EXPOSURE_EV100,
    .tone = like != NULL ? like->tone : DIO_TONE_FILMIC,
    .depth_unit_m = 1e-3,
    .orthographic = view->orthographic,
  };
  if (view->orthographic)
    stand_back (&camera, frame);
  return camera;
}

/** Where an enlarged line finds a value: in 256ths between two of the small one. */
typedef struct {
  guint first, second, nearest, weight;
} Tap;

static Tap *
make_taps (guint small, guint large)
{
  Tap *taps = g_new (Tap, large);
  for (guint i = 0; i < large; i++) {
    double at = (i + 0.5) * small / large - 0.5;
    guint first = at > 0 ? (guint) at : 0;
    taps[i].first = first;
    taps[i].second = MIN (first + 1, small - 1);
    taps[i].nearest = MIN ((guint) ((i + 0.5) * small / large), small - 1);
    taps[i].weight = at > first ? (guint) ((at - first) * 256) : 0;
  }
  return taps;
}

/* Two lines of @small mixed into one, then its values into the larger line. */
static void
enlarge_color_row (
    const DioImage *small, Tap row, const Tap *columns, guint16 *line, DioImage *out, guint y)
{
  const uint8_t *a = small->u8 + row.first * small->stride_bytes;
  const uint8_t *b = small->u8 + row.second * small->stride_bytes;
  for (guint i = 0; i < small->width * 3; i++)
    line[i] = (guint16) (a[i] * (256 - row.weight) + b[i] * row.weight);
  uint8_t *to = out->u8 + y * out->stride_bytes;
  for (guint x = 0; x < out->width; x++, to += 3) {
    const guint16 *p = line + columns[x].first * 3, *q = line + columns[x].second * 3;
    guint weight = columns[x].weight;
    for (guint c = 0; c < 3; c++)
      to[c] = (uint8_t) ((p[c] * (256 - weight) + q[c] * weight) >> 16);
  }
}

void
dio_preview_enlarge (DioImage **image, guint width_px, guint height_px)
{
  DioImage *small = *image;
  if (small == NULL || (small->width == width_px && small->height == height_px))
    return;
  DioImage *out = dio_image_new (width_px, height_px, small->channels, small->type);
  g_autofree Tap *columns = make_taps (small->width, width_px);
  g_autofree Tap *rows = make_taps (small->height, height_px);
  g_autofree guint16 *line = g_new (guint16, (gsize) small->width * 3);
  for (guint y = 0; y < height_px; y++) {
    if (small->type == DIO_PIXEL_U8) {
      enlarge_color_row (small, rows[y], columns, line, out, y);
      continue;
    }
    gsize pixel = (gsize) dio_image_get_bytes (small) / ((gsize) small->width * small->height);
    const guint8 *from = small->u8 + (gsize) rows[y].nearest * small->width * pixel;
    guint8 *to = out->u8 + (gsize) y * width_px * pixel;
    for (guint x = 0; x < width_px; x++, to += pixel)
      memcpy (to, from + columns[x].nearest * pixel, pixel);
  }
  dio_image_unref (small);
  *image = out;
}
