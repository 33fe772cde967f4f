#define G_LOG_DOMAIN "dio-parametric"

/* A straight piece of road along X with kerbs, pavements and markings: 1,500 triangles for 20 m of two lanes, at
 * most 9,000. The lanes lie at z = 0, where cars stand. */

#include "dio-parametric-building-private.h"

#include "dio-core-vec.h"
#include "dio-parametric-mesh-shapes-private.h"
#include "dio-parametric-surface-street-private.h"

/* Paint lies so far above the asphalt that neither depth buffers nor floats mix the two. */
#define PAINT_M 0.004
#define STONE_M 2.0
#define STONE_GAP_M 0.008

enum { CENTER_NONE, CENTER_DASHED, CENTER_SOLID, CENTER_DOUBLE };
enum { CROSS_NONE, CROSS_STOP_LINE, CROSS_ZEBRA };

typedef struct {
  double length, lane, width; /* width of all lanes */
  guint n_lanes;
  double kerb, pavement;
} Road;

static const DioVec3 ahead = { 1, 0, 0 }, left = { 0, 1, 0 };

/* Tyres polish two tracks in each lane; the middle stays darker of oil. */
static void
wear_lanes (DioMeshBuilder *builder, const Road *road)
{
  for (guint i = 0; i < builder->vertices->len; i++) {
    DioBuilderVertex *vertex = &g_array_index (builder->vertices, DioBuilderVertex, i);
    double place = (vertex->position.y + road->width / 2) / road->lane;
    double across = fabs (place - floor (place) - 0.5);
    float track = (float) (1 - fabs (across - 0.26) / 0.16);
    float light = 1 + 0.16f * MAX (0, track) - 0.10f * (float) MAX (0, 1 - across / 0.12);
    for (int c = 0; c < 3; c++)
      vertex->tint[c] *= light;
  }
}

static void
add_asphalt (DioParametricMake *make, const Road *road)
{
  const DioMaterialLook look = {
    "asphalt", 255, 255, 255, 1, 0, dio_street_get_surface (DIO_STREET_ASPHALT)
  };
  g_auto (DioMeshBuilder) builder;
  dio_mesh_builder_init (&builder);
  /* Strips across, so that the tracks have vertices. */
  const guint strips = 8 * road->n_lanes;
  for (guint i = 0; i < strips; i++) {
    const DioPatch patch = {
      { -road->length / 2, road->width * i / strips - road->width / 2, 0 },
      ahead,
      left,
      road->length,
      road->width / strips,
      MAX (2, road->length / 25),
    };
    dio_mesh_builder_add_patch (&builder, &patch);
  }
  wear_lanes (&builder, road);
  dio_mesh_builder_vary_tint (&builder, 4.3, 0.10f, 71);
  dio_parametric_take_part (make, &builder, &look);
}

static void
add_mark (DioMeshBuilder *builder, double x, double y, double length, double width)
{
  const DioPatch patch = {
    { x - length / 2, y - width / 2, PAINT_M }, ahead, left, length, width, 8
  };
  dio_mesh_builder_add_patch (builder, &patch);
}

/* A line along the road, broken into @dash and @gap where the gap is not 0. */
static void
add_line (DioMeshBuilder *builder, const Road *road, double y, double dash, double gap)
{
  double from = -road->length / 2, to = road->length / 2;
  if (gap == 0) {
    add_mark (builder, 0, y, road->length, 0.12);
    return;
  }
  for (double x = from + gap / 2; x < to; x += dash + gap) {
    double end = MIN (x + dash, to);
    add_mark (builder, (x + end) / 2, y, end - x, 0.12);
  }
}

static void
add_center (DioMeshBuilder *builder, const Road *road, guint kind)
{
  for (guint i = 1; i < road->n_lanes; i++) {
    double y = road->lane * i - road->width / 2;
    gboolean middle = 2 * i == road->n_lanes;
    if (kind == CENTER_DOUBLE && middle) {
      add_line (builder, road, y - 0.11, 1, 0);
      add_line (builder, road, y + 0.11, 1, 0);
    } else if (kind == CENTER_SOLID && middle) {
      add_line (builder, road, y, 1, 0);
    } else if (kind != CENTER_NONE) {
      add_line (builder, road, y, 3, 4.5);
    }
  }
}

/* At the end towards +X, where a crossing would be. */
static void
add_crossing (DioMeshBuilder *builder, const Road *road, guint kind)
{
  double x = road->length / 2 - 1.2;
  if (kind == CROSS_STOP_LINE)
    add_mark (builder, x, -road->width / 4, 0.4, road->width / 2 - 0.3);
  if (kind != CROSS_ZEBRA)
    return;
  guint n = (guint) (road->width / 1.0);
  for (guint i = 0; i < n; i++)
    add_mark (builder, x - 0.8, (i + 0.5) * road->width / n - road->width / 2, 2.8, 0.5);
}

