#define G_LOG_DOMAIN "dio-frame"

#include "dio-frame-labels.h"

void
dio_leaf_label_clear (DioLeafLabel *label)
{
  if (label == NULL)
    return;
  dio_rle_clear (&label->visible);
  dio_rle_clear (&label->amodal);
  *label = (DioLeafLabel){ 0 };
}

void
dio_ray_labels_clear (DioRayLabels *labels)
{
  if (labels == NULL)
    return;
  dio_image_unref (labels->leaf);
  dio_image_unref (labels->depth_z);
  dio_image_unref (labels->distance);
  dio_image_unref (labels->normal);
  dio_image_unref (labels->edge);
  /* The array may have a clear function of its own: taking the masks out first suits both cases. */
  for (guint i = 0; labels->leaves != NULL && i < labels->leaves->len; i++)
    dio_leaf_label_clear (&g_array_index (labels->leaves, DioLeafLabel, i));
  g_clear_pointer (&labels->leaves, g_array_unref);
  g_clear_pointer (&labels->hidden, g_array_unref);
  *labels = (DioRayLabels){ 0 };
}
