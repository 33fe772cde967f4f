#define G_LOG_DOMAIN "dio-parametric"

/* Surfaces of streets and walls. A tile is so large (2 to 8 m), and so free of single features, that its repeat is
 * not seen in a view of ten metres; meshes vary the tint on top. */

#include "dio-parametric-surface-street-private.h"

#include <math.h>

static float
square (float x)
{
  return x * x;
}

static void
set_grey (float rgb[static 3], float tone, float warmth)
{
  rgb[0] = tone + warmth;
  rgb[1] = tone;
  rgb[2] = tone - warmth;
}

/* A line where the field is zero, 1 on it, gone at @width of the field. */
static float
get_line (float field, float width)
{
  return MAX (0, 1 - fabsf (field) / width);
}

static void
shade_asphalt (DioTextureRow *row, const DioSurfaceRow *out, gconstpointer user)
{
  const guint64 seed = row->seed;
  const DioNoise stone_noise = { 620, 620, seed ^ 0x11 }, fine_noise = { 1000, 1000, seed ^ 0x12 };
  const DioNoise patch_noise = { 22, 22, seed ^ 0x13 }, stain_noise = { 7, 7, seed ^ 0x14 };
  const DioNoise crack_noise = { 9, 9, seed ^ 0x15 }, where_noise = { 6, 6, seed ^ 0x16 };
  const float *stone = dio_texture_fill_layer (row, 0, &stone_noise, 1);
  const float *fine = dio_texture_fill_layer (row, 1, &fine_noise, 1);
  const float *patch = dio_texture_fill_layer (row, 2, &patch_noise, 3);
  const float *stain = dio_texture_fill_layer (row, 3, &stain_noise, 2);
  const float *crack = dio_texture_fill_layer (row, 4, &crack_noise, 5);
  const float *where = dio_texture_fill_layer (row, 5, &where_noise, 1);
  for (guint x = 0; x < row->size_px; x++) {
    /* Stones of the mix stand out of the bitumen, worn bare on top and lighter. */
    float bare = dio_smoothstepf (0.15f, 0.75f, stone[x]);
    float hole = dio_smoothstepf (0.3f, 0.9f, -stone[x]);
    float split = get_line (crack[x], 0.020f) * dio_smoothstepf (0.25f, 0.6f, where[x]);
    float tone = 0.345f + 0.13f * bare - 0.10f * hole + 0.055f * fine[x] + 0.030f * patch[x];
    tone += 0.022f * stain[x] - 0.17f * split;
    set_grey (out->rgb[x], tone, 0.006f + 0.010f * fine[x] * bare);
    out->height_m[x] = 0.0022f * stone[x] + 0.0006f * fine[x] - 0.004f * split;
    out->roughness[x] = 0.90f - 0.10f * bare - 0.05f * dio_smoothstepf (0.2f, 0.8f, stain[x]);
  }
}

static void
shade_concrete (DioTextureRow *row, const DioSurfaceRow *out, gconstpointer user)
{
  const guint64 seed = row->seed;
  const DioNoise cloud_noise = { 6, 6, seed ^ 0x21 }, mottle_noise = { 40, 40, seed ^ 0x22 };
  const DioNoise grain_noise = { 500, 500, seed ^ 0x23 }, pore_noise = { 150, 150, seed ^ 0x24 };
  const DioNoise streak_noise = { 26, 3, seed ^ 0x25 };
  const float *cloud = dio_texture_fill_layer (row, 0, &cloud_noise, 3);
  const float *mottle = dio_texture_fill_layer (row, 1, &mottle_noise, 3);
  const float *grain = dio_texture_fill_layer (row, 2, &grain_noise, 1);
  const float *pore = dio_texture_fill_layer (row, 3, &pore_noise, 1);
  const float *streak = dio_texture_fill_layer (row, 4, &streak_noise, 2);
  for (guint x = 0; x < row->size_px; x++) {
    float hole = dio_smoothstepf (0.72f, 0.95f, pore[x]);
    float tone = 0.64f + 0.045f * cloud[x] + 0.035f * mottle[x] + 0.030f * grain[x];
    tone += 0.020f * streak[x] - 0.20f * hole;
    set_grey (out->rgb[x], tone, 0.012f + 0.006f * cloud[x]);
    out->height_m[x] = 0.0010f * mottle[x] + 0.0003f * grain[x] - 0.003f * hole;
    out->roughness[x] = 0.86f + 0.05f * grain[x] - 0.05f * cloud[x];
  }
}

