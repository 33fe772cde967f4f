#define G_LOG_DOMAIN "dio-parametric"

/* Chain link between round posts: a sheet from which the alpha of its surface leaves the wires, or wires woven one by
 * one where they are few enough. */

#include "dio-parametric-fence-private.h"

#include "dio-core-vec.h"
#include "dio-parametric-sweep-private.h"

#include <math.h>

#define POST_SPACING_M 2.5
#define POST_RADIUS_M 0.024
#define RAIL_RADIUS_M 0.017
#define GROUND_GAP_M 0.03

/* Meshes that are woven at most, 32 triangles each; of a longer fence only the sheet would be left to see. */
#define MAX_WOVEN 1200
#define WIRE_SIDES 4
#define WIRE_RADIUS_M 0.0016

enum { COATING_ZINC, COATING_GREEN, COATING_BLACK };

/* Wire across the tile's diagonals, as a share of its side, and how far it weaves out of the sheet. */
#define WIRE 0.075f
#define WEAVE 0.05f

/* Distance of @x from the nearest whole number. */
static float
to_whole (float x)
{
  return fabsf (x - floorf (x + 0.5f));
}

/* Two families of wires that cross, one over, one under, in turn. */
static void
shade_mesh (DioTextureRow *row, const DioSurfaceRow *out, gconstpointer user)
{
  static const float zinc[3] = { 0.80f, 0.81f, 0.82f };
  const DioNoise spot_noise = { 40, 40, row->seed ^ 0x21C };
  const float *spot = dio_texture_fill_layer (row, 0, &spot_noise, 2);
  const float half = WIRE / 2;
  for (guint x = 0; x < row->size_px; x++) {
    float u = row->u[x], v = (float) row->v;
    /* Across the wires, scaled to the tile. */
    float rising = to_whole (u + v) * 0.70711f, falling = to_whole (u - v) * 0.70711f;
    float swing = WEAVE * sqrtf (MAX (0, 1 - 16 * (u - 0.5f) * (u - 0.5f) * 0.25f));
    float top_r = rising < half ? sqrtf (half * half - rising * rising) + swing : -1;
    float top_f = falling < half ? sqrtf (half * half - falling * falling) + WEAVE - swing : -1;
    float nearest = MIN (rising, falling);
    out->alpha[x] = CLAMP ((half - nearest) / row->pixel + 0.5f, 0, 1);
    out->height_m[x] = 0.07f * MAX (0, MAX (top_r, top_f));
    out->roughness[x] = 0.42f + 0.10f * spot[x];
    for (int c = 0; c < 3; c++)
      out->rgb[x][c] = zinc[c] * (1 + 0.10f * spot[x]);
  }
}

static const DioSurface mesh_surface = { .key = "chain-link",
                                         .width_px = 256,
                                         .height_px = 256,
                                         .relief_m = 0.07,
                                         .seed = 1,
                                         .shade = shade_mesh };

static DioMaterialLook
get_look (const char *name, int coating, gboolean mesh)
{
  static const DioMaterialLook looks[] = {
    [COATING_ZINC] = { NULL, 205, 207, 208, 0.5f, 0.85f },
    [COATING_GREEN] = { NULL, 34, 74, 48, 0.4f, 0 },
    [COATING_BLACK] = { NULL, 30, 31, 32, 0.4f, 0 },
  };
  DioMaterialLook look = looks[coating];
  look.name = name;
  if (mesh) {
    look.roughness = 1;
    look.surface = &mesh_surface;
    look.alpha_mode = DIO_ALPHA_MASK;
    look.double_sided = TRUE;
  }
  /* The maps of the surface say where metal is only for zinc. */
  look.metallic = coating == COATING_ZINC ? 0.85f : 0;
  return look;
}

/* The net: metres, and a whole number of meshes each way, so that it ends at knots. */
typedef struct {
  double length, height, n_up, n_along;
} Net;

static Net
lay_out (const double *values)
{
  Net net = { .length = values[DIO_CHAIN_LENGTH],
              .height = values[DIO_CHAIN_HEIGHT] - GROUND_GAP_M };
  net.n_up = MAX (1, floor (net.height / values[DIO_CHAIN_OPENING] + 0.5));
  net.n_along = MAX (1, floor (net.length * net.n_up / net.height + 0.5));
  return net;
}

/* A straight piece of wire with open ends. */
static void
add_piece (DioMeshBuilder *builder, DioVec3 from, DioVec3 to)
{
  static const double turns[WIRE_SIDES][2] = { { 1, 0 }, { 0, 1 }, { -1, 0 }, { 0, -1 } };
  DioVec3 along = dio_vec3_normalize (dio_vec3_sub (to, from));
  DioVec3 side = dio_vec3_normalize (dio_vec3_cross (along, dio_vec3 (0, 1, 0)));
  DioVec3 across = dio_vec3_cross (along, side);
  uint32_t first = builder->vertices->len;
  for (guint i = 0; i < 2 * (WIRE_SIDES + 1); i++) {
    const double *turn = turns[i / 2 % WIRE_SIDES];
    DioVec3 normal =
        dio_vec3_add (dio_vec3_scale (side, turn[0]), dio_vec3_scale (across, turn[1]));
    DioVec3 end = i % 2 == 0 ? from : to;
    DioBuilderVertex vertex = {
      .position = dio_vec3_add (end, dio_vec3_scale (normal, WIRE_RADIUS_M)),
      .normal = normal,
      .u = i / 2 / (double) WIRE_SIDES,
      .v = -end.z / DIO_TEXTURE_TILE_M,
    };
    dio_mesh_builder_add_vertex (builder, &vertex);
  }
  for (uint32_t a = first; a < first + 2 * WIRE_SIDES; a += 2)
    dio_mesh_builder_add_quad (builder, a, a + 2, a + 3, a + 1);
}

