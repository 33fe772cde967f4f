#define G_LOG_DOMAIN "dio-parametric"

/* Plain bodies. Ranges are such that every combination of values gives a sound model; builders limit
 * what depends on another value (a bevel on the smallest side, a wall on the radius). */

#include "dio-parametric-table-private.h"

#include <glib/gi18n-lib.h>

static const DioParametricParam box_params[] = {
  [DIO_BOX_WIDTH] = { "width_m", N_ ("Width"), "m", 0.002, 50, 0.2 },
  [DIO_BOX_DEPTH] = { "depth_m", N_ ("Depth"), "m", 0.002, 50, 0.2 },
  [DIO_BOX_HEIGHT] = { "height_m", N_ ("Height"), "m", 0.002, 50, 0.2 },
  [DIO_BOX_BEVEL] = { "bevel_m", N_ ("Rounding"), "m", 0.0001, 1, 0.002 },
  { NULL },
};

static const DioParametricParam capsule_params[] = {
  [DIO_CAPSULE_RADIUS] = { "radius_m", N_ ("Radius"), "m", 0.001, 10, 0.03 },
  [DIO_CAPSULE_LENGTH] = { "length_m", N_ ("Height"), "m", 0.002, 50, 0.14 },
  { NULL },
};

static const DioParametricParam cylinder_params[] = {
  [DIO_CYLINDER_RADIUS] = { "radius_m", N_ ("Radius"), "m", 0.001, 20, 0.04 },
  [DIO_CYLINDER_HEIGHT] = { "height_m", N_ ("Height"), "m", 0.001, 50, 0.12 },
  [DIO_CYLINDER_BEVEL] = { "bevel_m", N_ ("Rounding"), "m", 0.0001, 1, 0.002 },
  { NULL },
};

static const DioParametricParam plane_params[] = {
  [DIO_PLANE_WIDTH] = { "width_m", N_ ("Width"), "m", 0.01, 1000, 2 },
  [DIO_PLANE_DEPTH] = { "depth_m", N_ ("Depth"), "m", 0.01, 1000, 2 },
  { NULL },
};

static const DioParametricParam sphere_params[] = {
  [DIO_SPHERE_RADIUS] = { "radius_m", N_ ("Radius"), "m", 0.001, 20, 0.05 },
  { NULL },
};

static const DioParametricKind kinds[] = {
  { { "box", N_ ("Box"), DIO_PARAMETRIC_BASIC, box_params }, dio_parametric_build_box },
  { { "capsule", N_ ("Capsule"), DIO_PARAMETRIC_BASIC, capsule_params },
    dio_parametric_build_capsule },
  { { "cylinder", N_ ("Cylinder"), DIO_PARAMETRIC_BASIC, cylinder_params },
    dio_parametric_build_cylinder },
  { { "plane", N_ ("Plane"), DIO_PARAMETRIC_BASIC, plane_params, .open = TRUE },
    dio_parametric_build_plane },
  { { "sphere", N_ ("Sphere"), DIO_PARAMETRIC_BASIC, sphere_params }, dio_parametric_build_sphere },
};

const DioParametricKind *
dio_parametric_list_basic (guint *n)
{
  *n = G_N_ELEMENTS (kinds);
  return kinds;
}
