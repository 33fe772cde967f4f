#define G_LOG_DOMAIN "dio-rays"

#include "dio-rays-private.h"

#include <string.h>

/* The estimator rasterises the instance alone, exactly, and asks rays at a fixed selection of its pixels
 * whether it is what they meet. */

static void
raster_instance (const DioRayScene *scene, guint instance, RayBits *bits, RayScratch *scratch)
{
  static const double centre[1][2] = { { 0.5, 0.5 } };
  int width = (int) scene->view.width_px, height = (int) scene->view.height_px;
  const int image[4] = { width, height, 2 * width, 2 * height };
  ray_bits_init (bits, scratch->words[0], image);
  RayRaster raster = { scene, scratch, 1, centre, bits };
  for (guint i = 0; i < scene->items->len; i++)
    if (ray_scene_get_item (scene, i)->instance == instance)
      ray_raster_item (&raster, ray_scene_get_item (scene, i));
}

/** Lists the pixel centres of every @step-th set bit, row by row, and the extent of all. */
static void
select_pixels (const RayBits *bits, double step, GArray *positions, int extent[static 4])
{
  guint64 seen = 0, taken = 0;
  g_array_set_size (positions, 0);
  extent[0] = extent[1] = G_MAXINT;
  extent[2] = extent[3] = 0;
  for (int y = bits->y0; y < bits->y1; y++)
    for (int x = bits->x0; x < bits->x1; x++) {
      if (!ray_bits_get (bits, x, y))
        continue;
      extent[0] = MIN (extent[0], x);
      extent[1] = MIN (extent[1], y);
      extent[2] = MAX (extent[2], x + 1);
      extent[3] = MAX (extent[3], y + 1);
      if ((double) seen++ < (double) taken * step)
        continue;
      double position[2] = { x - bits->x0 + 0.5, y - bits->y0 + 0.5 };
      g_array_append_vals (positions, position, 1);
      taken++;
    }
}

gboolean
dio_ray_scene_estimate (DioRayScene *scene,
                        guint camera,
                        guint instance,
                        guint n_rays,
                        DioVisibilityEstimate *out,
                        GError **error)
{
  g_return_val_if_fail (scene != NULL && out != NULL && instance > 0 && n_rays > 0, FALSE);
  g_return_val_if_fail (scene->frame != NULL && camera < scene->frame->cameras->len, FALSE);
  memset (out, 0, sizeof *out);
  if (!ray_scene_use_camera (scene, camera, error))
    return FALSE;
  RayScratch *scratch = &scene->scratch[0];
  RayBits bits;
  raster_instance (scene, instance, &bits, scratch);
  const int window[4] = { bits.x0, bits.y0, bits.x1, bits.y1 };
  guint64 total = ray_bits_count (&bits, window);
  if (total == 0)
    return TRUE;
  int extent[4];
  select_pixels (&bits, MAX ((double) total / n_rays, 1.0), scratch->positions, extent);
  out->width_px = extent[2] - extent[0];
  out->height_px = extent[3] - extent[1];
  guint n = scratch->positions->len, met = 0;
  g_array_set_size (scratch->samples, n);
  g_array_set_size (scratch->veils, 0);
  RayBatch batch = {
    .positions = (const double (*)[2]) (const void *) scratch->positions->data,
    .n = n,
    .area = { 0, 0, scene->view.width_px, scene->view.height_px },
    .samples = (RaySample *) (void *) scratch->samples->data,
  };
  ray_scene_trace_batch (scene, scratch, &batch);
  for (guint i = 0; i < n; i++) {
    guint item = batch.samples[i].hit.item;
    met += item != NO_ITEM && ray_scene_get_item (scene, item)->instance == instance;
  }
  out->visibility = (double) met / n;
  return TRUE;
}
