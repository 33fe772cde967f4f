#define G_LOG_DOMAIN "dio-figures"

#include "dio-figures-private.h"

#define GAP_PX 8.0
#define CAPTION_PX 18.0

DioImage *
dio_figures_grid (DioImage *const *images, const char *const *captions, guint n, guint columns)
{
  g_return_val_if_fail (images != NULL && captions != NULL && n > 0 && columns > 0, NULL);

  guint width = 0, height = 0;
  for (guint i = 0; i < n; i++) {
    width = MAX (width, images[i]->width);
    height = MAX (height, images[i]->height);
  }
  guint rows = (n + columns - 1) / columns;
  double cell_width = width + GAP_PX, cell_height = height + CAPTION_PX + GAP_PX;
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) (columns * cell_width + GAP_PX),
                                  (int) (rows * cell_height + GAP_PX));
  cairo_t *cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 0.96, 0.96, 0.97);
  cairo_paint (cr);
  for (guint i = 0; i < n; i++) {
    double x = GAP_PX + i % columns * cell_width, y = GAP_PX + i / columns * cell_height;
    cairo_surface_t *picture = dio_figures_surface_from_image (images[i]);
    cairo_set_source_surface (cr, picture, x, y);
    cairo_paint (cr);
    cairo_surface_destroy (picture);
    cairo_set_source_rgb (cr, 0.15, 0.15, 0.2);
    dio_figures_draw_text (cr, captions[i], x, y + height + 2, width, 11);
  }
  cairo_destroy (cr);
  DioImage *grid = dio_figures_image_from_surface (surface);
  cairo_surface_destroy (surface);
  return grid;
}
