#define G_LOG_DOMAIN "dio-assets"

#include "dio-assets-texture-private.h"

#include "dio-image-codec.h"

#include <math.h>
#include <string.h>

struct DioTextureCache {
  DioGate *gate;
  DioDiagnostics *findings;
  GHashTable *images;   /* key -> DioImage or NULL where it failed */
  GHashTable *textures; /* "pointer/srgb" -> DioTexture */
  guint64 bytes;
};

static void
unref_image_cb (gpointer data)
{
  if (data != NULL)
    dio_image_unref (data);
}

DioTextureCache *
dio_texture_cache_new (DioGate *gate, DioDiagnostics *findings)
{
  DioTextureCache *cache = g_new0 (DioTextureCache, 1);
  cache->gate = gate;
  cache->findings = findings;
  cache->images = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_image_cb);
  cache->textures =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) dio_texture_unref);
  return cache;
}

void
dio_texture_cache_free (DioTextureCache *cache)
{
  if (cache == NULL)
    return;
  g_hash_table_unref (cache->images);
  g_hash_table_unref (cache->textures);
  g_free (cache);
}

static guint8
byte_from (const DioImage *image, gsize index)
{
  switch (image->type) {
  case DIO_PIXEL_U8:
    return image->u8[index];
  case DIO_PIXEL_U16:
    return (guint8) ((image->u16[index] + 128u) / 257u);
  case DIO_PIXEL_F32:
    break;
  }
  float value = image->f32[index];
  return (guint8) (value > 0 ? MIN (value, 1.0f) * 255.0f + 0.5f : 0.0f);
}

DioImage *
dio_image_to_rgba8 (const DioImage *image)
{
  DioImage *out = dio_image_new (image->width, image->height, 4, DIO_PIXEL_U8);
  gsize n = (gsize) image->width * image->height;
  guint channels = image->channels;
  for (gsize i = 0; i < n; i++) {
    gsize from = i * channels;
    guint8 *to = out->u8 + i * 4;
    to[0] = byte_from (image, from);
    to[1] = channels >= 3 ? byte_from (image, from + 1) : to[0];
    to[2] = channels >= 3 ? byte_from (image, from + 2) : to[0];
    to[3] = channels == 2 || channels == 4 ? byte_from (image, from + channels - 1) : 255;
  }
  return out;
}

DioImage *
dio_image_halve (const DioImage *image)
{
  g_assert (image->channels == 4 && image->type == DIO_PIXEL_U8);
  DioImage *out = dio_image_new ((image->width + 1) / 2, (image->height + 1) / 2, 4, DIO_PIXEL_U8);
  for (guint y = 0; y < out->height; y++) {
    guint y1 = MIN (2 * y + 1, image->height - 1);
    for (guint x = 0; x < out->width; x++) {
      guint x1 = MIN (2 * x + 1, image->width - 1);
      const guint8 *a = image->u8 + ((gsize) (2 * y) * image->width + 2 * x) * 4;
      const guint8 *b = image->u8 + ((gsize) (2 * y) * image->width + x1) * 4;
      const guint8 *c = image->u8 + ((gsize) y1 * image->width + 2 * x) * 4;
      const guint8 *d = image->u8 + ((gsize) y1 * image->width + x1) * 4;
      guint8 *to = out->u8 + ((gsize) y * out->width + x) * 4;
      for (guint k = 0; k < 4; k++)
        to[k] = (guint8) ((a[k] + b[k] + c[k] + d[k] + 2) / 4);
    }
  }
  return out;
}

DioAlphaUse
dio_image_judge_alpha (const DioImage *image)
{
  gsize n = (gsize) image->width * image->height, n_soft = 0, n_clear = 0;
  for (gsize i = 0; i < n; i++) {
    guint8 alpha = image->u8[i * 4 + 3];
    n_clear += alpha < 16;
    n_soft += alpha >= 16 && alpha <= 239;
  }
  if (n_clear == 0 && n_soft == 0)
    return DIO_ALPHA_USE_NONE;
  /* Cut-out leaves have soft rims: up to a fifth of what is not fully clear or opaque. */
  return n_soft * 5 <= n ? DIO_ALPHA_USE_BINARY : DIO_ALPHA_USE_SOFT;
}

