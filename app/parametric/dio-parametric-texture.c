#define G_LOG_DOMAIN "dio-parametric"

#include "dio-parametric-texture-private.h"

#include "dio-parametric-nature-surface-private.h"
#include "dio-parametric-surface-indoor-private.h"
#include "dio-parametric-surface-street-private.h"
#include "dio-parametric-wood-surface-private.h"
#include "dio-parametric.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_SIDE_PX 2048

static const char *const names[] = {
  "asphalt",       "bark",     "birch-bark",  "brick",      "brushed-metal", "cardboard",
  "checker",       "concrete", "dark-wood",   "dots",       "fabric",        "galvanized-steel",
  "grass",         "leaves",   "marble",      "oak-planks", "octagons",      "painted-metal",
  "painted-wood",  "paving",   "pine-planks", "plaster",    "plastic",       "roof-tiles",
  "rough-plaster", "steel",    "stripes",     "tiles",      "walnut-planks", "weathered-wood",
  "wood",          NULL,
};

/* One pattern of colours, or the colours of a surface. */
typedef struct {
  const char *label; /* N_() */
  DioTextureFunc shade;
  const DioSurface *surface;
} Pattern;

/* In the order of names. */
static const Pattern patterns[] = {
  { N_ ("Asphalt"), NULL, &dio_street_surfaces[DIO_STREET_ASPHALT] },
  { N_ ("Bark"), NULL, &dio_surface_bark },
  { N_ ("Birch Bark"), NULL, &dio_surface_birch_bark },
  { N_ ("Brick"), NULL, &dio_street_surfaces[DIO_STREET_BRICK] },
  { N_ ("Brushed Metal"), NULL, &dio_surface_brushed_metal },
  { N_ ("Cardboard"), NULL, &dio_surface_cardboard },
  { N_ ("Checker"), dio_texture_shade_checker, NULL },
  { N_ ("Concrete"), NULL, &dio_street_surfaces[DIO_STREET_CONCRETE] },
  { N_ ("Dark Wood"), NULL, &dio_surface_dark_wood },
  { N_ ("Dots"), dio_texture_shade_dots, NULL },
  { N_ ("Fabric"), NULL, &dio_surface_fabric },
  { N_ ("Galvanized Steel"), NULL, &dio_street_surfaces[DIO_STREET_GALVANIZED] },
  { N_ ("Grass"), NULL, &dio_surface_grass },
  { N_ ("Leaves"), NULL, &dio_surface_leaves },
  { N_ ("Marble"), dio_texture_shade_marble, NULL },
  { N_ ("Oak Planks"), NULL, &dio_surface_oak_planks },
  { N_ ("Octagons"), dio_texture_shade_octagons, NULL },
  { N_ ("Painted Metal"), NULL, &dio_street_surfaces[DIO_STREET_PAINTED_METAL] },
  { N_ ("Painted Wood"), NULL, &dio_surface_painted_wood },
  { N_ ("Paving"), NULL, &dio_street_surfaces[DIO_STREET_PAVING] },
  { N_ ("Pine Planks"), NULL, &dio_surface_pine_planks },
  { N_ ("Plaster"), dio_texture_shade_plaster, NULL },
  { N_ ("Plastic"), NULL, &dio_street_surfaces[DIO_STREET_PLASTIC] },
  { N_ ("Roof Tiles"), NULL, &dio_street_surfaces[DIO_STREET_ROOF_TILES] },
  { N_ ("Rough Plaster"), NULL, &dio_street_surfaces[DIO_STREET_PLASTER] },
  { N_ ("Steel"), NULL, &dio_street_surfaces[DIO_STREET_BRUSHED_METAL] },
  { N_ ("Stripes"), dio_texture_shade_stripes, NULL },
  { N_ ("Tiles"), NULL, &dio_surface_floor_tiles },
  { N_ ("Walnut Planks"), NULL, &dio_surface_walnut_planks },
  { N_ ("Weathered Wood"), NULL, &dio_surface_weathered_wood },
  { N_ ("Wood"), NULL, &dio_surface_wood },
};
G_STATIC_ASSERT (G_N_ELEMENTS (patterns) + 1 == G_N_ELEMENTS (names));

const char *const *
dio_parametric_list_textures (void)
{
  return names;
}

static const Pattern *
find_pattern (const char *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (g_strcmp0 (names[i], name) == 0)
      return &patterns[i];
  return NULL;
}

const char *
dio_parametric_get_texture_label (const char *name)
{
  const Pattern *pattern = find_pattern (name);
  return pattern != NULL ? pattern->label : NULL;
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

static DioImage *
render_pattern (DioTextureFunc shade, guint size_px, guint64 seed)
{
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

/* Pictures of a surface beside its colours, by the end of the name. */
static const struct {
  const char *suffix;
  gsize offset; /* of the image in DioSurfaceImages */
} maps[] = {
  { "-normal", G_STRUCT_OFFSET (DioSurfaceImages, normal) },
  { "-roughness", G_STRUCT_OFFSET (DioSurfaceImages, metallic_roughness) },
};

/* The pattern of @name, which may be followed by a suffix of `maps` where the pattern is a surface. @offset: which of
 * its pictures is meant. */
static const Pattern *
find_map (const char *name, gsize *offset)
{
  const Pattern *pattern = find_pattern (name);
  *offset = G_STRUCT_OFFSET (DioSurfaceImages, color);
  for (guint i = 0; i < G_N_ELEMENTS (maps) && pattern == NULL; i++) {
    if (!g_str_has_suffix (name, maps[i].suffix))
      continue;
    g_autofree char *base = g_strndup (name, strlen (name) - strlen (maps[i].suffix));
    const Pattern *owner = find_pattern (base);
    *offset = maps[i].offset;
    pattern = owner != NULL && owner->surface != NULL ? owner : NULL;
  }
  return pattern;
}

gboolean
dio_parametric_has_texture (const char *name)
{
  g_return_val_if_fail (name != NULL, FALSE);
  gsize offset;
  return find_map (name, &offset) != NULL;
}

static DioImage *
render_surface (const DioSurface *surface, gsize offset, guint size_px, guint64 seed)
{
  DioSurface sized = *surface;
  sized.width_px = sized.height_px = size_px;
  sized.seed += seed;
  g_auto (DioSurfaceImages) images = { 0 };
  dio_surface_render (&sized, &images);
  return dio_image_ref (G_STRUCT_MEMBER (DioImage *, &images, offset));
}

DioImage *
dio_parametric_render_texture (const char *name, guint size_px, guint64 seed)
{
  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (size_px >= 1 && size_px <= MAX_SIDE_PX, NULL);
  gsize offset;
  const Pattern *pattern = find_map (name, &offset);
  if (pattern == NULL)
    return NULL;
  return pattern->surface != NULL ? render_surface (pattern->surface, offset, size_px, seed)
                                  : render_pattern (pattern->shade, size_px, seed);
}