static void
shade_plaster (DioTextureRow *row, const DioSurfaceRow *out, gconstpointer user)
{
  const guint64 seed = row->seed;
  const DioNoise bump_noise = { 110, 110, seed ^ 0x31 }, grain_noise = { 480, 480, seed ^ 0x32 };
  const DioNoise stain_noise = { 7, 7, seed ^ 0x33 }, run_noise = { 34, 3, seed ^ 0x34 };
  const DioNoise crack_noise = { 6, 6, seed ^ 0x35 }, where_noise = { 5, 5, seed ^ 0x36 };
  const float *bump = dio_texture_fill_layer (row, 0, &bump_noise, 2);
  const float *grain = dio_texture_fill_layer (row, 1, &grain_noise, 1);
  const float *stain = dio_texture_fill_layer (row, 2, &stain_noise, 3);
  const float *run = dio_texture_fill_layer (row, 3, &run_noise, 2);
  const float *crack = dio_texture_fill_layer (row, 4, &crack_noise, 5);
  const float *where = dio_texture_fill_layer (row, 5, &where_noise, 1);
  for (guint x = 0; x < row->size_px; x++) {
    float split = get_line (crack[x], 0.010f) * dio_smoothstepf (0.35f, 0.7f, where[x]);
    float tone = 0.90f + 0.025f * stain[x] + 0.020f * run[x] + 0.020f * grain[x] + 0.012f * bump[x];
    tone -= 0.22f * split;
    set_grey (out->rgb[x], tone, 0.008f - 0.004f * stain[x]);
    out->height_m[x] = 0.0016f * bump[x] + 0.0007f * grain[x] - 0.002f * split;
    out->roughness[x] = 0.92f;
  }
}

/* Bricks along the tile and courses up it: 250 by 83.3 mm with the joint. */
#define BRICKS 12
#define COURSES 36
#define JOINT_M 0.010f

/* Where a texel lies in its brick: the brick's number, and metres to its nearest edge. */
typedef struct {
  uint32_t column;
  float inside_m;
} Brick;

static Brick
find_brick (float u, uint32_t course, float across_m, float width_m)
{
  float place = u * BRICKS + ((course & 1) != 0 ? 0.5f : 0);
  uint32_t column = (uint32_t) place;
  float along = (place - (float) column) * width_m;
  float edge = MIN (MIN (along, width_m - along), across_m);
  return (Brick){ column % BRICKS, edge - JOINT_M / 2 };
}

/* Fired clay: every brick has its own place between orange, red and purple, few are burnt dark. */
static void
get_brick_color (uint64_t seed, uint32_t column, uint32_t course, float rgb[static 3])
{
  static const float tones[4][3] = { { 0.66f, 0.36f, 0.27f },
                                     { 0.58f, 0.29f, 0.22f },
                                     { 0.72f, 0.43f, 0.32f },
                                     { 0.47f, 0.27f, 0.24f } };
  double pick = dio_noise_uniform (seed, column, course) * 3.2;
  guint i = MIN ((guint) pick, 2);
  float t = (float) dio_noise_uniform (seed + 1, column, course);
  float shade = 0.90f + 0.2f * (float) dio_noise_uniform (seed + 2, column, course);
  for (int c = 0; c < 3; c++)
    rgb[c] = shade * dio_mixf (tones[i][c], tones[i + 1][c], t);
}

