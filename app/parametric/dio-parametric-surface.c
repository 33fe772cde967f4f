#define G_LOG_DOMAIN "dio-parametric"

/* A surface into pictures. The relief is kept for the whole picture, because a normal needs its neighbours. */

#include "dio-parametric-surface-private.h"

#include <math.h>

#define MAX_SIDE_PX 2048

/* The values of all rows of one picture: relief for all, the rest for the row at hand. */
typedef struct {
  const DioSurface *surface;
  DioTextureRow row;
  DioSurfaceRow out;
  float *relief_m; /* [height_px][width_px] */
} Work;

static uint8_t
to_byte (float value)
{
  return (uint8_t) (CLAMP (value, 0, 1) * 255 + 0.5f);
}

static void
start_row (Work *work, guint y)
{
  guint n = work->surface->width_px;
  work->row.v = (y + 0.5) / work->surface->height_px;
  work->out.height_m = work->relief_m + (gsize) y * n;
  for (guint x = 0; x < n; x++) {
    work->out.height_m[x] = 0;
    work->out.roughness[x] = 0.8f;
    work->out.metallic[x] = 0;
    work->out.alpha[x] = 1;
  }
}

static void
write_row (const Work *work, guint y, DioSurfaceImages *images)
{
  const DioSurfaceRow *from = &work->out;
  uint8_t *color = images->color->u8 + y * images->color->stride_bytes;
  uint8_t *rough = images->metallic_roughness->u8 + y * images->metallic_roughness->stride_bytes;
  for (guint x = 0; x < work->surface->width_px; x++, color += 4, rough += 4) {
    for (int c = 0; c < 3; c++)
      color[c] = to_byte (from->rgb[x][c]);
    color[3] = to_byte (from->alpha[x]);
    rough[0] = 255;
    rough[1] = to_byte (from->roughness[x]);
    rough[2] = to_byte (from->metallic[x]);
    rough[3] = 255;
  }
}

/* Central differences over the border; +Y of the normal is up the picture, which is against v. */
static void
write_normals (const Work *work, DioImage *image)
{
  const DioSurface *surface = work->surface;
  guint w = surface->width_px, h = surface->height_px;
  double side_m = surface->tile_m > 0 ? surface->tile_m : surface->relief_m;
  float scale_x = side_m > 0 ? (float) (w / (2 * side_m)) : 0;
  float scale_y = side_m > 0 ? (float) (h / (2 * side_m)) : 0;
  for (guint y = 0; y < h; y++) {
    const float *here = work->relief_m + (gsize) y * w;
    const float *above = work->relief_m + (gsize) ((y + h - 1) % h) * w;
    const float *below = work->relief_m + (gsize) ((y + 1) % h) * w;
    uint8_t *out = image->u8 + y * image->stride_bytes;
    for (guint x = 0; x < w; x++, out += 4) {
      float dx = (here[x + 1 < w ? x + 1 : 0] - here[x > 0 ? x - 1 : w - 1]) * scale_x;
      float dy = (below[x] - above[x]) * scale_y;
      float length = sqrtf (dx * dx + dy * dy + 1);
      out[0] = to_byte (0.5f - 0.5f * dx / length);
      out[1] = to_byte (0.5f + 0.5f * dy / length);
      out[2] = to_byte (0.5f + 0.5f / length);
      out[3] = 255;
    }
  }
}

static void
work_init (Work *work, const DioSurface *surface)
{
  guint n = surface->width_px;
  *work = (Work){ .surface = surface };
  work->row = (DioTextureRow){ .size_px = n, .pixel = 1.0f / (float) n, .seed = surface->seed };
  work->row.u = g_new (float, n);
  for (guint x = 0; x < n; x++)
    work->row.u[x] = (float) ((x + 0.5) / n);
  work->out.rgb = g_malloc0_n (n, sizeof *work->out.rgb);
  work->out.roughness = g_new (float, n);
  work->out.metallic = g_new (float, n);
  work->out.alpha = g_new (float, n);
  work->relief_m = g_new (float, (gsize) n * surface->height_px);
}

static void
work_clear (Work *work)
{
  dio_texture_row_clear (&work->row);
  g_free (work->out.rgb);
  g_free (work->out.roughness);
  g_free (work->out.metallic);
  g_free (work->out.alpha);
  g_free (work->relief_m);
}

void
dio_surface_render (const DioSurface *surface, DioSurfaceImages *out)
{
  guint w = surface->width_px, h = surface->height_px;
  g_return_if_fail (w >= 1 && w <= MAX_SIDE_PX && h >= 1 && h <= MAX_SIDE_PX);
  out->color = dio_image_new (w, h, 4, DIO_PIXEL_U8);
  out->normal = dio_image_new (w, h, 4, DIO_PIXEL_U8);
  out->metallic_roughness = dio_image_new (w, h, 4, DIO_PIXEL_U8);
  Work work;
  work_init (&work, surface);
  gpointer prepared = surface->prepare != NULL ? surface->prepare (surface) : NULL;
  gconstpointer user = prepared != NULL ? prepared : surface->user;
  for (guint y = 0; y < h; y++) {
    start_row (&work, y);
    surface->shade (&work.row, &work.out, user);
    write_row (&work, y, out);
  }
  write_normals (&work, out->normal);
  if (prepared != NULL)
    surface->discard (prepared);
  work_clear (&work);
}

void
dio_surface_images_clear (DioSurfaceImages *images)
{
  g_clear_pointer (&images->color, dio_image_unref);
  g_clear_pointer (&images->normal, dio_image_unref);
  g_clear_pointer (&images->metallic_roughness, dio_image_unref);
}
