#pragma once
/* Thread: any, one at a time. Closed bodies that street furniture is put together from. */

#include "dio-parametric-mesh-builder-private.h"

G_BEGIN_DECLS

/** A round bar along @points (n >= 2, no two neighbours equal) with flat ends. The radius changes evenly from
 * the first to the last point. @n_sides >= 3. */
typedef struct {
  const DioVec3 *points;
  guint n_points;
  double radius[2]; /**< metres, at the first and the last point */
  guint n_sides;
} DioTube;

void dio_mesh_builder_add_tube (DioMeshBuilder *builder, const DioTube *tube);

/** A bar between two points. */
void dio_mesh_builder_add_bar (
    DioMeshBuilder *builder, DioVec3 from, DioVec3 to, double radius, guint n_sides);

/** A flat sheet that stands in the XZ plane and looks to -Y. */
typedef struct {
  const double (*outline)
      [2]; /**< [n] x, z, counter-clockwise seen from the front, star-shaped about the middle */
  guint n;
  double thickness;
  double bevel;
  guint n_rings; /**< of vertices from the middle to the outline, >= 1: what dents need */
  /** How far the sheet is pushed towards +Y at (x, z); NULL = flat. */
  double (*bend) (double x, double z, gconstpointer user);
  gconstpointer user;
  double u_origin, v_origin,
      uv_per_m; /**< of the front: u = (x - u_origin) * uv_per_m, v down; the rest is in metres */
} DioSheet;

/** The front face alone, up to its bevel. */
void dio_mesh_builder_add_sheet_front (DioMeshBuilder *builder, const DioSheet *sheet);
/** Edge and back: with the front it is closed. */
void dio_mesh_builder_add_sheet_back (DioMeshBuilder *builder, const DioSheet *sheet);

/** A regular polygon with rounded corners: @out gets @n_corners * (@n_steps + 1) points. @radius is that of
 * the sharp corners, @first_rad the angle of the first one. */
void dio_outline_fill_polygon (double (*out)[2],
                               guint n_corners,
                               double radius,
                               double rounding,
                               guint n_steps,
                               double first_rad);
/** A rounded rectangle of 4 * (@n_steps + 1) points. */
void dio_outline_fill_rectangle (
    double (*out)[2], double width, double height, double rounding, guint n_steps);

/** A cross-section (y, z), counter-clockwise seen from +X where it is closed, drawn along X from @x0 to @x1. Edges
 * whose corners turn less than 40 degrees are smooth. */
typedef struct {
  const double (*points)[2]; /**< [n] y, z */
  guint n;
  double x0, x1;
  guint n_steps; /**< along X, >= 1 */
} DioExtrusion;

void dio_mesh_builder_add_extrusion (DioMeshBuilder *builder, const DioExtrusion *extrusion);

/** A flat rectangle from @origin along the unit vectors @right and @up, looking along their cross product, in cells
 * of about @cell_m, whose vertices carry tints. u and v are metres from the frame's origin along them. */
typedef struct {
  DioVec3 origin, right, up;
  double width, height, cell_m;
} DioPatch;

void dio_mesh_builder_add_patch (DioMeshBuilder *builder, const DioPatch *patch);

/** A box with one chamfer on every edge, shaded as if it were round: 44 triangles, for where a rounded box is too
 * much. */
void dio_mesh_builder_add_chamfered_box (DioMeshBuilder *builder,
                                         DioVec3 center,
                                         DioVec3 size,
                                         double bevel);

/** One level of a stack: a rounded rectangle about (x, y) at height z. */
typedef struct {
  double x, y, z, width, depth, rounding;
  gboolean crease; /**< the sides break here instead of running on smoothly */
} DioLayer;

/** A closed body through @n >= 2 layers from the bottom up, with flat ends. */
void dio_mesh_builder_add_stack (DioMeshBuilder *builder, const DioLayer *layers, guint n);

G_END_DECLS
