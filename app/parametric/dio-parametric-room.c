#define G_LOG_DOMAIN "dio-parametric"

/* A room seen from inside: four walls, of which that towards +Y has a window with a frame, panes and a sill, a floor of
 * single boards or tiles, skirting and a ceiling. Walls have one side, so that from outside one looks in. */

#include "dio-parametric-dice-private.h"
#include "dio-parametric-interior-private.h"
#include "dio-parametric-mesh-shapes-private.h"
#include "dio-parametric-surface-indoor-private.h"
#include "dio-parametric-wood-surface-private.h"

#include "dio-core-vec.h"

#define REVEAL_M 0.16
#define FRAME_M 0.07
#define SKIRTING_M 0.09
#define BOARD_M (DIO_WOOD_PLANKS_TILE_M / DIO_WOOD_PLANKS)
#define BOARD_LENGTH_M 2.2

enum { FLOOR_OAK, FLOOR_WALNUT, FLOOR_PINE, FLOOR_TILES };

static const DioMaterialLook floor_looks[] = {
  [FLOOR_OAK] = { "floor", 226, 222, 216, 1, 0, &dio_surface_oak_planks },
  [FLOOR_WALNUT] = { "floor", 255, 250, 245, 1, 0, &dio_surface_walnut_planks },
  [FLOOR_PINE] = { "floor", 235, 225, 212, 1, 0, &dio_surface_pine_planks },
  [FLOOR_TILES] = { "floor", 236, 228, 214, 1, 0, &dio_surface_floor_tiles },
};
static const uint8_t paints[][3] = { { 238, 236, 230 }, { 233, 222, 196 }, { 176, 188, 166 },
                                     { 150, 168, 184 }, { 196, 142, 116 }, { 186, 184, 180 } };
static const DioMaterialLook ceiling_look = {
  "ceiling", 243, 242, 238, 1.1f, 0, &dio_surface_wall_paint
};
static const DioMaterialLook trim_look = { "trim", 240, 239, 234, 0.35f, 0 };
static const DioMaterialLook pane_look = {
  "pane", 225, 236, 234, 0.02f, 0, .alpha_mode = DIO_ALPHA_BLEND, .alpha = 0.06f
};

/* The inside, and the window's opening in x and z. */
typedef struct {
  double half_x, half_y, height;
  double x0, x1, z0, z1;
} Room;

static Room
lay_out (const double *values)
{
  Room room = { values[DIO_ROOM_WIDTH] / 2, values[DIO_ROOM_DEPTH] / 2, values[DIO_ROOM_HEIGHT] };
  double width = MIN (values[DIO_ROOM_WINDOW_WIDTH], values[DIO_ROOM_WIDTH] - 0.4);
  room.x0 = -width / 2;
  room.x1 = width / 2;
  room.z0 = values[DIO_ROOM_SILL];
  room.z1 = MIN (room.z0 + values[DIO_ROOM_WINDOW_HEIGHT], room.height - 0.12);
  return room;
}

static void
add_wall (DioMeshBuilder *wall, DioVec3 origin, DioVec3 right, double width, double height)
{
  if (width <= 0 || height <= 0)
    return;
  const DioPatch patch = { origin, right, { 0, 0, 1 }, width, height, 1.2 };
  dio_mesh_builder_add_patch (wall, &patch);
}