static void
shade_brick (DioTextureRow *row, const DioSurfaceRow *out, gconstpointer user)
{
  const guint64 seed = row->seed;
  const float width_m = 3.0f / BRICKS, height_m = 3.0f / COURSES;
  const DioNoise wobble_noise = { 90, 90, seed ^ 0x41 }, grain_noise = { 420, 420, seed ^ 0x42 };
  const DioNoise face_noise = { 120, 120, seed ^ 0x43 }, stain_noise = { 6, 6, seed ^ 0x44 };
  const float *wobble = dio_texture_fill_layer (row, 0, &wobble_noise, 2);
  const float *grain = dio_texture_fill_layer (row, 1, &grain_noise, 1);
  const float *face = dio_texture_fill_layer (row, 2, &face_noise, 2);
  const float *stain = dio_texture_fill_layer (row, 3, &stain_noise, 3);
  double place = row->v * COURSES;
  uint32_t course = (uint32_t) place;
  float up = (float) (place - course) * height_m;
  float across = MIN (up, height_m - up);
  for (guint x = 0; x < row->size_px; x++) {
    Brick brick = find_brick (row->u[x], course, across, width_m);
    float body = dio_smoothstepf (-0.0015f, 0.0025f, brick.inside_m + 0.0022f * wobble[x]);
    float color[3], mortar = 0.68f + 0.05f * grain[x] + 0.03f * stain[x];
    get_brick_color (seed, brick.column, course, color);
    float light = 1 + 0.09f * face[x] + 0.07f * grain[x] + 0.05f * stain[x];
    for (int c = 0; c < 3; c++)
      out->rgb[x][c] = dio_mixf (mortar - 0.022f * (float) c, color[c] * light, body);
    out->height_m[x] = 0.006f * body + 0.0010f * face[x] + 0.0005f * grain[x];
    out->roughness[x] = dio_mixf (0.95f, 0.84f, body);
  }
}

/* Slabs of 400 mm in half bond, ten each way. */
#define SLABS 10
#define SLAB_M 0.4f

static void
shade_paving (DioTextureRow *row, const DioSurfaceRow *out, gconstpointer user)
{
  const guint64 seed = row->seed;
  const DioNoise grain_noise = { 500, 500, seed ^ 0x51 }, face_noise = { 60, 60, seed ^ 0x52 };
  const DioNoise stain_noise = { 8, 8, seed ^ 0x53 }, spot_noise = { 46, 46, seed ^ 0x54 };
  const float *grain = dio_texture_fill_layer (row, 0, &grain_noise, 1);
  const float *face = dio_texture_fill_layer (row, 1, &face_noise, 3);
  const float *stain = dio_texture_fill_layer (row, 2, &stain_noise, 3);
  const float *spot = dio_texture_fill_layer (row, 3, &spot_noise, 1);
  double place = row->v * SLABS;
  uint32_t line = (uint32_t) place;
  float up = (float) (place - line) * SLAB_M;
  float across = MIN (up, SLAB_M - up);
  for (guint x = 0; x < row->size_px; x++) {
    float along = row->u[x] * SLABS + ((line & 1) != 0 ? 0.5f : 0);
    uint32_t column = (uint32_t) along;
    along = (along - (float) column) * SLAB_M;
    float edge = MIN (MIN (along, SLAB_M - along), across);
    float body = dio_smoothstepf (0.002f, 0.007f, edge + 0.001f * face[x]);
    float own = (float) dio_noise_uniform (seed + 3, column % SLABS, line) - 0.5f;
    float tone = 0.60f + 0.07f * own + 0.035f * face[x] + 0.035f * grain[x] + 0.03f * stain[x];
    /* Old chewing gum, trodden flat. */
    tone -= 0.14f * dio_smoothstepf (0.86f, 0.93f, spot[x]);
    set_grey (out->rgb[x], dio_mixf (0.30f + 0.05f * grain[x], tone, body), 0.012f);
    out->height_m[x] = 0.005f * body + 0.0008f * face[x] + 0.0004f * grain[x] + 0.002f * own * body;
    out->roughness[x] = 0.88f;
  }
}

