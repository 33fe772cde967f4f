#pragma once
/* Thread: any; plain values. How a picture lies in a widget: fitted, or at a scale with the picture point that stands in the middle, so that another size of
 * the widget or another picture keeps what is looked at. */

#include "dio-picture-painter.h"

G_BEGIN_DECLS

#define DIO_PICTURE_ZOOM_MIN 0.02
#define DIO_PICTURE_ZOOM_MAX 64.0
/** Of one notch of the wheel. */
#define DIO_PICTURE_ZOOM_STEP 1.2

typedef struct {
  gboolean fit;
  double scale;              /**< device pixels per picture pixel; not in fit */
  double middle_x, middle_y; /**< picture pixels; not in fit */
} DioPictureZoom;

/** The two sizes that a zoom works with. */
typedef struct {
  double picture_width, picture_height; /**< pixels, > 0 */
  double widget_width, widget_height;
  int factor; /**< device pixels per widget pixel */
} DioPictureFrame;

void dio_picture_zoom_init (DioPictureZoom *zoom);
DioPicturePlace dio_picture_zoom_get_place (const DioPictureZoom *zoom,
                                            const DioPictureFrame *frame);
/** Device pixels per picture pixel now. */
double dio_picture_zoom_get_scale (const DioPictureZoom *zoom, const DioPictureFrame *frame);
/** Changes the scale; the picture point under (x, y), in widget coordinates, stays there. */
void dio_picture_zoom_about (
    DioPictureZoom *zoom, const DioPictureFrame *frame, double scale, double x, double y);
/** @steps notches of the wheel (up is nearer); ends in fit when all is seen. */
void dio_picture_zoom_scroll (
    DioPictureZoom *zoom, const DioPictureFrame *frame, double steps, double x, double y);
/** The picture follows the pointer by (dx, dy) widget pixels from where it was @from. */
void dio_picture_zoom_pan (DioPictureZoom *zoom,
                           const DioPictureFrame *frame,
                           const DioPictureZoom *from,
                           double dx,
                           double dy);
/** Shows @box with a margin. */
void dio_picture_zoom_to_box (DioPictureZoom *zoom,
                              const DioPictureFrame *frame,
                              const DioPixelBox *box);
/** fit > 1:1 > 8:1 > fit, about (x, y). */
void dio_picture_zoom_cycle (DioPictureZoom *zoom,
                             const DioPictureFrame *frame,
                             double x,
                             double y);

G_END_DECLS
