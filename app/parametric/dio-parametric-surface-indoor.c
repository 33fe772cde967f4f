#define G_LOG_DOMAIN "dio-parametric"

/* Surfaces of what is found in rooms. None has a feature much larger than a hand, so that no eye finds the repeat of a
 * tile in a view of ten metres. */

#include "dio-parametric-surface-indoor-private.h"

#include <math.h>

static float
get_fraction (float x)
{
  return x - floorf (x);
}

/* A hill over 0 .. 1 with its top of 1 in the middle. */
static float
get_hill (float t)
{
  return 4 * t * (1 - t);
}

/* ---- cardboard ---- */

/* Flutes of the corrugated layer across the tile: 4 mm each. */
#define FLUTES 125

static void
shade_cardboard (DioTextureRow *row, const DioSurfaceRow *out, gconstpointer user)
{
  static const float kraft[3] = { 0.735f, 0.575f, 0.405f };
  const guint64 seed = row->seed;
  const DioNoise cloud_noise = { 11, 11, seed ^ 0xC1 }, flute_noise = { 6, FLUTES, seed ^ 0xC2 };
  const DioNoise fibre_noise = { 70, 330, seed ^ 0xC3 }, cross_noise = { 330, 100, seed ^ 0xC4 };
  const DioNoise speck_noise = { 240, 200, seed ^ 0xC5 }, long_noise = { 26, 420, seed ^ 0xC6 };
  const float *cloud = dio_texture_fill_layer (row, 0, &cloud_noise, 4);
  const float *flute = dio_texture_fill_layer (row, 1, &flute_noise, 1);
  const float *fibre = dio_texture_fill_layer (row, 2, &fibre_noise, 1);
  const float *cross = dio_texture_fill_layer (row, 3, &cross_noise, 1);
  const float *speck = dio_texture_fill_layer (row, 4, &speck_noise, 1);
  const float *hair = dio_texture_fill_layer (row, 5, &long_noise, 1);
  const float bar = get_hill (get_fraction ((float) (row->v * FLUTES)));
  for (guint x = 0; x < row->size_px; x++) {
    /* The flutes inside press through the liner, here more and there less. */
    float press = bar * (1 + 0.5f * flute[x]);
    float dark = dio_smoothstepf (0.60f, 0.85f, speck[x]);
    float pale = dio_smoothstepf (0.55f, 0.85f, hair[x]);
    float tone = 1 + 0.035f * cloud[x] + 0.028f * (press - 0.66f) + 0.04f * fibre[x];
    tone += 0.03f * cross[x] - 0.16f * dark + 0.09f * pale;
    for (int c = 0; c < 3; c++)
      out->rgb[x][c] = kraft[c] * tone;
    out->height_m[x] = 0.00009f * press + 0.00003f * (fibre[x] + cross[x]);
    out->roughness[x] = 0.84f + 0.05f * cloud[x] + 0.06f * fibre[x] - 0.05f * press;
  }
}

/* ---- fabric ---- */

/* Threads across the tile, 1.9 mm each; even, so that over and under close at the edge. */
#define THREADS 192

/* Where a texel lies in the thread that is on top there. */
typedef struct {
  float across, along; /* 0 .. 1 each */
  float width;         /* of the thread, as a share of its place */
  double own;          /* what is the thread's own, 0 .. 1 */
} ThreadPlace;

static ThreadPlace
find_thread (const DioTextureRow *row, guint x, const float *warp_slub, const float *weft_slub)
{
  uint32_t weft = (uint32_t) (row->v * THREADS), warp = (uint32_t) (row->u[x] * THREADS);
  float fy = (float) (row->v * THREADS - weft), fx = row->u[x] * THREADS - (float) warp;
  gboolean warp_on_top = ((warp + weft) & 1) == 0;
  ThreadPlace place = { .across = warp_on_top ? fx : fy, .along = warp_on_top ? fy : fx };
  place.width = 0.88f + 0.16f * (warp_on_top ? warp_slub[x] : weft_slub[x]);
  place.own =
      warp_on_top ? dio_noise_uniform (row->seed, warp, 1) : dio_noise_uniform (row->seed, weft, 2);
  return place;
}

