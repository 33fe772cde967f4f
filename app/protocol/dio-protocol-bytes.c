#define G_LOG_DOMAIN "dio-protocol"

#include "dio-protocol-bytes-private.h"

#include <string.h>

#define NULL_TEXT G_MAXUINT32

static void
put (DioByteWriter *w, const void *data, gsize size)
{
  g_byte_array_append (w->bytes, data, (guint) size);
}

void
dio_put_u32 (DioByteWriter *w, guint32 value)
{
  value = GUINT32_TO_LE (value);
  put (w, &value, sizeof value);
}

void
dio_put_u64 (DioByteWriter *w, guint64 value)
{
  value = GUINT64_TO_LE (value);
  put (w, &value, sizeof value);
}

void
dio_put_double (DioByteWriter *w, double value)
{
  guint64 bits;

  memcpy (&bits, &value, sizeof bits);
  dio_put_u64 (w, bits);
}

void
dio_put_doubles (DioByteWriter *w, const double *values, guint n)
{
  for (guint i = 0; i < n; i++)
    dio_put_double (w, values[i]);
}

void
dio_put_vec3 (DioByteWriter *w, DioVec3 value)
{
  dio_put_double (w, value.x);
  dio_put_double (w, value.y);
  dio_put_double (w, value.z);
}

void
dio_put_text (DioByteWriter *w, const char *text)
{
  /* Messages may quote names of files, which need not be UTF-8; the reader insists on it. */
  g_autofree char *valid = text ? g_utf8_make_valid (text, -1) : NULL;
  gsize length = valid ? strlen (valid) : 0;

  dio_put_u32 (w, valid ? (guint32) length : NULL_TEXT);
  put (w, valid ? valid : "", length);
}

/* NULL where fewer than @size bytes are left. */
static const guint8 *
take (DioByteReader *r, gsize size)
{
  const guint8 *data = r->data;

  if (r->bad || size > r->left) {
    r->bad = TRUE;
    return NULL;
  }
  r->data += size;
  r->left -= size;
  return data;
}

guint32
dio_get_u32 (DioByteReader *r)
{
  const guint8 *data = take (r, sizeof (guint32));
  guint32 value = 0;

  if (data)
    memcpy (&value, data, sizeof value);
  return GUINT32_FROM_LE (value);
}

guint32
dio_get_u32_max (DioByteReader *r, guint32 max)
{
  guint32 value = dio_get_u32 (r);

  if (value <= max)
    return value;
  r->bad = TRUE;
  return 0;
}

gboolean
dio_get_boolean (DioByteReader *r)
{
  return dio_get_u32_max (r, 1) != 0;
}

guint64
dio_get_u64 (DioByteReader *r)
{
  const guint8 *data = take (r, sizeof (guint64));
  guint64 value = 0;

  if (data)
    memcpy (&value, data, sizeof value);
  return GUINT64_FROM_LE (value);
}

double
dio_get_double (DioByteReader *r)
{
  guint64 bits = dio_get_u64 (r);
  double value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

void
dio_get_doubles (DioByteReader *r, double *values, guint n)
{
  for (guint i = 0; i < n; i++)
    values[i] = dio_get_double (r);
}

DioVec3
dio_get_vec3 (DioByteReader *r)
{
  double x = dio_get_double (r), y = dio_get_double (r), z = dio_get_double (r);

  return (DioVec3){ x, y, z };
}

char *
dio_get_text (DioByteReader *r)
{
  guint32 length = dio_get_u32 (r);

  if (r->bad || length == NULL_TEXT)
    return NULL;
  const guint8 *data = take (r, length);
  if (!data || !g_utf8_validate_len ((const char *) data, length, NULL)) {
    r->bad = TRUE;
    return NULL;
  }
  return g_strndup ((const char *) data, length);
}

char *
dio_get_needed_text (DioByteReader *r)
{
  char *text = dio_get_text (r);

  if (text)
    return text;
  r->bad = TRUE;
  return g_strdup ("");
}

guint
dio_get_count (DioByteReader *r, gsize element_size)
{
  guint32 count = dio_get_u32 (r);

  if (count <= r->left / element_size)
    return count;
  r->bad = TRUE;
  return 0;
}
