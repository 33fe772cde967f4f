#pragma once
/* Thread: any. What the codecs of this folder share. Every decoder gets limits without zero fields. */

#include "dio-image-codec.h"

G_BEGIN_DECLS

/** Checks a size that a file claims before memory is taken: 0 is CORRUPT, too large is LIMIT. */
gboolean dio_image_check_size (const char *format,
                               guint64 width,
                               guint64 height,
                               const DioImageLimits *limits,
                               GError **error);

DioImage *dio_png_decode (const guint8 *data,
                          gsize size,
                          const DioImageLimits *limits,
                          GError **error);
GBytes *dio_png_encode (const DioImage *image, const DioEncodeOptions *options, GError **error);

DioImage *dio_jpeg_decode (const guint8 *data,
                           gsize size,
                           const DioImageLimits *limits,
                           GError **error);
GBytes *dio_jpeg_encode (const DioImage *image, const DioEncodeOptions *options, GError **error);

DioImage *dio_webp_decode (const guint8 *data,
                           gsize size,
                           const DioImageLimits *limits,
                           GError **error);
GBytes *dio_webp_encode (const DioImage *image, const DioEncodeOptions *options, GError **error);

DioImage *dio_hdr_decode (const guint8 *data,
                          gsize size,
                          const DioImageLimits *limits,
                          GError **error);
DioImage *dio_exr_decode (const guint8 *data,
                          gsize size,
                          const DioImageLimits *limits,
                          GError **error);

G_END_DECLS
