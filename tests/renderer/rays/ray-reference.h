#pragma once
/* Thread: any. A second opinion on label rays: every triangle of a frame against one ray, in double
 * precision and by other formulas (signed volumes in camera coordinates) than the library's. */

#include "dio-frame.h"

typedef struct {
  guint leaf; /**< 0: nothing */
  double depth_z;
  double incidence; /**< cosine between ray and plane */
  double edge_px;   /**< distance of the position to the nearest projected edge of any triangle */
} RayReference;

/** What lies at image position (@x, @y) of camera 0; opaque and double-sided. @leaf: only this leaf, 0 = all. */
RayReference ray_reference_look (const DioFrame *frame, guint leaf, double x, double y);
