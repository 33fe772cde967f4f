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

/* Boards side by side along u, each cut from another log. */
#define BOARDS 4

typedef struct {
  float early[3], late[3]; /* colour of soft and of hard wood in a year */
  float pores;             /* strength of the dark pores */
} WoodLook;

/* The year lines of a flat-sawn board are the contours of a slow hill: arches that run along the board.
 * Writes the year at each pixel of the row at @across (0 .. 1) of @board. */
static void
fill_years (DioTextureRow *row, uint32_t board, double across, float *years)
{
  const DioNoise hill_noise = { 1, 8, row->seed * 31 + board * 977 + 1 };
  const DioNoise ripple_noise = { 3, 64, row->seed * 31 + board * 977 + 2 };
  const float *hill = dio_texture_fill_layer_at (row, 0, &hill_noise, 2, across * 0.8);
  const float *ripple = dio_texture_fill_layer_at (row, 1, &ripple_noise, 3, across * 4);
  double middle = 0.2 + 0.6 * dio_noise_uniform (row->seed + 5, board, 0);
  double slope = 5 * (across - middle) * (across - middle) + 0.9 * (across - middle);
  for (guint x = 0; x < row->size_px; x++)
    years[x] = 5.5f * ((float) slope + 0.75f * hill[x] + 0.10f * ripple[x]);
}

static void
shade_wood (DioTextureRow *row, const WoodLook *look, float (*rgb)[3])
{
  double y = row->v * BOARDS;
  uint32_t board = (uint32_t) y;
  double across = y - board;
  const DioNoise fibre_noise = { 10, 360, row->seed ^ 0xF1B };
  const DioNoise pore_noise = { 36, 512, row->seed ^ 0x9078 };
  const DioNoise cloud_noise = { 2, 8, row->seed ^ 0xC10D };
  const float *fibre = dio_texture_fill_layer (row, 2, &fibre_noise, 2);
  const float *pore = dio_texture_fill_layer (row, 3, &pore_noise, 1);
  const float *cloud = dio_texture_fill_layer (row, 4, &cloud_noise, 3);
  float *years = (float *) dio_texture_fill_layer (row, 5, &cloud_noise, 0);
  fill_years (row, board, across, years);

  float seam = (float) MIN (across, 1 - across) / BOARDS;
  float shade = 1 + 0.10f * (float) (dio_noise_uniform (row->seed + 9, board, 1) - 0.5);
  shade *= 1 - 0.45f * (1 - dio_smoothstepf (0.0003f, 0.0003f + 1.5f * row->pixel, seam));
  for (guint x = 0; x < row->size_px; x++) {
    float season = years[x] - floorf (years[x]);
    /* Growth darkens slowly through the summer and starts anew at once. */
    float late = square (season) * (1 - dio_smoothstepf (0.86f, 1, season));
    float tone = 1 + 0.045f * fibre[x] + 0.05f * cloud[x];
    tone = shade * (tone - look->pores * dio_smoothstepf (0.35f, 0.75f, pore[x]));
    for (int c = 0; c < 3; c++)
      rgb[x][c] = tone * dio_mixf (look->early[c], look->late[c], 0.15f + 0.75f * late);
  }
}

void
dio_texture_shade_wood (DioTextureRow *row, float (*rgb)[3])
{
  static const WoodLook oak = { .early = { 0.80f, 0.64f, 0.45f },
                                .late = { 0.62f, 0.43f, 0.26f },
                                .pores = 0.16f };
  shade_wood (row, &oak, rgb);
}

