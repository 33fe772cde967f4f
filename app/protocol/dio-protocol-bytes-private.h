#pragma once
/* Thread: any. Numbers and texts to bytes and back, little-endian. The reader trusts nothing: after the first
 * thing that does not fit, it gives zeroes and remembers. */

#include "dio-core-types.h"

#include <glib.h>

typedef struct {
  GByteArray *bytes;
} DioByteWriter;

void dio_put_u32 (DioByteWriter *w, guint32 value);
void dio_put_u64 (DioByteWriter *w, guint64 value);
void dio_put_double (DioByteWriter *w, double value);
void dio_put_doubles (DioByteWriter *w, const double *values, guint n);
void dio_put_vec3 (DioByteWriter *w, DioVec3 value);
/** NULL is kept. */
void dio_put_text (DioByteWriter *w, const char *text);

typedef struct {
  const guint8 *data;
  gsize left;
  gboolean bad;
} DioByteReader;

guint32 dio_get_u32 (DioByteReader *r);
/** A number in [0, @max]. */
guint32 dio_get_u32_max (DioByteReader *r, guint32 max);
gboolean dio_get_boolean (DioByteReader *r);
guint64 dio_get_u64 (DioByteReader *r);
double dio_get_double (DioByteReader *r);
void dio_get_doubles (DioByteReader *r, double *values, guint n);
DioVec3 dio_get_vec3 (DioByteReader *r);
/** Valid UTF-8, owned; NULL where NULL was written or on damage. */
char *dio_get_text (DioByteReader *r);
/** As dio_get_text, but NULL counts as damage and gives "". */
char *dio_get_needed_text (DioByteReader *r);
/** Number of elements that follow, of at least @element_size bytes each: never more than the bytes can hold, so
 * that damage cannot ask for memory. */
guint dio_get_count (DioByteReader *r, gsize element_size);
