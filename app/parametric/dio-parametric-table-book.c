#define G_LOG_DOMAIN "dio-parametric"

/* Books and what they stand in. */

#include "dio-parametric-book-private.h"
#include "dio-parametric-table-private.h"

#include <glib/gi18n-lib.h>

static const char *const arrangements[] = { N_ ("Stack"), N_ ("Row"), NULL };
static const char *const woods[] = { N_ ("Oak"), N_ ("Walnut"), N_ ("White"), NULL };

static const DioParametricParam books_params[] = {
  [DIO_BOOKS_COUNT] = { "count", N_ ("Count"), "", 1, 16, 5, TRUE },
  [DIO_BOOKS_WIDTH] = { "width_m", N_ ("Width"), "m", 0.08, 0.35, 0.15 },
  [DIO_BOOKS_HEIGHT] = { "height_m", N_ ("Height"), "m", 0.1, 0.45, 0.22 },
  [DIO_BOOKS_THICKNESS] = { "thickness_m", N_ ("Thickness"), "m", 0.01, 0.08, 0.03 },
  [DIO_BOOKS_ARRANGEMENT] = { "arrangement", N_ ("Arrangement"), "", 0, 1, 0, TRUE, arrangements },
  [DIO_BOOKS_DISORDER] = { "disorder", N_ ("Disorder"), "", 0, 1, 0.3 },
  [DIO_BOOKS_SEED] = { "seed", N_ ("Seed"), "", 0, 9999, 1, TRUE },
  { NULL },
};

static const DioParametricParam bookshelf_params[] = {
  [DIO_BOOKSHELF_WIDTH] = { "width_m", N_ ("Width"), "m", 0.3, 1.2, 0.8 },
  [DIO_BOOKSHELF_HEIGHT] = { "height_m", N_ ("Height"), "m", 0.4, 2.4, 1.8 },
  [DIO_BOOKSHELF_DEPTH] = { "depth_m", N_ ("Depth"), "m", 0.15, 0.5, 0.26 },
  [DIO_BOOKSHELF_SHELVES] = { "shelves", N_ ("Compartments"), "", 1, 6, 5, TRUE },
  [DIO_BOOKSHELF_FILL] = { "fill", N_ ("Fill"), "", 0, 1, 0.7 },
  [DIO_BOOKSHELF_WOOD] = { "wood", N_ ("Wood"), "", 0, 2, 0, TRUE, woods },
  [DIO_BOOKSHELF_SEED] = { "seed", N_ ("Seed"), "", 0, 9999, 1, TRUE },
  { NULL },
};

static const DioParametricKind kinds[] = {
  { { "books", N_ ("Books"), DIO_PARAMETRIC_TABLETOP, books_params }, dio_parametric_build_books },
  { { "bookshelf", N_ ("Bookshelf"), DIO_PARAMETRIC_TABLETOP, bookshelf_params },
    dio_parametric_build_bookshelf },
};

const DioParametricKind *
dio_parametric_list_book (guint *n)
{
  *n = G_N_ELEMENTS (kinds);
  return kinds;
}
