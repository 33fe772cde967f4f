/* All picture decoders by their first bytes, with small limits, and the NPY reader. */

#include "dio-image-codec.h"
#include "fuzz-target.h"

#include <string.h>

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const DioImageLimits limits = { .max_side_px = 256, .max_pixels = 65536 };
  g_autoptr (GError) error = NULL;
  g_autoptr (DioImage) image = dio_image_decode (data, size, &limits, &error);
  g_assert_true ((image == NULL) == (error != NULL));
  g_autoptr (DioImage) npy = dio_image_decode_npy (data, size, NULL);
  return 0;
}

static GBytes *
make_hdr (void)
{
  GByteArray *bytes = g_byte_array_new ();
  static const char header[] = "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 2 +X 8\n";
  g_byte_array_append (bytes, (const guint8 *) header, sizeof header - 1);
  for (guint row = 0; row < 2; row++) {
    const guint8 start[] = { 2, 2, 0, 8 };
    g_byte_array_append (bytes, start, sizeof start);
    for (guint channel = 0; channel < 4; channel++) {
      const guint8 run[] = { 128 + 8, (guint8) (100 + channel) };
      g_byte_array_append (bytes, run, sizeof run);
    }
  }
  return g_byte_array_free_to_bytes (bytes);
}

GBytes *
dio_fuzz_make_seed (guint index)
{
  if (index == 4)
    return make_hdr ();
  if (index > 4)
    return NULL;
  g_autoptr (DioImage) image = dio_image_new (16, 12, 3, index == 3 ? DIO_PIXEL_F32 : DIO_PIXEL_U8);
  if (index == 3)
    return dio_image_encode_npy (image);
  for (guint i = 0; i < 16 * 12 * 3; i++)
    image->u8[i] = (guint8) (i * 7);
  static const DioImageFormat formats[] = { DIO_IMAGE_FORMAT_PNG, DIO_IMAGE_FORMAT_JPEG,
                                            DIO_IMAGE_FORMAT_WEBP };
  return dio_image_encode (image, formats[index], NULL, NULL);
}
