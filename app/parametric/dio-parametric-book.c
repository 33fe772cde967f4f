#define G_LOG_DOMAIN "dio-parametric"

/* A bound book: two boards and a spine in cloth, a block of pages between them, plates with its title. */

#include "dio-parametric-book-private.h"

#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-image-color.h"
#include "dio-parametric-dice-private.h"
#include "dio-parametric-globe-private.h"
#include "dio-parametric-mesh-shapes-private.h"
#include "dio-parametric-surface-indoor-private.h"

#define BOARD_M 0.0026
#define EDGE_M 0.0007

/* sRGB. */
static const uint8_t cloths[][3] = {
  { 122, 30, 34 }, { 32, 54, 88 },    { 38, 76, 58 },    { 176, 134, 66 },
  { 64, 48, 40 },  { 150, 150, 146 }, { 30, 32, 36 },    { 96, 44, 84 },
  { 196, 92, 44 }, { 58, 112, 128 },  { 214, 204, 180 }, { 104, 112, 64 },
};
static const uint8_t plates[][3] = { { 206, 172, 96 }, { 232, 224, 204 }, { 36, 32, 30 } };

/* Sheets on edge. */
static void
shade_pages (DioTextureRow *row, const DioSurfaceRow *out, gconstpointer user)
{
  const DioNoise sheet_noise = { 2, 96, row->seed ^ 0xA1 }, age_noise = { 3, 3, row->seed ^ 0xA2 };
  const float *sheet = dio_texture_fill_layer (row, 0, &sheet_noise, 1);
  const float *age = dio_texture_fill_layer (row, 1, &age_noise, 3);
  for (guint x = 0; x < row->size_px; x++) {
    float tone = 0.90f + 0.09f * sheet[x] + 0.03f * age[x];
    out->rgb[x][0] = tone;
    out->rgb[x][1] = tone * 0.965f;
    out->rgb[x][2] = tone * (0.86f + 0.04f * age[x]);
    out->height_m[x] = 0.00012f * sheet[x];
    out->roughness[x] = 0.92f;
  }
}

static const DioSurface pages_surface = { .key = "book-pages",
                                          .width_px = 256,
                                          .height_px = 512,
                                          .tile_m = 0.05,
                                          .seed = 1,
                                          .shade = shade_pages };

static const DioMaterialLook covers_look = {
  "covers", 255, 255, 255, 0.78f, 0, &dio_surface_fabric
};
static const DioMaterialLook pages_look = { "pages", 255, 255, 255, 1, 0, &pages_surface };
static const DioMaterialLook titles_look = { "titles", 255, 255, 255, 0.5f, 0 };

void
dio_book_builders_init (DioBookBuilders *builders)
{
  dio_mesh_builder_init (&builders->covers);
  dio_mesh_builder_init (&builders->pages);
  dio_mesh_builder_init (&builders->titles);
}

void
dio_book_builders_clear (DioBookBuilders *builders)
{
  dio_mesh_builder_clear (&builders->covers);
  dio_mesh_builder_clear (&builders->pages);
  dio_mesh_builder_clear (&builders->titles);
}

static void
set_tint (DioMeshBuilder *builder, const uint8_t srgb[static 3], double gain)
{
  for (int c = 0; c < 3; c++)
    builder->tint[c] = (float) MIN (gain * dio_linear_from_srgb (srgb[c] / 255.0), 1);
}

static void
add_box (DioMeshBuilder *builder, DioVec3 center, DioVec3 size)
{
  double thinnest = MIN (size.x, MIN (size.y, size.z));
  dio_mesh_builder_add_chamfered_box (builder, center, size, MIN (EDGE_M, thinnest / 3));
}

static void
add_cover (DioMeshBuilder *builder, const DioBook *book)
{
  double t = book->thickness, w = book->width, h = book->height;
  for (int side = -1; side <= 1; side += 2)
    add_box (builder, dio_vec3 (side * (t - BOARD_M) / 2, (w + 0.5 * BOARD_M) / 2, h / 2),
             dio_vec3 (BOARD_M, w - 0.5 * BOARD_M, h));
  /* A little narrower than the boards and behind no face of theirs. */
  add_box (builder, dio_vec3 (0, 0.6 * BOARD_M, h / 2),
           dio_vec3 (t - 0.0008, 1.2 * BOARD_M, h - 0.0004));
}

static void
add_titles (DioMeshBuilder *builder, const DioBook *book)
{
  double t = book->thickness, w = book->width, h = book->height,
         share = 0.14 + 0.02 * (book->color % 5);
  const double plate = 0.0012;
  if (book->spine_title)
    add_box (builder, dio_vec3 (0, 0, 0.72 * h), dio_vec3 (0.66 * t, plate, share * h));
  if (book->front_title)
    add_box (builder, dio_vec3 (t / 2, 0.5 * w, 0.68 * h), dio_vec3 (plate, 0.6 * w, share * h));
}

