#define G_LOG_DOMAIN "dio-assets"

#include "dio-assets-import-private.h"

#include "dio-core-error.h"
#include "dio-image-codec.h"
#include "dio-image-color.h"

#include <math.h>

/* Brighter texels are cut: half floats end there, and sums stay finite. */
#define MAX_RADIANCE 65504.0f

static gboolean
is_sane (float value)
{
  return value >= 0 && value <= MAX_RADIANCE;
}

/* RGB f32: pictures of 8 and 16 bits go from sRGB to linear light, floats are taken as they are. */
static DioImage *
to_radiance (DioImport *import, const DioImage *image)
{
  DioImage *out = dio_image_new (image->width, image->height, 3, DIO_PIXEL_F32);
  gsize n = (gsize) image->width * image->height, n_odd = 0;
  guint channels = image->channels;
  for (gsize i = 0; i < n; i++) {
    for (guint c = 0; c < 3; c++) {
      gsize from = i * channels + (channels >= 3 ? c : 0);
      float value = 0;
      if (image->type == DIO_PIXEL_F32)
        value = image->f32[from];
      else
        value = (float) dio_linear_from_srgb (
            image->type == DIO_PIXEL_U8 ? image->u8[from] / 255.0 : image->u16[from] / 65535.0);
      if (!is_sane (value)) {
        n_odd++;
        value = value > MAX_RADIANCE ? MAX_RADIANCE : 0;
      }
      out->f32[i * 3 + c] = value;
    }
  }
  if (n_odd > 0)
    dio_diagnostics_add (import->findings, DIO_SEVERITY_NOTE, "radiance-clipped", import->name,
                         "%" G_GSIZE_FORMAT " values are negative, no numbers or above %.0f and "
                         "were clipped",
                         n_odd, (double) MAX_RADIANCE);
  return out;
}

static void
examine_environment (DioImport *import, const DioImage *image)
{
  if (image->width != image->height * 2)
    dio_diagnostics_add (import->findings, DIO_SEVERITY_WARNING, "not-equirectangular",
                         import->name,
                         "the picture is %u x %u, an equirectangular one is twice as wide as high; "
                         "the surroundings will look stretched",
                         image->width, image->height);
  if (image->type != DIO_PIXEL_F32)
    dio_diagnostics_add (import->findings, DIO_SEVERITY_WARNING, "low-dynamic-range", import->name,
                         "the picture has no more than 16 bits a channel, so its sun and lamps are "
                         "too dark to light a scene; use .hdr or .exr");
}

static DioImage *
shrink_texture (DioImport *import, DioImage *image)
{
  guint width = image->width, height = image->height;
  while (image->width > DIO_TEXTURE_MAX_SIDE || image->height > DIO_TEXTURE_MAX_SIDE) {
    DioImage *half = dio_image_halve (image);
    dio_image_unref (image);
    image = half;
  }
  if (image->width != width)
    dio_diagnostics_add (import->findings, DIO_SEVERITY_WARNING, "texture-shrunk", import->name,
                         "the picture of %u x %u was shrunk to %u x %u; at most %u a side are read",
                         width, height, image->width, image->height, DIO_TEXTURE_MAX_SIDE);
  return image;
}

DioImage *
dio_import_image (DioImport *import, GError **error)
{
  g_autoptr (GBytes) bytes = dio_gate_read (import->gate, import->name, error);
  if (bytes == NULL)
    return NULL;
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  DioImageLimits limits = { .max_side_px = 16384, .max_pixels = 64 * 1024 * 1024 };
  g_autoptr (DioImage) image = dio_image_decode (data, size, &limits, error);
  if (image == NULL) {
    g_prefix_error (error, "%s: ", import->name);
    return NULL;
  }
  if (import->asset->kind == DIO_ASSET_ENVIRONMENT) {
    examine_environment (import, image);
    return to_radiance (import, image);
  }
  return shrink_texture (import, dio_image_to_rgba8 (image));
}
