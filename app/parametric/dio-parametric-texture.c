#define G_LOG_DOMAIN "dio-parametric"

#include "dio-parametric-texture-private.h"
#include "dio-parametric.h"

#include <string.h>

#define MAX_SIDE_PX 2048

static const char *const names[] = {
  "brushed-metal", "cardboard", "checker", "dark-wood", "dots", "fabric",
  "marble",        "plaster",   "stripes", "tiles",     "wood", NULL,
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

static DioTextureFunc
find_shader (const char *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (strcmp (names[i], name) == 0)
      return shaders[i];
  return NULL;
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
  DioTexturePlace place = { .pixel = 1.0 / size_px, .seed = seed };
  uint8_t *out = image->u8;
  for (guint y = 0; y < size_px; y++) {
    place.v = (y + 0.5) / size_px;
    for (guint x = 0; x < size_px; x++, out += 4) {
      double rgb[3];
      place.u = (x + 0.5) / size_px;
      shade (&place, rgb);
      for (int c = 0; c < 3; c++)
        out[c] = (uint8_t) (CLAMP (rgb[c], 0, 1) * 255 + 0.5);
      out[3] = 255;
    }
  }
  return image;
}
