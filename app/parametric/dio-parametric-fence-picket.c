#define G_LOG_DOMAIN "dio-parametric"

/* The picket fence: boards nailed to two rails that run from post to post. */

#include "dio-parametric-fence-private.h"

#include "dio-core-math.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-parametric-dice-private.h"
#include "dio-parametric-wood-surface-private.h"

#define BOARD_M 0.02
#define BEVEL_M 0.003
#define POST_M 0.09
#define POST_SPACING_M 2.0
#define RAIL_M 0.045
#define FOOT_M 0.05
#define MAX_OUTLINE 12

enum { TOP_POINTED, TOP_ROUND, TOP_FLAT };
enum { FINISH_WHITE, FINISH_WEATHERED, FINISH_BROWN };

/* A board that stands in the XZ plane: its outline counter-clockwise seen from -Y. */
typedef struct {
  double x[MAX_OUTLINE], z[MAX_OUTLINE];
  guint n;
  double u_origin, v_origin; /* where along and across the wood it was cut, metres */
} Board;

static void
fill_outline (Board *board, double half, double height, int top)
{
  guint n = 0;
  const double corners[2][2] = { { -half, 0 }, { half, 0 } };
  for (guint i = 0; i < 2; i++, n++) {
    board->x[n] = corners[i][0];
    board->z[n] = corners[i][1];
  }
  guint steps = top == TOP_FLAT ? 1 : top == TOP_POINTED ? 2 : 8;
  for (guint i = 0; i <= steps; i++, n++) {
    double t = (double) i / steps, x = half * (1 - 2 * t);
    double rise = top == TOP_POINTED ? half - fabs (x) : 0;
    if (top == TOP_ROUND) {
      x = half * dio_cos (DIO_PI * t);
      rise = i == 0 || i == steps ? 0 : half * dio_sin (DIO_PI * t);
    }
    board->x[n] = x;
    board->z[n] = height - (top == TOP_FLAT ? 0 : half) + rise;
  }
  board->n = n;
}

/* The outline moved inwards by @inset, at depth @y. */
static void
fill_ring (const Board *board, double inset, double y, DioVec3 *out)
{
  for (guint i = 0; i < board->n; i++) {
    guint before = (i + board->n - 1) % board->n, after = (i + 1) % board->n;
    DioVec3 p = { board->x[i], 0, board->z[i] };
    DioVec3 in = dio_vec3_normalize (dio_vec3 (p.x - board->x[before], 0, p.z - board->z[before]));
    DioVec3 on = dio_vec3_normalize (dio_vec3 (board->x[after] - p.x, 0, board->z[after] - p.z));
    /* Inwards is to the left of the way round. */
    DioVec3 middle = dio_vec3_normalize (dio_vec3 (-in.z - on.z, 0, in.x + on.x));
    double across = MAX (0.3, middle.x * -in.z + middle.z * in.x);
    out[i] = dio_vec3_add (p, dio_vec3_scale (middle, inset / across));
    out[i].y = y;
  }
}

static void
add_flat (
    DioMeshBuilder *builder, const Board *board, const DioVec3 *points, guint n, DioVec3 normal)
{
  uint32_t first = builder->vertices->len;
  for (guint i = 0; i < n; i++) {
    /* The grain runs up; depth continues across it. */
    DioBuilderVertex vertex = {
      .position = points[i],
      .normal = normal,
      .u = (board->u_origin + points[i].z) / DIO_TEXTURE_TILE_M,
      .v = (board->v_origin + points[i].x + points[i].y) / DIO_TEXTURE_TILE_M,
    };
    dio_mesh_builder_add_vertex (builder, &vertex);
  }
  for (guint i = 2; i < n; i++)
    dio_mesh_builder_add_triangle (builder, first, first + i - 1, first + i);
}

static void
add_wall (DioMeshBuilder *builder, const Board *board, const DioVec3 *front, const DioVec3 *back)
{
  for (guint i = 0; i < board->n; i++) {
    guint k = (i + 1) % board->n;
    const DioVec3 quad[4] = { front[k], front[i], back[i], back[k] };
    DioVec3 normal = dio_vec3_normalize (
        dio_vec3_cross (dio_vec3_sub (quad[1], quad[0]), dio_vec3_sub (quad[2], quad[0])));
    add_flat (builder, board, quad, 4, normal);
  }
}

static void
add_board (DioMeshBuilder *builder, const Board *board)
{
  DioVec3 rings[4][MAX_OUTLINE], turned[MAX_OUTLINE];
  fill_ring (board, BEVEL_M, -BOARD_M / 2, rings[0]);
  fill_ring (board, 0, -BOARD_M / 2 + BEVEL_M, rings[1]);
  fill_ring (board, 0, BOARD_M / 2 - BEVEL_M, rings[2]);
  fill_ring (board, BEVEL_M, BOARD_M / 2, rings[3]);
  add_flat (builder, board, rings[0], board->n, dio_vec3 (0, -1, 0));
  for (guint i = 0; i < 3; i++)
    add_wall (builder, board, rings[i], rings[i + 1]);
  for (guint i = 0; i < board->n; i++)
    turned[i] = rings[3][board->n - 1 - i];
  add_flat (builder, board, turned, board->n, dio_vec3 (0, 1, 0));
}