static void
shade_brushed_metal (DioTextureRow *row, const DioSurfaceRow *out, gconstpointer user)
{
  const guint64 seed = row->seed;
  const DioNoise coarse_noise = { 3, 160, seed ^ 0x61 }, fine_noise = { 8, 480, seed ^ 0x62 };
  const DioNoise scratch_noise = { 12, 500, seed ^ 0x63 }, cloud_noise = { 5, 5, seed ^ 0x64 };
  const float *coarse = dio_texture_fill_layer (row, 0, &coarse_noise, 1);
  const float *fine = dio_texture_fill_layer (row, 1, &fine_noise, 1);
  const float *scratch = dio_texture_fill_layer (row, 2, &scratch_noise, 1);
  const float *cloud = dio_texture_fill_layer (row, 3, &cloud_noise, 3);
  for (guint x = 0; x < row->size_px; x++) {
    float line = dio_smoothstepf (0.45f, 0.9f, fabsf (scratch[x]));
    float tone = 0.80f + 0.03f * coarse[x] + 0.05f * fine[x] + 0.02f * cloud[x] - 0.06f * line;
    set_grey (out->rgb[x], tone, -0.004f);
    out->height_m[x] = 0.00010f * fine[x] + 0.00008f * coarse[x] - 0.0001f * line;
    out->roughness[x] = 0.34f + 0.06f * fine[x] + 0.05f * cloud[x] + 0.10f * line;
    out->metallic[x] = 1;
  }
}

/* Zinc freezes in flat crystals, each with its own grey: here the cells of a grid whose lines are bent. */
#define SPANGLES 110

static void
shade_galvanized (DioTextureRow *row, const DioSurfaceRow *out, gconstpointer user)
{
  const guint64 seed = row->seed;
  const DioNoise bend_u_noise = { 130, 130, seed ^ 0x71 }, bend_v_noise = { 130, 130, seed ^ 0x72 };
  const DioNoise cloud_noise = { 6, 6, seed ^ 0x73 }, grain_noise = { 480, 480, seed ^ 0x74 };
  const float *bend_u = dio_texture_fill_layer (row, 0, &bend_u_noise, 2);
  const float *bend_v = dio_texture_fill_layer (row, 1, &bend_v_noise, 2);
  const float *cloud = dio_texture_fill_layer (row, 2, &cloud_noise, 4);
  const float *grain = dio_texture_fill_layer (row, 3, &grain_noise, 1);
  for (guint x = 0; x < row->size_px; x++) {
    float u = row->u[x] * SPANGLES + 0.8f * bend_u[x] + SPANGLES;
    float v = (float) row->v * SPANGLES + 0.8f * bend_v[x] + SPANGLES;
    float own = (float) dio_noise_uniform (seed, (uint32_t) u % SPANGLES, (uint32_t) v % SPANGLES);
    float tone = 0.64f + 0.09f * (own - 0.5f) + 0.05f * cloud[x] + 0.02f * grain[x];
    set_grey (out->rgb[x], tone, -0.006f);
    out->height_m[x] = 0.00015f * grain[x];
    out->roughness[x] = 0.46f + 0.14f * (own - 0.5f) + 0.08f * cloud[x];
    /* Weathered zinc is more grey than bright. */
    out->metallic[x] = 0.35f;
  }
}

static void
shade_painted_metal (DioTextureRow *row, const DioSurfaceRow *out, gconstpointer user)
{
  const guint64 seed = row->seed;
  const DioNoise peel_noise = { 260, 260, seed ^ 0x81 }, cloud_noise = { 6, 6, seed ^ 0x82 };
  const DioNoise chip_noise = { 34, 34, seed ^ 0x83 }, where_noise = { 8, 8, seed ^ 0x84 };
  const DioNoise run_noise = { 30, 4, seed ^ 0x85 };
  const float *peel = dio_texture_fill_layer (row, 0, &peel_noise, 1);
  const float *cloud = dio_texture_fill_layer (row, 1, &cloud_noise, 4);
  const float *chip = dio_texture_fill_layer (row, 2, &chip_noise, 4);
  const float *where = dio_texture_fill_layer (row, 3, &where_noise, 2);
  const float *run = dio_texture_fill_layer (row, 4, &run_noise, 2);
  for (guint x = 0; x < row->size_px; x++) {
    /* Where paint came off the metal rusts, and rust creeps below the paint around and lifts it. */
    float worn = chip[x] + 0.28f * where[x];
    float bare = dio_smoothstepf (0.60f, 0.64f, worn);
    float blister = dio_smoothstepf (0.53f, 0.60f, worn) * (1 - bare);
    float stain = 0.30f * dio_smoothstepf (0.40f, 0.60f, worn) * (1 - bare);
    float tone = 0.93f + 0.030f * cloud[x] + 0.030f * run[x] + 0.008f * peel[x];
    float rust = 1 + 0.25f * peel[x] + 0.2f * run[x];
    out->rgb[x][0] = dio_mixf (tone * (1 - 0.25f * stain), 0.42f * rust, bare);
    out->rgb[x][1] = dio_mixf (tone * (1 - 0.75f * stain), 0.30f * rust, bare);
    out->rgb[x][2] = dio_mixf ((tone - 0.008f) * (1 - stain), 0.22f * rust, bare);
    out->height_m[x] = 0.00012f * peel[x] + 0.0004f * blister - 0.0006f * bare;
    float paint = 0.36f + 0.06f * cloud[x] + 0.03f * square (run[x]) + 0.15f * stain;
    out->roughness[x] = dio_mixf (paint, 0.85f, bare);
  }
}

