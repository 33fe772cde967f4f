#define G_LOG_DOMAIN "dio-gl"

/* Levels of a texture whose alpha says where a surface is. Plain averages would mix in the colour under transparent
 * texels, which nobody ever looked at and which is often black: dark seams round leaves, and leaves that darken with
 * distance. So colours are averaged by their alpha, in linear light, and where a level is wholly transparent its texels
 * take the colour of the level above: a filter that reaches over the edge of a leaf meets the leaf's own colour. Alpha is
 * the plain average, which is the coverage of the texel by construction; level 0 keeps its alpha to the byte, because
 * labels cut by it (dio_material_alpha_at). */

#include "dio-gl-mipmap-private.h"

#include "dio-image-color.h"

#include <math.h>
#include <string.h>

/* Colours times alpha, alpha; in linear light, 0 .. 1. */
typedef struct {
  guint width, height;
  float (*texels)[4];
} Level;

/* Steps of the table from linear light to sRGB: fine enough for the dark end, where sRGB is 12.92 times as steep. */
#define N_LINEAR 8192

typedef struct {
  float from_byte[256];
  uint8_t to_byte[N_LINEAR + 1];
} Transfer;

static const Transfer *
get_transfer (gboolean srgb)
{
  static Transfer both[2];
  static gsize made = 0;
  if (g_once_init_enter (&made)) {
    for (int i = 0; i < 256; i++) {
      both[0].from_byte[i] = (float) i / 255;
      both[1].from_byte[i] = (float) dio_linear_from_srgb (i / 255.0);
    }
    for (int i = 0; i <= N_LINEAR; i++) {
      both[0].to_byte[i] = (uint8_t) (i * 255.0 / N_LINEAR + 0.5);
      both[1].to_byte[i] = dio_srgb8_from_linear ((double) i / N_LINEAR);
    }
    g_once_init_leave (&made, 1);
  }
  return &both[srgb ? 1 : 0];
}

gboolean
dio_gl_mipmap_needs_alpha (const DioImage *image)
{
  gsize n = (gsize) image->width * image->height;
  gboolean clear = FALSE, solid = FALSE;
  for (gsize i = 0; i < n && !(clear && solid); i++) {
    clear |= image->u8[i * 4 + 3] < 255;
    solid |= image->u8[i * 4 + 3] > 0;
  }
  return clear && solid;
}

static Level
read_image (const DioImage *image, const Transfer *transfer)
{
  gsize n = (gsize) image->width * image->height;
  Level level = { image->width, image->height, g_malloc (n * sizeof *level.texels) };
  for (gsize i = 0; i < n; i++) {
    const uint8_t *in = image->u8 + i * 4;
    float alpha = (float) in[3] / 255;
    for (int c = 0; c < 3; c++)
      level.texels[i][c] = transfer->from_byte[in[c]] * alpha;
    level.texels[i][3] = alpha;
  }
  return level;
}

/* Texels of a row or column of @n that texel @i of the @n / 2 above it covers: two, or three where @n is odd. */
typedef struct {
  guint first, count;
  float weights[3];
} Span;

static Span
get_span (guint i, guint n)
{
  guint above = MAX (n / 2, 1);
  double begin = (double) i * n / above, end = (double) (i + 1) * n / above;
  Span span = { .first = (guint) begin };
  for (guint k = span.first; k < n && k < end && span.count < 3; k++)
    span.weights[span.count++] = (float) ((MIN (end, k + 1.0) - MAX (begin, k)) / (end - begin));
  return span;
}

static Level
halve (const Level *below)
{
  guint width = MAX (below->width / 2, 1), height = MAX (below->height / 2, 1);
  Level level = { width, height, g_malloc0 ((gsize) width * height * sizeof *level.texels) };
  g_autofree Span *columns = g_new (Span, width);
  for (guint x = 0; x < width; x++)
    columns[x] = get_span (x, below->width);
  for (guint y = 0; y < height; y++) {
    Span rows = get_span (y, below->height);
    for (guint k = 0; k < rows.count; k++) {
      float (*in)[4] = below->texels + (gsize) (rows.first + k) * below->width;
      for (guint x = 0; x < width; x++)
        for (guint i = 0; i < columns[x].count; i++) {
          float weight = rows.weights[k] * columns[x].weights[i];
          for (int c = 0; c < 4; c++)
            level.texels[(gsize) y * width + x][c] += weight * in[columns[x].first + i][c];
        }
    }
  }
  return level;
}

/* Bytes of a level. @above (nullable) is the finished level above, whose colours fill what is transparent here. */
static DioImage *
write_level (const Level *level, const DioImage *above, const Transfer *transfer)
{
  DioImage *image = dio_image_new (level->width, level->height, 4, DIO_PIXEL_U8);
  for (guint y = 0; y < level->height; y++)
    for (guint x = 0; x < level->width; x++) {
      gsize at = (gsize) y * level->width + x;
      const float *texel = level->texels[at];
      uint8_t *out = image->u8 + at * 4;
      out[3] = (uint8_t) (texel[3] * 255 + 0.5f);
      if (texel[3] <= 0 && above != NULL) {
        gsize up =
            (gsize) MIN (y / 2, above->height - 1) * above->width + MIN (x / 2, above->width - 1);
        memcpy (out, above->u8 + up * 4, 3);
        continue;
      }
      for (int c = 0; c < 3; c++) {
        float color = texel[3] > 0 ? texel[c] / texel[3] : 0;
        out[c] = transfer->to_byte[(guint) (CLAMP (color, 0, 1) * N_LINEAR + 0.5f)];
      }
    }
  return image;
}

/* Level 0 with its own bytes wherever anything of it shows. */
static DioImage *
fill_first (const DioImage *image, const DioImage *above)
{
  DioImage *filled = dio_image_new (image->width, image->height, 4, DIO_PIXEL_U8);
  memcpy (filled->data, image->data, dio_image_get_bytes (image));
  for (guint y = 0; above != NULL && y < image->height; y++)
    for (guint x = 0; x < image->width; x++) {
      uint8_t *out = filled->u8 + ((gsize) y * image->width + x) * 4;
      gsize up =
          (gsize) MIN (y / 2, above->height - 1) * above->width + MIN (x / 2, above->width - 1);
      if (out[3] == 0)
        memcpy (out, above->u8 + up * 4, 3);
    }
  return filled;
}

GPtrArray *
dio_gl_mipmap_new (const DioImage *image, gboolean srgb)
{
  const Transfer *transfer = get_transfer (srgb);
  guint n = g_bit_nth_msf (MAX (image->width, image->height), -1) + 1;
  GPtrArray *images = g_ptr_array_new_with_free_func ((GDestroyNotify) dio_image_unref);
  g_autofree Level *levels = g_new0 (Level, n);
  g_ptr_array_set_size (images, (int) n);
  levels[0] = read_image (image, transfer);
  for (guint i = 1; i < n; i++)
    levels[i] = halve (&levels[i - 1]);
  for (guint i = n; i-- > 0;) {
    const DioImage *above = i + 1 < n ? images->pdata[i + 1] : NULL;
    images->pdata[i] =
        i > 0 ? write_level (&levels[i], above, transfer) : fill_first (image, above);
    g_free (levels[i].texels);
  }
  return images;
}