/* Seen from inside, left to right along each wall. */
static void
add_walls (DioMeshBuilder *wall, const Room *r)
{
  const DioVec3 east = { 1, 0, 0 };
  double x = r->half_x, y = r->half_y;
  add_wall (wall, dio_vec3 (-x, -y, 0), dio_vec3 (0, 1, 0), 2 * y, r->height);
  add_wall (wall, dio_vec3 (x, y, 0), dio_vec3 (0, -1, 0), 2 * y, r->height);
  add_wall (wall, dio_vec3 (x, -y, 0), dio_vec3 (-1, 0, 0), 2 * x, r->height);
  add_wall (wall, dio_vec3 (-x, y, 0), east, x + r->x0, r->height);
  add_wall (wall, dio_vec3 (r->x1, y, 0), east, x - r->x1, r->height);
  add_wall (wall, dio_vec3 (r->x0, y, 0), east, r->x1 - r->x0, r->z0);
  add_wall (wall, dio_vec3 (r->x0, y, r->z1), east, r->x1 - r->x0, r->height - r->z1);
  /* The sides of the opening. */
  const DioVec3 up = { 0, 0, 1 }, out = { 0, 1, 0 }, in = { 0, -1, 0 };
  double w = r->x1 - r->x0, h = r->z1 - r->z0, d = REVEAL_M;
  const DioPatch sides[] = { { { r->x0, y, r->z0 }, out, up, d, h, 1 },
                             { { r->x1, y + d, r->z0 }, in, up, d, h, 1 },
                             { { r->x0, y + d, r->z1 }, east, in, w, d, 1 },
                             { { r->x0, y, r->z0 }, east, out, w, d, 1 } };
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    dio_mesh_builder_add_patch (wall, &sides[i]);
}

static void
add_beam (DioMeshBuilder *b, DioVec3 from, DioVec3 to, double bevel)
{
  dio_mesh_builder_add_chamfered_box (b, dio_vec3_scale (dio_vec3_add (from, to), 0.5),
                                      dio_vec3_sub (to, from), bevel);
}

/* Frame, uprights about every 0.7 m, a crossbar, and the board below. Bars differ in depth: no two faces share a plane. */
static void
add_window (DioMeshBuilder *trim, DioMeshBuilder *pane, const Room *r)
{
  double y = r->half_y + REVEAL_M, f = FRAME_M, w = r->x1 - r->x0, h = r->z1 - r->z0;
  f = MIN (f, MIN (w, h) / 6);
  for (int side = 0; side < 2; side++) {
    double x = side == 0 ? r->x0 : r->x1 - f, z = side == 0 ? r->z0 : r->z1 - f;
    add_beam (trim, dio_vec3 (x, y - 0.06, r->z0), dio_vec3 (x + f, y, r->z1), 0.006);
    add_beam (trim, dio_vec3 (r->x0, y - 0.059, z), dio_vec3 (r->x1, y - 0.001, z + f), 0.006);
  }
  guint n = (guint) MAX (2, w / 0.7 + 0.5);
  for (guint i = 1; i < n; i++) {
    double x = r->x0 + w * i / n;
    add_beam (trim, dio_vec3 (x - 0.6 * f, y - 0.055, r->z0),
              dio_vec3 (x + 0.6 * f, y - 0.005, r->z1), 0.006);
  }
  double bar = r->z0 + 0.7 * h;
  add_beam (trim, dio_vec3 (r->x0, y - 0.05, bar - f / 3), dio_vec3 (r->x1, y - 0.01, bar + f / 3),
            0.004);
  add_beam (trim, dio_vec3 (r->x0 - 0.06, r->half_y - 0.12, r->z0 - 0.035),
            dio_vec3 (r->x1 + 0.06, y - 0.061, r->z0 + 0.001), 0.008);
  const DioPatch glass = { { r->x0, y - 0.03, r->z0 }, { 1, 0, 0 }, { 0, 0, 1 }, w, h, 10 };
  dio_mesh_builder_add_patch (pane, &glass);
}

static void
add_skirting (DioMeshBuilder *trim, const Room *r)
{
  double x = r->half_x, y = r->half_y, t = 0.014, h = SKIRTING_M;
  add_beam (trim, dio_vec3 (-x - t, -y, 0), dio_vec3 (-x + t, y, h), 0.005);
  add_beam (trim, dio_vec3 (x - t, -y, 0), dio_vec3 (x + t, y, h), 0.005);
  add_beam (trim, dio_vec3 (-x, -y - t, 0), dio_vec3 (x, -y + t, h - 0.0005), 0.005);
  add_beam (trim, dio_vec3 (-x, y - t, 0), dio_vec3 (x, y + t, h - 0.0005), 0.005);
}

/* One board from @x0 to @x1 of row @row: its picture begins at any place of any board of the texture, so that nothing
 * repeats, and no two are of quite the same tone. */
