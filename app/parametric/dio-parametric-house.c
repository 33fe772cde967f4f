#define G_LOG_DOMAIN "dio-parametric"

/* A house front: a wall with openings in bays and storeys, frames and panes in them, a door, plinth, string courses
 * and a cornice; sides, back and roof are plain. About 390 triangles for a window: 5,000 for four bays and three
 * storeys. The front stands at y = 0 of its own frame, half the depth before the middle. */

#include "dio-parametric-building-private.h"

#include "dio-core-vec.h"
#include "dio-parametric-mesh-shapes-private.h"
#include "dio-parametric-surface-street-private.h"

#define REVEAL_M 0.16
#define FRAME_M 0.06
/* Of the windows, where anybody is at home. */
#define LIT_SHARE 0.4
/* What is set into the wall stands out of its planes by this: which of two surfaces in one plane a pixel shows would
 * hang on rounding. */
#define STEP_M 0.004

typedef struct {
  guint bays, storeys, door; /* bay of the door */
  double bay, storey, depth, width, height;
  double window_w, window_h;
  guint64 seed;
  gboolean inhabited; /* light is on behind some windows */
} House;

/* What the parts are made of; one builder each. */
typedef struct {
  DioMeshBuilder wall, trim, frames, glass, lit, door, blinds, roof;
} Parts;

/* An opening in the wall's front, metres in x and z. */
typedef struct {
  double x0, x1, z0, z1;
} Opening;

static const DioVec3 x_axis = { 1, 0, 0 }, z_axis = { 0, 0, 1 };

static void
add_front_patch (DioMeshBuilder *wall, double y, double x0, double x1, double z0, double z1)
{
  if (x1 <= x0 || z1 <= z0)
    return;
  const DioPatch patch = { { x0, y, z0 }, x_axis, z_axis, x1 - x0, z1 - z0, 1.6 };
  dio_mesh_builder_add_patch (wall, &patch);
}

/* The wall of one cell round its opening, and the four sides that lead in. */
static void
add_cell (Parts *parts, double y, const Opening *cell, const Opening *hole)
{
  add_front_patch (&parts->wall, y, cell->x0, hole->x0, cell->z0, cell->z1);
  add_front_patch (&parts->wall, y, hole->x1, cell->x1, cell->z0, cell->z1);
  add_front_patch (&parts->wall, y, hole->x0, hole->x1, cell->z0, hole->z0);
  add_front_patch (&parts->wall, y, hole->x0, hole->x1, hole->z1, cell->z1);
  double w = hole->x1 - hole->x0, h = hole->z1 - hole->z0;
  const DioPatch sides[4] = {
    { { hole->x0, y, hole->z0 }, { 0, 1, 0 }, z_axis, REVEAL_M, h, 1 },
    { { hole->x1, y + REVEAL_M, hole->z0 }, { 0, -1, 0 }, z_axis, REVEAL_M, h, 1 },
    { { hole->x0, y + REVEAL_M, hole->z1 }, x_axis, { 0, -1, 0 }, w, REVEAL_M, 1 },
    { { hole->x0, y, hole->z0 }, x_axis, { 0, 1, 0 }, w, REVEAL_M, 1 },
  };
  for (guint i = 0; i < 4; i++)
    dio_mesh_builder_add_patch (&parts->wall, &sides[i]);
}

static void
add_bar (
    DioMeshBuilder *builder, double x0, double x1, double y, double z0, double z1, double thick)
{
  dio_mesh_builder_add_chamfered_box (builder, dio_vec3 ((x0 + x1) / 2, y, (z0 + z1) / 2),
                                      dio_vec3 (x1 - x0, thick, z1 - z0), 0.006);
}

