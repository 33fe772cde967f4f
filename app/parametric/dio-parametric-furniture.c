#define G_LOG_DOMAIN "dio-parametric"

/* Furniture: the table. */

#include "dio-parametric-dice-private.h"
#include "dio-parametric-private.h"
#include "dio-parametric-wood-surface-private.h"

#include "dio-core-vec.h"

static const DioMaterialLook top_looks[] = {
  { "top", 255, 255, 255, 1, 0, &dio_surface_oak_planks },
  { "top", 255, 255, 255, 1, 0, &dio_surface_walnut_planks },
  { "top", 255, 255, 255, 1, 0, &dio_surface_pine_planks },
  { "top", 236, 235, 230, 0.35f, 0 },
};
static const DioMaterialLook legs_looks[] = {
  { "legs", 236, 228, 220, 1, 0, &dio_surface_wood },
  { "legs", 240, 236, 232, 1, 0, &dio_surface_dark_wood },
  { "legs", 255, 250, 240, 1, 0, &dio_surface_pine_planks },
  { "legs", 228, 226, 220, 0.4f, 0 },
};

#define EDGE_ROUNDING_M 0.003

/* Where a table's wood goes; all lengths limited by one another. */
typedef struct {
  double width, depth, height, thickness;
  double leg, leg_x, leg_y; /* width of a leg, and its centre from the middle */
  double leg_top; /* legs and rails end inside the top, so that no two faces share a plane */
} TableLayout;

static TableLayout
lay_out_table (const double *values)
{
  TableLayout table = {
    .width = values[DIO_TABLE_WIDTH],
    .depth = values[DIO_TABLE_DEPTH],
    .height = values[DIO_TABLE_HEIGHT],
    .thickness = MIN (values[DIO_TABLE_TOP_THICKNESS], values[DIO_TABLE_HEIGHT] / 4),
    .leg = values[DIO_TABLE_LEG_WIDTH],
  };
  double shorter = MIN (table.width, table.depth);
  table.leg = MIN (table.leg, shorter / 4);
  /* A little inside even for an inset of nothing: flush faces would fight for their pixels. */
  double inset = MAX (values[DIO_TABLE_LEG_INSET], 0.001);
  inset = MIN (inset, shorter / 2 - 1.2 * table.leg);
  table.leg_x = table.width / 2 - inset - table.leg / 2;
  table.leg_y = table.depth / 2 - inset - table.leg / 2;
  table.leg_top = table.height - table.thickness / 2;
  return table;
}

static void
add_legs (DioMeshBuilder *builder, const TableLayout *table)
{
  DioVec3 size = dio_vec3 (table->leg, table->leg, table->leg_top);
  for (int i = 0; i < 4; i++) {
    double x = (i & 1) != 0 ? table->leg_x : -table->leg_x;
    double y = (i & 2) != 0 ? table->leg_y : -table->leg_y;
    dio_mesh_builder_add_rounded_box (builder, dio_vec3 (x, y, size.z / 2), size, EDGE_ROUNDING_M);
  }
}

/* Rails under the top from leg to leg: a little thinner than the legs and running into them. */
static void
add_rails (DioMeshBuilder *builder, const TableLayout *table)
{
  double rail = 0.4 * table->leg;
  double drop = MIN (0.08, 0.3 * (table->height - table->thickness));
  double z0 = table->height - table->thickness - drop;
  double z1 = table->height - 0.6 * table->thickness;
  double z = (z0 + z1) / 2, rise = z1 - z0;
  for (int side = -1; side <= 1; side += 2) {
    dio_mesh_builder_add_rounded_box (builder, dio_vec3 (0, side * table->leg_y, z),
                                      dio_vec3 (2 * table->leg_x, rail, rise), EDGE_ROUNDING_M);
    dio_mesh_builder_add_rounded_box (builder, dio_vec3 (side * table->leg_x, 0, z),
                                      dio_vec3 (rail, 2 * table->leg_y, rise), EDGE_ROUNDING_M);
  }
}

/* Every table is cut from other boards; joints stay where a whole number of boards brings them. */
static void
shift_boards (DioMeshBuilder *builder, double seed)
{
  DioDice dice = dio_dice (seed, 0x7AB1E);
  double along = dio_dice_roll (&dice, 0, DIO_WOOD_PLANKS_TILE_M / DIO_TEXTURE_TILE_M);
  double boards = dio_dice_pick (&dice, DIO_WOOD_PLANKS);
  double across = boards / DIO_WOOD_PLANKS * DIO_WOOD_PLANKS_TILE_M / DIO_TEXTURE_TILE_M;
  for (guint i = 0; i < builder->vertices->len; i++) {
    DioBuilderVertex *vertex = &g_array_index (builder->vertices, DioBuilderVertex, i);
    vertex->u += along;
    vertex->v += across;
  }
}

void
dio_parametric_build_table (DioParametricMake *make)
{
  const double *values = make->values;
  TableLayout table = lay_out_table (values);
  g_auto (DioMeshBuilder) builder;
  dio_mesh_builder_init (&builder);
  dio_mesh_builder_add_rounded_box (&builder, dio_vec3 (0, 0, table.height - table.thickness / 2),
                                    dio_vec3 (table.width, table.depth, table.thickness),
                                    EDGE_ROUNDING_M);
  shift_boards (&builder, values[DIO_TABLE_SEED]);
  dio_parametric_take_part (make, &builder, &top_looks[(int) values[DIO_TABLE_WOOD]]);

  add_legs (&builder, &table);
  add_rails (&builder, &table);
  dio_parametric_take_part (make, &builder, &legs_looks[(int) values[DIO_TABLE_WOOD]]);
}