static void
add_board (DioMeshBuilder *floor, const Room *r, guint row, double x0, double x1, DioDice *dice)
{
  double y0 = -r->half_y + row * BOARD_M, y1 = MIN (y0 + BOARD_M, r->half_y);
  double along = dio_dice_roll (dice, 0, DIO_WOOD_PLANKS_TILE_M);
  double across = dio_dice_pick (dice, DIO_WOOD_PLANKS) * BOARD_M;
  float tone = (float) dio_dice_roll (dice, 0.86, 1);
  const DioVec3 corners[4] = { { x0, y0, 0 }, { x1, y0, 0 }, { x1, y1, 0 }, { x0, y1, 0 } };
  guint first = floor->vertices->len;
  floor->tint[0] = floor->tint[1] = floor->tint[2] = tone;
  dio_mesh_builder_add_panel (floor, corners, 4, dio_vec3 (0, 0, 1), dio_vec3 (1, 0, 0));
  for (guint i = first; i < floor->vertices->len; i++) {
    DioBuilderVertex *vertex = &g_array_index (floor->vertices, DioBuilderVertex, i);
    vertex->u = (vertex->position.x - x0 + along) / DIO_TEXTURE_TILE_M;
    vertex->v = (vertex->position.y - y0 + across) / DIO_TEXTURE_TILE_M;
  }
}

static void
add_floor (DioMeshBuilder *floor, const Room *r, gboolean boards, double seed)
{
  if (!boards) {
    const DioPatch patch = {
      { -r->half_x, -r->half_y, 0 }, { 1, 0, 0 }, { 0, 1, 0 }, 2 * r->half_x, 2 * r->half_y, 0.6
    };
    dio_mesh_builder_add_patch (floor, &patch);
    return;
  }
  DioDice dice = dio_dice (seed, 0xF100);
  guint n_rows = (guint) ceil (2 * r->half_y / BOARD_M);
  for (guint row = 0; row < n_rows; row++) {
    double x = -r->half_x, next = x + dio_dice_roll (&dice, 0.3, BOARD_LENGTH_M);
    while (x < r->half_x) {
      /* A rest shorter than a hand is left to the board before it. */
      double end = next > r->half_x - 0.1 ? r->half_x : next;
      add_board (floor, r, row, x, end, &dice);
      x = end;
      next = x + BOARD_LENGTH_M;
    }
  }
}

void
dio_parametric_build_room (DioParametricMake *make)
{
  const double *values = make->values;
  Room room = lay_out (values);
  const uint8_t *paint = paints[(int) values[DIO_ROOM_COLOR]];
  const DioMaterialLook walls_look = {
    "walls", paint[0], paint[1], paint[2], 1, 0, &dio_surface_wall_paint
  };
  int kind = (int) values[DIO_ROOM_FLOOR];
  g_auto (DioMeshBuilder) builder;
  g_auto (DioMeshBuilder) pane;
  dio_mesh_builder_init (&builder);
  dio_mesh_builder_init (&pane);
  add_floor (&builder, &room, kind != FLOOR_TILES, values[DIO_ROOM_SEED]);
  dio_parametric_take_part (make, &builder, &floor_looks[kind]);
  add_walls (&builder, &room);
  dio_mesh_builder_vary_tint (&builder, 2.5, 0.03f, (guint64) values[DIO_ROOM_SEED]);
  dio_parametric_take_part (make, &builder, &walls_look);
  const DioPatch ceiling = { { -room.half_x, room.half_y, room.height },
                             { 1, 0, 0 },
                             { 0, -1, 0 },
                             2 * room.half_x,
                             2 * room.half_y,
                             20 };
  dio_mesh_builder_add_patch (&builder, &ceiling);
  dio_parametric_take_part (make, &builder, &ceiling_look);
  add_window (&builder, &pane, &room);
  add_skirting (&builder, &room);
  dio_parametric_take_part (make, &builder, &trim_look);
  dio_parametric_take_part (make, &pane, &pane_look);
}