/* Keeps one picture and the sum of all within their bounds. */
static DioImage *
shrink_to_fit (DioTextureCache *cache, DioImage *image, const char *what)
{
  guint width = image->width, height = image->height;
  while (image->width > 256 || image->height > 256) {
    gboolean fits = image->width <= DIO_TEXTURE_MAX_SIDE && image->height <= DIO_TEXTURE_MAX_SIDE
                    && cache->bytes + dio_image_get_bytes (image) <= DIO_TEXTURE_MAX_BYTES;
    if (fits)
      break;
    DioImage *half = dio_image_halve (image);
    dio_image_unref (image);
    image = half;
  }
  if (image->width != width)
    dio_diagnostics_add (
        cache->findings, DIO_SEVERITY_WARNING, "texture-shrunk", what,
        "the picture of %u x %u is more than the bounds allow (%u a side, %u MiB "
        "a model) and was shrunk to %u x %u; shrink it yourself for better results",
        width, height, DIO_TEXTURE_MAX_SIDE, (guint) (DIO_TEXTURE_MAX_BYTES >> 20), image->width,
        image->height);
  cache->bytes += dio_image_get_bytes (image);
  return image;
}

static DioImage *
decode (DioTextureCache *cache, const char *what, GBytes *bytes)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  g_autoptr (GError) error = NULL;
  DioImageLimits limits = { .max_side_px = 16384, .max_pixels = 128 * 1024 * 1024 };
  g_autoptr (DioImage) image = dio_image_decode (data, size, &limits, &error);
  if (image == NULL) {
    dio_diagnostics_add (cache->findings, DIO_SEVERITY_WARNING, "broken-texture", what,
                         "the picture cannot be read (%s); grey stands in its place; save it again "
                         "as PNG or JPEG",
                         error->message);
    return NULL;
  }
  DioImage *rgba = image->channels == 4 && image->type == DIO_PIXEL_U8 ? dio_image_ref (image)
                                                                       : dio_image_to_rgba8 (image);
  g_clear_pointer (&image, dio_image_unref);
  return shrink_to_fit (cache, rgba, what);
}

DioImage *
dio_texture_cache_decode (DioTextureCache *cache, const char *key, GBytes *bytes)
{
  gpointer found;
  if (!g_hash_table_lookup_extended (cache->images, key, NULL, &found)) {
    found = decode (cache, key, bytes);
    g_hash_table_insert (cache->images, g_strdup (key), found);
  }
  return found != NULL ? dio_image_ref (found) : NULL;
}

static void
add_missing (DioTextureCache *cache, const char *reference, DioLocate how)
{
  g_autofree char *shown = g_utf8_make_valid (reference, MIN (strlen (reference), 200));
  if (how == DIO_LOCATE_OUTSIDE)
    dio_diagnostics_add (cache->findings, DIO_SEVERITY_WARNING, "texture-outside", shown,
                         "the texture lies outside the folder of the model, which is never read; "
                         "grey stands in its place; copy the picture beside the model");
  else
    dio_diagnostics_add (cache->findings, DIO_SEVERITY_WARNING, "missing-texture", shown,
                         "the texture is not there; grey stands in its place; copy the picture "
                         "beside the model");
}

DioImage *
dio_texture_cache_load (DioTextureCache *cache, const char *reference)
{
  g_autofree char *asked = g_strconcat ("reference:", reference, NULL);
  gpointer found;
  if (g_hash_table_lookup_extended (cache->images, asked, NULL, &found))
    return found != NULL ? dio_image_ref (found) : NULL;

  DioLocate how;
  DioImage *image = NULL;
  g_autofree char *name = dio_gate_locate (cache->gate, reference, &how);
  if (name == NULL) {
    add_missing (cache, reference, how);
  } else {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = dio_gate_read (cache->gate, name, &error);
    if (bytes == NULL)
      dio_diagnostics_add (cache->findings, DIO_SEVERITY_WARNING, "broken-texture", name,
                           "the texture cannot be read: %s", error->message);
    else
      image = dio_texture_cache_decode (cache, name, bytes);
    dio_gate_forget (cache->gate, name);
    if (how == DIO_LOCATE_BY_NAME)
      dio_diagnostics_add (cache->findings, DIO_SEVERITY_NOTE, "texture-found-by-name", name,
                           "the model asks for a texture at another place; the file of that name "
                           "beside the model was taken");
  }
  g_hash_table_insert (cache->images, g_steal_pointer (&asked),
                       image != NULL ? dio_image_ref (image) : NULL);
  return image;
}

DioTexture *
dio_texture_cache_wrap (DioTextureCache *cache, DioImage *image, gboolean srgb)
{
  g_autofree char *key = g_strdup_printf ("%p/%d", (gpointer) image, srgb);
  DioTexture *texture = g_hash_table_lookup (cache->textures, key);
  if (texture == NULL) {
    texture = dio_texture_new_take (dio_image_ref (image), srgb);
    g_hash_table_insert (cache->textures, g_steal_pointer (&key), texture);
  }
  return dio_texture_ref (texture);
}
