#define G_LOG_DOMAIN "dio-parametric"

#include "dio-parametric-peel-private.h"

#include <math.h>

static void
set_grey (const DioSurfaceRow *out, guint x, float tone, float warm)
{
  out->rgb[x][0] = tone;
  out->rgb[x][1] = tone * (1 - 0.5f * warm);
  out->rgb[x][2] = tone * (1 - warm);
}

/* Streaks from pole to pole, and pale dots. */
static void
shade_apple (DioTextureRow *row, const DioSurfaceRow *out, gconstpointer user)
{
  const DioNoise streak_noise = { 90, 4, row->seed ^ 0xA1 },
                 dot_noise = { 70, 46, row->seed ^ 0xA2 };
  const DioNoise cloud_noise = { 6, 3, row->seed ^ 0xA3 };
  const float *streak = dio_texture_fill_layer (row, 0, &streak_noise, 2);
  const float *dot = dio_texture_fill_layer (row, 1, &dot_noise, 1);
  const float *cloud = dio_texture_fill_layer (row, 2, &cloud_noise, 4);
  for (guint x = 0; x < row->size_px; x++) {
    float pale = 0.5f * dio_smoothstepf (0.50f, 0.62f, dot[x]);
    float tone = 0.86f + 0.10f * streak[x] + 0.07f * cloud[x];
    set_grey (out, x, dio_mixf (tone, 1, pale), 0.04f * streak[x]);
    out->height_m[x] = 0.0004f * cloud[x];
    out->roughness[x] = 0.30f + 0.05f * cloud[x] + 0.2f * pale;
  }
}

/* Brown freckles, denser in places. */
static void
shade_pear (DioTextureRow *row, const DioSurfaceRow *out, gconstpointer user)
{
  const DioNoise freckle_noise = { 230, 150, row->seed ^ 0xB1 },
                 cloud_noise = { 5, 4, row->seed ^ 0xB2 };
  const float *freckle = dio_texture_fill_layer (row, 0, &freckle_noise, 1);
  const float *cloud = dio_texture_fill_layer (row, 1, &cloud_noise, 4);
  for (guint x = 0; x < row->size_px; x++) {
    float brown = dio_smoothstepf (0.42f, 0.58f, freckle[x] + 0.15f * cloud[x]);
    set_grey (out, x, (0.93f + 0.08f * cloud[x]) * (1 - 0.28f * brown), 0.15f * brown);
    out->height_m[x] = 0.0002f * cloud[x] + 0.0001f * brown;
    out->roughness[x] = 0.42f + 0.15f * brown;
  }
}

/* Pores in a waxy skin. */
static void
shade_orange (DioTextureRow *row, const DioSurfaceRow *out, gconstpointer user)
{
  const DioNoise pore_noise = { 44, 50, row->seed ^ 0xC1 },
                 cloud_noise = { 5, 5, row->seed ^ 0xC2 };
  const float *pore = dio_texture_fill_layer (row, 0, &pore_noise, 2);
  const float *cloud = dio_texture_fill_layer (row, 1, &cloud_noise, 3);
  for (guint x = 0; x < row->size_px; x++) {
    float pit = dio_smoothstepf (0.12f, 0.50f, pore[x]);
    set_grey (out, x, 0.95f + 0.05f * cloud[x] - 0.025f * pit, 0);
    out->height_m[x] = -0.00045f * pit + 0.0006f * cloud[x];
    out->roughness[x] = 0.36f + 0.12f * pit;
  }
}

/* Fine lines along the fruit; @user: sugar spots too. */
static void
shade_banana (DioTextureRow *row, const DioSurfaceRow *out, gconstpointer user)
{
  const DioNoise fibre_noise = { 60, 5, row->seed ^ 0xD1 },
                 spot_noise = { 16, 22, row->seed ^ 0xD2 };
  const DioNoise bruise_noise = { 4, 5, row->seed ^ 0xD3 };
  const float *fibre = dio_texture_fill_layer (row, 0, &fibre_noise, 2);
  const float *spot = dio_texture_fill_layer (row, 1, &spot_noise, 3);
  const float *bruise = dio_texture_fill_layer (row, 2, &bruise_noise, 4);
  gboolean spotted = GPOINTER_TO_INT (user);
  for (guint x = 0; x < row->size_px; x++) {
    float brown = dio_smoothstepf (0.42f, 0.56f, spot[x] + (spotted ? 0.25f * bruise[x] : -0.22f));
    float tone = 0.94f + 0.04f * fibre[x] + 0.04f * bruise[x];
    set_grey (out, x, tone * (1 - 0.62f * brown), 0.35f * brown);
    out->height_m[x] = 0.00008f * fibre[x] - 0.00008f * brown;
    out->roughness[x] = 0.45f + 0.15f * brown + 0.04f * fibre[x];
  }
}

#define PEEL(name, func, side, data)                                                               \
  {                                                                                                \
    .key = name, .width_px = 512, .height_px = 512, .relief_m = side, .seed = 1, .shade = func,    \
    .user = GINT_TO_POINTER (data)                                                                 \
  }

const DioSurface dio_surface_apple_peel = PEEL ("apple-peel", shade_apple, 0.2, 0);
const DioSurface dio_surface_pear_peel = PEEL ("pear-peel", shade_pear, 0.2, 0);
const DioSurface dio_surface_orange_peel = PEEL ("orange-peel", shade_orange, 0.085, 0);
const DioSurface dio_surface_banana_peel = PEEL ("banana-peel", shade_banana, 0.06, 0);
const DioSurface dio_surface_spotted_peel = PEEL ("spotted-peel", shade_banana, 0.06, 1);