/* Frame, one upright, one crossbar and a pane; a blind behind some of them. */
static void
add_window (Parts *parts, const House *house, double y, const Opening *hole, uint32_t which)
{
  double plane = y + REVEAL_M - 0.02, middle = (hole->x0 + hole->x1) / 2;
  double bar_z = hole->z0 + 0.66 * (hole->z1 - hole->z0);
  DioMeshBuilder *f = &parts->frames;
  add_bar (f, hole->x0, hole->x0 + FRAME_M, plane, hole->z0, hole->z1, 0.05);
  add_bar (f, hole->x1 - FRAME_M, hole->x1, plane, hole->z0, hole->z1, 0.05);
  add_bar (f, hole->x0, hole->x1, plane, hole->z0, hole->z0 + FRAME_M, 0.052);
  add_bar (f, hole->x0, hole->x1, plane, hole->z1 - FRAME_M, hole->z1, 0.052);
  add_bar (f, middle - 0.03, middle + 0.03, plane, hole->z0, hole->z1, 0.046);
  add_bar (f, hole->x0, hole->x1, plane, bar_z - 0.025, bar_z + 0.025, 0.044);
  gboolean lit = house->inhabited && dio_noise_uniform (house->seed + 7, which, 0) < LIT_SHARE;
  add_front_patch (lit ? &parts->lit : &parts->glass, plane + 0.012, hole->x0, hole->x1, hole->z0,
                   hole->z1);
  double drawn = dio_noise_uniform (house->seed + 3, which, 0);
  if (drawn < 0.45)
    add_front_patch (&parts->blinds, plane + 0.004, hole->x0 + FRAME_M, hole->x1 - FRAME_M,
                     hole->z1 - (0.15 + 1.6 * drawn) * (hole->z1 - hole->z0), hole->z1 - FRAME_M);
  /* Sill before and lintel above. */
  add_bar (&parts->trim, hole->x0 - 0.08, hole->x1 + 0.08, y - 0.01, hole->z0 - 0.07,
           hole->z0 + STEP_M, 0.13);
  add_bar (&parts->trim, hole->x0 - 0.12, hole->x1 + 0.12, y - 0.005, hole->z1 - STEP_M,
           hole->z1 + 0.16, 0.05);
}

static void
add_door (Parts *parts, double y, const Opening *hole)
{
  double plane = y + REVEAL_M - 0.03, w = hole->x1 - hole->x0, top = hole->z1 - 0.42;
  add_bar (&parts->door, hole->x0 + 0.05, hole->x1 - 0.05, plane, hole->z0, top - 0.05, 0.05);
  for (guint i = 0; i < 4; i++) {
    double x = (hole->x0 + hole->x1) / 2 + ((i & 1) != 0 ? 0.22 : -0.22) * w;
    double z = hole->z0 + ((i & 2) != 0 ? 0.64 : 0.24) * (top - hole->z0);
    add_bar (&parts->door, x - 0.16 * w, x + 0.16 * w, plane - 0.022, z - 0.15 * (top - hole->z0),
             z + 0.17 * (top - hole->z0), 0.024);
  }
  add_bar (&parts->frames, hole->x0, hole->x0 + 0.06, plane, hole->z0, hole->z1, 0.06);
  add_bar (&parts->frames, hole->x1 - 0.06, hole->x1, plane, hole->z0, hole->z1, 0.06);
  add_bar (&parts->frames, hole->x0, hole->x1, plane, top - 0.04, top + 0.03, 0.062);
  add_bar (&parts->frames, hole->x0, hole->x1, plane, hole->z1 - 0.06, hole->z1, 0.062);
  add_front_patch (&parts->glass, plane + 0.01, hole->x0, hole->x1, top, hole->z1);
  add_bar (&parts->trim, hole->x0 - 0.15, hole->x1 + 0.15, y - 0.20, 0, 0.15 - STEP_M, 0.62);
  dio_mesh_builder_add_bar (&parts->trim, dio_vec3 (hole->x1 - 0.17, plane - 0.02, hole->z0 + 1.0),
                            dio_vec3 (hole->x1 - 0.17, plane - 0.08, hole->z0 + 1.0), 0.022, 12);
}

static void
add_front (Parts *parts, const House *house)
{
  double y = -house->depth / 2;
  for (guint s = 0; s < house->storeys; s++)
    for (guint b = 0; b < house->bays; b++) {
      Opening cell = { house->bay * b - house->width / 2, house->bay * (b + 1) - house->width / 2,
                       house->storey * s, house->storey * (s + 1) };
      double middle = (cell.x0 + cell.x1) / 2, sill = cell.z0 + 0.9 * (house->storey / 3);
      gboolean door = s == 0 && b == house->door;
      Opening hole = { middle - house->window_w / 2, middle + house->window_w / 2, sill,
                       sill + house->window_h };
      if (door)
        hole = (Opening){ middle - 0.55, middle + 0.55, 0.15, MIN (2.75, house->storey - 0.3) };
      add_cell (parts, y, &cell, &hole);
      if (door)
        add_door (parts, y, &hole);
      else
        add_window (parts, house, y, &hole, s * 16 + b);
    }
}

