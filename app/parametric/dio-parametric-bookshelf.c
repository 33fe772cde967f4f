#define G_LOG_DOMAIN "dio-parametric"

/* The bookshelf: sides, boards and a back, and rows of books on the boards. */

#include "dio-parametric-book-private.h"

#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-parametric-dice-private.h"
#include "dio-parametric-mesh-shapes-private.h"
#include "dio-parametric-wood-surface-private.h"

#define BOARD_M 0.02
#define BACK_M 0.006
#define PLINTH_M 0.06
#define BEVEL_M 0.0015

enum { WOOD_OAK, WOOD_WALNUT, WOOD_WHITE };

static const DioMaterialLook wood_looks[] = {
  [WOOD_OAK] = { "shelf", 255, 255, 255, 1, 0, &dio_surface_wood },
  [WOOD_WALNUT] = { "shelf", 255, 255, 255, 1, 0, &dio_surface_dark_wood },
  [WOOD_WHITE] = { "shelf", 236, 235, 230, 0.45f, 0 },
};

typedef struct {
  double width, height, depth, fill;
  guint n_shelves;
  DioDice dice;
} Shelf;

/* Cut from the middle of a board of the texture, which has joints between them. */
static void
add_board (DioMeshBuilder *builder, DioVec3 center, DioVec3 size, guint index)
{
  guint first = builder->vertices->len;
  dio_mesh_builder_add_chamfered_box (builder, center, size, BEVEL_M);
  for (guint i = first; i < builder->vertices->len; i++) {
    DioBuilderVertex *vertex = &g_array_index (builder->vertices, DioBuilderVertex, i);
    vertex->v += (index + 0.5) / DIO_WOOD_BOARDS;
    vertex->u += 0.37 * index;
  }
}

/* Where board @i lies: its upper side. */
static double
get_shelf_z (const Shelf *shelf, guint i)
{
  return PLINTH_M + BOARD_M + (shelf->height - PLINTH_M - BOARD_M) * i / shelf->n_shelves;
}

static void
add_boards (DioMeshBuilder *builder, const Shelf *shelf)
{
  double w = shelf->width, h = shelf->height, d = shelf->depth;
  for (int side = -1; side <= 1; side += 2)
    add_board (builder, dio_vec3 (side * (w - BOARD_M) / 2, 0, h / 2), dio_vec3 (BOARD_M, d, h),
               side > 0 ? 1 : 2);
  /* Let into the sides, and set back so that no two faces share a plane. */
  for (guint i = 0; i <= shelf->n_shelves; i++)
    add_board (
        builder,
        dio_vec3 (0, 0.0015,
                  get_shelf_z (shelf, i) - BOARD_M / 2 - (i == shelf->n_shelves ? 0.0004 : 0)),
        dio_vec3 (w - BOARD_M, d - 0.004, BOARD_M), i);
  add_board (builder, dio_vec3 (0, -d / 2 + 0.03, PLINTH_M / 2 + 0.002),
             dio_vec3 (w - BOARD_M, 0.016, PLINTH_M - 0.004), 3);
  add_board (builder, dio_vec3 (0, d / 2 - 0.008, (h + PLINTH_M) / 2),
             dio_vec3 (w - BOARD_M, BACK_M, h - PLINTH_M - 0.01), 0);
}

static DioBook
roll_book (Shelf *shelf, double room)
{
  DioBook book = { 0 };
  book.thickness = dio_dice_roll (&shelf->dice, 0.016, 0.060);
  book.width = (shelf->depth - 0.03) * dio_dice_roll (&shelf->dice, 0.60, 0.88);
  book.height = MIN (room - 0.025, 0.34) * dio_dice_roll (&shelf->dice, 0.62, 0.98);
  book.color = dio_dice_pick (&shelf->dice, 1000);
  book.spine_title = book.color % 5 < 3;
  return book;
}

/* From the left, spines towards the front, until the row is as long as it should be. */
static void
add_row (DioBookBuilders *builders, Shelf *shelf, guint i)
{
  double z = get_shelf_z (shelf, i), room = get_shelf_z (shelf, i + 1) - BOARD_M - z;
  double inner = shelf->width - 2 * BOARD_M - 0.004, x = -inner / 2;
  double share = shelf->fill * dio_dice_roll (&shelf->dice, 0.7, 1.3);
  double end = x + inner * CLAMP (share, 0, 1);
  if (room < 0.09)
    return;
  for (;;) {
    DioBook book = roll_book (shelf, room);
    if (x + book.thickness > end)
      return;
    double y = -shelf->depth / 2 + dio_dice_roll (&shelf->dice, 0.012, 0.028);
    DioMat4 placement = dio_mat4_translation (dio_vec3 (x + book.thickness / 2, y, z + 0.0003));
    dio_book_add (builders, &book, &placement);
    x += book.thickness + dio_dice_roll (&shelf->dice, 0.0004, 0.0015);
  }
}

void
dio_parametric_build_bookshelf (DioParametricMake *make)
{
  const double *values = make->values;
  Shelf shelf = {
    .width = values[DIO_BOOKSHELF_WIDTH],
    .height = values[DIO_BOOKSHELF_HEIGHT],
    .depth = values[DIO_BOOKSHELF_DEPTH],
    .fill = values[DIO_BOOKSHELF_FILL],
    .n_shelves = (guint) values[DIO_BOOKSHELF_SHELVES],
    .dice = dio_dice (values[DIO_BOOKSHELF_SEED], 0x54E1F),
  };
  g_auto (DioMeshBuilder) boards;
  g_auto (DioBookBuilders) books;
  dio_mesh_builder_init (&boards);
  dio_book_builders_init (&books);
  add_boards (&boards, &shelf);
  dio_parametric_take_part (make, &boards, &wood_looks[(int) values[DIO_BOOKSHELF_WOOD]]);
  for (guint i = 0; i < shelf.n_shelves && shelf.fill > 0; i++)
    add_row (&books, &shelf, i);
  dio_book_builders_take (&books, make);
}