static void
shade_fabric (DioTextureRow *row, const DioSurfaceRow *out, gconstpointer user)
{
  static const float yarn[3] = { 0.86f, 0.85f, 0.81f };
  const guint64 seed = row->seed;
  const DioNoise fuzz_noise = { 480, 480, seed ^ 0xD1 }, wear_noise = { 30, 30, seed ^ 0xD2 };
  const DioNoise warp_noise = { THREADS, 22, seed ^ 0xD3 },
                 weft_noise = { 22, THREADS, seed ^ 0xD4 };
  const float *fuzz = dio_texture_fill_layer (row, 0, &fuzz_noise, 2);
  const float *wear = dio_texture_fill_layer (row, 1, &wear_noise, 3);
  const float *warp_slub = dio_texture_fill_layer (row, 2, &warp_noise, 1);
  const float *weft_slub = dio_texture_fill_layer (row, 3, &weft_noise, 1);
  for (guint x = 0; x < row->size_px; x++) {
    ThreadPlace place = find_thread (row, x, warp_slub, weft_slub);
    float from_middle = (2 * place.across - 1) / place.width;
    float round_off = sqrtf (MAX (1 - from_middle * from_middle, 0));
    /* Along its way it dives under its neighbours at both ends. */
    float lift = get_hill (place.along);
    float light = 0.50f + 0.30f * round_off + 0.20f * lift;
    light *= 1 + 0.07f * (float) (place.own - 0.5);
    light += 0.05f * fuzz[x] + 0.015f * wear[x];
    for (int c = 0; c < 3; c++)
      out->rgb[x][c] = light * yarn[c];
    out->height_m[x] = 0.00045f * round_off + 0.00030f * lift + 0.00006f * fuzz[x];
    out->roughness[x] = 0.93f + 0.04f * fuzz[x];
  }
}

/* ---- brushed metal ---- */

static void
shade_brushed_metal (DioTextureRow *row, const DioSurfaceRow *out, gconstpointer user)
{
  const guint64 seed = row->seed;
  const DioNoise coarse_noise = { 3, 170, seed ^ 0xE1 }, fine_noise = { 7, 500, seed ^ 0xE2 };
  const DioNoise scratch_noise = { 12, 460, seed ^ 0xE3 }, cross_noise = { 60, 34, seed ^ 0xE4 };
  const float *coarse = dio_texture_fill_layer (row, 0, &coarse_noise, 1);
  const float *fine = dio_texture_fill_layer (row, 1, &fine_noise, 2);
  const float *scratch = dio_texture_fill_layer (row, 2, &scratch_noise, 1);
  const float *cross = dio_texture_fill_layer (row, 3, &cross_noise, 3);
  for (guint x = 0; x < row->size_px; x++) {
    float deep = dio_smoothstepf (0.45f, 0.85f, -scratch[x]);
    float bright = dio_smoothstepf (0.45f, 0.85f, scratch[x]);
    float tone = 0.76f + 0.025f * coarse[x] + 0.05f * fine[x] + 0.07f * bright - 0.07f * deep;
    out->rgb[x][0] = tone;
    out->rgb[x][1] = tone + 0.003f;
    out->rgb[x][2] = tone + 0.009f;
    out->height_m[x] = 0.00003f * fine[x] + 0.00002f * coarse[x] - 0.00003f * deep;
    /* Fingers leave it a little duller here and there. */
    out->roughness[x] = 0.36f + 0.06f * fine[x] + 0.04f * cross[x] + 0.10f * deep;
    out->metallic[x] = 1;
  }
}

/* ---- floor tiles ---- */

#define TILES 6
#define TILES_M 1.8
#define JOINT_M 0.003f

