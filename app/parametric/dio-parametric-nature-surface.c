#define G_LOG_DOMAIN "dio-parametric"

/* Bark, and a lawn from above. */

#include "dio-parametric-nature-surface-private.h"

#include "dio-core-math.h"
#include "dio-parametric-canvas-private.h"
#include "dio-parametric-dice-private.h"

#include <math.h>

/* Plates that the growing trunk has torn apart: grooves where a field stretched along the trunk is zero. */
static void
shade_bark (DioTextureRow *row, const DioSurfaceRow *out, gconstpointer user)
{
  static const float plate[3] = { 0.45f, 0.39f, 0.32f }, groove[3] = { 0.17f, 0.13f, 0.10f };
  static const float lichen[3] = { 0.47f, 0.49f, 0.38f };
  const DioNoise crack_noise = { 9, 3, row->seed ^ 0xBA1 },
                 plate_noise = { 22, 14, row->seed ^ 0xBA2 };
  const DioNoise grain_noise = { 80, 50, row->seed ^ 0xBA3 },
                 moss_noise = { 3, 3, row->seed ^ 0xBA4 };
  const float *crack = dio_texture_fill_layer (row, 0, &crack_noise, 3);
  const float *rough = dio_texture_fill_layer (row, 1, &plate_noise, 2);
  const float *grain = dio_texture_fill_layer (row, 2, &grain_noise, 2);
  const float *moss = dio_texture_fill_layer (row, 3, &moss_noise, 4);
  for (guint x = 0; x < row->size_px; x++) {
    float depth = dio_smoothstepf (0, 0.30f, fabsf (crack[x] + 0.12f * rough[x]));
    float tone = 1 + 0.20f * rough[x] + 0.16f * grain[x];
    float green = 0.55f * depth * dio_smoothstepf (0.15f, 0.6f, moss[x]);
    for (int c = 0; c < 3; c++) {
      float color = dio_mixf (groove[c], plate[c], depth);
      out->rgb[x][c] = tone * dio_mixf (color, lichen[c], green);
    }
    out->height_m[x] = 0.012f * depth + 0.0025f * rough[x] + 0.0008f * grain[x];
    out->roughness[x] = 0.88f + 0.06f * grain[x];
  }
}

const DioSurface dio_surface_bark = {
  .key = "bark", .width_px = 512, .height_px = 512, .tile_m = 0.5, .seed = 1, .shade = shade_bark
};

/* White skin with dark pores across, and black scars where it has burst. */
static void
shade_birch_bark (DioTextureRow *row, const DioSurfaceRow *out, gconstpointer user)
{
  static const float skin[3] = { 0.84f, 0.82f, 0.77f }, warm[3] = { 0.78f, 0.70f, 0.60f };
  static const float dark[3] = { 0.15f, 0.13f, 0.12f };
  const DioNoise pore_noise = { 7, 44, row->seed ^ 0xB1 }, scar_noise = { 4, 6, row->seed ^ 0xB2 };
  const DioNoise cloud_noise = { 3, 4, row->seed ^ 0xB3 }, peel_noise = { 3, 24, row->seed ^ 0xB4 };
  const float *pore = dio_texture_fill_layer (row, 0, &pore_noise, 1);
  const float *scar = dio_texture_fill_layer (row, 1, &scar_noise, 4);
  const float *cloud = dio_texture_fill_layer (row, 2, &cloud_noise, 3);
  const float *peel = dio_texture_fill_layer (row, 3, &peel_noise, 2);
  for (guint x = 0; x < row->size_px; x++) {
    float black = dio_smoothstepf (0.36f, 0.50f, scar[x] + 0.10f * peel[x]);
    float stripe = 0.8f * dio_smoothstepf (0.42f, 0.62f, pore[x]);
    float ink = MAX (black, stripe), tone = 1 + 0.05f * peel[x];
    for (int c = 0; c < 3; c++) {
      float color = dio_mixf (skin[c], warm[c], dio_smoothstepf (0, 0.7f, cloud[x]));
      out->rgb[x][c] = tone * dio_mixf (color, dark[c], ink);
    }
    out->height_m[x] = 0.0012f * peel[x] - 0.0015f * stripe + 0.004f * black * (1 + scar[x]);
    out->roughness[x] = 0.62f + 0.25f * ink;
  }
}

