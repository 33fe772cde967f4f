#pragma once
/* Thread: main. What is drawn over pictures, the same in Compose, Randomize and Review. Properties (all notify, all writable):
 * "masks" (int DioMasksShown), "boxes" (int DioBoxesShown), "boxes-3d" (bool), "names" (bool: all, else on hover and selection only),
 * "occlusion" (bool: who hides whom), "pass" (int DioPass), "opacity" (double 0..1, of masks), "clean" (bool: while Space is held: nothing is drawn),
 * "grid" (bool), "axes" (bool), "monitor" (bool: the sensor's picture inset in the free view). Defaults: masks by category, visible boxes, opacity 0.35, grid,
 * axes and monitor on. Signal "changed" after any. */

#include "dio-session-types.h"

G_BEGIN_DECLS

DioOverlays *dio_overlays_new (void) G_GNUC_WARN_UNUSED_RESULT;
DioMasksShown dio_overlays_get_masks (DioOverlays *overlays);
DioBoxesShown dio_overlays_get_boxes (DioOverlays *overlays);
gboolean dio_overlays_get_boxes_3d (DioOverlays *overlays);
gboolean dio_overlays_get_names (DioOverlays *overlays);
gboolean dio_overlays_get_occlusion (DioOverlays *overlays);
DioPass dio_overlays_get_pass (DioOverlays *overlays);
double dio_overlays_get_opacity (DioOverlays *overlays);
gboolean dio_overlays_get_clean (DioOverlays *overlays);
gboolean dio_overlays_get_grid (DioOverlays *overlays);
gboolean dio_overlays_get_axes (DioOverlays *overlays);
gboolean dio_overlays_get_monitor (DioOverlays *overlays);
/** The next state of the key that cycles: visible > amodal > both > off, off > category > instance > visibility, rgb > depth > normal > ids. */
void dio_overlays_cycle_boxes (DioOverlays *overlays);
void dio_overlays_cycle_masks (DioOverlays *overlays);
void dio_overlays_cycle_pass (DioOverlays *overlays);

G_END_DECLS
