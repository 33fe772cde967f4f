#pragma once
/* Pictures and damage that the codec tests share. */

#include "dio-core-error.h"
#include "dio-image-codec.h"

#include <glib.h>
#include <string.h>

/** A picture of patterns that compress in part, with every byte value in it; the same every time. */
static inline DioImage *
fixture_new (guint width, guint height, guint channels, DioPixelType type)
{
  DioImage *image = dio_image_new (width, height, channels, type);
  gsize n = (gsize) width * height * channels;
  guint32 state = 12345;
  for (gsize i = 0; i < n; i++) {
    state = state * 1664525u + 1013904223u;
    guint value = i % 3 == 0 ? state >> 16 : (guint) (i * 37 & 0xffff);
    if (type == DIO_PIXEL_U8)
      image->u8[i] = (uint8_t) value;
    else if (type == DIO_PIXEL_U16)
      image->u16[i] = (uint16_t) value;
    else
      image->f32[i] = ((float) value - 20000.0f) / 7.0f;
  }
  return image;
}

static inline void
fixture_assert_equal (const DioImage *a, const DioImage *b)
{
  g_assert_nonnull (a);
  g_assert_nonnull (b);
  g_assert_cmpuint (a->width, ==, b->width);
  g_assert_cmpuint (a->height, ==, b->height);
  g_assert_cmpuint (a->channels, ==, b->channels);
  g_assert_cmpint (a->type, ==, b->type);
  g_assert_cmpmem (a->data, dio_image_get_bytes (a), b->data, dio_image_get_bytes (b));
}

static inline DioImage *
fixture_decode (GBytes *bytes)
{
  GError *error = NULL;
  gsize size = 0;
  const void *data = g_bytes_get_data (bytes, &size);
  DioImage *image = dio_image_decode (data, size, NULL, &error);
  g_assert_no_error (error);
  return image;
}

/** Decoding must give an error of @code and no image. */
static inline void
fixture_assert_fails (const void *data, gsize size, DioError code)
{
  g_autoptr (GError) error = NULL;
  /* A copy of the exact size, so that the address sanitizer sees a read past the end. */
  g_autofree void *copy = g_memdup2 (data, size);
  g_autoptr (DioImage) image = dio_image_decode (copy, size, NULL, &error);
  g_assert_null (image);
  g_assert_error (error, DIO_ERROR, (int) code);
}

/** Every prefix in steps of @step bytes must fail; and damage of single bytes must not crash. */
static inline void
fixture_damage (GBytes *bytes, gsize step)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  for (gsize n = 0; n < size; n += step) {
    g_autoptr (GError) error = NULL;
    g_autofree void *copy = g_memdup2 (data, n);
    g_autoptr (DioImage) image = dio_image_decode (copy, n, NULL, &error);
    g_assert_null (image);
    g_assert_nonnull (error);
    g_assert_true (error->domain == DIO_ERROR);
  }
  for (gsize i = 0; i < size; i += step) {
    g_autoptr (GError) error = NULL;
    g_autofree guint8 *copy = g_memdup2 (data, size);
    copy[i] ^= (guint8) (1u << (i / step % 8));
    g_autoptr (DioImage) image = dio_image_decode (copy, size, NULL, &error);
    g_assert_true ((image != NULL) != (error != NULL));
  }
}
