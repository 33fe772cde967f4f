#pragma once
/* Thread: any, one at a time. Books, and the models made of them. */

#include "dio-parametric-private.h"

G_BEGIN_DECLS

void dio_parametric_build_books (DioParametricMake *make);
void dio_parametric_build_bookshelf (DioParametricMake *make);

enum {
  DIO_BOOKS_COUNT,
  DIO_BOOKS_WIDTH,
  DIO_BOOKS_HEIGHT,
  DIO_BOOKS_THICKNESS,
  DIO_BOOKS_ARRANGEMENT,
  DIO_BOOKS_DISORDER,
  DIO_BOOKS_SEED,
};
enum {
  DIO_BOOKSHELF_WIDTH,
  DIO_BOOKSHELF_HEIGHT,
  DIO_BOOKSHELF_DEPTH,
  DIO_BOOKSHELF_SHELVES,
  DIO_BOOKSHELF_FILL,
  DIO_BOOKSHELF_WOOD,
  DIO_BOOKSHELF_SEED,
};

/** The parts that all books of a model share. */
typedef struct {
  DioMeshBuilder covers, pages, titles;
} DioBookBuilders;

/** A book that stands, its spine at y = 0 towards -Y, its foot at z = 0, its thickness about x = 0. */
typedef struct {
  double thickness, width, height; /**< metres */
  guint color;                     /**< any number: picks the cloth */
  gboolean spine_title, front_title;
} DioBook;

void dio_book_builders_init (DioBookBuilders *builders);
void dio_book_builders_clear (DioBookBuilders *builders);
/** Where @placement puts it. */
void dio_book_add (DioBookBuilders *builders, const DioBook *book, const DioMat4 *placement);
/** Parts "covers", "pages" and "titles"; those without triangles are left out. */
void dio_book_builders_take (DioBookBuilders *builders, DioParametricMake *make);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioBookBuilders, dio_book_builders_clear)

G_END_DECLS
