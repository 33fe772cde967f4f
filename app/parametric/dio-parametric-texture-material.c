#define G_LOG_DOMAIN "dio-parametric"

/* Patterns of materials: layers of noise that follow how the thing grew or was made. Every noise repeats
 * after the tile, and coordinates are bent only by fields that repeat: so the whole repeats. */

#include "dio-parametric-texture-private.h"

#include <math.h>

static float
square (float x)
{
  return x * x;
}

/* How wood looks, and how it was sawn: boards side by side along u, each from another log. */
typedef struct {
  float early[3], late[3]; /* colour of soft and of hard wood in a year */
  float pores;             /* strength of the dark pores */
  uint32_t n_boards;
  uint32_t stretch; /* a tile is so many times as long as that of the plain patterns */
  float knots;      /* share of boards with one; 0 = clear */
} WoodLook;

/* A branch that was sawn through, in boards: its middle along and across, and its radius. */
typedef struct {
  float along, across, radius;
} Knot;

static gboolean
get_knot (guint64 seed, const WoodLook *look, uint32_t board, Knot *knot)
{
  if (dio_noise_uniform (seed + 11, board, 2) >= (double) look->knots)
    return FALSE;
  knot->along = (float) dio_noise_uniform (seed + 11, board, 3);
  knot->across = 0.2f + 0.6f * (float) dio_noise_uniform (seed + 11, board, 4);
  knot->radius = 0.07f + 0.10f * (float) dio_noise_uniform (seed + 11, board, 5);
  return TRUE;
}

/* Grain flows round a knot: it raises the hill whose contours the year lines are. @dark: 1 in its heart. */
static void
add_knot (const DioTextureRow *row,
          const WoodLook *look,
          const Knot *knot,
          double across,
          float *years,
          float *dark)
{
  float boards_long = (float) look->n_boards;
  float dy = ((float) across - knot->across) / knot->radius;
  for (guint x = 0; x < row->size_px; x++) {
    float du = row->u[x] - knot->along;
    du -= floorf (du + 0.5f);
    float dx = du * boards_long / knot->radius;
    float near = 1 / (1 + 0.5f * (0.22f * dx * dx + dy * dy));
    years[x] += 2.6f * square (near);
    float inside = sqrtf (0.6f * dx * dx + dy * dy);
    dark[x] = 1 - dio_smoothstepf (0.45f, 1.25f, inside);
  }
}

/* The year lines of a flat-sawn board are the contours of a slow hill: arches that run along the board.
 * Writes the year at each pixel of the row at @across (0 .. 1) of @board. */
static void
fill_years (DioTextureRow *row,
            const WoodLook *look,
            uint32_t board,
            double across,
            float *years,
            float *dark)
{
  const DioNoise hill_noise = { look->stretch, 8, row->seed * 31 + board * 977 + 1 };
  const DioNoise ripple_noise = { 3 * look->stretch, 64, row->seed * 31 + board * 977 + 2 };
  const float *hill = dio_texture_fill_layer_at (row, 0, &hill_noise, 2, across * 0.8);
  const float *ripple = dio_texture_fill_layer_at (row, 1, &ripple_noise, 3, across * 4);
  double middle = 0.2 + 0.6 * dio_noise_uniform (row->seed + 5, board, 0);
  double slope = 5 * (across - middle) * (across - middle) + 0.9 * (across - middle);
  Knot knot;
  for (guint x = 0; x < row->size_px; x++) {
    years[x] = 5.5f * ((float) slope + 0.75f * hill[x] + 0.10f * ripple[x]);
    dark[x] = 0;
  }
  if (get_knot (row->seed, look, board, &knot))
    add_knot (row, look, &knot, across, years, dark);
}

/* Tones of the whole row, of which a board's are a share. */
typedef struct {
  const float *fibre, *pore, *cloud;
  float *years, *knot;
} WoodLayers;

static WoodLayers
fill_wood_layers (DioTextureRow *row, const WoodLook *look)
{
  const uint32_t n = look->stretch;
  const DioNoise fibre_noise = { 10 * n, 360 + 60 * (n - 1), row->seed ^ 0xF1B };
  const DioNoise pore_noise = { 36 * n, 512, row->seed ^ 0x9078 };
  const DioNoise cloud_noise = { 2 * n, 8 * n, row->seed ^ 0xC10D };
  return (WoodLayers){
    .fibre = dio_texture_fill_layer (row, 2, &fibre_noise, 2),
    .pore = dio_texture_fill_layer (row, 3, &pore_noise, 1),
    .cloud = dio_texture_fill_layer (row, 4, &cloud_noise, 3),
    .years = (float *) dio_texture_fill_layer (row, 5, &cloud_noise, 0),
    .knot = (float *) dio_texture_fill_layer (row, 6, &cloud_noise, 0),
  };
}

static void
shade_wood (DioTextureRow *row, const WoodLook *look, float (*rgb)[3])
{
  static const float heart[3] = { 0.72f, 0.58f, 0.46f };
  double y = row->v * look->n_boards;
  uint32_t board = (uint32_t) y;
  double across = y - board;
  WoodLayers layers = fill_wood_layers (row, look);
  fill_years (row, look, board, across, layers.years, layers.knot);

  float seam = (float) MIN (across, 1 - across) / (float) look->n_boards;
  float shade = 1 + 0.14f * (float) (dio_noise_uniform (row->seed + 9, board, 1) - 0.5);
  shade *= 1 - 0.45f * (1 - dio_smoothstepf (0.0003f, 0.0003f + 1.5f * row->pixel, seam));
  for (guint x = 0; x < row->size_px; x++) {
    float season = layers.years[x] - floorf (layers.years[x]);
    /* Growth darkens slowly through the summer and starts anew at once. */
    float late = square (season) * (1 - dio_smoothstepf (0.86f, 1, season));
    float tone = 1 + 0.045f * layers.fibre[x] + 0.05f * layers.cloud[x];
    tone = shade * (tone - look->pores * dio_smoothstepf (0.35f, 0.75f, layers.pore[x]));
    for (int c = 0; c < 3; c++) {
      float wood = dio_mixf (look->early[c], look->late[c], 0.15f + 0.75f * late);
      rgb[x][c] = tone * dio_mixf (wood, heart[c] * look->late[c], layers.knot[x]);
    }
  }
}

