#pragma once
/* Thread: any. Reading and writing of picture files. Readers treat bytes as hostile: dimensions are
 * bounded before memory is taken, damaged data gives one error and no image. */

#include "dio-image.h"

G_BEGIN_DECLS

#define DIO_IMAGE_DEFAULT_MAX_SIDE_PX 16384u
#define DIO_IMAGE_DEFAULT_MAX_PIXELS (G_GUINT64_CONSTANT (64) << 20)

/** Limits for decoders; zero fields mean the defaults above. */
typedef struct {
  guint max_side_px;
  guint64 max_pixels;
} DioImageLimits;

typedef enum {
  DIO_IMAGE_FORMAT_UNKNOWN,
  DIO_IMAGE_FORMAT_PNG,
  DIO_IMAGE_FORMAT_JPEG,
  DIO_IMAGE_FORMAT_WEBP,
  DIO_IMAGE_FORMAT_EXR,
  DIO_IMAGE_FORMAT_HDR,
} DioImageFormat;

/** By the first bytes, never by the name. */
DioImageFormat dio_image_sniff (const void *data, gsize size);

/** Decodes any format to what it holds: PNG 8/16 bit with 1-4 channels (palette expanded, tRNS to alpha),
 * JPEG 1 or 3 channels u8, WebP 3 or 4 channels u8, EXR and HDR 3 channels f32 linear.
 * @limits (nullable). Errors: DIO_ERROR_CORRUPT, _UNSUPPORTED, _LIMIT. */
DioImage *dio_image_decode (const void *data,
                            gsize size,
                            const DioImageLimits *limits,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** The same from a regular file of at most 1 GiB (else UNSUPPORTED, LIMIT); NOT_FOUND where there is none. */
DioImage *dio_image_load (const char *path,
                          const DioImageLimits *limits,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct {
  /** PNG: write the sRGB chunk (colour pictures). Label files set none: no gAMA, no sRGB */
  gboolean srgb;
  int compression; /**< PNG zlib level 0..9; 0 in this struct means the fast default (1 with filters chosen for speed) */
  guint quality;   /**< JPEG/WebP 1..100; 0 = 95; WebP 100 = lossless */
  gboolean subsample;      /**< JPEG: 4:2:0 instead of 4:4:4 */
  const char *const *text; /**< (nullable) PNG tEXt: key, value, ..., NULL */
} DioEncodeOptions;

/** Encodes to memory. PNG takes u8 and u16 with 1-4 channels; JPEG u8 with 1 or 3; WebP u8 with 3 or 4.
 * @options (nullable). */
GBytes *dio_image_encode (const DioImage *image,
                          DioImageFormat format,
                          const DioEncodeOptions *options,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** NumPy .npy version 1.0, C order, little endian, shape (height, width) or (height, width, channels). */
GBytes *dio_image_encode_npy (const DioImage *image) G_GNUC_WARN_UNUSED_RESULT;
/** Reads back what dio_image_encode_npy wrote (u8, u16, f32). */
DioImage *dio_image_decode_npy (const void *data,
                                gsize size,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