const DioSurface dio_surface_birch_bark = { .key = "birch-bark",
                                            .width_px = 512,
                                            .height_px = 512,
                                            .tile_m = 0.5,
                                            .seed = 1,
                                            .shade = shade_birch_bark };

#define LAWN_PX 1024
#define LAWN_TILE_M 2.0
#define LAWN_BLADES 26000

/* How lush it is at a place: thick and green at 1, thin and straw at 0. */
static float
get_lushness (const float *tile, double x, double y)
{
  float field = dio_noise_sample_tile (tile, DIO_TEXTURE_TILE_PX, (float) x, (float) y);
  return CLAMP (0.62f + 0.75f * field, 0, 1);
}

static void
paint_blade (DioCanvas *canvas, DioDice *dice, const float *lushness, float layer)
{
  static const float green[2][3] = { { 0.16f, 0.25f, 0.08f }, { 0.42f, 0.54f, 0.20f } };
  static const float straw[2][3] = { { 0.40f, 0.36f, 0.19f }, { 0.68f, 0.63f, 0.38f } };
  double scale = canvas->size_px / LAWN_TILE_M;
  double x = dio_dice_roll (dice, 0, 1), y = dio_dice_roll (dice, 0, 1);
  DioStroke blade = {
    .x = x * canvas->size_px,
    .y = y * canvas->size_px,
    .tip = 0.25,
    .height = { 8 * layer, 6 + 10 * layer },
    .roughness = 0.72f,
  };
  blade.angle_rad = dio_dice_roll (dice, 0, 2 * DIO_PI);
  blade.bend_rad = dio_dice_roll (dice, -0.9, 0.9);
  blade.length = scale * dio_dice_roll (dice, 0.03, 0.085);
  blade.width = scale * dio_dice_roll (dice, 0.003, 0.006);
  float lush = get_lushness (lushness, x, y), tone = (float) dio_dice_roll (dice, 0, 1);
  float dry = dio_dice_roll (dice, 0, 1) > 0.25 + 0.70 * (double) lush ? 1 : 0.10f;
  float light = 0.25f * tone + 0.75f * layer;
  for (int c = 0; c < 3; c++) {
    float tip = dio_mixf (green[0][c], green[1][c], 0.35f + 0.65f * light);
    float root = dio_mixf (green[0][c], green[1][c], 0.45f * light);
    blade.base[c] = dio_mixf (root, straw[0][c], dry * (0.6f + 0.4f * light));
    blade.end[c] = dio_mixf (tip, straw[1][c], dry * (0.5f + 0.4f * light));
  }
  dio_canvas_stroke (canvas, &blade);
}

static gpointer
paint_lawn (const DioSurface *surface)
{
  const DioTexel earth = { { 0.17f, 0.15f, 0.09f }, 1, 0, 0.95f };
  const DioNoise field = { 3, 3, surface->seed ^ 0x1A3 };
  g_autofree float *lushness = dio_noise_dup_tile (&field, 4, DIO_TEXTURE_TILE_PX);
  DioCanvas *canvas = dio_canvas_new (surface, &earth);
  DioDice dice = { surface->seed ^ 0x1A4, 0 };
  for (guint i = 0; i < LAWN_BLADES; i++)
    paint_blade (canvas, &dice, lushness, (float) i / LAWN_BLADES);
  return canvas;
}

const DioSurface dio_surface_grass = { .key = "grass",
                                       .width_px = LAWN_PX,
                                       .height_px = LAWN_PX,
                                       .tile_m = LAWN_TILE_M,
                                       .seed = 1,
                                       .shade = dio_canvas_shade_row,
                                       .prepare = paint_lawn,
                                       .discard = dio_canvas_free };
