#define G_LOG_DOMAIN "dio-widgets"

#include "dio-picture-zoom.h"

#include <math.h>

#define BOX_AIR 1.4
#define CLOSE_SCALE 8.0

void
dio_picture_zoom_init (DioPictureZoom *zoom)
{
  *zoom = (DioPictureZoom){ .fit = TRUE, .scale = 1 };
}

static double
get_fit_scale (const DioPictureFrame *frame)
{
  return MAX (MIN (frame->widget_width / frame->picture_width,
                   frame->widget_height / frame->picture_height),
              1e-3)
         * frame->factor;
}

double
dio_picture_zoom_get_scale (const DioPictureZoom *zoom, const DioPictureFrame *frame)
{
  return zoom->fit ? get_fit_scale (frame) : zoom->scale;
}

DioPicturePlace
dio_picture_zoom_get_place (const DioPictureZoom *zoom, const DioPictureFrame *frame)
{
  int factor = frame->factor;
  double scale = dio_picture_zoom_get_scale (zoom, frame) / factor;
  double mx = zoom->fit ? frame->picture_width / 2 : zoom->middle_x;
  double my = zoom->fit ? frame->picture_height / 2 : zoom->middle_y;
  /* On whole device pixels, so that 1:1 is exact. */
  return (DioPicturePlace){ round ((frame->widget_width / 2 - mx * scale) * factor) / factor,
                            round ((frame->widget_height / 2 - my * scale) * factor) / factor,
                            scale };
}

static void
keep_inside (DioPictureZoom *zoom, const DioPictureFrame *frame)
{
  zoom->middle_x = CLAMP (zoom->middle_x, 0, frame->picture_width);
  zoom->middle_y = CLAMP (zoom->middle_y, 0, frame->picture_height);
}

void
dio_picture_zoom_about (
    DioPictureZoom *zoom, const DioPictureFrame *frame, double scale, double x, double y)
{
  DioPicturePlace place = dio_picture_zoom_get_place (zoom, frame);
  double u = (x - place.x) / place.scale, v = (y - place.y) / place.scale;
  zoom->fit = FALSE;
  zoom->scale = CLAMP (scale, DIO_PICTURE_ZOOM_MIN, DIO_PICTURE_ZOOM_MAX);
  zoom->middle_x = u + (frame->widget_width / 2 - x) * frame->factor / zoom->scale;
  zoom->middle_y = v + (frame->widget_height / 2 - y) * frame->factor / zoom->scale;
  keep_inside (zoom, frame);
}

void
dio_picture_zoom_scroll (
    DioPictureZoom *zoom, const DioPictureFrame *frame, double steps, double x, double y)
{
  double next = dio_picture_zoom_get_scale (zoom, frame) * pow (DIO_PICTURE_ZOOM_STEP, steps);
  /* Smaller than the whole helps nobody: fit is the far end of the wheel. */
  if (steps < 0 && next <= get_fit_scale (frame))
    zoom->fit = TRUE;
  else
    dio_picture_zoom_about (zoom, frame, next, x, y);
}

void
dio_picture_zoom_pan (DioPictureZoom *zoom,
                      const DioPictureFrame *frame,
                      const DioPictureZoom *from,
                      double dx,
                      double dy)
{
  double scale = dio_picture_zoom_get_scale (from, frame) / frame->factor;
  zoom->scale = scale * frame->factor;
  zoom->middle_x = (from->fit ? frame->picture_width / 2 : from->middle_x) - dx / scale;
  zoom->middle_y = (from->fit ? frame->picture_height / 2 : from->middle_y) - dy / scale;
  zoom->fit = FALSE;
  keep_inside (zoom, frame);
}

void
dio_picture_zoom_to_box (DioPictureZoom *zoom, const DioPictureFrame *frame, const DioPixelBox *box)
{
  if (box->x1 <= box->x0 || box->y1 <= box->y0)
    return;
  double width = (box->x1 - box->x0) * BOX_AIR, height = (box->y1 - box->y0) * BOX_AIR;
  double scale = MIN (frame->widget_width / width, frame->widget_height / height) * frame->factor;
  *zoom = (DioPictureZoom){ FALSE, CLAMP (scale, DIO_PICTURE_ZOOM_MIN, DIO_PICTURE_ZOOM_MAX),
                            (box->x0 + box->x1) / 2.0, (box->y0 + box->y1) / 2.0 };
}

void
dio_picture_zoom_cycle (DioPictureZoom *zoom, const DioPictureFrame *frame, double x, double y)
{
  if (zoom->fit)
    dio_picture_zoom_about (zoom, frame, 1, x, y);
  else if (zoom->scale < CLOSE_SCALE)
    dio_picture_zoom_about (zoom, frame, CLOSE_SCALE, x, y);
  else
    zoom->fit = TRUE;
}
