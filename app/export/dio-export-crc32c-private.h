#pragma once
/* Thread: any. The checksum of TFRecord. */

#include <glib.h>

G_BEGIN_DECLS

/** CRC-32C (Castagnoli) of @data; 0xe3069283 for "123456789". */
guint32 dio_export_crc32c (const void *data, gsize size);
/** The same, turned and moved, so that checksums of checksums are none. */
guint32 dio_export_crc32c_masked (const void *data, gsize size);

G_END_DECLS