static void
shade_floor_tiles (DioTextureRow *row, const DioSurfaceRow *out, gconstpointer user)
{
  const guint64 seed = row->seed;
  const float side_m = (float) TILES_M / TILES;
  const DioNoise mottle_noise = { 48, 48, seed ^ 0xF1 }, sand_noise = { 500, 500, seed ^ 0xF2 };
  const DioNoise glaze_noise = { 90, 90, seed ^ 0xF3 }, dirt_noise = { 30, 30, seed ^ 0xF4 };
  const float *mottle = dio_texture_fill_layer (row, 0, &mottle_noise, 4);
  const float *sand = dio_texture_fill_layer (row, 1, &sand_noise, 1);
  const float *glaze = dio_texture_fill_layer (row, 2, &glaze_noise, 2);
  const float *dirt = dio_texture_fill_layer (row, 3, &dirt_noise, 3);
  const float fy = get_fraction ((float) (row->v * TILES)), from_y = MIN (fy, 1 - fy) * side_m;
  const uint32_t line = (uint32_t) (row->v * TILES);
  for (guint x = 0; x < row->size_px; x++) {
    float u = row->u[x] * TILES, fx = get_fraction (u);
    float edge = MIN (MIN (fx, 1 - fx) * side_m, from_y) - JOINT_M / 2;
    float own = (float) dio_noise_uniform (seed, (uint32_t) u, line) - 0.5f;
    float body = dio_smoothstepf (-0.0008f, 0.0012f, edge);
    /* The glaze draws back from the edge in a round fall. */
    float fall = 1 - dio_smoothstepf (0, 0.006f, edge);
    float tone = 0.88f + 0.035f * own + 0.030f * mottle[x] - 0.025f * fall;
    float joint = 0.60f + 0.06f * sand[x] + 0.05f * dirt[x];
    for (int c = 0; c < 3; c++)
      out->rgb[x][c] = dio_mixf (joint - 0.012f * (float) c, tone - 0.010f * (float) c, body);
    out->height_m[x] = 0.0012f * body - 0.0004f * fall + 0.00005f * glaze[x] + 0.0001f * own * body;
    out->roughness[x] = dio_mixf (0.9f, 0.29f + 0.03f * dirt[x] + 0.02f * glaze[x], body);
  }
}

/* ---- wall paint ---- */

static void
shade_wall_paint (DioTextureRow *row, const DioSurfaceRow *out, gconstpointer user)
{
  const guint64 seed = row->seed;
  const DioNoise stipple_noise = { 420, 420, seed ^ 0x1F1 };
  const DioNoise patch_noise = { 24, 24, seed ^ 0x1F2 }, hand_noise = { 60, 26, seed ^ 0x1F3 };
  const float *stipple = dio_texture_fill_layer (row, 0, &stipple_noise, 2);
  const float *patch = dio_texture_fill_layer (row, 1, &patch_noise, 3);
  const float *hand = dio_texture_fill_layer (row, 2, &hand_noise, 2);
  for (guint x = 0; x < row->size_px; x++) {
    float tone = 0.975f + 0.008f * stipple[x] + 0.010f * patch[x] + 0.004f * hand[x];
    for (int c = 0; c < 3; c++)
      out->rgb[x][c] = tone;
    out->height_m[x] = 0.00016f * stipple[x] + 0.00025f * patch[x];
    out->roughness[x] = 0.82f + 0.05f * patch[x];
  }
}

/* Texels a metre: 500 or more for each. */
#define INDOOR_SURFACE(name, tile, function)                                                       \
  {                                                                                                \
    .key = name, .width_px = 1024, .height_px = 1024, .tile_m = tile, .seed = 1, .shade = function \
  }

const DioSurface dio_surface_cardboard = INDOOR_SURFACE ("cardboard", 0.5, shade_cardboard);
const DioSurface dio_surface_fabric = INDOOR_SURFACE ("fabric", 0.36, shade_fabric);
const DioSurface dio_surface_brushed_metal =
    INDOOR_SURFACE ("ground-metal", 0.5, shade_brushed_metal);
const DioSurface dio_surface_floor_tiles =
    INDOOR_SURFACE ("floor-tiles", TILES_M, shade_floor_tiles);
const DioSurface dio_surface_wall_paint = INDOOR_SURFACE ("wall-paint", 2, shade_wall_paint);