void
dio_texture_shade_wood (DioTextureRow *row, float (*rgb)[3])
{
  static const WoodLook oak = { { 0.80f, 0.64f, 0.45f }, { 0.62f, 0.43f, 0.26f }, 0.16f, 4, 1, 0 };
  shade_wood (row, &oak, rgb);
}

void
dio_texture_shade_dark_wood (DioTextureRow *row, float (*rgb)[3])
{
  static const WoodLook walnut = {
    { 0.42f, 0.28f, 0.19f }, { 0.22f, 0.13f, 0.085f }, 0.20f, 4, 1, 0
  };
  shade_wood (row, &walnut, rgb);
}

void
dio_texture_shade_oak_planks (DioTextureRow *row, float (*rgb)[3])
{
  static const WoodLook oak = {
    { 0.80f, 0.64f, 0.45f }, { 0.62f, 0.43f, 0.26f }, 0.15f, 12, 3, 0.15f
  };
  shade_wood (row, &oak, rgb);
}

void
dio_texture_shade_walnut_planks (DioTextureRow *row, float (*rgb)[3])
{
  static const WoodLook walnut = {
    { 0.44f, 0.29f, 0.19f }, { 0.25f, 0.15f, 0.10f }, 0.18f, 12, 3, 0.1f
  };
  shade_wood (row, &walnut, rgb);
}

void
dio_texture_shade_pine_planks (DioTextureRow *row, float (*rgb)[3])
{
  static const WoodLook pine = {
    { 0.89f, 0.76f, 0.56f }, { 0.76f, 0.55f, 0.33f }, 0.03f, 12, 3, 0.7f
  };
  shade_wood (row, &pine, rgb);
}

/* A line where the field is zero: 1 on it, falling off within @width of the field. */
static float
get_vein (float field, float width)
{
  return square (1 - MIN (1, fabsf (field) / width));
}

void
dio_texture_shade_marble (DioTextureRow *row, float (*rgb)[3])
{
  const DioNoise bend_u_noise = { 3, 3, row->seed ^ 0xA1 },
                 bend_v_noise = { 3, 3, row->seed ^ 0xA2 };
  const DioNoise bold_noise = { 2, 2, row->seed ^ 0xA3 }, fine_noise = { 5, 5, row->seed ^ 0xA4 };
  const DioNoise haze_noise = { 2, 2, row->seed ^ 0xA5 };
  const float *bend_u = dio_texture_fill_layer (row, 0, &bend_u_noise, 5);
  const float *bend_v = dio_texture_fill_layer (row, 1, &bend_v_noise, 5);
  const float *bold_tile = dio_texture_get_tile (row, 0, &bold_noise, 2);
  const float *fine_tile = dio_texture_get_tile (row, 1, &fine_noise, 1);
  const float *haze_tile = dio_texture_get_tile (row, 2, &haze_noise, 4);

  for (guint x = 0; x < row->size_px; x++) {
    float u = row->u[x] + 0.16f * bend_u[x], v = (float) row->v + 0.16f * bend_v[x];
    float haze = dio_noise_sample_tile (haze_tile, DIO_TEXTURE_TILE_PX, u, v);
    float bold = dio_noise_sample_tile (bold_tile, DIO_TEXTURE_TILE_PX, u, v);
    float fine = dio_noise_sample_tile (fine_tile, DIO_TEXTURE_TILE_PX, u, v);
    float weight = dio_smoothstepf (-0.35f, 0.5f, haze);
    float dark = weight * (0.10f * get_vein (bold, 0.30f) + 0.30f * get_vein (bold, 0.045f))
                 + 0.14f * (1 - weight) * get_vein (fine, 0.05f);
    float base = 0.925f + 0.035f * haze;
    rgb[x][0] = base - dark;
    rgb[x][1] = base - 0.004f - 0.97f * dark;
    rgb[x][2] = base - 0.012f - 0.90f * dark;
  }
}

void
dio_texture_shade_plaster (DioTextureRow *row, float (*rgb)[3])
{
  const DioNoise stain_noise = { 3, 3, row->seed ^ 0xB1 },
                 bump_noise = { 24, 24, row->seed ^ 0xB2 };
  const DioNoise grain_noise = { 256, 256, row->seed ^ 0xB3 };
  const double step = 1.0 / 900;
  const float *here = dio_texture_fill_layer (row, 0, &bump_noise, 4);
  const float *above =
      dio_texture_fill_layer_at (row, 1, &bump_noise, 4, (row->v - step) * bump_noise.period_y);
  const float *stain = dio_texture_fill_layer (row, 2, &stain_noise, 4);
  const float *grain = dio_texture_fill_layer (row, 3, &grain_noise, 1);
  for (guint x = 0; x < row->size_px; x++) {
    /* Trowelled relief, lit from above. */
    float tone = 0.87f + 0.40f * (here[x] - above[x]) + 0.028f * stain[x] + 0.018f * grain[x];
    rgb[x][0] = tone;
    rgb[x][1] = tone - 0.012f;
    rgb[x][2] = tone - 0.038f;
  }
}
