#pragma once
/* Thread: main; tints of more than a megapixel are made in a worker thread. Paints a scene with its overlays into a snapshot: the picture or a pass, masks, boxes, names,
 * arrows. Keeps textures until ids, palette or pass change. Signal "changed" (): paint again (a setter was called, a tint is ready). Used by DioPictureView and the
 * viewport, so labels look the same everywhere. */

#include "dio-overlay-scene.h"
#include "dio-overlays.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_PICTURE_PAINTER (dio_picture_painter_get_type ())
G_DECLARE_FINAL_TYPE (DioPicturePainter, dio_picture_painter, DIO, PICTURE_PAINTER, GObject)

DioPicturePainter *dio_picture_painter_new (void) G_GNUC_WARN_UNUSED_RESULT;
/** Takes a reference; NULL = nothing. */
void dio_picture_painter_set_scene (DioPicturePainter *painter, DioOverlayScene *scene);
DioOverlayScene *dio_picture_painter_get_scene (DioPicturePainter *painter);
/** What is drawn; (nullable) = the picture alone. Follows its changes. */
void dio_picture_painter_set_overlays (DioPicturePainter *painter, DioOverlays *overlays);
DioOverlays *dio_picture_painter_get_overlays (DioPicturePainter *painter);
/** Instance under the mouse, 0 = none. */
void dio_picture_painter_set_hover (DioPicturePainter *painter, guint instance);
guint dio_picture_painter_get_hover (DioPicturePainter *painter);
/** Selected nodes, NULL-terminated (nullable); all copies of a node are selected. */
void dio_picture_painter_set_selected_nodes (DioPicturePainter *painter, const char *const *ids);
/** One selected instance besides the nodes (a copy, a stored object); 0 = none. */
void dio_picture_painter_set_selected_instance (DioPicturePainter *painter, guint instance);
gboolean dio_picture_painter_is_selected (DioPicturePainter *painter, const DioOverlayItem *item);
/** Small pictures (tiles, monitor) leave out names and thin the lines. */
void dio_picture_painter_set_compact (DioPicturePainter *painter, gboolean compact);

/** Where the picture's pixel (0, 0) lands in the widget and how large a pixel is. */
typedef struct {
  double x, y, scale;
} DioPicturePlace;

/** @widget lends its text settings and scale; nothing is drawn outside @clip (widget coordinates). */
void dio_picture_painter_snapshot (DioPicturePainter *painter,
                                   GtkWidget *widget,
                                   GtkSnapshot *snapshot,
                                   const DioPicturePlace *place,
                                   const graphene_rect_t *clip);

G_END_DECLS