static void
add_markings (DioParametricMake *make, const Road *road)
{
  const double *v = make->values;
  const gboolean yellow = v[DIO_ROAD_PAINT] > 0.5;
  const DioMaterialLook look = {
    .name = "markings",
    .red = 255,
    .green = yellow ? 196 : 255,
    .blue = yellow ? 52 : 255,
    .roughness = 1,
    .surface = dio_street_get_surface (DIO_STREET_ROAD_PAINT),
    .alpha_mode = DIO_ALPHA_MASK,
  };
  g_auto (DioMeshBuilder) builder;
  dio_mesh_builder_init (&builder);
  add_center (&builder, road, (guint) v[DIO_ROAD_CENTER]);
  add_crossing (&builder, road, (guint) v[DIO_ROAD_CROSSING]);
  if (v[DIO_ROAD_EDGES] > 0.5)
    for (int side = -1; side <= 1; side += 2)
      add_line (&builder, road, side * (road->width / 2 - 0.25), 1, 0);
  if (builder.triangles->len > 0)
    dio_parametric_take_part (make, &builder, &look);
}

/* Stones with a rounded edge to the road. */
static void
add_kerb (DioMeshBuilder *builder, const Road *road, int side)
{
  const double near = road->width / 2, far = near + DIO_KERB_WIDTH_M, h = road->kerb,
               r = MIN (0.02, 0.4 * h);
  double section[6][2] = {
    { near, 0 },    { far, 0 }, { far, h }, { near + r, h }, { near + 0.3 * r, h - 0.3 * r },
    { near, h - r }
  };
  double mirrored[6][2];
  for (guint i = 0; i < 6; i++) {
    mirrored[i][0] = -section[5 - i][0];
    mirrored[i][1] = section[5 - i][1];
  }
  guint n = (guint) MAX (1, floor (road->length / STONE_M + 0.5));
  double stone = road->length / n;
  for (guint i = 0; i < n; i++) {
    float tone = 0.90f + 0.14f * (float) dio_noise_uniform (17, i, side > 0);
    builder->tint[0] = builder->tint[1] = builder->tint[2] = tone;
    double x = stone * i - road->length / 2;
    const DioExtrusion extrusion = { (const double (*)[2]) (side > 0 ? section : mirrored), 6,
                                     x + STONE_GAP_M / 2, x + stone - STONE_GAP_M / 2, 1 };
    dio_mesh_builder_add_extrusion (builder, &extrusion);
  }
}

static void
add_pavement (DioMeshBuilder *builder, const Road *road, int side)
{
  double near = road->width / 2 + DIO_KERB_WIDTH_M + 0.004;
  double from = side > 0 ? near : -near - road->pavement, half = road->length / 2;
  const double cell = MAX (1, road->length / 30);
  const DioPatch top = {
    { -half, from, road->kerb - 0.004 }, ahead, left, road->length, road->pavement, cell
  };
  const DioPatch back = { { side > 0 ? half : -half, side * (near + road->pavement), 0 },
                          { -side, 0, 0 },
                          { 0, 0, 1 },
                          road->length,
                          road->kerb - 0.004,
                          cell };
  dio_mesh_builder_add_patch (builder, &top);
  dio_mesh_builder_add_patch (builder, &back);
  for (int end = -1; end <= 1; end += 2) {
    const DioPatch cut = { { end * half, end > 0 ? from : from + road->pavement, 0 },
                           { 0, end, 0 },
                           { 0, 0, 1 },
                           road->pavement,
                           road->kerb - 0.004,
                           cell };
    dio_mesh_builder_add_patch (builder, &cut);
  }
}

void
dio_parametric_build_road (DioParametricMake *make)
{
  const double *v = make->values;
  Road road = { .length = v[DIO_ROAD_LENGTH],
                .lane = v[DIO_ROAD_LANE],
                .n_lanes = (guint) v[DIO_ROAD_LANES],
                .kerb = v[DIO_ROAD_KERB],
                .pavement = v[DIO_ROAD_PAVEMENT] };
  road.width = road.lane * road.n_lanes;
  const DioMaterialLook kerb_look = {
    "kerb", 226, 224, 220, 1, 0, dio_street_get_surface (DIO_STREET_CONCRETE)
  };
  const DioMaterialLook slab_look = {
    "pavement", 255, 252, 246, 1, 0, dio_street_get_surface (DIO_STREET_PAVING)
  };
  add_asphalt (make, &road);
  add_markings (make, &road);
  g_auto (DioMeshBuilder) kerbs, slabs;
  dio_mesh_builder_init (&kerbs);
  dio_mesh_builder_init (&slabs);
  for (int side = -1; side <= 1; side += 2) {
    add_kerb (&kerbs, &road, side);
    if (road.pavement > 0)
      add_pavement (&slabs, &road, side);
  }
  dio_mesh_builder_vary_tint (&slabs, 2.7, 0.12f, 72);
  dio_parametric_take_part (make, &kerbs, &kerb_look);
  if (slabs.triangles->len > 0)
    dio_parametric_take_part (make, &slabs, &slab_look);
}
