#define G_LOG_DOMAIN "dio-figures"

#include "dio-figures-private.h"

#include <pango/pangocairo.h>

static void
copy_row (const DioImage *image, guint y, uint32_t *out)
{
  const uint8_t *row = image->u8 + (gsize) y * image->stride_bytes;
  guint n = image->channels;
  for (guint x = 0; x < image->width; x++) {
    const uint8_t *p = row + (gsize) x * n;
    uint32_t r = p[0], g = n >= 3 ? p[1] : p[0], b = n >= 3 ? p[2] : p[0];
    out[x] = 0xff000000u | r << 16 | g << 8 | b;
  }
}

cairo_surface_t *
dio_figures_surface_from_image (const DioImage *image)
{
  g_return_val_if_fail (image != NULL && image->type == DIO_PIXEL_U8, NULL);

  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) image->width, (int) image->height);
  unsigned char *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  for (guint y = 0; y < image->height; y++)
    copy_row (image, y, (uint32_t *) (void *) (data + (gssize) y * stride));
  cairo_surface_mark_dirty (surface);
  return surface;
}

DioImage *
dio_figures_image_from_surface (cairo_surface_t *surface)
{
  cairo_surface_flush (surface);
  guint width = (guint) cairo_image_surface_get_width (surface);
  guint height = (guint) cairo_image_surface_get_height (surface);
  const unsigned char *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  DioImage *image = dio_image_new (width, height, 3, DIO_PIXEL_U8);
  for (guint y = 0; y < height; y++) {
    const uint32_t *row = (const uint32_t *) (const void *) (data + (gssize) y * stride);
    uint8_t *out = image->u8 + (gsize) y * image->stride_bytes;
    for (guint x = 0; x < width; x++) {
      out[x * 3 + 0] = (uint8_t) (row[x] >> 16);
      out[x * 3 + 1] = (uint8_t) (row[x] >> 8);
      out[x * 3 + 2] = (uint8_t) row[x];
    }
  }
  return image;
}

static PangoLayout *
create_layout (cairo_t *cr, const char *text, double size_px)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_from_string ("Sans");
  pango_font_description_set_absolute_size (font, size_px * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  return layout;
}

double
dio_figures_draw_text (
    cairo_t *cr, const char *text, double x, double y, double width, double size_px)
{
  PangoLayout *layout = create_layout (cr, text, size_px);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
  int height;
  pango_layout_get_pixel_size (layout, NULL, &height);
  g_object_unref (layout);
  return height;
}

double
dio_figures_measure_text (cairo_t *cr, const char *text, double size_px)
{
  PangoLayout *layout = create_layout (cr, text, size_px);
  int width;
  pango_layout_get_pixel_size (layout, &width, NULL);
  g_object_unref (layout);
  return width;
}