static void
add_shell (Parts *parts, const House *house)
{
  double w = house->width, d = house->depth, h = house->height;
  const DioPatch sides[3] = {
    { { w / 2, -d / 2, 0 }, { 0, 1, 0 }, z_axis, d, h, 1.5 },
    { { -w / 2, d / 2, 0 }, { 0, -1, 0 }, z_axis, d, h, 1.5 },
    { { w / 2, d / 2, 0 }, { -1, 0, 0 }, z_axis, w, h, 1.5 },
  };
  for (guint i = 0; i < 3; i++)
    dio_mesh_builder_add_patch (&parts->wall, &sides[i]);
}

/* Mouldings that run along the front: plinth, string courses and the cornice under the roof. */
static void
add_mouldings (Parts *parts, const House *house)
{
  double x = house->width / 2, y = -house->depth / 2, h = house->height,
         door = house->bay * (house->door + 0.5) - x, end = x - STEP_M;
  add_bar (&parts->trim, -end, door - 0.56, y, 0, 0.45, 0.07);
  add_bar (&parts->trim, door + 0.56, end, y, 0, 0.45, 0.07);
  for (guint s = 1; s < house->storeys; s++)
    add_bar (&parts->trim, -end, end, y, house->storey * s - 0.06, house->storey * s + 0.06, 0.09);
  const double cornice[][2] = { { y + 0.05, h - 0.32 }, { y + 0.05, h + 0.05 },
                                { y - 0.32, h + 0.05 }, { y - 0.32, h - 0.03 },
                                { y - 0.25, h - 0.07 }, { y - 0.18, h - 0.16 },
                                { y - 0.10, h - 0.20 }, { y - 0.06, h - 0.32 } };
  double section[G_N_ELEMENTS (cornice)][2];
  for (guint i = 0; i < G_N_ELEMENTS (cornice); i++)
    for (guint k = 0; k < 2; k++)
      section[i][k] = cornice[i][k];
  const DioExtrusion extrusion = { (const double (*)[2]) section, G_N_ELEMENTS (cornice), -x - 0.05,
                                   x + 0.05, 6 };
  dio_mesh_builder_add_extrusion (&parts->trim, &extrusion);
}

#define ROOF_M 0.12
#define EAVES_M 0.3

/* A saddle roof along the street: two slabs that meet at the ridge, and the gables under them. */
static void
add_roof (Parts *parts, const House *house)
{
  double half = house->depth / 2, d = half + EAVES_M, h = house->height + 0.02, rise = 0.62 * d;
  double inner = h + rise - ROOF_M, x = house->width / 2;
  const double section[][2] = { { -d, h },       { 0, inner },    { d, h },
                                { d, h + 0.08 }, { 0, h + rise }, { -d, h + 0.08 } };
  const DioExtrusion extrusion = { section, G_N_ELEMENTS (section), -x - 0.12, x + 0.12, 8 };
  dio_mesh_builder_add_extrusion (&parts->roof, &extrusion);
  double foot = h + (inner - h) * EAVES_M / d + 0.02;
  for (int side = -1; side <= 1; side += 2) {
    double to_right = side * half;
    const DioVec3 gable[5] = { { side * x, -to_right, house->height },
                               { side * x, to_right, house->height },
                               { side * x, to_right, foot },
                               { side * x, 0, inner + 0.02 },
                               { side * x, -to_right, foot } };
    dio_mesh_builder_add_panel (&parts->wall, gable, 5, dio_vec3 (side, 0, 0),
                                dio_vec3 (0, side, 0));
  }
}

static const uint8_t plaster_colors[][3] = { { 236, 226, 200 }, { 232, 196, 150 },
                                             { 206, 214, 216 }, { 214, 160, 136 },
                                             { 176, 192, 168 }, { 240, 238, 232 } };
static const uint8_t door_colors[][3] = {
  { 36, 70, 52 }, { 110, 30, 30 }, { 32, 46, 84 }, { 96, 64, 40 }
};