void
dio_texture_shade_dark_wood (DioTextureRow *row, float (*rgb)[3])
{
  static const WoodLook walnut = { .early = { 0.42f, 0.28f, 0.19f },
                                   .late = { 0.22f, 0.13f, 0.085f },
                                   .pores = 0.20f };
  shade_wood (row, &walnut, rgb);
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

/* Flutes of the corrugated layer across the tile. */
#define FLUTES 110

void
dio_texture_shade_cardboard (DioTextureRow *row, float (*rgb)[3])
{
  const DioNoise cloud_noise = { 6, 6, row->seed ^ 0xC1 };
  const DioNoise flute_noise = { 6, FLUTES, row->seed ^ 0xC2 };
  const DioNoise fibre_noise = { 60, 300, row->seed ^ 0xC3 };
  const DioNoise cross_noise = { 300, 90, row->seed ^ 0xC4 };
  const float *cloud = dio_texture_fill_layer (row, 0, &cloud_noise, 5);
  const float *flute = dio_texture_fill_layer (row, 1, &flute_noise, 1);
  const float *fibre = dio_texture_fill_layer (row, 2, &fibre_noise, 1);
  const float *cross = dio_texture_fill_layer (row, 3, &cross_noise, 1);
  float wave = (float) (row->v * FLUTES - floor (row->v * FLUTES));
  float bar = 4 * wave * (1 - wave) - 0.66f;
  for (guint x = 0; x < row->size_px; x++) {
    /* The flutes inside show through as faint bars of uneven strength. */
    float tone = 1 + 0.035f * cloud[x] + (0.016f + 0.012f * flute[x]) * bar;
    tone += 0.035f * fibre[x] + 0.03f * cross[x];
    /* Single dark fibres of the recycled pulp. */
    tone -=
        0.10f * dio_smoothstepf (0.55f, 0.85f, fibre[x]) * dio_smoothstepf (0.1f, 0.5f, cross[x]);
    rgb[x][0] = 0.735f * tone;
    rgb[x][1] = 0.575f * tone;
    rgb[x][2] = 0.405f * tone;
  }
}

/* Threads across the tile; even, so that over and under close at the edge. */
#define THREADS 80

void
dio_texture_shade_fabric (DioTextureRow *row, float (*rgb)[3])
{
  static const float warp[3] = { 0.78f, 0.76f, 0.71f }, weft[3] = { 0.70f, 0.69f, 0.67f };
  const DioNoise fuzz_noise = { 400, 400, row->seed ^ 0xD1 },
                 fold_noise = { 3, 3, row->seed ^ 0xD2 };
  const float *fuzz = dio_texture_fill_layer (row, 0, &fuzz_noise, 2);
  const float *fold = dio_texture_fill_layer (row, 1, &fold_noise, 3);
  uint32_t weft_thread = (uint32_t) (row->v * THREADS);
  float fy = (float) (row->v * THREADS - weft_thread);
  for (guint x = 0; x < row->size_px; x++) {
    uint32_t warp_thread = (uint32_t) (row->u[x] * THREADS);
    float fx = row->u[x] * THREADS - (float) warp_thread;
    gboolean warp_on_top = ((warp_thread + weft_thread) & 1) == 0;
    /* Across the upper thread it is round; along it, it dives under its neighbours at both ends. */
    float across = warp_on_top ? fx : fy, along = warp_on_top ? fy : fx;
    float round_off = MAX (4 * across * (1 - across), 0);
    float light = 0.62f + 0.28f * sqrtf (round_off) + 0.48f * along * (1 - along);
    double thread = warp_on_top ? dio_noise_uniform (row->seed, warp_thread, 1)
                                : dio_noise_uniform (row->seed, weft_thread, 2);
    light *= 1 + 0.10f * (float) (thread - 0.5);
    light += 0.06f * fuzz[x] + 0.02f * fold[x];
    for (int c = 0; c < 3; c++)
      rgb[x][c] = light * (warp_on_top ? warp[c] : weft[c]);
  }
}

void
dio_texture_shade_brushed_metal (DioTextureRow *row, float (*rgb)[3])
{
  const DioNoise coarse_noise = { 2, 140, row->seed ^ 0xE1 },
                 fine_noise = { 5, 480, row->seed ^ 0xE2 };
  const DioNoise scratch_noise = { 9, 700, row->seed ^ 0xE3 },
                 sheen_noise = { 1, 4, row->seed ^ 0xE4 };
  const float *coarse = dio_texture_fill_layer (row, 0, &coarse_noise, 1);
  const float *fine = dio_texture_fill_layer (row, 1, &fine_noise, 1);
  const float *scratch = dio_texture_fill_layer (row, 2, &scratch_noise, 1);
  const float *sheen = dio_texture_fill_layer (row, 3, &sheen_noise, 2);
  for (guint x = 0; x < row->size_px; x++) {
    float tone = 0.74f + 0.030f * sheen[x] + 0.035f * coarse[x] + 0.060f * fine[x];
    tone += 0.10f * dio_smoothstepf (0.45f, 0.9f, scratch[x])
            - 0.08f * dio_smoothstepf (0.45f, 0.9f, -scratch[x]);
    rgb[x][0] = tone;
    rgb[x][1] = tone + 0.003f;
    rgb[x][2] = tone + 0.010f;
  }
}
