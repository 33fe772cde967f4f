#pragma once
/* Thread: any. Content hashes: SHA-256, in lower-case hex. */

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

#define DIO_HASH_LENGTH 64

char *dio_hash_bytes (const void *data, gsize size) G_GNUC_WARN_UNUSED_RESULT;
char *dio_hash_file (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** First 64 bits (big endian) of SHA-256 over the strings, each followed by a zero byte; NULL-terminated list. */
uint64_t dio_hash_strings_u64 (const char *first, ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS
