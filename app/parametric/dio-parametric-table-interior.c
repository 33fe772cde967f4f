#define G_LOG_DOMAIN "dio-parametric"

/* Rooms and what is in them. */

#include "dio-parametric-interior-private.h"
#include "dio-parametric-table-private.h"

#include <glib/gi18n-lib.h>

static const char *const floors[] = { N_ ("Oak"), N_ ("Walnut"), N_ ("Pine"), N_ ("Tiles"), NULL };
static const char *const paints[] = {
  N_ ("White"), N_ ("Cream"), N_ ("Sage"), N_ ("Blue Grey"), N_ ("Terracotta"), N_ ("Grey"), NULL
};
static const char *const views[] = { N_ ("Garden"), N_ ("Town"), N_ ("Hills"), NULL };
static const char *const woods[] = { N_ ("Oak"), N_ ("Walnut"), N_ ("Pine"), N_ ("White"), NULL };

static const char *const board_woods[] = { N_ ("Oak"), N_ ("Walnut"), N_ ("Pine"), NULL };

static const DioParametricParam backdrop_params[] = {
  [DIO_BACKDROP_WIDTH] = { "width_m", N_ ("Width"), "m", 1, 200, 40 },
  [DIO_BACKDROP_HEIGHT] = { "height_m", N_ ("Height"), "m", 0.5, 50, 8 },
  [DIO_BACKDROP_VIEW] = { "view", N_ ("View"), "", 0, 2, 0, TRUE, views },
  [DIO_BACKDROP_NITS] = { "light_nits", N_ ("Brightness of the light"), "", 0, 50000, 600 },
  { NULL },
};

static const DioParametricParam chair_params[] = {
  [DIO_CHAIR_SEAT] = { "seat_m", N_ ("Height of the seat"), "m", 0.3, 0.6, 0.45 },
  [DIO_CHAIR_BACK] = { "back_m", N_ ("Height of the back"), "m", 0.2, 0.7, 0.42 },
  [DIO_CHAIR_WIDTH] = { "width_m", N_ ("Width"), "m", 0.3, 0.6, 0.42 },
  [DIO_CHAIR_WOOD] = { "wood", N_ ("Wood"), "", 0, 3, 0, TRUE, woods },
  { NULL },
};

static const DioParametricParam cutting_board_params[] = {
  [DIO_CUTTING_BOARD_WIDTH] = { "width_m", N_ ("Width"), "m", 0.12, 0.6, 0.34 },
  [DIO_CUTTING_BOARD_DEPTH] = { "depth_m", N_ ("Depth"), "m", 0.1, 0.4, 0.22 },
  [DIO_CUTTING_BOARD_THICKNESS] = { "thickness_m", N_ ("Thickness"), "m", 0.006, 0.05, 0.018 },
  [DIO_CUTTING_BOARD_WOOD] = { "wood", N_ ("Wood"), "", 0, 2, 0, TRUE, board_woods },
  { NULL },
};

static const DioParametricParam plate_params[] = {
  [DIO_PLATE_RADIUS] = { "radius_m", N_ ("Radius"), "m", 0.05, 0.25, 0.125 },
  [DIO_PLATE_HEIGHT] = { "height_m", N_ ("Height"), "m", 0.008, 0.06, 0.022 },
  { NULL },
};

static const DioParametricParam room_params[] = {
  [DIO_ROOM_WIDTH] = { "width_m", N_ ("Width"), "m", 2, 12, 4.6 },
  [DIO_ROOM_DEPTH] = { "depth_m", N_ ("Depth"), "m", 2, 12, 4.6 },
  [DIO_ROOM_HEIGHT] = { "height_m", N_ ("Height"), "m", 2.2, 5, 2.6 },
  [DIO_ROOM_WINDOW_WIDTH] = { "window_width_m", N_ ("Width of the window"), "m", 0.5, 6, 1.8 },
  [DIO_ROOM_WINDOW_HEIGHT] = { "window_height_m", N_ ("Height of the window"), "m", 0.4, 3, 1.4 },
  [DIO_ROOM_SILL] = { "sill_m", N_ ("Height of the sill"), "m", 0.2, 1.5, 0.85 },
  [DIO_ROOM_FLOOR] = { "floor", N_ ("Floor"), "", 0, 3, 0, TRUE, floors },
  [DIO_ROOM_COLOR] = { "color", N_ ("Colour"), "", 0, 5, 0, TRUE, paints },
  [DIO_ROOM_SEED] = { "seed", N_ ("Seed"), "", 0, 9999, 1, TRUE },
  { NULL },
};

static const DioParametricKind kinds[] = {
  { { "backdrop", N_ ("View from a window"), DIO_PARAMETRIC_BUILDING, backdrop_params,
      .open = TRUE },
    dio_parametric_build_backdrop },
  { { "chair", N_ ("Chair"), DIO_PARAMETRIC_TABLETOP, chair_params }, dio_parametric_build_chair },
  { { "cutting-board", N_ ("Cutting board"), DIO_PARAMETRIC_TABLETOP, cutting_board_params },
    dio_parametric_build_cutting_board },
  { { "plate", N_ ("Plate"), DIO_PARAMETRIC_TABLETOP, plate_params }, dio_parametric_build_plate },
  { { "room", N_ ("Room"), DIO_PARAMETRIC_BUILDING, room_params, .open = TRUE },
    dio_parametric_build_room },
};

const DioParametricKind *
dio_parametric_list_interior (guint *n)
{
  *n = G_N_ELEMENTS (kinds);
  return kinds;
}