void
dio_book_add (DioBookBuilders *builders, const DioBook *book, const DioMat4 *placement)
{
  DioBook real = *book;
  real.thickness = MAX (real.thickness, 3 * BOARD_M);
  double w = real.width, h = real.height, inset = 0.0035;
  builders->covers.placement = builders->pages.placement = builders->titles.placement = *placement;
  double worn = 0.8 + 0.4 * dio_noise_uniform (book->color, 1, 2);
  set_tint (&builders->covers, cloths[book->color % G_N_ELEMENTS (cloths)], worn);
  add_cover (&builders->covers, &real);
  builders->pages.tint[0] = builders->pages.tint[1] = builders->pages.tint[2] =
      (float) MIN (0.98 * worn, 0.99);
  add_box (&builders->pages, dio_vec3 (0, (w - inset + BOARD_M) / 2, h / 2),
           dio_vec3 (real.thickness - 1.6 * BOARD_M, w - inset - BOARD_M, h - 2 * inset));
  set_tint (&builders->titles, plates[book->color / 7 % G_N_ELEMENTS (plates)], 1);
  add_titles (&builders->titles, &real);
}

void
dio_book_builders_take (DioBookBuilders *builders, DioParametricMake *make)
{
  if (builders->covers.triangles->len == 0)
    return;
  dio_parametric_take_part (make, &builders->covers, &covers_look);
  dio_parametric_take_part (make, &builders->pages, &pages_look);
  if (builders->titles.triangles->len > 0)
    dio_parametric_take_part (make, &builders->titles, &titles_look);
}

enum { ARRANGEMENT_STACK, ARRANGEMENT_ROW };

static DioBook
roll_book (DioDice *dice, const double *values, double size)
{
  DioBook book = { .spine_title = TRUE, .front_title = TRUE };
  book.thickness = values[DIO_BOOKS_THICKNESS] * dio_dice_roll (dice, 0.65, 1.35);
  book.width = values[DIO_BOOKS_WIDTH] * size * dio_dice_roll (dice, 0.94, 1.06);
  book.height = values[DIO_BOOKS_HEIGHT] * size * dio_dice_roll (dice, 0.94, 1.06);
  book.color = dio_dice_pick (dice, 1000);
  return book;
}

/* Front cover up, larger ones below; @z is where it lies. */
static DioMat4
lay_down (const DioBook *book, double z, double yaw_rad)
{
  DioQuat down = dio_quat_from_axis_angle (dio_vec3 (0, 1, 0), -1.5707963267948966);
  DioQuat yaw = dio_quat_from_axis_angle (dio_vec3 (0, 0, 1), yaw_rad);
  DioTrs trs = { .q_wxyz = dio_quat_multiply (yaw, down), .scale = { 1, 1, 1 } };
  DioVec3 middle = dio_quat_rotate (trs.q_wxyz, dio_vec3 (0, book->width / 2, book->height / 2));
  trs.translation_m = dio_vec3 (-middle.x, -middle.y, z + book->thickness / 2);
  return dio_mat4_from_trs (&trs);
}

static void
add_stack (DioBookBuilders *builders, const double *values, DioDice *dice)
{
  guint n = (guint) values[DIO_BOOKS_COUNT];
  double z = 0;
  for (guint i = 0; i < n; i++) {
    DioBook book = roll_book (dice, values, 1.08 - 0.26 * i / MAX (n, 2));
    book.thickness = MAX (book.thickness, 3 * BOARD_M);
    double yaw = values[DIO_BOOKS_DISORDER] * dio_dice_roll (dice, -0.45, 0.45);
    DioMat4 placement = lay_down (&book, z, yaw);
    /* Under another one a plate on the cover would lift it. */
    book.front_title = i + 1 == n;
    dio_book_add (builders, &book, &placement);
    z += book.thickness + 0.0003;
  }
}

static void
add_row (DioBookBuilders *builders, const double *values, DioDice *dice)
{
  guint n = (guint) values[DIO_BOOKS_COUNT];
  double x = 0;
  for (guint i = 0; i < n; i++) {
    DioBook book = roll_book (dice, values, dio_dice_roll (dice, 0.78, 1.06));
    book.thickness = MAX (book.thickness, 3 * BOARD_M);
    book.front_title = i + 1 == n;
    double y = values[DIO_BOOKS_DISORDER] * dio_dice_roll (dice, 0, 0.03);
    DioMat4 placement = dio_mat4_translation (dio_vec3 (x + book.thickness / 2, y, 0));
    dio_book_add (builders, &book, &placement);
    x += book.thickness + 0.0004 + values[DIO_BOOKS_DISORDER] * dio_dice_roll (dice, 0, 0.003);
  }
}

void
dio_parametric_build_books (DioParametricMake *make)
{
  DioDice dice = dio_dice (make->values[DIO_BOOKS_SEED], 0xB00C);
  g_auto (DioBookBuilders) builders;
  dio_book_builders_init (&builders);
  if ((int) make->values[DIO_BOOKS_ARRANGEMENT] == ARRANGEMENT_ROW)
    add_row (&builders, make->values, &dice);
  else
    add_stack (&builders, make->values, &dice);
  DioMeshBuilder *all[] = { &builders.covers, &builders.pages, &builders.titles };
  dio_globe_settle (all, G_N_ELEMENTS (all));
  dio_book_builders_take (&builders, make);
}