/* Moulded plastic that has been knocked about. */
static void
shade_plastic (DioTextureRow *row, const DioSurfaceRow *out, gconstpointer user)
{
  const guint64 seed = row->seed;
  const DioNoise cloud_noise = { 6, 6, seed ^ 0xA1 }, grain_noise = { 400, 400, seed ^ 0xA2 };
  const DioNoise scuff_noise = { 12, 60, seed ^ 0xA3 }, where_noise = { 9, 9, seed ^ 0xA4 };
  const float *cloud = dio_texture_fill_layer (row, 0, &cloud_noise, 4);
  const float *grain = dio_texture_fill_layer (row, 1, &grain_noise, 1);
  const float *scuff = dio_texture_fill_layer (row, 2, &scuff_noise, 3);
  const float *where = dio_texture_fill_layer (row, 3, &where_noise, 2);
  for (guint x = 0; x < row->size_px; x++) {
    float worn = get_line (scuff[x], 0.10f) * dio_smoothstepf (0.2f, 0.6f, where[x]);
    float tone = 0.93f + 0.04f * cloud[x] + 0.012f * grain[x] - 0.30f * worn;
    set_grey (out->rgb[x], tone, 0.004f);
    out->height_m[x] = 0.0002f * grain[x] - 0.0003f * worn;
    out->roughness[x] = 0.50f + 0.08f * cloud[x] + 0.25f * worn;
  }
}

/* Thermoplastic paint on asphalt: worn off its stones first. */
static void
shade_road_paint (DioTextureRow *row, const DioSurfaceRow *out, gconstpointer user)
{
  const guint64 seed = row->seed;
  const DioNoise chip_noise = { 150, 150, seed ^ 0xB1 }, wear_noise = { 10, 10, seed ^ 0xB2 };
  const DioNoise grain_noise = { 500, 500, seed ^ 0xB3 }, dirt_noise = { 24, 24, seed ^ 0xB4 };
  const float *chip = dio_texture_fill_layer (row, 0, &chip_noise, 2);
  const float *wear = dio_texture_fill_layer (row, 1, &wear_noise, 3);
  const float *grain = dio_texture_fill_layer (row, 2, &grain_noise, 1);
  const float *dirt = dio_texture_fill_layer (row, 3, &dirt_noise, 3);
  for (guint x = 0; x < row->size_px; x++) {
    float left = chip[x] + 0.35f * grain[x] + 0.9f * wear[x] + 0.85f;
    float tone = 0.86f + 0.05f * dirt[x] + 0.04f * grain[x];
    set_grey (out->rgb[x], tone, 0.010f);
    out->alpha[x] = dio_smoothstepf (0, 0.4f, left);
    out->height_m[x] = 0.0006f * grain[x];
    out->roughness[x] = 0.75f;
  }
}

/* Clay tiles of 250 by 250 mm, each row over the one below. */
#define TILE_COLUMNS 16
#define TILE_ROWS 16

