#define G_LOG_DOMAIN "dio-parametric"

#include "dio-parametric-texture-private.h"
#include "dio-parametric.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_SIDE_PX 2048

static const char *const names[] = {
  "brushed-metal", "cardboard", "checker", "dark-wood", "dots", "fabric",
  "marble",        "plaster",   "stripes", "tiles",     "wood", NULL,
};
/* In the order of names; N_(). */
static const char *const labels[] = {
  N_ ("Brushed Metal"), N_ ("Cardboard"), N_ ("Checker"), N_ ("Dark Wood"),
  N_ ("Dots"),          N_ ("Fabric"),    N_ ("Marble"),  N_ ("Plaster"),
  N_ ("Stripes"),       N_ ("Tiles"),     N_ ("Wood"),
};

/* In the order of names. */
static const DioTextureFunc shaders[] = {
  dio_texture_shade_brushed_metal, dio_texture_shade_cardboard, dio_texture_shade_checker,
  dio_texture_shade_dark_wood,     dio_texture_shade_dots,      dio_texture_shade_fabric,
  dio_texture_shade_marble,        dio_texture_shade_plaster,   dio_texture_shade_stripes,
  dio_texture_shade_tiles,         dio_texture_shade_wood,
};
G_STATIC_ASSERT (G_N_ELEMENTS (shaders) + 1 == G_N_ELEMENTS (names));

const char *const *
dio_parametric_list_textures (void)
{
  return names;
}

const char *
dio_parametric_get_texture_label (const char *name)
{
  G_STATIC_ASSERT (G_N_ELEMENTS (labels) + 1 == G_N_ELEMENTS (names));
  for (guint i = 0; names[i] != NULL; i++)
    if (g_strcmp0 (names[i], name) == 0)
      return labels[i];
  return NULL;
}

static DioTextureFunc
find_shader (const char *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (strcmp (names[i], name) == 0)
      return shaders[i];
  return NULL;
}

const float *
dio_texture_fill_layer_at (
    DioTextureRow *row, guint index, const DioNoise *noise, guint n_octaves, double y)
{
  if (row->layers[index] == NULL)
    row->layers[index] = g_new (float, row->size_px);
  dio_noise_fill_row (noise, y, n_octaves, row->layers[index], row->size_px);
  return row->layers[index];
}

const float *
dio_texture_fill_layer (DioTextureRow *row, guint index, const DioNoise *noise, guint n_octaves)
{
  return dio_texture_fill_layer_at (row, index, noise, n_octaves, row->v * noise->period_y);
}

const float *
dio_texture_get_tile (DioTextureRow *row, guint index, const DioNoise *noise, guint n_octaves)
{
  if (row->tiles[index] == NULL)
    row->tiles[index] = dio_noise_dup_tile (noise, n_octaves, DIO_TEXTURE_TILE_PX);
  return row->tiles[index];
}

void
dio_texture_row_clear (DioTextureRow *row)
{
  g_free (row->u);
  for (guint i = 0; i < DIO_TEXTURE_MAX_LAYERS; i++)
    g_free (row->layers[i]);
  for (guint i = 0; i < DIO_TEXTURE_MAX_TILES; i++)
    g_free (row->tiles[i]);
}

static void
write_row (float (*rgb)[3], guint n, uint8_t *out)
{
  for (guint x = 0; x < n; x++, out += 4) {
    for (int c = 0; c < 3; c++)
      out[c] = (uint8_t) (CLAMP (rgb[x][c], 0, 1) * 255 + 0.5f);
    out[3] = 255;
  }
}

DioImage *
dio_parametric_render_texture (const char *name, guint size_px, guint64 seed)
{
  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (size_px >= 1 && size_px <= MAX_SIDE_PX, NULL);
  DioTextureFunc shade = find_shader (name);
  if (shade == NULL)
    return NULL;

  DioImage *image = dio_image_new (size_px, size_px, 4, DIO_PIXEL_U8);
  DioTextureRow row = { .size_px = size_px, .pixel = (float) (1.0 / size_px), .seed = seed };
  row.u = g_new (float, size_px);
  for (guint x = 0; x < size_px; x++)
    row.u[x] = (float) ((x + 0.5) / size_px);
  g_autofree float (*rgb)[3] = g_malloc_n (size_px, sizeof *rgb);
  for (guint y = 0; y < size_px; y++) {
    row.v = (y + 0.5) / size_px;
    shade (&row, rgb);
    write_row (rgb, size_px, image->u8 + y * image->stride_bytes);
  }
  dio_texture_row_clear (&row);
  return image;
}
