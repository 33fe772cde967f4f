#define G_LOG_DOMAIN "dio-parametric"

/* What is printed on the paper round a bottle or a can: bands, a disc with a word, lines of small print and bars for the
 * till. Nearly white where nothing is printed, to be tinted; u runs once round, v down. */

#include "dio-parametric-surface-indoor-private.h"

#include "dio-parametric-lettering-private.h"

#include <math.h>

#define INK_SOFT 0.62f
#define INK_DARK 0.16f
#define INK_PALE 1.0f
#define PAPER 0.90f

/* How much of a texel lies where @distance (shares of the label's width) is positive. */
static float
cover (float distance, float pixel)
{
  return CLAMP (distance / pixel + 0.5f, 0, 1);
}

/* 1 in a rectangle about (@u, @v) with the half sides @du and @dv. */
static float
in_box (float u, float v, float du, float dv, float pixel)
{
  return cover (MIN (du - fabsf (u), dv - fabsf (v)), pixel);
}

/* Rows of words in small print from @v0 to @v1, @n of them: 1 where there is ink. Letters are narrow blocks. */
static float
get_print (guint64 seed, float u, float v, float v0, float v1, uint32_t n)
{
  float line = (v - v0) / (v1 - v0) * (float) n;
  if (line < 0 || line >= (float) n)
    return 0;
  uint32_t row = (uint32_t) line;
  float height = line - (float) row;
  uint32_t word = (uint32_t) (u * 46), letter = (uint32_t) (u * 230);
  gboolean gap = dio_noise_uniform (seed, word, row) < 0.22 || letter % 5 == 4;
  float low = dio_noise_uniform (seed + 1, letter, row) < 0.7 ? 0.62f : 0.80f;
  return gap || height < 0.30f || height > low ? 0 : 1;
}

/* Upright bars of hashed widths. */
static float
get_bars (guint64 seed, float u)
{
  return dio_noise_uniform (seed + 2, (uint32_t) (u * 420), 0) < 0.5 ? 1 : 0;
}

#define WORD "SOTTO"
#define WORD_HEIGHT 0.036f

/* The disc in the middle of a side (@u from its middle, in widths of the label): its rim, and a word across it. */
static float
paint_disc (const DioLettering *word, float u, float v, float pixel, float tone)
{
  /* The label is about two and a half times as wide as it is high. */
  float y = (v - 0.46f) * 0.4f, radius = sqrtf (u * u + y * y);
  if (radius > 0.13f)
    return tone;
  tone = dio_mixf (tone, INK_PALE, cover (0.115f - radius, pixel));
  tone = dio_mixf (tone, INK_DARK, cover (0.004f - fabsf (radius - 0.107f), pixel));
  tone = dio_mixf (tone, INK_SOFT, in_box (u, fabsf (y) - 0.034f, 0.06f, 0.002f, pixel));
  float ink = dio_lettering_get_distance (word, u / WORD_HEIGHT + word->width / 2,
                                          0.5f - y / WORD_HEIGHT, 0.2f);
  return dio_mixf (tone, INK_DARK, cover (-ink * WORD_HEIGHT, pixel));
}

static gpointer
prepare_word (const DioSurface *surface)
{
  DioLettering *word = g_new0 (DioLettering, 1);
  dio_lettering_init (word, WORD);
  return word;
}

static void
discard_word (gpointer data)
{
  dio_lettering_clear (data);
  g_free (data);
}

static void
shade_label (DioTextureRow *row, const DioSurfaceRow *out, gconstpointer user)
{
  const guint64 seed = row->seed;
  const DioNoise fibre_noise = { 300, 150, seed ^ 0x1AB };
  const float *fibre = dio_texture_fill_layer (row, 0, &fibre_noise, 2);
  const float v = (float) row->v, edge = MIN (v, 1 - v) * 0.4f;
  for (guint x = 0; x < row->size_px; x++) {
    float u = row->u[x], pixel = 1.5f * row->pixel;
    float tone = dio_mixf (PAPER, INK_SOFT, cover (0.060f - edge, pixel));
    tone = dio_mixf (tone, INK_PALE, cover (0.004f - fabsf (edge - 0.067f), pixel));
    /* The same in front and behind; small print to the left of it, bars to the right. */
    float half = 2 * u - floorf (2 * u);
    tone = paint_disc (user, (half - 0.35f) / 2, v, pixel, tone);
    if (half > 0.68f && half < 0.92f)
      tone = dio_mixf (tone, INK_DARK, get_print (seed, u, v, 0.26f, 0.62f, 7));
    if (u > 0.86f && u < 0.95f && v > 0.64f && v < 0.80f)
      tone = get_bars (seed, u) > 0 ? INK_DARK : INK_PALE;
    for (int c = 0; c < 3; c++)
      out->rgb[x][c] = tone + 0.012f * fibre[x];
    out->height_m[x] = 0.00003f * fibre[x];
    out->roughness[x] = 0.52f + 0.04f * fibre[x] + 0.10f * (1 - tone);
  }
}

const DioSurface dio_surface_label = { .key = "label",
                                       .width_px = 1024,
                                       .height_px = 1024,
                                       .relief_m = 0.23,
                                       .seed = 1,
                                       .shade = shade_label,
                                       .prepare = prepare_word,
                                       .discard = discard_word };

void
dio_surface_stretch_label (DioMeshBuilder *builder)
{
  double low = G_MAXDOUBLE, high = -G_MAXDOUBLE, right = 0;
  for (guint i = 0; i < builder->vertices->len; i++) {
    const DioBuilderVertex *vertex = &g_array_index (builder->vertices, DioBuilderVertex, i);
    low = MIN (low, vertex->position.z);
    high = MAX (high, vertex->position.z);
    right = MAX (right, vertex->u);
  }
  for (guint i = 0; i < builder->vertices->len && high > low && right > 0; i++) {
    DioBuilderVertex *vertex = &g_array_index (builder->vertices, DioBuilderVertex, i);
    vertex->u /= right;
    vertex->v = (high - vertex->position.z) / (high - low);
  }
}