static void
shade_roof_tiles (DioTextureRow *row, const DioSurfaceRow *out, gconstpointer user)
{
  const guint64 seed = row->seed;
  const DioNoise grain_noise = { 400, 400, seed ^ 0xC1 }, moss_noise = { 14, 14, seed ^ 0xC2 };
  const float *grain = dio_texture_fill_layer (row, 0, &grain_noise, 1);
  const float *moss = dio_texture_fill_layer (row, 1, &moss_noise, 4);
  double place = row->v * TILE_ROWS;
  uint32_t line = (uint32_t) place;
  /* 1 at the free lower edge, which lies on top. */
  float down = (float) (place - line);
  for (guint x = 0; x < row->size_px; x++) {
    float along = row->u[x] * TILE_COLUMNS + ((line & 1) != 0 ? 0.5f : 0);
    uint32_t column = (uint32_t) along;
    float across = along - (float) column, gap = MIN (across, 1 - across);
    float own = (float) dio_noise_uniform (seed, column % TILE_COLUMNS, line);
    float shade =
        0.80f + 0.26f * own + 0.05f * grain[x] - 0.40f * (1 - dio_smoothstepf (0, 0.10f, down));
    shade -= 0.3f * (1 - dio_smoothstepf (0.01f, 0.04f, gap));
    float green = 0.5f * dio_smoothstepf (0.25f, 0.8f, moss[x]);
    out->rgb[x][0] = shade * dio_mixf (0.58f, 0.36f, green);
    out->rgb[x][1] = shade * dio_mixf (0.33f, 0.35f, green);
    out->rgb[x][2] = shade * dio_mixf (0.26f, 0.25f, green);
    out->height_m[x] =
        0.018f * down + 0.012f * (1 - 4 * (across - 0.5f) * (across - 0.5f)) + 0.001f * grain[x];
    out->roughness[x] = 0.88f;
  }
}

/* A picture of colours alone, with a relief from its light and dark. */
typedef struct {
  DioTextureFunc shade;
  float relief_m, roughness;
} Picture;

static void
shade_picture (DioTextureRow *row, const DioSurfaceRow *out, gconstpointer user)
{
  const Picture *picture = user;
  picture->shade (row, out->rgb);
  for (guint x = 0; x < row->size_px; x++) {
    out->height_m[x] = picture->relief_m * out->rgb[x][1];
    out->roughness[x] = picture->roughness;
  }
}

static const Picture wood = { dio_texture_shade_wood, 0.002f, 0.72f };
static const Picture dark_wood = { dio_texture_shade_dark_wood, 0.003f, 0.66f };

/* Texels a metre: 256 or more for each. */
const DioSurface dio_street_surfaces[DIO_STREET_N_SURFACES] = {
  [DIO_STREET_ASPHALT] = { "asphalt", 2048, 2048, 8, 0, 1, shade_asphalt, NULL },
  [DIO_STREET_BRICK] = { "brick", 1024, 1024, 3, 0, 2, shade_brick, NULL },
  [DIO_STREET_BRUSHED_METAL] = { "brushed-metal-maps", 1024, 1024, 2, 0, 3, shade_brushed_metal,
                                 NULL },
  [DIO_STREET_CONCRETE] = { "concrete", 1024, 1024, 4, 0, 4, shade_concrete, NULL },
  [DIO_STREET_GALVANIZED] = { "galvanized", 1024, 1024, 2, 0, 5, shade_galvanized, NULL },
  [DIO_STREET_PAINTED_METAL] = { "painted-metal", 1024, 1024, 2, 0, 6, shade_painted_metal, NULL },
  [DIO_STREET_DARK_WOOD] = { "dark-wood-maps", 1024, 1024, 1, 0, 10, shade_picture, &dark_wood },
  [DIO_STREET_WOOD] = { "wood-maps", 1024, 1024, 1, 0, 9, shade_picture, &wood },
  [DIO_STREET_PLASTIC] = { "plastic", 1024, 1024, 2, 0, 11, shade_plastic, NULL },
  [DIO_STREET_ROAD_PAINT] = { "road-paint", 1024, 1024, 4, 0, 12, shade_road_paint, NULL },
  [DIO_STREET_ROOF_TILES] = { "roof-tiles", 1024, 1024, 4, 0, 13, shade_roof_tiles, NULL },
  [DIO_STREET_PAVING] = { "paving", 1024, 1024, 4, 0, 7, shade_paving, NULL },
  [DIO_STREET_PLASTER] = { "plaster-maps", 1024, 1024, 4, 0, 8, shade_plaster, NULL },
};

const DioSurface *
dio_street_get_surface (DioStreetSurface which)
{
  g_return_val_if_fail (which < DIO_STREET_N_SURFACES, NULL);
  return &dio_street_surfaces[which];
}