/* One wire of the net, up through half the width of its meshes: it leans right in front and left behind, and hooks at
 * its bends into its neighbours, which begin at the opposite side. */
static void
add_wire (DioMeshBuilder *builder, const Net *net, guint index)
{
  const double side = net->length / (2 * net->n_along), rise = net->height / (2 * net->n_up);
  const double x = side * (index + 0.5) - net->length / 2, y = -POST_RADIUS_M - 0.004;
  const double reach = side / 2 + 0.8 * WIRE_RADIUS_M, depth = 0.8 * WIRE_RADIUS_M;
  for (guint k = 0; k < 2 * (guint) net->n_up; k++) {
    int way = (k + index) % 2 == 0 ? 1 : -1;
    double z = GROUND_GAP_M + rise * k;
    add_piece (builder, dio_vec3 (x - way * reach, y - way * depth, z),
               dio_vec3 (x + way * reach, y - way * depth, z + rise));
  }
}

static void
add_wires (DioMeshBuilder *builder, const Net *net)
{
  for (guint i = 0; i < 2 * (guint) net->n_along; i++)
    add_wire (builder, net, i);
}

static void
add_mesh (DioMeshBuilder *builder, const Net *net)
{
  uint32_t first = builder->vertices->len;
  for (int i = 0; i < 4; i++) {
    DioBuilderVertex vertex = {
      .position = { ((i & 1) != 0 ? 0.5 : -0.5) * net->length, -POST_RADIUS_M - 0.004,
                    GROUND_GAP_M + ((i & 2) != 0 ? net->height : 0) },
      .normal = { 0, -1, 0 },
      .u = (i & 1) != 0 ? net->n_along : 0,
      .v = (i & 2) != 0 ? 0 : net->n_up,
    };
    dio_mesh_builder_add_vertex (builder, &vertex);
  }
  dio_mesh_builder_add_quad (builder, first, first + 1, first + 3, first + 2);
}

static void
add_post (DioMeshBuilder *builder, double x, double height)
{
  const double radius = POST_RADIUS_M, over = 1.18 * radius, rim = height + 0.016;
  const DioSweepStation pipe[] = { { { x, 0, 0 }, radius, 0 }, { { x, 0, height }, radius, 0 } };
  /* A cap closes the pipe. */
  const DioSweepStation cap[] = {
    { { x, 0, height - 0.012 }, over, 0 },      { { x, 0, rim }, over, 0 },
    { { x, 0, rim + 0.006 }, 0.92 * over, 0 },  { { x, 0, rim + 0.0105 }, 0.71 * over, 0 },
    { { x, 0, rim + 0.0138 }, 0.38 * over, 0 }, { { x, 0, rim + 0.015 }, 0, 0 },
  };
  const DioSweepLook look = { .n_sides = 16 };
  dio_sweep_add (builder, pipe, G_N_ELEMENTS (pipe), &look);
  dio_sweep_add (builder, cap, G_N_ELEMENTS (cap), &look);
}

static void
add_bar (DioMeshBuilder *builder, double length, double y, double z, double radius)
{
  const DioSweepStation stations[] = {
    { { -length / 2, y, z }, radius, 0 },
    { { length / 2, y, z }, radius, 0 },
  };
  const DioSweepLook look = { .n_sides = 12 };
  dio_sweep_add (builder, stations, 2, &look);
}

static void
add_frame (DioMeshBuilder *builder, const double *values)
{
  double length = values[DIO_CHAIN_LENGTH], height = values[DIO_CHAIN_HEIGHT];
  guint n_spans = MAX (1, (guint) (length / POST_SPACING_M + 0.5));
  for (guint i = 0; i <= n_spans; i++)
    add_post (builder, ((double) i / n_spans - 0.5) * length, height + 0.02);
  add_bar (builder, length, 0, height - RAIL_RADIUS_M, RAIL_RADIUS_M);
  add_bar (builder, length, -POST_RADIUS_M - 0.004, GROUND_GAP_M + 0.02, 0.002);
}

void
dio_parametric_build_chain_link (DioParametricMake *make)
{
  int coating = (int) make->values[DIO_CHAIN_COATING];
  g_auto (DioMeshBuilder) builder;
  dio_mesh_builder_init (&builder);
  Net net = lay_out (make->values);
  gboolean woven = make->values[DIO_CHAIN_WIRES] >= 1 && net.n_up * net.n_along <= MAX_WOVEN;
  if (woven)
    add_wires (&builder, &net);
  else
    add_mesh (&builder, &net);
  DioMaterialLook look = get_look ("mesh", coating, !woven);
  dio_parametric_take_part (make, &builder, &look);
  add_frame (&builder, make->values);
  look = get_look ("posts", coating, FALSE);
  dio_parametric_take_part (make, &builder, &look);
}
