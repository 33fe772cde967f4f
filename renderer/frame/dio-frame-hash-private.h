#pragma once
/* Thread: any. Content keys: a 64-bit hash for caches, the same on every machine. Not cryptographic. */

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/** Folds @size bytes and their number into @state (start with any constant). */
uint64_t dio_frame_hash_bytes (uint64_t state, const void *data, gsize size);
/** Folds one number. */
uint64_t dio_frame_hash_u64 (uint64_t state, uint64_t value);
/** Folds a float or double by its bits. */
uint64_t dio_frame_hash_double (uint64_t state, double value);
/** Folds a string, which may be NULL. */
uint64_t dio_frame_hash_string (uint64_t state, const char *string);
/** Makes every bit of the result depend on every bit of @state; never 0. */
uint64_t dio_frame_hash_finish (uint64_t state);

G_END_DECLS
