#pragma once
/* Thread: any. The imported form on disk, DIOBLOB version 1, little endian:
 *
 *   header, 64 bytes: magic "DIOBLOB\n", version u32, kind u32, file size u64, offset of the section table u64,
 *     number of sections u32, 0 u32, checksum of bytes 64 .. end u64, 0 u64, checksum of header bytes 0 .. 55 u64
 *   sections, each starting at a multiple of 16: META (JSON), then TEXS MTLS MESH PART GRPS of a model, with
 *     GLAS where some material transmits light, or IMAG of a picture
 *   section table: per section tag (4 bytes), 0 u32, offset u64, size u64
 *
 * The checksum finds damage, not malice: its writer parsed hostile input, so the reader believes no count,
 * offset, index, name or number before it has checked it, and never allocates more than the section holds. */

#include "dio-base-diagnostic.h"
#include "dio-frame-model.h"

#include <glib.h>

G_BEGIN_DECLS

#define DIO_BLOB_MAGIC "DIOBLOB\n"
#define DIO_BLOB_VERSION 1u
#define DIO_BLOB_HEADER 64u
#define DIO_BLOB_MAX_SECTIONS 16u
#define DIO_BLOB_MAX_META (8u * 1024 * 1024)

typedef enum {
  DIO_BLOB_MODEL = 1,
  DIO_BLOB_IMAGE = 2,
} DioBlobKind;

/** Bits of a mesh record. */
enum { DIO_BLOB_TANGENTS = 1, DIO_BLOB_UV0 = 2, DIO_BLOB_UV1 = 4, DIO_BLOB_COLORS = 8 };

/** A running 64-bit sum over 8-byte words in four lanes; every change of a single word changes it. */
typedef struct {
  guint64 lanes[4];
  guint64 n_bytes;
  guint8 rest[32];
  guint n_rest;
} DioBlobSum;

void dio_blob_sum_init (DioBlobSum *sum);
void dio_blob_sum_update (DioBlobSum *sum, const void *data, gsize size);
guint64 dio_blob_sum_finish (DioBlobSum *sum);

/** Writes to @fd from its beginning. Exactly one of @model and @image is given. Errors: NO_SPACE, FAILED. */
gboolean dio_blob_write (
    int fd, const char *meta, const DioModel *model, const DioImage *image, GError **error);
/** The META text of a blob whose checksums hold. Errors: NOT_FOUND, CORRUPT. */
char *dio_blob_read_meta (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
