#pragma once
/* Thread: main. A picture with its labels that can be zoomed (wheel, to the cursor), panned (middle drag, or left drag where zoomed in) and asked (hover, click). Its surround is neutral
 * grey in light and dark. Pixels are exact (nearest) when magnified. Keys while focused: F cycles fit, 1:1, 8:1.
 *
 * Signals: "pixel-clicked" (int x, int y, uint leaf, uint instance, uint n_press, uint modifiers GdkModifierType); "hover" (int x, int y, uint leaf, uint instance), with x -1 when the mouse left;
 * "zoom-changed" (). Property "zoom-name" (string, notify): "Fit", "1:1", "240 %". */

#include "dio-picture-painter.h"

G_BEGIN_DECLS

#define DIO_TYPE_PICTURE_VIEW (dio_picture_view_get_type ())
G_DECLARE_FINAL_TYPE (DioPictureView, dio_picture_view, DIO, PICTURE_VIEW, GtkWidget)

GtkWidget *dio_picture_view_new (void) G_GNUC_WARN_UNUSED_RESULT;
/** Zoom and position are kept between scenes of the same size. */
void dio_picture_view_set_scene (DioPictureView *view, DioOverlayScene *scene);
DioOverlayScene *dio_picture_view_get_scene (DioPictureView *view);
void dio_picture_view_set_overlays (DioPictureView *view, DioOverlays *overlays);
/** Hover, selection: borrowed. */
DioPicturePainter *dio_picture_view_get_painter (DioPictureView *view);
/** FALSE (tiles, monitor): no zoom, no hover, no focus, no hint text. Default TRUE. */
void dio_picture_view_set_interactive (DioPictureView *view, gboolean interactive);
/** Shown in the lower left corner while the mouse is over the picture: "412, 88   mug_1   0.82 m". Default TRUE. */
void dio_picture_view_set_show_probe (DioPictureView *view, gboolean show);

void dio_picture_view_zoom_fit (DioPictureView *view);
/** @scale: widget pixels per picture pixel times the device's factor (1 = pixel exact), about the middle. */
void dio_picture_view_zoom_to (DioPictureView *view, double scale);
/** Fits @box with a margin: the object of an instance. */
void dio_picture_view_zoom_to_box (DioPictureView *view, const DioPixelBox *box);
/** fit > 1:1 > 8:1 > fit. */
void dio_picture_view_cycle_zoom (DioPictureView *view);
gboolean dio_picture_view_is_fit (DioPictureView *view);
DioPicturePlace dio_picture_view_get_place (DioPictureView *view);
/** Widget position to picture pixels (floored); FALSE outside the picture. */
gboolean dio_picture_view_get_pixel (DioPictureView *view, double x, double y, int *px, int *py);

G_END_DECLS