static void
take_parts (DioParametricMake *make, Parts *parts, const House *house)
{
  const guint wall = (guint) make->values[DIO_HOUSE_WALL];
  const uint8_t *tone = plaster_colors[(guint) make->values[DIO_HOUSE_COLOR]];
  const uint8_t *door = door_colors[(guint) (dio_noise_uniform (house->seed, 5, 5) * 4)];
  const DioSurface *concrete = dio_street_get_surface (DIO_STREET_CONCRETE);
  const DioMaterialLook plaster = {
    "wall", tone[0], tone[1], tone[2], 1, 0, dio_street_get_surface (DIO_STREET_PLASTER)
  };
  const DioMaterialLook brick = {
    "wall", 255, 255, 255, 1, 0, dio_street_get_surface (DIO_STREET_BRICK)
  };
  const DioMaterialLook trim = { "trim", 246, 240, 226, 1, 0, concrete };
  const DioMaterialLook frames = {
    "frames", 240, 240, 236, 1.1f, 0, dio_street_get_surface (DIO_STREET_PLASTIC)
  };
  const DioMaterialLook leaf = {
    "door", door[0], door[1], door[2], 1, 0, dio_street_get_surface (DIO_STREET_PAINTED_METAL)
  };
  const DioMaterialLook glass = { "glass", 40, 48, 54, 0.06f, 0 };
  const DioMaterialLook blinds = { "blinds", 214, 208, 196, 0.85f, 0 };
  const DioMaterialLook roof = {
    "roof", 255, 255, 255, 1, 0, dio_street_get_surface (DIO_STREET_ROOF_TILES)
  };
  dio_mesh_builder_vary_tint (&parts->wall, 2.3, 0.10f, house->seed);
  dio_mesh_builder_soil (&parts->wall, 0, 1.6, 0.25f);
  dio_mesh_builder_soil (&parts->trim, 0, 0.6, 0.25f);
  dio_mesh_builder_vary_tint (&parts->roof, 2.1, 0.14f, house->seed + 1);
  dio_parametric_take_part (make, &parts->wall, wall == 0 ? &plaster : &brick);
  dio_parametric_take_part (make, &parts->trim, &trim);
  dio_parametric_take_part (make, &parts->frames, &frames);
  dio_parametric_take_part (make, &parts->glass, &glass);
  /* Curtains that the light comes through. */
  const DioMaterialLook lit = { .name = "lit windows",
                                .red = 226,
                                .green = 186,
                                .blue = 132,
                                .roughness = 0.5f,
                                .emissive_nits = (float) make->values[DIO_HOUSE_LIGHT] };
  if (parts->lit.triangles->len > 0)
    dio_parametric_take_part (make, &parts->lit, &lit);
  dio_parametric_take_part (make, &parts->door, &leaf);
  if (parts->blinds.triangles->len > 0)
    dio_parametric_take_part (make, &parts->blinds, &blinds);
  dio_parametric_take_part (make, &parts->roof, &roof);
}

void
dio_parametric_build_house (DioParametricMake *make)
{
  const double *v = make->values;
  House house = { .bays = (guint) v[DIO_HOUSE_BAYS],
                  .storeys = (guint) v[DIO_HOUSE_STOREYS],
                  .bay = v[DIO_HOUSE_BAY],
                  .storey = v[DIO_HOUSE_STOREY],
                  .depth = v[DIO_HOUSE_DEPTH],
                  .seed = (guint64) v[DIO_HOUSE_SEED],
                  .inhabited = v[DIO_HOUSE_LIGHT] > 0 };
  house.width = house.bay * house.bays;
  house.height = house.storey * house.storeys;
  house.window_w = MIN (1.1, 0.55 * house.bay);
  house.window_h = 0.53 * house.storey;
  house.door = (guint) (dio_noise_uniform (house.seed, 1, 1) * house.bays);
  Parts parts;
  DioMeshBuilder *all[] = { &parts.wall, &parts.trim, &parts.frames, &parts.glass,
                            &parts.lit,  &parts.door, &parts.blinds, &parts.roof };
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    dio_mesh_builder_init (all[i]);
  add_front (&parts, &house);
  add_shell (&parts, &house);
  add_mouldings (&parts, &house);
  add_roof (&parts, &house);
  take_parts (make, &parts, &house);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    dio_mesh_builder_clear (all[i]);
}
