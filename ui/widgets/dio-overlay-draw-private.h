#pragma once
/* Thread: main. The lines of the overlays, with cairo, in widget coordinates. */

#include "dio-picture-painter.h"

G_BEGIN_DECLS

/** What one drawing needs to know; borrowed. */
typedef struct {
  DioPicturePainter *painter; /**< hover and selection */
  const DioOverlayScene *scene;
  DioOverlays *overlays;
  GtkWidget *widget; /**< fonts */
  DioPicturePlace place;
  double width, height; /**< of the area that texts stay inside, from 0, 0 */
  gboolean compact;
} DioOverlayDraw;

void dio_overlay_draw_boxes (cairo_t *cr, const DioOverlayDraw *draw);
void dio_overlay_draw_boxes_3d (cairo_t *cr, const DioOverlayDraw *draw);
void dio_overlay_draw_occlusion (cairo_t *cr, const DioOverlayDraw *draw);
void dio_overlay_draw_names (cairo_t *cr, const DioOverlayDraw *draw);

G_END_DECLS
