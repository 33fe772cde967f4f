#define G_LOG_DOMAIN "dio-export"

#include "dio-export-crc32c-private.h"

#define POLYNOMIAL 0x82f63b78u /* reflected */

static const guint32 *
get_table (void)
{
  static guint32 table[256];
  static gsize made;

  if (g_once_init_enter (&made)) {
    for (guint32 i = 0; i < 256; i++) {
      guint32 value = i;
      for (guint bit = 0; bit < 8; bit++)
        value = value >> 1 ^ (value & 1 ? POLYNOMIAL : 0);
      table[i] = value;
    }
    g_once_init_leave (&made, 1);
  }
  return table;
}

guint32
dio_export_crc32c (const void *data, gsize size)
{
  const guint32 *table = get_table ();
  const guint8 *bytes = data;
  guint32 crc = ~0u;

  for (gsize i = 0; i < size; i++)
    crc = crc >> 8 ^ table[(crc ^ bytes[i]) & 255];
  return ~crc;
}

guint32
dio_export_crc32c_masked (const void *data, gsize size)
{
  guint32 crc = dio_export_crc32c (data, size);

  return (crc >> 15 | crc << 17) + 0xa282ead8u;
}
