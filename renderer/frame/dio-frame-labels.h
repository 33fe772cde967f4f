#pragma once
/* Thread: any. What a tracer of labels hands to annotate/: plain structs, no tracing in here. */

#include "dio-image-rle.h"
#include "dio-image.h"

G_BEGIN_DECLS

/** Counts of one leaf in one capture. */
typedef struct {
  guint leaf;
  guint64 visible_px; /**< pixels it owns */
  /** pixels it would own in the image if alone (things only, else = visible_px) */
  guint64 amodal_px;
  guint64 silhouette_px; /**< the same on the canvas of 3W x 3H */
  double coverage_px;    /**< owned colour samples / samples per pixel */
  double amodal_coverage_px;
  guint64 veiled_px;  /**< owned pixels seen through a non-owner of opacity > 0.05 */
  guint64 patched_px; /**< visible pixels that the amodal pass missed by rounding, added to it */
  gboolean silhouette_open; /**< canvas or near plane clip the silhouette */
  DioRle visible;           /**< W x H */
  DioRle amodal;            /**< 3W x 3H, the image at (W, H); empty for stuff */
} DioLeafLabel;

/** hidden_px(instance i, leaf j) = |amodal_i and visible_j|, j over all leaves but i's own. */
typedef struct {
  guint instance; /**< the hidden one (thing) */
  guint hider_leaf;
  guint64 opaque_px; /**< pixels that the hider owns within the amodal mask */
  guint64 veil_px;   /**< pixels that i owns but sees through the hider */
} DioHiddenPair;

/** Why another renderer may give a pixel to another leaf: bits of DioRayLabels.edge. */
enum {
  DIO_EDGE_OUTLINE = 1, /**< its centre lies within 1/256 px of a projected outline */
  DIO_EDGE_CUT = 2,     /**< or of where alpha cuts a surface at or before the owner */
  DIO_EDGE_DEPTH =
      4, /**< another leaf's surface is as deep within what 1/256 px and float depth change */
  DIO_EDGE_COPLANAR = 8, /**< coplanar surfaces contest it */
};

/** Everything of one camera. Images are owned; freed by dio_ray_labels_clear. */
typedef struct {
  DioImage *leaf;     /**< u16 1 channel: owner of each centre sample, 0 background */
  DioImage *depth_z;  /**< f32 metres, +inf background */
  DioImage *distance; /**< f32 metres along the ray, +inf background */
  /** f32 x3, interpolated vertex normal turned to the camera, camera axes; 0 background */
  DioImage *normal;
  /** u8: DIO_EDGE bits, 0 where any renderer must agree */
  DioImage *edge;
  /** of DioLeafLabel, ascending leaf, only with amodal_px > 0 or coverage_px > 0 */
  GArray *leaves;
  GArray *hidden;       /**< of DioHiddenPair, by (instance, hider_leaf) */
  guint64 contested_px; /**< coplanar pixels decided by layer or leaf id */
  double trace_ms, amodal_ms, coverage_ms;
} DioRayLabels;

void dio_leaf_label_clear (DioLeafLabel *label);
/** Frees what the struct owns and zeroes it. */
void dio_ray_labels_clear (DioRayLabels *labels);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioRayLabels, dio_ray_labels_clear)

G_END_DECLS
