#define G_LOG_DOMAIN "dio-annotate"

#include "dio-annotate.h"

#include <math.h>

/** A u16 picture in which every leaf id is replaced by @table[id]; ids beyond the table become 0. */
static DioImage *
map_leaves (const DioImage *leaf, const uint16_t *table, guint n)
{
  DioImage *out = dio_image_new (leaf->width, leaf->height, 1, DIO_PIXEL_U16);
  gsize pixels = (gsize) leaf->width * leaf->height;
  for (gsize i = 0; i < pixels; i++)
    out->u16[i] = leaf->u16[i] < n ? table[leaf->u16[i]] : 0;
  return out;
}

DioImage *
dio_annotate_instance_image (const DioFrame *frame, const DioImage *leaf)
{
  g_return_val_if_fail (frame != NULL && leaf != NULL && leaf->type == DIO_PIXEL_U16, NULL);
  g_autofree uint16_t *table = g_new0 (uint16_t, frame->leaves->len + 1);
  for (guint i = 0; i < frame->leaves->len; i++)
    table[i + 1] = (uint16_t) g_array_index (frame->leaves, DioFrameLeaf, i).instance;
  return map_leaves (leaf, table, frame->leaves->len + 1);
}

/* Excluded faces are no part of their object, so they have no category either (labels.md 2). */
DioImage *
dio_annotate_semantic_image (const DioFrame *frame, const DioImage *leaf, int background_category)
{
  g_return_val_if_fail (frame != NULL && leaf != NULL && leaf->type == DIO_PIXEL_U16, NULL);
  g_autofree uint16_t *table = g_new0 (uint16_t, frame->leaves->len + 1);
  table[0] = (uint16_t) (background_category >= 0 ? background_category + 1 : 0);
  for (guint i = 0; i < frame->leaves->len; i++) {
    const DioFrameLeaf *entry = &g_array_index (frame->leaves, DioFrameLeaf, i);
    gboolean labelled = entry->instance > 0 && entry->category >= 0;
    table[i + 1] = (uint16_t) (labelled ? entry->category + 1 : 0);
  }
  return map_leaves (leaf, table, frame->leaves->len + 1);
}

DioImage *
dio_annotate_depth_image (const DioImage *depth_z, double unit_m, guint64 *clipped_px)
{
  g_return_val_if_fail (depth_z != NULL && depth_z->type == DIO_PIXEL_F32 && unit_m > 0, NULL);
  DioImage *out = dio_image_new (depth_z->width, depth_z->height, 1, DIO_PIXEL_U16);
  gsize pixels = (gsize) depth_z->width * depth_z->height;
  guint64 clipped = 0;
  for (gsize i = 0; i < pixels; i++) {
    if (!isfinite (depth_z->f32[i]))
      continue;
    /* Cutting off digits rounds down what is not negative, and without SSE 4.1 floor is a call. */
    double steps = depth_z->f32[i] / unit_m + 0.5;
    steps = steps > 65536 ? 65536 : (steps < 0 ? 0 : (double) (int) steps);
    /* 0 means background, so a surface nearer than half a step is out of range as well. */
    gboolean beyond = steps > 65534 || steps < 1;
    clipped += beyond;
    out->u16[i] = (uint16_t) (steps < 1 ? 1 : (beyond ? 65535 : steps));
  }
  if (clipped_px != NULL)
    *clipped_px = clipped;
  return out;
}

DioImage *
dio_annotate_normal_image (const DioImage *normal)
{
  g_return_val_if_fail (normal != NULL && normal->type == DIO_PIXEL_F32 && normal->channels == 3,
                        NULL);
  DioImage *out = dio_image_new (normal->width, normal->height, 3, DIO_PIXEL_U16);
  gsize pixels = (gsize) normal->width * normal->height;
  for (gsize i = 0; i < pixels; i++) {
    const float *n = normal->f32 + i * 3;
    if (n[0] == 0 && n[1] == 0 && n[2] == 0)
      continue;
    for (guint k = 0; k < 3; k++) {
      double value = CLAMP (((double) n[k] + 1.0) / 2.0, 0, 1);
      out->u16[i * 3 + k] = (uint16_t) (value * 65535.0 + 0.5);
    }
  }
  return out;
}
