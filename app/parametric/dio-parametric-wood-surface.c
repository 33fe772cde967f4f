#define G_LOG_DOMAIN "dio-parametric"

/* Patterns as surfaces: what is darker in wood is a pore or a joint, and so lies deeper and is rougher. */

#include "dio-parametric-wood-surface-private.h"

#include <math.h>

/* How a pattern's tone reads as relief. */
typedef struct {
  DioTextureFunc shade;
  float relief_m;     /* height of white over black */
  float roughness[2]; /* of black and of white */
} ToneSurface;

static void
shade_by_tone (DioTextureRow *row, const DioSurfaceRow *out, gconstpointer user)
{
  const ToneSurface *tone = user;
  tone->shade (row, out->rgb);
  for (guint x = 0; x < row->size_px; x++) {
    const float *rgb = out->rgb[x];
    float light = CLAMP (0.3f * rgb[0] + 0.6f * rgb[1] + 0.1f * rgb[2], 0, 1);
    out->height_m[x] = tone->relief_m * light;
    out->roughness[x] = dio_mixf (tone->roughness[0], tone->roughness[1], light);
  }
}

static const ToneSurface wood = { dio_texture_shade_wood, 0.004f, { 0.66f, 0.44f } };
static const ToneSurface dark_wood = { dio_texture_shade_dark_wood, 0.004f, { 0.55f, 0.30f } };
static const ToneSurface oak_planks = { dio_texture_shade_oak_planks, 0.003f, { 0.66f, 0.42f } };
static const ToneSurface walnut_planks = { dio_texture_shade_walnut_planks,
                                           0.003f,
                                           { 0.58f, 0.30f } };
static const ToneSurface pine_planks = { dio_texture_shade_pine_planks, 0.002f, { 0.62f, 0.45f } };

#define TONE_SURFACE(name, tile, tone)                                                             \
  {                                                                                                \
    .key = name, .width_px = 1024, .height_px = 1024, .tile_m = tile, .seed = 1,                   \
    .shade = shade_by_tone, .user = &tone                                                          \
  }

const DioSurface dio_surface_wood = TONE_SURFACE ("wood", 0.5, wood);
const DioSurface dio_surface_dark_wood = TONE_SURFACE ("dark-wood", 0.5, dark_wood);
const DioSurface dio_surface_oak_planks =
    TONE_SURFACE ("oak-planks", DIO_WOOD_PLANKS_TILE_M, oak_planks);
const DioSurface dio_surface_walnut_planks =
    TONE_SURFACE ("walnut-planks", DIO_WOOD_PLANKS_TILE_M, walnut_planks);
const DioSurface dio_surface_pine_planks =
    TONE_SURFACE ("pine-planks", DIO_WOOD_PLANKS_TILE_M, pine_planks);

static void
shade_painted_wood (DioTextureRow *row, const DioSurfaceRow *out, gconstpointer user)
{
  static const float bare[3] = { 0.50f, 0.43f, 0.35f };
  const DioNoise grain_noise = { 6, 150, row->seed ^ 0xC1 },
                 wear_noise = { 5, 9, row->seed ^ 0xC2 };
  const DioNoise stain_noise = { 2, 3, row->seed ^ 0xC3 },
                 brush_noise = { 12, 320, row->seed ^ 0xC4 };
  const float *grain = dio_texture_fill_layer (row, 0, &grain_noise, 2);
  const float *wear = dio_texture_fill_layer (row, 1, &wear_noise, 5);
  const float *stain = dio_texture_fill_layer (row, 2, &stain_noise, 4);
  const float *brush = dio_texture_fill_layer (row, 3, &brush_noise, 1);
  for (guint x = 0; x < row->size_px; x++) {
    float worn = dio_smoothstepf (0.50f, 0.56f, wear[x] + 0.22f * grain[x]);
    float tone = 0.93f + 0.045f * stain[x] + 0.02f * grain[x] + 0.012f * brush[x];
    const float paint[3] = { tone, tone - 0.006f, tone - 0.022f };
    for (int c = 0; c < 3; c++)
      out->rgb[x][c] = dio_mixf (paint[c], bare[c] * (1 + 0.25f * grain[x]), worn);
    out->height_m[x] = 0.0006f * grain[x] + 0.00015f * brush[x] - 0.0004f * worn;
    out->roughness[x] = dio_mixf (0.48f + 0.08f * stain[x], 0.9f, worn);
  }
}

const DioSurface dio_surface_painted_wood = { .key = "painted-wood",
                                              .width_px = 512,
                                              .height_px = 512,
                                              .tile_m = 0.5,
                                              .seed = 1,
                                              .shade = shade_painted_wood };

static void
shade_weathered_wood (DioTextureRow *row, const DioSurfaceRow *out, gconstpointer user)
{
  static const float pale[3] = { 0.60f, 0.57f, 0.52f }, deep[3] = { 0.27f, 0.24f, 0.21f };
  static const float warm[3] = { 0.55f, 0.44f, 0.32f };
  const DioNoise grain_noise = { 4, 90, row->seed ^ 0xD1 },
                 crack_noise = { 3, 60, row->seed ^ 0xD2 };
  const DioNoise cloud_noise = { 2, 6, row->seed ^ 0xD3 };
  const float *grain = dio_texture_fill_layer (row, 0, &grain_noise, 3);
  const float *crack = dio_texture_fill_layer (row, 1, &crack_noise, 1);
  const float *cloud = dio_texture_fill_layer (row, 2, &cloud_noise, 4);
  for (guint x = 0; x < row->size_px; x++) {
    float split = dio_smoothstepf (0.50f, 0.72f, crack[x]);
    float light = CLAMP (0.72f + 0.45f * grain[x] - 0.8f * split, 0, 1);
    float fresh = 0.55f * dio_smoothstepf (0.1f, 0.7f, cloud[x]);
    for (int c = 0; c < 3; c++)
      out->rgb[x][c] = dio_mixf (deep[c], dio_mixf (pale[c], warm[c], fresh), light);
    out->height_m[x] = 0.0010f * grain[x] - 0.0025f * split;
    out->roughness[x] = 0.86f + 0.06f * grain[x];
  }
}

const DioSurface dio_surface_weathered_wood = { .key = "weathered-wood",
                                                .width_px = 512,
                                                .height_px = 512,
                                                .tile_m = 0.5,
                                                .seed = 1,
                                                .shade = shade_weathered_wood };