/* What the fence is made to. */
typedef struct {
  double length, height, width, pitch;
  guint n_pickets;
  double decay;
} Fence;

static void
add_pickets (DioMeshBuilder *builder, const Fence *fence, int top, DioDice *dice)
{
  for (guint i = 0; i < fence->n_pickets; i++) {
    double lean = fence->decay * dio_dice_roll (dice, -0.05, 0.05);
    double sink = fence->decay * dio_dice_roll (dice, 0, 0.04);
    float tone = (float) (1 - fence->decay * dio_dice_roll (dice, 0, 0.25));
    gboolean lost = dio_dice_roll (dice, 0, 1) < 0.3 * fence->decay * fence->decay;
    /* Cut from the middle of a board of the texture, which has joints between them. */
    Board board = { .u_origin = dio_dice_roll (dice, 0, DIO_TEXTURE_TILE_M) };
    board.v_origin =
        (dio_dice_pick (dice, DIO_WOOD_BOARDS) + 0.5) / DIO_WOOD_BOARDS * DIO_TEXTURE_TILE_M;
    if (lost && fence->n_pickets > 2)
      continue;
    fill_outline (&board, fence->width / 2, fence->height - FOOT_M - sink, top);
    const DioTrs trs = {
      .translation_m = { (i - 0.5 * (fence->n_pickets - 1)) * fence->pitch, -(RAIL_M + BOARD_M) / 2,
                         FOOT_M },
      .q_wxyz = dio_quat_from_axis_angle (dio_vec3 (0, 1, 0), lean),
      .scale = { 1, 1, 1 },
    };
    builder->placement = dio_mat4_from_trs (&trs);
    for (int c = 0; c < 3; c++)
      builder->tint[c] = tone;
    add_board (builder, &board);
  }
  builder->placement = dio_mat4_identity ();
}

static void
add_frame (DioMeshBuilder *builder, const Fence *fence)
{
  guint n_spans = MAX (1, (guint) (fence->length / POST_SPACING_M + 0.5));
  double reach = fence->length - POST_M;
  for (guint i = 0; i <= n_spans; i++) {
    double x = ((double) i / n_spans - 0.5) * reach;
    dio_mesh_builder_add_rounded_box (builder,
                                      dio_vec3 (x, (RAIL_M + POST_M) / 2, 0.47 * fence->height),
                                      dio_vec3 (POST_M, POST_M, 0.94 * fence->height), 0.006);
  }
  const double heights[2] = { 0.24, 0.76 };
  for (guint i = 0; i < 2; i++)
    dio_mesh_builder_add_rounded_box (builder, dio_vec3 (0, 0.0005, heights[i] * fence->height),
                                      dio_vec3 (fence->length, RAIL_M, 2 * RAIL_M), 0.004);
}

static DioMaterialLook
get_look (const char *name, int finish)
{
  static const DioMaterialLook looks[] = {
    [FINISH_WHITE] = { NULL, 255, 255, 255, 1, 0, &dio_surface_painted_wood },
    [FINISH_WEATHERED] = { NULL, 255, 255, 255, 1, 0, &dio_surface_weathered_wood },
    [FINISH_BROWN] = { NULL, 150, 104, 74, 1, 0, &dio_surface_painted_wood },
  };
  DioMaterialLook look = looks[finish];
  look.name = name;
  return look;
}

void
dio_parametric_build_picket_fence (DioParametricMake *make)
{
  const double *values = make->values;
  Fence fence = {
    .length = values[DIO_PICKET_LENGTH],
    .height = values[DIO_PICKET_HEIGHT],
    .width = values[DIO_PICKET_WIDTH],
    .decay = values[DIO_PICKET_DECAY],
  };
  /* A whole number of pickets with the gap as near to the wanted one as that allows. */
  fence.n_pickets = (guint) MAX (2, floor ((fence.length + values[DIO_PICKET_GAP])
                                           / (fence.width + MAX (values[DIO_PICKET_GAP], 0.001))));
  fence.pitch = (fence.length - fence.width) / (fence.n_pickets - 1);
  DioDice dice = dio_dice (values[DIO_PICKET_SEED], 0xFE2CE);
  g_auto (DioMeshBuilder) builder;
  dio_mesh_builder_init (&builder);
  add_pickets (&builder, &fence, (int) values[DIO_PICKET_TOP], &dice);
  DioMaterialLook look = get_look ("pickets", (int) values[DIO_PICKET_FINISH]);
  dio_parametric_take_part (make, &builder, &look);
  add_frame (&builder, &fence);
  look = get_look ("frame", (int) values[DIO_PICKET_FINISH]);
  dio_parametric_take_part (make, &builder, &look);
}
